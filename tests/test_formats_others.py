"""Reading xls, et, ods, HTML, SpreadsheetML 2003, Word tables, web archives and workbooks behind a password."""

from __future__ import annotations

import datetime as dt
import hashlib
import io
import struct
from pathlib import Path

import docx
import msoffcrypto.format.ooxml
import pytest
import xlsxwriter
import xlwt  # type: ignore[import-untyped]

from canju.model import ErrorValue, Merge, Uncalculated, Workbook
from canju.reading.formats.native import read_native
from canju.reading.limits import LIMITS
from made_files import cells, read, rules, sheet_xml, xlsx, zipped


def _xls() -> bytes:
    book = xlwt.Workbook()
    sheet = book.add_sheet("台账")
    sheet.write_merge(1, 1, 1, 3, "标题")
    for column, (value, code) in enumerate(
        [
            ("张三", "General"),
            (dt.date(2019, 9, 25), "yyyy-mm-dd"),
            (123, "000000"),
            (0.25, "0%"),
            (True, "General"),
            (13985412345.0, "General"),
        ]
    ):
        sheet.write(3, column, value, xlwt.easyxf(num_format_str=code))
    sheet.row(3).hidden = True
    sheet.col(2).hidden = True
    hidden = book.add_sheet("藏")
    hidden.visibility = 1
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


@pytest.mark.parametrize("name", ["a.xls", "a.et", "a.xlsx"])
def test_biff_workbooks_whatever_their_name(tmp_path: Path, name: str) -> None:
    book = read(tmp_path, _xls(), name)
    first, second = book.sheets
    assert first.rows == [[], [None, "标题"], [], ["张三", dt.date(2019, 9, 25), "000123", 0.25, True, 13985412345]]
    assert (first.merges, first.hidden_rows, first.hidden_columns) == ([Merge(2, 2, 2, 4)], frozenset({4}), frozenset({3}))
    assert first.formats == {(4, 4): "0%"}
    assert (first.hidden, second.hidden) == (False, True)
    assert rules(book) == (["F104"] if name == "a.xlsx" else [])


def test_a_truncated_xls_is_unreadable(tmp_path: Path) -> None:
    book = read(tmp_path, _xls()[:3000], "a.xls")
    assert (book.status, rules(book)) == ("unread", ["F101"])


def test_a_chart_of_its_own_is_no_table_to_the_second_reader() -> None:
    out = io.BytesIO()
    with xlsxwriter.Workbook(out) as made:
        made.add_worksheet("表").write(0, 0, 1)
        chart = made.add_chart({"type": "line"})
        chart.add_series({"values": "=表!$A$1:$A$2"})
        made.add_chartsheet("图").set_chart(chart)
    book = Workbook("a.xlsb")
    read_native(out.getvalue(), LIMITS, book)
    assert [(sheet.name, sheet.rows) for sheet in book.sheets] == [("表", [[1]])]


def _ods(table: str, styles: str = "") -> bytes:
    names = "".join(
        f' xmlns:{prefix}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"'
        for prefix, name in [("office", "office"), ("table", "table"), ("text", "text"), ("style", "style")]
    )
    content = (
        f"<office:document-content{names}><office:automatic-styles>{styles}</office:automatic-styles><office:body><office:spreadsheet>"
        f'<table:table table:name="表">{table}</table:table></office:spreadsheet></office:body></office:document-content>'
    )
    return zipped(
        {"mimetype": b"application/vnd.oasis.opendocument.spreadsheet", "content.xml": content.encode(), "META-INF/manifest.xml": b"<m/>"}
    )


