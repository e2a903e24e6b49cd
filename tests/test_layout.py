"""Headings are found wherever they stand, and each table of a sheet is read as its own."""

from __future__ import annotations

import pytest

from canju.reading.layout import heading_rows, is_numbers
from grids import ID, codes, letters_of, read, sheet, table

HEAD = "序号|村|姓名|性别|身份证号|未办证原因"


def people(count: int, start: int = 1, village: str = "大坪村") -> str:
    return "\n".join(f"{i}|{village}|张某{'一二三四五六七八九'[i % 9]}|男|{ID.format(i)}|资料不全" for i in range(start, start + count))


def test_title_annex_and_unit_line_stand_above() -> None:
    found = table(
        f"附件1\n白云镇未持证残疾人台账\n填报单位（盖章）：白云镇残联　　填表人：李某　　填报日期：2019年10月8日\n{HEAD}\n{people(2)}",
        "A2:F2",
        "A3:F3",
        file="x.xlsx",
    )
    assert (found.heading_row, len(found), found.town, str(found.submitted)) == (4, 2, "白云镇", "2019-10-08")


def test_a_table_need_not_begin_at_a1() -> None:
    head = ".\n.\n||白云镇未持证残疾人台账\n||" + HEAD
    found = table(head + "\n" + "\n".join("||" + line for line in people(2).split("\n")), "C3:H3")
    assert letters_of(found)["name"] == "E"
    assert found.numbers == [5, 6]


TWO = f"""
白云镇未持证残疾人台账
序号|乡镇|村|基本信息||||监护人||疑似残疾情况||未办证原因|备注
|||姓名|性别|身份证号|电话|姓名|电话|类别|等级||
1|白云镇|大坪村|张三平|男|{ID.format(1)}|13900000001|||肢体|二级|资料不全|
2|白云镇|大坪村|李小四|女|{ID.format(2)}|13900000002|王五|13800000000|智力|一级|外出务工|
"""
WANTED = {
    "serial": "A", "town": "B", "village": "C", "name": "D", "sex": "E", "id_number": "F", "phone": "G", "guardian": "H", "guardian_phone": "I",
    "category": "J", "grade": "K", "reason": "L", "remarks": "M",
}  # fmt: skip


@pytest.mark.parametrize(
    "merges", [(), ("A2:A3", "B2:B3", "C2:C3", "D2:G2", "H2:I2", "J2:K2", "L2:L3", "M2:M3"), ("D2:G2", "H2:I2", "J2:K2")]
)
def test_two_heading_rows_are_joined_with_and_without_merges(merges: tuple[str, ...]) -> None:
    found = table(TWO, *merges)
    assert found.heading_row == 3
    assert letters_of(found) == WANTED


def test_three_heading_rows_are_joined() -> None:
    found = table(
        """
清水县残疾人小组登记表
序号|乡镇|村（社区）|小组情况||||||
|||地点||残疾人数（人）|||是否建组|联络员|
|||地点名称|地点类型|残疾人总数|其中持证|其中未持证||姓名|电话
#1|白云镇|大坪村|老寨|自然村|#7|#5|#2|是|张三|13900000001
""",
        "A1:K1", "A2:A4", "B2:B4", "C2:C4", "D2:K2", "D3:E3", "F3:H3", "I3:I4", "J3:K3",
    )  # fmt: skip
    assert found.heading_row == 4
    assert letters_of(found)["liaison_phone"] == "K"
    assert letters_of(found)["uncertified"] == "H"


def test_a_row_that_counts_the_columns_is_neither_heading_nor_record() -> None:
    found = table(f"{HEAD}\n甲|乙|1|2|3|4\n{people(2)}")
    assert (found.heading_row, len(found)) == (1, 2)
    assert [(one.row, one.why) for one in found.skipped] == [(2, "numbers")]


@pytest.mark.parametrize(
    ("cells", "counts"),
    [
        (["甲", "乙", 1, 2, 3], True),
        (["1", "2", "3"], True),
        ([1.0, 2.0, 3.0], True),
        (["(1)", "(2)", "(3)=(1)+(2)"], True),
        (["1", "大坪村", "张三"], False),
        ([7, 5, 2], False),
        (["A", "B", "C"], True),
    ],
)
def test_what_counts_columns(cells: list[object], counts: bool) -> None:
    assert is_numbers(cells) is counts  # type: ignore[arg-type]


