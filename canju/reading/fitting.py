"""Which ledger a heading block is, and which column is which field; what fits two fields is settled by the values below it."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache, lru_cache
from itertools import islice
from typing import NamedTuple

from canju.ledgers import ledgers
from canju.ledgers.base import Ledger, ValueType
from canju.ledgers.kinds.text import TextType
from canju.model import Raw
from canju.reading.headings import CERTAIN, VALUES, Head, Lexicon, Match, folded
from canju.reading.layout import filled

SAMPLE = 40
"""Cells of a column that are looked at."""

_BARE = frozenset(
    {
        "类别",
        "类型",
        "等级",
        "级别",
        "证号",
        "证件号",
        "证件号码",
        "证件编号",
        "号码",
        "编号",
        "时间",
        "日期",
        "电话",
        "原因",
        "金额",
        "姓名",
        "单位",
    }
)
_BY_VALUES = {
    "id_number": re.compile(r"证|号|身份|^id|^$"),
    "certificate": re.compile(r"证|号|^$"),
    "sex": re.compile(r"性|别|^$"),
    "phone": re.compile(r"电|话|机|联系|^tel|^$"),
}
_ELSEWHERE = ("village",)
"""Required columns that sub-titles or the sheet's name may stand for."""
ENOUGH = 3
"""Cells that must be there before values may decide."""
TELLING = 5
"""Characters of a heading from which on it can hardly be another table's: 未办证原因, but not 人员类别."""


class Samples:
    """The first filled cells below each heading, and how far they look like this or that kind; each asked once."""

    def __init__(self, rows: Sequence[Sequence[Raw]], least: int) -> None:
        self._rows = [row for row in rows if filled(row) >= least]
        self._cells: dict[int, list[Raw]] = {}
        self._likeness: dict[tuple[int, int], float] = {}

    def cells(self, column: int) -> list[Raw]:
        """A column's first cells that hold something."""
        if column not in self._cells:
            below: Iterator[Raw] = (row[column - 1] for row in self._rows if len(row) >= column)
            self._cells[column] = list(islice((cell for cell in below if cell is not None and cell != ""), SAMPLE))
        return self._cells[column]

    def likeness(self, column: int, ledger: type[Ledger], name: str) -> float:
        """The share of a column's cells that look like a field's kind; 0 where there are none."""
        kind = ledger.columns[name].type
        key = (column, id(kind))
        if key not in self._likeness:
            cells = self.cells(column)
            self._likeness[key] = sum(1 for cell in cells if _likely(kind, cell)) / len(cells) if cells else 0.0
        return self._likeness[key]

    def enough(self, column: int) -> bool:
        """Whether there are cells enough for values to decide."""
        return len(self.cells(column)) >= ENOUGH


@lru_cache(maxsize=20_000, typed=True)
def _likely(kind: ValueType, cell: Raw) -> bool:
    return kind.likely(cell)


class Double(NamedTuple):
    """A column whose field another column already gives: F205 where its heading is as good, else only unknown."""

    column: int
    field: str
    kept: int


@dataclass(slots=True, eq=False, repr=False)
class Fit:
    """How a block reads as one ledger: the column of each field and why, what is left over, and what is lacking."""

    ledger: type[Ledger]
    columns: dict[str, int] = field(default_factory=dict)
    why: dict[str, Match] = field(default_factory=dict)
    joint: int | None = None
    unknown: list[int] = field(default_factory=list)
    doubles: list[Double] = field(default_factory=list)
    unclear: dict[int, tuple[str, ...]] = field(default_factory=dict)
    missing: list[str] = field(default_factory=list)
    doubted: list[str] = field(default_factory=list)
    own: float = 0.0
    score: float = 0.0
    accepted: bool = False


def best_fit(heads: Mapping[int, Head], words: Lexicon, samples: Samples, hint: Callable[[type[Ledger]], bool]) -> list[Fit]:
    """Every ledger's fit, best first; `hint` tells whether a name or title speaks of a ledger: that breaks a tie, and lets one column lack."""
    fits = [fit(heads, ledger, words, samples) for ledger in ledgers().values()]
    for one in fits:
        one.accepted = one.accepted or (_all_but_one(one, heads) and hint(one.ledger))
    return sorted(fits, key=lambda one: (one.accepted, one.score + (0.6 if hint(one.ledger) else 0)), reverse=True)


def _all_but_one(found: Fit, heads: Mapping[int, Head]) -> bool:
    """Whether a block has what a ledger requires but for one column, and hardly anything else."""
    lacking = [name for name in found.missing if name not in _ELSEWHERE] + found.doubted
    return len(lacking) <= 1 and len(set(found.columns.values())) >= max(5, 0.8 * len(heads))


