"""The cells of one sheet, to be given another look or another text where they stand."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Collection, Iterable, Iterator
from html import escape
from typing import Any

from canju.model import corner, letters
from canju.outputs.returns.package import add, add_text, first, inside, of, parsed

_LOOK = re.compile(rb'\ss="(\d+)"')


def owners(root: Any, cells: Iterable[str]) -> dict[str, str]:
    """The first cell of its merged range, for each of these cells that lies in one: the others can't be marked."""
    held: dict[int, list[int]] = {}
    for row, column in map(corner, cells):
        held.setdefault(row, []).append(column)
    rows, found = sorted(held), {}
    for merge in inside(root, "mergeCells", "mergeCell"):
        start, _, end = merge.get("ref", "").partition(":")
        (top, left), (bottom, right) = corner(start), corner(end or start)
        for row in rows[bisect_left(rows, top) : bisect_right(rows, bottom)]:
            found.update({f"{letters(column)}{row}": f"{letters(left)}{top}" for column in held[row] if left <= column <= right})
    return found


class Cells:
    """The cells of a sheet by row and column; one that isn't there is made, with the look of its row or its column.

    `held` are rows that are empty in the sheet, to be put back as they are or once one is wanted.
    """

    def __init__(self, root: Any, held: dict[int, bytes] | None = None) -> None:
        self.root, self.data = root, first(root, "sheetData")
        self.held = {} if held is None else held
        self.rows: dict[int, Any] = {}
        number = 0
        for row in [*of(self.data, "row")]:
            number = int(row.get("r") or number + 1)
            if self.rows.setdefault(number, row) is not row:  # the second half of one
                self.rows[number].extend(row)
                self.data.remove(row)
        self._numbers = sorted(self.rows)
        self._read: dict[int, dict[int, Any]] = {}

    def having(self, looks: Collection[str]) -> Iterator[Any]:
        """Every cell with one of these looks."""
        for number in [*self.rows]:
            if number not in self.held or any(look.decode() in looks for look in _LOOK.findall(self.held[number])):
                yield from (cell for cell in self._row(number).values() if cell.get("s") in looks)

    def __getitem__(self, cell: str) -> Any:
        row, column = corner(cell)
        cells = self._row(row)
        if column not in cells:
            behind = min((one for one in cells if one > column), default=None)
            parent = self.rows[row]
            at = len(parent) if behind is None else parent.index(cells[behind])
            parent.attrib.pop("spans", None)  # which columns the row reaches over
            cells[column] = add(parent, "c", at=at, r=cell, s=self._look(parent, column))
        return cells[column]

    def write(self, cell: str, text: str) -> None:
        """Put a text into a cell, in the place of whatever it held."""
        target = self[cell]
        if any(one.get("t") == "shared" for one in of(target, "f")):
            self._unshare()
        for child in list(target):
            target.remove(child)
        for name in ("cm", "vm"):  # what a program knows of the value
            target.attrib.pop(name, None)
        target.set("t", "inlineStr")
        add_text(add(target, "is"), text)

    def _unshare(self) -> None:
        """Give each cell that has its formula from another one of its own."""
        from openpyxl.formula.translate import Translator

        sources: dict[str, Translator] = {}
        for number in self.rows:
            for cell in self._row(number).values():
                for formula in [one for one in of(cell, "f") if one.get("t") == "shared"]:
                    group = formula.get("si", "")
                    if formula.text:
                        sources[group] = Translator(f"={formula.text}", cell.get("r"))
                    elif group in sources:
                        formula.text = sources[group].translate_formula(cell.get("r"))[1:]
                    for name in ("t", "si", "ref"):
                        formula.attrib.pop(name, None)

    def _row(self, number: int) -> dict[int, Any]:
        """The cells of a row by column, each with its own address from now on: it need not have one while none is added."""
        if number not in self.rows:
            at = bisect_left(self._numbers, number)
            behind = self._numbers[at] if at < len(self._numbers) else None
            self.rows[number] = add(self.data, "row", at=None if behind is None else self.data.index(self.rows[behind]), r=str(number))
            self._numbers.insert(at, number)
        if number in self.held:
            names = "".join(f' xmlns{f":{name}" if name else ""}="{escape(space)}"' for name, space in self.root.nsmap.items())
            row = parsed(b"<x%b>%b</x>" % (names.encode(), self.held.pop(number)))[0]
            self.data.replace(self.rows[number], row)
            self.rows[number] = row
        if number not in self._read:
            cells: dict[int, Any] = {}
            column = 0
            for cell in of(self.rows[number], "c"):
                column = corner(cell.get("r", ""))[1] or column + 1
                cell.set("r", f"{letters(column)}{number}")
                cells[column] = cell
            self.rows[number].set("r", str(number))
            self._read[number] = cells
        return self._read[number]

    def _look(self, row: Any, column: int) -> str:
        if row.get("customFormat") in ("1", "true"):
            return str(row.get("s", "0"))
        columns = inside(self.root, "cols", "col")
        return str(next((one.get("style", "0") for one in columns if int(one.get("min", 0)) <= column <= int(one.get("max", 0))), "0"))
