"""S103: pay is claimed for somebody whom the plan does not pay."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from canju.book import Claim
from canju.plans import Plan
from canju.rules.base import Case, rule


@rule(
    "S103",
    "ineligible-kind",
    severity="error",
    clause="二（二）1（2）",
    says="为{why}，却填报了发放工资；方案只对镇、村专职委员发放。",
    fix="请核对人员类别；确不属镇、村专职委员的，删去发放月数和发放金额。",
    wrong="人员类别 兼职，发放月数 3，发放金额 600",
    right="人员类别 兼职，发放月数、发放金额留空",
    cases=[
        Case(kind="兼职", hired="2016-03-01", paid_months="3", paid_total="600", hit="kind"),
        Case(kind="兼职", hired="2016-03-01"),
        Case(level="县专门协会", hired="2016-03-01", assessment="合格", paid_months="3", paid_total="600", town=None, hit="level"),
        Case(kind="专职", hired="2016-03-01", assessment="合格", paid_months="3", paid_total="600"),
    ],
)
def ineligible_kind(claim: Claim, _: Plan) -> Mapping[str, Any] | None:
    """Part-time commissioners, those of the special associations and liaisons have no monthly pay by the plan."""
    if not claim.made or not claim.ineligible:
        return None
    return {"why": claim.ineligible, "field": "kind" if claim.record.shown("kind") not in ("", "专职") else "level"}
