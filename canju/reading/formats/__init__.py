"""From one file to its sheets. The kind is told by content; every bad file is a fault of the Workbook, never an exception."""

from __future__ import annotations

import os
from collections.abc import Sequence
from importlib import import_module

from canju.model import Fault, Sheet, Workbook, plain
from canju.reading.archive import Archive, package
from canju.reading.kinds import Kind
from canju.reading.limits import LIMITS, TEXT_TOO_LONG, TOO_MUCH_TEXT, Damaged, Limits, OverLimit
from canju.reading.walk import Found

ENDINGS: dict[str, tuple[str, ...]] = {
    "xlsx": (".xlsx", ".xlsm", ".xltx", ".xltm", ".et", ".ett"),
    "xls": (".xls", ".xlt", ".et", ".ett"),
    "xlsb": (".xlsb",),
    "ods": (".ods", ".ots", ".fods"),
    "docx": (".docx", ".docm", ".dotx"),
    "html": (".html", ".htm"),
    "xml2003": (".xml",),
    "mhtml": (".mht", ".mhtml"),
    "csv": (".csv", ".tsv", ".txt", ".tab", ".psv", ".dat", ""),
}
WORDS = {
    "xlsx": "xlsx工作簿",
    "xls": "xls工作簿",
    "xlsb": "xlsb工作簿",
    "ods": "ods工作簿",
    "docx": "Word文档",
    "html": "网页",
    "xml2003": "XML表格",
    "mhtml": "网页",
    "csv": "文本",
}
READERS: dict[Kind, tuple[str, str]] = {
    "xlsx": ("xlsx", "read_xlsx"),
    "xlsb": ("xlsb", "read_xlsb"),
    "ole": ("xls", "read_xls"),
    "biff": ("xls", "read_xls"),
    "ods": ("ods", "read_ods"),
    "fods": ("ods", "read_flat"),
    "docx": ("docx", "read_docx"),
    "html": ("html", "read_html"),
    "xml2003": ("xml2003", "read_xml2003"),
    "mhtml": ("mhtml", "read_mhtml"),
}
"""Module and function that read each kind: loaded when first needed, called with the bytes, the limits and the book to fill."""

STAMP_SHEET = "_canju"
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
    except RecursionError:
        _refuse(book, Fault("F101", values={"why": "文件内部层层相套，属异常文件，未予读取。"}))
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
    book.format = {"ole": "xls", "biff": "xls", "text": "csv", "fods": "ods"}.get(kind, kind)
    _note_name(found.file, book)
    if kind == "text":
        from canju.reading.formats.text import read_text

        read_text(data, limits, book, salvage)
    elif kind in READERS:
        module, function = READERS[kind]
        getattr(import_module(f"{__name__}.{module}"), function)(data, limits, book)
        if kind != "xlsx":  # which measures while it reads
            _measure(book, limits)
    else:
        raise Damaged(NOT_A_SHEET)
    _take_stamp(book)


def _measure(book: Workbook, limits: Limits) -> None:
    """Refuse texts longer than a cell may hold, and more of them together than can be worked with."""
    characters = 0
    for sheet in book.sheets:
        for row in sheet.rows:
            lengths = [len(cell) for cell in row if isinstance(cell, str)]
            characters += sum(lengths)
            if lengths and max(lengths) > limits.text:
                raise OverLimit(TEXT_TOO_LONG.format(limits.text))
            if characters > limits.characters:
                raise OverLimit(TOO_MUCH_TEXT.format(limits.characters))


def _take_stamp(book: Workbook) -> None:
    """The hidden sheet by which a template is known again, also where it was saved in another format: never a sheet to read."""
    for sheet in book.sheets:
        if sheet.name == STAMP_SHEET and sheet.hidden:
            told = {plain(row[0]): plain(row[1]) for row in sheet.rows if len(row) > 1 and row[0] is not None}
            book.stamp = {**told, **book.stamp}
    book.sheets = [sheet for sheet in book.sheets if sheet.name != STAMP_SHEET or not sheet.hidden]


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
