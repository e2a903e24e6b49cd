"""Every way a date is typed: as a text, as a number, with a time behind it, in Chinese numerals."""

from __future__ import annotations

import calendar
import datetime as dt
import re
from typing import NamedTuple

from canju.ledgers.base import Clue
from canju.ledgers.kinds.cell import shown
from canju.ledgers.kinds.day import Day
from canju.ledgers.kinds.numerals import NUMBER_CHARACTERS, chinese_number
from canju.patterns import pattern

EARLIEST, LATEST = 1880, 2150
"""The years a ledger may speak of."""


# --- parts of a date ------------------------------------------------------------------------------


class Unclear(NamedTuple):
    """A text that may be read two ways: why, and the readings that are possible."""

    why: str
    readings: tuple[Day, ...] = ()


def made(year: int, month: int = 0, day: int = 0) -> Day | None:
    """The Day of these numbers, or None where there is none."""
    if not EARLIEST <= year <= LATEST or (day and not month):
        return None
    try:
        dt.date(year, month or 1, day or 1)
    except ValueError:
        return None
    return Day(year, month, day)


_TIME = pattern(
    r"(?:(?<=[0-9日号])[ T]+|(?<=[日号]))(?:上午|下午|早上|晚上)?[0-9]{1,2}(?:[::时点][0-9]{1,2})?(?:[::分][0-9]{1,2}(?:\.[0-9]+)?)?[秒分]?(?:时|点|Z|[AP]M)?(?:[+-][0-9:]{4,5})?$",
    re.I,
)
_WEEKDAY = pattern(r"[(\[]?(?:星期|周|礼拜)[一二三四五六日天][)\]]?$")
_OPEN = pattern(r"[-—–至到]*(?:至今|现在|现任|在任|在职|在岗|今|目前|长期|迄今)")
_NO_DATE = pattern(r"[年月日号/.\-]+")
_TAIL = pattern(r"(?:[-~—–至到]+(?:今|现在)|至今|起|起至今|以来|开始|左右任职)$")
_MONTHS = {name.lower(): i for i, name in enumerate(calendar.month_abbr) if name}
_ENGLISH = pattern(r"([a-z]{3})[a-z]*\.?", re.I)
_CHINESE_RUN = pattern(rf"[{NUMBER_CHARACTERS}Oo]+(?=[年月日号]|$)")


def says_none(text: str) -> bool:
    """Whether a squeezed text is an open end (至今) or an empty form (  年 月 日)."""
    return bool(_OPEN.fullmatch(text) or _NO_DATE.fullmatch(text))


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


# --- texts ---------------------------------------------------------------------------------------


def parse(text: str, as_of: dt.date = dt.date.max) -> Day | Unclear | None:
    """The day of a text already in NFKC; `Unclear` where it may be read two ways, None where there is no such day."""
    text = _arabic(_plain_text(text))
    text = re.sub(r"(?<=[月年])[底初中末](?:旬)?$|(?<=[月年])[上下]旬$", "", text)
    text = re.sub(r"(?<=月)份$|(?<=月)份(?=[0-9])|(?<=年)度$", "", text)
    if found := re.fullmatch(r"([0-9]{4})年?(?:\.0+)?", text):
        return made(int(found[1]))
    if re.fullmatch(r"[0-9]+", text):
        return _run_of_digits(text)
    if found := re.fullmatch(r"([0-9]{4})\.([0-9]{2})([0-9]{2})", text):
        return made(*map(int, found.groups()))
    text = _named_month(text)
    parts = re.fullmatch(r"([0-9]+)\D+?([0-9]{1,2})(?:\D+?([0-9]{1,2}))?\D*", text) if _separated(text) else None
    if parts:
        return _of_parts([part for part in parts.groups() if part], text, as_of)
    parts = re.fullmatch(r"([0-9]{1,2})\D+?([0-9]{1,2})\D+?([0-9]{4})年?", text) if _separated(text) else None
    return _year_last(int(parts[1]), int(parts[2]), int(parts[3])) if parts else None


_SEPARATORS = pattern(r"[0-9]+(?:[ ]*[-/.,、。\\_·~—–―−‐年月日号 ]+[ ]*[0-9]+){1,2}[ ]*[-/.。年月日号 ]*")


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


def _run_of_digits(text: str) -> Day | Unclear | None:
    """20190925, 201909 or an Excel serial of five digits as text."""
    if len(text) == 8:
        year, month, day = int(text[:4]), int(text[4:6]), int(text[6:])
        return made(year, month, day) if month and day else None
    if len(text) == 6:
        whole = made(int(text[:4]), int(text[4:])) if text[4:] != "00" else None
        return whole or _two_digit_year(int(text[:2]), int(text[2:4]), int(text[4:]), dt.date.max)
    if len(text) == 14:
        return _run_of_digits(text[:8])
    if len(text) == 5:
        return _of_serial(int(text), False)
    return None


def _of_parts(parts: list[str], text: str, as_of: dt.date) -> Day | Unclear | None:
    """Year first: 2019 9 25, 2019 9; two-digit years are unclear."""
    numbers = [int(part) for part in parts]
    if any(number == 0 for number in numbers[1:]):
        return None
    if len(parts[0]) == 4:
        return made(*numbers)
    if len(parts[0]) == 2 and len(numbers) >= 2 and "年" in text:
        return _two_digit_year(numbers[0], numbers[1], numbers[2] if len(numbers) > 2 else 0, as_of)
    if len(parts[0]) <= 2 and len(numbers) == 3:
        return _two_digit_year(numbers[0], numbers[1], numbers[2], as_of) if len(parts[0]) == 2 else None
    if len(parts[0]) == 2 and len(numbers) == 2 and not re.search(r"[月日号]", text):
        return _two_digit_year(numbers[0], numbers[1], 0, as_of)
    return None


def _two_digit_year(year: int, month: int, day: int, as_of: dt.date) -> Unclear | None:
    """Both centuries, but for days still to come."""
    both = (made(1900 + year, month, day), made(2000 + year, month, day))
    readings = tuple(found for found in both if found and month and found.first <= as_of)
    return Unclear("年份只有两位，请写全四位年份。", readings) if any(both) and month else None


def _year_last(first: int, second: int, year: int) -> Day | Unclear | None:
    """9/25/2019 and 25/9/2019: clear where one of the two cannot be a month."""
    readings = tuple(dict.fromkeys(d for d in (made(year, first, second), made(year, second, first)) if d and d.month and d.day))
    if len(readings) == 2:
        return Unclear("分不清哪个是月、哪个是日。", readings)
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


def parse_number(number: float, clue: Clue) -> Day | Unclear | None:
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
        return Unclear("可能是1月，也可能是10月。", (Day(year, 1), Day(year, 10)))
    if re.fullmatch(r"[0-9]{4}\.[0-9]{1,4}", text) and EARLIEST <= int(number) <= LATEST:
        return parse(text)
    return _of_serial(int(number), clue.date1904) if number < 100_000 else None