def fit(heads: Mapping[int, Head], ledger: type[Ledger], words: Lexicon, samples: Samples) -> Fit:
    """A block read as one ledger."""
    found = Fit(ledger)
    offers = {column: _weighed(words.matches(head, ledger), head, ledger, column, samples) for column, head in heads.items()}
    pairs = sorted(((match, column) for column, matches in offers.items() for match in matches), key=lambda one: (-one[0].score, one[1]))
    taken: dict[int, str] = {}
    for match, column in pairs:
        if column not in taken and match.field not in found.columns and column not in found.unclear:
            rivals = _equals(match, offers[column], found)
            if rivals and not _decided(match, rivals, ledger, column, samples):
                found.unclear[column] = (match.field, *rivals)
                continue
            taken[column] = match.field
            found.columns[match.field], found.why[match.field] = column, match
            if match.also and match.also not in found.columns:
                found.columns[match.also], found.why[match.also], found.joint = column, match, column
    _by_values(found, heads, ledger, taken, samples)
    _left_over(found, heads, offers, taken, samples)
    _judge(found, heads, words, samples)
    return found


def _weighed(matches: Sequence[Match], head: Head, ledger: type[Ledger], column: int, samples: Samples) -> list[Match]:
    """The matches of one column; a bare heading's are ordered by how its values look."""
    leaf = folded(head.leaf)
    if matches and matches[0].score < CERTAIN and leaf not in _BARE:
        return _borne_out(matches, ledger, column, samples)
    if leaf not in _BARE or (matches and matches[0].score > 1.02):
        return list(matches)
    fields = {match.field: match for match in matches}
    for name in _rivals(leaf, ledger):
        fields.setdefault(name, Match(name, VALUES, "内容相符"))
    if len(fields) < 2 or not samples.enough(column):
        return list(matches)
    shares = {name: samples.likeness(column, ledger, name) for name in fields}
    best = max(shares.values())
    if best < 0.5 or best - shares[matches[0].field if matches else next(iter(fields))] < 0.3:
        return list(matches)
    return sorted(
        (match._replace(score=0.9 + 0.05 * shares[name], why="按内容判断") for name, match in fields.items() if shares[name] >= 0.5),
        key=lambda one: -one.score,
    )


def _borne_out(matches: Sequence[Match], ledger: type[Ledger], column: int, samples: Samples) -> list[Match]:
    """Uncertain matches as far as the values bear them out: what the cells plainly are not is dropped, what they are comes first."""
    if not samples.enough(column):
        return list(matches)
    shares = {
        match.field: 0.5 if isinstance(ledger.columns[match.field].type, TextType) else samples.likeness(column, ledger, match.field)
        for match in matches
    }
    kept = [match for match in matches if shares[match.field] >= 0.2]
    return sorted(kept, key=lambda match: -match.score - (0.1 if shares[match.field] >= 0.8 else 0))


@cache
def _rivals(leaf: str, ledger: type[Ledger]) -> list[str]:
    """The fields a bare heading may also mean: those whose own headings end with it."""
    names = []
    for name, column in ledger.columns.items():
        if any(folded(text).endswith(leaf) for text in column.headings) and (
            not column.required or name in ("id_number", "name", "category")
        ):
            names.append(name)
    return names + [name for name in ("id_number", "certificate") if "证" in leaf and name in ledger.columns and name not in names]


def _equals(match: Match, offers: Sequence[Match], found: Fit) -> list[str]:
    """The other fields that a heading short of certain may mean just as well, and that no column has yet."""
    if match.score >= CERTAIN:
        return []
    near = (other for other in offers if other.field != match.field and other.score >= match.score - 0.06)
    return [other.field for other in near if other.field not in found.columns]


def _decided(match: Match, rivals: Sequence[str], ledger: type[Ledger], column: int, samples: Samples) -> bool:
    """Whether the values speak for the match and against its rivals."""
    if not samples.enough(column):
        return False
    share = samples.likeness(column, ledger, match.field)
    return share >= 0.5 and all(samples.likeness(column, ledger, rival) <= share - 0.3 for rival in rivals)


