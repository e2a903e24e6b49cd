"""`canju stipend`: who is paid, how much, from which purse; rosters, bank file, explanation, estimate."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from canju.commands import common, places
from canju.commands.common import FailOn, Format, session
from canju.model import Refusal

if TYPE_CHECKING:
    from collections.abc import Sequence

    from canju.model import Change, Finding, Past, Payment, Period
    from canju.pipeline import Round


class Basis(StrEnum):
    """Which year's assessment a payment rests on."""

    same_year = "same_year"
    previous_year = "previous_year"


def add(app: typer.Typer) -> None:
    """Add the command."""
    app.command(
        "stipend",
        help="计算专职委员工资，生成发放表。\n\n例：canju stipend 报送 --year 2019 --from 2019-10 -o 发放表.xlsx",
        no_args_is_help=True,
    )(stipend)


def stipend(
    context: typer.Context,
    paths: common.Paths,
    year: Annotated[int | None, typer.Option("--year", help="发放年度，例 2019。", show_default=False)] = None,
    start: Annotated[str | None, typer.Option("--from", help="从哪个月起发，例 2019-10；没有默认值。", show_default=False)] = None,
    to: Annotated[str | None, typer.Option("--to", help="发到哪个月，例 2019-12；不写则到年底。", show_default=False)] = None,
    basis: Annotated[
        Basis | None,
        typer.Option(
            "--basis", help="考核与发放年度：当年考核发当年（same_year），或上年考核发当年（previous_year）。", show_default=False
        ),
    ] = None,
    out: Annotated[
        Path | None, typer.Option("-o", help="发放表：写成一个 .xlsx，或写到文件夹（每个资金来源和镇一个工作簿）。", show_default=False)
    ] = None,
    previous: Annotated[
        Path | None, typer.Option("--previous", help="上次的发放表（工作簿或文件夹），用来生成核增核减表。", show_default=False)
    ] = None,
    notice: Annotated[bool, typer.Option("--notice", help="附公示表（隐去个人信息）。")] = False,
    notice_from: Annotated[str | None, typer.Option("--notice-from", help="公示开始日，例 2020-01-10。", show_default=False)] = None,
    notice_to: Annotated[str | None, typer.Option("--notice-to", help="公示截止日。", show_default=False)] = None,
    telephone: Annotated[str | None, typer.Option("--telephone", help="公示的异议受理电话。", show_default=False)] = None,
    public: Annotated[
        bool, typer.Option("--public", help="只给可以公开的：镇、村、隐去一部分的姓名、金额；和 -o 一起用时只写公示表。")
    ] = False,
    bank: Annotated[Path | None, typer.Option("--bank", help="银行代发文件（.xlsx 或 .csv）。", show_default=False)] = None,
    explain: Annotated[
        str | None, typer.Option("--explain", help="逐步说明某人怎么算的：写姓名，或行号（7，或 文件!工作表!7）。", show_default=False)
    ] = None,
    estimate: Annotated[int | None, typer.Option("--estimate", help="按在岗人数测算某年预算，例 2020。", show_default=False)] = None,
    format_: common.FormatOption = Format.text,
    output: common.Output = None,
    select: common.Select = None,
    ignore: common.Ignore = None,
    town: common.TownOption = None,
    as_of: common.AsOf = None,
    fail_on: common.FailOnOption = FailOn.error,
    jobs: common.Jobs = None,
    unmask: common.Unmask = False,
    force: common.Force = False,
    password_file: common.PasswordFile = None,
) -> None:
    """Work out the stipend, print it and write what was asked for."""
    from canju import plans
    from canju.pipeline import read
    from canju.stipend.changes import met
    from canju.stipend.period import period_of

    it = session(context)
    paths = places.existing(paths)
    common.asked(select, "S")
    posted = _notice(notice or (public and out is not None), public, notice_from, notice_to, telephone)
    if public and (previous or bank or explain or unmask or estimate is not None):
        raise Refusal("--public 只给可以公开的内容：请去掉 --previous、--bank、--explain、--estimate 和 --unmask。")
    _checked(out, bank, output, previous, posted, force, shown=explain is not None)
    places.apart([*paths, *filter(None, [previous])], out, bank, output)
    workspace = it.workspace(paths)
    options = common.options(it, workspace, as_of=as_of, jobs=jobs, select=select, ignore=ignore, town=town, password_file=password_file)
    if estimate is not None:
        _estimate(context, common.received(read(paths, workspace, options), "测算"), estimate, out, format_, output, force)
        return
    period = period_of(workspace, plans.load(workspace, options.as_of), year, start, to, basis.value if basis else None)
    past = _past(previous, workspace.towns)
    round_ = common.received(read(paths, workspace, options), "核算")
    payments, findings = paid(round_, period)
    if explain:
        _explain(it, payments, explain, unmask)
        return
    it.give(_public(payments, period, format_) if public else rendered(round_, period, payments, findings, format_, unmask), output, force)
    _write(context, round_, period, payments, out, past, posted, bank, force, public)
    if past and past[0] and not met(past[0], payments):
        it.say("上次的发放表和本次没有一个人相同，全部列为核增、核减：请核对 --previous 是不是拿错了。")
    _say(it, round_, period, findings)
    round_.findings += findings
    it.end(common.closing(it, round_, fail_on) if round_.unread else _code(findings, fail_on))


