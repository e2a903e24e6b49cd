"""Sheets → ledgers: every table of a workbook recognised by its headings, its rows and cells understood, all of it accounted for."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import groupby

from canju.ledgers.base import Table
from canju.model import Fault, Sheet, Workbook, letters, plain
from canju.patterns import pattern
from canju.reading.areas import Area, find_areas
from canju.reading.derive import CellFinding
from canju.reading.headings import Lexicon, lexicon
from canju.reading.layout import filled, first_headings, heading_rows
from canju.reading.marks import squeezed
from canju.reading.setting import Setting
from canju.reading.tables import Made, make_table
from canju.reading.told import told_areas
from canju.reading.totals import disagreeing

__all__ = ["CellFinding", "Recognition", "Setting", "heading_rows", "recognise"]

_INSTRUCTIONS = pattern(r"填[表报写]?(?:说明|要求|须知|指南)|使用说明|操作说明|字段说明|编码说明|^说明$|^目录$")
RIGHTED = "的分隔符或引号与其余各行不一致，已按各列的内容对齐后读取，请对照原件核对。"
_GIVES = {
    "note": "注",
    "total": "合计",
    "subtotal": "小计",
    "subtitle": "小标题",
    "example": "示例",
    "repeated-heading": "重复的表头",
    "numbers": "栏号",
    "nil": "零报告",
    "blank": "空行",
    "title": "标题",
}


@dataclass(slots=True, eq=False, repr=False)
class Recognition:
    """What a workbook's sheets came to.

    `faults` are F2xx (and F105 for a Word paper); `owners` the table each of the first of them is about, None where it is about
    the sheet; `cells` the faults of cells, each with its table and record. `account`
    holds filled cells: read, in records, set aside; the first is the sum of the others. `explanation` is a line each.
    """

    tables: list[Table] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)
    owners: list[Table | None] = field(default_factory=list)
    cells: list[CellFinding] = field(default_factory=list)
    account: tuple[int, int, int] = (0, 0, 0)
    explanation: list[str] = field(default_factory=list)


def recognise(workbook: Workbook, setting: Setting) -> Recognition:
    """The ledgers of a workbook. Never raises for what a file holds."""
    found = Recognition()
    words = lexicon(setting.headings)
    unknown: list[Fault] = []
    for sheet in workbook.sheets:
        if any(filled(row) for row in sheet.rows):
            unknown += _recognise_sheet(found, workbook, sheet, words, setting)
    read, inside, aside = found.account
    agree = "两者之和与读入的一致" if read == inside + aside else "两者之和与读入的不一致，请报告此问题"
    found.explanation.append(f"{workbook.file}：读入{read}格，其中记录{inside}格，表头、合计、说明等{aside}格，{agree}。")
    if workbook.format == "docx" and workbook.sheets and not found.tables:
        found.faults.append(Fault("F105", values={"why": "Word文稿，其中没有台账表格；如是盖章件，已列入“盖章件已收”。"}))
    elif workbook.format != "docx":
        found.faults += unknown
    return found


def _recognise_sheet(found: Recognition, workbook: Workbook, sheet: Sheet, words: Lexicon, setting: Setting) -> list[Fault]:
    """Add one sheet's tables; gives F201 where it holds a table that is no ledger."""
    name = re.sub(r"\.[^.]*$", "", workbook.file.rsplit("/", 1)[-1])
    areas = find_areas(sheet, words, setting, name, workbook.stamp.get("ledger", ""))
    if not any(area.fit for area in areas):
        areas = told_areas(sheet, words, name, setting.towns) or areas
    made = []
    for area in areas:
        if area.fit:
            one = make_table(area, sheet, workbook.file, len(found.tables), setting, workbook.date1904, workbook.stamp.get("town", ""))
            one.table.assessment = workbook.stamp.get("purpose") == "assessment"
            made.append(one)
            found.tables.append(one.table)
            found.cells += one.cells
    for one in made:
        halves = [
            other.table
            for other in made
            if other.area.beside and other.area.start == one.area.start and other.table.ledger is one.table.ledger
        ]
        one.faults += disagreeing(
            one.table, one.body, sheet.rows, range(one.area.left, one.area.right + 1), halves if len(halves) > 1 else ()
        )
        if rows := sorted(set(sheet.righted).intersection(one.table.numbers)):
            lines = f"第{'、'.join(_runs(rows))}行"
            one.faults.append(Fault("C111", sheet.name, rows[0], values={"lines": lines, "what": RIGHTED}))
    for fault, table in (*_once((fault, one.table) for one in made for fault in one.faults), *((fault, None) for fault in _hidden(sheet))):
        found.faults.append(fault)
        found.owners.append(table)
    strangers = [area for area in areas if not area.fit]
    _account(found, sheet, made, strangers, bool(areas))
    unknown = (
        [] if sheet.hidden or (workbook.stamp and not made) or _instructions(sheet) else list(_unrecognized(sheet, strangers, bool(made)))
    )
    found.explanation += _explained(workbook, sheet, made, strangers, unknown)
    return unknown


