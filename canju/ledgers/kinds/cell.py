"""What every kind of cell shares: stray characters, blanks, ditto marks and spreadsheet errors, dealt with once."""

from __future__ import annotations

import datetime as dt
import math
import re
import unicodedata
from typing import Any

from canju.ledgers.base import BLANK, CellFault, Clue, Read
from canju.model import ErrorValue, Raw, Uncalculated, plain
from canju.patterns import pattern

LONGEST = 500
"""Characters a free text may have before C114; a cell of any other kind that is longer cannot be of that kind."""

SPREADSHEET_ERROR = pattern(r"#(?:REF|VALUE|NAME|NUM|NULL|DIV/0|SPILL|CALC|FIELD|BLOCKED|CONNECT|GETTING_DATA|UNKNOWN)[!?]?", re.I)
DITTO = frozenset(
    {"同上", "上同", "同前", "同左", "同上行", "同上。", "(同上)", "〃", "〞", "〝", "″", "′′", "″″", '"', '""', "''", "“", "”", "“”", "’’"}
)
BLANK_WORDS = frozenset(
    {"", "无", "空", "空白", "不详", "暂无", "(无)", "(空)", "(空白)", "#n/a", "#n/a!", "n/a", "null", "none", "nan", "nil"}
)
UNKNOWN_WORDS = frozenset({"未知", "不明", "不清楚", "未填", "待定", "待查", "待补", "待核实", "不知道", "?", "??", "???"})
ONLY_DASHES = pattern(r"[-/\\|_~.,、。…·*—–―─━－﹣−‐‑‒]+")
SAYS_NOTHING = DITTO | BLANK_WORDS | UNKNOWN_WORDS
HAN = "\u4e00-\u9fff"
"""The characters that NFKC, case folding and every tidying leave as they are, beside ASCII digits."""
FOLDED = pattern(rf"[{HAN}0-9]{{2,100}}")
"""A text of nothing but these."""
CJK = "\u2e80-\u2fdf\u3005-\u3007\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\ue000-\uf8ff\U00020000-\U0003ffff"


def fold(text: str) -> str:
    """Text for comparing: NFKC, no white space, lower case."""
    return "".join(unicodedata.normalize("NFKC", text).split()).casefold()


def squeezed(text: str) -> str:
    """NFKC without any white space; upper and lower case kept."""
    return "".join(unicodedata.normalize("NFKC", text).split())


def _stray(character: str) -> str:
    """The Chinese name of a character that has no place in a cell, else ""."""
    if character in "\t\n\r" or character.isprintable() or character.isspace():
        return ""
    category = unicodedata.category(character)
    if category == "Cf":
        turning = "\u202a" <= character <= "\u202e" or "\u2066" <= character <= "\u2069" or character in "\u200e\u200f\u061c"
        return "方向控制符" if turning else "零宽字符"
    return {"Cc": "控制符", "Cs": "无效字符"}.get(category, "")


def tidy(text: str) -> tuple[str, tuple[CellFault, ...]]:
    """The text without stray characters, outer white space and a spreadsheet's own quoting; C111 where something was dropped."""
    if text.isascii() and text.isprintable():
        return _unquoted(text.strip()), ()
    text = text.replace("\r\n", "\n").replace("_x000D_\n", "\n").replace("_x000D_", "\n")
    strays: dict[str, None] = {}
    kept = []
    for character in text:
        if name := _stray(character):
            strays[name] = None
        elif character in "\t\r\xa0\u3000\u2028\u2029\x85" or (character.isspace() and character != "\n"):
            kept.append("\n" if character in "\r\u2028\u2029\x85" else " ")
        else:
            kept.append(character)
    fault = (CellFault("C111", {"why": f"去掉的是{'、'.join(strays)}。"}),) if strays else ()
    return _unquoted("".join(kept).strip()), fault


def _unquoted(text: str) -> str:
    """Without the leading apostrophe that marks text in Excel, or the `="…"` that guards it in a CSV."""
    if text.startswith('="') and text.endswith('"') and len(text) > 3:
        return text[2:-1].strip()
    if len(text) > 1 and text[0] in "'`＇" and text[1] not in "'`＇":
        return text[1:].strip()
    return text


