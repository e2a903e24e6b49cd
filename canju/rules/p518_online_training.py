"""P518: how many commissioners were trained on the online platform (二（二）2（2）, a progress figure; reading 21)."""

from __future__ import annotations

from canju.book import Town
from canju.plans import Plan
from canju.rules.base import Case, Judgement, rule
from canju.rules.subjects import commissioners, progress

ROW = {"level": "村（社区）", "village": "观音村", "kind": "专职", "hired": "2018-01-01"}


@rule(
    "P518",
    "online-training",
    severity="error",
    clause="二（二）2（2）",
    reads=("commissioners.trained",),
    expects="专职委员参加在线培训",
    says="{town}参加在线培训的专职委员：{actual}。",
    fix="请组织参加专职委员在线培训；该栏请填全。",
    wrong="在线培训（空）",
    right="在线培训：是",
    cases=[
        Case(
            rows={"commissioners": [{**ROW, "name": "王一", "trained": "是"}, {**ROW, "name": "王二", "trained": "否"}]},
            status="progress",
            says="1/2",
        ),
        Case(rows={"commissioners": [{**ROW, "name": "王一", "trained": ""}]}, status="unknown"),
        Case(rows={"commissioners": [{**ROW, "name": "王一"}]}, status="unknown"),
    ],
)
def online_training(town: Town, plan: Plan) -> Judgement:
    """Active full-time commissioners of the town and its villages."""
    found = commissioners(town)
    return progress(found, [record.trained for record in found], "trained")
