"""More hostile kinds, of packages, old workbooks, pages and text: variants that a reader may well stumble over."""

from __future__ import annotations

import base64
import io
import random
import struct
import zipfile
import zlib
from collections.abc import Iterator

from made_files import DOCUMENT, MAIN, XML, sheet_xml, xlsx, zipped

CELL = '<c r="A1" t="str"><v>姓名</v></c>'
ROW = f'<row r="1">{CELL}</row>'
READ = ("",)
DAMAGED, LIMIT, OTHER = ("F101",), ("F103",), ("F105",)
LAUGHS = "<!DOCTYPE x [<!ENTITY a0 'ha'>" + "".join(f"<!ENTITY a{n} '{f'&a{n - 1};' * 10}'>" for n in range(1, 9)) + "]>"
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
SPREADSHEET = "urn:schemas-microsoft-com:office:spreadsheet"
Kind = tuple[str, str, bytes, tuple[str, ...]]


def more() -> Iterator[Kind]:
    """Kind, name, bytes, and the rules of which one must speak ("" = it is read)."""
    yield from _zips()
    yield from _xml()
    yield from _cells()
    yield from _books()
    yield from _open_documents()
    yield from _papers()
    yield from _containers()
    yield from _records()
    yield from _pages()
    yield from _lines()


def _zips() -> Iterator[Kind]:
    good = xlsx(sheet_xml(ROW))
    many = zipped({"a.csv": bytes(9_000_000)})
    yield "zip of 130 zips of 9 MB of nothing", "a.zip", zipped({f"{n}.zip": many for n in range(130)}), LIMIT
    yield "one kernel under 500 names", "a.zip", _same_kernel(500, 1_000_000), ("F101", "F103")
    yield "quoted overlap", "a.zip", _quoted_overlap(250, 1_000_000), ("F101", "F103")
    yield "quoted overlap named xlsx", "a.xlsx", _quoted_overlap(250, 1_000_000), ("F101", "F103")
    yield "PDF and workbook at once", "a.xlsx", b"%PDF-1.7\n" + good, ("F105", "")
    yield "page and workbook at once", "a.xlsx", b"<html><table><tr><td>x</table>" + good, READ
    yield "program and workbook at once", "a.xlsx", b"MZ" + bytes(100) + good, OTHER
    yield "picture and workbook at once", "a.xlsx", b"GIF89a" + bytes(50) + good, OTHER
    yield "count of members that lies", "a.xlsx", _end(good, 8, struct.pack("<HH", 60_000, 60_000)), ("F101", "")
    yield "directory that begins behind the end", "a.xlsx", _end(good, 16, struct.pack("<I", 2**31)), DAMAGED
    yield "directory of 4 GB", "a.xlsx", _end(good, 12, struct.pack("<I", 2**32 - 2)), DAMAGED
    yield "second of two disks", "a.xlsx", _end(good, 4, struct.pack("<HH", 1, 1)), ("F101", "")
    yield "name that is a device", "a.zip", zipped({"CON.xlsx": good, "nul.csv": b"a,b\n1,2\n"}), READ
    yield (
        "names that differ in case alone",
        "a.zip",
        zipped({"A.csv": "姓名,村\n甲,乙\n".encode(), "a.csv": "姓名,村\n丙,丁\n".encode()}),
        READ,
    )
    yield "name that is empty", "a.zip", zipped({"": good, " ": good}), ("F101", "F106", "")
    yield "name of slashes", "a.zip", zipped({"//..//a.xlsx": good}), DAMAGED
    yield "pipe in a zip", "a.zip", _mode(0o010644), ("F105", "F101", "")
    yield "folder with bytes", "a.zip", zipped({"a/": b"x" * 100, "a/b.xlsx": good}), READ
    yield "workbook in the workbook", "a.xlsx", xlsx(sheet_xml(ROW), extra={"xl/embeddings/a.xlsx": good}), READ
    yield "members named alike but for the slash", "a.xlsx", xlsx(sheet_xml(ROW), extra={"xl\\worksheets\\sheet1.xml": b"<x/>"}), READ


