"""Rows that stand twice: the later one goes to 未采用, the first stands. What is a double of whom is for rule R201 to say."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from typing import Any

from canju.book import Book, L
from canju.ledgers.base import Ledger
from canju.ledgers.shared import Person
from canju.merging.merged import DOUBLE, DOUBTFUL, Left, Row, Submission
from canju.merging.rounds import Pair
from canju.rules.base import catalogue
from canju.workspace import Workspace


def set_doubles_aside(submissions: Sequence[Submission], workspace: Workspace, as_of: dt.date) -> list[Pair]:
    """Leave out each later row of a person (R201), and of anything else each row that says the same as an earlier one.

    Returns the pairs (row that stands, double).
    """
    by_table = {id(one.table): one for one in submissions}
    pairs = []
    for first, again in (*_persons(submissions, workspace, as_of), *_repeated(submissions)):
        held, row = (Row(by_table[id(one.table)], one.index) for one in (first, again))
        word = "人" if "name" in row.submission.table.ledger.columns else "项"
        where = first.table.address(first.index)
        row.submission.left[row.position] = Left(DOUBLE, f"与{where}是同一{word}，只采用先出现的一行（R201）。")
        pairs.append((held, row))
    return pairs


def _persons(submissions: Sequence[Submission], workspace: Workspace, as_of: dt.date) -> Iterator[tuple[Any, Any]]:
    """What R201 finds among the rows that stand."""
    persons = [one for one in submissions if issubclass(one.table.ledger, Person)]
    judge = catalogue()["R201"].function
    for hit in judge(_Standing(persons, workspace, as_of), None) if judge else ():
        if hit.related:
            yield hit.related[0], hit.record


class _Standing(Book):
    """The persons of some submissions without the rows that were left out before."""

    def __init__(self, submissions: Sequence[Submission], workspace: Workspace, as_of: dt.date) -> None:
        super().__init__([one.table for one in submissions], workspace, as_of)
        self.left = {id(one.table): frozenset(one.left) for one in submissions}

    def sharing(self, ledger: type[L]) -> list[L]:
        """Those of them whose ID number stands in another row too."""
        return [record for record in super().sharing(ledger) if record.index not in self.left[id(record.table)]]


def _repeated(submissions: Sequence[Submission]) -> Iterator[tuple[Ledger, Ledger]]:
    """Rows of places, organisations and words that are the same in every field but the running number."""
    seen: dict[object, Ledger] = {}
    for one in submissions:
        ledger = one.table.ledger
        if issubclass(ledger, Person):
            continue
        names = [name for name in ledger.columns if name != "serial"]
        for index in one.standing:
            record: Ledger = one.table.records[index]
            said = tuple(record.shown(name) for name in names)
            if any(said):
                first = seen.setdefault((ledger.key, record.sender, said), record)
                if first is not record:
                    yield first, record


def mark_doubtful(submissions: Sequence[Submission]) -> None:
    """Rows with a cell that could not be read are taken as sent, as 待核."""
    for submission in submissions:
        for indexes in submission.table.unread.values():
            for index in indexes:
                if index not in submission.left:
                    submission.states.setdefault(index, DOUBTFUL)
