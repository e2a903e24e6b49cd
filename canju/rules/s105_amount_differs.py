"""S105: the yuan claimed are not the yuan due."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from canju.book import Claim, claimed
from canju.plans import Plan
from canju.rules.base import Case, rule


@rule(
    "S105",
    "amount-differs",
    severity="error",
    clause="二（二）1（2）",
    needs=("stipend_monthly",),
    says="填报发放{claimed}元，按在岗月数和月标准应发{due}元。",
    fix="请核对聘用、解聘时间和发放月数；应发金额以发放表为准。",
    wrong="聘用时间 2019-11-04，发放月数 1，发放金额 200（所属期10月至12月）",
    right="聘用时间 2019-11-04，发放月数 2，发放金额 400",
    cases=[
        Case(hired="2019-11-04", assessment="合格", monthly_pay="200", paid_months="1", paid_total="200", hit="paid_total"),
        Case(hired="2019-11-04", assessment="合格", monthly_pay="200", paid_months="2", paid_total="400"),
        Case(hired="2015-11-04", assessment="合格", monthly_pay="200", paid_months="2", hit="paid_months"),
        Case(hired="2015-11-04", assessment="合格", monthly_pay="200", paid_months="3", paid_total="700"),
        Case(hired="2015-11-04", assessment="合格", monthly_pay="150", paid_months="3", paid_total="450"),
        Case(hired="2015-11-04", assessment="合格"),
    ],
)
def amount_differs(claim: Claim, _: Plan) -> Mapping[str, Any] | None:
    """Told once a person, on the last row that claims; silent where another rule names the cause of the difference."""
    if claim.payment.status != "paid" or not claim.made or not claim.last:
        return None
    rows = (*claim.earlier, claim.record)
    sums = [claimed(row) for row in rows]
    if any(one is None for one in sums) or any(_explained(claim, row) for row in rows):
        return None
    total = sum((one for one in sums if one is not None), Decimal())
    if total == claim.due_amount:
        return None
    return {
        "claimed": f"{total:.2f}",
        "due": f"{claim.due_amount:.2f}",
        "field": "paid_total" if claim.record.paid_total is not None else "paid_months",
    }


def _explained(claim: Claim, row: Any) -> bool:
    """Whether R110 (no product), P512 (another rate) or S102 and S104 (too many months) speak of the row already."""
    months, monthly, total = row.paid_months, row.monthly_pay, row.paid_total
    if months is not None and months > len(claim.covered):
        return True
    if None not in (months, monthly, total) and months * monthly != total:
        return True
    rates = {rate for _, rate in claim.payment.rates}
    if len(claim.earlier) and (
        row.paid_months is None or sum(one.paid_months or 0 for one in (*claim.earlier, claim.record)) > len(claim.covered)
    ):
        return True
    return monthly is not None and monthly not in rates and months in (None, len(claim.payment.months))
