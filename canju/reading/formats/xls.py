"""xls and et (BIFF 2–8) by xlrd, which tells formats, merges, hidden parts and errors; by calamine where xlrd gives up."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING, Any

from canju.model import ErrorValue, Raw, Sheet, Workbook
from canju.reading.formats.grid import Grid, clipped, trimmed
from canju.reading.formats.native import read_native
from canju.reading.formats.number_formats import BUILTIN, MAX_CODE, QUIET, as_meant
from canju.reading.limits import Damaged, Limits, OverLimit

if TYPE_CHECKING:
    from xlrd.book import Book
    from xlrd.sheet import Sheet as XlrdSheet

BROKEN = "文件已损坏或不完整，无法打开。"
EMPTY, TEXT, NUMBER, DATE, BOOLEAN, ERROR, BLANK = range(7)


def read_xls(data: bytes, limits: Limits, book: Workbook) -> None:
    """Fill `book` with the sheets of a BIFF workbook. Raises Damaged (F102 where it needs a password) or OverLimit."""
    import xlrd

    try:
        source = xlrd.open_workbook(file_contents=data, formatting_info=True, logfile=io.StringIO(), ragged_rows=True)
    except (Damaged, OverLimit, MemoryError):
        raise
    except Exception as error:  # xlrd raises whatever it meets in a damaged file
        if "encrypted" in str(error).lower():
            raise Damaged("文件设有密码，请提供密码或去掉密码后再报。", rule="F102") from error
        read_native(data, limits, book)
        return
    book.date1904 = source.datemode == 1
    if source.nsheets > limits.sheets:
        raise OverLimit(f"有{source.nsheets}个工作表，超过上限{limits.sheets}个。")
    reader = _Xls(source, limits)
    for sheet in source.sheets():
        book.sheets.append(reader.sheet(sheet))


class _Xls:
    """Turns xlrd's sheets into ours; counts cells over all of them."""

    def __init__(self, source: Book, limits: Limits) -> None:
        self.source = source
        self.limits = limits
        self.cells = 0
        self.codes: dict[int, str] = {}
        self.date1904 = source.datemode == 1

    def sheet(self, sheet: XlrdSheet) -> Sheet:
        """One sheet with its values, formats, merges and hidden parts."""
        grid, noted = Grid(self.limits), dict[tuple[int, int], str]()
        for row in range(sheet.nrows):
            grid.put_row(row + 1, self._row(sheet, row, noted))
        rows = trimmed(grid.rows)
        merges = [(top + 1, left + 1, bottom, right) for top, bottom, left, right in sheet.merged_cells]
        hidden_rows = {row + 1 for row, info in sheet.rowinfo_map.items() if info.hidden or info.height == 0}
        hidden_columns = {column + 1 for column, info in sheet.colinfo_map.items() if info.hidden or info.width == 0}
        return Sheet(
            _clean(sheet.name),
            rows,
            sheet.visibility != 0,
            clipped(merges, rows),
            frozenset(row for row in hidden_rows if row <= len(rows) and rows[row - 1]),
            frozenset(at for at in hidden_columns if any(len(row) >= at and row[at - 1] is not None for row in rows)),
            noted,
        )

    def _row(self, sheet: XlrdSheet, row: int, noted: dict[tuple[int, int], str]) -> list[Raw]:
        kinds, values = sheet.row_types(row), sheet.row_values(row)
        cells: list[Raw] = []
        for column, (kind, value) in enumerate(zip(kinds, values, strict=True)):
            if kind == TEXT:
                cells.append(_clean(value) or None)
            elif kind in (NUMBER, DATE):
                code = self._code_of(sheet.cell_xf_index(row, column)) or ("yyyy/m/d" if kind == DATE else "")
                cells.append(self._number(value, code, (row + 1, column + 1), noted))
            else:
                cells.append(_other(kind, value))
        self.cells += len(cells)
        if self.cells > self.limits.cells:
            raise OverLimit(f"单元格超过{self.limits.cells}个的上限。")
        return cells

    def _code_of(self, xf: int) -> str:
        """The number format of a cell style, "" where it says nothing."""
        code = self.codes.get(xf)
        if code is None:
            code = self.codes[xf] = self._code(xf)
        return code

    def _number(self, value: float, code: str, at: tuple[int, int], noted: dict[tuple[int, int], str]) -> Raw:
        exact = int(value) if -1e15 < value < 1e15 and value == int(value) else value
        if not code:
            return exact
        meant = as_meant(exact, code, self.date1904)
        if isinstance(meant, int | float):
            noted[at] = code
        return meant

    def _code(self, xf: int) -> str:
        try:
            key = self.source.xf_list[xf].format_key
        except (IndexError, TypeError):
            return ""
        known: Any = self.source.format_map.get(key)
        code = known.format_str if known is not None and isinstance(known.format_str, str) else ""
        if not code or code.startswith("[unknown"):
            code = BUILTIN.get(key, "")
        return "" if code in QUIET or len(code) > MAX_CODE else code


def _other(kind: int, value: Any) -> Raw:
    if kind == BOOLEAN:
        return bool(value)
    if kind == ERROR:
        from xlrd.biffh import error_text_from_code

        return ErrorValue(error_text_from_code.get(value, "#N/A"))
    return None


def _clean(text: Any) -> str:
    """Text without the zero bytes some old programs leave in it."""
    return str(text).replace("\x00", "") if "\x00" in str(text) else str(text)
