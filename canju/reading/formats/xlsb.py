"""xlsb: calamine's values, and what it leaves out of them: errors, merged ranges, hidden rows and columns (MS-XLSB, part 2)."""

from __future__ import annotations

import struct
from collections.abc import Iterator
from dataclasses import replace

from canju.model import ErrorValue, Sheet, Workbook
from canju.reading.archive import Archive
from canju.reading.formats.grid import MAX_COLUMN, MAX_ROW, clipped
from canju.reading.formats.native import BROKEN, read_native
from canju.reading.formats.xlsx import Package
from canju.reading.limits import Damaged, Limits

ROW, ERROR, ERROR_OF_FORMULA, COLUMN, LISTED, MERGE = 0, 3, 11, 60, 156, 176
ERRORS = {0x00: "#NULL!", 0x07: "#DIV/0!", 0x0F: "#VALUE!", 0x17: "#REF!", 0x1D: "#NAME?", 0x24: "#NUM!", 0x2A: "#N/A"}
MAIN = "xl/workbook.bin"
HIDDEN_ROW, HIDDEN_COLUMN = 0x10, 0x01


def read_xlsb(data: bytes, limits: Limits, book: Workbook) -> None:
    """Fill `book` with the sheets of a binary workbook. Raises Damaged or OverLimit."""
    read_native(data, limits, book)
    package = Package(Archive(data, limits))
    relations = package.relations(MAIN)
    try:
        parts = {name: relations[to][1] for to, name in _listed(package.read(MAIN)) if to in relations}
        book.sheets = [_completed(sheet, package.read(parts[sheet.name])) if sheet.name in parts else sheet for sheet in book.sheets]
    except (struct.error, UnicodeDecodeError, IndexError) as error:
        raise Damaged(BROKEN) from error


def _completed(sheet: Sheet, part: bytes) -> Sheet:
    """A sheet with its errors, merges and hidden parts."""
    rows, merges = [list(row) for row in sheet.rows], list[tuple[int, int, int, int]]()
    hidden_rows, hidden_columns = set[int](), set[int]()
    row = 0
    for kind, body in _records(part):
        if kind == ROW:
            row = struct.unpack_from("<I", body)[0] + 1
            if len(body) > 11 and body[11] & HIDDEN_ROW:
                hidden_rows.add(row)
        elif kind in (ERROR, ERROR_OF_FORMULA):
            column = struct.unpack_from("<I", body)[0] + 1
            if not (1 <= row <= MAX_ROW and column <= MAX_COLUMN):
                raise Damaged(BROKEN)
            rows.extend([] for _ in range(row - len(rows)))
            rows[row - 1].extend([None] * (column - len(rows[row - 1])))
            rows[row - 1][column - 1] = ErrorValue(ERRORS.get(body[8], "#N/A"))
        elif kind == MERGE:
            top, bottom, left, right = struct.unpack_from("<4I", body)
            merges.append((top + 1, left + 1, bottom + 1, right + 1))
        elif kind == COLUMN:
            first, last, _, _, flags = struct.unpack_from("<4IH", body)
            if flags & HIDDEN_COLUMN:
                hidden_columns.update(range(first + 1, min(last + 1, MAX_COLUMN) + 1))
    return replace(
        sheet,
        rows=rows,
        merges=clipped(merges, rows),
        hidden_rows=frozenset(at for at in hidden_rows if at <= len(rows) and rows[at - 1]),
        hidden_columns=frozenset(at for at in hidden_columns if any(len(cells) >= at and cells[at - 1] is not None for cells in rows)),
    )


def _listed(main: bytes) -> Iterator[tuple[str, str]]:
    """The relation and the name of every sheet the workbook lists."""
    for kind, body in _records(main):
        if kind == LISTED:
            relation, at = _text(body, 8)
            yield relation, _text(body, at)[0]


def _text(body: bytes, at: int) -> tuple[str, int]:
    """A string with its length ahead of it, and where it ends."""
    length = struct.unpack_from("<I", body, at)[0]
    end = at + 4 + 2 * length
    if end > len(body):
        raise Damaged(BROKEN)
    return body[at + 4 : end].decode("utf-16-le"), end


def _records(part: bytes) -> Iterator[tuple[int, bytes]]:
    """Records of a part: number and content. A number has up to two bytes, a length up to four, seven bits each."""
    at = 0
    while at < len(part):
        kind, at = _number(part, at, 2)
        size, at = _number(part, at, 4)
        yield kind, part[at : at + size]
        at += size


def _number(part: bytes, at: int, most: int) -> tuple[int, int]:
    value = 0
    for place in range(most):
        byte = part[at]
        at += 1
        value |= (byte & 0x7F) << 7 * place
        if not byte & 0x80:
            break
    return value, at
