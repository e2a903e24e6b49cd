"""canju: a county disabled persons' federation's ledgers, read, checked, merged, judged and reported.

From Python: `canju.read`, `canju.validate`, `canju.check` and `canju.merge`, described in `canju.api`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from canju.api import check, merge, read, validate

__version__ = "0.1.0"
__all__ = ["__version__", "check", "merge", "read", "validate"]


def __getattr__(name: str) -> Any:
    """The four calls of the Python API, loaded when first asked for."""
    if name in ("read", "validate", "check", "merge"):
        from canju import api

        return getattr(api, name)
    raise AttributeError(name)
