"""The files of a round as they came, out of what the reading said of them, and what an unreadable one may have held."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import Protocol

from canju.ledgers import ledgers
from canju.ledgers.base import Table
from canju.masking import sentence
from canju.merging.merged import Origin
from canju.model import Finding
from canju.workspace import Workspace

LOST = ("F101", "F102", "F103", "F210", "F211")
"""Faults of a file that leave rows unread."""


class Read(Protocol):
    """A file as the pipeline knows it."""

    file: str
    sha256: str
    status: str
    format: str
    modified: dt.datetime | None


def origins_of(sources: Iterable[Read], findings: Iterable[Finding]) -> list[Origin]:
    """Each file with what was wrong with it in words; one that need not be read (a paper, a copy) is `skipped`, not `unread`."""
    said: dict[str, list[Finding]] = defaultdict(list)
    for finding in findings:
        if finding.rule.startswith("F1") or finding.rule in LOST:
            said[finding.address.file].append(finding)
    found = []
    for source in sources:
        faults = said[source.file]
        lost = any(one.rule in LOST for one in faults)
        status = "skipped" if source.status == "unread" and faults and not lost else source.status
        why = "".join(dict.fromkeys(sentence(one.template, one.values) for one in faults))
        found.append(Origin(source.file, source.sha256, status, source.format, source.modified, why))
    return found


def town_of(file: str, towns: Iterable[str]) -> str | None:
    """The town a path names, the longest where it names several."""
    return max((town for town in towns if town in file), key=len, default=None)


def problems_of(origins: Iterable[Origin], tables: Sequence[Table], workspace: Workspace) -> Mapping[tuple[str, str], str]:
    """For ledgers the towns send and of which nothing came, the town's files that could not be read: the ledger may lie in one."""
    towns = list(dict.fromkeys([*workspace.towns, *(table.town for table in tables if table.town)]))
    lost: dict[str, list[str]] = defaultdict(list)
    for origin in origins:
        if origin.status == "unread" and (town := town_of(origin.file, towns)):
            lost[town].append(origin.file.rsplit("/", 1)[-1])
    came = {(table.ledger.key, table.town) for table in tables}
    sent = {key for key, town in came if town}
    return {
        (ledger.key, town): f"未收到{ledger.title}（{'、'.join(files)}打不开，可能在其中）"
        for town, files in lost.items()
        for ledger in ledgers().values()
        if (not ledger.supplementary or ledger.key in sent) and (ledger.key, town) not in came
    }
