"""`canju run DIR -o OUT`: the whole chain in one call, the clerk's one command."""

from __future__ import annotations

import os
from itertools import chain, count
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from canju.commands import common, places
from canju.commands.common import FailOn, Session, session
from canju.model import Refusal

if TYPE_CHECKING:
    from collections.abc import Sequence

    from canju.beside import Work
    from canju.model import Finding, Payment, Period
    from canju.outputs.files import Written
    from canju.pipeline import Round

BOOK, STATE, ROSTER, PAPER = "汇总.xlsx", "指标完成情况.xlsx", "发放表.xlsx", "总结.docx"
OUTPUTS = ("report.html", BOOK, STATE, ROSTER, PAPER, "退回修改", "通知")


def add(app: typer.Typer) -> None:
    """Add the command."""
    app.command("run", help="一次做完：校验、汇总、核查、发放、总结、通知。\n\n例：canju run 报送 -o 成果", no_args_is_help=True)(run)


def run(
    context: typer.Context,
    paths: common.Paths,
    out: Annotated[Path, typer.Option("-o", help="成果文件夹。")],
    as_of: common.AsOf = None,
    fail_on: common.FailOnOption = FailOn.error,
    jobs: common.Jobs = None,
    cluster: common.OnCluster = None,
    password_file: common.PasswordFile = None,
    force: common.Force = False,
) -> None:
    """Do the whole job and say where everything is."""
    from canju import pipeline
    from canju.outputs import journal
    from canju.outputs.findings import totals, very_many
    from canju.paper import INTERNAL

    it = session(context)
    paths = places.existing(it.near(paths))
    out = it.place(out, force)
    places.apart(paths, out)
    places.vacant_folder(force, out, OUTPUTS)
    workspace = it.workspace(paths)
    options = common.options(it, workspace, as_of=as_of, jobs=jobs, password_file=password_file, cluster=cluster)
    round_ = pipeline.validate(paths, workspace, options._replace(meanwhile=_get_ready))
    common.received(round_)
    written = it.written(force)
    for name in (PAPER, INTERNAL):
        _spare(it, paths, out, name)
    produce(it, round_, out, written)
    if gone := journal.remove_stale(out, written.paths):
        it.say(f"上次写出、这次不再需要的文件已删去 {len(gone)} 个：{'、'.join(gone)}。")
    _note(it, round_, out, written)
    it.say(
        *written.said,
        totals(round_.findings, len(round_.sources), round_.rows),
        *_beside(round_),
        *very_many(round_.findings, "问题明细.csv"),
        f"成果在文件夹 {out} 里，共 {len(written.paths)} 个文件：",
        *_listed(written, out),
    )
    if not round_.tables:
        it.say("没有读到任何台账，只写了校验报告。")
    it.end(common.closing(it, round_, fail_on))


def _get_ready() -> None:
    """Load, while the workers read, what writes the outputs, once for all processes that do."""
    import docx  # noqa: F401
    import xlsxwriter  # noqa: F401

    import canju.merging.book.save
    import canju.paper.internal
    import canju.paper.notices  # noqa: F401
    from canju import pipeline

    pipeline.get_ready()


def _spare(it: Session, paths: Sequence[Path], out: Path, name: str) -> None:
    """A paper that somebody has rewritten since is not overwritten: it gets a name of its own."""
    from canju.outputs import journal

    if journal.edited(out, name):
        path = out / name
        aside = _numbered(path.with_stem(f"{path.stem}（改过{{}}）"))
        try:
            path.rename(aside)
        except OSError:
            raise Refusal(f"{name} 有人改过，不能覆盖，又改不了名：请在其他程序中关闭它，再运行一次。", 3) from None
        it.say(f"{name} 有人改过，没有覆盖，已改名为 {aside.name}；新写的仍叫 {name}。")
        if name == PAPER:
            fresh = _numbered(out / "新稿{}.docx")
            it.say(f"要把新的数字更新到改过的稿子里：canju summary {' '.join(map(str, paths))} -o {fresh} --update {aside}")


def _numbered(path: Path) -> Path:
    """A path with the first number in its name for which nothing is there."""
    return next(one for n in count(1) if not os.path.lexists(one := path.with_name(path.name.format(n))))


