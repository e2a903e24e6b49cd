"""Days known to the year, the month or the day, and every way they are typed."""

from __future__ import annotations

import calendar
import datetime as dt
import re
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Literal, NamedTuple

from canju.ledgers.base import BLANK, CellFault, Clue, Read
from canju.ledgers.kinds.cell import CellType, fold, shown, squeezed
from canju.ledgers.kinds.numerals import NUMBER_CHARACTERS, chinese_number
from canju.model import Raw

EARLIEST, LATEST = 1880, 2150
"""The years a ledger may speak of."""


# --- the value ------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Day:
    """A day, a month or a year; what is not known is 0.

    `a < b` only where a is certainly earlier: 2019-09 is neither before nor after 2019-09-25. Equal means the same at the
    same precision; `agrees` compares at the common one. Days also compare with `datetime.date`.
    """

    year: int
    month: int = 0
    day: int = 0

    @property
    def precision(self) -> Literal["year", "month", "day"]:
        """How exactly it is known."""
        return "day" if self.day else "month" if self.month else "year"

    @property
    def first(self) -> dt.date:
        """The earliest day it can be."""
        return dt.date(self.year, self.month or 1, self.day or 1)

    @property
    def last(self) -> dt.date:
        """The latest day it can be."""
        month = self.month or 12
        return dt.date(self.year, month, self.day or calendar.monthrange(self.year, month)[1])

    @property
    def packed(self) -> int:
        """As one number, for the way from one process to another."""
        return (self.year * 100 + self.month) * 100 + self.day

    @staticmethod
    @lru_cache(maxsize=100_000)
    def unpacked(packed: int) -> Day:
        """The day that was packed."""
        months, day = divmod(packed, 100)
        return Day(*divmod(months, 100), day)

    def agrees(self, other: Day | dt.date) -> bool:
        """Whether both may be the same day: equal as far as both are known."""
        return self.first <= _last(other) and _first(other) <= self.last

    def __lt__(self, other: Day | dt.date) -> bool:
        return self.last < _first(other) if isinstance(other, Day | dt.date) else NotImplemented

    def __gt__(self, other: Day | dt.date) -> bool:
        return _last(other) < self.first if isinstance(other, Day | dt.date) else NotImplemented

    def __le__(self, other: Day | dt.date) -> bool:
        return self == other or self.last <= _first(other) if isinstance(other, Day | dt.date) else NotImplemented

    def __ge__(self, other: Day | dt.date) -> bool:
        return self == other or _last(other) <= self.first if isinstance(other, Day | dt.date) else NotImplemented

    def __str__(self) -> str:
        return f"{self.year:04}" + (f"-{self.month:02}" if self.month else "") + (f"-{self.day:02}" if self.day else "")


def _first(day: Day | dt.date) -> dt.date:
    return day.first if isinstance(day, Day) else day


def _last(day: Day | dt.date) -> dt.date:
    return day.last if isinstance(day, Day) else day


def day(text: str) -> Day | None:
    """The day a text stands for, or None: for workspace files, cases and tests."""
    value = DayType().read(text).value
    return value if isinstance(value, Day) else None


def future(value: Any, clue: Clue) -> CellFault | None:
    """C112 where a Day is certainly after the day of judgement.

    The recogniser asks this of every value of a column that is not declared `future`; anything but a Day passes.
    """
    if isinstance(value, Day) and value.first > clue.as_of:
        return CellFault("C112", {"as_of": clue.as_of.isoformat()})
    return None


# --- parts of a day -------------------------------------------------------------------------------


class _Unclear(NamedTuple):
    """A text that may be read two ways: why, and the readings that are possible."""

    why: str
    readings: tuple[Day, ...] = ()


def _made(year: int, month: int = 0, day: int = 0) -> Day | None:
    """The Day of these numbers, or None where there is none."""
    if not EARLIEST <= year <= LATEST or not 0 <= month <= 12 or (day and not month):
        return None
    if day and not 1 <= day <= calendar.monthrange(year, month)[1]:
        return None
    return Day(year, month, day)


