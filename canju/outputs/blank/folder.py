"""The folder of templates: a folder for each town with a workbook for each ledger, so that each may be filled in by whom it concerns."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from pathlib import Path

from canju.ledgers import ledgers
from canju.ledgers.base import Ledger
from canju.ledgers.commissioners import ASSESSED
from canju.model import Refusal
from canju.outputs.blank.book import Blank, write_blank
from canju.outputs.blank.columns import OF_A_YEAR, asked
from canju.outputs.files import Written
from canju.outputs.rosters.paper import safe_name
from canju.workspace import Workspace

_OF_TOWNS = ("staffing", "commissioners", "uncertified", "groups", "organizations", "feedback")
_OF_COUNTY = ("staffing", "commissioners", "organizations", "delegates")
_NEVER_CARRIED = frozenset({"feedback"})
"""What a town said last year of its work is no start for what it says this year."""

Held = Mapping[tuple[str, str | None], Sequence[Ledger]]
"""Records by ledger and sending town, None for the county's own."""


def blanks(
    workspace: Workspace,
    day: dt.date,
    version: str,
    *,
    town: str | None = None,
    ledger: str | None = None,
    held: Held | None = None,
    assessment: bool = False,
) -> list[Blank]:
    """The workbooks to send out, towns in the workspace's order, the county's own at the end where no town is named."""
    unit = workspace.federation or f"{workspace.county}残疾人联合会"
    units: list[str | None] = [town] if town else [*workspace.towns, None]
    found = []
    for one in units:
        for key in _keys(one, ledger, assessment):
            kind = ledgers()[key]
            records = held.get((key, one), ()) if held is not None and key not in _NEVER_CARRIED else ()
            rows = [row for record in records if (row := carried(record, day.year, assessment))]
            if assessment and not rows:
                continue
            villages = tuple(village.name for village in workspace.villages_of(one))
            stamp = f"{day.isoformat()}"
            found.append(
                Blank(kind, workspace.county, one or unit, villages, version, stamp, day.year, one is None, assessment, tuple(rows))
            )
    return found


def _keys(town: str | None, ledger: str | None, assessment: bool) -> Sequence[str]:
    if assessment:
        return ("commissioners",)
    if ledger:
        return (ledger,) if town is None or "town" in ledgers()[ledger].columns else ()
    return _OF_COUNTY if town is None else _OF_TOWNS


def carried(record: Ledger, year: int, assessment: bool) -> dict[str, str]:
    """What a record gives to the next round's template, by field; nothing for somebody who has left.

    The year's assessment still lists who left within the year: their months until then are due by it.
    """
    left = record.value("left")
    if left is not None and (not assessment or left.year < year):
        return {}
    row = {name: record.shown(name) for name in asked(type(record)) if name not in ("serial", "town")}
    same_year = record.value("assessed_year") == year
    for name in ASSESSED if assessment and not same_year else () if assessment else OF_A_YEAR:
        row.pop(name, None)
    if assessment:
        row["assessed_year"] = str(year)
    return {name: text for name, text in row.items() if text}


def write_blanks(found: Sequence[Blank], out: Path, written: Written, day: dt.date) -> None:
    """Write the workbooks, a folder a unit; all, or where one is in the way, none."""
    if out.exists() and not out.is_dir():
        raise Refusal(f"{out.name} 是一个文件：模板要写到文件夹里，请换一个文件夹名。")
    targets = {out / safe_name(one.town, 40) / f"{safe_name(one.title, 80)}.xlsx": one for one in found}
    for path in targets:
        if path.exists() and not written.force:
            raise Refusal(f"{path.parent.name}/{path.name} 已经存在。如要覆盖请加 --force，或换一个文件夹。")
    for path, one in targets.items():
        written.write(path, lambda temporary, one=one: write_blank(one, temporary, day))  # type: ignore[misc]
