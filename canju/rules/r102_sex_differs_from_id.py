"""R102: the sex given is not the one in the ID number."""

from __future__ import annotations

from canju.ledgers.shared import Person
from canju.plans import Plan
from canju.rules.base import Case, rule


@rule(
    "R102",
    "sex-differs-from-id",
    severity="error",
    standard="GB 11643—1999《公民身份号码》",
    reads=("sex", "id_number"),
    says="性别“{sex}”与身份证号第17位不符（单数为男，双数为女）。",
    fix="请与身份证核对，改正有误的一处。",
    wrong="性别 女，身份证号第17位为 1",
    right="性别 男，身份证号第17位为 1",
    how='身份证号无误时，可在相邻空列用 =IF(MOD(MID(单元格,17,1),2),"男","女") 核对整列，用后删去该列。',
    cases=[
        Case(sex="女", id_number="522799199003074510", hit="sex"),
        Case(sex="男", id_number="522799199003074529", hit="sex"),
        Case(sex="男", id_number="522799199003074510"),
        Case(sex="2", id_number="522799199003074529"),
        Case(sex="", id_number="522799199003074510", unchecked=True),
        Case(sex="女", id_number="52279919900307", unchecked=True),
    ],
)
def sex_differs_from_id(person: Person, _: Plan) -> bool:
    """Digit 17 of an ID number is odd for men (GB 11643)."""
    return bool(person.sex != person.id_number.sex)
