"""Cells that hold a date, a year, or whether and when somebody was visited."""

from __future__ import annotations

import datetime as dt
import re
import unicodedata
from functools import lru_cache
from typing import Any

from canju.ledgers.base import BLANK, CellFault, Clue, Read
from canju.ledgers.kinds.cell import CellType, fold, squeezed
from canju.ledgers.kinds.choices import YesNoType
from canju.ledgers.kinds.dates import EARLIEST, LATEST, Unclear, made, parse, parse_number, says_none
from canju.ledgers.kinds.day import Day, future
from canju.model import Raw
from canju.patterns import pattern

__all__ = ["Day", "DayType", "VisitedType", "YearType", "day", "future"]


_PLAIN_DAY = pattern(r"([0-9]{4})([-/.])([0-9]{1,2})\2([0-9]{1,2})")


class DayType(CellType):
    """A day, month or year; the precision is kept. Days to come are judged by `future`, not here."""

    word = "日期"

    def plainly(self, raw: Raw, clue: Clue) -> Day | None:
        """2019-09-25, 2019-9-25, 2019/9/25, 2019.9.25."""
        return _plain_day(raw) if isinstance(raw, str) and len(raw) <= 10 else None

    def of_text(self, text: str, clue: Clue) -> Read:
        """C103 where there is no such day, C104 where it may be read two ways; 至今 is blank."""
        if len(text) > 60:
            return Read(faults=(CellFault("C103"),))
        text = re.sub(r"[□_]", " ", unicodedata.normalize("NFKC", text))
        bare = squeezed(text)
        if says_none(bare):
            return BLANK
        return _judged(parse(text, clue.as_of), re.fullmatch(r"([0-9]{4})[-./年]?([0-9]{2})[-./月]?00日?", bare))

    def of_number(self, number: float, clue: Clue) -> Read:
        """Years, runs of digits, Excel serials; 2019.1 is C104."""
        if not abs(number) < 1e15:
            return Read(faults=(CellFault("C103"),))
        return _judged(parse_number(number, clue), None)

    def of_day(self, value: dt.date, clue: Clue) -> Read:
        """A date cell; to the month where its format shows no day and it is the first. A year typed into a date format is C104."""
        if not EARLIEST <= value.year <= LATEST:
            return Read(faults=(CellFault("C103"),))
        date = dt.date(value.year, value.month, value.day)
        serial = (date - dt.date(1899, 12, 30)).days
        if -2 <= serial <= 60:  # 1900-01-00: a nought or a small number in a date format
            return Read(faults=(CellFault("C103", {"why": "单元格里不是日期，只是被显示成了日期。"}),))
        if 1940 <= serial <= 2060:
            return Read(faults=(CellFault("C104", {"why": f"像是把年份{serial}填进了日期格式的单元格。"}, (str(serial),)),))
        return Read(Day(date.year, date.month) if date.day == 1 and _months_only(clue.format) else Day(date.year, date.month, date.day))

    def show(self, value: Any) -> str:
        """2019-09-25, 2019-09 or 2019."""
        return str(value)


@lru_cache(maxsize=1_000)
def _months_only(code: str) -> bool:
    """Whether a number format shows year and month, but no day."""
    pattern = re.sub(r'"[^"]*"|\[[^\]]*\]|\\.', "", code).lower()
    return "y" in pattern and "m" in pattern and "d" not in pattern


@lru_cache(maxsize=100_000)
def _plain_day(text: str) -> Day | None:
    if text[4:5] == text[7:8] == "-" and len(text) == 10:  # the common form, at the speed of the standard library
        try:
            date = dt.date.fromisoformat(text)
        except ValueError:
            return None
        return Day(date.year, date.month, date.day) if EARLIEST <= date.year <= LATEST else None
    found = _PLAIN_DAY.fullmatch(text)
    return made(int(found[1]), int(found[3]), int(found[4])) if found and int(found[3]) and int(found[4]) else None


