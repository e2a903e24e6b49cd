"""问题清单, the sheet in which a town sees every fault and answers: written line by line, for it may be longer than the file itself."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import islice
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any

from canju.findings import Findings
from canju.masking import mask_path, mask_text, show
from canju.model import Finding, letters
from canju.outputs.findings import message, printable

if TYPE_CHECKING:
    from openpyxl import Workbook

LIST = "问题清单"
HEADS = ("序号", "文件", "工作表", "单元格", "姓名", "问题", "现值", "修改建议", "性质", "核实说明", "指纹")
WIDTHS = (6, 24, 14, 9, 10, 46, 22, 36, 8, 30, 4)
DUTY = {"error": "必改", "query": "请核实", "note": "提示"}
MOST_ROWS = 1_000_000
"""Lines of 问题清单: a sheet holds 1,048,576. Beyond, the list says how many more there are and where."""
MOST_LINKS = 60_000
"""Links of one sheet: a spreadsheet program gives up at 65,530. Beyond, the cell is named without a link."""
TEXT = 8_000
"""Characters of a cell of the list; Excel allows 32,767, but nobody reads so many."""
INTRODUCTION = "本表由县残联退回：请在原表标色的单元格更正；“请核实”的，情况属实请在“核实说明”栏说明原因。改好后将本文件整个报回。"
PLACE = re.compile(rb"<hyperlinks[^>]*/>")


def add_list(book: Workbook, findings: Findings, single: str, note: Sequence[str], marks: str = "") -> Any:
    """Put an empty 问题清单 first, with its heading and layout, and return it; `save` writes the findings into it.

    `marks` go into the hidden column: which files this workbook, once corrected, stands for.
    """
    from openpyxl.styles import Alignment, Border, Font, PatternFill, Side

    if LIST in book.sheetnames:
        del book[LIST]
    page: Any = book.create_sheet(LIST, 0)
    book.active = 0
    thin = Side(style="thin", color="FFBFBFBF")
    wrap, border = Alignment(wrap_text=True, vertical="top"), Border(thin, thin, thin, thin)
    more = [f"另有{len(findings) - MOST_ROWS}处未列出，全部问题见问题明细.csv。"] if len(findings) > MOST_ROWS else []
    page.append(["\n".join(printable(text) for text in (INTRODUCTION, *note, *more))])
    page.merge_cells(start_row=1, start_column=1, end_row=1, end_column=len(HEADS) - 1)
    page["A1"].alignment = wrap
    page.row_dimensions[1].height = 32 + 16 * len((*note, *more))
    page.cell(1, len(HEADS), marks or None)
    page.append(HEADS)
    for cell in page[2]:
        cell.font, cell.border, cell.fill = Font(bold=True), border, PatternFill("solid", start_color="FFD9D9D9")
    styles = []
    for font in (Font(), Font(color="FF0563C1", underline="single")):
        model = page.cell(3, 1)
        model.font, model.border, model.alignment = font, border, wrap
        styles.append(model.style_id)
        del page._cells[3, 1]
    _lay_out(page)
    page.canju = (findings, single, styles)
    return page


def _lay_out(page: Any) -> None:
    """Widths, frozen heading and print settings."""
    for column, width in enumerate(WIDTHS, start=1):
        page.column_dimensions[letters(column)].width = width
    page.column_dimensions[letters(len(HEADS))].hidden = True
    page.freeze_panes = "A3"
    page.print_title_rows = "2:2"
    page.page_setup.orientation, page.page_setup.paperSize = "landscape", 9
    page.page_setup.fitToWidth, page.page_setup.fitToHeight = 1, 0
    page.sheet_properties.pageSetUpPr.fitToPage = True


def values_of(number: int, finding: Finding) -> tuple[str, ...]:
    """The line of one finding: people by name, their numbers masked."""
    address = finding.address
    place = address.cell or (f"第{address.row}行" if address.row else f"{address.column}列" if address.column else "")
    said = message(finding, "town")
    if finding.suggestions:
        said += f" 建议：{'；'.join(finding.suggestions)}"
    return (
        str(number),
        mask_path(address.file.rsplit("/", 1)[-1]),
        mask_path(address.sheet or ""),
        place,
        mask_text(finding.person or finding.place or ""),
        mask_text(said),
        show(finding.value, "town")[:300] if finding.value else "",
        finding.fix,
        DUTY[finding.severity],
        mask_text(finding.explained or ""),
        f"{finding.fingerprint} {finding.rule}",
    )


def _rows(page: Any, sheets: Sequence[str], links: list[str]) -> Iterator[str]:
    """The XML of each row; notes the links on the way."""
    findings, single, (plain, linked) = page.canju
    for row, finding in enumerate(islice(findings, MOST_ROWS), start=3):
        values = values_of(row - 2, finding)
        target = _target(finding, single, sheets) if len(links) < MOST_LINKS else ""
        if target:
            links.append(f'<hyperlink ref="D{row}" location="{_xml(target)}"/>')
        lines = max(-(-2 * len(value) // width) for value, width in zip(values, WIDTHS[:-1], strict=False))
        cells = [f'<c r="A{row}" s="{plain}"><v>{values[0]}</v></c>']
        for column, value in zip("BCDEFGHIJK", values[1:], strict=True):
            style = linked if column == "D" and target else plain
            inner = f'<is><t xml:space="preserve">{_xml(value[:TEXT])}</t></is>' if value else ""
            cells.append(f'<c r="{column}{row}" s="{style}" t="inlineStr">{inner}</c>' if inner else f'<c r="{column}{row}" s="{style}"/>')
        yield f'<row r="{row}" ht="{15 * min(max(lines, 1), 20)}" customHeight="1">{"".join(cells)}</row>'


def _target(finding: Finding, single: str, sheets: Sequence[str]) -> str:
    """Where a link leads: 'sheet'!C17, or "" where the sheet or the cell isn't there."""
    address = finding.address
    sheet = address.sheet if address.sheet in sheets else single
    cell = address.cell or (f"A{address.row}" if address.row else "")
    quoted = sheet.replace("'", "''") if sheet else ""
    return f"'{quoted}'!{cell}" if sheet and cell else ""


