"""工作情况反馈: read in whatever layout it comes, no entry lost for the words it begins with, each with its town and its cell."""

from __future__ import annotations

import datetime as dt
import io
from pathlib import Path
from typing import Any

import pytest

from canju import plans
from canju.book import Book
from canju.cli import call
from canju.ledgers.base import Clue
from canju.ledgers.feedback import Feedback
from canju.model import Status, Verdict, Workbook
from canju.paper.inputs import Inputs
from canju.paper.measures import unit_of
from canju.paper.words import in_one_line, nameless, towns_words
from canju.reading.formats.docx import read_docx
from canju.reading.limits import Limits
from canju.reading.recognise import Recognition, recognise
from canju.workspace import Workspace
from grids import TOWNS, codes, read, sheet

Entry = tuple[str | None, str | None, str, str]
LONG = "一是干部包组，\\n当天登记；\\n二是上门评定12户。"
TOLD = LONG.replace("\\n", "\n")


def entries(found: Recognition) -> list[Entry]:
    """Town, kind, text and cell of each entry."""
    records = [record for table in found.tables for record in table.records]
    return [(one.sender, one.kind, one.text, f"{one.address('text').column}{one.row}") for one in records]


def kind_of(text: str) -> tuple[Any, list[str]]:
    one = Feedback.columns["kind"].type.read(text, Clue())
    return one.value, [fault.rule for fault in one.faults]


# --- an entry a row ------------------------------------------------------------------------------


def test_several_towns_on_a_sheet_with_merged_towns_and_kinds() -> None:
    text = f"工作情况反馈汇总\n镇（街道）|类别|具体内容|联系人\n白云镇|成功做法|{LONG}|王一\n||设岗5个|\n|困难问题|路远|\n石桥乡|困难问题|人多|李二"
    found = read(sheet(text, "A1:D1", "A3:A5", "B3:B4"), file="汇总.xlsx")
    assert codes(found) == []
    assert entries(found) == [
        ("白云镇", "成功做法", TOLD, "C3"),
        ("白云镇", "成功做法", "设岗5个", "C4"),
        ("白云镇", "困难问题", "路远", "C5"),
        ("石桥乡", "困难问题", "人多", "C6"),
    ]


@pytest.mark.parametrize(
    "said",
    [
        "无专职人员，全靠村干部兼。",
        "没有残疾人活动场地",
        "目前没有专项经费",
        "主要有：交通不便",
        "走访残疾人共计120户",
        "合计走访12人",
        "例如大坪村办起车间",
        "说明：本镇残疾人分散",
        "以上门评残为主",
        "上报不及时",
        "本表数据由村干部填写",
        "大坪村",
        "请给予补助",
        "一、建机制\\n二、抓落实",
    ],
)
def test_no_entry_is_lost_for_the_words_it_begins_with(said: str) -> None:
    found = read(sheet(f"工作情况反馈\n类别|内容\n成功做法|逐户走访\n困难问题|{said}\n|{said}\n意见建议|无", "A4:A5"))
    told = said.replace("\\n", "\n")
    assert [text for _, _, text, _ in entries(found)] == ["逐户走访", told, told]
    assert [one.row for one in found.tables[0].skipped] == [6]


@pytest.mark.parametrize(
    "said", ["无", "暂无", "没有", "无意见建议", "暂无其他意见建议。", "没有困难", "本镇无困难问题", "/", "略", "零报告"]
)
def test_a_text_that_says_there_is_nothing_is_no_entry(said: str) -> None:
    found = read(sheet(f"工作情况反馈\n类别|内容\n成功做法|逐户走访\n困难问题|{said}"), file="白云镇.xlsx")
    assert len(found.tables[0]) == 1
    assert codes(found) == []


def test_an_example_a_total_and_who_filled_it_in_are_no_entries() -> None:
    text = "工作情况反馈\n序号|类别|内容\n例|成功做法|写清做了什么\n1|成功做法|逐户走访\n合计||1条\n填表人：王五||审核人：李六"
    found = read(sheet(text), file="白云镇.xlsx")
    assert [(one.row, one.why) for one in found.tables[0].skipped] == [(3, "example"), (5, "total"), (6, "note")]
    assert len(found.tables[0]) == 1


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("存在困难", "困难问题"),
        ("二、存在的困难和问题：", "困难问题"),
        ("（一）成功做法", "成功做法"),
        ("主要做法及成效", "成功做法"),
        ("经验做法", "成功做法"),
        ("3.意见、建议", "意见建议"),
        ("下一步工作建议", "意见建议"),
    ],
)
def test_a_kind_is_known_under_any_number_and_adjective(text: str, kind: str) -> None:
    assert kind_of(text) == (kind, [])


@pytest.mark.parametrize("text", ["问题和建议", "无经验", "取得成效", "经验不足", "联系人"])
def test_what_names_no_kind_or_two_is_asked_about(text: str) -> None:
    assert kind_of(text) == (None, ["C102"])


# --- other layouts -------------------------------------------------------------------------------


