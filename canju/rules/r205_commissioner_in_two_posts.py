"""R205: a commissioner is active in two villages, or at two levels, at the same time."""

from __future__ import annotations

from collections.abc import Hashable, Iterator
from typing import Any

from canju.book import Book, fold_village
from canju.ledgers.commissioners import Commissioner
from canju.plans import Plan
from canju.rules.base import Case, Hit, rule, whereabouts

_ID = "522799199003074510"


@rule(
    "R205",
    "commissioner-in-two-posts",
    severity="error",
    reads=("commissioners.id_number",),
    says="同一人同时在{first}的{other}任职，一人只能有一个岗位。",
    fix="请核实本人在哪个岗位：已离开的补填解聘时间，登记错的删去该行。",
    wrong="同一身份证号在甲村、乙村都在岗",
    right="甲村一行填解聘时间，乙村一行在岗",
    cases=[
        Case(
            rows={"commissioners": [{"id_number": _ID, "village": "甲村"}, {"id_number": _ID, "village": "乙村"}]},
            count=1,
            hit="id_number",
            says="甲村",
        ),
        Case(rows={"commissioners": [{"id_number": _ID, "village": ""}, {"id_number": _ID, "village": "乙村"}]}, count=1),
        Case(
            rows={"commissioners": [{"id_number": _ID, "village": "甲村", "@town": "乙镇"}, {"id_number": _ID, "village": "甲村"}]}, count=1
        ),
        Case(rows={"commissioners": [{"id_number": _ID, "village": "甲村"}, {"id_number": _ID, "village": "甲村村委会"}]}, count=0),
        Case(
            rows={"commissioners": [{"id_number": _ID, "village": "甲村", "left": "2019-12-31"}, {"id_number": _ID, "village": "乙村"}]},
            count=0,
        ),
        Case(
            rows={"commissioners": [{"id_number": _ID, "village": "甲村", "left": "2020-01-01"}, {"id_number": _ID, "village": "乙村"}]},
            count=1,
        ),
        Case(
            rows={"commissioners": [{"id_number": _ID, "village": "甲村", "left": "2019-13-31"}, {"id_number": _ID, "village": "乙村"}]},
            count=0,
        ),
        Case(rows={"commissioners": [{"id_number": "", "village": "甲村"}, {"id_number": "", "village": "乙村"}]}, count=0),
    ],
)
def commissioner_in_two_posts(book: Book, _: Plan) -> Iterator[Hit]:
    """Who left on the day of judgement or before is active no more; a leaving date that can't be read tells nothing."""
    posts: dict[Any, dict[Hashable, Commissioner]] = {}
    for record in book.records(Commissioner):
        if record.id_number is None or not book.active(record) or record.index in record.table.unread.get("left", ()):
            continue
        held = posts.setdefault(record.id_number, {})
        post = record.sender, fold_village(record.village or "")
        if held and post not in held:
            first = next(iter(held.values()))
            other = first.village or first.sender or first.shown("level") or "县残联"
            yield Hit(record, "id_number", {"first": whereabouts(first, record), "other": other}, related=(first,))
        held.setdefault(post, record)
