"""`canju validate`: findings; with -o the return workbooks and the report.

Annotations aren't imported from `__future__`: typer would compile each of the many options' four times.
"""

from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from canju.commands import common, places
from canju.commands.common import FailOn, Format, session

if TYPE_CHECKING:
    from canju.outputs.findings import Group
    from canju.pipeline import Round


def add(app: typer.Typer) -> None:
    """Add the command."""
    app.command("validate", help="校验台账，列出每一处问题。\n\n例：canju validate 报送 -o 退回", no_args_is_help=True)(validate)


def validate(
    context: typer.Context,
    paths: common.Paths,
    out: Annotated[
        Path | None, typer.Option("-o", help="把退回各镇（街道）修改的工作簿和 report.html 写到这个文件夹。", show_default=False)
    ] = None,
    format_: common.FormatOption = Format.text,
    output: common.Output = None,
    select: common.Select = None,
    ignore: common.Ignore = None,
    town: common.TownOption = None,
    as_of: common.AsOf = None,
    fail_on: common.FailOnOption = FailOn.error,
    jobs: common.Jobs = None,
    cluster: common.OnCluster = None,
    unmask: common.Unmask = False,
    force: common.Force = False,
    everything: Annotated[bool, typer.Option("--all", help="在屏幕上列出全部问题，不折叠。")] = False,
    explain_reading: Annotated[bool, typer.Option("--explain-reading", help="说明每张工作表是怎样认读的、哪些行没有取用。")] = False,
    password_file: common.PasswordFile = None,
) -> None:
    """Validate and print."""
    from canju import pipeline

    it = session(context)
    paths = places.existing(it.near(paths))
    out = it.place(out, force) if out else None
    common.asked(select, "FCR")
    places.apart(paths, out, output)
    places.vacant(force, output)
    places.vacant_folder(force, out, ("report.html", "问题明细.csv"))
    workspace = it.workspace(paths)
    options = common.options(
        it,
        workspace,
        as_of=as_of,
        jobs=jobs,
        select=select,
        ignore=ignore,
        town=town,
        password_file=password_file,
        explain=explain_reading,
        cluster=cluster,
    )
    round_ = common.received(pipeline.validate(paths, workspace, options))
    listed = everything or not it.out.isatty() or output is not None
    if explain_reading:
        it.show("\n".join(_explained(line, unmask) for source in round_.sources for line in source.explanation))
    else:
        it.give(rendered(round_, format_, unmask, listed, common.again("validate", paths)), output, force)
    if out:
        _returned(context, round_, out, force)
    _summary(it, round_, _where_all(out, output, explain_reading or listed))
    it.end(common.closing(it, round_, fail_on))


def rendered(round_: "Round", format_: Format, unmask: bool, full: bool, again: str) -> Iterable[str]:
    """The findings in the format asked for; grouped by rule for a terminal, with the call (`again`) by which all of a rule are shown."""
    from canju.outputs import findings, validation

    profile = common.profile(unmask)
    if format_ is Format.json:
        data = validation.as_data(
            round_.plan.id,
            round_.options.as_of.isoformat(),
            round_.sources,
            round_.rows,
            round_.findings,
            list(round_.tallies.values()),
            profile,
        )
        return findings.json_parts(data)
    if format_ is Format.jsonl:
        return findings.as_lines(round_.findings, profile)
    if format_ is Format.csv:
        return findings.as_csv(round_.findings, profile)
    if full:
        return findings.as_text(round_.findings, profile)
    return (line for one in findings.grouped(round_.findings, findings.FIRST, profile) for line in _lines(one, again))


def _lines(group: "Group", again: str) -> list[str]:
    """A rule's heading, its first findings, and how to see the others."""
    more = [f"…… 另有 {group.more} 处。看全部：{again} --select {group.rule} --all"] if group.more else []
    return [f"{group.heading}\n", *(f"  {line}\n" for line in [*group.lines, *more])]


def _explained(line: str, unmask: bool) -> str:
    from canju.masking import mask_text
    from canju.outputs.findings import printable

    return printable(line if unmask else mask_text(line))


def _where_all(out: Path | None, output: Path | None, listed: bool) -> str:
    """Where all findings are, however many: in a file, in what was just printed, or where they can be had."""
    if out or output:
        return f" {out / '问题明细.csv' if out else output}"
    return "上面" if listed else "：加 --format csv --output 问题明细.csv 写成表格"


def _summary(it: common.Session, round_: "Round", where: str) -> None:
    from canju.outputs.findings import totals, very_many

    it.say(totals(round_.findings, len(round_.sources), round_.rows), *very_many(round_.findings, where))
    common.of_books(it, round_)
    if not round_.tables:
        it.say("没有读到任何台账：请核对文件夹里是否有各镇（街道）报送的表格。")


def _returned(context: typer.Context, round_: "Round", out: Path, force: bool) -> None:
    """Write the return workbooks and the report."""
    from canju.sending import write_report, write_returns

    it = session(context)
    written = it.written(force)
    write_returns(round_, round_.findings, out, written)
    if round_.contents:
        it.say("总表里的问题不另做退回件：要退回各镇（街道）修改，请对报送的原件校验，例：canju validate 报送 -o 退回")
    write_report(round_, out, written)
    it.tell(written)
