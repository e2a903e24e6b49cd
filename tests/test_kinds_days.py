"""Dates as typed and as meant."""

from __future__ import annotations

import datetime as dt
import pickle

import pytest
from hypothesis import given
from hypothesis import strategies as st

from canju.ledgers.base import Clue
from canju.ledgers.kinds import Day, day, future
from canju.ledgers.kinds.days import DayType, VisitedType, YearType
from canju.model import Raw

DAYS, VISITED, YEARS = DayType(), VisitedType(), YearType()
dates = st.dates(dt.date(1913, 10, 1), dt.date(2100, 12, 31))
CLUE = Clue(as_of=dt.date(2019, 12, 31))


def rules(raw: Raw, clue: Clue = CLUE) -> list[str]:
    return [fault.rule for fault in DAYS.read(raw, clue).faults]


@pytest.mark.parametrize(
    ("raw", "meant"),
    [
        ("2019-9-25", "2019-09-25"),
        ("2019/9/25", "2019-09-25"),
        ("2019.9.25", "2019-09-25"),
        ("2019。9。25", "2019-09-25"),
        ("2019．９．２５", "2019-09-25"),
        ("2019 - 9 - 25", "2019-09-25"),
        ("2019年9月25日", "2019-09-25"),
        ("2019 年 9 月 25 号", "2019-09-25"),
        ("2019年9月25", "2019-09-25"),
        ("2019\\9\\25", "2019-09-25"),
        ("2019年9月", "2019-09"),
        ("2019年09月份", "2019-09"),
        ("2019.9", "2019-09"),
        ("2019.1", "2019-01"),
        ("2019.10", "2019-10"),
        ("2019-09", "2019-09"),
        ("201909", "2019-09"),
        ("20190925", "2019-09-25"),
        ("20190925101500", "2019-09-25"),
        ("2019", "2019"),
        ("2019年", "2019"),
        ("2019年底", "2019"),
        ("2019年9月底", "2019-09"),
        ("二〇一九年九月", "2019-09"),
        ("二○一九年九月二十五日", "2019-09-25"),
        ("二O一九年十月", "2019-10"),
        ("一九八二年十一月三十日", "1982-11-30"),
        ("2019-09-25 00:00:00", "2019-09-25"),
        ("2019/9/25 8:30", "2019-09-25"),
        ("2019-09-25T08:30:00", "2019-09-25"),
        ("2019年9月25日 星期三", "2019-09-25"),
        ("2016年10月至今", "2016-10"),
        ("2016.10起", "2016-10"),
        ("25-Sep-2019", "2019-09-25"),
        ("Sep 25, 2019", "2019-09-25"),
        ("9/25/2019", "2019-09-25"),
        ("25/9/2019", "2019-09-25"),
        ("43733", "2019-09-25"),
        ("'2019-9-25", "2019-09-25"),
        (43733, "2019-09-25"),
        (43733.5, "2019-09-25"),
        (20190925, "2019-09-25"),
        (20190925.0, "2019-09-25"),
        (201909, "2019-09"),
        (2019, "2019"),
        (2019.9, "2019-09"),
        (2019.11, "2019-11"),
        (2019.12, "2019-12"),
        (2019.01, "2019-01"),
        (dt.datetime(2019, 9, 25), "2019-09-25"),
        (dt.datetime(2019, 9, 25, 8, 30), "2019-09-25"),
        (dt.date(2019, 9, 25), "2019-09-25"),
    ],
)
def test_every_way_of_typing_a_date_is_read_without_a_fault(raw: Raw, meant: str) -> None:
    read = DAYS.read(raw, CLUE)
    assert (str(read.value), read.faults) == (meant, ())


@pytest.mark.parametrize("raw", ["至今", "现在", "在任", "长期", "无", "/", "", "不详", None, "年 月 日", "    年  月", float("nan")])
def test_an_open_end_and_an_empty_form_are_blank(raw: Raw) -> None:
    assert DAYS.read(raw, CLUE).blank
    assert DAYS.read(raw, CLUE).faults == ()


