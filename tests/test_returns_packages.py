"""Marked packages stay whole: every part that another one names is there, and what a spreadsheet program would complain of is not."""

from __future__ import annotations

import datetime as dt
import io
import re
from collections.abc import Callable, Mapping
from pathlib import Path
from zipfile import ZipFile

import msoffcrypto.format.ooxml
import pytest
from openpyxl import load_workbook

from canju import pipeline
from canju.findings import Findings
from canju.model import Address, Finding, corner, letters
from canju.outputs.files import Written
from canju.outputs.returns import marking
from canju.outputs.returns.package import Package, of
from canju.sending import write_returns
from canju.workspace import Workspace
from tests.test_returns import returned
from tests.test_returns_in_place import parts, rewritten, rich

RELATION = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"


def marked(path: Path, *places: tuple[str, str]) -> Path:
    """The workbook with findings at these places."""
    package = Package(path.read_bytes())
    findings = []
    for sheet, cell in places:
        row, column = corner(cell)
        address = Address(path.name, sheet, row, letters(column))
        findings.append(Finding("C101", "必填", "error", address, "没有填写", {}, "请补填。", fingerprint=f"{sheet}{cell}"))
    marking.mark(package, Findings(findings))
    package.save(path)
    return path


def corrected(path: Path, *cells: tuple[str, str, str]) -> Path:
    package = Package(path.read_bytes())
    marking.correct(package, cells)
    package.save(path)
    return path


def with_parts(path: Path, types: Mapping[str, str], relations: Mapping[str, str], files: Mapping[str, bytes]) -> Path:
    """The package with parts more: `types` by part, and relations of the workbook, id to type and target."""

    def change(name: str, data: bytes) -> bytes:
        if name == "[Content_Types].xml":
            more = "".join(f'<Override PartName="/{part}" ContentType="{kind}"/>' for part, kind in types.items())
            return data.replace(b"</Types>", more.encode() + b"</Types>")
        if name == "xl/_rels/workbook.xml.rels":
            more = "".join(f'<Relationship Id="{mark}" {rest}/>' for mark, rest in relations.items())
            return data.replace(b"</Relationships>", more.encode() + b"</Relationships>")
        return data

    rewritten(path, change)
    with ZipFile(path, "a") as archive:
        for name, data in files.items():
            archive.writestr(name, data)
    return path


def of_workbook(kind: str, target: str) -> str:
    return f'Type="{kind}" Target="{target}"'


@pytest.fixture
def book(tmp_path: Path) -> Path:
    return rich(tmp_path / "台账.xlsx")


def chained(path: Path) -> Path:
    chain = b'<calcChain xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><c r="H3" i="1"/></calcChain>'
    kind = of_workbook(f"{RELATION}/calcChain", "calcChain.xml")
    return with_parts(path, {"xl/calcChain.xml": "a/calcChain+xml"}, {"rIdChain": kind}, {"xl/calcChain.xml": chain})


def test_a_repaired_copy_calculates_no_cell_that_holds_a_text_now(book: Path) -> None:
    after = parts(corrected(chained(book), ("未持证", "H3", "否")))
    assert "xl/calcChain.xml" not in after
    assert b"calcChain" not in after["xl/_rels/workbook.xml.rels"] + after["[Content_Types].xml"]
    assert load_workbook(book)["未持证"]["H3"].value == "否"


def test_a_marked_workbook_is_calculated_in_the_order_it_was(book: Path) -> None:
    assert "xl/calcChain.xml" in parts(marked(chained(book), ("未持证", "H3")))


def test_cells_keep_their_formulas_where_the_one_they_share_it_with_is_repaired(book: Path) -> None:
    def share(name: str, data: bytes) -> bytes:
        if name != "xl/worksheets/sheet2.xml":
            return data
        cells = '<c r="B1"><f t="shared" ref="B1:B3" si="0">A1*$A$2</f><v>2</v></c>', '<c r="B2"><f t="shared" si="0"/><v>4</v></c>'
        return re.sub(rb'(<c r="A1".*?</c>)(.*?<c r="A2".*?</c>)', rb"\1%b\2%b" % tuple(map(str.encode, cells)), data)

    corrected(rewritten(book, share), ("其他", "B1", "二"))
    sheet = load_workbook(book)["其他"]
    assert (sheet["B1"].value, sheet["B2"].value) == ("二", "=A2*$A$2")
    assert b'<f t="shared"' not in parts(book)["xl/worksheets/sheet2.xml"]


