"""xlsx, xlsm, xltx and their Strict kin, read from the package's own XML.

The package is read part by part from a checked archive. Sheets go through `xlsx_cells`, which sees what the ready-made
readers hide (error cells, exact digits, formats, formulas never calculated, hidden rows) and costs no more than they do.
"""

from __future__ import annotations

import contextlib
import posixpath
import re
from collections.abc import Iterator, Mapping
from typing import NamedTuple
from xml.etree.ElementTree import Element

from canju.model import Workbook
from canju.patterns import pattern
from canju.reading.archive import Archive
from canju.reading.formats.number_formats import BUILTIN, MAX_CODE
from canju.reading.formats.xlsx_cells import SheetXml, read_strings
from canju.reading.formats.xml_parts import local, tree, utf8
from canju.reading.limits import Damaged, Limits, OverLimit

STAMP_SHEET = "_canju"
SHEET_PART = pattern(r"^xl/worksheets/[^/]+\.xml$", re.IGNORECASE)


class Listed(NamedTuple):
    """One sheet as the workbook part lists it."""

    name: str
    part: str
    hidden: bool


class Package:
    """The parts of an OOXML package by lower-case name without a leading slash."""

    def __init__(self, archive: Archive) -> None:
        self.archive = archive
        self.parts = {name.replace("\\", "/").lstrip("/").lower(): name for name in archive.names}

    def __contains__(self, part: str) -> bool:
        return part.lower() in self.parts

    def read(self, part: str) -> bytes:
        """A part's bytes. Raises Damaged where it is missing or broken."""
        try:
            return self.archive.read(self.parts[part.lower()])
        except KeyError as error:
            raise Damaged("文件缺少内部组成部分，已损坏。") from error

    def relations(self, part: str) -> dict[str, tuple[str, str]]:
        """Relations of a part: id → (last word of the type, target part)."""
        folder, name = posixpath.split(part)
        found: dict[str, tuple[str, str]] = {}
        rels = f"{folder}/_rels/{name}.rels".lstrip("/")
        if rels not in self:
            return found
        for element in tree(self.read(rels)):
            target = element.get("Target", "").replace("\\", "/")
            if element.get("TargetMode") == "External":
                continue
            path = target.lstrip("/") if target.startswith("/") else posixpath.normpath(posixpath.join(folder, target))
            found[element.get("Id", "")] = (element.get("Type", "").rpartition("/")[2], path)
        return found


def read_xlsx(data: bytes, limits: Limits, book: Workbook) -> None:
    """Fill `book` with the sheets of a package. A sheet that can't be read is a fault of its own, the rest goes on."""
    package = Package(Archive(data, limits))
    main = next((target for kind, target in package.relations("").values() if kind == "officeDocument"), "xl/workbook.xml")
    if main not in package:
        main = "xl/workbook.xml"
    relations = package.relations(main)
    listed, book.date1904 = _listed(package, main, relations)
    if len(listed) > limits.sheets:
        raise OverLimit(f"有{len(listed)}个工作表，超过上限{limits.sheets}个。")
    strings = _strings(package, main, relations, limits)
    formats = _formats(package, main, relations)
    reader = SheetXml(strings, formats, book.date1904, limits)
    parts: set[str] = set()
    for one in listed:
        if one.part.lower() in parts:
            book.faults.append(Damaged("与另一张工作表是同一内容，属异常文件，只读取一份。").fault(one.name))
            book.status = "partly"
            continue
        parts.add(one.part.lower())
        _read_sheet(package, one, reader, book)
    book.stamp = _stamp(package, book)
    if book.faults and not book.sheets:
        book.status = "unread"


def _read_sheet(package: Package, one: Listed, reader: SheetXml, book: Workbook) -> None:
    try:
        sheet, faults = reader.read(one.name, utf8(package.read(one.part)))
    except Damaged as error:
        book.faults.append(error.fault(one.name))
        book.status = "partly"
        return
    sheet.hidden = one.hidden
    if one.name == STAMP_SHEET:
        book.stamp = {str(row[0]): str(row[1]) for row in sheet.rows if len(row) > 1 and row[0] is not None}
        return
    book.sheets.append(sheet)
    book.faults.extend(faults)


def _listed(package: Package, main: str, relations: Mapping[str, tuple[str, str]]) -> tuple[list[Listed], bool]:
    """The worksheets in the workbook's order, and whether dates count from 1904."""
    if main not in package:
        parts = sorted(part for part in package.parts if SHEET_PART.match(part))
        return [Listed(f"Sheet{number}", part, False) for number, part in enumerate(parts, 1)], False
    listed: list[Listed] = []
    date1904 = False
    claimed = {part.lower() for _, part in relations.values()}
    for element in tree(package.read(main)):  # not deeper: extensions have a workbookPr of their own
        if local(element.tag) == "workbookPr":
            date1904 = element.get("date1904", "0") in ("1", "true", "on")
        for sheet in element if local(element.tag) == "sheets" else ():
            identifier = next((value for key, value in sheet.attrib.items() if local(key) == "id"), "")
            kind, part = relations.get(identifier, ("worksheet", f"xl/worksheets/sheet{len(listed) + 1}.xml"))
            if identifier not in relations and part in claimed:  # another sheet's: never guessed
                kind, part = ("worksheet", "") if identifier else ("module", "")  # a module of Excel 5 names no part and has no cells
            if kind == "worksheet":
                listed.append(Listed(sheet.get("name", ""), part, sheet.get("state", "visible") != "visible"))
    return listed, date1904


def _strings(package: Package, main: str, relations: Mapping[str, tuple[str, str]], limits: Limits) -> list[str]:
    part = next(
        (target for kind, target in relations.values() if kind == "sharedStrings"),
        posixpath.join(posixpath.dirname(main), "sharedStrings.xml"),
    )
    return read_strings(utf8(package.read(part)), limits) if part in package else []


def _formats(package: Package, main: str, relations: Mapping[str, tuple[str, str]]) -> list[str]:
    """The number format of each cell style, by style index."""
    part = next((target for kind, target in relations.values() if kind == "styles"), posixpath.join(posixpath.dirname(main), "styles.xml"))
    if part not in package:
        return []
    try:
        root = tree(package.read(part))
    except Damaged:
        return []
    codes = dict(BUILTIN)
    for element in _inside(root, "numFmts"):
        code = element.get("formatCode", "General")
        codes[_whole(element.get("numFmtId"))] = code if len(code) <= MAX_CODE else "General"
    return [codes.get(_whole(element.get("numFmtId")), "General") for element in _inside(root, "cellXfs")]


def _inside(root: Element, tag: str) -> Iterator[Element]:
    for element in root:
        if local(element.tag) == tag:
            yield from element


def _whole(text: str | None) -> int:
    return int(text) if text and text.isdigit() and len(text) < 9 else 0


def _stamp(package: Package, book: Workbook) -> Mapping[str, str]:
    """The workbook's custom properties, over what the stamp sheet says."""
    stamp = dict(book.stamp)
    if "docProps/custom.xml" in package:
        with contextlib.suppress(Damaged):  # nothing of a ledger stands there
            for element in tree(package.read("docProps/custom.xml")):
                stamp[element.get("name", "")] = "".join(element.itertext())
    return stamp
