"""Single rows that were written in another dialect than the rest: another delimiter, or another quote.

Such a row is read in its own way only where that gives exactly the usual width and its cells look like those above.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from itertools import islice

from canju.patterns import pattern
from canju.reading.formats.columns import Columns
from canju.reading.formats.records import Dialect, Lines, Records, lines_of, read_records

OTHERS = (",", ";", "\t", "|", ":", " ", "::", ", ", "; ")
QUOTES = "\"'´`"
SAMPLE = 200
"""Rows from which the columns are learnt."""
NUMBER = pattern(r"[-+$€£￥¥]?\s?[\d.,]*\d%?")
TIMELIKE = pattern(r"[\d]{1,4}[-/.:年][\d\-/.:年月日T ]+([AP]M)?", re.IGNORECASE)


def mended(records: Records, dialect: Dialect, text: Lines) -> tuple[list[list[str]], list[int]]:
    """The rows of a text, those in another dialect read anew from its lines; and which these are, from 1 on."""
    rows = records.rows
    righted: list[int] = []
    usual = Counter(len(row) for row in rows if len(row) > 1)
    if not usual or not dialect.delimiter:
        return rows, righted
    width, count = usual.most_common(1)[0]
    least = len(rows) * 0.5
    if dialect.delimiter == " " and min(usual) == len(next(row for row in rows if row)):
        width, least = min(usual), 0  # blanks within texts only make rows wider than their headings
        count = usual[width]
    if count < max(3, least):
        return rows, righted
    alike = list(islice((row for row in rows if len(row) == width and not _odd(row, dialect)), SAMPLE))
    if len(alike) < 3:
        return rows, righted
    shapes = _shapes(alike)
    headed = _heads(alike[0])
    first = None if headed else next((row for row in rows if row), None)
    columns = Columns(alike[1:] if headed else alike, width, dialect)
    done: list[list[str]] = []
    at = line = 0
    while at < len(rows):
        row, span = rows[at], 1
        if row and (len(row) != width or _odd(row, dialect)):
            beside = at + 1 < len(rows) and rows[at + 1] and len(rows[at + 1]) != width
            ends = [line + records.longer.get(at, 0)]
            ends += [ends[0] + 1 + records.longer.get(at + 1, 0)] if beside else []
            texts = [text.span(line, end) for end in reversed(ends)]
            mine = columns.righted(row, texts[-1], _heads if row is first else None)
            row, span = (mine, 1) if mine is not row else _again(row, texts, columns, shapes, row is first)
        done.append(row)
        if row is not rows[at]:
            righted.append(len(done))
        line += sum(1 + records.longer.get(at + i, 0) for i in range(span))
        at += span
    return done, righted


def _odd(row: list[str], dialect: Dialect) -> bool:
    """Whether a row of the usual width shows that it was cut wrongly: by its quotes, escapes, quotes of another kind, blanks."""
    text, quote = "\0".join(row), dialect.quote
    if quote and quote in text:
        if quote + dialect.delimiter + quote in text or sum(cell.count(quote) % 2 for cell in row) > 1:
            return True
        if not dialect.escape and sum("\\" + quote in cell for cell in row) * 2 >= len(row):
            return True
    for other in QUOTES:
        if other in text and other != quote and sum(len(cell) > 1 and cell[0] == cell[-1] == other for cell in row) >= 2:
            return True
    return not dialect.blank and len(row) > 2 and row[1].startswith(" ") and all(cell.startswith(" ") for cell in row[1:])


def _again(row: list[str], texts: list[str], columns: Columns, shapes: list[str], first: bool) -> tuple[list[str], int]:
    """A row of unusual width read with other delimiters and quotes, and how many rows went into it; as it was where none fits.

    `texts` are its lines with those of the row below, where that is unusual too, and its own.
    """
    dialect = columns.dialect
    for count, text in zip(range(len(texts), 0, -1), texts, strict=True):
        for other in _others(row, text, dialect, len(shapes)):
            rows = read_records(lines_of(text), other).rows
            found = columns.joined(rows[0], text, other) if len(rows) == 1 else []
            if len(found) != len(shapes):
                continue
            if other.escape != dialect.escape or _fits(found, shapes) or (first and _heads(found)):
                return found, count
    return row, 1


def _others(row: list[str], line: str, dialect: Dialect, width: int) -> Iterator[Dialect]:
    """Dialects to try on one row: with escapes, other delimiters where it came out too narrow, other quotes where too wide."""
    if dialect.quote and not dialect.escape and "\\" + dialect.quote in line:
        yield dialect._replace(escape=True)
    if len(row) < width >= 3:
        for cut in OTHERS:
            if cut in line and cut != dialect.delimiter:
                blank = len(cut) == 2 and cut[1] == " "
                yield Dialect(cut[0] if blank else cut, dialect.quote or '"', dialect.escape, blank)
    elif len(row) >= width:
        if dialect.delimiter + " " in line and not dialect.blank:
            yield dialect._replace(blank=True)
        for quote in QUOTES:
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
