"""A day known to the year, the month or the day."""

from __future__ import annotations

import calendar
import datetime as dt
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from canju.ledgers.base import CellFault, Clue


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


def future(value: Any, clue: Clue) -> CellFault | None:
    """C112 where a Day is certainly after the day of judgement.

    The recogniser asks this of every value of a column that is not declared `future`; anything but a Day passes.
    """
    if isinstance(value, Day) and value.first > clue.as_of:
        return CellFault("C112", {"as_of": clue.as_of.isoformat()})
    return None
