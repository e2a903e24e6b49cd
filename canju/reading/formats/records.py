"""Text to records for a known dialect: quotes that close, quotes that don't, cells over several lines, rows gone astray.

Every cell stays as it stands. A quote opens a field only at its start and closes it only before a delimiter or a line end;
any other quote is part of the cell. Where an opening quote would swallow lines that are whole records by themselves, it is
taken as part of its cell, and the place is noted.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Literal, NamedTuple

from canju.patterns import pattern

LINE_END = pattern(r"(\r\n|\n|\r)")
FAR = 2_000
"""Lines that a quoted cell may run over."""
PATIENCE = 200
"""Searches for a closing quote that may fail before the rest is read line by line."""


class Dialect(NamedTuple):
    """How a text is cut. `delimiter` is "" where a line is one cell; `blank`: a blank follows it always and belongs to it.

    `padded`: each quote has a blank on its inner side, which belongs to it.
    """

    delimiter: str = ","
    quote: str = '"'
    escape: bool = False
    blank: bool = False
    padded: bool = False


class Swallowed(NamedTuple):
    """A quote at a field's start that never closes properly: its line, and how many lines it would swallow; both count from 1."""

    line: int
    lines: int


@dataclass(slots=True, repr=False)
class Records:
    """What was read: a row a record, as wide as written; how many lines more than one a row took; the quotes left open."""

    rows: list[list[str]] = field(default_factory=list)
    longer: dict[int, int] = field(default_factory=dict)
    swallowed: list[Swallowed] = field(default_factory=list)


class Lines(NamedTuple):
    """The lines of a text and what ends each of them."""

    lines: list[str]
    ends: list[str]

    def span(self, first: int, last: int) -> str:
        """Lines `first` to `last` with the line ends between them."""
        return "".join(line + end for line, end in zip(self.lines[first:last], self.ends[first:last], strict=True)) + self.lines[last]


def lines_of(text: str) -> Lines:
    """Lines ended by CR LF, LF or CR, in any mixture; a missing last line end is no matter."""
    if "\r" in text:
        parts = LINE_END.split(text)
        lines, ends = parts[0::2], parts[1::2]
    else:
        lines = text.split("\n")
        ends = ["\n"] * (len(lines) - 1)
    if lines and not lines[-1]:
        lines.pop()
    else:
        ends.append("")
    return Lines(lines, ends)


def read_records(text: Lines, dialect: Dialect) -> Records:
    """All records of the text, blank lines as rows without cells."""
    return _Reader(text, dialect).read()


class _Open(NamedTuple):
    """A field whose quote isn't closed where the text at hand ends: the fields before it, and where it opens."""

    fields: list[str]
    at: int


Closing = Literal["", "first", "last", "clean"]
"""Which quote ends a field: the usual one; the first before a delimiter, doubled or not; the last that another quoted field or
the line end follows; or the usual one of a field that holds no stray quotes."""


