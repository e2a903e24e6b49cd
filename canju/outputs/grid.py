"""The bare grid of a file as read, before any ledger is sought: `canju read`."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

from canju.model import Raw, Sheet, Workbook, letters, plain
from canju.patterns import pattern

NEEDS_QUOTES = pattern(r'[",\r\n]')


def cells(row: Sequence[Raw]) -> list[str]:
    """A row's cells as text, each as the spreadsheet shows it."""
    return [plain(cell) for cell in row]


def as_csv(sheet: Sheet) -> str:
    """One sheet as CSV: LF, commas, quoted where needed; a line for every row, nothing dropped."""
    return clean("".join(_line(cells(row)) for row in sheet.rows))


def _line(texts: Sequence[str]) -> str:
    """One row as a line. The csv module leaves a lone carriage return unquoted, which no reader takes back as it was."""
    if list(texts) == [""]:
        return '""\n'
    return ",".join('"' + text.replace('"', '""') + '"' if NEEDS_QUOTES.search(text) else text for text in texts) + "\n"


def clean(text: str) -> str:
    """The text with lone surrogates, which no encoding can carry, shown as escapes."""
    return text.encode("utf-8", "backslashreplace").decode("utf-8")


def about(book: Workbook, sheet: Sheet, headings: Sequence[int]) -> dict[str, Any]:
    """What was found out about a sheet: how it was decoded, where its headings stand, what is hidden or merged."""
    return {
        "sheet": sheet.name,
        "format": book.format,
        "encoding": book.encoding or None,
        "delimiter": book.delimiter or None,
        "quote": book.quote or None,
        "heading_rows": list(headings),
        "hidden": sheet.hidden,
        "hidden_rows": sorted(sheet.hidden_rows),
        "hidden_columns": [letters(column) for column in sorted(sheet.hidden_columns)],
        "merges": [f"{letters(one.left)}{one.top}:{letters(one.right)}{one.bottom}" for one in sheet.merges],
    }


def as_json(book: Workbook, sheets: Sequence[tuple[Sheet, Sequence[int]]]) -> str:
    """Every sheet with what was found out about it, and its rows as text."""
    data = {
        "file": book.file,
        "sheets": [{**about(book, sheet, heads), "rows": [cells(row) for row in sheet.rows]} for sheet, heads in sheets],
    }
    return clean(json.dumps(data, ensure_ascii=False, indent=None))


def as_lines(sheets: Sequence[Sheet]) -> str:
    """One row a line: sheet, row number, cells."""
    return clean(
        "".join(
            json.dumps({"sheet": sheet.name, "row": number, "cells": cells(row)}, ensure_ascii=False) + "\n"
            for sheet in sheets
            for number, row in enumerate(sheet.rows, 1)
        )
    )
