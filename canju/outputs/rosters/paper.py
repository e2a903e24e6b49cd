"""A4 landscape sheets that print as they stand: title, notes, headings repeated on each page, numbered pages."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence
from decimal import Decimal
from pathlib import Path
from typing import Any, Literal, NamedTuple

from canju.model import OUTPUT_MARK
from canju.outputs.terminal import width

Kind = Literal["text", "centre", "count", "money", "id"]
FONT = "宋体"
PRINTED = 277
"""Millimetres between the margins of A4 landscape."""
CHARACTER = 2.52
"""Millimetres that a character of column width may take: the widest of the fonts that programs fall back on where 宋体 is missing."""

ROW, SUM, LINE = 36, 28, 16
"""Points of a row, which holds two lines and leaves room to sign; of a row of sums; and of each further line."""


class Column(NamedTuple):
    """A column of a sheet: heading, width in characters, and how its cells look."""

    heading: str
    width: float
    kind: Kind = "text"


class Formula(NamedTuple):
    """A formula with the result that the engine worked out, stored beside it."""

    text: str
    result: Decimal | int


def safe_name(text: str, longest: int = 31) -> str:
    """A text as the name of a sheet or file: without the characters that neither may hold."""
    return re.sub(r"[\[\]:*?/\\<>|\"'\x00-\x1f]", "", text)[:longest].strip(" .") or "表"


class Paper:
    """A workbook of such sheets. Nothing of it but the file itself is ever on disk; it names no author."""

    def __init__(self, path: Path, title: str, day: dt.date) -> None:
        import xlsxwriter

        self.book = xlsxwriter.Workbook(
            str(path),
            {
                "in_memory": True,
                "strings_to_formulas": False,
                "strings_to_urls": False,
                "default_format_properties": {"font_name": FONT, "font_size": 11},
            },
        )
        self.book.set_properties(
            {"title": title, "author": "", "category": OUTPUT_MARK, "created": dt.datetime(day.year, day.month, day.day)}
        )
        self._formats: dict[tuple[Any, ...], Any] = {}
        self._names: set[str] = set()

    def page(self, name: str, title: str, notes: Sequence[Sequence[str]], columns: Sequence[Column]) -> Page:
        """A new sheet; each note is a line of one to three texts: left, centre, right."""
        name = safe_name(name)
        while name in self._names:
            name = safe_name(name, 30) + "续"
        self._names.add(name)
        return Page(self, name, title, notes, columns)

    def format(self, **look: Any) -> Any:
        """A cell format, made once."""
        key = tuple(sorted(look.items()))
        if key not in self._formats:
            base = {"font_name": FONT, "font_size": 11, "valign": "vcenter"}
            self._formats[key] = self.book.add_format({**base, **look})
        return self._formats[key]

    def close(self) -> None:
        """Write the file."""
        self.book.close()


def _lines(cell: Any, column: Column) -> int:
    """How many lines a text takes in its column; numbers and IDs are never wrapped."""
    if not isinstance(cell, str) or column.kind == "id":
        return 1
    return sum(max(1, -(-width(part) // int(column.width - 1))) for part in cell.split("\n"))


class Page:
    """One sheet, filled from the top; `row` is the next free row, counted from 1."""

    def __init__(self, paper: Paper, name: str, title: str, notes: Sequence[Sequence[str]], columns: Sequence[Column]) -> None:
        self.paper, self.columns, self.row = paper, columns, 1
        self.sheet = paper.book.add_worksheet(name)
        self._setup()
        self._span(title, paper.format(font_size=16, bold=True, align="center"), 30)
        for note in notes:
            self.note(note)
        for number, column in enumerate(columns):
            look = paper.format(bold=True, border=1, align="center", text_wrap=True, bg_color="#F2F2F2")
            self.sheet.write_string(self.row - 1, number, column.heading, look)
        self.sheet.set_row(self.row - 1, 30)
        self.sheet.repeat_rows(0, self.row - 1)
        self.sheet.freeze_panes(self.row, 0)
        self.row += 1

    def _setup(self) -> None:
        """Paper, margins, and a scale that brings all columns onto one page (a fit to pages would undo the page breaks)."""
        sheet = self.sheet
        sheet.set_landscape()
        sheet.set_paper(9)
        sheet.set_margins(left=0.39, right=0.39, top=0.59, bottom=0.59)
        sheet.center_horizontally()
        sheet.set_footer("&C第 &P 页，共 &N 页")
        width = sum(column.width + 0.75 for column in self.columns) * CHARACTER
        sheet.set_print_scale(max(40, min(100, int(100 * PRINTED / width))))
        for number, column in enumerate(self.columns):
            sheet.set_column(number, number, column.width)

    def _span(self, text: str, look: Any, height: float, first: int = 0, last: int | None = None) -> None:
        last = len(self.columns) - 1 if last is None else last
        if first < last:
            self.sheet.merge_range(self.row - 1, first, self.row - 1, last, "", look)
        self.sheet.write_string(self.row - 1, first, text, look)
        self.sheet.set_row(self.row - 1, height)
        if last == len(self.columns) - 1:
            self.row += 1

    def note(self, texts: Sequence[str], height: float = 18) -> None:
        """A line without a border: one text over all columns, or several side by side."""
        count, aligns = len(self.columns), ("left", "center", "right")
        edges = [round(count * part / len(texts)) for part in range(len(texts) + 1)]
        for number, text in enumerate(texts):
            align = "left" if number == 0 else aligns[2] if number == len(texts) - 1 else aligns[1]
            self._span(text, self.paper.format(align=align, text_wrap=True), height, edges[number], edges[number + 1] - 1)

    def line(self, cells: Sequence[Any], *, bold: bool = False, merged: tuple[int, int] | None = None) -> int:
        """A bordered row of texts, whole numbers, Decimals and Formulas; `merged` columns hold one text. The row it got.

        As high as its longest cell wraps to, for a height that is set is not made to fit by the spreadsheet program.
        """
        apart = range(merged[0], merged[1] + 1) if merged else range(0)
        lines = max(_lines(cell, self.columns[number]) for number, cell in enumerate(cells) if number not in apart)
        self.sheet.set_row(self.row - 1, (SUM if bold else ROW) + LINE * max(0, lines - 2))
        if merged:
            self.sheet.merge_range(self.row - 1, merged[0], self.row - 1, merged[1], "", self._look("centre", bold))
        for number, (cell, column) in enumerate(zip(cells, self.columns, strict=True)):
            if merged and merged[0] <= number <= merged[1]:
                if cell:
                    self._write(number, cell, self._look("centre", bold))
                continue
            self._write(number, cell, self._look(column.kind, bold))
        self.row += 1
        return self.row - 1

    def _look(self, kind: Kind, bold: bool) -> Any:
        look: dict[str, Any] = {"border": 1, "text_wrap": kind != "id", "bold": bold}
        look["align"] = {"text": "left", "centre": "center", "count": "center", "money": "right", "id": "center"}[kind]
        look["num_format"] = {"text": "@", "centre": "@", "id": "@", "count": "0", "money": "#,##0.00"}[kind]
        return self.paper.format(**look)

    def _write(self, number: int, cell: Any, look: Any) -> None:
        if isinstance(cell, Formula):
            self.sheet.write_formula(self.row - 1, number, cell.text, look, cell.result)
        elif isinstance(cell, int | Decimal):
            self.sheet.write_number(self.row - 1, number, cell, look)
        elif cell:
            self.sheet.write_string(self.row - 1, number, str(cell), look)
        else:
            self.sheet.write_blank(self.row - 1, number, None, look)

    def break_here(self, rows: Sequence[int]) -> None:
        """Begin a new page after each of these rows."""
        self.sheet.set_h_pagebreaks(list(rows))

    def none(self, text: str = "无") -> None:
        """A row that says that there is nobody to list."""
        self._span(text, self.paper.format(border=1, align="center"), 24)

    def signatures(self, *posts: str) -> None:
        """The line on which those answerable sign."""
        self.row += 1
        self.note([f"{post}：" for post in posts], 24)
