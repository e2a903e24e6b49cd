"""P511: a town has no 兼职委员, or more than the plan names (二（二）1（2）; reading 10)."""

from __future__ import annotations

from canju.book import Town
from canju.ledgers.base import Ledger
from canju.ledgers.commissioners import Commissioner
from canju.ledgers.staffing import Staffing
from canju.plans import Plan
from canju.rules.base import Case, Judgement, rule
from canju.rules.subjects import holds, in_range, unsaid

COMMISSIONER = {"level": "镇（街道）", "name": "王一", "kind": "兼职", "left": ""}
ROW = {"level": "镇（街道）残联", "organization": "甲镇残疾人联合会", "post": "兼职委员", "mode": "兼职"}


@rule(
    "P511",
    "town-part-time-commissioners",
    severity="error",
    also="query",
    clause="二（二）1（2）",
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
        Case(rows={"staffing": [{**ROW, "name": "王一", "post": ""}]}, status="unknown"),
        Case(rows={"commissioners": [COMMISSIONER]}, status="met"),
        Case(rows={"commissioners": [{**COMMISSIONER, "left": "2019-03-01"}], "staffing": [{**ROW, "name": "王一"}]}, status="unmet"),
        Case(rows={"commissioners": [COMMISSIONER], "staffing": [{**ROW, "name": f"王{n}"} for n in "一二"]}, status="met"),
        Case(rows={"commissioners": [{**COMMISSIONER, "kind": "专职"}]}, status="unknown"),
        Case(rows={"groups": []}, status="unknown"),
    ],
)
def town_part_time_commissioners(town: Town, plan: Plan) -> Judgement:
    """Town-level 兼职委员 of either ledger, each person once; whoever has left in the one is not counted from the other."""
    others = [record for record in town.records(Commissioner) if record.level == "镇（街道）" and record.kind == "兼职"]
    gone = [record for record in others if not town.book.active(record)]
    staff = [record for record in town.records(Staffing) if record.level in ("镇（街道）残联", None) and not record.village]
    held = [record for record in staff if _part_time(record) and not any(_same(record, one) for one in gone)]
    found = _persons([*held, *(record for record in others if record not in gone)])
    if not found and not town.book.came(Staffing, town.name):
        why = town.book.problems.get((Staffing.key, town.name), f"未收到{Staffing.title}")
        return Judgement("unknown", why, missing=(why,))
    return in_range(len(found), plan.span("town_part_time_commissioners"), found, unsaid(staff))


def _part_time(record: Staffing) -> bool:
    """兼职委员, or a 委员 or 专职委员 who serves part-time."""
    return holds(record, "兼职委员") or (record.mode == "兼职" and holds(record, "专职委员", "委员"))


def _same(one: Ledger, other: Ledger) -> bool:
    """Whether two rows of one town mean one person: by ID number or by name, for either may be mistyped."""
    return any(one.value(field) is not None and one.value(field) == other.value(field) for field in ("id_number", "name"))


def _persons(records: list[Ledger]) -> list[Ledger]:
    found: list[Ledger] = []
    for record in records:
        if not any(_same(record, other) for other in found):
            found.append(record)
    return found