def test_a_repaired_copy_of_a_workbook_with_macros_is_one_without(book: Path) -> None:
    kind = of_workbook("http://schemas.microsoft.com/office/2006/relationships/vbaProject", "vbaProject.bin")
    with_parts(book, {"xl/vbaProject.bin": "application/vnd.ms-office.vbaProject"}, {"rIdMacro": kind}, {"xl/vbaProject.bin": b"macro"})
    enabled = "application/vnd.ms-excel.sheet.macroEnabled.main+xml"
    plain = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"
    rewritten(book, lambda name, data: data.replace(plain.encode(), enabled.encode()))
    after = parts(corrected(book, ("未持证", "C4", "李三")))
    assert "xl/vbaProject.bin" not in after
    assert enabled.encode() not in after["[Content_Types].xml"]


def test_a_sheet_of_macros_goes_and_the_names_of_the_others_follow_their_places(book: Path) -> None:
    sheet = b'<macrosheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData/></macrosheet>'
    kind = of_workbook("http://schemas.microsoft.com/office/2006/relationships/xlMacrosheet", "macrosheets/sheet1.xml")
    part = "xl/macrosheets/sheet1.xml"
    with_parts(book, {part: "application/vnd.ms-excel.macrosheet+xml"}, {"rIdMacro": kind}, {part: sheet})

    def second(name: str, data: bytes) -> bytes:
        """The sheet of macros between the other two."""
        if name != "xl/workbook.xml":
            return data
        data = data.replace(b'localSheetId="1"', b'localSheetId="2"')
        return data.replace(b'<sheet name="\xe5\x85\xb6', b'<sheet name="M" sheetId="9" r:id="rIdMacro"/><sheet name="\xe5\x85\xb6')

    workbook = load_workbook(marked(rewritten(book, second), ("其他", "A2")))
    assert workbook.sheetnames == ["问题清单", "未持证", "其他"]
    assert workbook["其他"].print_area == "'其他'!$A$1:$B$3"
    assert workbook["未持证"].print_title_rows == "$2:$2"
    assert "未能保留：宏" in workbook["问题清单"]["A1"].value
    assert part not in parts(book)


def test_what_speaks_of_the_file_as_it_was_goes(book: Path) -> None:
    kinds = {name: of_workbook(f"{RELATION}/{name}", f"{name}.xml") for name in ("revisionHeaders", "usernames")}
    with_parts(book, {f"xl/{name}.xml": f"a/{name}+xml" for name in kinds}, kinds, {f"xl/{name}.xml": b"<a/>" for name in kinds})
    origin = b'<Relationship Id="rIdSign" Type="http://schemas.openxmlformats.org/package/2006/relationships/digital-signature/origin" '
    origin += b'Target="_xmlsignatures/origin.sigs"/></Relationships>'
    rewritten(book, lambda name, data: data.replace(b"</Relationships>", origin) if name == "_rels/.rels" else data)
    with ZipFile(book, "a") as archive:
        archive.writestr("_xmlsignatures/origin.sigs", b"")
    after = parts(marked(book, ("其他", "A2")))
    assert not {"xl/revisionHeaders.xml", "xl/usernames.xml", "_xmlsignatures/origin.sigs"} & set(after)
    assert b"revisionHeaders" not in after["xl/_rels/workbook.xml.rels"] + after["[Content_Types].xml"]
    assert b"signature" not in after["_rels/.rels"]
    assert "未能保留：数字签名".encode() in after["xl/worksheets/canju.xml"]


def test_fills_that_are_not_in_the_file_but_reserved_are_not_taken_for_ours(book: Path) -> None:
    def bare(name: str, data: bytes) -> bytes:
        if name != "xl/styles.xml":
            return data
        return re.sub(rb"<fills.*?</fills>", b'<fills count="1"><fill><patternFill patternType="none"/></fill></fills>', data)

    fills = Package(marked(rewritten(book, bare), ("其他", "A2")).read_bytes()).tree("xl/styles.xml").find("{*}fills")
    assert [fill[0].get("patternType") for fill in fills][:3] == ["none", "gray125", "solid"]
    assert fills.get("count") == str(len(fills))


