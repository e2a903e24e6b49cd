"""Law as data: a plan's clauses quoted, its figures dated, each with the clause it rests on."""

from __future__ import annotations

import datetime as dt
import re
import tomllib
from collections.abc import Callable, Mapping
from decimal import Decimal
from pathlib import Path
from typing import Any, NamedTuple

from canju.refusal import Refusal, nearest
from canju.workspace import Workspace, line_of

Value = int | str | Decimal | tuple[int, int]

KINDS: Mapping[str, str] = {
    "county_director": "count",
    "county_deputy_directors": "count",
    "county_leaders": "count",
    "disabled_cadres": "span",
    "part_time_deputies": "span",
    "seconded_deputies": "span",
    "town_part_time_commissioners": "span",
    "stipend_monthly": "money",
    "group_threshold": "count",
    "summary_deadline": "month_day",
    "group_reading": "reading",
    "stipend_basis": "reading",
}
"""Every parameter a plan may set, and its kind: the rules know no other."""

READINGS: Mapping[str, tuple[str, ...]] = {"group_reading": ("exceeds", "at_least"), "stipend_basis": ("same_year", "previous_year")}

READ_AS: Mapping[Any, str] = {
    "exceeds": "超过界限才应设（exceeds）",
    "at_least": "达到界限就应设（at_least）",
    "same_year": "当年考核发当年（same_year）",
    "previous_year": "上年考核发当年（previous_year）",
}
"""Each reading in the clerk's words, with the word that canju.toml takes."""

WORDS: Mapping[str, str] = {
    "county_director": "县残联理事长职数",
    "county_deputy_directors": "县残联专职副理事长职数",
    "county_leaders": "县残联领导职数",
    "disabled_cadres": "县残联残疾人干部数",
    "part_time_deputies": "兼职副理事长数",
    "seconded_deputies": "挂职副理事长数",
    "town_part_time_commissioners": "镇（街道）兼职委员数",
    "stipend_monthly": "专职委员月工资（元）",
    "group_threshold": "设立小组人数界限",
    "summary_deadline": "书面总结上报期限（月-日）",
    "group_reading": "人数界限的理解",
    "stipend_basis": "考核与发放年度的关系",
}


class Clause(NamedTuple):
    """A clause by its outline address: its text, and the reason where no ledger can show it."""

    address: str
    text: str
    unchecked: str = ""


class Figure(NamedTuple):
    """A figure's value from a day on, and the clause it stands in."""

    value: Value
    since: dt.date
    clause: str


class MissingFigure(Exception):
    """The plan sets no such figure for the day: the rule that asks for it does not apply."""


class Plan(NamedTuple):
    """A plan on the day of judgement. A figure that is not set raises MissingFigure, which the rule engine turns into 不涉及."""

    id: str
    title: str
    number: str
    issued: dt.date
    clauses: Mapping[str, Clause]
    figures: Mapping[str, tuple[Figure, ...]]
    as_of: dt.date = dt.date.max
    heads: Mapping[str, str] = {}
    overridden: frozenset[str] = frozenset()
    county: str = ""

    def of_another(self, county: str) -> bool:
        """Whether it is another county's plan; False where either doesn't say whose it is. 龙里 and 龙里县 are one."""
        return bool(self.county and county) and self.county not in county and county not in self.county

    def figure(self, name: str, on: dt.date | None = None) -> Figure:
        """The figure in force on a day (default: the day of judgement)."""
        day = on or self.as_of
        held = [figure for figure in self.figures.get(name, ()) if figure.since <= day]
        if not held:
            raise MissingFigure(name)
        return held[-1]

    def has(self, name: str) -> bool:
        """Whether the plan sets this figure on the day of judgement."""
        return any(figure.since <= self.as_of for figure in self.figures.get(name, ()))

    def count(self, name: str) -> int:
        """A head-count."""
        return int(self.figure(name).value)  # type: ignore[arg-type]

    def span(self, name: str) -> tuple[int, int]:
        """A range of head-counts, both ends in."""
        value = self.figure(name).value
        return value if isinstance(value, tuple) else (int(value), int(value))

    def money(self, name: str, on: dt.date | None = None) -> Decimal:
        """An amount in yuan on a day."""
        return Decimal(str(self.figure(name, on).value))

    def reading(self, name: str) -> str:
        """How a doubtful clause is read."""
        return str(self.figure(name).value)

    def day_in(self, name: str, year: int) -> dt.date:
        """A month and day, in a year."""
        month, day = str(self.figure(name).value).split("-")
        return dt.date(year, int(month), int(day))

    def quote(self, clause: str) -> str:
        """A clause's text; "" for one this plan does not hold."""
        return self.clauses[clause].text if clause in self.clauses else ""

    def replaced(self, name: str, value: Value) -> Plan:
        """The same plan with one figure set anew for every day."""
        clause = self.figures[name][-1].clause if self.figures.get(name) else ""
        figure = Figure(value, dt.date.min, clause)
        return self._replace(figures={**self.figures, name: (figure,)}, overridden=self.overridden | {name})


