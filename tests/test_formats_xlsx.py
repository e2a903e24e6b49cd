"""Reading xlsx: every value exact, at its address, with what ready-made readers hide."""

from __future__ import annotations

import datetime as dt
import io
from pathlib import Path

import openpyxl
import pytest
import xlsxwriter
from hypothesis import given, settings
from hypothesis import strategies as st

from canju.model import ErrorValue, Merge, Raw, Uncalculated
from canju.reading.formats.xlsx_cells import SheetXml
from canju.reading.limits import LIMITS, Damaged, Limits
from made_files import DOCUMENT, MAIN, cells, formats, read, rules, sheet_xml, xlsx, zipped

TEXT = st.text(
    st.characters(codec="utf-8", exclude_categories=("Cs", "Cc"), exclude_characters="\ufffe\uffff") | st.sampled_from("张三<>&\"'\n\t _x"),
    max_size=12,
).filter(lambda text: text.strip() != "" and "_x" not in text)
VALUE = st.one_of(
    st.none(),
    TEXT,
    st.integers(-(10**14), 10**14),
    st.floats(-1e9, 1e9, allow_nan=False).map(lambda number: round(number, 4)),
    st.booleans(),
    st.dates(dt.date(1900, 3, 1), dt.date(2100, 1, 1)),
)
TABLE = st.lists(st.lists(VALUE, max_size=6), min_size=1, max_size=8)


def _blankless(rows: list[list[Raw]]) -> list[list[Raw]]:
    trimmed = [list(row) for row in rows]
    for row in trimmed:
        while row and row[-1] is None:
            row.pop()
    while trimmed and not trimmed[-1]:
        trimmed.pop()
    return trimmed


def _as_read(value: Raw) -> Raw:
    return int(value) if isinstance(value, float) and value == int(value) else value


@given(TABLE, st.sampled_from(["openpyxl", "xlsxwriter"]))
@settings(max_examples=60, deadline=None)
def test_what_a_writer_writes_is_what_is_read(tmp_path_factory: pytest.TempPathFactory, table: list[list[Raw]], writer: str) -> None:
    out = io.BytesIO()
    if writer == "openpyxl":
        book = openpyxl.Workbook()
        sheet = book.worksheets[0]
        for row, values in enumerate(table, 1):
            for column, value in enumerate(values, 1):
                cell = sheet.cell(row, column)
                cell.value = value  # type: ignore[assignment]
                if isinstance(value, str):
                    cell.data_type = "s"
        book.save(out)
    else:
        with xlsxwriter.Workbook(out, {"default_date_format": "yyyy-mm-dd", "in_memory": True}) as made:
            page = made.add_worksheet()
            for row, values in enumerate(table):
                for column, value in enumerate(values):
                    if isinstance(value, bool):
                        page.write_boolean(row, column, value)
                    elif isinstance(value, dt.date):
                        page.write_datetime(row, column, value)
                    elif isinstance(value, int | float):
                        page.write_number(row, column, value)
                    elif value is not None:
                        page.write_string(row, column, value)
    expected = _blankless([[_as_read(value) for value in row] for row in table])
    assert cells(tmp_path_factory.mktemp("x"), out.getvalue()) == expected


@given(TABLE)
@settings(max_examples=40, deadline=None)
def test_the_plain_way_and_the_parser_agree(table: list[list[Raw]]) -> None:
    out = io.BytesIO()
    book = openpyxl.Workbook()
    sheet = book.worksheets[0]
    for row, values in enumerate(table, 1):
        for column, value in enumerate(values, 1):
            cell = sheet.cell(row, column)
            cell.value = value  # type: ignore[assignment]
            if isinstance(value, str):
                cell.data_type = "s"
    book.save(out)
    import zipfile

    xml = zipfile.ZipFile(out).read("xl/worksheets/sheet1.xml")
    styles = ["General", "yyyy-mm-dd", "yyyy-mm-dd"]
    plain, _ = SheetXml([], styles, False, LIMITS).read("a", xml)
    reader = SheetXml([], styles, False, LIMITS)
    reader.read("a", xml.replace(b"<sheetData", b"<!-- --><sheetData"))
    assert reader.grid.rows == plain.rows


