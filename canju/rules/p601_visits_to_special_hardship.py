"""P601: how many people in special hardship were visited at home (二（二）3（1）, a progress figure; readings 15, 21)."""

from __future__ import annotations

from canju.book import Town
from canju.plans import Plan
from canju.rules.base import Case, Judgement, rule
from canju.rules.subjects import only_uncertified, people, progress

SPECIAL = frozenset({"一户多残", "老残一体", "孤残", "重残", "多重残疾"})
ROW = {"village": "观音村", "hardship": "孤残"}


@rule(
    "P601",
    "visits-to-special-hardship",
    severity="error",
    clause="二（二）3（1）",
    reads=("uncertified.hardship", "uncertified.visited"),
    expects="特殊困难残疾人经常性入户走访",
    says="{town}特殊困难残疾人走访：{actual}。",
    fix="请上门走访并填写走访时间。",
    wrong="困难类型：孤残，入户走访：否",
    right="困难类型：孤残，入户走访：2019-09-12",
    cases=[
        Case(
            rows={
                "uncertified": [
                    {**ROW, "name": "王一", "visited": "2019-09-12"},
                    {**ROW, "name": "王二", "visited": "否"},
                    {**ROW, "name": "王三", "hardship": "贫困", "visited": "否"},
                ]
            },
            status="progress",
            says="1/2人，占50.0%（仅未持证部分）",
        ),
        Case(
            rows={
                "uncertified": [{**ROW, "name": "王一", "visited": "否"}],
                "certified": [
                    {**ROW, "name": "王四", "visited": "2019-09-12"},
                    {"name": "王五", "hardship": "无", "visited": "2019-09-12"},
                ],
            },
            status="progress",
            actual="1/2人，占50.0%",
        ),
        Case(
            rows={
                "uncertified": [{**ROW, "name": "王一", "visited": "2019-09-12"}],
                "certified": [{"village": "观音村", "name": "王四", "hardship": "孤残"}],
            },
            status="progress",
            says="1/1人，占100.0%（仅未持证部分）",
        ),
        Case(rows={"uncertified": [{**ROW, "name": "王一", "visited": "是"}]}, status="progress", says="1/1"),
        Case(rows={"uncertified": [{**ROW, "name": "王一", "visited": ""}]}, status="unknown"),
        Case(rows={"uncertified": [{"village": "观音村", "name": "王一", "visited": "是"}]}, status="unknown"),
    ],
)
def visits_to_special_hardship(town: Town, plan: Plan) -> Judgement:
    """A date or a yes counts. The certified roster counts where it tells of hardship and visits."""
    found = [record for record in people(town, "hardship", "visited") if record.hardship and SPECIAL & set(record.hardship)]
    answers = [None if record.visited is None else bool(record.visited) for record in found]
    return only_uncertified(town, progress(found, answers, "visited hardship"), "hardship", "visited")
