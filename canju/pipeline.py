"""The river: files → sheets → ledgers → findings → book → verdicts, payments. The only place where the stages meet."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache, cached_property
from itertools import chain, zip_longest
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple, Protocol

from canju import plans
from canju.book import Book
from canju.findings import Findings, in_order, summed
from canju.ledgers.base import Table
from canju.model import SEVERITIES, SOURCES, Fault, Finding, Payment, Tally, Verdict, Workbook
from canju.plans import Plan
from canju.rules import engine
from canju.rules.base import OF_LEDGERS, Rule, catalogue, chosen
from canju.workspace import Workspace, town_of

if TYPE_CHECKING:
    from canju.cluster import Cluster
    from canju.merging.merged import Decision, Known, Merged, Origin, Submission
    from canju.merging.readback import Contents


class Progress(Protocol):
    """Is told after each file: files done and in all, records read so far, and the share of all bytes that is done (0–1)."""

    def __call__(self, done: int, total: int, rows: int, share: float) -> None:
        """Show it."""


BLOCKING = ("F101", "F102", "F103", "F210", "F211")
"""Faults of a file that leave part of the work undone: exit code 3."""


def get_ready() -> None:
    """Load, while the workers read, what their results are put together with."""
    import canju.merging.corrected
    import canju.merging.returned
    import canju.merging.rounds
    import canju.outputs.validation  # noqa: F401


class Options(NamedTuple):
    """How a round is read: `as_of` is the day of judgement, `jobs` the worker processes, `passwords` those to try.

    `meanwhile` is done while the workers read.
    """

    as_of: dt.date
    jobs: int = 1
    passwords: tuple[str, ...] = ()
    select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()
    town: str | None = None
    explain: bool = False
    on_progress: Progress | None = None
    limits: Any = None
    cluster: Cluster | None = None
    meanwhile: Callable[[], None] = get_ready


@dataclass(slots=True, eq=False, repr=False)
class Source:
    """One file of a round: what it was, and what was taken from it. `sheets` tells how it was read, for explanations."""

    file: str
    sha256: str
    status: str
    format: str
    encoding: str
    delimiter: str
    modified: dt.datetime | None
    path: str | None
    tables: list[Table] = field(default_factory=list)
    explanation: list[str] = field(default_factory=list)
    cells: tuple[int, int, int] = (0, 0, 0)
    book: Contents | None = None
    answers: dict[str, str] = field(default_factory=dict)
    stamp: Mapping[str, str] = field(default_factory=dict)
    corrects: tuple[str, ...] = ()
    unchanged: bool = False
    replaced_by: str = ""


@dataclass(slots=True, eq=False, repr=False)
class FileResult:
    """What a worker sends back of one file; its findings packed, for they may be more than the file has cells."""

    source: Source
    findings: Findings
    tallies: engine.Tallies


@dataclass(eq=False, repr=False)
class Round:
    """Everything a set of files came to: its sources and tables, its findings, and how far each rule could judge."""

    workspace: Workspace
    plan: Plan
    options: Options
    sources: list[Source]
    findings: Findings
    tallies: engine.Tallies
    found: dict[str, Any] = field(default_factory=dict)

    @cached_property
    def tables(self) -> list[Table]:
        """All tables, in the order of their files."""
        return [table for source in self.sources for table in source.tables]

    @cached_property
    def contents(self) -> list[Contents]:
        """What county books among the files hold besides their tables."""
        return [source.book for source in self.sources if source.book is not None]

    @cached_property
    def origins(self) -> list[Origin]:
        """Every file of the round; for a county book, the files it was made from."""
        from canju.merging.origins import of_file, origins_of

        read = origins_of([source for source in self.sources if source.book is None], self.findings.of(of_file))
        return read + [origin for contents in self.contents for origin in contents.origins]

    @cached_property
    def known(self) -> Known:
        """What the round tells beside its tables: why a ledger may be missing, errors, signed papers, tables of nobody."""
        from canju.merging.origins import known_of

        return known_of(self.findings, self.origins, self.tables, self.workspace, self.contents)

    @cached_property
    def book(self) -> Book:
        """The records of all towns together, without what later submissions replaced."""
        from canju.merging.rounds import standing

        return Book(standing(self.tables, self.settled), self.workspace, self.options.as_of, self.known.problems)

    @cached_property
    def settled(self) -> dict[int, Submission]:
        """Each table (by `id`) as a submission of which it is known what later ones replaced and what assessments brought."""
        from canju.merging.rounds import settled

        return settled(self.tables, {origin.file: origin for origin in self.origins})

    @cached_property
    def verdicts(self) -> list[Verdict]:
        """The plan, clause by clause."""
        return engine.judge_plan(self.book, self.plan)

    @property
    def rows(self) -> int:
        """Records read."""
        return sum(len(table) for table in self.tables)

    @property
    def unread(self) -> bool:
        """Whether an input could not be read, so that part of the work is undone."""
        return any(kind.rule in BLOCKING for kind in self.findings.kinds)

    @property
    def lost(self) -> list[str]:
        """The files that could not be read."""
        return list(dict.fromkeys(one.address.file for one in self.findings.of(BLOCKING.__contains__)))

    def counts(self) -> dict[str, int]:
        """Findings by severity; queries that the town has explained count no longer."""
        return {severity: self.findings.count(severity) for severity in SEVERITIES}


@dataclass(eq=False, repr=False)
class FileStage:
    """The work done on one file, in a worker: read it, understand it, and ask every rule that needs one record only."""

    setting: Any
    plan: Plan
    passwords: tuple[str, ...]
    limits: Any
    explain: bool

    def prepare(self) -> None:
        """Load, before the workers part, what each of them would otherwise load for itself."""
        import canju.outputs.returns.replies
        import canju.reading.formats.xlsx  # noqa: F401
        from canju.reading.headings import lexicon

        lexicon(self.setting.headings)
        catalogue(OF_LEDGERS)

    def __call__(self, found: Any) -> FileResult:
        """A file's tables, findings and tallies; a bad file is a result like any other."""
        from canju.outputs.returns.replies import corrects, take_out, unchanged
        from canju.reading.formats import read_workbook
        from canju.reading.recognise import recognise

        workbook = read_workbook(found, passwords=self.passwords, limits=self.limits)
        tallies: engine.Tallies = {}
        contents = _contents(workbook, self.plan.as_of)
        if contents is not None:
            result = _result(workbook, contents.tables, (engine.of_stage(fault, workbook, None) for fault in workbook.faults), tallies)
            result.source.book = contents
            return result
        marks = corrects(workbook.sheets)
        as_sent = bool(marks) and unchanged(workbook.sheets)
        workbook.sheets, answers = take_out(workbook.sheets, workbook.file)
        recognition = recognise(workbook, self.setting)
        findings = chain(_stage_findings(workbook, recognition, self.setting.towns), self._judged(recognition.tables, tallies))
        result = _result(workbook, recognition.tables, findings, tallies)
        result.source.cells = recognition.account
        result.source.answers, result.source.corrects, result.source.unchanged = answers, marks, as_sent
        if self.explain:
            result.source.explanation = recognition.explanation
        return result

    def _judged(self, tables: Sequence[Table], tallies: engine.Tallies) -> Iterator[Finding]:
        return (one for table in tables for one in engine.judge_records(table, catalogue(OF_LEDGERS).values(), self.plan, tallies))