def test_error_cells_come_as_errors_even_unknown_ones(tmp_path: Path) -> None:
    rows = '<row r="1"><c r="A1" t="e"><v>#REF!</v></c><c r="B1" t="e"><v>#SPILL!</v></c><c r="C1"><v>1</v></c></row>'
    assert cells(tmp_path, xlsx(sheet_xml(rows))) == [[ErrorValue("#REF!"), ErrorValue("#SPILL!"), 1]]


def test_whole_numbers_keep_every_digit(tmp_path: Path) -> None:
    rows = (
        '<row r="1"><c r="A1"><v>522799199001011234</v></c><c r="B1"><v>5.2279919900101101E+17</v></c>'
        '<c r="C1"><v>13985412345</v></c><c r="D1"><v>3.0</v></c><c r="E1"><v>0.1</v></c></row>'
    )
    assert cells(tmp_path, xlsx(sheet_xml(rows))) == [[522799199001011234, 5.2279919900101101e17, 13985412345, 3, 0.1]]


def test_formats_make_zeros_dates_times_and_are_noted_otherwise(tmp_path: Path) -> None:
    codes = ("000000", 'yyyy"年"m"月"', "h:mm", "0.00%", "[h]:mm", "#,##0.00;[Red]-#,##0.00", "@", 'General"日"', "yyyy/m/d h:mm")
    values = (123, 43709, 0.5, 0.256, 1.5, 1200, 7, 3, 43733.5625)
    row = "".join(f'<c r="{"ABCDEFGHI"[n]}1" s="{n + 1}"><v>{value}</v></c>' for n, value in enumerate(values))
    book = read(tmp_path, xlsx(sheet_xml(f'<row r="1">{row}</row>'), styles=formats(*(code.replace('"', "&quot;") for code in codes))))
    expected = ["000123", dt.date(2019, 9, 1), dt.time(12), 0.256, dt.timedelta(hours=36), 1200, 7, 3, dt.datetime(2019, 9, 25, 13, 30)]
    assert book.sheets[0].rows == [expected]
    assert book.sheets[0].formats == {(1, 4): "0.00%", (1, 6): codes[5], (1, 8): 'General"日"'}


@pytest.mark.parametrize(
    ("identifier", "expected"),
    [(14, dt.date(2019, 9, 25)), (31, dt.date(2019, 9, 25)), (57, dt.date(2019, 9, 25)), (2, 43733), (49, 43733)],
)
def test_built_in_formats_of_east_asian_programs(tmp_path: Path, identifier: int, expected: Raw) -> None:
    styles = f'<cellXfs><xf numFmtId="0"/><xf numFmtId="{identifier}"/></cellXfs>'
    assert cells(tmp_path, xlsx(sheet_xml('<row r="1"><c r="A1" s="1"><v>43733</v></c></row>'), styles=styles)) == [[expected]]


def test_dates_may_count_from_1904(tmp_path: Path) -> None:
    data = xlsx(
        sheet_xml('<row r="1"><c r="A1" s="1"><v>42271</v></c></row>'), styles=formats("yyyy-mm-dd"), workbook='<workbookPr date1904="1"/>'
    )
    book = read(tmp_path, data)
    assert (book.date1904, book.sheets[0].rows) == (True, [[dt.date(2019, 9, 25)]])


def test_a_number_that_lost_digits_stays_a_number_whatever_its_format(tmp_path: Path) -> None:
    row = '<row r="1"><c r="A1" s="1"><v>5.2279919900101101E+17</v></c><c r="B1" s="1"><v>1234567890123450</v></c></row>'
    assert cells(tmp_path, xlsx(sheet_xml(row), styles=formats("0" * 18))) == [[5.2279919900101101e17, 1234567890123450]]


def test_a_number_no_date_can_have_stays_a_number(tmp_path: Path) -> None:
    data = xlsx(
        sheet_xml('<row r="1"><c r="A1" s="1"><v>20190925</v></c><c r="B1" s="1"><v>-3</v></c></row>'), styles=formats("yyyy-mm-dd")
    )
    assert cells(tmp_path, data) == [[20190925, -3]]


