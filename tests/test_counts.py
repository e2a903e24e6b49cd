"""What costs time is counted: files are opened once to be read, rows read once, distinct cells parsed once, modules loaded only where needed."""

import json
import subprocess
import sys
from collections import Counter
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parents[1] / "benchmarks"))
from county import Size, make

from canju.cli import application, call
from canju.ledgers.base import Clue
from canju.ledgers.kinds.text import NameType
from canju.reading.cells import _read, parse
from canju.reading.formats import xlsx_cells

HEAVY = ("pandas", "openpyxl", "docx", "lxml", "xlsxwriter", "numpy", "msoffcrypto", "xlrd", "distributed", "starlette")


def loaded(*arguments: str) -> set[str]:
    """The top-level modules that one call has loaded when it ends."""
    code = "import sys, json; from canju.cli import call; call(sys.argv[1:]); print(json.dumps(sorted(sys.modules)), file=sys.stderr)"
    run = subprocess.run([sys.executable, "-c", code, *arguments], capture_output=True, text=True, check=True)
    return set(json.loads(run.stderr.splitlines()[-1]))


@pytest.fixture
def county(tmp_path):
    """Two towns of forty rows each."""
    make(Size(2, 40), "xlsx", tmp_path)
    return tmp_path


def test_the_list_of_commands_loads_no_library_and_no_command() -> None:
    modules = loaded("--help")
    assert not modules.intersection((*HEAVY, "pydantic", "canju.pipeline", "canju.commands.validate"))


def test_validate_loads_no_library_it_has_no_use_for(county) -> None:
    modules = loaded("validate", str(county / "报送"))
    assert not modules.intersection(HEAVY)
    assert "canju.commands.merge" not in modules


def test_a_summary_loads_nothing_of_the_net(county, tmp_path) -> None:
    """Python's own XML helpers bring its web client along, and with it 20 ms."""
    modules = loaded("summary", str(county / "报送"), "-o", str(tmp_path / "总结.docx"))
    assert "docx" in modules
    assert not modules.intersection(("urllib.request", "http.client", "xml.sax.saxutils"))


def test_the_list_of_commands_is_the_list_of_all_commands(capsys) -> None:
    import typer

    call(["--help"])
    listed = capsys.readouterr().out
    whole = typer.main.get_command(application())
    for name, command in whole.commands.items():  # type: ignore[attr-defined]
        line = command.help.splitlines()[0]
        assert any(one.split() and one.split()[0] == name and line[:12] in one for one in listed.splitlines()), name


def test_each_file_is_opened_once_for_its_fingerprint_and_once_to_be_read(county) -> None:
    code = (
        "import sys, json, collections; from canju.cli import call; from canju.reading import isolation\n"
        "isolation.Readers.run = lambda self, found, on_done: [self.stage(one) for one in found]\n"
        "seen = collections.Counter()\n"
        "sys.addaudithook(lambda event, args: seen.update([str(args[0])]) if event == 'open' else None)\n"
        "call(sys.argv[1:]); print(json.dumps(seen), file=sys.stderr)"
    )
    run = subprocess.run([sys.executable, "-c", code, "validate", str(county / "报送")], capture_output=True, text=True, check=True)
    opened = {name: count for name, count in json.loads(run.stderr.splitlines()[-1]).items() if name.endswith(".xlsx")}
    assert len(opened) == 2
    assert set(opened.values()) == {2}


def test_each_row_is_read_once(county, monkeypatch, capsys) -> None:
    monkeypatch.setattr("canju.reading.isolation.Readers.run", _in_this_process)
    read: Counter[str] = Counter()
    whole = xlsx_cells.SheetXml.read
    monkeypatch.setattr(xlsx_cells.SheetXml, "read", lambda self, name, xml: (read.update([hash(xml)]), whole(self, name, xml))[1])
    call(["validate", str(county / "报送")])
    assert len(read) == 2
    assert set(read.values()) == {1}


def test_each_distinct_cell_is_parsed_once(monkeypatch) -> None:
    seen: Counter[object] = Counter()
    whole = NameType.read
    monkeypatch.setattr(NameType, "read", lambda self, raw, clue: (seen.update([raw]), whole(self, raw, clue))[1])
    _read.cache_clear()
    kind = NameType()
    for _ in range(3):
        parse(kind, ["张 三", "张 三", "李四（已故）"] * 50, None, Clue(), False)
    assert seen == {"张 三": 1, "李四（已故）": 1}


def _in_this_process(self, found, on_done):
    return [self.stage(one) for one in found]