_TIME = re.compile(
    r"(?:(?<=[0-9日号])[ T]+|(?<=[日号]))(?:上午|下午|早上|晚上)?[0-9]{1,2}(?:[::时点][0-9]{1,2})?(?:[::分][0-9]{1,2}(?:\.[0-9]+)?)?[秒分]?(?:时|点|Z|[AP]M)?(?:[+-][0-9:]{4,5})?$",
    re.I,
)
_WEEKDAY = re.compile(r"[(\[]?(?:星期|周|礼拜)[一二三四五六日天][)\]]?$")
_OPEN = re.compile(r"(?:从|自)?(?:至今|到现在|现在|现任|在任|在职|在岗|今|目前|长期|迄今|—至今|-至今)")
_TAIL = re.compile(r"(?:[-~—–至到]+(?:今|现在)|至今|起|起至今|以来|开始|左右任职)$")
_MONTHS = {name.lower(): i for i, name in enumerate(calendar.month_abbr) if name}
_ENGLISH = re.compile(r"([a-z]{3})[a-z]*\.?", re.I)
_CHINESE_RUN = re.compile(rf"[{NUMBER_CHARACTERS}Oo]+(?=[年月日号]|$)")


def _arabic(text: str) -> str:
    """Chinese numerals before 年, 月, 日 or the end in ASCII digits."""
    text = re.sub(r"(?<=[〇零一二三四五六七八九○])[Oo0]|[Oo](?=[〇零一二三四五六七八九○])", "〇", text)

    def number(found: re.Match[str]) -> str:
        value = chinese_number(found[0])
        return found[0] if value is None else str(value)

    return _CHINESE_RUN.sub(number, text)


def _plain_text(text: str) -> str:
    """A day's text without time of day, weekday and the words around it, full-width folded."""
    text = re.sub(r"\s+", " ", text.strip())
    text = re.sub(r"(?<=[0-9])T(?=[0-9])", " ", text)
    text = _WEEKDAY.sub("", _TIME.sub("", text)).strip()
    text = _WEEKDAY.sub("", text).strip()
    while (shorter := _TAIL.sub("", text).strip()) != text and shorter:
        text = shorter
    return text


# --- a text ---------------------------------------------------------------------------------------


def parse(text: str, as_of: dt.date = dt.date.max) -> Day | _Unclear | None:
    """The day of a text already in NFKC; `_Unclear` where it may be read two ways, None where there is no such day."""
    text = _arabic(_plain_text(text))
    text = re.sub(r"(?<=[月年])[底初中末](?:旬)?$|(?<=[月年])[上下]旬$", "", text)
    text = re.sub(r"(?<=月)份$|(?<=月)份(?=[0-9])|(?<=年)度$", "", text)
    if found := re.fullmatch(r"([0-9]{4})年?(?:\.0+)?", text):
        return _made(int(found[1]))
    if re.fullmatch(r"[0-9]+", text):
        return _run_of_digits(text)
    if found := re.fullmatch(r"([0-9]{4})\.([0-9]{2})([0-9]{2})", text):
        return _made(*map(int, found.groups()))
    text = _named_month(text)
    parts = re.fullmatch(r"([0-9]+)\D+?([0-9]{1,2})(?:\D+?([0-9]{1,2}))?\D*", text) if _separated(text) else None
    if parts:
        return _of_parts([part for part in parts.groups() if part], text, as_of)
    parts = re.fullmatch(r"([0-9]{1,2})\D+?([0-9]{1,2})\D+?([0-9]{4})年?", text) if _separated(text) else None
    return _year_last(int(parts[1]), int(parts[2]), int(parts[3])) if parts else None


_PLAIN_DAY = re.compile(r"([0-9]{4})([-/.])([0-9]{1,2})\2([0-9]{1,2})")
_SEPARATORS = re.compile(r"[0-9]+(?:[ ]*[-/.,、。\\_·~—–―−‐年月日号 ]+[ ]*[0-9]+){1,2}[ ]*[-/.。年月日号 ]*")


def _separated(text: str) -> bool:
    """Whether nothing but numbers and separators of a day stands in the text, units in their order."""
    if not _SEPARATORS.fullmatch(text):
        return False
    units = re.sub(r"[^年月日号]", "", text).replace("号", "日")
    return units in ("", "年", "年月", "年月日", "月", "月日", "日")


