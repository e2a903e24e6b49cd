"""P306: a listed village has no 主席 of its association in the staffing ledger that came (二（一）3（1）)."""

from __future__ import annotations

from canju.book import VillageOf
from canju.ledgers.staffing import Staffing
from canju.plans import Plan
from canju.rules.base import Case, Judgement, rule
from canju.rules.subjects import chairs, unsaid

LIST = {"villages": [("甲镇", "观音村")]}
ROW = {"level": "村（社区）残协", "village": "观音村", "name": "王一"}


@rule(
    "P306",
    "chair-missing",
    severity="error",
    clause="二（一）3（1）",
    reads=("staffing.post", "staffing.village"),
    expects="有残协主席",
    says="{subject}在组织人员配备台账中没有残协主席。",
    fix="请补登残协主席；尚未产生的请尽快推选。",
    wrong="只有专职委员一行",
    right="主席、专职委员各一行",
    cases=[
        Case(setting=LIST, rows={"staffing": [{**ROW, "post": "主席"}]}, status="met", subject="观音村"),
        Case(setting=LIST, rows={"staffing": [{**ROW, "post": "残协主席兼专职委员"}]}, status="met", subject="观音村"),
        Case(setting=LIST, rows={"staffing": [{**ROW, "post": "副主席"}]}, status="unmet", subject="观音村"),
        Case(setting=LIST, rows={"staffing": [{**ROW, "post": ""}]}, status="unknown", subject="观音村"),
    ],
)
def chair_missing(village: VillageOf, plan: Plan) -> Judgement:
    """Only a list of villages tells that one is missing; somebody whose post is not told may be the chair."""
    if not village.town.listed:
        return Judgement("unknown", "没有村（社区）名单", missing=("村（社区）名单（villages.csv）",))
    found = chairs(village)
    if found:
        return Judgement("met", f"残协主席{len(found)}名", found)
    if blank := unsaid(village.records(Staffing)):
        return Judgement("unknown", f"有{len(blank)}人职务未填、读不出", [(record, "post") for record in blank], missing=("职务",))
    return Judgement("unmet", "没有残协主席")