def test_formulas_without_stored_result(tmp_path: Path) -> None:
    row = (
        '<c r="A1"><f>SUM(B1:C1)</f></c><c r="B1"><f>1+1</f><v></v></c><c r="C1"><f>1+1</f><v>2</v></c>'
        '<c r="D1" t="str"><f>""</f><v></v></c><c r="E1" t="str"><f>A1&amp;"x"</f><v>是</v></c><c r="F1"><f t="shared" si="0"/></c>'
    )
    expected = [Uncalculated("SUM(B1:C1)"), Uncalculated("1+1"), 2, None, "是", Uncalculated("")]
    assert cells(tmp_path, xlsx(sheet_xml(f'<row r="1">{row}</row>'))) == [expected]


@pytest.mark.parametrize("empty", ["<v></v>", "<v/>", "<v />"])
@pytest.mark.parametrize("comment", ["", "<!-- read by events -->"])
def test_a_formula_that_came_to_an_empty_text_was_calculated(tmp_path: Path, empty: str, comment: str) -> None:
    row = f'{comment}<c r="A1" t="str"><f>IF(B1="","",B1)</f>{empty}</c><c r="B1" t="str"><f>A1</f></c><c r="C1"><f>A1</f>{empty}</c>'
    assert cells(tmp_path, xlsx(sheet_xml(f'<row r="1">{row}</row>'))) == [[None, Uncalculated("A1"), Uncalculated("A1")]]


@pytest.mark.parametrize(("code", "serial"), [("hh:mm:ss.000", 0.25), ("dd\\-mmm\\-yyyy\\ hh:mm:ss.00", 43733.25), ("mm:ss.0", 0.25)])
def test_parts_of_a_second_leave_a_time_a_time(tmp_path: Path, code: str, serial: float) -> None:
    expected = dt.time(6) if serial < 1 else dt.datetime(2019, 9, 25, 6)
    assert cells(tmp_path, xlsx(sheet_xml(f'<row r="1"><c r="A1" s="1"><v>{serial}</v></c></row>'), styles=formats(code))) == [[expected]]


def test_a_line_end_written_both_ways_is_one(tmp_path: Path) -> None:
    row = '<c r="A1" t="inlineStr"><is><t>甲_x000d_\r\n乙</t></is></c>'
    assert cells(tmp_path, xlsx(sheet_xml(f'<row r="1">{row}</row>'))) == [["甲\n乙"]]


def test_a_module_that_names_no_part_takes_no_sheets_place(tmp_path: Path) -> None:
    """Excel 5 modules are listed with an empty id and have no cells; a wrong id is a fault of its own sheet alone."""
    for identifier, status, faults in (("", "read", []), ("rId77", "partly", [("F101", "甲")])):
        listed = "".join(
            f'<sheet name="{name}" sheetId="{n}" r:id="{to}"/>'
            for n, (name, to) in enumerate((("甲", identifier), ("乙", "rId1"), ("丙", "rId2")))
        )
        main = f'<workbook xmlns="{MAIN}" xmlns:r="{DOCUMENT}"><sheets>{listed}</sheets></workbook>'
        sheets = (sheet_xml(f'<row r="1"><c r="A1"><v>{value}</v></c></row>') for value in (1, 2))
        book = read(tmp_path, xlsx(*sheets, extra={"xl/workbook.xml": main.encode()}))
        assert [(sheet.name, sheet.rows) for sheet in book.sheets] == [("乙", [[1]]), ("丙", [[2]])]
        assert (book.status, [(one.rule, one.sheet) for one in book.faults]) == (status, faults)


def test_strings_rich_phonetic_escaped(tmp_path: Path) -> None:
    strings = (
        "<si><r><t>残</t></r><r><rPr><b/></rPr><t>联</t></r></si><si><t>东京</t><rPh sb='0' eb='2'><t>トウキョウ</t></rPh></si>"
        '<si><t xml:space="preserve"> 前后 </t></si><si><t>a_x000D_b_x0041_</t></si><si/><si><t>&lt;&#24352;&#x4e09;&amp;</t></si>'
    )
    row = "".join(f'<c r="{"ABCDEF"[n]}1" t="s"><v>{n}</v></c>' for n in range(6))
    assert cells(tmp_path, xlsx(sheet_xml(f'<row r="1">{row}<c r="G1" t="b"><v>1</v></c></row>'), strings=strings)) == [
        ["残联", "东京", " 前后 ", "a\nbA", "", "<张三&", True]
    ]


