"""P104: the county federation has no disabled cadre, or more than the plan names (二（一）1（4）; reading 10, 22)."""

from __future__ import annotations

from canju.book import County
from canju.plans import Plan
from canju.rules.base import Case, Judgement, rule
from canju.rules.subjects import each_once, in_range, office

STAFF = {"level": "县残联", "organization": "甲县残疾人联合会", "post": "干部", "mode": "专职"}


@rule(
    "P104",
    "disabled-cadres",
    severity="error",
    also="query",
    clause="二（一）1（4）",
    reads=("staffing.disabled", "staffing.mode"),
    needs=("disabled_cadres",),
    expects="县残联配备残疾人干部",
    says="县残联专职人员中残疾人{actual}，应为{expected}。",
    fix="请按规定配备残疾人干部；已配备的请补填是否残疾人。",
    wrong="残疾人干部 0 名",
    right="残疾人干部 1 名",
    cases=[
        Case(
            town=None,
            rows={"staffing": [{**STAFF, "name": "王一", "disabled": "是"}, {**STAFF, "name": "王二", "disabled": "否"}]},
            status="met",
        ),
        Case(town=None, rows={"staffing": [{**STAFF, "name": f"王{n}", "disabled": "是"} for n in "一二"]}, status="met"),
        Case(
            town=None,
            rows={"staffing": [{**STAFF, "name": f"王{n}", "disabled": "是"} for n in "一二三"]},
            status="unmet",
            severity="query",
        ),
        Case(town=None, rows={"staffing": [{**STAFF, "name": "王一", "disabled": "否"}]}, status="unmet", severity="error"),
        Case(
            town=None,
            rows={
                "staffing": [
                    {**STAFF, "name": "王一", "disabled": "否"},
                    {**STAFF, "name": "王二", "disabled": "是", "mode": "兼职"},
                    {**STAFF, "name": "王三", "disabled": "是", "level": "县专门协会"},
                ]
            },
            status="unmet",
            says="0名",
        ),
        Case(
            town=None,
            rows={"staffing": [{**STAFF, "name": "王一", "disabled": ""}, {**STAFF, "name": "王二", "disabled": "否"}]},
            status="unknown",
        ),
    ],
)
def disabled_cadres(county: County, plan: Plan) -> Judgement:
    """Full-time staff at level 县残联; whoever's disability or mode is blank leaves the count open."""
    staff = each_once(record for record in office(county) if record.mode in ("专职", None))
    disabled = [record for record in staff if record.disabled and record.mode]
    unclear = [record for record in staff if record.disabled is None or (record.disabled and record.mode is None)]
    return in_range(len(disabled), plan.span("disabled_cadres"), disabled, unclear)
