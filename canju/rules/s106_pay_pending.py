"""S106: whether somebody is to be paid cannot be told yet."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from canju.book import Claim
from canju.plans import Plan
from canju.rules.base import Case, rule


@rule(
    "S106",
    "pay-pending",
    severity="query",
    clause="二（二）1（2）",
    says="能否发放待定：{why}。查清前列入待定，不发放。",
    fix="请补齐或核实后重报；补报后即可列入发放表。",
    wrong="考核结果 基本合格（未定合格与否）",
    right="考核结果 合格，或不合格",
    cases=[
        Case(hired="2015-03-01", assessment="基本合格", hit="assessment"),
        Case(hired="2015-03-01", assessment="", hit="assessment"),
        Case(hired="", assessment="合格", hit="hired"),
        Case(hired="2019", assessment="合格", hit="hired"),
        Case(hired="2015-03-01", assessment="合格", remarks="已于上月辞职", hit="remarks"),
        Case(hired="2015-03-01", left="2019-09-30", assessment=""),
        Case(hired="2015-03-01", assessment="不合格"),
        Case(hired="2015-03-01", assessment="合格"),
    ],
)
def pay_pending(claim: Claim, _: Plan) -> Mapping[str, Any] | None:
    """Pay that rests on what is not known is neither paid nor refused: it waits, and the row says for what."""
    if claim.payment.status != "pending" or claim.record.address() != claim.payment.source:
        return None
    return {"why": claim.payment.why, "field": claim.payment.doubts[0][0] if claim.payment.doubts else None}
