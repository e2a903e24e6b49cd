"""What the commands share: the session the caller set up, the options that mean the same everywhere, and how outputs are said."""

from __future__ import annotations

import datetime as dt
import os
import sys
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, field
from enum import StrEnum
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, TextIO

import typer

from canju.refusal import Refusal, nearest

if TYPE_CHECKING:
    from canju.cluster import Cluster
    from canju.masking import Profile
    from canju.outputs.files import Written
    from canju.outputs.progress import Bar
    from canju.pipeline import Options, Round, Source
    from canju.workspace import Workspace


MANY = 9
"""Files written, beyond which they are told by folder."""


class Format(StrEnum):
    """How findings and figures are printed."""

    text = "text"
    json = "json"
    jsonl = "jsonl"
    csv = "csv"


class FailOn(StrEnum):
    """From which severity on a command ends with 1."""

    error = "error"
    query = "query"
    never = "never"


Paths = Annotated[
    list[Path], typer.Argument(help="报送文件、文件夹或压缩包（zip），也可以是汇总好的总表。", show_default=False, metavar="路径")
]
Output = Annotated[
    Path | None,
    typer.Option("--output", help="把结果写到文件，不打印在屏幕上；csv 这样写出，Excel 能直接打开。", show_default=False),
]
FormatOption = Annotated[Format, typer.Option("--format", "-f", help="输出格式。")]
Select = Annotated[list[str] | None, typer.Option("--select", help="只看这些规则（编号或前缀，可用逗号分隔）。", show_default=False)]
Ignore = Annotated[list[str] | None, typer.Option("--ignore", help="不看这些规则（编号或前缀，可用逗号分隔）。", show_default=False)]
TownOption = Annotated[str | None, typer.Option("--town", help="只看这个镇（街道）。", show_default=False)]
AsOf = Annotated[
    str | None, typer.Option("--as-of", help="判断基准日，例 2019-10-08；不写则用 canju.toml 的 as_of，再不然用今天。", show_default=False)
]
FailOnOption = Annotated[FailOn, typer.Option("--fail-on", help="到哪一级问题时退出码为 1。")]
Jobs = Annotated[int | None, typer.Option("--jobs", "-j", min=1, help="同时用几个进程读文件；默认为处理器个数。", show_default=False)]
Unmask = Annotated[bool, typer.Option("--unmask", help="显示完整的身份证号、姓名等个人信息。")]
Force = Annotated[bool, typer.Option("--force", help="覆盖已有的文件。")]
OnCluster = Annotated[
    str | None,
    typer.Option("--cluster", help="在 Dask 集群上做：集群地址，或 local（在本机起几个进程）。需另装 canju[cluster]。", show_default=False),
]
PasswordFile = Annotated[Path | None, typer.Option("--password-file", help="存有文件密码的文本文件，一行一个。", show_default=False)]


