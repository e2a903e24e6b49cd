"""P514: an assessment stands without both 绩效评估 and 残疾人评价 (二（二）1（4）; reading 23)."""

from __future__ import annotations

from canju.ledgers.commissioners import Commissioner
from canju.plans import Plan
from canju.rules.base import Case, Judgement, rule

ROW = {"level": "村（社区）", "village": "观音村", "name": "王一", "kind": "专职", "assessment": "合格"}
BOTH = ("performance", "satisfaction")


@rule(
    "P514",
    "assessment-incomplete",
    severity="error",
    scope="person",
    clause="二（二）1（4）",
    reads=("commissioners",),
    expects="绩效评估和残疾人评价相结合",
    says="有考核结果，但{actual}。",
    fix="请补填绩效评估和残疾人评价。",
    wrong="考核结果：合格，残疾人评价（空）",
    right="考核结果：合格，绩效评估 88，残疾人评价：满意",
    cases=[
        Case(rows={"commissioners": [{**ROW, "performance": "88", "satisfaction": "满意"}]}, status="met", subject="王一"),
        Case(rows={"commissioners": [{**ROW, "performance": "88", "satisfaction": ""}]}, status="unmet", subject="王一"),
        Case(rows={"commissioners": [{**ROW, "performance": "88", "satisfaction": "一般般"}]}, status="unknown", subject="王一"),
        Case(
            rows={"commissioners": [{**ROW, "assessment": "", "performance": "", "satisfaction": ""}]},
            status="not_applicable",
            subject="王一",
        ),
        Case(
            rows={"commissioners": [{**ROW, "assessment": "未考核", "performance": "", "satisfaction": ""}]},
            status="not_applicable",
            subject="王一",
        ),
        Case(rows={"commissioners": [{**ROW, "performance": "88"}]}, status="unknown", subject="王一"),
    ],
)
def assessment_incomplete(person: Commissioner, plan: Plan) -> Judgement:
    """Asked of every full-time commissioner of a town or village with a result; one that can't be read is unknown."""
    evidence = [(person, "assessment"), *((person, field) for field in BOTH)]
    if person.kind == "兼职" or person.level == "县专门协会" or person.assessment == "未考核":
        return Judgement("not_applicable", "不在考核范围或未考核", evidence)
    if not person.shown("assessment"):
        return Judgement("not_applicable", "没有考核结果", evidence)
    titles = {field: type(person).columns[field].title for field in BOTH}
    absent = [field for field in BOTH if field not in person.table.places]
    blank = [field for field in BOTH if field not in absent and not person.shown(field)]
    if blank:
        return Judgement("unmet", f"没有{'、'.join(titles[field] for field in blank)}", evidence)
    unclear = [titles[field] for field in BOTH if person.value(field) is None]
    if unclear:
        return Judgement("unknown", f"{'、'.join(unclear)}没有这一列或读不出", evidence, missing=tuple(unclear))
    return Judgement("met", "两项评价齐全", evidence)
