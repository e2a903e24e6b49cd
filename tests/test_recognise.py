"""Cells become values column by column; what is missing is said once; what other cells tell is filled in; nothing is lost."""

from __future__ import annotations

import datetime as dt
import pickle

import pytest

from canju.ledgers.base import Clue
from canju.ledgers.kinds import Day
from canju.model import ErrorValue, Uncalculated, Workbook
from canju.reading.cells import filled_down, joint_share, parse, split_joint
from canju.reading.derive import level_of
from canju.reading.recognise import recognise
from grids import ID, TOWNS, codes, letters_of, read, sheet, table

HEAD = "序号|乡镇|村|姓名|性别|身份证号|出生年月|年龄|未办证原因|排查时间|家庭住址|备注"


def person(
    n: int,
    name: str = "张一",
    born: str = "1970-01-01",
    age: str = "49",
    number: str | None = None,
    reason: str = "资料不全",
    day: str = "2019-09-01",
    home: str = "大坪村",
) -> str:
    return f"{n}|白云镇|大坪村|{name}|男|{ID.format(n) if number is None else number}|{born}|{age}|{reason}|{day}|{home}|"


def faults(*rows: str, as_of: dt.date | None = None) -> list[tuple[str, int, str]]:
    setting = TOWNS._replace(as_of=as_of) if as_of else TOWNS
    found = read(sheet("\n".join((HEAD, *rows))), file="白云镇.xlsx", setting=setting)
    return [
        (one.fault.rule, found.tables[one.table].numbers[one.index], one.field)
        for one in found.cells
        if one.fault.rule in ("C101", "C108", "C109", "C112", "C113")
    ]


def test_a_right_row_has_no_fault() -> None:
    assert faults(person(1)) == []


def test_a_required_blank_is_said_with_its_cell() -> None:
    assert faults(person(1), person(2, reason="")) == [("C101", 3, "reason")]
    assert faults(person(1, name="")) == [("C101", 2, "name")]


@pytest.mark.parametrize("blank", ["", "/", "—", "无", "不详"])
def test_words_for_nothing_are_blank(blank: str) -> None:
    assert faults(person(1, number=blank)) == [("C101", 2, "id_number")]


@pytest.mark.parametrize(
    ("born", "age", "reason", "allowed"),
    [
        ("2010-05-01", "9", "资料不全", True),
        ("2010-05", "", "资料不全", True),
        ("1970-01-01", "49", "资料不全", False),
        ("2001-12-31", "", "资料不全", False),
        ("2002-01-01", "", "资料不全", True),
        ("2001-12", "", "资料不全", False),
        ("", "9", "资料不全", True),
        ("", "18", "资料不全", False),
        ("", "", "资料不全", False),
        ("", "", "年龄小暂不办", True),
    ],
)
def test_only_a_minor_may_be_without_an_id(born: str, age: str, reason: str, allowed: bool) -> None:
    found = faults(person(1, born=born, age=age, number="", reason=reason))
    assert found == ([] if allowed else [("C101", 2, "id_number")])


def test_a_day_after_the_day_of_judgement_is_said() -> None:
    assert faults(person(1, day="2020-01-01")) == [("C112", 2, "surveyed")]
    assert faults(person(1, day="2019-12-31")) == []
    assert faults(person(1, day="2020-01-01"), as_of=dt.date(2020, 1, 1)) == []


def test_an_end_of_term_may_lie_ahead() -> None:
    found = read(
        sheet(f"单位名称|姓名|身份证号|职务|任职时间|任期届满\n白云镇残联|张一|{ID.format(1)}|理事长|2018-01-01|2030-01-01"),
        file="白云镇.xlsx",
    )
    assert "C112" not in codes(found)


def test_a_ditto_mark_is_said_with_the_value_above() -> None:
    found = read(
        sheet(
            "\n".join((HEAD, person(1, home="大坪村三组"), person(2, home="同上", reason="〃"), person(3, home="同上", reason="外出务工")))
        ),
        file="白云镇.xlsx",
    )
    said = [(found.tables[0].numbers[one.index], one.field, one.fault.suggestions) for one in found.cells if one.fault.rule == "C113"]
    assert sorted(said) == [(3, "address", ("大坪村三组",)), (3, "reason", ("资料不全",)), (4, "address", ("大坪村三组",))]
    assert faults(person(1), person(2, reason="〃")) == [("C113", 3, "reason")]


def test_a_ditto_under_nothing_has_no_suggestion() -> None:
    found = read(sheet(f"{HEAD}\n{person(1, home='同上')}"), file="白云镇.xlsx")
    assert [one.fault.suggestions for one in found.cells] == [()]