def test_relations_have_a_type_where_the_file_lists_each_of_them(book: Path) -> None:
    kind = "application/vnd.openxmlformats-package.relationships+xml"

    def listed(name: str, data: bytes) -> bytes:
        if name != "[Content_Types].xml":
            return data
        data = re.sub(rb'<Default Extension="rels"[^>]*/>', b"", data)
        more = "".join(f'<Override PartName="/{part}" ContentType="{kind}"/>' for part in ("_rels/.rels", "xl/_rels/workbook.xml.rels"))
        return data.replace(b"</Types>", more.encode() + b"</Types>")

    def without_drawings(name: str, data: bytes) -> bytes:
        return b"" if name == "xl/worksheets/_rels/sheet2.xml.rels" else data.replace(b'<drawing r:id="rId1"/>', b"")

    rewritten(rewritten(book, listed), without_drawings)
    types = Package(marked(book, ("其他", "A2")).read_bytes()).tree("[Content_Types].xml")
    assert "/xl/worksheets/_rels/sheet2.xml.rels" in {
        one.get("PartName") for one in of(types, "Override") if one.get("ContentType") == kind
    }


def test_a_sheet_that_the_town_had_open_last_is_not_chosen_along_with_the_list(book: Path) -> None:
    workbook = load_workbook(marked(book, ("其他", "A2")))
    workbook.active = 2
    for sheet in workbook:
        sheet.sheet_view.tabSelected = sheet.title == "其他"
    workbook.save(book)
    again = load_workbook(marked(book, ("未持证", "C4")))
    assert again.sheetnames == ["问题清单", "未持证", "其他"]
    assert [bool(sheet.sheet_view.tabSelected) for sheet in again] == [True, False, False]


def test_what_was_said_is_taken_back_where_libreoffice_has_saved_it_since(book: Path) -> None:
    """It leaves out who wrote a comment, and parts its words by their scripts."""

    def saved(name: str, data: bytes) -> bytes:
        if not name.startswith("xl/comments"):
            return data
        text = data.decode().replace("必改 C101", '必改 </t></r><r><t xml:space="preserve">C101').replace("――――", "――</t></r><r><t>――")
        return re.sub(
            "<authors>.*</authors>", "<authors><author> </author></authors>", text.replace('authorId="1"', 'authorId="0"')
        ).encode()

    rewritten(marked(book, ("未持证", "G4"), ("未持证", "C4")), saved)
    sheet = load_workbook(marked(book, ("未持证", "D4")))["未持证"]
    said = {cell.coordinate: cell.comment.text for row in sheet.iter_rows() for cell in row if cell.comment}
    assert {cell: text.strip() for cell, text in said.items() if cell != "D4"} == {"G4": "请补原因"}
    assert "C101" in said["D4"]
    assert b"".join(data for name, data in parts(book).items() if name.endswith(".vml")).count(b'ObjectType="Note"') == 2


def rows(path: Path) -> list[bytes]:
    """The rows of the first sheet as they stand in it."""
    return re.findall(rb"<row .*?</row>", parts(path)["xl/worksheets/sheet1.xml"], re.S)


def changed_rows(path: Path, change: Callable[[list[bytes]], list[bytes]], encoding: str = "UTF-8") -> Path:
    """The workbook with the rows of its first sheet changed."""
    before = b"".join(rows(path))

    def other(name: str, data: bytes) -> bytes:
        if name != "xl/worksheets/sheet1.xml":
            return data
        data = data.replace(before, b"".join(change(rows(path))))
        return data.decode().replace("UTF-8", encoding).encode(encoding)

    return rewritten(path, other)


def test_rows_without_marks_stay_byte_for_byte(book: Path) -> None:
    spaced = [row.replace(b' t="s"', b'  t = "s"') for row in rows(book)]
    changed_rows(book, lambda _: spaced)
    after = rows(marked(book, ("未持证", "C4"), ("未持证", "B9")))
    assert after[:3] == spaced[:3]
    assert b't = "s"' not in after[3]
    assert after[4].startswith(b'<row r="9"><c r="B9"')
    assert load_workbook(book)["未持证"]["E3"].value == load_workbook(rich(book.parent / "b.xlsx"))["未持证"]["E3"].value


