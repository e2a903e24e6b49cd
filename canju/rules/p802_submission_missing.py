"""P802: a town has not sent one of the ledgers (四（三）)."""

from __future__ import annotations

from collections.abc import Iterator

from canju.book import Town
from canju.ledgers import ledgers
from canju.ledgers.base import Ledger
from canju.plans import Plan
from canju.rules.base import Case, Judgement, rule


@rule(
    "P802",
    "submission-missing",
    severity="error",
    clause="四（三）",
    expects="各镇（街道）及时报送",
    says="{town}{actual}。",
    fix="请尽快报送；确无内容的请报零报告。",
    wrong="未报送残疾人小组台账",
    right="报送台账，或报零报告",
    cases=[
        Case(rows={"groups": [{"place": "大寨", "place_kind": "自然村"}]}, status="met", subject="残疾人小组台账"),
        Case(rows={"groups": []}, status="met", subject="残疾人小组台账"),
        Case(rows={"groups": []}, status="unmet", subject="专职委员台账"),
    ],
)
def submission_missing(town: Town, plan: Plan) -> Iterator[Judgement]:
    """Town × the four ledgers that towns send; a file that could not be read has not come."""
    for ledger in ledgers().values():
        if ledger.supplementary:
            continue
        if town.book.came(ledger, town.name):
            rows = town.records(ledger)
            yield Judgement("met", (f"{len(rows)}行" if rows else "零报告") + _late(town, ledger), rows[:1], subject=ledger.title)
        else:
            why = town.book.problems.get((ledger.key, town.name), f"未收到{ledger.title}")
            yield Judgement("unmet", why, subject=ledger.title)


def _late(town: Town, ledger: type[Ledger]) -> str:
    """That it says itself to have been filled in after the towns' deadline; "" where it doesn't."""
    deadline = town.book.workspace.deadlines.towns
    days = [one.submitted for one in town.book.tables if one.ledger is ledger and one.town == town.name and one.submitted]
    if not deadline or not days or max(days) <= deadline:
        return ""
    return f"，填报日期{max(days).isoformat()}，晚于截止日{(max(days) - deadline).days}天"
