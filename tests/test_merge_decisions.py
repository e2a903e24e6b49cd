"""What the clerk decides in 冲突 is read on the next run, found again by fingerprint, carried out and listed."""

from __future__ import annotations

import openpyxl
import pytest

from canju.ledgers import ledgers
from canju.merging.decisions import choice_of
from canju.merging.joining import merge
from merge_cases import AS_OF, WORKSPACE, merged, person, read, resident, rows_of, table, written

UNCERTIFIED = ledgers()["uncertified"]


def two_towns(first="1.xlsx", second="2.xlsx"):
    return [table([person(1)], first), table([person(1, town="乙镇", reason="不愿办理")], second, "乙镇")]


def two_names():
    other = {"organization": "甲镇残联", "name": "李四", "id_number": resident(1), "post": "专职委员"}
    return [table([person(1, name="张三")]), table([other], "配备.xlsx", ledger="staffing", columns=tuple(other))]


def decide(path, choice, remark=""):
    """Write a choice into every conflict of a book, as a clerk would."""
    book = openpyxl.load_workbook(path)
    sheet = book["冲突"]
    heads = [cell.value for cell in sheet[1]]
    for row in range(2, sheet.max_row + 1):
        sheet.cell(row, heads.index("处理意见") + 1).value = choice
        sheet.cell(row, heads.index("处理说明") + 1).value = remark
    book.save(path)
    return read(path).decisions


def towns(book):
    return [row.record.sender for row in book.taken(UNCERTIFIED)]


@pytest.mark.parametrize(
    ("choice", "kept"),
    [("采用 A", ["甲镇"]), ("采用B", ["乙镇"]), ("两者都保留", ["甲镇", "乙镇"]), ("都不要", []), ("待商", ["甲镇", "乙镇"])],
)
def test_a_choice_between_two_rows_takes_and_leaves_rows(tmp_path, choice, kept):
    path = written(merged(*two_towns()), tmp_path / "b.xlsx")
    book = merged(*two_towns(), decisions=decide(path, choice, "经电话核实"))
    assert towns(book) == kept
    again = tmp_path / "c.xlsx"
    written(book, again)
    row = rows_of(again, "冲突")[0]
    assert row["处理说明"] == "经电话核实"
    if choice == "待商":
        assert any("处理意见看不懂" in sentence for sentence in book.said)
        assert row["处理意见"] == ""
    else:
        assert row["采用"] == row["处理意见"] == choice_of(choice)
        assert [one["状态"] for one in rows_of(again, "未持证残疾人台账")] == ["采用"] * len(kept)
        assert all("处理意见" in one["未采用的原因"] for one in rows_of(again, "未采用"))


def test_a_decision_finds_its_conflict_when_files_are_renamed_and_change_places(tmp_path):
    path = written(merged(*two_towns("1.xlsx", "2.xlsx")), tmp_path / "b.xlsx")
    decisions = decide(path, "采用 A")
    assert towns(merged(*two_towns("9.xlsx", "0.xlsx"), decisions=decisions)) == ["甲镇"]


def test_a_decision_read_back_from_a_book_gives_the_same_book(tmp_path):
    path = written(merged(*two_towns()), tmp_path / "b.xlsx")
    first = merged(*two_towns(), decisions=decide(path, "采用 A"))
    contents = read(written(first, tmp_path / "c.xlsx"))
    assert [len(one) for one in contents.tables] == [1, 1]
    again = merge(contents.tables, contents.origins, WORKSPACE, AS_OF, decisions=contents.decisions)
    assert towns(again) == ["甲镇"]
    assert written(again, tmp_path / "d.xlsx").read_bytes() == (tmp_path / "c.xlsx").read_bytes()


def test_a_choice_between_two_names_puts_the_chosen_one_in_both_rows_and_the_one_sent_is_not_lost(tmp_path):
    path = written(merged(*two_names()), tmp_path / "b.xlsx")
    book = merged(*two_names(), decisions=decide(path, "采用 B"))
    again = written(book, tmp_path / "c.xlsx")
    assert rows_of(again, "未持证残疾人台账")[0]["姓名"] == rows_of(again, "组织人员配备台账")[0]["姓名"]
    contents = read(again)
    assert {one.records[0].value("name") for one in contents.tables} == {"张三", "李四"}
    repeated = merge(contents.tables, contents.origins, WORKSPACE, AS_OF, decisions=contents.decisions)
    assert written(repeated, tmp_path / "d.xlsx").read_bytes() == again.read_bytes()


def test_neither_of_two_names_leaves_both_rows_to_be_checked(tmp_path):
    path = written(merged(*two_names()), tmp_path / "b.xlsx")
    book = merged(*two_names(), decisions=decide(path, "都不要"))
    assert [one.states for one in book.submissions] == [{0: "待核"}, {0: "待核"}]


def test_one_choice_settles_every_field_in_which_two_rows_differ(tmp_path):
    rows = [person(1), person(1, reason="不愿办理", remarks="再报")]
    path = written(merged(table(rows)), tmp_path / "b.xlsx")
    decisions = decide(path, "采用 B")[:1]
    book = merged(table(rows), decisions=decisions)
    assert [row.record.shown("reason") for row in book.taken(UNCERTIFIED)] == ["不愿办理"]
    assert {one.choice for one in book.conflicts} == {"采用 B"}


def test_a_decision_whose_conflict_is_gone_stays_listed(tmp_path):
    path = written(merged(*two_towns()), tmp_path / "b.xlsx")
    book = merged(two_towns()[0], decisions=decide(path, "采用 B"))
    assert towns(book) == ["甲镇"]
    (row,) = rows_of(written(book, tmp_path / "c.xlsx"), "冲突")
    assert "不再出现" in row["理由"]
    assert row["处理意见"] == "采用 B"


@pytest.mark.parametrize(
    ("text", "choice"),
    [
        ("采用 A", "采用 A"),
        ("ａ", "采用 A"),
        ("以B为准", "采用 B"),
        ("都保留", "两者都保留"),
        ("都不要", "都不要"),
        ("AB", ""),
        ("不知道", ""),
        ("", ""),
    ],
)
def test_a_clerks_words_are_understood_or_asked_about(text, choice):
    assert choice_of(text) == choice
