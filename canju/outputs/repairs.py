"""Safe repairs: spelling that means the same, put into its canonical form. Never a digit of a number, never an amount."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator
from typing import Any, NamedTuple

from canju.ledgers.base import Table
from canju.ledgers.kinds.choices import ChoiceType, ManyType, YesNoType
from canju.ledgers.kinds.days import DayType, VisitedType
from canju.ledgers.kinds.identity import CertificateType, IdType
from canju.ledgers.kinds.text import NameType, TextType
from canju.masking import Profile, show
from canju.model import Address, Personal
from canju.rules.engine import personal

SPELLED = (YesNoType, ChoiceType, ManyType, DayType, VisitedType, NameType)
NUMBERED = (IdType, CertificateType)


class Repair(NamedTuple):
    """One cell that is spelled anew: where, under which heading, before and after, and what kind of repair it is."""

    address: Address
    heading: str
    before: Any
    after: Any
    why: str


def repairs(tables: Iterable[Table]) -> Iterator[Repair]:
    """Every cell of these tables whose spelling can be mended without changing what it says."""
    for table in tables:
        shared = Counter(place.number for place in table.places.values())
        for name, place in table.places.items():
            if shared[place.number] > 1:  # one cell that two fields were read from says more than either
                continue
            column = table.ledger.columns.get(name)
            values = table.values.get(name)
            if column is None or values is None:
                continue
            for index, value in enumerate(values):
                raw = table.raw(index, name)
                if not isinstance(raw, str) or value is None:
                    continue
                after = mended(column.type, raw, value)
                if after is not None and after != raw:
                    before, shown = (personal(table.ledger, name, text) for text in (raw, after))
                    yield Repair(table.address(index, name), place.heading, before, shown, reason(raw, after))


def mended(kind: Any, raw: str, value: Any) -> str | None:
    """The canonical spelling of a cell, or None where none is safe."""
    if isinstance(kind, NUMBERED):
        return _same_digits(raw, value)
    if isinstance(kind, SPELLED):
        after = str(kind.show(value))
        remark = re.search(r"[（(【].+[）)】]\s*$", raw)
        return None if remark and not re.search(r"[（(]", after) else after  # what stood in brackets would be lost
    if type(kind) is TextType:
        return " ".join(raw.split(" ")).strip() if raw != raw.strip() else None
    return None


def _same_digits(raw: str, value: str) -> str | None:
    """White space, full-width digits and a small x; every digit stays. A number of another length is left alone."""
    folded = "".join(unicodedata.normalize("NFKC", raw).split()).upper()
    return str(value) if folded == value else None


def reason(before: str, after: str) -> str:
    """What kind of repair it is."""
    if "".join(before.split()) == "".join(after.split()):
        return "空格"
    folded = "".join(unicodedata.normalize("NFKC", before).split())
    if folded == "".join(after.split()):
        return "全角"
    if folded.upper() == "".join(after.split()):
        return "大小写"
    return "写法"


def line(repair: Repair, profile: Profile = "internal") -> str:
    """`file!sheet!C17 「出生年月」：1990.3 → 1990-03（写法）`."""
    before, after = (show(one, profile) if isinstance(one, Personal) else str(one) for one in (repair.before, repair.after))
    return f"{repair.address} 「{repair.heading}」：{before} → {after}（{repair.why}）"


def text_of(value: Any) -> str:
    """The bare text of a value that may be wrapped."""
    return value.text if isinstance(value, Personal) else str(value)
