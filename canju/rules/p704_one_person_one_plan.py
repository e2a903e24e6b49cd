"""P704: how many people in hardship have a plan of their own (二（四）2, a progress figure; readings 15, 21)."""

from __future__ import annotations

from canju.book import Town
from canju.plans import Plan
from canju.rules.base import Case, Judgement, rule
from canju.rules.subjects import only_uncertified, people, progress

ROW = {"village": "观音村", "hardship": "贫困"}


@rule(
    "P704",
    "one-person-one-plan",
    severity="error",
    clause="二（四）2",
    reads=("uncertified.hardship", "uncertified.plan_made"),
    expects="贫困、重度和有特殊困难的残疾人“一人一案”",
    says="{town}困难残疾人“一人一案”：{actual}。",
    fix="请为困难残疾人逐人制定方案；该栏请填全。",
    wrong="困难类型：贫困，一人一案：否",
    right="困难类型：贫困，一人一案：是",
    cases=[
        Case(
            rows={
                "uncertified": [
                    {**ROW, "name": "王一", "plan_made": "是"},
                    {**ROW, "name": "王二", "plan_made": "否"},
                    {**ROW, "name": "王三", "hardship": "无", "grade": "一级", "plan_made": "否"},
                ]
            },
            status="progress",
            says="1/2人，占50.0%（仅未持证部分）",
        ),
        Case(
            rows={
                "uncertified": [{**ROW, "name": "王一", "plan_made": "否"}],
                "certified": [{**ROW, "name": "王四", "plan_made": "是"}, {"name": "王五", "hardship": "无", "plan_made": "是"}],
            },
            status="progress",
            actual="1/2人，占50.0%",
        ),
        Case(
            rows={
                "uncertified": [{**ROW, "name": "王一", "plan_made": "是"}],
                "certified": [{"village": "观音村", "name": "王四", "hardship": "贫困"}],
            },
            status="progress",
            says="1/1人，占100.0%（仅未持证部分）",
        ),
        Case(rows={"uncertified": [{**ROW, "name": "王一", "plan_made": ""}]}, status="unknown"),
        Case(rows={"uncertified": [{"village": "观音村", "name": "王一", "plan_made": "是"}]}, status="unknown"),
    ],
)
def one_person_one_plan(town: Town, plan: Plan) -> Judgement:
    """Any 困难类型 but 无: the column decides, not the grade."""
    found = [record for record in people(town, "hardship", "plan_made") if record.hardship and set(record.hardship) != {"无"}]
    return only_uncertified(town, progress(found, [record.plan_made for record in found], "plan_made hardship"), "hardship", "plan_made")
