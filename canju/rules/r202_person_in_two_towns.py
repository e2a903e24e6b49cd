"""R202: one person stands in the same ledger of two towns."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from canju.book import Book
from canju.ledgers.certified import Certified
from canju.ledgers.commissioners import Commissioner
from canju.ledgers.shared import Person
from canju.ledgers.staffing import Staffing
from canju.ledgers.uncertified import Uncertified
from canju.plans import Plan
from canju.rules.base import Case, Hit, rule, whereabouts

LEDGERS: tuple[type[Any], ...] = (Staffing, Commissioner, Uncertified, Certified)
_ID = "522799199003074510"


@rule(
    "R202",
    "person-in-two-towns",
    severity="error",
    reads=tuple(f"{ledger.key}.id_number" for ledger in LEDGERS),
    says="身份证号与{other}报送的{first}相同，同一人在两个镇（街道）登记。",
    fix="请两个镇（街道）核实本人由哪一方登记，另一方删去该行；不是同一人的改正身份证号。",
    wrong="同一身份证号既在甲镇台账，又在乙镇台账",
    right="只在一个镇（街道）的台账中",
    cases=[
        Case(
            rows={"uncertified": [{"id_number": _ID, "@town": "甲镇"}, {"id_number": _ID, "@town": "乙镇"}]},
            count=1,
            hit="id_number",
            says="甲镇",
        ),
        Case(rows={"uncertified": [{"id_number": _ID, "@town": "甲镇"}, {"id_number": _ID, "@town": "甲镇"}]}, count=0),
        Case(rows={"uncertified": [{"id_number": _ID, "@town": "甲镇"}], "staffing": [{"id_number": _ID, "@town": "乙镇"}]}, count=0),
        Case(rows={"staffing": [{"id_number": _ID, "@town": None}, {"id_number": _ID, "@town": "甲镇"}]}, count=0),
        Case(rows={"commissioners": [{"id_number": _ID, "left": "2019-06-30"}, {"id_number": _ID, "@town": "乙镇"}]}, count=0),
        Case(rows={"certified": [{"id_number": _ID, "status": "迁出"}, {"id_number": _ID, "@town": "乙镇", "status": "正常"}]}, count=0),
    ],
)
def person_in_two_towns(book: Book, _: Plan) -> Iterator[Hit]:
    """Said once a further town. The county's own rows belong to no town: a seconded director stands there and at home."""
    for ledger in LEDGERS:
        found: dict[Any, dict[str, Person]] = {}
        for record in book.sharing(ledger):
            if record.sender is None or _gone(book, record):
                continue
            towns = found.setdefault(record.id_number, {})
            if record.sender in towns:
                continue
            if towns:
                town, first = next(iter(towns.items()))
                yield Hit(record, "id_number", {"other": town, "first": whereabouts(first, record)}, related=(first,))
            towns[record.sender] = record


def _gone(book: Book, record: Any) -> bool:
    """Whether the row itself says that the person is there no more."""
    return not book.active(record) if isinstance(record, Commissioner) else isinstance(record, Certified) and not record.valid
