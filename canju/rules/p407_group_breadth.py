"""P407: how many groups have relatives and volunteers among their members (二（一）4（3）, a progress figure; reading 21)."""

from __future__ import annotations

from canju.book import Town
from canju.ledgers.groups import Group
from canju.plans import Plan
from canju.rules.base import Case, Judgement, rule
from canju.rules.subjects import progress

ROW = {"place": "大寨", "place_kind": "自然村", "established": "是", "relative_members": 1, "volunteer_members": 2}


@rule(
    "P407",
    "group-breadth",
    severity="error",
    clause="二（一）4（3）",
    reads=("groups.relative_members", "groups.volunteer_members"),
    expects="小组广泛吸纳残疾人及亲友、助残志愿者",
    says="{town}有亲友和志愿者参加的小组：{actual}。",
    fix="请吸纳亲友和志愿者参加小组，人数请填全。",
    wrong="亲友人数 0，志愿者人数 2",
    right="亲友人数 1，志愿者人数 2",
    cases=[
        Case(
            rows={"groups": [ROW, {**ROW, "place": "小寨", "volunteer_members": 0}, {**ROW, "place": "医院", "place_kind": "医院"}]},
            status="progress",
            says="1/2",
        ),
        Case(rows={"groups": [{**ROW, "relative_members": "", "volunteer_members": ""}]}, status="unknown"),
        Case(rows={"groups": [{"place": "大寨", "place_kind": "自然村", "established": "是"}]}, status="unknown"),
    ],
)
def group_breadth(town: Town, plan: Plan) -> Judgement:
    """Established groups outside hospitals."""
    groups = [record for record in town.records(Group) if record.established and record.place_kind != "医院"]
    return progress(groups, [_broad(record) for record in groups], "volunteer_members relative_members", "个")


def _broad(group: Group) -> bool | None:
    if group.relative_members is None and group.volunteer_members is None:
        return None
    return bool(group.relative_members) and bool(group.volunteer_members)