def shown(raw: Raw) -> str:
    """A cell as text: numbers as a spreadsheet shows them (15 digits), no exponent where the number is whole."""
    if isinstance(raw, float) and math.isfinite(raw) and not raw.is_integer():
        return format(raw, ".15g")
    if isinstance(raw, int) and not isinstance(raw, bool) and raw.bit_length() > 400:
        return "#" * 20  # no spreadsheet holds such a number
    if isinstance(raw, float) and abs(raw) >= 1e15 and math.isfinite(raw):
        return str(int(raw)) if abs(raw) < 1e40 else repr(raw)
    return plain(raw)


def bare(raw: Raw) -> str:
    """A cell as text, without a spreadsheet's own quoting."""
    return _unquoted(shown(raw).strip())


def split_remark(text: str) -> tuple[str, str]:
    """A text and what stands in brackets at its end: `是（2019年设立）` → 是, 2019年设立."""
    if found := re.fullmatch(r"(.+?)\s*[（(\[【]([^（()）\[\]【】]{1,60})[）)\]】]", text, re.S):
        return found[1], found[2].strip()
    return text, ""


class CellType:
    """A kind of cell. Subclasses say what a tidied text means, and where it matters what a number or a day means."""

    word = "文字"
    personal = ""
    blanks: frozenset[str] = BLANK_WORDS | UNKNOWN_WORDS

    def read(self, raw: Raw, clue: Clue = Clue()) -> Read:  # noqa: B008  # a tuple cannot change
        """The cell as understood; never raises."""
        if raw is None or (isinstance(raw, float) and math.isnan(raw)):
            return BLANK
        if isinstance(raw, ErrorValue):
            return self._error(raw.text)
        if isinstance(raw, Uncalculated):
            return Read(faults=(CellFault("C109"),))
        if isinstance(raw, str):
            return self._text(raw, clue)
        if isinstance(raw, bool):
            return self.of_bool(raw, clue)
        if isinstance(raw, int | float):
            return self.of_number(raw, clue)
        if isinstance(raw, dt.date):  # a datetime is one too
            return self.of_day(raw, clue)
        return self.of_text(shown(raw), clue)

    def plainly(self, raw: Raw, clue: Clue) -> Any:
        """The value of a cell in the kind's plainest spelling, without a fault; None leaves it to `read`, which says the same."""
        return None

    def _error(self, text: str) -> Read:
        return BLANK if fold(text) in BLANK_WORDS else Read(faults=(CellFault("C108", {"error": text[:20]}),))

    def _text(self, raw: str, clue: Clue) -> Read:
        text, strays = tidy(raw)
        if text in DITTO or (len(text) <= 8 and squeezed(text) in DITTO):
            return Read(faults=(CellFault("C113"),))
        if text.startswith("#") and SPREADSHEET_ERROR.fullmatch(text):
            return self._error(text)
        if self.is_blank(text):
            return BLANK
        read = self.of_text(text, clue)
        return read._replace(faults=strays + read.faults) if strays and not read.blank else read

    def is_blank(self, text: str) -> bool:
        """Whether a tidied text says nothing: 无, 不详, dashes."""
        return len(text) <= 20 and (fold(text) in self.blanks or bool(ONLY_DASHES.fullmatch(squeezed(text))))

    def of_text(self, text: str, clue: Clue) -> Read:
        """What a tidied text that is not blank means."""
        raise NotImplementedError

    def of_number(self, number: float, clue: Clue) -> Read:
        """What a numeric cell means; as its text unless the kind says otherwise."""
        return self.of_text(shown(number), clue)

    def of_bool(self, value: bool, clue: Clue) -> Read:
        """What TRUE or FALSE means; as its text unless the kind says otherwise."""
        return self.of_text(shown(value), clue)

    def of_day(self, value: dt.date, clue: Clue) -> Read:
        """What a date cell means; as its text unless the kind says otherwise."""
        return self.of_text(shown(value), clue)

    def show(self, value: Any) -> str:
        """The value in its canonical spelling."""
        return str(value)

    def likely(self, raw: Raw) -> bool:
        """Whether a cell looks like this kind: it reads without a fault."""
        if self.plainly(raw, Clue()) is not None:
            return True
        read = self.read(raw)
        return not read.blank and read.value is not None and not any(fault.rule != "C111" for fault in read.faults)

    def __repr__(self) -> str:
        return f"<{type(self).__name__} {self.word}>"