@dataclass(repr=False)
class Session:
    """What only the outermost layer may know: the streams, the day, the terminal, and the workspace file asked for."""

    config: Path | None = None
    quiet: bool = False
    color: bool = True
    verbose: bool = False
    today: dt.date = dt.date.min
    now: str = ""
    out: TextIO = field(default_factory=lambda: sys.stdout)
    err: TextIO = field(default_factory=lambda: sys.stderr)
    columns: int = 80
    format: str = "text"
    code: int = 0
    told: set[str] = field(default_factory=set)
    leaving: ExitStack = field(default_factory=ExitStack)
    sending: list[tuple[Path, Path, bool]] = field(default_factory=list)

    def workspace(self, paths: Sequence[Path] = ()) -> Workspace:
        """The workspace: the one named, else the nearest above the first path, else above the current folder."""
        from canju import workspace

        if self.config:
            return workspace.load(self.config)
        near = (workspace.find(path if path.is_dir() else path.parent) for path in [*paths[:1], Path.cwd()])
        return workspace.load(next((path for path in near if path), None))

    def say(self, *lines: str) -> None:
        """Tell the clerk something beside the data, on stderr."""
        if not self.quiet:
            for line in lines:
                print(self._fit(line, self.err), file=self.err)

    def say_once(self, line: str) -> None:
        """Tell the clerk something that needs no repeating within a call."""
        if line not in self.told:
            self.told.add(line)
            self.say(line)

    def say_error(self, sentence: str) -> None:
        """Say why the call was refused, also to who asked for quiet."""
        print(self._fit(f"错误：{sentence}", self.err), file=self.err)

    def _fit(self, text: str, stream: TextIO) -> str:
        """What a stream may show: nothing that steers a terminal; on one, lines no wider than it is, unless they are data."""
        from canju.outputs.findings import harmless
        from canju.outputs.terminal import fitted

        text = harmless(text)
        return fitted(text, self.columns) if stream.isatty() and (stream is self.err or self.format == "text") else text

    def show(self, text: str | Iterable[str]) -> None:
        """Print data on stdout; nothing in it steers a terminal."""
        last = "\n"
        for piece in filter(None, (self._fit(one, self.out) for one in ([text] if isinstance(text, str) else text))):
            self.out.write(piece)
            last = piece
        if not last.endswith("\n"):
            self.out.write("\n")

    def give(self, text: str | Iterable[str], output: Path | None, force: bool = False) -> None:
        """Print data, or write it to the file asked for; a CSV file is marked as UTF-8, which a Chinese Excel would not guess."""
        if output is None:
            self.show(text)
            return
        written = self.written(force)
        mark = "\ufeff" if self.format == "csv" else ""
        written.write_text(output, chain([mark], _ended([text] if isinstance(text, str) else text)))
        self.tell(written)

    def written(self, force: bool = False) -> Written:
        """A writer of files that keeps count of them."""
        from canju.outputs.files import Written

        return Written(force, self.now)

    def tell(self, written: Written) -> None:
        """Say what was written and where; what lies at an address is said once it is there."""
        here = [path for path in written.paths if not any(path.is_relative_to(made) for made, _, _ in self.sending)]
        listed = [f"已写出：{path}" for path in here]
        if len(listed) > MANY and not self.verbose:
            count = Counter(path.parent for path in here)
            listed = [f"已写出：{folder}/（{number} 个文件）" for folder, number in count.items()]
        self.say(*written.said, *listed)

    def near(self, paths: Sequence[Path]) -> list[Path]:
        """The paths, those that are addresses (`s3://…`) fetched into a private folder first."""
        from canju.commands.remote import address_of, fetched

        return [fetched(path, self._private(str(number))) if address_of(path) else path for number, path in enumerate(paths)]

    def place(self, out: Path, force: bool) -> Path:
        """Where to write an output: its own path, or for an address a private place from which `end` sends it."""
        from canju.commands.remote import address_of

        if not address_of(out):
            return out
        made = self._private("out") / out.name
        self.sending.append((made, out, force))
        return made

    def _private(self, name: str) -> Path:
        import tempfile

        return Path(self.leaving.enter_context(tempfile.TemporaryDirectory(prefix=f"canju-{name}-")))

    def end(self, code: int) -> None:
        """Send what goes to an address, then leave with this exit code (3 goes before 1)."""
        for made, out, force in self.sending:
            from canju.commands.remote import address_of, sent

            sent(made, out, force)
            self.say(f"已写出：{address_of(out)}")
        raise typer.Exit(max(code, self.code))


def _ended(pieces: Iterable[str]) -> Iterator[str]:
    """The pieces of a text, the last line of which ends too."""
    last = "\n"
    for last in filter(None, pieces):
        yield last
    if not last.endswith("\n"):
        yield "\n"


def session(context: typer.Context) -> Session:
    """The session of this call."""
    found = context.find_object(Session)
    assert found is not None
    found.format = str(context.params.get("format_", "text"))
    return found


def as_day(text: str, name: str) -> dt.date:
    """A day given on the command line, as people write it: 2019-10-08, 2019-9-25, 2019年9月25日, 2019.9.25, 20191008.

    A Refusal where it is written otherwise, or no calendar has it.
    """
    import re
    import unicodedata

    written = r"(\d{4})(\d\d)(\d\d)|(\d{4})([-/.])(\d{1,2})\5(\d{1,2})|(\d{4})年(\d{1,2})月(\d{1,2})日?"
    found = re.fullmatch(written, unicodedata.normalize("NFKC", text).strip())
    if not found:
        raise Refusal(f"{name} 的日期应写成 2019-10-08 这样的形式。")
    try:
        return dt.date(*(int(part) for part in found.groups() if part and part.isdecimal()))
    except ValueError:
        raise Refusal(f"{name}：没有 {text.strip()} 这一天，请核对。") from None


def profile(unmask: bool) -> Profile:
    """What a reader of stdout may see of a person."""
    return "full" if unmask else "internal"


def codes(given: Sequence[str] | None) -> tuple[str, ...]:
    """Rule codes or prefixes as given, commas split; one that fits no rule is refused."""
    from canju.rules.base import catalogue

    wanted = tuple(part.strip().upper() for one in given or () for part in one.replace("，", ",").split(",") if part.strip())
    for code in wanted:
        if any(known.startswith(code) for known in catalogue()):
            continue
        if family := _family(code):
            raise Refusal(f"没有「{code}」这条规则。{family}，用 canju rules --select {code[0]} 查看。")
        near = nearest(code, catalogue(), 0.5)
        raise Refusal(f"没有「{code}」这条规则{f'，是否应为「{near}」？' if near else '，请用 canju rules 查看全部规则。'}")
    return wanted


