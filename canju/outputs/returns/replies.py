"""The town's answers: 核实说明 in a 问题清单 that comes back, found again by fingerprint."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import NamedTuple

from canju.model import Finding, Sheet, plain
from canju.outputs.returns.lines import HEADS, LIST, REPLY, values_of
from canju.outputs.returns.seal import seal


class Reply(NamedTuple):
    """What a town answered to one query: its words, the files it holds for – its own, and the originals of that –, and the day."""

    text: str
    files: tuple[str, ...] = ()
    day: str = ""


def take_out(sheets: Sequence[Sheet], file: str) -> tuple[list[Sheet], dict[str, str]]:
    """The sheets of a file without a returned 问题清单, and its answers by fingerprint and by place.

    A fingerprint tells who a finding is about; where the town has corrected just that in the same file, the place tells it still.
    """
    kept, answers = [], {}
    for sheet in sheets:
        head = _head(sheet) if sheet.name == LIST else None
        if head is None:
            kept.append(sheet)
            continue
        mark, said = HEADS.index("指纹"), HEADS.index("核实说明")
        for row in sheet.rows[head + 1 :]:
            if len(row) > mark and plain(row[mark]).strip() and plain(row[said]).strip():
                fingerprint, _, rule = plain(row[mark]).strip().partition(" ")
                answers[fingerprint] = plain(row[said]).strip()
                if rule:
                    answers[_place(file, rule, [plain(cell) for cell in row])] = answers[fingerprint]
    return kept, answers


def _place(file: str, rule: str, line: Sequence[str]) -> str:
    """What a line of the list speaks of beside its fingerprint: the file, the rule, and the cell, name and value as they stand there."""
    return "\t".join([file, rule, *(line[HEADS.index(name)].strip() for name in ("单元格", "姓名", "现值"))])


def given(finding: Finding) -> str:
    """The answer as the list repeats it to the town."""
    return values_of(0, finding)[HEADS.index("核实说明")].strip()


def unchanged(sheets: Sequence[Sheet]) -> bool:
    """Whether a return workbook came back as it went out: no cell changed, nothing more explained."""
    kept, answers = take_out(sheets, "")
    return any(seal(kept, answers.values()) in _marks(sheet) for sheet in sheets if sheet.name == LIST)


def corrects(sheets: Sequence[Sheet]) -> tuple[str, ...]:
    """The SHA-256 of the files that a return workbook stands for once it comes back; () for any other."""
    return next((tuple(mark for mark in _marks(sheet) if len(mark) == 64) for sheet in sheets if sheet.name == LIST), ())


def _marks(sheet: Sheet) -> list[str]:
    """What a 问题清单 holds in its hidden corner."""
    return plain(sheet.rows[0][len(HEADS) - 1]).split() if _head(sheet) is not None and len(sheet.rows[0]) >= len(HEADS) else []


def _head(sheet: Sheet) -> int | None:
    return next((number for number, row in enumerate(sheet.rows[:6]) if [plain(cell) for cell in row[: len(HEADS)]] == list(HEADS)), None)


def explained(findings: Iterable[Finding], replies: Mapping[str, Reply]) -> Iterable[Finding]:
    """The findings, queries and notes that were answered marked as explained: by whom, when, why.

    Errors can't be explained away: what the town says of one stands in its sentence.
    """
    if not replies:
        return findings
    files = {file for reply in replies.values() for file in reply.files}
    return (_answered(one, reply) if (reply := _reply(one, replies, files)) else one for one in findings)


def _reply(finding: Finding, replies: Mapping[str, Reply], files: Collection[str]) -> Reply | None:
    """By fingerprint, else by place. Of a file, a sheet or a heading (F) others may have the like: there an answer holds in its own file."""
    reply = replies.get(finding.fingerprint)
    if reply and (finding.rule[0] != "F" or finding.address.file in (reply.files or (finding.address.file,))):
        return reply
    return replies.get(_place(finding.address.file, finding.rule, values_of(0, finding))) if finding.address.file in files else None


def _answered(finding: Finding, reply: Reply) -> Finding:
    who = finding.town or "报送单位"
    if finding.severity == "error":
        return finding._replace(
            template=f"{finding.template}（{{sender}}说明：{{{REPLY}}}；属必改，说明了也要更正）",
            values={**finding.values, "sender": who, REPLY: reply.text[:500]},
        )
    day = f"，{reply.day}" if reply.day else ""
    signed = reply.text.endswith("）") and f"（{who}" in reply.text  # it went out as answered and came back once more
    return finding._replace(explained=reply.text if signed else f"{reply.text[:500]}（{who}{day}）")
