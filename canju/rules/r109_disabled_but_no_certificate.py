"""R109: somebody said to be disabled has no certificate number."""

from __future__ import annotations

from collections.abc import Mapping

from canju.ledgers.commissioners import Commissioner
from canju.ledgers.staffing import Staffing
from canju.plans import Plan
from canju.rules.base import Case, rule


@rule(
    "R109",
    "disabled-but-no-certificate",
    severity="query",
    reads=("disabled",),
    blank=("certificate",),
    says="是否残疾人填“是”，却没有残疾人证号。",
    fix="请补填残疾人证号；没有办证的，请改正是否残疾人一栏或说明情况。",
    wrong="是否残疾人 是，残疾人证号（空）",
    right="是否残疾人 是，残疾人证号 52279919900307451042",
    cases=[
        Case(disabled="是", certificate="", hit="certificate"),
        Case(disabled="√", certificate="无", hit="certificate"),
        Case(disabled="是", certificate="52279919900307451042"),
        Case(disabled="否", certificate=""),
        Case(disabled="是", certificate="5227991990030745104", unchecked=True),
        Case(disabled="是", unchecked=True),
        Case(disabled="不详", certificate="", unchecked=True),
    ],
)
def disabled_but_no_certificate(person: Staffing | Commissioner, _: Plan) -> Mapping[str, str] | None:
    """Only who holds a certificate is counted as disabled elsewhere; an ID number alone does not show it."""
    return {"field": "certificate"} if person.disabled and person.certificate is None else None
