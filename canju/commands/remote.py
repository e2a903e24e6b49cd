"""Inputs and outputs that lie elsewhere (`s3://…`, `sftp://…`): fetched into a private folder before the work, sent after it.

Any address that fsspec knows will do (`canju[cluster]`). The folder is its owner's alone and goes when the command ends.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from canju.refusal import Refusal

_ADDRESS = re.compile(r"^([a-z][a-z0-9+]+):/+(.+)$")
"""As a Path leaves it: one slash of `s3://…` is gone. A drive (`C:/`) has one letter."""


def address_of(path: Path) -> str | None:
    """The address a path stands for, or None where it is a path of this machine."""
    told = _ADDRESS.match(path.as_posix())
    return f"{told[1]}://{'/' if told[1] == 'file' else ''}{told[2]}" if told else None


def fetched(path: Path, folder: Path) -> Path:
    """What lies at the address, copied into `folder` under its own name."""
    address = address_of(path) or ""
    with _reached(path):
        system, place = _system(address)
        if not system.exists(place):
            raise Refusal(f"找不到 {path.name}：请核对地址是否写对。")
        here = folder / path.name
        for file in system.find(place):
            inner = file.removeprefix(place).strip("/")
            target = here / inner if inner else here
            if not target.resolve().is_relative_to(folder.resolve()):
                raise Refusal(f"{path.name} 中有文件的路径指向外面，未予读取：请核对这个文件夹是怎样来的。")
            target.parent.mkdir(parents=True, exist_ok=True)
            system.get_file(file, str(target))
        if not here.exists():
            here.mkdir()  # an empty folder
    return here


def sent(made: Path, path: Path, force: bool) -> None:
    """Copy what was made to the address; what is there already stays unless `force`."""
    with _reached(path):
        system, place = _system(address_of(path) or "")
        files = [file for file in sorted(made.rglob("*")) if file.is_file()] if made.is_dir() else [made]
        goals = {file: f"{place}/{file.relative_to(made).as_posix()}" if made.is_dir() else place for file in files}
        if not force and any(system.exists(goal) for goal in goals.values()):
            raise Refusal(f"{path.name} 已经存在。如要覆盖请加 --force，或换一个地址。")
        for file, goal in goals.items():
            system.makedirs(goal.rpartition("/")[0], exist_ok=True)
            system.put_file(str(file), goal)


def _system(address: str) -> Any:
    from fsspec.core import url_to_fs

    return url_to_fs(address)


@contextmanager
def _reached(path: Path) -> Iterator[None]:
    try:
        yield
    except Refusal:
        raise
    except ImportError:
        raise Refusal(f'读写 {path.name} 需要另装程序库：请先运行 pip install "canju[cluster]"，以及该存储所需的库。') from None
    except Exception:  # each store has errors of its own
        raise Refusal(f"连不上 {path.name} 所在的存储：请核对地址和权限。", 3) from None