def _family(code: str) -> str:
    """The rules there are beside a code that is well written but none; "" where its letter or its digits are wrong."""
    from canju.rules.base import catalogue

    known = sorted(one for one in catalogue() if one[0] == code[0] and code[1:].isdigit())
    ranges = [[one for one in known if one[1] == hundred] for hundred in dict.fromkeys(one[1] for one in known)]
    spans = (f"{some[0]}—{some[-1]}" if len(some) > 1 else some[0] for some in ranges)
    return f"{code[0]} 类有 {'、'.join(spans)}" if known else ""


WATCHED = {"F": "canju validate", "C": "canju validate", "R": "canju validate", "P": "canju check", "S": "canju stipend"}
"""Which command asks the rules of which ground."""


def asked(select: Sequence[str] | None, letters: str) -> None:
    """Refuse a selection that holds no rule of the grounds this command asks."""
    wanted = codes(select)
    if wanted and not any(one[0] in letters for one in wanted):
        raise Refusal(f"{'、'.join(wanted)} 不在这条命令核对的规则里，请用 {WATCHED[wanted[0][0]]} --select {wanted[0]} 查看。")


def passwords_of(path: Path | None) -> tuple[str, ...]:
    """The passwords of a file, one a line."""
    if path is None:
        return ()
    try:
        return tuple(line for line in path.read_text(encoding="utf-8-sig").splitlines() if line)
    except (OSError, UnicodeDecodeError):
        raise Refusal(f"读不了密码文件 {path.name}：请确认文件存在并以 UTF-8 保存。") from None


def options(
    it: Session,
    workspace: Workspace,
    *,
    as_of: str | None = None,
    jobs: int | None = None,
    select: Sequence[str] | None = None,
    ignore: Sequence[str] | None = None,
    town: str | None = None,
    password_file: Path | None = None,
    explain: bool = False,
    cluster: str | None = None,
) -> Options:
    """The options of a round; `--as-of` goes before the workspace's day, that before today."""
    from canju.pipeline import Options

    day = as_day(as_of, "--as-of") if as_of else workspace.as_of or it.today
    if not as_of and workspace.folder is None:
        it.say_once(
            f"没有找到 canju.toml，按今天（{day.isoformat()}）判断，要靠本县设置的条款是待核实。"
            "设置在别处的，请写 canju --config 路径 …，或到那个文件夹里运行。"
        )
    if it.verbose:
        settings = f"{workspace.folder / 'canju.toml'}" if workspace.folder else "没有"
        it.say_once(
            f"设置文件：{settings}；方案：{workspace.plan}；判断基准日：{day.isoformat()}；进程：{jobs or os.cpu_count() or 1} 个。"
        )
    if town and workspace.towns and town not in workspace.towns:
        near = nearest(town, workspace.towns, 0.3)
        raise Refusal(
            f"没有「{town}」这个镇（街道）{f'，是否应为「{near}」？' if near else f'，可选：{chr(12289).join(workspace.towns)}。'}"
        )
    several = jobs or os.cpu_count() or 1
    chosen = (codes(select), codes(ignore), town, explain, _bar(it))
    return Options(day, several, passwords_of(password_file), *chosen, cluster=_on(it, cluster, several) if cluster else None)


def _on(it: Session, address: str, jobs: int) -> Cluster:
    """The cluster asked for, left when the command ends."""
    from canju.cluster import Cluster

    cluster = Cluster(address, jobs)
    it.leaving.callback(cluster.close)
    return cluster


def _bar(it: Session) -> Bar | None:
    """A progress line on a terminal, once work takes over a second."""
    if it.quiet or not it.err.isatty():
        return None
    from canju.outputs.progress import Bar

    return Bar(it.err)


def again(command: str, paths: Sequence[Path]) -> str:
    """A call of a command on the same paths, as it is to be typed."""
    import shlex

    return shlex.join(["canju", command, *map(str, paths)])


def of_this_county(source: Source, workspace: Workspace) -> None:
    """Refuse a county book of another county: one that names more foreign towns than own ones, or bears another county's name."""
    if source.book is None:
        return
    towns = {record.sender for table in source.tables for record in table.records} - {None}
    own, strangers = towns & set(workspace.towns), sorted(towns - set(workspace.towns))
    if workspace.towns and len(strangers) > len(own):
        raise Refusal(f"{source.file} 里是 {'、'.join(strangers[:6])} 的台账，不是本县的镇（街道）：请核对是不是拿错了总表。")
    if source.book.county and workspace.county and source.book.county != workspace.county:
        raise Refusal(f"{source.file} 是{source.book.county}的总表，不是{workspace.county}的：请核对是不是拿错了总表。")


