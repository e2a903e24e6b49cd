"""R212: a certificate's validity has run out."""

from __future__ import annotations

from canju.ledgers.certified import Certified
from canju.plans import Plan
from canju.rules.base import Case, rule


@rule(
    "R212",
    "certificate-expired",
    severity="note",
    reads=("valid_until",),
    maybe=("status",),
    says="残疾人证有效期至{valid_until}，已经过期。",
    fix="请提醒本人换证；已换证的，请更新名册。",
    wrong="有效期至 2019-06-13（核对日期 2019-12-31）",
    right="有效期至 2029-06-13",
    cases=[
        Case(valid_until="2019-12-30", hit="valid_until"),
        Case(valid_until="2019-11", hit="valid_until"),
        Case(valid_until="2019-12-31"),
        Case(valid_until="2019-12"),
        Case(valid_until="2029-06-13"),
        Case(valid_until="2019-12-30", hit="valid_until", cells={"status": "正常"}),
        Case(valid_until="2019-12-30", cells={"status": "注销"}),
        Case(valid_until="长期", unchecked=True),
    ],
)
def certificate_expired(person: Certified, plan: Plan) -> bool:
    """Valid to the end of the last day given. A certificate that no longer stands need not be renewed."""
    return bool(person.valid_until < plan.as_of) and person.valid
