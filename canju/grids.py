"""What `canju read` shows: one file's bare grid as it is read, before any ledger is sought in it."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path, PurePath
from typing import Any

from canju.model import Workbook
from canju.rules import engine


@dataclass(slots=True, eq=False, repr=False)
class Grids:
    """A file's bare sheets, where headings were seen on each, and what the clerk must hear about the reading."""

    book: Workbook
    headings: dict[str, list[int]] = field(default_factory=dict)
    sentences: list[str] = field(default_factory=list)
    failed: bool = False


@dataclass(eq=False, repr=False)
class GridStage:
    """Reads one file's grid, in a worker."""

    passwords: tuple[str, ...]
    limits: Any

    def __call__(self, found: Any) -> tuple[Workbook, dict[str, list[int]]]:
        """The workbook, and each sheet's heading rows."""
        from canju.reading.formats import read_workbook
        from canju.reading.recognise import heading_rows

        book = read_workbook(found, passwords=self.passwords, limits=self.limits, salvage=True)
        return book, {sheet.name: heading_rows(sheet) for sheet in book.sheets}


def grids(path: Path, passwords: tuple[str, ...] = ()) -> Grids:
    """One file's grid as read; where it cannot be, the sentences say why."""
    from canju.reading.isolation import map_files
    from canju.reading.limits import LIMITS
    from canju.reading.walk import walk

    found = list(walk([path], LIMITS, passwords, own=True))
    if len(found) != 1:
        return Grids(
            Workbook(path.name, status="unread"), sentences=[f"{path.name} 里有 {len(found)} 个文件：请解压后逐个读取。"], failed=True
        )
    [result] = map_files(found, GridStage(passwords, LIMITS), jobs=1, limits=LIMITS)
    if not isinstance(result, tuple):
        return _grids(Workbook(path.name, status="unread", faults=[result.fault]), {})
    return _grids(*result)


def _grids(book: Workbook, headings: dict[str, list[int]]) -> Grids:
    from canju.outputs.findings import line
    from canju.reading.formats import ENDINGS

    findings = [engine.of_stage(fault, book, None) for fault in book.faults]
    others = {ending for kind, endings in ENDINGS.items() if kind != "csv" for ending in endings}
    text = book.format in ("csv", "") and PurePath(book.file).suffix.lower() not in others
    if text and book.sheets and not any(sheet.rows for sheet in book.sheets):  # an empty table, not a fault
        return Grids(book, headings, [f"{book.file} 是空的，没有内容。"])
    failed = not book.sheets or any(one.rule in ("F101", "F102", "F103") for one in findings)
    return Grids(book, headings, [line(one) for one in findings], failed)
