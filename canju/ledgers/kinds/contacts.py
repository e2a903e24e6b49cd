"""Telephone numbers and bank accounts."""

from __future__ import annotations

import re
import unicodedata

from canju.ledgers.base import CellFault, Clue, Read
from canju.ledgers.kinds.cell import CellType, shown, squeezed
from canju.model import Raw

_MOBILE = re.compile(r"(?:\+?0?0?86-?)?(1[3-9][0-9]{9})")
_PLAIN_MOBILE = re.compile(r"1[3-9][0-9]{9}")
_FIXED = re.compile(r"(?:\(?(0[0-9]{2,3})\)?-?)?([2-9][0-9]{6,7})(?:(?:-|转|分机|ext\.?)([0-9]{1,6}))?", re.I)
_SERVICE = re.compile(r"(?:400|800)-?[0-9]{3}-?[0-9]{4}|12345|12385|1[0-2][0-9]{1,3}")
_DASHES = re.compile("[-‐‑‒–—―－﹣−~～]")
_LABEL = re.compile(r"[（(]?(?:联系|办公|家庭|宅|手机|座机|固话|移动|本人|电话|监护人|父|母|妻|夫|子|女|儿子|女儿)+[）)]?[:：]?")


def _one(text: str) -> str | None:
    """One number in its canonical spelling, or None."""
    if found := _MOBILE.fullmatch(text.replace("-", "")):
        return found[1]
    if found := _FIXED.fullmatch(text):
        area = f"{found[1]}-" if found[1] else ""
        return area + found[2] + (f"-{found[3]}" if found[3] else "")
    joined = re.fullmatch(r"(0[0-9]{2,3})([2-9][0-9]{6,7})", text.replace("-", ""))
    if joined and 10 <= len(text.replace("-", "")) <= 12:
        return f"{joined[1]}-{joined[2]}"
    return text if _SERVICE.fullmatch(text) else None


class PhoneType(CellType):
    """One or several telephone numbers, joined by 、; C110 where one of them is none."""

    word = "电话"
    personal = "phone"

    def plainly(self, raw: Raw, clue: Clue) -> str | None:
        """A mobile number, as it is."""
        return raw if isinstance(raw, str) and _PLAIN_MOBILE.fullmatch(raw) else None

    def of_text(self, text: str, clue: Clue) -> Read:
        """Mobiles of 11 digits, fixed lines of 7 or 8 with or without area code, several apart by / 、 ； or a space."""
        text = _DASHES.sub("-", unicodedata.normalize("NFKC", text[:300]))
        text = _LABEL.sub(" ", text)
        if re.fullmatch(r"\s*[0-9]{7,12}\.0\s*", text):
            text = text.strip()[:-2]
        whole = squeezed(text)
        if (one := _one(whole)) is not None:
            return Read(one)
        parts = [part for part in re.split(r"[/、,;|\s或和]+", text) if part.strip("-.()")]
        numbers = [_one(part.strip(".()")) for part in parts]
        if numbers and all(numbers):
            return Read("、".join(dict.fromkeys(number for number in numbers if number)))
        return Read(faults=(CellFault("C110"),))

    def of_number(self, number: float, clue: Clue) -> Read:
        """A number typed as a number: 13985412345.0."""
        return self.of_text(shown(number), clue)

    def of_day(self, value: object, clue: Clue) -> Read:
        """A day is no number."""
        return Read(faults=(CellFault("C110"),))

    def likely(self, raw: Raw) -> bool:
        """Eleven digits, or a fixed line."""
        return super().likely(raw) and len(re.sub(r"\D", "", shown(raw))) >= 7


class AccountType(CellType):
    """A bank account or card number, as digits; C107 where it was kept as a number and has lost its end."""

    word = "银行账号"
    personal = "account"

    def of_text(self, text: str, clue: Clue) -> Read:
        """The digits without spaces and dashes."""
        folded = _DASHES.sub("", squeezed(text)).upper()
        if re.fullmatch(r"[0-9](?:\.[0-9]+)?E\+?[0-9]{2}", folded):
            return Read(faults=(CellFault("C107"),))
        if re.fullmatch(r"[0-9]{8,32}\.0", folded):
            folded = folded[:-2]
        return Read(folded[:64])

    def of_number(self, number: float, clue: Clue) -> Read:
        """A number of more than 15 digits has lost the rest."""
        return Read(faults=(CellFault("C107"),)) if abs(number) >= 1e15 else Read(shown(number))

    def likely(self, raw: Raw) -> bool:
        """Ten to twenty-four digits."""
        return bool(re.fullmatch(r"[0-9]{10,24}", squeezed(shown(raw))))
