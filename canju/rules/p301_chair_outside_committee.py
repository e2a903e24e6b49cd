"""P301: a village association's 主席 is no member of the village's 两委 (二（一）3（1）; reading 11)."""

from __future__ import annotations

from canju.book import VillageOf
from canju.ledgers.kinds import committee_posts
from canju.plans import Plan
from canju.rules.base import Case, Judgement, rule
from canju.rules.subjects import chairs

ROW = {"level": "村（社区）残协", "village": "观音村", "name": "王一", "post": "主席"}
LIST = {"villages": [("甲镇", "观音村")]}


@rule(
    "P301",
    "chair-outside-committee",
    severity="error",
    clause="二（一）3（1）",
    reads=("staffing.post", "staffing.committee_post"),
    expects="残协主席由“两委”班子成员担任",
    says="{subject}残协主席不是“两委”班子成员：{actual}。",
    fix="请由“两委”班子成员担任；已是成员的请填全两委职务。",
    wrong="两委职务：村务监督委员会主任",
    right="两委职务：村委会主任",
    cases=[
        Case(setting=LIST, rows={"staffing": [{**ROW, "committee_post": "党支部委员"}]}, status="met", subject="观音村"),
        Case(setting=LIST, rows={"staffing": [{**ROW, "committee_post": "村务监督委员会主任"}]}, status="unmet", subject="观音村"),
        Case(setting=LIST, rows={"staffing": [{**ROW, "committee_post": "无"}]}, status="unmet", subject="观音村"),
        Case(setting=LIST, rows={"staffing": [{**ROW, "committee_post": ""}]}, status="unknown", subject="观音村"),
        Case(
            setting=LIST, rows={"staffing": [{**ROW, "post": "专职委员", "committee_post": ""}]}, status="not_applicable", subject="观音村"
        ),
    ],
)
def chair_outside_committee(village: VillageOf, plan: Plan) -> Judgement:
    """A blank 两委职务 is unknown (reading 23); a village without a chair is P306's."""
    found = chairs(village)
    if not found:
        return Judgement("not_applicable", "未见残协主席（见 P306）")
    evidence = [(record, "committee_post") for record in found]
    posts = [committee_posts(record.committee_post) for record in found]
    outside = [record for record, held in zip(found, posts, strict=True) if held == ()]
    if outside:
        return Judgement("unmet", f"现为“{outside[0].committee_post}”", evidence)
    if any(held is None for held in posts):
        return Judgement("unknown", "残协主席的两委职务未填", evidence, missing=("残协主席的两委职务",))
    return Judgement("met", f"残协主席为{found[0].committee_post}", evidence)
