"""One table made of its area: rows sorted, columns parsed, sender told, blanks filled from what else the row says."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from canju.ledgers.base import Clue, Place, Table
from canju.model import Fault, Raw, Sheet, letters, plain
from canju.reading import towns as told
from canju.reading.areas import Area
from canju.reading.cells import filled_down, formats_of, joint_share, parse, split_joint
from canju.reading.derive import VILLAGE_NAME, CellFinding, derive, missing_values
from canju.reading.fitting import Fit
from canju.reading.layout import filled
from canju.reading.marks import squeezed
from canju.reading.rows import Body, Sorted, by_column, sort_rows
from canju.reading.setting import Setting

_SHARED = ("certified", "delegates")
"""Rosters the county keeps itself: they have no sender."""


@dataclass(slots=True, eq=False, repr=False)
class Made:
    """A table with what was found wrong on the way, and the rows that went into it."""

    table: Table
    fit: Fit
    area: Area
    body: Sorted
    faults: list[Fault] = field(default_factory=list)
    cells: list[CellFinding] = field(default_factory=list)
    sender: told.Sender = field(default_factory=told.Sender)


def make_table(area: Area, sheet: Sheet, file: str, position: int, setting: Setting, date1904: bool, stamped: str = "") -> Made:
    """The table of an area whose fit was accepted; `position` is its place among the workbook's tables, `stamped` its template's town."""
    fit = area.fit
    assert fit is not None
    table = Table(fit.ledger, file, sheet.name, area.block.bottom)
    body = sort_rows(_body(area, fit, sheet, setting))
    made = Made(table, fit, area, body)
    table.numbers, table.skipped = body.records, body.skipped
    table.cells = filled_down(
        sheet.rows, table.numbers, (m for m in sheet.merges if m.bottom > m.top and m.top >= area.first and m.bottom <= area.last)
    )
    table.places = {name: _place(area, column) for name, column in sorted(fit.columns.items(), key=lambda one: _order(fit, one[0]))}
    table.unknown = [_place(area, column) for column in fit.unknown] + [_place(area, column) for column in _headless(area, table)]
    _parse(made, sheet, position, Clue(date1904=date1904, as_of=setting.as_of))
    table.values |= {name: [value] * len(table) for name, value in area.given.items()}
    around = told.surroundings(_lines(area, body, sheet), sheet.name, file)
    table.submitted = around.submitted
    _tell_sender(made, around, setting, stamped)
    filled_fields = derive(table, body.under, setting)
    if "village" in table.ledger.columns and "village" not in table.places and "village" not in filled_fields:
        _village_of_sheet(table, around, setting)
    if not made.sender.known and table.ledger.key not in _SHARED and not _each_tells(table):
        stranger = next((name for text in (*around.units, *around.titles, sheet.name, file) for name in told.towns_in(text, ())), "")
        why = (
            f"“{stranger}”不在本县镇（街道）名单（canju.toml 的 towns）中，记录无法归入任何一个镇（街道）。"
            if stranger and setting.towns
            else ""
        )
        made.faults.append(Fault("F202", table.sheet, values={"why": why} if why else {}))
    _tell_nil(made, sheet, setting)
    made.cells += missing_values(position, table, setting.as_of)
    made.faults += _heading_faults(made, filled_fields)
    return made


def _order(fit: Fit, name: str) -> int:
    return list(fit.ledger.columns).index(name)


def _place(area: Area, column: int) -> Place:
    head = area.heads.get(column)
    return Place(letters(column), column, head.shown if head else "")


def _body(area: Area, fit: Fit, sheet: Sheet, setting: Setting) -> Body:
    subject = next((fit.columns[name] for name in ("name", "place", "organization", "text") if name in fit.columns), None)
    fixed = frozenset(fit.columns[name] for name in ("serial", "town", "village", "level") if name in fit.columns)
    if fit.ledger.key == "feedback":  # kinds and contacts may be printed in advance: only the text makes a record
        fixed = frozenset(fit.columns.values()) - {fit.columns["text"]}
    lines = sheet.rows[area.start - 1 : area.block.bottom]
    titles = frozenset(squeezed(plain(cell)) for line in lines[: area.block.top - area.start] for cell in line[:1] if isinstance(cell, str))
    width = area.right - area.left + 1
    wide = frozenset(
        m.top
        for m in sheet.merges
        if m.top >= area.first and m.top == m.bottom and area.left <= m.left <= area.right and m.right - m.left + 1 >= max(3, width // 2)
    )
    column = fit.columns.get("village")
    said = {row[column - 1] for row in sheet.rows[area.first - 1 : area.last] if len(row) >= column} if column else set()
    villages = frozenset(said | {village for names in setting.villages.values() for village in names})
    return Body(
        _own(sheet.rows, area.others),
        area.first,
        min(area.last, len(sheet.rows)),
        area.left,
        area.right,
        subject,
        fixed,
        fit.columns.get("sex"),
        lines[area.block.top - area.start :],
        titles - {""},
        wide,
        "place" not in fit.columns or "name" in fit.columns,
        villages,
        "village" in fit.ledger.columns and column is None,
        fit.ledger.key == "feedback",
        area.only,
    )


def _own(rows: Sequence[list[Raw]], others: frozenset[int]) -> Sequence[Sequence[Raw]]:
    """The rows without what stands in columns of other tables."""
    return [[None if column in others else cell for column, cell in enumerate(row, 1)] for row in rows] if others else rows


def _headless(area: Area, table: Table) -> list[int]:
    """Columns without a heading that hold something in a record: nothing is lost for want of a name."""
    bare = [column for column in range(area.left, area.right + 1) if column not in area.heads]
    columns = by_column(table.cells, area.right) if bare else []
    return [column for column in bare if set(columns[column - 1]) - {None, ""}]


def _parse(made: Made, sheet: Sheet, position: int, clue: Clue) -> None:
    """Every field's column parsed; remarks found in other cells are appended to the remarks."""
    table, fit = made.table, made.fit
    joint = fit.joint
    columns = by_column(table.cells, made.area.right)
    if joint is None and "category" in fit.columns and "grade" in table.ledger.columns and "grade" not in fit.columns:
        sent = [cell for cell in columns[fit.columns["category"] - 1] if cell is not None]
        if joint_share(sent[:100]) >= 0.5:
            joint = fit.columns["category"]
            table.places["grade"] = table.places["category"]
    remarks: dict[int, list[str]] = {}
    for name, place in table.places.items():
        column = table.ledger.columns[name]
        cells: Sequence[Raw] = columns[place.number - 1]
        if joint == place.number and name in ("category", "grade"):
            halves = {raw: split_joint(raw)[name == "grade"] for raw in set(cells)}
            cells = [halves[raw] for raw in cells]
        parsed = parse(column.type, cells, formats_of(place.number, table.numbers, sheet.formats), clue, column.future)
        table.values[name] = parsed.values
        if parsed.unread:
            table.unread[name] = parsed.unread
        twice = joint == place.number and name == "grade"
        said = {(one.index, one.fault.rule) for one in made.cells if one.field == "category"} if twice else set()
        made.cells += [CellFinding(position, i, name, fault) for i, fault in parsed.faults if (i, fault.rule) not in said]
        for i, remark in parsed.remarks.items():
            remarks.setdefault(i, []).append(remark)
    if remarks and "remarks" in table.ledger.columns:
        values = table.values.setdefault("remarks", [None] * len(table))
        for i, texts in remarks.items():
            values[i] = "；".join([*([values[i]] if values[i] else []), *(text for text in texts if text not in (values[i] or ""))])