def test_ods_repeats_spans_types_and_hidden_rows(tmp_path: Path) -> None:
    table = (
        '<table:table-row table:number-rows-repeated="2"><table:table-cell table:number-columns-repeated="16384"/></table:table-row>'
        '<table:table-row table:visibility="collapse"><table:table-cell table:number-columns-repeated="2" office:value-type="string"><text:p>甲'
        '<text:s text:c="2"/>乙</text:p><text:p>丙</text:p></table:table-cell><table:table-cell office:value-type="float" office:value="28"><text:p>0028</text:p>'
        '</table:table-cell><table:table-cell office:value-type="date" office:date-value="2019-09-25"><text:p>x</text:p></table:table-cell>'
        '<table:table-cell table:formula="of:=1/0" office:value-type="string" office:string-value=""><text:p>#DIV/0!</text:p></table:table-cell>'
        '<table:table-cell table:formula="of:=[.A1]"/><table:table-cell table:number-columns-spanned="2" office:value-type="boolean" '
        'office:boolean-value="true"><office:annotation><text:p>批注</text:p></office:annotation><text:p>TRUE</text:p></table:table-cell></table:table-row>'
        '<table:table-row table:number-rows-repeated="1048573"><table:table-cell/></table:table-row>'
    )
    sheet = read(tmp_path, _ods(table), "a.ods").sheets[0]
    row = ["甲  乙\n丙", "甲  乙\n丙", "0028", dt.date(2019, 9, 25), ErrorValue("#DIV/0!"), Uncalculated("[.A1]"), True]
    assert (sheet.rows, sheet.hidden_rows, sheet.merges) == ([[], [], row], frozenset({3}), [Merge(3, 7, 3, 8)])


def test_words_of_a_drawing_over_a_cell_are_not_the_cells(tmp_path: Path) -> None:
    shape = "<custom-shape><text:p>盖章处</text:p><g><rect><text:p>不要</text:p></rect></g></custom-shape>"
    table = (
        f'<table:table-row><table:table-cell>{shape}</table:table-cell><table:table-cell office:value-type="string">{shape}<text:p>张<text:span>三</text:span>'
        '</text:p></table:table-cell><table:table-cell office:value-type="string"><text:p>甲<frame><text-box><text:p>框</text:p></text-box></frame>乙</text:p>'
        "</table:table-cell></table:table-row>"
    )
    assert cells(tmp_path, _ods(table), "a.ods") == [[None, "张三", "甲乙"]]


def test_an_ods_formula_that_came_to_an_empty_text_was_calculated(tmp_path: Path) -> None:
    table = (
        '<table:table-row><table:table-cell table:formula="of:=IF([.B1]=&quot;&quot;;&quot;&quot;;1)"><text:p/></table:table-cell>'
        '<table:table-cell table:formula="of:=&quot;&quot;" office:value-type="string" office:string-value=""/>'
        '<table:table-cell table:formula="of:=[.A1]"/></table:table-row>'
    )
    assert cells(tmp_path, _ods(table), "a.ods") == [[None, None, Uncalculated("[.A1]")]]


def test_a_repeated_value_may_not_fill_the_memory(tmp_path: Path) -> None:
    cell = '<table:table-cell table:number-columns-repeated="16000" office:value-type="float" office:value="1"/>'
    book = read(tmp_path, _ods(f'<table:table-row table:number-rows-repeated="1000000">{cell}</table:table-row>'), "a.ods")
    assert (book.status, rules(book)) == ("unread", ["F103"])


def test_html_tables_lie_below_each_other_with_the_lines_between(tmp_path: Path) -> None:
    page = (
        '<html><head><meta charset="gb2312"><style>td{}</style></head><body><p>填报单位：某镇</p><table><tr><td colspan=2>标题&nbsp;</td></tr>'
        "<tr><th rowspan=2>村</th><td>张<br>三</td></tr><tr style='display:none'><td>李 \n 四</td></tr></table><div>说明</div><table><tr><td>1<td>2</table>"
    )
    book = read(tmp_path, page.encode("gb18030"), "a.xls")
    sheet = book.sheets[0]
    assert sheet.rows == [["填报单位：某镇"], ["标题"], ["村", "张\n三"], [None, "李 四"], ["说明"], ["1", "2"]]
    assert (sheet.name, sheet.merges, sheet.hidden_rows) == ("", [Merge(2, 1, 2, 2), Merge(3, 1, 4, 1)], frozenset({4}))
    assert (book.encoding, rules(book)) == ("gb18030", ["F104"])


