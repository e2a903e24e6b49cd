"""What goes back to a town: its own file marked, a list in which it answers, and answers that are found again."""

from __future__ import annotations

import datetime as dt
import json
import os
import shutil
from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook, load_workbook
from openpyxl.comments import Comment
from openpyxl.styles import Font

from canju import pipeline
from canju.cli import call
from canju.outputs import report
from canju.outputs.files import Written
from canju.outputs.findings import message
from canju.outputs.repairs import repairs, text_of
from canju.outputs.returns import lines, listing, marking
from canju.sending import write_repaired, write_report, write_returns
from canju.workspace import Workspace

HEADS = ("镇（街道）", "村（社区）", "姓名", "性别", "身份证号", "出生年月", "未办证原因", "政策宣传", "联系电话", "备注")
GOOD = ("甲镇", "观音村", "王一", "男", "522799199003074510", "1990-03", "外出务工", "是", "13985412345", "")
OPTIONS = pipeline.Options(dt.date(2019, 12, 31))


def book(path: Path, *rows: tuple[Any, ...]) -> Path:
    workbook = Workbook()
    sheet = workbook.active
    sheet.title = "未持证"
    sheet.append(("甲镇未持证残疾人台账",))
    sheet.merge_cells("A1:J1")
    sheet.append(HEADS)
    for row in rows:
        sheet.append(row)
    sheet.column_dimensions["E"].width = 33
    sheet["C3"].font = Font(name="楷体", bold=True)
    sheet["G4"].comment = Comment("请补原因", "村里")
    workbook.create_sheet("说明")["A1"] = "别的表"
    path.parent.mkdir(parents=True, exist_ok=True)
    workbook.save(path)
    return path


@pytest.fixture
def sent(tmp_path: Path) -> Path:
    wrong = (*GOOD[:2], "李二", "女", "522799198005061248", "1980-05", "", "是", "1398541234", "")
    return book(tmp_path / "报送/甲镇/台账.xlsx", GOOD, wrong).parent.parent


def returned(sent: Path, out: Path) -> Path:
    written = Written()
    round_ = pipeline.validate([sent], Workspace(towns=["甲镇"]), OPTIONS)
    write_returns(round_, round_.findings, out, written)
    write_report(round_, out, written)
    return out / "甲镇/台账（退回修改）.xlsx"


def test_a_name_in_the_list_is_written_out_wherever_it_stands_and_a_number_nowhere(tmp_path: Path) -> None:
    """It is the town's own file: 韦*升 beside 韦东升 helps nobody."""
    rows = (GOOD, (*GOOD[:2], "韦东升", *GOOD[3:]))
    page = load_workbook(returned(book(tmp_path / "报送/甲镇/台账.xlsx", *rows).parent.parent, tmp_path / "退回"))["问题清单"]
    heads = [cell.value for cell in page[2]]
    values = [str(row[heads.index("现值")]) for row in page.iter_rows(min_row=3, values_only=True)]
    assert "韦东升" in values
    assert not any("东升" not in value and "升" in value for value in values)
    assert not any(GOOD[4] in str(cell.value) for row in page.iter_rows() for cell in row)


def test_the_town_gets_its_own_file_with_the_cells_marked_and_all_else_as_it_was(sent: Path, tmp_path: Path) -> None:
    workbook = load_workbook(returned(sent, tmp_path / "退回"))
    sheet = workbook["未持证"]
    assert workbook.sheetnames == ["问题清单", "未持证", "说明"]
    assert sheet["G4"].fill.start_color.rgb == marking.FILLS["error"]
    assert sheet["I4"].fill.start_color.rgb == marking.FILLS["query"]
    assert sheet["C3"].fill.fill_type is None
    assert sheet["G4"].comment.text.startswith("请补原因\n")
    assert "C101" in sheet["G4"].comment.text
    assert (sheet.column_dimensions["E"].width, sheet["C3"].font.name, workbook["说明"]["A1"].value) == (33, "楷体", "别的表")
    assert str(sheet.merged_cells) == "A1:J1"
    assert workbook.properties.creator in ("", None)


