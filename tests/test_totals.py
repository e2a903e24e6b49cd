"""A total line is queried only where no scope it may cover agrees with it."""

from __future__ import annotations

import pytest

from canju.model import ErrorValue, Uncalculated
from grids import ID, codes, read, sheet

HEAD = "序号|村|地点名称|地点类型|残疾人数|持证|未持证|是否设立小组"
ROWS = {
    1: "1|大坪村|甲寨|自然村|#3|#2|#1|否",
    2: "2|大坪村|乙寨|自然村|#4|#4|#0|否",
    3: "3|小河村|丙寨|自然村|#5|#3|#2|否",
}


def found(*lines: str | int) -> list[tuple[int | None, str | None]]:
    text = "\n".join(ROWS[line] if isinstance(line, int) else line for line in lines)
    result = read(sheet(f"{HEAD}\n{text}"), file="白云镇.xlsx")
    return [(fault.row, fault.column) for fault in result.faults if fault.rule == "F208"]


@pytest.mark.parametrize(
    "lines",
    [
        (1, 2, 3, "合计||||#12|#9|#3|"),
        (1, 2, 3, "合计||||12|9|3|"),
        (1, 2, "小计||||#7|#6|#1|", 3, "小计||||#5|#3|#2|", "合计||||#12|#9|#3|"),
        (1, 2, 3, "小计||||#5|#3|#2|"),
        ("合计||||#12|#9|#3|", 1, 2, 3),
        (1, 2, "合计||||#7|#6|#1|", 3, "合计||||#5|#3|#2|", "总计||||#12|#9|#3|"),
        (1, 2, 3, "合计||||#12|||"),
        (1, 2, 3, "合计||||#12|#9|#3|", "其中：移民安置点||||#4|#4|#0|"),
        (1, 2, 3, "合计|||||||"),
    ],
)
def test_a_total_that_some_scope_bears_out_is_right(lines: tuple[str | int, ...]) -> None:
    assert found(*lines) == []


@pytest.mark.parametrize(
    ("lines", "place"),
    [
        ((1, 2, 3, "合计||||#13|#9|#3|"), (5, "E")),
        ((1, 2, 3, "合计||||#12|#9|#4|"), (5, "G")),
        ((1, 2, "小计||||#8|#6|#1|", 3), (4, "E")),
        ((1, 2, "小计||||#7|#6|#1|", 3, "小计||||#6|#3|#2|"), (6, "E")),
        (("合计||||#11|#9|#3|", 1, 2, 3), (2, "E")),
    ],
)
def test_a_total_that_no_scope_bears_out_is_queried(lines: tuple[str | int, ...], place: tuple[int, str]) -> None:
    assert found(*lines) == [place]


def test_a_grand_total_may_not_cover_only_the_last_village() -> None:
    assert found(1, 2, 3, "合计||||#5|#3|#2|") == [(5, "E")]


def test_the_sentence_says_what_was_found_and_expected() -> None:
    result = read(sheet(f"{HEAD}\n{ROWS[1]}\n{ROWS[2]}\n合计||||#8|||"), file="白云镇.xlsx")
    (fault,) = [one for one in result.faults if one.rule == "F208"]
    assert fault.values["why"] == "第4行合计的「残疾人数」填的是8，上面各行相加为7。"


@pytest.mark.parametrize("broken", [ErrorValue("#REF!"), Uncalculated("B1*3"), "十来个"])
def test_nothing_is_said_where_a_summed_cell_is_unreadable(broken: object) -> None:
    one = sheet(f"{HEAD}\n{ROWS[1]}\n{ROWS[2]}\n合计||||#100|#6|#1|")
    one.rows[1][4] = broken  # type: ignore[call-overload]
    assert "F208" not in codes(read(one, file="白云镇.xlsx"))


def test_a_total_that_was_never_calculated_is_passed_over() -> None:
    one = sheet(f"{HEAD}\n{ROWS[1]}\n{ROWS[2]}\n合计||||#7|#6|#1|")
    one.rows[3][4] = Uncalculated("SUM(E2:E3)")
    assert "F208" not in codes(read(one, file="白云镇.xlsx"))


PEOPLE = "序号|村|姓名|性别|身份证号|聘用时间|发放月数|发放金额"


@pytest.mark.parametrize(
    ("total", "right"),
    [
        ("合计||2人|||||", True),
        ("合计||3人|||||", False),
        ("合计：2人", True),
        ("合计（3人）", False),
        ("合计||2人||||#6|600", True),
        ("合计||2人||||#6|601元", False),
        ("共2人|||||||", True),
    ],
)
def test_a_number_of_people_counts_rows(total: str, right: bool) -> None:
    rows = f"1|大坪村|张一|男|{ID.format(1)}|2018-03|#3|300\n2|大坪村|李二|女|{ID.format(2)}|2018-03|#3|300元"
    result = read(sheet(f"专职委员台账\n{PEOPLE}\n{rows}\n{total}"), file="白云镇.xlsx")
    assert ("F208" not in codes(result)) is right
    assert len(result.tables[0]) == 2


def test_a_subtotal_covers_the_rows_since_the_last_sub_title() -> None:
    text = f"专职委员台账\n序号|姓名|性别|身份证号|聘用时间|发放月数\n大坪村\n1|张一|男|{ID.format(1)}|2018-03|#3\n2|李二|女|{ID.format(2)}|2018-03|#3\n小计|2人||||#6\n小河村\n3|王三|男|{ID.format(3)}|2018-03|#4\n小计|1人||||{{}}\n合计|3人||||#10"
    assert "F208" not in codes(read(sheet(text.format("#4"), "A3:F3", "A7:F7"), file="白云镇.xlsx"))
    assert "F208" in codes(read(sheet(text.format("#5"), "A3:F3", "A7:F7"), file="白云镇.xlsx"))


def test_a_subtotal_is_known_by_its_word_wherever_in_the_row_it_stands() -> None:
    """`2人` in an earlier column than 小河村小计 doesn't make it a total of all rows."""
    people = [f"{i}|张{'一二三四'[i]}|男|{ID.format(i)}|{village}|资料不全" for i, village in ((1, "大坪村"), (2, "小河村"), (3, "小河村"))]
    text = "\n".join(["序号|姓名|性别|身份证号|村|未办证原因", *people, "|2人|||小河村小计|"])
    assert "F208" not in codes(read(sheet(text), file="白云镇.xlsx"))
