"""The town's answers: 核实说明 in a 问题清单 that comes back, found again by fingerprint."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from canju.model import Finding, Sheet, plain
from canju.outputs.returns.listing import HEADS, LIST


class Reply(NamedTuple):
    """What a town answered to one query: its words, the file they stand in, and the day of that file."""

    text: str
    file: str
    day: str


def take_out(sheets: Sequence[Sheet]) -> tuple[list[Sheet], dict[str, str]]:
    """The sheets without a returned 问题清单, and its answers by fingerprint."""
    kept, answers = [], {}
    for sheet in sheets:
        head = _head(sheet) if sheet.name == LIST else None
        if head is None:
            kept.append(sheet)
            continue
        mark, said = HEADS.index("指纹"), HEADS.index("核实说明")
        for row in sheet.rows[head + 1 :]:
            if len(row) > mark and plain(row[mark]).strip() and plain(row[said]).strip():
                answers[plain(row[mark]).strip()] = plain(row[said]).strip()
    return kept, answers


def corrects(sheets: Sequence[Sheet]) -> tuple[str, ...]:
    """The SHA-256 of the files that a return workbook stands for once it comes back; () for any other."""
    for sheet in sheets:
        if sheet.name == LIST and _head(sheet) is not None:
            row = sheet.rows[0]
            return tuple(mark for mark in plain(row[len(HEADS) - 1]).split() if len(mark) == 64) if len(row) >= len(HEADS) else ()
    return ()


def _head(sheet: Sheet) -> int | None:
    return next((number for number, row in enumerate(sheet.rows[:6]) if [plain(cell) for cell in row[: len(HEADS)]] == list(HEADS)), None)


def explained(findings: Iterable[Finding], replies: Mapping[str, Reply]) -> list[Finding]:
    """The findings, queries and notes that were answered marked as explained: by whom, when, why. Errors can't be explained away."""
    if not replies:
        return list(findings)
    return [_answered(one, replies[one.fingerprint]) if one.severity != "error" and one.fingerprint in replies else one for one in findings]


def _answered(finding: Finding, reply: Reply) -> Finding:
    who = finding.town or "报送单位"
    day = f"，{reply.day}" if reply.day else ""
    return finding._replace(explained=f"{reply.text[:500]}（{who}{day}）")
