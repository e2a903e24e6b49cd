"""The clerk's first hour: whatever is forgotten or mistyped is named, with what to write instead, before any work is done."""

from __future__ import annotations

import ast
import re
import shutil
from pathlib import Path
from typing import Any

import pytest
import typer

from canju.cli import application, call
from canju.commands.help_text import in_chinese
from canju.outputs.terminal import broken, fitted, width

SAMPLE = Path(__file__).parent.parent / "samples" / "禾丰县"
COMMANDS: dict[str, Any] = dict(typer.main.get_command(application()).commands)  # type: ignore[attr-defined]


@pytest.fixture
def county(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The sample county with one town's files, as the current folder."""
    home = tmp_path / "禾丰县"
    shutil.copytree(SAMPLE, home, ignore=shutil.ignore_patterns("应得结果", "柳河镇", "石桥镇", "枫林*", "清溪镇", "白云街道"))
    monkeypatch.chdir(home)
    return home


def said(capsys: pytest.CaptureFixture[str], *arguments: object) -> tuple[int, str]:
    """The exit code of a call, and what it told on either stream."""
    capsys.readouterr()
    code = call([str(one) for one in arguments])
    streams = capsys.readouterr()
    return code, streams.out + streams.err


@pytest.mark.parametrize("name", sorted(COMMANDS))
def test_every_command_has_help_with_an_example_in_chinese(name: str, capsys: pytest.CaptureFixture[str]) -> None:
    code, text = said(capsys, name, "--help")
    assert code == 0
    assert f"例：canju {name}" in text
    for english in ("Usage", "Options", "Arguments", "required", "default", "Show this", "<str", "<path"):
        assert english not in text
    assert all(width(line) <= 80 for line in text.splitlines())


def test_the_list_of_commands_is_chinese_and_bare_canju_shows_it(capsys: pytest.CaptureFixture[str]) -> None:
    code, text = said(capsys)
    assert code == 2
    assert text == said(capsys, "--help")[1]
    assert "用法：canju" in text
    assert not re.search(r"Usage|Options|Commands|Install|Show", text)
    assert [name for name in COMMANDS if f"\n  {name} " not in text] == []


def test_lines_are_broken_by_width_and_no_closing_sign_begins_one() -> None:
    lines = broken("把结果写到文件，不打印在屏幕上。see canju --help now", 12)
    assert "".join(lines).replace(" ", "") == "把结果写到文件，不打印在屏幕上。seecanju--helpnow"
    assert not any(line[0] in "，。" for line in lines)
    assert all(width(line) <= 12 for line in lines)


def test_no_sign_stands_alone_and_no_name_is_cut_that_fits_on_a_line() -> None:
    said = "没有读成：报送/东坪镇（改）/东坪镇专职委员台账.xlsx、西坝镇.xls（已损坏）。看全部：canju validate 报送 --select R206 --all。"
    for columns in range(50, 100):
        lines = broken(said, columns)
        assert all(width(line) <= columns for line in lines)
        assert not any(line[0] in "，。、；：）" or line[-1] in "（“" for line in lines)
        for whole in ("报送/东坪镇（改）/东坪镇专职委员台账.xlsx", "西坝镇.xls", "canju validate 报送 --select R206 --all"):
            assert any(whole in line for line in lines), columns
    assert all(width(line) <= 20 for line in broken(said, 20)), "longer names are cut where they must be"


def test_a_line_that_fits_stays_and_the_rest_of_a_longer_one_is_indented_alike() -> None:
    assert fitted("甲  乙\n  一二三四五", 8) == "甲  乙\n  一二三\n  四五"


def test_help_in_chinese_twice_is_the_same_help() -> None:
    command = in_chinese(in_chinese(typer.main.get_command(application())))
    assert issubclass(command.context_class.formatter_class, object)
    assert command.context_class is in_chinese(command).context_class


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("validate",), ("缺少 路径", "例：canju validate 报送")),
        (("explain",), ("缺少 编号", "例：canju explain C202")),
        (("init",), ("缺少 文件夹", "例：canju init")),
        (("diff", "报送"), ("缺少 这次", "例：canju diff")),
        (("summary", "报送"), ("缺少 -o", "例：canju summary")),
        (("run", "报送"), ("缺少 -o", "例：canju run")),
        (("pack", "成果"), ("缺少 --inputs", "例：canju pack")),
        (("template",), ("-o", "例：canju template")),
        (("--config",), ("--config 后面要写",)),
        (("explain", "C202", "C203"), ("多写了「C203」",)),
        (("web", "--port", "x"), ("--port 的值", "整数")),
        (("vaildate", "报送"), ("是否应为 validate",)),
        (("validate", "报送", "--tonw", "青石镇"), ("是否应为 --town",)),
        (("validate", "报送", "--town", "青石"), ("是否应为「青石镇」",)),
        (("ledgers", "专职"), ("是否应为「专职委员台账」",)),
        (("template", "-o", "x", "--ledger", "小组台账"), ("是否应为「残疾人小组台账」",)),
        (("explain", "C999"), ("C101—C1", "C201—C207")),
        (("explain", "C2O2"), ("是否应为「C202」",)),
        (("check", "报送", "--what-if", "stipend_montly=300"), ("是否应为「stipend_monthly」",)),
        (("check", "报送", "--select", "S1"), ("canju stipend",)),
        (("validate", "报送", "--select", "P"), ("canju check",)),
        (("summary", "报送", "-o", "a.docx", "--date", "2020-02-30"), ("没有 2020-02-30 这一天",)),
        (("validate", "报送", "--as-of", "明天"), ("2019-10-08 这样",)),
        (("stipend", "报送", "--from", "2019-13"), ("没有 2019-13 这个月份",)),
        (("stipend", "报送", "--notice"), ("-o",)),
        (("stipend", "报送", "--notice-from", "2020-01-10", "-o", "x"), ("--notice",)),
        (("stipend", "报送", "--explain", "张三", "-o", "x"), ("--explain",)),
        (("notify", "报送", "--word"), ("-o",)),
        (("merge", "报送", "-o", "没有/这个/汇总.xlsx"), ("没有文件夹 没有",)),
        (("run", "报送", "-o", "没有/成果"), ("没有文件夹 没有",)),
        (("validate", "报送", "-o", "canju.toml"), ("是一个文件",)),
        (("merge", "报送", "-o", "报送"), (".xlsx",)),
    ],
    ids=lambda one: " ".join(one) if isinstance(one, tuple) else None,
)
def test_a_wrong_call_says_what_is_wrong_and_what_to_write(
    county: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, arguments: tuple[str, ...], words: tuple[str, ...]
) -> None:
    from canju import pipeline

    def work(*_: object) -> None:
        raise AssertionError("work was begun before the call was checked")

    if "--what-if" not in arguments:
        monkeypatch.setattr(pipeline, "read", work)
    code, text = said(capsys, *arguments)
    assert code == 2
    assert text.startswith("错误：")
    assert [word for word in words if word not in text] == []