def paid(round_: Round, period: Period) -> tuple[list[Payment], list[Finding]]:
    """The payments and findings of a round, of one town where only that is asked for."""
    from canju import pipeline

    town = round_.options.town
    payments, findings = pipeline.pay(round_, period)
    if town is None:
        return payments, findings
    return [one for one in payments if one.town == town], [one for one in findings if one.town == town]


def rendered(round_: Round, period: Period, payments: list[Payment], findings: list[Finding], format_: Format, unmask: bool) -> str:
    """The payments in the format asked for."""
    import json

    from canju.outputs import findings as as_findings
    from canju.outputs.rosters import data
    from canju.stipend.engine import rates_of

    profile: Any = "full" if unmask else "internal"
    if format_ is Format.json:
        return as_findings.as_json(data.as_data(payments, period, rates_of(round_.plan, period), round_.options.as_of, findings, profile))
    if format_ is Format.jsonl:
        return "".join(json.dumps(data.payment_of(one, profile), ensure_ascii=False) + "\n" for one in payments)
    if format_ is Format.csv:
        return data.as_csv(payments, profile)
    lines = "".join(as_findings.printable(line) + "\n" for line in data.as_text(payments, period, profile).splitlines())
    return lines + "".join(as_findings.as_text(findings, profile))


def _public(payments: list[Payment], period: Period, format_: Format) -> str:
    """The payments as anybody may see them, in the format asked for."""
    from canju.outputs.findings import as_json, printable
    from canju.outputs.rosters import data

    if format_ is Format.json:
        return as_json(data.public_data(payments, period))
    if format_ is Format.jsonl:
        return common.lines_of(data.public_of(payments))
    if format_ is Format.csv:
        return data.public_csv(payments)
    return "".join(f"{printable(line)}\n" for line in data.public_text(payments, period).splitlines())


def _past(previous: Path | None, towns: Sequence[str]) -> Any:
    """The people and period of an earlier roster; a Refusal where it is another county's."""
    if previous is None:
        return None
    from canju.outputs.rosters.previous import read_previous

    past = read_previous(places.existing([previous])[0])
    named = list(dict.fromkeys(line.town for line in past[0] if line.town))
    if towns and named and not set(named) & set(towns):
        raise Refusal(f"--previous 的 {previous.name} 里是 {'、'.join(named[:6])} 的人员，不是本县的镇（街道）：请核对是不是拿错了发放表。")
    return past


def _checked(
    out: Path | None, bank: Path | None, output: Path | None, previous: Path | None, posted: Any, force: bool, shown: bool
) -> None:
    """Refuse what can't be written before anything is worked out."""
    if shown and (out or bank):
        raise Refusal("--explain 只在屏幕上说明，不写文件：请去掉 -o 和 --bank。")
    if previous:
        places.existing([previous])
    if (previous or posted) and out is None:
        raise Refusal("核增核减表和公示表写在发放表里：请用 -o 写明发放表的位置，例：-o 发放表.xlsx")
    places.vacant(force, bank, output)
    if out and out.suffix.lower() == ".xlsx":
        places.vacant(force, out)
    elif out and out.suffix and not out.is_dir():
        raise Refusal(f"发放表应写成 .xlsx 工作簿，或写到一个文件夹；{out.name} 两者都不是，请更正 -o。")
    else:
        places.vacant_folder(force, out, ["汇总（不含个人信息）.xlsx"])
    if bank and bank.suffix.lower() not in (".xlsx", ".csv"):
        raise Refusal("银行代发文件的文件名请以 .xlsx 或 .csv 结尾，例：--bank 代发.xlsx")


