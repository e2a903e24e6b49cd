"""P302: a village association's 主席 is a 两委 member, but not the village's 主任 (二（一）3（1） “原则上”)."""

from __future__ import annotations

from canju.book import VillageOf
from canju.ledgers.kinds import committee_posts
from canju.ledgers.kinds.posts import DIRECTOR
from canju.plans import Plan
from canju.rules.base import Case, Judgement, rule
from canju.rules.subjects import chairs

ROW = {"level": "村（社区）残协", "village": "观音村", "name": "王一", "post": "主席"}
LIST = {"villages": [("甲镇", "观音村")]}


@rule(
    "P302",
    "chair-not-director",
    severity="query",
    clause="二（一）3（1）",
    reads=("staffing.post", "staffing.committee_post"),
    expects="原则上由村（居）委主任担任",
    says="{subject}残协主席是“两委”成员，但不是村（居）委主任：{actual}。",
    fix="请说明不由主任担任的原因，或按规定调整。",
    wrong="两委职务：党支部书记",
    right="两委职务：书记主任一肩挑",
    cases=[
        Case(setting=LIST, rows={"staffing": [{**ROW, "committee_post": "书记主任一肩挑"}]}, status="met", subject="观音村"),
        Case(setting=LIST, rows={"staffing": [{**ROW, "committee_post": "村委会副主任"}]}, status="unmet", subject="观音村"),
        Case(setting=LIST, rows={"staffing": [{**ROW, "committee_post": "会计"}]}, status="not_applicable", subject="观音村"),
        Case(setting=LIST, rows={"staffing": [{**ROW, "committee_post": "是"}]}, status="unknown", subject="观音村"),
    ],
)
def chair_not_director(village: VillageOf, plan: Plan) -> Judgement:
    """Where the chair stands outside the 两委, P301 has said so and this doesn't apply."""
    found = chairs(village)
    evidence = [(record, "committee_post") for record in found]
    posts = [committee_posts(record.committee_post) for record in found]
    if not found or any(held == () for held in posts):
        return Judgement("not_applicable", "残协主席不是“两委”成员（见 P301）" if found else "未见残协主席（见 P306）", evidence)
    if any(held is None or held == ("成员",) for held in posts):
        return Judgement("unknown", "残协主席的两委职务未写明", evidence, missing=("残协主席的两委职务",))
    if all(held and DIRECTOR in held for held in posts):
        return Judgement("met", f"残协主席为{found[0].committee_post}", evidence)
    return Judgement("unmet", f"现为{found[0].committee_post}", evidence)
