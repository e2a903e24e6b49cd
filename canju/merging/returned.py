"""What came back of a template that went out filled in: each row unchanged, changed, added or removed.

A template keeps in its hidden sheet the rows it was sent with; a file that comes back, under whatever name, is so compared
with what its town was sent and with nothing else.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Literal, NamedTuple

from canju.book import COUNTY, Book, fold_village
from canju.ledgers.base import Ledger, Table
from canju.ledgers.commissioners import ASSESSED, ASSESSMENT, Commissioner
from canju.ledgers.sent import asks, sent_table
from canju.masking import Profile, mask_text, show
from canju.merging.diff import pair
from canju.rules.engine import personal

State = Literal["unchanged", "changed", "added", "removed"]
STATE_WORDS: Mapping[State, str] = {"unchanged": "未改", "changed": "已改", "added": "新增", "removed": "删除"}
_NOT_COMPARED = frozenset({"serial", "town"})


class Changed(NamedTuple):
    """One field of a row that says something else than what was sent; values stay wrapped until they are shown."""

    field: str
    before: Any
    after: Any


class RowState(NamedTuple):
    """One row of a returned template. `row` is its number in the file, None for a row that is gone."""

    state: State
    ledger: type[Ledger]
    subject: Any
    village: str
    row: int | None = None
    fields: tuple[Changed, ...] = ()

    def to_dict(self, profile: Profile = "internal") -> dict[str, Any]:
        """The row for JSON, as this profile may see it."""
        fields = [
            {
                "field": one.field,
                "heading": self.ledger.columns[one.field].title,
                "before": show(one.before, profile),
                "after": show(one.after, profile),
            }
            for one in self.fields
        ]
        return {
            "state": self.state,
            "record": show(self.subject, profile),
            "village": self._seen(profile),
            "row": self.row,
            "fields": fields,
        }

    def _seen(self, profile: Profile) -> str:
        """The village, without a number that got into its cell."""
        return self.village if profile == "full" else mask_text(self.village)

    def line(self, profile: Profile = "internal") -> str:
        """The row in one line: 第5行 已改 王*明（石坝村）：联系电话 139****2345 → 138****1111."""
        where = f"第{self.row}行 " if self.row else ""
        who = show(self.subject, profile) + (f"（{self._seen(profile)}）" if self.village else "")
        said = "；".join(
            f"{self.ledger.columns[one.field].title} {show(one.before, profile) or '（空）'} → {show(one.after, profile) or '（空）'}"
            for one in self.fields
        )
        return f"{where}{STATE_WORDS[self.state]} {who}{f'：{said}' if said else ''}"


class Answer(NamedTuple):
    """A returned template: the file, who was sent it, and its rows in the file's order, those that are gone at the end.

    Of a year-end assessment sheet `assessed` tells of each row that came back whether its assessment is filled in whole; else it is None.
    """

    file: str
    town: str
    ledger: type[Ledger]
    rows: tuple[RowState, ...]
    assessed: tuple[bool, ...] | None = None

    @property
    def counts(self) -> dict[State, int]:
        """How many rows of each state."""
        found = Counter(one.state for one in self.rows)
        return {state: found[state] for state in STATE_WORDS}

    def to_dict(self, profile: Profile = "internal") -> dict[str, Any]:
        """The answer for JSON."""
        rows = [one.to_dict(profile) for one in self.rows]
        counts: dict[str, int] = {str(state): count for state, count in self.counts.items()}
        if self.assessed is not None:
            counts |= {"assessed": sum(self.assessed), "unassessed": len(self.assessed) - sum(self.assessed)}
        return {"file": self.file, "town": self.town, "ledger": self.ledger.key, **counts, "rows": rows}

    def lines(self, profile: Profile = "internal") -> list[str]:
        """The answer for the clerk: how many rows of each state, then each row that is not as it was sent."""
        return [str(self), *(f"  {one.line(profile)}" for one in self.rows if one.state != "unchanged")]

    def __str__(self) -> str:
        counts = "，".join(f"{STATE_WORDS[state]}{count}行" for state, count in self.counts.items())
        if self.assessed is None:
            return f"{self.town} {self.ledger.title}与下发时相比：{counts}（{self.file}）"
        done = sum(self.assessed)
        filled = f"考核内容填全{done}行，未填全{len(self.assessed) - done}行"
        return f"{self.town} {ASSESSMENT}：{filled}；其他内容与下发时相比：{counts}（{self.file}）"


def answers(sources: Iterable[Any]) -> list[Answer]:
    """The returned templates among a round's files. One that came back without a readable table of its ledger is none."""
    found = []
    for source in sources:
        sent = sent_table(source.stamp, source.file) if source.stamp else None
        tables = [table for table in source.tables if sent is not None and table.ledger is sent.ledger]
        if sent is not None and (tables or source.status == "read"):
            rows = tuple(_rows(sent, tables, asks(source.stamp)))
            found.append(Answer(source.file, sent.town or COUNTY, sent.ledger, rows, _assessed(tables)))
    return found


