"""S101: pay is claimed for a commissioner whose assessment failed."""

from __future__ import annotations

from canju.book import Claim
from canju.ledgers.commissioners import FAILING
from canju.plans import Plan
from canju.rules.base import Case, rule


@rule(
    "S101",
    "paid-without-passing",
    severity="error",
    clause="二（二）1（4）",
    reads=("assessment",),
    says="考核结果为{assessment}，却填报了发放工资；考核不合格应停发。",
    fix="请核对考核结果；确为不合格的，删去发放月数和发放金额，已发的追回。",
    wrong="考核结果 不合格，发放月数 1，发放金额 200",
    right="考核结果 不合格，发放月数、发放金额留空",
    cases=[
        Case(assessment="不合格", assessed_year="2019", paid_months="1", paid_total="200", hit=True),
        Case(assessment="不称职", assessed_year="2019", paid_total="200", hit=True),
        Case(assessment="不合格", assessed_year="2019"),
        Case(assessment="合格", assessed_year="2019", paid_months="3", paid_total="600"),
    ],
)
def paid_without_passing(claim: Claim, _: Plan) -> bool:
    """Who fails the assessment is dismissed and the pay stops: every yuan claimed for the year must come back."""
    return claim.made and claim.payment.status == "none" and claim.record.assessment in FAILING
