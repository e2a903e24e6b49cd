"""R204: two rows of one name and birth date have two ID numbers, or one lacks it."""

from __future__ import annotations

from array import array
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Set
from itertools import chain
from typing import Any, NamedTuple

from canju.book import Book
from canju.ledgers.base import Table
from canju.ledgers.certified import Certified
from canju.ledgers.kinds import Day
from canju.ledgers.shared import Person
from canju.ledgers.uncertified import Uncertified
from canju.plans import Plan
from canju.rules.base import Case, Hit, rule, whereabouts

_KEYS = ("staffing", "commissioners", "uncertified", "certified", "delegates")
_ID, _OTHER = "522799199003074510", "522799199003074537"
_BORN = {"name": "张三", "birth_date": "1990-03-07"}


class _Known(NamedTuple):
    """What is known of a person: the ID number (None where blank) and the birth date, from the ID where there is one."""

    id_number: Any
    born: Day
    record: Person


@rule(
    "R204",
    "likely-same-person",
    severity="query",
    reads=tuple(f"{key}.name" for key in _KEYS),
    says="与{first}同名同出生日期，{how}，可能是同一人。",
    fix="请核实：是同一人的，合并为一行并改正身份证号；不是同一人的，请说明。",
    wrong="张三 1990-03-07 …4510；张三 1990-03-07 …4537",
    right="同一人只有一个身份证号",
    cases=[
        Case(
            rows={"uncertified": [{**_BORN, "id_number": _ID}, {**_BORN, "id_number": _OTHER}]},
            count=1,
            hit="id_number",
            says="身份证号不同",
        ),
        Case(rows={"uncertified": [{**_BORN, "id_number": _ID}, {**_BORN, "id_number": ""}]}, count=1, says="未填身份证号"),
        Case(rows={"uncertified": [{**_BORN, "id_number": ""}, {**_BORN, "id_number": ""}]}, count=1),
        Case(rows={"uncertified": [{**_BORN, "id_number": _ID}, {**_BORN, "id_number": _ID}]}, count=0),
        Case(rows={"uncertified": [{**_BORN, "id_number": _ID}, {**_BORN, "id_number": "52279919900307"}]}, count=0),
        Case(rows={"uncertified": [{**_BORN, "id_number": _ID}, {"name": "张三", "birth_date": "1990-03-08", "id_number": ""}]}, count=0),
        Case(rows={"uncertified": [{**_BORN, "id_number": _ID}, {**_BORN, "name": "李四", "id_number": _OTHER}]}, count=0),
        Case(rows={"uncertified": [{**_BORN, "id_number": ""}], "certified": [{"name": "张三", "id_number": _ID}]}, count=1),
        Case(rows={"staffing": [{"name": "张三", "id_number": _ID}], "commissioners": [{"name": "张三", "id_number": _OTHER}]}, count=1),
        Case(rows={"staffing": [{"name": "张三", "id_number": _ID}], "commissioners": [{**_BORN, "id_number": ""}]}, count=0),
        Case(rows={"uncertified": [{"name": "张三", "birth_date": "1990-03", "id_number": ""}, {**_BORN, "id_number": ""}]}, count=1),
        Case(rows={"uncertified": [{"name": "张三", "birth_date": "1990", "id_number": ""}, {**_BORN, "id_number": ""}]}, count=0),
    ],
)
def likely_same_person(book: Book, _: Plan) -> Iterator[Hit]:
    """Compared within one name and birth month only, so that the work grows with the rows and not with their pairs."""
    blocks: dict[tuple[str, int, int], list[_Known]] = defaultdict(list)
    marks = [(table, array("q", _marks(table))) for key in _KEYS for table in book.tables if table.ledger.key == key]
    counts = Counter(chain.from_iterable(hashes for _, hashes in marks))
    shared = {mark for mark, count in counts.items() if mark and count > 1}
    for table, hashes in marks:
        for one in _namesakes(table, hashes, shared):
            record = one.record
            block = blocks[record.name, one.born.year, one.born.month]
            if any(other.id_number == one.id_number and one.id_number is not None for other in block):
                continue
            first = next((other.record for other in block if _alike(other, one)), None)
            if first is None:
                block.append(one)
            else:
                how = "身份证号不同" if one.id_number is not None and first.value("id_number") is not None else "有一行未填身份证号"
                yield Hit(record, "id_number", {"first": whereabouts(first, record), "how": how}, related=(first,))


def _marks(table: Table) -> Iterator[int]:
    """Name and birth month of each row, as one number; 0 where they are not known."""
    nothing = [None] * len(table)
    columns = (table.values.get(name) or nothing for name in ("name", "id_number", "birth_date"))
    for name, number, born in zip(*columns, strict=True):
        if not name or (number is None and born is None):
            yield 0
        else:
            yield hash((name, number[6:12] if number is not None else f"{born.year:04}{born.month:02}"))


def _namesakes(table: Table, hashes: Iterable[int], shared: Set[int]) -> Iterator[_Known]:
    """A table's persons who share name and birth month with another row; the rare one who shares but their hash does no harm."""
    for index, mark in enumerate(hashes):
        if mark in shared and (one := _known(table.record(index))):
            yield one


def _known(record: Any) -> _Known | None:
    """None where name or birth month are not known, or the ID number can't be read: that cell has its own finding."""
    number = record.id_number
    if not record.name or (number is None and record.index in record.table.unread.get("id_number", ())):
        return None
    born = record.value("birth_date") if number is None else Day(number.birth.year, number.birth.month, number.birth.day)
    return _Known(number, born, record) if born is not None and born.month else None


def _alike(one: _Known, other: _Known) -> bool:
    """Two ID numbers of one birth date anywhere; where one is missing, rows of one ledger, or of the certified and the uncertified."""
    if one.id_number is not None and other.id_number is not None:
        return one.born == other.born
    kinds = {type(one.record), type(other.record)}
    if len(kinds) > 1 and kinds != {Certified, Uncertified}:
        return False
    if one.born.day and other.born.day:
        return one.born == other.born
    return one.record.sender == other.record.sender