def test_headings_repeated_on_each_printed_page_are_one_table() -> None:
    page = f"白云镇未持证残疾人台账\n填报单位：白云镇残联\n{HEAD}\n"
    found = table(page + people(2) + "\n" + page + people(2, 3), "A1:F1", "A6:F6")
    assert (found.heading_row, found.numbers) == (3, [4, 5, 9, 10])
    assert [one.why for one in found.skipped] == ["title", "title", "repeated-heading"]


def test_tables_stacked_on_one_sheet_are_told_apart() -> None:
    found = read(
        sheet(
            f"白云镇未持证残疾人台账\n{HEAD}\n{people(2)}\n注：身份证号必填\n.\n白云镇残疾人小组台账\n序号|村|地点名称|地点类型|残疾人数|是否设立小组\n1|大坪村|老寨|自然村|6|是"
        )
    )
    assert [(one.ledger.key, one.heading_row, len(one)) for one in found.tables] == [("uncertified", 2, 2), ("groups", 8, 1)]
    assert [(one.row, one.why) for one in found.tables[0].skipped] == [(5, "note")]


def test_the_same_ledger_of_two_towns_is_two_tables() -> None:
    found = read(
        sheet(f"白云镇未持证残疾人台账\n{HEAD}\n{people(2)}\n.\n石桥乡未持证残疾人台账\n{HEAD}\n{people(1, 3, '石桥村')}"), file="全县.xlsx"
    )
    assert [(one.town, one.heading_row, len(one)) for one in found.tables] == [("白云镇", 2, 2), ("石桥乡", 7, 1)]


@pytest.mark.parametrize("gap", ["|", ""])
def test_the_two_halves_of_a_page_are_two_tables(gap: str) -> None:
    left, right = people(3).split("\n"), people(2, 4, "小河村").split("\n")
    lines = [f"{one}|{gap}{other}" for one, other in zip(left, [*right, ""], strict=True)]
    found = read(sheet(f"白云镇未持证残疾人台账\n{HEAD}|{gap}{HEAD}\n" + "\n".join(lines), "A1:L1"))
    assert [(one.ledger.key, len(one), one.town) for one in found.tables] == [("uncertified", 3, "白云镇"), ("uncertified", 2, "白云镇")]
    assert found.tables[1].places["name"].letter == ("J" if gap else "I")
    assert found.tables[1].values["village"] == ["小河村", "小河村"]


def test_two_ledgers_side_by_side() -> None:
    found = read(
        sheet(
            f"""
白云镇专职委员台账|||||||||白云镇残疾人小组台账
序号|村|姓名|性别|身份证号|聘用时间|考核结果|月工资||序号|村|地点名称|地点类型|残疾人数|是否设立小组
1|大坪村|张一|男|{ID.format(1)}|2018.3|合格|200||1|大坪村|老寨|自然村|6|是
2|小河村|张二|男|{ID.format(2)}|2018.3|合格|200||2|大坪村|新寨|自然村|6|是
|||||||||合计||||12|
""",
            "A1:H1",
            "J1:O1",
        )
    )
    assert [(one.ledger.key, len(one)) for one in found.tables] == [("commissioners", 2), ("groups", 2)]
    assert "F208" not in codes(found)


def test_several_ledgers_in_a_workbook_whatever_the_sheets_are_called() -> None:
    found = read(
        sheet(f"{HEAD}\n{people(2)}", name="专职委员"),
        sheet("序号|村|地点名称|地点类型|残疾人数|是否设立小组\n1|大坪村|老寨|自然村|6|是", name="Sheet2"),
        file="白云镇.xlsx",
    )
    assert [one.ledger.key for one in found.tables] == ["uncertified", "groups"]


