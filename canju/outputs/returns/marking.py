"""Marks a town's own workbook: cells filled and commented, 问题清单 as first sheet; all else stays as the town made it."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping, Sequence
from contextlib import suppress
from io import BytesIO
from typing import Any

from canju.findings import Findings
from canju.masking import mask_text
from canju.model import SEVERITIES, ErrorValue, Finding, Raw, Severity, Sheet, Uncalculated, corner, plain
from canju.outputs.findings import message, printable_lines
from canju.outputs.returns.cells import Cells, owners
from canju.outputs.returns.comments import Said, comment, forget
from canju.outputs.returns.lines import DUTY, LIST
from canju.outputs.returns.listing import add_list, place_of, take_out
from canju.outputs.returns.package import SPREADSHEET, Package, inside, of
from canju.outputs.returns.styles import Styles
from canju.outputs.steady import MOMENT

FILLS = {"error": "FFFFC7CE", "query": "FFFFEB9C", "note": "FFBDD7EE"}
MOST_COMMENTS = 2_000
"""Cells commented in one workbook: beyond, cells are filled only, since comments slow a spreadsheet program down."""
FEW_COMMENTS = "标色的单元格较多，只有前{}个加了批注，其余的请看本表“问题”“修改建议”两栏。"
MOST_ROUNDS = 20
"""Times back and forth that a return workbook remembers."""
MOST_MERGED = 1_000_000
"""Cells that merges of a rebuilt sheet may cover: the writer makes an object of each."""
MOST_EXACT = 10**15
"""Numbers up to here a cell holds with all their digits."""
_FORMATS: Mapping[type, str] = {
    str: "@",
    dt.datetime: "yyyy-mm-dd hh:mm:ss",
    dt.date: "yyyy-mm-dd",
    dt.time: "hh:mm:ss",
    dt.timedelta: "[hh]:mm:ss",
}
NAMES = ("creator", "lastModifiedBy", "Company", "Manager")
"""Properties that say who made a file."""


def mark(package: Package, findings: Findings, note: Sequence[str] = (), marks: Sequence[str] = (), theirs: bool = False) -> None:
    """Fill and comment the cells at fault, and put 问题清单 first. Cells of a sheet that isn't there are listed only.

    `marks` tell the workbook of the file that it was made of, of those that one had been made of, and how it went out. `theirs`:
    a sheet named like ours is the town's own, and gets another name.
    """
    styles = Styles(package)
    again = LIST in pages_of(package)  # or one whose list has lost its heading, which is then kept as theirs
    if theirs:
        _rename(package)
    pages = pages_of(package)
    pages.pop(LIST, None)
    for part in pages.values() if again else ():
        _unmark(package, part, styles)
    worst: dict[str, dict[str, Severity]] = {}
    told: dict[str, dict[str, list[Finding]]] = {}
    count = 0
    sheets = list(pages)
    for finding in findings:
        sheet, cell = place_of(finding, sheets)
        if cell:
            known = worst.setdefault(sheet, {})
            known[cell] = min(known.get(cell, finding.severity), finding.severity, key=SEVERITIES.index)
            said = told.setdefault(sheet, {})
            if cell in said or count < MOST_COMMENTS:
                count += cell not in said
                said.setdefault(cell, []).append(finding)
    few = [FEW_COMMENTS.format(MOST_COMMENTS)] if sum(map(len, worst.values())) > MOST_COMMENTS else []
    add_list(package, styles.of_list(), findings, sheets, [*few, *_unkept(package), *note], " ".join(marks))
    for sheet, known in worst.items():
        _mark(package, pages[sheet], styles, known, told[sheet])
    _anonymous(package)


def correct(package: Package, cells: Sequence[tuple[str | None, str, str]]) -> None:
    """Put (sheet, cell, text) in; a workbook's only sheet may have another name than the file it was made of."""
    _unkept(package)
    package.shed(package.main, "/calcChain")  # it may name cells whose formulas go, and is made anew
    pages = pages_of(package)
    single = next(iter(pages))
    opened: dict[str, Cells] = {}
    for sheet, cell, text in cells:
        part = pages[sheet if sheet in pages else single]
        if part not in opened:
            opened[part] = Cells(*package.sheet(part))
        opened[part].write(cell, printable_lines(text))


def pages_of(package: Package) -> dict[str, str]:
    """The worksheets that are there, by name, each with its part."""
    parts = {mark: part for mark, kind, part in package.relations(package.main) if kind.endswith("/worksheet")}
    listed = inside(package.tree(package.main), "sheets", "sheet")
    found = {one.get("name", ""): parts.get(one.get(package.link, ""), "") for one in listed}
    return {name: part for name, part in found.items() if part.lower() in package.names}


def _rename(package: Package) -> None:
    """Give a sheet that is named like ours another name."""
    listed = [*inside(package.tree(package.main), "sheets", "sheet")]
    names = [one.get("name") for one in listed]
    listed[names.index(LIST)].set("name", sheet_title(LIST, len(names), names))


