"""P406: nobody guides a group (二（一）4（3）; reading 23)."""

from __future__ import annotations

from canju.ledgers.groups import Group
from canju.plans import Plan
from canju.rules.base import Case, Judgement, rule
from canju.rules.subjects import column_of

ROW = {"place": "大寨", "place_kind": "自然村", "established": "是", "guided_by": "观音村残协"}


@rule(
    "P406",
    "guidance-missing",
    severity="query",
    scope="place",
    clause="二（一）4（3）",
    reads=("groups",),
    expects="有指导单位",
    says="{subject}的小组没有写明指导单位。",
    fix="请填写指导单位，或说明情况。",
    wrong="指导单位（空）",
    right="指导单位：观音村残协",
    cases=[
        Case(rows={"groups": [ROW]}, status="met", subject="大寨"),
        Case(rows={"groups": [{**ROW, "guided_by": ""}]}, status="unmet", subject="大寨"),
        Case(rows={"groups": [{**ROW, "established": "否", "guided_by": ""}]}, status="not_applicable", subject="大寨"),
        Case(rows={"groups": [{**ROW, "established": "", "guided_by": ""}]}, status="unknown", subject="大寨"),
        Case(rows={"groups": [{"place": "大寨", "established": "是"}]}, status="unknown", subject="大寨"),
    ],
)
def guidance_missing(place: Group, plan: Plan) -> Judgement:
    """Only where there is a group; a column that isn't there says nothing."""
    if place.established is None:
        return Judgement("unknown", "是否设立小组未填", [(place, "established")], missing=("是否设立小组",))
    if not place.established:
        return Judgement("not_applicable", "没有小组", [(place, "established")])
    if not column_of(place, "guided_by"):
        return Judgement("unknown", "台账没有指导单位一列", [place], missing=("指导单位一列",))
    if place.guided_by is None:
        return Judgement("unmet", "没有指导单位", [(place, "guided_by")])
    return Judgement("met", f"由{place.guided_by}指导", [(place, "guided_by")])
