"""Whole rows of a worksheet part at one stroke: one regular expression over as many columns as the sheet has.

A row whose cells are all in the common form – `<c r="B7" s="3" t="s"><v>12</v></c>`, or empty – is matched as a whole, and
a run of such rows is put into values column by column. Any other row is left to `xlsx_cells`.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Any

from canju.model import letters

WIDEST = 64
"""Columns from which on a sheet is no ledger and is read row by row."""

SAMPLE = 20_000
"""Bytes by whose cells the others are judged."""

_FIRST_CELLS = re.compile(rb'<c r="([A-Z]{1,2})\d')
_CELL = r'(?:<c r="{column}\1"(?:(?: s="\d++")?+ t="s"|([^>/]*+))(?:/>|><v>([^<]*+)</v></c>))?+'
"""Possessive throughout: a cell of this form can be read one way only, and looking for others takes a third of the time. Most cells
store the index of a shared string: of these no attributes are kept."""


@lru_cache(maxsize=WIDEST)
def row_of(width: int) -> re.Pattern[bytes]:
    """A row of up to `width` columns: its number, its other attributes, then of each cell the attributes – None for a shared string or
    no cell at all – and the stored value."""
    cells = "".join(_CELL.format(column=letters(column)) for column in range(1, width + 1))
    return re.compile(rf'<row r="([1-9]\d{{0,6}})"([^>/]*)>{cells}</row>'.encode())


def width_of(xml: bytes, start: int, end: int) -> int:
    """How many columns the first rows have; 0 where there are too many."""
    names = set(_FIRST_CELLS.findall(xml, start, min(end, start + SAMPLE)))
    known = [column for column in range(1, WIDEST + 1) if letters(column).encode() in names]
    return known[-1] if known and len(known) == len(names) else 0


def split_rows(whole: re.Pattern[bytes], xml: bytes) -> list[list[Any]]:
    """What stands between the rows, then the groups of `row_of`, each a list over all rows; None where one didn't take part."""
    pieces = whole.split(xml)
    step = whole.groups + 1
    return [pieces[group::step] for group in range(step)]


def filled(parts: list[list[Any]]) -> int:
    """How many cells of rows matched as a whole store a value; `parts` are the groups of `row_of`."""
    return sum(len(stored) - stored.count(None) for stored in parts[3::2])
