"""P515: a commissioner who failed is still in post, or was paid after leaving (二（二）1（4）)."""

from __future__ import annotations

from canju.book import claims_pay
from canju.ledgers.commissioners import FAILING, Commissioner
from canju.plans import Plan
from canju.rules.base import Case, Judgement, rule

ROW = {"level": "村（社区）", "village": "观音村", "name": "王一", "kind": "专职", "assessment": "不合格", "assessed_year": 2019}


@rule(
    "P515",
    "failed-but-kept",
    severity="error",
    scope="person",
    clause="二（二）1（4）",
    reads=("commissioners.assessment",),
    expects="考核不合格的及时解除并停发工资",
    says="考核不合格，{actual}。",
    fix="请按规定解除并停发工资；已解除的请补填解聘时间。",
    wrong="考核结果：不合格，解聘时间（空）",
    right="考核结果：不合格，解聘时间 2019-12-20",
    cases=[
        Case(rows={"commissioners": [{**ROW, "left": ""}]}, status="unmet", subject="王一"),
        Case(rows={"commissioners": [{**ROW, "left": "2019-12-20"}]}, status="met", subject="王一"),
        Case(rows={"commissioners": [{**ROW, "left": "2018-12-20", "paid_months": 3, "paid_total": 600}]}, status="unmet", subject="王一"),
        Case(rows={"commissioners": [{**ROW, "left": "2019-02-20", "paid_months": 3, "paid_total": 600}]}, status="unmet", subject="王一"),
        Case(rows={"commissioners": [{**ROW, "left": "2019-03-20", "paid_months": 3, "paid_total": 600}]}, status="met", subject="王一"),
        Case(rows={"commissioners": [{**ROW, "assessment": "差", "left": ""}]}, status="unknown", subject="王一"),
        Case(rows={"commissioners": [{**ROW, "left": "2019年13月1日"}]}, status="unknown", subject="王一"),
        Case(rows={"commissioners": [{**ROW, "assessment": "合格", "left": ""}]}, status="not_applicable", subject="王一"),
    ],
)
def failed_but_kept(person: Commissioner, plan: Plan) -> Judgement:
    """A leaving date that has not come yet, or can't be read, and a result that can't, are told apart."""
    evidence = [(person, "assessment"), (person, "left")]
    if person.assessment is None and person.shown("assessment"):
        return Judgement("unknown", "考核结果读不出", [(person, "assessment")], missing=("考核结果",))
    if person.assessment not in FAILING or person.kind == "兼职" or person.level == "县专门协会":
        return Judgement("not_applicable", "没有不合格的考核结果", evidence)
    if person.left is None:
        if person.shown("left"):
            return Judgement("unknown", "解聘时间读不出", evidence, missing=("解聘时间",))
        return Judgement("unmet", "仍未解聘", evidence)
    if person.left.first > plan.as_of:
        return Judgement("unmet", "判断基准日仍在岗", evidence)
    if _paid_after(person):
        return Judgement("unmet", "解聘后仍有工资", [*evidence, (person, "paid_total")])
    return Judgement("met", f"已于{person.left}解聘", evidence)


def _paid_after(person: Commissioner) -> bool:
    """Whether more months of the assessed year are claimed than it had until the month of leaving."""
    if person.assessed_year is None or not claims_pay(person):
        return False
    until = 0 if person.left.year < person.assessed_year else person.left.last.month if person.left.year == person.assessed_year else 12
    return until == 0 or (person.paid_months or 0) > until
