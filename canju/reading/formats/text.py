"""csv, tsv and txt: bytes → text → records, every cell as it stands."""

from __future__ import annotations

from canju.model import Fault, Raw, Sheet, Workbook
from canju.reading.formats.dialect import detect, directive
from canju.reading.formats.encodings import decode
from canju.reading.formats.grid import BLANK
from canju.reading.formats.records import Swallowed, lines_of, read_records
from canju.reading.formats.strays import mended
from canju.reading.limits import Limits, OverLimit

STRAY = "第{line}行有无法识别的字符（不是UTF-8、GB18030或UTF-16编码），文件可能已损坏，请用表格软件打开核对后另存再报。"
SWALLOWED = "第{line}行有未闭合的引号，会把其后{lines}行并入同一格，请补上或删去该引号后再报。"


def read_text(data: bytes, limits: Limits, book: Workbook, salvage: bool) -> None:
    """Fill `book` with the one sheet of a text file.

    With stray bytes (F211) or an unclosed quote that swallows lines (F210) the file is `unread`. `salvage` is for showing:
    it keeps the sheet, and an unclosed quote is then no fault, since lines and records can still be told apart.
    """
    decoded = decode(data)
    book.encoding = decoded.encoding
    if decoded.stray is not None:
        line = data.count(b"\n", 0, decoded.stray) + 1
        book.faults.append(Fault("F211", values={"why": STRAY.format(line=line), "line": line}))
        book.status = "unread"
        if not salvage:
            return
    swallowed = _records(decoded.text, limits, book)
    if swallowed and not salvage:
        first = swallowed[0]
        book.faults.append(Fault("F210", values={"why": SWALLOWED.format(line=first.line, lines=first.lines), "line": first.line}))
        book.status, book.sheets = "unread", []


def _records(text: str, limits: Limits, book: Workbook) -> list[Swallowed]:
    """Cut the text and put it into the book's one sheet; returns the quotes left open."""
    lines = lines_of(text)
    if lines.lines and max(map(len, lines.lines)) > limits.line:
        raise OverLimit(f"有一行超过{limits.line}个字的上限。")
    dialect = detect(lines)
    book.delimiter, book.quote = dialect.delimiter + (" " if dialect.blank else ""), dialect.quote
    records = read_records(lines, dialect)
    if sum(map(len, records.rows)) > limits.grid:
        raise OverLimit(f"表格范围超过{limits.grid}格的上限。")
    read, righted = mended(records, dialect, lines)
    unseen = int(bool(directive(lines)))  # the spreadsheet program doesn't show it either
    del read[:unseen]
    rows: list[list[Raw]] = [[cell or None for cell in row] if row else BLANK for row in read]
    book.sheets = [Sheet("", rows, righted=tuple(number - unseen for number in righted))]
    return records.swallowed
