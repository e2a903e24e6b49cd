"""`canju plan`: the plan's clauses and figures, and which rule watches over which clause."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from canju.commands import common
from canju.commands.common import session


def add(app: typer.Typer) -> None:
    """Add the command."""
    app.command("plan", help="列出方案的条款和指标。\n\n例：canju plan --coverage")(plan)


def plan(
    context: typer.Context,
    coverage: Annotated[bool, typer.Option("--coverage", help="列出每一条款由哪些规则核查。")] = False,
    toml: Annotated[bool, typer.Option("--toml", help="照原样给出方案文件，供改写成本县的方案。")] = False,
    as_of: common.AsOf = None,
    output: common.Output = None,
    force: common.Force = False,
) -> None:
    """Print the plan."""
    from canju import plans
    from canju.outputs.catalogue import plan_coverage, plan_text

    it = session(context)
    workspace = it.workspace([Path.cwd()])
    if toml:
        it.give(plans.text_of(plans.path_of(workspace)), output, force)
        return
    day = common.as_day(as_of, "--as-of") if as_of else workspace.as_of or it.today
    found = plans.load(workspace, day)
    if found.of_another(workspace.county):
        it.say(plans.borrowed(found, workspace.county))
    it.give(plan_coverage(found) if coverage else plan_text(found), output, force)
