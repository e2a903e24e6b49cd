"""csv, tsv and txt: bytes → text → records, every cell as it stands."""

from __future__ import annotations

import csv
import io

from canju.model import Fault, Raw, Workbook
from canju.reading.formats.encodings import decode
from canju.reading.formats.grid import sheet_of_rows
from canju.reading.limits import Limits

STRAY = "第{line}行有无法识别的字符（不是UTF-8、GB18030或UTF-16编码），文件可能已损坏，请用表格软件打开核对后另存再报。"


def read_text(data: bytes, limits: Limits, book: Workbook, salvage: bool) -> None:
    """Fill `book` with the one sheet of a text file. `salvage` keeps what can be shown of a file that may not be used."""
    decoded = decode(data)
    book.encoding = decoded.encoding
    if decoded.stray is not None:
        line = data.count(b"\n", 0, decoded.stray) + 1
        book.faults.append(Fault("F211", values={"why": STRAY.format(line=line), "line": line}))
        book.status = "unread"
        if not salvage:
            return
    _records(decoded.text, limits, book)


def _records(text: str, limits: Limits, book: Workbook) -> None:
    head = text[:100_000]
    book.delimiter = max(",;\t|", key=head.count)
    book.quote = '"'
    csv.field_size_limit(limits.line)
    rows: list[list[Raw]] = [[cell or None for cell in row] for row in csv.reader(io.StringIO(text, newline=""), delimiter=book.delimiter)]
    book.sheets = [sheet_of_rows("", rows)]
