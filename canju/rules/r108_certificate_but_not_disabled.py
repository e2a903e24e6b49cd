"""R108: somebody said not to be disabled has a certificate number."""

from __future__ import annotations

from canju.ledgers.commissioners import Commissioner
from canju.ledgers.staffing import Staffing
from canju.plans import Plan
from canju.rules.base import Case, rule


@rule(
    "R108",
    "certificate-but-not-disabled",
    severity="query",
    reads=("disabled", "certificate"),
    says="是否残疾人填“否”，却填有残疾人证号。",
    fix="请核实本人情况，改正有误的一处，或说明情况。",
    wrong="是否残疾人 否，残疾人证号 52279919900307451042",
    right="是否残疾人 是，残疾人证号 52279919900307451042",
    cases=[
        Case(disabled="否", certificate="52279919900307451042", hit="disabled"),
        Case(disabled="×", certificate="52279919900307451042", hit="disabled"),
        Case(disabled="是", certificate="52279919900307451042"),
        Case(disabled="否", certificate="无", unchecked=True),
        Case(disabled="", certificate="52279919900307451042", unchecked=True),
    ],
)
def certificate_but_not_disabled(person: Staffing | Commissioner, _: Plan) -> bool:
    """Who holds a certificate counts as disabled: P104, P206 and P516 rest on the answer."""
    return not person.disabled
