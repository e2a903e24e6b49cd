"""R117: a group is set up and has nobody in it."""

from __future__ import annotations

from collections.abc import Mapping

from canju.ledgers.groups import Group
from canju.plans import Plan
from canju.rules.base import Case, rule


@rule(
    "R117",
    "group-without-members",
    severity="query",
    reads=("established",),
    blank=("disabled_members", "relative_members", "volunteer_members"),
    says="已设立小组，却没有一名组员（残疾人、亲友、志愿者都为0或未填）。",
    fix="请补填组员人数；小组没有成立的，请改正是否设立小组一栏。",
    wrong="是否设立小组 是，残疾人组员 0，亲友 0，志愿者 0",
    right="是否设立小组 是，残疾人组员 5，亲友 2，志愿者 1",
    cases=[
        Case(established="是", disabled_members="0", relative_members="0", volunteer_members="0", hit="disabled_members"),
        Case(established="是", disabled_members="", relative_members="", volunteer_members="", hit="disabled_members"),
        Case(established="是", disabled_members="0", relative_members="1", volunteer_members=""),
        Case(established="否", disabled_members="", relative_members="", volunteer_members=""),
        Case(established="", disabled_members="0", relative_members="0", volunteer_members="0", unchecked=True),
        Case(established="是", disabled_members="2.5", relative_members="0", volunteer_members="0", unchecked=True),
    ],
)
def group_without_members(place: Group, _: Plan) -> Mapping[str, str] | None:
    """One member is enough for this rule; how broad a group is, P407 shows."""
    empty = not (place.disabled_members or place.relative_members or place.volunteer_members)
    return {"field": "disabled_members"} if place.established and empty else None
