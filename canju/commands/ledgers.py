"""`canju ledgers`: the ledgers, their columns and the headings they go by."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from canju.commands import common
from canju.commands.common import session
from canju.refusal import Refusal, nearest


class LedgerFormat(StrEnum):
    """How a ledger's columns are printed."""

    text = "text"
    json = "json"
    tableschema = "tableschema"


def add(app: typer.Typer) -> None:
    """Add the command."""
    app.command("ledgers", help="列出各类台账的栏目和能认的表头写法。\n\n例：canju ledgers 专职委员台账")(ledgers_)


def ledgers_(
    context: typer.Context,
    name: Annotated[
        str | None, typer.Argument(help="台账名称，例 专职委员台账 或 commissioners。", metavar="台账", show_default=False)
    ] = None,
    format_: Annotated[LedgerFormat, typer.Option("--format", "-f", help="输出格式。")] = LedgerFormat.text,
    output: common.Output = None,
    force: common.Force = False,
) -> None:
    """Print ledgers and columns."""
    from canju.ledgers import ledgers
    from canju.outputs.catalogue import ledger_columns, ledger_list

    it = session(context)
    extra = it.workspace([Path.cwd()]).headings
    if name is None and format_ is LedgerFormat.text:
        it.give(ledger_list(list(ledgers().values())), output, force)
        return
    found = [one for one in ledgers().values() if name in (None, one.key, one.title, one.title.removesuffix("台账"))]
    if not found:
        near = nearest(name or "", [word for one in ledgers().values() for word in (one.key, one.title)], 0.3)
        raise Refusal(f"没有「{name}」这种台账{f'，是否应为「{near}」？' if near else '，请用 canju ledgers 查看。'}")
    it.give(ledger_columns(found, format_.value, extra), output, force)
