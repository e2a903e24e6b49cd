"""`canju merge`, `status` and `diff` as called: the book stands wherever files may, and nothing the clerk decided is lost."""

from __future__ import annotations

import json
import os
import shutil

import openpyxl
import pytest

from canju.cli import call
from merge_cases import content, person, resident, rows_of

HEADS = {"town": "镇（街道）", "village": "村（社区）", "name": "姓名", "sex": "性别", "id_number": "身份证号", "reason": "未办证原因"}


def sent(folder, town, rows, day="2019年10月8日", name="未持证残疾人台账.xlsx"):
    """A town's workbook, as it would send it."""
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.append(["未持证残疾人台账"])
    sheet.append([f"填报单位（盖章）：{town}", None, None, f"填报日期：{day}"])
    sheet.append(list(HEADS.values()))
    for row in rows:
        sheet.append([row.get(field) for field in HEADS])
    (folder / town).mkdir(parents=True, exist_ok=True)
    book.save(folder / town / name)


@pytest.fixture
def county(tmp_path, monkeypatch):
    """Two towns that both report one person, and a file that cannot be read."""
    (tmp_path / "canju.toml").write_text('county = "某县"\ntowns = ["甲镇", "乙镇"]\nas_of = 2019-12-31\n', encoding="utf-8")
    sent(tmp_path / "报送", "甲镇", [person(1), person(2), person(2)])
    sent(tmp_path / "报送", "乙镇", [person(1, town="乙镇"), person(3, town="乙镇")])
    (tmp_path / "报送" / "乙镇" / "残疾人小组台账.xlsx").write_bytes(b"PK\x03\x04 damaged")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_a_book_is_written_for_its_owner_alone_and_says_what_was_taken(county, capsys):
    assert call(["merge", "报送", "-o", "汇总.xlsx"]) == 3
    said = capsys.readouterr().err
    assert "读入5行，采用4行，未采用1行；有1处冲突待处理" in said
    assert "残疾人小组台账.xlsx" in said
    if os.name == "posix":
        assert (county / "汇总.xlsx").stat().st_mode & 0o077 == 0
    assert not list(county.glob(".~*"))


def test_a_book_that_is_there_is_not_overwritten_unasked(county, capsys):
    (county / "汇总.xlsx").write_bytes(b"old")
    assert call(["merge", "报送", "-o", "汇总.xlsx"]) == 2
    assert "--force" in capsys.readouterr().err
    assert (county / "汇总.xlsx").read_bytes() == b"old"


def test_a_book_checks_like_the_files_it_was_made_of(county, capsys):
    call(["merge", "报送", "-o", "汇总.xlsx"])
    capsys.readouterr()
    verdicts = []
    for source in ("报送", "汇总.xlsx"):
        call(["check", source, "--format", "json"])
        verdicts.append(json.loads(capsys.readouterr().out))
    assert verdicts[0]["verdicts"] == verdicts[1]["verdicts"]
    assert any("残疾人小组台账.xlsx打不开" in str(one["missing"]) for one in verdicts[1]["verdicts"])


def test_a_book_merged_again_alone_or_beside_its_files_is_the_same_book(county):
    call(["merge", "报送", "-o", "a.xlsx"])
    call(["merge", "a.xlsx", "-o", "b.xlsx"])
    call(["merge", "a.xlsx", "报送", "-o", "c.xlsx"])
    assert content(county / "a.xlsx") == content(county / "b.xlsx") == content(county / "c.xlsx")


def test_a_decision_in_a_book_that_is_written_anew_is_carried_out(county, capsys):
    call(["merge", "报送", "-o", "汇总.xlsx"])
    book = openpyxl.load_workbook("汇总.xlsx")
    heads = [cell.value for cell in book["冲突"][1]]
    book["冲突"].cell(2, heads.index("处理意见") + 1).value = "采用 A"
    book.save("汇总.xlsx")
    call(["merge", "报送", "-o", "汇总.xlsx", "--force"])
    assert "已按冲突表中的处理意见处理1处" in capsys.readouterr().err
    assert [row["身份证号"] for row in rows_of(county / "汇总.xlsx", "未持证残疾人台账")].count(resident(1)) == 1
    assert rows_of(county / "汇总.xlsx", "冲突")[0]["处理意见"] == "采用 A"


def test_a_corrected_round_takes_the_place_of_the_first_in_check_and_merge(county, capsys):
    call(["merge", "报送", "-o", "十月.xlsx"])
    shutil.rmtree(county / "报送")
    sent(county / "十二月", "甲镇", [person(1, reason="不愿办理"), person(2), person(4)], "2019年12月5日")
    capsys.readouterr()
    call(["merge", "十月.xlsx", "十二月", "-o", "汇总.xlsx"])
    rows = {row["身份证号"] + row["镇（街道）"]: row for row in rows_of(county / "汇总.xlsx", "未持证残疾人台账")}
    assert rows[resident(1) + "甲镇"]["未办证原因"] == "不愿办理"
    assert rows[resident(4) + "甲镇"]["来源文件"].endswith("甲镇/未持证残疾人台账.xlsx")
    assert len(rows) == 5
    call(["check", "十月.xlsx", "十二月", "--format", "json"])
    both = json.loads(capsys.readouterr().out)["verdicts"]
    call(["check", "汇总.xlsx", "--format", "json"])
    assert json.loads(capsys.readouterr().out)["verdicts"] == both


def test_status_of_a_book_is_that_of_its_files(county, capsys):
    call(["merge", "报送", "-o", "汇总.xlsx"])
    capsys.readouterr()
    told = []
    for source in ("报送", "汇总.xlsx"):
        call(["status", source, "--format", "json"])
        told.append(json.loads(capsys.readouterr().out)["status"])
    assert told[0] == told[1]
    assert {(one["town"], one["ledger"], one["state"]) for one in told[0]} >= {("甲镇", "groups", "未报"), ("乙镇", "groups", "有错误")}


def test_two_books_side_by_side_show_who_came_and_what_changed_masked(county, capsys):
    call(["merge", "报送", "-o", "a.xlsx"])
    sent(county / "报送", "甲镇", [person(1, reason="不愿办理"), person(2), person(4)])
    call(["merge", "报送", "-o", "b.xlsx"])
    capsys.readouterr()
    call(["diff", "a.xlsx", "b.xlsx", "--format", "json"])
    out = capsys.readouterr().out
    changes = json.loads(out)["changes"]
    assert {(one["kind"], one["field"]) for one in changes} == {("added", None), ("changed", "reason")}
    assert not any(person(number)["name"] in out or resident(number) in out for number in range(1, 5))


def test_a_file_a_ledger_for_other_tools(county):
    call(["merge", "报送", "-o", "表", "--format", "csv"])
    assert sorted(path.name for path in (county / "表").iterdir()) == ["未持证残疾人台账.csv", "未采用.csv"]