def test_a_layout_table_around_the_data_doesn_t_hide_it(tmp_path: Path) -> None:
    page = "<html><table><tr><td><table><tr><td>a</td><td>b</td></tr></table></td></tr></table></html>"
    assert cells(tmp_path, page.encode(), "a.xls") == [["a", "b"]]


def test_a_page_without_table_is_no_spreadsheet(tmp_path: Path) -> None:
    assert rules(read(tmp_path, b"<html><body>login</body></html>", "a.xls")) == ["F104", "F101"]


def test_spreadsheetml_2003(tmp_path: Path) -> None:
    text = (
        '<?xml version="1.0"?><?mso-application progid="Excel.Sheet"?><Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet" '
        'xmlns:ss="urn:schemas-microsoft-com:office:spreadsheet"><Worksheet ss:Name="台账"><Table><Column ss:Index="2" ss:Hidden="1"/>'
        '<Row ss:Index="3" ss:Hidden="1"><Cell ss:Index="2" ss:MergeAcross="1"><Data ss:Type="String">张三</Data></Cell><Cell><Data ss:Type="Number">007</Data>'
        '</Cell><Cell><Data ss:Type="DateTime">2019-09-25T00:00:00.000</Data></Cell><Cell><Data ss:Type="Error">#N/A</Data></Cell>'
        '<Cell ss:Formula="=RC[-1]"/><Cell><Data ss:Type="Boolean">1</Data></Cell></Row></Table></Worksheet></Workbook>'
    )
    sheet = read(tmp_path, text.encode(), "a.xls").sheets[0]
    assert sheet.rows == [[], [], [None, "张三", None, 7, dt.date(2019, 9, 25), ErrorValue("#N/A"), Uncalculated("RC[-1]"), True]]
    assert (sheet.merges, sheet.hidden_rows, sheet.hidden_columns) == ([Merge(3, 2, 3, 3)], frozenset({3}), frozenset({2}))


def test_ticks_boxes_and_hyphens_of_a_word_paper_are_read(tmp_path: Path) -> None:
    """Symbols of a font, boxes to click on and hyphens that do not break are no text in the file, but the clerk sees them."""
    box = '<w:sdt><w:sdtPr><w14:checkbox><w14:checked w14:val="{}"/></w14:checkbox></w:sdtPr><w:sdtContent><w:r><w:t>{}</w:t></w:r></w:sdtContent></w:sdt>'
    old = '<w:r><w:fldChar w:fldCharType="begin"><w:ffData><w:checkBox><w:default w:val="0"/>{}</w:checkBox></w:ffData></w:fldChar></w:r>'
    cells_ = [
        "<w:r><w:t>0854</w:t><w:noBreakHyphen/><w:t>5631234</w:t></w:r>",
        '<w:r><w:sym w:font="Wingdings 2" w:char="F050"/></w:r>',
        '<w:r><w:sym w:font="Wingdings" w:char="F0FB"/></w:r>',
        box.format(1, "☒"),
        box.format(0, "☐"),
        old.format("<w:checked/>"),
        old.format(""),
        "<w:sdt><w:sdtPr/><w:sdtContent><w:r><w:t>文</w:t></w:r></w:sdtContent></w:sdt>",
    ]
    row = "".join(f"<w:tc><w:p>{cell}</w:p></w:tc>" for cell in cells_)
    main = (
        '<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" '
        f'xmlns:w14="http://schemas.microsoft.com/office/word/2010/wordml"><w:body><w:tbl><w:tr>{row}</w:tr></w:tbl></w:body></w:document>'
    )
    data = zipped({"[Content_Types].xml": b"<Types/>", "word/document.xml": main.encode()})
    assert cells(tmp_path, data, "a.docx") == [["0854-5631234", "✓", "✗", "☑", "☐", "☑", "☐", "文"]]


