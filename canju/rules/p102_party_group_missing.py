"""P102: nobody at the county federation holds a post of its 党组 (二（一）1（2）)."""

from __future__ import annotations

from canju.book import County
from canju.plans import Plan
from canju.rules.base import Case, Judgement, rule
from canju.rules.subjects import office, unsaid

STAFF = {"level": "县残联", "organization": "甲县残疾人联合会", "name": "王一"}


@rule(
    "P102",
    "party-group-missing",
    severity="error",
    clause="二（一）1（2）",
    reads=("staffing.post",),
    expects="设立党组",
    says="县残联人员中没有党组书记或党组成员，看不出已设立党组。",
    fix="请设立党组；已设立的请在职务栏写明党组书记、党组成员。",
    wrong="职务只写：理事长",
    right="党组书记、理事长",
    cases=[
        Case(town=None, rows={"staffing": [{**STAFF, "post": "党组书记、理事长"}]}, status="met"),
        Case(town=None, rows={"staffing": [{**STAFF, "post": "理事长"}]}, status="unmet"),
        Case(town=None, rows={"staffing": [{**STAFF, "post": "理事长"}, {**STAFF, "name": "王二", "post": ""}]}, status="unknown"),
        Case(rows={"staffing": [{"level": "镇（街道）残联", "name": "王一", "post": "党组书记"}]}, status="unknown"),
    ],
)
def party_group_missing(county: County, plan: Plan) -> Judgement:
    """A post that names the 党组 counts; somebody whose post is not told may hold one."""
    found = [(record, "post") for record in office(county) if record.post and any("党组" in post for post in record.post)]
    if found:
        return Judgement("met", f"党组成员{len(found)}名", found)
    if blank := unsaid(office(county)):
        return Judgement("unknown", f"有{len(blank)}人职务未填、读不出", [(record, "post") for record in blank], missing=("职务",))
    return Judgement("unmet", "未见党组成员")