def test_a_form_with_the_kinds_before_the_texts() -> None:
    text = f"工作情况反馈表\n填报单位（盖章）：石桥乡||电话：13900000001\n一、成功做法|{LONG}\n二、存在的困难|上报晚\n|路远\n三、意见建议|无\n联系人|赵三\n填表人：赵三"
    found = read(sheet(text, "A1:D1", "B3:D3", "A4:A5", "B4:D4"), file="1.xlsx")
    assert codes(found) == []
    assert entries(found) == [
        ("石桥乡", "成功做法", TOLD, "B3"),
        ("石桥乡", "困难问题", "上报晚", "B4"),
        ("石桥乡", "困难问题", "路远", "B5"),
    ]


def test_forms_of_several_towns_below_each_other_each_keep_their_own() -> None:
    one = "工作情况反馈表\n填报单位：{0}\n成功做法|{0}走访\n成功做法|{0}设岗\n困难问题|学了青山街道仍难\n填表人：王"
    for gap in ("\n.\n", "\n"):
        found = read(sheet(one.format("白云镇") + gap + one.format("石桥乡")), file="1.xlsx")
        assert codes(found) == []
        assert [(town, kind) for town, kind, _, _ in entries(found)] == [
            (town, kind) for town in ("白云镇", "石桥乡") for kind in ("成功做法", "成功做法", "困难问题")
        ]


def test_a_form_with_the_kinds_above_the_texts() -> None:
    text = "{0}工作情况反馈表\n一、成功做法\n上报及时，学了青山街道。\n1.包干到户\n二、困难和问题：\n无经费。\n三、意见建议\n无\n填表人：王五 电话：13900000001"
    found = read(sheet(text.format("白云镇") + "\n.\n" + text.format("石桥乡")), file="1.xlsx")
    assert codes(found) == []
    assert entries(found) == [
        (town, kind, said, f"A{row}")
        for town, first in (("白云镇", 3), ("石桥乡", 13))
        for kind, said, row in (
            ("成功做法", "上报及时，学了青山街道。", first),
            ("成功做法", "1.包干到户", first + 1),
            ("困难问题", "无经费。", first + 3),
        )
    ]


def test_a_column_for_each_kind() -> None:
    text = (
        "各镇工作情况反馈\n序号|镇（街道）|反馈内容||\n||成功做法|困难问题|建议\n#1|白云镇|某某村示范|上报晚|多培训\n#2|石桥乡|/|无经费|无"
    )
    found = read(sheet(text, "C2:E2", "A2:A3", "B2:B3"), file="1.xlsx")
    assert codes(found) == []
    assert entries(found) == [
        ("白云镇", "成功做法", "某某村示范", "C4"),
        ("白云镇", "困难问题", "上报晚", "D4"),
        ("石桥乡", "困难问题", "无经费", "D5"),
        ("白云镇", "意见建议", "多培训", "E4"),
    ]


def test_a_column_for_each_town() -> None:
    text = "各镇工作情况反馈汇总\n内容|青山街道|白云镇|石桥乡\n成功做法|甲|乙|\n困难问题|学白云镇仍难|无|无经费\n填表人：王"
    found = read(sheet(text), file="1.xlsx")
    assert codes(found) == []
    assert entries(found) == [
        ("青山街道", "成功做法", "甲", "B3"),
        ("青山街道", "困难问题", "学白云镇仍难", "B4"),
        ("白云镇", "成功做法", "乙", "C3"),
        ("石桥乡", "困难问题", "无经费", "D4"),
    ]


def test_what_stands_beside_the_texts_of_a_form_is_not_passed_over_in_silence() -> None:
    found = read(sheet("工作情况反馈表（石桥乡）\n成功做法|走访|已报县里\n困难问题|路远|"), file="1.xlsx")
    assert codes(found) == ["F204"]
    assert [text for _, _, text, _ in entries(found)] == ["走访", "路远"]


def test_towns_as_sub_titles_over_their_rows() -> None:
    text = "工作情况反馈\n类别|内容\n白云镇|\n成功做法|走访\n困难问题|路远\n石桥乡|\n成功做法|办班"
    found = read(sheet(text, "A3:B3", "A6:B6"), file="1.xlsx")
    assert [entry[:3] for entry in entries(found)] == [
        ("白云镇", "成功做法", "走访"),
        ("白云镇", "困难问题", "路远"),
        ("石桥乡", "成功做法", "办班"),
    ]


def test_a_column_nobody_wrote_in_is_no_empty_ledger() -> None:
    found = read(sheet("工作情况反馈\n镇|成功做法|困难问题|意见建议\n白云镇|走访||"), file="1.xlsx")
    assert (codes(found), len(entries(found))) == ([], 1)


@pytest.mark.parametrize(
    "text",
    ["工作情况反馈表\n成功做法\n困难问题\n填表人：王", "工作情况反馈\n镇|成功做法|困难问题", "工作情况反馈\n成功做法|困难问题|意见建议"],
)
def test_a_form_nobody_filled_in_is_an_empty_ledger_and_none_of_its_kinds_a_text(text: str) -> None:
    found = read(sheet(text), file="白云镇.xlsx")
    assert codes(found) == ["F206"]
    assert entries(found) == []


