"""R206: somebody is commissioner in one of two ledgers only."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from canju.book import Book
from canju.ledgers.commissioners import Commissioner
from canju.ledgers.staffing import Staffing
from canju.plans import Plan
from canju.rules.base import Case, Hit, rule

POST = "专职委员"
_A = {"id_number": "522799199003074510", "name": "张三"}
_B = {"id_number": "522799199003074529", "name": "李四"}


@rule(
    "R206",
    "commissioner-lists-differ",
    severity="query",
    reads=("staffing.name", "commissioners.name"),
    requires=("staffing", "commissioners"),
    says="{name}在{here}中是专职委员，{there}中没有此人。",
    fix="请核对组织人员配备台账和专职委员台账：在岗的两本都要列，补上漏登的；已离岗的，前一本删去，后一本填解聘时间；或说明情况。",
    wrong="组织人员配备台账有专职委员张三，专职委员台账没有",
    right="两本台账的专职委员一致",
    how='可用 =COUNTIF(另一本台账的身份证号列,本行身份证号&"*") 核对，结果为 0 的就是对不上的人。',
    cases=[
        Case(
            rows={"staffing": [{**_A, "post": POST}, {**_B, "post": POST}], "commissioners": [_A]},
            count=1,
            hit="name",
            says="组织人员配备台账中是",
        ),
        Case(rows={"staffing": [{**_A, "post": POST}], "commissioners": [_A, _B]}, count=1, says="组织人员配备台账中没有"),
        Case(rows={"staffing": [{**_A, "post": POST}], "commissioners": [_A, {**_B, "left": "2019-06"}]}, count=0),
        Case(rows={"staffing": [{**_A, "post": POST}], "commissioners": [{**_A, "left": "2019-06"}]}, count=0),
        Case(rows={"staffing": [{**_A, "post": POST}], "commissioners": [_A, {**_B, "kind": "兼职"}]}, count=0),
        Case(rows={"staffing": [{**_A, "post": "主席兼专职委员"}], "commissioners": [_A]}, count=0),
        Case(rows={"staffing": [{**_A, "post": POST}], "commissioners": [{**_A, "id_number": "52279919900307"}]}, count=0),
        Case(rows={"staffing": [{**_A, "post": "委员"}]}, count=0, unchecked=True),
    ],
)
def commissioner_lists_differ(book: Book, _: Plan) -> Iterator[Hit]:
    """Compared town by town where both ledgers came. Who left is asked of neither; a name stands in where an ID number can't be read."""
    for town in (None, *(one.name for one in book.towns)):
        if not (book.came(Staffing, town) and book.came(Commissioner, town)):
            continue
        staff, rows = book.records(Staffing, town), book.records(Commissioner, town)
        posted = [one for one in staff if POST in (one.post or ())]
        active = [one for one in rows if book.active(one) and one.kind in (None, "专职")]
        yield from _missing(posted, rows)
        yield from _missing(active, posted if all(one.post is not None for one in staff) else staff)


def _missing(records: Iterable[Any], others: Iterable[Any]) -> Iterator[Hit]:
    """Records whose person is not among the others, neither by ID number nor by name."""
    known: set[Any] = {value for other in others for value in (other.id_number, other.name) if value is not None}
    titles = {Staffing: Commissioner.title, Commissioner: Staffing.title}
    for record in records:
        if record.name is not None and record.name not in known and record.id_number not in known:
            yield Hit(record, "name", {"here": record.title, "there": titles[type(record)]})
