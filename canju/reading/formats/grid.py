"""Putting cells at their addresses: rows grow as cells come, a far stray cell costs a short list and no bounding box."""

from __future__ import annotations

from collections.abc import Sequence

from canju.model import Merge, Raw, Sheet
from canju.reading.limits import Limits, OverLimit

MAX_ROW, MAX_COLUMN = 1_048_576, 16_384
BLANK: list[Raw] = []
"""One empty row for all blank rows of all sheets: rows are read, never written to."""


class Grid:
    """Rows of one sheet while it is read. Counts what it holds against the limits."""

    def __init__(self, limits: Limits) -> None:
        self.limits = limits
        self.rows: list[list[Raw]] = []
        self.places = 0

    def put_row(self, number: int, cells: list[Raw]) -> None:
        """A whole row, 1-based; rows may come in any order, a later cell wins over an earlier."""
        while cells and cells[-1] is None:
            cells.pop()
        if not cells:
            return
        self.cover(len(cells))
        rows = self.rows
        if number == len(rows) + 1:
            rows.append(cells)
        elif number > len(rows):
            rows.extend([BLANK] * (number - 1 - len(rows)))
            rows.append(cells)
        else:
            rows[number - 1] = _laid_over(rows[number - 1], cells)

    def put_rows(self, numbers: list[int], columns: Sequence[Sequence[Raw]]) -> None:
        """Many rows, column by column."""
        rows = map(list, zip(*columns, strict=True))
        below = len(self.rows) + 1
        if numbers != list(range(below, below + len(numbers))):
            for number, cells in zip(numbers, rows, strict=True):
                self.put_row(number, cells)
            return
        self.rows += trimmed(list(rows))  # as they mostly come: one below the other
        self.cover(sum(map(len, self.rows[below - 1 :])))

    def cover(self, count: int) -> None:
        """Count places of a row that is filled or covered by a cell that spans rows."""
        self.places += count
        if self.places > self.limits.grid:
            raise OverLimit(f"表格范围超过{self.limits.grid}格的上限。")

    def put(self, row: int, column: int, value: Raw) -> None:
        """One cell, 1-based."""
        if row > len(self.rows):
            self.rows.extend([BLANK] * (row - len(self.rows)))
        cells = self.rows[row - 1]
        if cells is BLANK:
            cells = self.rows[row - 1] = []
        if column > len(cells):
            self.cover(column - len(cells))
            cells.extend([None] * (column - len(cells)))
        cells[column - 1] = value


def _laid_over(under: list[Raw], over: list[Raw]) -> list[Raw]:
    """Two rows of one number as one: the later value wins."""
    length = max(len(under), len(over))
    both = zip(under + [None] * (length - len(under)), over + [None] * (length - len(over)), strict=True)
    return [late if late is not None else early for early, late in both]


def trimmed(rows: list[list[Raw]]) -> list[list[Raw]]:
    """The same rows without blank ones at the end and blank cells at the end of each."""
    for cells in rows:
        if cells and cells[-1] is None:
            while cells and cells[-1] is None:
                cells.pop()
    while rows and not rows[-1]:
        rows.pop()
    return rows


def clipped(merges: Sequence[tuple[int, int, int, int]], sheet_rows: Sequence[Sequence[Raw]]) -> list[Merge]:
    """Merged ranges cut to where the sheet has rows; single cells and ranges beyond the data are left out."""
    height = len(sheet_rows)
    kept: list[Merge] = []
    for top, left, bottom, right in merges[:200_000]:
        bottom, right = min(bottom, height), min(right, MAX_COLUMN)
        if top >= 1 and left >= 1 and bottom >= top and right >= left and (bottom, right) != (top, left):
            kept.append(Merge(top, left, bottom, right))
    return kept


def sheet_of_rows(name: str, rows: list[list[Raw]]) -> Sheet:
    """A sheet of nothing but rows."""
    return Sheet(name, trimmed(rows))
