"""Where rows disagree: one person in two towns, one ID with two names, one person with other details, a correction."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from itertools import combinations

from canju.ledgers.shared import Person
from canju.ledgers.uncertified import Uncertified
from canju.merging.merged import BOTH, DISPUTED, Conflict, Row, Submission
from canju.merging.rounds import Pair
from canju.rules.engine import fingerprint, identity

TWO_TOWNS, TWO_NAMES, DETAILS, REPEATED, CORRECTED = "同一人在两镇", "一证两名", "同一人信息不一", "重复行内容不同", "后报更正先报"
LASTING = ("sex", "ethnicity", "birth_date", "certificate", "category", "grade")
"""What of a person no two ledgers may state differently."""
MOST = 50_000
"""Conflicts listed at most; the book says so where there are more."""


def between(kind: str, a: Row, b: Row, field: str, taken: str, why: str, whole: bool) -> Conflict:
    """A conflict with its number: the same whatever the files are called and in whatever order they come."""
    texts = (_text(a, field), _text(b, field))
    sides = [_side(row, text) for row, text in zip((a, b), texts, strict=True)]
    mark = fingerprint(kind, field, *sorted(sides))
    return Conflict(kind, f"{mark}-{1 if sides[0] <= sides[1] else 2}", a, b, field, texts, taken, why, whole)


def _side(row: Row, text: str) -> str:
    record = row.record
    return fingerprint(record.key, record.sender, identity(record), text)


def _text(row: Row, field: str) -> str:
    record = row.record
    return (record.sender or "县残联") if field == "town" else record.shown(field)


def of_persons(submissions: Sequence[Submission]) -> Iterable[Conflict]:
    """What the rows that stand say differently of one ID number."""
    again = _repeated(submissions)
    found: dict[str, list[Row]] = defaultdict(list)
    for submission in submissions if again else ():
        numbers = _numbers(submission)
        for index in submission.standing if numbers else ():
            if (number := numbers[index]) is not None and number in again:
                found[number].append(Row(submission, index))
    for rows in found.values():
        yield from _of_one(rows)


def _numbers(submission: Submission) -> list[str | None]:
    return submission.table.values.get("id_number", []) if issubclass(submission.table.ledger, Person) else []


def _repeated(submissions: Sequence[Submission]) -> set[str | None]:
    """ID numbers that stand in more than one row."""
    seen: set[str | None] = set()
    again: set[str | None] = set()
    for submission in submissions:
        numbers = _numbers(submission)
        for index in submission.standing if numbers else ():
            (again if numbers[index] in seen else seen).add(numbers[index])
    return again - {None}


def _of_one(rows: Sequence[Row]) -> Iterable[Conflict]:
    for a, b in combinations(rows[:12], 2):
        one, other = a.record, b.record
        if one.key == other.key and one.sender != other.sender:
            yield between(TWO_TOWNS, a, b, "town", BOTH, "两镇都报了此人，不能自行判断，请核实后填写处理意见。", True)
    first = rows[0]
    for row in rows[1:12]:
        if _differ(first, row, "name"):
            yield between(TWO_NAMES, first, row, "name", BOTH, "同一身份证号姓名不同，各按原样保留，请核对身份证。", False)
        for field in LASTING:
            if _comparable(first, row, field) and _differ(first, row, field):
                yield between(DETAILS, first, row, field, BOTH, "两处说法不一，各按原样保留，请核实。", False)


def _comparable(a: Row, b: Row, field: str) -> bool:
    """A suspected category or grade is no statement about a certificate's."""
    suspected = field in ("category", "grade") and Uncertified in (a.submission.table.ledger, b.submission.table.ledger)
    return not suspected or a.submission.table.ledger is b.submission.table.ledger


def _differ(a: Row, b: Row, field: str) -> bool:
    one, other = a.record.value(field), b.record.value(field)
    if one is None or other is None or one == other:
        return False
    texts = sorted((a.record.shown(field), b.record.shown(field)), key=len)
    return not texts[1].startswith(texts[0]) if field == "birth_date" else texts[0] != texts[1]


def of_pairs(kind: str, pairs: Iterable[Pair], taken: str, why: str) -> Iterable[Conflict]:
    """The fields in which two rows of the same person differ, for pairs of which one row was set aside."""
    for a, b in pairs:
        for field in a.record.columns:
            if field != "serial" and _text(a, field) != _text(b, field):
                yield between(kind, a, b, field, taken, why, True)


def mark_disputed(conflicts: Iterable[Conflict]) -> None:
    """Rows of an undecided conflict are 冲突 where they are taken."""
    for conflict in conflicts:
        if not conflict.choice and conflict.taken == BOTH:
            for row in (conflict.a, conflict.b):
                if row.position not in row.submission.left:
                    row.submission.states[row.position] = DISPUTED