def _lines(area: Area, body: Sorted, sheet: Sheet) -> Iterator[Sequence[Raw]]:
    """The lines above the headings, and the notes below, within the table's columns; what stands before the sheet first."""
    beside = area.beside
    yield from ([line] for line in sheet.lead)
    for number in (*(area.above or range(area.start, area.block.top)), *body.notes):
        row = sheet.rows[number - 1]
        cells = row[area.left - 1 : area.right] if beside else row
        yield cells if filled(cells) or not beside else row


def _tell_sender(made: Made, around: told.Surroundings, setting: Setting, stamped: str) -> None:
    table = made.table
    named = [value for value in table.values.get("town", ()) if value]
    canonical = {value: told.canonical(value, setting) for value in set(named)}
    rows = [canonical[value] for value in named]
    if table.ledger.key == "feedback":  # a few rows a town: most rows are no majority
        rows = list(dict.fromkeys(rows))
    levels = [str(value) for value in table.values.get("level", ()) if value]
    organizations = [value for value in table.values.get("organization", ()) if value] if not levels else []
    own = bool(levels and all(level.startswith("县") for level in levels))
    own = own or bool(organizations and all(told.is_county(value, setting) for value in organizations))
    found = told.evidence(around, rows, setting, stamped)
    shared = table.ledger.key in _SHARED
    made.sender = sender = told.sender(found, own, shared)
    table.town = sender.town
    if setting.towns and sender.town and sender.town not in setting.towns:
        made.faults.append(
            Fault("F202", table.sheet, values={"why": f"{sender.by}写的是“{sender.town}”，不在本县镇（街道）名单中，请核对。"})
        )
        table.town = None
    elif sender.conflict:
        made.faults.append(Fault("F209", table.sheet, values={"why": sender.conflict}))
        if any(one.source == told.ROWS and sender.town not in one.towns for one in found):
            table.unread["town"] = set(range(len(table)))  # said once for the table, not again for each row