def _result(workbook: Workbook, tables: list[Table], findings: Iterable[Finding], tallies: engine.Tallies) -> FileResult:
    source = Source(
        workbook.file,
        workbook.sha256,
        workbook.status,
        workbook.format,
        workbook.encoding,
        workbook.delimiter,
        workbook.modified,
        workbook.path,
        tables,
        stamp=workbook.stamp,
    )
    return FileResult(source, Findings(findings, held=0), tallies)


def _stage_findings(workbook: Workbook, recognition: Any, named: Sequence[str]) -> Iterator[Finding]:
    """Findings about files, sheets and headings, then about single cells. A file of which nothing was read is its path's town's."""
    town = None if recognition.tables else town_of(workbook.file, named)
    towns = {table.sheet: table.town for table in recognition.tables}
    keys = {table.sheet: table.ledger.key for table in recognition.tables}
    only = next(iter(set(towns.values())), None) if len(set(towns.values())) == 1 else town
    for fault, table in (*((fault, None) for fault in workbook.faults), *zip_longest(recognition.faults, recognition.owners)):
        if table:
            yield engine.of_stage(fault, workbook, table.town, table.ledger.key)
        else:
            yield engine.of_stage(fault, workbook, towns.get(fault.sheet or "", only), keys.get(fault.sheet or ""))
    for one in recognition.cells:
        record = recognition.tables[one.table].records[one.index]
        yield engine.of_cell(record, one.field, one.fault.rule, one.fault.values, one.fault.suggestions)


