"""What a template already held when it was sent out, as its hidden sheet keeps it: a line a row, from which the answer is compared.

The hidden sheet holds key and value in its first two columns. `sent 1`, `sent 2` … hold the rows that were filled in
beforehand, each as JSON of field and canonical text; a town's file so holds its own rows only.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence

from canju.ledgers import ledgers
from canju.ledgers.base import Clue, Ledger, Table

SHEET = "_canju"
_PREFIX = "sent "


def told(rows: Sequence[Mapping[str, str]]) -> list[tuple[str, str]]:
    """The rows as keys and values of the hidden sheet."""
    return [(f"{_PREFIX}{number}", json.dumps(dict(row), ensure_ascii=False)) for number, row in enumerate(rows, 1)]


def sent_table(stamp: Mapping[str, str], file: str = "") -> Table | None:
    """The rows that were sent out, as a table; None where the stamp is no template's with rows filled in."""
    ledger = ledgers().get(stamp.get("ledger", ""))
    rows = list(_rows(stamp))
    if ledger is None or not rows:
        return None
    table = Table(ledger, file, "下发时", 0, stamp.get("town") or None, numbers=list(range(1, len(rows) + 1)), cells=[[] for _ in rows])
    names = [name for name in ledger.columns if any(name in row for row in rows)]
    table.values = {name: [_value(ledger, name, row.get(name, "")) for row in rows] for name in names}
    return table


def _value(ledger: type[Ledger], name: str, text: str) -> object:
    return ledger.columns[name].type.read(text, Clue()).value


def _rows(stamp: Mapping[str, str]) -> Iterator[dict[str, str]]:
    """The rows of a stamp in order; one that somebody has spoilt is passed over."""
    numbers = sorted(int(key[len(_PREFIX) :]) for key in stamp if key.startswith(_PREFIX) and key[len(_PREFIX) :].isdecimal())
    for number in numbers:
        text = stamp.get(f"{_PREFIX}{number}", "")
        try:
            row = json.loads(text)
        except ValueError:
            continue
        if isinstance(row, dict):
            yield {str(name): value for name, value in row.items() if isinstance(value, str)}


def asks(stamp: Mapping[str, str]) -> frozenset[str]:
    """The fields that were sent blank for the town to answer anew: filling them in changes nothing of what was sent."""
    return frozenset(stamp.get("asks", "").split())
