"""R105: the category given is not the one in the certificate number."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from canju.ledgers.certified import Certified
from canju.ledgers.commissioners import Commissioner
from canju.plans import Plan
from canju.rules.base import Case, rule


@rule(
    "R105",
    "category-differs-from-certificate",
    severity="query",
    standard="GB/T 26341—2010《残疾人残疾分类和分级》；《中华人民共和国残疾人证管理办法》（残联发〔2017〕34号）：证号由18位身份证号、1位残疾类别代码和1位残疾等级代码组成",
    reads=("category", "certificate"),
    says="残疾类别“{category}”与残疾人证号第19位（{written}）不符。",
    fix="请与残疾人证核对，改正有误的一处，或说明情况。",
    wrong="残疾类别 智力，残疾人证号第19位为 4（肢体）",
    right="残疾类别 肢体，残疾人证号第19位为 4（肢体）",
    cases=[
        Case(category="智力", certificate="52279919900307451042", hit="category", says="肢体"),
        Case(category="肢体", certificate="52279919900307451042"),
        Case(category="4", certificate="52279919900307451042"),
        Case(category="多重", certificate="52279919900307451071"),
        Case(category="残废", certificate="52279919900307451042", unchecked=True),
    ],
)
def category_differs_from_certificate(person: Commissioner | Certified, _: Plan) -> Mapping[str, Any] | None:
    """Digit 19: 1 视力 … 7 多重."""
    written = person.certificate.category
    return {"written": written} if person.category != written else None
