"""`canju summary`: the Word paper due to the prefecture, and the workbook of its figures."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from canju.commands import common, places
from canju.commands.common import FailOn, Session, session
from canju.model import Refusal

if TYPE_CHECKING:
    from collections.abc import Sequence

    from canju.merging.merged import Merged
    from canju.model import Payment, Period
    from canju.outputs.files import Written
    from canju.paper import Inputs
    from canju.pipeline import Round


def add(app: typer.Typer) -> None:
    """Add the command."""
    app.command("summary", help="生成上报的书面总结（Word）和数据来源底稿。\n\n例：canju summary 报送 -o 总结.docx", no_args_is_help=True)(
        summary
    )


def summary(
    context: typer.Context,
    paths: common.Paths,
    out: Annotated[Path, typer.Option("-o", help="总结的文件名（.docx）；数据来源底稿和内部情况写在同一文件夹。")],
    template: Annotated[Path | None, typer.Option("--template", help="自己改过的模板（.docx）。", show_default=False)] = None,
    update: Annotated[
        Path | None, typer.Option("--update", help="已经改写过的总结：只更新其中的数字，其余一字不动。", show_default=False)
    ] = None,
    date: Annotated[str | None, typer.Option("--date", help="成文日期，例 2019-10-09；不写则留【成文日期】。", show_default=False)] = None,
    unsealed: Annotated[bool, typer.Option("--unsealed", help="不加盖印章的落款格式。")] = False,
    final: Annotated[bool, typer.Option("--final", help="定稿：还有【待补充】【待核实】时不写出，并列出来。")] = False,
    pdf: Annotated[bool, typer.Option("--pdf", help="同时转成 PDF（需装有 LibreOffice）。")] = False,
    as_of: common.AsOf = None,
    jobs: common.Jobs = None,
    force: common.Force = False,
    password_file: common.PasswordFile = None,
) -> None:
    """Write the paper."""
    from canju import pipeline, plans
    from canju.paper import INTERNAL, SOURCES, update_summary, vacant, write_summary

    it = session(context)
    paths = places.existing(paths)
    if out.suffix.lower() != ".docx":
        raise Refusal("总结的文件名请以 .docx 结尾，例：-o 总结.docx")
    if update is not None:
        places.existing([update])
        if out.exists() and not force and update.resolve() != out.resolve():
            raise Refusal(f"{out.name} 已经存在。如要覆盖请加 --force，或换一个文件名。")
    if template is not None:
        places.existing([template])
    places.apart(paths, out)
    over = force or update is not None
    places.vacant(True, out)
    if not (over or final):  # a final paper is asked first whether it is one
        vacant(out, SOURCES, INTERNAL)
    day = common.as_day(date, "--date").isoformat() if date else ""
    workspace = it.workspace(paths)
    options = common.options(it, workspace, as_of=as_of, jobs=jobs, password_file=password_file)
    round_ = common.received(pipeline.validate(paths, workspace, options), "写总结")
    inputs = inputs_of(round_, pipeline.merge(round_), *_paid(it, round_), day=day)
    written = it.written(over)
    if update is not None:
        changes = update_summary(inputs, update, out, written, final=final)
        if template or unsealed:
            it.say("更新时沿用原稿的版式，--template、--unsealed 不起作用。")
        it.say(*map(str, changes), f"共更新 {len(changes)} 处，其余文字未动。")
    else:
        left = write_summary(inputs, out, written, template=template, sealed=not unsealed, final=final)
        if left:
            it.say(f"总结中还有 {len(left)} 处需要补充或核实（已标黄）：", *(f"  {one}" for one in left))
    if round_.plan.of_another(workspace.county):
        it.say(plans.borrowed(round_.plan, workspace.county))
    it.tell(written)
    if pdf:
        it.say(_pdf(written.paths[0]))
    it.end(common.closing(it, round_, FailOn.never))


def inputs_of(round_: Round, merged: Merged, payments: Sequence[Payment] = (), period: Period | None = None, day: str = "") -> Inputs:
    """What the paper is made from."""
    from canju.merging.status import status
    from canju.paper import Inputs

    reported = [(one.town, one.ledger.title, one.state, str(one.rows), one.note) for one in status(merged)]
    return Inputs(round_.book, round_.plan, round_.verdicts, payments, period, day, reported)


def write(round_: Round, merged: Merged, payments: Sequence[Payment], period: Period | None, out: Path, written: Written) -> list[str]:
    """Write the paper of a round: for `canju run`. The placeholders left in it."""
    from canju.paper import write_summary

    return write_summary(inputs_of(round_, merged, payments, period), out, written)


def _paid(it: Session, round_: Round) -> tuple[list[Payment], Period | None]:
    """The payments, where the workspace says what period is paid for."""
    from canju.commands.stipend import paid
    from canju.stipend.period import period_of

    try:
        period = period_of(round_.workspace, round_.plan, None, None, None, None)
    except Refusal as refusal:
        it.say(f"总结中没有工资发放数字：{refusal.sentence}")
        return [], None
    return paid(round_, period)[0], period


def _pdf(path: Path) -> str:
    """Convert with LibreOffice where it is found; what came of it in a sentence."""
    import shutil
    import subprocess
    import tempfile
    from contextlib import suppress
    from functools import partial

    from canju.outputs.files import Written

    program = shutil.which("soffice") or shutil.which("libreoffice")
    if program is None:
        return "没有找到 LibreOffice，未转成 PDF。可用 WPS 或 Word 打开后另存为 PDF。"
    with tempfile.TemporaryDirectory(prefix="canju-") as folder:
        made = Path(folder) / f"{path.stem}.pdf"
        command = [
            program,
            f"-env:UserInstallation=file://{folder}/profile",
            "--headless",
            "--convert-to",
            "pdf",
            "--outdir",
            folder,
            str(path),
        ]
        with suppress(subprocess.SubprocessError, OSError):
            subprocess.run(command, check=True, capture_output=True, timeout=180)
        if not made.is_file():
            return "转成 PDF 没有成功。可用 WPS 或 Word 打开后另存为 PDF。"
        done = Written(force=True)
        done.write(path.with_suffix(".pdf"), partial(_copy, made))
    return f"已写出：{done.paths[0]}"


def _copy(made: Path, target: Path) -> None:
    target.write_bytes(made.read_bytes())
