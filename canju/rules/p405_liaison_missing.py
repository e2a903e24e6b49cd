"""P405: a group has no 联络员, or none with a telephone (二（一）4（3）; reading 23)."""

from __future__ import annotations

from canju.ledgers.groups import Group
from canju.plans import Plan
from canju.rules.base import Case, Judgement, rule
from canju.rules.subjects import column_of

ROW = {"place": "大寨", "place_kind": "自然村", "established": "是", "liaison": "王一", "liaison_phone": "16127543171"}


@rule(
    "P405",
    "liaison-missing",
    severity="error",
    also="query",
    scope="place",
    clause="二（一）4（3）",
    reads=("groups",),
    expects="小组有联络员及其电话",
    says="{subject}的小组{actual}。",
    fix="请选配联络员，并填写姓名和电话。",
    wrong="联络员（空）",
    right="联络员：王某某，电话 16127543171",
    cases=[
        Case(rows={"groups": [ROW]}, status="met", subject="大寨"),
        Case(rows={"groups": [{**ROW, "liaison": ""}]}, status="unmet", severity="error", subject="大寨"),
        Case(rows={"groups": [{**ROW, "liaison_phone": ""}]}, status="unmet", severity="query", subject="大寨"),
        Case(rows={"groups": [{**ROW, "established": "否", "liaison": ""}]}, status="not_applicable", subject="大寨"),
        Case(rows={"groups": [{**ROW, "established": "", "liaison": ""}]}, status="unknown", subject="大寨"),
        Case(rows={"groups": [{"place": "大寨", "established": "是", "liaison": "王一"}]}, status="unknown", subject="大寨"),
        Case(rows={"groups": [{"place": "大寨", "established": "是", "liaison_phone": ""}]}, status="unknown", subject="大寨"),
    ],
)
def liaison_missing(place: Group, plan: Plan) -> Judgement:
    """Only where there is a group. A telephone that can't be read is C110's, not a missing one; a column that isn't there says nothing."""
    evidence = [(place, "liaison"), (place, "liaison_phone")]
    if place.established is None:
        return Judgement("unknown", "是否设立小组未填", [(place, "established")], missing=("是否设立小组",))
    if not place.established:
        return Judgement("not_applicable", "没有小组", [(place, "established")])
    if not column_of(place, "liaison"):
        return Judgement("unknown", "台账没有联络员一列", [place], missing=("联络员一列",))
    if not place.shown("liaison"):
        return Judgement("unmet", "没有联络员", evidence)
    if not column_of(place, "liaison_phone"):
        return Judgement("unknown", "台账没有联络员电话一列", [(place, "liaison")], missing=("联络员电话一列",))
    if not place.shown("liaison_phone"):
        return Judgement("unmet", "联络员没有留电话", evidence, severity="query")
    return Judgement("met", "有联络员和电话", evidence)
