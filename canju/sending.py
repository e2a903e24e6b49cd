"""What goes back to the towns after a round: a marked workbook for each file with faults, the report, and the full list."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from functools import partial
from itertools import chain, groupby
from pathlib import Path
from typing import TYPE_CHECKING, Any

from canju.book import COUNTY
from canju.findings import Findings, Kind, is_open
from canju.masking import mask_path
from canju.workspace import Workspace

if TYPE_CHECKING:
    from canju.model import Sheet
    from canju.outputs.files import Written
    from canju.outputs.returns.package import Package
    from canju.pipeline import Round, Source

UNNAMED = "未注明单位"
RETURNED = "（退回修改）"
UNLOCKED = "原文件设了密码，本文件没有，请妥善保管。"


@dataclass(eq=False, repr=False)
class _Changed:
    """Changes files in a worker: opening a stranger's file to mark it is as risky as reading it."""

    passwords: tuple[str, ...]
    limits: Any

    def sheets(self, found: Any) -> list[Sheet]:
        """The file as read, as much of it as can be."""
        from canju.reading.formats import read_workbook

        return read_workbook(found, passwords=self.passwords, limits=self.limits, salvage=True).sheets

    def changed(self, found: Any, sheets: Sequence[Sheet], change: Callable[[Package, list[str]], None]) -> Package:
        """The file with a change made in it, or a workbook rebuilt from these sheets with that change, and what is to be said of it."""
        from canju.outputs.returns import marking
        from canju.outputs.returns.package import Package

        if found.kind in ("xlsx", "ole"):
            with suppress(Exception):  # whatever can't be changed in place is rebuilt from the cells as read
                change(package := Package(self._clear(found)), [UNLOCKED] if found.kind == "ole" else [])
                return package
        change(package := Package(marking.rebuilt(sheets)), ["本表按原表内容重新生成，版式可能与原文件略有不同。"])
        return package

    def _clear(self, found: Any) -> bytes:
        """The file's bytes, of one behind a password those inside."""
        from canju.reading.formats.encrypted import opened
        from canju.reading.formats.ole import contents

        data: bytes = found.content(self.limits, self.passwords)
        return opened(data, self.passwords) if found.kind == "ole" and contents(data) == "encrypted" else data


class ReturnStage(_Changed):
    """Makes one return workbook."""

    def __call__(self, job: tuple[Any, Findings, str]) -> None:
        """Write the marked workbook to the job's path: the file itself, or one of the same layout, or the list alone."""
        from canju.outputs.returns import lines, marking, replies, seal

        found, findings, target = job
        sheets = self.sheets(found)
        kept, _ = replies.take_out(sheets, found.file)
        if not kept:
            list_only(Path(target), findings)
            return
        given = [text for text in map(replies.given, findings) if text]
        marks = [*[found.sha256, *replies.corrects(sheets)][: marking.MOST_ROUNDS], seal.seal(kept, given)]
        theirs = any(one.name == lines.LIST for one in kept)
        self.changed(found, kept, lambda package, note: marking.mark(package, findings, note, marks, theirs)).save(Path(target))


def list_only(path: Path, findings: Findings) -> None:
    """A workbook with the list alone: for an original that cannot be opened again."""
    from canju.outputs.returns import listing, marking
    from canju.outputs.returns.package import Package

    package = Package(marking.rebuilt([]))
    listing.take_out(package, 0)
    marking.mark(package, findings, ["原文件无法打开，只列出问题。"])
    package.save(path)


