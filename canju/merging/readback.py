"""A county book read back: the same tables, records and provenance as when it was written, doubles and decisions included."""

from __future__ import annotations

import datetime as dt
import json
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from canju.book import COUNTY
from canju.ledgers import ledgers
from canju.ledgers.base import Clue, Column, Ledger, Place, Table
from canju.ledgers.commissioners import ASSESSMENT, Commissioner
from canju.merging.book import sheets as listed
from canju.merging.book import totals
from canju.merging.book.layout import NUMBER, ROW, TO_CHECK
from canju.merging.book.sheets import CHOICE, CONFLICT_HEADS, MARK, REMARK, SOURCE_HEADS
from canju.merging.conflicts import DETAILS, TWO_NAMES
from canju.merging.decisions import choice_of
from canju.merging.merged import Decision, Known, Origin
from canju.merging.status import UNNAMED
from canju.model import SOURCES, Raw, Sheet, Workbook, plain

STATUSES = {word: key for key, word in listed.READ_WORDS.items()}


@dataclass(slots=True, eq=False, repr=False)
class Contents:
    """What a book holds: its tables, the files they came from, the clerk's decisions, what else was known of the round, and whose it is."""

    tables: list[Table] = field(default_factory=list)
    origins: list[Origin] = field(default_factory=list)
    decisions: list[Decision] = field(default_factory=list)
    known: Known = field(default_factory=Known)
    county: str = ""


def read_book(workbook: Workbook, as_of: dt.date = dt.date.max) -> Contents | None:
    """The contents of a county book, or None where the workbook is none. Cells a clerk has changed in it count as they now stand."""
    sheets = {sheet.name: sheet for sheet in workbook.sheets}
    sources = sheets.get(SOURCES)
    if sources is None or not sources.rows or [plain(cell) for cell in sources.rows[0]][: len(SOURCE_HEADS)] != list(SOURCE_HEADS):
        return None
    if listed.OVERLONG in sheets:
        _whole(workbook.sheets, sheets[listed.OVERLONG])
    contents = Contents()
    tables: dict[int, _Reader] = {}
    for row in _listing(sources):
        _source(row, contents, tables)
    for sheet in workbook.sheets:
        if ledger := _ledger_of(sheet.name):
            _read(sheet, ledger, tables, as_of)
        elif re.sub(r"（\d+）$", "", sheet.name) == listed.LEFT_OUT:
            _read_left(sheet, tables, as_of)
    if listed.CONFLICTS in sheets:
        _conflicts(sheets[listed.CONFLICTS], contents, tables)
    if listed.RECEIVED in sheets:
        _received(sheets[listed.RECEIVED], contents)
    if listed.REPLIES in sheets:
        contents.known.replies |= {_text(row, "指纹"): _text(row, "核实说明") for row in _listing(sheets[listed.REPLIES])}
    if totals.NAME in sheets and sheets[totals.NAME].rows:
        contents.county = totals.county_of("".join(plain(cell) for cell in sheets[totals.NAME].rows[0][:1]))
    contents.tables = [reader.table() for _, reader in sorted(tables.items())]
    return contents


def fold_in(contents: Contents, name: str, files: Mapping[str, str]) -> Contents:
    """The contents fit to stand beside files read afresh (`files`: file → SHA-256).

    What was read afresh itself is left out; another file of the same name is told apart by the book's name before it.
    """
    fresh = {mark for mark in files.values() if mark}
    known = {one.file for one in contents.origins if one.sha256 in fresh or (not one.sha256 and files.get(one.file) == "")}
    renamed = {
        origin.file: f"{name}/{origin.file}" if origin.file in files else origin.file
        for origin in contents.origins
        if origin.file not in known
    }
    tables = []
    for table in contents.tables:
        if table.file not in known:
            table.file = renamed.get(table.file, table.file)
            tables.append(table)
    origins = [one._replace(file=renamed[one.file]) for one in contents.origins if one.file in renamed]
    unnamed = {(renamed.get(file, file), sheet) for file, sheet in contents.known.unnamed if file not in known}
    return Contents(tables, origins, contents.decisions, replace(contents.known, unnamed=unnamed), contents.county)


def _whole(sheets: Iterable[Sheet], long: Sheet) -> None:
    """Put texts that were too long for a cell back in their place."""
    texts: dict[int, str] = {}
    for row in _listing(long):
        number = _int(row.get("条"))
        texts[number] = texts.get(number, "") + _text(row, "内容")
    for sheet in sheets:
        for cells in sheet.rows:
            for position, cell in enumerate(cells):
                if isinstance(cell, str) and len(cell) > 30_000 and (found := re.search(r"第(\d+)条）$", cell)):
                    cells[position] = texts.get(int(found[1]), cell)


# --- the listings --------------------------------------------------------------------------------


def _listing(sheet: Sheet) -> Iterator[dict[str, Raw]]:
    heads = [plain(cell) for cell in sheet.rows[0]] if sheet.rows else []
    for row in sheet.rows[1:]:
        if any(cell not in (None, "") for cell in row):
            yield dict(zip(heads, row, strict=False))


