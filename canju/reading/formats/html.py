"""HTML saved as .xls: the page on one sheet, its tables and the lines between them below each other, as Excel shows it."""

from __future__ import annotations

import os
import re
from html.parser import HTMLParser

from canju.model import Raw, Sheet, Workbook
from canju.patterns import pattern
from canju.reading.formats.encodings import decode
from canju.reading.formats.grid import BLANK, Grid, clipped, trimmed
from canju.reading.limits import Damaged, Limits

CHARSET = re.compile(rb"charset\s*=\s*[\"']?\s*([A-Za-z0-9_-]+)", re.IGNORECASE)
SPACE = pattern(r"[ \t\r\n\f]+")
MARGIN = " \t\r\n\f\xa0"
BLOCKS = {"p", "div", "h1", "h2", "h3", "h4", "h5", "h6", "li", "br", "tr", "table", "caption", "body", "hr", "center", "pre"}
UNSEEN = {"script", "style", "title", "head", "noscript", "template"}
NO_DISPLAY = pattern(r"display\s*:\s*none", re.IGNORECASE)
MAX_SPAN = 16_384


class _Cell:
    """A cell while it is read."""

    def __init__(self, columns: int, rows: int) -> None:
        self.columns, self.rows = columns, rows
        self.pieces: list[str] = []

    def value(self) -> str | None:
        """Its text, white space as a browser shows it; None where blank."""
        lines = "".join(self.pieces).split("\v")
        return "\n".join(SPACE.sub(" ", line).strip(MARGIN) for line in lines).strip("\n") or None


class _Table:
    """Rows of one table; a row is its cells and whether it is hidden."""

    def __init__(self) -> None:
        self.rows: list[tuple[list[_Cell], bool]] = []
        self.cell: _Cell | None = None


class _Page(HTMLParser):
    """Collects the page as a list of tables; a line outside a table is a table of one cell."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.tables: list[_Table] = []
        self.open: list[_Table] = []
        self.line: list[str] = []
        self.unseen = 0
        self.has_table = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in UNSEEN - {"head"}:
            self.unseen += 1
        pairs = {key: value or "" for key, value in attrs}
        if tag == "table":
            self._flush()
            self.has_table = True
            table = _Table()
            self.tables.append(table)
            self.open.append(table)
        elif tag == "tr" and self.open:
            self.open[-1].cell = None
            self.open[-1].rows.append(([], bool(NO_DISPLAY.search(pairs.get("style", ""))) or "hidden" in pairs))
        elif tag in ("td", "th") and self.open:
            self._cell(pairs)
        elif tag in BLOCKS:
            self._break(tag)

    def _cell(self, pairs: dict[str, str]) -> None:
        table = self.open[-1]
        if not table.rows:
            table.rows.append(([], False))
        table.cell = _Cell(_span(pairs.get("colspan")), _span(pairs.get("rowspan")))
        table.rows[-1][0].append(table.cell)

    def _break(self, tag: str) -> None:
        cell = self.open[-1].cell if self.open else None
        if cell is not None:
            if tag == "br" or "".join(cell.pieces).strip(MARGIN):
                cell.pieces.append("\v")
        else:
            self._flush()

    def handle_endtag(self, tag: str) -> None:
        if tag in UNSEEN - {"head"}:
            self.unseen = max(0, self.unseen - 1)
        if tag == "table" and self.open:
            self.open.pop()
        elif tag in ("td", "th", "tr") and self.open:
            self.open[-1].cell = None
        elif tag in BLOCKS and not (self.open and self.open[-1].cell):
            self._flush()

    def handle_data(self, data: str) -> None:
        if self.unseen:
            return
        cell = self.open[-1].cell if self.open else None
        (cell.pieces if cell is not None else self.line).append(data)

    def _flush(self) -> None:
        """A line outside any cell becomes a row of its own."""
        cell = _Cell(1, 1)
        cell.pieces, self.line = self.line, []
        if cell.value():
            table = _Table()
            table.rows.append(([cell], False))
            self.tables.append(table)


def _span(text: str | None) -> int:
    text = (text or "").strip()
    return max(1, min(int(text), MAX_SPAN)) if text.isdigit() and len(text) < 6 else 1


def read_html(data: bytes, limits: Limits, book: Workbook) -> None:
    """Fill `book` with one sheet named "". Raises Damaged where the page holds no table."""
    text, book.encoding = _text(data)
    page = _Page()
    page.feed(text)
    page.close()
    page._flush()
    if not page.has_table:
        page_by_name = os.path.splitext(book.file)[1].lower() in (".html", ".htm", ".mht", ".mhtml")
        raise Damaged("是网页文件，里面没有表格，未读取。", rule="F105" if page_by_name else "F101")
    book.sheets = [_laid_out(page.tables, limits)]


def _text(data: bytes) -> tuple[str, str]:
    """The page's text: by byte order mark or strict UTF-8, then as the page says, then as for any text."""
    decoded = decode(data)
    told = CHARSET.search(data[:4096])
    if (
        told
        and decoded.encoding not in ("utf-8-sig", "utf-16", "utf-16-le", "utf-16-be")
        and (decoded.stray is not None or decoded.encoding != "utf-8")
    ):
        codec = told[1].decode().lower()
        codec = "gb18030" if codec in ("gb2312", "gbk", "gb18030") else codec
        try:
            return data.decode(codec), codec
        except (UnicodeDecodeError, LookupError):
            pass
    return decoded.text, decoded.encoding


def _laid_out(tables: list[_Table], limits: Limits) -> Sheet:
    """All tables below each other; spans become merges with the value at their top left."""
    grid = Grid(limits)
    merges: list[tuple[int, int, int, int]] = []
    hidden: set[int] = set()
    top = 0
    for table in tables:
        if not any(cell.value() for cells, _ in table.rows for cell in cells):
            continue  # the outer table of a nested layout
        taken: dict[int, int] = {}
        for cells, unseen in table.rows:
            top += 1
            _lay_row(grid, top, cells, taken, merges)
            if unseen:
                hidden.add(top)
    rows = trimmed(grid.rows)
    return Sheet(
        "", rows, False, clipped(merges, rows), frozenset(row for row in hidden if row <= len(rows) and rows[row - 1] is not BLANK)
    )


def _lay_row(grid: Grid, row: int, cells: list[_Cell], taken: dict[int, int], merges: list[tuple[int, int, int, int]]) -> None:
    """Put one row's cells where spans from above leave room. `taken` holds the last row covered in a column."""
    values: list[Raw] = []
    column = 1
    for cell in cells:
        begin = column
        while taken.get(column, 0) >= row:
            column += 1
        last = min(column + cell.columns - 1, MAX_SPAN)
        if column > MAX_SPAN:
            grid.cover(column - begin)
            break
        values.extend([None] * (column - 1 - len(values)))
        values.append(cell.value())
        if cell.columns > 1 or cell.rows > 1:
            merges.append((row, column, row + cell.rows - 1, last))
        if cell.rows > 1:
            grid.cover(last - column + 1)
            taken.update(dict.fromkeys(range(column, last + 1), row + cell.rows - 1))
        column = last + 1
    grid.put_row(row, values)
