"""R112: a row names another town than the one that sent it."""

from __future__ import annotations

import re
from collections.abc import Mapping

from canju.ledgers.commissioners import Commissioner
from canju.ledgers.feedback import Feedback
from canju.ledgers.groups import Group
from canju.ledgers.organizations import Organization
from canju.ledgers.staffing import Staffing
from canju.ledgers.uncertified import Uncertified
from canju.plans import Plan
from canju.rules.base import Case, Unjudged, rule


@rule(
    "R112",
    "row-of-another-town",
    severity="error",
    reads=("town",),
    says="本行填的是“{town}”，而本表由{sender}报送。",
    fix="请核对该行属于哪个镇（街道）：填错的请更正，不属本镇（街道）的请删去。",
    wrong="填报单位 甲镇，该行镇（街道）填 乙镇",
    right="填报单位 甲镇，该行镇（街道）填 甲镇",
    how="在镇（街道）一列点“数据—筛选”，下拉框中除本镇（街道）外的都是要核对的行。",
    cases=[
        Case(ledger="uncertified", town="甲镇", cells={"town": "乙镇"}, hit="town", says="甲镇"),
        Case(ledger="groups", town="甲镇", cells={"town": "乙镇"}, hit="town"),
        Case(ledger="uncertified", town="甲镇", cells={"town": "甲镇"}),
        Case(ledger="uncertified", town="甲镇", cells={"town": "某县甲镇"}),
        Case(ledger="uncertified", town="甲镇", cells={"town": "甲"}),
        Case(ledger="commissioners", town=None, cells={"town": "乙镇"}),
        Case(ledger="uncertified", town="甲镇", cells={"town": ""}),
    ],
)
def row_of_another_town(
    record: Staffing | Commissioner | Uncertified | Group | Organization | Feedback, _: Plan
) -> Mapping[str, str | None] | Unjudged | None:
    """The row keeps its own town in the merge, but counts under the sender. The county's own files have no sender to differ from."""
    if record.index in record.table.unread.get("town", ()):
        return Unjudged("各行与填报单位等处不一致，已就全表提出")
    sender = record.table.town
    return None if sender is None or record.town == sender or _bare(record.town) == _bare(sender) else {"sender": sender}


def _bare(town: str) -> str:
    """A town without what stands above it and its kind: 龙里县谷脚镇 → 谷脚."""
    return re.sub(r"^.*[省州市县](?=..)|(?:街道|镇|乡)?(?:办事处|人民政府|残联)?$", "", town)