@pytest.mark.parametrize(
    "text",
    [
        "户主|慰问品|数量|折价|领取签字\n李大爷|棉被|#1|#120|\n罗家|大米|#2|#160|\n王家|大米|#2|#160|",
        "Order|Customer|Product|Qty\n1|A|B|3\n2|A|B|3\n3|C|D|4",
        f"工号|姓名|性别|部门|职务|入职时间|联系电话|身份证号|学历\n1|张一|男|销售部|经理|2018-01-01|13900000000|{ID.format(1)}|本科\n2|张二|男|销售部|经理|2018-01-01|13900000000|{ID.format(2)}|本科",
        f"序号|单位|姓名|性别|民族|身份证号|学历|政治面貌|职务|任职时间|联系电话\n1|水务局|张一|男|汉族|{ID.format(1)}|本科|党员|局长|2018-01|139\n2|水务局|张二|男|汉族|{ID.format(2)}|本科|党员|局长|2018-01|139",
        f"残疾人两项补贴花名册\n序号|乡镇|村|姓名|性别|身份证号|残疾证号|残疾类别|残疾等级|补贴类型|补贴金额|开户行|银行账号|联系电话\n1|白云镇|大坪村|张一|男|{ID.format(1)}|{ID.format(1)}42|肢体|二级|护理|50|农信|622|139",
        "类别|内容|联系人|电话\n水果|苹果|张三|139\n水果|梨|张三|139\n残次|桃|张三|139",
        f"姓名|性别|身份证号|联系电话|家庭住址\n张一|男|{ID.format(1)}|139|大坪村\n张二|男|{ID.format(2)}|139|大坪村",
    ],
)
def test_other_peoples_tables_are_no_ledgers(text: str) -> None:
    found = read(sheet(text), file="其他.xlsx")
    assert [one.ledger.key for one in found.tables] == []
    assert codes(found) == ["F201"]


def test_the_nearest_ledger_is_named_with_what_it_lacks() -> None:
    (fault,) = read(
        sheet(f"残疾人花名册\n姓名|性别|身份证号|联系电话\n张一|男|{ID.format(1)}|139\n张二|男|{ID.format(2)}|139"), file="x.xlsx"
    ).faults
    assert fault.rule == "F201"
    assert "最接近的是" in fault.values["why"]
    assert "「" in fault.values["why"]


@pytest.mark.parametrize(
    "text",
    [".", "填表说明\n1.本表由镇残联填写。\n2.身份证号填18位。", "填表说明\n列名|是否必填|说明\n姓名|是|与身份证一致\n性别|是|男或女"],
)
def test_an_empty_sheet_and_instructions_are_passed_over(text: str) -> None:
    assert codes(read(sheet(text, name="Sheet2"))) == []


def test_a_word_paper_without_a_ledger_is_only_noted() -> None:
    assert codes(read(sheet("关于报送的说明\n一、总体情况"), file="说明.docx", format="docx")) == ["F105"]
    assert codes(read(sheet("部门|人数\n甲|1\n乙|2\n丙|3", name="表1"), file="说明.docx", format="docx")) == ["F105"]
    assert [one.ledger.key for one in read(sheet(f"{HEAD}\n{people(2)}", name="表1"), file="白云镇.docx", format="docx").tables] == [
        "uncertified"
    ]


def test_what_is_hidden_is_read_and_said_once() -> None:
    found = read(sheet(f"{HEAD}\n{people(5)}", hidden_rows=frozenset({3, 4, 40}), hidden_columns=frozenset({2, 30})))
    (fault,) = [one for one in found.faults if one.rule == "F207"]
    assert len(found.tables[0]) == 5
    assert "第3—4行" in fault.values["why"]
    assert "B列" in fault.values["why"]
    assert "40" not in fault.values["why"]


def test_hidden_blank_rows_are_nobodys_business() -> None:
    assert "F207" not in codes(read(sheet(f"{HEAD}\n{people(2)}", hidden_rows=frozenset({9, 10}))))


def test_the_rows_of_headings_are_told_for_any_table() -> None:
    assert heading_rows(sheet(TWO)) == [2, 3]
    assert heading_rows(sheet("标题\na|b|c\n1|2|3\n4|5|6")) == [2]
    assert heading_rows(sheet("1|2\n3|4")) == []
    assert heading_rows(sheet(".")) == []
