"""`canju check`: the plan, clause by clause, with evidence."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from canju.commands import common, places
from canju.commands.common import FailOn, Format, session
from canju.refusal import Refusal, nearest

if TYPE_CHECKING:
    from canju.model import Verdict
    from canju.pipeline import Round
    from canju.plans import Plan


def add(app: typer.Typer) -> None:
    """Add the command."""
    app.command("check", help="对照方案逐条核查，给出结论和依据。\n\n例：canju check 报送 -o 指标完成情况.xlsx", no_args_is_help=True)(
        check
    )


def check(
    context: typer.Context,
    paths: common.Paths,
    out: Annotated[Path | None, typer.Option("-o", help="写成工作簿：指标完成情况.xlsx。", show_default=False)] = None,
    what_if: Annotated[
        list[str] | None,
        typer.Option("--what-if", help="假设某个指标改变，看结论会怎样变，例 stipend_monthly=300；不写任何文件。", show_default=False),
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
    everything: Annotated[bool, typer.Option("--all", help="在屏幕上列出每一条结论。")] = False,
    force: common.Force = False,
    password_file: common.PasswordFile = None,
) -> None:
    """Judge and print."""
    from canju import pipeline
    from canju.rules.base import catalogue, chosen

    it = session(context)
    paths = places.existing(it.near(paths))
    out = it.place(out, force) if out else None
    common.asked(select, "P")
    places.apart(paths, out, output)
    places.vacant(force, out, output)
    if out and out.suffix.lower() != ".xlsx":
        raise Refusal("文件名请以 .xlsx 结尾，例：-o 指标完成情况.xlsx")
    if what_if and out:
        raise Refusal("--what-if 只作测算，不写文件：请去掉 -o。")
    workspace = it.workspace(paths)
    options = common.options(it, workspace, as_of=as_of, jobs=jobs, town=town, password_file=password_file, cluster=cluster)
    kept = set(chosen(catalogue(), common.codes(select), common.codes(ignore)))
    round_ = common.received(pipeline.read(paths, workspace, options), "核查")
    verdicts = [one for one in round_.verdicts if one.rule in kept and town in (None, one.town)]
    if what_if:
        it.give(_what_if(round_, verdicts, what_if, kept, town), output, force)
    else:
        full = everything or not it.out.isatty() or output is not None
        it.give(_rendered(round_, verdicts, format_, unmask, None if full else it.columns), output, force)
    if out:
        _write(it, round_, verdicts, out, force)
    it.say(_totals(verdicts) if verdicts else "没有这样的条款结论。")
    unmet = [one.severity for one in verdicts if one.status == "unmet"]
    it.end(_code(it, round_, fail_on, unmet))


def _code(it: common.Session, round_: Round, fail_on: FailOn, unmet: Sequence[str]) -> int:
    """3 where a file could not be read, else 1 for what is unmet at or above --fail-on."""
    if common.closing(it, round_, FailOn.never):
        return 3
    return int(fail_on is not FailOn.never and ("error" in unmet or (fail_on is FailOn.query and "query" in unmet)))


def _rendered(round_: Round, verdicts: Sequence[Verdict], format_: Format, unmask: bool, columns: int | None) -> str:
    """The verdicts in the format asked for: as text every one, or, for a terminal of so many columns, what presses."""
    from canju.outputs.check import data, text
    from canju.outputs.check.readings import TITLE, readings
    from canju.outputs.findings import as_json

    profile = common.profile(unmask)
    if format_ is Format.json:
        return as_json(data.as_data(round_.book, round_.plan, verdicts, profile))
    if format_ is Format.jsonl:
        return common.lines_of([data.as_dict(one, profile) for one in verdicts])
    if format_ is Format.csv:
        return common.table_of([data.as_row(one, profile) for one in verdicts])
    if columns is None:
        return text.lines(verdicts, profile)
    parts = [text.overview(round_.book, round_.plan, verdicts, columns), *text.pressing(verdicts, profile)]
    decisions = text.decisions(readings(round_.book, round_.plan))
    return "\n".join([*parts, *(["", f"{TITLE}：", *decisions] if decisions else [])])


def _what_if(round_: Round, verdicts: Sequence[Verdict], given: Sequence[str], kept: set[str], town: str | None) -> str:
    from canju.outputs.check import data, text
    from canju.rules.engine import judge_plan

    plan = round_.plan
    for one in given:
        plan = _replaced(plan, one)
    again = [one for one in judge_plan(round_.book, plan, kept) if town in (None, one.town)]
    return text.changes(data.differences(verdicts, again))


def _replaced(plan: Plan, given: str) -> Plan:
    """The plan with one NAME=VALUE laid over it."""
    from canju import plans

    name, _, value = given.partition("=")
    if name not in plans.KINDS:
        near = nearest(name, plans.KINDS, 0.4)
        raise Refusal(f"没有「{name}」这个指标{f'，是否应为「{near}」？' if near else '，请用 canju plan 查看。'}")
    parsed: object = value
    if plans.KINDS[name] in ("count", "span"):
        numbers = [int(part) for part in value.strip("[]").split(",") if part.strip().isdigit()]
        parsed = numbers[0] if len(numbers) == 1 else numbers
    return plan.replaced(name, plans.parse(name, parsed, lambda: "--what-if"))


def _write(it: common.Session, round_: Round, verdicts: Sequence[Verdict], out: Path, force: bool) -> None:
    from canju.outputs.check.workbook import write

    written = it.written(force)
    written.write(out, lambda path: write(path, round_.book, round_.plan, verdicts))
    it.tell(written)


def _totals(verdicts: Sequence[Verdict]) -> str:
    from collections import Counter

    from canju.model import STATUS_WORDS

    counts: Counter[str] = Counter(one.status for one in verdicts)
    return "核查结论：" + "，".join(f"{word} {counts[key]}" for key, word in STATUS_WORDS.items() if counts[key]) + "。"
