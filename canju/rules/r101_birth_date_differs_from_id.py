"""R101: the birth date given is not the one in the ID number."""

from __future__ import annotations

from collections.abc import Mapping

from canju.ledgers.shared import Person
from canju.plans import Plan
from canju.rules.base import Case, rule


@rule(
    "R101",
    "birth-date-differs-from-id",
    severity="error",
    standard="GB 11643—1999《公民身份号码》",
    reads=("birth_date", "id_number"),
    says="出生年月“{birth_date}”与身份证号第7—14位的{part}不符。",
    fix="请与身份证核对，改正有误的一处。",
    wrong="出生年月 1955-08-06，身份证号 52279919540806…",
    right="出生年月 1954-08-06，身份证号 52279919540806…",
    how='身份证号无误时，可在相邻空列用 =TEXT(MID(单元格,7,8),"0-00-00") 取出生日期核对，用后删去该列。',
    cases=[
        Case(birth_date="1991-03-07", id_number="522799199003074510", hit="birth_date", says="年份"),
        Case(birth_date="1990-04", id_number="522799199003074510", hit="birth_date", says="月份"),
        Case(birth_date="1990-03-08", id_number="522799199003074510", hit="birth_date", says="日期"),
        Case(birth_date="1990-03-07", id_number="522799199003074510"),
        Case(birth_date="1990年3月", id_number="522799199003074510"),
        Case(birth_date="1990", id_number="522799199003074510"),
        Case(birth_date="1990-02-30", id_number="522799199003074510", unchecked=True),
        Case(birth_date="1991-03-07", id_number="522799199003074511", unchecked=True),
    ],
)
def birth_date_differs_from_id(person: Person, _: Plan) -> Mapping[str, str] | None:
    """Compared as exactly as the birth date is given; the ID's own date is not repeated, for it would complete a masked number."""
    given, known = person.birth_date, person.id_number.birth
    if given.year != known.year:
        return {"part": "年份"}
    if given.month not in (0, known.month):
        return {"part": "月份"}
    return {"part": "日期"} if given.day not in (0, known.day) else None
