"""P404: a place has exactly as many disabled people as the threshold, and no group (二（一）4（3）; reading 1)."""

from __future__ import annotations

from canju.ledgers.groups import Group
from canju.plans import Plan
from canju.rules.base import Case, Judgement, rule

ROW = {"place": "大寨", "place_kind": "自然村", "established": "否"}


@rule(
    "P404",
    "group-borderline",
    severity="query",
    scope="place",
    clause="二（一）4（3）",
    reads=("groups",),
    needs=("group_threshold", "group_reading"),
    expects="人数恰在界限上的地点是否设立小组",
    says="{subject}恰有{actual}，没有设立小组；方案中的人数界限含不含本数有两种理解。",
    fix="请研究确定是否设立小组，或说明情况。",
    wrong="残疾人数 5，是否设立小组：否",
    right="残疾人数 5，是否设立小组：是",
    cases=[
        Case(rows={"groups": [{**ROW, "persons": 5}]}, status="unmet", subject="大寨"),
        Case(rows={"groups": [{**ROW, "persons": 5, "established": "是"}]}, status="met", subject="大寨"),
        Case(rows={"groups": [{**ROW, "persons": 6}]}, status="not_applicable", subject="大寨"),
        Case(rows={"groups": [{**ROW, "persons": 4}]}, status="not_applicable", subject="大寨"),
        Case(rows={"groups": [{**ROW, "persons": 5, "place_kind": "医院"}]}, status="not_applicable", subject="大寨"),
        Case(rows={"groups": [{**ROW, "persons": 5}]}, figures={"group_reading": "at_least"}, status="not_applicable", subject="大寨"),
        Case(rows={"groups": [{**ROW, "persons": 5, "established": ""}]}, status="unknown", subject="大寨"),
        Case(rows={"groups": [{**ROW, "persons": 5, "place_kind": "厂矿宿舍"}]}, status="unknown", subject="大寨"),
    ],
)
def group_borderline(place: Group, plan: Plan) -> Judgement:
    """Off the line this doesn't arise; nor where the reading takes the line in."""
    evidence = [(place, "persons"), (place, "established")]
    if place.place_kind == "医院" or plan.reading("group_reading") != "exceeds" or place.persons != plan.count("group_threshold"):
        return Judgement("not_applicable", "不在界限上", evidence)
    if place.place_kind is None:
        return Judgement("unknown", "地点类型读不出", [(place, "place_kind")], missing=("地点类型",))
    if place.established is None:
        return Judgement("unknown", f"{place.persons}人，是否设立小组未填", evidence, missing=("是否设立小组",))
    return Judgement("met" if place.established else "unmet", f"{place.persons}人", evidence)