def test_the_list_names_people_in_full_links_to_the_cell_and_masks_numbers(sent: Path, tmp_path: Path) -> None:
    page = load_workbook(returned(sent, tmp_path / "退回"))["问题清单"]
    rows = [[cell.value for cell in row] for row in page.iter_rows(min_row=3) if row[3].value]
    by_cell = {row[3]: row for row in rows}
    assert by_cell["G4"][4] == "李二"
    assert by_cell["I4"][6] == "139***1234"
    assert "1398541234" not in str(rows)
    assert {row[3].hyperlink.location for row in page.iter_rows(min_row=3) if row[3].value == "G4"} == {"'未持证'!G4"}
    assert {row[8] for row in rows} == {"必改", "请核实"}


def test_an_answered_query_comes_back_explained_and_an_error_does_not(sent: Path, tmp_path: Path) -> None:
    path = returned(sent, tmp_path / "退回")
    workbook = load_workbook(path)
    for row in workbook["问题清单"].iter_rows(min_row=3):
        if row[3].value:
            row[9].value = "固定电话已拆，此为旧号"
    workbook["未持证"].insert_rows(3)
    again = tmp_path / "再报/甲镇/改过名.xlsx"
    again.parent.mkdir(parents=True)
    workbook.save(again)
    round_ = pipeline.validate([again.parent.parent], Workspace(towns=["甲镇"]), OPTIONS)
    found = {one.rule: one for one in round_.findings if one.severity != "note"}
    assert found["C110"].explained is not None
    assert found["C110"].explained.startswith("固定电话已拆，此为旧号（甲镇")
    assert found["C101"].explained is None
    assert message(found["C101"], "internal").endswith("（甲镇说明：固定电话已拆，此为旧号；属必改，说明了也要更正）")
    written = Written()
    write_returns(round_, round_.findings, tmp_path / "再退回", written)  # for the error stands
    list_ = load_workbook(written.paths[0])["问题清单"]
    answers = {str(row[10].value).split()[-1]: str(row[9].value) for row in list_.iter_rows(min_row=3)}
    assert answers["C101"] == "固定电话已拆，此为旧号"
    assert round_.counts()["query"] == 0
    assert not any(one.rule == "F201" for one in round_.findings)


def test_a_file_that_cannot_be_opened_comes_back_as_the_list_alone(tmp_path: Path) -> None:
    (tmp_path / "报送/甲镇").mkdir(parents=True)
    (tmp_path / "报送/甲镇/台账.xlsx").write_bytes(b"PK\x03\x04 damaged")
    workbook = load_workbook(returned(tmp_path / "报送", tmp_path / "退回"))
    assert workbook.sheetnames == ["问题清单"]
    assert workbook["问题清单"]["F3"].value.startswith("文件")


def test_hostile_cells_stay_text_in_the_list_and_in_the_report(tmp_path: Path) -> None:
    wicked = '=HYPERLINK("http://x")<script>alert(1)</script>\x07'[:60].replace("\x07", "")
    sent = book(tmp_path / "报送/甲镇/台账.xlsx", GOOD, (*GOOD[:6], wicked, *GOOD[7:])).parent.parent
    path = returned(sent, tmp_path / "退回")
    values = [cell for row in load_workbook(path)["问题清单"].iter_rows(min_row=3) for cell in row if cell.value is not None]
    assert all(cell.data_type != "f" for cell in values)
    page = (tmp_path / "退回/report.html").read_text(encoding="utf-8")
    assert "<script>alert" not in page
    assert "&lt;script&gt;" in page
    assert "'=" in (tmp_path / "退回/问题明细.csv").read_text(encoding="utf-8") or "=HYPERLINK" not in (
        tmp_path / "退回/问题明细.csv"
    ).read_text(encoding="utf-8-sig")


def test_safe_repairs_change_spelling_on_a_copy_and_no_digit_or_amount(tmp_path: Path) -> None:
    odd = ("甲镇", "观音村", "王 一", "男 ", "52279919900307451 0", "1990.3", "在外务工", "√", "13985412345", "")
    sent = book(tmp_path / "报送/甲镇/台账.xlsx", odd).parent.parent
    round_ = pipeline.read([sent], Workspace(towns=["甲镇"]), OPTIONS)
    found = list(repairs(round_.tables))
    assert {one.heading: text_of(one.after) for one in found} == {
        "姓名": "王一",
        "性别": "男",
        "身份证号": "522799199003074510",
        "出生年月": "1990-03",
        "未办证原因": "外出务工",
        "政策宣传": "是",
    }
    assert write_repaired(round_, found, tmp_path / "副本", Written()) == []
    again = pipeline.read([tmp_path / "副本"], Workspace(towns=["甲镇"]), OPTIONS)
    assert list(repairs(again.tables)) == []
    assert [list(record)[2:] for record in again.tables[0].records] == [list(record)[2:] for record in round_.tables[0].records]
    assert load_workbook(sent / "甲镇/台账.xlsx")["未持证"]["C3"].value == "王 一"


