"""P403: a place with more disabled people than the threshold has no group (二（一）4（3）; readings 1, 2, 22)."""

from __future__ import annotations

from canju.ledgers.groups import Group
from canju.plans import Plan
from canju.rules.base import Case, Judgement, rule

ROW = {"place": "大寨", "place_kind": "自然村", "established": "否"}


@rule(
    "P403",
    "group-missing",
    severity="error",
    scope="place",
    clause="二（一）4（3）",
    reads=("groups",),
    needs=("group_threshold", "group_reading"),
    expects="残疾人较多的地点设立小组",
    says="{subject}有残疾人{actual}，{expected}，但没有设立小组。",
    fix="请设立残疾人小组；已设立的请更正残疾人小组台账。",
    wrong="残疾人数 6，是否设立小组：否",
    right="残疾人数 6，是否设立小组：是",
    cases=[
        Case(rows={"groups": [{**ROW, "persons": 6}]}, status="unmet", subject="大寨"),
        Case(rows={"groups": [{**ROW, "persons": 5}]}, status="not_applicable", subject="大寨"),
        Case(rows={"groups": [{**ROW, "persons": 5}]}, figures={"group_reading": "at_least"}, status="unmet", subject="大寨"),
        Case(rows={"groups": [{**ROW, "persons": 6, "established": "是"}]}, status="met", subject="大寨"),
        Case(rows={"groups": [{**ROW, "persons": 6, "established": ""}]}, status="unknown", subject="大寨"),
        Case(rows={"groups": [{**ROW, "certified": 4, "uncertified": 2}]}, status="unmet", subject="大寨"),
        Case(rows={"groups": [{**ROW, "persons": "十来个"}]}, status="unknown", subject="大寨"),
        Case(rows={"groups": [{**ROW, "place_kind": "医院", "persons": 60}]}, status="not_applicable", subject="大寨"),
    ],
)
def group_missing(place: Group, plan: Plan) -> Judgement:
    """People as the ledger states them, or the sum of those with and without a certificate. Hospitals are P401's."""
    least = plan.count("group_threshold") + (plan.reading("group_reading") == "exceeds")
    expected = f"达到{least}人应设小组"
    evidence = [(place, "persons"), (place, "established")]
    if place.place_kind == "医院":
        return Judgement("not_applicable", "医院另按专门条款核查", evidence, expected)
    if place.place_kind is None:
        return Judgement("unknown", "地点类型读不出", [(place, "place_kind")], expected, ("地点类型",))
    if place.persons is None:
        return Judgement("unknown", "残疾人数未填或读不出", evidence, expected, ("残疾人数",))
    if place.persons < least:
        return Judgement("not_applicable", f"{place.persons}人，不要求设小组", evidence, expected)
    if place.established is None:
        return Judgement("unknown", f"{place.persons}人，是否设立小组未填", evidence, expected, ("是否设立小组",))
    return Judgement("met" if place.established else "unmet", f"{place.persons}人", evidence, expected)
