"""数据来源底稿.xlsx: each figure of the paper, the sentence it stands in, how it is counted, and the cells it rests on."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby
from pathlib import Path

from canju.model import OUTPUT_MARK, Address
from canju.outputs.findings import printable
from canju.outputs.steady import MOMENT
from canju.paper.figures import Figure

HEADS = ("编号", "所在句子", "数字", "怎样统计", "来源单元格")
WIDTHS = (22, 70, 14, 44, 80)
LONGEST = 32_000
"""Characters of a spreadsheet cell that are filled: what goes beyond stands in a further row of the same figure."""


def told_in_cells(cells: Sequence[Address]) -> list[str]:
    """Source cells as text, in as many spreadsheet cells as it takes; cells below each other as one range."""
    texts = [""]
    for place in ranges(cells):
        if len(texts[-1]) + len(place) >= LONGEST:
            texts.append("")
        texts[-1] += f"；{place}" if texts[-1] else place
    return texts


def ranges(cells: Sequence[Address]) -> Iterator[str]:
    """Addresses in the order of their files and columns, each run of rows once: a.xlsx!表!D4:D60; 第4—60行 where whole rows are meant."""
    columns: dict[Address, set[int]] = {}
    for one in cells:
        columns.setdefault(one._replace(row=None), set()).add(one.row or 0)
    for column, rows in columns.items():
        if 0 in rows:
            yield str(column)
        for first, last in runs(rows - {0}):
            place = column._replace(row=first)
            more = "" if first == last else f":{column.column}{last}" if column.column else f"—第{last}行"
            yield f"{place}{more}"


def runs(rows: Iterable[int]) -> Iterator[tuple[int, int]]:
    """First and last of each run of consecutive numbers."""
    ordered = sorted(rows)
    for _, group in groupby(enumerate(ordered), key=lambda pair: pair[1] - pair[0]):
        found = [row for _, row in group]
        yield found[0], found[-1]


def write(path: Path, figures: Sequence[Figure]) -> None:
    """Write the workbook: one row a figure; long lists of cells go on in further rows of the same figure."""
    import xlsxwriter

    book = xlsxwriter.Workbook(str(path), {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False})
    book.set_properties({"created": MOMENT, "title": "数据来源底稿", "author": "", "category": OUTPUT_MARK})
    look = {"font_name": "宋体", "font_size": 10, "text_wrap": True, "valign": "top", "border": 1}
    cell, head = book.add_format(look), book.add_format({**look, "bold": True, "bg_color": "#D9D9D9"})
    page = book.add_worksheet("数据来源")
    for column, (text, width) in enumerate(zip(HEADS, WIDTHS, strict=True)):
        page.set_column(column, column, width)
        page.write_string(0, column, text, head)
    row = 0
    for figure in figures:
        for told in told_in_cells(figure.cells):
            row += 1
            for column, text in enumerate((figure.tag, figure.sentence, figure.text, figure.how, told)):
                page.write_string(row, column, printable(text), cell)
    page.freeze_panes(1, 0)
    page.autofilter(0, 0, max(row, 1), len(HEADS) - 1)
    page.set_landscape()
    page.set_paper(9)
    page.fit_to_pages(1, 0)
    page.repeat_rows(0)
    book.close()
