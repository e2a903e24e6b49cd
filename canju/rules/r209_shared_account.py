"""R209: two people are paid to one bank account."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from canju.book import Book
from canju.ledgers.commissioners import Commissioner
from canju.plans import Plan
from canju.rules.base import Case, Hit, rule, whereabouts

_A = {"id_number": "522799199003074510", "name": "张三", "account": "6299990000000000001"}
_B = {**_A, "id_number": "522799199003074529", "name": "李四"}


@rule(
    "R209",
    "shared-account",
    severity="query",
    reads=("commissioners.account", "commissioners.name"),
    says="银行账号与{first}的另一人相同。",
    fix="请与银行卡核对；确由他人代领的，请说明关系。",
    wrong="张三、李四的银行账号相同",
    right="各人填各人的账号",
    how="选中银行账号一列，“开始—条件格式—突出显示重复值”（WPS：“数据—重复项—高亮重复项”）；该列应为“文本”格式。",
    cases=[
        Case(rows={"commissioners": [_A, _B]}, count=1, hit="account"),
        Case(rows={"commissioners": [_A, {**_B, "@town": "乙镇"}]}, count=1),
        Case(rows={"commissioners": [_A, {**_A, "village": "乙村"}]}, count=0),
        Case(rows={"commissioners": [_A, {**_A, "name": "张姗"}]}, count=0),
        Case(rows={"commissioners": [_A, {**_A, "id_number": ""}]}, count=0),
        Case(rows={"commissioners": [_A, {**_B, "account": ""}]}, count=0),
        Case(rows={"commissioners": [_A, {**_B, "account": "6299990000000000019"}]}, count=0),
    ],
)
def shared_account(book: Book, _: Plan) -> Iterator[Hit]:
    """Two people differ in name, and in ID number where both have one: one person with two spellings is R203's or R204's."""
    owners: dict[Any, Commissioner] = {}
    for record in book.records(Commissioner):
        if record.account is None or record.name is None:
            continue
        first = owners.setdefault(record.account, record)
        same = record.id_number is not None and record.id_number == first.id_number
        if record.name != first.name and not same:
            yield Hit(record, "account", {"first": whereabouts(first, record)}, related=(first,))