@pytest.mark.parametrize(
    "change",
    [
        lambda rows: [*rows[:3], rows[3].replace(b'<c r="E4"', b'</row><row r="4"><c r="E4"')],  # a row in two
        lambda rows: [rows[0], b"<!-- </row> -->", *rows[1:]],
        lambda rows: [rows[0].replace(b"</row>", b'<c r="B1" t="inlineStr"><is><t><![CDATA[</row>]]></t></is></c></row>'), *rows[1:]],
        lambda rows: rows[::-1],
        lambda rows: [row.replace(b"<row ", b'<row xmlns:z="urn:z" z:a="1" ') for row in rows],
    ],
)
def test_no_cell_is_lost_where_rows_are_written_unusually(book: Path, change: Callable[[list[bytes]], list[bytes]]) -> None:
    def cells(path: Path) -> dict[str, object]:
        return {cell.coordinate: cell.value for row in load_workbook(path)["未持证"].iter_rows() for cell in row if cell.value}

    before = cells(changed_rows(book, change))
    assert before["I4"] == "1398541234"
    assert cells(marked(book, ("未持证", "C4"), ("未持证", "E3"))) == before


def test_a_sheet_in_another_encoding_keeps_its_words(book: Path) -> None:
    named = '<c r="A4" t="inlineStr"><is><t>乙镇</t></is></c>'.encode()
    changed_rows(book, lambda rows: [*rows[:3], re.sub(rb'<c r="A4".*?</c>', named, rows[3])], "GB18030")
    sheet = load_workbook(marked(book, ("未持证", "C3")))["未持证"]
    assert (sheet["A4"].value, sheet["C3"].fill.start_color.rgb) == ("乙镇", marking.FILLS["error"])


def test_a_sheet_of_the_town_that_is_named_like_ours_stays(tmp_path: Path) -> None:
    sent = rich(tmp_path / "报送/甲镇/台账.xlsx")
    workbook = load_workbook(sent)
    workbook["其他"].title = "问题清单"
    workbook.save(sent)
    again = load_workbook(returned(sent.parent.parent, tmp_path / "退回"))
    assert again.sheetnames == ["问题清单", "未持证", "问题清单_2"]
    assert [cell.value for cell in again["问题清单_2"]["A"]] == [1, 2, 3]
    assert again["未持证"]["G4"].fill.start_color.rgb == marking.FILLS["error"]


def test_a_list_without_its_heading_stays_and_its_marks_are_taken_back_all_the_same(tmp_path: Path) -> None:
    sent = rich(tmp_path / "报送/甲镇/台账.xlsx")
    workbook = load_workbook(returned(sent.parent.parent, tmp_path / "退回"))
    workbook["问题清单"].delete_rows(1, 2)
    workbook["未持证"]["G4"] = "外出务工"
    workbook.save(sent)
    again = load_workbook(returned(sent.parent.parent, tmp_path / "再退回"))
    assert again["未持证"]["G4"].fill.fill_type in (None, "none")
    assert again["未持证"]["I4"].comment.text.count("C110") == 1


def test_a_workbook_behind_a_password_is_marked_as_it_is(tmp_path: Path) -> None:
    plain, sent = rich(tmp_path / "a.xlsx"), tmp_path / "报送/甲镇/台账.xlsx"
    sent.parent.mkdir(parents=True)
    with io.BytesIO(plain.read_bytes()) as inside, sent.open("wb") as outside:
        msoffcrypto.format.ooxml.OOXMLFile(inside).encrypt("秘密1", outside)
    options = pipeline.Options(dt.date(2019, 12, 31), passwords=("秘密1",))
    written = Written()
    round_ = pipeline.validate([sent.parent.parent], Workspace(towns=["甲镇"]), options)
    write_returns(round_, round_.findings, tmp_path / "退回", written)
    made = tmp_path / "退回/甲镇/台账（退回修改）.xlsx"
    assert "xl/charts/chart1.xml" in parts(made)
    told = load_workbook(made)["问题清单"]["A1"].value
    assert "重新生成" not in told
    assert "设了密码" in told
