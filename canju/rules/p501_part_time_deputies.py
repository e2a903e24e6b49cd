"""P501: the county federation has no part-time deputy director, or more than the plan names (二（二）1（1）; reading 10)."""

from __future__ import annotations

from canju.book import County
from canju.plans import Plan
from canju.rules.base import Case, Judgement, rule
from canju.rules.subjects import deputies, in_range, perhaps_deputies

STAFF = {"level": "县残联", "organization": "甲县残疾人联合会", "post": "副理事长"}


@rule(
    "P501",
    "part-time-deputies",
    severity="error",
    also="query",
    clause="二（二）1（1）",
    reads=("staffing.post", "staffing.mode"),
    needs=("part_time_deputies",),
    expects="选配兼职副理事长",
    says="兼职副理事长{actual}，应为{expected}。",
    fix="请从残工委成员单位中选配；已选配的请补登任职方式。",
    wrong="兼职副理事长 0 名",
    right="兼职副理事长 1 名",
    cases=[
        Case(town=None, rows={"staffing": [{**STAFF, "name": "王一", "mode": "兼职"}]}, status="met"),
        Case(town=None, rows={"staffing": [{**STAFF, "name": f"王{n}", "mode": "兼职"} for n in "一二"]}, status="met"),
        Case(town=None, rows={"staffing": [{**STAFF, "name": f"王{n}", "mode": "兼职"} for n in "一二三"]}, status="unmet"),
        Case(town=None, rows={"staffing": [{**STAFF, "name": "王一", "mode": "专职"}]}, status="unmet"),
        Case(town=None, rows={"staffing": [{**STAFF, "name": "王一", "mode": ""}]}, status="unknown"),
    ],
)
def part_time_deputies(county: County, plan: Plan) -> Judgement:
    """A deputy whose mode is not told leaves the count open, and so does whoever has no post."""
    unclear = perhaps_deputies(county)
    found = deputies(county, "兼职")
    return in_range(len(found), plan.span("part_time_deputies"), found, unclear)
