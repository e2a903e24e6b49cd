"""P516: how many commissioners are disabled themselves (二（二）1（2）, a progress figure; reading 21)."""

from __future__ import annotations

from canju.book import Town
from canju.plans import Plan
from canju.rules.base import Case, Judgement, rule
from canju.rules.subjects import commissioners, progress

ROW = {"level": "村（社区）", "village": "观音村", "kind": "专职", "hired": "2018-01-01"}


@rule(
    "P516",
    "disabled-commissioners",
    severity="error",
    clause="二（二）1（2）",
    reads=("commissioners.disabled",),
    expects="优先选配残疾人担任专职委员",
    says="{town}专职委员中的残疾人：{actual}。",
    fix="选聘时请优先选配残疾人；是否残疾人一栏请填全。",
    wrong="是否残疾人（空）",
    right="是否残疾人：是",
    cases=[
        Case(
            rows={
                "commissioners": [
                    {**ROW, "name": "王一", "disabled": "是"},
                    {**ROW, "name": "王二", "disabled": "否"},
                    {**ROW, "name": "王三", "disabled": "是", "left": "2019-01-01"},
                ]
            },
            status="progress",
            says="1/2",
        ),
        Case(
            rows={
                "commissioners": [
                    *({**ROW, "name": "王一", "disabled": "是"} for _ in range(2)),
                    {**ROW, "name": "王二", "disabled": "否"},
                    {**ROW, "name": "王三", "disabled": "是", "kind": "兼职"},
                ]
            },
            status="progress",
            says="2/3",
        ),
        Case(rows={"commissioners": [{**ROW, "name": "王一", "disabled": ""}]}, status="unknown"),
        Case(rows={"commissioners": [{**ROW, "name": "王一"}]}, status="unknown"),
    ],
)
def disabled_commissioners(town: Town, plan: Plan) -> Judgement:
    """Active full-time commissioners of the town and its villages."""
    found = commissioners(town)
    return progress(found, [record.disabled for record in found], "disabled")
