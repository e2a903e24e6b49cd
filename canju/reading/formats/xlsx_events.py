"""The same cells by a true XML parser, for parts that are written in an unusual form (prefixes, no addresses, comments)."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from xml.parsers import expat

from canju.model import Raw, Uncalculated, corner
from canju.reading.formats.grid import MAX_COLUMN, MAX_ROW
from canju.reading.formats.xml_parts import BAD_XML, spreadsheet_text
from canju.reading.limits import Damaged

if TYPE_CHECKING:
    from canju.reading.formats.xlsx_cells import SheetXml


ILLEGAL = re.compile(rb"[\x00-\x08\x0b\x0c\x0e-\x1f]|&#(?:0*[0-8]|0*1[124-9]|0*2\d|0*3[01]|x0*[0-8bcefBCEF]|x0*1[0-9a-fA-F]);")
"""Control characters, which XML doesn't allow and some systems write all the same."""


def parse(xml: bytes, handler: object) -> None:
    """Run expat over a part; `handler` has start, end and text. Raises Damaged."""
    try:
        _run(xml, handler)
    except expat.ExpatError as error:
        raise Damaged(BAD_XML) from error
    except (ValueError, IndexError) as error:
        raise Damaged(BAD_XML) from error


def _run(xml: bytes, handler: object) -> None:
    parser = expat.ParserCreate("utf-8")
    parser.buffer_text = True
    parser.StartElementHandler = lambda tag, pairs: handler.start(tag.rpartition(":")[2], pairs)  # type: ignore[attr-defined]
    parser.EndElementHandler = lambda tag: handler.end(tag.rpartition(":")[2])  # type: ignore[attr-defined]
    parser.CharacterDataHandler = handler.text  # type: ignore[attr-defined]
    parser.Parse(ILLEGAL.sub(b"", xml), True)


class _Strings:
    """Collects shared strings."""

    def __init__(self) -> None:
        self.strings: list[str] = []
        self.pieces: list[str] = []
        self.wanted = False
        self.phonetic = 0

    def start(self, tag: str, pairs: dict[str, str]) -> None:
        if tag == "si":
            self.pieces = []
        elif tag == "rPh":
            self.phonetic += 1
        self.wanted = tag == "t" and not self.phonetic

    def end(self, tag: str) -> None:
        if tag == "si":
            self.strings.append(spreadsheet_text("".join(self.pieces)))
        elif tag == "rPh":
            self.phonetic -= 1
        self.wanted = False

    def text(self, data: str) -> None:
        if self.wanted:
            self.pieces.append(data)


def strings_by_events(xml: bytes) -> list[str]:
    """The shared strings of a part."""
    collected = _Strings()
    parse(xml, collected)
    return collected.strings


class _Cells:
    """Collects cells, merges and hidden parts of a worksheet into the reader's grid."""

    def __init__(self, reader: SheetXml) -> None:
        self.reader = reader
        self.merges: list[tuple[int, int, int, int]] = []
        self.columns: list[tuple[int, int]] = []
        self.row = self.column = 0
        self.pairs: dict[str, str] = {}
        self.inside = ""
        self.pieces: dict[str, list[str]] = {}
        self.phonetic = 0
        self.whole = False

    def start(self, tag: str, pairs: dict[str, str]) -> None:
        from canju.reading.formats.xlsx_cells import hides, range_of, span_of

        if tag == "row":
            self._row(pairs)
        elif tag == "c":
            self._cell(pairs)
        elif tag == "rPh":
            self.phonetic += 1
        elif tag == "mergeCell":
            self.merges.append(range_of(pairs.get("ref", "")))
        elif tag == "col" and hides(pairs):
            self.columns.append(span_of(pairs))
        if tag in ("v", "f", "t") and not self.phonetic:
            self.inside = tag
            self.pieces.setdefault(tag, [])

    def _row(self, pairs: dict[str, str]) -> None:
        told = pairs.get("r", "")
        self.row = int(told) if told.isdigit() and len(told) < 9 else self.row + 1
        self.column = 0
        if pairs.get("hidden") in ("1", "true", "on") or pairs.get("ht") == "0":
            self.reader.hidden.add(self.row)

    def _cell(self, pairs: dict[str, str]) -> None:
        row, column = corner(pairs.get("r", ""))
        self.row, self.column = row or self.row, column or self.column + 1
        if not (1 <= self.row <= MAX_ROW and 1 <= self.column <= MAX_COLUMN):
            raise Damaged(BAD_XML)
        self.pairs, self.pieces = pairs, {}

    def end(self, tag: str) -> None:
        if tag == "c":
            self._put()
        elif tag == "rPh":
            self.phonetic -= 1
        elif tag in ("v", "f", "t"):
            self.inside = ""

    def text(self, data: str) -> None:
        if self.inside:
            self.pieces[self.inside].append(data)

    def _put(self) -> None:
        value = self._value()
        self.pieces = {}
        if value is None:
            return
        reader = self.reader
        reader.count(1)
        rows = reader.grid.rows
        before = rows[self.row - 1][self.column - 1] if self.row <= len(rows) and self.column <= len(rows[self.row - 1]) else None
        if before is not None and before != value:
            reader.disputes.append((self.row, self.column, str(before), str(value)))
        reader.grid.put(self.row, self.column, value)

    def _value(self) -> Raw:
        from canju.model import letters

        way = self.reader.way_of(self.pairs.get("t", "n"), self.pairs.get("s", ""))
        stored = "".join(self.pieces.get("v", []))
        if stored:
            # Entities are resolved by the parser already, so they are written back for the common path.
            safe = stored.replace("&", "&amp;")
            return self.reader.value(way, safe, self.row, letters(self.column).encode())
        if "t" in self.pieces:
            return self.reader.text("".join(self.pieces["t"]).replace("&", "&amp;"))
        if "f" in self.pieces and not (way.kind == "str" and "v" in self.pieces):
            return Uncalculated("".join(self.pieces["f"]))
        return None


def read_by_events(reader: SheetXml, xml: bytes) -> tuple[list[tuple[int, int, int, int]], list[tuple[int, int]]]:
    """Fill the reader's grid; returns merges and spans of hidden columns. Raises Damaged."""
    cells = _Cells(reader)
    parse(xml, cells)
    return cells.merges, cells.columns
