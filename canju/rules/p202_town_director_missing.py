"""P202: a town federation has no full-time 理事长 (二（一）2（1）; reading 17)."""

from __future__ import annotations

from canju.book import Town
from canju.ledgers.staffing import Staffing
from canju.plans import Plan
from canju.rules.base import Case, Judgement, rule
from canju.rules.subjects import deputies, directors, unsaid

ROW = {"level": "镇（街道）残联", "organization": "甲镇残疾人联合会", "name": "王一", "post": "理事长"}
AWAY = {"@town": None, "level": "县残联", "name": "王一", "post": "副理事长", "mode": "挂职"}


@rule(
    "P202",
    "town-director-missing",
    severity="error",
    clause="二（一）2（1）",
    reads=("staffing.post", "staffing.mode"),
    expects="配备专职理事长",
    says="{town}残联没有专职理事长：{actual}。",
    fix="请配备专职理事长；已配备的请更正任职方式。",
    wrong="理事长，任职方式：兼职",
    right="理事长，任职方式：专职",
    cases=[
        Case(rows={"staffing": [{**ROW, "mode": "专职"}]}, status="met"),
        Case(
            rows={"staffing": [{**ROW, "mode": "专职"}, AWAY]},
            status="met",
            says="现在县残联挂职",
        ),
        Case(rows={"staffing": [{**ROW, "mode": "兼职"}]}, status="unmet"),
        Case(rows={"staffing": [{**ROW, "post": "专职委员", "mode": "专职"}]}, status="unmet"),
        Case(rows={"staffing": [{**ROW, "mode": ""}]}, status="unknown"),
        Case(rows={"staffing": [{**ROW, "post": "", "mode": "专职"}]}, status="unknown"),
    ],
)
def town_director_missing(town: Town, plan: Plan) -> Judgement:
    """A director away on secondment is still the town's, but that is said."""
    found = directors(town)
    away = {record.id_number or record.name for record in deputies(town.book.county, "挂职")}
    full = [record for record in found if record.mode == "专职"]
    if full:
        gone = any((record.id_number or record.name) in away for record in full)
        return Judgement("met", "有专职理事长" + ("，现在县残联挂职" if gone else ""), [(record, "mode") for record in full])
    if any(record.mode is None for record in found):
        return Judgement("unknown", "理事长的任职方式未填", [(record, "mode") for record in found], missing=("理事长的任职方式",))
    blank = unsaid(record for record in town.records(Staffing) if record.level == "镇（街道）残联")
    if not found and blank:
        return Judgement("unknown", f"有{len(blank)}人职务未填、读不出", [(record, "post") for record in blank], missing=("职务",))
    return Judgement("unmet", f"理事长为{found[0].mode}" if found else "未见理事长", [(record, "mode") for record in found])
