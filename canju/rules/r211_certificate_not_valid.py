"""R211: somebody in post, paid or to be visited has, by the certified roster, died, moved away or lost the certificate."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from canju.book import Book
from canju.ledgers.certified import Certified, standing
from canju.ledgers.commissioners import Commissioner
from canju.ledgers.staffing import Staffing
from canju.ledgers.uncertified import Uncertified
from canju.plans import Plan
from canju.rules.base import Case, Hit, rule, whereabouts

LEDGERS: tuple[type[Any], ...] = (Staffing, Commissioner, Uncertified)
_ID, _CERTIFICATE = "522799199003074510", "52279919900307451042"
_DEAD = {"id_number": _ID, "status": "死亡"}


@rule(
    "R211",
    "certificate-not-valid",
    severity="error",
    reads=tuple(f"{ledger.key}.id_number" for ledger in LEDGERS),
    requires=("certified",),
    says="持证名册（{first}）中此人的证件状态为“{status}”，本台账仍列为{what}。",
    fix="请核实本人现况：属实的，填写离岗时间或移出本台账；不属实的，请联系县残联更正名册。",
    wrong="持证名册 证件状态 死亡；专职委员台账 在岗",
    right="专职委员台账 填解聘时间",
    cases=[
        Case(rows={"staffing": [{"id_number": _ID}], "certified": [_DEAD]}, count=1, hit="id_number", says="死亡"),
        Case(rows={"commissioners": [{"id_number": _ID}], "certified": [{**_DEAD, "status": "注销"}]}, count=1),
        Case(rows={"uncertified": [{"id_number": _ID}], "certified": [{**_DEAD, "status": "迁出"}]}, count=1),
        Case(rows={"commissioners": [{"id_number": _ID, "left": "2019-06-30"}], "certified": [_DEAD]}, count=0),
        Case(rows={"commissioners": [{"id_number": _ID, "left": "2019-06-30", "paid_months": "3"}], "certified": [_DEAD]}, count=0),
        Case(rows={"staffing": [{"id_number": _ID}], "certified": [{"id_number": _ID, "status": "正常"}]}, count=0),
        Case(rows={"staffing": [{"id_number": _ID}], "certified": [{"id_number": _ID, "status": "冻结"}]}, count=0),
        Case(
            rows={"staffing": [{"id_number": _ID}], "certified": [{**_DEAD, "status": "注销"}, {"id_number": _ID, "status": "正常"}]},
            count=0,
        ),
        Case(rows={"staffing": [{"id_number": _ID}], "certified": [{"certificate": _CERTIFICATE, "status": "死亡"}]}, count=1),
        Case(rows={"staffing": [{"id_number": _ID}]}, count=0, unchecked=True),
    ],
)
def certificate_not_valid(book: Book, _: Plan) -> Iterator[Hit]:
    """A certificate reissued stands again. Who left the post already is let be: months served before are due."""
    holders = standing(book.records(Certified))
    for ledger in LEDGERS:
        for record in book.records(ledger) if holders else ():
            first = holders.get(record.id_number) if record.id_number is not None else None
            if first is None or first.valid or (ledger is Commissioner and not book.active(record)):
                continue
            what = "走访服务对象" if ledger is Uncertified else "在岗"
            yield Hit(record, "id_number", {"first": whereabouts(first, record), "status": first.status, "what": what}, related=(first,))
