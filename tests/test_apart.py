"""What the program writes never takes an input's place and never lies among the towns' submissions."""

from __future__ import annotations

import json
import shlex
from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook

from canju.cli import call
from canju.outputs.findings import CSV_HEADS
from canju.reading.walk import LISTING

HEADS = ("镇（街道）", "村（社区）", "姓名", "性别", "身份证号", "出生年月", "未办证原因", "联系电话")
RIGHT = ("甲镇", "观音村", "王一", "男", "522799199003074510", "1990-03", "外出务工", "13985412345")
Capture = pytest.CaptureFixture[str]


def ledger(path: Path, *rows: tuple[str, ...], title: str = "甲镇未持证残疾人台账", heads: tuple[str, ...] = HEADS) -> Path:
    workbook = Workbook()
    for row in ((title,), heads, *rows):
        workbook.active.append(row)
    path.parent.mkdir(parents=True, exist_ok=True)
    workbook.save(path)
    return path


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = tmp_path / "甲县"
    ledger(folder / "报送/甲镇/台账.xlsx", (*RIGHT[:6], "", "1398541234"))
    (folder / "canju.toml").write_text('county = "甲县"\ntowns = ["甲镇"]\nas_of = 2019-12-31\n', encoding="utf-8")
    monkeypatch.chdir(folder)
    return folder


@pytest.mark.parametrize(
    "args",
    [
        ("run", "报送", "-o", "报送/成果"),
        ("validate", "报送", "-o", "报送", "--force"),
        ("validate", "报送", "--format", "csv", "--output", "报送/问题.csv"),
        ("validate", "链接", "-o", "报送/退回"),
        ("validate", "报送", "-o", "链接/退回"),
        ("validate", ".", "-o", "."),
        ("validate", ".", "-o", "报送/退回"),
        ("stipend", "报送/甲镇/台账.xlsx", "--from", "2019-10", "-o", "报送"),
        ("merge", "报送", "-o", "报送/汇总.xlsx"),
        ("notify", "报送", "-o", "报送/通知", "--word"),
        ("fix", "报送", "-o", "报送/已整理"),
        ("status", "报送", "--output", "报送/报送情况.txt"),
    ],
)
def test_nothing_is_written_among_the_submissions(home: Path, capsys: Capture, args: tuple[str, ...]) -> None:
    (home / "链接").symlink_to(home / "报送")
    before = sorted(home.rglob("*"))
    assert call([*args]) == 2
    assert "报送文件夹" in capsys.readouterr().err
    assert sorted(home.rglob("*")) == before


@pytest.mark.parametrize(
    "args",
    [
        ("read", "报送/甲镇/台账.xlsx", "--output", "报送/甲镇/台账.xlsx"),
        ("check", "报送/甲镇/台账.xlsx", "-o", "链接.xlsx"),
        ("merge", "报送/甲镇/台账.xlsx", "-o", "./报送/甲镇/../甲镇/台账.xlsx"),
    ],
)
def test_an_input_is_not_overwritten_however_it_is_named_and_whatever_is_forced(home: Path, capsys: Capture, args: tuple[str, ...]) -> None:
    (home / "链接.xlsx").symlink_to(home / "报送/甲镇/台账.xlsx")
    before = (home / "报送/甲镇/台账.xlsx").read_bytes()
    assert call([*args, "--force"]) == 2
    assert "就是要读的文件" in capsys.readouterr().err
    assert (home / "报送/甲镇/台账.xlsx").read_bytes() == before


@pytest.mark.parametrize("args", [("报送", "-o", "退回"), (".", "-o", "退回"), ("报送", "-o", "报送二")])
def test_an_output_beside_the_submissions_is_written_also_where_the_whole_workspace_is_read(home: Path, args: tuple[str, ...]) -> None:
    assert call(["validate", *args]) == 1
    assert (home / args[-1] / "report.html").is_file()


def findings(capsys: Capture, *args: str) -> list[dict[str, Any]]:
    capsys.readouterr()
    call(["validate", *args, "--format", "json"])
    found: list[dict[str, Any]] = json.loads(capsys.readouterr().out)["findings"]
    return found


def test_the_programs_own_outputs_are_no_submissions_where_the_whole_workspace_is_read(home: Path, capsys: Capture) -> None:
    commissioner = ("甲镇", "观音村", "王一", "男", "522799199003074510", "2019-01", "是", "200", "3", "600", "合格", "2019")
    heads = (
        "镇（街道）",
        "村（社区）",
        "姓名",
        "性别",
        "身份证号",
        "聘用时间",
        "在线培训",
        "月工资",
        "发放月数",
        "发放金额",
        "考核结果",
        "考核年度",
    )
    ledger(home / "报送/甲镇/专职委员台账.xlsx", commissioner, title="甲镇专职委员台账", heads=heads)
    before = findings(capsys, ".")
    call(["run", ".", "-o", "输出"])
    call(["validate", ".", "-o", "甲镇"])  # the town's name in the path
    call(["notify", ".", "-o", "甲镇/通知", "--word"])
    call(["stipend", "报送", "--year", "2019", "--from", "2019-10", "-o", "甲镇/发放", "--bank", "甲镇/代发.xlsx"])
    written = {path.suffix for folder in ("输出", "甲镇") for path in (home / folder).rglob("*")}
    assert {".xlsx", ".docx", ".html", ".csv"} <= written
    after = findings(capsys, ".")
    assert {one["rule"] for one in after if not one["file"].startswith("报送/")} <= {"F105", "F106"}
    assert [one for one in after if one["rule"][:2] != "F1"] == [one for one in before if one["rule"][:2] != "F1"]
    assert not [one for one in after if one["file"].startswith("报送/") and one["rule"] == "F105"]
    call(["status", ".", "--format", "json"])
    assert not any(one["paper"] for one in json.loads(capsys.readouterr().out)["status"])
    assert call(["read", "甲镇/代发.xlsx"]) == 0  # asked for by name, it is shown all the same
    assert "户名" in capsys.readouterr().out


def test_the_listing_of_findings_is_known_by_its_headings() -> None:
    """Those of an earlier version, too: a column that is new stands at the end."""
    assert ",".join(CSV_HEADS.values()) == f"{LISTING},核实说明"


def test_the_call_that_shows_all_findings_of_a_rule_can_be_typed_as_it_stands(
    home: Path, capsys: Capture, monkeypatch: pytest.MonkeyPatch
) -> None:
    wrong = (*RIGHT[:6], "", "13985412345")
    ledger(home / "报 送/甲镇/台账.xlsx", *[wrong] * 12)
    monkeypatch.setattr("sys.stdout.isatty", lambda: True)
    call(["validate", "报 送"])
    [said] = [line for line in capsys.readouterr().out.splitlines() if "看全部" in line and "C101" in line]
    assert shlex.split(said.partition("看全部：")[2]) == ["canju", "validate", "报 送", "--select", "C101", "--all"]


def test_that_a_county_book_gives_no_return_workbooks_is_said(home: Path, capsys: Capture) -> None:
    call(["merge", "报送", "-o", "汇总.xlsx"])
    call(["validate", "汇总.xlsx", "-o", "退回"])
    assert "总表里的问题不另做退回件" in capsys.readouterr().err
    call(["validate", "报送", "-o", "再退回"])
    assert "总表" not in capsys.readouterr().err
