"""Resident ID numbers (GB 11643) and certificate numbers of disabled persons (残疾人证)."""

from __future__ import annotations

import datetime as dt
import re
import unicodedata
from calendar import isleap
from collections.abc import Callable
from functools import lru_cache
from operator import mul

from canju.ledgers.base import BLANK, CellFault, Clue, Read
from canju.ledgers.kinds.cell import CellType, bare, shown, squeezed
from canju.ledgers.kinds.day import Day
from canju.ledgers.kinds.disability import CATEGORY_BY_DIGIT, GRADE_BY_DIGIT
from canju.model import Raw
from canju.patterns import pattern

_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_CHECKS = "10X98765432"
_INVERSES = tuple(pow(weight, -1, 11) for weight in _WEIGHTS)
_PROVINCE_CODES = "11 12 13 14 15 21 22 23 31 32 33 34 35 36 37 41 42 43 44 45 46 50 51 52 53 54 61 62 63 64 65 71 81 82 83 91"
PROVINCES = frozenset(_PROVINCE_CODES.split())
_OLDEST = 130
_LEAP_YEAR = 2000
_TO_X = str.maketrans({"х": "X", "Х": "X", "×": "X", "✕": "X", "χ": "X", "Χ": "X", "x": "X", "＊": "*", "O": "0", "o": "0", "〇": "0"})
_EIGHTEEN = pattern(r"[0-9]{17}[0-9X]")
_SCIENTIFIC = pattern(r"[0-9](?:\.[0-9]+)?[Ee]\+?[0-9]{2}")


def check_digit(body: str) -> str:
    """The check digit of the first seventeen digits (ISO 7064 MOD 11-2)."""
    return _CHECKS[sum(int(digit) * weight for digit, weight in zip(body, _WEIGHTS, strict=False)) % 11]


class _Parts(dict[str, int | None]):
    """What some digits of an ID, from `place` on, add to the sum its check digit is made of; None where no ID has them there."""

    def __init__(self, place: int, fits: Callable[[str], bool]) -> None:
        super().__init__()
        self.place, self.fits = place, fits

    def __missing__(self, digits: str) -> int | None:
        if len(self) > 100_000:
            self.clear()
        sound = digits.isascii() and digits.isdigit() and self.fits(digits)
        self[digits] = sum(map(mul, map(int, digits), _WEIGHTS[self.place :])) if sound else None
        return self[digits]


@lru_cache(maxsize=100_000)
def _date(digits: str) -> dt.date:
    return dt.date.fromisoformat(digits)


class ResidentId(str):
    """An ID number as IdType reads it: 18 characters, a possible birth date. `birth` and `sex` are what it says."""

    __slots__ = ()

    @property
    def birth(self) -> dt.date:
        """The birth date in digits 7–14."""
        return _date(self[6:14])

    @property
    def sex(self) -> str:
        """男 for an odd digit 17, 女 for an even one."""
        return "男" if int(self[16]) % 2 else "女"


class Certificate(str):
    """A certificate number: the holder's ID, category and grade, and B1–B9 after a reissue."""

    __slots__ = ()

    @property
    def holder(self) -> ResidentId:
        """The holder's ID number: the first 18 characters."""
        return ResidentId(self[:18])

    @property
    def category(self) -> str:
        """视力 … 多重."""
        return CATEGORY_BY_DIGIT[self[18]]

    @property
    def grade(self) -> str:
        """一级 … 四级."""
        return GRADE_BY_DIGIT[self[19]]


def _birth(text: str) -> dt.date | None:
    try:
        return _date(text[6:14])
    except ValueError:
        return None


_AREAS = _Parts(0, lambda digits: digits[:2] in PROVINCES and digits != "123456")
_YEARS = _Parts(6, lambda digits: digits != "0000")
_DAYS = _Parts(10, lambda digits: _birth(f"000000{_LEAP_YEAR}{digits}") is not None)
_ORDERS = _Parts(14, lambda digits: True)


