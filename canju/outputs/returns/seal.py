"""Whether a return workbook came back as it went out: a seal over its cells and answers, which outlasts saving it anew."""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Iterable, Iterator, Sequence

from canju.model import Raw, Sheet, Uncalculated, plain

LENGTH = 32
"""Characters of a seal; the marks beside it in the list, of the files that the workbook stands for, have 64."""

Place = tuple[str, int, int]
"""Sheet, row and column, both counted from 1."""


def seal(sheets: Sequence[Sheet], answers: Iterable[str], formulas: Collection[Place] = ()) -> str:
    """The seal of sheets (without 问题清单) and of the answers in that. `formulas`, and those without a result, count as blank.

    Names of sheets don't count: a rebuilt workbook may have had to change them.
    """
    told = hashlib.sha256()
    for sheet in sheets:
        told.update("\0".join(_lines(sheet, formulas)).encode("utf-8", "surrogatepass") + b"\1")
    told.update("\0".join(sorted(set(answers))).encode("utf-8", "surrogatepass"))
    return told.hexdigest()[:LENGTH]


def _lines(sheet: Sheet, formulas: Collection[Place]) -> Iterator[str]:
    """Each row that says something, with its number."""
    for number, row in enumerate(sheet.rows, 1):
        cells = [_said(raw) if (sheet.name, number, column) not in formulas else "" for column, raw in enumerate(row, 1)]
        if line := "\t".join(cells).rstrip():
            yield f"{number} {line}"


def _said(raw: Raw) -> str:
    return "" if isinstance(raw, Uncalculated) else plain(raw).strip()
