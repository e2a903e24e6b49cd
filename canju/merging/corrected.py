"""A return workbook that came back corrected stands for the file it was made of, whatever either is called now.

The workbook carries the SHA-256 of that file (and, where it goes back and forth, of those before it), so that nothing is guessed.
One in which nothing was changed or explained adds nothing to that file, and is left aside beside it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Protocol

from canju.ledgers.base import Table


class Came(Protocol):
    """A file as the pipeline knows it: `corrects` are the marks of the files it stands for, `unchanged` tells that it came back as it went out."""

    file: str
    sha256: str
    tables: list[Table]
    corrects: tuple[str, ...]
    unchanged: bool


def replaced(sources: Sequence[Came]) -> dict[str, str]:
    """Files that a corrected one among these stands for, each with the name of the latter; unchanged ones with the original's.

    Only where every ledger and town of the file is also in the correction: a list without its tables replaces nothing.
    """
    by_mark = {source.sha256: source for source in sources if source.sha256}
    found: dict[str, str] = {}
    for source in sources:
        if same := _made_of(source, by_mark):
            found[source.file] = same.file
            continue
        for old in _known(source.corrects, by_mark):
            if old is not source and old.tables and _ledgers(old.tables) <= _ledgers(source.tables):
                found[old.file] = source.file
    return {old: _last(new, found) for old, new in found.items()}


def _made_of(source: Came, by_mark: dict[str, Came]) -> Came | None:
    """For a return workbook that came back as it went out: the file among these that it was made of, if it holds as much."""
    old = by_mark.get(source.corrects[0]) if source.unchanged and source.corrects else None
    return old if old is not None and old is not source and _ledgers(source.tables) <= _ledgers(old.tables) else None


def _known(marks: Iterable[str], by_mark: dict[str, Came]) -> Iterator[Came]:
    return (by_mark[mark] for mark in marks if mark in by_mark)


def _ledgers(tables: Iterable[Table]) -> set[tuple[str, str | None]]:
    return {(table.ledger.key, table.town) for table in tables}


def _last(file: str, found: dict[str, str]) -> str:
    """The correction of the correction; names that lead back to themselves end where they are."""
    seen = {file}
    while (later := found.get(file)) is not None and later not in seen:
        seen.add(later)
        file = later
    return file
