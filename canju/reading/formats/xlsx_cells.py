"""The cells of one worksheet part, with what ready-made readers hide: errors, exact digits, formats, formulas without result.

Two ways lead to the same Sheet. Parts as Excel, WPS, openpyxl or xlsxwriter write them are cut into rows and cells by two
regular expressions, which takes as long as a native reader. As soon as the count of cells found that way differs from the
count of closing tags, or the part is written in some other form, a true XML parser reads it anew (`xlsx_events`).
"""

from __future__ import annotations

import datetime as dt
import re
from typing import Any, NamedTuple

from canju.model import ErrorValue, Fault, Raw, Sheet, Uncalculated, column_number, corner, letters
from canju.reading.formats.grid import MAX_COLUMN, MAX_ROW, Grid, clipped, trimmed
from canju.reading.formats.number_formats import QUIET, as_meant
from canju.reading.formats.xlsx_rows import SAMPLE, filled, row_of, split_rows, width_of
from canju.reading.formats.xml_parts import BAD_XML, declares, spreadsheet_text, unescape
from canju.reading.limits import LIMITS, TEXT_TOO_LONG, TOO_MUCH_TEXT, Damaged, Limits, OverLimit

CELL = re.compile(rb'<c r="([A-Z]+)\d+"([^>/]*)>(?:<v>([^<]*)</v>|<is><t(?: xml:space="preserve")?>([^<]*)</t></is>|(.*?))</c>', re.DOTALL)
EMPTY_CELL = re.compile(rb"<c [^>]*/>")
ROW_NUMBER = re.compile(rb'\br="(\d{1,8})"')
ROW_HIDDEN = re.compile(rb'\bhidden="(?:1|true|on)"|\bht="0"')
ATTRIBUTE = re.compile(rb"([\w:]+)\s*=\s*\"([^\"]*)\"")
VALUE = re.compile(rb"<v(?:\s[^>]*?)?(?:/>|>([^<]*)</v>)")
FORMULA = re.compile(rb"<f(?:\s[^>]*[^/>])?>([^<]*)</f>")
TEXT_RUN = re.compile(r"<t(?:\s[^>]*)?>([^<]*)</t>")
PHONETIC = re.compile(r"<rPh\b.*?</rPh>|<phoneticPr\b[^>]*/>", re.DOTALL)
STRING = re.compile(r"<si\s*/>|<si(?:\s[^>]*)?>(.*?)</si>", re.DOTALL)
PLAIN_STRING = re.compile(r'<t(?: xml:space="preserve")?>([^<]*)</t>')
MERGE = re.compile(rb"<mergeCell\s[^>]*?\bref=\"([^\"]+)\"")
COLUMN = re.compile(rb"<col\s[^>]*>")

SHORTEST = len('<c r="A1"><v></v></c>')
"""Bytes that a cell with a value takes at least."""
LONG_TEXT = 2_000
MANY_TEXTS = 50_000
Match = tuple[bytes, bytes, bytes, bytes, bytes]


class Way(NamedTuple):
    """How to read the value of a cell with certain attributes: its type letter and its number format."""

    kind: str
    code: str


SHARED, PLAIN, INLINE = Way("s", ""), Way("n", ""), Way("inlineStr", "")
"""The three ways that most cells of a workbook take: a shared string, a number as it is, a string of its own."""

LETTERS = [letters(column).encode() for column in range(1, 257)]


def read_strings(xml: bytes, limits: Limits) -> list[str]:
    """The shared strings, rich text joined, phonetic guides left out. What the part says of its own count isn't believed."""
    try:
        text = xml.decode("utf-8")
    except UnicodeDecodeError as error:
        raise Damaged(BAD_XML) from error
    if "<si" not in text or declares(xml):
        from canju.reading.formats.xlsx_events import strings_by_events

        strings = strings_by_events(xml)
    else:
        strings = _strings(text)
    if strings and max(map(len, strings)) > limits.text:
        raise OverLimit(TEXT_TOO_LONG.format(limits.text))
    return strings


def _strings(text: str) -> list[str]:
    strings = _plain_strings(text)
    if strings is None:
        strings = [_string(match) for match in STRING.findall(text)]
        if len(strings) != text.count("<si>") + text.count("<si ") + text.count("<si/>"):
            raise Damaged(BAD_XML)
    elif "&" in text or "_x" in text or "\r" in text:
        strings = [spreadsheet_text(unescape(one)) for one in strings]
    return strings


