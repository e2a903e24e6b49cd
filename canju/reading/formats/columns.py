"""What the cells of each column look like, and single rows set right by it: a delimiter left out, a cell that blanks cut up.

A row is only changed where it doesn't fit the columns as it stands and exactly one way to cut it does, every cell of it: no sign
is lost, and where two ways would do it stays as written.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import cached_property

from canju.patterns import pattern
from canju.reading.formats.records import Dialect, lines_of, read_records

ENOUGH = 5
"""Filled cells from which on a column is known."""
FEW = 10
"""Filled cells below which every form counts, be it found but once."""
FORMS = 12
"""Forms beyond which a column holds free text."""
FIXED = 4
"""Signs from which on a form that never varies, such as an ID number's, tells where digits end that stand beside others."""
SEAMS = 40
"""Quotes of a row beside which a delimiter may be missing."""
LONG = 1_000
"""Signs of a row beyond which it is left as it is."""
WORDS = 30
"""Blanks at most that a cell cut up may hold."""
PATIENCE = 2_000
"""What trying may cost in one text: 1 for each hundred signs of a row set right, ten times that for one tried in vain."""
LETTERS = pattern(r"[^\W\d_]+")
DIGIT = pattern(r"\d")
NUMBER = pattern("9+")

Row = list[str]
Good = Callable[[Row], bool]


def form(cell: str) -> str:
    """A cell with each digit as 9 and letters in a row as one a; all other signs stay."""
    return DIGIT.sub("9", LETTERS.sub("a", cell))


def _kind(sign: str) -> str:
    return "a" if sign.isalpha() else "9" if sign.isdigit() else sign


def _usual(found: Iterable[str]) -> set[str]:
    """What was found; in more than a few cells only what was found twice, lest a row gone astray vouch for itself."""
    counted = Counter(found)
    return {one for one, count in counted.items() if count > 1 or counted.total() < FEW}