def _named_month(text: str) -> str:
    """25-Sep-2019 and Sep 25, 2019 as 2019-9-25, Sep-2019 as 2019-9; other texts as they are."""
    found = _ENGLISH.search(text)
    if not found or (month := _MONTHS.get(found[1].lower())) is None:
        return text
    numbers = re.findall(r"[0-9]+", text)
    if re.sub(r"[-/., ]|[0-9]|st|nd|rd|th", "", text.replace(found[0], "", 1).lower()):
        return text
    year = next((n for n in numbers if len(n) == 4), numbers[-1] if numbers else "")
    rest = [n for n in numbers if n != year][:1]
    return "-".join([year, str(month), *rest])


def _run_of_digits(text: str) -> Day | _Unclear | None:
    """20190925, 201909 or an Excel serial of five digits as text."""
    if len(text) == 8:
        year, month, day = int(text[:4]), int(text[4:6]), int(text[6:])
        return _made(year, month, day) if month and day else None
    if len(text) == 6:
        whole = _made(int(text[:4]), int(text[4:])) if text[4:] != "00" else None
        return whole or _two_digit_year(int(text[:2]), int(text[2:4]), int(text[4:]), dt.date.max)
    if len(text) == 14:
        return _run_of_digits(text[:8])
    if len(text) == 5:
        return _of_serial(int(text), False)
    return None


def _of_parts(parts: list[str], text: str, as_of: dt.date) -> Day | _Unclear | None:
    """Year first: 2019 9 25, 2019 9; two-digit years are unclear."""
    numbers = [int(part) for part in parts]
    if any(number == 0 for number in numbers[1:]):
        return None
    if len(parts[0]) == 4:
        return _made(*numbers)
    if len(parts[0]) == 2 and len(numbers) >= 2 and "年" in text:
        return _two_digit_year(numbers[0], numbers[1], numbers[2] if len(numbers) > 2 else 0, as_of)
    if len(parts[0]) <= 2 and len(numbers) == 3:
        return _two_digit_year(numbers[0], numbers[1], numbers[2], as_of) if len(parts[0]) == 2 else None
    if len(parts[0]) == 2 and len(numbers) == 2 and not re.search(r"[月日号]", text):
        return _two_digit_year(numbers[0], numbers[1], 0, as_of)
    return None


def _two_digit_year(year: int, month: int, day: int, as_of: dt.date) -> _Unclear | None:
    """Both centuries, but for days still to come."""
    both = (_made(1900 + year, month, day), _made(2000 + year, month, day))
    readings = tuple(found for found in both if found and month and found.first <= as_of)
    return _Unclear("年份只有两位，请写全四位年份。", readings) if any(both) and month else None


def _year_last(first: int, second: int, year: int) -> Day | _Unclear | None:
    """9/25/2019 and 25/9/2019: clear where one of the two cannot be a month."""
    readings = tuple(dict.fromkeys(d for d in (_made(year, first, second), _made(year, second, first)) if d and d.month and d.day))
    if len(readings) == 2:
        return _Unclear("分不清哪个是月、哪个是日。", readings)
    return readings[0] if readings else None


# --- numbers --------------------------------------------------------------------------------------


def _of_serial(number: int, date1904: bool) -> Day | None:
    """A spreadsheet's day count, where it falls in the years people were born or served."""
    if date1904:
        number += 1462
    if not 5000 <= number <= 80000:  # 1913 to 2119; smaller whole numbers are slips of a year
        return None
    date = dt.date(1899, 12, 30) + dt.timedelta(days=number)
    return Day(date.year, date.month, date.day)


def _of_number(number: float, clue: Clue) -> Day | _Unclear | None:
    """A numeric cell: a year, a run of digits, a serial, or year.month, which loses the 0 of October."""
    if number == int(number):
        whole = int(number)
        if EARLIEST <= whole <= LATEST:
            return Day(whole)
        return _of_serial(whole, clue.date1904) if whole < 100_000 else _run_of_digits(str(whole))
    text = shown(number)
    if decimals := re.search(r"0\.(0+)", clue.format):
        text = f"{number:.{min(len(decimals[1]), 8)}f}"
    if re.fullmatch(r"[0-9]{4}\.1", text) and EARLIEST <= int(number) <= LATEST:
        year = int(number)
        return _Unclear("可能是1月，也可能是10月。", (Day(year, 1), Day(year, 10)))
    if re.fullmatch(r"[0-9]{4}\.[0-9]{1,4}", text) and EARLIEST <= int(number) <= LATEST:
        return parse(text)
    return _of_serial(int(number), clue.date1904) if number < 100_000 else None


