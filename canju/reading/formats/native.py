"""A second reader (calamine) for workbooks that the first refuses: values and addresses only."""

from __future__ import annotations

import io

from canju.model import Raw, Sheet, Workbook
from canju.reading.formats.grid import clipped, trimmed
from canju.reading.formats.ole import OLE, winds_up
from canju.reading.limits import Damaged, Limits, OverLimit

BROKEN = "文件已损坏或不完整，无法打开。"


def read_native(data: bytes, limits: Limits, book: Workbook) -> None:
    """Fill `book` by calamine. Raises Damaged or OverLimit; a panic inside it is Damaged too."""
    if data.startswith(OLE) and not winds_up(data):
        raise Damaged(BROKEN)
    try:
        from python_calamine import CalamineWorkbook, PasswordError

        try:
            source = CalamineWorkbook.from_filelike(io.BytesIO(data))
            tables = [(number, meta) for number, meta in enumerate(source.sheets_metadata) if "Chart" not in str(meta.typ)]
            sheets = [_sheet(source, number, meta, limits) for number, meta in tables]
        except PasswordError as error:
            raise Damaged("文件设有密码，请提供密码或去掉密码后再报。", rule="F102") from error
    except (Damaged, OverLimit, MemoryError, KeyboardInterrupt, SystemExit):
        raise
    except BaseException as error:  # a panic of the native library derives from BaseException
        raise Damaged(BROKEN) from error
    if not sheets:
        raise Damaged(BROKEN)
    book.sheets.extend(sheets)


def _sheet(source: object, number: int, meta: object, limits: Limits) -> Sheet:
    sheet = source.get_sheet_by_index(number)  # type: ignore[attr-defined]
    if sheet.total_height * sheet.total_width > limits.grid:
        raise OverLimit(f"表格范围超过{limits.grid}格的上限。")
    rows: list[list[Raw]] = [[_value(cell) for cell in row] for row in sheet.to_python(skip_empty_area=False)]
    merges = [(top + 1, left + 1, bottom + 1, right + 1) for (top, left), (bottom, right) in sheet.merged_cell_ranges or []]
    rows = trimmed(rows)
    return Sheet(sheet.name, rows, "Visible" not in str(meta.visible), clipped(merges, rows))  # type: ignore[attr-defined]


def _value(cell: object) -> Raw:
    if isinstance(cell, str):
        return cell.replace("\x00", "") or None
    if isinstance(cell, float) and -1e15 < cell < 1e15 and cell == int(cell):
        return int(cell)
    return cell  # type: ignore[return-value]
