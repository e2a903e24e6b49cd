"""R114: somebody in the ledger of the uncertified has a certificate."""

from __future__ import annotations

from collections.abc import Mapping

from canju.ledgers.uncertified import Uncertified
from canju.plans import Plan
from canju.rules.base import Case, rule


@rule(
    "R114",
    "uncertified-with-certificate",
    severity="error",
    maybe=("certificate", "progress"),
    says="未持证台账中的人{what}。",
    fix="已办证的请从本台账移出；尚未办证的请改正该单元格。",
    wrong="未持证残疾人台账，办证进展 已办证",
    right="未持证残疾人台账，办证进展 待评定",
    how="右键整行“剪切”，粘贴到持证台账；或用“数据—筛选”选出办证进展为“已办证”的行逐一核对。",
    cases=[
        Case(progress="已办证", hit="progress", says="办证进展为“已办证”"),
        Case(certificate="52279919900307451042", hit="certificate", says="填有残疾人证号"),
        Case(certificate="52279919900307451042", progress="已办证", hit="certificate"),
        Case(progress="待评定"),
        Case(certificate="无", progress=""),
        Case(certificate="5227991990030745104", unchecked=True),
    ],
)
def uncertified_with_certificate(person: Uncertified, _: Plan) -> Mapping[str, str] | None:
    """Counted in both ledgers, the person would be counted twice where heads decide on a group."""
    if person.certificate is not None:
        return {"field": "certificate", "what": "填有残疾人证号"}
    return {"field": "progress", "what": "办证进展为“已办证”"} if person.progress == "已办证" else None
