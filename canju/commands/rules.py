"""`canju rules`: the catalogue."""

from __future__ import annotations

import typer

from canju.commands import common
from canju.commands.common import Format, session


def add(app: typer.Typer) -> None:
    """Add the command."""
    app.command("rules", help="列出全部规则。\n\n例：canju rules --select P")(rules)


def rules(
    context: typer.Context,
    format_: common.FormatOption = Format.text,
    output: common.Output = None,
    select: common.Select = None,
    ignore: common.Ignore = None,
    force: common.Force = False,
) -> None:
    """Print the catalogue."""
    from canju.outputs.catalogue import listing
    from canju.rules.base import catalogue, chosen

    kept = chosen(catalogue(), common.codes(select), common.codes(ignore))
    session(context).give(listing([catalogue()[code] for code in kept], format_.value), output, force)
