"""R111: a village that the county's list does not know."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import repeat
from typing import Any

from canju.book import Book, fold_village
from canju.ledgers.certified import Certified
from canju.ledgers.commissioners import Commissioner
from canju.ledgers.groups import Group
from canju.ledgers.organizations import Organization
from canju.ledgers.staffing import Staffing
from canju.ledgers.uncertified import Uncertified
from canju.plans import Plan
from canju.refusal import nearest
from canju.rules.base import Case, Hit, Unjudged, rule

LEDGERS: tuple[type[Any], ...] = (Staffing, Commissioner, Uncertified, Group, Organization, Certified)
_LIST = {"villages": [("甲镇", "观音村", "老观音村"), ("甲镇", "谷远社区"), ("乙镇", "平山村")]}


@rule(
    "R111",
    "unlisted-village",
    severity="query",
    reads=tuple(f"{ledger.key}.village" for ledger in LEDGERS),
    says="“{village}”不在{town}的村（社区）名单中。{near}",
    fix="请改为名单中的村（社区）全称；确已更名或新设的，请告知县残联。",
    wrong="村（社区）：观言村",
    right="村（社区）：观音村",
    how="用模板的下拉框选填；成批写错的，按 Ctrl+H 替换。",
    cases=[
        Case(rows={"uncertified": [{"village": "观言村"}]}, setting=_LIST, count=1, hit="village", says="是否为“观音村”"),
        Case(rows={"groups": [{"village": "平山村"}]}, setting=_LIST, count=1, hit="village"),
        Case(rows={"uncertified": [{"village": "观音村"}, {"village": "老观音村"}, {"village": "谷远社区居委会"}]}, setting=_LIST, count=0),
        Case(rows={"staffing": [{"village": ""}]}, setting=_LIST, count=0),
        Case(rows={"uncertified": [{"village": "观言村"}]}, town="丙镇", setting=_LIST, count=0),
        Case(rows={"uncertified": [{"village": "观言村"}]}, count=0, unchecked=True),
    ],
)
def unlisted_village(book: Book, _: Plan) -> Iterator[Hit | Unjudged]:
    """Only a listed name, or a former one, brings a row to its village; without a list nothing can be told."""
    if not book.village_names:
        yield Unjudged("没有村（社区）名单（villages.csv）")
        return
    near: dict[tuple[str, str], str] = {}
    for ledger in LEDGERS:
        for record in _strangers(book, ledger):
            town, village = record.sender, record.village
            if (town, village) not in near:
                listed = [one.name for one in book.workspace.villages_of(town)]
                near[town, village] = nearest(village, listed, 0.5)
            likely = near[town, village]
            yield Hit(
                record, "village", {"town": town, "near": f"是否为“{likely}”？" if likely else ""}, suggestions=(likely,) if likely else ()
            )


def _strangers(book: Book, ledger: type[Any]) -> Iterator[Any]:
    """Records whose village no list holds: the sender's, or that of the row's own town, for that fault is R112's."""
    for table in book.tables if "village" in ledger.columns else ():
        if table.ledger is not ledger or not table.has("village"):
            continue
        villages = table.values.get("village", ())
        places = list(zip(villages, table.values.get("town") or repeat(None, len(villages)), strict=True))
        strange = {place for place in set(places) if _strange(book, table.town, *place)}
        yield from (table.record(index) for index, place in enumerate(places) if place in strange) if strange else ()


def _strange(book: Book, sender: str | None, village: str | None, own: str | None) -> bool:
    town = sender or own
    if village is None or town not in book.village_names:
        return False
    return not any(fold_village(village) in book.village_names.get(one, ()) for one in (town, own) if one)
