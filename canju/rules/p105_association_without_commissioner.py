"""P105: a special association has no 专职委员 (二（一）1（6）)."""

from __future__ import annotations

from collections.abc import Iterator

from canju.book import County
from canju.ledgers.commissioners import Commissioner
from canju.ledgers.staffing import Staffing
from canju.plans import Plan
from canju.rules.base import Case, Judgement, rule
from canju.rules.subjects import holds, same_association, unsaid

ASSOCIATION = {"level": "县专门协会", "organization": "甲县盲人协会", "name": "王一"}
NAMED = {"named": {"associations": ["盲人协会"]}}


@rule(
    "P105",
    "association-without-commissioner",
    severity="error",
    clause="二（一）1（6）",
    expects="配备专职委员",
    says="{subject}没有配备专职委员。",
    fix="请为该协会配备专职委员；已配备的请在人员台账中写明协会名称。",
    wrong="聋人协会：只有主席",
    right="聋人协会：主席、专职委员各 1 名",
    cases=[
        Case(town=None, setting=NAMED, rows={"staffing": [{**ASSOCIATION, "post": "专职委员"}]}, status="met", subject="盲人协会"),
        Case(town=None, setting=NAMED, rows={"staffing": [{**ASSOCIATION, "post": "主席"}]}, status="unmet", subject="盲人协会"),
        Case(town=None, setting=NAMED, rows={"staffing": [{**ASSOCIATION, "post": ""}]}, status="unknown", subject="盲人协会"),
        Case(town=None, setting=NAMED, rows={"commissioners": [{"level": "县专门协会", "name": "王一", "remarks": ""}]}, status="unknown"),
    ],
)
def association_without_commissioner(county: County, plan: Plan) -> Iterator[Judgement]:
    """The staffing ledger says which association somebody serves; the commissioners ledger does not, but tells who has left."""
    book = county.book
    gone = {record.id_number or record.name for record in book.records(Commissioner, None) if not book.active(record)}
    staff = [
        record for record in book.records(Staffing, None) if holds(record, "专职委员") and (record.id_number or record.name) not in gone
    ]
    for name in book.workspace.named.associations:
        found = [(record, "post") for record in staff if same_association(record.organization, name)]
        if found:
            yield Judgement("met", f"专职委员{len(found)}名", found, subject=name)
        elif not book.came(Staffing, None):
            yield Judgement("unknown", "未收到县专门协会组织人员配备台账", subject=name, missing=("县专门协会组织人员配备台账",))
        else:
            own = [record for record in book.records(Staffing, None) if same_association(record.organization, name)]
            if blank := unsaid(own):
                yield Judgement(
                    "unknown", "有人员职务未填、读不出", [(record, "post") for record in blank], subject=name, missing=("职务",)
                )
            else:
                yield Judgement("unmet", "没有专职委员", own, subject=name)
