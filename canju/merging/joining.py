"""One county book out of what the towns sent: which submission stands, what is left out and why, what disagrees."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from itertools import chain, islice

from canju.ledgers.base import Table
from canju.merging import conflicts as disagreement
from canju.merging.adopt import mark_doubtful, set_doubles_aside
from canju.merging.decisions import replay
from canju.merging.merged import Decision, Known, Merged, Origin, by_folder
from canju.merging.rounds import number, settle
from canju.workspace import Workspace


def merge(
    tables: Iterable[Table],
    origins: Iterable[Origin],
    workspace: Workspace,
    as_of: dt.date,
    *,
    decisions: Iterable[Decision] = (),
    known: Known | None = None,
) -> Merged:
    """Join all tables into one book. The order of tables and files makes no difference, nor does a table given twice.

    `decisions` are those of earlier books, `known` what the round tells beside its tables. Never raises for what a town sent.
    """
    files = sorted({origin.file: origin for origin in origins}.values(), key=lambda origin: by_folder(origin.file))
    submissions = number(tables, {origin.file: origin for origin in files})
    corrected = settle(submissions)
    doubles = set_doubles_aside(submissions, workspace, as_of)
    mark_doubtful(submissions)
    found = chain(
        disagreement.of_persons(submissions),
        disagreement.of_pairs(disagreement.REPEATED, doubles, "采用 A", "同一镇同一台账重复，采用先出现的一行。"),
        disagreement.of_pairs(disagreement.CORRECTED, corrected, "采用 B", "后报的一行更正先报的一行。"),
    )
    listed = list(islice(found, disagreement.MOST + 1))
    merged = Merged(submissions, files, workspace, as_of, listed[: disagreement.MOST], known=known or Known())
    merged.said += [f"{one.table.file}{one.note}" for one in submissions if one.asked]
    if len(listed) > disagreement.MOST:
        merged.said.append(f"冲突超过{disagreement.MOST}处，只列出前{disagreement.MOST}处。")
    merged.stale, said = replay(merged.conflicts, decisions)
    merged.said += said
    disagreement.mark_disputed(merged.conflicts)
    return merged