def read(paths: Sequence[Path], workspace: Workspace, options: Options) -> Round:
    """Read files, folders and zips and ask every rule over single records; the cross-record rules are asked by `validate`."""
    from canju.reading.isolation import map_files
    from canju.reading.limits import LIMITS
    from canju.reading.recognise import Setting
    from canju.reading.walk import walk

    plan = plans.load(workspace, options.as_of)
    limits = options.limits or LIMITS
    villages: dict[str, tuple[str, ...]] = {town: tuple(v.name for v in workspace.villages_of(town)) for town in workspace.towns}
    former = {name: village.name for village in workspace.village_list for name in village.former}
    setting = Setting(workspace.county, workspace.federation, tuple(workspace.towns), villages, former, workspace.headings, options.as_of)
    stage = FileStage(setting, plan, options.passwords, limits, options.explain)
    stage.prepare()
    found = list(walk(paths, limits, options.passwords))
    arrived = _Arrived(found, workspace.towns, options.on_progress)
    if options.cluster:
        options.cluster.map_files(found, stage, limits=limits, passwords=options.passwords, on_done=arrived)
    else:
        map_files(found, stage, jobs=options.jobs, limits=limits, on_done=arrived, meanwhile=options.meanwhile)
    round_ = Round(workspace, plan, options, [], arrived.findings, {})
    _stand(round_, arrived.results)
    round_.found = {one.file: one for one in found}
    _fold_in(round_.sources)
    for contents in round_.contents:
        for table in contents.tables:
            round_.findings += engine.judge_records(table, catalogue(OF_LEDGERS).values(), plan, round_.tallies)
    return round_


class _Arrived:
    """Takes over each file's result once those of the files before it are there, and tells how far all is.

    Findings are joined at once, so that those beyond the number held need not stay in memory. Time left goes by bytes: a file
    of 30,000 rows isn't one of ten.
    """

    def __init__(self, found: Sequence[Any], towns: Sequence[str], progress: Progress | None) -> None:
        self.found, self.towns, self.progress = found, towns, progress
        self.sizes = [0 if one.skipped else one.size for one in found]
        self.files, self.rows, self.bytes = 0, 0, 0
        self.early: dict[int, FileResult] = {}
        self.results: list[FileResult] = []
        self.findings = Findings()

    def __call__(self, number: int, outcome: Any) -> None:
        """One more file, whatever came of it."""
        self.early[number] = outcome if isinstance(outcome, FileResult) else _failed(self.found[number], outcome, self.towns)
        self.files += 1
        self.bytes += self.sizes[number]
        self.rows += sum(map(len, self.early[number].source.tables))
        if self.progress:
            self.progress(self.files, len(self.sizes), self.rows, self.bytes / (sum(self.sizes) or 1))
        while (result := self.early.pop(len(self.results), None)) is not None:
            self.results.append(result)
            self.findings.join(result.findings)
            result.findings = Findings()


def _contents(workbook: Workbook, as_of: dt.date) -> Contents | None:
    """What a county book holds; None for any other file, which most are: they needn't wait for the book's reader."""
    if all(sheet.name != SOURCES for sheet in workbook.sheets):
        return None
    from canju.merging.readback import read_book

    return read_book(workbook, as_of)


def _fold_in(sources: Sequence[Source]) -> None:
    """County books beside files read afresh: what was read afresh itself isn't counted twice."""
    if all(source.book is None for source in sources):
        return
    from canju.merging.readback import fold_in

    files = {source.file: source.sha256 for source in sources if source.book is None}
    for source in sources:
        if source.book is not None:
            source.book = fold_in(source.book, source.file, files)
            source.tables = source.book.tables
            files.update({origin.file: origin.sha256 for origin in source.book.origins})