def _text(row: Mapping[str, Raw], name: str) -> str:
    return plain(row.get(name))


def _int(value: Raw) -> int:
    text = plain(value)
    return int(text) if text.isdecimal() and len(text) < 10 else 0


def _source(row: Mapping[str, Raw], contents: Contents, tables: dict[int, _Reader]) -> None:
    """One line of 来源: a file, and where it held one, a table."""
    moment = _text(row, "文件时间")
    origin = Origin(
        _text(row, "来源文件"),
        _text(row, "SHA-256"),
        STATUSES.get(_text(row, "读取情况"), "read"),
        _text(row, "格式"),
        _moment(moment),
        _text(row, "文件问题"),
    )
    if origin.file not in {one.file for one in contents.origins[-1:]}:
        contents.origins.append(origin)
    ledger = Commissioner if _text(row, "台账") == ASSESSMENT else _ledger_of(_text(row, "台账"))
    if ledger is not None and (number := _int(row.get("序号"))):
        tables[number] = _Reader(ledger, row)
        if _text(row, "报送单位") == UNNAMED:
            contents.known.unnamed.add((origin.file, _text(row, "来源工作表")))


def _moment(text: str) -> dt.datetime | None:
    try:
        return dt.datetime.fromisoformat(text) if text else None
    except ValueError:
        return None


def decisions_of(sheet: Sheet) -> list[Decision]:
    """What the clerk wrote into 冲突; none where the sheet is another."""
    found = []
    for row in _listing(sheet):
        choice, remark = _text(row, CHOICE), _text(row, REMARK)
        if (choice or remark) and _text(row, MARK):
            found.append(Decision(_text(row, MARK), choice, remark, tuple(_text(row, name) for name in CONFLICT_HEADS)))
    return found


def _conflicts(sheet: Sheet, contents: Contents, tables: Mapping[int, _Reader]) -> None:
    contents.decisions = decisions_of(sheet)
    for row in _listing(sheet):
        taken = choice_of(_text(row, "采用"))
        if taken.startswith("采用") and _text(row, "类型") in (TWO_NAMES, DETAILS):
            other = "B" if taken.endswith("A") else "A"
            reader = tables.get(_int(row.get(f"{other} 来源序号")))
            if reader:
                reader.restore(_int(row.get(f"{other} 来源行")), _text(row, "字段"), _text(row, f"{other} 值"))


def _received(sheet: Sheet, contents: Contents) -> None:
    keys = {ledger.title: key for key, ledger in ledgers().items()}
    for row in _listing(sheet):
        town, key = _text(row, "镇（街道）"), keys.get(_text(row, "台账"), "")
        town = "" if town == COUNTY else town
        if town != UNNAMED and (count := _int(row.get("错误数"))):
            contents.known.errors[key, town or None] = count
        if problem := _text(row, "未收原因"):
            contents.known.problems[key, town] = problem
        if match := re.fullmatch(r"已收（(.*)）", _text(row, "盖章件"), re.S):
            contents.known.papers[town] = match[1].split("；")


# --- the ledgers ---------------------------------------------------------------------------------


def _ledger_of(title: str) -> type[Ledger] | None:
    plain_title = re.sub(r"（\d+）$", "", title)
    return next((ledger for ledger in ledgers().values() if ledger.title == plain_title), None)


class _Parser:
    """One column's cells by what they hold: each distinct cell is read once."""

    def __init__(self, column: Column, as_of: dt.date) -> None:
        self.kind, self.clue = column.type, Clue(as_of=as_of)
        self.known: dict[Raw, tuple[Any, bool]] = {}

    def __call__(self, raw: Raw) -> tuple[Any, bool]:
        """The value, and whether the cell could not be read."""
        if (found := self.known.get(raw)) is None:
            read = self.kind.read(raw, self.clue)
            found = self.known[raw] = (read.value, read.value is None and not read.blank)
            if len(self.known) > 50_000:
                self.known = {raw: found}
        return found


