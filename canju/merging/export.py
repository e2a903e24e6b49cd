"""The book for other tools: a CSV or Parquet file a ledger, and pandas DataFrames, each row with its provenance."""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any

from canju.ledgers.base import Ledger
from canju.merging.book.layout import LedgerSheet, numbers_of
from canju.merging.book.sheets import Listing, left_out
from canju.merging.book.stream import Doubtful
from canju.merging.merged import Merged
from canju.model import Refusal

Make = Callable[[Path], None]
FORMATS = ("csv", "parquet")
_RISKY = ("=", "+", "-", "@", "\t", "\r")


def files(merged: Merged, format: str) -> Iterator[tuple[str, Make]]:
    """File name and what writes it, a file a ledger and one for the rows left out. Raises Refusal where pyarrow is not there."""
    write = {"csv": _csv, "parquet": _parquet}[format]
    if format == "parquet":
        _arrow()
    for ledger in merged.came:
        sheet = LedgerSheet(merged, ledger)
        yield f"{ledger.title}.{format}", lambda path, sheet=sheet: write(path, sheet.headings, _ledger_rows(merged, sheet), _kinds(sheet))  # type: ignore[misc]
    aside = left_out(merged)
    if aside.count:
        yield f"{aside.title}.{format}", lambda path: write(path, aside.headings, _plain(aside), {})


def _ledger_rows(merged: Merged, sheet: LedgerSheet) -> Iterator[list[Any]]:
    for row in sheet.rows(merged.taken(sheet.ledger)):
        yield [cell.value if isinstance(cell, Doubtful) else cell for cell in row]


def _plain(listing: Listing) -> Iterator[list[Any]]:
    for row in listing.rows():
        yield [cell.value if isinstance(cell, Doubtful) else cell for cell in row]


def _kinds(sheet: LedgerSheet) -> dict[str, bool]:
    """Headings of columns that hold numbers."""
    return {sheet.ledger.columns[name].title: True for name in sheet.fields if name in numbers_of(sheet.ledger)} | {
        "来源序号": True,
        "来源行": True,
    }


def guarded(cell: Any) -> str:
    """A cell for CSV: text a spreadsheet would run as a formula gets an apostrophe before it."""
    if cell is None:
        return ""
    return f"'{cell}" if isinstance(cell, str) and cell.startswith(_RISKY) else str(cell)


def _csv(path: Path, headings: list[str], rows: Iterator[list[Any]], kinds: dict[str, bool]) -> None:
    """UTF-8 with a mark, so that Excel reads it; lines end as RFC 4180 says."""
    with path.open("w", encoding="utf-8-sig", errors="replace", newline="") as stream:
        writer = csv.writer(stream)
        writer.writerow([guarded(heading) for heading in headings])
        writer.writerows([guarded(cell) for cell in row] for row in rows)


def _arrow() -> Any:
    try:
        import pyarrow
    except ImportError:
        raise Refusal("写 parquet 需要另装 pyarrow：pip install 'canju[parquet]'。也可改用 --format csv。") from None
    return pyarrow


def _parquet(path: Path, headings: list[str], rows: Iterator[list[Any]], kinds: dict[str, bool]) -> None:
    """Numbers as numbers where a whole column is; everything else as text."""
    arrow = _arrow()
    import pyarrow.parquet

    columns = [list(column) for column in zip(*rows, strict=True)] or [[] for _ in headings]
    names: dict[str, Any] = {}
    for heading, column in zip(headings, columns, strict=True):
        number = kinds.get(heading) and all(one is None or one == "" or isinstance(one, int | float | Decimal) for one in column)
        cells = [None if one is None or one == "" else float(one) if number else str(one) for one in column]
        names[heading] = arrow.array(cells, arrow.float64() if number else arrow.string())
    pyarrow.parquet.write_table(arrow.table(names), path)


def frame(merged: Merged, ledger: type[Ledger]) -> Any:
    """A ledger as a pandas DataFrame: fields by their English names, values as understood, then file, sheet, row, state."""
    import pandas

    rows = merged.taken(ledger)
    columns: dict[str, list[Any]] = {name: [] for name in ledger.columns}
    for row in rows:
        for name, value in row.record.items():
            columns[name].append(value)
    for name, column in ledger.columns.items():
        if name not in numbers_of(ledger):
            columns[name] = [None if value is None else column.type.show(value) for value in columns[name]]
    tables = [row.submission.table for row in rows]
    columns["source_file"] = [table.file for table in tables]
    columns["source_sheet"] = [table.sheet for table in tables]
    columns["source_row"] = [table.numbers[row.position] for table, row in zip(tables, rows, strict=True)]
    columns["sender"] = [row.record.sender for row in rows]
    columns["submitted"] = [row.submission.day for row in rows]
    columns["state"] = [row.submission.states.get(row.position, "采用") for row in rows]
    return pandas.DataFrame(columns)
