"""`canju init`: a county's workspace, every setting explained beside it."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from canju.commands import common
from canju.commands.common import session
from canju.model import Refusal


def add(app: typer.Typer) -> None:
    """Add the command."""
    app.command(
        "init",
        help="建立工作区：设置文件 canju.toml、村（社区）名单 villages.csv、报送和输出文件夹。\n\n例：canju init 某某县2024 --county 某某县",
        no_args_is_help=True,
    )(init)


def init(
    context: typer.Context,
    folder: Annotated[Path, typer.Argument(help="工作区文件夹，没有的会新建。", metavar="文件夹", show_default=False)],
    county: Annotated[str, typer.Option("--county", help="县（市、区）名称。")] = "",
    towns: Annotated[list[str] | None, typer.Option("--towns", help="镇（街道）名称，按常用顺序，用逗号隔开。", show_default=False)] = None,
    force: common.Force = False,
) -> None:
    """Make the workspace and say what to do next."""
    from canju import plans
    from canju.outputs.blank.workspace import settings, village_list
    from canju.workspace import load

    it = session(context)
    if folder.exists() and not folder.is_dir():
        raise Refusal(f"{folder.name} 是一个文件，请换一个文件夹名。")
    targets = {folder / "canju.toml": settings(county.strip(), _split(towns), it.today.year), folder / "villages.csv": village_list()}
    there = [path.name for path in targets if path.exists()]
    if there and not force:
        raise Refusal(f"{folder} 里已有 {'、'.join(there)}。如要重新生成（会覆盖原有内容）请加 --force。")
    written = it.written(force)
    for path, text in targets.items():
        written.write_text(path, text)
    for name in ("报送", "输出"):
        _folder(folder / name)
    it.tell(written)
    made = load(folder / "canju.toml")
    plan = plans.load(made, it.today)
    own = made.county and not plan.of_another(made.county)
    it.say(
        "下一步：",
        "  1. 打开 canju.toml，核对县名、镇（街道）和各项设置（# 后是说明）。",
        "  2. 在 villages.csv 里逐行填写镇（街道）和村（社区）名称。",
        f"  3. 生成下发模板：canju --config {folder / 'canju.toml'} template -o {folder / '下发模板'}",
        *([] if own or not plan.county else [plans.borrowed(plan, made.county)]),
    )


def _split(towns: list[str] | None) -> list[str]:
    parts = [part.strip() for one in towns or () for part in one.replace("，", ",").replace("、", ",").split(",")]
    return list(dict.fromkeys(part for part in parts if part))


def _folder(path: Path) -> None:
    try:
        path.mkdir(exist_ok=True)
    except OSError:
        raise Refusal(f"建不了文件夹 {path.name}：请检查是否有同名文件、是否有写入权限。", 3) from None
