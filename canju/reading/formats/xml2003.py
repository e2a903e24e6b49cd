"""SpreadsheetML 2003, the XML that older systems export with the extension .xls."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from xml.etree.ElementTree import Element

from canju.model import ErrorValue, Raw, Sheet, Uncalculated, Workbook
from canju.reading.formats.grid import MAX_COLUMN, MAX_ROW, Grid, clipped, trimmed
from canju.reading.formats.xlsx_cells import iso_moment, number
from canju.reading.formats.xml_parts import BAD_XML, local, tree
from canju.reading.limits import Damaged, Limits, OverLimit


def read_xml2003(data: bytes, limits: Limits, book: Workbook) -> None:
    """Fill `book` with the worksheets of the document. Raises Damaged or OverLimit."""
    cells = 0
    for element in tree(data.lstrip()):
        if local(element.tag) == "Worksheet":
            sheet = _sheet(element, limits)
            cells += sum(map(len, sheet.rows))
            book.sheets.append(sheet)
            if cells > limits.cells or len(book.sheets) > limits.sheets:
                raise OverLimit(f"单元格超过{limits.cells}个或工作表超过{limits.sheets}个的上限。")
    if not book.sheets:
        raise Damaged(BAD_XML)


def _named(element: Element) -> Mapping[str, str]:
    return {local(key): value for key, value in element.attrib.items()}


def _sheet(element: Element, limits: Limits) -> Sheet:
    grid = Grid(limits)
    merges: list[tuple[int, int, int, int]] = []
    hidden_rows: set[int] = set()
    hidden_columns: set[int] = set()
    table = next((child for child in element if local(child.tag) == "Table"), None)
    placed = _named(table) if table is not None else {}
    down, right = (max(0, _whole(placed.get(name)) - 1) for name in ("TopCell", "LeftCell"))  # a table may begin elsewhere than in A1
    row = column = 0
    for child in table if table is not None else ():
        pairs = _named(child)
        if local(child.tag) == "Column":
            column = _whole(pairs.get("Index")) or column + 1
            last = column + _whole(pairs.get("Span"))
            if pairs.get("Hidden") == "1":
                hidden_columns.update(range(right + column, min(right + last, MAX_COLUMN) + 1))
            column = last
        elif local(child.tag) == "Row":
            row = _whole(pairs.get("Index")) or row + 1
            if down + row > MAX_ROW:
                raise Damaged(BAD_XML)
            grid.put_row(down + row, _cells(child, down + row, right, merges))
            if pairs.get("Hidden") == "1":
                hidden_rows.add(down + row)
            row += _whole(pairs.get("Span"))
    rows = trimmed(grid.rows)
    hidden = any(local(child.tag) == "Visible" and (child.text or "").startswith("SheetHidden") for child in element.iter())
    return Sheet(
        _named(element).get("Name", ""),
        rows,
        hidden,
        clipped(merges, rows),
        frozenset(at for at in hidden_rows if at <= len(rows) and rows[at - 1]),
        frozenset(at for at in hidden_columns if any(len(cells) >= at and cells[at - 1] is not None for cells in rows)),
    )


def _cells(element: Element, row: int, right: int, merges: list[tuple[int, int, int, int]]) -> list[Raw]:
    """A row's cells; `right` is how many columns the table is set in, which its cells' numbers leave out."""
    values: list[Raw] = []
    column = right
    for child in element:
        if local(child.tag) != "Cell":
            continue
        pairs = _named(child)
        told = _whole(pairs.get("Index"))
        column = right + told if told else column + 1
        if column > MAX_COLUMN:
            raise Damaged(BAD_XML)
        values.extend([None] * (column - len(values)))
        values[column - 1] = _value(child, pairs)
        across, down = _whole(pairs.get("MergeAcross")), _whole(pairs.get("MergeDown"))
        if across or down:
            merges.append((row, column, row + down, column + across))
            column += across
    return values


def _value(cell: Element, pairs: Mapping[str, str]) -> Raw:
    data = next((child for child in cell if local(child.tag) == "Data"), None)
    if data is None:
        return Uncalculated(pairs["Formula"].removeprefix("=")) if "Formula" in pairs else None
    text = "".join(data.itertext())
    kind = _named(data).get("Type", "String")
    if kind == "Number" and text:
        return number(text.strip())
    if kind == "Boolean":
        return text.strip() == "1"
    if kind == "Error":
        return ErrorValue(text)
    if kind == "DateTime":
        moment = iso_moment(text.split(".")[0])
        return moment.time() if isinstance(moment, dt.datetime) and moment.date() == dt.date(1899, 12, 31) else moment
    return text or None


def _whole(text: str | None) -> int:
    return int(text) if text and text.isdigit() and len(text) < 9 else 0