def _xml() -> Iterator[Kind]:
    sheet = sheet_xml(ROW)
    evil = sheet.replace("<worksheet", LAUGHS + "<worksheet").replace("姓名", "&a8;")
    parts = "xl/worksheets/sheet1.xml"
    wide = evil.replace("UTF-8", "UTF-16").encode("utf-16")
    yield "entities in UTF-16", "a.xlsx", xlsx(sheet, extra={parts: wide}), DAMAGED
    yield "entities in the strings", "a.xlsx", xlsx(sheet, extra={"xl/sharedStrings.xml": f"{LAUGHS}<sst/>".encode()}), ("F101", "")
    yield "entities in the styles", "a.xlsx", xlsx(sheet, extra={"xl/styles.xml": f"{LAUGHS}<styleSheet/>".encode()}), ("F101", "")
    yield (
        "entities in the relations",
        "a.xlsx",
        xlsx(sheet, extra={"xl/_rels/workbook.xml.rels": f"{LAUGHS}<Relationships/>".encode()}),
        DAMAGED,
    )
    yield "sheet in UTF-32", "a.xlsx", xlsx(sheet, extra={parts: sheet.replace("UTF-8", "UTF-32").encode("utf-32")}), ("F101", "")
    yield "sheet in EBCDIC", "a.xlsx", xlsx(sheet, extra={parts: sheet.replace("姓名", "x").encode("cp037")}), DAMAGED
    deep = "<r>" * 300_000
    yield "strings nested 300,000 deep", "a.xlsx", xlsx(sheet, strings=f"<si>{deep}</si>"), ("F101", "F103", "")
    yield "tag of ten million signs", "a.xlsx", xlsx(f"<{'a' * 10_000_000}/>"), ("F101", "F103", "")
    yield "attribute of ten million signs", "a.xlsx", xlsx(sheet.replace("<row ", f'<row x="{_noise(10_000_000)}" ')), ("F101", "F103", "")
    yield (
        "100,000 attributes",
        "a.xlsx",
        xlsx(sheet.replace("<row ", "<row " + "".join(f'a{n}="" ' for n in range(100_000)))),
        ("F101", "F103", ""),
    )
    yield (
        "100,000 namespaces",
        "a.xlsx",
        xlsx(sheet.replace("<row ", "<row " + "".join(f'xmlns:a{n}="u" ' for n in range(100_000)))),
        ("F101", "F103", ""),
    )
    yield "comment and instructions without end", "a.xlsx", xlsx(sheet.replace("<row ", "<!--" + "x" * 1_000_000 + "<row ")), DAMAGED
    yield (
        "a million instructions",
        "a.xlsx",
        xlsx(sheet.replace("<row ", "".join(f"<?{_word(n)} {n}?>" for n in range(300_000)) + "<row ", 1)),
        READ,
    )
    yield "CDATA around everything", "a.xlsx", xlsx(sheet.replace("姓名", "<![CDATA[</v><x>]]>")), READ
    yield (
        "outside entity as parameter",
        "a.xlsx",
        xlsx(sheet.replace("<worksheet", '<!DOCTYPE x [<!ENTITY % e SYSTEM "http://127.0.0.1:9/x">%e;]><worksheet')),
        DAMAGED,
    )
    yield (
        "include of another file",
        "a.xlsx",
        xlsx(
            sheet.replace(
                CELL,
                '<c r="A1" t="inlineStr"><is><xi:include xmlns:xi="http://www.w3.org/2001/XInclude" href="/etc/passwd" parse="text"/></is></c>',
            )
        ),
        ("F101", ""),
    )
    yield (
        "style sheet instruction",
        "a.xlsx",
        xlsx(sheet.replace("<worksheet", '<?xml-stylesheet href="http://127.0.0.1:9/x.xsl" type="text/xsl"?><worksheet')),
        READ,
    )


