"""The documents say what is true: generated pages are current, commands shown run, tables and links hold."""

from __future__ import annotations

import re
import shlex
import shutil
import sys
import tomllib
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path
from types import ModuleType

import pytest
import typer

from canju import plans
from canju.cli import application, call
from canju.ledgers import ledgers
from canju.reading.limits import LIMITS, MEGABYTE
from canju.rules.base import catalogue
from canju.workspace import understood

ROOT = Path(__file__).parent.parent
READMES = [ROOT / "README.md", ROOT / "README.zh-CN.md"]
MANUAL = ROOT / "docs" / "使用手册.md"
DOCUMENTS = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").glob("*.md")])
COMMANDS = list(typer.main.get_command(application()).commands)  # type: ignore[attr-defined]
SAMPLE = ROOT / "samples" / "禾丰县"


def _module() -> ModuleType:
    spec = spec_from_file_location("docs_make", ROOT / "docs" / "make.py")
    assert spec is not None
    assert spec.loader is not None
    module = module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def _blocks(path: Path, kind: str) -> list[str]:
    return re.findall(rf"^```{kind}\n(.*?)^```", path.read_text(encoding="utf-8"), re.M | re.S)


def _calls(path: Path) -> list[list[str]]:
    """The arguments of every canju call a document shows."""
    lines = [line for block in _blocks(path, "sh") for line in block.splitlines() if line.startswith("canju ")]
    return [shlex.split(line, comments=True)[1:] for line in lines]


def _table(path: Path) -> list[str]:
    return re.findall(r"^\| `(\w+)` \|", path.read_text(encoding="utf-8"), re.M)


@pytest.mark.parametrize("name", sorted(_module().PAGES))
def test_a_page_made_from_code_is_current(name: str) -> None:
    assert (ROOT / "docs" / name).read_text(encoding="utf-8") == _module().PAGES[name](), "run `python docs/make.py`"


@pytest.mark.parametrize("readme", READMES, ids=lambda path: path.name)
def test_the_table_of_commands_is_the_programs(readme: Path) -> None:
    assert sorted(_table(readme)) == sorted(COMMANDS)


def test_both_readmes_show_the_same_commands_code_and_order() -> None:
    english, chinese = ([re.sub(r"\s+#.*", "", block) for block in _blocks(path, r"\w+")] for path in READMES)
    assert english == chinese
    assert _table(READMES[0]) == _table(READMES[1])


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: path.name)
def test_links_lead_to_what_is_there(document: Path) -> None:
    for target in re.findall(r"\]\(([^)]+)\)", document.read_text(encoding="utf-8")):
        if not re.match(r"https?://|#", target):
            assert (document.parent / target.partition("#")[0]).exists(), target


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: path.name)
def test_commands_codes_and_options_named_in_passing_exist(document: Path) -> None:
    text = document.read_text(encoding="utf-8")
    assert set(re.findall(r"`canju (\w+)", text)) <= {*COMMANDS, "命令"}
    assert set(re.findall(r"\b([FCRPS]\d{3})\b", text)) <= set(catalogue())
    options = set(re.findall(r"`(--[a-z-]+)", (ROOT / "docs" / "cli.md").read_text(encoding="utf-8")))
    assert set(re.findall(r"`(--[a-z-]+)", text)) <= {*options, "--help"}


@pytest.mark.parametrize("target", ["demo", "test"])
def test_the_two_commands_of_the_readme_are_targets_of_the_makefile(target: str) -> None:
    assert all(f"make {target} " in path.read_text(encoding="utf-8") for path in READMES)
    assert re.search(rf"^{target}:", (ROOT / "Makefile").read_text(encoding="utf-8"), re.M)


@pytest.fixture
def county(tmp_path: Path) -> Path:
    """The sample county alone in a folder."""
    shutil.copytree(SAMPLE, tmp_path / "samples" / "禾丰县", ignore=shutil.ignore_patterns("应得结果"))
    return tmp_path


