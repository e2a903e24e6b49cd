"""Tables as the reading stage would make them, for tests of the merge."""

from __future__ import annotations

import datetime as dt
import zipfile
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from canju.ledgers import ledgers
from canju.ledgers.base import Clue, Place, Table
from canju.merging.book.recount import check_book
from canju.merging.book.write import write_book
from canju.merging.joining import merge
from canju.merging.merged import Merged, Origin
from canju.merging.readback import Contents, read_book
from canju.model import Workbook, letters, plain
from canju.workspace import Workspace

AS_OF = dt.date(2019, 12, 31)
WORKSPACE = Workspace(county="某县", towns=["甲镇", "乙镇", "丙街道"])
COLUMNS = ("town", "village", "name", "sex", "id_number", "reason", "remarks")


def resident(number: int) -> str:
    """The n-th synthetic resident's ID number, with its check digit."""
    body = f"522799{1950 + number % 50}{1 + number % 12:02}{1 + number % 28:02}{number % 1000:03}"
    total = sum(int(digit) * weight for digit, weight in zip(body, (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2), strict=True))
    return body + "10X98765432"[total % 11]


def person(number: int, town: str = "甲镇", **fields: Any) -> dict[str, Any]:
    """The n-th resident's row of the 未持证 ledger."""
    held = {"town": town, "village": "某村", "name": f"张{'一二三四五六七八九十'[number % 10]}{'甲乙丙丁戊己庚辛'[number % 8]}"}
    return {**held, "sex": "男" if int(resident(number)[16]) % 2 else "女", "id_number": resident(number), "reason": "外出务工", **fields}


def table(
    rows: Sequence[Mapping[str, Any]],
    file: str = "甲.xlsx",
    town: str | None = "甲镇",
    ledger: str = "uncertified",
    submitted: dt.date | None = None,
    sheet: str = "Sheet1",
    extra: Mapping[str, Sequence[Any]] | None = None,
    columns: Sequence[str] = COLUMNS,
    **more: Any,
) -> Table:
    """A table of these rows; `extra` are columns no ledger knows. Columns that any row names stand there too."""
    kind = ledgers()[ledger]
    names = list(dict.fromkeys([*(name for name in columns if name in kind.columns), *(name for row in rows for name in row)]))
    made = Table(kind, file, sheet, 3, town, submitted=submitted, **more)
    made.places = {name: Place(letters(at), at, kind.columns[name].title) for at, name in enumerate(names, 1)}
    made.unknown = [Place(letters(len(names) + at), len(names) + at, heading) for at, heading in enumerate(extra or {}, 1)]
    made.numbers = list(range(4, 4 + len(rows)))
    made.cells = [[*(row.get(name) for name in names), *(column[at] for column in (extra or {}).values())] for at, row in enumerate(rows)]
    for name in names:
        reads = [kind.columns[name].type.read(row.get(name), Clue(as_of=AS_OF)) for row in rows]
        made.values[name] = [one.value for one in reads]
        if lost := {at for at, one in enumerate(reads) if one.value is None and not one.blank}:
            made.unread[name] = lost
    return made


def merged(*tables: Table, modified: Mapping[str, dt.datetime] | None = None, **more: Any) -> Merged:
    """These tables as a book."""
    origins = [
        Origin(one.file, f"{one.file}-hash", "read", "xlsx", (modified or {}).get(one.file)) for one in {t.file: t for t in tables}.values()
    ]
    return merge(tables, origins, WORKSPACE, AS_OF, **more)


def written(book: Merged, path: Path) -> Path:
    """The book written and counted again."""
    write_book(book, path)
    check_book(book, path)
    return path


def workbook(path: Path) -> Workbook:
    """A written book as the program's own reader gives it: openpyxl leaves `_x005F_` as it stands."""
    from canju.reading.formats import read_workbook
    from canju.reading.walk import walk

    [found] = walk([path])
    return read_workbook(found)


def read(path: Path) -> Contents:
    """A written book read back."""
    contents = read_book(workbook(path), AS_OF)
    assert contents is not None
    return contents


def rows_of(path: Path, title: str) -> list[dict[str, str]]:
    """A sheet's rows by heading, as text."""
    sheet = next(one for one in workbook(path).sheets if one.name == title)
    heads = [plain(cell) for cell in sheet.rows[0]]
    return [dict(zip(heads, map(plain, row), strict=False)) for row in sheet.rows[1:]]


def content(path: Path) -> dict[str, bytes]:
    """A workbook's parts."""
    with zipfile.ZipFile(path) as held:
        return {name: held.read(name) for name in held.namelist()}
