"""R110: months times the monthly rate is not the total."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal

from canju.ledgers.commissioners import Commissioner
from canju.plans import Plan
from canju.rules.base import Case, rule


@rule(
    "R110",
    "pay-does-not-add-up",
    severity="error",
    reads=("paid_total", "paid_months", "monthly_pay"),
    says="发放金额{paid_total}元不等于{paid_months}个月×月工资{monthly_pay}元，应为{product}元。",
    fix="请核对月数、月工资和金额，改正有误的一处。",
    wrong="月工资 200，发放月数 3，发放金额 700",
    right="月工资 200，发放月数 3，发放金额 600",
    how="可在发放金额一栏填公式 =月数单元格*月工资单元格，双击填充柄向下复制，保存后再报送。",
    cases=[
        Case(paid_months="3", monthly_pay="200", paid_total="700", hit="paid_total", says="应为600元"),
        Case(paid_months="3", monthly_pay="200", paid_total="600"),
        Case(paid_months="3", monthly_pay="200元", paid_total="￥600.00"),
        Case(paid_months="0", monthly_pay="200", paid_total="0"),
        Case(paid_months="3", monthly_pay="200", paid_total="599.99", hit="paid_total"),
        Case(paid_months="13", monthly_pay="200", paid_total="2600", unchecked=True),
        Case(paid_months="3", monthly_pay="", paid_total="600", unchecked=True),
    ],
)
def pay_does_not_add_up(person: Commissioner, _: Plan) -> Mapping[str, Decimal] | None:
    """Exact to the fen: money is never a float."""
    product = person.paid_months * person.monthly_pay
    return {"product": product} if product != person.paid_total else None