def test_a_spreadsheetml_table_may_begin_elsewhere(tmp_path: Path) -> None:
    text = (
        '<Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet" xmlns:ss="urn:schemas-microsoft-com:office:spreadsheet">'
        '<Worksheet ss:Name="台账"><Table ss:TopCell="3" ss:LeftCell="2"><Column ss:Index="2" ss:Hidden="1"/>'
        '<Row><Cell ss:MergeAcross="1"><Data ss:Type="String">标题</Data></Cell></Row>'
        '<Row ss:Index="3" ss:Hidden="1"><Cell ss:Index="2"><Data ss:Type="String">张三</Data></Cell><Cell><Data ss:Type="Number">1</Data></Cell></Row>'
        "</Table></Worksheet></Workbook>"
    )
    sheet = read(tmp_path, text.encode(), "a.xls").sheets[0]
    assert sheet.rows == [[], [], [None, "标题"], [], [None, None, "张三", 1]]
    assert (sheet.merges, sheet.hidden_rows, sheet.hidden_columns) == ([Merge(3, 2, 3, 3)], frozenset({5}), frozenset({3}))


def test_tables_of_a_word_paper(tmp_path: Path) -> None:
    paper = docx.Document()
    paper.add_paragraph("正文")
    table = paper.add_table(3, 2)
    table.cell(0, 0).merge(table.cell(0, 1)).text = "标题"
    table.cell(1, 0).merge(table.cell(2, 0)).text = "村"
    table.cell(1, 1).text, table.cell(2, 1).text = "张三", "李四"
    paper.add_table(1, 1).cell(0, 0).text = "二"
    out = io.BytesIO()
    paper.save(out)
    book = read(tmp_path, out.getvalue(), "a.docx")
    assert [(sheet.name, sheet.rows) for sheet in book.sheets] == [("表1", [["标题"], ["村", "张三"], [None, "李四"]]), ("表2", [["二"]])]
    assert book.sheets[0].merges == [Merge(1, 1, 1, 2), Merge(2, 1, 3, 1)]


def test_a_word_paper_without_table_is_skipped(tmp_path: Path) -> None:
    paper = docx.Document()
    paper.add_paragraph("正文")
    out = io.BytesIO()
    paper.save(out)
    assert rules(read(tmp_path, out.getvalue(), "a.docx")) == ["F105"]


def test_a_web_archive(tmp_path: Path) -> None:
    page = (
        b'MIME-Version: 1.0\r\nContent-Type: multipart/related; boundary="b"\r\n\r\n--b\r\nContent-Type: text/html; charset=utf-8\r\n\r\n'
    )
    assert cells(tmp_path, page + "<table><tr><td>张</td></tr></table>\r\n--b--\r\n".encode(), "a.mht") == [["张"]]


def test_a_password_opens_or_is_asked_for(tmp_path: Path) -> None:
    filler = {"xl/media/a.bin": hashlib.shake_128(b"filler").digest(9_000)}  # the library that locks it spoils very small files
    plain = xlsx(sheet_xml('<row r="1"><c r="A1"><v>1</v></c></row>'), extra=filler)
    out = io.BytesIO()
    msoffcrypto.format.ooxml.OOXMLFile(io.BytesIO(plain)).encrypt("秘密1", out)
    locked = out.getvalue()
    assert rules(read(tmp_path, locked)) == ["F102"]
    assert rules(read(tmp_path, locked, passwords=["错", "误"])) == ["F102"]
    book = read(tmp_path, locked, passwords=["错", "秘密1"])
    assert (book.status, book.sheets[0].rows, rules(book)) == ("read", [[1]], [])


