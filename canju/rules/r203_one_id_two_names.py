"""R203: one ID number goes with two names."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator
from typing import Any

from canju.book import Book
from canju.ledgers import ledgers
from canju.ledgers.shared import Person
from canju.model import Personal
from canju.plans import Plan
from canju.rules.base import Case, Hit, rule, whereabouts

_KEYS = ("staffing", "commissioners", "uncertified", "certified", "delegates")
_ID, _OTHER = "522799199003074510", "522799199003074529"


@rule(
    "R203",
    "one-id-two-names",
    severity="error",
    reads=tuple(f"{key}.{field}" for key in _KEYS for field in ("id_number", "name")),
    says="同一身份证号，本行姓名“{name}”与{first}（{ledger}）的“{other}”{part}。",
    fix="请与身份证核对姓名和号码，改正有误的一处。",
    wrong="同一身份证号，一处写 张珊，一处写 张姗",
    right="各处都与身份证一致",
    cases=[
        Case(
            rows={"staffing": [{"id_number": _ID, "name": "张珊"}], "commissioners": [{"id_number": _ID, "name": "张姗"}]},
            count=1,
            hit="name",
        ),
        Case(
            rows={
                "staffing": [{"id_number": _ID, "name": "张姗"}],
                "commissioners": [{"id_number": _ID, "name": "张珊"}],
                "certified": [{"id_number": _ID, "name": "张珊"}],
            },
            count=1,
            says="的“张珊”第2字不同",
        ),
        Case(rows={"staffing": [{"id_number": _ID, "name": "张 珊"}], "commissioners": [{"id_number": _ID, "name": "张珊"}]}, count=0),
        Case(rows={"staffing": [{"id_number": _ID, "name": "张珊"}], "commissioners": [{"id_number": _OTHER, "name": "张姗"}]}, count=0),
        Case(rows={"staffing": [{"id_number": _ID, "name": ""}], "commissioners": [{"id_number": _ID, "name": "张姗"}]}, count=0),
    ],
)
def one_id_two_names(book: Book, _: Plan) -> Iterator[Hit]:
    """The name most rows give is taken for right (the first one, where two are even), and every row with another is told."""
    found: dict[str, list[Any]] = defaultdict(list)
    for record in (record for ledger in ledgers().values() for record in book.sharing(ledger)):
        found[record.value("id_number")].append(record)
    for number in sorted(found):
        named = [record for record in found[number] if record.name]
        if len({record.name for record in named}) < 2:
            continue
        folded = [_fold(record.name) for record in named]
        usual = Counter(folded).most_common(1)[0][0]
        right = named[folded.index(usual)]
        for record, name in zip(named, folded, strict=True):
            if name != usual:
                yield _hit(record, right)


def _hit(record: Person, right: Person) -> Hit:
    other = Personal("name", right.name)
    values = {
        "first": whereabouts(right, record),
        "ledger": ledgers()[right.key].title,
        "other": other,
        "part": _part(record.name, right.name),
    }
    return Hit(record, "name", values, related=(right,))


def _fold(name: str) -> str:
    """A name without dots and white space."""
    return re.sub(r"[\s·.]", "", name)


def _part(name: str, other: str) -> str:
    """Where two names differ: masked, both may look the same."""
    if len(name) != len(other):
        return "字数不同"
    places = [str(i) for i, (one, two) in enumerate(zip(name, other, strict=True), start=1) if one != two]
    return f"第{'、'.join(places)}字不同"