class _Column:
    """The forms of a column, or, where it has too many, how its cells begin and end."""

    def __init__(self, cells: Sequence[str]) -> None:
        filled = [cell for cell in cells if cell]
        found = [form(cell) for cell in filled]
        forms = _usual(found)
        few = len(forms) <= min(FORMS, len(filled) // 3) and sum(one in forms for one in found) >= 0.9 * len(found)
        self.blank = len(filled) < len(cells)
        self.known = len(filled) >= ENOUGH
        self.forms = forms if self.known and few else set[str]()
        self.fixed = len(self.forms) == 1 and len(min(self.forms)) >= FIXED
        self.shapes = {NUMBER.sub("9", one) for one in self.forms}
        self.first = _usual(_kind(cell[0]) for cell in filled)
        self.last = _usual(_kind(cell[-1]) for cell in filled)

    def fits(self, cell: str) -> bool:
        """Whether a cell looks like the others, be its numbers shorter or longer."""
        if not cell:
            return self.blank
        return NUMBER.sub("9", form(cell)) in self.shapes if self.forms else self.frames(cell)

    def exactly(self, cell: str) -> bool:
        """Whether a cell looks like the others digit by digit."""
        return form(cell) in self.forms if self.forms and cell else self.fits(cell)

    def frames(self, cell: str) -> bool:
        """Whether a cell begins and ends as the others do."""
        return _kind(cell[:1]) in self.first and _kind(cell[-1:]) in self.last


class Columns:
    """The columns of a table, learnt from rows of its usual width when first asked for."""

    def __init__(self, rows: Sequence[Row], width: int, dialect: Dialect) -> None:
        self._rows = rows
        self.width = width
        self.dialect = dialect
        self.patience = PATIENCE

    @cached_property
    def columns(self) -> list[_Column]:
        """One a column."""
        return [_Column([row[number] for row in self._rows]) for number in range(self.width)]

    def righted(self, row: Row, text: str, heads: Good | None) -> Row:
        """The row, cut anew where that is sure. `heads` tells headings, where the row may be theirs and needn't fit."""
        if self.patience <= 0 or len(text) > LONG or (not heads and len(row) == self.width and self._misfits(row) == 0):
            return row
        found = _only([*self._seams(row, text, heads), *self._parted(row, text)]) or self.joined(row, text, self.dialect)
        self.patience -= (len(text) // 100 + 1) * (10 if found is row else 1)
        return found

    def joined(self, row: Row, text: str, dialect: Dialect) -> Row:
        """A row that blanks cut into too many, with words that stand without quotes put together where only one way fits."""
        more = len(row) - self.width
        if dialect.delimiter != " " or not 0 < more <= WORDS:
            return row
        bare = _bare(row, text, dialect.quote)
        ways = []
        for at, column in enumerate(self.columns):
            cell, end = " ".join(row[at : at + more + 1]), at + more + 1
            others = [*row[:at], "", *row[end:]]
            if all(bare[at:end]) and "a" in column.first and column.frames(cell) and self._misfits(others, at) == 0:
                ways.append([*row[:at], cell, *row[end:]])
        return _only(ways) or row

    def _misfits(self, row: Row, *but: int) -> int:
        """How many cells of a row of the usual width look unlike their column, some aside."""
        return sum(not column.fits(cell) for number, (column, cell) in enumerate(zip(self.columns, row, strict=True)) if number not in but)

    def _seams(self, row: Row, text: str, heads: Good | None) -> Iterator[Row]:
        """The row with a delimiter put in where a quoted field begins or ends beside another one; three in four cells must fit."""
        quote, cut = self.dialect.quote, self.dialect.delimiter
        if not quote or not any(quote in cell for cell in row):
            return
        places = [found.start() for found in re.finditer(re.escape(quote), text)][:SEAMS]
        for place in sorted({*places, *(place + 1 for place in places)}):
            before, after = text[:place], text[place:]
            if not before or not after or before.endswith((cut, cut + " ")) or after.startswith(cut):
                continue
            left = self._read(before)
            found, at = left + self._read(after), len(left)
            if len(found) != self.width or not 0 < at < self.width or not _is_seam(text, place, quote, *found[at - 1 : at + 1]):
                continue
            fit = self._misfits(found) <= self.width // 4 and all(self.columns[one].fits(found[one]) for one in (at - 1, at))
            if fit or (heads and heads(found)):
                yield found

    def _read(self, text: str) -> Row:
        """A text as one row; no cells where it isn't one."""
        rows = read_records(lines_of(text), self.dialect).rows
        return rows[0] if len(rows) == 1 else []

    def _parted(self, row: Row, text: str) -> Iterator[Row]:
        """A row one cell short whose one cell that fits neither its column nor the next is parted where these two meet.

        Where no cell stands out like that, it is a whole cell that is missing. In a table of two columns it may be a title.
        """
        if len(row) != self.width - 1 or self.width < 3:
            return
        quote = self.dialect.quote
        own = [column.exactly(cell) for column, cell in zip(self.columns, row, strict=False)]
        following = [column.exactly(cell) for column, cell in zip(self.columns[1:], row, strict=True)]
        if any(all(own[:at]) and all(following[at:]) for at in range(self.width)):
            return
        for at, cell in enumerate(row):
            left, right = self.columns[at : at + 2]
            if (
                own[at]
                or following[at]
                or not (left.known and right.known and (left.forms or right.forms))
                or (quote and quote + cell in text)
            ):
                continue
            if self._misfits([*row[:at], "", "", *row[at + 1 :]], at, at + 1):
                continue
            for place in range(1, len(cell)):
                within = cell[place - 1].isdigit() and cell[place].isdigit()
                if left.exactly(cell[:place]) and right.exactly(cell[place:]) and not (within and not (left.fixed or right.fixed)):
                    yield [*row[:at], cell[:place], cell[place:], *row[at + 1 :]]


def _is_seam(text: str, place: int, quote: str, left: str, right: str) -> bool:
    """Whether a quote at this place bounds a field: no quote is left over, but for those within the field that a single one bounds."""
    if quote * 2 in text[max(0, place - 2) : place + 2]:
        return quote not in left and quote not in right
    opens = text[place] == quote
    return quote not in (left if opens else right) and not (right.startswith(quote) if opens else left.endswith(quote))


def _only(ways: Sequence[Row]) -> Row | None:
    """The one way there is; None where there is none or more than one."""
    return ways[0] if ways and all(way == ways[0] for way in ways) else None


def _bare(row: Row, text: str, quote: str) -> list[bool]:
    """Which cells of a row cut by blanks stand in its text without quotes."""
    bare, at = list[bool](), 0
    for cell in row:
        plain = text.startswith(cell, at) and not (quote and text.startswith(quote, at))
        bare.append(plain)
        if plain:
            at += len(cell) + 1
        else:
            end = at + 1 + len(cell) + cell.count(quote)
            at = end + 2
    return bare
