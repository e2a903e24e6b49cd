"""A return workbook is the town's own file with a few parts changed: what no library carries over stays as well."""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile

import pytest
import xlsxwriter
from openpyxl import load_workbook

from canju.outputs.returns import marking
from canju.outputs.returns.package import Package, Unfit
from tests.test_returns import GOOD, HEADS, answer, returned

WRONG = (*GOOD[:2], "李二", "女", "522799198005061248", "1980-05", "", "是", "1398541234", "")
STRICT = {
    b"http://schemas.openxmlformats.org/spreadsheetml/2006/main": b"http://purl.oclc.org/ooxml/spreadsheetml/main",
    b"http://schemas.openxmlformats.org/officeDocument/2006/relationships": b"http://purl.oclc.org/ooxml/officeDocument/relationships",
}


def rich(path: Path) -> Path:
    """A ledger with what towns have in theirs beside the rows."""
    path.parent.mkdir(parents=True, exist_ok=True)
    book = xlsxwriter.Workbook(str(path))
    page, other = book.add_worksheet("未持证"), book.add_worksheet("其他")
    page.write(0, 0, "甲镇未持证残疾人台账")
    for row, line in enumerate((HEADS, GOOD, WRONG), start=1):
        page.write_row(row, 0, line)
    page.write_formula("H3", '="是"', None, "是")
    page.write_comment("G4", "请补原因", {"author": "村里"})
    page.insert_button("M2", {"caption": "按我"})
    page.data_validation("D3:D100", {"validate": "list", "source": ["男", "女"]})
    page.conditional_format("C3:C10", {"type": "duplicate", "format": book.add_format({"bg_color": "#00FF00"})})
    page.repeat_rows(1)
    other.write_column(0, 0, [1, 2, 3])
    other.print_area("A1:B3")
    other.activate()
    chart = book.add_chart({"type": "column"})
    chart.add_series({"values": "=其他!$A$1:$A$3"})
    other.insert_chart("D1", chart)
    book.close()
    return path


def rewritten(path: Path, change: Callable[[str, bytes], bytes]) -> Path:
    """The package with each part changed; one that is emptied goes."""
    with ZipFile(path) as archive:
        parts = {name: change(name, archive.read(name)) for name in archive.namelist()}
    with ZipFile(path, "w", ZIP_DEFLATED) as archive:
        for name, data in parts.items():
            if data:
                archive.writestr(name, data)
    return path


def parts(path: Path) -> dict[str, bytes]:
    with ZipFile(path) as archive:
        assert len(archive.namelist()) == len(set(archive.namelist()))
        return {name: archive.read(name) for name in archive.namelist()}


@pytest.fixture
def sent(tmp_path: Path) -> Path:
    return rich(tmp_path / "报送/甲镇/台账.xlsx").parent.parent


def test_every_part_that_is_not_marked_stays_byte_for_byte(sent: Path, tmp_path: Path) -> None:
    before, after = parts(sent / "甲镇/台账.xlsx"), parts(returned(sent, tmp_path / "退回"))
    changed = {name for name in before if after.get(name) != before[name]}
    assert changed == {
        "[Content_Types].xml",
        "docProps/app.xml",
        "docProps/core.xml",
        "xl/_rels/workbook.xml.rels",
        "xl/comments1.xml",
        "xl/drawings/vmlDrawing1.vml",
        "xl/styles.xml",
        "xl/workbook.xml",
        "xl/worksheets/sheet1.xml",
        "xl/worksheets/sheet2.xml",  # is no longer the one that is shown first
    }
    assert set(after) - set(before) == {"xl/worksheets/canju.xml"}
    assert b"<f>" in after["xl/worksheets/sheet1.xml"]
    assert "<v>是</v>".encode() in after["xl/worksheets/sheet1.xml"]
    assert after["xl/drawings/vmlDrawing1.vml"].startswith(before["xl/drawings/vmlDrawing1.vml"].rpartition(b"</xml>")[0])
    assert after["xl/worksheets/sheet2.xml"] == before["xl/worksheets/sheet2.xml"].replace(b' tabSelected="1"', b"")


def test_sheets_are_named_by_their_new_places_and_one_alone_is_chosen(sent: Path, tmp_path: Path) -> None:
    workbook = load_workbook(returned(sent, tmp_path / "退回"))
    assert workbook.sheetnames == ["问题清单", "未持证", "其他"]
    assert [page.sheet_view.tabSelected or False for page in workbook.worksheets] == [True, False, False]
    assert workbook["未持证"].print_title_rows == "$2:$2"
    assert workbook["其他"].print_area == "'其他'!$A$1:$B$3"
    assert workbook["问题清单"].print_title_rows == "$2:$2"
    assert workbook["未持证"]["G4"].comment.text.startswith("请补原因\n――――\n必改 C101")
    assert workbook["未持证"]["I4"].comment.author == "残联台账校验"


def strict(name: str, data: bytes) -> bytes:
    for old, new in STRICT.items():
        data = data.replace(old, new)
    return data


def prefixed(name: str, data: bytes) -> bytes:
    """Every element of a sheet with a prefix, as some programs write them."""
    if not name.startswith("xl/worksheets/sheet"):
        return data
    named = re.sub(rb"<(/?)(?=[a-zA-Z])", rb"<\1x:", data)
    return named.replace(b"xmlns=", b"xmlns:x=", 1)


def without_addresses(name: str, data: bytes) -> bytes:
    """Cells without addresses stand beside one another, as do rows."""
    if name != "xl/worksheets/sheet1.xml":
        return data
    data = re.sub(rb'(<row) r="\d+"', rb"\1", data)
    return re.sub(rb'(<c) r="[A-Z]+[123]"', rb"\1", data)


