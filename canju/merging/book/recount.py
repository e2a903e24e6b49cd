"""The book counted again from the written file: every row that came in stands in it once, taken or left out with a reason."""

from __future__ import annotations

import re
import zipfile
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

from canju.merging.book.layout import NUMBER, ROW
from canju.merging.book.sheets import LEFT_OUT
from canju.merging.merged import Merged
from canju.model import Refusal

_CHUNK = 1 << 20


def check_book(merged: Merged, path: Path) -> None:
    """Refuse the file unless rows in = rows 采用 + rows 未采用, row by row of every source."""
    wanted = {one.number: sorted(one.table.numbers) for one in merged.submissions if len(one.table)}
    left = {one.number: len(one.left) for one in merged.submissions if one.left}
    titles = {ledger.title for ledger in merged.came}
    found: dict[int, list[int]] = defaultdict(list)
    aside: dict[int, int] = defaultdict(int)
    with zipfile.ZipFile(path) as book:
        for title, part in sheets_of(book):
            plain = re.sub(r"（\d+）$", "", title)
            if plain in titles or plain == LEFT_OUT:
                for number, row in _rows(book, part):
                    found[number].append(row)
                    aside[number] += plain == LEFT_OUT
    if {number: sorted(rows) for number, rows in found.items()} != wanted or {n: c for n, c in aside.items() if c} != left:
        rows = sum(len(one) for one in found.values())
        raise Refusal(f"自检未通过：读入{merged.rows}行，写出的汇总表中有{rows}行，未予保存。请重新运行；仍不通过请联系维护人员。", 3)


def sheets_of(book: zipfile.ZipFile) -> Iterator[tuple[str, str]]:
    """Title and part of each sheet, as the written workbook itself lists them."""
    listed = book.read("xl/workbook.xml").decode("utf-8")
    targets = dict(_pairs(book.read("xl/_rels/workbook.xml.rels").decode("utf-8"), "Id", "Target"))
    for title, link in _pairs(listed, "name", "r:id", "sheet"):
        yield _text(title), "xl/" + targets[link].removeprefix("/xl/")


def _pairs(text: str, first: str, second: str, element: str = "Relationship") -> Iterator[tuple[str, str]]:
    for tag in re.findall(rf"<{element} [^>]*>", text):
        one, other = re.search(rf' {first}="([^"]*)"', tag), re.search(rf' {second}="([^"]*)"', tag)
        if one and other:
            yield one[1], other[1]


def _text(text: str) -> str:
    return text.replace("&lt;", "<").replace("&gt;", ">").replace("&quot;", '"').replace("&amp;", "&")


def _rows(book: zipfile.ZipFile, part: str) -> Iterator[tuple[int, int]]:
    """来源序号 and 来源行 of each row of a sheet."""
    columns: tuple[str, str] | None = None
    for row in _row_texts(book, part):
        if columns is None:
            columns = _columns(book, row)
        else:
            yield _figure(row, columns[0]), _figure(row, columns[1])


def _row_texts(book: zipfile.ZipFile, part: str) -> Iterator[str]:
    held = b""
    with book.open(part) as stream:
        while chunk := stream.read(_CHUNK):
            *rows, held = (held + chunk).split(b"</row>")
            for row in rows:
                yield row.decode("utf-8")


def _columns(book: zipfile.ZipFile, heading: str) -> tuple[str, str]:
    """The letters of the two columns, from the heading row, whose texts lie among the shared strings."""
    shared = re.findall(r"<si>(.*?)</si>", book.read("xl/sharedStrings.xml").decode("utf-8"), re.S)
    texts = [_text("".join(re.findall(r"<t[^>]*>([^<]*)</t>", one))) for one in shared]
    names = {texts[int(index)]: letter for letter, index in re.findall(r'<c r="([A-Z]+)1"[^>]* t="s"[^>]*><v>(\d+)</v>', heading)}
    return names[NUMBER], names[ROW]


def _figure(row: str, letter: str) -> int:
    start = row.find(f'<c r="{letter}')
    match = re.compile(r"<v>(\d+)</v>").search(row, start) if start >= 0 else None
    return int(match[1]) if match else 0