def test_a_ditto_never_offers_anothers_name() -> None:
    found = read(sheet(f"{HEAD}\n{person(1)}\n{person(2, name='同上')}"), file="白云镇.xlsx")
    assert [one.fault.suggestions for one in found.cells if one.field == "name"] == [()]


def test_errors_and_formulas_without_results_are_said_and_not_missing() -> None:
    one = sheet(f"{HEAD}\n{person(1)}\n{person(2)}")
    one.rows[1][8] = ErrorValue("#REF!")
    one.rows[2][8] = Uncalculated("A1")
    found = read(one, file="白云镇.xlsx")
    assert sorted((cell.fault.rule, cell.index, cell.field) for cell in found.cells) == [("C108", 0, "reason"), ("C109", 1, "reason")]
    assert found.tables[0].unread["reason"] == {0, 1}


def test_a_missing_column_is_one_finding_and_no_cell_is_found_fault_with() -> None:
    found = read(
        sheet(
            f"序号|乡镇|村|姓名|性别|身份证号|监护人|监护人电话|致残原因|服务需求|困难类型|一人一案|办证进展|排查人\n1|白云镇|大坪村|张一|男|{ID.format(1)}|||先天|康复|无|是|未申请|李某"
        )
    )
    (fault,) = found.faults
    assert (fault.rule, fault.field, fault.values["heading"]) == ("F203", "reason", "未办证原因")
    assert found.cells == []


def test_what_can_be_had_elsewhere_is_not_missing() -> None:
    found = read(
        sheet(f"姓名|性别|身份证号|聘用时间|考核结果\n大坪村\n张一|男|{ID.format(1)}|2018-03|合格", "A2:E2", name="专职委员"),
        file="白云镇.xlsx",
    )
    one = found.tables[0]
    assert codes(found) == []
    assert (one.values["town"], one.values["village"]) == (["白云镇"], ["大坪村"])
    assert one.records[0].shown("level") == "村（社区）"


def test_unknown_columns_are_noted_and_carried_along() -> None:
    found = read(sheet(f"{HEAD}|婚姻状况|\n{person(1)}|未婚|多余"), file="白云镇.xlsx")
    assert [(place.letter, place.heading) for place in found.tables[0].unknown] == [("M", "婚姻状况"), ("N", "")]
    assert [(fault.column, fault.values["heading"]) for fault in found.faults] == [("M", "婚姻状况"), ("N", "（无列名）")]


def test_category_and_grade_of_one_column() -> None:
    head = "序号|村|姓名|性别|身份证号|残疾类别/等级|未办证原因"
    found = table(
        f"未持证\n{head}\n1|大坪村|张一|男|{ID.format(1)}|肢体二级|资料不全\n2|大坪村|李二|女|{ID.format(2)}|4-2|资料不全\n3|大坪村|王三|男|{ID.format(3)}|肢体/2|资料不全\n4|大坪村|赵四|男|{ID.format(4)}||资料不全"
    )
    assert letters_of(found)["category"] == letters_of(found)["grade"] == "F"
    assert len(set(found.values["category"][:3])) == 1
    assert len(set(found.values["grade"][:3])) == 1
    assert found.values["category"][3] is found.values["grade"][3] is None


def test_a_category_column_that_holds_grades_too_gives_both() -> None:
    found = table(
        f"未持证\n序号|村|姓名|性别|身份证号|残疾类别|未办证原因\n1|大坪村|张一|男|{ID.format(1)}|肢体二级|资料不全\n2|大坪村|李二|女|{ID.format(2)}|听力一级|资料不全"
    )
    assert letters_of(found)["grade"] == "F"
    assert None not in found.values["grade"]


@pytest.mark.parametrize(
    ("cell", "halves"),
    [
        ("肢体二级", ("肢体", "二级")), ("肢体/2", ("肢体", "二级")), ("4-2", ("肢体", "二级")), ("42", ("肢体", "二级")), (42, ("肢体", "二级")), ("肢体残疾二级", ("肢体", "二级")), ("二级肢体", ("肢体", "二级")),
        ("肢体", ("肢体", None)), ("肢体、Ⅱ级", ("肢体", "二级")), ("言语一级、听力二级", ("多重", "一级")), (None, (None, None)), ("", (None, None)), ("肢体五级", ("肢体", "五级")), ("不清楚", ("不清楚", "不清楚")),
    ],
)  # fmt: skip
def test_a_joint_cell_is_split(cell: object, halves: tuple[object, object]) -> None:
    assert split_joint(cell) == halves  # type: ignore[arg-type]


