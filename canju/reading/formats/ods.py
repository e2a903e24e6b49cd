"""OpenDocument spreadsheets, read from content.xml as a stream: repeated rows and cells cost nothing where they are blank."""

from __future__ import annotations

import datetime as dt

from canju.model import ErrorValue, Raw, Sheet, Uncalculated, Workbook
from canju.patterns import pattern
from canju.reading.archive import Archive
from canju.reading.formats.grid import MAX_COLUMN, MAX_ROW, Grid, clipped, trimmed
from canju.reading.formats.xlsx_cells import iso_moment, number
from canju.reading.formats.xlsx_events import parse
from canju.reading.formats.xml_parts import utf8
from canju.reading.limits import Damaged, Limits, OverLimit

DURATION = pattern(r"PT(\d{1,6})H(\d{1,6})M(\d{1,6})(?:[.,]\d+)?S")
ERRORS = pattern(r"^(#[A-Z/0!?]+|Err:\d+)$")
SPACE = pattern(r"[ \t\r\n]+")
APART = frozenset((
    "annotation", "ruby-text", "frame", "custom-shape", "g", "scene", "rect", "line", "polyline", "polygon", "regular-polygon", "path",
    "circle", "ellipse", "connector", "caption", "measure", "control", "page-thumbnail",
))  # fmt: skip
"""What stands in a cell and is none of its text: comments, readings above characters, drawings with words of their own."""
ENCRYPTED = b"manifest:encryption-data"


def read_ods(data: bytes, limits: Limits, book: Workbook) -> None:
    """Fill `book` with the tables of the document. Raises Damaged (F102 where it is encrypted) or OverLimit."""
    archive = Archive(data, limits)
    if "META-INF/manifest.xml" in archive.names and ENCRYPTED in archive.read("META-INF/manifest.xml"):
        raise Damaged("文件设有密码，请去掉密码后再报。", rule="F102")
    if "content.xml" not in archive.names:
        raise Damaged("文件缺少内部组成部分，已损坏。")
    read_flat(archive.read("content.xml"), limits, book)


def read_flat(data: bytes, limits: Limits, book: Workbook) -> None:
    """The same for a document that is one XML file (.fods)."""
    cells = _Tables(limits)
    parse(utf8(data), cells)
    book.sheets = cells.sheets


