"""Head-counts, months, ages and amounts; nothing passes through a float that was text, and no amount is ever rounded silently."""

from __future__ import annotations

import re
import unicodedata
from decimal import Decimal, InvalidOperation
from typing import Any

from canju.ledgers.base import CellFault, Clue, Read
from canju.ledgers.kinds.cell import CellType, shown, squeezed
from canju.ledgers.kinds.numerals import NUMBER_CHARACTERS, chinese_money, chinese_number
from canju.model import Raw
from canju.patterns import pattern

_UNITS = "人|名|个|位|户|岁|周岁|次|件|项|场|期|个月|月|年|条|份|间|处|台|支"
_COUNT = pattern(rf"(?:共|计|合计)?([+-]?[0-9]{{1,3}}(?:,[0-9]{{3}})+(?:\.[0-9]+)?|[+-]?[0-9]+(?:\.[0-9]*)?)(?:{_UNITS})?")
_CHINESE = pattern(rf"([{NUMBER_CHARACTERS}]+)(?:{_UNITS})?")
_MONEY = pattern(
    r"(?:人民币|RMB|CNY|[¥￥$])?([+-]?[0-9]{1,3}(?:,[0-9]{3})+(?:\.[0-9]+)?|[+-]?[0-9]+(?:\.[0-9]*)?)(万)?((?:元|圆|块钱|块)整?)?(?:(?:/|每)?(?:个?月|人))?",
    re.I,
)


def decimal_of(number: float) -> Decimal:
    """A numeric cell as a spreadsheet shows it: fifteen digits, so that 200.10000000000002 is 200.1.

    Raises InvalidOperation for what no spreadsheet holds exactly.
    """
    if not abs(number) < 1e15:
        raise InvalidOperation
    return Decimal(shown(number)) if isinstance(number, int) else Decimal(format(number, ".15g"))


def _plain(text: str) -> str:
    return squeezed(unicodedata.normalize("NFKC", text)).replace("，", ",").strip("。;；、")


class WholeType(CellType):
    """A whole number of something, `least` to `most`; C105 where it is no number, C106 outside the range or in fractions."""

    word = "整数"

    def __init__(self, word: str = "整数", least: int = 0, most: int = 1_000_000) -> None:
        self.word, self.least, self.most = word, least, most

    def plainly(self, raw: Raw, clue: Clue) -> int | None:
        """A whole number within the range, typed as one or as digits."""
        if type(raw) is str and len(raw) < 10 and raw.isascii() and raw.isdigit():
            raw = int(raw)
        return raw if type(raw) is int and self.least <= raw <= self.most else None

    def of_text(self, text: str, clue: Clue) -> Read:
        """12, 1,200, 12人, 十二, １２."""
        if len(text) > 60:
            return Read(faults=(CellFault("C105"),))
        folded = _plain(text)
        if found := _COUNT.fullmatch(folded):
            return self._of_decimal(Decimal(found[1].replace(",", "").rstrip(".")))
        if (found := _CHINESE.fullmatch(folded)) and (number := chinese_number(found[1])) is not None:
            return self._of_decimal(Decimal(number))
        return Read(faults=(CellFault("C105"),))

    def of_number(self, number: float, clue: Clue) -> Read:
        """The number itself; a percentage is no count."""
        try:
            return self._of_decimal(decimal_of(number))
        except (InvalidOperation, ValueError, OverflowError):
            return Read(faults=(CellFault("C105"),))

    def of_bool(self, value: bool, clue: Clue) -> Read:
        """TRUE counts nothing."""
        return Read(faults=(CellFault("C105"),))

    def of_day(self, value: Any, clue: Clue) -> Read:
        """A day counts nothing: the cell has a date format by mistake."""
        return Read(faults=(CellFault("C105", {"why": "单元格是日期格式，请改为数字。"}),))

    def _of_decimal(self, number: Decimal) -> Read:
        if number != number.to_integral_value():
            return Read(faults=(CellFault("C106", {"why": "应为整数。"}),))
        if not self.least <= number <= self.most:
            why = f"应不小于{self.least}。" if number < self.least else f"应不大于{self.most}。"
            return Read(faults=(CellFault("C106", {"why": why}),))
        return Read(int(number))


