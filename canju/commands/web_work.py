"""The one job behind the local page: files given, the whole chain over them, and what came out, all in one private folder."""

from __future__ import annotations

import io
import re
import shutil
import threading
import zipfile
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO, Literal

from canju.commands import common
from canju.commands.common import Session
from canju.refusal import Refusal

if TYPE_CHECKING:
    from canju.outputs.findings import Group
    from canju.pipeline import Round

ALL = "全部成果.zip"
SHOWN = 500
"""Findings of one rule on the page; beyond, it says how many more there are and where."""


def _unlike(path: Path) -> Path:
    """The path, with a number where two files were given under one name: neither may be lost."""
    names = (path.with_name(f"{path.stem}（{number}）{path.suffix}") for number in range(2, 10_000))
    return next((one for one in chain((path,), names) if not one.exists()), path)


@dataclass
class Work:
    """What the page shows. `said` are sentences for the clerk, `groups` the findings by rule, `files` the outputs under `out`."""

    it: Session
    folder: Path
    as_of: str | None = None
    state: Literal["idle", "working", "done", "failed"] = "idle"
    step: str = ""
    share: float = 0
    said: list[str] = field(default_factory=list)
    groups: list[Group] = field(default_factory=list)
    files: list[str] = field(default_factory=list)
    counts: dict[str, int] = field(default_factory=dict)

    @property
    def home(self) -> Path:
        """The county's folder: its settings, if any were given, and what was sent below."""
        return self.folder / "县"

    @property
    def sent(self) -> Path:
        """Where the files given are put."""
        return self.home / "报送"

    @property
    def out(self) -> Path:
        """Where the outputs lie."""
        return self.folder / "成果"

    def clear(self) -> None:
        """Forget and delete everything."""
        for path in (self.home, self.out):
            shutil.rmtree(path, ignore_errors=True)
        self.state, self.step, self.share = "idle", "", 0
        self.said, self.groups, self.files, self.counts = [], [], [], {}

    def take(self, given: Iterable[tuple[str, BinaryIO]]) -> None:
        """Put the files given into the folder, under names that stay inside it and are none other's."""
        self.clear()
        for name, stream in given:
            parts = [part for part in name.replace("\\", "/").split("/") if part not in ("", ".", "..")]
            path = _unlike(self.sent.joinpath(*parts or ["无名"]))
            path.parent.mkdir(parents=True, exist_ok=True)
            with path.open("wb") as target:
                shutil.copyfileobj(stream, target)
        self._settle()

    def _settle(self) -> None:
        """Lay the county's settings, and the files they name, above what was sent: they are no submissions."""
        from canju.workspace import FILE

        given = next(iter(sorted(self.sent.rglob(FILE))), None)
        if given is None:
            return
        text = given.read_text(encoding="utf-8", errors="replace")
        given.replace(self.home / FILE)
        named = {Path(name).name for name in re.findall(r'^\s*(?:villages|plan)\s*=\s*["\']([^"\']+)["\']', text, re.M)}
        for path in [path for path in self.sent.rglob("*") if path.name in named and path.is_file()]:
            path.replace(self.home / path.name)

    def start(self) -> None:
        """Begin in a thread of its own; the page asks how far it is."""
        self.state, self.step = "working", "正在读取"
        threading.Thread(target=self.run, daemon=True).start()

    def run(self) -> None:
        """The whole chain; whatever goes wrong is a sentence."""
        try:
            self._chain()
            self.state = "done"
        except Refusal as refusal:
            self.said, self.state = [refusal.sentence], "failed"
        except Exception:  # the last net, as in cli.py: an exception's own text may hold cell values
            self.said, self.state = ["程序内部出错，没有完成。请改用 canju run，并把它指出的 .log 文件发给维护人员。"], "failed"

    def _chain(self) -> None:
        from canju import pipeline
        from canju.commands.run import produce
        from canju.outputs import findings
        from canju.outputs.files import Written

        told = io.StringIO()
        it = replace(self.it, err=told, quiet=False, told=set())
        workspace = it.workspace([self.sent])
        options = common.options(it, workspace, as_of=self.as_of)._replace(on_progress=self._progress)
        round_ = common.received(pipeline.validate([self.sent], workspace, options))
        self.step = "正在写成果"
        written = Written(force=True)
        produce(it, round_, self.out, written)
        common.closing(it, round_, common.FailOn.never)
        self.said = [findings.totals(round_.findings, len(round_.sources), round_.rows), *told.getvalue().splitlines(), *written.said]
        self.groups = findings.grouped(round_.findings, SHOWN)
        self._count(round_)
        self.files = sorted(path.relative_to(self.out).as_posix() for path in written.paths)
        self._pack()

    def _count(self, round_: Round) -> None:
        self.counts = {"files": len(round_.sources), "rows": round_.rows, **round_.counts()}

    def _progress(self, done: int, total: int, rows: int = 0, share: float = 0) -> None:
        self.step, self.share = f"正在读取：{done}/{total} 个文件，{rows} 条记录", share

    def _pack(self) -> None:
        with zipfile.ZipFile(self.out / ALL, "w", zipfile.ZIP_DEFLATED) as archive:
            for name in self.files:
                archive.write(self.out / name, name)
