"""Text, names, places, numbers, money, telephones and accounts."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from canju.ledgers.base import Clue
from canju.ledgers.kinds.contacts import AccountType, PhoneType
from canju.ledgers.kinds.numbers import AgeType, MoneyType, SerialType, WholeType
from canju.ledgers.kinds.numerals import chinese_money, chinese_number, in_chinese
from canju.ledgers.kinds.text import NameType, TermType, TextType, TownType, VillageType
from canju.model import Raw

TEXT, NAME, TOWN, VILLAGE, TERM = TextType(), NameType(), TownType(), VillageType(), TermType()
WHOLE, AGE, MONTHS, SERIAL, YUAN, WAN = WholeType(), AgeType(), WholeType("月数", 0, 12), SerialType(), MoneyType(), MoneyType(in_wan=True)
PHONE, ACCOUNT = PhoneType(), AccountType()
CLUE = Clue()


# --- text -----------------------------------------------------------------------------------------


def test_text_keeps_its_lines_and_loses_only_outer_space() -> None:
    assert TEXT.read("  甲\u3000\u3000乙 \r\n丙 ").value == "甲 乙\n丙"
    assert TEXT.read("不明").value == "不明"
    assert TEXT.read("无").blank


@pytest.mark.parametrize(
    ("raw", "value", "why"),
    [
        ("陆\u200b应永", "陆应永", "零宽字符"),
        ("\u202d龙井\u202c", "龙井", "方向控制符"),
        ("龙\x07井", "龙井", "控制符"),
        ("\ufeff龙井", "龙井", "零宽字符"),
    ],
)
def test_stray_characters_are_dropped_and_told(raw: str, value: str, why: str) -> None:
    read = NAME.read(raw)
    assert (read.value, [fault.rule for fault in read.faults]) == (value, ["C111"])
    assert why in read.faults[0].values["why"]


def test_a_cell_of_stray_characters_alone_is_blank() -> None:
    assert TEXT.read("\u200b\u200b") == TEXT.read(None)


def test_ordinary_white_space_is_not_stray() -> None:
    for raw in ("甲\n乙", "甲\t乙", "甲\xa0乙", "甲\u3000乙", "甲\r\n乙", "甲_x000D_\n乙"):
        assert TEXT.read(raw).faults == ()


def test_over_five_hundred_characters_is_c114_and_kept() -> None:
    assert TEXT.read("甲" * 500).faults == ()
    read = TEXT.read("甲" * 501)
    assert ([fault.rule for fault in read.faults], read.faults[0].values["length"], len(read.value)) == (["C114"], 501, 501)


def test_a_percentage_shows_its_sign() -> None:
    assert TEXT.read(0.95, Clue("0%")).value == "95%"
    assert TEXT.read(86.0).value == "86"
    assert TEXT.read(0.1 + 0.2).value == "0.3"


@pytest.mark.parametrize(
    ("raw", "name", "remark"),
    [
        ("张 三", "张三", ""),
        ("张\u3000三", "张三", ""),
        ("买买提•艾力", "买买提·艾力", ""),
        ("买买提‧艾力", "买买提·艾力", ""),
        ("买买提 . 艾力", "买买提·艾力", ""),
        ("张三（已故）", "张三", "已故"),
        ("张三(女)", "张三", "女"),
        ("王䶮", "王䶮", ""),
        ("John  Smith", "John Smith", ""),
        ("张三*", "张三", ""),
    ],
)
def test_names_are_folded_and_brackets_go_to_the_remarks(raw: str, name: str, remark: str) -> None:
    read = NAME.read(raw)
    assert (read.value, read.remark, read.faults) == (name, remark, ())


@pytest.mark.parametrize(
    ("raw", "value"), [("冠山街道办事处", "冠山街道"), ("谷脚镇人民政府", "谷脚镇"), ("谷脚镇（盖章）", "谷脚镇"), ("谷 脚 镇", "谷脚镇")]
)
def test_towns_by_their_bare_name(raw: str, value: str) -> None:
    assert TOWN.read(raw).value == value
    assert TOWN.likely(value)
    assert not VILLAGE.likely(value)


@pytest.mark.parametrize(
    ("raw", "value"), [("观音村村民委员会", "观音村"), ("观音村委会", "观音村"), ("冠山社区居委会", "冠山社区"), ("观音 村", "观音村")]
)
def test_villages_by_their_bare_name(raw: str, value: str) -> None:
    assert VILLAGE.read(raw).value == value
    assert VILLAGE.likely(value)
    assert not TOWN.likely(value)


@pytest.mark.parametrize("raw", ["第七届", "七", "7", 7, "七届", "第7届"])
def test_a_term_by_its_number(raw: Raw) -> None:
    assert TERM.read(raw).value == "第七届"


# --- numbers --------------------------------------------------------------------------------------


@pytest.mark.parametrize("raw", [12, 12.0, "12", "１２", "12人", " 12 名", "12.0", "十二", "十二人", "共12人", "12。"])
def test_every_spelling_of_a_count(raw: Raw) -> None:
    assert (WHOLE.read(raw).value, WHOLE.read(raw).faults) == (12, ())


@pytest.mark.parametrize(("raw", "value"), [("1,200", 1200), ("1，200", 1200), ("十", 10), ("两百五", 250), ("一百零五", 105), (0, 0)])
def test_larger_counts(raw: Raw, value: int) -> None:
    assert WHOLE.read(raw).value == value


@pytest.mark.parametrize(
    "raw", ["十来个", "约10", "10多", "几", "12-15", "1,20", "一十十", "1.2.3", True, dt.date(2019, 1, 1), float("inf"), "9" * 9999]
)
def test_what_is_no_number_is_c105(raw: Raw) -> None:
    read = WHOLE.read(raw)
    assert ([fault.rule for fault in read.faults], read.value) == (["C105"], None)


@pytest.mark.parametrize("raw", [-1, "-1", 2.5, "2.5", 10**9, "2.5人"])
def test_counts_that_cannot_be_are_c106(raw: Raw) -> None:
    read = WHOLE.read(raw)
    assert ([fault.rule for fault in read.faults], read.value) == (["C106"], None)


def test_a_year_has_twelve_months_and_a_life_a_hundred_and_thirty_years() -> None:
    assert MONTHS.read("3个月").value == 3
    assert MONTHS.read(12).faults == ()
    assert MONTHS.read(13).faults[0].rule == "C106"
    assert AGE.read("61岁").value == 61
    assert AGE.read("8个月").value == 0
    assert AGE.read(131).faults[0].rule == "C106"


def test_a_serial_is_never_at_fault() -> None:
    for raw in ("A1", "一", "1-2", -3, 2.5, True, dt.date(2019, 1, 1)):
        assert SERIAL.read(raw).faults == ()
    assert SERIAL.read("12").value == 12


@pytest.mark.parametrize(
    "raw", [200, 200.0, "200", "200元", "￥200.00", "¥200", "２００", "200.00", "贰佰元整", "二百元", "200元/月", "200元整", "人民币200元"]
)
def test_every_spelling_of_two_hundred_yuan(raw: Raw) -> None:
    read = YUAN.read(raw)
    assert (read.value, read.faults, type(read.value)) == (Decimal(200), (), Decimal)
    assert YUAN.show(read.value) == "200"


@pytest.mark.parametrize(
    ("raw", "value"),
    [
        ("1,200", "1200"),
        (0.1, "0.1"),
        (200.10000000000002, "200.1"),
        ("壹万叁仟元整", "13000"),
        ("1.5万", "15000"),
        ("10.55元", "10.55"),
        (0, "0"),
        ("贰佰元伍角", "200.5"),
    ],
)
def test_amounts_are_exact(raw: Raw, value: str) -> None:
    assert YUAN.read(raw).value == Decimal(value)


@pytest.mark.parametrize(
    ("raw", "rule"),
    [("几百块", "C105"), ("约200", "C105"), ("200*3", "C105"), (-5, "C106"), ("-5元", "C106"), (0.005, "C106"), (1e14, "C106")],
)
def test_amounts_that_cannot_be_are_told(raw: Raw, rule: str) -> None:
    read = YUAN.read(raw)
    assert ([fault.rule for fault in read.faults], read.value) == ([rule], None)


@pytest.mark.parametrize(("raw", "value"), [(3, "3"), ("3.5", "3.5"), ("3万元", "3"), ("3万", "3"), ("30000元", "3"), ("叁万元整", "3")])
def test_a_column_of_ten_thousands_keeps_its_unit(raw: Raw, value: str) -> None:
    assert WAN.read(raw).value == Decimal(value)


@given(st.decimals(0, 10**9, places=2))
def test_any_amount_reads_back_from_what_is_shown(amount: Decimal) -> None:
    value = YUAN.read(str(amount)).value
    assert value == amount
    assert YUAN.read(YUAN.show(value)).value == amount
    assert YUAN.read(float(amount)).value == amount


@given(st.integers(0, 10**12 - 1))
def test_money_in_capitals_is_read(number: int) -> None:
    assert chinese_number(_capitals(number)) == number
    assert chinese_money(_capitals(number) + "元整") == number


def _capitals(number: int) -> str:
    """A second way to write a number in Chinese, unit by unit, for the test alone."""
    if number == 0:
        return "零"
    text = ""
    for size, name in ((10**8, "亿"), (10**4, "万"), (1, "")):
        part, number = divmod(number, size)
        if not part:
            continue
        digits = f"{part:04}"
        words = "".join(
            f"{'零壹贰叁肆伍陆柒捌玖'[int(d)]}{unit}" if d != "0" else "零" for d, unit in zip(digits, ("仟", "佰", "拾", ""), strict=True)
        )
        while "零零" in words:
            words = words.replace("零零", "零")
        text += words.rstrip("零") + name
    return text.lstrip("零")


@pytest.mark.parametrize(("number", "text"), [(1, "一"), (7, "七"), (10, "十"), (12, "十二"), (20, "二十"), (99, "九十九")])
def test_small_numbers_in_chinese(number: int, text: str) -> None:
    assert in_chinese(number) == text
    assert chinese_number(text) == number


# --- telephones and accounts ----------------------------------------------------------------------


@pytest.mark.parametrize(
    ("raw", "value"),
    [
        ("16442964105", "16442964105"),
        (16442964105, "16442964105"),
        (16442964105.0, "16442964105"),
        ("16442964105.0", "16442964105"),
        ("164 4296 4105", "16442964105"),
        ("164-4296-4105", "16442964105"),
        ("+86 16442964105", "16442964105"),
        ("１６４４２９６４１０５", "16442964105"),
        ("\u202d16440719205\u202c", "16440719205"),
        ("0854-5632345", "0854-5632345"),
        ("0854—5632345", "0854-5632345"),
        ("（0854）5632345", "0854-5632345"),
        ("08545632345", "0854-5632345"),
        ("0854 5632345", "0854-5632345"),
        ("0854-1632345", "0854-1632345"),
        ("010-88886666", "010-88886666"),
        ("0854-5632345转802", "0854-5632345-802"),
        ("16442964105/16125095984", "16442964105、16125095984"),
        ("16442964105、16125095984", "16442964105、16125095984"),
        ("16442964105；0854-5632345", "16442964105、0854-5632345"),
        ("16442964105 16125095984", "16442964105、16125095984"),
        ("1644296410516125095984", "16442964105、16125095984"),
        ("16442964105、16442964105", "16442964105"),
        ("手机：16442964105", "16442964105"),
    ],
)
def test_every_way_of_writing_a_telephone_number(raw: Raw, value: str) -> None:
    read = PHONE.read(raw)
    assert (read.value, [fault.rule for fault in read.faults if fault.rule != "C111"], read.remark) == (value, [], "")
    assert PHONE.read(PHONE.show(value)).value == value


def test_whose_number_it_is_goes_to_the_remarks() -> None:
    read = PHONE.read("16442964105（儿子）")
    assert (read.value, read.remark, read.faults) == ("16442964105", "儿子", ())


@pytest.mark.parametrize(
    "raw",
    [
        "1612754317",
        "164162774698",
        1612754317,
        "164****4105",
        "12442964105",
        "5632345",
        "电话",
        "有",
        "1.64E+10",
        "16442964105、1612",
        dt.date(2019, 1, 1),
        "16" * 9999,
    ],
)
def test_what_is_no_telephone_number_is_c110(raw: Raw) -> None:
    read = PHONE.read(raw)
    assert ([fault.rule for fault in read.faults], read.value) == (["C110"], None)


def test_nought_for_a_number_is_blank() -> None:
    assert PHONE.read(0).blank
    assert ACCOUNT.read("0").blank


@given(st.from_regex(r"\A1[3-9][0-9]{9}\Z"))
def test_any_mobile_number_passes(number: str) -> None:
    assert (PHONE.read(number).value, PHONE.read(float(number)).value) == (number, number)


@pytest.mark.parametrize("raw", ["6299991448786185232", "6299 9914 4878 6185 232", "6299-9914-4878-6185-232", "'6299991448786185232"])
def test_an_account_is_its_digits(raw: str) -> None:
    assert ACCOUNT.read(raw).value == "6299991448786185232"


@pytest.mark.parametrize("raw", [6.299991448786185e18, 6299991448786185232, "6.29999E+18"])
def test_an_account_kept_as_a_number_is_c107(raw: Raw) -> None:
    read = ACCOUNT.read(raw)
    assert ([fault.rule for fault in read.faults], read.value) == (["C107"], None)
