"""P303: a village association's term is not that of the village committee (二（一）3（1）; reading 12)."""

from __future__ import annotations

from canju.book import VillageOf
from canju.plans import Plan
from canju.rules.base import Case, Judgement, rule
from canju.rules.subjects import chairs

ROW = {"level": "村（社区）残协", "village": "观音村", "name": "王一", "post": "主席"}
LIST = {"villages": [("甲镇", "观音村")], "terms": {"started": 2016, "ends": 2021}}


@rule(
    "P303",
    "chair-term-out-of-step",
    severity="error",
    clause="二（一）3（1）",
    reads=("staffing.post", "staffing.started", "staffing.term_end"),
    expects="残协任期与村（居）委会任期同步",
    says="{subject}残协主席任期为{actual}，村（居）委会任期为{expected}。",
    fix="请使任期同步；填写有误的请更正任职时间、任期届满。",
    wrong="残协 2018—2021，村委会 2016—2021",
    right="残协 2016—2021，村委会 2016—2021",
    cases=[
        Case(setting=LIST, rows={"staffing": [{**ROW, "started": "2016-12-01", "term_end": "2021-12"}]}, status="met", subject="观音村"),
        Case(setting=LIST, rows={"staffing": [{**ROW, "started": "2018-12-01", "term_end": "2021-12"}]}, status="unmet", subject="观音村"),
        Case(setting=LIST, rows={"staffing": [{**ROW, "started": "", "term_end": "2021-12"}]}, status="unknown", subject="观音村"),
        Case(
            setting={**LIST, "terms": {"ends": 2021}},
            rows={"staffing": [{**ROW, "started": "2016", "term_end": "2020"}]},
            status="unmet",
            subject="观音村",
        ),
        Case(
            setting={**LIST, "terms": {"ends": 2021}},
            rows={"staffing": [{**ROW, "started": "2016", "term_end": "2021"}]},
            status="unknown",
            subject="观音村",
        ),
        Case(
            setting={"villages": LIST["villages"]},
            rows={"staffing": [{**ROW, "started": "2016", "term_end": "2021"}]},
            status="unknown",
            subject="观音村",
        ),
    ],
)
def chair_term_out_of_step(village: VillageOf, plan: Plan) -> Judgement:
    """The years in which the terms begin and end are compared."""
    found = chairs(village)
    if not found:
        return Judgement("not_applicable", "未见残协主席（见 P306）")
    evidence = [(record, field) for record in found for field in ("started", "term_end")]
    term = village.term
    if term is None:
        return Judgement("unknown", "村（居）委会任期未提供", evidence, missing=("村（居）委会任期（villages.csv）",))
    expected = f"{term.began or '？'}—{term.ends or '？'}"
    for record in found:
        years = (record.started.year if record.started else None, record.term_end.year if record.term_end else None)
        if any(year is not None and want is not None and year != want for year, want in zip(years, term, strict=True)):
            return Judgement("unmet", "—".join(str(year or "？") for year in years), evidence, expected)
        if None in years:
            return Judgement("unknown", "任职时间或任期届满未填、读不出", evidence, expected, ("残协主席的任职时间、任期届满",))
        if None in term:
            return Judgement("unknown", "村（居）委会任期起止不全", evidence, expected, ("村（居）委会任期（villages.csv）",))
    return Judgement("met", f"任期{expected}", evidence, expected)
