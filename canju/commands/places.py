"""Where inputs and outputs of a call may lie: told before any work is done."""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path

from canju.refusal import Refusal

SUBMISSIONS = "报送"
"""The folder of a workspace in which the towns' files lie."""
_AMONG = "{} 在报送文件夹 {} 里：成果写进去，下次会混在镇里报的表格中。请换一个文件夹，例：-o 成果"


def existing(paths: Sequence[Path]) -> list[Path]:
    """The paths, all of which must be there; a lone `-` or a missing one is refused by name."""
    if not paths:
        raise Refusal("请给出要处理的文件或文件夹，例：canju validate 报送")
    for path in paths:
        if not os.path.lexists(path):
            raise Refusal(f"找不到 {path}：请核对路径是否写对。")
        if os.path.isdir(path) and not os.access(path, os.R_OK | os.X_OK):
            raise Refusal(f"打不开文件夹 {path}：没有读取权限，请核对。")
    return list(paths)


def vacant(force: bool, *paths: Path | None) -> None:
    """Refuse, before any work is done, an output whose place is taken or whose folder is not there (its last level may be new)."""
    for path in paths:
        if path is None:
            continue
        if path.is_dir():
            raise Refusal(f"{path} 是一个文件夹，不能写成文件，请换一个文件名。")
        if os.path.lexists(path) and not force:
            raise Refusal(f"{path.name} 已经存在。如要覆盖请加 --force，或换一个文件名。")
        _reachable(path.parent)


def vacant_folder(force: bool, folder: Path | None, names: Sequence[str]) -> None:
    """The same for a folder of outputs: none of these may be there, or another folder is suggested."""
    if folder is None:
        return
    if os.path.lexists(folder) and not folder.is_dir():
        raise Refusal(f"{folder} 是一个文件，不是文件夹，请换一个文件夹名。")
    if not force and (held := [name for name in names if os.path.lexists(folder / name) and not _empty(folder / name)]):
        other = next(f"{folder}{number}" for number in range(2, 1000) if not os.path.lexists(f"{folder}{number}"))
        raise Refusal(f"文件夹 {folder} 里已有上次的成果（{held[0]} 等）。请换一个文件夹，例：-o {other}，或加 --force 覆盖。")
    _reachable(folder)


def _empty(path: Path) -> bool:
    """Whether it is a folder with nothing in it, such as a stopped run may leave."""
    return path.is_dir() and not any(path.iterdir())


def apart(paths: Sequence[Path], *outs: Path | None) -> None:
    """Refuse, before any work is done, an output that would take an input's own place or lie among the submissions.

    Where the clerk names the workspace, or the folder she stands in, outputs within it are meant: only the workspace's 报送 is
    the towns'.
    """
    for out in filter(None, outs):
        place = out.resolve()
        for path in paths:
            if path.is_dir():
                folder = path.resolve()
                at_home = place != folder and ((folder / "canju.toml").is_file() or Path.cwd().resolve().is_relative_to(folder))
                if place.is_relative_to(folder) and not at_home:
                    raise Refusal(_AMONG.format(out, path))
            elif out.is_file() and path.samefile(out):
                raise Refusal(f"{out} 就是要读的文件，不能写回它自己，请换一个文件名。")
        for folder in (place, *place.parents):
            if folder.name == SUBMISSIONS and (folder.parent / "canju.toml").is_file():
                raise Refusal(_AMONG.format(out, folder.name))


def _reachable(folder: Path) -> None:
    """Refuse a folder whose own folder is not there: more likely a slip of the pen than a wish."""
    parent = folder.absolute().parent
    if not os.path.lexists(parent):
        raise Refusal(f"没有文件夹 {folder.parent}：请先建好，或核对路径是否写对。")