def built_in() -> list[str]:
    """The plans that come with canju."""
    return sorted(path.stem for path in Path(__file__).parent.glob("*.toml"))


def borrowed(plan: Plan, county: str) -> str:
    """Said to a county that works under another county's plan: whose it is, and how it gets one of its own."""
    return (
        f"现用的是{plan.county}的方案《{plan.title}》{f'，不是{county}的' if county else ''}：条款、标准、期限都按它判断。"
        f"本县另有方案的，请用 canju plan --toml --output 本县方案.toml 导出一份，照本县的文件改写，再把 canju.toml 的 plan 改为 "
        f'"本县方案.toml"（写法见 docs/方案文件.md）。'
    )


def path_of(workspace: Workspace) -> Path:
    """Where the workspace's plan file lies: built in, or beside canju.toml."""
    path = Path(__file__).parent / f"{workspace.plan}.toml"
    if not path.is_file():
        path = (workspace.folder or Path()) / workspace.plan
    if not path.is_file():
        near = nearest(workspace.plan, built_in())
        raise Refusal(f"找不到方案「{workspace.plan}」{f'，是否应为「{near}」？' if near else '：请写内置方案名或方案文件的路径。'}")
    return path


def load(workspace: Workspace, as_of: dt.date) -> Plan:
    """The workspace's plan with its [parameters] laid over it."""
    plan = read(path_of(workspace))._replace(as_of=as_of)
    for name, value in workspace.parameters.items():
        if name not in KINDS:
            near = nearest(name, KINDS, 0.4)
            raise Refusal(f"canju.toml 的 [parameters] 没有「{name}」{f'，是否应为「{near}」？' if near else '。'}")
        plan = plan.replaced(name, parse(name, value, lambda: "canju.toml 的 [parameters]"))
    return plan


def read(path: Path) -> Plan:
    """A plan file; a Refusal names the line that is wrong."""
    text = text_of(path)
    try:
        data = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        line = re.search(r"line (\d+)", str(error))
        raise Refusal(f"方案文件 {path.name} 第{line[1] if line else '?'}行写法有误，请按 TOML 格式更正。") from None
    return _Reader(path.name, text, data).plan()


def text_of(path: Path) -> str:
    """A plan file's text as it stands; Windows' editors put a mark before it."""
    try:
        return path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError):
        raise Refusal(f"打不开方案文件 {path.name}：请核对文件是否存在、是否为 UTF-8 编码。") from None


def parse(name: str, value: Any, where: Callable[[], str]) -> Value:
    """A parameter's value by its kind; a Refusal says where it stands and what it should look like."""
    kind = KINDS[name]
    if (
        kind == "span"
        and isinstance(value, list)
        and len(value) == 2
        and all(type(one) is int for one in value)
        and 0 <= value[0] <= value[1]
    ):
        return value[0], value[1]
    if kind in ("count", "span") and type(value) is int and value >= 0:
        return value
    if kind == "money" and isinstance(value, int | float | str) and re.fullmatch(r"\d+(\.\d{1,2})?", str(value)):
        return Decimal(str(value))
    if kind == "month_day" and re.fullmatch(r"(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])", str(value)):
        return str(value)
    if kind == "reading" and value in READINGS[name]:
        return str(value)
    wanted = {
        "count": "不小于0的整数",
        "span": "[最少, 最多] 两个整数",
        "money": "金额（最多两位小数）",
        "month_day": '「月-日」，例 "10-10"',
        "reading": "或".join(READINGS.get(name, ())),
    }[kind]
    raise Refusal(f"{where()}：「{name}」应为{wanted}，请更正。")


