"""Writing the county book: xlsxwriter lays out sheets, styles and charts; the rows are streamed in; then all of it is counted again."""

from __future__ import annotations

import datetime as dt
import math
import tempfile
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from functools import partial
from itertools import islice
from pathlib import Path
from typing import Any

from canju.merging.book import sheets as listed
from canju.merging.book.layout import LedgerSheet, numbers_of
from canju.merging.book.sheets import Listing
from canju.merging.book.stream import LAST_ROW, Cells, Styles, fill, overlong_rows, rows_xml, style_of
from canju.merging.book.totals import STYLED, write_totals
from canju.merging.merged import Merged
from canju.merging.status import Standing, status
from canju.model import Refusal

_WIDTHS = {
    "序号": 6,
    "身份证号": 20,
    "残疾人证号": 23,
    "银行账号": 22,
    "镇（街道）": 12,
    "姓名": 10,
    "性别": 6,
    "年龄": 6,
    "家庭住址": 26,
    "单位名称": 24,
    "内容": 60,
    "来源文件": 30,
    "编号": 20,
    "类型": 17,
    "台账": 20,
    "B 台账": 20,
    "理由": 44,
    "A 来源文件": 30,
    "B 来源文件": 30,
}
_PAGE = 230
"""Characters of column width that one printed page may hold and still be read; a wider sheet goes on on the next."""


def write_book(merged: Merged, path: Path, standings: Sequence[Standing] | None = None) -> None:
    """Write the workbook to a path (a temporary one: `check_book` and the renaming come after). Raises Refusal beyond the format's limits."""
    standings = list(status(merged) if standings is None else standings)
    if _write(merged, path, standings, _listings(merged, standings)):
        _write(merged, path, standings, [*_listings(merged, standings), listed.overlong()])


def _write(merged: Merged, path: Path, standings: list[Standing], listings: list[Listing]) -> bool:
    """Write it, and tell whether a text was too long for its cell and there is no sheet yet to hold it."""
    with tempfile.TemporaryDirectory(dir=path.parent, prefix=".~") as folder:
        skeleton = Path(folder) / "layout.xlsx"
        parts = _lay_out(skeleton, merged, standings, listings)
        cells = Cells(Styles(**{name: style_of(skeleton, parts[listed.TOTALS], cell) for name, cell in STYLED.items()}))
        rows = {parts[one.title]: (len(one.headings), one.count + 1, rows_xml(one.rows(), 2, len(one.headings), cells)) for one in listings}
        if listed.OVERLONG in parts:
            rows[parts[listed.OVERLONG]] = (3, 0, rows_xml(overlong_rows(cells), 2, 3, cells))
        fill(skeleton, path, rows)
    return bool(cells.overlong) and listed.OVERLONG not in parts


def _listings(merged: Merged, standings: list[Standing]) -> list[Listing]:
    ledger_sheets = [LedgerSheet(merged, ledger) for ledger in merged.came]
    found: list[Listing] = []
    for sheet in ledger_sheets:
        numbers = [name in numbers_of(sheet.ledger) for name in sheet.fields] + [
            name in ("来源序号", "来源行") for name in sheet.headings[len(sheet.fields) :]
        ]
        found += _split(listed.ledger_listing(merged, sheet, [not one for one in numbers]))
    found.append(listed.conflicts(merged))
    found += _split(listed.left_out(merged))
    answered = [listed.replies(merged)] if merged.known.replies else []
    return [*found, listed.received(merged, standings), *answered, listed.sources(merged)]


def _split(listing: Listing) -> Iterator[Listing]:
    """A listing longer than a sheet goes on on another one: 持证残疾人名册（2）."""
    most = LAST_ROW - 1
    if listing.count <= most:
        yield listing
        return
    rows = iter(listing.rows())
    for number, start in enumerate(range(0, listing.count, most), 1):
        title = listing.title if number == 1 else f"{listing.title}（{number}）"
        count = min(most, listing.count - start)
        yield replace(listing, title=title, rows=partial(islice, rows, count), count=count)


def _lay_out(path: Path, merged: Merged, standings: Sequence[Standing], listings: Iterable[Listing]) -> dict[str, str]:
    """The workbook with headings, styles, filters and charts but no rows. Returns each sheet's part inside the file."""
    import xlsxwriter

    workbook = xlsxwriter.Workbook(str(path))
    workbook.set_properties({"title": "残联台账汇总", "created": dt.datetime.combine(merged.as_of, dt.time())})
    formats = _formats(workbook)
    parts = {}
    listings = list(listings)
    ledger_titles = {ledger.title for ledger in merged.came}
    for one in [one for one in listings if one.title.partition("（")[0] in ledger_titles or one.title in ledger_titles]:
        parts[one.title] = _add(workbook, one, formats)
    parts[listed.TOTALS] = f"xl/worksheets/sheet{len(parts) + 1}.xml"
    write_totals(workbook, merged, standings, formats)
    for one in listings:
        if one.title not in parts:
            parts[one.title] = _add(workbook, one, formats)
    workbook.close()
    return parts


def _formats(workbook: Any) -> dict[str, Any]:
    base = {"font_name": "宋体", "font_size": 10, "valign": "vcenter"}
    return {
        "text": workbook.add_format({**base, "num_format": "@"}),
        "quoted": workbook.add_format({**base, "num_format": "@", "quote_prefix": True}),
        "number": workbook.add_format(base),
        "doubtful": workbook.add_format({**base, "bg_color": "#FFE699"}),
        "plain": workbook.add_format(base),
        "head": workbook.add_format({**base, "bold": True, "text_wrap": True, "align": "center", "border": 1, "bg_color": "#DDEBF7"}),
        "title": workbook.add_format({**base, "bold": True, "font_size": 14}),
        "cell": workbook.add_format({**base, "border": 1}),
    }


def _add(workbook: Any, one: Listing, formats: dict[str, Any]) -> str:
    """A sheet with its heading row: frozen, filtered, with widths; printed as wide as can be read, headings and names on each page."""
    sheet = workbook.add_worksheet(one.title)
    total = 0.0
    for column, (name, text) in enumerate(zip(one.headings, one.text, strict=True)):
        width = one.widths.get(name, _WIDTHS.get(name, max(8, min(24, 2 * len(name) + 2))))
        total += width
        must(sheet.set_column(column, column, width, formats["text" if text else "number"]))
        must(sheet.write_string(0, column, name[:255], formats["head"]))
    sheet.set_row(0, 30)
    sheet.freeze_panes(1, one.frozen)
    must(sheet.autofilter(0, 0, max(1, one.count), len(one.headings) - 1))
    must(sheet.repeat_rows(0))
    must(sheet.print_area(0, 0, max(1, one.count), len(one.headings) - 1))  # else the last column's text runs over onto pages of its own
    if repeated := one.repeated or one.frozen:
        must(sheet.repeat_columns(0, repeated - 1))
    sheet.set_landscape()
    sheet.set_paper(8)
    sheet.set_margins(left=0.39, right=0.39, top=0.59, bottom=0.59)
    sheet.fit_to_pages(math.ceil(total / _PAGE), 0)
    sheet.set_footer("&C&A  第 &P 页 共 &N 页")
    return f"xl/worksheets/sheet{len(workbook.worksheets())}.xml"


def must(code: Any) -> None:
    """Refuse where xlsxwriter says by its return code alone that it did not write."""
    if isinstance(code, int) and code < 0:
        raise Refusal("汇总表超出了表格格式的上限（列数或行数过多），没有写出。请分镇汇总。", 3)
