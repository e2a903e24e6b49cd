"""Small files made by hand for the reading tests: packages from bare XML, OLE and zip oddities, polluted CSV."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping
from pathlib import Path

from canju.model import Raw, Workbook
from canju.reading.formats import read_workbook
from canju.reading.limits import LIMITS, Limits
from canju.reading.walk import walk

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
DOCUMENT = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships"
XML = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'


def sheet_xml(rows: str, before: str = "", after: str = "") -> str:
    """A worksheet part around rows."""
    return f'{XML}<worksheet xmlns="{MAIN}">{before}<sheetData>{rows}</sheetData>{after}</worksheet>'


def xlsx(
    *sheets: str,
    strings: str = "",
    styles: str = "",
    workbook: str = "<workbookPr/>",
    states: Mapping[int, str] | None = None,
    names: Mapping[int, str] | None = None,
    extra: Mapping[str, bytes] | None = None,
) -> bytes:
    """A package holding these worksheet parts; `strings` are `<si>` elements, `styles` the inside of a style sheet."""
    states, names = states or {}, names or {}
    listed = "".join(
        f'<sheet name="{names.get(n, f"Sheet{n}")}" sheetId="{n}" {states.get(n, "")} r:id="rId{n}"/>' for n in range(1, len(sheets) + 1)
    )
    relations = "".join(
        f'<Relationship Id="rId{n}" Type="{DOCUMENT}/worksheet" Target="worksheets/sheet{n}.xml"/>' for n in range(1, len(sheets) + 1)
    )
    parts = {
        "[Content_Types].xml": f'{XML}<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>',
        "_rels/.rels": f'{XML}<Relationships xmlns="{PACKAGE}"><Relationship Id="rId1" Type="{DOCUMENT}/officeDocument" '
        'Target="xl/workbook.xml"/></Relationships>',
        "xl/workbook.xml": f'{XML}<workbook xmlns="{MAIN}" xmlns:r="{DOCUMENT}">{workbook}<sheets>{listed}</sheets></workbook>',
        "xl/_rels/workbook.xml.rels": f'{XML}<Relationships xmlns="{PACKAGE}">{relations}'
        f'<Relationship Id="rId98" Type="{DOCUMENT}/styles" Target="styles.xml"/>'
        f'<Relationship Id="rId99" Type="{DOCUMENT}/sharedStrings" Target="sharedStrings.xml"/></Relationships>',
        **{f"xl/worksheets/sheet{n}.xml": text for n, text in enumerate(sheets, 1)},
    }
    if strings:
        parts["xl/sharedStrings.xml"] = f'{XML}<sst xmlns="{MAIN}">{strings}</sst>'
    if styles:
        parts["xl/styles.xml"] = f'{XML}<styleSheet xmlns="{MAIN}">{styles}</styleSheet>'
    return zipped({**{name: text.encode() for name, text in parts.items()}, **(extra or {})})


def zipped(members: Mapping[str, bytes], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    """A zip of these members."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", method) as archive:
        for name, data in members.items():
            archive.writestr(zipfile.ZipInfo(name, (2019, 10, 8, 9, 0, 0)), data, compress_type=method)
    return out.getvalue()


def formats(*codes: str) -> str:
    """The inside of a style sheet whose style 1, 2, … has these number formats; style 0 is General."""
    listed = "".join(f'<numFmt numFmtId="{200 + n}" formatCode="{code}"/>' for n, code in enumerate(codes))
    used = "".join(f'<xf numFmtId="{200 + n}"/>' for n in range(len(codes)))
    return f'<numFmts>{listed}</numFmts><cellXfs><xf numFmtId="0"/>{used}</cellXfs>'


def read(folder: Path, data: bytes, name: str = "a.xlsx", limits: Limits = LIMITS, **options: object) -> Workbook:
    """The workbook read from these bytes under that name."""
    path = folder / name
    path.write_bytes(data)
    [found] = walk([path], limits)
    return read_workbook(found, limits=limits, **options)  # type: ignore[arg-type]


def cells(folder: Path, data: bytes, name: str = "a.xlsx") -> list[list[Raw]]:
    """The rows of the first sheet."""
    return read(folder, data, name).sheets[0].rows


def rules(book: Workbook) -> list[str]:
    """The codes of a workbook's faults."""
    return [fault.rule for fault in book.faults]
