"""`canju explain CODE`: one rule, with its clause quoted, an example of wrong and right, and how to put it right."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from canju.commands import common
from canju.commands.common import session
from canju.model import Refusal


def add(app: typer.Typer) -> None:
    """Add the command."""
    app.command("explain", help="说明一条规则：查什么、依据哪一条、怎样改。\n\n例：canju explain C202", no_args_is_help=True)(explain)


def explain(context: typer.Context, code: Annotated[str, typer.Argument(help="规则编号，例 C202。", metavar="编号")]) -> None:
    """Print one rule in full."""
    from canju import plans
    from canju.outputs.catalogue import explanation
    from canju.rules.base import catalogue

    it = session(context)
    wanted = common.codes([code])
    if not wanted or wanted[0] not in catalogue():
        raise Refusal("请写一条规则的完整编号，例 C202；用 canju rules 查看全部规则。")
    workspace = it.workspace([Path.cwd()])
    it.show(explanation(catalogue()[wanted[0]], plans.load(workspace, it.today)))
