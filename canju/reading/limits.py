"""What a file may cost us before it is refused: one table, adjustable, with the sentences that name the figure."""

from __future__ import annotations

from typing import NamedTuple

from canju.model import Fault

MEGABYTE = 1024 * 1024


class Limits(NamedTuple):
    """The most a file may hold. Real ledgers lie far below each of these; honest files pack up to about 100 : 1."""

    file_bytes: int = 200 * MEGABYTE
    """Bytes of one file on disk, or of one member of a zip."""
    unpacked_bytes: int = 1024 * MEGABYTE
    """Bytes of all members together, counted while inflating."""
    ratio: int = 200
    """Unpacked : packed, asked only beyond `ratio_from`."""
    ratio_from: int = 16 * MEGABYTE
    members: int = 10_000
    depth: int = 3
    """Zips within zips."""
    files: int = 20_000
    """Files in all folders and zips of one call."""
    sheets: int = 1_000
    cells: int = 5_000_000
    """Cells with a value in one workbook."""
    grid: int = 30_000_000
    """Places in the grid a workbook needs, blanks before the last value of each row among them."""
    text: int = 32_767
    """Characters of a cell in a workbook: Excel allows no more."""
    characters: int = 500_000_000
    """Characters of all cells of a workbook together, a shared string counted wherever it is used."""
    line: int = 10_000_000
    """Characters of one line of a text file."""
    seconds: float = 60.0
    """Time for one file."""
    memory: int = 2048 * MEGABYTE
    """Address space of a worker process."""


LIMITS = Limits()
TEXT_TOO_LONG = "有单元格超过{}个字，超过表格软件的上限。"
TOO_MUCH_TEXT = "单元格文字合计超过{}字的上限。"


class OverLimit(Exception):
    """A file goes beyond a limit; `why` is the clerk's sentence and names the figure."""

    def __init__(self, why: str) -> None:
        super().__init__(why)
        self.why = why


class Damaged(Exception):
    """A file, or a part of it, can't be read; `why` is the clerk's sentence. `rule` is F101 unless it is told otherwise."""

    def __init__(self, why: str, rule: str = "F101") -> None:
        super().__init__(why)
        self.why = why
        self.rule = rule

    def fault(self, sheet: str | None = None) -> Fault:
        """The fault that says so."""
        return Fault(self.rule, sheet=sheet, values={"why": self.why})


def size_words(count: int) -> str:
    """Bytes as a person reads them: 200 MB, 1.5 GB."""
    if count >= 1024 * MEGABYTE:
        return f"{count / (1024 * MEGABYTE):.1f} GB"
    if count >= MEGABYTE:
        return f"{count / MEGABYTE:.0f} MB"
    return f"{max(1, count // 1024)} KB"
