"""`canju diff OLD NEW`: findings mended, kept, new; records added, removed, changed."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from canju.commands import common, places
from canju.commands.common import Format, session


def add(app: typer.Typer) -> None:
    """Add the command."""
    app.command(
        "diff",
        help="比较两次报送：哪些问题已改、未改、新增，哪些人增减、变更。\n\n例：canju diff 第一次报送 第二次报送",
        no_args_is_help=True,
    )(diff)


def diff(
    context: typer.Context,
    old: Annotated[Path, typer.Argument(help="先前的报送文件夹或总表。", metavar="上次", show_default=False)],
    new: Annotated[Path, typer.Argument(help="后来的报送文件夹或总表。", metavar="这次", show_default=False)],
    format_: common.FormatOption = Format.text,
    output: common.Output = None,
    as_of: common.AsOf = None,
    jobs: common.Jobs = None,
    unmask: common.Unmask = False,
    force: common.Force = False,
) -> None:
    """Print what changed."""
    from canju import pipeline
    from canju.merging import diff as compare
    from canju.outputs.findings import as_dict, as_json, line

    it = session(context)
    paths = places.existing([old, new])
    places.apart(paths, output)
    places.vacant(force, output)
    rounds = []
    for path in paths:
        workspace = it.workspace([path])
        rounds.append(common.received(pipeline.validate([path], workspace, common.options(it, workspace, as_of=as_of, jobs=jobs))))
    profile = common.profile(unmask)
    towns = list(dict.fromkeys(town.name for one in reversed(rounds) for town in one.book.towns))
    states = compare.diff_findings(rounds[0].findings, rounds[1].findings, towns)
    changes = compare.diff_books(pipeline.merge(rounds[0]), pipeline.merge(rounds[1]))
    counts = compare.count_findings(states)
    if format_ is Format.text:
        told = {finding.fingerprint for finding in rounds[0].findings if finding.explained}
        moving = bool(changes) or any(
            state in ("fixed", "added") or (state == "explained" and finding.fingerprint not in told) for state, finding in states
        )
        lines = (
            []
            if not moving
            else [
                f"{town or '县残联'}：" + "，".join(f"{compare.STATE_WORDS[state]}{count}" for state, count in some.items())
                for town, some in counts.items()
            ]
        )
        told_of = sorted(states if moving else [], key=lambda one: one[0] == "kept")  # what is still to be done is read last
        lines += [f"{compare.STATE_WORDS[state]} {line(finding, profile)}" for state, finding in told_of]
        lines += [" ".join(compare.line(change, profile).split()) for change in changes]
        text = "\n".join(lines)
        if not moving:
            left = sum(state == "kept" for state, _ in states)
            it.say(f"两次报送没有差别{f'，上次的 {left} 处问题都还没有改' if left else ''}。")
    else:
        data = [{"state": state, **as_dict(finding, profile)} for state, finding in states]
        moved = [change.to_dict(profile) for change in changes]
        if format_ is Format.json:
            by_town = [{"town": town, **some} for town, some in counts.items()]
            text = as_json({"towns": by_town, "findings": data, "changes": moved})
        else:
            text = (
                common.lines_of([*data, *moved]) if format_ is Format.jsonl else common.table_of([one.to_row(profile) for one in changes])
            )
    it.give(text, output, force)
    it.end(3 if any(one.unread for one in rounds) else 0)