def _cells() -> Iterator[Kind]:
    for kind, address in {
        "none": "",
        "A0": "A0",
        "with dollars": "$A$1",
        "in small letters": "a1",
        "minus": "A-1",
        "full-width": "Ａ１",
        "letters alone": "AAAA",
        "a range": "A1:B2",
    }.items():
        yield f"address {kind}", "a.xlsx", xlsx(sheet_xml(f'<row r="1"><c r="{address}" t="str"><v>姓名</v></c></row>')), ("F101", "")
    for kind, number in {"zero": "0", "minus one": "-1", "a fraction": "1.5", "a word": "x", "empty": ""}.items():
        yield f"row number {kind}", "a.xlsx", xlsx(sheet_xml(f'<row r="{number}">{CELL}</row>')), ("F101", "")
    yield "cells and rows without address", "a.xlsx", xlsx(sheet_xml("<row><c><v>1</v></c><c><v>2</v></c></row>" * 3)), READ
    yield "the same cell 100,000 times", "a.xlsx", xlsx(sheet_xml(f'<row r="1">{CELL * 100_000}</row>')), ("F101", "F103", "")
    yield (
        "cells from right to left",
        "a.xlsx",
        xlsx(sheet_xml('<row r="1"><c r="C1"><v>3</v></c><c r="B1"><v>2</v></c><c r="A1"><v>1</v></c></row>')),
        READ,
    )
    yield (
        "inline text of 30 MB",
        "a.xlsx",
        xlsx(sheet_xml(f'<row r="1"><c r="A1" t="inlineStr"><is><t>{_noise(30_000_000)}</t></is></c></row>')),
        LIMIT,
    )
    yield "value of 30 MB", "a.xlsx", xlsx(sheet_xml(f'<row r="1"><c r="A1"><v>{_noise(30_000_000)}</v></c></row>')), LIMIT
    yield "200,000 runs in one text", "a.xlsx", xlsx(sheet_xml(ROW), strings=f"<si>{'<r><t>a</t></r>' * 200_000}</si>"), ("F103", "")
    yield (
        "100,000 readings of signs",
        "a.xlsx",
        xlsx(sheet_xml(ROW), strings="<si><t>a</t>" + '<rPh sb="0" eb="1"><t>b</t></rPh>' * 100_000 + "</si>"),
        READ,
    )
    array = '<c r="A1"><f t="array" ref="A1:XFD1048576">1</f><v>1</v></c><c r="B1"><f t="shared" ref="B1:XFD1048576" si="0">A1</f></c>'
    yield "formula over every cell", "a.xlsx", xlsx(sheet_xml(f'<row r="1">{array}</row>')), READ
    yield "formula of a million signs", "a.xlsx", xlsx(sheet_xml(f'<row r="1"><c r="A1"><f>{"1+" * 500_000}1</f></c></row>')), ("F103", "")
    yield "call of another program", "a.xlsx", xlsx(sheet_xml('<row r="1"><c r="A1"><f>cmd|\'/c calc\'!A0</f><v>0</v></c></row>')), READ
    yield (
        "picture from a network path",
        "a.xlsx",
        xlsx(sheet_xml('<row r="1"><c r="A1" t="str"><f>IMAGE("\\\\127.0.0.1\\a")</f><v>x</v></c></row>')),
        READ,
    )
    for kind, one in {
        "boolean seven": '<c r="A1" t="b"><v>7</v></c>',
        "date that is no date": '<c r="A1" t="d"><v>2019-99-99T99</v></c>',
        "empty value": '<c r="A1"><v/></c>',
        "two values": '<c r="A1"><v>1</v><v>2</v></c>',
        "cell in a cell": f'<c r="A1">{CELL}</c>',
        "string number with a sign": '<c r="A1" t="s"><v>+0</v></c>',
        "string number of a thousand digits": f'<c r="A1" t="s"><v>{"9" * 1_000}</v></c>',
    }.items():
        yield kind, "a.xlsx", xlsx(sheet_xml(f'<row r="1">{one}</row>')), ("F101", "")
    yield (
        "500,000 hidden rows and columns",
        "a.xlsx",
        xlsx(
            sheet_xml(
                ROW + "".join(f'<row r="{n}" hidden="1"/>' for n in range(2, 500_000)),
                before="<cols>" + '<col min="1" max="16384" hidden="1"/>' * 5_000 + "</cols>",
            )
        ),
        READ,
    )
    yield (
        "300,000 merges of two cells",
        "a.xlsx",
        xlsx(sheet_xml(ROW, after="<mergeCells>" + "".join(f'<mergeCell ref="A{n}:B{n}"/>' for n in range(2, 300_000)) + "</mergeCells>")),
        ("F103", ""),
    )
    yield (
        "merges that are none",
        "a.xlsx",
        xlsx(
            sheet_xml(
                ROW, after='<mergeCells><mergeCell ref="B2:A1"/><mergeCell ref="A0:ZZZZ9"/><mergeCell ref=""/><mergeCell/></mergeCells>'
            )
        ),
        ("F101", ""),
    )
    yield (
        "200,000 links and validations",
        "a.xlsx",
        xlsx(
            sheet_xml(
                ROW,
                after='<dataValidations><dataValidation sqref="A1:XFD1048576"/></dataValidations>'
                "<hyperlinks>" + '<hyperlink ref="A1" location="x"/>' * 200_000 + "</hyperlinks>",
            )
        ),
        READ,
    )
    honest = "".join(f'<row r="{n}">' + "".join(f'<c r="{c}{n}"><v>{n}</v></c>' for c in "ABCDEFGHIJ") + "</row>" for n in range(1, 60_001))
    yield "60,000 rows of figures", "a.xlsx", xlsx(sheet_xml(honest)), READ