def _beside(round_: Round) -> list[str]:
    """Why the counts are not those of `validate`: what the stipend has to say is counted with the rest here."""
    count = sum(count for kind, count in round_.findings.kinds.items() if kind.rule.startswith("S"))
    return (
        [f"其中发放方面的（S 开头）{count} 处，由工资核算得出：不在退回件和通知里，要镇里改的请另行告知；只用 canju validate 时不含这些。"]
        if count
        else []
    )


def produce(it: Session, round_: Round, out: Path, written: Written, earlier: Path | None = None) -> None:
    """Every output of a round into a folder; the county's own while the towns' are made.

    What the clerk decided in an `earlier` county book, else in the one that is there, is carried out.
    """
    from canju.beside import beside
    from canju.sending import write_report, write_returns

    findings, jobs = round_.findings, round_.options.jobs
    able = jobs > 1 and bool(round_.tables) and not findings.spilled and not round_.options.cluster

    def returns(written: Written) -> None:
        write_returns(round_, findings, out / "退回修改", written, jobs - able)

    with beside(returns, written, able):
        if round_.tables:
            book, papers = _county(it, round_, out, earlier or out / BOOK)
            with beside(papers, written, able):
                book(written)
    write_report(round_, out, written)


def _county(it: Session, round_: Round, out: Path, earlier: Path) -> tuple[Work, Work]:
    """What writes the county's own outputs: book, state of the plan and rosters; paper and notices. Stipend findings join the round's."""
    from canju import pipeline, plans
    from canju.commands import merge, notify, summary
    from canju.findings import Findings
    from canju.outputs.check.workbook import write as write_state

    merged = pipeline.merge(round_, earlier)
    payments, period, found = _stipend(it, round_)
    if found:
        round_.findings = Findings(chain(round_.findings, found))
    it.say(merged.summary, *merged.said)
    if round_.plan.of_another(round_.workspace.county):
        it.say(plans.borrowed(round_.plan, round_.workspace.county))
    day, workspace, verdicts = round_.options.as_of, round_.workspace, round_.verdicts

    def book(written: Written) -> None:
        merge.write(round_, merged, out / BOOK, written)
        written.write(out / STATE, lambda path: write_state(path, round_.book, round_.plan, verdicts))
        if period:
            from canju.outputs.rosters.workbook import Roster, write_rosters

            write_rosters(Roster(payments, period, day, workspace.county, workspace.federation), out / ROSTER, written)

    def papers(written: Written) -> None:
        summary.write(round_, merged, payments, period, out / PAPER, written)
        notify.write(round_, merged, out / "通知", written)

    return book, papers


def _stipend(it: Session, round_: Round) -> tuple[list[Payment], Period | None, list[Finding]]:
    """What is paid and found, where the workspace says what period is paid for; else it is said what is missing."""
    from canju.commands.stipend import paid
    from canju.stipend.period import period_of

    try:
        period = period_of(round_.workspace, round_.plan, None, None, None, None)
    except Refusal as refusal:
        it.say(f"没有生成发放表：{refusal.sentence}")
        return [], None, []
    payments, findings = paid(round_, period)
    return payments, period, findings


def _note(it: Session, round_: Round, out: Path, written: Written) -> None:
    """A line in the journal of the output folder."""
    from canju.outputs import journal

    inputs = [(source.file, source.sha256) for source in round_.sources]
    counts = {"files": len(round_.sources), "rows": round_.rows, **round_.counts()}
    written.paths.append(journal.note(out, it.now, "run", round_.plan.id, round_.options.as_of.isoformat(), inputs, written.paths, counts))


def _listed(written: Written, out: Path) -> list[str]:
    """The outputs by folder: those at the top by name, the rest counted."""
    top = [path.name for path in written.paths if path.parent == out]
    below: dict[str, int] = {}
    for path in written.paths:
        if path.parent != out and out in path.parents:
            folder = path.relative_to(out).parts[0]
            below[folder] = below.get(folder, 0) + 1
    return [f"  {name}" for name in top] + [f"  {folder}/（{count} 个）" for folder, count in below.items()]
