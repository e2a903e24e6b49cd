"""CSV for a spreadsheet: marked as UTF-8 in a file, bare on stdout, its headings and words Chinese, and what was read comes back the same."""

from __future__ import annotations

import csv
import io
import re
import shutil
from pathlib import Path

import pytest
from openpyxl import Workbook

from canju.cli import call

COMMANDS = (("validate", "报送"), ("status", "报送"), ("check", "报送"), ("stipend", "报送"), ("rules",))
BOM = b"\xef\xbb\xbf"


@pytest.fixture
def county(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The sample county with two towns' files, as the current folder."""
    home, sample = tmp_path / "禾丰县", Path(__file__).parent.parent / "samples" / "禾丰县"
    for name in ("canju.toml", "villages.csv", "禾丰县方案.toml"):
        home.mkdir(exist_ok=True)
        shutil.copy(sample / name, home)
    for town in ("石桥镇", "青石镇"):
        shutil.copytree(sample / "报送" / town, home / "报送" / town)
    monkeypatch.chdir(home)
    return home


@pytest.mark.parametrize("command", COMMANDS, ids=" ".join)
def test_a_csv_file_is_marked_and_stdout_is_not(county: Path, command: tuple[str, ...], capsys: pytest.CaptureFixture[str]) -> None:
    assert call(["--quiet", *command, "--format", "csv"]) in (0, 1)
    shown = capsys.readouterr().out
    assert call(["--quiet", *command, "--format", "csv", "--output", "表.csv"]) in (0, 1)
    data = (county / "表.csv").read_bytes()
    assert data == BOM + shown.encode("utf-8")
    assert len(shown.splitlines()) > 1
    assert not shown.startswith("\ufeff")


def test_json_in_a_file_bears_no_mark(county: Path) -> None:
    assert call(["--quiet", "status", "报送", "--format", "json", "--output", "表.json"]) == 0
    assert (county / "表.json").read_bytes()[:1] == b"{"


@pytest.mark.parametrize(
    "cell", ["姓名", "\ufeff序号", "联通", "=1+1"], ids=["plain", "begins with a mark", "two letters that GBK knows", "formula-like"]
)
def test_what_read_writes_is_read_again_as_it_was(cell: str, county: Path, capsys: pytest.CaptureFixture[str]) -> None:
    book = Workbook()
    book.active.append([cell, "甲,乙", 'a"b'])
    book.active["A1"].data_type = "s"
    book.save(county / "a.xlsx")
    assert call(["--quiet", "read", "a.xlsx"]) == 0
    once = capsys.readouterr().out
    assert list(csv.reader(io.StringIO(once))) == [[cell, "甲,乙", 'a"b']]
    assert call(["--quiet", "read", "a.xlsx", "--output", "b.csv"]) == 0
    assert (county / "b.csv").read_bytes() == BOM + once.encode("utf-8")
    assert call(["--quiet", "read", "b.csv"]) == 0
    assert capsys.readouterr().out == once


def test_an_empty_table_stays_empty(county: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (county / "空.csv").write_bytes(b"")
    assert call(["--quiet", "read", "空.csv", "--output", "b.csv"]) == 0
    assert (county / "b.csv").read_bytes() == BOM
    assert call(["--quiet", "read", "b.csv"]) == 0
    assert capsys.readouterr().out == ""


@pytest.mark.parametrize("command", [*COMMANDS[:4], ("diff", "报送/石桥镇", "报送/青石镇")], ids=" ".join)
def test_headings_and_words_are_the_clerks_own(county: Path, command: tuple[str, ...], capsys: pytest.CaptureFixture[str]) -> None:
    assert call(["--quiet", *command, "--format", "csv"]) in (0, 1)
    rows = list(csv.DictReader(io.StringIO(capsys.readouterr().out)))
    assert rows
    assert not [head for head in rows[0] if re.search("[a-z]", head)]
    for row in rows:
        for cell in row.values():
            assert not re.fullmatch("[a-z_]+|True|False|None", cell), (row, cell)


def test_the_words_are_those_of_the_screen(county: Path, capsys: pytest.CaptureFixture[str]) -> None:
    call(["--quiet", "status", "报送", "--format", "csv"])
    standing = {(row["镇（街道）"], row["台账"]): row for row in csv.DictReader(io.StringIO(capsys.readouterr().out))}
    assert standing["石桥镇", "专职委员台账"]["状态"] == "已报"
    assert standing["柳河镇", "专职委员台账"]["状态"] == "未报"
    assert standing["石桥镇", "专职委员台账"]["盖章件"] == "未收"
    call(["--quiet", "check", "报送", "--select", "P201", "--format", "csv"])
    verdicts = {row["镇（街道）"]: row for row in csv.DictReader(io.StringIO(capsys.readouterr().out))}
    assert verdicts["石桥镇"]["结论"] == "已落实"
    assert verdicts["石桥镇"]["层级"] == "镇（街道）"