def _books() -> Iterator[Kind]:
    def book(inside: str, sheets: str = '<sheet name="a" sheetId="1" r:id="rId1"/>') -> bytes:
        text = f'{XML}<workbook xmlns="{MAIN}" xmlns:r="{DOCUMENT}">{inside}<sheets>{sheets}</sheets></workbook>'
        return xlsx(sheet_xml(ROW), extra={"xl/workbook.xml": text.encode()})

    rows = "".join(f'<row r="{n}"><c r="A{n}"><v>{n}</v></c></row>' for n in range(1, 20_001))
    again = "".join(f'<sheet name="s{n}" sheetId="{n}" r:id="rId1"/>' for n in range(900))
    text = f'{XML}<workbook xmlns="{MAIN}" xmlns:r="{DOCUMENT}"><sheets>{again}</sheets></workbook>'
    yield "900 sheets that are one part", "a.xlsx", xlsx(sheet_xml(rows), extra={"xl/workbook.xml": text.encode()}), DAMAGED
    yield (
        "300,000 names",
        "a.xlsx",
        book("<definedNames>" + "".join(f'<definedName name="n{n}">n{n + 1}</definedName>' for n in range(300_000)) + "</definedNames>"),
        READ,
    )
    yield "sheet whose name has 100,000 signs", "a.xlsx", book("", f'<sheet name="{"长" * 100_000}" sheetId="1" r:id="rId1"/>'), READ
    yield (
        "two sheets of one name",
        "a.xlsx",
        book("", '<sheet name="a" sheetId="1" r:id="rId1"/><sheet name="a" sheetId="1" r:id="rId1"/>'),
        DAMAGED,
    )
    yield "sheet without name", "a.xlsx", book("", '<sheet sheetId="1" r:id="rId1"/>'), ("F101", "")
    yield "sheet without part", "a.xlsx", book("", '<sheet name="a" sheetId="1"/>'), ("F101", "")
    yield (
        "sheet that is the workbook",
        "a.xlsx",
        xlsx(
            sheet_xml(ROW),
            extra={
                "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="{DOCUMENT}/worksheet" Target="workbook.xml"/></Relationships>'.encode()
            },
        ),
        ("F101", ""),
    )
    yield (
        "workbook that is its own relation",
        "a.xlsx",
        xlsx(
            sheet_xml(ROW),
            extra={
                "_rels/.rels": f'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="{DOCUMENT}/officeDocument" Target="_rels/.rels"/></Relationships>'.encode()
            },
        ),
        ("F101", ""),
    )
    yield (
        "300,000 styles",
        "a.xlsx",
        xlsx(sheet_xml(ROW), styles="<cellXfs>" + "".join(f'<xf numFmtId="{n}"/>' for n in range(300_000)) + "</cellXfs>"),
        READ,
    )
    yield (
        "100,000 number formats",
        "a.xlsx",
        xlsx(
            sheet_xml(ROW),
            styles="<numFmts>" + "".join(f'<numFmt numFmtId="{n}" formatCode="yyyy{n}"/>' for n in range(100_000)) + "</numFmts>",
        ),
        READ,
    )
    listed = '<comment ref="A1"><text><t>x</t></text></comment>' * 200_000
    comments = f'{XML}<comments xmlns="{MAIN}"><commentList>{listed}</commentList></comments>'
    yield "200,000 comments", "a.xlsx", xlsx(sheet_xml(ROW), extra={"xl/comments1.xml": comments.encode()}), READ
    away = b'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="x" Target="file://///127.0.0.1/share/a.xlsx" TargetMode="External"/></Relationships>'
    yield (
        "links to a network share",
        "a.xlsx",
        xlsx(
            sheet_xml(ROW),
            extra={"xl/externalLinks/externalLink1.xml": b"<externalLink/>", "xl/externalLinks/_rels/externalLink1.xml.rels": away},
        ),
        READ,
    )
    dde = f'<externalLink xmlns="{MAIN}"><ddeLink ddeService="cmd" ddeTopic="/c calc"/></externalLink>'
    yield (
        "DDE link, connections and controls",
        "a.xlsx",
        xlsx(
            sheet_xml(ROW),
            extra={
                "xl/externalLinks/externalLink1.xml": dde.encode(),
                "xl/connections.xml": b"<connections/>",
                "xl/activeX/activeX1.bin": OLE * 20,
                "customUI/customUI.xml": b"<customUI/>",
            },
        ),
        READ,
    )
    yield "macro sheet that opens by itself", "a.xlsm", xlsx(sheet_xml(ROW), extra={"xl/macrosheets/sheet1.xml": b"<macrosheet/>"}), READ
    yield (
        "binary workbook of noise",
        "a.xlsb",
        zipped({"xl/workbook.bin": random.Random(1).randbytes(5_000), "[Content_Types].xml": b"<x/>"}),
        DAMAGED,
    )
    yield (
        "binary workbook whose record is 4 GB",
        "a.xlsb",
        zipped({"xl/workbook.bin": b"\x83\x01\xff\xff\xff\x7f" * 10, "[Content_Types].xml": b"<x/>"}),
        DAMAGED,
    )
    yield (
        "binary workbook without sheets",
        "a.xlsb",
        zipped({"xl/workbook.bin": b"\x83\x01\x00\x84\x01\x00", "xl/_rels/workbook.bin.rels": b"<Relationships/>"}),
        ("F101", ""),
    )


def _open_documents() -> Iterator[Kind]:
    for kind, row, rules in (
        ("blank columns a billion times", '<table:table-row><table:table-cell table:number-columns-repeated="1000000000"/></table:table-row>', READ),
        ("blank rows a billion times", '<table:table-row table:number-rows-repeated="1000000000"><table:table-cell/></table:table-row>', READ),
        ("a value in a billion rows", '<table:table-row table:number-rows-repeated="99999999"><table:table-cell office:value-type="float" office:value="1"/></table:table-row>', ("F101", "F103")),
        ("a long text in a million rows", f'<table:table-row table:number-rows-repeated="1000000"><table:table-cell office:value-type="string"><text:p>{"长" * 5_000}</text:p></table:table-cell></table:table-row>', LIMIT),
        ("spans of a billion", '<table:table-row><table:table-cell table:number-columns-spanned="99999999" table:number-rows-spanned="99999999" office:value-type="string"><text:p>x</text:p></table:table-cell></table:table-row>', READ),
        ("repeats that are no numbers", '<table:table-row table:number-rows-repeated="-1"><table:table-cell table:number-columns-repeated="1e9" office:value-type="string"><text:p>x</text:p></table:table-cell></table:table-row>', READ),
        ("a text of a billion blanks", '<table:table-row><table:table-cell office:value-type="string"><text:p>x' + '<text:s text:c="99999999"/>' * 2_000 + "</text:p></table:table-cell></table:table-row>", ("F103", "")),
        ("tables in tables", "<table:table-row><table:table-cell>" + "<table:table><table:table-row><table:table-cell>" * 2_000 + "</table:table-cell></table:table-row></table:table>" * 2_000 + "</table:table-cell></table:table-row>", ("F101", "F103", "")),
        ("a day no calendar has", '<table:table-row><table:table-cell office:value-type="date" office:date-value="99999-99-99"/><table:table-cell office:value-type="time" office:time-value="PT999999999999H00M00S"/></table:table-row>', READ),
        ("a number that is none", '<table:table-row><table:table-cell office:value-type="float" office:value="NaN"/><table:table-cell office:value-type="float" office:value="1e999"/></table:table-row>', READ),
    ):  # fmt: skip
        yield f"ods with {kind}", "a.ods", _ods(row), rules
    yield (
        "flat document with entities",
        "a.fods",
        f'<?xml version="1.0"?>{LAUGHS}<office:document xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0"/>'.encode(),
        ("F101", "F105"),
    )
    yield (
        "ods of 60 MB of nothing",
        "a.ods",
        zipped({"mimetype": b"application/vnd.oasis.opendocument.spreadsheet", "content.xml": b" " * 60_000_000}),
        LIMIT,
    )
    yield "ods of 3,000 tables", "a.ods", _ods("</table:table><table:table>" * 3_000), LIMIT
    locked = {
        "mimetype": b"application/vnd.oasis.opendocument.spreadsheet",
        "content.xml": b"\x00\x01",
        "META-INF/manifest.xml": b"<manifest:encryption-data/>",
    }
    yield "ods behind a password", "a.ods", zipped(locked), ("F102",)


