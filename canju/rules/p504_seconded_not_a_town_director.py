"""P504: a seconded deputy is no town federation's 理事长 (二（二）1（1）)."""

from __future__ import annotations

from collections.abc import Iterator

from canju.book import County
from canju.plans import Plan
from canju.rules.base import Case, Judgement, rule
from canju.rules.subjects import deputies, home_town, town_in

STAFF = {"level": "县残联", "organization": "甲县残疾人联合会", "name": "王一", "post": "副理事长", "mode": "挂职", "@town": None}


@rule(
    "P504",
    "seconded-not-a-town-director",
    severity="error",
    clause="二（二）1（1）",
    reads=("staffing.post", "staffing.mode"),
    expects="由镇（街道）残联理事长挂任",
    says="挂职副理事长不是镇（街道）残联理事长，原单位为“{actual}”。",
    fix="请核对原单位及职务，或另行选派。",
    wrong="原工作单位及职务：县民政局科员",
    right="原工作单位及职务：甲镇残联理事长",
    cases=[
        Case(town=None, rows={"staffing": [{**STAFF, "home_unit": "甲镇残联理事长"}]}, status="met", subject="王一"),
        Case(town=None, rows={"staffing": [{**STAFF, "home_unit": "乙残联理事长"}]}, status="unmet", subject="王一"),
        Case(town=None, rows={"staffing": [{**STAFF, "home_unit": "丙镇残联理事长"}]}, status="unmet", subject="王一"),
        Case(town=None, rows={"staffing": [{**STAFF, "home_unit": "甲镇残联"}]}, status="unknown", subject="王一"),
        Case(
            town=None,
            setting={"towns": ["观音镇"]},
            rows={"staffing": [{**STAFF, "home_unit": "观音残联理事长"}]},
            status="met",
            subject="王一",
        ),
        Case(town=None, rows={"staffing": [{**STAFF, "home_unit": "县民政局科员"}]}, status="unmet", subject="王一"),
        Case(town=None, rows={"staffing": [{**STAFF, "home_unit": "甲镇残联副理事长"}]}, status="unmet", subject="王一"),
        Case(town=None, rows={"staffing": [{**STAFF, "home_unit": ""}]}, status="unknown", subject="王一"),
        Case(
            town=None,
            rows={
                "staffing": [
                    {**STAFF, "home_unit": "", "id_number": "522799199003074510"},
                    {"level": "镇（街道）残联", "name": "王一", "id_number": "522799199003074510", "post": "理事长", "@town": "甲镇"},
                ]
            },
            status="met",
            subject="王一",
        ),
    ],
)
def seconded_not_a_town_director(county: County, plan: Plan) -> Iterator[Judgement]:
    """Told by the towns' own staffing ledgers, else by what the row says of the home unit."""
    for deputy in deputies(county, "挂职"):
        town, rows = home_town(county, deputy)
        evidence = [(deputy, "home_unit"), *((row, "post") for row in rows)]
        if town is not None:
            yield Judgement("met", f"{town}残联理事长", evidence, subject=deputy.name, scope="person")
        elif deputy.home_unit is None or (deputy.home_unit.endswith(("残联", "残疾人联合会")) and town_in(county, deputy.home_unit)):
            yield Judgement(
                "unknown", "原工作单位及职务未填全", evidence, missing=("原工作单位及职务",), subject=deputy.name, scope="person"
            )
        else:
            yield Judgement("unmet", deputy.home_unit, evidence, subject=deputy.name, scope="person")
