"""P203: a town federation lacks its window, its office, its archives, or its rules on the wall (二（一）2（2）)."""

from __future__ import annotations

from canju.book import Town
from canju.plans import Plan
from canju.rules.base import Case, Judgement, rule
from canju.rules.subjects import attested, town_office

ROW = {"level": "镇（街道）残联", "organization": "甲镇残疾人联合会", "window": "是", "office": "是", "archives": "是", "on_wall": "是"}


@rule(
    "P203",
    "town-office-incomplete",
    severity="error",
    clause="二（一）2（2）",
    reads=("organizations",),
    expects="服务窗口、办公室、档案归档、制度上墙齐备",
    says="{town}残联{actual}。",
    fix="请补齐；已落实的请更正组织建设台账。",
    wrong="制度上墙：否",
    right="制度上墙：是",
    cases=[
        Case(rows={"organizations": [ROW]}, status="met"),
        Case(rows={"organizations": [{**ROW, "on_wall": "否"}]}, status="unmet"),
        Case(rows={"organizations": [{**ROW, "archives": ""}]}, status="unknown"),
    ],
)
def town_office_incomplete(town: Town, plan: Plan) -> Judgement:
    """The town federation's own row decides."""
    rows = town_office(town)
    if not rows:
        return Judgement("unknown", "组织建设台账中没有镇（街道）残联一行", missing=("镇（街道）残联的组织建设情况",))
    return attested(rows[0], ("window", "office", "archives", "on_wall"))