def _sound(text: str) -> bool:
    """Whether eighteen characters are an ID number of a known province whose day and check digit are right."""
    area, year, day, order = _AREAS[text[:6]], _YEARS[text[6:10]], _DAYS[text[10:14]], _ORDERS[text[14:17]]
    if area is None or year is None or day is None or order is None or _CHECKS[(area + year + day + order) % 11] != text[17]:
        return False
    return text[10:14] != "0229" or isleap(int(text[6:10]))


def normal(text: str) -> str:
    """A number without white space, dashes and dots, x and its look-alikes folded to X."""
    text = squeezed(unicodedata.normalize("NFKC", text[:200])).translate(_TO_X).upper()
    return re.sub(r"[-‐‑‒–—―_.·'’`,，、]", "", text)


def placeholder(number: str) -> bool:
    """Whether a number was typed only to fill the cell: 999…, 000…, 123456…, one digit over and over."""
    if re.fullmatch(r"([0-9X])\1{3,}", number):
        return True
    return (len(number) in (15, 18) and number.startswith(("999", "000"))) or (len(number) > 5 and number.startswith("123456"))


def lost(raw: Raw) -> bool:
    """Whether a number has more digits than a spreadsheet keeps: 16 and on are gone."""
    if isinstance(raw, bool):
        return False
    if isinstance(raw, int | float):
        return abs(raw) >= 1e15
    return isinstance(raw, str) and bool(_SCIENTIFIC.fullmatch(squeezed(raw)))


class IdType(CellType):
    """A resident ID number of 18 or, with C205, of 15 characters."""

    word = "身份证号"
    personal = "id"

    def plainly(self, raw: Raw, clue: Clue) -> ResidentId | None:
        """Eighteen characters without a fault."""
        if not isinstance(raw, str) or len(raw) != 18 or not _sound(raw):
            return None
        born, today = _date(raw[6:14]), clue.as_of
        if today == dt.date.max:
            return ResidentId(raw) if born.year >= 2020 - _OLDEST else None
        return ResidentId(raw) if born <= today and born.year >= today.year - _OLDEST else None

    def of_text(self, text: str, clue: Clue) -> Read:
        """The number; unreadable with C201, C202, C203 and as a placeholder with C206; kept with C204 and C205."""
        if lost(text):
            return Read(faults=(CellFault("C107"),))
        number = normal(re.sub(r"^(?:身份证(?:号码?)?|证件号)[:：]?", "", squeezed(text)))
        if re.fullmatch(r"[0-9]{15,18}0", number) and text.strip().endswith(".0"):
            number = number[:-1]
        if placeholder(number):
            return Read(faults=(CellFault("C206"),))
        if re.fullmatch(r"[0-9]{15}", number):
            return self._of_fifteen(number, clue)
        if _EIGHTEEN.fullmatch(number):
            return self._of_eighteen(number, clue)
        return Read(faults=(CellFault("C201", {"why": _shape(number)}),))

    def of_number(self, number: float, clue: Clue) -> Read:
        """A number cell: 15 digits fit, 18 do not."""
        return Read(faults=(CellFault("C107"),)) if abs(number) >= 1e15 else self.of_text(shown(number), clue)

    def of_day(self, value: dt.date, clue: Clue) -> Read:
        """A day is no number."""
        return Read(faults=(CellFault("C201", {"why": "这里是日期。"}),))

    def _of_fifteen(self, number: str, clue: Clue) -> Read:
        """A number of before 1999: of the twentieth century, or of the nineteenth where its end says a centenarian."""
        century = "18" if number[12:] in ("996", "997", "998", "999") else "19"
        body = f"{number[:6]}{century}{number[6:]}"
        read = self._of_eighteen(body + check_digit(body), clue)
        return read if read.value is None else read._replace(faults=(*read.faults, CellFault("C205")))

    def _of_eighteen(self, number: str, clue: Clue) -> Read:
        """The check digit first: one slip in the birth date spoils both, and the check digit tells where it may be."""
        if check_digit(number[:17]) != number[17]:
            return Read(faults=(CellFault("C107" if number.endswith("000") else "C202"),))
        if why := _impossible(_birth(number), clue.as_of):
            return Read(faults=(CellFault("C203", {"why": why}),))
        unknown = number[:2] not in PROVINCES and number[0] != "9"
        return Read(ResidentId(number), (CellFault("C204", {"province": number[:2]}),) if unknown else ())

    def likely(self, raw: Raw) -> bool:
        """Eighteen characters with a possible day in the middle, or fifteen digits."""
        if lost(raw):
            return True
        number = normal(bare(raw)) if raw is not None else ""
        return bool(re.fullmatch(r"[0-9]{6}(?:1[89]|20)[0-9]{9}[0-9X]|[0-9]{15}", number))


