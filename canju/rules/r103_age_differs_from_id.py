"""R103: the age given is more than a year off the ID number's."""

from __future__ import annotations

from collections.abc import Mapping

from canju.ledgers.shared import Person
from canju.plans import Plan
from canju.rules.base import Case, rule


@rule(
    "R103",
    "age-differs-from-id",
    severity="query",
    standard="GB 11643—1999《公民身份号码》",
    reads=("age", "id_number"),
    says="年龄“{age}”与身份证号不符，按核对日期应为{years}周岁。",
    fix="请与身份证核对，改正有误的一处，或说明情况。",
    wrong="年龄 80，身份证号 52279919491001…（2019 年）",
    right="年龄 70，身份证号 52279919491001…（2019 年）",
    how='可用公式 =DATEDIF(TEXT(MID(单元格,7,8),"0-00-00"),TODAY(),"y") 由身份证号计算周岁。',
    cases=[
        Case(age="27", id_number="522799199003074510", hit="age", says="29周岁"),
        Case(age="31", id_number="522799199003074510", hit="age"),
        Case(age="28", id_number="522799199003074510"),
        Case(age="29", id_number="522799199003074510"),
        Case(age="30", id_number="522799199003074510"),
        Case(age="30", id_number="522799199003074510", as_of="2021-03-07"),
        Case(age="30", id_number="522799199003074510", as_of="2022-03-06"),
        Case(age="30", id_number="522799199003074510", as_of="2022-03-07", hit="age"),
        Case(age="三十来岁", id_number="522799199003074510", unchecked=True),
    ],
)
def age_differs_from_id(person: Person, plan: Plan) -> Mapping[str, int] | None:
    """A year either way is let be: some count 虚岁, and a ledger may be some months old."""
    born, day = person.id_number.birth, plan.as_of
    years = day.year - born.year - ((day.month, day.day) < (born.month, born.day))
    return {"years": years} if abs(person.age - years) > 1 else None