def _stand(round_: Round, results: Sequence[FileResult]) -> None:
    """Put the files' results into the round; one that came back corrected as a return workbook is left aside, and said so (F105)."""
    from canju.merging.corrected import replaced

    gone = replaced([one.source for one in results])
    if gone:
        round_.findings = Findings(one for one in round_.findings if one.address.file not in gone)
    for one in results:
        result = _replaced(one.source, gone[one.source.file]) if one.source.file in gone else one
        round_.sources.append(result.source)
        round_.findings.join(result.findings)
        _join(round_.tallies, result.tallies)


def _replaced(old: Source, by: str) -> FileResult:
    same = f"与退回时一样，没有改动，也没有新填核实说明，以「{by}」为准。"
    fault = Fault("F105", values={"why": same if old.unchanged else f"已由改好报回的「{by}」取代，不再计入。"})
    workbook = Workbook(old.file, sha256=old.sha256, status="unread", format=old.format, modified=old.modified, faults=[fault])
    result = _result(workbook, [], [engine.of_stage(fault, workbook, next((table.town for table in old.tables), None))], {})
    result.source.replaced_by = "" if old.unchanged else by
    return result


def _failed(found: Any, failure: Any, towns: Sequence[str]) -> FileResult:
    """A file whose worker died, hung or ran out of memory."""
    workbook = Workbook(found.file, status="unread", faults=[failure.fault], modified=found.modified)
    return _result(workbook, [], [engine.of_stage(failure.fault, workbook, town_of(found.file, towns))], {})


def _join(into: engine.Tallies, more: engine.Tallies) -> None:
    for key, tally in more.items():
        held = into.setdefault(key, Tally(*key))
        held.checked += tally.checked
        held.found += tally.found
        held.unchecked += tally.unchecked
        held.why = held.why or tally.why


def validate(paths: Sequence[Path], workspace: Workspace, options: Options) -> Round:
    """The round with every F, C and R finding, in the order of files, sheets and rows."""
    round_ = read(paths, workspace, options)
    if options.cluster:
        between = options.cluster.judge_book(round_.book, round_.plan, round_.tallies)
    else:
        between = engine.judge_book(round_.book, catalogue(OF_LEDGERS).values(), round_.plan, round_.tallies)
    round_.findings = _asked(round_, _explained(round_, chain(_current(round_, engine.recalled(round_.findings, round_.book)), between)))
    _count_stage(round_)
    return round_


def _explained(round_: Round, findings: Iterable[Finding]) -> Iterable[Finding]:
    """The findings with the answers that towns gave in returned workbooks."""
    from canju.outputs.returns.replies import Reply, explained

    replies = {mark: Reply(text) for contents in round_.contents for mark, text in contents.known.replies.items()}
    for source in round_.sources:
        day = source.modified.date().isoformat() if source.modified else ""
        originals = (one.file for one in round_.sources if one.sha256 in source.corrects) if source.answers else ()
        files = (source.file, *originals)
        replies.update({mark: Reply(text, files, day) for mark, text in source.answers.items()})
    return explained(findings, replies)


def _asked(round_: Round, findings: Iterable[Finding]) -> Findings:
    """The findings asked for, in order."""
    options = round_.options
    order = {source.file: position for position, source in enumerate(round_.sources)}
    asked = cache(lambda rule: bool(chosen((rule,), options.select, options.ignore)))
    return in_order(
        (one for one in findings if asked(one.rule) and options.town in (None, one.town)),
        lambda one: (
            order.get(one.address.file, -1),
            one.address.sheet or "",
            one.address.row or 0,
            len(one.address.column or ""),
            one.address.column or "",
            one.rule,
        ),
    )


def _current(round_: Round, findings: Iterable[Finding]) -> Iterator[Finding]:
    """The findings without those of rows in whose place another submission speaks; these count as found no longer."""
    from canju.merging.rounds import Superseded

    superseded, gone = Superseded(round_.settled.values()), set()
    for one in findings:
        if not superseded(one):
            yield one
        elif (where := (one.rule, one.town, one.address[:3])) not in gone:
            gone.add(where)
            if tally := round_.tallies.get(where[:2]):
                tally.found -= 1