def test_only_cells_with_both_are_joint() -> None:
    assert joint_share(["肢体二级", "听力1级"]) == 1
    assert joint_share(["肢体", "听力"]) == 0
    assert joint_share([]) == 0


@pytest.mark.parametrize(
    ("organization", "village", "town", "level"),
    [
        ("清水县残疾人联合会", None, None, "县残联"), ("县残联", None, None, "县残联"), ("清水县盲人协会", None, None, "县专门协会"), ("县智力残疾人及亲友协会", None, None, "县专门协会"),
        ("白云镇残疾人联合会", None, "白云镇", "镇（街道）残联"), ("清水县白云镇残联", None, None, "镇（街道）残联"), ("青山街道办事处", None, None, "镇（街道）残联"), ("大坪村残疾人协会", None, None, "村（社区）残协"), ("大坪村残协", None, None, "村（社区）残协"),
        ("大坪村", "大坪村", "白云镇", "村（社区）残协"), ("水务局", None, None, None),
    ],
)  # fmt: skip
def test_an_organisations_name_tells_its_level(organization: str, village: str | None, town: str | None, level: str | None) -> None:
    assert level_of(organization, village, town, "清水县") == level


def test_people_at_a_place_are_the_sum_of_the_parts_where_only_parts_are_given() -> None:
    found = read(
        sheet(
            "序号|乡镇|村|地点名称|地点类型|残疾人数|持证|未持证|是否设立小组\n#1|白云镇|大坪村|甲|自然村||#3|#4|是\n#2|白云镇|大坪村|乙|自然村|#9|#3||否\n#3|白云镇|大坪村|丙|自然村||||否"
        )
    )
    assert found.tables[0].values["persons"] == [7, 9, None]
    assert [(one.index, one.field) for one in found.cells if one.fault.rule == "C101"] == [(2, "persons")]


def test_brackets_after_a_name_go_to_the_remarks() -> None:
    found = table(f"{HEAD}\n{person(1, name='张一（已故）')}甲")
    assert found.values["name"] == ["张一"]
    assert found.values["remarks"] == ["甲；已故"]


def test_equal_numbers_of_different_kinds_are_not_confused() -> None:
    from canju.ledgers import ledgers

    kind = ledgers()["uncertified"].columns["remarks"].type
    parsed = parse(kind, (1, True, 1.0, "1", None), None, Clue(), True)
    assert parsed.values[1] != parsed.values[0]
    assert parsed.values[4] is None


def test_a_merge_fills_only_its_own_rows() -> None:
    one = sheet("a|b\n|c\n|d\n|e", "A1:A3")
    assert [row[0] for row in filled_down(one.rows, [1, 2, 3, 4], one.merges)] == ["a", "a", "a", None]


def test_every_cell_is_counted_and_the_reading_explained() -> None:
    found = read(
        sheet(f"白云镇未持证残疾人台账\n{HEAD}\n{person(1)}\n合计|||1人\n注：无"),
        sheet("a|b|c\n1|2|3\n4|5|6", name="别的"),
        file="白云镇.xlsx",
    )
    assert found.account[0] == 1 + 12 + 11 + 2 + 1 + 9
    assert found.account[1] == 11
    text = "\n".join(found.explanation)
    for part in (
        "两者之和与读入的一致",
        "第2—2行是表头",
        "未持证残疾人台账",
        "F列「身份证号」",
        "第4行不是记录：合计",
        "别的：没有认出台账",
        "记录1条",
    ):
        assert part in text
    assert "张一" not in text


def test_the_result_goes_from_process_to_process() -> None:
    found = read(sheet(f"{HEAD}\n{person(1)}\n{person(2, reason='')}"), file="白云镇.xlsx")
    again = pickle.loads(pickle.dumps(found))
    assert again.tables[0].records[0].name == "张一"
    assert again.cells == found.cells
    assert again.account == found.account


def test_reading_twice_gives_the_same() -> None:
    one = Workbook("白云镇.xlsx", sheets=[sheet(f"{HEAD}\n{person(1)}\n{person(2, reason='', home='同上')}\n合计|||3人")])
    first, second = recognise(one, TOWNS), recognise(one, TOWNS)
    assert first.faults == second.faults
    assert first.cells == second.cells
    assert first.explanation == second.explanation


def test_days_are_read_to_the_precision_given() -> None:
    assert table(f"{HEAD}\n{person(1, born='1970年1月')}").values["birth_date"] == [Day(1970, 1)]


