"""P703: in how many rows of the uncertified reason, category and needs can be read (二（四）1, a progress figure; reading 21)."""

from __future__ import annotations

from canju.book import Town
from canju.ledgers.uncertified import Uncertified
from canju.plans import Plan
from canju.rules.base import Case, Judgement, rule
from canju.rules.subjects import progress

ROW = {"village": "观音村", "category": "肢体", "reason": "外出务工"}


@rule(
    "P703",
    "uncertified-filled-in",
    severity="error",
    clause="二（四）1",
    reads=("uncertified.reason", "uncertified.category", "uncertified.needs"),
    expects="未持证台账底数清、情况明",
    says="{town}原因、类别、需求填全的未持证残疾人：{actual}。",
    fix="请补填未办证原因、疑似残疾类别和服务需求。",
    wrong="服务需求（空）",
    right="服务需求：康复、辅具",
    cases=[
        Case(
            rows={"uncertified": [{**ROW, "name": "王一", "needs": "康复"}, {**ROW, "name": "王二", "needs": ""}]},
            status="progress",
            says="1/2",
        ),
        Case(
            rows={"uncertified": [{**ROW, "name": "王一", "needs": "康复", "category": "残废"}, {**ROW, "name": "王二", "needs": "康复"}]},
            status="progress",
            says="1/2",
        ),
        Case(rows={"uncertified": [{**ROW, "name": "王一"}]}, status="unknown"),
    ],
)
def uncertified_filled_in(town: Town, plan: Plan) -> Judgement:
    """Rows of the uncertified ledger."""
    records = town.records(Uncertified)
    filled = [record.reason is not None and record.category is not None and record.needs is not None for record in records]
    return progress(records, filled, "needs reason category")
