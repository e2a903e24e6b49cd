"""Marks a town's own workbook: cells filled and commented, 问题清单 as first sheet; layout, formats and other sheets stay."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING, Any

from canju.findings import Findings
from canju.masking import mask_text
from canju.model import SEVERITIES, SEVERITY_WORDS, Finding, Severity, Sheet, letters
from canju.outputs.findings import message, printable
from canju.outputs.returns import seal
from canju.outputs.returns.listing import DUTY, HEADS, LIST, add_list, save_with_list
from canju.outputs.steady import of_openpyxl

if TYPE_CHECKING:
    from openpyxl import Workbook
    from openpyxl.cell.cell import Cell

FILLS = {"error": "FFFFC7CE", "query": "FFFFEB9C", "note": "FFBDD7EE"}
MOST_COMMENTS = 2_000
"""Cells commented in one workbook: beyond, cells are filled only, since comments slow a spreadsheet program down."""
FEW_COMMENTS = "标色的单元格较多，只有前{}个加了批注，其余的请看本表“问题”“修改建议”两栏。"
MOST_ROUNDS = 20
"""Times back and forth that a return workbook remembers."""
MOST_MERGED = 1_000_000
"""Cells that merges of a rebuilt sheet may cover: openpyxl makes an object of each."""
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


def formulas(book: Workbook) -> set[tuple[str, int, int]]:
    """Sheet, row and column of every formula: saved by this library, none of them has a result."""
    return {(page.title, *at) for page in book.worksheets for at, cell in page._cells.items() if cell.data_type == "f"}


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
        covered = 0
        for merge in sheet.merges:
            covered += (merge.bottom - merge.top + 1) * (merge.right - merge.left + 1)
            if covered <= MOST_MERGED:
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


def mark(book: Workbook, findings: Findings, note: Sequence[str] = (), sha256: str = "", seals: Sequence[str] = ()) -> None:
    """Fill and comment the cells at fault, and put 问题清单 first. Cells of a sheet that isn't there are listed only.

    The workbook is told of the file that it was made of, of those that one had been made of, and how it went out (`seals`).
    """
    told_before = str(book[LIST].cell(1, len(HEADS)).value or "").split() if LIST in book.sheetnames else []
    earlier = [one for one in told_before if len(one) != seal.LENGTH]
    worst: dict[tuple[str, str], Severity] = {}
    told: dict[tuple[str, str], list[Finding]] = {}
    pages = {page.title: page for page in book.worksheets}
    single = next(iter(pages)) if len(pages) == 1 else ""
    for finding in findings:
        sheet = finding.address.sheet if finding.address.sheet in pages else single
        if sheet and (cell := finding.address.cell or (f"{_first(finding)}{finding.address.row}" if finding.address.row else None)):
            place = sheet, cell
            worst[place] = min(worst.get(place, finding.severity), finding.severity, key=SEVERITIES.index)
            if place in told or len(told) < MOST_COMMENTS:
                told.setdefault(place, []).append(finding)
    styles: dict[Any, Any] = {}
    owners = {sheet: _owners(pages[sheet]) for sheet, _ in worst}
    for place, severity in worst.items():
        sheet, cell = place
        marked = pages[sheet][owners[sheet].get(cell, cell)]
        _fill(marked, FILLS[severity], styles)
        if place in told:
            _comment(marked, told[place])
    few = [FEW_COMMENTS.format(MOST_COMMENTS)] if len(worst) > MOST_COMMENTS else []
    add_list(book, findings, single, [*few, *note], " ".join([*[sha256, *earlier][:MOST_ROUNDS], *seals]))


def _owners(page: Any) -> dict[str, str]:
    """The first cell of its merged range, for each cell of one: the others can't be marked."""
    from openpyxl.cell.cell import MergedCell

    hidden = {cell.coordinate for cell in page._cells.values() if isinstance(cell, MergedCell)} if page.merged_cells.ranges else ()
    return {at: one.start_cell.coordinate for one in page.merged_cells.ranges for at in _places(one) if at in hidden}


def _places(merged: Any) -> Iterator[str]:
    return (
        f"{letters(column)}{row}"
        for row in range(merged.min_row, merged.max_row + 1)
        for column in range(merged.min_col, merged.max_col + 1)
    )


def _first(finding: Finding) -> str:
    """The column where a whole row is marked."""
    return finding.address.column or "A"


def _comment(cell: Cell, findings: Sequence[Finding]) -> None:
    """Say why one cell is filled."""
    from openpyxl.comments import Comment

    said = "\n".join(f"{DUTY[one.severity]} {one.rule}：{mask_text(message(one, 'town'))} {one.fix}" for one in findings)
    old = cell.comment.text if cell.comment else ""
    fresh = Comment(printable_lines(f"{old}\n――――\n{said}" if old else said)[:8_000], "残联台账校验")
    fresh.width, fresh.height = 320, min(60 + 40 * len(findings), 300)
    cell.comment = fresh


def _fill(cell: Any, color: str, styles: dict[Any, Any]) -> None:
    """Fill one cell; `styles` remembers what a style became by a filling, for finding that out takes long."""
    from copy import copy

    from openpyxl.styles import PatternFill

    key = (tuple(cell._style or ()), color)
    if key in styles:
        cell._style = copy(styles[key])
    else:
        cell.fill = PatternFill("solid", start_color=color, end_color=color)
        styles[key] = copy(cell._style)


def printable_lines(text: str) -> str:
    """Lines without control characters."""
    return "\n".join(printable(line) for line in text.splitlines())


def save(book: Any, path: Path) -> None:
    """Save without the names of whoever made or last changed the file."""
    of_openpyxl(book)
    save_with_list(book, path)


def severity_line(findings: Sequence[Finding]) -> str:
    """`错误 3，核实 1`: for the summary of a town."""
    counts = {key: sum(one.severity == key for one in findings) for key in SEVERITY_WORDS}
    return "，".join(f"{SEVERITY_WORDS[key]} {count}" for key, count in counts.items() if count)