def test_an_impossible_day_in_the_settings_is_named_with_its_line(county: Path, capsys: pytest.CaptureFixture[str]) -> None:
    settings = county / "canju.toml"
    settings.write_text(settings.read_text(encoding="utf-8").replace("2019-12-31", "2020-02-30"), encoding="utf-8")
    code, text = said(capsys, "validate", "报送")
    assert code == 2
    assert re.search(r"canju.toml 第\d+行：没有 2020-02-30 这一天", text)


@pytest.mark.parametrize(
    "arguments",
    [
        ("run", "空", "-o", "成果"),
        ("validate", "空"),
        ("status", "空"),
        ("check", "空"),
        ("merge", "空", "-o", "汇总.xlsx"),
        ("stipend", "空"),
        ("summary", "空", "-o", "总结.docx"),
        ("notify", "空"),
        ("fix", "空", "--dry-run"),
        ("diff", "空", "空"),
        ("pack", "空", "--inputs", "空", "-o", "存档.zip"),
    ],
    ids=lambda one: one[0],
)
def test_an_empty_folder_is_the_same_to_every_command(county: Path, capsys: pytest.CaptureFixture[str], arguments: tuple[str, ...]) -> None:
    (county / "空").mkdir()
    before = sorted(county.rglob("*"))
    code, text = said(capsys, *arguments)
    assert code == 2
    assert "没有文件可读" in text
    assert sorted(county.rglob("*")) == before


