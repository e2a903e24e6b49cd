"""R210: the serial numbers jump, so that rows may have been lost."""

from __future__ import annotations

from collections.abc import Iterator

from canju.book import Book
from canju.ledgers import ledgers
from canju.ledgers.base import Table
from canju.plans import Plan
from canju.rules.base import Case, Hit, rule


@rule(
    "R210",
    "serial-gap",
    severity="note",
    reads=tuple(f"{key}.serial" for key in ledgers()),
    says="序号从{before}跳到{serial}，中间可能漏了{count}行。",
    fix="请核对是否漏报；没有漏的，重新编序号。",
    wrong="序号 58、59、62",
    right="序号 58、59、60",
    how="在前两行填好序号，选中这两格，双击右下角的填充柄，即可向下编号。",
    cases=[
        Case(rows={"uncertified": [{"serial": "1"}, {"serial": "2"}, {"serial": "5"}]}, count=1, hit="serial", says="漏了2行"),
        Case(rows={"uncertified": [{"serial": "1"}, {"serial": "2"}, {"serial": "3"}]}, count=0),
        Case(rows={"uncertified": [{"serial": "1"}, {"serial": ""}, {"serial": "3"}]}, count=0),
        Case(rows={"uncertified": [{"serial": "1"}, {"serial": ""}, {"serial": "4"}]}, count=1, says="漏了1行"),
        Case(rows={"uncertified": [{"serial": "8"}, {"serial": "9"}, {"serial": "1"}, {"serial": "2"}]}, count=0),
        Case(rows={"uncertified": [{"serial": "3"}, {"serial": "3"}, {"serial": "4"}]}, count=0),
    ],
)
def serial_gap(book: Book, _: Plan) -> Iterator[Hit]:
    """The row after the gap is told. Numbering may begin anew in each village; a nil return or an example may have had a number."""
    for table in book.tables:
        if table.origins is None:
            yield from _gaps(table)


def _gaps(table: Table) -> Iterator[Hit]:
    """Gaps in one table: a number higher than its distance from the last one allows."""
    others = {one.row for one in table.skipped if one.why in ("nil", "example", "blank")}
    last = place = None
    for index, serial in enumerate(table.values.get("serial", ())):
        if serial is None:
            continue
        if last is not None and place is not None and serial > last:
            lost = serial - last - (index - place)
            if lost > 0:
                between = range(table.numbers[place] + 1, table.numbers[index])
                lost -= sum(row in others for row in between) if others else 0
                if lost > 0:
                    yield Hit(table.record(index), "serial", {"before": last, "count": lost})
        last, place = serial, index
