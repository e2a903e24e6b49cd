"""What a year-end assessment sheet brings back: the assessment's own columns, to the same people in the ledger that stands beside it.

Who is commissioner, where and since when is the ledger's to say: the sheet adds nobody and drops nobody. Only where no ledger of the
town stands beside it does it stand for one.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from canju.book import fold_village
from canju.ledgers.base import Ledger, Table
from canju.ledgers.commissioners import ASSESSED, Commissioner
from canju.masking import mask_name
from canju.merging.merged import DECLINED, DOUBLE, Left, Row, Submission

WHO = ("id_number", "name", "village")
"""The fields by which a row of the sheet finds its person."""
_NAMED = 8
"""People named of each list; of more the number is told."""


def join(submissions: Sequence[Submission]) -> None:
    """Carry the standing rows of assessment sheets over to the ledgers; they are then left out, and whoever is on one of the two only is told."""
    sheets = [one for one in submissions if one.table.assessment and any(True for _ in one.standing)]
    if not sheets:
        return
    beside: dict[str | None, list[Row]] = defaultdict(list)
    for one in submissions:
        if one.table.ledger is Commissioner and not one.table.assessment:
            for row in map(Row, [one] * len(one.table), one.standing):
                beside[row.record.sender].append(row)
            if one.table.nil:
                beside[one.table.town] += []
    brought: dict[int, dict[int, Ledger]] = defaultdict(dict)
    for sheet in sheets:
        for town in dict.fromkeys(Row(sheet, index).record.sender for index in sheet.standing):
            if town in beside:
                rows = [row for index in sheet.standing if (row := Row(sheet, index)).record.sender == town]
                for ledger, assessed in _join(sheet, rows, beside[town]):
                    brought[id(ledger.submission)][ledger.position] = assessed
    for one in submissions:
        if held := brought.get(id(one)):
            one.table = _bringing(one.table, held)


def _join(sheet: Submission, rows: Sequence[Row], ledger: Sequence[Row]) -> list[tuple[Row, Ledger]]:
    """One town's sheet and ledger: each row of the ledger that the sheet assesses, with the sheet's row. Marks the sheet's rows as left."""
    partner = _partners(rows, ledger)
    found = [(row, other.record) for row in ledger if (other := partner.get(row))]
    held = {id(assessed): row for row, assessed in found}
    for row in rows:
        record = row.record
        if (mate := held.get(id(record))) is None:
            sheet.left[row.position] = Left(DECLINED, "现有专职委员台账中没有此人；考核表只带回考核内容，不增加人员。", True)
        elif not _contradicts(mate.record, record):
            why = "台账里已有更近年度的考核。" if _older(record, mate.record) else f"考核内容已并入{mate.record.address()}。"
            sheet.left[row.position] = Left(DOUBLE, why if _tells(record) else "这一行没有填写考核内容。", True)
    year = max((row.record.value("assessed_year") or 0 for row in rows), default=0)
    only = [row.record for row in ledger if row not in partner and not _gone(row.record, year)]
    extra = [row.record for row in rows if id(row.record) not in held]
    disputed = [one for row, one in found if _contradicts(row.record, one)]
    sheet.note += _note(ledger, extra, only, disputed)
    return [(row, one) for row, one in found if not _contradicts(row.record, one) and _tells(one) and not _older(one, row.record)]


def _partners(rows: Sequence[Row], ledger: Sequence[Row]) -> dict[Row, Row]:
    """For rows of the ledger, the row of the sheet: by ID number (of several the same village's), else by name and village where one lacks it."""
    by_number: dict[str, list[Row]] = defaultdict(list)
    by_name: dict[tuple[str, str], list[Row]] = defaultdict(list)
    named: dict[tuple[str, str], int] = defaultdict(int)
    for row in rows:
        if number := row.record.value("id_number"):
            by_number[number].append(row)
        by_name[_name(row.record)].append(row)
    for row in ledger:
        named[_name(row.record)] += 1
    found = {}
    for row in ledger:
        number, key = row.record.value("id_number"), _name(row.record)
        some = by_number.get(number, []) if number else []
        same = [one for one in some if _name(one.record)[1] == key[1]]
        if some:
            found[row] = (same or some)[0]
        elif key[0] and named[key] == len(by_name[key]) == 1 and not (number and by_name[key][0].record.value("id_number")):
            found[row] = by_name[key][0]
    return found


def _name(record: Ledger) -> tuple[str, str]:
    return record.value("name") or "", fold_village(record.value("village") or "")


def _gone(record: Ledger, year: int) -> bool:
    """Whether somebody had left before the year that is assessed."""
    left = record.value("left")
    return left is not None and bool(left.year < year)


def _tells(assessed: Ledger) -> bool:
    """Whether the town filled the row in; the year alone was there beforehand."""
    return any(assessed.shown(name) for name in ASSESSED - {"assessed_year"})


def _older(assessed: Ledger, record: Ledger) -> bool:
    """Whether the ledger tells a later year's assessment than the sheet."""
    years = record.value("assessed_year"), assessed.value("assessed_year")
    return bool(record.shown("assessment")) and None not in years and bool(years[0] > years[1])


def _contradicts(record: Ledger, assessed: Ledger) -> bool:
    """Whether both tell a result of the same year, and another: both rows then stand, R201 tells them, and the pay waits."""
    results = {record.shown("assessment"), assessed.shown("assessment")}
    years = {record.value("assessed_year"), assessed.value("assessed_year")} - {None}
    same = record.value("id_number") is not None and record.value("id_number") == assessed.value("id_number")
    return same and "" not in results and len(results) == 2 and len(years) < 2


def _bringing(table: Table, held: Mapping[int, Ledger]) -> Table:
    """The ledger with what the sheet says of these rows, each cell leading back to the sheet."""
    values, unread, brought = dict(table.values), dict(table.unread), dict(table.brought)
    for name in sorted(ASSESSED):
        told = {index: one for index, one in held.items() if one.shown(name)}
        column = list(values.get(name) or [None] * len(table))
        for index, one in told.items():
            column[index] = one.value(name)
            brought[index, name] = (one.raw(name), one.address(name))
        values[name] = column
        lost = (unread.get(name, set()) - told.keys()) | {index for index in told if column[index] is None}
        unread = {**unread, name: lost} if lost else {key: one for key, one in unread.items() if key != name}
    return replace(table, values=values, unread=unread, brought=brought, _records=None)


def _note(ledger: Sequence[Row], extra: Sequence[Ledger], only: Sequence[Ledger], disputed: Sequence[Ledger]) -> str:
    files = "、".join(dict.fromkeys(row.submission.table.file for row in ledger))
    said = f"考核内容已并入专职委员台账（{files or '零报告'}），人员以台账为准。"
    parts = [
        f"只在考核表上的{_people(extra)}" if extra else "",
        f"只在台账上的{_people(only)}" if only else "",
        f"两边考核结果不同的{_people(disputed)}" if disputed else "",
    ]
    return f"{said}请核实：{'；'.join(part for part in parts if part)}。" if any(parts) else said


def _people(records: Iterable[Ledger]) -> str:
    told = [f"{mask_name(one.value('name') or '') or '（无姓名）'}（第{one.row}行）" for one in records]
    return f"{len(told)}人：{'、'.join(told[:_NAMED])}{'等' if len(told) > _NAMED else ''}"