def _xml(text: str) -> str:
    from html import escape

    return escape(printable(text), quote=True)


def save_with_list(book: Any, path: Any) -> None:
    """Save a workbook, the lines of its 问题清单 straight into the file: as cells of openpyxl they would take longer than all else."""
    from zipfile import ZIP_DEFLATED, ZipFile

    from openpyxl.worksheet._writer import WorksheetWriter
    from openpyxl.writer.excel import ExcelWriter
    from openpyxl.xml.functions import Element

    class Frame(WorksheetWriter):
        """Writes the sheet as it stands, with an empty place for the links."""

        def write_hyperlinks(self) -> None:
            self.xf.send(Element("hyperlinks"))

    class Writer(ExcelWriter):
        """Puts the lines into 问题清单 and writes other sheets as ever."""

        _archive: ZipFile

        def write_worksheet(self, ws: Any) -> None:
            if not hasattr(ws, "canju"):
                super().write_worksheet(ws)
                return
            writer: Any = Frame(ws)
            writer.write()
            ws._drawing, ws._rels = None, writer._rels
            with self._archive.open(ws.path[1:], "w", force_zip64=True) as part:
                _fill_in(part, Path(writer.out).read_bytes(), ws, book.sheetnames)
            self.manifest.append(ws)
            writer.cleanup()

    Writer(book, ZipFile(path, "w", ZIP_DEFLATED, allowZip64=True)).save()


def _fill_in(part: IO[bytes], frame: bytes, page: Any, sheets: Sequence[str]) -> None:
    """Write the sheet's frame with the lines and the links in their places."""
    links: list[str] = []
    before, end, after = frame.partition(b"</sheetData>")
    part.write(before)
    for line in _rows(page, sheets, links):
        part.write(line.encode())
    linked = f"<hyperlinks>{''.join(links)}</hyperlinks>".encode() if links else b""
    part.write(end + PLACE.sub(lambda _: linked, after, count=1))
