"""问题清单, the sheet in which a town sees every fault and answers: written line by line, for it may be longer than the file itself."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import islice
from typing import Any

from canju.findings import Findings
from canju.model import Finding, letters
from canju.outputs.findings import printable, printable_lines
from canju.outputs.returns.lines import HEADS, LIST, values_of
from canju.outputs.returns.package import SPREADSHEET, Package, add, after, first, inside, of
from canju.outputs.returns.styles import Looks

WIDTHS = (6, 24, 14, 9, 10, 46, 22, 36, 8, 30, 4)
MOST_ROWS = 1_000_000
"""Lines of 问题清单: a sheet holds 1,048,576. Beyond, the list says how many more there are and where."""
MOST_LINKS = 60_000
"""Links of one sheet: a spreadsheet program gives up at 65,530. Beyond, the cell is named without a link."""
TEXT = 8_000
"""Characters of a cell of the list; Excel allows 32,767, but nobody reads so many."""
INTRODUCTION = "本表由县残联退回：请在原表标色的单元格更正；“请核实”的，情况属实请在“核实说明”栏说明原因。改好后将本文件整个报回。"
_CHOSEN = re.compile(rb"""(<(?:\w+:)?sheetView\b[^>]*?)\s+tabSelected\s*=\s*["'][^"']*["']""")
_HIDDEN = ' hidden="1"'


def add_list(package: Package, looks: Looks, findings: Findings, sheets: Sequence[str], note: Sequence[str], marks: str = "") -> None:
    """Put 问题清单 first among the sheets, its lines written when the package is saved; one of an earlier round goes.

    `marks` go into the hidden column: which files this workbook, once corrected, stands for. `sheets` are those that links may lead to.
    """
    book = package.tree(package.main)
    listed = first(book, "sheets")
    for place in [place for place, one in enumerate(listed) if one.get("name") == LIST]:
        take_out(package, place)
    part = package.vacant("xl/worksheets/canju{}.xml")
    mark = package.relate(package.main, "worksheet", part)
    number = 1 + max((int(one.get("sheetId", 0)) for one in of(listed, "sheet")), default=0)
    add(listed, "sheet", at=0, name=LIST, sheetId=str(number)).set(package.link, mark)
    _show_first(package, book)
    _name(book)
    space = book.tag.partition("}")[0][1:]
    package.put(part, _sheet(space, looks, findings, sheets, note, marks), f"{SPREADSHEET}worksheet+xml")


def take_out(package: Package, place: int) -> None:
    """Take a sheet out of the workbook, and all that belongs to it alone."""
    book = package.tree(package.main)
    sheet = first(book, "sheets")[place]
    mark = sheet.get(package.link)
    sheet.getparent().remove(sheet)
    for one in [*inside(book, "definedNames", "definedName")]:
        local = int(one.get("localSheetId") or -1)
        if local == place:
            one.getparent().remove(one)
        elif local > place:
            one.set("localSheetId", str(local - 1))
    for part in [to for one, _, to in package.relations(package.main) if one == mark]:
        package.shed(part, "/comments", "/vmlDrawing")
        package.drop(part)
    package.unrelate(package.main, mark)
    package.shed(package.main, "/calcChain")  # it may name cells that are gone, and is made anew


def _show_first(package: Package, book: Any) -> None:
    """Open the workbook on its first sheet, no other being chosen with it: what is typed into one would go into all."""
    for view in inside(book, "bookViews", "workbookView"):
        view.attrib.pop("activeTab", None)
        view.attrib.pop("firstSheet", None)
    for _, kind, part in list(package.relations(package.main)):
        if part.lower() in package.trees:
            for view in inside(package.tree(part), "sheetViews", "sheetView"):
                view.attrib.pop("tabSelected", None)
        elif kind.endswith("sheet") and part.lower() in package.names:
            package.put(part, _CHOSEN.sub(rb"\1", package.read(part)))


def _name(book: Any) -> None:
    """The names that hold in one sheet alone are told by its place; the list repeats its heading in print."""
    names = first(book, "definedNames")
    if names is None:
        names = add(book, "definedNames", at=after(book, "sheets", "functionGroups", "externalReferences"))
    for one in of(names, "definedName"):
        if one.get("localSheetId"):
            one.set("localSheetId", str(int(one.get("localSheetId")) + 1))
    add(names, "definedName", f"{LIST}!$2:$2", name="_xlnm.Print_Titles", localSheetId="0")


def _sheet(space: str, looks: Looks, findings: Findings, sheets: Sequence[str], note: Sequence[str], marks: str) -> Iterator[bytes]:
    """The XML of the list, line by line."""
    more = [f"另有{len(findings) - MOST_ROWS}处未列出，全部问题见问题明细.csv。"] if len(findings) > MOST_ROWS else []
    told, last = "\n".join((INTRODUCTION, *note, *more)), letters(len(HEADS))
    columns = "".join(
        f'<col min="{place}" max="{place}" width="{width}" customWidth="1"{_HIDDEN if place == len(HEADS) else ""}/>'
        for place, width in enumerate(WIDTHS, start=1)
    )
    heads = "".join(_text(f"{letters(place)}2", head, looks.head) for place, head in enumerate(HEADS, start=1))
    yield (
        f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<worksheet xmlns="{space}">'
        '<sheetPr><pageSetUpPr fitToPage="1"/></sheetPr><sheetViews><sheetView tabSelected="1" workbookViewId="0">'
        '<pane ySplit="2" topLeftCell="A3" activePane="bottomLeft" state="frozen"/></sheetView></sheetViews>'
        f'<cols>{columns}</cols><sheetData><row r="1" ht="{32 + 16 * len((*note, *more))}" customHeight="1">'
        f'{_text("A1", told, looks.told)}{_text(f"{last}1", marks, looks.told)}</row><row r="2">{heads}</row>'
    ).encode()
    links: list[str] = []
    for row in _rows(looks, findings, sheets, links):
        yield row.encode()
    linked = f"<hyperlinks>{''.join(links)}</hyperlinks>" if links else ""
    yield (
        f'</sheetData><mergeCells count="1"><mergeCell ref="A1:{letters(len(HEADS) - 1)}1"/></mergeCells>{linked}'
        '<pageMargins left="0.5" right="0.5" top="0.6" bottom="0.6" header="0.3" footer="0.3"/>'
        '<pageSetup paperSize="9" orientation="landscape" fitToWidth="1" fitToHeight="0"/></worksheet>'
    ).encode()


def _text(cell: str, text: str, look: str) -> str:
    """The XML of a cell with a text, or without one."""
    inner = f'<is><t xml:space="preserve">{_xml(text[:TEXT])}</t></is>' if text else ""
    return f'<c r="{cell}" s="{look}" t="inlineStr">{inner}</c>' if inner else f'<c r="{cell}" s="{look}"/>'


def _rows(looks: Looks, findings: Findings, sheets: Sequence[str], links: list[str]) -> Iterator[str]:
    """The XML of each row; notes the links on the way."""
    for row, finding in enumerate(islice(findings, MOST_ROWS), start=3):
        values = [printable(value) for value in values_of(row - 2, finding)]
        target = _target(finding, sheets) if len(links) < MOST_LINKS else ""
        if target:
            links.append(f'<hyperlink ref="D{row}" location="{_xml(target)}"/>')
        lines = max(-(-2 * len(value) // width) for value, width in zip(values, WIDTHS[:-1], strict=False))
        cells = [f'<c r="A{row}" s="{looks.line}"><v>{values[0]}</v></c>']
        for column, value in zip("BCDEFGHIJK", values[1:], strict=True):
            cells.append(_text(f"{column}{row}", value, looks.link if column == "D" and target else looks.line))
        yield f'<row r="{row}" ht="{15 * min(max(lines, 1), 20)}" customHeight="1">{"".join(cells)}</row>'


def place_of(finding: Finding, sheets: Sequence[str]) -> tuple[str, str]:
    """Sheet and cell where a finding is marked, both "" where it isn't there; a workbook's only sheet may have another name."""
    address = finding.address
    sheet = address.sheet if address.sheet in sheets else sheets[0] if len(sheets) == 1 else ""
    cell = address.cell or (f"{address.column or 'A'}{address.row}" if address.row else "")
    return (sheet, cell) if sheet and cell else ("", "")


def _target(finding: Finding, sheets: Sequence[str]) -> str:
    """Where a link leads: 'sheet'!C17, or ""."""
    sheet, cell = place_of(finding, sheets)
    quoted = sheet.replace("'", "''")
    return f"'{quoted}'!{cell}" if cell else ""


def _xml(text: str) -> str:
    from html import escape

    return escape(printable_lines(text), quote=True)