def _papers() -> Iterator[Kind]:
    def paper(body: str) -> bytes:
        text = f'<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body>{body}</w:body></w:document>'
        return zipped({"[Content_Types].xml": b"<x/>", "word/document.xml": text.encode()})

    cell = "<w:tc><w:p><w:r><w:t>x</w:t></w:r></w:p></w:tc>"
    deep = "<w:tbl><w:tr><w:tc>" * 3_000 + "</w:tc></w:tr></w:tbl>" * 3_000
    yield "paper with tables 3,000 deep", "a.docx", paper(deep), ("F101", "F103", "F105")
    yield (
        "paper with wrappings 20,000 deep",
        "a.docx",
        paper("<w:tbl>" + "<w:sdt>" * 20_000 + "</w:sdt>" * 20_000 + "</w:tbl>"),
        ("F101", "F103", "F105"),
    )
    wide = '<w:tc><w:tcPr><w:gridSpan w:val="999999999"/><w:vMerge/></w:tcPr><w:p/></w:tc>'
    yield (
        "paper with spans of a billion",
        "a.docx",
        paper(f"<w:tbl><w:tr>{wide * 5_000}{cell}</w:tr></w:tbl>"),
        ("F101", "F103", "F105", ""),
    )
    yield "paper with 20,000 tables", "a.docx", paper(f"<w:tbl><w:tr>{cell}</w:tr></w:tbl>" * 20_000), ("F103", "")


def _containers() -> Iterator[Kind]:
    free, end = b"\xff\xff\xff\xff", b"\xfe\xff\xff\xff"
    yield "OLE whose folder is a ring of sectors", "a.xls", _ole(fat={0: b"\xfd\xff\xff\xff", 1: struct.pack("<I", 1)}), ("F101", "F105")
    yield "OLE whose stream is a ring of sectors", "a.xls", _ole(fat={2: struct.pack("<I", 2)}), DAMAGED
    yield "OLE whose entry is its own brother", "a.xls", _ole(links=(1, 1, 1)), DAMAGED
    yield "OLE whose stream says it has 4 GB", "a.xls", _ole(size=2**32 - 1), DAMAGED
    yield "OLE whose stream lies outside", "a.xls", _ole(start=0x7FFFFFFF), DAMAGED
    yield "OLE whose small stream is a ring", "a.xls", _ole(size=100, mini=2), DAMAGED
    yield (
        "OLE with a billion sectors of sectors",
        "a.xls",
        _ole(header={0x48: struct.pack("<I", 10**9), 0x44: struct.pack("<I", 0)}),
        DAMAGED,
    )
    yield "OLE whose sectors have 2^65535 bytes", "a.xls", _ole(header={0x1E: b"\xff\xff"}), DAMAGED
    yield "OLE whose sectors have one byte", "a.xls", _ole(header={0x1E: b"\0\0"}), DAMAGED
    yield "OLE without a table of sectors", "a.xls", _ole(header={0x4C: free}), DAMAGED
    yield "OLE cut after its header", "a.xls", _ole()[:512], DAMAGED
    info = (
        struct.pack("<HHI", 4, 4, 0x40)
        + f'{LAUGHS}<encryption xmlns="http://schemas.microsoft.com/office/2006/encryption">&a8;</encryption>'.encode()
    )
    yield "encrypted, its description full of entities", "a.xlsx", _ole(name="EncryptionInfo", stream=info), ("F102",)
    yield "encrypted, with an empty description", "a.xlsx", _ole(name="EncryptedPackage", stream=b""), ("F102",)
    yield "encrypted, with noise", "a.xlsx", _ole(name="EncryptionInfo", stream=random.Random(2).randbytes(3_000)), ("F102",)
    _ = end