def _impossible(born: dt.date | None, as_of: dt.date) -> str:
    """Why nobody can have been born then, or ""; a day of judgement that is not known allows any day."""
    if born is None:
        return "没有这一天。"
    if as_of == dt.date.max:
        return f"年龄超过{_OLDEST}岁。" if born.year < 1880 else ""
    if born > as_of:
        return "出生日期晚于核对日期。"
    return f"年龄超过{_OLDEST}岁。" if as_of.year - born.year > _OLDEST else ""


def _shape(number: str) -> str:
    """What is wrong with the form of a number."""
    if "*" in number:
        return "号码被打了星号，请填写完整号码。"
    if re.search(r"[^0-9X]", number) and not re.fullmatch(r"[0-9]{17}[0-9X][1-7][1-4]B[1-9]", number):
        return "只能有数字和末位的X。"
    if re.fullmatch(r"[0-9]{17}[0-9X][1-7][1-4](?:B[1-9])?", number):
        return f"现为{len(number)}位，像是残疾人证号，应为18位身份证号。"
    if re.fullmatch(r"(?:[0-9]{17}[0-9X]){2}", number):
        return "填了两个号码，应只填一个。"
    if len(number) != 18:
        return f"应为18位，现为{len(number)}位。"
    return "X 只能在末位。"


def repairs(text: str, birth: Day | None = None, sex: str | None = None, most: int = 6) -> list[str]:
    """Where a number with a wrong check digit may be mistyped: 疑第N、N+1位颠倒, 疑第N位有误. Never a whole number.

    A place is told where one change there makes the number right in accord with the birth date and sex given: neighbours that
    change places first, then single digits. The area code, which a county's people share and nobody mistypes alone, counts
    only where its province is unknown. Nothing is told where more than `most` places fit: then any digit may be wrong.
    """
    number = normal(text)
    if not _EIGHTEEN.fullmatch(number) or check_digit(number[:17]) == number[17]:
        return []
    first = 6 if number[:2] in PROVINCES else 0
    lacks = (_CHECKS.index(number[17]) - sum(map(mul, map(int, number[:17]), _WEIGHTS))) % 11
    swaps = [i for i in range(first, 17) if (one := _swapped(number, i, lacks)) and _agrees(one, birth, sex)]
    places = [i for i in range(first, 18) if (one := _changed(number, i, lacks)) and _agrees(one, birth, sex)]
    told = [f"疑第{i + 1}、{i + 2}位颠倒" for i in swaps] + [f"疑第{i + 1}位有误" for i in places]
    return told if len(told) <= most else []


def _swapped(number: str, i: int, lacks: int) -> str:
    """The number with two neighbours changed about, where that makes its check digit right; else ""."""
    left, right = number[i], number[i + 1]
    one = number[:i] + right + left + number[i + 2 :]
    if i == 16:
        return one if right != "X" and check_digit(one[:17]) == left else ""
    more = (_WEIGHTS[i] - _WEIGHTS[i + 1]) * (int(right) - int(left)) % 11
    return one if more == lacks else ""


