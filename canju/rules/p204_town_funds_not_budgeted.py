"""P204: a town federation's working funds are not in the budget of its level (二（一）2（4）)."""

from __future__ import annotations

from canju.book import Town
from canju.plans import Plan
from canju.rules.base import Case, Judgement, rule
from canju.rules.subjects import attested, town_office

ROW = {"level": "镇（街道）残联", "organization": "甲镇残疾人联合会"}


@rule(
    "P204",
    "town-funds-not-budgeted",
    severity="error",
    clause="二（一）2（4）",
    reads=("organizations",),
    expects="工作经费纳入同级财政预算",
    says="{town}残联工作经费没有纳入同级财政预算。",
    fix="请争取纳入预算；已纳入的请更正组织建设台账。",
    wrong="经费纳入预算：否",
    right="经费纳入预算：是",
    cases=[
        Case(rows={"organizations": [{**ROW, "budgeted": "是"}]}, status="met"),
        Case(rows={"organizations": [{**ROW, "budgeted": "否"}]}, status="unmet"),
        Case(rows={"organizations": [{**ROW, "budgeted": "不详"}]}, status="unknown"),
    ],
)
def town_funds_not_budgeted(town: Town, plan: Plan) -> Judgement:
    """The town federation's own row decides."""
    rows = town_office(town)
    if not rows:
        return Judgement("unknown", "组织建设台账中没有镇（街道）残联一行", missing=("镇（街道）残联的经费情况",))
    return attested(rows[0], ("budgeted",))
