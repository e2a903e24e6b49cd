"""P101: the county federation's leaders are not those of its establishment (二（一）1（1）; reading 10, 17)."""

from __future__ import annotations

from canju.book import County
from canju.plans import Plan
from canju.rules.base import Case, Judgement, rule
from canju.rules.subjects import deputies, each_once, holds, office, perhaps_deputies

STAFF = {"level": "县残联", "organization": "甲县残疾人联合会"}


@rule(
    "P101",
    "county-leadership-posts",
    severity="error",
    clause=("二（一）1（1）", "二（二）1（1）"),
    reads=("staffing.post", "staffing.mode"),
    needs=("county_director", "county_deputy_directors", "county_leaders"),
    expects="配齐县残联理事长和专职副理事长",
    says="县残联领导职数不符：{actual}；应为{expected}。",
    fix="请按规定职数配备；已配备的请在县残联人员台账中补登。",
    wrong="理事长 1 名、专职副理事长 1 名",
    right="理事长 1 名、专职副理事长 2 名",
    cases=[
        Case(
            town=None,
            rows={
                "staffing": [
                    {**STAFF, "name": "王一", "post": "党组书记、理事长", "mode": "专职"},
                    {**STAFF, "name": "王二", "post": "副理事长", "mode": "专职"},
                    {**STAFF, "name": "王三", "post": "副理事长", "mode": "专职"},
                    {**STAFF, "name": "王四", "post": "副理事长", "mode": "挂职"},
                ]
            },
            status="met",
        ),
        Case(
            town=None,
            rows={
                "staffing": [
                    {**STAFF, "name": "王一", "post": "理事长", "mode": "专职"},
                    {**STAFF, "name": "王二", "post": "副理事长", "mode": "专职"},
                ]
            },
            status="unmet",
            says="空缺1名",
        ),
        Case(
            town=None,
            rows={
                "staffing": [
                    {**STAFF, "name": "王一", "post": "理事长", "mode": "专职"},
                    *({**STAFF, "name": f"王{n}", "post": "副理事长", "mode": "专职"} for n in "二三四"),
                ]
            },
            status="unmet",
            says="超配1名",
        ),
        Case(
            town=None,
            rows={
                "staffing": [
                    {**STAFF, "name": "王一", "post": "理事长", "mode": "专职"},
                    {**STAFF, "name": "王二", "post": "副理事长", "mode": "专职"},
                    {**STAFF, "name": "王三", "post": "副理事长", "mode": ""},
                ]
            },
            status="unknown",
        ),
    ],
)
def county_leadership_posts(county: County, plan: Plan) -> Judgement:
    """Part-time and seconded deputies don't count; somebody whose post, or a leader whose mode is not told leaves the count open."""
    directors = each_once(record for record in office(county) if holds(record, "理事长"))
    heads = [record for record in directors if record.mode == "专职"]
    full = deputies(county, "专职")
    unclear = [*perhaps_deputies(county), *(record for record in directors if record.mode is None)]
    want, want_full, leaders = (plan.count(name) for name in ("county_director", "county_deputy_directors", "county_leaders"))
    expected = f"理事长{want}名、专职副理事长{want_full}名，共{leaders}名"
    evidence = [(record, "post") for record in (*heads, *full, *unclear)]
    words = [f"理事长{len(heads)}名{_gap(len(heads), want)}", f"专职副理事长{len(full)}名{_gap(len(full), want_full)}"]
    actual = "，".join(words)
    if unclear and len(heads) <= want and len(full) <= want_full:
        return Judgement("unknown", f"{actual}，另有{len(unclear)}名情况不明", evidence, expected, ("职务、任职方式",))
    met = len(heads) == want and len(full) == want_full and len(heads) + len(full) == leaders
    return Judgement("met" if met else "unmet", actual, evidence, expected)


def _gap(count: int, want: int) -> str:
    """职数 is an establishment: fewer are vacancies, more are beyond it."""
    if count == want:
        return ""
    return f"（空缺{want - count}名）" if count < want else f"（超配{count - want}名）"