class _Reader:
    """Checks one plan file key by key, so that every refusal can name its line."""

    def __init__(self, name: str, text: str, data: dict[str, Any]) -> None:
        self.name, self.text, self.data = name, text, data

    def refuse(self, keys: list[str], sentence: str) -> Refusal:
        line = line_of(self.text, keys)
        return Refusal(f"方案文件 {self.name}{f' 第{line}行' if line else ''}：{sentence}")

    def known(self, keys: list[str], table: Mapping[str, Any], allowed: tuple[str, ...]) -> None:
        for key in table:
            if key not in allowed:
                near = nearest(key, allowed, 0.4)
                raise self.refuse(
                    [*keys, key],
                    f"没有「{key}」这一项{f'，是否应为「{near}」？' if near else f'，可用的有：{chr(12289).join(allowed)}。'}",
                )

    def plan(self) -> Plan:
        self.known([], self.data, ("plan", "heads", "clauses", "parameters"))
        head = self.data.get("plan", {})
        self.known(["plan"], head, ("id", "county", "title", "number", "issued"))
        for key in ("id", "title", "issued"):
            if key not in head:
                raise self.refuse(["plan"], f"[plan] 缺少 {key}。")
        if type(head["issued"]) is not dt.date:
            raise self.refuse(["plan", "issued"], "issued 应为日期，例 2019-09-25。")
        clauses = {address: self.clause(address, table) for address, table in self.data.get("clauses", {}).items()}
        figures = {name: self.figures(name, rows, clauses) for name, rows in self.data.get("parameters", {}).items()}
        heads, county = self.data.get("heads", {}), head.get("county", "")
        return Plan(head["id"], head["title"], head.get("number", ""), head["issued"], clauses, figures, heads=heads, county=county)

    def clause(self, address: str, table: Any) -> Clause:
        keys = ["clauses", address]
        if not isinstance(table, dict):
            raise self.refuse(keys, f"条款「{address}」应写明原文 text。")
        self.known(keys, table, ("text", "unchecked"))
        if not table.get("text") and not table.get("unchecked"):
            raise self.refuse(keys, f"条款「{address}」缺少原文 text（或不核对的原因 unchecked）。")
        return Clause(address, str(table.get("text", "")), str(table.get("unchecked", "")))

    def figures(self, name: str, rows: Any, clauses: Mapping[str, Clause]) -> tuple[Figure, ...]:
        keys = ["parameters", name]
        if name not in KINDS:
            near = nearest(name, KINDS, 0.4)
            raise self.refuse(keys, f"没有「{name}」这个指标{f'，是否应为「{near}」？' if near else '。'}")
        figures = []
        for row in rows if isinstance(rows, list) else [rows]:
            self.known(keys, row, ("value", "since", "clause"))
            if type(row.get("since")) is not dt.date:
                raise self.refuse(keys, f"指标「{name}」缺少起用日期 since（例 2019-09-25）。")
            if row.get("clause") not in clauses:
                raise self.refuse(keys, f"指标「{name}」没有写明出自哪一条款，或该条款不在 [clauses] 中。")
            value = parse(name, row.get("value"), lambda: f"方案文件 {self.name} 第{line_of(self.text, keys) or '?'}行")
            figures.append(Figure(value, row["since"], row["clause"]))
        days = [figure.since for figure in figures]
        if len(set(days)) < len(days):
            raise self.refuse(keys, f"指标「{name}」同一天有两个值，请只留一个。")
        return tuple(sorted(figures, key=lambda figure: figure.since))