def test_numbers_of_a_workbook_behind_another_extension(tmp_path: Path) -> None:
    book = read(tmp_path, xlsx(sheet_xml('<row r="1"><c r="A1"><v>1</v></c></row>')), "a.csv")
    assert (rules(book), book.format, book.sheets[0].rows) == (["F104"], "xlsx", [[1]])
    assert rules(read(tmp_path, b"\x00\x01\x02" * 50, "a.xls")) == ["F104", "F101"]


def _record(number: int, body: bytes = b"") -> bytes:
    """One record of a binary workbook."""
    told = bytes([number]) if number < 128 else bytes([number & 0x7F | 0x80, number >> 7])
    return told + bytes([len(body) & 0x7F | 0x80, len(body) >> 7]) + body


def _xlsb(*extra: bytes, rows: bytes = b"") -> bytes:
    wide = lambda text: struct.pack("<I", len(text)) + text.encode("utf-16-le")  # noqa: E731
    listed = _record(156, struct.pack("<II", 0, 1) + wide("rId1") + wide("台账"))
    main = _record(131) + _record(143) + listed + _record(144) + _record(132)
    sheet = (
        _record(129) + _record(148, struct.pack("<4I", 0, 3, 0, 3)) + _record(145) + rows + _record(146) + b"".join(extra) + _record(130)
    )
    document = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    relations = '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="{}/{}" Target="{}"/></Relationships>'
    return zipped(
        {
            "[Content_Types].xml": b'<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>',
            "_rels/.rels": relations.format(document, "officeDocument", "xl/workbook.bin").encode(),
            "xl/workbook.bin": main,
            "xl/_rels/workbook.bin.rels": relations.format(document, "worksheet", "worksheets/sheet1.bin").encode(),
            "xl/worksheets/sheet1.bin": sheet,
        }
    )


def _row_of(number: int, *cells_: bytes, hidden: bool = False) -> bytes:
    return _record(0, struct.pack("<IIHBBBI", number, 0, 300, 0, 0x10 if hidden else 0, 0, 0)) + b"".join(cells_)


def _cell_of(column: int, kind: int, body: bytes) -> bytes:
    return _record(kind, struct.pack("<II", column, 0) + body)


def test_a_binary_workbook_keeps_errors_merges_and_hidden_parts(tmp_path: Path) -> None:
    text = struct.pack("<I", 1) + "村".encode("utf-16-le")
    rows = (
        _row_of(0, _cell_of(0, 6, text), _cell_of(1, 3, b"\x17"))
        + _row_of(1, _cell_of(1, 5, struct.pack("<d", 2.5)), _cell_of(3, 11, b"\x2a" + bytes(14)), hidden=True)
        + _row_of(2, _cell_of(1, 5, struct.pack("<d", 7)))
    )
    merge = _record(177, struct.pack("<I", 1)) + _record(176, struct.pack("<4I", 0, 2, 0, 0)) + _record(178)
    columns = _record(60, struct.pack("<4IH", 1, 1, 2560, 0, 1))
    book = read(tmp_path, _xlsb(merge, columns, rows=rows), "a.xlsb")
    [sheet] = book.sheets
    assert sheet.rows == [["村", ErrorValue("#REF!")], [None, 2.5, None, ErrorValue("#N/A")], [None, 7]]
    assert (sheet.name, sheet.merges, sheet.hidden_rows, sheet.hidden_columns) == (
        "台账",
        [Merge(1, 1, 3, 1)],
        frozenset({2}),
        frozenset({2}),
    )
    assert (book.format, book.status, rules(book)) == ("xlsb", "read", [])


def test_a_binary_workbook_cut_short_is_damaged(tmp_path: Path) -> None:
    book = read(tmp_path, _xlsb(_record(176, b"\x01\x00")), "a.xlsb")
    assert (book.status, rules(book)) == ("unread", ["F101"])
