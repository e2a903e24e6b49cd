"""The period paid for: read from the call, else from the workspace; without a first month it is asked for, never guessed."""

from __future__ import annotations

import re

from canju.model import Period, Refusal
from canju.plans import READINGS, MissingFigure, Plan
from canju.workspace import Workspace

EARLIEST, LATEST = 2000, 2100
WORDS = {"same_year": "当年考核发当年", "previous_year": "上年考核发当年"}


def period_of(
    workspace: Workspace, plan: Plan, year: int | None = None, start: str | None = None, to: str | None = None, basis: str | None = None
) -> Period:
    """The period of a call; what it leaves out comes from [stipend] of the workspace, the last month else is December.

    A Refusal says what is missing or wrong: no year, no first month (reading 6), months of another year or out of order, an
    unknown basis.
    """
    named = workspace.stipend
    first = _month(start, "--from") or _month(named.start, "canju.toml 的 [stipend] from")
    year = year or named.year or (int(first[:4]) if first else None)
    if year is None:
        raise Refusal("没有写发放年度：请写在 canju.toml 的 [stipend] 里，或用 canju stipend 并加 --year，例 --year 2019。")
    check_year(year, "--year")
    if first is None:
        raise Refusal(
            f"没有写从哪个月开始发放，方案也没有规定，不能代为决定：请写在 canju.toml 的 [stipend] 里，或用 canju stipend 并加 --from，例 --from {year}-10。"
        )
    last = _month(to, "--to") or (_month(named.to, "canju.toml 的 [stipend] to") if not start else None) or f"{year}-12"
    for month, name in ((first, "--from"), (last, "--to")):
        if int(month[:4]) != year:
            raise Refusal(f"{name} 的 {month} 不在发放年度 {year} 年内：跨年请分年度发放。")
    if last < first:
        raise Refusal(f"--to 的 {last} 早于 --from 的 {first}，请核对起止月。")
    return Period(year, first, last, _basis(basis or named.basis, plan))  # type: ignore[arg-type]


def check_year(year: int, name: str) -> int:
    """The year, if it is one of ours; else a Refusal."""
    if not EARLIEST <= year <= LATEST:
        raise Refusal(f"{name} 应为四位年份（例 2019），现在是 {year}。")
    return year


def _month(text: str | None, name: str) -> str | None:
    if not text:
        return None
    if found := re.fullmatch(r"(\d{4})[-./年](0?[1-9]|1[0-2])月?", text.strip()):
        return f"{found[1]}-{int(found[2]):02}"
    if re.fullmatch(r"\d{4}[-./年]\d{1,2}月?", text.strip()):
        raise Refusal(f"{name}：没有 {text.strip()} 这个月份，请核对。")
    raise Refusal(f"{name} 的月份应写成 2019-10 这样的形式。")


def _basis(named: str | None, plan: Plan) -> str:
    """The reading of the assessment's year: the call's, the workspace's, the plan's, else the same year (reading 5)."""
    if named is None:
        try:
            return plan.reading("stipend_basis")
        except MissingFigure:
            return "same_year"
    if named not in READINGS["stipend_basis"]:
        known = "或".join(f"{key}（{WORDS[key]}）" for key in READINGS["stipend_basis"])
        raise Refusal(f"--basis 应为{known}。")
    return named


def cautions(period: Period, plan: Plan) -> list[str]:
    """What the clerk must know beside the rosters: an assessment of a year that is not over cannot be final (reading 25)."""
    if plan.as_of.year > period.basis_year or ((plan.as_of.month, plan.as_of.day) == (12, 31) and plan.as_of.year == period.basis_year):
        return []
    day = f"{plan.as_of.year}年{plan.as_of.month}月{plan.as_of.day}日"
    return [
        f"判断基准日（{day}）时{period.basis_year}年度尚未结束，年终考核不可能已有结果：已填的考核结果请核实；未考核的只列测算，不是已发放。"
    ]
