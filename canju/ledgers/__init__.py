"""The ledgers: one file each, found by lying in this folder. A column is one line of its class."""

from __future__ import annotations

from functools import cache
from importlib import import_module
from pkgutil import iter_modules

from canju.ledgers.base import Column, Ledger, Place, Skipped, Table

__all__ = ["Column", "Ledger", "Place", "Skipped", "Table", "ledgers"]

ORDER = ("staffing", "commissioners", "uncertified", "groups", "organizations", "certified", "delegates", "feedback")


@cache
def ledgers() -> dict[str, type[Ledger]]:
    """Every declared ledger by its key, those the plan's towns must send first."""
    found: dict[str, type[Ledger]] = {}
    for module in (one for one in iter_modules(__path__) if not one.ispkg):
        for value in vars(import_module(f"{__name__}.{module.name}")).values():
            if isinstance(value, type) and issubclass(value, Ledger) and value.key:
                found[value.key] = value
    return dict(sorted(found.items(), key=lambda item: (ORDER.index(item[0]) if item[0] in ORDER else len(ORDER), item[0])))