def _changed(number: str, i: int, lacks: int) -> str:
    """The number with the one other digit at a place that makes its check digit right; "" where none does.

    `lacks` is what the weighted sum of its digits wants, modulo 11, of what its check digit says; never 0.
    """
    if i == 17:
        return number[:17] + check_digit(number[:17])
    digit = (int(number[i]) + lacks * _INVERSES[i]) % 11
    return f"{number[:i]}{digit}{number[i + 1 :]}" if digit < 10 else ""


def _agrees(number: str, birth: Day | None, sex: str | None) -> bool:
    born = _birth(number)
    if born is None or number[:2] not in PROVINCES or not 1890 <= born.year <= 2100:
        return False
    if birth is not None and not birth.agrees(born):
        return False
    return sex not in ("男", "女") or ("男" if int(number[16]) % 2 else "女") == sex


_NO_CERTIFICATE = "0 否 未办 未办理 未办证 没有 没办 未持证 无证 未领证 未申请 未评定 待评定 待办 正在办理 办理中 申请中 不符合 已申请"


class CertificateType(CellType):
    """A certificate number of 20 characters, with B1–B9 after a reissue."""

    word = "残疾人证号"
    personal = "certificate"
    blanks = CellType.blanks | frozenset(_NO_CERTIFICATE.split())

    def plainly(self, raw: Raw, clue: Clue) -> Certificate | None:
        """Twenty characters without a fault."""
        if not isinstance(raw, str) or len(raw) != 20 or raw[18] not in CATEGORY_BY_DIGIT or raw[19] not in GRADE_BY_DIGIT:
            return None
        return Certificate(raw) if _sound(raw[:18]) else None

    def of_text(self, text: str, clue: Clue) -> Read:
        """The number; C207 where it is none, C107 where digits were lost."""
        if lost(text):
            return Read(faults=(CellFault("C107"),))
        number = normal(text)
        found = re.fullmatch(r"([0-9]{17}[0-9X])([0-9])([0-9])(B[1-9])?", number)
        if found is None:
            return Read(faults=(CellFault("C207", _no_certificate(number)),))
        if number[15:20] == "00000":
            return Read(faults=(CellFault("C107"),))
        if found[2] not in CATEGORY_BY_DIGIT:
            return Read(faults=(CellFault("C207", {"why": "第19位（残疾类别）应为1—7。"}),))
        if found[3] not in GRADE_BY_DIGIT:
            return Read(faults=(CellFault("C207", {"why": "第20位（残疾等级）应为1—4。"}),))
        if _birth(number) is None or check_digit(number[:17]) != number[17]:
            return Read(faults=(CellFault("C207", {"why": "前18位不是有效的身份证号。"}),))
        return Read(Certificate(number))

    def of_number(self, number: float, clue: Clue) -> Read:
        """A number of 20 digits has lost its end."""
        if number == 0:
            return BLANK
        return Read(faults=(CellFault("C107"),)) if abs(number) >= 1e15 else self.of_text(shown(number), clue)

    def of_day(self, value: dt.date, clue: Clue) -> Read:
        """A day is no number."""
        return Read(faults=(CellFault("C207", {"why": "这里是日期。"}),))

    def likely(self, raw: Raw) -> bool:
        """Twenty characters beginning like an ID, or such a number that lost its end."""
        if lost(raw):
            return True
        return bool(re.fullmatch(r"[0-9]{6}(?:1[89]|20)[0-9]{9}[0-9X][0-9]{2}(?:B[0-9])?", normal(bare(raw)) if raw is not None else ""))


def _no_certificate(number: str) -> dict[str, str]:
    """Why a text is no certificate number, quoting nothing of it; {} for the general sentence."""
    if "*" in number:
        return {"why": "证号被打了星号，请填写完整证号。"}
    if _EIGHTEEN.fullmatch(number):
        return {"why": "现为18位，缺末尾的残疾类别和等级2位。"}
    return {"why": f"应为20位，现为{len(number)}位。"} if re.fullmatch("[0-9XB]+", number) and len(number) not in (20, 22) else {}
