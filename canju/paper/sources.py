"""数据来源底稿.xlsx: each figure of the paper, the sentence it stands in, how it is counted, and the cells it rests on."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby, zip_longest
from pathlib import Path

from canju.model import OUTPUT_MARK, Address
from canju.outputs.findings import printable
from canju.outputs.steady import MOMENT
from canju.outputs.terminal import width as wide
from canju.paper.figures import Figure

HEADS = ("序号", "所在句子", "数字", "怎样统计", "来源单元格", "文中标记")
"""The mark is the tag of the figure's field in the Word paper."""
WIDTHS = (6, 48, 12, 28, 48, 14)
LINES, POINTS = 15, 13
"""Lines of a row at most, and their height: a spreadsheet program makes no row higher than 409 points, and leaves white what a page has no room for."""


def told_in_cells(cells: Sequence[Address]) -> list[str]:
    """Source cells as text, in as many spreadsheet cells as it takes for each to be read whole; cells below each other as one range."""
    texts = [""]
    for place in ranges(cells):
        if texts[-1] and lines(f"{texts[-1]}；{place}", WIDTHS[4]) > LINES:
            texts.append("")
        texts[-1] += f"；{place}" if texts[-1] else place
    return texts


def lines(text: str, columns: int) -> int:
    """The lines a text takes in a column so wide; one is broken early where a word would not fit."""
    return max(1, -(-wide(text) // (columns - 2)))


def pieces(text: str, columns: int) -> list[str]:
    """A text in parts that a row can show."""
    size = LINES * (columns - 2) // 2
    return [text[at : at + size] for at in range(0, max(len(text), 1), size)]


def ranges(cells: Sequence[Address]) -> Iterator[str]:
    """Addresses in the order of their files and columns, each run of rows once: a.xlsx!表!D4:D60; 第4—60行 where whole rows are meant."""
    columns: dict[tuple[str, str | None, str | None], set[int]] = {}
    for file, sheet, row, column in cells:
        columns.setdefault((file, sheet, column), set()).add(row or 0)
    for (file, sheet, column), rows in columns.items():
        if 0 in rows:
            yield str(Address(file, sheet, None, column))
        for first, last in runs(rows - {0}):
            more = "" if first == last else f":{column}{last}" if column else f"—第{last}行"
            yield f"{Address(file, sheet, first, column)}{more}"


def runs(rows: Iterable[int]) -> Iterator[tuple[int, int]]:
    """First and last of each run of consecutive numbers."""
    ordered = sorted(rows)
    for _, group in groupby(enumerate(ordered), key=lambda pair: pair[1] - pair[0]):
        found = [row for _, row in group]
        yield found[0], found[-1]


def write(path: Path, figures: Sequence[Figure]) -> None:
    """Write the workbook: one row a figure; what is too long for one goes on in further rows of the same figure."""
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
    for number, figure in enumerate(figures, start=1):
        for sentence, told in zip_longest(pieces(figure.sentence, WIDTHS[1]), told_in_cells(figure.cells), fillvalue=""):
            row += 1
            texts = [printable(text) for text in (str(number), sentence, figure.text, figure.how, told, figure.tag)]
            page.set_row(row, POINTS * max(map(lines, texts, WIDTHS)) + 4)
            for column, text in enumerate(texts):
                page.write_string(row, column, text, cell)
    page.freeze_panes(1, 0)
    page.autofilter(0, 0, max(row, 1), len(HEADS) - 1)
    page.set_landscape()
    page.set_paper(9)
    page.fit_to_pages(1, 0)
    page.repeat_rows(0)
    page.set_footer("&C第 &P 页，共 &N 页")
    book.close()
