"""Writes the documents that are made from code: `python docs/make.py`."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import typer

from canju import plans
from canju.cli import application
from canju.ledgers import ledgers
from canju.outputs.manual import cli_reference, ledger_reference
from canju.outputs.rulebook import rulebook


def _rules() -> str:
    return rulebook(plans.read(Path(plans.__file__).parent / "longli-2019.toml"))


def _cli() -> str:
    return cli_reference(typer.main.get_command(application()))


def _ledgers() -> str:
    return ledger_reference(list(ledgers().values()))


PAGES: dict[str, Callable[[], str]] = {"rules.md": _rules, "cli.md": _cli, "ledgers.md": _ledgers}
"""Each page's file name in this folder, and what writes it."""


def main() -> None:
    """Write every page."""
    for name, page in PAGES.items():
        (Path(__file__).parent / name).write_text(page(), encoding="utf-8")


if __name__ == "__main__":
    main()
