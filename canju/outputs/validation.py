"""The JSON of `validate`: summary, sources, findings and coverage, in the shape that the contract fixes."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from canju import __version__
from canju.findings import Findings
from canju.ledgers.base import Table
from canju.masking import Profile, mask_path
from canju.model import SEVERITIES, Tally
from canju.outputs.findings import as_dict


def ledger_of(table: Table, profile: Profile = "internal") -> dict[str, Any]:
    """One table of a source: what it was taken for, where its columns stand, and which rows were left out and why."""
    return {
        "ledger": table.ledger.key,
        "sheet": table.sheet if profile == "full" else mask_path(table.sheet),
        "town": table.town,
        "heading_row": table.heading_row,
        "rows": len(table),
        "columns": {name: place.letter for name, place in table.places.items()},
        "skipped": [{"row": one.row, "why": one.why} for one in table.skipped],
    }


def source_of(source: Any, profile: Profile = "internal") -> dict[str, Any]:
    """One file of the round."""
    return {
        "file": source.file if profile == "full" else mask_path(source.file),
        "sha256": source.sha256,
        "status": source.status,
        "ledgers": [ledger_of(table, profile) for table in source.tables],
    }


def coverage_of(tallies: Iterable[Tally]) -> list[dict[str, Any]]:
    """How far each rule could judge each town."""
    return [
        {
            "rule": one.rule,
            "town": one.town,
            "status": one.status,
            "checked": one.checked,
            "found": one.found,
            "unchecked": one.unchecked,
            "why": one.why if one.unchecked else "",
        }
        for one in tallies
    ]


def as_data(
    plan: str, as_of: str, sources: Sequence[Any], rows: int, findings: Findings, tallies: Sequence[Tally], profile: Profile
) -> dict[str, Any]:
    """The whole report; its findings are made one by one, as they are written."""
    counts = {key: findings.count(key) for key in SEVERITIES}
    return {
        "canju": __version__,
        "plan": plan,
        "as_of": as_of,
        "summary": {"files": len(sources), "rows": rows, **counts, "clean": not counts["error"] and not counts["query"]},
        "sources": [source_of(source, profile) for source in sources],
        "findings": (as_dict(finding, profile) for finding in findings),
        "coverage": coverage_of(tallies),
    }
