"""Rows of the commissioners ledger as a clerk types them, made into a book: for tests of the stipend."""

from __future__ import annotations

import datetime as dt
import tomllib
from collections.abc import Mapping, Sequence
from decimal import Decimal
from pathlib import Path
from typing import Any

from canju.book import Book
from canju.ledgers.base import Clue, Place, Table
from canju.ledgers.commissioners import Commissioner
from canju.model import Period, letters
from canju.plans import Clause, Figure, Plan
from canju.workspace import understood

CASES = tomllib.loads((Path(__file__).parent / "data" / "stipend-cases.toml").read_text(encoding="utf-8"))["case"]
CLAUSES = ("二（二）1（2）", "二（二）1（3）", "二（二）1（4）")
AS_OF = dt.date(2019, 12, 31)
WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)


def id_number(sequence: int) -> str:
    """A valid number of nobody: area 522799, born 1990-03-07."""
    body = f"52279919900307{sequence:03}"
    return body + "10X98765432"[sum(int(digit) * weight for digit, weight in zip(body, WEIGHTS, strict=True)) % 11]


def typed(number: int, row: Mapping[str, Any], **defaults: Any) -> dict[str, str]:
    """A row with what it leaves out."""
    cells = {
        "town": "甲镇",
        "kind": "专职",
        "name": f"测{'甲乙丙丁戊己庚辛壬癸'[number % 10]}{'一二三四五六七八九十'[number // 10 % 10]}",
        "id_number": id_number(row.get("id", 100 + number)),
        "assessment": "合格",
        "assessed_year": "2019",
        **defaults,
        **row,
    }
    cells.pop("id", None)
    return {name: str(value) for name, value in cells.items()}


def table_of(town: str | None, rows: Sequence[Mapping[str, str]], file: str = "", as_of: dt.date = AS_OF) -> Table:
    """One town's ledger, each cell read by its column's own type."""
    names = [name for name in Commissioner.columns if any(name in row for row in rows)]
    table = Table(Commissioner, file or f"{town or '县残联'}.xlsx", "Sheet1", 3, town=town)
    for number, name in enumerate(names, start=1):
        table.places[name] = Place(letters(number), number, Commissioner.columns[name].title)
        read = [Commissioner.columns[name].type.read(row.get(name, ""), Clue(as_of=as_of)) for row in rows]
        table.values[name] = [one.value for one in read]
        table.unread[name] = {position for position, one in enumerate(read) if one.value is None and not one.blank}
    table.numbers = list(range(4, 4 + len(rows)))
    table.cells = [[row.get(name, "") for name in names] for row in rows]
    return table


def book_of(rows: Sequence[Mapping[str, str]], as_of: dt.date = AS_OF, **workspace: Any) -> Book:
    """A book of these rows, one table a town in the order the towns appear."""
    towns = dict.fromkeys(row.get("town", "") for row in rows)
    tables = [table_of(town or None, [row for row in rows if row.get("town", "") == town], as_of=as_of) for town in towns]
    return Book(tables, understood({"towns": ["甲镇", "乙镇"], **workspace}), as_of)


def plan_of(rates: Sequence[Sequence[Any]] = (("2019-09-25", "200"),), as_of: dt.date = AS_OF) -> Plan:
    """A plan that sets the rate and nothing else."""
    figures = tuple(Figure(Decimal(str(rate)), dt.date.fromisoformat(since), CLAUSES[0]) for since, rate in rates)
    clauses = {address: Clause(address, f"{address}原文") for address in CLAUSES}
    return Plan("test", "试验方案", "", dt.date(2019, 9, 25), clauses, {"stipend_monthly": figures}, as_of)


def setting(case: Mapping[str, Any]) -> tuple[Book, Plan, Period]:
    """A case's book, plan and period."""
    year = case.get("year", 2019)
    as_of = dt.date(year, 12, 31)
    rows = [
        typed(number, row, **({} if "assessed_year" in row or year == 2019 else {"assessed_year": ""}))
        for number, row in enumerate(case["rows"])
    ]
    period = Period(year, case.get("from", f"{year}-10"), case.get("to", f"{year}-12"), case.get("basis", "same_year"))
    return book_of(rows, as_of), plan_of(case.get("rates", (("2019-09-25", "200"),)), as_of), period
