"""`canju merge`: one county workbook out of what the towns sent."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from canju.commands import common, places
from canju.commands.common import FailOn, session
from canju.model import Refusal

if TYPE_CHECKING:
    from canju.merging.merged import Merged
    from canju.outputs.files import Written
    from canju.pipeline import Round


class BookFormat(StrEnum):
    """A workbook, or a folder with a file for each ledger."""

    xlsx = "xlsx"
    csv = "csv"
    parquet = "parquet"


def add(app: typer.Typer) -> None:
    """Add the command."""
    app.command("merge", help="把各镇（街道）台账汇总成一本县总表。\n\n例：canju merge 报送 -o 汇总.xlsx", no_args_is_help=True)(merge)


def merge(
    context: typer.Context,
    paths: common.Paths,
    out: Annotated[Path, typer.Option("-o", help="总表（.xlsx）；用 csv、parquet 格式时为文件夹。")],
    format_: Annotated[BookFormat, typer.Option("--format", "-f", help="输出格式。")] = BookFormat.xlsx,
    as_of: common.AsOf = None,
    fail_on: common.FailOnOption = FailOn.never,
    jobs: common.Jobs = None,
    cluster: common.OnCluster = None,
    password_file: Annotated[
        Path | None,
        typer.Option("--password-file", help="存有密码的文本文件：用来打开加密的报送文件；第一行还用来加密总表。", show_default=False),
    ] = None,
    force: common.Force = False,
) -> None:
    """Merge and write."""
    from canju import pipeline
    from canju.ledgers import ledgers

    it = session(context)
    paths = places.existing(it.near(paths))
    out = it.place(out, force)
    if format_ is BookFormat.xlsx and out.suffix.lower() != ".xlsx":
        raise Refusal("总表的文件名请以 .xlsx 结尾，例：-o 汇总.xlsx")
    if format_ is BookFormat.xlsx:
        places.vacant(force, out)
    else:
        places.vacant_folder(force, out, [f"{kind.title}.{format_.value}" for kind in ledgers().values()])
    places.apart(paths, out)
    workspace = it.workspace(paths)
    options = common.options(it, workspace, as_of=as_of, jobs=jobs, password_file=password_file, cluster=cluster)
    round_ = common.received(pipeline.validate(paths, workspace, options), "写出总表")
    merged = pipeline.merge(round_, earlier=out if format_ is BookFormat.xlsx else None)
    written = it.written(force)
    password = next(iter(options.passwords), None) if password_file else None
    write(round_, merged, out, written, format_.value, password)
    it.say(merged.summary, *merged.said)
    it.tell(written)
    it.end(common.closing(it, round_, fail_on))


def write(round_: Round, merged: Merged, out: Path, written: Written, format_: str = "xlsx", password: str | None = None) -> None:
    """Write the book, or a file for each ledger."""
    from canju.merging.status import status

    if format_ == "xlsx":
        from canju.merging.book.save import save_book

        written.write(out, lambda path: save_book(merged, path, status(merged), password))
        return
    from canju.merging.export import files

    for name, make in files(merged, format_):
        written.write(out / name, make)
