"""Who has sent what: towns × ledgers as 未报, 零报告, 已报 or 有错误, which submission, when, and the days to the deadline."""

from __future__ import annotations

import datetime as dt
from collections import Counter, defaultdict
from collections.abc import Sequence
from typing import Any, NamedTuple

from canju.book import COUNTY
from canju.ledgers import ledgers
from canju.ledgers.base import Ledger
from canju.merging.merged import Merged, Submission

MISSING, NIL, CAME, FAULTY = "未报", "零报告", "已报", "有错误"
UNNAMED = "未注明单位"


class Standing(NamedTuple):
    """One town and ledger: its state, rows sent and taken, the files it came in, the latest day, errors, and what to tell.

    `day_by` says by what the day is known: its own 填报日期, that of the same batch, or the file's time. `days_left` counts to the
    towns' deadline, below 0 after it; None without one. `late` are the days after the deadline at which it says it was filled
    in. `paper` is True where a signed paper came.
    """

    town: str
    ledger: type[Ledger]
    state: str
    rows: int = 0
    taken: int = 0
    files: tuple[str, ...] = ()
    day: dt.date | None = None
    day_by: str = ""
    late: int = 0
    errors: int = 0
    days_left: int | None = None
    paper: bool = False
    note: str = ""

    def to_dict(self) -> dict[str, Any]:
        """The standing for JSON."""
        return {
            "town": self.town,
            "ledger": self.ledger.key,
            "state": self.state,
            "rows": self.rows,
            "taken": self.taken,
            "files": list(self.files),
            "submitted": self.day.isoformat() if self.day else None,
            "submitted_by": self.day_by,
            "late": self.late,
            "errors": self.errors,
            "days_left": self.days_left,
            "paper": self.paper,
            "note": self.note,
        }

    def to_row(self) -> dict[str, Any]:
        """The standing for a table that people read."""
        return {
            "镇（街道）": self.town,
            "台账": self.ledger.title,
            "状态": self.state,
            "行数": self.rows,
            "采用行数": self.taken,
            "错误数": self.errors,
            "报送日期": self.day.isoformat() if self.day else "",
            "日期依据": self.day_by,
            "超期天数": self.late,
            "距截止天数": self.days_left,
            "盖章件": "已收" if self.paper else "未收",
            "来源文件": list(self.files),
            "说明": self.note,
        }


def status(merged: Merged) -> list[Standing]:
    """The standing of every town and ledger, towns in the workspace's order, the county's own ledgers at the end where they came."""
    days_left = (deadline - merged.as_of).days if (deadline := merged.workspace.deadlines.towns) else None
    counts = _counts(merged)
    towns_send = {one.table.ledger.key for one in merged.submissions if one.table.town}
    found = []
    for town in towns_of(merged, counts):
        for ledger in ledgers().values():
            parts = counts.get((ledger.key, town), [])
            asked = not ledger.supplementary or ledger.key in towns_send or (ledger.key, town or "") in merged.known.problems
            if parts or (asked and town not in (None, UNNAMED)) or (ledger.key, town or "") in merged.known.problems:
                found.append(_standing(merged, town, ledger, parts, days_left))
    return found


Counts = dict[tuple[str, str | None], list[tuple[Submission, int, int]]]


def _counts(merged: Merged) -> Counts:
    """By ledger and town: the submissions, with the rows each holds of the town and the rows taken of them.

    Rows in whose place another submission speaks aren't counted again. Tables of which no town could be told (F202) are nobody's, not the county's.
    """
    found: Counts = defaultdict(list)
    for one in merged.submissions:
        table = one.table
        nobody = UNNAMED if (table.file, table.sheet) in merged.known.unnamed else None
        if table.town is not None or not len(table):
            found[table.ledger.key, table.town or nobody].append((one, len(table) - len(one.superseded), len(table) - len(one.left)))
            continue
        rows = Counter(record.sender for record in table.records)
        again = Counter(table.records[index].sender for index in one.superseded)
        left = Counter(table.records[index].sender for index in one.left)
        for town, count in rows.items():
            found[table.ledger.key, town or nobody].append((one, count - again[town], count - left[town]))
    return found


