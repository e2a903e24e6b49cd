"""P513: a commissioner is paid from another purse than that of the level (二（二）1（3）; reading 8)."""

from __future__ import annotations

from canju.ledgers.commissioners import Commissioner
from canju.model import PURSE_WORDS
from canju.plans import Plan
from canju.rules.base import Case, Judgement, rule

ROW = {"name": "王一", "kind": "专职"}
PURSES = {"镇（街道）": PURSE_WORDS["town"], "村（社区）": PURSE_WORDS["county"]}


@rule(
    "P513",
    "wrong-purse",
    severity="error",
    scope="person",
    clause="二（二）1（3）",
    reads=("commissioners.funding",),
    expects="专职委员工资按层级列支",
    says="经费来源为{actual}，应为{expected}。",
    fix="请按层级更正经费来源。",
    wrong="村专职委员：镇（街道）财政预算",
    right="村专职委员：县财政预算（残疾人就业保障金）",
    cases=[
        Case(
            rows={"commissioners": [{**ROW, "level": "村（社区）", "village": "观音村", "funding": "县财政预算（残疾人就业保障金）"}]},
            status="met",
            subject="王一",
        ),
        Case(
            rows={"commissioners": [{**ROW, "level": "村（社区）", "village": "观音村", "funding": "镇（街道）财政预算"}]},
            status="unmet",
            subject="王一",
        ),
        Case(rows={"commissioners": [{**ROW, "level": "镇（街道）", "funding": "镇（街道）财政预算"}]}, status="met", subject="王一"),
        Case(rows={"commissioners": [{**ROW, "level": "镇（街道）", "funding": ""}]}, status="unknown", subject="王一"),
        Case(
            rows={"commissioners": [{**ROW, "level": "镇（街道）", "kind": "兼职", "funding": "县财政预算（残疾人就业保障金）"}]},
            status="not_applicable",
            subject="王一",
        ),
    ],
)
def wrong_purse(person: Commissioner, plan: Plan) -> Judgement:
    """Full-time commissioners of towns and villages."""
    evidence = [(person, "funding"), (person, "level")]
    if person.kind == "兼职" or person.level == "县专门协会":
        return Judgement("not_applicable", "不在发放范围", evidence)
    expected = PURSES.get(person.level or "", "")
    if not expected or person.funding is None:
        lacking = "层级" if not expected else "经费来源"
        return Judgement("unknown", f"{lacking}未填或读不出", evidence, expected, (lacking,))
    return Judgement("met" if person.funding == expected else "unmet", person.funding, evidence, expected)
