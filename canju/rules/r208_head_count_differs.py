"""R208: the groups ledger gives a place fewer people than the ledgers of persons name there."""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterator
from typing import Any

from canju.book import Book, fold_village
from canju.ledgers.certified import Certified
from canju.ledgers.groups import Group
from canju.ledgers.uncertified import Uncertified
from canju.plans import Plan
from canju.rules.base import Case, Hit, rule

_A = {"village": "甲村", "place": "上寨", "id_number": "522799199003074510", "name": "张三"}
_B = {**_A, "id_number": "522799199003074529", "name": "李四"}
_PLACE = {"village": "甲村", "place": "上寨"}


@rule(
    "R208",
    "head-count-differs",
    severity="query",
    reads=("groups.persons", "groups.place"),
    requires=("groups",),
    says="{place}填残疾人{persons}人，而人员台账中该地点有{named}人。",
    fix="请核对该地点的残疾人数，改正人数或人员台账，或说明情况。",
    wrong="小组台账 残疾人数 1；未持证、持证名册中该地点共 2 人",
    right="小组台账 残疾人数 2",
    how="在未持证台账和持证名册的村民小组一列筛选该地点，状态栏的计数就是人数。",
    cases=[
        Case(rows={"groups": [{**_PLACE, "persons": "1"}], "uncertified": [_A], "certified": [_B]}, count=1, hit="persons", says="有2人"),
        Case(rows={"groups": [{**_PLACE, "persons": "2"}], "uncertified": [_A], "certified": [_B]}, count=0),
        Case(rows={"groups": [{**_PLACE, "persons": "3"}], "uncertified": [_A], "certified": [_B]}, count=0),
        Case(rows={"groups": [{**_PLACE, "persons": "1"}], "uncertified": [_A, _A], "certified": [_A]}, count=0),
        Case(rows={"groups": [{**_PLACE, "persons": "1"}], "uncertified": [_A], "certified": [{**_B, "status": "死亡"}]}, count=0),
        Case(rows={"groups": [{**_PLACE, "persons": "1"}], "uncertified": [_A, {**_B, "village": "甲村委会", "place": "上寨组"}]}, count=1),
        Case(rows={"groups": [{**_PLACE, "persons": "1"}], "uncertified": [_A, {**_B, "village": "乙村"}]}, count=0),
        Case(rows={"groups": [{**_PLACE, "persons": "若干"}], "uncertified": [_A]}, count=0),
    ],
)
def head_count_differs(book: Book, _: Plan) -> Iterator[Hit]:
    """More people than named is usual, for not every ledger came; fewer cannot be. A person named twice counts once."""
    named: dict[tuple[str | None, str, str], set[Any]] = defaultdict(set)
    if not book.records(Group):
        return
    people: list[Any] = [*book.records(Uncertified), *(one for one in book.records(Certified) if one.valid)]
    for person in people:
        if person.village and person.place:
            named[_spot(person)].add(person.id_number or person.name or id(person))
    for group in book.records(Group):
        if group.village and group.place and group.persons is not None:
            count = len(named.get(_spot(group), ()))
            if group.persons < count:
                yield Hit(group, "persons", {"place": group.place, "named": count})


def _spot(record: Any) -> tuple[str | None, str, str]:
    """A place for comparison: sender, village and name without 小组, the village's name before it, and white space."""
    village = fold_village(record.village)
    place = re.sub(r"\s|(村民|居民)?小?组$", "", unicodedata.normalize("NFKC", record.place))
    return record.sender, village, place.removeprefix(village) or place