class _Reader:
    """Reads all records of one text."""

    def __init__(self, text: Lines, dialect: Dialect) -> None:
        self.text = text
        self.lines = text.lines
        self.dialect = dialect
        self.cut = dialect.delimiter + " " if dialect.blank else dialect.delimiter
        self.quote = dialect.quote
        self.records = Records()
        self.patience = PATIENCE
        self.strange = False
        self.single: dict[int, int] = {}
        self.usual, self.width = self._widths()

    # --- the whole ---------------------------------------------------------------------------------

    def read(self) -> Records:
        quote, rows, at = self.quote, self.records.rows, 0
        while at < len(self.lines):
            line = self.lines[at]
            if not line:
                rows.append([])
            elif not quote or quote not in line:
                rows.append(self._plain(line))
            else:
                row, last = self._quoted(at)
                if last > at:
                    self.records.longer[len(rows)], at = last - at, last
                rows.append(row)
            at += 1
        return self.records

    def _plain(self, line: str) -> list[str]:
        """A line without quotes."""
        if not self.cut:
            return [line]
        if self.dialect.blank and line.endswith(self.dialect.delimiter):
            line += " "
        if self.dialect.escape and "\\" + self.dialect.delimiter in line:
            hidden = line.replace("\\" + self.dialect.delimiter, "\0")
            return [cell.replace("\0", self.dialect.delimiter) for cell in hidden.split(self.cut)]
        return line.split(self.cut)

    def _widths(self) -> tuple[Counter[int], int]:
        """How often each width occurs among single lines, and the commonest beyond 1 (1 where there is none)."""
        usual: Counter[int] = Counter()
        for line in self.lines:
            if not line:
                continue
            if self.quote and self.quote in line:
                fields = self._split(line)
                if isinstance(fields, list):
                    usual[len(fields)] += 1
            else:
                usual[len(self._plain(line))] += 1
        wide = [(count, width) for width, count in usual.items() if width > 1]
        return usual, max(wide)[1] if wide else 1

    # --- lines with quotes -------------------------------------------------------------------------

    def _quoted(self, at: int) -> tuple[list[str], int]:
        """The record that begins in line `at`, and the line it ends in."""
        line = self.lines[at]
        fields = self._split(line)
        if isinstance(fields, list):
            return (self._best(line, fields) if self.strange else fields), at
        done, offset = list[str](), 0
        while isinstance(fields, _Open):
            done, offset = done + fields.fields, offset + fields.at
            last = self._closing_line(at)
            joined = self._joined(done, at, last, offset) if last > at else None
            if joined and not self._swallows(at, last, offset, joined):
                return joined, last
            if not self.records.swallowed or self.records.swallowed[-1].line <= at:
                self._note(at, last)
            cell, cut, _ = line[offset:].partition(self.cut) if self.cut else (line[offset:], "", "")
            if not cut:
                break
            done, offset = [*done, cell], offset + len(cell) + len(cut)
            fields = self._split(line[offset:])
        return self._best(line, self._literal(line), opened=True), at

    def _note(self, at: int, last: int) -> None:
        """Remember that the quote opened in line `at` would swallow what follows, if anything does."""
        following = last - at or len(self.lines) - at - 1
        if any(self.lines[number] for number in range(at + 1, at + 1 + following)):
            self.records.swallowed.append(Swallowed(at + 1, following))
        self.patience -= 1

    def _joined(self, done: list[str], first: int, last: int, offset: int) -> list[str] | None:
        """The record of lines `first` to `last` whose first fields, up to `offset`, are done; None where it stays open."""
        text = self.text.span(first, last)
        strange = self.strange
        fields = self._split(text[offset:])
        if isinstance(fields, _Open):
            return None
        fields = done + fields
        return self._best(text, fields) if strange or self.strange else fields

    def _swallows(self, first: int, last: int, offset: int, joined: list[str]) -> bool:
        """Whether the lines joined by a quote are records of their own rather than one cell over several lines."""
        if self.width == 1:
            return False
        alone = self._width_of(first) == self.width
        text = self.text.span(first, last)[offset + 1 :]
        odd = self._is_odd(text[: self._close(text, 0, "")])
        if any(self._is_record(at) for at in range(first + 1, last + 1)):
            return alone or odd or len(joined) != self.width
        return odd and (alone or any(self._is_whole(at, last) for at in range(first + 1, last)))

    def _is_record(self, at: int) -> bool:
        """Whether a line is a record of the usual width by itself, with no quote left open or astray."""
        line = self.lines[at]
        if not line or (self.quote in line and (isinstance(self._split(line), _Open) or self.strange)):
            return False
        return self._width_of(at) == self.width

    def _is_whole(self, first: int, last: int) -> bool:
        """Whether lines `first` to `last` are one record of the usual width by themselves, with no quote astray."""
        fields = self._split(self.text.span(first, last))
        return isinstance(fields, list) and not self.strange and len(fields) == self.width

    def _width_of(self, at: int) -> int:
        """How many cells a line has by itself, open quotes taken as signs like others (remembered)."""
        if at not in self.single:
            self.single[at] = len(self._literal(self.lines[at])) if self.lines[at] else 0
        return self.single[at]

    def _closing_line(self, at: int) -> int:
        """The first line after `at` with which all its quotes are closed; `at` where there is none."""
        if self.patience <= 0:
            return at
        for last in range(at + 1, min(at + FAR, len(self.lines))):
            line = self.lines[last]
            close = self._close(line, 0, "") if self.quote in line else -1
            if close < 0:
                continue
            rest = line[close + 1 :][len(self.cut) :]
            if close + 1 >= len(line) or isinstance(self._split(rest), list):
                return last
        return at

    def _best(self, line: str, fields: list[str], opened: bool = False) -> list[str]:
        """Of the ways to read stray quotes within one line the first that gives the usual width."""
        if (len(fields) == self.width and not opened) or self.width == 1:
            return fields
        return next((other for other in self._others(line) if len(other) == self.width), fields)

    def _others(self, text: str) -> Iterator[list[str]]:
        """Other ways to read stray quotes."""
        for found in (self._split(text, "first"), self._split(text, "last")):
            if isinstance(found, list):
                yield found
        yield self._literal(text)
        yield self._plain(text)

    def _literal(self, line: str) -> list[str]:
        """The line with each field that is cleanly quoted within it read as one, every other quote part of its cell."""
        fields, rest = list[str](), line
        while True:
            found = self._split(rest, "clean")
            if isinstance(found, list):
                return fields + found
            fields += found.fields
            cell, cut, rest = rest[found.at :].partition(self.cut) if self.cut else (rest[found.at :], "", "")
            fields.append(cell)
            if not cut:
                return fields

    def _split(self, text: str, closing: Closing = "") -> list[str] | _Open:
        """Fields of a text that may run over lines; sets `strange` where a quoted field holds quotes of its own, undoubled."""
        fields: list[str] = []
        self.strange = False
        cut, quote, at, length = self.cut, self.quote, 0, len(text)
        if self.dialect.blank and text.endswith(self.dialect.delimiter):
            text, length = text + " ", length + 1
        while True:
            if text.startswith(quote, at):
                close = self._close(text, at + 1, closing)
                odd = close >= 0 and self._is_odd(text[at + 1 : close])
                if close < 0 or (odd and closing == "clean"):
                    return _Open(fields, at)
                self.strange = self.strange or odd
                fields.append(self._unquoted(text[at + 1 : close]))
                at = close + 1
                if at >= length:
                    return fields
                at += len(cut)
                continue
            end = text.find(cut, at) if cut else -1
            while end > 0 and self.dialect.escape and text[end - 1] == "\\":
                end = text.find(cut, end + 1)
            cell = text[at:] if end < 0 else text[at:end]
            self.strange = self.strange or quote in cell
            fields.append(self._unescaped(cell))
            if end < 0:
                return fields
            at = end + len(cut)

    def _is_odd(self, content: str) -> bool:
        """Whether quotes stand in a quoted field that are neither doubled nor escaped."""
        if self.quote not in content:
            return False
        if self.dialect.escape:
            content = content.replace("\\\\", "").replace("\\" + self.quote, "")
        return self.quote in content.replace(self.quote * 2, "")

    def _close(self, text: str, start: int, closing: Closing) -> int:
        """Where the quote that closes a field stands, or -1: one before a delimiter or line end, not doubled, not escaped."""
        quote, cut, length = self.quote, self.cut, len(text)
        at = text.find(quote, start)
        while at >= 0:
            end = at + 1
            while end < length and text[end] == quote:
                end += 1
            run = end - at - self._escaped(text, start, at)
            last = end == length or text[end] in "\r\n"
            before_cut = bool(cut) and text.startswith(cut, end) and (closing != "last" or text.startswith(quote, end + len(cut)))
            if run > 0 and (last or before_cut) and (run % 2 or closing == "first"):
                return end - 1
            at = text.find(quote, end)
        return -1

    def _escaped(self, text: str, start: int, at: int) -> int:
        """1 where a backslash escapes the quote at `at`."""
        if not self.dialect.escape:
            return 0
        slashes = 0
        while at - slashes > start and text[at - slashes - 1] == "\\":
            slashes += 1
        return slashes % 2

    def _unquoted(self, text: str) -> str:
        """The content of a quoted field."""
        quote = self.quote
        if self.dialect.padded:
            text = text.removeprefix(" ").removesuffix(" ")
        if quote in text:
            if self.dialect.escape:
                text = re.sub(r"\\([\\" + quote + "])", r"\1", text)
            return text.replace(quote * 2, quote)
        return text.replace("\\\\", "\\") if self.dialect.escape else text

    def _unescaped(self, text: str) -> str:
        if self.dialect.escape and "\\" in text:
            return text.replace("\\" + self.dialect.delimiter, self.dialect.delimiter)
        return text


def widths(rows: Sequence[Sequence[str]]) -> Counter[int]:
    """How often each width occurs, blank rows left out."""
    return Counter(len(row) for row in rows if row)
