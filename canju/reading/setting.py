"""What recognising needs to know of the county: its towns, villages, own headings, and the day of judgement."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import NamedTuple


class Setting(NamedTuple):
    """The workspace as far as reading needs it. Without one everything is empty and towns are found in the data.

    `former` maps a village's former name to its present one; `headings` holds extra headings by ledger and field.
    """

    county: str = ""
    federation: str = ""
    towns: tuple[str, ...] = ()
    villages: Mapping[str, tuple[str, ...]] = {}
    former: Mapping[str, str] = {}
    headings: Mapping[str, Mapping[str, Sequence[str]]] = {}
    as_of: dt.date = dt.date.max
