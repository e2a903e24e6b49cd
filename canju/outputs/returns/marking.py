"""Marks a town's own workbook: cells filled and commented, 问题清单 as first sheet; layout, formats and other sheets stay."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING, Any

from canju.masking import mask_path, mask_text, show
from canju.model import SEVERITY_WORDS, Finding, Sheet, letters
from canju.outputs.findings import message, printable
from canju.outputs.steady import of_openpyxl

if TYPE_CHECKING:
    from openpyxl import Workbook
    from openpyxl.cell.cell import Cell

LIST = "问题清单"
HEADS = ("序号", "文件", "工作表", "单元格", "姓名", "问题", "现值", "修改建议", "性质", "核实说明", "指纹")
WIDTHS = (6, 24, 14, 9, 10, 46, 22, 36, 8, 30, 4)
DUTY = {"error": "必改", "query": "请核实", "note": "提示"}
FILLS = {"error": "FFFFC7CE", "query": "FFFFEB9C", "note": "FFBDD7EE"}
MOST_COMMENTS = 3_000
"""Cells commented in one workbook: beyond, cells are filled only, since comments slow a spreadsheet program down."""
MOST_ROWS = 50_000
"""Lines of 问题清单: beyond, the list says how many more there are and where."""
LOST_PARTS = {
    "xl/drawings/drawing": "图形、图片",
    "xl/charts/": "图表",
    "xl/pivot": "数据透视表",
    "xl/activeX": "控件",
    "xl/externalLinks": "外部链接",
}


def reopen(data: bytes) -> tuple[Any, list[str]]:
    """A workbook to mark, and what of it can't be kept. Raises whatever openpyxl raises where it can't be opened."""
    import zipfile

    from openpyxl import load_workbook

    with zipfile.ZipFile(BytesIO(data)) as archive:
        names = archive.namelist()
    book = load_workbook(BytesIO(data), keep_vba=any("vbaProject" in name for name in names), keep_links=False)
    return book, [words for part, words in LOST_PARTS.items() if any(name.startswith(part) for name in names)]


def rebuilt(sheets: Sequence[Sheet]) -> Any:
    """A workbook of the same layout made from sheets as read: for .xls, CSV and the rest."""
    from openpyxl import Workbook

    book = Workbook()
    del book[book.sheetnames[0]]
    for number, sheet in enumerate(sheets, start=1):
        page = book.create_sheet(sheet_title(sheet.name or "Sheet1", number, book.sheetnames))
        for r, row in enumerate(sheet.rows, start=1):
            for c, raw in enumerate(row, start=1):
                if raw is not None and raw != "":
                    _put(page.cell(r, c), raw)
        for merge in sheet.merges[:5_000]:
            page.merge_cells(start_row=merge.top, start_column=merge.left, end_row=merge.bottom, end_column=merge.right)
        for row_number in sheet.hidden_rows:
            page.row_dimensions[row_number].hidden = True
        for column in sheet.hidden_columns:
            page.column_dimensions[letters(column)].hidden = True
        for column in range(1, min(max(map(len, sheet.rows), default=0), 200) + 1):
            page.column_dimensions[letters(column)].width = 14
        page.sheet_state = "hidden" if sheet.hidden else "visible"
    return book


def _put(cell: Any, raw: Any) -> None:
    """A value as it was; text that looks like a formula stays text."""
    from openpyxl.utils.exceptions import IllegalCharacterError

    value = getattr(raw, "text", raw)
    if isinstance(value, str):
        value = value[:32_000]
    try:
        cell.value = value
    except (ValueError, IllegalCharacterError):
        cell.value = printable(str(value))
    if isinstance(value, str):
        cell.data_type = "s"
        cell.number_format = "@"


def sheet_title(name: str, number: int, taken: Sequence[str]) -> str:
    """A sheet name that a workbook may have."""
    title = re.sub(r"[\[\]:*?/\\']", "_", name)[:28] or f"Sheet{number}"
    return title if title not in taken else f"{title[:24]}_{number}"


def mark(book: Workbook, findings: Sequence[Finding], note: Sequence[str] = ()) -> None:
    """Fill and comment the cells at fault, and put 问题清单 first. Cells of a sheet that isn't there are listed only."""
    by_cell: dict[tuple[str, str], list[Finding]] = defaultdict(list)
    single = book.sheetnames[0] if len(book.sheetnames) == 1 else ""
    for finding in findings:
        sheet = finding.address.sheet if finding.address.sheet in book.sheetnames else single
        if sheet and (cell := finding.address.cell or (f"{_first(finding)}{finding.address.row}" if finding.address.row else None)):
            by_cell[sheet, cell].append(finding)
    for number, ((sheet, cell), some) in enumerate(by_cell.items()):
        _mark_cell(book[sheet][cell], some, comment=number < MOST_COMMENTS)
    _list(book, findings, single, note)


def _first(finding: Finding) -> str:
    """The column where a whole row is marked."""
    return finding.address.column or "A"


