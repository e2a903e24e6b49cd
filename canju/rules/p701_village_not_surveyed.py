"""P701: a listed village has sent neither people without a certificate nor a nil return (二（三）1)."""

from __future__ import annotations

from collections.abc import Iterator

from canju.book import Town, fold_village
from canju.ledgers.uncertified import Uncertified
from canju.plans import Plan
from canju.rules.base import Case, Judgement, rule

ROW = {"name": "王一", "village": "观音村"}


@rule(
    "P701",
    "village-not-surveyed",
    severity="query",
    clause="二（三）1",
    reads=("uncertified",),
    expects="有未持证残疾人名单或零报告",
    says="{subject}没有报送未持证残疾人，也没有零报告。",
    fix="请核实该村（社区）；确无未持证残疾人的请补零报告。",
    wrong="台账中没有该村（社区）",
    right="该村（社区）一行，姓名栏填“无”",
    cases=[
        Case(setting={"villages": [("甲镇", "观音村")]}, rows={"uncertified": [ROW]}, status="met", subject="观音村"),
        Case(setting={"villages": [("甲镇", "观音村"), ("甲镇", "高堡村")]}, rows={"uncertified": [ROW]}, status="unmet", subject="高堡村"),
        Case(setting={"villages": [("甲镇", "观音村")]}, rows={"uncertified": []}, status="met", subject="观音村"),
        Case(rows={"uncertified": [ROW]}, status="unknown", subject="甲镇"),
    ],
)
def village_not_surveyed(town: Town, plan: Plan) -> Iterator[Judgement]:
    """One verdict a listed village; a town's nil return speaks for all of them. Without a list nothing is known."""
    if not town.listed:
        yield Judgement("unknown", "没有村（社区）名单", missing=("村（社区）名单（villages.csv）",))
        return
    tables = [table for table in town.book.tables if table.ledger is Uncertified and table.town == town.name]
    nil = {fold_village(name) for table in tables for name in table.nil_villages}
    whole = any(table.nil and not table.nil_villages and not len(table) for table in tables)
    for village in town.listed:
        found = village.records(Uncertified)
        names = [record.shown("village") for record in found]
        if found:
            yield Judgement("met", f"{len(names)}人", [(found[0], "village")], subject=village.name, scope="village")
        elif whole or village.names & nil:
            yield Judgement("met", "零报告", subject=village.name, scope="village")
        else:
            yield Judgement("unmet", "未报送", subject=village.name, scope="village")