@pytest.mark.parametrize(
    "raw",
    [
        "2016.2.30",
        "2019年13月5日",
        "2019-9-31",
        "20191301",
        "20190900",
        "前年",
        "农历八月十五",
        "2016.10-2021.10",
        "9月25日",
        "2019月9年",
        "2019年9日",
        "1019.9.25",
        2019.13,
        -5,
        123,
        1e20,
        float("inf"),
        dt.time(8, 30),
        dt.timedelta(days=3),
        True,
        dt.datetime(1900, 1, 1),
        "9" * 5000,
        "2019-" * 9000,
    ],
)
def test_what_is_no_day_is_c103_and_has_no_value(raw: Raw) -> None:
    read = DAYS.read(raw, CLUE)
    assert [fault.rule for fault in read.faults] == ["C103"]
    assert read.value is None
    assert not read.blank


def test_a_day_of_nought_suggests_its_month() -> None:
    assert DAYS.read("1990-03-00", CLUE).faults[0].suggestions == ("1990-03",)


def test_the_number_2019_1_may_be_january_or_october_and_only_the_year_is_kept() -> None:
    read = DAYS.read(2019.1, CLUE)
    assert read.value == Day(2019)
    assert read.faults[0].rule == "C104"
    assert read.faults[0].suggestions == ("2019-01", "2019-10")


def test_the_number_2019_1_shown_as_2019_10_is_october() -> None:
    read = DAYS.read(2019.1, CLUE._replace(format="0.00"))
    assert (read.value, read.faults) == (Day(2019, 10), ())


@pytest.mark.parametrize(
    ("raw", "readings"),
    [
        ("19.8.25", ("1919-08-25", "2019-08-25")),
        ("54.3.2", ("1954-03-02",)),
        ("19年8月", ("1919-08", "2019-08")),
        ("85-11-02", ("1985-11-02",)),
        ("3/4/2019", ("2019-03-04", "2019-04-03")),
    ],
)
def test_two_digit_years_and_unclear_orders_are_c104(raw: str, readings: tuple[str, ...]) -> None:
    fault = DAYS.read(raw, CLUE).faults[0]
    assert (fault.rule, fault.suggestions) == ("C104", readings)


def test_a_year_typed_into_a_date_cell_is_told() -> None:
    read = DAYS.read(dt.datetime(1905, 7, 11), CLUE)  # 2019 days after the epoch
    assert (read.value, read.faults[0].rule, read.faults[0].suggestions) == (None, "C104", ("2019",))


def test_a_date_cell_that_shows_but_its_month_is_known_to_the_month() -> None:
    clue = CLUE._replace(format='yyyy"年"m"月"')
    assert DAYS.read(dt.datetime(2019, 9, 1), clue).value == Day(2019, 9)
    assert DAYS.read(dt.datetime(2019, 9, 3), clue).value == Day(2019, 9, 3)
    assert DAYS.read(dt.datetime(2019, 9, 1), CLUE._replace(format="yyyy-mm-dd")).value == Day(2019, 9, 1)


def test_serials_of_1904_workbooks_count_from_there() -> None:
    assert DAYS.read(43733 - 1462, CLUE._replace(date1904=True)).value == Day(2019, 9, 25)


def test_a_day_is_before_another_only_where_that_is_certain() -> None:
    assert Day(2019, 8) < Day(2019, 9, 1)
    assert Day(2018) < Day(2019)
    assert not Day(2019, 9) < Day(2019, 9, 25)
    assert not Day(2019, 9) > Day(2019, 9, 25)
    assert not Day(2019) < Day(2019, 12)
    assert Day(2019, 9, 25) > dt.date(2019, 9, 24)
    assert dt.date(2019, 9, 24) < Day(2019, 9, 25)
    assert Day(2019, 9).agrees(dt.date(2019, 9, 25))
    assert not Day(2019, 9).agrees(Day(2019, 10))
    assert Day(2019, 9) != Day(2019, 9, 1)


def test_a_day_survives_pickling_and_works_as_a_key() -> None:
    assert {pickle.loads(pickle.dumps(Day(2019, 9))): 1}[Day(2019, 9)] == 1