def _plain_strings(text: str) -> list[str] | None:
    """The strings cut at the tags between them; None where any tag is another than those."""
    head, first, rest = text.replace('<t xml:space="preserve">', "<t>").partition("<si><t>")
    inside, last, tail = rest.rpartition("</t></si>")
    strings = inside.split("</t></si><si><t>")
    plain = first and last and inside.count("<") == 4 * (len(strings) - 1) and "<si" not in head and "<si" not in tail
    return strings if plain else None


def _string(content: str) -> str:
    plain = PLAIN_STRING.fullmatch(content)
    text = plain[1] if plain else "".join(TEXT_RUN.findall(PHONETIC.sub("", content)))
    return spreadsheet_text(unescape(text)) if "&" in text or "_x" in text or "\r" in text else text


def _no_number(text: bytes | str) -> str:
    if len(text) > LIMITS.text:
        raise OverLimit(TEXT_TOO_LONG.format(LIMITS.text))
    return text.decode("utf-8", "replace") if isinstance(text, bytes) else text


def number(text: bytes | str) -> int | float | str:
    """A number exactly as written: whole numbers as int to the last digit, 1.0 as 1; from 10^15 on a float stays a float."""
    if text.isdigit() and len(text) < 40:
        return int(text)
    try:
        value = float(text)
    except ValueError:
        return _no_number(text)
    if value != value or value in (float("inf"), float("-inf")):
        return _no_number(text)
    return int(value) if -1e15 < value < 1e15 and value == int(value) else value


