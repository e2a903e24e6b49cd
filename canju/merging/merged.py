"""What a merge comes to: every table as a numbered submission, which rows stand, which do not and why, and what disagrees."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from canju.ledgers import ledgers
from canju.ledgers.base import Ledger, Table
from canju.ledgers.commissioners import ASSESSMENT
from canju.workspace import Workspace

TAKEN, DOUBLE, DISPUTED, DOUBTFUL, REPLACED, DECLINED = "采用", "重复", "冲突", "待核", "已替换", "不采用"
"""States of a row; the last two occur among the rows left out only."""

BOTH, NEITHER = "两者都保留", "都不要"
CHOICES = ("采用 A", "采用 B", BOTH, NEITHER)
"""What a clerk may write as 处理意见."""


class Origin(NamedTuple):
    """A file as it came. `status` is read, partly, unread, or skipped where it need not be read; `why` says in words what was wrong with it."""

    file: str
    sha256: str = ""
    status: str = "read"
    format: str = ""
    modified: dt.datetime | None = None
    why: str = ""


def by_folder(file: str) -> list[str]:
    """A file's place in the order in which folders are walked."""
    return file.split("/")


class Left(NamedTuple):
    """Why a row is left out: its state, and the reason in words. `superseded` where another submission speaks in its place."""

    state: str
    why: str
    superseded: bool = False


@dataclass(slots=True, eq=False, repr=False)
class Submission:
    """One table of a file under its number in 来源, with the day it speaks of.

    `by` says where the day comes from; `asked` is True where only the clerk can tell which of two stands. `left` holds the rows left out, `states` those taken with another state than 采用,
    `decided` values that a decision of the clerk put in place of those sent: all by position in the table.
    """

    number: int
    table: Table
    day: dt.date | None = None
    by: str = ""
    modified: dt.datetime | None = None
    note: str = ""
    asked: bool = False
    left: dict[int, Left] = field(default_factory=dict)
    states: dict[int, str] = field(default_factory=dict)
    decided: dict[tuple[int, str], Any] = field(default_factory=dict)

    @property
    def key(self) -> tuple[str, str | None, bool]:
        """Ledger and sending town, and whether it is a ledger or its year-end assessment: one takes the place of its like only."""
        return self.table.ledger.key, self.table.town, self.table.assessment

    @property
    def title(self) -> str:
        """What the table is, in words."""
        return ASSESSMENT if self.table.assessment else self.table.ledger.title

    @property
    def superseded(self) -> set[int]:
        """Positions of the rows in whose place another submission speaks."""
        return {index for index, left in self.left.items() if left.superseded}

    @property
    def standing(self) -> Iterator[int]:
        """Positions of the rows that are taken."""
        return (index for index in range(len(self.table)) if index not in self.left) if self.left else iter(range(len(self.table)))


class Row(NamedTuple):
    """A row of a submission."""

    submission: Submission
    position: int

    @property
    def record(self) -> Ledger:
        """The row as understood."""
        return self.submission.table.records[self.position]  # type: ignore[no-any-return]


@dataclass(slots=True, eq=False, repr=False)
class Conflict:
    """Two rows that disagree on a field: what both say, what was taken, and why.

    `whole` tells a choice between two rows from a choice between two values. `number` is the fingerprint by which a
    decision finds its conflict again, with 1 or 2 behind it for the order of A and B.
    """

    kind: str
    number: str
    a: Row
    b: Row
    field: str
    texts: tuple[str, str]
    taken: str
    why: str
    whole: bool
    choice: str = ""
    remark: str = ""


class Decision(NamedTuple):
    """A clerk's choice as written in 冲突. `cells` is the whole row, kept for showing where the conflict no longer arises."""

    number: str
    choice: str
    remark: str = ""
    cells: tuple[str, ...] = ()


@dataclass(slots=True, repr=False)
class Known:
    """What is known of a round beside its tables, all by (ledger, town) or town.

    `problems`: why a ledger may not have come; `errors`: how many errors stand in it; `papers`: signed papers that came;
    `unnamed`: tables (file, sheet) of which no town could be told; `replies`: what towns answered, by the finding's fingerprint.
    """

    problems: dict[tuple[str, str], str] = field(default_factory=dict)
    errors: dict[tuple[str, str | None], int] = field(default_factory=dict)
    papers: dict[str, list[str]] = field(default_factory=dict)
    unnamed: set[tuple[str, str | None]] = field(default_factory=set)
    replies: dict[str, str] = field(default_factory=dict)


@dataclass(slots=True, eq=False, repr=False)
class Merged:
    """The county's book before it is written. `stale` are decisions whose conflict no longer arises; `said` what the clerk must hear."""

    submissions: list[Submission]
    origins: list[Origin]
    workspace: Workspace
    as_of: dt.date
    conflicts: list[Conflict] = field(default_factory=list)
    stale: list[Decision] = field(default_factory=list)
    known: Known = field(default_factory=Known)
    said: list[str] = field(default_factory=list)

    @property
    def came(self) -> list[type[Ledger]]:
        """The ledgers of which a table came, in the declared order."""
        keys = {submission.table.ledger.key for submission in self.submissions}
        return [ledger for key, ledger in ledgers().items() if key in keys]

    def of(self, ledger: type[Ledger]) -> list[Submission]:
        """A ledger's submissions."""
        return [submission for submission in self.submissions if submission.table.ledger is ledger]

    def taken(self, ledger: type[Ledger]) -> list[Row]:
        """A ledger's rows in the book's order: the county's own, then towns and villages in the workspace's order."""
        rows = [Row(submission, index) for submission in self.of(ledger) for index in submission.standing]
        place = Places(self.workspace)
        keys = [place(row) for row in rows]
        order = sorted(range(len(rows)), key=keys.__getitem__)
        return [rows[position] for position in order]

    @property
    def left_out(self) -> list[tuple[Row, Left]]:
        """Every row left out, in the order of its submission."""
        return [(Row(one, index), left) for one in self.submissions for index, left in sorted(one.left.items())]

    @property
    def rows(self) -> int:
        """Rows that came in."""
        return sum(len(submission.table) for submission in self.submissions)

    @property
    def summary(self) -> str:
        """How many rows came in, were taken and left out, and how many conflicts wait for the clerk."""
        left = sum(len(one.left) for one in self.submissions)
        open_ones = sum(not one.choice and one.taken == BOTH for one in self.conflicts)
        asked = f"；有{open_ones}处冲突待处理，请在「冲突」表的处理意见栏填写后再次汇总" if open_ones else ""
        return f"读入{self.rows}行，采用{self.rows - left}行，未采用{left}行{asked}。"


class Places:
    """Ranks rows by town and village: those of the workspace in its order, others after them as they first come."""

    def __init__(self, workspace: Workspace) -> None:
        self.towns: dict[str | None, int] = {None: -1}
        for town in workspace.towns:
            self.towns.setdefault(town, len(self.towns))
        self.villages: dict[tuple[str | None, str | None], int] = {}
        for village in workspace.village_list:
            for name in (village.name, *village.former):
                self.villages.setdefault((village.town, name), len(self.villages))

    def __call__(self, row: Row) -> tuple[int, int, int, int]:
        """A row's rank; villages unknown to the list rank in the order of submissions."""
        record = row.record
        town = record.sender
        village = record.value("village")
        rank = self.towns.setdefault(town, len(self.towns))
        within = -1 if village is None else self.villages.setdefault((town, village), len(self.villages))
        return rank, within, row.submission.number, row.position
