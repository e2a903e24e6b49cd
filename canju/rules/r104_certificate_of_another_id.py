"""R104: the certificate number is built on another ID number."""

from __future__ import annotations

from canju.ledgers.certified import Certified
from canju.ledgers.commissioners import Commissioner
from canju.ledgers.staffing import Staffing
from canju.plans import Plan
from canju.rules.base import Case, rule


@rule(
    "R104",
    "certificate-of-another-id",
    severity="query",
    standard="《中华人民共和国残疾人证管理办法》（残联发〔2017〕34号）：证号由18位身份证号、1位残疾类别代码和1位残疾等级代码组成",
    reads=("certificate", "id_number"),
    says="残疾人证号的前18位与身份证号不一致。",
    fix="请与身份证、残疾人证核对，改正有误的一处，或说明情况。",
    wrong="身份证号 522799199003074510，残疾人证号 52279919900307453742",
    right="身份证号 522799199003074510，残疾人证号 52279919900307451042",
    how="可在相邻空列用 =LEFT(残疾人证号单元格,18)=身份证号单元格 核对整列，结果为 FALSE 的逐个更正，用后删去该列。",
    cases=[
        Case(certificate="52279919900307453742", id_number="522799199003074510", hit="certificate"),
        Case(certificate="52279919900307451042", id_number="522799199003074510"),
        Case(certificate="52279919900307451042B1", id_number="522799199003074510"),
        Case(certificate="", id_number="522799199003074510", unchecked=True),
        Case(certificate="5227991990030745104", id_number="522799199003074510", unchecked=True),
    ],
)
def certificate_of_another_id(person: Staffing | Commissioner | Certified, _: Plan) -> bool:
    """A certificate number is the holder's ID, category and grade. Who should have none (uncertified) is R114's."""
    return bool(person.certificate.holder != person.id_number)