def without_styles(name: str, data: bytes) -> bytes:
    if name == "xl/styles.xml":
        return b""
    data = re.sub(rb'<Relationship [^>]*styles"[^>]*/>', b"", data) if name.endswith(".rels") else data
    return (
        re.sub(rb' s="\d+"|<conditionalFormatting.*</conditionalFormatting>', b"", data) if name.startswith("xl/worksheets/sheet") else data
    )


@pytest.mark.parametrize("change", [strict, prefixed, without_styles, without_addresses])
def test_other_spellings_of_a_workbook_are_marked_in_place(sent: Path, tmp_path: Path, change: Callable[[str, bytes], bytes]) -> None:
    rewritten(sent / "甲镇/台账.xlsx", change)
    made = returned(sent, tmp_path / "退回")
    after = parts(made)
    assert "xl/charts/chart1.xml" in after  # not rebuilt
    if change is strict:
        rewritten(made, lambda name, data: _loose(data))  # openpyxl knows no Strict files
    sheet = load_workbook(made)["未持证"]
    filled = {cell.coordinate: cell.fill.start_color.rgb for row in sheet.iter_rows() for cell in row if cell.fill.fill_type == "solid"}
    error, query = marking.FILLS["error"], marking.FILLS["query"]
    assert filled == {"E4": error, "G4": error, "I4": query}
    assert [sheet[place].value for place in ("C4", "E4", "I4")] == ["李二", WRONG[4], WRONG[8]]


def _loose(data: bytes) -> bytes:
    for old, new in STRICT.items():
        data = data.replace(new, old)
    return data


def test_a_cell_that_was_not_there_is_made_in_its_place_with_the_look_of_its_row(tmp_path: Path) -> None:
    package = Package(rich(tmp_path / "a.xlsx").read_bytes())
    root = package.tree("xl/worksheets/sheet1.xml")
    cells = marking.Cells(root)
    cells.rows[3].set("customFormat", "1")
    cells.rows[3].set("s", "7")
    for cell in ("K3", "B9", "A9", "C7"):
        cells[cell].set("t", "n")
    data = root.find("{*}sheetData")
    assert [row.get("r") for row in data] == ["1", "2", "3", "4", "7", "9"]
    assert [cell.get("r") for cell in data[5]] == ["A9", "B9"]
    assert data[2].find("{*}c[@r='K3']").get("s") == "7"
    assert data[2].get("spans") is None


def test_macros_do_not_go_out_and_this_is_said(sent: Path, tmp_path: Path) -> None:
    def macros(name: str, data: bytes) -> bytes:
        if name == "xl/_rels/workbook.xml.rels":
            relation = b'<Relationship Id="rId99" Type="http://schemas.microsoft.com/office/2006/relationships/vbaProject" Target="vbaProject.bin"/>'
            return data.replace(b"</Relationships>", relation + b"</Relationships>")
        return (
            data.replace(b"spreadsheetml.sheet.main+xml", b"x").replace(b"officedocument.x", b"x")
            if name == "[Content_Types].xml"
            else data
        )

    path = rewritten(sent / "甲镇/台账.xlsx", macros)
    with ZipFile(path, "a") as archive:
        archive.writestr("xl/vbaProject.bin", b"macro")
    made = returned(sent, tmp_path / "退回")
    assert "xl/vbaProject.bin" not in parts(made)
    assert b"vbaProject" not in parts(made)["xl/_rels/workbook.xml.rels"]
    assert "未能保留：宏" in load_workbook(made)["问题清单"]["A1"].value


def test_what_was_put_right_is_not_marked_a_second_time(sent: Path, tmp_path: Path) -> None:
    path = returned(sent, tmp_path / "退回")
    answer(path, tmp_path / "改.xlsx", "C110", "", G4="外出务工")
    shutil.copy(tmp_path / "改.xlsx", sent / "甲镇" / path.name)
    (sent / "甲镇/台账.xlsx").unlink()
    sheet = load_workbook(returned(sent, tmp_path / "再退回"))["未持证"]
    assert sheet["G4"].fill.fill_type in (None, "none")
    assert sheet["G4"].comment.text.rstrip() == "请补原因"
    assert sheet["I4"].fill.start_color.rgb == marking.FILLS["query"]
    assert sheet["I4"].comment.text.count("C110") == 1
    boxes = parts(tmp_path / "再退回/甲镇" / path.name)
    assert sum(data.count(b'ObjectType="Note"') for name, data in boxes.items() if name.endswith(".vml")) == 4  # H3 has lost its result


@pytest.mark.parametrize(
    "change",
    [
        lambda name, data: data.replace(b"</xml>", b"") if name.endswith(".vml") else data,
        lambda name, data: data.replace(b"?>", b"?><!DOCTYPE a>", 1) if name == "xl/styles.xml" else data,
        lambda name, data: data[:-40] if name == "xl/comments1.xml" else data,
    ],
)
def test_what_cannot_be_changed_in_place_is_rebuilt_and_this_is_said(
    sent: Path, tmp_path: Path, change: Callable[[str, bytes], bytes]
) -> None:
    rewritten(sent / "甲镇/台账.xlsx", change)
    workbook = load_workbook(returned(sent, tmp_path / "退回"))
    assert "重新生成" in workbook["问题清单"]["A1"].value
    assert workbook["未持证"]["G4"].fill.start_color.rgb == marking.FILLS["error"]


def test_a_package_without_a_workbook_is_refused() -> None:
    stream = BytesIO()
    with ZipFile(stream, "w") as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
    with pytest.raises(Unfit):
        Package(stream.getvalue())
