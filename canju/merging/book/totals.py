"""汇总: how many rows of each ledger came from each town, with charts that stay live in the workbook."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import Any

from canju.book import COUNTY
from canju.ledgers.base import Ledger
from canju.merging.merged import Merged
from canju.merging.status import Standing

NAME = "汇总"
_TITLE = "残联台账汇总"
STYLED = {"text": "A3", "quoted": "B3", "number": "C3", "doubtful": "A2"}
"""Cells of the sheet from which the rows of all others take their looks; the last is the legend."""
CHARTED = ("uncertified", "category", "未持证残疾人疑似残疾类别")


def write_totals(workbook: Any, merged: Merged, standings: Sequence[Standing], formats: dict[str, Any]) -> None:
    """Add the sheet: what the colour says, rows by town and ledger, disabled people without certificate by category."""
    sheet = workbook.add_worksheet(NAME)
    sheet.set_column(0, 0, 16)
    sheet.set_column(1, 20, 12)
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 1)
    sheet.write_string(0, 0, f"{merged.workspace.county}{_TITLE}（截至{merged.as_of.isoformat()}）", formats["title"])
    for name, cell in STYLED.items():
        sheet.write_blank(cell, None, formats[name])
    sheet.write_string("B2", "这种底色的格子：未能识别，照录待核。", formats["plain"])
    ledgers = merged.came
    if not ledgers:
        sheet.write_string(3, 0, "没有可汇总的台账。", formats["text"])
        return
    last = _rows(sheet, merged, standings, ledgers, formats)
    _stacked(workbook, sheet, ledgers, 4, last)
    _categories(workbook, sheet, merged, formats, last + 3)


def county_of(title: str) -> str:
    """The county whose book it is, by the sheet's title; "" where it doesn't say."""
    county, found, _ = title.partition(_TITLE)
    return county.strip() if found else ""


def _rows(sheet: Any, merged: Merged, standings: Sequence[Standing], ledgers: Sequence[type[Ledger]], formats: dict[str, Any]) -> int:
    """Rows taken, by town and ledger. Returns the last town's row, counted from 0."""
    towns = list(dict.fromkeys(one.town for one in standings))
    towns = [town for town in towns if town != COUNTY] + [town for town in towns if town == COUNTY]
    counts = {(one.town, one.ledger): one.taken for one in standings}
    aside = Counter(one.town for one in standings for _ in range(one.rows - one.taken))
    heads = ["镇（街道）", *(ledger.title for ledger in ledgers), "采用合计", "未采用"]
    for column, head in enumerate(heads):
        sheet.write_string(3, column, head, formats["head"])
    sheet.set_row(3, 30)
    for row, town in enumerate(towns, 4):
        figures = [counts.get((town, ledger), 0) for ledger in ledgers]
        sheet.write_string(row, 0, town, formats["cell"])
        for column, figure in enumerate([*figures, sum(figures), aside[town]], 1):
            sheet.write_number(row, column, figure, formats["cell"])
    end = 4 + len(towns)
    sheet.write_string(end, 0, "合计", formats["head"])
    totals = [sum(counts.get((town, ledger), 0) for town in towns) for ledger in ledgers]
    for column, figure in enumerate([*totals, sum(totals), sum(aside.values())], 1):
        sheet.write_number(end, column, figure, formats["head"])
    sheet.freeze_panes(4, 1)
    return end - 1


def _stacked(workbook: Any, sheet: Any, ledgers: Sequence[type[Ledger]], first: int, last: int) -> None:
    chart = workbook.add_chart({"type": "column", "subtype": "stacked"})
    for column in range(1, len(ledgers) + 1):
        chart.add_series(
            {"name": [NAME, 3, column], "categories": [NAME, first, 0, last, 0], "values": [NAME, first, column, last, column]}
        )
    chart.set_title({"name": "各镇（街道）采用行数"})
    chart.set_y_axis({"name": "行"})
    chart.set_size({"width": 760, "height": 380})
    sheet.insert_chart(last + 4, 3, chart)


def _categories(workbook: Any, sheet: Any, merged: Merged, formats: dict[str, Any], top: int) -> None:
    key, name, title = CHARTED
    counts: Counter[str] = Counter()
    for one in merged.submissions:
        if one.table.ledger.key == key and name in one.table.values:
            values = one.table.values[name]
            kind = one.table.ledger.columns[name].type
            counts.update(kind.show(values[index]) for index in one.standing if values[index] is not None)
    if not counts:
        return
    sheet.write_string(top, 0, title, formats["title"])
    top += 1
    sheet.write_string(top, 0, title.removeprefix("未持证残疾人"), formats["head"])
    sheet.write_string(top, 1, "人数", formats["head"])
    for row, (word, count) in enumerate(sorted(counts.items(), key=lambda item: (-item[1], item[0])), top + 1):
        sheet.write_string(row, 0, word, formats["cell"])
        sheet.write_number(row, 1, count, formats["cell"])
    chart = workbook.add_chart({"type": "bar"})
    end = top + len(counts)
    chart.add_series({"name": title, "categories": [NAME, top + 1, 0, end, 0], "values": [NAME, top + 1, 1, end, 1]})
    chart.set_title({"name": title})
    chart.set_legend({"none": True})
    chart.set_y_axis({"reverse": True})
    chart.set_size({"width": 560, "height": 320})
    sheet.insert_chart(top + 20, 3, chart)
