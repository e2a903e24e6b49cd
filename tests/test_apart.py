"""What the program writes never takes an input's place and never lies among the towns' submissions."""

from __future__ import annotations

from pathlib import Path

import pytest
from openpyxl import Workbook

from canju.cli import call

HEADS = ("镇（街道）", "村（社区）", "姓名", "性别", "身份证号", "出生年月", "未办证原因", "联系电话")
RIGHT = ("甲镇", "观音村", "王一", "男", "522799199003074510", "1990-03", "外出务工", "13985412345")
Capture = pytest.CaptureFixture[str]


def ledger(path: Path, *rows: tuple[str, ...]) -> Path:
    workbook = Workbook()
    for row in (("甲镇未持证残疾人台账",), HEADS, *rows):
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
