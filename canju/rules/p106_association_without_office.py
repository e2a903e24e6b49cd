"""P106: a special association has no office, no sign or no budget (二（一）1（6）; an office may be shared, reading 16)."""

from __future__ import annotations

from collections.abc import Iterator

from canju.book import County
from canju.ledgers.organizations import Organization
from canju.plans import Plan
from canju.rules.base import Case, Judgement, rule
from canju.rules.subjects import attested, same_association

ROW = {"level": "县专门协会", "organization": "甲县盲人协会", "office": "是", "sign": "是", "budgeted": "是"}
NAMED = {"named": {"associations": ["盲人协会"]}}


@rule(
    "P106",
    "association-without-office",
    severity="error",
    clause="二（一）1（6）",
    reads=("organizations",),
    expects="有办公场所、挂牌，经费纳入预算",
    says="{subject}{actual}。",
    fix="请落实办公场所、挂牌和经费；已落实的请更正组织建设台账。",
    wrong="挂牌：否",
    right="挂牌：是",
    cases=[
        Case(town=None, setting=NAMED, rows={"organizations": [ROW]}, status="met", subject="盲人协会"),
        Case(town=None, setting=NAMED, rows={"organizations": [{**ROW, "sign": "否"}]}, status="unmet", subject="盲人协会"),
        Case(town=None, setting=NAMED, rows={"organizations": [{**ROW, "budgeted": ""}]}, status="unknown", subject="盲人协会"),
        Case(
            town=None,
            setting=NAMED,
            rows={"organizations": [{**ROW, "organization": "甲县聋人协会"}]},
            status="unknown",
            subject="盲人协会",
        ),
    ],
)
def association_without_office(county: County, plan: Plan) -> Iterator[Judgement]:
    """One verdict an association; one without a row is unknown."""
    for name in county.book.workspace.named.associations:
        row = next((record for record in county.records(Organization) if same_association(record.organization, name)), None)
        if row is None:
            yield Judgement("unknown", "组织建设台账中没有该协会", subject=name, missing=(f"{name}的组织建设情况",))
        else:
            yield attested(row, ("office", "sign", "budgeted"))._replace(subject=name)
