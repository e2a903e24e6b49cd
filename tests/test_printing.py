"""What is printed can be read: titles whole on every page, words whole in their cells, pages no wider than print stays legible."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook
from openpyxl.utils import column_index_from_string

from canju.cli import call
from canju.ledgers import ledgers
from canju.outputs.blank.columns import asked, is_many, words_of
from canju.outputs.terminal import width
from round_cases import FIRST, fill, headings, people, workspace

TOWN = "下河镇"


@pytest.fixture(scope="module")
def county(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = workspace(tmp_path_factory.mktemp("county") / "w")
    assert call(["--quiet", "template", "-o", str(folder / "下发")]) == 0
    assert call(["--quiet", "template", "-o", str(folder / "下发"), "--ledger", "持证残疾人名册"]) == 0
    made = people()
    made.staffing(TOWN)
    rows = made.commissioners(TOWN)
    rows[0]["remarks"] = "因家庭住址偏远，每月集中办公两天，其余时间入户走访，已报镇党委政府同意。"
    fill(folder / "下发" / TOWN / f"{TOWN}专职委员台账.xlsx", "commissioners", rows, folder / "报送" / "一.xlsx")
    assert call(["--quiet", "merge", str(folder / "报送"), "-o", str(folder / "汇总.xlsx")]) == 0
    assert call(["--quiet", "template", "--from", str(folder / "汇总.xlsx"), "-o", str(folder / "预填")]) == 0
    return folder


def repeated(sheet: Any) -> int:
    """Columns that every page repeats, counted from the first."""
    return column_index_from_string(sheet.print_title_cols.split(":")[1].strip("$"))


def test_on_a_template_of_several_pages_the_title_is_whole_on_each(county: Path) -> None:
    several = set()
    for path in (county / "下发").rglob("*.xlsx"):
        sheet = load_workbook(path).worksheets[0]
        if sheet.page_setup.fitToWidth in (None, 1):
            continue
        several.add(sheet.title)
        heads = [cell.value for cell in sheet[1] + sheet[2] if cell.value]
        assert [str(head).partition("：")[0] for head in heads[1:]] == ["填报单位（盖章）", "填表人", "填报日期"]
        assert all(one.max_col <= repeated(sheet) for one in sheet.merged_cells.ranges if one.min_row <= 2), path
        assert max(cell.column for row in (1, 2) for cell in sheet[row] if cell.value) <= repeated(sheet), path
    assert {"组织人员配备台账", "专职委员台账", "残疾人小组台账"} <= several


def test_each_word_of_a_drop_down_has_room_in_its_column(county: Path) -> None:
    for ledger in ledgers().values():
        for path in (county / "下发").rglob(f"*{ledger.title}.xlsx"):
            sheet = load_workbook(path).worksheets[0]
            for column in asked(ledger).values():
                if (words := words_of(column)) and not is_many(column):
                    letter = sheet.cell(3, headings(path)[column.title]).column_letter
                    assert sheet.column_dimensions[letter].width >= max(map(width, words)), column.title


def test_a_row_carried_over_is_as_high_as_its_longest_cell(county: Path) -> None:
    path = county / "预填" / TOWN / f"{TOWN}专职委员台账.xlsx"
    sheet = load_workbook(path).worksheets[0]
    cell = sheet.cell(FIRST, headings(path)["备注"])
    assert width(str(cell.value)) > 3 * sheet.column_dimensions[cell.column_letter].width
    assert cell.alignment.wrap_text
    assert sheet.row_dimensions[FIRST].height >= 4 * 15
    assert (sheet.row_dimensions[FIRST + 1].height or 20) < 2 * 15


def test_a_sheet_of_the_county_book_goes_on_on_further_pages_rather_than_grow_small(county: Path) -> None:
    sheet = load_workbook(county / "汇总.xlsx")["专职委员台账"]
    heads = [cell.value for cell in sheet[1]]
    total = sum(sheet.column_dimensions[cell.column_letter].width for cell in sheet[1])
    assert sheet.page_setup.fitToWidth * 230 >= total > 230, "A3 paper holds 200 characters in full size"
    assert sheet.page_setup.fitToHeight == 0
    assert repeated(sheet) == heads.index("姓名") + 1
    assert sheet.print_title_rows == "$1:$1"
    funding = sheet.cell(1, heads.index("经费来源") + 1).column_letter
    assert sheet.column_dimensions[funding].width >= width("县财政预算（残疾人就业保障金）")


def test_the_county_book_says_what_its_colour_means_and_nothing_of_looks(county: Path) -> None:
    sheet = load_workbook(county / "汇总.xlsx")["汇总"]
    assert [cell.value for cell in sheet[2] if cell.value] == ["这种底色的格子：未能识别，照录待核。"]
    assert sheet["A2"].fill.fgColor.rgb == "FFFFE699"
    assert not any(cell.value for cell in sheet[3])