def _records() -> Iterator[Kind]:
    start, stop = struct.pack("<HHHHHHII", 0x809, 16, 0x600, 5, 0, 0, 0, 0x600), struct.pack("<HH", 0x0A, 0)

    def record(kind: int, data: bytes) -> bytes:
        return struct.pack("<HH", kind, len(data)) + data

    def sheet(*records: bytes) -> bytes:
        head = start + record(0x85, struct.pack("<IBBBB", 0, 0, 0, 1, 0) + b"a") + stop
        at = len(head)
        head = head.replace(
            record(0x85, struct.pack("<IBBBB", 0, 0, 0, 1, 0) + b"a"), record(0x85, struct.pack("<IBBBB", at, 0, 0, 1, 0) + b"a")
        )
        return head + struct.pack("<HHHHHHII", 0x809, 16, 0x600, 0x10, 0, 0, 0, 0x600) + b"".join(records) + stop

    yield "BIFF with four billion strings", "a.xls", start + record(0xFC, struct.pack("<II", 2**32 - 1, 2**32 - 1)) + stop, ("F101", "")
    yield (
        "BIFF whose sheet begins in itself",
        "a.xls",
        start + record(0x85, struct.pack("<IBBBB", 0, 0, 0, 1, 0) + b"a") + stop,
        ("F101", ""),
    )
    yield (
        "BIFF whose sheet lies outside",
        "a.xls",
        start + record(0x85, struct.pack("<IBBBB", 2**31, 0, 0, 1, 0) + b"a") + stop,
        ("F101", ""),
    )
    yield "BIFF with 100,000 continuations", "a.xls", start + record(0xFC, bytes(8)) + record(0x3C, b"\0") * 100_000 + stop, ("F101", "")
    yield "BIFF with 300,000 empty records", "a.xls", start + record(0x1234, b"") * 300_000 + stop, ("F101", "")
    yield (
        "BIFF with a lying dimension",
        "a.xls",
        sheet(record(0x200, struct.pack("<IIHHH", 0, 2**32 - 1, 0, 65535, 0)), record(0x203, struct.pack("<HHHd", 65535, 255, 0, 1.0))),
        ("F101", "F103", ""),
    )
    yield "BIFF with a cell in column 65,535", "a.xls", sheet(record(0x203, struct.pack("<HHHd", 1, 65535, 0, 1.0))), ("F101", "F103", "")
    yield "BIFF with a string that isn't there", "a.xls", sheet(record(0xFD, struct.pack("<HHHI", 0, 0, 0, 99_999))), ("F101", "")
    yield (
        "BIFF with a row of cells that ends early",
        "a.xls",
        sheet(record(0xBD, struct.pack("<HH", 0, 0) + b"\0" * 5 + struct.pack("<H", 65535))),
        ("F101", ""),
    )
    yield "BIFF with a formula cut off", "a.xls", sheet(record(0x06, struct.pack("<HHH", 0, 0, 0) + b"\0\0\0\0\0\0\xff\xff")), ("F101", "")
    yield "BIFF with an unknown code page", "a.xls", start + record(0x42, struct.pack("<H", 54_321)) + stop, ("F101", "")
    yield "BIFF behind a password", "a.xls", start + record(0x2F, bytes(4)) + stop, ("F102", "F101")
    yield "BIFF2 with a cell", "a.xls", b"\x09\x00\x04\x00\x02\x00\x10\x00" + record(0x04, b"\0\0\0\0\0\0\0\x01a") + stop, ("F101", "")
    yield (
        "BIFF with 100,000 merges",
        "a.xls",
        sheet(record(0x203, struct.pack("<HHHd", 0, 0, 0, 1.0)), *[record(0xE5, struct.pack("<HHHHH", 1, 0, 65535, 0, 255))] * 100_000),
        ("F101", ""),
    )