def test_what_is_no_ledger_is_not_judged(county: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for format_ in ("text", "json"):
        code, text = said(capsys, "check", "villages.csv", "--format", format_)
        assert code == 2
        assert "没有读到任何台账，没有核查" in text
        assert "未落实" not in text
        assert "unmet" not in text
    (county / "坏.xlsx").write_bytes(b"PK\x03\x04")
    code, text = said(capsys, "check", "坏.xlsx")
    assert code == 3
    assert "坏.xlsx" in text


def test_a_folder_of_results_is_named_and_another_suggested(county: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (county / "成果").mkdir()
    (county / "成果" / "report.html").write_text("x", encoding="utf-8")
    for command in ("run", "validate"):
        code, text = said(capsys, command, "报送", "-o", "成果")
        assert code == 2
        assert "文件夹 成果 里已有上次的成果" in text
        assert "-o 成果2" in text
        assert "--force" in text


def test_counts_of_run_are_explained_where_they_are_not_those_of_validate(county: Path, capsys: pytest.CaptureFixture[str]) -> None:
    shutil.copytree(SAMPLE / "报送" / "柳河镇", county / "报送" / "柳河镇")
    code, text = said(capsys, "run", "报送", "-o", "成果")
    assert code == 1
    assert "其中发放方面的（S 开头）1 处" in text
    listed = re.search(r"成果在文件夹 成果 里，共 (\d+) 个文件", text)
    assert listed is not None
    assert int(listed[1]) == sum(path.is_file() for path in (county / "成果").rglob("*"))
    assert "记录.jsonl" in text


def test_a_folder_that_run_did_not_write_is_archived_without_claiming_it_can_be_done_again(
    county: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert call(["stipend", "报送", "-o", "发放表"]) == 0
    assert call(["pack", "发放表", "--inputs", "报送", "-o", "存档.zip"]) == 0
    code, text = said(capsys, "verify", "存档.zip", "--inputs", "报送")
    assert code == 0
    assert "没有重做" in text
    assert "结果都与" not in text
    (county / "报送" / "青石镇" / "新.csv").write_text("x", encoding="utf-8")
    assert said(capsys, "verify", "存档.zip", "--inputs", "报送")[0] == 1


def test_what_was_run_for_another_day_is_verified_for_that_day(county: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert call(["run", "报送", "-o", "成果", "--as-of", "2019-11-30"]) in (0, 1)
    assert call(["pack", "成果", "--inputs", "报送", "-o", "存档.zip"]) == 0
    assert said(capsys, "verify", "存档.zip", "--inputs", "报送")[0] == 0
    (county / "报送" / "青石镇" / "新.csv").write_text("x", encoding="utf-8")
    assert "有变动" in said(capsys, "pack", "成果", "--inputs", "报送", "-o", "存档2.zip")[1]


def test_verbose_tells_settings_day_and_what_each_file_held(county: Path, capsys: pytest.CaptureFixture[str]) -> None:
    text = said(capsys, "--verbose", "validate", "报送")[1]
    assert "canju.toml；方案：禾丰县方案.toml；判断基准日：2019-12-31" in text
    assert "青石镇/专职委员台账.xlsx：已读，专职委员台账（青石镇）4 行" in text
    assert "设置文件" not in said(capsys, "validate", "报送")[1]


def _refusals() -> list[str]:
    """The sentence of every refusal in the code, values left out."""
    root = Path(__file__).parent.parent / "canju"
    found = []
    for path in sorted(root.rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            name = getattr(node.func, "id", getattr(node.func, "attr", "")) if isinstance(node, ast.Call) else ""
            if name in ("Refusal", "refuse"):
                told = [one.value for one in ast.walk(node) if isinstance(one, ast.Constant) and isinstance(one.value, str)]
                if text := "".join(told):
                    found.append(f"{path.relative_to(root)}:{node.lineno} {text}")
    return found


def test_every_refusal_says_what_to_do_or_is_answered_in_the_questions() -> None:
    questions = (Path(__file__).parent.parent / "docs" / "常见问题.md").read_text(encoding="utf-8")
    asked = re.findall(r"^### (.+)$", questions, re.M)
    doing = re.compile(r"请|例：|用 canju|是否应为|应为|应写成|应写明|应精确|缺少|没有写明|有误：|加 --|要的是|可选|可改用|第行")
    sentences = _refusals()
    assert len(sentences) > 80
    assert [one for one in sentences if not doing.search(one) and not any(words in one for words in asked)] == []


def test_without_settings_the_day_is_told_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    shutil.copytree(SAMPLE / "报送" / "青石镇", tmp_path / "青石镇")
    monkeypatch.chdir(tmp_path)
    assert said(capsys, "diff", "青石镇", "青石镇")[1].count("没有找到 canju.toml，按今天") == 1
    assert "canju.toml" not in said(capsys, "-q", "validate", "青石镇")[1]
    assert "没有找到" not in said(capsys, "validate", "青石镇", "--as-of", "2019-10-08")[1]


def test_nothing_changed_shows_nothing(county: Path, capsys: pytest.CaptureFixture[str]) -> None:
    call(["diff", "报送", "报送"])
    streams = capsys.readouterr()
    assert streams.out == ""
    assert "没有差别" in streams.err


def test_nothing_to_mend_still_names_the_unread_file(county: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (county / "报送" / "坏.xlsx").write_bytes(b"PK\x03\x04")
    code, text = said(capsys, "fix", "报送", "--dry-run")
    assert code == 3
    assert "坏.xlsx" in text


def test_figures_of_the_plan_are_in_words(county: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert "超过界限才应设（exceeds）" in said(capsys, "plan")[1]


def test_version_tells_plan_and_libraries(capsys: pytest.CaptureFixture[str]) -> None:
    code, text = said(capsys, "--version")
    assert code == 0
    assert re.search(r"^canju \d", text)
    assert "longli-2019" in text
    assert "openpyxl 3" in text


@pytest.mark.parametrize(
    ("words", "position", "offered"),
    [("canju va", 1, "validate"), ("canju validate --to", 2, "--town"), ("canju validate --format ", 3, "jsonl")],
)
def test_the_shell_completes(words: str, position: int, offered: str) -> None:
    import os
    import subprocess
    import sys

    done = subprocess.run(
        [sys.executable, "-c", "from canju.cli import main; main()"],
        env={**os.environ, "COMP_WORDS": words, "COMP_CWORD": str(position), "_CANJU_COMPLETE": "complete_bash"},
        capture_output=True,
        text=True,
        check=False,
        cwd=Path(__file__).parent.parent,
    )
    assert offered in done.stdout.split()
    assert done.stderr == ""


def test_tables_fit_the_terminal() -> None:
    from canju.commands.common import Session, aligned

    text = "镇\t专职委员台账\t盖章件\n青石镇\t已报 4行\t未收\n柳河镇\t-\t已收\n青石镇 一句话。"
    wide, narrow = aligned(text, Session(columns=80)), aligned(text, Session(columns=24))
    assert wide.splitlines()[1].startswith("---")
    assert "专职委员台账已报4行；盖章件未收。" in "".join(narrow.split())
    assert "-" not in narrow
    assert all(width(line) <= 24 for line in narrow.splitlines())
    assert narrow.endswith("青石镇 一句话。")
