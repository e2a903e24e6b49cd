"""Telephone numbers and bank accounts."""

from __future__ import annotations

import re
import unicodedata

from canju.ledgers.base import BLANK, CellFault, Clue, Read
from canju.ledgers.kinds.cell import CJK, CellType, bare, shown, squeezed
from canju.model import Raw
from canju.patterns import pattern

_MOBILE = pattern(r"(?:\+?(?:00)?86-?)?(1[3-9][0-9]{9})")
_PLAIN_MOBILE = pattern(r"1[3-9][0-9]{9}")
_AREA = r"0(?:10|2[0-9]|[3-9][0-9]{2})"
_FIXED = pattern(rf"\(?({_AREA})\)?-?([1-9][0-9]{{6,7}})(?:(?:-|转|分机|ext\.?)([0-9]{{1,6}}))?", re.I)
_SERVICE = pattern(r"(?:400|800)-?[0-9]{3}-?[0-9]{4}|123[0-9]{2}|1[0-2][0-9]{1,3}")
_DASHES = pattern("[-‐‑‒–—―－﹣−~～_]+")
_LABEL = pattern(r"(?:手机|电话|座机|固话|固定|联系|移动|办公|办公室|家庭|宅|号码|号|或者|或|和|及)+[:]?")
_SCIENTIFIC = pattern(r"[0-9](?:\.[0-9]+)?E\+?[0-9]{2}", re.I)


def _numbers(text: str) -> list[str] | None:
    """The numbers of a piece that holds nothing else, in their canonical spelling; None where it is no number."""
    text = text.strip(" .()-") if not text.startswith("(0") else text.strip(" .-")
    digits = re.sub(r"[-\s.]", "", text)
    if found := _MOBILE.fullmatch(digits):
        return [found[1]]
    if found := _FIXED.fullmatch(re.sub(r"\s", "", text)) or _FIXED.fullmatch(digits):
        return [f"{found[1]}-{found[2]}" + (f"-{found[3]}" if found[3] else "")]
    if re.fullmatch(r"(?:1[3-9][0-9]{9}){2,4}", digits):
        return re.findall(r"[0-9]{11}", digits)
    return [text] if _SERVICE.fullmatch(text) else None


class PhoneType(CellType):
    """One or several telephone numbers, joined by 、; C110 where one of them is neither mobile nor fixed line with area code."""

    word = "电话"
    personal = "phone"

    def plainly(self, raw: Raw, clue: Clue) -> str | None:
        """A mobile number, as it is."""
        return raw if isinstance(raw, str) and _PLAIN_MOBILE.fullmatch(raw) else None

    def of_text(self, text: str, clue: Clue) -> Read:
        """The numbers in their plain form; other words beside them (whose number it is) go to the remarks."""
        text = _DASHES.sub("-", unicodedata.normalize("NFKC", text[:300]))
        text = re.sub(r"(?<=[0-9])\.0+$", "", _LABEL.sub(" ", text).strip())
        if re.fullmatch(r"0+", text):
            return BLANK
        words = re.findall(rf"[{CJK}A-Za-z]*[{CJK}][{CJK}A-Za-z]*", re.sub("转|分机", "", text))
        bare = text if not words else re.sub(rf"(?!转|分机)[{CJK}:]+", " ", text)
        found: list[str] = []
        for part in _pieces(bare):
            numbers = _numbers(part)
            if numbers is None:
                return Read(faults=(_fault(text),))
            found += numbers
        if not found:
            return Read(faults=(CellFault("C110"),))
        return Read("、".join(dict.fromkeys(found)), remark="、".join(dict.fromkeys(words)))

    def of_day(self, value: object, clue: Clue) -> Read:
        """A day is no number."""
        return Read(faults=(CellFault("C110"),))

    def likely(self, raw: Raw) -> bool:
        """Eleven digits, or a fixed line."""
        return super().likely(raw) and len(re.sub(r"\D", "", shown(raw))) >= 7


def _pieces(text: str) -> list[str]:
    """What may be single numbers: split at the marks that part numbers, at blanks only where the whole is none."""
    pieces: list[str] = []
    for chunk in re.split(r"[/、,;|\\\n。]+|\s{2,}", text):
        pieces += [chunk] if _numbers(chunk) else chunk.split()
    return [piece for piece in pieces if piece.strip(" .()-")]


def _fault(text: str) -> CellFault:
    """C110 with what can be told of a single number."""
    digits = re.sub(r"\D", "", text)
    if _SCIENTIFIC.fullmatch(squeezed(text)):
        return CellFault("C110", {"why": "号码被存成了科学计数，后几位已丢失。"})
    if digits != squeezed(text):
        return CellFault("C110")
    if re.fullmatch(r"[2-9][0-9]{6,7}", digits):
        return CellFault("C110", {"why": "座机缺少区号。"})
    if digits.startswith("1") and len(digits) != 11 and len(digits) < 15:
        return CellFault("C110", {"why": f"手机应为11位，现为{len(digits)}位。"})
    return CellFault("C110")


class AccountType(CellType):
    """A bank account or card number, as digits; C107 where it was kept as a number and has lost its end."""

    word = "银行账号"
    personal = "account"

    def of_text(self, text: str, clue: Clue) -> Read:
        """The digits without spaces and dashes."""
        folded = re.sub(r"(?<=[0-9])\.0$", "", _DASHES.sub("", squeezed(text[:300])).upper())
        if _SCIENTIFIC.fullmatch(folded):
            return Read(faults=(CellFault("C107"),))
        return BLANK if re.fullmatch("0*", folded) else Read(folded[:64])

    def of_number(self, number: float, clue: Clue) -> Read:
        """A number of more than 15 digits has lost the rest."""
        return Read(faults=(CellFault("C107"),)) if abs(number) >= 1e15 else self.of_text(shown(number), clue)

    def likely(self, raw: Raw) -> bool:
        """Ten to twenty-four digits."""
        return bool(re.fullmatch(r"[0-9]{10,24}", squeezed(bare(raw))))
