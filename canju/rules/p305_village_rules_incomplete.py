"""P305: a village association has no office, or lacks one of the six rule sets (二（一）3（3）)."""

from __future__ import annotations

from canju.book import VillageOf
from canju.ledgers.organizations import RULE_SETS, Organization
from canju.plans import Plan
from canju.rules.base import Case, Judgement, rule

FIELDS = ("rule_surveys", "rule_visits", "rule_volunteers", "rule_petitions", "rule_advice", "rule_archives")
ROW = {"level": "村（社区）残协", "village": "观音村", "organization": "观音村残协", "office": "是"}
LIST = {"villages": [("甲镇", "观音村")]}


@rule(
    "P305",
    "village-rules-incomplete",
    severity="error",
    clause="二（一）3（3）",
    reads=("organizations",),
    expects=f"有办公场所，{'、'.join(RULE_SETS)}六项制度齐备",
    says="{subject}残协{actual}。",
    fix="请补齐；已建立的请更正组织建设台账。",
    wrong="规章制度：需求调查、志愿服务",
    right="规章制度：六项齐全",
    cases=[
        Case(setting=LIST, rows={"organizations": [{**ROW, "rules": "、".join(RULE_SETS)}]}, status="met", subject="观音村"),
        Case(setting=LIST, rows={"organizations": [{**ROW, "rules": "、".join(RULE_SETS[1:])}]}, status="unmet", subject="观音村"),
        Case(
            setting=LIST, rows={"organizations": [{**ROW, "office": "否", "rules": "、".join(RULE_SETS)}]}, status="unmet", subject="观音村"
        ),
        Case(setting=LIST, rows={"organizations": [{**ROW, **dict.fromkeys(FIELDS, "√")}]}, status="met", subject="观音村"),
        Case(
            setting=LIST,
            rows={"organizations": [{**ROW, **dict.fromkeys(FIELDS, "√"), "rule_advice": ""}]},
            status="unknown",
            subject="观音村",
        ),
        Case(setting=LIST, rows={"organizations": [{**ROW, "rules": ""}]}, status="unknown", subject="观音村"),
        Case(
            setting=LIST,
            rows={"organizations": [{**ROW, "village": "高堡村", "organization": "高堡村残协"}]},
            status="unknown",
            subject="观音村",
        ),
    ],
)
def village_rules_incomplete(village: VillageOf, plan: Plan) -> Judgement:
    """The rule sets stand in one column of many, or in six columns of yes and no."""
    row = next((record for record in village.records(Organization) if record.level in ("村（社区）残协", None)), None)
    if row is None:
        return Judgement("unknown", "组织建设台账中没有该村（社区）", missing=("该村（社区）残协的组织建设情况",))
    held = dict(zip(RULE_SETS, _answers(row), strict=True))
    answers: dict[str, bool | None] = {"办公场所": row.office, **held}
    lacking = [name for name, answer in answers.items() if answer is False]
    evidence = [(row, field) for field in ("office", *(FIELDS if _by_columns(row) else ("rules",)))]
    if lacking:
        return Judgement("unmet", f"没有：{'、'.join(lacking)}", evidence)
    blank = [name for name, answer in answers.items() if answer is None]
    if blank:
        return Judgement("unknown", f"未填：{'、'.join(blank)}", evidence, missing=(f"未填：{'、'.join(blank)}",))
    return Judgement("met", "各项齐备", evidence)


def _by_columns(row: Organization) -> bool:
    """Whether the table has a yes/no column for each rule set, where a blank is no 否."""
    return any(field in row.table.places for field in FIELDS)


def _answers(row: Organization) -> list[bool | None]:
    if _by_columns(row):
        return [row.value(field) for field in FIELDS]
    return [None if row.rules is None else name in row.rules for name in RULE_SETS]