def _pages() -> Iterator[Kind]:
    yield "page with 200,000 nested tables", "a.xls", b"<html>" + b"<table>" * 200_000 + b"<tr><td>x", ("F101", "F103", "")
    yield "page with a million open tags", "a.xls", b"<html><table><tr><td>" + b"<b>" * 1_000_000, ("F101", "F103", "")
    yield "page with spans below zero", "a.xls", b"<table><tr><td colspan=-5 rowspan=0>x<td colspan=x>y<tr><td colspan=1e9>z</table>", READ
    yield "page with 20,000 spans of a thousand", "a.xls", b"<table>" + b"<tr><td colspan=1000 rowspan=1000>x" * 20_000, ("F103", "")
    yield "page with signs that are none", "a.xls", "<table><tr><td>&#x110000;&#0;&#xd800;&nosuch;姓名</table>".encode(), READ
    yield "page with an attribute of 10 MB", "a.xls", b"<table><tr><td x='" + b"a" * 10_000_000 + b"'>1</table>", ("F101", "F103", "")
    yield "page with a comment without end", "a.xls", b"<table><tr><td>1</table><!--" + b"x" * 1_000_000, LIMIT
    yield "page that says it is UTF-7", "a.xls", b'<html><meta charset="utf-7"><table><tr><td>+ADw-script+AD4-</table>', READ
    yield (
        "page that fetches",
        "a.xls",
        b'<html><meta http-equiv="refresh" content="0;url=http://127.0.0.1:9/"><link href="http://127.0.0.1:9/a.css"><table><tr><td><img src="http://127.0.0.1:9/a">1</table>',
        READ,
    )
    yield "page with 100,000 tables", "a.xls", b"<html>" + b"<table><tr><td>x</table>" * 100_000, ("F103", "")
    head = f'<?xml version="1.0"?><Workbook xmlns="{SPREADSHEET}" xmlns:ss="{SPREADSHEET}">'
    for kind, inside, rules in (
        ("merges of a billion", '<Worksheet ss:Name="a"><Table><Row><Cell ss:MergeAcross="999999999" ss:MergeDown="999999999"><Data>x</Data></Cell></Row></Table></Worksheet>', ("F101", "")),
        ("column a billion by prefix", '<Worksheet><Table><Row ss:Index="1000000000"><Cell ss:Index="1000000000"><Data>x</Data></Cell></Row></Table></Worksheet>', ("F101", "")),
        ("indexes that go back", '<Worksheet><Table><Row ss:Index="9"><Cell ss:Index="5"><Data>x</Data></Cell><Cell ss:Index="-3"><Data>y</Data></Cell></Row><Row ss:Index="2"><Cell><Data>z</Data></Cell></Row></Table></Worksheet>', ("F101", "")),
        ("rows that lie about their count", '<Worksheet><Table ss:ExpandedRowCount="4294967295" ss:ExpandedColumnCount="4294967295"><Row><Cell><Data>x</Data></Cell></Row></Table></Worksheet>', READ),
        ("5,000 sheets", "<Worksheet><Table/></Worksheet>" * 5_000, ("F103",)),
        ("a row spanned a billion times", '<Worksheet><Table><Row ss:Span="999999999"><Cell><Data>x</Data></Cell></Row><Row><Cell><Data>y</Data></Cell></Row></Table></Worksheet>', ("F101", "")),
    ):  # fmt: skip
        yield f"SpreadsheetML with {kind}", "a.xls", f"{head}{inside}</Workbook>".encode(), rules
    part = b"MIME-Version: 1.0\nContent-Type: multipart/related; boundary=b\n\n"
    yield (
        "mail of 20,000 nested parts",
        "a.mht",
        part + b"--b\nContent-Type: multipart/related; boundary=b\n\n" * 20_000,
        ("F101", "F103", "F105"),
    )
    yield (
        "mail whose base64 is none",
        "a.mht",
        part + b"--b\nContent-Type: text/html\nContent-Transfer-Encoding: base64\n\n%%%%\n--b--",
        ("F101", "F105"),
    )
    page = base64.b64encode(b"<table><tr><td>x</table>")
    yield (
        "mail with a page",
        "a.mht",
        part + b"--b\nContent-Type: text/html\nContent-Transfer-Encoding: base64\n\n" + page + b"\n--b--",
        READ,
    )


def _lines() -> Iterator[Kind]:
    lines = "姓名,村\n张三,观音村\n李四,高堡村\n"
    yield "text of zero bytes", "a.csv", bytes(100_000), ("F101", "F105", "F211")
    yield "a zero byte in a name", "a.csv", lines.replace("三", "\0三").encode(), ("F101", "F105", "F211", "")
    yield "UTF-32 text", "a.csv", lines.encode("utf-32"), ("F101", "F211", "")
    yield "UTF-16 text without a mark", "a.csv", lines.encode("utf-16-le"), ("F101", "F211", "")
    yield "UTF-16 text of high signs", "a.csv", ("𠮷" * 50_000 + "\n").encode("utf-16"), READ
    yield "lone surrogates in UTF-8", "a.csv", lines.replace("张", "\ud800").encode("utf-8", "surrogatepass"), ("F211", "")
    yield "GBK text that ends in half a sign", "a.csv", lines.encode("gb18030")[:-2], ("F211", "")
    yield (
        "text that changes its encoding",
        "a.csv",
        lines.encode() + lines.encode("gb18030") + lines.encode("utf-16"),
        ("F101", "F105", "F211", ""),
    )
    yield "returns alone as line ends", "a.csv", lines.replace("\n", "\r").encode(), READ
    yield "strange line ends", "a.csv", lines.replace("\n", "\u2028").encode(), READ
    yield "separator told in the first line", "a.csv", ("sep=;\n" + lines.replace(",", ";")).encode(), READ
    yield "a million short lines", "a.csv", b"a,b\n" * 1_000_000, ("F103", "")
    yield "six million empty lines", "a.csv", b"\n" * 6_000_000, ("F101", "F103", "")
    yield "one line of a million fields", "a.csv", (",".join(f"f{n}" for n in range(1_000_000)) + "\n").encode(), ("F103", "")
    yield "lines that grow", "a.csv", b"".join(b"x," * n + b"\n" for n in range(2_000)), READ
    yield "quotes in quotes", "a.csv", b'"' + b'""' * 1_000_000 + b'"\n', ("F103", "F210", "")
    yield "field of 5 MB", "a.csv", "姓名,村\n".encode() + b'"' + b"x" * 5_000_000 + b'",y\n', ("F103", "F210", "")
    yield "escapes of a terminal in the heading", "a.csv", b"\x1b]0;x\x07\x1b[2J,\x9b31m,\x1bP\n1,2,3\n", ("F101", "F105", "F211", "")
    yield "gz named csv", "a.csv", b"\x1f\x8b\x08" + zlib.compress(lines.encode()), OTHER
    yield "program text named csv", "a.csv", b"#!/bin/sh\nrm -rf /\n", READ


# --- making them ---------------------------------------------------------------------------------


def _noise(count: int) -> str:
    """Signs that don't pack well."""
    return base64.b64encode(random.Random(3).randbytes(count)).decode()[:count]


def _word(n: int) -> str:
    return "p" + "".join(chr(97 + int(digit)) for digit in str(n % 1_000))


