"""Whether a return workbook came back as it went out: a seal over its cells and answers, which outlasts saving it anew."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Sequence

from canju.model import Raw, Sheet, Uncalculated, plain

LENGTH = 32
"""Characters of a seal; the marks beside it in the list, of the files that the workbook stands for, have 64."""


def seal(sheets: Sequence[Sheet], answers: Iterable[str]) -> str:
    """The seal of sheets (without 问题清单) and of the answers in that. A formula without a result counts as blank.

    Names of sheets don't count: a rebuilt workbook may have had to change them.
    """
    told = hashlib.sha256()
    for sheet in sheets:
        told.update("\0".join(_lines(sheet)).encode("utf-8", "surrogatepass") + b"\1")
    told.update("\0".join(sorted(set(answers))).encode("utf-8", "surrogatepass"))
    return told.hexdigest()[:LENGTH]


def _lines(sheet: Sheet) -> Iterator[str]:
    """Each row that says something, with its number."""
    for number, row in enumerate(sheet.rows, 1):
        if line := "\t".join(map(_said, row)).rstrip():
            yield f"{number} {line}"


def _said(raw: Raw) -> str:
    if isinstance(raw, str):
        return raw.strip()
    return "" if isinstance(raw, Uncalculated) else plain(raw).strip()
