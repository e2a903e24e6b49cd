"""R116: certified and uncertified people are not all people of the place."""

from __future__ import annotations

from collections.abc import Mapping

from canju.ledgers.groups import Group
from canju.plans import Plan
from canju.rules.base import Case, rule


@rule(
    "R116",
    "people-do-not-add-up",
    severity="error",
    reads=("persons", "certified", "uncertified"),
    says="残疾人数{persons}不等于持证{certified}人加未持证{uncertified}人，应为{total}。",
    fix="请核对三个数，改正有误的一处。",
    wrong="残疾人数 19，持证 12，未持证 5",
    right="残疾人数 17，持证 12，未持证 5",
    how="可在残疾人数一栏填公式 =持证单元格+未持证单元格，双击填充柄向下复制，保存后再报送。",
    cases=[
        Case(persons="19", certified="12", uncertified="5", hit="persons", says="应为17"),
        Case(persons="16", certified="12", uncertified="5", hit="persons"),
        Case(persons="17人", certified="12", uncertified="5"),
        Case(persons="0", certified="0", uncertified="0"),
        Case(persons="17", certified="12", uncertified="", unchecked=True),
        Case(persons="17", certified="十来个", uncertified="5", unchecked=True),
    ],
)
def people_do_not_add_up(place: Group, _: Plan) -> Mapping[str, int] | None:
    """The sum decides whether a place must have a group (P403)."""
    total = place.certified + place.uncertified
    return {"total": total} if total != place.persons else None