def received(round_: Round, for_: str = "") -> Round:
    """The round, if there is anything in it; with `for_` (合并, 核查 …) a ledger must have been read. Else a Refusal, the same everywhere."""
    for source in round_.sources:
        of_this_county(source, round_.workspace)
    if not round_.sources:
        raise Refusal("没有文件可读：请把各镇（街道）报送的表格放进这个文件夹，或核对路径是否写对。")
    if for_ and not round_.tables:
        lost = f"没有读成的文件：{'、'.join(round_.lost[:5])}。" if round_.unread else ""
        hint = "请核对里面是否有各镇（街道）报送的表格；用 canju validate 路径 --explain-reading 看每张表是怎样认的。"
        raise Refusal(f"没有读到任何台账，没有{for_}。{lost}{hint}", 3 if round_.unread else 2)
    return round_


def of_books(it: Session, round_: Round) -> None:
    """Say that a county book holds less than what was sent: what a town wrote was put right in it, or set apart."""
    if round_.contents:
        it.say("读的是汇总好的总表，只能核查总表里的内容：各镇（街道）原表中的问题不全在里面，要看全请对报送的原件校验。")


def cautioned(it: Session, round_: Round) -> None:
    """Say which commissioners got lost, and which submission another took the place of or was joined to, with whoever is on one only."""
    from canju.merging.returned import dropped

    it.say(*dropped(round_.sources, round_.book))
    it.say(*(f"{one.table.file}：{one.note}" for one in round_.settled.values() if one.superseded and one.note))


def closing(it: Session, round_: Round, fail_on: FailOn, cautions: bool = True) -> int:
    """The exit code: 3 where an input could not be read, else 1 where something stands at or above --fail-on, else 0.

    Without `cautions` where what is shown tells them already.
    """
    if it.verbose:
        it.say(*map(_how_read, round_.sources))
    if cautions:
        cautioned(it, round_)
    if replaced := [source.file for source in round_.sources if source.replaced_by]:
        it.say_once(f"有 {len(replaced)} 个原件已由改好报回的退回修改件取代，不再计入：{'、'.join(replaced)}。")
    if round_.unread:
        names = round_.lost
        it.say(f"有 {len(names)} 个文件没有读成：{'、'.join(names)}。其余文件已照常处理。")
        return 3
    counts = round_.counts()
    return int(fail_on is not FailOn.never and bool(counts["error"] or (fail_on is FailOn.query and counts["query"])))


def _how_read(source: Source) -> str:
    """One file in a line, for --verbose: how far it was read, and which ledgers it holds."""
    words = {"read": "已读", "partly": "读了一部分", "unread": "未读"}
    held = [f"{table.ledger.title}（{table.town or '县残联'}）{len(table)} 行" for table in source.tables]
    return f"{source.file}：{words.get(source.status, source.status)}{'，' + '、'.join(held) if held else ''}"


def lines_of(rows: Sequence[object]) -> str:
    """JSON, one object a line."""
    import json

    from canju.outputs.findings import escaped

    return "".join(escaped(json.dumps(row, ensure_ascii=False)) + "\n" for row in rows)


def table_of(rows: Sequence[dict[str, object]]) -> str:
    """CSV of rows with the same keys; a cell that would run as a formula is made plain text."""
    import csv
    import io

    from canju.outputs.findings import inert

    stream = io.StringIO()
    writer = csv.writer(stream, lineterminator="\n")
    if rows:
        writer.writerow(rows[0].keys())
        writer.writerows([inert("、".join(map(str, cell)) if isinstance(cell, list) else cell) for cell in row.values()] for row in rows)
    return stream.getvalue()


def aligned(text: str, it: Session) -> str:
    """Lines with tabs as a table for a terminal – a paragraph each where it is too narrow for that; other lines as they are."""
    from canju.outputs.terminal import broken, table, width

    lines = text.splitlines()
    rows = [line.split("\t") for line in lines if "\t" in line]
    rest = [line for line in lines if "\t" not in line]
    drawn = table(rows)
    if max(map(width, drawn.splitlines()), default=0) <= it.columns:
        return "\n".join([drawn, *rest])
    parts = []
    for name, *cells in rows[1:]:
        said = "；".join(f"{head} {cell}" for head, cell in zip(rows[0][1:], cells, strict=False) if cell not in ("", "-"))
        parts += [name, *(f"  {line}" for line in broken(f"{said}。", it.columns - 2))]
    return "\n".join([*parts, *rest])
