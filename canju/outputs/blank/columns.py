"""What a template asks for: the columns of a ledger that a town fills in, what each wants in words, and an example."""

from __future__ import annotations

from canju.ledgers.base import Column, Ledger
from canju.ledgers.commissioners import ASSESSED
from canju.ledgers.kinds.choices import ChoiceType, ManyType, YesNoType
from canju.ledgers.kinds.contacts import AccountType, PhoneType
from canju.ledgers.kinds.days import DayType, VisitedType, YearType
from canju.ledgers.kinds.identity import CertificateType, IdType
from canju.ledgers.kinds.numbers import MoneyType, SerialType, WholeType
from canju.ledgers.kinds.posts import PostType
from canju.ledgers.kinds.text import NameType, TownType, VillageType

_NOT_ASKED = {
    ("uncertified", "certificate"): "who holds one does not belong here",
    ("organizations", "rule_surveys"): "asked once, as 规章制度",
    ("organizations", "rule_visits"): "likewise",
    ("organizations", "rule_volunteers"): "likewise",
    ("organizations", "rule_petitions"): "likewise",
    ("organizations", "rule_advice"): "likewise",
    ("organizations", "rule_archives"): "likewise",
}
_TOLD_BY_OTHERS = frozenset({"age"})
"""Asked in no ledger: the birth date tells it, and it is wrong a year later."""

OF_A_YEAR = ASSESSED | {"paid_months", "paid_total", "activities"}
"""Columns that speak of one year only: what they held last year is no start for the next."""


_WHOSE = frozenset({"serial", "level", "town", "village", "name", "sex", "id_number", "kind", "hired", "left"})
"""What tells on the 考核表 who is assessed and of which months."""


def asked(ledger: type[Ledger], assessment: bool = False) -> dict[str, Column]:
    """The columns of a ledger's template, by field, in official order; on the 考核表 those it is about stand together, the rest behind them."""
    found = {
        name: column for name, column in ledger.columns.items() if name not in _TOLD_BY_OTHERS and (ledger.key, name) not in _NOT_ASKED
    }
    return dict(sorted(found.items(), key=lambda one: one[0] not in _WHOSE | ASSESSED)) if assessment else found


def must(column: Column) -> bool:
    """Whether the town must fill the column in; what canju tells by itself from the rest may stay blank."""
    return column.required and (not column.derived or column.unless is not None)


def words_of(column: Column) -> tuple[str, ...]:
    """The vocabulary a column's cells are chosen from; empty for any other kind."""
    return tuple(getattr(column.type, "words", ())) if isinstance(column.type, ChoiceType | ManyType | YesNoType) else ()


def is_many(column: Column) -> bool:
    """Whether a cell may hold several words of the vocabulary."""
    return isinstance(column.type, ManyType)


def is_number(column: Column) -> bool:
    """Whether the column holds counts or amounts; all others are kept as text, so that no digit is lost and no date is turned."""
    return isinstance(column.type, WholeType | MoneyType) and not isinstance(column.type, SerialType)


def hint(column: Column) -> str:
    """What to write into a cell of this column, in a few words."""
    kind = column.type
    if words := words_of(column):
        some = "、".join(words[:12]) + ("等（见下拉列表）" if len(words) > 12 else "")
        return f"可填多项，用“、”隔开：{some}" if is_many(column) else f"从下拉列表中选：{some}"
    for types, text in _HINTS:
        if isinstance(kind, types):
            return text
    return "照实填写文字"


_HINTS: tuple[tuple[tuple[type, ...], str], ...] = (
    ((SerialType,), "从1起顺序编号，可不填"),
    ((IdType,), "18位身份证号，末位X大写"),
    ((CertificateType,), "残疾人证上的20位证号（换领的后面另有B1等）"),
    ((PhoneType,), "11位手机号，或带区号的固定电话；多个用“、”隔开"),
    ((AccountType,), "完整的银行账号，只写数字"),
    ((YearType,), "四位年份"),
    ((DayType,), "年-月-日；只知道月份的写某年某月"),
    ((VisitedType,), "走访日期，或“是”“否”"),
    ((MoneyType,), "金额，只写数字"),
    ((WholeType,), "整数，只写数字"),
    ((VillageType,), "从下拉列表中选本镇（街道）的村（社区）；镇级的不填"),
    ((TownType,), "本镇（街道）全称，可不填"),
    ((NameType,), "姓名，中间不加空格"),
    ((PostType,), "职务名称，多个用“、”隔开"),
)

_EXAMPLES = {
    "serial": "例",
    "name": "王小明",
    "id_number": "522799198001010017",
    "certificate": "52279919800101001741",
    "sex": "男",
    "birth_date": "1980-01-01",
    "post": "主席",
    "committee_post": "村委会主任",
    "phone": "13900000000",
    "category": "肢体",
    "grade": "一级",
    "persons": "12",
    "certified": "8",
    "uncertified": "4",
    "term": "第七届",
    "performance": "95",
    "place": "一组",
    "liaison": "王小明",
    "text": "写清做了什么、效果怎样，或有什么困难、什么建议。",
    "ethnicity": "汉族",
}


def example(name: str, column: Column, town: str, village: str, year: int) -> str:
    """A cell of the example row; the reader sets the row aside for the 例 in its first cell."""
    own = {"town": town, "village": village, "organization": f"{village or town}残协", "assessed_year": str(year)} | _EXAMPLES
    if name in own:
        return own[name]
    if isinstance(column.type, DayType):
        return f"{year - 1}-03-01" if column.required or name == "started" else ""
    words = words_of(column)
    village_end = name in ("level", "funding")  # the example is of a village, which the county pays
    return (words[-1] if village_end else words[0]) if words else ""