def _once(faults: Iterable[tuple[Fault, Table]]) -> list[tuple[Fault, Table]]:
    """Faults without those a second table of the sheet repeats word by word (the town is one for the sheet)."""
    kept: list[tuple[Fault, Table]] = []
    for fault, table in faults:
        if fault.rule not in ("F202", "F209") or not any(fault == other for other, _ in kept):
            kept.append((fault, table))
    return kept


def _unrecognized(sheet: Sheet, strangers: list[Area], recognized: bool) -> Iterator[Fault]:
    """F201 for a sheet that holds a table no ledger fits: once, at the best part of it."""
    tables = [
        area
        for area in strangers
        if sum(1 for row in sheet.rows[area.first - 1 : area.last] if filled(row[area.left - 1 : area.right]) >= 2)
        >= (3 if recognized else 1)
    ]
    if tables:
        area = max(tables, key=lambda one: one.fits[0].score)
        yield Fault("F201", sheet.name, area.block.bottom, values={"why": _nearest(area)})
    elif not recognized and not strangers and sum(1 for row in sheet.rows[:500] if filled(row) >= 2) >= 3:
        yield Fault("F201", sheet.name, first_headings(sheet))


def _nearest(area: Area) -> str:
    """The ledger that comes nearest, and what it lacks, in words; "" where none is near."""
    near = max(area.fits, key=lambda one: one.score)
    if len(near.columns) < 2:
        return ""
    columns = near.ledger.columns
    lacking = [columns[name].title for name in near.missing]
    if near.doubted and not lacking:
        return f"最接近的是{near.ledger.title}，但「{'」「'.join(columns[name].title for name in near.doubted)}」列的内容对不上。"
    lacking += [] if lacking else [column.title for name, column in columns.items() if name not in near.columns and not column.derived][:4]
    if not lacking:
        return ""
    return f"最接近的是{near.ledger.title}，但缺少「{'」「'.join(lacking[:6])}」列。"


def _instructions(sheet: Sheet) -> bool:
    """Whether a sheet only tells how to fill in: its name or first line says so, or it holds nothing but single lines."""
    first = next((squeezed(plain(cell)) for row in sheet.rows for cell in row if cell is not None and cell != ""), "")
    return bool(_INSTRUCTIONS.search(squeezed(sheet.name)) or _INSTRUCTIONS.search(first[:30])) or all(
        filled(row) <= 1 for row in sheet.rows
    )