def _judged(found: Day | Unclear | None, no_day: re.Match[str] | None) -> Read:
    """A parsed day with its fault; of two readings the year is kept where both share it."""
    if isinstance(found, Day):
        return Read(found)
    if found is None:
        month = made(int(no_day[1]), int(no_day[2])) if no_day and no_day[2] != "00" else None
        return Read(faults=(CellFault("C103", {}, (str(month),) if month else ()),))
    years = {reading.year for reading in found.readings}
    kept = Day(years.pop()) if len(years) == 1 and len(found.readings) == 2 else None
    return Read(kept, (CellFault("C104", {"why": found.why}, tuple(map(str, found.readings))),))


_DAYS = DayType()


def day(text: str) -> Day | None:
    """The day a text stands for, or None: for workspace files, cases and tests."""
    value = _DAYS.read(text).value
    return value if isinstance(value, Day) else None


class YearType(CellType):
    """A year, as a whole number."""

    word = "年份"

    def of_text(self, text: str, clue: Clue) -> Read:
        """2019 for 2019, 2019年度, 二〇一九年; C105 where it is no year, C106 where it is none of ours."""
        return _year(parse(unicodedata.normalize("NFKC", text[:60]), clue.as_of))

    def of_number(self, number: float, clue: Clue) -> Read:
        """The number, if it is a year."""
        if not abs(number) < 1e15 or number != int(number):
            return Read(faults=(CellFault("C105"),))
        if number < EARLIEST or (number > LATEST and not 30_000 < number < 60_000):
            return Read(faults=(CellFault("C106", {"why": "应为四位年份，如 2019。"}),))
        return _year(parse_number(number, clue))

    def of_day(self, value: dt.date, clue: Clue) -> Read:
        """The year of a date cell."""
        read = _DAYS.of_day(value, clue)
        if read.value is not None:
            return Read(read.value.year)
        return Read(faults=(CellFault("C105", {"why": "应为四位年份，如 2019。"}, read.faults[0].suggestions),))


def _year(found: Day | Unclear | None) -> Read:
    if isinstance(found, Day):
        return Read(found.year)
    return Read(faults=(CellFault("C105", {"why": "应为四位年份，如 2019。"}),))


class VisitedType(CellType):
    """Whether somebody was visited, or when: a Day or a yes/no."""

    word = "日期或是否"

    def __init__(self) -> None:
        self.yes_no = YesNoType()

    def is_blank(self, text: str) -> bool:
        """As for a yes/no: 无 is 否."""
        return self.yes_no.is_blank(text)

    def of_text(self, text: str, clue: Clue) -> Read:
        """是 and 否 first, then a count (2次), a day, or several days, of which the last counts."""
        if (answer := self.yes_no.answer(text)) is not None:
            return Read(answer)
        if found := re.fullmatch(r"(?:已走访|走访|入户)?([0-9]{1,3})次", fold(text)):
            return Read(int(found[1]) > 0)
        read = _DAYS.of_text(text, clue)
        if not read.faults:
            return read
        several = [parse(part) for part in re.split(r"[、,;\n]| (?=[0-9]{4})|[和及](?=[0-9])", unicodedata.normalize("NFKC", text[:200]))]
        days = [found for found in several if isinstance(found, Day)]
        if len(days) == len(several) > 1:
            return Read(max(days, key=lambda found: found.last), remark=f"走访时间：{text[:200]}")
        return read

    def of_number(self, number: float, clue: Clue) -> Read:
        """1 and 0 are yes and no, the rest days."""
        return Read(bool(number)) if number in (0, 1) else _DAYS.of_number(number, clue)

    def of_bool(self, value: bool, clue: Clue) -> Read:
        """TRUE and FALSE."""
        return Read(value)

    def of_day(self, value: dt.date, clue: Clue) -> Read:
        """A date cell."""
        return _DAYS.of_day(value, clue)

    def show(self, value: Any) -> str:
        """The day, 是 or 否."""
        return ("是" if value else "否") if isinstance(value, bool) else str(value)
