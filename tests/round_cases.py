"""A small county that fills in its templates by script: rows valid in themselves, and the writing of them into a workbook."""

from __future__ import annotations

import importlib.util
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from openpyxl import load_workbook

from canju.cli import call
from canju.ledgers import ledgers
from canju.outputs.blank.book import EXAMPLE, HEADING

FIRST = EXAMPLE + 2
"""The first row to fill in, as a spreadsheet shows it."""
TOWNS = {"上河街道": ["上河社区", "柳树村"], "下河镇": ["下河社区", "石坝村"]}
COUNTY = "两河县"
_MAKE = Path(__file__).parents[1] / "samples" / "make.py"


def people(seed: int = 7) -> Any:
    """Makes synthetic rows for this county, as the samples do."""
    spec = importlib.util.spec_from_file_location("samples_make", _MAKE)
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module.County(seed, COUNTY, TOWNS, 200)


def workspace(folder: Path, as_of: str = "2019-12-31") -> Path:
    """A workspace for the county, as init makes it and a clerk completes it."""
    assert call(["--quiet", "init", str(folder), "--county", COUNTY, "--towns", ",".join(TOWNS)]) == 0
    settings = folder / "canju.toml"
    text = settings.read_text("utf-8")
    head, tail = text.split("[baseline]", 1)
    tail = tail.replace("[stipend]", '[stipend]\nyear = 2019\nfrom = "2019-10"\nto = "2019-12"', 1).split("\n", 1)[1]
    settings.write_text(f"{head}as_of = {as_of}\n[baseline]\n" + "".join(f'"{town}" = 1\n' for town in TOWNS) + tail, "utf-8")
    lines = [f"{town},{village},,2016,2021" for town, villages in TOWNS.items() for village in villages]
    (folder / "villages.csv").write_text("\ufeff镇（街道）,村（社区）,曾用名,任期起,任期止\r\n" + "\r\n".join(lines) + "\r\n", "utf-8")
    return folder


def headings(path: Path) -> dict[str, int]:
    """The headings of a template and their column numbers."""
    row = load_workbook(path).worksheets[0][HEADING + 1]
    return {str(cell.value).lstrip("*"): cell.column for cell in row if cell.value}


def fill(path: Path, key: str, rows: Sequence[Mapping[str, Any]], target: Path | None = None) -> None:
    """Write rows by field below the example of a template, and save it (elsewhere)."""
    book = load_workbook(path)
    sheet, at = book.worksheets[0], headings(path)
    for number, row in enumerate(rows):
        for name, value in row.items():
            column = ledgers()[key].columns.get(name)
            if column and column.title in at and value not in (None, ""):
                sheet.cell(FIRST + number, at[column.title]).value = value
        if "serial" in ledgers()[key].columns:
            sheet.cell(FIRST + number, 1).value = str(number + 1)
    target = target or path
    target.parent.mkdir(parents=True, exist_ok=True)
    book.save(target)