class AgeType(WholeType):
    """周岁: whole years; an infant's months are 0 to 1 years."""

    def __init__(self) -> None:
        super().__init__("年龄", 0, 130)

    def of_text(self, text: str, clue: Clue) -> Read:
        """61, 61岁, 8个月."""
        if found := re.fullmatch(r"([0-9]{1,2})个?月(?:龄|大)?", _plain(text)):
            return Read(int(found[1]) // 12)
        return super().of_text(text, clue)


class SerialType(WholeType):
    """序号: a whole number, or whatever else stands there: never a fault."""

    word = "序号"

    def of_text(self, text: str, clue: Clue) -> Read:
        """The number; anything else is no serial and says nothing."""
        read = super().of_text(text, clue)
        return Read(read.value, blank=read.value is None)

    def of_number(self, number: float, clue: Clue) -> Read:
        """The number."""
        read = super().of_number(number, clue)
        return Read(read.value, blank=read.value is None)

    def of_bool(self, value: bool, clue: Clue) -> Read:
        """No serial."""
        return Read(blank=True)

    def of_day(self, value: Any, clue: Clue) -> Read:
        """No serial."""
        return Read(blank=True)


class MoneyType(CellType):
    """An amount in yuan, exact to the fen; in 万元 where the heading has that unit, exact to the yuan's fen all the same."""

    def __init__(self, in_wan: bool = False) -> None:
        self.in_wan = in_wan
        self.word = "金额（万元）" if in_wan else "金额"

    def plainly(self, raw: Raw, clue: Clue) -> Decimal | None:
        """Whole yuan, typed as a number."""
        return Decimal(raw) if type(raw) is int and 0 <= raw < 10**9 else None

    def of_text(self, text: str, clue: Clue) -> Read:
        """1,200 · 200元 · 贰佰元整 · ￥200.00 · 1.5万元."""
        if len(text) > 60:
            return Read(faults=(CellFault("C105"),))
        folded = _plain(text)
        if found := _MONEY.fullmatch(folded):
            return self._of_decimal(self._in_unit(Decimal(found[1].replace(",", "").rstrip(".")), found[2], found[3]))
        written = chinese_money(folded.removeprefix("人民币"))
        return Read(faults=(CellFault("C105"),)) if written is None else self._of_decimal(self._in_unit(written, None, "元"))

    def _in_unit(self, number: Decimal, wan: str | None, yuan: str | None) -> Decimal:
        """A written amount in the column's own unit; a bare number is in it already."""
        if self.in_wan:
            return number / 10_000 if yuan and not wan else number
        return number * 10_000 if wan else number

    def of_number(self, number: float, clue: Clue) -> Read:
        """The number as shown."""
        try:
            return self._of_decimal(decimal_of(number))
        except (InvalidOperation, ValueError, OverflowError):
            return Read(faults=(CellFault("C105"),))

    def of_bool(self, value: bool, clue: Clue) -> Read:
        """TRUE is no amount."""
        return Read(faults=(CellFault("C105"),))

    def of_day(self, value: Any, clue: Clue) -> Read:
        """A day is no amount."""
        return Read(faults=(CellFault("C105", {"why": "单元格是日期格式，请改为数字。"}),))

    def _of_decimal(self, number: Decimal) -> Read:
        if number < 0:
            return Read(faults=(CellFault("C106", {"why": "金额不能为负。"}),))
        if number >= 10**12:
            return Read(faults=(CellFault("C106", {"why": "金额过大。"}),))
        exponent = number.normalize().as_tuple().exponent
        if isinstance(exponent, int) and exponent < (-6 if self.in_wan else -2):
            return Read(faults=(CellFault("C106", {"why": "金额最多到分。"}),))
        if self.in_wan:
            return Read(number.quantize(Decimal(1)) if number == number.to_integral_value() else number.normalize())
        return Read(number.quantize(Decimal("0.01")) if isinstance(exponent, int) and exponent < 0 else number.quantize(Decimal(1)))

    def show(self, value: Any) -> str:
        """200, 200.50."""
        return format(value, "f")
