"""Two books, or two rounds' findings, side by side: who came, who went, what changed, and which faults are mended."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any, Literal, NamedTuple

from canju.book import COUNTY
from canju.findings import Findings
from canju.ledgers import ledgers
from canju.ledgers.base import Ledger
from canju.masking import Profile, mask_path, mask_text, show
from canju.merging.merged import Merged
from canju.model import Address, Finding
from canju.rules.engine import personal

Kind = Literal["added", "removed", "changed"]
KIND_WORDS = {"added": "新增", "removed": "减少", "changed": "变更"}
State = Literal["fixed", "kept", "added", "explained"]
STATE_WORDS = {"fixed": "已改", "kept": "未改", "added": "新增", "explained": "已说明"}


class Change(NamedTuple):
    """One row that came or went, or one field of a row that changed. Personal values stay wrapped until they are shown."""

    kind: Kind
    ledger: type[Ledger]
    town: str | None
    subject: Any
    village: str
    field: str | None = None
    before: Any = ""
    after: Any = ""
    old: Address | None = None
    new: Address | None = None

    @property
    def heading(self) -> str:
        """The changed field's official heading; "" for a row that came or went."""
        return self.ledger.columns[self.field].title if self.field else ""

    def to_dict(self, profile: Profile = "internal") -> dict[str, Any]:
        """The change for JSON, as this profile may see it."""
        return {
            "kind": self.kind,
            "ledger": self.ledger.key,
            "town": self.town,
            "village": self.village if profile == "full" else mask_text(self.village),
            "record": show(self.subject, profile),
            "field": self.field,
            "heading": self.heading,
            "before": show(self.before, profile),
            "after": show(self.after, profile),
            "old": _seen_at(self.old, profile),
            "new": _seen_at(self.new, profile),
        }

    def to_row(self, profile: Profile = "internal") -> dict[str, Any]:
        """The change for a table that people read."""
        told = self.to_dict(profile)
        heads = {
            "town": "镇（街道）",
            "village": "村（社区）",
            "record": "姓名或名称",
            "heading": "栏目",
            "before": "原内容",
            "after": "现内容",
        }
        places = {"old": "原单元格", "new": "现单元格"}
        first = {"变化": KIND_WORDS[self.kind], "台账": self.ledger.title}
        return first | {head: told[key] for key, head in (heads | places).items()}


def _seen_at(address: Address | None, profile: Profile) -> str | None:
    if address is None:
        return None
    return str(address) if profile == "full" else mask_path(str(address))


def line(change: Change, profile: Profile = "internal") -> str:
    """A change in one line, as this profile may see it."""
    where = "".join(part for part in (change.town or COUNTY, change.village) if part)
    where = where if profile == "full" else mask_text(where)
    head = f"{KIND_WORDS[change.kind]}\t{change.ledger.title}\t{where}\t{show(change.subject, profile)}"
    if not change.field:
        return head
    before, after = (show(one, profile) or "（空）" for one in (change.before, change.after))
    return f"{head}\t{change.heading}：{before} → {after}"


def diff_books(old: Merged, new: Merged) -> list[Change]:
    """What changed between two books, by ledger, in the order of the new book, then who went."""
    changes: list[Change] = []
    for ledger in ledgers().values():
        before = [row.record for row in old.taken(ledger)]
        after = [row.record for row in new.taken(ledger)]
        changes += _of_ledger(ledger, before, after)
    return changes


def _of_ledger(ledger: type[Ledger], before: Sequence[Ledger], after: Sequence[Ledger]) -> Iterator[Change]:
    partner = pair(before, after)
    for record in after:
        earlier = partner.get(id(record))
        if earlier is None:
            yield _change("added", record, new=_place(record))
            continue
        for name in _changed(ledger, earlier, record):
            told = [personal(ledger, name, one.shown(name)) for one in (earlier, record)]
            yield _change("changed", record, name, told[0], told[1], _place(earlier, name), _place(record, name))
    gone = {id(one) for one in partner.values()}
    for record in before:
        if id(record) not in gone:
            yield _change("removed", record, old=_place(record))


