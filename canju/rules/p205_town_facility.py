"""P205: whether a town has 温馨家园, 阳光之家, 福乐家园 or 残疾人之家 (二（一）2（5）, a progress figure)."""

from __future__ import annotations

from canju.book import Town
from canju.plans import Plan
from canju.rules.base import Case, Judgement, rule

ROW = {"level": "镇（街道）残联", "organization": "甲镇残疾人联合会"}


@rule(
    "P205",
    "town-facility",
    severity="error",
    clause="二（一）2（5）",
    reads=("organizations.facility",),
    expects="建设温馨家园、阳光之家、福乐家园、残疾人之家等",
    says="{town}服务阵地：{actual}。",
    fix="请依托公共服务设施建设服务阵地，建成后更新组织建设台账。",
    wrong="服务阵地（空）",
    right="服务阵地：残疾人之家",
    cases=[
        Case(rows={"organizations": [{**ROW, "facility": "温馨家园、残疾人之家"}]}, status="progress"),
        Case(rows={"organizations": [{**ROW, "facility": ""}]}, status="unknown"),
        Case(rows={"organizations": [ROW]}, status="unknown"),
    ],
)
def town_facility(town: Town, plan: Plan) -> Judgement:
    """The facilities that any of the town's organisations names; a blank is no answer."""
    from canju.ledgers.organizations import Organization

    rows = [record for record in town.records(Organization) if record.facility]
    names = list(dict.fromkeys(name for record in rows for name in record.facility))
    if not rows:
        return Judgement("unknown", "服务阵地未填", missing=("服务阵地",))
    return Judgement("progress", f"已有{'、'.join(names)}", [(record, "facility") for record in rows], done=1, total=1)
