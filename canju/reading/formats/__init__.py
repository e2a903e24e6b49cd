"""From one file to its sheets. The kind is told by content; every bad file is a fault of the Workbook, never an exception."""

from __future__ import annotations

import os
from collections.abc import Sequence

from canju.model import Fault, Sheet, Workbook
from canju.reading.archive import Archive, package
from canju.reading.kinds import Kind
from canju.reading.limits import LIMITS, Damaged, Limits, OverLimit
from canju.reading.walk import Found

ENDINGS: dict[str, tuple[str, ...]] = {
    "xlsx": (".xlsx", ".xlsm", ".xltx", ".xltm", ".et", ".ett"),
    "xls": (".xls", ".xlt", ".et", ".ett"),
    "ods": (".ods", ".ots"),
    "docx": (".docx", ".docm", ".dotx"),
    "html": (".html", ".htm"),
    "xml2003": (".xml",),
    "mhtml": (".mht", ".mhtml"),
    "csv": (".csv", ".tsv", ".txt", ".tab", ".psv", ".dat", ""),
}
WORDS = {
    "xlsx": "xlsx工作簿",
    "xls": "xls工作簿",
    "ods": "ods工作簿",
    "docx": "Word文档",
    "html": "网页",
    "xml2003": "XML表格",
    "mhtml": "网页",
    "csv": "文本",
}
NOT_A_SHEET = "不是电子表格，无法读取，请另存为xlsx再报。"


def read_workbook(found: Found, *, passwords: Sequence[str] = (), limits: Limits = LIMITS, salvage: bool = False) -> Workbook:
    """One file as sheets, with what is wrong with it.

    A skipped file comes back `unread` with its faults. `salvage` keeps the sheets of a text file that may be shown but not
    used (F210, F211); without it such a file has none.
    """
    book = Workbook(found.file, found.sha256, modified=found.modified, path=None if found.members else found.path)
    book.faults = list(found.faults)
    if found.skipped:
        book.status = "unread"
        return book
    try:
        _read(found, found.content(limits, passwords), book, passwords, limits, salvage)
    except OverLimit as error:
        _refuse(book, Fault("F103", values={"why": error.why}))
    except Damaged as error:
        _refuse(book, error.fault())
    except MemoryError:
        _refuse(book, Fault("F103", values={"why": "读取所需内存超过上限。"}))
    return book


def _refuse(book: Workbook, fault: Fault) -> None:
    book.sheets, book.status = [], "unread"
    book.faults = [one for one in book.faults if one.rule == "F104"] + [fault]


def _read(found: Found, data: bytes, book: Workbook, passwords: Sequence[str], limits: Limits, salvage: bool) -> None:
    """Hand the bytes to the reader of their kind."""
    kind = found.kind
    if kind == "empty":
        book.faults.append(Fault("F101", values={"why": "文件是空的（0字节）。"}))
        book.status, book.format, book.sheets = "unread", "csv", [Sheet("", [])]
        return
    if kind in ("ole", "biff"):
        kind, data = _ole(data, kind, passwords)
    book.format = {"ole": "xls", "biff": "xls", "text": "csv"}.get(kind, kind)
    _note_name(found.file, book)
    if kind in ("xlsx", "ods", "docx"):
        _read_package(kind, Archive(data, limits), data, book, limits)
    elif kind in ("ole", "biff"):
        from canju.reading.formats.xls import read_xls

        read_xls(data, limits, book)
    elif kind == "html":
        from canju.reading.formats.html import read_html

        read_html(data, limits, book)
    elif kind == "xml2003":
        from canju.reading.formats.xml2003 import read_xml2003

        read_xml2003(data, limits, book)
    elif kind == "mhtml":
        from canju.reading.formats.mhtml import read_mhtml

        read_mhtml(data, limits, book)
    elif kind == "text":
        from canju.reading.formats.text import read_text

        read_text(data, limits, book, salvage)
    else:
        raise Damaged(NOT_A_SHEET)


def _read_package(kind: Kind, archive: Archive, data: bytes, book: Workbook, limits: Limits) -> None:
    if kind == "ods":
        from canju.reading.formats.ods import read_ods

        read_ods(archive, limits, book)
    elif kind == "docx":
        from canju.reading.formats.docx import read_docx

        read_docx(archive, limits, book)
    else:
        from canju.reading.formats.xlsx import read_xlsx

        read_xlsx(archive, limits, book)


def _ole(data: bytes, kind: Kind, passwords: Sequence[str]) -> tuple[Kind, bytes]:
    """What an OLE container holds: a BIFF workbook, an encrypted package (opened here), or something else (Damaged)."""
    if kind == "biff":
        return kind, data
    from canju.reading.formats.ole import contents

    holds = contents(data)
    if holds == "encrypted":
        from canju.reading.formats.encrypted import opened

        data = opened(data, passwords)
        if data.startswith(b"PK"):
            return package(Archive(data, LIMITS)), data
        return "ole", data
    return "ole", data


def _note_name(file: str, book: Workbook) -> None:
    """F104 where the extension says something else than the content."""
    ending = os.path.splitext(file)[1].lower()
    if ending in ENDINGS.get(book.format, ()):
        return
    if book.format == "csv" and ending not in {end for ends in ENDINGS.values() for end in ends}:
        return
    book.faults.append(
        Fault(
            "F104",
            values={
                "why": f"扩展名是{ending or '空'}，内容其实是{WORDS.get(book.format, book.format)}，已按内容读取。",
                "ending": ending,
                "format": book.format,
            },
        )
    )
