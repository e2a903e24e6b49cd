"""What goes back to the towns after a round: a marked workbook for each file with faults, the report, and the full list."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
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
    from canju.outputs.files import Written
    from canju.pipeline import Round, Source

UNNAMED = "未注明单位"
RETURNED = "（退回修改）"


@dataclass(eq=False, repr=False)
class ReturnStage:
    """Makes one return workbook, in a worker: opening a stranger's file to mark it is as risky as reading it."""

    passwords: tuple[str, ...]
    limits: Any

    def __call__(self, job: tuple[Any, Findings, str]) -> None:
        """Write the marked workbook to the job's path: the file itself, or one of the same layout, or the list alone."""
        from canju.outputs.returns import marking, replies

        found, findings, target = job
        book, note = self._marked(found)
        if book is None:
            list_only(Path(target), findings)
            return
        given = [replies.given(one) for one in findings if one.explained]
        marking.mark(book, findings, note, found.sha256, self._seals(found, book, given))
        marking.save(book, Path(target))

    def _seals(self, found: Any, book: Any, given: list[str]) -> list[str]:
        """How the workbook goes out: with the results of its formulas, and as it stands until somebody saves it anew."""
        from canju.outputs.returns import marking, replies, seal
        from canju.reading.formats import read_workbook

        sheets, _ = replies.take_out(read_workbook(found, passwords=self.passwords, limits=self.limits, salvage=True).sheets, found.file)
        return list(dict.fromkeys(seal.seal(sheets, given, some) for some in ((), marking.formulas(book))))

    def _marked(self, found: Any) -> tuple[Any, list[str]]:
        """A workbook to mark, and what has to be said of it."""
        from canju.outputs.returns import marking
        from canju.reading.formats import read_workbook

        if found.kind == "xlsx":
            try:
                book, lost = marking.reopen(found.content(self.limits, self.passwords))
            except Exception:  # whatever openpyxl cannot open is rebuilt below from the cells as read
                pass
            else:
                return book, [f"退回件中未能保留：{'、'.join(lost)}。请以原文件为准。"] if lost else []
        sheets = read_workbook(found, passwords=self.passwords, limits=self.limits, salvage=True).sheets
        return (marking.rebuilt(sheets), ["本表按原表内容重新生成，版式可能与原文件略有不同。"]) if sheets else (None, [])


def list_only(path: Path, findings: Findings) -> None:
    """A workbook with the list alone: for an original that cannot be opened again."""
    from openpyxl import Workbook

    from canju.outputs.returns import marking

    book = Workbook()
    only = book.sheetnames[0]
    marking.mark(book, findings, ["原文件无法打开，只列出问题。"])
    del book[only]
    marking.save(book, path)


def write_returns(round_: Round, out: Path, written: Written) -> None:
    """Write a return workbook for every file with something to correct or explain, in a folder for each town."""
    from canju.reading.isolation import map_files
    from canju.reading.limits import LIMITS

    limits = round_.options.limits or LIMITS
    sources = {one.file: one for one in round_.sources if one.file in round_.found}
    made: list[tuple[str, Path, Path]] = []

    def work(temporary: Path) -> Iterator[tuple[Any, Findings, str]]:
        """A job a file, made when a worker is free for it: together the findings may be more than memory holds."""
        for file, some in groupby(round_.findings, lambda one: one.address.file):
            if file in sources and any(map(is_open, (findings := Findings(some)).kinds)):
                made.append((file, temporary / f"{len(made)}.xlsx", return_path(sources[file], findings.kinds, out, round_.workspace)))
                yield round_.found[file], findings, str(made[-1][1])

    with written.folder(out) as temporary:
        stage = ReturnStage(round_.options.passwords, limits)
        results = map_files(work(temporary), stage, jobs=min(round_.options.jobs, len(sources)), limits=limits)
        for (file, marked, target), failure in zip(made, results, strict=True):
            if failure is None:
                written.move(marked, target)
            else:
                written.write(target, partial(list_only, findings=Findings(one for one in round_.findings if one.address.file == file)))


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


@dataclass(eq=False, repr=False)
class RepairStage:
    """Makes one repaired copy, in a worker."""

    passwords: tuple[str, ...]
    limits: Any

    def __call__(self, job: tuple[Any, list[tuple[str | None, str, str]], str]) -> None:
        """Write a copy of the file with (sheet, cell, text) put in; layout and formats stay where the file can be opened again."""
        from canju.outputs.returns import marking

        found, cells, target = job
        book, _ = ReturnStage(self.passwords, self.limits)._marked(found)
        single = book.sheetnames[0]
        for sheet, cell, text in cells:
            place = book[sheet if sheet in book.sheetnames else single][cell]
            place.value, place.data_type = text, "s"
        marking.save(book, Path(target))


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
