"""A ledger's columns as a Table Schema (frictionlessdata.io, v1), for tools that check tables by themselves."""

from __future__ import annotations

from decimal import Decimal
from typing import Any, get_type_hints

from canju.ledgers.base import Column, Ledger

TYPES: dict[Any, str] = {int: "integer", Decimal: "number"}


def table_schema(ledger: type[Ledger]) -> dict[str, Any]:
    """The schema of the ledger as it stands in the merged book: names are the official headings."""
    hints = get_type_hints(ledger)
    return {
        "$schema": "https://specs.frictionlessdata.io/schemas/table-schema.json",
        "name": ledger.key,
        "title": ledger.title,
        "fields": [_field(name, column, hints.get(name)) for name, column in ledger.columns.items()],
        "missingValues": [""],
    }


def _field(name: str, column: Column, kind: Any) -> dict[str, Any]:
    found: dict[str, Any] = {"name": column.title, "type": TYPES.get(kind, "string"), "title": column.title, "canju:field": name}
    if len(column.headings) > 1:
        found["description"] = f"也写作：{'、'.join(column.headings[1:])}"
    if column.required and not column.derived and column.unless is None:
        found["constraints"] = {"required": True}
    return found
