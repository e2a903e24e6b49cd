"""`canju read`: the bare grid of a file, before any ledger is sought."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from canju.commands import common, places
from canju.commands.common import session
from canju.model import Refusal


class GridFormat(StrEnum):
    """How a grid is printed."""

    csv = "csv"
    json = "json"
    jsonl = "jsonl"


def add(app: typer.Typer) -> None:
    """Add the command."""
    app.command("read", help="原样读出一个文件的表格，不认台账。\n\n例：canju read 报送/某表.xls --format csv", no_args_is_help=True)(read)


def read(
    context: typer.Context,
    file: Annotated[Path, typer.Argument(help="一个表格文件。", metavar="文件", show_default=False)],
    sheet: Annotated[str | None, typer.Option("--sheet", help="只读这张工作表；csv 格式不写则读第一张。", show_default=False)] = None,
    format_: Annotated[GridFormat, typer.Option("--format", "-f", help="输出格式。")] = GridFormat.csv,
    output: common.Output = None,
    force: common.Force = False,
    password_file: common.PasswordFile = None,
) -> None:
    """Print a file's grid."""
    from canju.grids import grids
    from canju.outputs import grid

    it = session(context)
    places.existing([file])
    if file.is_dir():
        raise Refusal(f"{file} 是文件夹。read 一次读一个文件，请写文件名。")
    places.apart([file], output)
    read_ = grids(file, common.passwords_of(password_file))
    for sentence in read_.sentences:
        it.say(sentence)
    sheets = [one for one in read_.book.sheets if sheet in (None, one.name)]
    if read_.failed:
        it.end(3)
    if sheet is not None and not sheets:
        names = "、".join(one.name for one in read_.book.sheets)
        raise Refusal(f"没有「{sheet}」这张工作表，可选：{names}。")
    if format_ is GridFormat.csv:
        if sheet is None and len(sheets) > 1:
            it.say(f"共 {len(sheets)} 张工作表，这里输出第一张「{sheets[0].name}」；其余请用 --sheet 指定。")
        text = grid.as_csv(sheets[0]) if sheets else ""
    elif format_ is GridFormat.jsonl:
        text = grid.as_lines(sheets)
    else:
        text = grid.as_json(read_.book, [(one, read_.headings.get(one.name, ())) for one in sheets])
    if output is None:
        it.out.write(text)
    else:
        it.give(text, output, force)