def _by_values(found: Fit, heads: Mapping[int, Head], ledger: type[Ledger], taken: dict[int, str], samples: Samples) -> None:
    """The last rung: a column whose heading says nothing, and whose values are all of one unmistakable kind."""
    for column, head in heads.items():
        if column in taken:
            continue
        leaf = folded(head.leaf)
        for name, pattern in _BY_VALUES.items():
            if name in found.columns or name not in ledger.columns or not pattern.search(leaf) or len(leaf) > 8:
                continue
            if samples.enough(column) and samples.likeness(column, ledger, name) >= 0.9 and _sure_kind(samples.cells(column), name):
                taken[column] = name
                found.columns[name], found.why[name] = column, Match(name, VALUES, "按内容判断")
                break


def _sure_kind(cells: Sequence[Raw], name: str) -> bool:
    """Whether cells are told from their neighbours' kind: 18 characters are an ID, 20 a certificate, 11 a mobile phone."""
    sizes = {"id_number": (15, 18), "certificate": (20, 22), "phone": (7, 13), "sex": (1, 2)}[name]
    return all(sizes[0] <= len(folded(str(cell))) <= sizes[1] for cell in cells)


def _left_over(
    found: Fit, heads: Mapping[int, Head], offers: Mapping[int, Sequence[Match]], taken: Mapping[int, str], samples: Samples
) -> None:
    """Columns without a field: doubles of a field, headings that stay unclear, and unknown ones."""
    for column in heads:
        if column in taken:
            continue
        found.unknown.append(column)
        best = offers[column][0] if offers[column] else None
        kept = found.columns.get(best.field) if best else None
        if best is None or kept is None:
            continue
        if best.score >= CERTAIN or (
            best.score > 0.7
            and heads[column].leaf.rstrip("0123456789１２一二") in (heads[kept].leaf, heads[kept].leaf.rstrip("0123456789１２一二"))
        ):
            found.doubles.append(Double(column, best.field, kept))


def _judge(found: Fit, heads: Mapping[int, Head], words: Lexicon, samples: Samples) -> None:
    """Score the fit and decide whether the block is this ledger at all."""
    ledger, matched = found.ledger, len(set(found.columns.values()))
    total = 0.0
    for name in found.columns:
        word = next(
            (alias for alias in words.aliases[ledger.key][name] if alias == folded(heads[found.columns[name]].leaf)),
            words.aliases[ledger.key][name][0],
        )
        owners = len(words.words.get(word, ()))
        found.own += 1.0 if owners <= 1 else 0.5 if owners == 2 else 0.0
        total += found.why[name].score * words.rarity(word)
    required = [name for name, column in ledger.columns.items() if column.required and not column.derived]
    found.missing = [name for name in required if name not in found.columns]
    found.doubted = [
        name
        for name in required
        if name in found.columns
        and not _tells_enough(name, ledger, heads[found.columns[name]], words)
        and _unlike(ledger, name, found.columns[name], samples)
    ]
    found.score = total - 0.75 * (len(found.missing) + len(found.doubted)) - 0.1 * len(found.unknown)
    lacking = len([name for name in found.missing if name not in _ELSEWHERE]) + len(found.doubted)
    coverage = matched / len(heads)
    own_all = sum(1 for name in ledger.columns if len(words.words.get(words.aliases[ledger.key][name][0], ())) == 1)
    if lacking:
        enough = found.own >= max(own_all / 4, min(3, max(2, own_all - 1)))
        few = lacking < len(required) / 2 or (lacking <= max(1, len(required) / 2) and found.own >= max(3, own_all / 2))
        found.accepted = enough and few and coverage >= 0.5
    else:
        enough = found.own >= (2 if len(required) == 1 else 1) or (coverage >= 0.8 and matched >= 5 and len(required) > 1)
        found.accepted = (
            enough and coverage >= 0.5 and (matched >= min(3, len(required) + 1) or (matched == len(required) > 1 and coverage == 1))
        )


def _tells_enough(name: str, ledger: type[Ledger], head: Head, words: Lexicon) -> bool:
    """Whether a heading is, word for word, one that no other ledger has: whatever stands below it, the clerk meant this column."""
    leaf = folded(head.leaf)
    return len(leaf) >= TELLING and leaf in words.aliases[ledger.key][name] and len(words.words.get(leaf, ())) == 1


def _unlike(ledger: type[Ledger], name: str, column: int, samples: Samples) -> bool:
    """Whether a required column of fixed words holds quite other things: then it is some other table's column."""
    if name not in (
        "kind",
        "body",
        "constituency",
        "place_kind",
        "established",
        "reason",
        "sex",
        "id_number",
        "certificate",
        "hired",
        "term",
    ):
        return False
    return samples.enough(column) and samples.likeness(column, ledger, name) < 0.3
