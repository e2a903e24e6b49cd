"""Tables for a terminal: Chinese characters take two columns, and nothing is drawn that a GBK console can't print."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence


def width(text: str) -> int:
    """How many columns a text takes."""
    return sum(2 if unicodedata.east_asian_width(char) in "WFA" else 1 for char in text)


def padded(text: str, columns: int) -> str:
    """The text filled up to a width."""
    return text + " " * max(0, columns - width(text))


def table(rows: Sequence[Sequence[str]]) -> str:
    """Rows with their columns under one another; the first row is the heading."""
    if not rows:
        return ""
    count = max(map(len, rows))
    filled = [[*row, *[""] * (count - len(row))] for row in rows]
    widths = [max(width(row[i]) for row in filled) for i in range(count)]
    lines = ["  ".join(padded(cell, size) for cell, size in zip(row, widths, strict=True)).rstrip() for row in filled]
    return "\n".join([lines[0], "-" * min(width(lines[0]), 200), *lines[1:]])
