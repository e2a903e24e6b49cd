"""Hostile and broken files, made by script: over two hundred kinds, each with the rules that may speak about it.

`python tests/hostile.py FOLDER` writes them; `python tests/hostile.py` runs `canju validate` on each and prints the table
kind → exit code, sentence.
"""

from __future__ import annotations

import io
import json
import os
import stat
import struct
import subprocess
import sys
import tempfile
import warnings
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from hostile_more import more
from made_files import formats, sheet_xml, xlsx, zipped

CELL = '<c r="A1" t="str"><v>姓名</v></c>'
ROW = f'<row r="1">{CELL}</row>'
GOOD = xlsx(sheet_xml(ROW))
DOCTYPE = (
    '<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa">'
    + "".join(f'<!ENTITY {name} "{f"&{before};" * 10}">' for before, name in zip("abcdefgh", "bcdefghi", strict=True))
    + "]>"
)
READ = ("",)
"""Read, with or without notes."""


class Hostile(NamedTuple):
    """A kind of file: its name, its bytes, and the file faults one of which must speak ("" = it is read)."""

    kind: str
    name: str
    data: bytes
    rules: tuple[str, ...]


def _packages() -> Iterator[Hostile]:
    """Packages that are wrong as zips."""
    yield Hostile("sheet that unpacks to 60 MB of nothing", "a.xlsx", xlsx(sheet_xml(" " * 60_000_000)), ("F103",))
    yield Hostile("shared strings that unpack to 60 MB", "a.xlsx", xlsx(sheet_xml(ROW), strings=" " * 60_000_000), ("F103",))
    yield Hostile("bomb in a part nobody reads", "a.xlsx", xlsx(sheet_xml(ROW), extra={"xl/media/a.bin": bytes(60_000_000)}), ("F103",))
    yield Hostile("10,001 members", "a.xlsx", xlsx(sheet_xml(ROW), extra={f"x/{n}": b"" for n in range(10_001)}), ("F103",))
    yield Hostile("cut off", "a.xlsx", GOOD[:-200], ("F101",))
    yield Hostile("cut in the middle", "a.xlsx", GOOD[: len(GOOD) // 2], ("F101",))
    yield Hostile("first half zeros", "a.xlsx", b"PK\x03\x04" + bytes(len(GOOD) // 2) + GOOD[len(GOOD) // 2 :], ("F101",))
    yield Hostile("checksum wrong", "a.xlsx", _central(GOOD, "sheet1.xml", 16, struct.pack("<I", 7)), ("F101",))
    yield Hostile("says it is smaller", "a.xlsx", _central(GOOD, "sheet1.xml", 24, struct.pack("<I", 5)), ("F101",))
    yield Hostile("says it is larger", "a.xlsx", _central(GOOD, "sheet1.xml", 24, struct.pack("<I", 50_000)), ("F101",))
    yield Hostile("says it is 3 GB", "a.xlsx", _central(GOOD, "sheet1.xml", 24, struct.pack("<I", 3_000_000_000)), ("F103", "F101"))
    yield Hostile("unknown compression", "a.xlsx", _central(GOOD, "sheet1.xml", 10, struct.pack("<H", 98)), ("F101",))
    yield Hostile("part marked as locked", "a.xlsx", _central(GOOD, "sheet1.xml", 8, struct.pack("<H", 1)), ("F102", "F101"))
    yield Hostile("members overlap", "a.xlsx", _central(GOOD, "sheet1.xml", 42, struct.pack("<I", 0)), ("F101",))
    yield Hostile("double member", "a.xlsx", _twice(), ("F101",))
    yield Hostile("comment with a second zip", "a.xlsx", GOOD[:-2] + struct.pack("<H", 300) + b"PK\x05\x06" + bytes(296), ("F101", ""))
    yield Hostile("junk behind", "a.xlsx", GOOD + b"junk" * 100, READ)


def _parts() -> Iterator[Hostile]:
    """Packages whose parts are wrong."""
    evil = sheet_xml(ROW).replace("<worksheet", DOCTYPE + "<worksheet")
    outside = '<!DOCTYPE x SYSTEM "file:///etc/passwd">'
    yield Hostile("entities that multiply", "a.xlsx", xlsx(evil), ("F101",))
    yield Hostile(
        "entity from outside in the workbook part", "a.xlsx", _changed("xl/workbook.xml", "<workbook", outside + "<workbook"), ("F101",)
    )
    yield Hostile("no workbook part", "a.xlsx", _without("xl/workbook.xml"), ("F101", ""))
    yield Hostile("no content types", "a.xlsx", _without("[Content_Types].xml"), READ)
    yield Hostile("no relations", "a.xlsx", _without("xl/_rels/workbook.xml.rels"), READ)
    yield Hostile("no sheet part", "a.xlsx", _without("xl/worksheets/sheet1.xml"), ("F101",))
    yield Hostile("workbook part cut", "a.xlsx", _changed("xl/workbook.xml", "</sheets></workbook>", ""), ("F101",))
    yield Hostile("workbook part empty", "a.xlsx", xlsx(sheet_xml(ROW), extra={"xl/workbook.xml": b""}), ("F101",))
    yield Hostile(
        "sheet lies outside", "a.xlsx", _changed("xl/_rels/workbook.xml.rels", "worksheets/sheet1.xml", "../../../etc/passwd"), ("F101",)
    )
    external = 'Target="http://127.0.0.1:9/a" TargetMode="External"'
    yield Hostile(
        "sheet on the network", "a.xlsx", _changed("xl/_rels/workbook.xml.rels", 'Target="worksheets/sheet1.xml"', external), READ
    )
    many = "".join(f'<sheet name="s{n}" sheetId="{n}" r:id="rId1"/>' for n in range(2_000))
    yield Hostile("2,000 sheets", "a.xlsx", _changed("xl/workbook.xml", "<sheets>", "<sheets>" + many), ("F103",))
    yield Hostile("styles broken", "a.xlsx", xlsx(sheet_xml(ROW), styles="<cellXfs><xf"), READ)
    yield Hostile("nested 100,000 deep", "a.xlsx", xlsx(f"<a>{'<b>' * 100_000}{'</b>' * 100_000}</a>"), ("F101", ""))
    yield Hostile("UTF-7 declared", "a.xlsx", xlsx(sheet_xml(ROW).replace("UTF-8", "UTF-7")), ("F101", ""))
    yield Hostile("unknown encoding declared", "a.xlsx", xlsx(sheet_xml(ROW).replace("UTF-8", "x-no-such")), ("F101",))
    yield Hostile("bytes that are no UTF-8", "a.xlsx", _raw_sheet(sheet_xml(ROW).encode().replace("姓".encode(), b"\xff\xfe")), ("F101",))
    yield Hostile("zero bytes in the XML", "a.xlsx", _raw_sheet(sheet_xml(ROW).encode().replace(b"<v>", b"<v>\x00")), ("F101", ""))
    yield Hostile("sheet cut in a cell", "a.xlsx", _raw_sheet(sheet_xml(ROW).encode()[:-30]), ("F101",))


def _sheets() -> Iterator[Hostile]:
    """Well-formed sheets that lie or overwhelm."""
    far = '<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>'
    wide = "".join(f'<row r="{n}"><c r="XFD{n}"><v>1</v></c></row>' for n in range(2, 5_000))
    again = "".join(f'<row r="{n}"><c r="A{n}" t="s"><v>0</v></c></row>' for n in range(1, 30_001))
    empty = "".join(f'<row r="{n}" s="1"/>' for n in range(2, 400_001))
    everything = "<mergeCells>" + '<mergeCell ref="A1:XFD1048576"/>' * 50_000 + "</mergeCells>"
    yield Hostile("stray cell at the far corner", "a.xlsx", xlsx(sheet_xml(ROW + far)), READ)
    yield Hostile("5,000 cells in the last column", "a.xlsx", xlsx(sheet_xml(ROW + wide)), ("F103",))
    yield Hostile("one long string 30,000 times", "a.xlsx", xlsx(sheet_xml(again), strings=f"<si><t>{'长' * 32_000}</t></si>"), ("F103",))
    yield Hostile("text longer than Excel allows", "a.xlsx", xlsx(sheet_xml(ROW), strings=f"<si><t>{'长' * 40_000}</t></si>"), ("F103",))
    yield Hostile("400,000 formatted empty rows", "a.xlsx", xlsx(sheet_xml(ROW + empty)), READ)
    yield Hostile("50,000 merges over everything", "a.xlsx", xlsx(sheet_xml(ROW, after=everything)), READ)
    yield Hostile(
        "a lying count of strings", "a.xlsx", _changed("xl/sharedStrings.xml", "<sst", '<sst uniqueCount="4294967295"', "<si/>"), READ
    )
    yield Hostile("a lying dimension", "a.xlsx", xlsx(sheet_xml(ROW, before='<dimension ref="A1:XFD1048576"/>')), READ)
    yield Hostile(
        "rows backwards", "a.xlsx", xlsx(sheet_xml('<row r="9"><c r="A9"><v>1</v></c></row><row r="2"><c r="A2"><v>2</v></c></row>')), READ
    )
    yield Hostile("the same row twice", "a.xlsx", xlsx(sheet_xml(ROW + ROW)), READ)
    for kind, cell in {
        "column beyond XFD": '<c r="XFE1"><v>1</v></c>',
        "row beyond the last": '<c r="A1048577"><v>1</v></c>',
        "row number of twelve digits": '<c r="A999999999999"><v>1</v></c>',
        "address that is none": '<c r="1A"><v>1</v></c>',
        "string number negative": '<c r="A1" t="s"><v>-1</v></c>',
        "string number no number": '<c r="A1" t="s"><v>x</v></c>',
        "string that isn't there": '<c r="A1" t="s"><v>99999999</v></c>',
        "unknown cell type": '<c r="A1" t="zz"><v>1</v></c>',
        "style that isn't there": '<c r="A1" s="99999999"><v>1</v></c>',
        "style negative": '<c r="A1" s="-1"><v>1</v></c>',
    }.items():
        yield Hostile(kind, "a.xlsx", xlsx(sheet_xml(f'<row r="1">{cell}</row>')), ("F101", ""))
    for kind, value in {"not a number": "NaN", "infinite": "1e999", "with underscores": "1_000", "of 5,000 digits": "9" * 5_000}.items():
        yield Hostile(f"number {kind}", "a.xlsx", xlsx(sheet_xml(f'<row r="1"><c r="A1"><v>{value}</v></c></row>')), READ)
    yield Hostile("error nobody knows", "a.xlsx", xlsx(sheet_xml('<row r="1"><c r="A1" t="e"><v>#SPILL!</v></c></row>')), READ)
    dated = '<row r="1"><c r="A1" s="1"><v>1e300</v></c><c r="B1" s="1"><v>-5</v></c><c r="C1" s="1"><v>2958465.99999999</v></c></row>'
    yield Hostile("dates no calendar has", "a.xlsx", xlsx(sheet_xml(dated), styles=formats("yyyy-mm-dd")), READ)
    yield Hostile("number format of 200,000 signs", "a.xlsx", xlsx(sheet_xml(dated), styles=formats("[" * 100_000 + "m" * 100_000)), READ)
    for kind, text in {
        "live formula": "=cmd|'/c calc'!A0",
        "direction and zero-width signs": "\u202e\u200b\ufeff姓\u2066名",
        "terminal escapes": "\\x1b[2J[red]x[/red]",
        "half a surrogate pair": "&#xD800;x",
        "Excel escapes": "_x0000__xD800__x001B_",
    }.items():
        yield Hostile(f"cell with {kind}", "a.xlsx", xlsx(sheet_xml(f'<row r="1"><c r="A1" t="str"><v>{text}</v></c></row>')), ("F101", ""))
    yield Hostile("sheet name of signs", "a.xlsx", xlsx(sheet_xml(ROW), names={1: "../&#x202e;[x]&lt;b&gt;"}), READ)
    yield Hostile("macros", "a.xlsm", xlsx(sheet_xml(ROW), extra={"xl/vbaProject.bin": b"\xd0\xcf\x11\xe0" * 50}), READ)


def _others() -> Iterator[Hostile]:
    """Other formats."""
    ole = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
    yield Hostile("OLE signature and noise", "a.xls", ole + bytes(range(256)) * 20, ("F101",))
    yield Hostile(
        "OLE whose chain of sectors is a ring",
        "a.xls",
        ole + bytes(22) + struct.pack("<HHH", 3, 0xFFFE, 9) + bytes(8) + b"\x00" * 2_000,
        ("F101",),
    )
    yield Hostile("BIFF header alone", "a.xls", b"\x09\x08\x10\x00\x00\x06\x05\x00" + bytes(12), ("F101", ""))
    yield Hostile(
        "BIFF record longer than the file", "a.xls", b"\x09\x08\x08\x00\x00\x06\x10\x00" + bytes(4) + b"\xfc\x00\xff\xff", ("F101", "")
    )
    yield Hostile("page with 5,000 nested tables", "a.xls", b"<html>" + b"<table><tr><td>" * 5_000 + b"x", READ)
    yield Hostile("page with spans of millions", "a.xls", b"<table><tr><td colspan=99999 rowspan=99999999>x<td>y<tr><td>z</table>", READ)
    yield Hostile("page with scripts", "a.xls", b"<html><script>document.write('<table>')</script><table><tr><td>1</table>", READ)
    yield Hostile("page with no table", "a.xls", b"<html><body>" + b"x" * 1000, ("F101",))
    yield Hostile(
        "SpreadsheetML with a DOCTYPE",
        "a.xls",
        ('<?xml version="1.0"?>' + DOCTYPE + '<Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet"/>').encode(),
        ("F101",),
    )
    yield Hostile("SpreadsheetML at column a billion", "a.xls", (
        b'<?xml version="1.0"?><Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet"><Worksheet><Table><Row Index="99999999">'
        b'<Cell Index="99999999"><Data>x</Data></Cell></Row></Table></Worksheet></Workbook>'), ("F101", ""))  # fmt: skip
    yield Hostile(
        "ods that repeats a cell 16 billion times",
        "a.ods",
        _ods(
            '<table:table-row table:number-rows-repeated="1000000"><table:table-cell table:number-columns-repeated="16000" office:value-type="float" '
            'office:value="1"/></table:table-row>'
        ),
        ("F103",),
    )
    yield Hostile(
        "ods with a DOCTYPE",
        "a.ods",
        zipped({"mimetype": b"application/vnd.oasis.opendocument.spreadsheet", "content.xml": DOCTYPE.encode()}),
        ("F101",),
    )
    yield Hostile("ods without content", "a.ods", zipped({"mimetype": b"application/vnd.oasis.opendocument.spreadsheet"}), ("F101",))
    yield Hostile(
        "docx with a DOCTYPE",
        "a.docx",
        zipped({"[Content_Types].xml": b"<x/>", "word/document.xml": (DOCTYPE + "<x/>").encode()}),
        ("F101",),
    )
    yield Hostile("pdf named xlsx", "a.xlsx", b"%PDF-1.7\n" + bytes(100), ("F105",))
    yield Hostile("program named xls", "a.xls", b"MZ\x90\x00" + bytes(500), ("F105",))
    yield Hostile("noise named xlsx", "a.xlsx", bytes((n * 7919) % 251 for n in range(5_000)), ("F101",))


def _texts() -> Iterator[Hostile]:
    """Text files."""
    lines = "姓名,村\n张三,观音村\n李四,高堡村\n王五,高堡村\n"
    yield Hostile("unclosed quote", "a.csv", lines.replace("张", '"张').encode(), ("F210",))
    yield Hostile("bytes of no encoding", "a.csv", lines.encode("gb18030").replace("观".encode("gb18030"), b"\xff\x80"), ("F211",))
    yield Hostile("UTF-16 with half a sign", "a.csv", lines.encode("utf-16")[:-1], ("F211",))
    yield Hostile("a mark and nothing else", "a.csv", b"\xef\xbb\xbf", READ)
    yield Hostile("one line of 11 million signs", "a.csv", b"a" * 11_000_000, ("F103",))
    yield Hostile("one line of 2 million commas", "a.csv", b"," * 2_000_000, READ)
    yield Hostile("200,000 quotes", "a.csv", b'"' * 200_000, READ)
    yield Hostile("100,000 lines that open a quote", "a.csv", b'a,"b\n' * 100_000, ("F210",))
    yield Hostile("zero bytes between", "a.csv", b"a\x00,b\n\x00\x00,c\n" * 30, ("F101", "F211", ""))
    yield Hostile("formulas and escapes", "a.csv", b"=cmd|'/c calc'!A0,\x1b[31mred,@SUM(1),+1,-1\n", READ)
    yield Hostile("nothing at all", "a.csv", b"", ("F101",))


def _zips() -> Iterator[Hostile]:
    """Archives."""
    deep = zipped({"a.xlsx": GOOD})
    for _ in range(8):
        deep = zipped({"a.zip": deep})
    yield Hostile("zips in zips, nine deep", "a.zip", deep, ("F103",))
    yield Hostile("name that leads out", "a.zip", zipped({"../../a.xlsx": GOOD}), ("F101",))
    yield Hostile("absolute name", "a.zip", zipped({"/etc/cron.d/a.xlsx": GOOD}), ("F101",))
    yield Hostile("name with a drive", "a.zip", zipped({"C:\\a.xlsx": GOOD}), ("F101",))
    yield Hostile("name with a line break", "a.zip", zipped({"a\nb\u202e.xlsx": GOOD}), READ)
    yield Hostile("name of 30,000 signs", "a.zip", zipped({"长" * 10_000 + ".xlsx": GOOD}), READ)
    yield Hostile("empty zip", "a.zip", b"PK\x05\x06" + bytes(18), ("F101",))
    yield Hostile("zip of a bomb", "a.zip", zipped({"a.csv": bytes(60_000_000)}), ("F103",))
    yield Hostile("link in a zip", "a.zip", _link(), ("F105",))
    yield Hostile("rar", "a.rar", b"Rar!\x1a\x07\x01\x00" + bytes(50), ("F105",))


def corpus() -> list[Hostile]:
    """All kinds that are bytes."""
    return [*_packages(), *_parts(), *_sheets(), *_others(), *_texts(), *_zips(), *(Hostile(*one) for one in more())]


def oddities(folder: Path) -> dict[str, tuple[str, ...]]:
    """Odd things in place of files, made in `folder`: name → the rules that may speak (Unix)."""
    os.mkfifo(folder / "管道.xlsx")
    (folder / "循环.xlsx").symlink_to("循环.xlsx")
    (folder / "设备.xlsx").symlink_to("/dev/zero")
    (folder / "圈").symlink_to(folder, target_is_directory=True)
    (folder / "夹.xlsx").mkdir()
    (folder / "~$锁.xlsx").write_bytes(b"x")
    return {"管道.xlsx": ("F101",), "循环.xlsx": ("F101",), "设备.xlsx": ("F101",), "圈": ("F105",), "~$锁.xlsx": ("F105",)}


# --- making them ---------------------------------------------------------------------------------


def _central(data: bytes, name: str, offset: int, value: bytes) -> bytes:
    """The zip with a field of one member's entry in the central directory changed."""
    at = data.index(b"PK\x01\x02")
    while not data[at + 46 : at + 46 + struct.unpack_from("<H", data, at + 28)[0]].endswith(name.encode()):
        at = data.index(b"PK\x01\x02", at + 4)
    return data[: at + offset] + value + data[at + offset + len(value) :]


def _members(data: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def _changed(part: str, old: str, new: str, strings: str = "") -> bytes:
    members = _members(xlsx(sheet_xml(ROW), strings=strings))
    return zipped({**members, part: members[part].replace(old.encode(), new.encode(), 1)})


def _without(part: str) -> bytes:
    return zipped({name: data for name, data in _members(GOOD).items() if name != part})


def _raw_sheet(data: bytes) -> bytes:
    return zipped({**_members(GOOD), "xl/worksheets/sheet1.xml": data})


def _twice() -> bytes:
    out = io.BytesIO()
    with warnings.catch_warnings(), zipfile.ZipFile(out, "w") as archive:
        warnings.simplefilter("ignore")
        for name, data in [*_members(GOOD).items(), ("xl/worksheets/sheet1.xml", sheet_xml("").encode())]:
            archive.writestr(name, data)
    return out.getvalue()


def _link() -> bytes:
    info = zipfile.ZipInfo("a.xlsx")
    info.external_attr = (stat.S_IFLNK | 0o777) << 16
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr(info, "/etc/passwd")
    return out.getvalue()


def _ods(rows: str) -> bytes:
    names = "".join(f' xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"' for name in ("office", "table", "text"))
    content = f"<office:document-content{names}><office:body><office:spreadsheet><table:table>{rows}</table:table></office:spreadsheet></office:body></office:document-content>"
    return zipped({"mimetype": b"application/vnd.oasis.opendocument.spreadsheet", "content.xml": content.encode()})


# --- the table -----------------------------------------------------------------------------------


def table(command: str) -> Iterator[tuple[str, int, str]]:
    """Kind, exit code and sentence of `command validate` on each file."""
    with tempfile.TemporaryDirectory() as temporary:
        for number, one in enumerate(corpus()):
            folder = Path(temporary) / str(number)
            folder.mkdir()
            (folder / one.name).write_bytes(one.data)
            done = subprocess.run([command, "validate", str(folder), "--format", "json"], capture_output=True, timeout=120, check=False)
            found = json.loads(done.stdout or b"{}").get("findings", [])
            yield one.kind, done.returncode, "; ".join(f"{item['rule']} {item['message']}" for item in found[:2]) or "（已读取）"


def main(arguments: list[str]) -> None:
    """Write the corpus into a folder, or print the table."""
    if arguments:
        folder = Path(arguments[0])
        for number, one in enumerate(corpus()):
            (folder / f"{number:03}").mkdir(parents=True, exist_ok=True)
            (folder / f"{number:03}" / one.name).write_bytes(one.data)
        return
    for kind, code, sentence in table(str(Path(sys.executable).parent / "canju")):
        print(f"{kind:45} {code}  {sentence}")


if __name__ == "__main__":
    main(sys.argv[1:])
