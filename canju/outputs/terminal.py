"""Lines and tables for a terminal: Chinese characters take two columns, and nothing is drawn that a GBK console can't print."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Sequence

from canju.patterns import pattern

OPENERS, CLOSERS = "（「“‘《", "，。；：、）」”’》？！"
"""Signs that never end a line, and those that never begin one."""
_COMMAND = r"canju(?: +[^\s，。；：、（）「」]+)+"
_FILE = r"[^\s，。；：、“”「」《》]*\.[A-Za-z][A-Za-z0-9]{1,4}(?![A-Za-z0-9])"
_PIECES = [
    pattern(rf"\s+|[{OPENERS}]*(?:{kept}[!-~]+|.)[{CLOSERS}]*\s*")
    for kept in (f"{_COMMAND}|{_FILE}![^\\s，。；：、（）]+|{_FILE}|", f"{_FILE}|", "")
]
"""What a line is broken between: commands, addresses, file names, words and characters; the later, for pieces wider than a line, fewer of them."""


def width(text: str) -> int:
    """How many columns a text takes."""
    return sum(map(_COLUMNS.__getitem__, text))


class _Columns(dict[str, int]):
    """The columns that a character takes, asked for once."""

    def __missing__(self, char: str) -> int:
        return self.setdefault(char, 2 if unicodedata.east_asian_width(char) in "WFA" else 1)


_COLUMNS = _Columns()


def padded(text: str, columns: int) -> str:
    """The text filled up to a width."""
    return text + " " * max(0, columns - width(text))


def broken(text: str, columns: int) -> list[str]:
    """The text in lines of so many columns: between Chinese characters, in no word, file name or command that fits on a line."""
    lines, line = [], ""
    for piece in _pieces(text, columns):
        if line and width(line + piece.rstrip()) > columns:
            lines.append(line.rstrip())
            line = piece.lstrip()
        else:
            line += piece
    return [*lines, line.rstrip()] if line.strip() else lines


def _pieces(text: str, columns: int, grain: int = 0) -> Iterator[str]:
    """What the text may be broken between, its signs with what they belong to."""
    for piece in _PIECES[grain].findall(text):
        if grain + 1 < len(_PIECES) and width(piece.rstrip()) > columns:
            yield from _pieces(piece, columns, grain + 1)
        else:
            yield piece


def fitted(text: str, columns: int) -> str:
    """Lines none of which is wider than that, the rest of one indented as its beginning; those that fit stay as they are."""
    return "\n".join(one for line in text.split("\n") for one in ([line] if width(line) <= columns else _hanging(line, columns)))


def _hanging(line: str, columns: int) -> Iterator[str]:
    lead = line[: len(line) - len(line.lstrip())]
    return (lead + one for one in broken(line.lstrip(), columns - width(lead)))


def table(rows: Sequence[Sequence[str]]) -> str:
    """Rows with their columns under one another; the first row is the heading."""
    if not rows:
        return ""
    count = max(map(len, rows))
    filled = [[*row, *[""] * (count - len(row))] for row in rows]
    widths = [max(width(row[i]) for row in filled) for i in range(count)]
    lines = ["  ".join(padded(cell, size) for cell, size in zip(row, widths, strict=True)).rstrip() for row in filled]
    return "\n".join([lines[0], "-" * min(width(lines[0]), 200), *lines[1:]])
