"""No secret of a person leaves canju in full but in signed rosters, the merged master, a town's own cells and repaired copies."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from pathlib import Path

import pytest

from canju.cli import call
from canju.masking import mask_path, mask_text
from secret_county import IDS, NAMES, PHONES, SECRETS, build, leaks, texts

FULL = ("汇总.xlsx", "发放表.xlsx", "bank.xlsx")
SAYING = (
    ("validate", "报送"),
    *(("validate", "报送", "--format", kind) for kind in ("json", "jsonl", "csv")),
    ("validate", "报送", "--explain-reading"),
    *(("check", "报送", "--format", kind) for kind in ("text", "json", "jsonl", "csv")),
    *(("stipend", "报送", "--format", kind) for kind in ("text", "json", "jsonl", "csv")),
    ("stipend", "报送", "--explain", "4"),
    ("stipend", "报送", "--estimate", "2020"),
    ("notify", "报送"),
    *(("status", "报送", "--format", kind) for kind in ("text", "json", "jsonl", "csv")),
    *(("diff", "报送/甲镇", "报送/乙镇", "--format", kind) for kind in ("text", "json", "jsonl", "csv")),
    ("fix", "报送", "--dry-run"),
)


@pytest.fixture(scope="module")
def county(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("secrets")
    build(folder)
    return folder


@pytest.fixture
def here(county: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(county)
    return county


@pytest.mark.parametrize("arguments", SAYING, ids=" ".join)
def test_what_is_printed_holds_no_secret(here: Path, arguments: tuple[str, ...], capsys: pytest.CaptureFixture[str]) -> None:
    assert call(list(arguments)) in (0, 1, 3)
    said = capsys.readouterr()
    assert said.out.strip()
    assert leaks(said.out, said.err) == set()


def test_who_asks_for_them_sees_them(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    call(["validate", "报送", "--unmask", "--format", "json"])
    found = leaks(capsys.readouterr().out)
    assert set(IDS[:4]) <= found
    assert set(NAMES[:4]) <= found


@pytest.mark.parametrize(
    "arguments",
    [
        ("run", "报送", "-o", "成果"),
        ("validate", "报送", "-o", "退回"),
        ("check", "报送", "-o", "指标.xlsx"),
        ("stipend", "报送", "-o", "发放", "--notice"),
        ("merge", "报送", "-o", "另/汇总.xlsx"),
        ("notify", "报送", "-o", "通知", "--word"),
        ("summary", "报送", "-o", "文/总结.docx"),
        ("fix", "报送", "-o", "整理"),
    ],
    ids=" ".join,
)
def test_what_is_written_holds_no_secret_but_where_it_must(
    here: Path, arguments: tuple[str, ...], capsys: pytest.CaptureFixture[str]
) -> None:
    """Names of files too; and whatever is written is for its owner alone."""
    before = {path for path in here.rglob("*") if path.is_file()}
    assert call([*arguments]) in (0, 1, 3)
    said = capsys.readouterr()
    assert leaks(said.out, said.err) == set()
    made = sorted({path for path in here.rglob("*") if path.is_file()} - before)
    assert made
    for path in made:
        if os.name == "posix":
            assert path.stat().st_mode & 0o077 == 0, path.name
        if path.name in FULL or arguments[0] == "fix" or "发放" in path.name:
            continue
        held = _list_only(path) if path.name.endswith("（退回修改）.xlsx") else texts(path)
        assert leaks(*held, names=not path.name.endswith("（退回修改）.xlsx")) == set(), path.name
        assert leaks(str(path.relative_to(here))) == set()


def _list_only(path: Path) -> list[str]:
    """What we put into a town's own workbook: our list, all comments, properties and names; its own cells are its own."""
    import openpyxl

    book = openpyxl.load_workbook(path)
    ours = [str(cell.value) for row in book["问题清单"].iter_rows() for cell in row if cell.value is not None]
    comments = [cell.comment.text for page in book for row in page.iter_rows() for cell in row if cell.comment]
    properties = [str(value) for value in vars(book.properties).values() if value]
    return [*ours, *comments, *properties, *book.defined_names]


