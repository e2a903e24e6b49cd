"""F208: whether the figures of a 合计 or 小计 row agree with the rows it may cover."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal, InvalidOperation
from typing import NamedTuple

from canju.ledgers.base import Table
from canju.ledgers.kinds.numbers import MoneyType, WholeType
from canju.model import Fault, Raw, letters, plain
from canju.patterns import pattern
from canju.reading.marks import OF_WHICH, SUBTOTAL, TOTAL, squeezed
from canju.reading.rows import Sorted

_COUNT = pattern(r"(?:共|计|[:：(（]|^)?([\d,，]{1,12})(人|名|户|个|条)[)）]?$")
_FIGURE = pattern(r"^[￥¥]?-?[\d,，]+(?:\.\d+)?(?:元|万元|个|次|月|人)?$")
NOT_SUMMED = frozenset({"serial", "age", "assessed_year"})


Scope = list[tuple[Table, Sequence[int]]]


class Figure(NamedTuple):
    """One figure of a total row: its column, the heading, what it says, and whether it counts rows."""

    column: int
    heading: str
    value: Decimal
    field: str | None


def disagreeing(table: Table, body: Sorted, rows: Sequence[Sequence[Raw]], columns: range, halves: Sequence[Table] = ()) -> Iterator[Fault]:
    """A fault for each total row that agrees with no scope it may cover; `columns` are the table's, `halves` tables side by side that it may sum."""
    for number in body.totals:
        row = [cell if column in columns else None for column, cell in enumerate(rows[number - 1], start=1)]
        label = _label(row)
        if OF_WHICH.match(label):
            continue
        figures = list(_figures(table, row))
        if not figures:
            continue
        scopes: list[Scope] = [[(table, positions)] for positions in _scopes(table, body, number, label)]
        if halves:
            scopes.append([(half, range(len(half))) for half in halves])
        wrong = [
            [(figure, sum_) for figure in figures if (sum_ := _sum(scope, figure)) is not None and sum_ != figure.value] for scope in scopes
        ]
        if wrong and all(wrong):
            figure, sum_ = min(wrong, key=lambda ones: (len(ones), sum(abs(one.value - total) for one, total in ones)))[0]
            what = "上面共" if figure.field is None else "上面各行相加为"
            name = "小计" if SUBTOTAL.search(label) else "合计"
            why = f"第{number}行{name}的「{figure.heading}」填的是{_shown(figure.value)}，{what}{_shown(sum_)}{'行' if figure.field is None else ''}。"
            yield Fault("F208", table.sheet, number, letters(figure.column), {"heading": figure.heading, "why": why}, field=figure.field)


def _label(row: Sequence[Raw]) -> str:
    """The word that makes a row a total, wherever it stands; else its first text."""
    texts = [squeezed(plain(cell)) for cell in row if cell is not None and cell != "" and not isinstance(cell, int | float)]
    return next((text for text in texts if TOTAL.match(text) or OF_WHICH.match(text)), texts[0] if texts else "")


def _shown(value: Decimal) -> str:
    return format(value.normalize(), "f")


def _figures(table: Table, row: Sequence[Raw]) -> Iterator[Figure]:
    """The figures of a total row under columns of numbers, and the head-count wherever it stands."""
    numeric = {
        place.number: name
        for name, place in table.places.items()
        if isinstance(table.ledger.columns[name].type, WholeType | MoneyType) and name not in NOT_SUMMED
    }
    headings = {place.number: place.heading for place in table.places.values()}
    for column, cell in enumerate(row, start=1):
        if cell is None or cell == "" or isinstance(cell, bool):
            continue
        text = squeezed(plain(cell))
        if column in numeric:
            if isinstance(cell, int | float) or _FIGURE.match(text[:40]):
                value = _number(text)
                if value is not None:
                    yield Figure(column, headings[column], value, numeric[column])
        elif (
            (found := _COUNT.search(text[-24:]))
            and found[2] in "人名"
            and (value := _number(found[1])) is not None
            and "name" in table.ledger.columns
        ):
            yield Figure(column, headings.get(column, "人数"), value, None)


def _number(text: str) -> Decimal | None:
    try:
        return Decimal(re.sub(r"[^\d.\-]", "", text))
    except InvalidOperation:
        return None


def _scopes(table: Table, body: Sorted, number: int, label: str) -> Iterator[Sequence[int]]:
    """The runs of records a total may cover, as positions."""
    end = next((i for i, row in enumerate(table.numbers) if row > number), len(table.numbers))
    if not end:
        yield range(len(table.numbers))  # a total above its rows
        return
    part = bool(SUBTOTAL.search(label))
    kinds = ("subtotal", "subtitle", "repeated-heading", "total") if part else ("subtitle", "total")
    stops = [one.row for one in body.skipped if one.row < number and one.why in kinds]
    starts = {0, *(_first_after(table, stop) for stop in stops[-6:])}
    villages = table.values.get("village") or [] if part else []
    if villages:
        last = villages[end - 1]
        start = end - 1
        while start and villages[start - 1] == last:
            start -= 1
        starts.add(start)
    yield from (range(start, end) for start in sorted(starts) if start < end)
    if villages and len({villages[i] for i in range(end)}) > 1:
        same = [i for i in range(end) if villages[i] == villages[end - 1]]
        yield same
    if not part:
        yield range(len(table.numbers))


def _first_after(table: Table, row: int) -> int:
    return next((i for i, number in enumerate(table.numbers) if number > row), len(table.numbers))


def _sum(scope: Scope, figure: Figure) -> Decimal | None:
    """What the scope comes to; None where a cell in it could not be read, so that nothing can be said."""
    if figure.field is None:
        return Decimal(sum(len(positions) for _, positions in scope))
    total = Decimal(0)
    for table, positions in scope:
        unread, values = table.unread.get(figure.field, ()), table.values.get(figure.field)
        if values is None or any(i in unread for i in positions):
            return None
        total += sum((Decimal(str(values[i])) for i in positions if values[i] is not None), Decimal(0))
    return total
