"""One source cell changed: exactly the figures that rest on it change, in the paper and in its workbook of sources, and nothing else."""

from __future__ import annotations

import datetime as dt
import re
import shutil
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from docx import Document
from openpyxl import load_workbook

from canju import plans
from canju import workspace as settings
from canju.cli import call
from canju.ledgers import ledgers
from canju.model import Address
from canju.paper import sources
from canju.paper.figures import Figure
from round_cases import FIRST, TOWNS, fill, headings, people, workspace

FIELD = re.compile(r'<w:tag w:val="canju:f:([^"]*)"/><w:id [^>]*/></w:sdtPr><w:sdtContent>(.*?)</w:sdtContent>', re.DOTALL)
TEXT = re.compile(r"<w:t(?: [^>]*)?>([^<]*)</w:t>")
TOWN, OTHER = TOWNS


class Paper:
    """A summary as its readers have it: its figures, its text without them, and the rows of its workbook of sources."""

    def __init__(self, county: Path, out: str) -> None:
        assert call(["-q", "summary", str(county / "报送"), "-o", str(county / out / "总结.docx"), "--date", "2020-01-06"]) == 0
        with zipfile.ZipFile(county / out / "总结.docx") as archive:
            xml = archive.read("word/document.xml").decode()
        held = [(tag, "".join(TEXT.findall(inner))) for tag, inner in FIELD.findall(xml)]
        self.figures = dict(held)
        assert len(set(held)) == len(self.figures)  # a figure that stands in two places reads alike in both
        self.words = FIELD.sub(lambda found: f"{{{found[1]}}}", xml)
        self.rows: dict[str, list[tuple[Any, ...]]] = {}
        for row in load_workbook(county / out / "数据来源底稿.xlsx").active.iter_rows(min_row=2, values_only=True):
            self.rows.setdefault(str(row[5]), []).append(row)

    def rests_on(self, tag: str) -> set[str]:
        """Every source cell of a figure, each told alone."""
        return {cell for row in self.rows.get(tag, []) for place in str(row[4] or "").split("；") for cell in alone(place)}


def alone(place: str) -> Iterator[str]:
    found = re.fullmatch(r"(.*!)([A-Z]+)(\d+):\2(\d+)", place)
    rows = re.fullmatch(r"(.*!)第(\d+)行—第(\d+)行", place)
    if found:
        yield from (f"{found[1]}{found[2]}{row}" for row in range(int(found[3]), int(found[4]) + 1))
    elif rows:
        yield from (f"{rows[1]}第{row}行" for row in range(int(rows[2]), int(rows[3]) + 1))
    else:
        yield place


