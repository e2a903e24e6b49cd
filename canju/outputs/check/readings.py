"""提请研究事项清单: every doubtful clause computed under both its readings."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from canju.book import Book
from canju.ledgers.commissioners import PASSING, Commissioner
from canju.model import Verdict
from canju.plans import READINGS, WORDS, Plan
from canju.rules.base import catalogue
from canju.rules.engine import judge_plan

TITLE = "提请研究事项清单"
"""What the list is called wherever it stands."""
UNMET = "未落实{n}处"
UNPAID = "考核合格而考核年度不对应、暂不能发放{n}人"


class Reading(NamedTuple):
    """A doubtful clause: how it is read, the other way, how many are unmet under each, and which verdicts would change.

    `counts` says what `unmet` and `other_unmet` count.
    """

    parameter: str
    name: str
    reading: str
    other: str
    unmet: int
    other_unmet: int
    clause: str
    changed: tuple[tuple[Verdict, Verdict], ...] = ()
    counts: str = UNMET

    @property
    def said(self) -> tuple[str, str]:
        """The two counts in words."""
        return self.counts.format(n=self.unmet), self.counts.format(n=self.other_unmet)


def readings(book: Book, plan: Plan) -> list[Reading]:
    """What a change of reading would change, for every doubtful clause this plan holds."""
    found: list[Reading] = []
    for parameter in READINGS:
        if plan.has(parameter):
            found += _of_basis(book, plan) if parameter == "stipend_basis" else _of_rules(book, plan, parameter)
    return found


def _of_rules(book: Book, plan: Plan, parameter: str) -> Iterator[Reading]:
    """A reading on which plan rules rest: they are judged both ways."""
    codes = [rule.code for rule in catalogue().values() if rule.letter == "P" and parameter in rule.needs]
    figure = plan.figure(parameter)
    current = judge_plan(book, plan, codes)
    for other in (way for way in READINGS[parameter] if way != figure.value):
        again = judge_plan(book, plan.replaced(parameter, other), codes)
        pairs = tuple((a, b) for a, b in zip(current, again, strict=True) if a.status != b.status)
        name = {"group_reading": "group_threshold"}.get(parameter, parameter)
        yield Reading(name, WORDS[parameter], str(figure.value), other, _unmet(current), _unmet(again), figure.clause, pairs)


def _unmet(verdicts: Sequence[Verdict]) -> int:
    """What is surely unmet; a query on the line is the doubt itself."""
    return sum(one.status == "unmet" and one.severity == "error" for one in verdicts)


def _of_basis(book: Book, plan: Plan) -> Iterator[Reading]:
    """Which year's assessment pays a year (reading 5): whoever passed another year's waits. A blank year is the basis year's (reading 24).

    The year paid for is the workspace's, else the latest that anybody was assessed for.
    """
    setting = book.workspace.stipend
    figure = plan.figure("stipend_basis")
    way = setting.basis or str(figure.value)
    other = next(one for one in READINGS["stipend_basis"] if one != way)
    years = [
        record.assessed_year
        for record in book.records(Commissioner)
        if record.kind != "兼职" and record.level != "县专门协会" and record.assessment in PASSING and record.assessed_year is not None
    ]
    if years:
        year = setting.year or max(years)
        waiting = {one: sum(held != (year if one == "same_year" else year - 1) for held in years) for one in (way, other)}
        yield Reading("stipend_basis", WORDS["stipend_basis"], way, other, waiting[way], waiting[other], figure.clause, counts=UNPAID)