def write_returns(round_: Round, findings: Findings, out: Path, written: Written, jobs: int | None = None) -> None:
    """Write a return workbook for every file with something to correct or explain, in a folder for each town.

    `findings` are those of the round that towns are told of in their files; `jobs` (the round's) is how many processes may work.
    """
    from canju.reading.isolation import map_files
    from canju.reading.limits import LIMITS

    limits = round_.options.limits or LIMITS
    sources = {one.file: one for one in round_.sources if one.file in round_.found}
    made: list[tuple[str, Path, Path]] = []

    def work(temporary: Path) -> Iterator[tuple[Any, Findings, str]]:
        """A job a file, made when a worker is free for it: together the findings may be more than memory holds."""
        for file, some in groupby(findings, lambda one: one.address.file):
            if file in sources and any(map(is_open, (own := Findings(some)).kinds)):
                made.append((file, temporary / f"{len(made)}.xlsx", return_path(sources[file], own.kinds, out, round_.workspace)))
                yield round_.found[file], own, str(made[-1][1])

    with written.folder(out) as temporary:
        stage = ReturnStage(round_.options.passwords, limits)
        results = map_files(work(temporary), stage, jobs=min(jobs or round_.options.jobs, len(sources)), limits=limits)
        for (file, marked, target), failure in zip(made, results, strict=True):
            if failure is None:
                written.move(marked, target)
            else:
                written.write(target, partial(list_only, findings=Findings(one for one in findings if one.address.file == file)))


def write_report(round_: Round, out: Path, written: Written) -> None:
    """Write report.html and 问题明细.csv."""
    from canju.outputs.findings import as_csv
    from canju.outputs.report import html

    title = f"{round_.workspace.county}残疾人台账校验报告"
    subtitle = f"判断基准日 {round_.options.as_of.isoformat()}    方案：{round_.plan.title}"
    towns = [town.name for town in round_.book.towns]
    page = html(title, subtitle, round_.findings, len(round_.sources), round_.rows, towns, round_.tallies.values())
    written.write_text(out / "report.html", page)
    written.write_text(out / "问题明细.csv", chain(["\ufeff"], as_csv(round_.findings)))


def return_path(source: Source, kinds: Iterable[Kind], out: Path, workspace: Workspace) -> Path:
    """`镇/原文件名（退回修改）.xlsx`; the county's own files under 县残联, those of nobody known under 未注明单位."""
    towns = ({table.town for table in source.tables} or {one.town for one in kinds}) - {None}
    named = next((town for town in workspace.towns if town in source.file), None)
    own = bool(source.tables) and not any(one.rule == "F202" for one in kinds)
    folder = towns.pop() if len(towns) == 1 else named or (COUNTY if own else UNNAMED)
    name, _, ending = source.file.rsplit("/", 1)[-1].replace(RETURNED, "").rpartition(".")
    kind = "" if ending.lower() in ("xlsx", "xlsm") else f"_{ending}"
    return out / str(folder) / f"{mask_path(name).replace('*', 'x')}{kind}{RETURNED}.xlsx"


class RepairStage(_Changed):
    """Makes one repaired copy."""

    def __call__(self, job: tuple[Any, list[tuple[str | None, str, str]], str]) -> None:
        """Write a copy of the file with (sheet, cell, text) put in; layout and formats stay where the file can be changed in place."""
        from canju.outputs.returns import marking

        found, cells, target = job
        self.changed(found, self.sheets(found), lambda package, note: marking.correct(package, cells)).save(Path(target))


def write_repaired(round_: Round, repaired: list[Any], out: Path, written: Written) -> list[str]:
    """Write a repaired copy of each file that has repairs; names the files of which none could be made."""
    from canju.outputs.repairs import text_of
    from canju.reading.isolation import map_files
    from canju.reading.limits import LIMITS

    by_file: dict[str, list[tuple[str | None, str, str]]] = {}
    for one in repaired:
        if one.address.cell:
            by_file.setdefault(one.address.file, []).append((one.address.sheet, one.address.cell, text_of(one.after)))
    limits = round_.options.limits or LIMITS
    failed = []
    with written.folder(out) as temporary:
        work = [(round_.found[file], cells, str(temporary / f"{n}.xlsx")) for n, (file, cells) in enumerate(by_file.items())]
        results = map_files(work, RepairStage(round_.options.passwords, limits), jobs=round_.options.jobs, limits=limits)
        for file, (_, _, made), failure in zip(by_file, work, results, strict=True):
            name = file if file.lower().endswith(".xlsx") else f"{file.rpartition('.')[0]}_{file.rpartition('.')[2]}.xlsx"
            if failure is None:
                written.move(Path(made), out / name)
            else:
                failed.append(file)
    return failed