def _each_tells(table: Table) -> bool:
    """Whether every record names its own town, so that none is needed for the table."""
    towns = table.values.get("town")
    return bool(towns and all(towns))


def _village_of_sheet(table: Table, around: told.Surroundings, setting: Setting) -> None:
    """The village where the whole sheet is one village's: its name, unit line or title says so."""
    listed = {village for names in setting.villages.values() for village in names}
    for text in (*around.units, around.sheet, *around.titles):
        named = [village for village in listed if len(village) > 2 and village in text]
        if not named and VILLAGE_NAME.search(text) and text != "村" and re.fullmatch(r"[\u4e00-\u9fff]{2,8}", text):
            named = [text]
        if len(named) == 1:
            table.values["village"] = [named[0]] * len(table)
            return


def _tell_nil(made: Made, sheet: Sheet, setting: Setting) -> None:
    """Nil returns: of the whole table, or of the villages their rows or lines name."""
    table, body = made.table, made.body
    villages: dict[str, None] = {}
    place = table.places.get("village")
    above = ""
    for one in table.skipped:
        if one.why == "subtitle":
            above = squeezed(one.text)
        if one.why != "nil":
            continue
        row = sheet.rows[one.row - 1]
        cell = row[place.number - 1] if place and len(row) >= place.number else None
        named = squeezed(plain(cell)) if isinstance(cell, str) and not re.match(r"^(?:无|零)", squeezed(cell)) else ""
        found = re.match(r"^([\u4e00-\u9fff]{2,10}?(?:村|社区|居委会))(?:[:：]|无|没有|零)", squeezed(one.text))
        if name := named or (found[1] if found else "") or (above if VILLAGE_NAME.search(above) else ""):
            villages[re.sub(r"(?<=村)(?:村民委员会|委会|村委会)$|(?<=社区)(?:居民委员会|居委会)$", "", name)] = None
    table.nil_villages = tuple(villages)
    table.nil = bool(body.nil) and not table.numbers


def _underivable(table: Table) -> list[str]:
    """Required columns that other columns may stand for, where those are missing too; town and level are told by other means."""
    names = [name for name, column in table.ledger.columns.items() if column.required and column.derived and column.unless is None]
    return [
        name
        for name in names
        if name not in ("town", "level") and name not in table.places and table.numbers and not any(table.values.get(name, ()))
    ]


def _heading_faults(made: Made, filled_fields: set[str]) -> Iterator[Fault]:
    """F203 to F206: columns missing, unknown or double, and a ledger without rows."""
    table, fit, area = made.table, made.fit, made.area
    row = table.heading_row
    for name in (*fit.missing, *_underivable(table)):
        column = table.ledger.columns[name]
        if not (table.values.get(name) and (name in filled_fields or any(table.values[name]))):
            yield Fault("F203", table.sheet, row, None, {"heading": column.title, "ledger": table.ledger.title}, field=name)
    doubles = {one.column: one for one in fit.doubles}
    for place in table.unknown:
        double = doubles.get(place.number)
        if double:
            kept = area.heads[double.kept]
            why = f"采用{letters(double.kept)}列「{kept.shown}」。"
            yield Fault("F205", table.sheet, row, place.letter, {"heading": place.heading, "why": why}, field=double.field)
        else:
            unclear = fit.unclear.get(place.number)
            hint = {"why": f"可能是「{'」或「'.join(table.ledger.columns[name].title for name in unclear)}」，请写明。"} if unclear else {}
            yield Fault("F204", table.sheet, row, place.letter, {"heading": place.heading or "（无列名）", **hint})
    if not table.numbers and not table.nil and not table.nil_villages:
        yield Fault("F206", table.sheet, row)
