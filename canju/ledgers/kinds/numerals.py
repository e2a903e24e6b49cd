"""Chinese numerals, everyday and capital ones, read and written exactly."""

from __future__ import annotations

import re
from decimal import Decimal

_DIGITS = {
    c: i
    for i, cs in enumerate(("〇零○Ｏ", "一壹弌", "二贰贰弐两貳", "三叁參", "四肆", "五伍", "六陆陸", "七柒", "八捌", "九玖"))
    for c in cs
}
_UNITS = {"十": 10, "拾": 10, "百": 100, "佰": 100, "千": 1000, "仟": 1000}
_GROUPS = {"万": 10**4, "萬": 10**4, "亿": 10**8, "億": 10**8}
_SHORT = {"廿": "二十", "卅": "三十"}
DIGIT_CHARACTERS = "".join(_DIGITS)
NUMBER_CHARACTERS = DIGIT_CHARACTERS + "".join(_UNITS) + "".join(_GROUPS) + "廿卅"


def digit(character: str) -> int | None:
    """The value of one Chinese digit, or None."""
    return _DIGITS.get(character)


def chinese_number(text: str) -> int | None:
    """The whole number a text of ASCII or Chinese numerals stands for: 12, 十二, 二〇一九, 壹万叁仟; None where it is none."""
    if re.fullmatch(r"[0-9]{1,15}", text):
        return int(text)
    for short, full in _SHORT.items():
        text = text.replace(short, full)
    if not text or len(text) > 40 or any(c not in _DIGITS and c not in _UNITS and c not in _GROUPS for c in text):
        return None
    if all(c in _DIGITS for c in text):
        return int("".join(str(_DIGITS[c]) for c in text))
    return _with_units(text)


def _with_units(text: str) -> int | None:
    """A numeral with 十百千万亿; None where its parts stand in no possible order. 两百五 is 250."""
    last = {**_UNITS, **_GROUPS}.get(text[-2:-1], 0)
    if last >= 100 and _DIGITS.get(text[-1]):
        whole = _with_units(text[:-1])
        return None if whole is None else whole + _DIGITS[text[-1]] * last // 10
    total = group = 0
    pending: int | None = None
    unit, group_unit = 10**4, 10**12
    for character in text:
        if character in _DIGITS:
            if pending:
                return None
            pending = _DIGITS[character]
        elif character in _UNITS:
            if _UNITS[character] >= unit:
                return None
            unit = _UNITS[character]
            group += (1 if pending is None else pending or 1) * unit
            pending = None
        else:
            if _GROUPS[character] >= group_unit:
                return None
            group_unit = _GROUPS[character]
            total += (group + (pending or 0)) * group_unit
            group, pending, unit = 0, None, 10**4
    return total + group + (pending or 0)


def chinese_money(text: str) -> Decimal | None:
    """The yuan a capital amount stands for: 贰佰元整 → 200, 壹拾元伍角 → 10.5; None where it is none."""
    found = re.fullmatch(
        rf"(?:([{NUMBER_CHARACTERS}]+)[元圆圓块])?(?:([{DIGIT_CHARACTERS}])角)?(?:[零〇]?([{DIGIT_CHARACTERS}])分)?[整正]?", text
    )
    if not found or not any(found.groups()):
        return None
    yuan = chinese_number(found[1]) if found[1] else 0
    if yuan is None:
        return None
    return Decimal(yuan) + Decimal(_DIGITS.get(found[2] or "", 0)) / 10 + Decimal(_DIGITS.get(found[3] or "", 0)) / 100


def in_chinese(number: int) -> str:
    """1–99 in Chinese numerals: 7 → 七, 12 → 十二, 20 → 二十."""
    digits = "〇一二三四五六七八九"
    tens, ones = divmod(number, 10)
    return ("" if not tens else "十" if tens == 1 else digits[tens] + "十") + (digits[ones] if ones or not tens else "")