# --- the cells ------------------------------------------------------------------------------------


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
        text = re.sub(r"[□_]", " ", _nfkc(text))
        bare = squeezed(text)
        if _OPEN.fullmatch(bare) or (not re.search(rf"[0-9{NUMBER_CHARACTERS}]", bare) and re.fullmatch(r"[年月日号/.\-]+", bare)):
            return BLANK
        return _judged(parse(text, clue.as_of), re.fullmatch(r"([0-9]{4})[-./年]?([0-9]{2})[-./月]?00日?", bare))

    def of_number(self, number: float, clue: Clue) -> Read:
        """Years, runs of digits, Excel serials; 2019.1 is C104."""
        if not abs(number) < 1e15:
            return Read(faults=(CellFault("C103"),))
        return _judged(_of_number(number, clue), None)

    def of_day(self, value: dt.date, clue: Clue) -> Read:
        """A date cell; to the month where its format shows no day and it is the first. A year typed into a date format is C104."""
        if not EARLIEST <= value.year <= LATEST:
            return Read(faults=(CellFault("C103"),))
        date = dt.date(value.year, value.month, value.day)
        serial = (date - dt.date(1899, 12, 30)).days
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


def _nfkc(text: str) -> str:
    import unicodedata

    return unicodedata.normalize("NFKC", text)


def _judged(found: Day | _Unclear | None, no_day: re.Match[str] | None) -> Read:
    """A parsed day with its fault; of two readings the year is kept where both share it."""
    if isinstance(found, Day):
        return Read(found)
    if found is None:
        month = _made(int(no_day[1]), int(no_day[2])) if no_day and no_day[2] != "00" else None
        return Read(faults=(CellFault("C103", {}, (str(month),) if month else ()),))
    years = {reading.year for reading in found.readings}
    kept = Day(years.pop()) if len(years) == 1 and len(found.readings) == 2 else None
    return Read(kept, (CellFault("C104", {"why": found.why}, tuple(map(str, found.readings))),))


@lru_cache(maxsize=100_000)
def _plain_day(text: str) -> Day | None:
    found = _PLAIN_DAY.fullmatch(text)
    return _made(int(found[1]), int(found[3]), int(found[4])) if found and int(found[3]) and int(found[4]) else None


_DAYS = DayType()


class YearType(CellType):
    """A year, as a whole number."""

    word = "年份"

    def of_text(self, text: str, clue: Clue) -> Read:
        """2019 for 2019, 2019年度, 二〇一九年; C105 where it is no year, C106 where it is none of ours."""
        return _year(parse(_nfkc(text)[:60], clue.as_of))

    def of_number(self, number: float, clue: Clue) -> Read:
        """The number, if it is a year."""
        if not abs(number) < 1e15 or number != int(number):
            return Read(faults=(CellFault("C105"),))
        if number < EARLIEST or (number > LATEST and not 30_000 < number < 60_000):
            return Read(faults=(CellFault("C106", {"why": "应为四位年份，如 2019。"}),))
        return _year(_of_number(number, clue))

    def of_day(self, value: dt.date, clue: Clue) -> Read:
        """The year of a date cell."""
        read = _DAYS.of_day(value, clue)
        if read.value is not None:
            return Read(read.value.year)
        return Read(faults=(CellFault("C105", {"why": "应为四位年份，如 2019。"}, read.faults[0].suggestions),))


def _year(found: Day | _Unclear | None) -> Read:
    if isinstance(found, Day):
        return Read(found.year)
    return Read(faults=(CellFault("C105", {"why": "应为四位年份，如 2019。"}),))


class VisitedType(CellType):
    """Whether somebody was visited, or when: a Day or a yes/no."""

    word = "日期或是否"

    def __init__(self) -> None:
        from canju.ledgers.kinds.choices import YesNoType

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
        several = [parse(part) for part in re.split(r"[、,;\n]| (?=[0-9]{4})|[和及](?=[0-9])", _nfkc(text)[:200])]
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

    def likely(self, raw: Raw) -> bool:
        """Whether it reads as a day or a yes/no."""
        return super().likely(raw)