class _Tables:
    """Builds sheets from parser events."""

    def __init__(self, limits: Limits) -> None:
        self.limits = limits
        self.sheets: list[Sheet] = []
        self.styles: dict[str, bool] = {}
        self.style = ""
        self.cells = self.depth = 0
        self.apart = 0
        self.paragraphs: list[list[str]] = []
        self.in_cell = self.in_paragraph = False
        self._begin("", False)

    def _begin(self, name: str, hidden: bool) -> None:
        self.name, self.hidden = name, hidden
        self.grid = Grid(self.limits)
        self.merges: list[tuple[int, int, int, int]] = []
        self.hidden_rows: list[tuple[int, int]] = []
        self.hidden_columns: list[tuple[int, int]] = []
        self.row = self.column = 0
        self.repeat_row = self.next_column = 1
        self.values: list[Raw] = []
        self.noted: dict[tuple[int, int], str] = {}

    def start(self, tag: str, pairs: dict[str, str]) -> None:
        """An element begins."""
        pairs = {key.rpartition(":")[2]: value for key, value in pairs.items()}
        if tag == "table":
            self.depth += 1
            if self.depth == 1:
                self._begin(pairs.get("name", ""), self.styles.get(pairs.get("style-name", ""), False))
        elif tag == "style":
            self.style = pairs.get("name", "")
        elif tag == "table-properties" and pairs.get("display") == "false":
            self.styles[self.style] = True
        elif self.depth == 1:
            self._inside(tag, pairs)

    def _inside(self, tag: str, pairs: dict[str, str]) -> None:
        unseen = pairs.get("visibility") in ("collapse", "filter")
        if tag == "table-column":
            self._column(_count(pairs.get("number-columns-repeated")), unseen)
        elif tag == "table-row":
            self.repeat_row, self.values, self.column = _count(pairs.get("number-rows-repeated")), [], 0
            if unseen:
                self.hidden_rows.append((self.row + 1, self.row + self.repeat_row))
        elif tag in ("table-cell", "covered-table-cell"):
            self.pairs, self.paragraphs, self.in_cell, self.apart = pairs, [], True, 0
        elif self.in_cell and (self.apart or tag in APART):
            self.apart += 1
        elif tag == "p" and self.in_cell:
            self.paragraphs.append([])
            self.in_paragraph = True
        elif tag in ("s", "tab", "line-break") and self.in_paragraph:
            self.paragraphs[-1].append({"s": " " * min(_count(pairs.get("c")), 1000), "tab": "\t"}.get(tag, "\n"))

    def _column(self, count: int, unseen: bool) -> None:
        if unseen:
            self.hidden_columns.append((self.next_column, self.next_column + count - 1))
        self.next_column += count

    def end(self, tag: str) -> None:
        """An element ends."""
        if tag == "table":
            self.depth -= 1
            if self.depth == 0:
                self._finish()
        elif self.depth != 1:
            return
        elif self.apart:
            self.apart -= 1
        elif tag == "p":
            self.in_paragraph = False
        elif tag in ("table-cell", "covered-table-cell"):
            self._cell()
        elif tag == "table-row":
            self._row()

    def text(self, data: str) -> None:
        """Character data: a run of white space is one blank (OpenDocument 1.2, 6.1.2)."""
        if self.in_paragraph and not self.apart and self.depth == 1:
            self.paragraphs[-1].append(SPACE.sub(" ", data))

    def _cell(self) -> None:
        self.in_cell = self.in_paragraph = False
        repeat = _count(self.pairs.get("number-columns-repeated"))
        value = self._value()
        if value is None:
            self.column += repeat
        elif self.column + repeat > MAX_COLUMN:
            raise Damaged("表格超出软件允许的列数，已损坏。")
        else:
            if self.pairs.get("value-type") == "percentage":
                self.noted[self.row + 1, self.column + 1] = "0%"
            self.values.extend([None] * (self.column - len(self.values)))
            self.values.extend([value] * repeat)
            self.column += repeat
        across, down = _count(self.pairs.get("number-columns-spanned")), _count(self.pairs.get("number-rows-spanned"))
        if across > 1 or down > 1:
            left = self.column - repeat + 1
            self.merges.append((self.row + 1, left, self.row + down, left + across - 1))

    def _row(self) -> None:
        if self.values:
            if self.row + self.repeat_row > MAX_ROW:
                raise Damaged("表格超出软件允许的行数，已损坏。")
            self.cells += len(self.values) * self.repeat_row
            if self.cells > self.limits.cells:
                raise OverLimit(f"有内容的单元格超过{self.limits.cells}个的上限。")
            for offset in range(1, self.repeat_row + 1):
                self.grid.put_row(self.row + offset, list(self.values))
        self.row += self.repeat_row

    def _finish(self) -> None:
        rows = trimmed(self.grid.rows)
        width = max(map(len, rows), default=0)
        hidden_rows = {row for low, high in self.hidden_rows for row in range(low, min(high, len(rows)) + 1) if rows[row - 1]}
        columns = {at for low, high in self.hidden_columns for at in range(low, min(high, width) + 1)}
        used = {at for at in columns if any(len(row) >= at and row[at - 1] is not None for row in rows)}
        self.sheets.append(
            Sheet(self.name, rows, self.hidden, clipped(self.merges, rows), frozenset(hidden_rows), frozenset(used), self.noted)
        )
        if len(self.sheets) > self.limits.sheets:
            raise OverLimit(f"工作表超过{self.limits.sheets}个的上限。")

    def _value(self) -> Raw:
        pairs = self.pairs
        kind = pairs.get("value-type", "")
        text = "\n".join("".join(pieces) for pieces in self.paragraphs)
        if ERRORS.match(text) and (kind in ("string", "") or "formula" in pairs) and "formula" in pairs:
            return ErrorValue(text)
        if kind in ("float", "percentage", "currency") and pairs.get("value"):
            return _zeros(text, number(pairs["value"]))
        if kind == "date" and pairs.get("date-value"):
            return iso_moment(pairs["date-value"].split(".")[0])
        if kind == "time" and pairs.get("time-value"):
            return _time(pairs["time-value"], text)
        if kind == "boolean":
            return pairs.get("boolean-value") == "true"
        if text or kind:
            return (text or pairs.get("string-value")) or None
        # A result that is an empty text has an empty paragraph, whatever the program; one that was never worked out has none.
        return Uncalculated(pairs["formula"].partition("=")[2]) if "formula" in pairs and not self.paragraphs else None


def _zeros(text: str, value: int | float | str) -> Raw:
    """The text where it shows leading zeros that the number lacks."""
    return text if isinstance(value, int) and len(text) > 1 and text.isdigit() and text[0] == "0" and int(text) == value else value


def _time(duration: str, text: str) -> Raw:
    told = DURATION.fullmatch(duration)
    if not told:
        return text or duration
    hours, minutes, seconds = (int(part) for part in told.groups())
    return (
        dt.time(hours, minutes, seconds)
        if hours < 24 and minutes < 60 and seconds < 60
        else dt.timedelta(hours=hours, minutes=minutes, seconds=seconds)
    )


def _count(text: str | None) -> int:
    return max(1, int(text)) if text and text.isdigit() and len(text) < 9 else 1
