"""What a number format makes of a number: a date, a time, text with leading zeros, or a number still.

Format codes: ECMA-376 Part 1, 18.8.30 and 18.8.31 (with the built-in identifiers of East Asian programs).
"""

from __future__ import annotations

import datetime as dt
import re
from functools import lru_cache
from typing import Literal

from canju.model import Raw
from canju.patterns import pattern

Meaning = Literal["general", "number", "date", "time", "elapsed", "zeros", "text"]

BUILTIN: dict[int, str] = {
    0: "General", 1: "0", 2: "0.00", 3: "#,##0", 4: "#,##0.00", 5: "$#,##0", 6: "$#,##0", 7: "$#,##0.00", 8: "$#,##0.00",
    9: "0%", 10: "0.00%", 11: "0.00E+00", 12: "# ?/?", 13: "# ??/??", 14: "yyyy/m/d", 15: "d-mmm-yy", 16: "d-mmm",
    17: "mmm-yy", 18: "h:mm AM/PM", 19: "h:mm:ss AM/PM", 20: "h:mm", 21: "h:mm:ss", 22: "yyyy/m/d h:mm",
    27: 'yyyy"年"m"月"', 28: 'm"月"d"日"', 29: 'm"月"d"日"', 30: "m-d-yy", 31: 'yyyy"年"m"月"d"日"', 32: 'h"时"mm"分"',
    33: 'h"时"mm"分"ss"秒"', 34: '上午/下午h"时"mm"分"', 35: '上午/下午h"时"mm"分"ss"秒"', 36: 'yyyy"年"m"月"', 37: "#,##0", 38: "#,##0",
    39: "#,##0.00", 40: "#,##0.00", 41: "#,##0", 42: "$#,##0", 43: "#,##0.00", 44: "$#,##0.00", 45: "mm:ss", 46: "[h]:mm:ss",
    47: "mm:ss.0", 48: "##0.0E+0", 49: "@", 50: 'yyyy"年"m"月"', 51: 'm"月"d"日"', 52: 'yyyy"年"m"月"', 53: 'm"月"d"日"',
    54: 'm"月"d"日"', 55: '上午/下午h"时"mm"分"', 56: '上午/下午h"时"mm"分"ss"秒"', 57: 'yyyy"年"m"月"', 58: 'm"月"d"日"',
}  # fmt: skip

MAX_CODE = 255
"""Signs of a number format: Excel allows no more."""

QUIET = {"", "General", "0", "@", "GENERAL", "general", "G/通用格式", "常规"}
"""Formats that show a number as it is: not worth noting."""

LITERAL = pattern(r'"[^"]*"?|\\.|_.|\*.')
BRACKET = pattern(r"\[[^\]]*\]")
ELAPSED = pattern(r"\[(h+|m+|s+)\]", re.IGNORECASE)
HALF_DAY = pattern(r"AM/PM|A/P|上午/下午", re.IGNORECASE)
DAY, CLOCK = re.compile(r"[ydYDeE年日]|(?<![hH:：时])[mM月](?![mM]*[:：分])"), re.compile(r"[hHsS时秒]|[mM]+[:：]|[:：][mM]")
FRACTION = pattern(r"(?<=[sS秒])[.,]0+")
"""Parts of a second, whose noughts make no number of a time."""
LAST_DAY = 2_958_466
EPOCH_1900, EPOCH_1904 = dt.datetime(1899, 12, 30), dt.datetime(1904, 1, 1)


@lru_cache(maxsize=4096)
def meaning(code: str) -> Meaning:
    """What the first section of a format code says of a positive number."""
    if code in ("", "General", "GENERAL", "general"):
        return "general"
    if code == "@":
        return "text"
    section = LITERAL.sub("", code).split(";")[0]
    if ELAPSED.search(section):
        return "elapsed"
    section = FRACTION.sub("", BRACKET.sub("", section))
    if "general" in section.lower() or re.search(r"[0#?]", section):
        return "zeros" if re.fullmatch(r"0{2,}", code.split(";")[0].strip()) else "number"
    section, halves = HALF_DAY.subn("", section)
    day, clock = bool(DAY.search(section)), bool(CLOCK.search(section)) or halves > 0
    if day:
        return "date"
    return "time" if clock else "number"


def as_meant(number: int | float, code: str, date1904: bool) -> Raw:
    """The value of a numeric cell with that format. A number no date can have stays a number, as does one that has lost digits."""
    sense = meaning(code)
    if sense == "zeros":
        width = len(code.split(";")[0].strip())
        return str(int(number)).zfill(width) if 0 <= number < 1e15 and number == int(number) else number
    if sense in ("date", "time"):
        return moment(number, date1904, clock=sense == "time")
    if sense == "elapsed" and abs(number) < LAST_DAY:
        return dt.timedelta(seconds=round(number * 86_400))
    return number


@lru_cache(maxsize=65_536)
def moment(serial: int | float, date1904: bool, clock: bool = False) -> Raw:
    """A serial as a date, a date with a time, or (below 1) a time of day; the number itself beyond year 9999 or before day 1.

    Serials below 60 in the 1900 system are one day off because Excel counts a 29 February 1900.
    """
    if serial != serial or not 0 <= serial < LAST_DAY:
        return serial
    if serial < 1:
        return (EPOCH_1904 + dt.timedelta(seconds=round(serial * 86_400) % 86_400)).time() if clock or serial else serial
    day = int(serial)
    seconds = round((serial - day) * 86_400, 3)
    base = EPOCH_1904 if date1904 else EPOCH_1900
    if not date1904 and day < 60:
        base += dt.timedelta(days=1)
    try:
        when = base + dt.timedelta(days=day, seconds=round(seconds) if abs(seconds - round(seconds)) < 0.0015 else seconds)
    except OverflowError:
        return serial
    return when if when.hour or when.minute or when.second or when.microsecond else when.date()
