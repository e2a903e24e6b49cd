"""R115: a minor's row names no guardian."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping

from canju.ledgers.uncertified import Uncertified
from canju.plans import Plan
from canju.rules.base import Case, Unjudged, rule

MAJORITY = 18
"""Full age in years: 民法总则 art. 17."""


@rule(
    "R115",
    "minor-without-guardian",
    severity="query",
    blank=("guardian",),
    maybe=("id_number", "birth_date", "age"),
    says="本人不满18周岁，未填监护人。",
    fix="请补填监护人姓名和电话，或说明情况。",
    wrong="2010 年出生，监护人（空）",
    right="2010 年出生，监护人 王某某",
    cases=[
        Case(id_number="522799201003074510", guardian="", hit="guardian"),
        Case(birth_date="2002-01-01", guardian="", hit="guardian"),
        Case(birth_date="2001-12-31", guardian=""),
        Case(birth_date="2010-03", guardian="无", hit="guardian"),
        Case(age="17", guardian="", hit="guardian"),
        Case(age="18", guardian=""),
        Case(birth_date="2010-03-07", guardian="王五"),
        Case(birth_date="2010-03-07", unchecked=True),
        Case(guardian="", unchecked=True),
        Case(id_number="52279920100307", birth_date="2010-03-07", guardian="", unchecked=True),
    ],
)
def minor_without_guardian(person: Uncertified, plan: Plan) -> Mapping[str, str] | Unjudged | None:
    """Told from the ID number, else the birth date, else the age; the very birthday is full age."""
    day = plan.as_of
    full_age = day.replace(year=day.year - MAJORITY, day=28 if (day.month, day.day) == (2, 29) else day.day)
    minor = _minor(person, full_age)
    if minor is None:
        return Unjudged("没有可用的身份证号、出生日期或年龄")
    return {"field": "guardian"} if minor and person.guardian is None else None


def _minor(person: Uncertified, full_age: dt.date) -> bool | None:
    """Whether somebody was certainly born after the day; None where nothing tells."""
    if person.id_number is not None:
        return bool(person.id_number.birth > full_age)
    if person.birth_date is not None:
        return bool(person.birth_date > full_age)
    return None if person.age is None else person.age < MAJORITY