def test_the_calls_of_the_readmes_run(county: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.chdir(county)
    readme = READMES[0]  # the other one shows the same
    assert _calls(readme) == [["run", "samples/禾丰县/报送", "-o", "out"]]
    assert call(_calls(readme)[0]) == 3, "the damaged file of the sample"
    assert "残疾人小组台账.xlsx" in capsys.readouterr().err
    assert (county / "out" / "report.html").is_file()


def test_the_python_of_the_readmes_runs(county: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.chdir(county)
    [code] = _blocks(READMES[0], "python")  # the other one shows the same
    exec(compile(code, "README.md", "exec"), {"__name__": "__main__"})
    said = capsys.readouterr().out
    assert "C202 error" in said
    assert "二（一）1（1）" in said


def test_the_whole_round_of_the_manual_runs_in_its_order(
    county: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(county / "samples" / "禾丰县")
    for town in ("柳河镇", "石桥镇", "清溪镇"):  # a part of the county is enough to show that the calls are right
        shutil.rmtree(Path("报送") / town)
    shown = _calls(MANUAL)
    assert len(shown) > 20
    for arguments in shown:
        code = call(arguments)
        assert code in (0, 1, 3), f"canju {' '.join(arguments)}: {capsys.readouterr().err}"
    written = {
        "成果",
        "下发模板",
        "退回",
        "通知",
        "汇总.xlsx",
        "指标完成情况.xlsx",
        "发放表.xlsx",
        "总结.docx",
        "存档.zip",
        "下年模板",
        "年终考核",
    }
    assert written <= {path.name for path in Path.cwd().iterdir()}


def test_the_manual_names_every_command_of_the_round() -> None:
    aside = {"read", "rules", "ledgers", "web"}
    assert {arguments[0] for arguments in _calls(MANUAL)} >= set(COMMANDS) - aside


def test_the_settings_the_manual_shows_are_understood() -> None:
    [text] = _blocks(MANUAL, "toml")
    assert understood(tomllib.loads(text)).stipend.start == "2019-10"


def test_a_county_gets_a_plan_of_its_own_as_the_page_says(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    page = ROOT / "docs" / "方案文件.md"
    setting, example = _blocks(page, "toml")
    export, *checks = _calls(page)
    assert call(["init", str(tmp_path), "--county", "某县"]) == 0
    assert "现用的是龙里县的方案" in capsys.readouterr().err
    monkeypatch.chdir(tmp_path)
    assert call(export) == 0
    made = Path(export[export.index("--output") + 1])
    assert made.read_bytes() == (Path(plans.__file__).parent / "longli-2019.toml").read_bytes()
    made.write_text(example, encoding="utf-8-sig")  # as Windows' editors save it
    settings = Path("canju.toml").read_text(encoding="utf-8")
    Path("canju.toml").write_text(re.sub("^plan = .*\n", setting, settings, flags=re.M), encoding="utf-8")
    capsys.readouterr()
    assert [call(arguments) for arguments in checks] == [0, 0]
    said = capsys.readouterr()
    assert "某县残疾人联合会组织专项改革实施方案" in said.out
    assert "stipend_monthly）：350" in said.out
    assert "方案" not in said.err


def test_towns_are_told_that_a_commissioner_stands_in_two_ledgers() -> None:
    both = {ledgers()[key].title for key in catalogue()["R206"].requires}
    page = (ROOT / "docs" / "给镇里的一页纸.md").read_text(encoding="utf-8")
    assert len(both) == 2
    assert any(all(title in line for title in both) for line in page.splitlines())
    assert all(title in catalogue()["R206"].fix for title in both)


def test_every_figure_a_plan_may_set_is_told_on_the_page() -> None:
    page = ROOT / "docs" / "方案文件.md"
    told = dict(re.findall(r"^\| `(\w+)` \| ([^|]+) \|", page.read_text(encoding="utf-8"), re.M))
    assert told == plans.WORDS


def test_questions_are_asked_in_the_programs_own_words() -> None:
    source = "".join(path.read_text(encoding="utf-8") for path in (ROOT / "canju").rglob("*.py"))
    asked = re.findall(r"^### (.+)$", (ROOT / "docs" / "常见问题.md").read_text(encoding="utf-8"), re.M)
    assert len(asked) > 8
    assert [words for words in asked if words not in source] == []


def test_the_limits_told_are_those_of_the_program() -> None:
    told = dict(re.findall(r"^\| `(\w+)` \|[^|]*\| ([\d,]+)[^|]* \|$", (ROOT / "SECURITY.md").read_text(encoding="utf-8"), re.M))
    real = LIMITS._asdict()
    in_megabytes = ("file_bytes", "unpacked_bytes", "ratio_from", "memory")
    assert {name: int(figure.replace(",", "")) for name, figure in told.items()} == {
        name: int(value // MEGABYTE if name in in_megabytes else value) for name, value in real.items()
    }


def test_documents_name_no_machine() -> None:
    for document in DOCUMENTS:
        assert not re.search(r"/work/|/home/|/tmp/|file://", document.read_text(encoding="utf-8")), document.name
        assert sys.prefix not in document.read_text(encoding="utf-8")


def test_the_layers_told_are_those_that_are_enforced() -> None:
    contract = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["importlinter"]["contracts"][0]
    [told] = _blocks(ROOT / "docs" / "architecture.md", "text")
    assert told.split("\n")[:-1] == contract["layers"]


def test_places_named_in_the_architecture_exist() -> None:
    table = re.findall(r"^\| [^|]+ \| ([^|]+) \|$", (ROOT / "docs" / "architecture.md").read_text(encoding="utf-8"), re.M)
    for cell in table[1:]:
        folder = ""
        for place in re.findall(r"`([\w./-]+(?:/|\.\w+))`", cell):
            near = [ROOT / "canju" / place, ROOT / place, ROOT / "canju" / folder / place]
            assert any(path.exists() for path in near), place
            folder = place.rpartition("/")[0] or folder