@pytest.fixture(scope="module")
def county(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = workspace(tmp_path_factory.mktemp("paper") / "两河")
    assert call(["-q", "--config", str(folder / "canju.toml"), "template", "-o", str(folder / "下发")]) == 0
    drawn = people()
    for town in TOWNS:
        for key in ("staffing", "commissioners", "uncertified", "groups", "organizations", "feedback"):
            rows = [{"kind": "成功做法", "text": f"走访{5 + len(town)}户、{7}个寨子。"}] if key == "feedback" else getattr(drawn, key)(town)
            fill(folder / "下发" / town / f"{town}{ledgers()[key].title}.xlsx", key, rows, folder / "报送" / town / f"{key}.xlsx")
    return folder


@pytest.fixture(scope="module")
def before(county: Path) -> Paper:
    return Paper(county, "一")


def flipped(value: Any) -> str:
    return "否" if value == "是" else "是"


def change(county: Path, folder: Path, key: str, row: int, title: str, value: Any) -> tuple[Paper, set[str]]:
    """The paper after one cell of the first town's ledger was changed, and how its workbook names the cell and its row."""
    shutil.copytree(county, folder / "县")
    path = folder / "县/报送" / TOWN / f"{key}.xlsx"
    book = load_workbook(path)
    sheet = book.worksheets[0]
    cell = sheet.cell(FIRST + row, headings(path)[title])
    cell.value = value(cell.value) if callable(value) else value
    book.save(path)
    place = f"{TOWN}/{key}.xlsx!{sheet.title}!"
    return Paper(folder / "县", "二"), {f"{place}{cell.coordinate}", f"{place}第{cell.row}行"}


STATE = {"judged.met", "judged.unmet", f"town.{TOWN}.met", f"town.{TOWN}.unmet"}
POSTS = {f"P51{n}.{part}" for n in (7, 8) for part in ("total", "done", "percent")} | {
    "P517.best",
    "P516.total",
    "P304.met",
    "P304.unmet",
    "stipend.amount",
}
CASES = {
    "a no that becomes a yes": ("uncertified", 1, "政策宣传", flipped, {"P702.done", "P702.percent"}),
    "a plan of one's own": ("uncertified", 0, "一人一案", flipped, {"P704.done", "P704.percent"}),
    "more needs": ("uncertified", 3, "服务需求", "康复、辅具、托养、就业", {"P705.done", "P705.percent", "P705.total"}),
    "a town's own words": ("feedback", 0, "内容", "走访88户、7个寨子。", {f"words.成功做法.{TOWN}.1.1"}),
    "a village's term": ("staffing", 2, "任期届满", "2020-12-01", STATE | {"P303.met", "P303.unmet"}),
    "a window closed": ("organizations", 0, "服务窗口", "否", STATE | {"P203.met", "P203.unmet"}),
    "another purse": ("commissioners", 1, "经费来源", "镇（街道）财政预算", STATE | {"P513.met", "P513.unmet"}),
    "a disabled post-holder": ("staffing", 0, "是否残疾人", "是", {"P206.done", "P206.percent"}),
    "a wrong number": ("commissioners", 0, "身份证号", "522799199001011231", {"stipend.amount", "stipend.heads", "stipend.pending"}),
    "a failed assessment": ("commissioners", 1, "考核结果", "不合格", STATE | {"P512.met", "P515.unmet", "stipend.amount", "stipend.heads"}),
    "somebody who has left": ("commissioners", 2, "解聘时间", "2019-11-30", STATE | POSTS),
    "a post that is part-time": (
        "commissioners", 2, "人员类别", "兼职", STATE | POSTS | {"P512.met", "P513.met", "P514.met", "judged.total", "stipend.heads"},
    ),
    "a place with fewer people": ("groups", 0, "残疾人数", 3, {"P403.met", "judged.met", "judged.total", f"town.{TOWN}.met"}),
    "a group that is none": (
        "groups", 0, "是否设立小组", "否",
        STATE | {"judged.total", "P403.met", "P403.unmet", "P405.met", "P406.met", "P407.done", "P407.total"},
    ),
}  # fmt: skip
"""Which cell becomes what, and every figure that then changes, worked out by hand: no others may."""


@pytest.mark.parametrize("case", CASES)
def test_one_cell_changed_changes_what_rests_on_it_and_nothing_else(county: Path, before: Paper, tmp_path: Path, case: str) -> None:
    *cell, expected = CASES[case]
    after, named = change(county, tmp_path, *cell)
    changed = {tag for tag in before.figures.keys() | after.figures.keys() if before.figures.get(tag) != after.figures.get(tag)}
    assert changed == expected
    for tag in changed:
        # What came up anew, or went, may rest on the cell through another figure of its rule, which held it before.
        stays = tag in before.figures and tag in after.figures
        kin = {
            one for one in before.rows.keys() | after.rows.keys() if one == tag or (not stays and one.split(".")[0] == tag.split(".")[0])
        }
        assert any(named & (before.rests_on(one) | after.rests_on(one)) for one in kin), tag
    for tag in before.rows.keys() & after.rows.keys() - changed:
        assert {row[2:4] for row in before.rows[tag]} == {row[2:4] for row in after.rows[tag]}  # in one row more, perhaps
    if changed <= before.figures.keys() & after.figures.keys() and not changed & {"judged.unmet"}:
        assert before.words == after.words


def test_every_figure_of_the_paper_has_its_row_and_every_row_its_figure(before: Paper) -> None:
    assert before.figures == {tag: rows[0][2] for tag, rows in before.rows.items()}
    assert re.findall(r"\d+", "".join(TEXT.findall(FIELD.sub("", before.words)))) == []


def test_what_is_counted_names_whoever_was_counted(before: Paper) -> None:
    """The share of the trained rests on everybody's answer, a no as well; the whole it is a share of rests on everybody's row."""
    for tag, cells in (("P518.done", 6), ("P206.done", 28)):
        assert sum("第" not in cell for cell in before.rests_on(tag)) == cells
    assert len(before.rests_on("P518.total")) == 6
    assert all("第" in cell for cell in before.rests_on("P518.total"))


def test_many_cells_are_told_as_ranges_and_none_is_left_out() -> None:
    column = [Address("甲.xlsx", "表", row, "D") for row in (4, 5, 6, 9)]
    rows = [Address("甲.xlsx", "表", row) for row in (7, 8)]
    assert sources.told_in_cells([*column, *rows, Address("乙.csv", "", 3, "A")]) == [
        "甲.xlsx!表!D4:D6；甲.xlsx!表!D9；甲.xlsx!表!第7行—第8行；乙.csv!A3"
    ]
    assert sources.told_in_cells([]) == [""]
    scattered = [Address(f"{'长' * 60}.xlsx", "表", row, "D") for row in range(2, 4000, 2)]
    told = sources.told_in_cells(scattered)
    assert len(told) > 1
    assert all(sources.lines(one, sources.WIDTHS[4]) <= sources.LINES for one in told)
    assert "；".join(told).split("；") == [str(one) for one in scattered]


def test_every_row_is_high_enough_to_be_read_whole_in_print(tmp_path: Path) -> None:
    """A spreadsheet program makes no row higher than 409 points."""
    cells = tuple(Address(f"某镇/{'长' * 20}.xlsx", "表", row, "D") for row in range(2, 400, 2))
    sources.write(tmp_path / "底稿.xlsx", [Figure("judged.met", "3", "怎样数", cells, "句" * 900), Figure("towns", "2", "数", (), "短句")])
    sheet = load_workbook(tmp_path / "底稿.xlsx").active
    first, *long, short = sheet.iter_rows()
    assert [cell.value for cell in first] == ["序号", "所在句子", "数字", "怎样统计", "来源单元格", "文中标记"]
    assert len(long) > 3
    assert "".join(row[1].value or "" for row in long) == "句" * 900
    assert "；".join(row[4].value for row in long).split("；") == [str(one) for one in cells]
    assert {(row[0].value, row[5].value) for row in long} == {("1", "judged.met")}
    for row in long:
        across = [(2 * len(cell.value or "")) / (width - 2) for cell, width in zip(row[1:2], sources.WIDTHS[1:2], strict=True)]
        assert 13 * max(across) <= sheet.row_dimensions[row[0].row].height <= 409
    assert sheet.row_dimensions[short[0].row].height < 20


def test_towns_stand_in_the_order_of_the_settings_everywhere(county: Path, tmp_path: Path) -> None:
    shutil.copytree(county, tmp_path / "县")
    toml = tmp_path / "县/canju.toml"
    toml.write_text(toml.read_text("utf-8").replace(f'"{TOWN}", "{OTHER}"', f'"{OTHER}", "{TOWN}"'), "utf-8")
    words = Paper(tmp_path / "县", "二").words
    assert words.index(f"{OTHER}反映") < words.index(f"{TOWN}反映")
    groups = Document(str(tmp_path / "县/二/内部情况.docx")).tables[-1]
    villages = [(row.cells[0].text, row.cells[1].text) for row in groups.rows][1:]
    assert villages == [(town, village) for town in (OTHER, TOWN) for village in TOWNS[town]]


def test_the_annex_goes_through_the_plan_clause_by_clause(before: Paper, county: Path) -> None:
    annex = Document(str(county / "一/总结.docx")).tables[0]
    shown = [TEXT.findall(row._tr.xml)[0] for row in annex.rows][1:]
    order = list(plans.load(settings.load(county / "canju.toml"), dt.date(2019, 12, 31)).clauses)
    assert shown == sorted(shown, key=order.index)
    assert len(set(shown)) > 20
