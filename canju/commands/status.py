"""`canju status`: who has sent what."""

from __future__ import annotations

import typer

from canju.commands import common, places
from canju.commands.common import Format, session


def add(app: typer.Typer) -> None:
    """Add the command."""
    app.command("status", help="看各镇（街道）报送情况：未报、零报告、已报、有错误。\n\n例：canju status 报送", no_args_is_help=True)(
        status
    )


def status(
    context: typer.Context,
    paths: common.Paths,
    format_: common.FormatOption = Format.text,
    output: common.Output = None,
    as_of: common.AsOf = None,
    jobs: common.Jobs = None,
    password_file: common.PasswordFile = None,
    force: common.Force = False,
) -> None:
    """Print who has sent what."""
    from canju import pipeline
    from canju.masking import mask_path
    from canju.merging.returned import answers
    from canju.merging.status import as_text
    from canju.merging.status import status as standings
    from canju.outputs.findings import as_json, printable

    it = session(context)
    paths = places.existing(paths)
    places.apart(paths, output)
    places.vacant(force, output)
    workspace = it.workspace(paths)
    options = common.options(it, workspace, as_of=as_of, jobs=jobs, password_file=password_file)
    round_ = common.received(pipeline.validate(paths, workspace, options))
    found = standings(pipeline.merge(round_))
    data = [one.to_dict() for one in found]
    returned = answers(round_.sources)
    if format_ is Format.json:
        text = as_json({"as_of": round_.options.as_of.isoformat(), "status": data, "returned": [one.to_dict() for one in returned]})
    elif format_ is Format.jsonl:
        text = common.lines_of(data)
    elif format_ is Format.csv:
        text = common.table_of([one.to_row() for one in found])
    else:
        text = "\n".join(
            printable(line) if "\t" not in line else line
            for line in [*as_text(found).splitlines(), *(line for one in returned for line in one.lines())]
        )
        text = common.aligned(text, it) if it.out.isatty() else text
    it.give(text, output, force)
    if strange := list(dict.fromkeys(one.address.file for one in round_.findings if one.rule == "F201")):
        it.say(
            f"有 {len(strange)} 个文件里的表认不出是哪种台账：{'、'.join(map(mask_path, strange[:5]))}。看原因：{common.again('validate', paths)} --select F201"
        )
    if not round_.tables:
        it.say("没有读到任何台账：请核对给出的是不是各镇（街道）报送的表格。")
    it.end(common.closing(it, round_, common.FailOn.never, cautions=False))