def test_a_template_says_itself_which_ledger_it_is_and_its_other_sheets_are_no_stray_tables() -> None:
    found = read(
        sheet(f"{HEAD}\n{person(1)}"), sheet("甲|乙\n1|2\n3|4\n5|6", name="选项"), file="白云镇.xlsx", stamp={"ledger": "uncertified"}
    )
    assert codes(found) == []


def test_an_empty_workbook_gives_nothing() -> None:
    found = read(sheet("."), file="白云镇.xlsx")
    assert (found.tables, found.faults, found.cells, found.account) == ([], [], [], (0, 0, 0))
    assert recognise(Workbook("a.xlsx"), TOWNS).tables == []


def test_a_fault_belongs_to_the_table_it_is_about_where_a_sheet_holds_several() -> None:
    text = f"{HEAD}|鞋码\n{person(1)}|40\n.\n青山街道残疾人小组台账\n序号|乡镇|村|地点名称|地点类型|残疾人数|是否设立小组\n1|青山街道|东门社区|甲小区|居民小区|9|是"
    found = read(sheet(text), file="汇总.xlsx")
    fault = next(one for one in found.faults if one.rule == "F204")
    owner = found.owners[found.faults.index(fault)]
    assert owner is not None
    assert owner.ledger.key == "uncertified"
    assert {one.ledger.key for one in found.tables} == {"uncertified", "groups"}


def test_tables_side_by_side_are_told_apart_though_their_headings_stand_in_different_rows() -> None:
    left = ["白云镇未持证残疾人台账", HEAD, person(1), person(2), person(3)]
    right = [
        "白云镇残疾人小组台账",
        "",
        "村|地点名称|地点类型|残疾人数|是否设立小组",
        "大坪村|甲寨|自然村|#9|是",
        "小河村|乙寨|自然村|#8|是",
    ]
    width = HEAD.count("|") + 1
    lines = [one + "|" * (width - one.count("|")) + "|" + other for one, other in zip(left, right, strict=True)]
    found = read(sheet("\n".join(lines)), file="白云镇.xlsx")
    assert [(one.ledger.key, one.heading_row, one.numbers) for one in found.tables] == [
        ("uncertified", 2, [3, 4, 5]),
        ("groups", 3, [4, 5]),
    ]
    assert found.tables[1].places["place"].letter == "O"


def test_reasons_in_the_clerks_own_words_do_not_cost_the_ledger() -> None:
    """未办证原因 is this ledger's own heading: what stands below it is a fault of the cells, not another table."""
    rows = "\n".join(person(number, reason=f"没人带去{number}") for number in range(1, 9))
    found = read(sheet(f"{HEAD}\n{rows}"), file="白云镇.xlsx", setting=TOWNS)
    assert [(table.ledger.key, len(table.records)) for table in found.tables] == [("uncertified", 8)]
    assert [one.fault.rule for one in found.cells].count("C102") == 8
    assert [one.rule for one in found.faults] == []


def test_a_column_that_holds_other_things_is_not_called_missing() -> None:
    rows = "\n".join(f"{number}|张一{number}|男|{ID.format(number)}|甲等乙类|张家院子" for number in range(1, 6))
    found = read(sheet(f"序号|姓名|性别|身份证号|人员类别|聘用时间\n{rows}"), file="白云镇.xlsx", setting=TOWNS)
    [fault] = [one for one in found.faults if one.rule == "F201"]
    assert "缺少" not in fault.values["why"]
    assert "内容对不上" in fault.values["why"]


def test_a_file_named_for_a_ledger_may_lack_one_of_its_columns_and_is_told_which() -> None:
    rows = "\n".join(f"{number}|张一{number}|男|{ID.format(number)}|肢体|二级|东门社区" for number in range(1, 6))
    text = f"序号|姓名|性别|身份证号|残疾类别|残疾等级|村（社区）\n{rows}"
    named = read(sheet(text), file="青山街道未持证残疾人台账.xlsx")
    assert [(one.rule, one.values.get("title")) for one in named.faults] == [("F203", None)]
    assert [one.ledger.key for one in named.tables] == ["uncertified"]
    assert read(sheet(text), file="青山街道.xlsx").tables == []


def test_rows_of_a_text_file_that_were_set_right_are_told_once() -> None:
    rows = "\n".join(person(number) for number in range(1, 9))
    found = read(sheet(f"{HEAD}\n{rows}", name="", righted=(1, 4, 5, 7)), file="白云镇.csv")
    [fault] = [one for one in found.faults if one.rule == "C111"]
    assert (fault.row, fault.values["lines"]) == (4, "第4—5、7行")
    assert found.owners[found.faults.index(fault)] is found.tables[0]
