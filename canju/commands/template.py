"""`canju template`: blank workbooks to send out, filled in beforehand from last round's book where asked; and a check of Word templates."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from canju.commands import common, places
from canju.commands.common import Session, session
from canju.refusal import Refusal, nearest

if TYPE_CHECKING:
    from canju.outputs.blank.folder import Held
    from canju.pipeline import Options
    from canju.workspace import Workspace


def add(app: typer.Typer) -> None:
    """Add the command and its `check`."""
    group = typer.Typer(
        invoke_without_command=True,
        help="生成下发给各镇（街道）的空白台账；加 --from 预填上次的内容。\n\n例：canju template -o 下发模板　　"
        "canju template --from 总表.xlsx --assessment -o 年终考核",
    )
    group.callback()(template)
    group.command(
        "check", help="检查自己改过的总结模板（.docx）能不能用。\n\n例：canju template check 我的模板.docx", no_args_is_help=True
    )(check)
    app.add_typer(group, name="template")


def template(
    context: typer.Context,
    out: Annotated[Path | None, typer.Option("-o", help="模板写到这个文件夹，每个镇（街道）一个子文件夹。", show_default=False)] = None,
    town: Annotated[str | None, typer.Option("--town", help="只生成这个镇（街道）的。", show_default=False)] = None,
    ledger: Annotated[
        str | None, typer.Option("--ledger", help="只生成这本台账（英文名或中文名，见 canju ledgers）。", show_default=False)
    ] = None,
    book: Annotated[
        Path | None, typer.Option("--from", help="汇总好的总表：把上次报送的人员、职务、地点预填进去。", show_default=False)
    ] = None,
    assessment: Annotated[bool, typer.Option("--assessment", help="生成年终考核表（要和 --from 一起用）。")] = False,
    as_of: common.AsOf = None,
    force: common.Force = False,
) -> None:
    """Write the workbooks."""
    if context.invoked_subcommand is not None:
        return
    from canju import __version__
    from canju.outputs.blank.folder import blanks, write_blanks

    it = session(context)
    if out is None:
        raise Refusal("请用 -o 写明模板放到哪个文件夹，例：canju template -o 下发模板")
    if assessment and book is None:
        raise Refusal("年终考核表要列出现有的专职委员：请加 --from 总表.xlsx（由 canju merge 写出）。")
    if assessment and ledger_key(ledger) not in (None, "commissioners"):
        raise Refusal("年终考核表只有专职委员的：请去掉 --ledger，或去掉 --assessment。")
    workspace = known(it, out, book)
    options = common.options(it, workspace, as_of=as_of, town=town)
    key = ledger_key(ledger)
    held = held_in(it, book, workspace, options) if book is not None else None
    found = blanks(workspace, options.as_of, __version__, town=town, ledger=key, held=held, assessment=assessment)
    if not found:
        raise Refusal(_nothing(town, key, assessment))
    written = it.written(force)
    write_blanks(found, out, written, options.as_of)
    it.tell(written)
    if held is not None:
        it.say(f"预填了 {sum(len(one.rows) for one in found)} 行（绿色格子），各镇（街道）只有自己的内容。")
    bare = [one.town for one in found if not one.villages and not one.own]
    if bare:
        it.say(f"villages.csv 里没有这些镇（街道）的村（社区），模板中没有村（社区）下拉列表：{'、'.join(dict.fromkeys(bare))}。")
    it.end(0)


def _nothing(town: str | None, key: str | None, assessment: bool) -> str:
    if assessment:
        return f"总表里没有{town or '本县'}的专职委员，没有可以考核的人员。"
    return f"{'这本台账' if key else '这里'}不由镇（街道）填报，请去掉 --town 再试。"


def known(it: Session, out: Path, book: Path | None) -> Workspace:
    """The workspace, which must name the county's towns: that of the current folder, else of the folder to write to, else of the book.

    A new year's templates are made where the new year's settings are, of a book that lies with the old year's; of several the used one is told.
    """
    from canju.workspace import find

    places = [Path.cwd(), *(path if path.is_dir() else path.parent for path in (out, book) if path is not None)]
    settings = list(dict.fromkeys(one.resolve() for place in places if (one := find(place))))
    workspace = it.workspace(settings[:1])
    if len(settings) > 1 and not it.config:
        others = "、".join(map(str, settings[1:]))
        it.say(f"用的是 {settings[0]} 的设置（判断基准日、年度、名单），没有用 {others}；要用另一份请加 --config 写明。")
    if workspace.folder is None:
        raise Refusal("模板要用到本县的镇（街道）和村（社区）名单：请先用 canju init 建立工作区，填好 canju.toml 和 villages.csv。")
    if not workspace.towns:
        raise Refusal("canju.toml 的 towns 和 villages.csv 里都还没有镇（街道）：请先填好再生成模板。")
    return workspace


def ledger_key(name: str | None) -> str | None:
    """A ledger's key from its English or Chinese name; an unknown one is refused with the nearest."""
    from canju.ledgers import ledgers

    if name is None:
        return None
    names = {word: key for key, kind in ledgers().items() for word in (key, kind.title)}
    if name in names:
        return names[name]
    near = nearest(name, names, 0.3)
    raise Refusal(f"没有「{name}」这本台账{f'，是否应为「{near}」？' if near else f'，可选：{chr(12289).join(ledgers())}。'}")


def held_in(it: Session, book: Path, workspace: Workspace, options: Options) -> Held:
    """The records of a county book by ledger and town; a Refusal where it is no such book or another county's."""
    from canju import pipeline
    from canju.ledgers import ledgers

    if not places.existing([book])[0].is_file():
        raise Refusal(f"{book.name} 是文件夹：--from 要的是 canju merge 写出的总表（.xlsx）。")
    round_ = pipeline.read([book], workspace, options)
    if not round_.contents:
        raise Refusal(f"{book.name} 不是 canju merge 写出的总表，不能用来预填。")
    merged = pipeline.merge(common.received(round_))
    held: dict[tuple[str, str | None], list[object]] = {}
    nobodys = 0
    for key, kind in ledgers().items():
        for row in merged.taken(kind):
            table = row.record.table
            if row.record.sender is None and (table.file, table.sheet) in merged.known.unnamed:
                nobodys += 1  # whose they are is not known: they go to no town, and not to the county federation
                continue
            held.setdefault((key, row.record.sender), []).append(row.record)
    if strangers := sorted({town for _, town in held if town and town not in workspace.towns}):
        raise Refusal(f"{book.name} 里有本县名单之外的镇（街道）：{'、'.join(strangers[:6])}。请先更正总表或 canju.toml 的 towns。")
    if nobodys:
        it.say(f"总表里有 {nobodys} 行看不出是哪个镇（街道）的，没有预填：请先在报送文件里写明镇（街道），再汇总。")
    return held  # type: ignore[return-value]


def check(
    context: typer.Context,
    path: Annotated[Path, typer.Argument(help="总结模板（.docx）。", metavar="模板", show_default=False)],
) -> None:
    """Say what is wrong with a template of the summary, place by place; exit 2 where something is."""
    from canju.paper.template import check as problems

    it = session(context)
    found = problems(places.existing([path])[0])
    it.show("\n".join(found) if found else f"{path.name} 可以使用。")
    it.end(2 if found else 0)
