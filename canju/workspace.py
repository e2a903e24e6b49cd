"""The county's own file, canju.toml: its towns, villages, baselines, terms, deadlines and headings."""

from __future__ import annotations

import csv
import datetime as dt
import io
import re
import tomllib
from collections.abc import Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field, fields, is_dataclass
from pathlib import Path
from types import UnionType
from typing import Any, ClassVar, Literal, NamedTuple, get_args, get_origin, get_type_hints

from canju.refusal import Refusal, nearest

FILE = "canju.toml"


class Term(NamedTuple):
    """A village committee's term of office, in years."""

    began: int | None
    ends: int | None


class Village(NamedTuple):
    """A village of the list: its town, name, former names and its committee's term."""

    town: str
    name: str
    former: tuple[str, ...] = ()
    term: Term | None = None


ALIASES = {"start": "from"}
"""Keys whose names Python keeps for itself."""


class _Part:
    """A table of the file. Plain data to the program: pydantic, which judges what isn't plainly right, is loaded only then."""

    __pydantic_config__: ClassVar[dict[str, Any]] = {"extra": "forbid", "alias_generator": lambda name: ALIASES.get(name, name)}


@dataclass(repr=False)
class Terms(_Part):
    """The village committees' term where villages.csv gives none, and the federation's next 换届."""

    started: int | None = None
    ends: int | None = None
    next_congress: dt.date | None = None


@dataclass(repr=False)
class Named(_Part):
    """Names the plan speaks of."""

    hospital: str = ""
    associations: list[str] = field(
        default_factory=lambda: ["盲人协会", "聋人协会", "肢残人协会", "智力残疾人及亲友协会", "精神残疾人及亲友协会"]
    )
    working_committee: list[str] = field(default_factory=list)
    last_year_seconded_from: list[str] | None = None


@dataclass(repr=False)
class Stipend(_Part):
    """The period paid for when the call names none, and the basis year."""

    year: int | None = None
    start: str | None = None
    to: str | None = None
    basis: Literal["same_year", "previous_year"] | None = None


@dataclass(repr=False)
class Deadlines(_Part):
    """Days by which the towns report, and on which the summary was sent up."""

    towns: dt.date | None = None
    summary_submitted: dt.date | None = None


@dataclass(repr=False)
class Fact(_Part):
    """A figure the ledgers do not hold, used as it stands: value, who says so, and of which day."""

    value: str | int | float
    source: str
    on: dt.date


@dataclass(repr=False)
class Workspace(_Part):
    """canju.toml as understood. Every key is optional; an unknown key is refused with the nearest right one."""

    county: str = ""
    federation: str = ""
    report_to: str = ""
    plan: str = "longli-2019"
    towns: list[str] = field(default_factory=list)
    villages: str = ""
    as_of: dt.date | None = None
    baseline: dict[str, int] = field(default_factory=dict)
    terms: Terms = field(default_factory=Terms)
    named: Named = field(default_factory=Named)
    stipend: Stipend = field(default_factory=Stipend)
    deadlines: Deadlines = field(default_factory=Deadlines)
    facts: dict[str, Fact] = field(default_factory=dict)
    parameters: dict[str, Any] = field(default_factory=dict)
    headings: dict[str, dict[str, list[str]]] = field(default_factory=dict)

    folder: Path | None = field(default=None, init=False)
    """Where the file lies; None without one."""
    village_list: tuple[Village, ...] = field(default=(), init=False)
    """The villages of villages.csv, in its order; empty without one."""

    def villages_of(self, town: str | None) -> tuple[Village, ...]:
        """The listed villages of one town."""
        return tuple(village for village in self.village_list if village.town == town)

    def term_of(self, village: Village) -> Term | None:
        """A village committee's term: its own, else the county's, else None."""
        if village.term and (village.term.began or village.term.ends):
            return village.term
        if self.terms.started or self.terms.ends:
            return Term(self.terms.started, self.terms.ends)
        return None


def find(start: Path) -> Path | None:
    """The nearest canju.toml at or above a path."""
    start = start.absolute()
    for folder in (start, *start.parents):
        candidate = folder / FILE
        if candidate.is_file():
            return candidate
    return None


def load(path: Path | None) -> Workspace:
    """The workspace of a file, or an empty one for None; a Refusal names the line that is wrong."""
    if path is None:
        return Workspace()
    text = _text(path)
    try:
        data = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        from canju import slips

        at = re.search(r"line (\d+)", str(error))
        number = int(at[1]) if at else len(text.splitlines())
        said = (
            slips.of_line(next(iter(text.splitlines()[number - 1 :]), ""))
            or "写法有误，请按 TOML 格式更正（可用 canju init 生成样例对照）。"
        )
        raise Refusal(f"{path.name} 第{number}行：{said}") from None
    try:
        workspace = understood(data)
    except ValueError as error:
        raise Refusal(_sentence(path.name, text, error)) from None
    _told(path.name, text, workspace.facts)
    workspace.folder = path.parent
    if workspace.villages:
        workspace.village_list = read_villages(path.parent / workspace.villages)
        workspace.towns = workspace.towns or list(dict.fromkeys(village.town for village in workspace.village_list))
    return workspace


_FACT_WORDS = {"value": "数值", "source": "来源", "on": "日期"}


def _told(name: str, text: str, facts: Mapping[str, Fact]) -> None:
    """Refuse a fact that says nothing, or not who says so: it would stand in the county's paper as it is."""
    for title, fact in facts.items():
        if key := next((key for key in ("value", "source") if not str(getattr(fact, key)).strip()), None):
            raise Refusal(f"{_place(name, text, ['facts', title])}：「facts.{title}」的 {key}（{_FACT_WORDS[key]}）是空的，请补上。")