def test_an_internal_fault_names_no_value(
    here: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Neither on the screen nor in the file that it points to; the file is for its owner alone."""
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    monkeypatch.setattr("canju.pipeline.in_order", lambda findings, key: int(f"{NAMES[0]}{IDS[0]}"))
    assert call(["validate", "报送"]) == 4
    said = capsys.readouterr()
    [log] = tmp_path.glob("canju-*.log")
    assert log.name in said.err
    assert "Traceback" not in said.err
    assert leaks(said.out, said.err, log.read_text(encoding="utf-8")) == set()
    assert "ValueError" in log.read_text(encoding="utf-8")
    assert log.stat().st_mode & 0o077 == 0


def test_the_whole_chain_runs_with_the_network_forbidden(here: Path, tmp_path: Path) -> None:
    """Every socket but a pair within the machine is an error; the chain doesn't notice."""
    (tmp_path / "sitecustomize.py").write_text(
        "import socket, os\n"
        "class Refused(socket.socket):\n"
        "    def __init__(self, family=-1, *rest, **more):\n"
        "        if family != socket.AF_UNIX:\n"
        f"            open({str(tmp_path / 'asked')!r}, 'a').write('x')\n"
        "            raise OSError('no network')\n"
        "        super().__init__(family, *rest, **more)\n"
        "socket.socket = Refused\n"
        "def none(*a, **k):\n"
        f"    open({str(tmp_path / 'asked')!r}, 'a').write('x')\n"
        "    raise OSError('no network')\n"
        "socket.create_connection = socket.getaddrinfo = socket.gethostbyname = none\n",
        encoding="utf-8",
    )
    done = subprocess.run(
        [sys.executable, "-m", "canju", "run", "报送", "-o", str(tmp_path / "成果")],
        env={**os.environ, "PYTHONPATH": os.pathsep.join([str(tmp_path), str(Path(__file__).parent.parent)]), "PYTHONUTF8": "1"},
        capture_output=True,
        check=False,
    )
    assert done.returncode in (0, 1, 3), done.stderr.decode("utf-8", "replace")
    assert not (tmp_path / "asked").exists()
    assert (tmp_path / "成果" / "汇总.xlsx").is_file()
    checked = subprocess.run(
        [sys.executable, "-c", "import socket; socket.create_connection(('127.0.0.1', 9))"],
        env={**os.environ, "PYTHONPATH": str(tmp_path)},
        capture_output=True,
        check=False,
    )
    assert b"no network" in checked.stderr


@pytest.mark.parametrize(
    "written",
    [
        "{}", "ID{}号", "{0}{0}", "{0} {0}", "证{}B1", "（{}）", "x{}x", "{}.", "-{}",
    ],
)  # fmt: skip
def test_free_text_hides_every_number_of_a_person(written: str) -> None:
    for secret in SECRETS - set(NAMES):
        assert secret not in mask_text(written.format(secret))


@pytest.mark.parametrize("between", [" ", "-", "\u3000", "\u200b", "\u00a0"])
def test_numbers_are_hidden_however_they_are_spaced(between: str) -> None:
    one = IDS[0]
    for parts in ((one[:6], one[6:14], one[14:]), (one[:6], one[6:10], one[10:12], one[12:14], one[14:])):
        assert one[6:14] not in "".join(char for char in mask_text(between.join(parts)) if char.isdigit())
    wide = "".join(chr(ord(char) + 0xFEE0) for char in one)
    assert wide[6:14] not in mask_text(wide)
    assert PHONES[0][3:7] not in mask_text(f"{PHONES[0][:3]}{between}{PHONES[0][3:7]}{between}{PHONES[0][7:]}")


@pytest.mark.parametrize("text", ["2019-10-08 至 2019-12-31", "20191008", "200.00元/月×3", "2016 2017 2018 2019", "第12345行"])
def test_days_years_and_amounts_stay(text: str) -> None:
    assert mask_text(text) == text


def test_names_of_files_keep_their_days_and_times() -> None:
    assert mask_path("台账20191008093012345.xlsx") == "台账20191008093012345.xlsx"
    assert IDS[0] not in mask_path(f"{IDS[0]}.xlsx")
