"""P517: how many commissioners can use the internet and mobile terminals (二（二）1（5）, a progress figure; reading 21)."""

from __future__ import annotations

from canju.book import Town
from canju.plans import Plan
from canju.rules.base import Case, Judgement, rule
from canju.rules.subjects import commissioners, progress

ROW = {"level": "村（社区）", "village": "观音村", "kind": "专职", "hired": "2018-01-01"}


@rule(
    "P517",
    "mobile-skills",
    severity="error",
    clause="二（二）1（5）",
    reads=("commissioners.mobile_skills",),
    expects="提高“互联网+”及移动终端应用能力",
    says="{town}能应用移动终端的专职委员：{actual}。",
    fix="请组织学习移动终端应用；该栏请填全。",
    wrong="移动终端应用（空）",
    right="移动终端应用：是",
    cases=[
        Case(
            rows={"commissioners": [{**ROW, "name": "王一", "mobile_skills": "是"}, {**ROW, "name": "王二", "mobile_skills": ""}]},
            status="progress",
            says="1/2",
        ),
        Case(rows={"commissioners": [{**ROW, "name": "王一", "mobile_skills": "/"}]}, status="unknown"),
        Case(rows={"commissioners": [{**ROW, "name": "王一"}]}, status="unknown"),
    ],
)
def mobile_skills(town: Town, plan: Plan) -> Judgement:
    """Active full-time commissioners of the town and its villages."""
    found = commissioners(town)
    return progress(found, [record.mobile_skills for record in found], "mobile_skills")