def _mark(package: Package, part: str, styles: Styles, worst: Mapping[str, Severity], told: Mapping[str, Sequence[Finding]]) -> None:
    """Mark one sheet; of a merged range only the first cell can be."""
    cells = Cells(*package.sheet(part))
    owner = owners(cells.root, worst)
    said: dict[str, list[Finding]] = {}
    for cell, severity in worst.items():
        marked = cells[owner.get(cell, cell)]
        marked.set("s", styles.filled(marked.get("s", "0"), FILLS[severity]))
        if cell in told:
            said.setdefault(owner.get(cell, cell), []).extend(told[cell])
    comment(package, part, [Said(cell, *corner(cell), _words(some), len(some)) for cell, some in said.items()])


def _unmark(package: Package, part: str, styles: Styles) -> None:
    """Take back the marks of an earlier round: what has been put right since is not to be put right again."""
    bare = styles.unfilled(FILLS.values())
    for cell in Cells(*package.sheet(part)).having(bare):
        cell.set("s", bare[cell.get("s")])
    forget(package, part)


def _words(findings: Sequence[Finding]) -> str:
    """Why a cell is filled."""
    return printable_lines("\n".join(f"{DUTY[one.severity]} {one.rule}：{mask_text(message(one, 'town'))} {one.fix}" for one in findings))


def _unkept(package: Package) -> list[str]:
    """A workbook goes out as one without macros, whatever came in; what the town must be told of that."""
    package.declare(package.main, f"{SPREADSHEET}sheet.main+xml")
    macros = package.shed(package.main, "/vbaProject")
    kinds = {mark: kind for mark, kind, _ in package.relations(package.main)}
    for sheet in [*inside(package.tree(package.main), "sheets", "sheet")]:
        if kinds.get(sheet.get(package.link), "").endswith("acrosheet"):
            macros = True
            take_out(package, sheet.getparent().index(sheet))
    signed = package.shed("", "/digital-signature/origin")  # what is changed is signed no more
    package.shed(package.main, "/revisionHeaders", "/usernames")  # in a shared workbook these know nothing of a new sheet
    lost = [word for word, there in (("宏", macros), ("数字签名", signed)) if there]
    return [f"退回件中未能保留：{'、'.join(lost)}。请以原文件为准。"] if lost else []


def _anonymous(package: Package) -> None:
    """Without the names of whoever made or last changed the file."""
    for kind in ("core-properties", "extended-properties"):
        if part := package.related("", kind):
            for one in [one for name in NAMES for one in of(package.tree(part), name)]:
                one.text = ""


def rebuilt(sheets: Sequence[Sheet]) -> bytes:
    """A workbook of the same layout made from sheets as read: for .xls, CSV and the rest."""
    import xlsxwriter
    from xlsxwriter.exceptions import OverlappingRange

    stream = BytesIO()
    book = xlsxwriter.Workbook(stream, {"in_memory": True})
    book.set_properties({"created": MOMENT})
    looks = {kind: book.add_format({"num_format": code}) for kind, code in _FORMATS.items()}
    taken: list[str] = []
    for number, sheet in enumerate(sheets, start=1):
        taken.append(sheet_title(sheet.name or "Sheet1", number, taken))
        page = book.add_worksheet(taken[-1])
        page.set_column(0, min(max(map(len, sheet.rows), default=0), 200), 14)
        for column in sheet.hidden_columns:
            page.set_column(column - 1, column - 1, 14, None, {"hidden": True})
        for row in sheet.hidden_rows:
            page.set_row(row - 1, None, None, {"hidden": True})
        covered = 0
        for one in sheet.merges:
            covered += (one.bottom - one.top + 1) * (one.right - one.left + 1)
            if covered <= MOST_MERGED:
                with suppress(OverlappingRange):
                    page.merge_range(one.top - 1, one.left - 1, one.bottom - 1, one.right - 1, "")
        for r, line in enumerate(sheet.rows):
            for c, raw in enumerate(line):
                _write(page, r, c, raw, looks)
        if sheet.hidden:
            page.hide()
    book.close()
    return stream.getvalue()


def sheet_title(name: str, number: int, taken: Sequence[str]) -> str:
    """A sheet name that a workbook may have."""
    title = re.sub(r"[\[\]:*?/\\']", "_", name)[:28] or f"Sheet{number}"
    return title if title.lower() not in map(str.lower, taken) else f"{title[:24]}_{number}"


def _write(page: Any, row: int, column: int, raw: Raw, looks: Mapping[type, Any]) -> None:
    """A value as it was; text that looks like a formula stays text, and so does a number longer than a cell can hold."""
    look = looks.get(type(raw))
    if raw is None or raw == "":
        return
    if isinstance(raw, bool):
        page.write_boolean(row, column, raw)
    elif isinstance(raw, int | float) and abs(raw) < MOST_EXACT:
        page.write_number(row, column, raw)
    elif look and not isinstance(raw, str):
        page.write_datetime(row, column, raw, look)
    else:
        text = raw.text if isinstance(raw, ErrorValue | Uncalculated) else plain(raw)
        page.write_string(row, column, printable_lines(text[:32_000]), looks[str])