def _notice(wanted: bool, public: bool, first: str | None, last: str | None, telephone: str | None) -> Any:
    """What the public notice says beside the list; days and telephone left out stay blanks to be filled in by hand."""
    from canju.outputs.rosters.lists import Notice

    if not wanted:
        if (first or last or telephone) and public:
            raise Refusal("公示的起止日和电话写在公示表里：请用 -o 写明公示表的位置，例：-o 公示表.xlsx")
        if first or last or telephone:
            raise Refusal("写了公示的起止日或电话，还要加 --notice 才附公示表。")
        return None
    begins, ends = common.as_day(first, "--notice-from") if first else None, common.as_day(last, "--notice-to") if last else None
    if begins and ends and ends < begins:
        raise Refusal("公示截止日早于开始日，请核对 --notice-from 和 --notice-to。")
    words = [f"{day.year}年{day.month}月{day.day}日" if day else "" for day in (begins, ends)]
    return Notice(words[0], words[1], telephone or "")


def _write(
    context: typer.Context,
    round_: Round,
    period: Period,
    payments: list[Payment],
    out: Path | None,
    past: Any,
    notice: Any,
    bank: Path | None,
    force: bool,
    public: bool,
) -> None:
    """The rosters and the bank file, as far as asked for."""
    from canju.outputs.rosters.bank import write_bank
    from canju.outputs.rosters.workbook import Roster, write_rosters

    it = session(context)
    written = it.written(force)
    if out is not None:
        workspace, found = round_.workspace, None if past is None else _changes(round_, period, past[0])
        roster = Roster(
            payments,
            period,
            round_.options.as_of,
            workspace.county,
            workspace.federation,
            found,
            past[1] if past else "",
            notice,
            public=public,
        )
        write_rosters(roster, out, written)
    if bank is not None:
        write_bank(payments, bank, written, round_.options.as_of)
    it.tell(written)


def _changes(round_: Round, period: Period, past: Sequence[Past]) -> list[Change]:
    """核增核减 against an earlier payment: found over all towns, since people move, and told of one where only that is asked for."""
    from canju import pipeline
    from canju.ledgers.commissioners import Commissioner
    from canju.stipend.changes import changes

    everybody, _ = pipeline.pay(round_, period)
    came = {record.sender or "" for record in round_.book.records(Commissioner)}
    came |= {table.town or "" for table in round_.book.tables if table.ledger is Commissioner and table.nil}
    return [one for one in changes(past, everybody, period, came) if round_.options.town in (None, one.town)]


def _say(it: common.Session, round_: Round, period: Period, findings: list[Finding]) -> None:
    from canju.ledgers.commissioners import Commissioner
    from canju.stipend.period import cautions

    it.say(*cautions(period, round_.plan))
    if not round_.unread:  # else it is said with the files that could not be read
        common.cautioned(it, round_)
    if not round_.book.records(Commissioner):
        it.say("没有读到专职委员台账，没有可以发放的人员：请核对报送文件。")
    if findings:
        it.say(f"填报与核算不一致或待定的有 {len(findings)} 处，已逐条列出。")


def _code(findings: list[Finding], fail_on: FailOn) -> int:
    severities = {one.severity for one in findings}
    return int(fail_on is not FailOn.never and ("error" in severities or (fail_on is FailOn.query and "query" in severities)))


def _explain(it: common.Session, payments: list[Payment], wanted: str, unmask: bool) -> None:
    from canju.outputs.findings import printable
    from canju.stipend.explain import explain

    it.show("\n".join(printable(line) for line in explain(payments, wanted, "full" if unmask else "internal")))


def _estimate(
    context: typer.Context, round_: Round, year: int, out: Path | None, format_: Format, output: Path | None, force: bool
) -> None:
    """The budget estimate: printed, and written where asked for."""
    from canju.outputs.findings import as_json
    from canju.outputs.rosters import data, workbook
    from canju.stipend.estimate import estimate
    from canju.stipend.period import check_year

    it, day = session(context), round_.options.as_of
    lines = [
        line for line in estimate(round_.book, round_.plan, check_year(year, "--estimate")) if round_.options.town in (None, line.town)
    ]
    text = data.estimate_text(lines, year, day)
    it.give(as_json(data.estimate_data(lines, year, day)) if format_ in (Format.json, Format.jsonl) else text, output, force)
    if out is not None:
        written = it.written(force)
        workbook.write_estimate(lines, year, day, out, written)
        it.tell(written)
    it.end(3 if round_.unread else 0)
