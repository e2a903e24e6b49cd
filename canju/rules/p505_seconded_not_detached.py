"""P505: a seconded deputy still works at the home unit (二（二）1（1） “与原单位工作脱钩”)."""

from __future__ import annotations

from collections.abc import Iterator

from canju.book import County
from canju.plans import Plan
from canju.rules.base import Case, Judgement, rule
from canju.rules.subjects import attested, deputies

STAFF = {"level": "县残联", "organization": "甲县残疾人联合会", "name": "王一", "post": "副理事长", "mode": "挂职"}


@rule(
    "P505",
    "seconded-not-detached",
    severity="error",
    clause="二（二）1（1）",
    reads=("staffing.post", "staffing.mode"),
    expects="挂职期间与原单位工作脱钩",
    says="挂职副理事长没有与原单位工作脱钩。",
    fix="请落实脱钩；已脱钩的请更正是否脱钩一栏。",
    wrong="是否脱钩：否",
    right="是否脱钩：是",
    cases=[
        Case(town=None, rows={"staffing": [{**STAFF, "detached": "是"}]}, status="met", subject="王一"),
        Case(town=None, rows={"staffing": [{**STAFF, "detached": "否"}]}, status="unmet", subject="王一"),
        Case(town=None, rows={"staffing": [{**STAFF, "detached": ""}]}, status="unknown", subject="王一"),
    ],
)
def seconded_not_detached(county: County, plan: Plan) -> Iterator[Judgement]:
    """One verdict a seconded deputy."""
    for deputy in deputies(county, "挂职"):
        yield attested(deputy, ("detached",))._replace(subject=deputy.name, scope="person")
