"""P702: how many of the uncertified were told of policies and services (二（三）2, a progress figure)."""

from __future__ import annotations

from canju.book import Town
from canju.ledgers.uncertified import Uncertified
from canju.plans import Plan
from canju.rules.base import Case, Judgement, rule
from canju.rules.subjects import progress

ROW = {"village": "观音村"}


@rule(
    "P702",
    "policy-outreach",
    severity="error",
    clause="二（三）2",
    reads=("uncertified.informed",),
    expects="政策解读、服务咨询向未持证残疾人延伸",
    says="{town}接受政策宣传的未持证残疾人：{actual}。",
    fix="请向未持证残疾人宣传政策；该栏请填全。",
    wrong="政策宣传（空）",
    right="政策宣传：是",
    cases=[
        Case(
            rows={"uncertified": [{**ROW, "name": "王一", "informed": "是"}, {**ROW, "name": "王二", "informed": "否"}]},
            status="progress",
            says="1/2",
        ),
        Case(rows={"uncertified": [{**ROW, "name": "王一", "informed": ""}]}, status="unknown"),
        Case(rows={"uncertified": [{**ROW, "name": "王一"}]}, status="unknown"),
    ],
)
def policy_outreach(town: Town, plan: Plan) -> Judgement:
    """Rows of the uncertified ledger."""
    records = town.records(Uncertified)
    return progress(records, [record.informed for record in records], "informed")
