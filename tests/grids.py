"""Sheets written as text: one line a row, cells between bars. Shared by the tests of recognising."""

from __future__ import annotations

import datetime as dt
import re
from typing import Any

from canju.ledgers.base import Table
from canju.model import Merge, Raw, Sheet, Workbook
from canju.reading.recognise import Recognition, Setting, recognise

TOWNS = Setting(
    "清水县",
    "清水县残疾人联合会",
    ("青山街道", "白云镇", "石桥乡"),
    {"青山街道": ("青山社区", "东门社区", "柳树村"), "白云镇": ("白云社区", "大坪村", "小河村"), "石桥乡": ("石桥村", "岩脚村")},
    as_of=dt.date(2019, 12, 31),
)
PLAIN = Setting(as_of=dt.date(2019, 12, 31))


class _Numbers:
    """Valid ID numbers under the unassigned area code 522799, one for each n."""

    def format(self, n: int) -> str:
        """The n-th, born on 1970-01-01, with its check digit (GB 11643)."""
        body = f"52279919700101{(n * 2 + 1) % 1000:03d}"
        weights = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
        return body + "10X98765432"[sum(int(digit) * weight for digit, weight in zip(body, weights, strict=True)) % 11]


ID = _Numbers()


def rows_of(text: str) -> list[list[Raw]]:
    """Rows of cells: blank where nothing stands, a number where `#` goes before it, `.` for a blank row."""
    return [[_cell(cell.strip()) for cell in line.strip().split("|")] if line.strip(" .") else [] for line in text.strip("\n").split("\n")]


def _cell(text: str) -> Raw:
    if text.startswith("#"):
        return float(text[1:]) if "." in text else int(text[1:])
    return text.replace("\\n", "\n") or None


def merge(reference: str) -> Merge:
    """`A1:C2` as a merged range."""
    left, top, right, bottom = re.fullmatch(r"([A-Z]+)(\d+):([A-Z]+)(\d+)", reference).groups()  # type: ignore[union-attr]
    return Merge(int(top), _number(left), int(bottom), _number(right))


def _number(text: str) -> int:
    number = 0
    for character in text:
        number = number * 26 + ord(character) - 64
    return number


def sheet(text: str, *merges: str, name: str = "Sheet1", **more: Any) -> Sheet:
    """A sheet of text, with merged ranges."""
    return Sheet(name, rows_of(text), merges=[merge(one) for one in merges], **more)


def read(*sheets: Sheet, file: str = "台账.xlsx", setting: Setting = TOWNS, **more: Any) -> Recognition:
    """What a workbook of these sheets comes to; every cell must be accounted for."""
    found = recognise(Workbook(file, sheets=list(sheets), **more), setting)
    assert found.account[0] == found.account[1] + found.account[2], "a cell was lost"
    return found


def table(text: str, *merges: str, file: str = "白云镇.xlsx", name: str = "Sheet1", setting: Setting = TOWNS) -> Table:
    """The one table of a sheet of text."""
    found = read(sheet(text, *merges, name=name), file=file, setting=setting)
    assert [one.ledger.key for one in found.tables], found.faults
    assert len(found.tables) == 1
    return found.tables[0]


def codes(found: Recognition) -> list[str]:
    """The rules of all faults found, cells' too."""
    return [fault.rule for fault in found.faults] + [one.fault.rule for one in found.cells]


def letters_of(one: Table) -> dict[str, str]:
    """The column letter of each field."""
    return {name: place.letter for name, place in one.places.items()}
