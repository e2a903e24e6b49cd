"""What came back of a template that went out filled in: each row unchanged, changed, added or removed.

A template keeps in its hidden sheet the rows it was sent with; a file that comes back, under whatever name, is so compared
with what its town was sent and with nothing else.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal, NamedTuple

from canju.book import COUNTY
from canju.ledgers.base import Ledger, Table
from canju.ledgers.sent import asks, sent_table
from canju.masking import Profile, show
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


@dataclass(frozen=True, slots=True)
class RowState:
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
        return {"state": self.state, "record": show(self.subject, profile), "village": self.village, "row": self.row, "fields": fields}


@dataclass(frozen=True, slots=True)
class Answer:
    """A returned template: the file, who was sent it, and its rows in the file's order, those that are gone at the end."""

    file: str
    town: str
    ledger: type[Ledger]
    rows: tuple[RowState, ...]

    @property
    def counts(self) -> dict[State, int]:
        """How many rows of each state."""
        found = Counter(one.state for one in self.rows)
        return {state: found[state] for state in STATE_WORDS}

    def to_dict(self, profile: Profile = "internal") -> dict[str, Any]:
        """The answer for JSON."""
        rows = [one.to_dict(profile) for one in self.rows]
        counts: dict[str, int] = {str(state): count for state, count in self.counts.items()}
        return {"file": self.file, "town": self.town, "ledger": self.ledger.key, **counts, "rows": rows}

    def __str__(self) -> str:
        counts = "，".join(f"{STATE_WORDS[state]}{count}行" for state, count in self.counts.items())
        return f"{self.town} {self.ledger.title}与下发时相比：{counts}（{self.file}）"


def answers(sources: Iterable[Any]) -> list[Answer]:
    """The returned templates among a round's files. One that came back without a readable table of its ledger is none."""
    found = []
    for source in sources:
        sent = sent_table(source.stamp, source.file) if source.stamp else None
        tables = [table for table in source.tables if sent is not None and table.ledger is sent.ledger]
        if sent is not None and (tables or source.status == "read"):
            found.append(Answer(source.file, sent.town or COUNTY, sent.ledger, tuple(_rows(sent, tables, asks(source.stamp)))))
    return found


def _rows(sent: Table, tables: Sequence[Table], asked: frozenset[str]) -> list[RowState]:
    before, after = list(sent.records), [record for table in tables for record in table.records]
    partner = pair(before, after)
    rows = [_row(partner.get(id(record)), record, asked) for record in after]
    kept = {id(one) for one in partner.values()}
    return rows + [_state("removed", record) for record in before if id(record) not in kept]


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