def towns_of(merged: Merged, counts: Counts | None = None) -> list[str | None]:
    """The workspace's towns, then others that sent something, tables of nobody, the county itself (None)."""
    senders = {town for _, town in (_counts(merged) if counts is None else counts) if town and town != UNNAMED}
    return [*dict.fromkeys([*merged.workspace.towns, *sorted(senders)]), UNNAMED, None]


def _standing(
    merged: Merged, town: str | None, ledger: type[Ledger], parts: Sequence[tuple[Submission, int, int]], days_left: int | None
) -> Standing:
    came = [one for one, _, _ in parts]
    rows, taken = sum(count for _, count, _ in parts), sum(count for _, _, count in parts)
    errors = len(came) if town == UNNAMED else merged.known.errors.get((ledger.key, town), 0)  # F202, each a table
    problem = merged.known.problems.get((ledger.key, town or ""), "")
    nil = any(one.table.nil for one in came)
    state = (FAULTY if errors else CAME) if rows else NIL if nil else FAULTY if came or (problem and not ledger.supplementary) else MISSING
    latest = max((one for one in came if one.day), key=lambda one: one.day or dt.date.min, default=None)
    said, deadline = max((one.table.submitted for one in came if one.table.submitted), default=None), merged.workspace.deadlines.towns
    late = max((said - deadline).days, 0) if said and deadline else 0
    villages = [name for one in came for name in one.table.nil_villages]
    notes = [
        problem,
        *(one.note for one in came),
        f"零报告的村（社区）：{'、'.join(villages)}。" if villages else "",
        "表中没有数据行。" if came and not rows and not nil else "",
        f"填报日期{said.isoformat()}，晚于截止日{late}天。" if said and late else "",
    ]
    return Standing(
        town or COUNTY,
        ledger,
        state,
        rows,
        taken,
        tuple(dict.fromkeys(one.table.file for one in came)),
        latest.day if latest else None,
        latest.by if latest else "",
        late,
        errors,
        days_left,
        bool(merged.known.papers.get(town or "")),
        "".join(dict.fromkeys(note for note in notes if note)),
    )


def days_said(days: int | None) -> str:
    """Days to the deadline in words; "" without one."""
    if days is None:
        return ""
    return f"还有{days}天" if days > 0 else "今天截止" if days == 0 else f"已过{-days}天"


def as_text(standings: Sequence[Standing]) -> str:
    """Towns × ledgers as lines of a plain table: state and rows, then what has to be said of a town."""
    columns = list(dict.fromkeys(one.ledger for one in standings))
    by_town: dict[str, dict[type[Ledger], Standing]] = defaultdict(dict)
    for one in standings:
        by_town[one.town][one.ledger] = one
    lines = ["\t".join(["镇（街道）", *(ledger.title for ledger in columns), "盖章件"])]
    for town, held in by_town.items():
        paper = "已收" if any(one.paper for one in held.values()) else "未收"
        lines.append("\t".join([town, *(_short(held.get(ledger)) for ledger in columns), paper]))
    for one in standings:
        if one.note or (one.state == MISSING and one.days_left is not None):
            lines.append(f"{one.town} {one.ledger.title}：{one.note or one.state}{_left(one)}")
    return "\n".join(lines)


def _left(one: Standing) -> str:
    said = days_said(one.days_left) if one.state == MISSING else ""
    return f"，{said}" if said else ""


def _short(one: Standing | None) -> str:
    if one is None:
        return "-"
    state = f"{one.state}（空表）" if one.files and not one.rows and one.state == FAULTY else one.state
    rows = f" {one.rows}行" if one.rows else ""
    day = f" {one.day.isoformat()}{_DAY_BY.get(one.day_by, '')}" if one.day and one.rows else ""
    return f"{state}{rows}{day}{f' 错误{one.errors}处' if one.errors else ''}"


_DAY_BY = {"同批填报日期": "（同批）", "文件时间": "（文件时间）"}
"""What a day that isn't the ledger's own is taken from."""
