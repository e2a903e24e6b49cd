"""P206: how many of a town's and its villages' post-holders are disabled or relatives (二（一）2（3）, a progress figure)."""

from __future__ import annotations

from canju.book import Town
from canju.ledgers.staffing import Staffing
from canju.plans import Plan
from canju.rules.base import Case, Judgement, rule
from canju.rules.subjects import progress

ROW = {"level": "村（社区）残协", "village": "观音村", "post": "委员"}


@rule(
    "P206",
    "broad-membership",
    severity="error",
    clause="二（一）2（3）",
    reads=("staffing.disabled", "staffing.relative"),
    expects="广泛吸纳残疾人及亲友参与",
    says="{town}残疾人及亲友任职：{actual}。",
    fix="请更多吸纳残疾人及亲友；是否残疾人、是否亲友两栏请填全。",
    wrong="是否残疾人亲友（空）",
    right="是否残疾人亲友：是",
    cases=[
        Case(
            rows={
                "staffing": [
                    {**ROW, "name": "王一", "disabled": "是", "relative": "否"},
                    {**ROW, "name": "王二", "disabled": "否", "relative": "是"},
                    {**ROW, "name": "王三", "disabled": "否", "relative": "否"},
                ]
            },
            status="progress",
            says="2/3",
        ),
        Case(rows={"staffing": [{**ROW, "name": "王一", "disabled": "", "relative": ""}]}, status="unknown"),
        Case(rows={"staffing": [{**ROW, "name": "王一"}]}, status="unknown"),
    ],
)
def broad_membership(town: Town, plan: Plan) -> Judgement:
    """Post-holders as read, doubles included; somebody who is both counts once."""
    records = town.records(Staffing)
    return progress(records, [_either(record.disabled, record.relative) for record in records], "relative disabled")


def _either(disabled: bool | None, relative: bool | None) -> bool | None:
    return True if disabled or relative else None if disabled is None and relative is None else False
