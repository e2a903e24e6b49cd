"""R201: one person stands twice in one ledger of one town."""

from __future__ import annotations

from collections.abc import Hashable, Iterator
from typing import Any

from canju.book import Book, fold_village
from canju.ledgers.certified import Certified
from canju.ledgers.commissioners import Commissioner
from canju.ledgers.delegates import Delegate
from canju.ledgers.shared import Person
from canju.ledgers.staffing import Staffing
from canju.ledgers.uncertified import Uncertified
from canju.plans import Plan
from canju.rules.base import Case, Hit, rule, whereabouts

LEDGERS: tuple[type[Any], ...] = (Staffing, Commissioner, Uncertified, Certified, Delegate)
_ID = "522799199003074510"


@rule(
    "R201",
    "repeated-person",
    severity="error",
    reads=tuple(f"{ledger.key}.id_number" for ledger in LEDGERS),
    says="身份证号与{first}相同，{why|重复登记}。",
    fix="请核对：同一人的只留一行，不是同一人的改正身份证号。",
    wrong="第21行和第63行是同一个身份证号",
    right="一人一行",
    how="选中身份证号一列，“开始—条件格式—突出显示重复值”（WPS：“数据—重复项—高亮重复项”），核对后删去多余的行。",
    cases=[
        Case(rows={"uncertified": [{"id_number": _ID}, {"id_number": _ID}, {"id_number": _ID}]}, count=2, hit="id_number", says="第1行"),
        Case(rows={"uncertified": [{"id_number": _ID}, {"id_number": ""}, {"id_number": ""}]}, count=0),
        Case(rows={"uncertified": [{"id_number": _ID}], "staffing": [{"id_number": _ID, "post": "委员"}]}, count=0),
        Case(rows={"staffing": [{"id_number": _ID, "post": "委员"}, {"id_number": _ID, "post": "委员"}]}, count=1),
        Case(rows={"staffing": [{"id_number": _ID, "post": "主席"}, {"id_number": _ID, "post": "专职委员"}]}, count=0),
        Case(rows={"staffing": [{"id_number": _ID, "post": "主席兼专职委员"}, {"id_number": _ID, "post": "专职委员"}]}, count=1),
        Case(
            rows={
                "commissioners": [
                    {"id_number": _ID, "village": "甲村", "hired": "2015"},
                    {"id_number": _ID, "village": "甲村", "hired": "2016"},
                ]
            },
            count=1,
        ),
        Case(
            rows={
                "commissioners": [
                    {"id_number": _ID, "village": "甲村", "hired": "2015", "left": "2017"},
                    {"id_number": _ID, "village": "甲村", "hired": "2018"},
                ]
            },
            count=0,
        ),
        Case(rows={"commissioners": [{"id_number": _ID, "village": "甲村"}, {"id_number": _ID, "village": "乙村"}]}, count=0),
        Case(
            rows={
                "delegates": [
                    {"id_number": _ID, "term": "六", "body": "代表大会代表"},
                    {"id_number": _ID, "term": "七", "body": "代表大会代表"},
                ]
            },
            town=None,
            count=0,
        ),
        Case(rows={"delegates": [{"id_number": _ID, "term": "七", "body": "代表大会代表"}] * 2}, town=None, count=1),
        Case(rows={"certified": [{"id_number": _ID, "status": "注销"}, {"id_number": _ID, "status": "正常"}]}, count=0),
    ],
)
def repeated_person(book: Book, _: Plan) -> Iterator[Hit]:
    """A post-holder has one row a post, a commissioner one a spell, a delegate one a term; of everybody else there is one row."""
    for ledger in LEDGERS:
        seen: dict[Hashable, Person] = {}
        for record in book.sharing(ledger):
            entries = [(record.sender, record.id_number, entry) for entry in _entries(book, record)]
            first = next((seen[entry] for entry in entries if entry in seen), None)
            for entry in entries:
                seen.setdefault(entry, record)
            if first is not None:
                why = {} if record.table.assessment == first.table.assessment else {"why": "考核表和台账写的考核结果却不同，请改成一致"}
                yield Hit(record, "id_number", {"first": whereabouts(first, record), **why}, related=(first,))


def _entries(book: Book, record: Any) -> list[Hashable]:
    """What a row says of a person that another may not say again."""
    if isinstance(record, Staffing):
        return list(record.post or ())
    if isinstance(record, Commissioner):
        village = fold_village(record.village or "")
        spell = [(village, record.hired)] if record.hired else []
        return [*spell, (village, "active")] if book.active(record) else list(spell)
    if isinstance(record, Certified):
        return [one for one in (record.certificate, "valid" if record.valid else None) if one is not None]
    return [(record.term, record.body)] if isinstance(record, Delegate) else [""]