class SheetXml:
    """Reads worksheet parts of one workbook; counts cells over all of them."""

    def __init__(self, strings: list[str], formats: list[str], date1904: bool, limits: Limits) -> None:
        self.strings = strings
        self.formats = formats
        self.date1904 = date1904
        self.limits = limits
        self.cells = 0
        self.characters = 0
        self.shared: dict[bytes | None, str | None] = _Shared(strings)
        self.long = max(map(len, strings), default=0) > LONG_TEXT
        self.ways: dict[bytes, Way] = _Ways(self)
        self.texts: dict[bytes, str | None] = {}

    def read(self, name: str, xml: bytes) -> tuple[Sheet, list[Fault]]:
        """One sheet. Raises Damaged where the part is broken, OverLimit where it holds too much."""
        self.grid, self.noted = Grid(self.limits), dict[tuple[int, int], str]()
        self.disputes: list[tuple[int, int, str, str]] = []
        self.hidden: set[int] = set()
        cells_before = self.cells
        if not self._read_plain(xml):
            from canju.reading.formats.xlsx_events import read_by_events

            self.cells, self.hidden, self.noted, self.disputes = cells_before, set(), {}, []
            self.grid = Grid(self.limits)
            merges, columns = read_by_events(self, xml)
        else:
            merges, columns = _merges(xml), _columns(xml)
        return self._sheet(name, merges, columns), []

    def _sheet(self, name: str, merges: list[tuple[int, int, int, int]], columns: list[tuple[int, int]]) -> Sheet:
        rows = trimmed(self.grid.rows)
        if self.long:
            self.count_characters(rows)
        width = max(map(len, rows), default=0)
        hidden_columns = {column for low, high in columns for column in range(low, min(high, width) + 1)}
        used = {column for column in hidden_columns if any(len(row) >= column and row[column - 1] is not None for row in rows)}
        hidden_rows = frozenset(row for row in self.hidden if row <= len(rows) and rows[row - 1])
        return Sheet(name, rows, False, clipped(merges, rows), hidden_rows, frozenset(used), self.noted, self.disputes)

    def count_characters(self, rows: list[list[Raw]]) -> None:
        """Refuse a workbook that says one long string over and over."""
        lengths = [len(cell) for row in rows for cell in row if isinstance(cell, str)]
        self.characters += sum(lengths)
        if max(lengths, default=0) > self.limits.text:
            raise OverLimit(TEXT_TOO_LONG.format(self.limits.text))
        if self.characters > self.limits.characters:
            raise OverLimit(TOO_MUCH_TEXT.format(self.limits.characters))

    def count(self, cells: int) -> None:
        """Add cells to those of the workbook."""
        self.cells += cells
        if self.cells > self.limits.cells:
            raise OverLimit(f"有内容的单元格超过{self.limits.cells}个的上限。")

    # --- the plain way -----------------------------------------------------------------------------

    def _read_plain(self, xml: bytes) -> bool:
        """Read the part by regular expressions; False where it isn't written in the form they expect."""
        start = xml.find(b"<sheetData")
        if start < 0 or declares(xml) or not xml.rstrip().endswith(b"</worksheet>"):
            return False
        end = xml.find(b"</sheetData>", start)
        if end < 0:
            return xml[start:].startswith((b"<sheetData/>", b"<sheetData />"))
        width, place = width_of(xml, start, end), xml.find(b"<row", start, end)
        whole = row_of(width) if width else None
        if whole and self._all_rows(whole, xml[xml.find(b">", start) + 1 : end]):
            return True
        closed = xml.count(b"</c>", start, end)
        self.count(closed)
        opened = xml.count(b"<c ", start, end) - closed
        if opened and opened != len(EMPTY_CELL.findall(xml, start, end)):
            return False
        return self._row_by_row(xml, place, end, whole) == closed

    def _all_rows(self, whole: re.Pattern[bytes], xml: bytes) -> bool:
        """Read all rows at one stroke; False, and nothing read, where anything else stands between them."""
        if xml.find(b"<f", 0, SAMPLE) >= 0:  # formulas mostly stand in every row
            return False
        if len(xml) > SHORTEST * self.limits.cells:  # perhaps too many: counted before they are cut
            return False
        between, *parts = split_rows(whole, xml)
        if b"".join(between).strip():
            return False
        self.count(filled(parts))
        numbers = self._rows(parts)
        hidden = {head for head in set(parts[1]) if ROW_HIDDEN.search(head)}
        if hidden:
            self.hidden.update(at for at, head in zip(numbers, parts[1], strict=True) if head in hidden)
        return True

    def _row_by_row(self, xml: bytes, place: int, end: int, whole: re.Pattern[bytes] | None) -> int:
        """Read rows of whatever form; how many cells they closed, or -1 for a row that isn't in the form expected."""
        looks_hidden = xml.find(b'hidden="', place, end) >= 0 or xml.find(b' ht="0"', place, end) >= 0
        found = at = 0
        run: list[tuple[bytes | None, ...]] = []
        while place >= 0:
            match = whole.match(xml, place, end) if whole else None
            if match:
                run.append(match.groups())
                at, head, place = int(match[1]), match[2], match.end()
                if not xml.startswith(b"<row", place):
                    place = xml.find(b"<row", place, end)
            else:
                following = xml.find(b"<row", place + 4, end)
                head, _, cells = xml[place + 4 : following if following >= 0 else end].partition(b">")
                found += self._run(run)
                at, matched = self._row(head, cells, at)
                if matched < 0:
                    return -1
                found, place, run = found + matched, following, []
            if looks_hidden and ROW_HIDDEN.search(head):
                self.hidden.add(at)
        return found + self._run(run)

    def _run(self, run: list[tuple[bytes | None, ...]]) -> int:
        """Some rows matched as a whole; how many cells they closed."""
        parts = list(map(list, zip(*run, strict=True)))
        self._rows(parts)
        return filled(parts)

    def _rows(self, parts: list[list[Any]]) -> list[int]:
        """Rows matched as a whole, put into values column by column; gives their numbers. `parts` are the groups of `row_of`."""
        if not parts or not parts[0]:
            return []
        numbers = list(map(int, parts[0]))
        try:
            columns = [self._column(numbers, LETTERS[i // 2 - 1], parts[i], parts[i + 1]) for i in range(2, len(parts), 2)]
        except (UnicodeDecodeError, IndexError, ValueError) as error:
            raise Damaged(BAD_XML) from error
        if numbers[-1] > MAX_ROW:
            raise Damaged(BAD_XML)
        self.grid.put_rows(numbers, columns)
        return numbers

    def _column(self, numbers: list[int], name: bytes, attributes: list[bytes | None], stored: list[bytes | None]) -> list[Raw]:
        """One column of such rows."""
        if not any(stored):
            return [None] * len(stored)
        ways, shared, other = self.ways, self.shared, self._other
        if attributes.count(None) == len(attributes):
            return list(map(shared.__getitem__, stored))
        return [
            shared[simple]
            if attribute is None or not simple or (way := ways[attribute]) is SHARED
            else int(simple)
            if way is PLAIN and simple.isdigit() and len(simple) < 16
            else other(way, number_, name, simple, b"", b"")
            for number_, attribute, simple in zip(numbers, attributes, stored, strict=True)
        ]

    def _row(self, head: bytes, cells: bytes, before: int) -> tuple[int, int]:
        """One row: its number, and how many cells were found in it (-1: not in the form expected)."""
        told = ROW_NUMBER.search(head)
        at = int(told[1]) if told else before + 1
        if b"</c>" not in cells:
            return at, 0
        if not told or not 1 <= at <= MAX_ROW:
            return at, -1
        try:
            matches = CELL.findall(cells)
            if not matches or cells.count(b'%d"' % at) < len(matches):
                return at, -1
            self.grid.put_row(at, self._cells(at, matches))
        except (UnicodeDecodeError, IndexError, ValueError) as error:
            raise Damaged(BAD_XML) from error
        return at, len(matches)

    def _cells(self, at: int, matches: list[Match]) -> list[Raw]:
        """The values of a row at their columns."""
        ways, shared, texts, other = self.ways, self.shared, self.texts, self._other
        values: list[Raw] = [
            shared[simple]
            if (way := ways[attributes]) is SHARED and simple
            else texts[inline]
            if way is INLINE and inline in texts
            else int(simple)
            if way is PLAIN and simple.isdigit() and len(simple) < 16
            else other(way, at, columns, simple, inline, rest)
            for columns, attributes, simple, inline, rest in matches
        ]
        columns = [match[0] for match in matches]
        first = _column(columns[0])
        if columns == LETTERS[first - 1 : first - 1 + len(columns)]:
            return [None] * (first - 1) + values
        row: list[Raw] = []
        for column, value in zip(columns, values, strict=True):
            self._place(row, at, _column(column), value)
        return row

    def _other(self, way: Way, row: int, column: bytes, simple: bytes, inline: bytes, rest: bytes) -> Raw:
        """A cell of a less common kind."""
        if simple:
            return self.value(way, simple if way.kind == "n" else simple.decode(), row, column)
        if inline:
            text = self.text(inline.decode())
            if len(self.texts) < MANY_TEXTS:
                self.texts[inline] = text
            return text
        return self._unusual(way, rest, row, column) if rest else None

    def _place(self, row: list[Raw], at: int, column: int, value: Raw) -> None:
        """A cell after a gap, or one that comes late or twice."""
        if column > len(row):
            row.extend([None] * (column - 1 - len(row)))
            row.append(value)
            return
        before = row[column - 1]
        if before is not None and value is not None and before != value:
            self.disputes.append((at, column, str(before), str(value)))
        row[column - 1] = value if value is not None else before

    def way_of(self, kind: str, style: str) -> Way:
        """How a cell of that type and style index is read."""
        known = style.isdigit() and len(style) < 9 and int(style) < len(self.formats)
        code = self.formats[int(style)] if known else "General"
        if kind == "n":
            return PLAIN if code in QUIET else Way(kind, code)
        return SHARED if kind == "s" else INLINE if kind == "inlineStr" else Way(kind, "")

    def value(self, way: Way, text: bytes | str, row: int, column: bytes) -> Raw:
        """The value of a cell whose stored text is `text` (not empty)."""
        if way.kind == "n":
            exact = number(text)
            if not way.code or isinstance(exact, str):
                return exact
            meant = as_meant(exact, way.code, self.date1904)
            if isinstance(meant, int | float):
                self.noted[row, _column(column)] = way.code
            return meant
        told = text if isinstance(text, str) else text.decode()
        if way.kind == "s":
            if (index := int(told)) < 0:
                raise IndexError
            return self.strings[index]
        if way.kind == "b":
            return told.strip() in ("1", "true")
        if way.kind == "e":
            return ErrorValue(unescape(told))
        if way.kind == "d":
            return iso_moment(told)
        return self.text(told)

    def text(self, text: str) -> str | None:
        """A text that stands in the cell itself."""
        text = spreadsheet_text(unescape(text))
        if len(text) > self.limits.text:
            raise OverLimit(TEXT_TOO_LONG.format(self.limits.text))
        self.long = self.long or len(text) > LONG_TEXT
        return text or None

    def _unusual(self, way: Way, rest: bytes, row: int, column: bytes) -> Raw:
        """A cell with a formula, or with its text in itself."""
        stored = VALUE.search(rest)
        if stored and stored[1]:
            return self.value(way, stored[1] if way.kind == "n" else stored[1].decode(), row, column)
        if b"<is" in rest:
            return self.text("".join(TEXT_RUN.findall(PHONETIC.sub("", rest.decode()))))
        if b"<f" in rest and not (way.kind == "str" and stored):
            formula = FORMULA.search(rest)
            return Uncalculated(unescape(formula[1].decode()) if formula else "")
        return None


class _Shared(dict[bytes | None, str | None]):
    """Shared strings by their index as a cell stores it; nothing for a cell that stores none."""

    def __init__(self, strings: list[str]) -> None:
        super().__init__(zip(_indexes(len(strings)), strings, strict=False))
        self.strings = strings
        self[None] = self[b""] = None

    def __missing__(self, stored: bytes) -> str:
        """An index that is written otherwise, or beyond the strings; a negative one would count from their end."""
        if (index := int(stored)) < 0:
            raise IndexError
        return self.strings[index]


_INDEXES: list[bytes] = []


def _indexes(count: int) -> list[bytes]:
    """At least so many indexes as cells store them; the first are kept, for they are the same in every workbook."""
    more = " ".join(map(str, range(len(_INDEXES), count))).encode().split()
    if count > MANY_TEXTS:
        return _INDEXES + more
    _INDEXES.extend(more)
    return _INDEXES


class _Ways(dict[bytes, Way]):
    """Ways by the bytes of a cell's attributes: a workbook has few kinds of them."""

    def __init__(self, reader: SheetXml) -> None:
        super().__init__()
        self.reader = reader

    def __missing__(self, attributes: bytes) -> Way:
        pairs = {key.decode(): value.decode() for key, value in ATTRIBUTE.findall(attributes)}
        way = self[attributes] = self.reader.way_of(pairs.get("t", "n"), pairs.get("s", ""))
        return way


_COLUMNS: dict[bytes, int] = {}


def _column(letters: bytes) -> int:
    """The number of a column given as bytes. Raises ValueError beyond XFD."""
    if letters not in _COLUMNS:
        column = column_number(letters.decode())
        if not 1 <= column <= MAX_COLUMN:
            raise ValueError(column)
        _COLUMNS[letters] = column
    return _COLUMNS[letters]


def iso_moment(text: str) -> Raw:
    """An ISO 8601 date of a Strict workbook (t="d"); the text itself where it is none."""
    text = text.strip().removesuffix("Z")
    try:
        if "T" not in text:
            return dt.date.fromisoformat(text) if "-" in text else dt.time.fromisoformat(text)
        when = dt.datetime.fromisoformat(text)
    except ValueError:
        return text or None
    return when.date() if when.time() == dt.time() else when


def range_of(reference: str) -> tuple[int, int, int, int]:
    """Top, left, bottom, right of `A1:B7`; of `A:B` all rows, of `3:4` all columns."""
    first, _, last = reference.partition(":")
    (top, left), (bottom, right) = corner(first), corner(last or first)
    return top or 1, left or 1, bottom or MAX_ROW, right or MAX_COLUMN


def _merges(xml: bytes) -> list[tuple[int, int, int, int]]:
    return [range_of(reference.decode("ascii", "replace")) for reference in MERGE.findall(xml, xml.rfind(b"</sheetData>"))]


def _columns(xml: bytes) -> list[tuple[int, int]]:
    """Spans of hidden columns."""
    spans: list[tuple[int, int]] = []
    for tag in COLUMN.findall(xml, 0, xml.find(b"<sheetData")):
        pairs = {key.decode("ascii", "replace"): value.decode("ascii", "replace") for key, value in ATTRIBUTE.findall(tag)}
        if hides(pairs):
            spans.append(span_of(pairs))
    return spans


def hides(pairs: dict[str, str]) -> bool:
    """Whether a column's attributes hide it."""
    return pairs.get("hidden") in ("1", "true", "on") or pairs.get("width") in ("0", "0.0")


def span_of(pairs: dict[str, str]) -> tuple[int, int]:
    """First and last column of a `col` element."""
    low, high = (int(pairs[key]) if pairs.get(key, "").isdigit() and len(pairs[key]) < 8 else 0 for key in ("min", "max"))
    return max(low, 1), min(high, MAX_COLUMN)
