"""Rows that stand twice: the same person or place again in one ledger of one town goes to 未采用, the first stands (R201)."""

from __future__ import annotations

from collections.abc import Sequence

from canju.merging.merged import DOUBLE, DOUBTFUL, Left, Row, Submission
from canju.merging.rounds import Pair, identity


def set_doubles_aside(submissions: Sequence[Submission]) -> list[Pair]:
    """Leave out each later row of the same identity. Returns the pairs (row that stands, double)."""
    again = _repeated(submissions)
    first: dict[object, Row] = {}
    pairs: list[Pair] = []
    for submission in submissions if again else ():
        for index in list(submission.standing):
            mark = _mark(submission, index)
            if mark is None or hash(mark) not in again:
                continue
            row = Row(submission, index)
            held = first.setdefault(mark, row)
            if held is not row:
                word = "人" if "name" in submission.table.ledger.columns else "项"
                why = f"与{held.record.address()}是同一{word}，只采用先出现的一行（R201）。"
                submission.left[index] = Left(DOUBLE, why)
                pairs.append((held, row))
    return pairs


def _repeated(submissions: Sequence[Submission]) -> set[int]:
    """Hashes of identities that occur more than once: all others need no further look, and no memory."""
    seen: set[int] = set()
    again: set[int] = set()
    for submission in submissions:
        for index in submission.standing:
            if (mark := _mark(submission, index)) is not None:
                (again if (key := hash(mark)) in seen else seen).add(key)
    return again


def _mark(submission: Submission, index: int) -> tuple[object, ...] | None:
    """Ledger, town and identity of a row; None for one that nothing identifies."""
    record = submission.table.records[index]
    if identity(record) is None:
        return None
    return (record.key, record.sender, *(record.value(name) for name in record.identity))


def mark_doubtful(submissions: Sequence[Submission]) -> None:
    """Rows with a cell that could not be read are taken as sent, as 待核."""
    for submission in submissions:
        for indexes in submission.table.unread.values():
            for index in indexes:
                if index not in submission.left:
                    submission.states.setdefault(index, DOUBTFUL)
