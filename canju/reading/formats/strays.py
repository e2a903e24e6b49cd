"""Single rows that were written in another dialect than the rest: another delimiter, or another quote.

Such a row is read in its own way only where that gives exactly the usual width and its cells look like those above.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

from canju.patterns import pattern
from canju.reading.formats.records import Dialect, Lines, read_records

OTHERS = (",", ";", "\t", "|", ":", " ", "::", ", ", "; ")
NUMBER = pattern(r"[-+$€£￥¥]?\s?[\d.,]*\d%?")
TIMELIKE = pattern(r"[\d]{1,4}[-/.:年][\d\-/.:年月日T ]+([AP]M)?", re.IGNORECASE)


def mended(rows: list[list[str]], dialect: Dialect, end: str = "\n") -> list[list[str]]:
    """The rows, those in another dialect read anew; `end` is what ends a line, should such a row hold a cell of two lines."""
    usual = Counter(len(row) for row in rows if len(row) > 1)
    if not usual or not dialect.delimiter:
        return rows
    width, count = usual.most_common(1)[0]
    if count == len(rows) or count < 3 or count < len(rows) * 0.5:
        return rows
    shapes = _shapes([row for row in rows if len(row) == width][:200])
    headed = next((_heads(row) for row in rows if len(row) == width), False)
    first = None if headed else next((row for row in rows if row), None)
    done: list[list[str]] = []
    at = 0
    while at < len(rows):
        span = 1
        if rows[at] and len(rows[at]) != width:
            row, span = _again(rows[at : at + 2], dialect, shapes, rows[at] is first, end)
            done.append(row)
        else:
            done.append(rows[at])
        at += span
    return done


def _again(rows: list[list[str]], dialect: Dialect, shapes: list[str], first: bool, end: str) -> tuple[list[str], int]:
    """A row of unusual width read with other delimiters and quotes, and how many rows went into it; as it was where none fits."""
    lines = [dialect.delimiter.join(row) for row in rows if row and len(row) != len(shapes)]
    for count in range(len(lines), 0, -1):
        text = Lines(lines[:count], [end] * count)
        for other in _others(rows[0], end.join(text.lines), dialect, len(shapes)):
            found = read_records(text, other).rows
            if len(found) == 1 and len(found[0]) == len(shapes) and (_fits(found[0], shapes) or (first and _heads(found[0]))):
                return found[0], count
    return rows[0], 1


def _others(row: list[str], line: str, dialect: Dialect, width: int) -> Iterator[Dialect]:
    """Dialects to try on one row: other delimiters where it came out too narrow, other quotes where too wide."""
    if len(row) < width >= 3:
        for cut in OTHERS:
            if cut in line and cut != dialect.delimiter:
                blank = len(cut) == 2 and cut[1] == " "
                yield Dialect(cut[0] if blank else cut, dialect.quote or '"', dialect.escape, blank)
    elif len(row) > width:
        for quote in "\"'´`":
            if quote in line and quote != dialect.quote:
                yield dialect._replace(quote=quote)


def _heads(row: list[str]) -> bool:
    """Whether a row looks like headings: all filled, all different, no numbers."""
    return all(cell.strip() and _shape(cell) == "w" for cell in row) and len(set(row)) == len(row)


def _shape(cell: str) -> str:
    """Blank, number, date or time, or words."""
    if not cell.strip():
        return ""
    return "n" if NUMBER.fullmatch(cell) else "d" if TIMELIKE.fullmatch(cell) else "w"


def _shapes(rows: list[list[str]]) -> list[str]:
    """The commonest shape of each column."""
    return [Counter(map(_shape, column)).most_common(1)[0][0] for column in zip(*rows, strict=True)]


def _fits(row: list[str], shapes: list[str]) -> bool:
    """Whether a row looks like the others: three in four cells of the shape usual in their column, blanks aside."""
    pairs = [(_shape(cell), shape) for cell, shape in zip(row, shapes, strict=True) if cell.strip() and shape]
    return len(pairs) * 2 >= len(row) and sum(mine == usual for mine, usual in pairs) >= 0.75 * len(pairs)