def _hidden(sheet: Sheet) -> Iterator[Fault]:
    """F207 where hidden rows, columns or a hidden sheet hold something."""
    parts = []
    if sheet.hidden:
        parts.append("整张工作表")
    rows = [number for number in sorted(sheet.hidden_rows) if number <= len(sheet.rows) and filled(sheet.rows[number - 1])]
    if rows:
        parts.append("第" + "、".join(_runs(rows)) + "行")
    columns = [c for c in sorted(sheet.hidden_columns) if any(len(row) >= c and row[c - 1] not in (None, "") for row in sheet.rows)]
    if columns:
        parts.append("、".join(letters(column) for column in columns[:20]) + "列")
    if parts:
        yield Fault("F207", sheet.name, values={"why": f"{'，'.join(parts)}是隐藏的，其中的内容已一并读取。"})


def _runs(numbers: list[int]) -> list[str]:
    """Row numbers as runs: 3, 4, 5, 9 → 3—5, 9."""
    runs = []
    for _, group in groupby(enumerate(numbers), key=lambda one: one[1] - one[0]):
        run = [number for _, number in group]
        runs.append(f"{run[0]}—{run[-1]}" if len(run) > 1 else str(run[0]))
    return runs[:20]


def _account(found: Recognition, sheet: Sheet, made: list[Made], strangers: list[Area], any_area: bool) -> None:
    """Count every filled cell of the sheet once: in records, or set aside. Rows no stage took would make the sum fall short."""
    counts = list(map(filled, sheet.rows))
    taken = [0] * len(counts)
    for one in made:
        left, right = one.area.left, one.area.right
        for number in one.table.numbers:
            row = sheet.rows[number - 1]
            taken[number - 1] += counts[number - 1] if left == 1 and len(row) <= right else filled(row[left - 1 : right])
    taken = list(map(min, taken, counts))  # a row that tells of several records gives its cells once
    covered = [not any_area] * len(counts)
    for area in (*(one.area for one in made), *strangers):
        covered[area.start - 1 : area.last] = [True] * (area.last - area.start + 1)
    read, inside, aside = found.account
    aside += sum(count - in_records for count, in_records, seen in zip(counts, taken, covered, strict=True) if seen)
    found.account = (read + sum(counts), inside + sum(taken), aside)


def _explained(workbook: Workbook, sheet: Sheet, made: list[Made], strangers: list[Area], unknown: list[Fault]) -> Iterator[str]:
    """How the sheet was read, for the clerk: tables, columns and why, and every row that is no record."""
    place = f"{workbook.file}!{sheet.name}" if sheet.name else workbook.file
    if not made:
        yield f"{place}：没有认出台账。" + (str(unknown[0].values.get("why", "")) if unknown else "")
    for one in made:
        table, fit = one.table, one.fit
        town = table.town or ("县级或全县" if one.sender.known else "不明")
        block = one.area.block
        heads = f"第{block.top}—{block.bottom}行是表头" if block.top <= block.bottom else "没有表头，按各行的内容类型"
        yield f"{place}：{heads}，认作{table.ledger.title}（{len(fit.columns)}列对上，{len(table.unknown)}列不认识）；镇（街道）：{town}（{one.sender.by or '无依据'}）；记录{len(table)}条。"
        for name, where in table.places.items():
            match = fit.why.get(name)
            yield f"  {where.letter}列「{where.heading}」→ {table.ledger.columns[name].title}（{match.why if match else '由别的列得出'}）"
        doubles = {double.column: double for double in fit.doubles}
        for where in table.unknown:
            double = doubles.get(where.number)
            what = f"与{letters(double.kept)}列重复，未采用" if double else "不认识，原样保留"
            yield f"  {where.letter}列「{where.heading or '（无列名）'}」→ {what}"
        for skipped in table.skipped:
            yield f"  第{skipped.row}行不是记录：{_GIVES.get(skipped.why, skipped.why)}"
    for row, column, *_ in sheet.disputes[:20]:
        yield f"  {letters(column)}{row}单元格两种读法得到的内容不同，请打开原件核对。"
    for area in strangers:
        yield f"  第{area.block.top}—{area.block.bottom}行像表头，但对不上任何台账。"
