"""R207: somebody in the ledger of the uncertified stands in the certified roster."""

from __future__ import annotations

from collections.abc import Iterator

from canju.book import Book
from canju.ledgers.certified import Certified, standing
from canju.ledgers.uncertified import Uncertified
from canju.plans import Plan
from canju.rules.base import Case, Hit, rule, whereabouts

_ID, _CERTIFICATE = "522799199003074510", "52279919900307451042"


@rule(
    "R207",
    "uncertified-but-certified",
    severity="error",
    reads=("uncertified.id_number",),
    requires=("uncertified", "certified"),
    says="此人已在持证名册中（{first}），不应再列入未持证台账。",
    fix="请核对身份证号；确已办证的，从本台账移出。",
    wrong="未持证台账中的身份证号，持证名册中也有",
    right="已办证的人只在持证名册中",
    how='可用 =COUNTIF(持证名册的身份证号列,本行身份证号&"*") 核对，结果不为 0 的就是已办证的人。',
    cases=[
        Case(rows={"uncertified": [{"id_number": _ID}], "certified": [{"id_number": _ID}]}, count=1, hit="id_number"),
        Case(rows={"uncertified": [{"id_number": _ID}], "certified": [{"certificate": _CERTIFICATE}]}, count=1),
        Case(rows={"uncertified": [{"id_number": _ID}], "certified": [{"id_number": "522799199003074529"}]}, count=0),
        Case(rows={"uncertified": [{"id_number": _ID}], "certified": [{"id_number": _ID, "status": "注销"}]}, count=0),
        Case(rows={"uncertified": [{"id_number": _ID, "@town": "甲镇"}], "certified": [{"id_number": _ID, "@town": "乙镇"}]}, count=1),
        Case(rows={"uncertified": [{"id_number": ""}], "certified": [{"id_number": _ID}]}, count=0),
    ],
)
def uncertified_but_certified(book: Book, _: Plan) -> Iterator[Hit]:
    """Sought by ID number in the rosters of all towns, and only among certificates that stand."""
    holders = standing(book.records(Certified))
    for record in book.records(Uncertified) if holders else ():
        first = holders.get(record.id_number) if record.id_number is not None else None
        if first is not None and first.valid:
            yield Hit(record, "id_number", {"first": whereabouts(first, record)}, related=(first,))
