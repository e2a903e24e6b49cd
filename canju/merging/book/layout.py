"""The rows of a ledger's sheet: canonical headings and values, columns no ledger knows kept behind, then where the row came from."""

from __future__ import annotations

import json
import math
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from decimal import Decimal
from functools import cache
from typing import Any, get_type_hints

from canju.ledgers.base import Ledger, Place, ValueType
from canju.merging.book.stream import Cell, Doubtful
from canju.merging.merged import DISPUTED, DOUBTFUL, TAKEN, Merged, Row, Submission
from canju.model import Raw, plain

TO_CHECK, NUMBER, FILE, SHEET, ROW, DAY, STATE = "待核内容", "来源序号", "来源文件", "来源工作表", "来源行", "报送日期", "状态"
PROVENANCE = (TO_CHECK, NUMBER, FILE, SHEET, ROW, DAY, STATE)
"""Columns at the end of a ledger's sheet: which fields need a look, then the cell's way back."""
OTHER = "其他列"
MOST_EXTRA = 300
"""Columns of towns' own that get a column of the book; those beyond it share one, each with its heading."""


def cell_of(kind: ValueType, value: Any) -> Cell:
    """A value as a cell: whole numbers and money as numbers, all else in canonical spelling."""
    if isinstance(value, int | Decimal) and not isinstance(value, bool):
        return value if len(str(value).lstrip("-").replace(".", "")) <= 15 else str(value)
    return kind.show(value)


def raw_cell(raw: Raw) -> Cell:
    """A cell as sent: numbers stay numbers, but one too long for a spreadsheet reads as it was shown there (5.22799E+17)."""
    if isinstance(raw, float):
        if not math.isfinite(raw):
            return str(raw)
        return raw if abs(raw) < 1e15 else format(raw, ".6G")
    if isinstance(raw, int) and not isinstance(raw, bool):
        return raw if abs(raw) < 10**15 else str(raw)
    return plain(raw)


class Shown(dict[Any, Cell]):
    """A column's cells by value: each distinct value is spelt once."""

    def __init__(self, kind: ValueType) -> None:
        super().__init__()
        self.kind = kind

    def __missing__(self, value: Any) -> Cell:
        if len(self) > 50_000:
            self.clear()
        cell = self[value] = cell_of(self.kind, value)
        return cell


@cache
def numbers_of(ledger: type[Ledger]) -> frozenset[str]:
    """The fields whose values are numbers."""
    return frozenset(name for name, kind in get_type_hints(ledger).items() if kind in (int, Decimal))


def extra_headings(submission: Submission) -> list[tuple[str, Place]]:
    """The columns of a table that no ledger knows, each under a heading of its own."""
    ledger = submission.table.ledger
    taken = Counter([*(column.title for column in ledger.columns.values()), *PROVENANCE, OTHER])
    named = []
    for place in submission.table.unknown:
        name = " ".join(place.heading.split()) or f"无标题（{place.letter}列）"
        taken[name] += 1
        named.append((name if taken[name] == 1 else f"{name}（{taken[name]}）", place))
    return named


class LedgerSheet:
    """One ledger's sheet: its headings, and its rows one after the other."""

    def __init__(self, merged: Merged, ledger: type[Ledger]) -> None:
        self.ledger, self.merged = ledger, merged
        self.fields = list(ledger.columns)
        self.extras: list[str] = []
        self._places: dict[int, list[tuple[str, Place]]] = {}
        for submission in merged.of(ledger):
            self._places[submission.number] = extra_headings(submission)
            self.extras += [name for name, _ in self._places[submission.number]]
        self.extras = list(dict.fromkeys(self.extras))
        if len(self.extras) > MOST_EXTRA:
            self.extras = [*self.extras[: MOST_EXTRA - 1], OTHER]
        self._extra = {name: position for position, name in enumerate(self.extras)}
        self._unread = {one.number: unread_fields(one) for one in merged.of(ledger)}
        self._shown = [Shown(column.type) for column in ledger.columns.values()]

    @property
    def headings(self) -> list[str]:
        """Official headings, the towns' own, provenance."""
        return [*(column.title for column in self.ledger.columns.values()), *self.extras, *PROVENANCE]

    def rows(self, rows: Sequence[Row]) -> Iterator[list[object]]:
        """The cells of these rows."""
        shown = self._shown
        for row in rows:
            submission, index = row
            record = submission.table.records[index]
            cells: list[object] = [None if value is None else kind[value] for kind, value in zip(shown, record[2:], strict=True)]
            unread = self._unread[submission.number].get(index, ())
            for name in unread:
                cells[self.fields.index(name)] = Doubtful(raw_cell(submission.table.raw(index, name)))
            if submission.decided:
                self._decide(cells, submission, index)
            if self.extras:
                cells += self._extra_cells(submission, index)
            cells += self.provenance(row, unread)
            yield cells

    def _decide(self, cells: list[object], submission: Submission, index: int) -> None:
        for (position, name), value in submission.decided.items():
            if position == index:
                cells[self.fields.index(name)] = None if value is None else cell_of(self.ledger.columns[name].type, value)

    def _extra_cells(self, submission: Submission, index: int) -> list[object]:
        cells: list[object] = [None] * len(self.extras)
        row = submission.table.cells[index]
        rest = []
        for name, place in self._places[submission.number]:
            value = raw_cell(row[place.number - 1]) if place.number <= len(row) else ""
            if value == "":
                continue
            if name in self._extra and name != OTHER:
                cells[self._extra[name]] = value
            else:
                rest.append(f"{name}：{value}")
        if rest:
            cells[self._extra[OTHER]] = "；".join(rest)
        return cells

    def provenance(self, row: Row, unread: Sequence[str] = ()) -> list[object]:
        """What needs a look, and where the row came from."""
        submission, index = row
        table = submission.table
        doubtful = "、".join(self.ledger.columns[name].title for name in unread)
        return [doubtful, submission.number, table.file, table.sheet, table.numbers[index], day_of(submission), state_of(row)]


def day_of(submission: Submission) -> str:
    """The day a submission speaks of, 2019-10-08; "" where unknown."""
    return submission.day.isoformat() if submission.day else ""


def state_of(row: Row) -> str:
    """采用, 冲突 or 待核 for a row taken; 重复 and the like for one left out."""
    submission, index = row
    return submission.left[index].state if index in submission.left else submission.states.get(index, TAKEN)


def unread_fields(submission: Submission) -> dict[int, list[str]]:
    """For rows with cells that could not be read, the fields."""
    found: dict[int, list[str]] = defaultdict(list)
    for name in submission.table.ledger.columns:
        for index in submission.table.unread.get(name, ()):
            found[index].append(name)
    return found


def columns_said(submission: Submission) -> str:
    """Which column of the source became which field, as JSON: [letter, official heading, heading as sent]; no letter where derived."""
    table = submission.table
    titles = {name: column.title for name, column in table.ledger.columns.items()}
    found = [[place.letter, titles[name], place.heading] for name, place in table.places.items() if name in titles]
    found += [["", titles[name], ""] for name in table.values if name in titles and name not in table.places]
    found += [[place.letter, "", name] for name, place in extra_headings(submission)]
    return json.dumps(found, ensure_ascii=False, separators=(",", ":"))


__all__ = ["DISPUTED", "DOUBTFUL", "LedgerSheet", "cell_of", "columns_said", "day_of", "raw_cell", "state_of", "unread_fields"]
