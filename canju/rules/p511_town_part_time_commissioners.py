"""P511: a town has no 兼职委员, or more than the plan names (二（二）1（2）; reading 10)."""

from __future__ import annotations

from canju.book import Town
from canju.ledgers.staffing import Staffing
from canju.plans import Plan
from canju.rules.base import Case, Judgement, rule
from canju.rules.subjects import each_once, holds, in_range

ROW = {"level": "镇（街道）残联", "organization": "甲镇残疾人联合会", "post": "兼职委员", "mode": "兼职"}


@rule(
    "P511",
    "town-part-time-commissioners",
    severity="error",
    also="query",
    clause="二（二）1（2）",
    reads=("staffing.post",),
    needs=("town_part_time_commissioners",),
    expects="镇（街道）残联设立兼职委员",
    says="{town}残联兼职委员{actual}，应为{expected}。",
    fix="请按规定设立兼职委员；已设立的请补登。",
    wrong="兼职委员 0 名",
    right="兼职委员 1 名",
    cases=[
        Case(rows={"staffing": [{**ROW, "name": "王一"}]}, status="met"),
        Case(rows={"staffing": [{**ROW, "name": f"王{n}"} for n in "一二"]}, status="met"),
        Case(rows={"staffing": [{**ROW, "name": f"王{n}"} for n in "一二三"]}, status="unmet"),
        Case(rows={"staffing": [{**ROW, "name": "王一", "post": "专职委员", "mode": "专职"}]}, status="unmet"),
        Case(rows={"commissioners": [{"level": "镇（街道）", "name": "王一", "kind": "兼职"}]}, status="unknown"),
    ],
)
def town_part_time_commissioners(town: Town, plan: Plan) -> Judgement:
    """Town-level post-holders called 兼职委员, or 委员 and 专职委员 who serve part-time; each person once."""
    staff = [record for record in town.records(Staffing) if record.level in ("镇（街道）残联", None) and not record.village]
    found = each_once(
        record for record in staff if holds(record, "兼职委员") or (record.mode == "兼职" and holds(record, "专职委员", "委员"))
    )
    return in_range(len(found), plan.span("town_part_time_commissioners"), found)