def _count_stage(round_: Round) -> None:
    """Coverage of faults that stages find: every row of a town was looked at by every rule of a cell."""
    rows: dict[str | None, int] = {}
    for table in round_.tables:
        for record in table.records if table.town is None else ():
            rows[record.sender] = rows.get(record.sender, 0) + 1
        if table.town is not None:
            rows[table.town] = rows.get(table.town, 0) + len(table)
    found = summed(round_.findings.kinds, lambda kind: (kind.rule, kind.town))
    for rule in catalogue(OF_LEDGERS).values():
        if rule.scope == "stage":
            for town in dict.fromkeys((*(one.name for one in round_.book.towns), *rows, *(t for c, t in found if c == rule.code))):
                tally = round_.tallies.setdefault((rule.code, town), Tally(rule.code, town))
                tally.checked, tally.found = rows.get(town, 0), found.get((rule.code, town), 0)
                if not tally.checked and not tally.found:
                    tally.unchecked, tally.why = 1, "未收到该镇（街道）可读的台账"


def rules_of(letters: str) -> list[Rule]:
    """The catalogue's rules whose codes begin with one of these letters."""
    return [rule for rule in catalogue().values() if rule.letter in letters]


def pay(round_: Round, period: Any) -> tuple[list[Payment], list[Finding]]:
    """What each commissioner is due, and what the towns' claims have wrong."""
    from canju.stipend.engine import claims, pay

    payments = pay(round_.book, round_.plan, period)
    found = list(engine.judge_claims(claims(round_.book, round_.plan, payments, period), catalogue().values(), round_.plan))
    codes = set(chosen(catalogue(), round_.options.select, round_.options.ignore))
    return payments, [one for one in found if one.rule in codes]


@dataclass(eq=False, repr=False)
class DecisionStage:
    """Reads what the clerk decided in one county book, in a worker: of all its sheets only that one."""

    passwords: tuple[str, ...]
    limits: Any

    def __call__(self, found: Any) -> list[Decision]:
        """The decisions; none where the file is no such book."""
        import io

        import python_calamine

        from canju.merging.book.sheets import CONFLICTS
        from canju.merging.readback import decisions_of
        from canju.model import Sheet
        from canju.reading.formats.encrypted import opened
        from canju.reading.limits import Damaged, OverLimit

        try:
            data = found.content(self.limits, self.passwords)
            book = python_calamine.load_workbook(io.BytesIO(opened(data, self.passwords) if found.kind == "ole" else data))
            if CONFLICTS not in book.sheet_names:
                return []
            rows: list[list[Any]] = [list(row) for row in book.get_sheet_by_name(CONFLICTS).to_python()]
            return decisions_of(Sheet(CONFLICTS, rows))
        except (Damaged, OverLimit, python_calamine.CalamineError):
            return []


def decisions_in(path: Path, options: Options) -> list[Decision]:
    """What the clerk decided in a county book that is about to be written anew; none where the file is no such book."""
    from canju.reading.isolation import map_files
    from canju.reading.limits import LIMITS
    from canju.reading.walk import walk

    found = [one for one in walk([path], LIMITS, options.passwords) if not one.skipped] if path.is_file() else []
    results = map_files(found, DecisionStage(options.passwords, LIMITS), jobs=1, limits=LIMITS)
    return [decision for result in results if isinstance(result, list) for decision in result]


def merge(round_: Round, earlier: Path | None = None) -> Merged:
    """One county book out of the round, with the decisions in county books among its files and in the `earlier` one."""
    from canju.merging.joining import merge
    from canju.merging.origins import known_of

    decisions = decisions_in(earlier, round_.options) if earlier else []
    decisions += [decision for contents in round_.contents for decision in contents.decisions]
    known = known_of(round_.findings, round_.origins, round_.tables, round_.workspace, round_.contents)
    return merge(round_.tables, round_.origins, round_.workspace, round_.options.as_of, decisions=decisions, known=known)