def _mark_cell(cell: Cell, findings: Sequence[Finding], comment: bool) -> None:
    from openpyxl.cell.cell import MergedCell
    from openpyxl.comments import Comment
    from openpyxl.styles import PatternFill

    if isinstance(cell, MergedCell):
        ranges = [one for one in cell.parent.merged_cells.ranges if cell.coordinate in one]
        cell = cell.parent.cell(ranges[0].min_row, ranges[0].min_col) if ranges else cell
    worst = min(findings, key=lambda one: list(FILLS).index(one.severity))
    cell.fill = PatternFill("solid", start_color=FILLS[worst.severity], end_color=FILLS[worst.severity])
    if not comment:
        return
    said = "\n".join(f"{DUTY[one.severity]} {one.rule}：{mask_text(message(one, 'town'))} {one.fix}" for one in findings)
    old = cell.comment.text if cell.comment else ""
    fresh = Comment(printable_lines(f"{old}\n――――\n{said}" if old else said)[:8_000], "残联台账校验")
    fresh.width, fresh.height = 320, min(60 + 40 * len(findings), 300)
    cell.comment = fresh


def printable_lines(text: str) -> str:
    """Lines without control characters."""
    return "\n".join(printable(line) for line in text.splitlines())


def _list(book: Workbook, findings: Sequence[Finding], single: str, note: Sequence[str]) -> None:
    """The sheet in which the town sees every fault and answers."""
    from openpyxl.styles import Alignment, Border, Font, PatternFill, Side

    taken = LIST in book.sheetnames
    if taken:
        del book[LIST]
    page = book.create_sheet(LIST, 0)
    book.active = 0
    thin = Side(style="thin", color="FFBFBFBF")
    wrap, border = Alignment(wrap_text=True, vertical="top"), Border(thin, thin, thin, thin)
    page.append(["本表由县残联退回：请在原表标色的单元格更正；“请核实”的，情况属实请在“核实说明”栏说明原因。改好后将本文件整个报回。"])
    page.merge_cells(start_row=1, start_column=1, end_row=1, end_column=len(HEADS) - 1)
    page["A1"].alignment = wrap
    page.row_dimensions[1].height = 32
    page.append(HEADS)
    for cell in page[2]:
        cell.font, cell.border, cell.fill = Font(bold=True), border, PatternFill("solid", start_color="FFD9D9D9")
    for number, finding in enumerate(findings[:MOST_ROWS], start=1):
        _row(page, number, finding, single, book.sheetnames, border, wrap)
    if len(findings) > MOST_ROWS:
        page.append([f"另有 {len(findings) - MOST_ROWS} 处未列出，全部问题见 问题明细.csv。"])
    for text in note:
        page.append([text])
    for column, width in enumerate(WIDTHS, start=1):
        page.column_dimensions[letters(column)].width = width
    page.column_dimensions[letters(len(HEADS))].hidden = True
    page.freeze_panes = "A3"
    page.print_title_rows = "2:2"
    page.page_setup.orientation, page.page_setup.paperSize = "landscape", 9
    page.page_setup.fitToWidth, page.page_setup.fitToHeight = 1, 0
    page.sheet_properties.pageSetUpPr.fitToPage = True


def _row(page: Any, number: int, finding: Finding, single: str, names: Sequence[str], border: Any, wrap: Any) -> None:
    address = finding.address
    place = address.cell or (f"第{address.row}行" if address.row else f"{address.column}列" if address.column else "")
    said = message(finding, "town")
    if finding.suggestions:
        said += f" 建议：{'；'.join(finding.suggestions)}"
    values = (
        number,
        mask_path(address.file.rsplit("/", 1)[-1]),
        address.sheet or "",
        place,
        finding.person or finding.place or "",
        mask_text(said),
        show(finding.value)[:300] if finding.value else "",
        finding.fix,
        DUTY[finding.severity],
        finding.explained or "",
        finding.fingerprint,
    )
    row = page.max_row + 1
    for column, value in enumerate(values, start=1):
        cell = page.cell(row, column)
        _put(cell, printable(value) if isinstance(value, str) else value)
        cell.border, cell.alignment = border, wrap
    lines = max(-(-2 * len(str(value)) // width) for value, width in zip(values, WIDTHS[:-1], strict=False))
    page.row_dimensions[row].height = 15 * min(max(lines, 1), 20)
    sheet = address.sheet if address.sheet in names else single
    target = address.cell or (f"A{address.row}" if address.row else None)
    if sheet and target:
        from openpyxl.styles import Font
        from openpyxl.worksheet.hyperlink import Hyperlink

        link = page.cell(row, 4)
        quoted = sheet.replace("'", "''")
        link.hyperlink = Hyperlink(ref=link.coordinate, location=f"'{quoted}'!{target}")
        link.font = Font(color="FF0563C1", underline="single")


def save(book: Any, path: Path) -> None:
    """Save without the names of whoever made or last changed the file."""
    of_openpyxl(book)
    book.save(path)


def severity_line(findings: Sequence[Finding]) -> str:
    """`错误 3，核实 1`: for the summary of a town."""
    counts = {key: sum(one.severity == key for one in findings) for key in SEVERITY_WORDS}
    return "，".join(f"{SEVERITY_WORDS[key]} {count}" for key, count in counts.items() if count)
