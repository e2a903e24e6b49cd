"""`canju fix`: safe repairs on copies, each listed."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from canju.commands import common, places
from canju.commands.common import FailOn, session
from canju.model import Refusal


def add(app: typer.Typer) -> None:
    """Add the command."""
    app.command(
        "fix",
        help="在副本上统一写法：空格、全角、日期、是否、用词。不改号码数字和金额。\n\n例：canju fix 报送 -o 已整理",
        no_args_is_help=True,
    )(fix)


def fix(
    context: typer.Context,
    paths: common.Paths,
    out: Annotated[Path | None, typer.Option("-o", help="放副本的文件夹；原文件不动。", show_default=False)] = None,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="只列出要改什么，不写文件。")] = False,
    as_of: common.AsOf = None,
    jobs: common.Jobs = None,
    unmask: common.Unmask = False,
    force: common.Force = False,
    password_file: common.PasswordFile = None,
) -> None:
    """List the repairs and write the copies."""
    from canju import pipeline
    from canju.outputs.findings import printable
    from canju.outputs.repairs import line, repairs
    from canju.sending import write_repaired

    it = session(context)
    paths = places.existing(paths)
    if out is None and not dry_run:
        raise Refusal("请用 -o 写明放副本的文件夹，例：-o 已整理；或用 --dry-run 只看要改什么。")
    if out is not None and not dry_run and out.is_dir() and any(out.iterdir()) and not force:
        raise Refusal(f"文件夹 {out} 里已有文件。请换一个文件夹，或加 --force 覆盖。")
    places.apart(paths, out)
    workspace = it.workspace(paths)
    options = common.options(it, workspace, as_of=as_of, jobs=jobs, password_file=password_file)
    round_ = common.received(pipeline.read(paths, workspace, options))
    found = list(repairs(table for source in round_.sources if source.book is None for table in source.tables))
    it.show("\n".join(printable(line(one, common.profile(unmask))) for one in found))
    failed: list[str] = []
    if out is not None and not dry_run and found:
        written = it.written(force)
        failed = write_repaired(round_, found, out, written)
        it.tell(written)
    it.say(f"可以统一写法的单元格有 {len(found)} 处{'' if dry_run else '，已写入副本'}。" if found else "没有需要统一写法的单元格。")
    if failed:
        it.say(f"以下文件的副本没有写成：{'、'.join(failed)}。")
    it.end(3 if failed else common.closing(it, round_, FailOn.never))
