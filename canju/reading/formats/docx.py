"""Tables inside a Word paper, each a sheet named 表1, 表2 …; merged cells as Word shows them."""

from __future__ import annotations

from collections.abc import Iterator
from xml.etree.ElementTree import Element

from canju.model import Raw, Sheet, Workbook
from canju.reading.archive import Archive
from canju.reading.formats.grid import Grid, clipped, trimmed
from canju.reading.formats.xml_parts import local, tree
from canju.reading.limits import Damaged, Limits

NO_TABLE = "不是台账格式（Word文稿、PDF或图片），未读取；如系台账的盖章件，请另报电子表格。"
MAIN = "word/document.xml"
SYMBOLS = {
    **{("Wingdings", code): sign for code, sign in zip(("FB", "FC", "FD", "FE", "A8", "6F"), "✗✓☒☑☐☐", strict=True)},
    **{("Wingdings 2", code): sign for code, sign in zip(("4F", "50", "51", "52", "53", "54", "A3"), "✗✓☒☑☒☒☐", strict=True)},
}
"""Ticks and boxes put in as symbols of a font, by font and last two digits of the code: they are no text of the paper."""
LEAD = 6
"""Lines above a table that are taken to be its title and unit."""


def read_docx(data: bytes, limits: Limits, book: Workbook) -> None:
    """Fill `book` with the tables of a paper. Raises Damaged: F105 where it has none."""
    archive = Archive(data, limits)
    names = {name.replace("\\", "/").lower(): name for name in archive.names}
    if MAIN not in names:
        raise Damaged("文件缺少内部组成部分，已损坏。")
    root = tree(archive.read(names[MAIN]))
    leads = _leads(root)
    sheets = [_sheet(f"表{number}", table, leads.get(id(table), ()), limits) for number, table in enumerate(_tables(root), 1)]
    book.sheets = [sheet for sheet in sheets if sheet.rows]
    if not book.sheets:
        raise Damaged(NO_TABLE, rule="F105")


def _tables(element: Element) -> list[Element]:
    """Tables in the order of the text; one inside another's cell stands on its own as well."""
    return [child for child in element.iter() if local(child.tag) == "tbl"]


def _leads(root: Element) -> dict[int, tuple[str, ...]]:
    """The last lines of text before each table that stands in no other, by the table's `id`: its title and 填报单位 line."""
    found: dict[int, tuple[str, ...]] = {}
    lines: list[str] = []
    for body in _children(root, "body"):
        for child in _parts(body):
            if local(child.tag) == "tbl":
                found[id(child)] = tuple(lines[-LEAD:])
                lines = []
            elif text := "".join(_runs(child)).strip():
                lines.append(text)
    return found


def _parts(element: Element) -> Iterator[Element]:
    """Paragraphs and tables in their order, also inside content controls and tracked insertions."""
    for child in element:
        name = local(child.tag)
        if name in ("p", "tbl"):
            yield child
        elif name in ("sdt", "sdtContent", "ins", "customXml", "smartTag"):
            yield from _parts(child)


def _children(element: Element, tag: str) -> list[Element]:
    """Children of that name, also inside content controls and tracked insertions."""
    found: list[Element] = []
    for child in element:
        name = local(child.tag)
        if name == tag:
            found.append(child)
        elif name in ("sdt", "sdtContent", "ins", "customXml", "smartTag"):
            found.extend(_children(child, tag))
    return found


def _sheet(name: str, table: Element, lead: tuple[str, ...], limits: Limits) -> Sheet:
    grid = Grid(limits)
    merges: list[tuple[int, int, int, int]] = []
    open_merges: dict[int, list[int]] = {}
    for number, row in enumerate(_children(table, "tr"), 1):
        values: list[Raw] = []
        column = 1 + _property(row, "trPr", "gridBefore")
        for cell in _children(row, "tc"):
            width = max(1, min(_property(cell, "tcPr", "gridSpan"), 63))
            vertical = _vertical(cell)
            values.extend([None] * (column - 1 - len(values)))
            values.append(None if vertical == "continue" else _text(cell))
            if vertical == "continue" and column in open_merges:
                open_merges[column][2] = number
            else:
                open_merges[column] = [number, column, number, column + width - 1]
                merges.append((0, len(merges), 0, 0))
                merges[-1] = open_merges[column]  # type: ignore[call-overload]
            column += width
        grid.put_row(number, values)
    rows = trimmed(grid.rows)
    return Sheet(name, rows, False, clipped([(top, left, bottom, right) for top, left, bottom, right in merges], rows), lead=lead)


def _property(element: Element, group: str, name: str) -> int:
    for child in element:
        if local(child.tag) == group:
            for entry in child:
                if local(entry.tag) == name:
                    told = next((value for key, value in entry.attrib.items() if local(key) == "val"), "")
                    return int(told) if told.isdigit() and len(told) < 5 else 0
    return 0


def _vertical(cell: Element) -> str:
    for child in cell:
        if local(child.tag) == "tcPr":
            for entry in child:
                if local(entry.tag) == "vMerge":
                    return next((value for key, value in entry.attrib.items() if local(key) == "val"), "continue")
    return ""


def _text(cell: Element) -> str | None:
    """Paragraphs of a cell, one a line; deleted text and inner tables left out."""
    lines = ["".join(_runs(paragraph)) for paragraph in _children(cell, "p")]
    return "\n".join(lines).strip("\n") or None


def _ticked(box: Element) -> bool | None:
    """Whether a check box to click on is ticked, whatever sign it shows then (Word's own is ☒); None where there is none in it."""
    if local(box.tag) == "sdt":
        box = next((mark for child in box if local(child.tag) == "sdtPr" for mark in child if local(mark.tag) == "checkbox"), box)
        if local(box.tag) != "checkbox":
            return None
    states = {local(child.tag): _attribute(child, "val") or "1" for child in box}
    return states.get("checked", states.get("default", "0")) in ("1", "true", "on")


def _attribute(element: Element, name: str) -> str:
    return next((value for key, value in element.attrib.items() if local(key) == name), "")


def _runs(element: Element) -> list[str]:
    pieces: list[str] = []
    for child in element:
        name = local(child.tag)
        if name == "t":
            pieces.append(child.text or "")
        elif name in ("br", "cr"):
            pieces.append("\n")
        elif name == "tab":
            pieces.append("\t")
        elif name == "noBreakHyphen":
            pieces.append("-")
        elif name == "sym":
            pieces.append(SYMBOLS.get((_attribute(child, "font"), _attribute(child, "char").upper()[-2:]), ""))
        elif name == "checkBox" or (name == "sdt" and _ticked(child) is not None):
            pieces.append("☑" if _ticked(child) else "☐")
        elif name not in ("del", "moveFrom", "pPr", "rPr", "drawing", "pict"):
            pieces.extend(_runs(child))
    return pieces
