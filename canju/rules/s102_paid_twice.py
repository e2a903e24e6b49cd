"""S102: one ID number claims two payments for one month."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from canju.book import Claim
from canju.plans import Plan
from canju.rules.base import Case, rule

_PAID = {"name": "张三", "id_number": "522799199003074510", "hired": "2015-03-01", "assessment": "合格", "monthly_pay": "200"}


@rule(
    "S102",
    "paid-twice",
    severity="error",
    clause="二（二）1（2）",
    reads=("id_number",),
    says="同一身份证号在多行共填报发放{claimed}个月，而在岗只有{served}个月；一人每月只发一份。",
    fix="请核实本人实际在哪个岗位，只在一行填报工资，其余各行删去。",
    wrong="同一人在两个村各填报发放3个月",
    right="只在实际任职的村填报3个月",
    cases=[
        Case(
            rows={"commissioners": [{**_PAID, "village": "甲村", "paid_months": "3"}, {**_PAID, "village": "乙村", "paid_months": "3"}]},
            count=1,
        ),
        Case(rows={"commissioners": [{**_PAID, "village": "甲村", "paid_months": "3"}, {**_PAID, "village": "乙村"}]}, count=0),
        Case(
            rows={
                "commissioners": [
                    {**_PAID, "left": "2019-10-31", "paid_months": "1"},
                    {**_PAID, "hired": "2019-11-01", "village": "乙村", "paid_months": "2"},
                ]
            },
            count=0,
        ),
    ],
)
def paid_twice(claim: Claim, _: Plan) -> Mapping[str, Any] | None:
    """Months claimed over all rows of a person are more than the months in any of those posts, though no row alone claims too many."""
    if not (claim.made and claim.earlier and claim.last):
        return None
    months = [one.paid_months if one.paid_months is not None else len(claim.covered) for one in (*claim.earlier, claim.record)]
    if max(months) > len(claim.covered) or sum(months) <= len(claim.covered):
        return None
    return {"claimed": sum(months), "served": len(claim.covered), "related": claim.earlier}