def test_a_day_after_the_day_of_judgement_is_c112_only_where_it_certainly_is() -> None:
    fault = future(Day(2020, 1), CLUE)
    assert fault is not None
    assert fault.rule == "C112"
    assert future(Day(2019, 12), CLUE) is None
    assert future(Day(2019), CLUE) is None
    assert future(True, CLUE) is None


@given(dates, st.sampled_from(["{0}-{1}-{2}", "{0}/{1}/{2}", "{0}.{1}.{2}", "{0}年{1}月{2}日", " {0} 年 {1} 月 {2} 号", "{0}{1:02}{2:02}"]))
def test_any_day_is_read_back_from_any_spelling(date: dt.date, spelling: str) -> None:
    read = DAYS.read(spelling.format(date.year, date.month, date.day))
    assert read.value == Day(date.year, date.month, date.day)


@given(dates)
def test_show_and_read_undo_each_other(date: dt.date) -> None:
    for value in (Day(date.year, date.month, date.day), Day(date.year, date.month), Day(date.year)):
        assert DAYS.read(DAYS.show(value)).value == value
        assert value.first <= date <= value.last


@given(dates, dates, st.integers(0, 2), st.integers(0, 2))
def test_the_order_of_days_never_contradicts_the_days_they_may_be(a: dt.date, b: dt.date, p: int, q: int) -> None:
    one = Day(*(a.year, a.month, a.day)[: 3 - p])
    other = Day(*(b.year, b.month, b.day)[: 3 - q])
    if one < other:
        assert a < b
        assert other > one
        assert not one > other
        assert one <= other
        assert not one.agrees(other)
    assert sum((one < other, one > other, one.agrees(other))) == 1


@given(st.one_of(st.text(max_size=40), st.floats(), st.integers(), st.datetimes(), st.dates(), st.times(), st.timedeltas(), st.booleans()))
def test_no_cell_makes_a_date_column_fail(raw: Raw) -> None:
    for kind in (DAYS, YEARS, VISITED):
        read = kind.read(raw, CLUE)
        assert read.blank == (read.value is None and not read.faults)
        kind.likely(raw)


@pytest.mark.parametrize(
    ("raw", "value"),
    [
        ("是", True),
        ("否", False),
        ("√", True),
        ("无", False),
        ("已走访", True),
        ("未走访", False),
        (1, True),
        (0, False),
        ("2次", True),
        ("0次", False),
        ("2019-8-3", Day(2019, 8, 3)),
        (43680, Day(2019, 8, 3)),
        (dt.datetime(2019, 8, 3), Day(2019, 8, 3)),
        ("2019.8.3、2019.9.5", Day(2019, 9, 5)),
    ],
)
def test_a_visit_is_a_day_or_a_yes(raw: Raw, value: Day | bool) -> None:
    read = VISITED.read(raw, CLUE)
    assert (read.value, read.faults) == (value, ())
    assert type(read.value) is type(value)
    assert VISITED.read(VISITED.show(value)).value == value


def test_a_strange_visit_is_c103() -> None:
    assert [fault.rule for fault in VISITED.read("看情况", CLUE).faults] == ["C103"]


@pytest.mark.parametrize("raw", ["2019", "2019年", "2019年度", 2019, 2019.0, "二〇一九年", dt.datetime(2019, 5, 1), "2019年5月"])
def test_a_year_is_read_from_all_that_holds_one(raw: Raw) -> None:
    assert YEARS.read(raw, CLUE).value == 2019


@pytest.mark.parametrize(("raw", "rule"), [("去年", "C105"), ("19年", "C105"), (19, "C106"), (2019.5, "C105"), (99999999, "C106")])
def test_what_is_no_year_is_told(raw: Raw, rule: str) -> None:
    assert [fault.rule for fault in YEARS.read(raw, CLUE).faults] == [rule]


def test_the_shorthand_for_cases_reads_days() -> None:
    assert day("2019年9月") == Day(2019, 9)
    assert day("不详") is None
