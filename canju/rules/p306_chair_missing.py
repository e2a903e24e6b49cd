"""P306: a listed village has no 主席 of its association in the staffing ledger that came (二（一）3（1）)."""

from __future__ import annotations

from collections.abc import Iterator

from canju.book import Town
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
        Case(setting=LIST, rows={"staffing": [{**ROW, "village": "大坪村", "post": "主席"}]}, status="unmet", subject="观音村"),
        Case(setting=LIST, rows={"commissioners": []}, status="unknown"),
        Case(rows={"staffing": [{**ROW, "post": "副主席"}]}, status="unknown", subject="甲镇"),
    ],
)
def chair_missing(town: Town, plan: Plan) -> Iterator[Judgement]:
    """One verdict a listed village; only a list tells that one is missing. Somebody whose post is not told may be the chair."""
    if not town.listed:
        yield Judgement("unknown", "没有村（社区）名单", missing=("村（社区）名单（villages.csv）",))
    for village in town.listed:
        found = chairs(village)
        blank = unsaid(village.records(Staffing))
        if found:
            judged = Judgement("met", f"残协主席{len(found)}名", found)
        elif blank:
            judged = Judgement("unknown", f"有{len(blank)}人职务未填、读不出", [(record, "post") for record in blank], missing=("职务",))
        else:
            judged = Judgement("unmet", "没有残协主席")
        yield judged._replace(subject=village.name, scope="village")
