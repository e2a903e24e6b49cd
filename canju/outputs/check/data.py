"""Verdicts gathered by clause, what another reading of a doubtful clause would change, and all of it as JSON."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from typing import Any, NamedTuple

from canju.book import Book
from canju.masking import Profile, mask_name, mask_path, mask_text
from canju.model import SEVERITY_WORDS, STATUS_WORDS, Address, Status, Verdict
from canju.outputs.check.readings import readings
from canju.plans import Plan
from canju.rules.base import catalogue
from canju.rules.engine import clauses_of


class ClauseState(NamedTuple):
    """One clause: its status, how many verdicts of each kind, and the reason where no ledger can show it."""

    clause: str
    status: Status | None
    counts: Counter[str]
    unchecked: str


def worst(statuses: Iterable[str]) -> Status | None:
    """Unmet if any is, else unknown if any is, else met, else progress, else not applicable."""
    present = set(statuses)
    order: tuple[Status, ...] = ("unmet", "unknown", "met", "progress", "not_applicable")
    return next((status for status in order if status in present), None)


def clauses(plan: Plan, verdicts: Sequence[Verdict]) -> list[ClauseState]:
    """Every clause of the plan in its order; one cited by several rules holds all their verdicts."""
    cited = {rule.code: clauses_of(rule, plan) for rule in catalogue().values() if rule.letter == "P"}
    found: dict[str, Counter[str]] = {address: Counter() for address in plan.clauses}
    for verdict in verdicts:
        for address in cited.get(verdict.rule, (verdict.clause,)):
            if address in found:
                found[address][verdict.status] += 1
    return [ClauseState(address, worst(counts), counts, plan.clauses[address].unchecked) for address, counts in found.items()]


def differences(before: Sequence[Verdict], after: Sequence[Verdict]) -> list[tuple[Verdict, Verdict]]:
    """Verdicts that differ in status or figures between two plans, subject by subject."""
    old = {(one.rule, one.scope, one.town, one.subject, one.evidence): one for one in before}
    nothing = {one: one._replace(status="not_applicable", done=None, total=None) for one in after}
    pairs = ((old.get((one.rule, one.scope, one.town, one.subject, one.evidence), nothing[one]), one) for one in after)
    return [(a, b) for a, b in pairs if (a.status, a.done, a.total) != (b.status, b.done, b.total)]


def sender_words(verdict: Verdict) -> str:
    """The town a verdict belongs to; a place of which no town could be told isn't the county's own."""
    return verdict.town or ("未分镇（街道）" if verdict.scope == "place" else "县本级")


def subject_words(verdict: Verdict, profile: Profile = "internal") -> str:
    """What a verdict is about, a person's name masked."""
    if verdict.subject is None:
        return sender_words(verdict)
    if profile == "full":
        return verdict.subject
    return mask_text(mask_name(verdict.subject) if verdict.person else verdict.subject)


def as_dict(verdict: Verdict, profile: Profile = "internal") -> dict[str, Any]:
    """A verdict as `check --format json` gives it."""

    def shown(text: str) -> str:
        return text if profile == "full" else mask_text(text)

    return {
        "rule": verdict.rule,
        "clause": verdict.clause,
        "quote": verdict.quote,
        "scope": verdict.scope,
        "town": verdict.town,
        "subject": None if verdict.subject is None else subject_words(verdict, profile),
        "status": verdict.status,
        "severity": verdict.severity,
        "expected": verdict.expected,
        "actual": shown(verdict.actual),
        "done": verdict.done,
        "total": verdict.total,
        "message": shown(
            verdict.message.replace(verdict.subject, subject_words(verdict, profile))
            if verdict.person and verdict.subject
            else verdict.message
        ),
        "missing": list(verdict.missing),
        "evidence": [place(one, profile) for one in verdict.evidence],
    }


_SCOPE_WORDS = {"county": "县", "town": "镇（街道）", "village": "村（社区）", "place": "地点", "person": "人员"}


def as_row(verdict: Verdict, profile: Profile = "internal") -> dict[str, Any]:
    """A verdict for a table that people read."""
    told = as_dict(verdict, profile)
    evidence = "；".join(map(str, verdict.evidence))
    return {
        "规则": verdict.rule,
        "条款": verdict.clause,
        "条款原文": verdict.quote,
        "层级": _SCOPE_WORDS[verdict.scope],
        "镇（街道）": verdict.town,
        "对象": told["subject"],
        "结论": STATUS_WORDS[verdict.status],
        "性质": SEVERITY_WORDS[verdict.severity],
        "要求": verdict.expected,
        "现状": told["actual"],
        "其中完成": verdict.done,
        "总数": verdict.total,
        "说明": told["message"],
        "缺少": told["missing"],
        "依据": evidence if profile == "full" else mask_path(evidence),
    }


def place(address: Address, profile: Profile = "internal") -> dict[str, Any]:
    """A cell of evidence; a whole row has its number for a cell."""
    file, sheet = address.file, address.sheet
    if profile != "full":
        file, sheet = mask_path(file), sheet and mask_path(sheet)
    return {"file": file, "sheet": sheet, "cell": address.cell or (str(address.row) if address.row else None)}


def as_data(book: Book, plan: Plan, verdicts: Sequence[Verdict], profile: Profile = "internal") -> dict[str, Any]:
    """The whole answer of `check`."""
    return {
        "plan": plan.id,
        "as_of": plan.as_of.isoformat(),
        "verdicts": [as_dict(verdict, profile) for verdict in verdicts],
        "clauses": [
            {
                "clause": one.clause,
                "status": one.status,
                "met": one.counts["met"],
                "unmet": one.counts["unmet"],
                "unknown": one.counts["unknown"],
                "unchecked": one.unchecked,
            }
            for one in clauses(plan, verdicts)
        ],
        "readings": [
            {"parameter": one.parameter, "reading": one.reading, "unmet": one.unmet, "other": one.other, "other_unmet": one.other_unmet}
            for one in readings(book, plan)
        ],
    }
