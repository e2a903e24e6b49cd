"""R106: the grade given is not the one in the certificate number."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from canju.ledgers.certified import Certified
from canju.ledgers.commissioners import Commissioner
from canju.plans import Plan
from canju.rules.base import Case, rule


@rule(
    "R106",
    "grade-differs-from-certificate",
    severity="query",
    standard="GB/T 26341—2010《残疾人残疾分类和分级》；《中华人民共和国残疾人证管理办法》（残联发〔2017〕34号）：证号由18位身份证号、1位残疾类别代码和1位残疾等级代码组成",
    reads=("grade", "certificate"),
    says="残疾等级“{grade}”与残疾人证号第20位（{written}）不符。",
    fix="请与残疾人证核对，改正有误的一处，或说明情况。",
    wrong="残疾等级 一级，残疾人证号第20位为 2（二级）",
    right="残疾等级 二级，残疾人证号第20位为 2（二级）",
    cases=[
        Case(grade="一级", certificate="52279919900307451042", hit="grade", says="二级"),
        Case(grade="二级", certificate="52279919900307451042"),
        Case(grade="2", certificate="52279919900307451042B2"),
        Case(grade="七级", certificate="52279919900307451042", unchecked=True),
    ],
)
def grade_differs_from_certificate(person: Commissioner | Certified, _: Plan) -> Mapping[str, Any] | None:
    """Digit 20, 1 to 4."""
    written = person.certificate.grade
    return {"written": written} if person.grade != written else None
