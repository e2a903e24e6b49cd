"""P503: no town director is seconded to the county federation as deputy, or more than the plan names (二（二）1（1）; reading 10)."""

from __future__ import annotations

from canju.book import County
from canju.plans import Plan
from canju.rules.base import Case, Judgement, rule
from canju.rules.subjects import deputies, in_range, perhaps_deputies

STAFF = {"level": "县残联", "organization": "甲县残疾人联合会", "post": "副理事长"}


@rule(
    "P503",
    "seconded-deputies",
    severity="error",
    also="query",
    clause="二（二）1（1）",
    reads=("staffing.post", "staffing.mode"),
    needs=("seconded_deputies",),
    expects="选派镇（街道）残联理事长挂任副理事长",
    says="挂职副理事长{actual}，应为{expected}。",
    fix="请从镇（街道）残联理事长中选派；已选派的请补登任职方式。",
    wrong="挂职副理事长 0 名",
    right="挂职副理事长 1 名",
    cases=[
        Case(town=None, rows={"staffing": [{**STAFF, "name": "王一", "mode": "挂职"}]}, status="met"),
        Case(town=None, rows={"staffing": [{**STAFF, "name": f"王{n}", "mode": "挂职"} for n in "一二三"]}, status="unmet"),
        Case(town=None, rows={"staffing": [{**STAFF, "name": "王一", "mode": "专职"}]}, status="unmet"),
        Case(town=None, rows={"staffing": [{**STAFF, "name": "王一", "mode": ""}]}, status="unknown"),
    ],
)
def seconded_deputies(county: County, plan: Plan) -> Judgement:
    """A deputy whose mode is not told leaves the count open, and so does whoever has no post."""
    unclear = perhaps_deputies(county)
    found = deputies(county, "挂职")
    return in_range(len(found), plan.span("seconded_deputies"), found, unclear)
