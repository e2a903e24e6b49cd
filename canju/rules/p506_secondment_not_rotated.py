"""P506: a seconded deputy comes from a town that sent one the year before (二（二）1（1） “轮流选派”)."""

from __future__ import annotations

from collections.abc import Iterator

from canju.book import County
from canju.plans import Plan
from canju.rules.base import Case, Judgement, rule
from canju.rules.subjects import deputies, home_town

STAFF = {
    "level": "县残联",
    "organization": "甲县残疾人联合会",
    "name": "王一",
    "post": "副理事长",
    "mode": "挂职",
    "home_unit": "甲镇残联理事长",
}


@rule(
    "P506",
    "secondment-not-rotated",
    severity="query",
    clause="二（二）1（1）",
    reads=("staffing.post", "staffing.mode"),
    expects="各镇（街道）轮流选派",
    says="挂职副理事长来自{actual}，上一年也由该镇（街道）选派。",
    fix="请说明连续选派的原因，或另行安排。",
    wrong="连续两年由甲镇选派",
    right="上年甲镇、今年乙镇",
    cases=[
        Case(town=None, setting={"named": {"last_year_seconded_from": ["乙镇"]}}, rows={"staffing": [STAFF]}, status="met", subject="王一"),
        Case(
            town=None, setting={"named": {"last_year_seconded_from": ["甲镇"]}}, rows={"staffing": [STAFF]}, status="unmet", subject="王一"
        ),
        Case(town=None, rows={"staffing": [STAFF]}, status="unknown", subject="王一"),
        Case(
            town=None,
            setting={"named": {"last_year_seconded_from": ["甲镇"]}},
            rows={"staffing": [{**STAFF, "home_unit": "县民政局"}]},
            status="not_applicable",
            subject="王一",
        ),
    ],
)
def secondment_not_rotated(county: County, plan: Plan) -> Iterator[Judgement]:
    """Needs to know the year before; a deputy from no town is P504's."""
    before = county.book.workspace.named.last_year_seconded_from
    for deputy in deputies(county, "挂职"):
        town, rows = home_town(county, deputy)
        evidence = [(deputy, "home_unit"), *((row, "post") for row in rows)]
        if town is None:
            yield Judgement(
                "unknown" if deputy.home_unit is None else "not_applicable",
                "看不出来自哪个镇（街道）（见 P504）",
                evidence,
                subject=deputy.name,
                scope="person",
            )
        elif before is None:
            missing = "上一年选派挂职的镇（街道）（canju.toml 的 [named]）"
            yield Judgement("unknown", f"缺{missing}", evidence, missing=(missing,), subject=deputy.name, scope="person")
        else:
            yield Judgement("unmet" if town in before else "met", town, evidence, subject=deputy.name, scope="person")