class _Reader:
    """Gathers the rows of one source table from wherever they stand in the book."""

    def __init__(self, ledger: type[Ledger], row: Mapping[str, Raw]) -> None:
        self.ledger = ledger
        town = _text(row, "报送单位")
        self.made = Table(
            ledger, _text(row, "来源文件"), _text(row, "来源工作表"), _int(row.get("表头行")), None if town in (COUNTY, UNNAMED) else town
        )
        self.made.assessment = _text(row, "台账") == ASSESSMENT
        self.made.nil = _text(row, "零报告") == "是"
        self.made.nil_villages = tuple(name for name in _text(row, "零报告村（社区）").split("、") if name)
        day = _moment(_text(row, "填报日期"))
        self.made.submitted = day.date() if day else None
        self.derived: list[str] = []
        self.extra: dict[str, int] = {}
        self._columns(_text(row, SOURCE_HEADS[-1]))
        self.width = max((place.number for place in (*self.made.places.values(), *self.made.unknown)), default=0)
        self.rows: list[tuple[int, list[Any], list[Raw], list[str]]] = []

    def _columns(self, text: str) -> None:
        names = {column.title: name for name, column in self.ledger.columns.items()}
        for letter, title, heading in _said(text):
            if title in names and letter:
                self.made.places[names[title]] = Place(letter, _number(letter), heading)
            elif title in names:
                self.derived.append(names[title])
            elif letter:
                self.extra[heading] = _number(letter)
                self.made.unknown.append(Place(letter, _number(letter), heading))

    def add(self, number: int, values: dict[str, Any], raws: Mapping[str, Raw], unread: list[str]) -> None:
        """One row: values by field, cells by heading, and the fields that could not be read."""
        cells: list[Raw] = [None] * self.width
        for name, place in self.made.places.items():
            cell = raws.get(self.ledger.columns[name].title)
            held = cells[place.number - 1]
            cells[place.number - 1] = cell if held in (None, "") or held == cell else f"{plain(held)}{plain(cell)}"
        for heading, position in self.extra.items():
            cells[position - 1] = raws.get(heading)
        names = [*self.made.places, *self.derived]
        self.rows.append((number, [values.get(name) for name in names], cells, unread))

    def restore(self, number: int, title: str, text: str) -> None:
        """Put back what was sent where a decision had put another value."""
        name = next((name for name, column in self.ledger.columns.items() if column.title == title), "")
        names = [*self.made.places, *self.derived]
        for row in self.rows:
            if row[0] == number and name in names:
                row[1][names.index(name)] = self.ledger.columns[name].type.read(text, Clue()).value
                if place := self.made.places.get(name):
                    row[2][place.number - 1] = text

    def table(self) -> Table:
        """The table as it was read, in the order of its rows."""
        made = self.made
        self.rows.sort(key=lambda row: row[0])
        made.numbers = [row[0] for row in self.rows]
        made.cells = [row[2] for row in self.rows]
        names = [*made.places, *self.derived]
        made.values = {name: [row[1][position] for row in self.rows] for position, name in enumerate(names)}
        for index, row in enumerate(self.rows):
            for name in row[3]:
                made.unread.setdefault(name, set()).add(index)
        return made


def _said(text: str) -> list[tuple[str, str, str]]:
    """Letter, title and heading of each column; what does not look like one is passed over."""
    try:
        said = json.loads(text) if text else []
    except (ValueError, RecursionError):
        return []
    fit = [
        one
        for one in (said if isinstance(said, list) else ())
        if isinstance(one, list) and len(one) == 3 and all(isinstance(part, str) for part in one)
    ]
    return [(one[0], one[1], one[2]) for one in fit if re.fullmatch(r"([A-Z]{0,2}|[A-X][A-Z]{2})", one[0])]


def _number(letter: str) -> int:
    number = 0
    for sign in letter:
        number = number * 26 + ord(sign) - 64
    return number


def _read(sheet: Sheet, ledger: type[Ledger], tables: Mapping[int, _Reader], as_of: dt.date) -> None:
    heads = [plain(cell) for cell in sheet.rows[0]] if sheet.rows else []
    _take(sheet.rows[1:], heads, {ledger.title: ledger}, None, tables, as_of)


def _read_left(sheet: Sheet, tables: Mapping[int, _Reader], as_of: dt.date) -> None:
    heads = [plain(cell) for cell in sheet.rows[0]] if sheet.rows else []
    kinds = {ledger.title: ledger for ledger in ledgers().values()}
    if "台账" in heads:
        _take(sheet.rows[1:], heads, kinds, heads.index("台账"), tables, as_of)


def _take(
    rows: Iterable[Sequence[Raw]],
    heads: list[str],
    kinds: Mapping[str, type[Ledger]],
    which: int | None,
    tables: Mapping[int, _Reader],
    as_of: dt.date,
) -> None:
    """Hand every row to its source's reader. `which` is the column that names the ledger where rows of several stand together."""
    if not {NUMBER, ROW, TO_CHECK} <= set(heads):
        return
    parsers = {title: _parsers(kind, heads, as_of) for title, kind in kinds.items()}
    only = next(iter(kinds))
    at_number, at_row, at_check = heads.index(NUMBER), heads.index(ROW), heads.index(TO_CHECK)
    for row in rows:
        cells = [*row, *[None] * (len(heads) - len(row))]
        reader = tables.get(_int(cells[at_number]))
        title = only if which is None else plain(cells[which])
        if reader is None or title not in parsers:
            continue
        doubtful = set(plain(cells[at_check]).split("、"))
        values: dict[str, Any] = {}
        unread = []
        for name, heading, position, parse in parsers[title]:
            value, lost = (None, True) if heading in doubtful else parse(cells[position])
            if lost:
                unread.append(name)
            values[name] = value
        raws = dict(zip(heads, cells, strict=False)) if reader.extra else {h: cells[p] for _, h, p, _ in parsers[title]}
        reader.add(_int(cells[at_row]), values, raws, unread)


def _parsers(kind: type[Ledger], heads: Sequence[str], as_of: dt.date) -> list[tuple[str, str, int, _Parser]]:
    return [
        (name, column.title, heads.index(column.title), _Parser(column, as_of))
        for name, column in kind.columns.items()
        if column.title in heads
    ]
