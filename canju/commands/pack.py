"""`canju pack` and `canju verify`: the archive of a round, and the proof that it can be done again."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from canju.commands import common, places
from canju.commands.common import session
from canju.model import Refusal

if TYPE_CHECKING:
    from canju.pipeline import Round


def add(app: typer.Typer) -> None:
    """Add the commands."""
    app.command(
        "pack", help="把一轮的成果、设置和输入文件的指纹打包存档。\n\n例：canju pack 成果 --inputs 报送 -o 存档.zip", no_args_is_help=True
    )(pack)
    app.command(
        "verify", help="用存档核对：输入变没变、重做一遍结果是否相同。\n\n例：canju verify 存档.zip --inputs 报送", no_args_is_help=True
    )(verify)


Inputs = Annotated[list[Path], typer.Option("--inputs", help="这一轮的报送文件或文件夹。")]


def pack(
    context: typer.Context,
    folder: Annotated[Path, typer.Argument(help="canju run 的成果文件夹。", metavar="成果", show_default=False)],
    inputs: Inputs,
    out: Annotated[Path, typer.Option("-o", help="存档文件（.zip）。")],
    as_of: common.AsOf = None,
    force: common.Force = False,
) -> None:
    """Write the archive."""
    from canju.outputs.findings import as_lines
    from canju.outputs.journal import entries, outputs_of
    from canju.outputs.pack import pack as write

    it = session(context)
    places.existing([folder, *inputs])
    if not folder.is_dir():
        raise Refusal(f"{folder} 不是文件夹，请写 canju run 的成果文件夹。")
    places.apart(inputs, out)
    places.vacant(force, out)
    done = [one for one in entries(folder) if one.get("command") == "run"]
    round_ = _round(it, inputs, as_of or (done[-1].get("as_of") if done else None))
    settings = {path.name: path for path in _settings(round_)}
    made = [file for file, _ in outputs_of(done[-1])] if done else []
    facts = {"command": "run" if done else "", "plan": round_.plan.id, "as_of": round_.options.as_of.isoformat(), "made": made}
    marks = [(source.file, source.sha256) for source in round_.sources]
    if done and {mark for _, mark in marks} != {one["sha256"] for one in done[-1]["inputs"]}:
        raise Refusal("报送文件在做成果以后有变动，没有存档：请先用 canju run 重做（加 --force），再存档。")
    written = it.written(force)
    written.write(out, lambda path: write(folder, path, marks, settings, facts, "".join(as_lines(round_.findings)), but=[out, path]))
    it.tell(written)


def verify(
    context: typer.Context,
    archive: Annotated[Path, typer.Argument(help="canju pack 写的存档。", metavar="存档", show_default=False)],
    inputs: Inputs,
) -> None:
    """Compare inputs and outputs with the archive."""
    from canju.commands.run import BOOK, produce
    from canju.outputs.files import Written
    from canju.outputs.pack import manifest_of, unpack_output, unpack_settings
    from canju.outputs.pack import verify as compare

    it = session(context)
    places.existing([archive, *inputs])
    held = manifest_of(archive)
    written = Written()
    with written.folder(archive.parent) as temporary:
        it.config = next((path for path in unpack_settings(archive, temporary) if path.name == "canju.toml"), it.config)
        round_ = _round(it, inputs, held.get("as_of"))
        marks = {source.file: source.sha256 for source in round_.sources}
        earlier = unpack_output(archive, BOOK, temporary)  # what the clerk had decided in it was carried out
        again = (lambda folder: produce(it, round_, folder, Written(force=True), earlier)) if held.get("command") == "run" else None
        found = compare(archive, marks, again, temporary / "again")
    for word, names in (("少了", found.missing), ("变了", found.changed), ("多出", found.added), ("结果不同", found.different)):
        if names:
            it.show(f"{word}：{'、'.join(names)}")
    if found.aside:
        it.say(f"另有 {len(found.aside)} 个不是 canju run 写的文件，没有比对：{'、'.join(found.aside)}")
    if again is None:
        it.say("存档的不是 canju run 的成果，只核对了报送文件和存档内的文件，没有重做一遍。")
    same = "报送文件与存档相同" if again is None else f"报送文件和结果都与存档相同（{found.same} 个文件）"
    it.say(f"{same}。" if found.holds else "与存档不一致，见上。")
    it.end(0 if found.holds else 1)


def _round(it: common.Session, inputs: list[Path], as_of: str | None) -> Round:
    from canju import pipeline

    workspace = it.workspace(inputs)
    return common.received(pipeline.validate(inputs, workspace, common.options(it, workspace, as_of=as_of)))


def _settings(round_: Round) -> list[Path]:
    """The workspace's files: canju.toml, the village list and a plan of its own."""
    folder = round_.workspace.folder
    if folder is None:
        return []
    names = ["canju.toml", round_.workspace.villages, round_.workspace.plan]
    return [folder / name for name in names if name and (folder / name).is_file()]
