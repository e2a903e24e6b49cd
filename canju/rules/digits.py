"""What is left of a long number that a spreadsheet kept as a number."""

from __future__ import annotations

import re
from typing import Any


def digits_left(raw: Any) -> str:
    """The leading digits, 15 at most, of a long number that was kept as a number: 5.22799E+17 → 522799."""
    if isinstance(raw, int | float) and not isinstance(raw, bool):
        raw = f"{raw:.14e}"
    return re.sub(r"[eE].*|\D", "", str(raw))[:15]