def _changed(ledger: type[Ledger], earlier: Ledger, record: Ledger) -> list[str]:
    return [name for name in ledger.columns if name != "serial" and earlier.shown(name) != record.shown(name)]


def _change(
    kind: Kind, record: Ledger, name: str | None = None, before: Any = "", after: Any = "", old: Any = None, new: Any = None
) -> Change:
    subject = personal(type(record), "name", record.subject) if "name" in record.columns else record.subject
    return Change(kind, type(record), record.sender, subject, record.value("village") or "", name, before, after, old, new)


def _place(record: Ledger, name: str | None = None) -> Address:
    return record.table.address(record.index, name)


# --- who is who in two books ---------------------------------------------------------------------

_KEYS: tuple[Callable[[Ledger], tuple[Any, ...] | None], ...] = (
    lambda record: _full((record.sender or COUNTY, *(record.value(name) for name in record.identity))),
    lambda record: _full((record.sender or COUNTY, record.value("id_number"), record.value("post"), record.value("village")), 2),
    lambda record: _full((record.value("id_number"),)),
    lambda record: _full(
        (record.sender or COUNTY, record.subject, record.value("village"), record.value("post"), record.value("place")), 2
    ),
)
"""From the strictest to the loosest: whole identity, person and post, person wherever, name and place."""


def _full(key: tuple[Any, ...], needed: int = 1) -> tuple[Any, ...] | None:
    return None if None in key[:needed] or "" in key[:needed] or all(one is None for one in key[1:] or key) else key


def pair(before: Iterable[Ledger], after: Iterable[Ledger], in_order: bool = False) -> dict[int, Ledger]:
    """For each later record (by `id`) the earlier one that is the same person or thing.

    A key that fits several pairs none of them, or the first with the first where they are taken `in_order`.
    """
    partner: dict[int, Ledger] = {}
    old, new = list(before), list(after)
    for key in _KEYS:
        earlier, later = _marked(old, key, in_order), _marked(new, key, in_order)
        for mark, record in later.items():
            if (match := earlier.get(mark)) is not None:
                partner[id(record)] = match
        taken = {id(one) for one in partner.values()}
        old = [one for one in old if id(one) not in taken]
        new = [one for one in new if id(one) not in partner]
    return partner


def _marked(records: Sequence[Ledger], key: Callable[[Ledger], tuple[Any, ...] | None], in_order: bool) -> dict[tuple[Any, ...], Ledger]:
    found: dict[tuple[Any, ...], list[Ledger]] = defaultdict(list)
    for record in records:
        if (mark := key(record)) is not None:
            found[mark].append(record)
    if in_order:
        return {(*mark, place): record for mark, listed in found.items() for place, record in enumerate(listed)}
    return {mark: listed[0] for mark, listed in found.items() if len(listed) == 1}


# --- findings ------------------------------------------------------------------------------------


def diff_findings(
    old: Findings | Sequence[Finding], new: Iterable[Finding], towns: Sequence[str | None] = ()
) -> list[tuple[State, Finding]]:
    """What became of each finding, by fingerprint: mended, still there, new, or explained by the town. By town – in this order – and state."""
    before = Counter(one.fingerprint for one in old)
    result: list[tuple[State, Finding]] = []
    for finding in new:
        again = before[finding.fingerprint] > 0
        before[finding.fingerprint] -= again
        result.append(("explained" if finding.explained else "kept" if again else "added", finding))
    for finding in old:
        if before[finding.fingerprint] > 0:
            before[finding.fingerprint] -= 1
            result.append(("fixed", finding))
    order = {state: number for number, state in enumerate(STATE_WORDS)}
    place = {town: number for number, town in enumerate(towns)}
    return sorted(result, key=lambda item: (place.get(item[1].town, len(place)), item[1].town or "", order[item[0]]))


def count_findings(states: Iterable[tuple[State, Finding]]) -> dict[str | None, dict[State, int]]:
    """How many findings of each state, by town."""
    counts: dict[str | None, dict[State, int]] = {}
    for state, finding in states:
        town = counts.setdefault(finding.town, dict.fromkeys(STATE_WORDS, 0))  # type: ignore[arg-type]
        town[state] += 1
    return counts