def _place(name: str, text: str, path: list[str]) -> str:
    """The file and, where it can be found, the line of a key."""
    line = line_of(text, path)
    return f"{name} 第{line}行" if line else name


def understood(data: Mapping[str, Any]) -> Workspace:
    """The workspace of a file's tables; pydantic's ValidationError, a ValueError, tells what is wrong with them.

    pydantic takes longer to load than a town's file to judge: it is asked only where something isn't plainly right.
    """
    try:
        return _plain(data, Workspace)  # type: ignore[no-any-return]
    except (KeyError, TypeError):
        from pydantic import TypeAdapter

        return TypeAdapter(Workspace).validate_python(data)


def _plain(value: Any, kind: Any) -> Any:
    """A value that pydantic would take for this kind without a change; a KeyError or TypeError for any other."""
    origin, of = get_origin(kind), get_args(kind)
    if is_dataclass(kind) and type(value) is dict:
        hints, names = get_type_hints(kind), {ALIASES.get(one.name, one.name): one.name for one in fields(kind) if one.init}
        return kind(**{names[key]: _plain(part, hints[names[key]]) for key, part in value.items()})  # type: ignore[operator]
    if origin is list and type(value) is list:
        return [_plain(part, of[0]) for part in value]
    if origin is dict and type(value) is dict:
        return {key: _plain(part, of[1]) for key, part in value.items()}
    if origin is UnionType:
        for one in of:
            with suppress(KeyError, TypeError):
                return _plain(value, one)
    if kind is Any or type(value) is kind or (origin is Literal and value in of):
        return value
    raise TypeError


def read_villages(path: Path) -> tuple[Village, ...]:
    """villages.csv: 镇（街道）,村（社区）[,曾用名][,任期起][,任期止]; a blank term is unknown."""
    rows = list(csv.reader(io.StringIO(_text(path))))
    heads = [head.strip() for head in rows[0]] if rows else []
    if heads[:2] != ["镇（街道）", "村（社区）"]:
        raise Refusal(f"{path.name} 的表头应为：镇（街道）,村（社区）,曾用名,任期起,任期止（后三列可省），请更正。")
    villages = []
    for number, row in enumerate(rows[1:], start=2):
        cells = dict(zip(heads, (cell.strip() for cell in row), strict=False))
        if not any(cells.values()):
            continue
        if not cells.get("镇（街道）") or not cells.get("村（社区）"):
            raise Refusal(f"{path.name} 第{number}行缺少镇（街道）或村（社区）名称，请补全。")
        began, ends = (_year(cells.get(head, ""), path.name, number) for head in ("任期起", "任期止"))
        former = tuple(name for name in re.split(r"[、;；/ ]+", cells.get("曾用名", "")) if name)
        villages.append(Village(cells["镇（街道）"], cells["村（社区）"], former, Term(began, ends) if began or ends else None))
    return tuple(villages)


def _year(text: str, name: str, number: int) -> int | None:
    if not text:
        return None
    if match := re.match(r"(19|20)\d\d", text):
        return int(match[0])
    raise Refusal(f"{name} 第{number}行的任期应为四位年份（例：2016），请更正。")


def _text(path: Path) -> str:
    try:
        data = path.read_bytes()
    except OSError:
        raise Refusal(f"打不开 {path.name}：请核对文件是否存在、是否有读取权限。") from None
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise Refusal(f"{path.name} 的文字编码无法识别，请另存为 UTF-8。")


def _sentence(name: str, text: str, error: Any) -> str:
    """The first thing wrong, with its line and, for an unknown key, the nearest right one."""
    from canju import slips

    problem = error.errors()[0]
    path = [str(part) for part in problem["loc"]]
    place = _place(name, text, path)
    if problem["type"] == "unexpected_keyword_argument":
        near = nearest(path[-1], known_keys(path[:-1]), 0.4)
        hint = f"是否应为「{near}」？" if near else f"可用的有：{'、'.join(known_keys(path[:-1]))}。"
        return f"{place}：没有「{path[-1]}」这个设置项。{hint}"
    if problem["type"] == "missing":
        word = f"（{_FACT_WORDS[path[-1]]}）" if path[0] == "facts" else ""
        return f"{place}：「{'.'.join(path[:-1])}」缺少 {path[-1]}{word}，请补上。"
    return f"{place}：「{'.'.join(path)}」的值不合要求，{slips.wanted(problem)}"


def known_keys(path: list[str]) -> list[str]:
    """The keys allowed at a place of the workspace file."""
    parts: dict[str, type[_Part]] = {"terms": Terms, "named": Named, "stipend": Stipend, "deadlines": Deadlines, "facts": Fact}
    part: Any = parts.get(path[0], Workspace) if path else Workspace
    return [ALIASES.get(one.name, one.name) for one in fields(part) if one.init]


def town_of(file: str, towns: Iterable[str]) -> str | None:
    """The town a path names, the longest where it names several."""
    return max((town for town in towns if town in file), key=len, default=None)


def line_of(text: str, path: list[str]) -> int | None:
    """The line on which a key of a TOML text stands, sought below its table's heading."""
    lines = text.splitlines()
    start = 0
    if len(path) > 1:
        heads = [i for i, line in enumerate(lines) if re.match(rf'\s*\[+\s*"?{re.escape(path[0])}', line)]
        start = heads[0] if heads else 0
    for key in reversed([part for part in path if not part.isdigit()]):
        for number, line in enumerate(lines[start:], start=start + 1):
            if re.match(rf'\s*"?{re.escape(key)}"?\s*=', line) or re.match(rf'\s*\[+.*{re.escape(key)}"?\s*\]+', line):
                return number
    return None
