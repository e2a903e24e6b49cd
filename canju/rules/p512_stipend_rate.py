"""P512: a commissioner who passed is paid another monthly rate than the plan's (二（二）1（2）; reading 18)."""

from __future__ import annotations

from canju.ledgers.commissioners import PASSING, Commissioner
from canju.plans import Plan
from canju.rules.base import Case, Judgement, rule

ROW = {"level": "村（社区）", "village": "观音村", "name": "王一", "kind": "专职", "assessment": "合格"}


@rule(
    "P512",
    "stipend-rate",
    severity="error",
    also="query",
    scope="person",
    clause="二（二）1（2）",
    reads=("commissioners",),
    needs=("stipend_monthly",),
    expects="考核合格的专职委员按标准发放工资",
    says="月工资为{actual}，应为{expected}。",
    fix="请按规定标准更正；另有地方补助的请说明依据。",
    wrong="月工资 150",
    right="月工资 200",
    cases=[
        Case(rows={"commissioners": [{**ROW, "monthly_pay": 200}]}, status="met", subject="王一"),
        Case(rows={"commissioners": [{**ROW, "monthly_pay": "199.99"}]}, status="unmet", severity="error", subject="王一"),
        Case(rows={"commissioners": [{**ROW, "monthly_pay": "200.01"}]}, status="unmet", severity="query", subject="王一"),
        Case(rows={"commissioners": [{**ROW, "monthly_pay": ""}]}, status="unknown", subject="王一"),
        Case(rows={"commissioners": [{**ROW, "assessment": "还可以", "monthly_pay": 150}]}, status="unknown", subject="王一"),
        Case(rows={"commissioners": [{**ROW, "assessment": "不合格", "monthly_pay": 150}]}, status="not_applicable", subject="王一"),
        Case(rows={"commissioners": [{**ROW, "kind": "兼职", "monthly_pay": 150}]}, status="not_applicable", subject="王一"),
    ],
)
def stipend_rate(person: Commissioner, plan: Plan) -> Judgement:
    """Only those who passed, of towns and villages, full-time (readings 3, 4)."""
    expected = f"{plan.money('stipend_monthly').normalize():f}元"
    evidence = [(person, "monthly_pay")]
    if person.kind == "兼职" or person.level == "县专门协会":
        return Judgement("not_applicable", "不在发放范围", evidence, expected)
    if person.assessment is None and person.shown("assessment"):
        return Judgement("unknown", "考核结果读不出", [(person, "assessment")], expected, ("考核结果",))
    if person.assessment not in PASSING:
        return Judgement("not_applicable", "考核未合格或未考核", evidence, expected)
    if person.monthly_pay is None:
        return Judgement("unknown", "月工资未填或读不出", evidence, expected, ("月工资",))
    rate = plan.money("stipend_monthly")
    actual = f"{person.monthly_pay.normalize():f}元"
    if person.monthly_pay == rate:
        return Judgement("met", actual, evidence, expected)
    return Judgement("unmet", actual, evidence, expected, severity="error" if person.monthly_pay < rate else "query")
