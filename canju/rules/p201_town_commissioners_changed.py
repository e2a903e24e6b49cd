"""P201: a town has fewer full-time commissioners than before the plan, or more (二（一）2（1）; readings 9, 22)."""

from __future__ import annotations

from canju.book import Town
from canju.plans import Plan
from canju.rules.base import Case, Judgement, rule
from canju.rules.subjects import commissioners, doubtful, each_once

ROW = {"level": "镇（街道）", "kind": "专职", "hired": "2018-01-01", "left": ""}


@rule(
    "P201",
    "town-commissioners-changed",
    severity="error",
    also="query",
    clause="二（一）2（1）",
    reads=("commissioners",),
    expects="镇（街道）原有专职委员数不变",
    says="{town}专职委员{actual}，原有{expected}。",
    fix="请按原有名额配齐；名额确有变动的请说明情况。",
    wrong="原有 2 名，现有 1 名",
    right="原有 2 名，现有 2 名",
    cases=[
        Case(
            setting={"baseline": {"甲镇": 1}},
            rows={"commissioners": [{**ROW, "name": "王一"}, {**ROW, "name": "王二", "left": "2019-01-01"}]},
            status="met",
        ),
        Case(setting={"baseline": {"甲镇": 2}}, rows={"commissioners": [{**ROW, "name": "王一"}]}, status="unmet", severity="error"),
        Case(
            setting={"baseline": {"甲镇": 1}},
            rows={"commissioners": [{**ROW, "name": "王一"}, {**ROW, "name": "王二"}]},
            status="unmet",
            severity="query",
        ),
        Case(
            setting={"baseline": {"甲镇": 1}},
            rows={
                "commissioners": [
                    {**ROW, "name": "王一"},
                    {**ROW, "name": "王一"},
                    {**ROW, "name": "王二", "kind": "兼职"},
                    {**ROW, "name": "王三", "level": "村（社区）", "village": "观音村"},
                ]
            },
            status="met",
            says="现有1名",
        ),
        Case(rows={"commissioners": [{**ROW, "name": "王一"}]}, status="unknown"),
        Case(
            setting={"baseline": {"甲镇": 1}},
            rows={"commissioners": [{**ROW, "name": "王一"}, {**ROW, "name": "王二", "left": "2019年13月1日"}]},
            status="unknown",
        ),
        Case(
            setting={"baseline": {"甲镇": 3}},
            rows={"commissioners": [{**ROW, "name": "王一"}, {**ROW, "name": "王二", "left": "2019年13月1日"}]},
            status="unmet",
        ),
    ],
)
def town_commissioners_changed(town: Town, plan: Plan) -> Judgement:
    """Active full-time ones at town level, each person once; one of whom that can't be told leaves the count open."""
    found = each_once(record for record in commissioners(town) if record.level == "镇（街道）" and not doubtful(record))
    unclear = each_once(record for record in commissioners(town) if record.level == "镇（街道）" and doubtful(record))
    baseline = town.book.workspace.baseline.get(town.name)
    actual = f"现有{len(found)}名"
    if baseline is None:
        return Judgement("unknown", f"{actual}，未提供原有人数", found, missing=("改革前镇专职委员人数（canju.toml 的 [baseline]）",))
    expected = f"{baseline}名"
    if unclear and len(found) <= baseline <= len(found) + len(unclear):
        return Judgement("unknown", f"{actual}，另有{len(unclear)}名情况不明", [*found, *unclear], expected, ("人员类别、解聘时间",))
    if len(found) == baseline:
        return Judgement("met", actual, found, expected)
    return Judgement("unmet", actual, found, expected, severity="error" if len(found) < baseline else "query")
