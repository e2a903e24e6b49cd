"""数据来源底稿.xlsx: each figure of the paper, the sentence it stands in, how it is counted, and the cells it rests on."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from canju.outputs.findings import printable
from canju.outputs.steady import MOMENT
from canju.paper.figures import Figure

HEADS = ("编号", "所在句子", "数字", "怎样统计", "来源单元格")
WIDTHS = (22, 70, 14, 44, 80)


def write(path: Path, figures: Sequence[Figure]) -> None:
    """Write the workbook: one row a figure; long lists of cells go on in further rows of the same figure."""
    import xlsxwriter

    book = xlsxwriter.Workbook(str(path), {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False})
    book.set_properties({"created": MOMENT, "title": "数据来源底稿", "author": ""})
    look = {"font_name": "宋体", "font_size": 10, "text_wrap": True, "valign": "top", "border": 1}
    cell, head = book.add_format(look), book.add_format({**look, "bold": True, "bg_color": "#D9D9D9"})
    page = book.add_worksheet("数据来源")
    for column, (text, width) in enumerate(zip(HEADS, WIDTHS, strict=True)):
        page.set_column(column, column, width)
        page.write_string(0, column, text, head)
    for row, figure in enumerate(figures, start=1):
        places = [str(one) for one in figure.cells]
        told = "；".join(places)
        if len(told) > 32_000:
            told = told[:31_900].rsplit("；", 1)[0] + f"；……共{len(places)}处"
        for column, text in enumerate((figure.tag, figure.sentence, figure.text, figure.how, told)):
            page.write_string(row, column, printable(text), cell)
    page.freeze_panes(1, 0)
    page.autofilter(0, 0, max(len(figures), 1), len(HEADS) - 1)
    page.set_landscape()
    page.set_paper(9)
    page.fit_to_pages(1, 0)
    page.repeat_rows(0)
    book.close()
