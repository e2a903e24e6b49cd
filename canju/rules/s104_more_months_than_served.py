"""S104: more months of pay are claimed than the commissioner was in post."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from canju.book import Claim
from canju.ledgers.commissioners import FAILING
from canju.plans import Plan
from canju.rules.base import Case, rule


@rule(
    "S104",
    "more-months-than-served",
    severity="error",
    clause="二（二）1（2）",
    reads=("paid_months", "hired"),
    says="填报发放{paid_months}个月，而所属期内在岗只有{served}个月。",
    fix="请核对聘用、解聘时间和发放月数后更正，发放金额随之更正。",
    wrong="聘用时间 2019-12-02，发放月数 3（所属期10月至12月）",
    right="聘用时间 2019-12-02，发放月数 1",
    cases=[
        Case(hired="2019-12-02", assessment="合格", monthly_pay="200", paid_months="3", paid_total="600", hit="paid_months"),
        Case(hired="2019-12-02", assessment="合格", monthly_pay="200", paid_months="1", paid_total="200"),
        Case(hired="2015-12-02", left="2019-09-30", assessment="合格", paid_months="1", paid_total="200", hit="paid_months"),
        Case(hired="不详", assessment="合格", paid_months="3", unchecked=True),
    ],
)
def more_months_than_served(claim: Claim, _: Plan) -> Mapping[str, Any] | None:
    """Months are whole: that of taking up and that of leaving count, and no other may be added."""
    settled = claim.payment.status == "paid" or (claim.payment.status == "none" and not claim.ineligible)
    if not settled or claim.record.assessment in FAILING or claim.record.paid_months <= claim.due_months:
        return None
    return {"served": claim.due_months}