def _sent(folder: Path, name: str, phone: str) -> Path:
    rows = [HEADS, (*GOOD[:-2], phone, "")]
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("".join(",".join(row) + "\n" for row in rows), encoding="utf-8")
    return path


def test_a_corrected_return_workbook_takes_the_place_of_its_original_whatever_both_are_called(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Also where the clock says that the original is the later one: the workbook knows what it was made of."""
    sent = tmp_path / "报送"
    _sent(sent, "甲镇/未持证.csv", "1399")
    assert call(["validate", str(sent), "-o", str(tmp_path / "退回"), "--fail-on", "query"]) == 1
    [returned] = (tmp_path / "退回").rglob("*（退回修改）.xlsx")
    book = load_workbook(returned)
    page = book["Sheet1"]
    page["I2"] = "13912345678"
    again = sent / "甲镇" / "改好了.xlsx"
    book.save(again)
    os.utime(again, (1_500_000_000, 1_500_000_000))
    capsys.readouterr()
    assert call(["validate", str(sent), "--fail-on", "query", "--format", "json"]) == 0
    said = capsys.readouterr()
    data = json.loads(said.out)
    assert data["summary"]["rows"] == 1
    assert [one["rule"] for one in data["findings"]] == ["F105"]
    assert "改好报回的「甲镇/改好了.xlsx」取代" in data["findings"][0]["message"]
    assert "甲镇/未持证.csv" in said.err
    _sent(sent, "甲镇/未持证.csv", "1388")  # sent anew by the town: the old correction says nothing about it
    assert call(["validate", str(sent), "--format", "json"]) in (0, 1)
    assert not [one for one in json.loads(capsys.readouterr().out)["findings"] if one["rule"] == "F105"]


def test_names_do_not_pile_up_and_the_second_round_remembers_the_first(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    sent = tmp_path / "报送"
    _sent(sent, "甲镇/未持证.csv", "1399")
    call(["validate", str(sent), "-o", str(tmp_path / "退回一")])
    [first] = (tmp_path / "退回一").rglob("*（退回修改）.xlsx")
    shutil.copy(first, sent / "甲镇" / first.name)  # still at fault
    call(["validate", str(sent), "-o", str(tmp_path / "退回二")])
    [second] = (tmp_path / "退回二").rglob("*（退回修改）.xlsx")
    assert second.name == first.name == "未持证_csv（退回修改）.xlsx"
    (sent / "甲镇" / first.name).unlink()
    shutil.copy(second, sent / "甲镇" / "第二次.xlsx")
    capsys.readouterr()
    call(["validate", str(sent), "--format", "json"])
    assert json.loads(capsys.readouterr().out)["summary"]["rows"] == 1


def test_a_file_whose_queries_are_all_explained_is_not_returned(tmp_path: Path) -> None:
    sent = tmp_path / "报送"
    _sent(sent, "甲镇/未持证.csv", "1399")
    call(["validate", str(sent), "-o", str(tmp_path / "退回")])
    [returned] = (tmp_path / "退回").rglob("*（退回修改）.xlsx")
    book = load_workbook(returned)
    page = book["问题清单"]
    for row in range(3, page.max_row + 1):
        page.cell(row, lines.HEADS.index("核实说明") + 1, "经核实，号码属实。")
    book.save(sent / "甲镇" / returned.name)
    assert call(["validate", str(sent), "-o", str(tmp_path / "再退回"), "--fail-on", "query"]) == 0
    assert not list((tmp_path / "再退回").rglob("*.xlsx"))


@pytest.mark.parametrize("saved", [False, True])
@pytest.mark.parametrize("formula", [False, True])
def test_a_return_workbook_that_came_back_as_it_went_out_replaces_nothing(
    sent: Path, capsys: pytest.CaptureFixture[str], saved: bool, formula: bool
) -> None:
    """Whether or not somebody has opened and saved it meanwhile; a formula in it has no result until then."""
    if formula:
        workbook = load_workbook(sent / "甲镇/台账.xlsx")
        workbook["未持证"]["L4"] = "=1+1"
        workbook.save(sent / "甲镇/台账.xlsx")
    path = returned(sent, sent.parent / "退回")
    back = sent / "甲镇" / path.name
    load_workbook(path).save(back) if saved else shutil.copy(path, back)
    call(["validate", str(sent), "--format", "json"])
    data = json.loads(capsys.readouterr().out)
    assert data["summary"]["rows"] == 2
    assert {one["file"] for one in data["findings"] if one["severity"] != "note"} == {"甲镇/台账.xlsx"}
    [said] = [one["message"] for one in data["findings"] if one["file"] == f"甲镇/{path.name}"]
    assert "没有改动" in said
    assert "甲镇/台账.xlsx" in said
    call(["validate", str(back), "--format", "json"])  # alone, it is all there is
    assert json.loads(capsys.readouterr().out)["summary"]["rows"] == 2


def test_a_return_workbook_with_an_answer_alone_replaces_its_original(sent: Path) -> None:
    path = returned(sent, sent.parent / "退回")
    answer(path, sent / "甲镇" / path.name, "C110", "号码属实")
    round_ = pipeline.validate([sent], Workspace(towns=["甲镇"]), OPTIONS)
    assert [source.file for source in round_.sources if source.replaced_by] == ["甲镇/台账.xlsx"]
    assert [one.explained is not None for one in round_.findings if one.rule == "C110"] == [True]
    again = sent.parent / "再退回"
    written = Written()
    write_returns(round_, round_.findings, again, written)
    [second] = written.paths
    shutil.copy(second, sent / "甲镇/第二次.xlsx")  # with the first answer in it, and nothing new
    round_ = pipeline.validate([sent], Workspace(towns=["甲镇"]), OPTIONS)
    assert [source.file for source in round_.sources if source.tables] == [f"甲镇/{path.name}"]
    (sent / "甲镇" / path.name).unlink()
    round_ = pipeline.validate([sent], Workspace(towns=["甲镇"]), OPTIONS)
    [found] = [one for one in round_.findings if one.rule == "C110"]
    assert found.explained is not None
    assert found.explained.count("（甲镇") == 1


def test_an_answer_about_one_sheet_says_nothing_of_another_file_with_the_like(tmp_path: Path) -> None:
    sent = tmp_path / "报送"
    for name in ("甲.xlsx", "乙.xlsx"):
        workbook = Workbook()
        for row in (("品名", "规格", "数量", "金额"), ("轮椅", name, 2, 900), ("拐杖", "大", 5, 120), ("助行器", "小", 1, 80)):
            workbook.active.append(row)
        (sent / "甲镇").mkdir(parents=True, exist_ok=True)
        workbook.save(sent / "甲镇" / name)
    returned(sent, tmp_path / "退回")
    workbook = load_workbook(tmp_path / "退回/甲镇/甲（退回修改）.xlsx")
    for row in workbook["问题清单"].iter_rows(min_row=3):
        row[9].value = "是物资清单，不是台账"
    workbook.save(sent / "甲镇/甲（退回修改）.xlsx")
    round_ = pipeline.validate([sent], Workspace(towns=["甲镇"]), OPTIONS)
    found = {one.address.file: one.explained is not None for one in round_.findings if one.rule == "F201"}
    assert found == {"甲镇/甲.xlsx": True, "甲镇/甲（退回修改）.xlsx": True, "甲镇/乙.xlsx": False}


def test_what_a_town_explained_stays_explained_in_the_county_book(sent: Path, capsys: pytest.CaptureFixture[str]) -> None:
    workbook = load_workbook(sent / "甲镇/台账.xlsx")
    workbook["未持证"]["J4"] = "户口已迁出"
    workbook.save(sent / "甲镇/台账.xlsx")
    path = returned(sent, sent.parent / "退回")
    answer(path, sent / "甲镇" / path.name, "R113", "人仍住本村", E4="522799198005061221")
    once, twice = sent.parent / "汇总.xlsx", sent.parent / "又一次.xlsx"
    assert call(["merge", str(sent), "-o", str(once)]) in (0, 1)
    assert call(["merge", str(once), "-o", str(twice)]) in (0, 1)
    for place in (sent, once, twice):
        round_ = pipeline.validate([place], Workspace(towns=["甲镇"]), OPTIONS)
        [found] = [one for one in round_.findings if one.rule == "R113"]
        assert found.explained is not None
        assert found.explained.startswith("人仍住本村（甲镇")
        assert found.explained.count("（") == 1


def answer(path: Path, to: Path, rule: str, text: str, **cells: str) -> None:
    """The return workbook as a town sends it back: one finding explained, some cells corrected."""
    workbook = load_workbook(path)
    for row in workbook["问题清单"].iter_rows(min_row=3):
        if str(row[10].value).endswith(rule):
            row[9].value = text
    for cell, value in cells.items():
        workbook["未持证"][cell] = value
    workbook.save(to)


@pytest.mark.parametrize(
    ("cells", "kept"),
    [
        ({"E4": "522799198005061221"}, True),  # the row's number
        ({"B4": "柳树村"}, True),  # its village
        ({"C4": "李三"}, False),  # another person stands there now
        ({"I4": "139854123"}, False),  # the value that was explained is another
    ],
)
def test_an_answer_holds_where_the_row_was_corrected_beside_it(sent: Path, cells: dict[str, str], kept: bool) -> None:
    path = returned(sent, sent.parent / "退回")
    answer(path, sent / "甲镇" / path.name, "C110", "号码属实", **cells)
    round_ = pipeline.validate([sent], Workspace(towns=["甲镇"]), OPTIONS)
    assert [one.explained is not None for one in round_.findings if one.rule == "C110"] == [kept]


def many(tmp_path: Path, count: int) -> Path:
    wrong = [(*GOOD[:2], f"李{n}", "女", "522799198005061248", "1980-05", "", "是", "1398541234", "") for n in range(count)]
    return book(tmp_path / "报送/甲镇/台账.xlsx", *wrong).parent.parent


def test_a_file_with_very_many_faults_keeps_them_all_in_the_list_and_says_where_comments_end(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(marking, "MOST_COMMENTS", 5)
    monkeypatch.setattr(listing, "MOST_LINKS", 7)
    workbook = load_workbook(returned(many(tmp_path, 40), tmp_path / "退回"))
    page, sheet = workbook["问题清单"], workbook["未持证"]
    lines = [row for row in page.iter_rows(min_row=3, values_only=True) if row[0]]
    found = (tmp_path / "退回/问题明细.csv").read_text(encoding="utf-8-sig").splitlines()
    assert len(lines) == len(found) - 1 > 100
    assert [line[0] for line in lines] == list(range(1, len(lines) + 1))
    assert sum(1 for row in sheet.iter_rows() for cell in row if cell.comment) == 5
    assert sum(1 for row in sheet.iter_rows() for cell in row if cell.fill.fill_type) > 50
    assert sum(1 for row in page.iter_rows() for cell in row if cell.hyperlink) == 7
    assert "只有前5个加了批注" in page["A1"].value


def test_the_report_of_very_many_faults_is_short_shows_every_file_and_counts_all(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(report, "MOST", 30)
    monkeypatch.setattr(report, "EACH", 2)
    sent = many(tmp_path, 40)
    book(sent / "甲镇/乙.xlsx", (*GOOD[:2], "王二", "男", "1", "1980-05", "", "是", "1398541234", ""))
    returned(sent, tmp_path / "退回")
    page = (tmp_path / "退回/report.html").read_text(encoding="utf-8")
    rows = page.count("<tr data-town=")
    total = len((tmp_path / "退回/问题明细.csv").read_text(encoding="utf-8-sig").splitlines()) - 1
    assert rows <= 30 < total
    assert f"问题共 {total} 处，本页列出 {rows} 处" in page
    assert "乙.xlsx" in page


def test_a_line_for_a_cell_within_a_merged_range_marks_the_range(tmp_path: Path) -> None:
    sent = book(
        tmp_path / "报送/甲镇/台账.xlsx", GOOD, (*GOOD[:2], "李二", "女", "522799198005061248", "1980-05", "", "是", "1398541234", "")
    )
    workbook = load_workbook(sent)
    workbook["未持证"].merge_cells("I3:I4")
    workbook["未持证"]["I3"] = "1398541234"
    workbook.save(sent)
    sheet = load_workbook(returned(sent.parent.parent, tmp_path / "退回"))["未持证"]
    assert sheet["I3"].fill.fill_type == "solid"