def _assessed(tables: Sequence[Table]) -> tuple[bool, ...] | None:
    if not any(table.assessment for table in tables):
        return None
    return tuple(all(map(record.shown, ASSESSED)) for table in tables for record in table.records)


def dropped(sources: Iterable[Any], book: Book) -> list[str]:
    """Commissioners whom a returned template holds no longer, and nothing else in the book: their months in post would go unpaid."""
    known = {mark for record in book.records(Commissioner) for mark in _marks(record)}
    said = []
    for source in sources:
        sent = sent_table(source.stamp, source.file) if source.stamp else None
        tables = [table for table in source.tables if table.ledger is Commissioner]
        if sent is None or sent.ledger is not Commissioner or not tables:
            continue
        here = known | {mark for table in tables for record in table.records for mark in _marks(record)}
        gone = [_state("removed", record).line() for record in sent.records if not here & _marks(record)]
        if gone:
            said.append(
                f"{source.file}：有{len(gone)}名专职委员下发时在表上，报回时没有了：{'、'.join(gone)}。"
                "年中离岗的，请镇里恢复这一行并填写解聘时间；否则在岗月份的工资不会核发。"
            )
    return said


def _marks(record: Ledger) -> set[tuple[str, ...]]:
    """By what a commissioner is known again: the number, and name and village."""
    number, name = record.shown("id_number"), record.value("name")
    return ({(number,)} if number else set()) | ({(name, fold_village(record.value("village") or ""))} if name else set())


def _rows(sent: Table, tables: Sequence[Table], asked: frozenset[str]) -> list[RowState]:
    before, after = list(sent.records), [record for table in tables for record in table.records]
    partner = _unchanged(before, after, asked)
    kept = {id(one) for one in partner.values()}
    partner |= pair([one for one in before if id(one) not in kept], [one for one in after if id(one) not in partner], in_order=True)
    rows = [_row(partner.get(id(record)), record, asked) for record in after]
    kept = {id(one) for one in partner.values()}
    return rows + [_state("removed", record) for record in before if id(record) not in kept]


def _unchanged(before: Sequence[Ledger], after: Sequence[Ledger], asked: frozenset[str]) -> dict[int, Ledger]:
    """The rows that came back as they went out, each with its own: of a row that was copied, one is the row sent and the rest are new."""
    waiting: dict[tuple[str, ...], list[Ledger]] = defaultdict(list)
    for record in before:
        waiting[_told(record, asked)].append(record)
    return {id(record): listed.pop(0) for record in after if (listed := waiting[_told(record, asked)])}


def _told(record: Ledger, asked: frozenset[str]) -> tuple[str, ...]:
    return tuple(record.shown(name) for name in record.columns if name not in _NOT_COMPARED | asked)


def _row(earlier: Ledger | None, record: Ledger, asked: frozenset[str]) -> RowState:
    if earlier is None:
        return _state("added", record, record.row)
    names = [name for name in record.columns if name not in _NOT_COMPARED | asked and earlier.shown(name) != record.shown(name)]
    ledger = type(record)
    fields = tuple(Changed(name, *(personal(ledger, name, one.shown(name)) for one in (earlier, record))) for name in names)
    return _state("changed" if fields else "unchanged", record, record.row, fields)


def _state(state: State, record: Ledger, row: int | None = None, fields: tuple[Changed, ...] = ()) -> RowState:
    subject = personal(type(record), "name", record.subject) if "name" in record.columns else record.subject
    return RowState(state, type(record), subject, record.value("village") or "", row, fields)
