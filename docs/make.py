"""Writes the documents that are made from code: `python docs/make.py`."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from canju import plans
from canju.outputs.rulebook import rulebook


def _rules() -> str:
    return rulebook(plans.read(Path(plans.__file__).parent / "longli-2019.toml"))


PAGES: dict[str, Callable[[], str]] = {"rules.md": _rules}
"""Each page's file name in this folder, and what writes it."""


def main() -> None:
    """Write every page."""
    for name, page in PAGES.items():
        (Path(__file__).parent / name).write_text(page(), encoding="utf-8")


if __name__ == "__main__":
    main()
