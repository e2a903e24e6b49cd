"""Cells understood column by column: each distinct cell parsed once, faults gathered only where there are any."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence, Set
from dataclasses import dataclass, field
from functools import lru_cache
from types import NoneType
from typing import Any

from canju.ledgers.base import CellFault, Clue, Read, ValueType
from canju.ledgers.kinds import Day, future, split_category_grade
from canju.model import Merge, Raw, plain
from canju.patterns import pattern
from canju.reading.marks import squeezed

PRIVATE = frozenset({"name", "id", "certificate", "phone", "account"})


@dataclass(slots=True, eq=False, repr=False)
class Parsed:
    """A column as understood: a value for each record, the records whose cell could not be read, faults, and remarks to move."""

    values: list[Any]
    unread: set[int] = field(default_factory=set)
    faults: list[tuple[int, CellFault]] = field(default_factory=list)
    remarks: dict[int, str] = field(default_factory=dict)


def parse(kind: ValueType, cells: Sequence[Raw], formats: Sequence[str] | None, clue: Clue, may_be_future: bool) -> Parsed:
    """One column parsed. `formats` are the cells' number formats where any is not General."""
    if formats:
        keys: Sequence[Any] = list(zip(map(type, cells), cells, formats, strict=True))
        values, read = _parsed(kind, {key: (key[1], clue._replace(format=key[2])) for key in set(keys)})
    elif _mixed(cells, distinct := set(cells)):
        keys = list(zip(map(type, cells), cells, strict=True))
        values, read = _parsed(kind, {key: (key[1], clue) for key in set(keys)})
    else:
        keys, plainly = cells, kind.plainly
        values = {key: plainly(key, clue) for key in distinct}
        read = {key: _read(kind, key, clue) for key, value in values.items() if value is None}
        values.update({key: one.value for key, one in read.items()})
    if not may_be_future and Day in set(map(type, values.values())):
        for key, value in values.items():
            if type(value) is Day and value.year >= clue.as_of.year and (fault := future(value, clue)):
                one = read.get(key) or Read(value)
                read[key] = one._replace(faults=(*one.faults, fault))
    parsed = Parsed(list(map(values.__getitem__, keys)))
    special = {key: one for key, one in read.items() if one.faults or one.remark or (one.value is None and not one.blank)}
    if special:
        _gather(parsed, kind, keys, special)
    return parsed


def _parsed(kind: ValueType, cells: Mapping[Any, tuple[Raw, Clue]]) -> tuple[dict[Any, Any], dict[Any, Read]]:
    """Each key's value, and what was read of the cells that are not spelled as plainly as can be."""
    plainly = kind.plainly
    values = {key: plainly(raw, clue) for key, (raw, clue) in cells.items()}
    read = {key: _read(kind, *cells[key]) for key, value in values.items() if value is None}
    values.update({key: one.value for key, one in read.items()})
    return values, read


@lru_cache(maxsize=20_000, typed=True)
def _read(kind: ValueType, raw: Raw, clue: Clue) -> Read:
    """What a kind reads: the words of one file are mostly those of the next."""
    return kind.read(raw, clue)


def _mixed(cells: Sequence[Raw], distinct: Set[Raw]) -> bool:
    """Whether equal cells may differ in kind: 1, 1.0 and True are one key of a dict. Most columns hold nothing but texts."""
    return bool(set(map(type, distinct)) - _TEXTS) and len(set(map(type, cells)) - _TEXTS) > 1


_TEXTS = frozenset((str, NoneType))


def _gather(parsed: Parsed, kind: ValueType, keys: Sequence[Any], special: Mapping[Any, Read]) -> None:
    for index, one in [(index, special[key]) for index, key in enumerate(keys) if key in special]:
        if one.value is None and not one.blank:
            parsed.unread.add(index)
        if one.remark:
            parsed.remarks[index] = one.remark
        for fault in one.faults:
            if fault.rule == "C113" and kind.personal not in PRIVATE and (above := _above(parsed.values, index)) is not None:
                fault = fault._replace(suggestions=(kind.show(above),))
            parsed.faults.append((index, fault))


def _above(values: Sequence[Any], index: int) -> Any:
    """The nearest value above a record's; None where there is none."""
    return next((value for value in reversed(values[:index]) if value is not None), None)


def formats_of(column: int, numbers: Sequence[int], by_cell: Mapping[tuple[int, int], str]) -> list[str] | None:
    """The number formats of a column's cells, or None where all are General."""
    if not by_cell:
        return None
    found = [by_cell.get((number, column), "General") for number in numbers]
    return found if any(one != "General" for one in found) else None


def filled_down(rows: Sequence[list[Raw]], numbers: Sequence[int], merges: Iterable[Merge]) -> list[list[Raw]]:
    """The record rows, with what a cell merged over several rows holds put into each of them."""
    cells = [rows[number - 1] for number in numbers]
    index = {number: i for i, number in enumerate(numbers)}
    copied: set[int] = set()
    for merge in merges:
        if merge.bottom == merge.top or merge.top > len(rows):
            continue
        top = rows[merge.top - 1]
        value = top[merge.left - 1] if len(top) >= merge.left else None
        if value is None or value == "":
            continue
        for number in range(merge.top + 1, merge.bottom + 1):
            i = index.get(number)
            if i is None:
                continue
            row = cells[i]
            if len(row) >= merge.left and row[merge.left - 1] not in (None, ""):
                continue
            if i not in copied:
                copied.add(i)
                row = cells[i] = list(row)
            row.extend([None] * (merge.left - len(row)))
            row[merge.left - 1] = value
    return cells


_BOTH = pattern(r"^(?P<category>.*[^\d\W])[(\[]?(?P<grade>[一二三四五六七八九十\d]{1,2}级)[)\]]?$")


def split_joint(raw: Raw) -> tuple[Raw, Raw]:
    """Category and grade of a cell that holds both: 肢体二级, 4-2, 肢体/2. A cell that is no such pair goes to both, which say so."""
    if pair := split_category_grade(raw):
        return pair
    text = squeezed(plain(raw))
    found = _BOTH.match(text)
    return (found["category"], found["grade"]) if found else (raw, raw) if text else (None, None)


def joint_share(cells: Sequence[Raw]) -> float:
    """The share of cells that hold a category and a grade at once."""
    pairs = [split_category_grade(cell) for cell in cells]
    return sum(1 for pair in pairs if pair and pair[0] and pair[1]) / len(pairs) if pairs else 0.0
