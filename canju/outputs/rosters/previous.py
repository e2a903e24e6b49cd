"""Reads an earlier roster of ours back, so that this payment can be held against it."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import Any

from canju.model import PURSE_WORDS, Past, Purse, Refusal
from canju.outputs.rosters.payroll import COLUMNS
from canju.patterns import pattern

HEADINGS = tuple(column.heading for column in COLUMNS)
_PERIOD = pattern(r"所属期：((\d{4})年(\d{1,2})月(?:至(\d{1,2})月)?)")


def read_previous(path: Path) -> tuple[list[Past], str]:
    """The people paid by an earlier roster – a workbook, or a folder of them – and its period in words.

    A Refusal where the path holds no roster of ours, or one whose lines can no longer be read.
    """
    files = sorted(one for one in path.glob("*.xlsx") if not one.name.startswith((".", "~"))) if path.is_dir() else [path]
    lines: list[Past] = []
    periods: list[str] = []
    for file in files:
        for sheet in _sheets(file):
            found = _roster(sheet, file.name)
            if found is not None:
                periods.append(found[0])
                lines += found[1]
    if not periods:
        raise Refusal(f"--previous 的 {path.name} 不是本工具生成的发放表：请给出上次发放的工作簿或文件夹。")
    if len(set(periods)) > 1:
        raise Refusal(f"--previous 的 {path.name} 里有不同所属期的发放表（{'、'.join(dict.fromkeys(periods))}），请只给出一次发放的。")
    return lines, periods[0]


def _sheets(file: Path) -> Iterator[list[list[Any]]]:
    import zipfile

    from openpyxl import load_workbook

    refusal = Refusal(f"--previous 的 {file.name} 打不开，或不是 .xlsx 工作簿：请给出本工具上次生成的发放表。")
    if not file.is_file() or not zipfile.is_zipfile(file):
        raise refusal
    try:
        book = load_workbook(file, read_only=True, data_only=True)
        for sheet in book.worksheets:
            yield [list(row) for row in sheet.iter_rows(values_only=True)]
        book.close()
    except Exception:  # what openpyxl raises of a zip that is no workbook, or a damaged one, is told by no list
        raise refusal from None


def _roster(rows: list[list[Any]], name: str) -> tuple[str, list[Past]] | None:
    """The period and people of one sheet; None where it is no signed roster."""
    width = len(HEADINGS)
    head = next((n for n, row in enumerate(rows) if tuple(str(cell or "").strip() for cell in row[:width]) == HEADINGS), None)
    if head is None:
        return None
    above = " ".join(str(cell) for row in rows[:head] for cell in row if cell)
    period = _PERIOD.search(above)
    purse = next((key for key, words in PURSE_WORDS.items() if words in above), None)
    if period is None or purse is None:
        return None
    whole = int(period[4] or period[3]) - int(period[3]) + 1
    lines = [line for row in rows[head + 1 :] if (line := _line(row, purse, whole, name)) is not None]  # type: ignore[arg-type]
    return period[1], _joined(lines, whole)


def _line(row: list[Any], purse: Purse, whole: int, name: str) -> Past | None:
    """A person's line; sums, signatures and blank rows are None."""
    cells = [*row, *[None] * len(HEADINGS)]
    text = [str(cell).strip() if cell is not None else "" for cell in cells]
    if not text[3]:
        return None
    try:
        months, monthly = int(Decimal(text[7])), Decimal(text[8]).quantize(Decimal("0.01"))
    except (InvalidOperation, ValueError):
        raise Refusal(f"--previous 的 {name} 里有人员的月数或月标准不是数字，可能被改动过：请更正后再比较。") from None
    return Past(text[3], text[4], text[1], text[2], purse, months, months == whole, monthly, monthly * months)


def _joined(lines: list[Past], whole: int) -> list[Past]:
    """A person on two lines (two rates) is full where the lines together are."""
    months: dict[tuple[str, str, str, str], int] = {}
    for line in lines:
        key = (line.id_number, line.name, line.town, line.village)
        months[key] = months.get(key, 0) + line.months
    return [line._replace(full=months[line.id_number, line.name, line.town, line.village] == whole) for line in lines]
