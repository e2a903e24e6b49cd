"""P402: a resettlement site has no rehabilitation station, or the station lacks a part (二（一）4（2）; reading 23)."""

from __future__ import annotations

from canju.ledgers.groups import Group
from canju.plans import Plan
from canju.rules.base import Case, Judgement, rule
from canju.rules.subjects import attested

SITE = "移民安置点"
PARTS = ("station", "station_room", "station_equipment", "station_sign", "station_rules")
ROW = {"place": "甲安置点", "place_kind": SITE, **dict.fromkeys(PARTS, "是"), "station_head": "王一"}


@rule(
    "P402",
    "resettlement-station-incomplete",
    severity="error",
    scope="place",
    clause="二（一）4（2）",
    reads=("groups",),
    expects="设康复站，有站长、场地、设施、标识牌、规章制度",
    says="{subject}康复站{actual}。",
    fix="请补齐；已落实的请更正残疾人小组台账。",
    wrong="标识牌：否",
    right="标识牌：是",
    cases=[
        Case(rows={"groups": [ROW]}, status="met", subject="甲安置点"),
        Case(rows={"groups": [{**ROW, "station_sign": "否"}]}, status="unmet", subject="甲安置点"),
        Case(rows={"groups": [{**ROW, "station": "否", "station_room": "", "station_head": ""}]}, status="unmet", subject="甲安置点"),
        Case(rows={"groups": [{**ROW, "station_head": ""}]}, status="unknown", subject="甲安置点"),
        Case(rows={"groups": [{**ROW, "place_kind": "厂矿宿舍"}]}, status="unknown", subject="甲安置点"),
        Case(rows={"groups": [{**ROW, "place_kind": "自然村", "station": "否"}]}, status="not_applicable", subject="甲安置点"),
    ],
)
def resettlement_station_incomplete(place: Group, plan: Plan) -> Judgement | None:
    """Only resettlement sites; a place of unknown kind may be one. A blank 站长 is unknown."""
    if place.place_kind is None:
        return Judgement("unknown", "地点类型读不出", [(place, "place_kind")], missing=("地点类型",))
    if place.place_kind != SITE:
        return Judgement("not_applicable", f"{place.place_kind}不要求设康复站", [(place, "place_kind")])
    judged = attested(place, PARTS)
    if judged.status == "met" and place.station_head is None:
        return Judgement("unknown", "未填：站长", [(place, "station_head")], missing=("站长",))
    return judged