def test_addresses_hold_whatever_the_dimension_says(tmp_path: Path) -> None:
    rows = '<row r="5"><c r="C5"><v>1</v></c><c r="E5"><v>2</v></c></row><row r="9"><c r="A9"><v>3</v></c></row>'
    grid = cells(tmp_path, xlsx(sheet_xml(rows, before='<dimension ref="A1:B2"/>')))
    assert grid == [[], [], [], [], [None, None, 1, None, 2], [], [], [], [3]]


def test_a_far_stray_cell_costs_nothing(tmp_path: Path) -> None:
    rows = '<row r="1"><c r="A1"><v>1</v></c></row><row r="1048576"><c r="XFD1048576"><v>2</v></c></row>'
    sheet = read(tmp_path, xlsx(sheet_xml(rows))).sheets[0]
    assert len(sheet.rows) == 1_048_576
    assert sheet.rows[-1][16_383] == 2
    assert sum(len(row) for row in sheet.rows) == 1 + 16_384


def test_formatted_empty_rows_are_no_rows(tmp_path: Path) -> None:
    empty = "".join(f'<row r="{n}" s="1" customFormat="1"><c r="A{n}" s="1"/></row>' for n in range(2, 5000))
    assert cells(tmp_path, xlsx(sheet_xml('<row r="1"><c r="A1"><v>1</v></c></row>' + empty))) == [[1]]


def test_hidden_parts_and_merges(tmp_path: Path) -> None:
    rows = (
        '<row r="1"><c r="A1"><v>1</v></c><c r="B1"><v>1</v></c></row><row r="2" hidden="1"><c r="A2"><v>2</v></c></row>'
        '<row r="3" hidden="1"/><row r="4"><c r="A4"><v>4</v></c></row>'
    )
    columns = '<cols><col min="2" max="2" width="9" hidden="1"/><col min="5" max="16384" hidden="1"/></cols>'
    merges = '<mergeCells count="3"><mergeCell ref="A1:B1"/><mergeCell ref="A4:A1048576"/><mergeCell ref="A9:B9"/></mergeCells>'
    book = read(tmp_path, xlsx(sheet_xml(rows, columns, merges), sheet_xml(""), states={2: 'state="veryHidden"'}))
    first, second = book.sheets
    assert (first.hidden_rows, first.hidden_columns) == (frozenset({2}), frozenset({2}))
    assert first.merges == [Merge(1, 1, 1, 2)]
    assert (first.hidden, second.hidden, second.rows) == (False, True, [])


def test_prefixes_comments_and_cells_without_addresses(tmp_path: Path) -> None:
    prefixed = (
        f'<x:worksheet xmlns:x="{MAIN}"><x:sheetData><x:row><x:c><x:v>1</x:v></x:c><x:c t="inlineStr"><x:is><x:t>a&amp;b</x:t></x:is></x:c>'
        '</x:row><x:row r="4"><x:c r="B4" t="e"><x:v>#N/A</x:v></x:c><x:c><x:f>A1</x:f></x:c></x:row></x:sheetData></x:worksheet>'
    )
    expected = [[1, "a&b"], [], [], [None, ErrorValue("#N/A"), Uncalculated("A1")]]
    assert cells(tmp_path, xlsx(prefixed)) == expected
    commented = sheet_xml('<row r="1"><!-- <c r="A1"><v>9</v></c> --><c r="A1"><v>1</v></c></row>')
    assert cells(tmp_path, xlsx(commented)) == [[1]]
    swapped = sheet_xml('<row r="1"><c t="str" r="A1"><v>x</v></c><c s="0" r="B1"><v>2</v></c></row>')
    assert cells(tmp_path, xlsx(swapped)) == [["x", 2]]


def test_a_cell_given_twice_is_a_dispute(tmp_path: Path) -> None:
    book = read(tmp_path, xlsx(sheet_xml('<row r="1"><c r="A1"><v>1</v></c><c r="A1"><v>2</v></c></row>')))
    assert (book.sheets[0].rows, book.sheets[0].disputes) == ([[2]], [(1, 1, "1", "2")])


