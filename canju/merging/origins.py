"""The files of a round as they came, out of what the reading said of them, and what an unreadable one may have held."""

from __future__ import annotations

import datetime as dt
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Protocol

from canju.findings import Findings, summed
from canju.ledgers import ledgers
from canju.ledgers.base import Table
from canju.masking import sentence
from canju.merging.merged import Known, Origin
from canju.model import Finding
from canju.workspace import Workspace, town_of

if TYPE_CHECKING:
    from canju.merging.readback import Contents

SIGNED = (".pdf", ".doc", ".docx", ".wps", ".odt", ".rtf", ".jpg", ".jpeg", ".png", ".tif", ".tiff", ".bmp", ".ofd", ".heic")
"""Endings of files that may be the signed and stamped paper of a ledger."""
LOST = ("F101", "F102", "F103", "F210", "F211")
"""Faults of a file that leave rows unread."""


class Read(Protocol):
    """A file as the pipeline knows it."""

    file: str
    sha256: str
    status: str
    format: str
    modified: dt.datetime | None


def of_file(rule: str) -> bool:
    """Whether a rule is about a file as a whole, or says that rows of it are lost."""
    return rule.startswith("F1") or rule in LOST


def origins_of(sources: Iterable[Read], findings: Iterable[Finding]) -> list[Origin]:
    """Each file with what was wrong with it in words; one that need not be read (a paper, a copy) is `skipped`, not `unread`.

    What is packed in a way that can't be opened is unread as well: ledgers may lie in it.
    """
    said: dict[str, list[Finding]] = defaultdict(list)
    for finding in findings:
        if of_file(finding.rule):
            said[finding.address.file].append(finding)
    found = []
    for source in sources:
        faults = said[source.file]
        lost = any(one.rule in LOST or one.values.get("packed") for one in faults)
        status = "skipped" if source.status == "unread" and faults and not lost else source.status
        why = "".join(dict.fromkeys(sentence(one.template, one.values) for one in faults))
        found.append(Origin(source.file, source.sha256, status, source.format, source.modified, why))
    return found


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


def papers_of(findings: Iterable[Finding], workspace: Workspace) -> dict[str, list[str]]:
    """Signed papers by town, out of the files that were left aside (F105): the town is the finding's own, else told by the path."""
    found: dict[str, list[str]] = defaultdict(list)
    for finding in findings:
        file = finding.address.file
        name = file.rsplit("/", 1)[-1]
        if finding.rule == "F105" and not finding.values.get("own") and name.lower().endswith(SIGNED) and not name.startswith(("~", ".")):
            found[finding.town or town_of(file, workspace.towns) or ""].append(file)
    return {town: list(dict.fromkeys(files)) for town, files in found.items()}


def errors_of(findings: Findings) -> Counter[tuple[str, str | None]]:
    """Errors that no town has explained, by ledger and town."""
    errors = {kind: count for kind, count in findings.kinds.items() if kind.severity == "error" and kind.ledger and not kind.explained}
    return summed(errors, lambda kind: (kind.ledger or "", kind.town))


def known_of(
    findings: Findings, origins: Sequence[Origin], tables: Sequence[Table], workspace: Workspace, books: Iterable[Contents] = ()
) -> Known:
    """What a round tells beside its tables; what county books among its files know is taken over where nothing newer came."""
    papers = papers_of(findings.of("F105".__eq__), workspace)
    known = Known(dict(problems_of(origins, tables, workspace)), dict(errors_of(findings)), papers)
    known.unnamed = {(one.address.file, one.address.sheet) for one in findings.of("F202".__eq__)}
    if findings.explained:
        known.replies = {one.fingerprint: one.explained for one in findings if one.explained}
    books = list(books)
    old = {id(table) for book in books for table in book.tables}
    fresh = {(table.ledger.key, table.town) for table in tables if id(table) not in old}
    came = {(table.ledger.key, table.town or "") for table in tables}
    for book in books:
        known.problems |= {key: why for key, why in book.known.problems.items() if key not in came}
        known.unnamed |= book.known.unnamed
        for key, count in book.known.errors.items():
            if key not in fresh:
                known.errors[key] = max(count, known.errors.get(key, 0))
        for town, files in book.known.papers.items():
            known.papers[town] = list(dict.fromkeys([*known.papers.get(town, []), *files]))
    return known
