"""P401: the county's mental hospital has no group of mentally disabled people (二（一）4（1）; reading 22)."""

from __future__ import annotations

from canju.book import County, fold_village
from canju.ledgers.groups import Group
from canju.plans import Plan
from canju.rules.base import Case, Judgement, rule

ROW = {"place": "甲县康宁医院", "place_kind": "医院"}
NAMED = {"named": {"hospital": "县康宁医院"}}


@rule(
    "P401",
    "hospital-group-missing",
    severity="error",
    clause="二（一）4（1）",
    expects="设置精神残疾人小组",
    says="医院没有设置精神残疾人小组。",
    fix="请设置小组；已设置的请更正残疾人小组台账中医院一行。",
    wrong="医院一行，是否设立小组：否",
    right="医院一行，是否设立小组：是",
    cases=[
        Case(setting=NAMED, rows={"groups": [{**ROW, "established": "是"}]}, status="met"),
        Case(setting=NAMED, rows={"groups": [{**ROW, "established": "否"}]}, status="unmet"),
        Case(setting=NAMED, rows={"groups": [{**ROW, "established": ""}]}, status="unknown"),
        Case(rows={"groups": [{"place": "大寨", "place_kind": "自然村", "established": "是"}]}, status="unknown"),
    ],
)
def hospital_group_missing(county: County, plan: Plan) -> Judgement:
    """The hospital's row may stand in any town's ledger; without one nothing is known."""
    name = fold_village(county.book.workspace.named.hospital).removeprefix(county.book.workspace.county).removeprefix("县")
    rows = [record for record in county.book.records(Group) if record.place_kind in ("医院", None)]
    named = [record for record in rows if name and record.place and name in record.place]
    rows = named or [record for record in rows if record.place_kind]
    evidence = [(record, "established") for record in rows]
    answers = [record.established for record in rows]
    if True in answers:
        return Judgement("met", "已设立小组", evidence)
    if not rows or None in answers:
        return Judgement("unknown", "医院一行未填是否设立小组" if rows else "小组台账中没有医院", evidence, missing=("医院的小组情况",))
    return Judgement("unmet", "没有设立小组", evidence)
