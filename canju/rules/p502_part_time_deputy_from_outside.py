"""P502: a part-time deputy's own unit is no member of the 残工委 (二（二）1（1）)."""

from __future__ import annotations

from collections.abc import Iterator

from canju.book import County
from canju.plans import Plan
from canju.rules.base import Case, Judgement, rule
from canju.rules.subjects import deputies

STAFF = {"level": "县残联", "organization": "甲县残疾人联合会", "name": "王一", "post": "副理事长", "mode": "兼职"}
NAMED = {"named": {"working_committee": ["县民政局", "县教育局"]}}


@rule(
    "P502",
    "part-time-deputy-from-outside",
    severity="query",
    clause="二（二）1（1）",
    reads=("staffing.post", "staffing.mode"),
    expects="来自残工委成员单位",
    says="兼职副理事长的原单位“{actual}”不在残工委成员单位名单中。",
    fix="请核对原单位；成员单位有变动的请更新 canju.toml。",
    wrong="原工作单位及职务：县烟草专卖局副局长",
    right="原工作单位及职务：县民政局副局长",
    cases=[
        Case(town=None, setting=NAMED, rows={"staffing": [{**STAFF, "home_unit": "县民政局副局长"}]}, status="met", subject="王一"),
        Case(town=None, setting=NAMED, rows={"staffing": [{**STAFF, "home_unit": "县烟草专卖局副局长"}]}, status="unmet", subject="王一"),
        Case(town=None, setting=NAMED, rows={"staffing": [{**STAFF, "home_unit": ""}]}, status="unknown", subject="王一"),
        Case(town=None, rows={"staffing": [{**STAFF, "home_unit": "县民政局副局长"}]}, status="unknown", subject="王一"),
    ],
)
def part_time_deputy_from_outside(county: County, plan: Plan) -> Iterator[Judgement]:
    """One verdict a part-time deputy; a unit's name may stand with or without the county's."""
    units = [_bare(unit, county.book.workspace.county) for unit in county.book.workspace.named.working_committee]
    for deputy in deputies(county, "兼职"):
        evidence = [(deputy, "home_unit")]
        if deputy.home_unit is None or not units:
            missing = "原工作单位及职务" if units else "残工委成员单位名单（canju.toml 的 [named]）"
            yield Judgement("unknown", f"缺{missing}", evidence, missing=(missing,), subject=deputy.name, scope="person")
            continue
        home = _bare(deputy.home_unit, county.book.workspace.county)
        member = any(unit and unit in home for unit in units)
        yield Judgement("met" if member else "unmet", deputy.home_unit, evidence, subject=deputy.name, scope="person")


def _bare(unit: str, county: str) -> str:
    return "".join(unit.split()).removeprefix(county).removeprefix("县")