def test_a_form_in_a_word_paper_whose_unit_stands_above_the_table() -> None:
    from docx import Document

    paper, data = Document(), io.BytesIO()
    for line in ("残疾人工作情况反馈表", "填报单位（盖章）：石桥乡    填报日期：2019年10月8日"):
        paper.add_paragraph(line)
    table = paper.add_table(rows=0, cols=2)
    for cells in (("成功做法", "走访\n登记"), ("困难问题", "路远")):
        for cell, text in zip(table.add_row().cells, cells, strict=True):
            cell.text = text
    paper.save(data)
    book = Workbook("1.docx", format="docx")
    read_docx(data.getvalue(), Limits(), book)
    found = recognise(book, TOWNS)
    assert codes(found) == []
    assert entries(found) == [("石桥乡", "成功做法", "走访\n登记", "B1"), ("石桥乡", "困难问题", "路远", "B2")]
    assert str(found.tables[0].submitted) == "2019-10-08"


@pytest.mark.parametrize(
    "text",
    [
        "整改清单\n序号|问题|建议|责任人\n#1|账目不清|完善|张\n#2|账目不清|完善|张\n#3|账目不清|完善|张",
        "会议记录\n问题|路远\n建议|修路",
    ],
)
def test_problems_and_proposals_of_any_office_are_no_feedback(text: str) -> None:
    assert read(sheet(text), file="白云镇.xlsx").tables == []


@pytest.mark.parametrize("text", ["工作情况反馈\n类别|内容\n成功做法|走访", "工作情况反馈表\n成功做法|走访\n困难问题|路远"])
def test_feedback_of_no_town_is_said(text: str) -> None:
    assert codes(read(sheet(text), file="反馈.xlsx")) == ["F202"]


# --- in the county's paper -----------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("逐户走访。", "逐户走访"),
        ("一是包干，\n  做到当天登记；\n\n二是评定 12 户。", "一是包干，做到当天登记；二是评定12户"),
        ("1.包干到户\n2.上门评残", "1.包干到户；2.上门评残"),
        ("使用 WPS Office 登记", "使用WPS Office登记"),
        ("办了一件事。" * 90, "办了一件事。" * 83 + "……"),
        ("长" * 501, "长" * 500 + "……"),
    ],
)
def test_an_entry_becomes_one_sentence_of_the_paper(text: str, said: str) -> None:
    assert in_one_line(text) == said


def paper_of(found: Recognition, kind: str = "成功做法") -> list[str]:
    workspace, day = Workspace(), dt.date(2019, 12, 31)
    return [block.text for block in towns_words(Inputs(Book(found.tables, workspace, day), plans.load(workspace, day), ()), kind)]


def test_each_entry_stands_in_the_paper_with_its_town_and_one_of_no_town_with_none() -> None:
    named = read(sheet("工作情况反馈\n镇|成功做法|困难问题\n白云镇|走访到户|路远\n石桥乡|办了车间|"), file="1.xlsx")
    assert paper_of(named) == ["白云镇反映：走访到户。", "石桥乡反映：办了车间。"]
    assert paper_of(named, "困难问题") == ["白云镇反映：路远。"]
    lost = read(sheet("工作情况反馈\n类别|内容\n成功做法|走访到户"), file="反馈.xlsx")
    [text] = paper_of(lost)
    assert text.startswith("【待核实：有1条成功做法看不出是哪个镇（街道）的")


def test_of_somebodys_number_nothing_stands_in_the_paper() -> None:
    book = Book([], Workspace(), dt.date(2019, 12, 31))
    text = "走了12户，电话13900001234，（0854-1234567）身份证522799198001010017，卡号6299123456789012345，2019年9月25日完成"
    said = nameless(Inputs(book, plans.load(Workspace(), dt.date(2019, 12, 31)), ()), text, None)
    assert said == "走了12户，电话（号码略），（号码略）身份证（号码略），卡号（号码略），2019年9月25日完成"


def verdict(town: str, ledger: str, status: Status = "unmet") -> Verdict:
    return Verdict("P802", "submission-missing", "四（三）", "", "town", town, ledger, status, "error", "", "", "", "")


def test_ledgers_that_did_not_come_are_no_number_of_towns() -> None:
    assert unit_of([verdict(town, ledger) for town in ("甲镇", "乙镇") for ledger in ("台账一", "台账二")]) == "项"
    assert unit_of([verdict("甲镇", "台账一"), verdict("乙镇", "台账一", "met")]) == "个镇（街道）"


def test_an_entry_of_several_lines_is_one_line_of_a_comparison(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for name, text in (("前", "走访"), ("后", "走访\n登记\n评定")):
        (tmp_path / name).mkdir()
        (tmp_path / name / "甲镇反馈.csv").write_text(f'工作情况反馈\n镇,类别,内容\n甲镇,成功做法,"{text}"\n', "utf-8")
    call(["--quiet", "diff", str(tmp_path / "前"), str(tmp_path / "后")])
    told = capsys.readouterr().out.splitlines()
    assert any("走访 登记 评定" in line for line in told)
    assert all(line.split()[0] in ("新增", "减少", "变更", "已改", "未改") or "：" in line for line in told)
