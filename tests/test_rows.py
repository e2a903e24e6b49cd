"""A row is a record unless it says what else it is; no person is ever dropped, and every other row is listed with its reason."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from canju.model import ErrorValue, Sheet, Uncalculated
from grids import ID, codes, read, sheet, table

HEAD = "序号|乡镇|村|姓名|性别|身份证号|未办证原因|备注"
ONE = f"1|白云镇|大坪村|张一|男|{ID.format(1)}|资料不全|"
TWO = f"2|白云镇|小河村|李二|女|{ID.format(2)}|外出务工|"


def why(row: str, *merges: str, after: bool = True) -> list[tuple[int, str]]:
    """What a row between, or after, two records is taken for."""
    lines = [HEAD, ONE, TWO, row] if after else [HEAD, ONE, row, TWO]
    found = table("\n".join(lines), *merges)
    return [(one.row, one.why) for one in found.skipped]


@pytest.mark.parametrize(
    "row",
    [
        "合计",
        "合 计|||2人||||",
        "总计：2人",
        "|合计||||||",
        "共计2人",
        "|||2人|||合计|"[1:],
        "全镇合计||||#2|||",
        "其中：男1人",
        "|其中：女|||#1|||",
    ],
)
def test_totals_are_no_records(row: str) -> None:
    assert why(row) == [(4, "total")]


@pytest.mark.parametrize("row", ["小计|||1人||||", "|小 计||||||", "大坪村小计|||||||", "本页小计"])
def test_subtotals_are_no_records(row: str) -> None:
    assert why(row, after=False) == [(3, "subtotal")]


@pytest.mark.parametrize("name", ["合计", "小计", "合志强", "计小平", "总理", "无", "例", "注", "零", "共计明"])
def test_a_person_of_any_name_is_a_record(name: str) -> None:
    found = table(f"{HEAD}\n{ONE}\n3|白云镇|大坪村|{name}|男|{ID.format(3)}|资料不全|\n{TWO}")
    assert found.numbers == [2, 3, 4]


def test_a_row_with_only_a_name_is_a_record() -> None:
    found = read(sheet(f"{HEAD}\n{ONE}\n|||王仅名||||\n{TWO}"), file="白云镇.xlsx")
    assert found.tables[0].numbers == [2, 3, 4]
    assert {one.field for one in found.cells if one.fault.rule == "C101"} >= {"sex", "reason", "village"}


def test_a_row_with_only_an_id_is_a_record() -> None:
    assert table(f"{HEAD}\n{ONE}\n|||||{ID.format(3)}||\n{TWO}").numbers == [2, 3, 4]


@pytest.mark.parametrize(
    "row",
    [
        "注：身份证号必填", "填表说明：", "1.本表一式两份，镇（街道）残联留存一份，县残联留存一份。", "审核人：　　填表人：李某", "单位负责人（签字）：|||填表人：|李某||日期：|2019-10-8",
        "制表人|李某||审核人|王某|||", "填报单位（盖章）：白云镇残联　　填表人：李某　　填报日期：2019年10月8日", "备注：以上情况属实。", "以下空白", "2019年10月8日",
    ],
)  # fmt: skip
def test_notes_and_signatures_are_no_records(row: str) -> None:
    assert why(row) == [(4, "note")]


def test_numbered_lines_after_a_note_belong_to_it() -> None:
    found = table(f"{HEAD}\n{ONE}\n填表说明\n1.本表一式两份\n2.时间填到月\n3、村名写全称")
    assert [one.why for one in found.skipped] == ["note"] * 4


@pytest.mark.parametrize(
    "row",
    [
        "例|××镇|××村|张三|男|" + ID.format(9) + "|资料不全|",
        "示例|白云镇|大坪村|张三|男|||",
        "|白云镇|大坪村|例：张三|男|||",
        "（例）|||张三|男|||",
        "|白云镇|大坪村|张三（示例）|男|||",
        "1|××镇|××村|张三|男|||",
    ],
)
def test_an_example_under_the_headings_is_no_record(row: str) -> None:
    found = table(f"{HEAD}\n{row}\n{ONE}\n{TWO}")
    assert [(one.row, one.why) for one in found.skipped] == [(2, "example")]


@pytest.mark.parametrize(
    ("row", "village"),
    [
        ("大坪村（1人）", "大坪村"),
        ("小河村", "小河村"),
        ("一、大坪村", "大坪村"),
        ("（二）小河村：", "小河村"),
        ("白云社区居委会（3人）", "白云社区"),
        ("大坪村1人", "大坪村"),
        ("【大坪村】", "大坪村"),
        ("——大坪村（1人）——", "大坪村"),
        ("白云镇大坪村（1人）", "大坪村"),
        ("大坪村 共1人", "大坪村"),
        ("大坪", "大坪村"),
    ],
)
def test_a_sub_title_tells_the_village_below_it(row: str, village: str) -> None:
    head = HEAD.replace("村|", "", 1)
    found = table(f"{head}\n{row}\n1|白云镇|张一|男|{ID.format(1)}|资料不全|\n2|白云镇|李二|女|{ID.format(2)}|外出务工|", "A2:G2")
    assert [(one.row, one.why) for one in found.skipped] == [(2, "subtitle")]
    assert found.values["village"] == [village, village]


def test_a_village_cell_wins_over_the_sub_title() -> None:
    found = table(f"{HEAD}\n大坪村\n{ONE}\n{TWO}\n3|白云镇||王三|男|{ID.format(3)}|资料不全|", "A2:H2")
    assert found.values["village"] == ["大坪村", "小河村", "大坪村"]


def test_a_sub_title_of_another_kind_gives_no_village() -> None:
    found = read(sheet(f"{HEAD}\n一、县级\n1|白云镇||张一|男|{ID.format(1)}|资料不全|", "A2:H2"), file="白云镇.xlsx")
    assert found.tables[0].values["village"] == [None]
    assert "C101" in codes(found)


@pytest.mark.parametrize("row", ["#1|||||||", "1|||||||", "3|白云镇||||||", "3|白云镇|大坪村|||||"])
def test_a_row_only_numbered_in_advance_is_blank(row: str) -> None:
    assert why(row) == [(4, "blank")]


def test_blank_rows_are_not_listed() -> None:
    assert why(".", after=False) == []


@pytest.mark.parametrize(
    "row",
    ["无", "零报告", "白云镇零报告", "|白云镇||无||||", "经排查，我镇无未持证残疾人。", "|||零报告||||", "本月无新增", "无未持证残疾人"],
)
def test_nobody_to_report_is_a_valid_return(row: str) -> None:
    found = read(sheet(f"{HEAD}\n{row}"), file="白云镇.xlsx")
    assert found.tables[0].nil
    assert [one.why for one in found.tables[0].skipped] == ["nil"]
    assert codes(found) == []


@pytest.mark.parametrize("row", ["|白云镇|小河村|无||||", "小河村：零报告", "小河村无未持证残疾人", "||小河村|零报告||||", "小河村：无"])
def test_a_village_with_nobody_is_named(row: str) -> None:
    found = table(f"{HEAD}\n{ONE}\n{row}")
    assert found.nil_villages == ("小河村",)
    assert not found.nil
    assert len(found) == 1


def test_headings_only_are_queried() -> None:
    assert codes(read(sheet(HEAD), file="白云镇.xlsx")) == ["F206"]
    assert codes(read(sheet(f"{HEAD}\n1|||||||\n2|||||||"), file="白云镇.xlsx")) == ["F206"]


def test_merged_cells_are_filled_down_and_blanks_are_not() -> None:
    found = table(
        f"{HEAD}\n1|白云镇|大坪村|张一|男|{ID.format(1)}|资料不全|甲\n2|||李二|女|{ID.format(2)}|外出务工|\n3|||王三|男|{ID.format(3)}|资料不全|",
        "B2:B4",
        "C2:C3",
        "H2:H3",
    )
    assert found.values["town"] == ["白云镇"] * 3
    assert found.values["village"] == ["大坪村", "大坪村", None]
    assert found.values["remarks"] == ["甲", "甲", None]


def test_the_rows_of_the_sheet_are_left_as_they_were() -> None:
    one = sheet(f"{HEAD}\n1|白云镇|大坪村|张一|男|{ID.format(1)}|资料不全|\n2|||李二|女|{ID.format(2)}|外出务工|", "B2:B3")
    read(one, file="白云镇.xlsx")
    assert one.rows[2][1] is None


CELL = st.one_of(
    st.none(),
    st.text(max_size=12),
    st.integers(-5, 10**18),
    st.floats(),
    st.booleans(),
    st.sampled_from(["合计", "小计", "注：", "例", "无", "姓名", "大坪村", "张一", ID.format(1), "甲", "1"]),
)


@given(st.lists(st.lists(CELL, max_size=10), max_size=12))
@settings(max_examples=150, deadline=None)
def test_no_sheet_makes_it_fail_or_lose_a_cell(rows: list[list[object]]) -> None:
    found = read(sheet(HEAD + "\n" + ONE), sheet("."), file="白云镇.xlsx")
    assert len(found.tables) == 1
    one = sheet(HEAD)
    one.rows += rows  # type: ignore[arg-type]
    read(one, file="白云镇.xlsx")
    other = sheet(".")
    other.rows = rows  # type: ignore[assignment]
    read(other)


@given(st.text("赵钱孙李合计无零例注总共小其中一二三四村社区", min_size=2, max_size=4))
@settings(max_examples=150, deadline=None)
def test_a_full_row_is_a_record_whatever_the_name(name: str) -> None:
    found = table(f"{HEAD}\n{ONE}\n2|白云镇|大坪村|{name}|男|{ID.format(3)}|资料不全|\n{TWO}")
    assert found.numbers == [2, 3, 4]


@pytest.mark.parametrize(
    "text",
    [
        "1" * 30_000 + "x",
        "(" * 30_000,
        "（" * 5000 + "填写" * 5000,
        "合" * 30_000,
        "经" + "，" * 30_000,
        "镇" * 30_000,
        "县" * 30_000,
        "无" * 30_000,
        "甲、" * 10_000,
    ],
)
def test_no_long_text_takes_long(text: str) -> None:
    import time

    began = time.perf_counter()
    read(sheet(f"{text}\n填报单位：{text}\n{HEAD}\n{text}\n{ONE}\n合计|{text}\n{text}|{text}"), file="白云镇.xlsx")
    read(sheet(f"{text}|{text}|姓名\n{text}|1|2"), file="白云镇.xlsx")
    assert time.perf_counter() - began < 5


def test_a_kind_of_feedback_with_nothing_to_say_is_a_nil_line() -> None:
    text = "工作情况反馈\n填报单位：白云镇残联\n类别|内容|联系人|联系电话\n成功做法|建立一人一案|张三|13900000001\n困难问题|无|张三|13900000001\n意见建议||张三|13900000001"
    found = read(sheet(text), file="x.xlsx")
    assert [(one.row, one.why) for one in found.tables[0].skipped] == [(5, "nil"), (6, "blank")]
    assert len(found.tables[0]) == 1
    assert codes(found) == []


def test_a_total_whose_word_stands_under_the_village_far_right_is_none_the_less_a_total() -> None:
    head = "是否建组|地点名称|地点类型|残疾人数|持证人数|未持证人数|组长|联络员电话|村"
    row = "是|{0}寨|自然村|#3|#2|#1|张{0}|13900000000|{1}村"
    text = "\n".join([head, row.format("甲", "大坪"), "|||#3|#2|#1|||大坪村小计", row.format("乙", "小河"), "|||#6|#4|#2|||合 计"])
    found = table(text)
    assert found.numbers == [2, 4]
    assert [(one.row, one.why) for one in found.skipped] == [(3, "subtotal"), (5, "total")]


def test_where_no_column_tells_the_village_a_short_village_alone_under_the_names_is_a_sub_title() -> None:
    head = "姓名|性别|身份证号|未办证原因"
    text = f"{head}\n上寨村\n张一|男|{ID.format(1)}|资料不全\n下寨村\n李二|女|{ID.format(2)}|外出务工"
    found = table(text)
    assert found.values["village"] == ["上寨村", "下寨村"]


@pytest.mark.parametrize(
    "row",
    [
        "必填|必填|必填|必填|必填|必填|必填|选填",
        "|||与身份证一致|男/女|18位|请从下拉列表选择|",
        "|||（如张三）|男或女|18位身份证号|参照填表说明|可填",
    ],
)
def test_a_row_that_says_how_to_fill_in_is_no_record(row: str) -> None:
    found = table(f"{HEAD}\n{row}\n{ONE}\n{TWO}")
    assert found.numbers == [3, 4]
    assert [(one.row, one.why) for one in found.skipped] == [(2, "note")]


@pytest.mark.parametrize("row", ["3|白云镇|大坪村|　", "3|白云镇|大坪村||#0|", "3|白云镇|| |  |　||"])
def test_rows_filled_in_beforehand_and_never_used_are_blank(row: str) -> None:
    assert why(row) == [(4, "blank")]


def test_formulas_filled_down_over_unused_rows_make_no_records() -> None:
    rows = [*sheet(f"{HEAD}\n{ONE}\n{TWO}").rows, [3, "白云镇", None, None, ErrorValue("#VALUE!"), None, Uncalculated("A1")]]
    found = read(Sheet("Sheet1", rows), file="白云镇.xlsx")
    assert found.tables[0].numbers == [2, 3]
    assert "C108" not in codes(found)


def test_an_error_in_a_row_that_names_somebody_is_said() -> None:
    rows = [*sheet(f"{HEAD}\n{ONE}\n{TWO}").rows, [3, "白云镇", "大坪村", "王三", ErrorValue("#VALUE!")]]
    assert "C108" in codes(read(Sheet("Sheet1", rows), file="白云镇.xlsx"))


def test_a_village_with_a_stroke_under_the_names_reports_nobody() -> None:
    found = table(f"{HEAD}\n{ONE}\n||小河村|/||||")
    assert found.numbers == [2]
    assert found.nil_villages == ("小河村",)