def test_strict_workbooks_and_iso_dates(tmp_path: Path) -> None:
    strict = xlsx(
        sheet_xml('<row r="1"><c r="A1" t="d"><v>2019-09-25</v></c><c r="B1" t="s"><v>0</v></c></row>'), strings="<si><t>张三</t></si>"
    )
    import zipfile

    parts = {name: zipfile.ZipFile(io.BytesIO(strict)).read(name) for name in zipfile.ZipFile(io.BytesIO(strict)).namelist()}
    moved = {
        name: data.replace(b"http://schemas.openxmlformats.org/officeDocument/2006", b"http://purl.oclc.org/ooxml/officeDocument").replace(
            b"http://schemas.openxmlformats.org/spreadsheetml/2006/main", b"http://purl.oclc.org/ooxml/spreadsheetml/main"
        )
        for name, data in parts.items()
    }
    assert cells(tmp_path, zipped(moved)) == [[dt.date(2019, 9, 25), "张三"]]


def test_a_broken_sheet_leaves_the_others(tmp_path: Path) -> None:
    good, bad = sheet_xml('<row r="1"><c r="A1"><v>1</v></c></row>'), sheet_xml('<row r="1"><c r="A1"><v>1</v></row>')
    book = read(tmp_path, xlsx(good, bad))
    assert (book.status, [sheet.name for sheet in book.sheets]) == ("partly", ["Sheet1"])
    assert [(fault.rule, fault.sheet) for fault in book.faults] == [("F101", "Sheet2")]


def test_a_string_that_is_not_there_is_damage_not_a_blank(tmp_path: Path) -> None:
    book = read(tmp_path, xlsx(sheet_xml('<row r="1"><c r="A1" t="s"><v>7</v></c></row>'), strings="<si><t>a</t></si>"))
    assert (book.status, rules(book), book.sheets) == ("unread", ["F101"], [])


def test_a_doctype_is_refused(tmp_path: Path) -> None:
    evil = '<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "aaaa">]>' + sheet_xml('<row r="1"><c r="A1" t="str"><v>&a;</v></c></row>')[56:]
    assert rules(read(tmp_path, xlsx(evil))) == ["F101"]


@pytest.mark.parametrize(
    ("limits", "word"),
    [(Limits(cells=3), "3"), (Limits(sheets=1), "1"), (Limits(text=4), "4"), (Limits(grid=3), "3"), (Limits(characters=6), "6")],
)
def test_limits_are_named_with_their_figure(tmp_path: Path, limits: Limits, word: str) -> None:
    long = "长" * 5 if limits.text == 4 else "字" * 2001 if limits.characters == 6 else "ab"
    row = "".join(f'<c r="{column}1" t="s"><v>0</v></c>' for column in "ABCDE")
    book = read(tmp_path, xlsx(sheet_xml(f'<row r="1">{row}</row>'), sheet_xml(""), strings=f"<si><t>{long}</t></si>"), limits=limits)
    assert (book.status, rules(book)) == ("unread", ["F103"])
    assert word in book.faults[0].values["why"]


def test_utf_16_parts_are_read(tmp_path: Path) -> None:
    text = sheet_xml('<row r="1"><c r="A1" t="str"><v>张三</v></c></row>').replace("UTF-8", "UTF-16")
    data = xlsx(sheet_xml(""), extra={"xl/worksheets/sheet1.xml": text.encode("utf-16")})
    assert cells(tmp_path, data) == [["张三"]]


def test_stamp_from_hidden_sheet_and_properties(tmp_path: Path) -> None:
    stamp = sheet_xml('<row r="1"><c r="A1" t="str"><v>round</v></c><c r="B1" t="str"><v>2019-10</v></c></row>')
    properties = b'<Properties xmlns:vt="v"><property name="town"><vt:lpwstr>A</vt:lpwstr></property></Properties>'
    book = read(tmp_path, xlsx(sheet_xml(""), stamp, names={2: "_canju"}, extra={"docProps/custom.xml": properties}))
    assert dict(book.stamp) == {"round": "2019-10", "town": "A"}
    assert [sheet.name for sheet in book.sheets] == ["Sheet1"]


@pytest.mark.parametrize("index", ["-1", "2", "1.5", "x"])
@pytest.mark.parametrize("beside", ["", '<c r="B1"><v>1</v></c>', '<c r="B1" t="str"><v>a</v></c>'])
def test_a_string_that_is_not_there_is_no_other_string(index: str, beside: str) -> None:
    reader = SheetXml(["甲", "乙"], [], False, LIMITS)
    with pytest.raises(Damaged):
        reader.read("表", sheet_xml(f'<row r="1"><c r="A1" t="s"><v>{index}</v></c>{beside}</row>').encode())
