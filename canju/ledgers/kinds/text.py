"""Free text, names of people, towns, villages and terms."""

from __future__ import annotations

import re
import unicodedata

from canju.ledgers.base import BLANK, CellFault, Clue, Read
from canju.ledgers.kinds.cell import BLANK_WORDS, CJK, FOLDED, HAN, LONGEST, SAYS_NOTHING, CellType, fold, shown, split_remark, squeezed
from canju.ledgers.kinds.numerals import chinese_number, in_chinese
from canju.model import Raw
from canju.patterns import pattern

_BETWEEN_CJK = pattern(rf"(?<=[{CJK}])\s+(?=[{CJK}])")
_AROUND = " *#※:,、;`'\"·=+"
_DOTS = pattern(r"[·•‧∙⋅・･·●▪˙]")
_NAME = pattern(rf"[{CJK}]{{2,4}}|[{CJK}]+(?:·[{CJK}]+)+")
_PLAIN_NAME = pattern(rf"[{HAN}]{{2,8}}")
_POINT = pattern(rf"(?<=[{CJK}])\s*[.．。]\s*(?=[{CJK}])")


def overlong(text: str) -> tuple[CellFault, ...]:
    """C114 where a free text is over 500 characters."""
    return (CellFault("C114", {"length": len(text)}),) if len(text) > LONGEST else ()


class TextType(CellType):
    """Free text, kept as typed but for outer and doubled white space; C114 over 500 characters."""

    word = "文字"
    blanks = BLANK_WORDS

    def plainly(self, raw: Raw, clue: Clue) -> str | None:
        """A text of Chinese characters and digits, as it is."""
        return raw if isinstance(raw, str) and raw not in SAYS_NOTHING and FOLDED.fullmatch(raw) else None

    def of_text(self, text: str, clue: Clue) -> Read:
        """The text; line breaks stand."""
        value = re.sub(r"[ \t]*\n[ \t\n]*", "\n", re.sub(r"[ \t]{2,}", " ", text))
        return Read(value, overlong(value))

    def of_number(self, number: float, clue: Clue) -> Read:
        """The number as shown, a percentage with its sign."""
        if "%" in clue.format and abs(number) < 1e6:
            return Read(f"{number * 100:.10g}%")
        return Read(shown(number))

    def likely(self, raw: Raw) -> bool:
        """Whether it holds words rather than a number or a day."""
        return isinstance(raw, str) and not self.read(raw).blank and bool(re.search(rf"[{CJK}A-Za-z]", raw))


class NameType(CellType):
    """A person's name: spaces between Chinese characters dropped, dots folded, （已故） moved to the remarks."""

    word = "姓名"
    personal = "name"

    def plainly(self, raw: Raw, clue: Clue) -> str | None:
        """A name of Chinese characters, as it is."""
        return raw if isinstance(raw, str) and raw not in SAYS_NOTHING and _PLAIN_NAME.fullmatch(raw) else None

    def of_text(self, text: str, clue: Clue) -> Read:
        """The name; what stood in brackets goes to the remarks."""
        name, remark = split_remark(unicodedata.normalize("NFKC", text.replace("\n", " ")).strip(_AROUND))
        if not name.isalpha():
            name = _POINT.sub("·", _DOTS.sub("·", name))
            name = re.sub(r"\s*·\s*", "·", _BETWEEN_CJK.sub("", name))
            name = re.sub(r"\s+", " ", name).strip(_AROUND)
        return Read(name, overlong(name), remark=remark) if name else BLANK

    def likely(self, raw: Raw) -> bool:
        """Two to four Chinese characters, or more with a dot."""
        name = self.plainly(raw, Clue()) or self.read(raw).value if isinstance(raw, str) else None
        if name is None or name.isascii() or (len(name) > 4 and "·" not in name):
            return False
        return bool(_PLAIN_NAME.fullmatch(name) or _NAME.fullmatch(name))  # the rarer characters last: their pattern takes long to make


class TownType(CellType):
    """A town or street office by its bare name."""

    word = "镇（街道）"
    _tail = re.compile(r"(?<=[镇乡道])(?:人民政府|办事处|残疾人联合会|残联|政府)$")

    def of_text(self, text: str, clue: Clue) -> Read:
        """The name without white space, stamp note and 人民政府, 办事处 or 残联."""
        name = re.sub(r"[（(]\s*(?:盖\s*章|公\s*章|章)\s*[）)]", "", "".join(text.split()))
        return Read(self._tail.sub("", name), overlong(name))

    def likely(self, raw: Raw) -> bool:
        """Ends like a town's name."""
        return isinstance(raw, str) and bool(re.fullmatch(rf"[{CJK}]{{1,10}}(?:镇|乡|街道|办事处|苏木|管委会)", squeezed(raw)))


class VillageType(TownType):
    """A village or community by its bare name."""

    word = "村（社区）"
    _tail = re.compile(r"(?<=村)(?:村民委员会|民委员会|村委会|委会)$|(?<=社区)(?:居民委员会|居委会)$")

    def likely(self, raw: Raw) -> bool:
        """Ends like a village's name."""
        return isinstance(raw, str) and bool(re.fullmatch(rf"[{CJK}]{{1,12}}(?:村|社区|居委会|村委会|嘎查|农场)", squeezed(raw)))


class TermType(CellType):
    """A term of a congress: 第七届."""

    word = "届次"

    def of_text(self, text: str, clue: Clue) -> Read:
        """第七届 for 七, 7, 七届 and 第7届; anything else as typed."""
        found = re.fullmatch(r"第?([0-9]{1,2}|[一二三四五六七八九十]{1,3})[届次]?(?:代表大会|残代会)?", fold(text))
        number = chinese_number(found[1]) if found else None
        value = f"第{in_chinese(number)}届" if number else "".join(text.split())
        return Read(value, overlong(value))