def _end(data: bytes, offset: int, value: bytes) -> bytes:
    """The zip with a field of its end record changed."""
    at = data.rindex(b"PK\x05\x06") + offset
    return data[:at] + value + data[at + len(value) :]


def _mode(mode: int) -> bytes:
    info, out = zipfile.ZipInfo("a.csv"), io.BytesIO()
    info.external_attr = mode << 16
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr(info, "姓名,村\n甲,乙\n")
    return out.getvalue()


def _packed(data: bytes) -> bytes:
    made = zlib.compressobj(9, zlib.DEFLATED, -15)
    return made.compress(data) + made.flush()


def _local(name: bytes, crc: int, packed: int, size: int) -> bytes:
    return struct.pack("<IHHHHHIIIHH", 0x04034B50, 20, 0, 8, 0, 0x4F48, crc, packed, size, len(name), 0) + name


def _directory(entries: list[tuple[bytes, int, int, int, int]], at: int) -> bytes:
    """Central directory and end record of (name, crc, packed, size, offset)."""
    body = b"".join(
        struct.pack("<IHHHHHHIIIHHHHHII", 0x02014B50, 20, 20, 0, 8, 0, 0x4F48, crc, packed, size, len(name), 0, 0, 0, 0, 0, offset) + name
        for name, crc, packed, size, offset in entries
    )
    return body + struct.pack("<IHHHHIIH", 0x06054B50, 0, 0, len(entries), len(entries), len(body), at, 0)


def _same_kernel(count: int, size: int) -> bytes:
    """Many names for one packed body."""
    data = bytes(size)
    packed, crc = _packed(data), zlib.crc32(data)
    head = _local(b"000.csv", crc, len(packed), size)
    return head + packed + _directory([(f"{n:03}.csv".encode(), crc, len(packed), size, 0) for n in range(count)], len(head) + len(packed))


def _quoted_overlap(count: int, size: int) -> bytes:
    """Each member quotes the next one's header in a stored block and shares its body (Fifield, A better zip bomb, 2019)."""
    data = bytes(size)
    body, plain, members = _packed(data), data, []
    for n in reversed(range(count)):
        name = f"{n:03}.csv".encode()
        head = _local(name, zlib.crc32(plain), len(body), len(plain))
        members.append((name, zlib.crc32(plain), len(body), len(plain), len(body) + len(head)))
        body = struct.pack("<BHH", 0, len(head), len(head) ^ 0xFFFF) + head + body
        plain = head + plain
    body = body[5:]  # the outermost header is quoted by nobody
    entries = [(name, crc, packed, length, len(body) - from_end) for name, crc, packed, length, from_end in reversed(members)]
    return body + _directory(entries, len(body))


def _ods(rows: str) -> bytes:
    names = "".join(f' xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"' for name in ("office", "table", "text"))
    content = f"<office:document-content{names}><office:body><office:spreadsheet><table:table>{rows}</table:table></office:spreadsheet></office:body></office:document-content>"
    return zipped({"mimetype": b"application/vnd.oasis.opendocument.spreadsheet", "content.xml": content.encode()})


def _ole(
    name: str = "Workbook",
    stream: bytes = bytes(5_000),
    size: int | None = None,
    start: int = 2,
    mini: int | None = None,
    links: tuple[int, int, int] = (0xFFFFFFFF, 0xFFFFFFFF, 0xFFFFFFFF),
    fat: dict[int, bytes] | None = None,
    header: dict[int, bytes] | None = None,
) -> bytes:
    """A container with one stream: table of sectors in sector 0, folder in 1, the stream from 2 on."""
    body = stream + bytes(-len(stream) % 512) or bytes(512)
    count = len(body) // 512
    table = bytearray(b"\xff" * 512)
    chain = {
        0: b"\xfd\xff\xff\xff",
        1: b"\xfe\xff\xff\xff",
        **{2 + n: struct.pack("<I", 3 + n) for n in range(count - 1)},
        1 + count: b"\xfe\xff\xff\xff",
    }
    for at, value in {**chain, **(fat or {})}.items():
        table[4 * at : 4 * at + 4] = value
    length = max(len(stream), 4096) if size is None else size
    folder = (
        _entry("Root Entry", 5, (0xFFFFFFFF, 0xFFFFFFFF, 1), 2 if mini else 0xFFFFFFFE, 512 if mini else 0)
        + _entry(name, 2, links, start if mini is None else 0, length)
        + bytes(256)
    )
    head = bytearray(
        OLE
        + bytes(16)
        + struct.pack("<HHHHH", 0x3E, 3, 0xFFFE, 9, 6)
        + bytes(6)
        + struct.pack("<IIIIIIIIII", 0, 1, 1, 0, 4096, mini or 0xFFFFFFFE, int(bool(mini)), 0xFFFFFFFE, 0, 0)
        + b"\xff" * 432
    )
    for at, value in (header or {}).items():
        head[at : at + len(value)] = value
    return bytes(head) + bytes(table) + folder + body


def _entry(name: str, kind: int, links: tuple[int, int, int], start: int, size: int) -> bytes:
    wide = name.encode("utf-16-le") + b"\0\0"
    return wide.ljust(64, b"\0") + struct.pack("<HBBIII", len(wide), kind, 1, *links) + bytes(36) + struct.pack("<IQ", start, size)
