"""P304: a village has no active full-time commissioner (二（一）3（2）)."""

from __future__ import annotations

from canju.book import VillageOf
from canju.ledgers.commissioners import Commissioner
from canju.plans import Plan
from canju.rules.base import Case, Judgement, rule
from canju.rules.subjects import doubtful

ROW = {"level": "村（社区）", "village": "观音村", "kind": "专职", "hired": "2018-01-01"}
LIST = {"villages": [("甲镇", "观音村")]}


@rule(
    "P304",
    "village-without-commissioner",
    severity="error",
    clause="二（一）3（2）",
    reads=("commissioners.village",),
    expects="有在岗专职委员",
    says="{subject}没有在岗的专职委员。",
    fix="请选聘专职委员；已选聘的请在专职委员台账中补登。",
    wrong="只有一名已解聘的专职委员",
    right="有一名在岗的专职委员",
    cases=[
        Case(setting=LIST, rows={"commissioners": [{**ROW, "name": "王一", "left": ""}]}, status="met", subject="观音村"),
        Case(setting=LIST, rows={"commissioners": [{**ROW, "name": "王一", "left": "2019-06-01"}]}, status="unmet", subject="观音村"),
        Case(setting=LIST, rows={"commissioners": [{**ROW, "name": "王一", "left": "2020-06-01"}]}, status="met", subject="观音村"),
        Case(setting=LIST, rows={"commissioners": [{**ROW, "name": "王一", "kind": "兼职"}]}, status="unmet", subject="观音村"),
        Case(setting=LIST, rows={"commissioners": [{**ROW, "name": "王一", "left": "2019年13月1日"}]}, status="unknown", subject="观音村"),
        Case(setting=LIST, rows={"commissioners": [{**ROW, "name": "王一", "kind": ""}]}, status="unknown", subject="观音村"),
    ],
)
def village_without_commissioner(village: VillageOf, plan: Plan) -> Judgement:
    """Whoever's leaving date can't be read, or whose kind is not told, may or may not be the one."""
    rows = [record for record in village.records(Commissioner) if record.level != "镇（街道）"]
    found = [record for record in rows if record.kind != "兼职"]
    unclear = [record for record in found if doubtful(record) and village.book.active(record)]
    active = [record for record in found if village.book.active(record) and record not in unclear]
    if active:
        return Judgement("met", f"在岗{len(active)}名", active)
    if unclear:
        return Judgement("unknown", "解聘时间或人员类别读不出", [(record, "left") for record in unclear], missing=("解聘时间、人员类别",))
    evidence = [(record, "kind" if record.kind == "兼职" else "left") for record in rows]
    return Judgement("unmet", "没有在岗专职委员" if not found else "专职委员均已离岗", evidence)
