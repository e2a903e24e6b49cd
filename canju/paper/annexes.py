"""The annexes: 指标完成情况表 (clause, asked, found, verdict) and the state of each town, which the chart draws."""

from __future__ import annotations

from collections.abc import Iterator

from canju.model import STATUS_WORDS, Status
from canju.paper import measures
from canju.paper.inputs import Block, Inputs, evidence
from canju.rules.base import Rule

ANNEXES = ("指标完成情况表", "各镇（街道）任务落实情况统计表")
COUNTED: tuple[Status, ...] = ("met", "unmet", "unknown")
HEADS = ("条款", "要求", "完成情况", "结论")
NEW_PAGE = "<w:pageBreakBefore/>"


def annexes(inputs: Inputs) -> Iterator[Block]:
    """Each annex on a new page: its mark on the first line, its title on the third, then its table."""
    tables = (_clauses(inputs), _towns(inputs))
    for place, (name, table) in enumerate(zip(ANNEXES, tables, strict=True), start=1):
        yield Block("附件", f"附件{place}", f"annex.{place}", NEW_PAGE)
        yield Block("顶格", "", f"annex.{place}.blank")
        yield Block("标题", name, f"annex.{place}.title")
        yield table


def _clauses(inputs: Inputs) -> Block:
    """A row for every plan rule the paper tells of that could be asked, in the order of the plan's clauses."""
    order = {address: place for place, address in enumerate(inputs.plan.clauses)}
    rules = sorted(measures.told_rules(), key=lambda rule: order.get(measures.clause_of(inputs, rule), len(order)))
    rows = [row for rule in rules if (row := _row(inputs, rule))]
    return Block("表", "", "annex.clauses", "", (HEADS, *rows), (32, 52, 54, 18))


def _row(inputs: Inputs, rule: Rule) -> tuple[str, ...] | None:
    shown = [one for one in inputs.of(rule.code) if one.status != "not_applicable"]
    if not shown:
        return None
    known = [one for one in shown if one.status != "unknown"]
    unknown = measures.counted(inputs, rule, shown, ("unknown",))
    found = "；".join(part for part in (measures.measured(inputs, rule, known) if known else "", unknown) if part)
    return (
        inputs.clause(measures.clause_of(inputs, rule)),
        measures.asked(inputs, rule),
        found,
        STATUS_WORDS[measures.worst(one.status for one in shown)],
    )


def town_counts(inputs: Inputs) -> list[tuple[str, dict[Status, int]]]:
    """For each town, how many of the verdicts about it are met, unmet and unknown."""
    found = []
    for town in inputs.book.towns:
        some = [one for one in inputs.verdicts if one.town == town.name]
        found.append((town.name, {status: sum(one.status == status for one in some) for status in COUNTED}))
    return found


def _towns(inputs: Inputs) -> Block:
    rows = []
    for town, counts in town_counts(inputs):
        some = [one for one in inputs.verdicts if one.town == town]
        cells = {status: evidence(one for one in some if one.status == status) for status in COUNTED}
        shown = [
            inputs.figures(f"town.{town}.{status}", counts[status], f"{town}结论为{STATUS_WORDS[status]}的事项数", cells[status])
            for status in COUNTED
        ]
        rows.append((town, *shown))
    heads = ("镇（街道）", *(f"{STATUS_WORDS[status]}（项）" for status in COUNTED))
    return Block("表", "", "annex.towns", "", (heads, *rows), (54, 34, 34, 34))
