"""One row of the commissioners ledger as the stipend sees it: whether it may be paid at all, which months, and what is in doubt."""

from __future__ import annotations

from collections.abc import Container
from typing import Any, Literal, NamedTuple

from canju.ledgers.commissioners import FAILING, PASSING, Commissioner
from canju.model import Period
from canju.rules.r113_remark_contradicts import telling

ASSOCIATION, TOWN, VILLAGE = "县专门协会", "镇（街道）", "村（社区）"
Doubt = tuple[str, str]
"""A field, and why it leaves the pay open."""


class Post(NamedTuple):
    """A row with the months of the period in its post; while `doubts` stand, those it may have. `ineligible` says why it is never paid."""

    record: Commissioner
    level: Literal["town", "village", "association"]
    months: tuple[str, ...]
    doubts: tuple[Doubt, ...]
    ineligible: str

    @property
    def start(self) -> str:
        """The month of taking up the post, as far as known; sorts unknown ones last."""
        hired = self.record.hired
        return str(hired)[:7] if hired is not None else "9999"


def post_of(record: Commissioner, period: Period, towns: Container[str] = ()) -> Post:
    """A row, read for the period; `towns` are the county's, none where they are not known."""
    level = level_of(record)
    months, doubts = _served(record, period)
    if record.kind is None and record.shown("kind"):
        doubts.append(("kind", "人员类别读不出"))
    if not record.sender and level != "association":
        doubts.append(("town", "所属镇（街道）不明"))
    elif towns and record.sender and record.sender not in towns:
        doubts.append(("town", f"“{record.sender}”不在本县镇（街道）名单中"))
    return Post(record, level, months, tuple(doubts), _ineligible(record, level))


def level_of(record: Commissioner) -> Literal["town", "village", "association"]:
    """Whose commissioner it is: as stated, else by whether a village is named."""
    if record.level == ASSOCIATION:
        return "association"
    if record.level in (TOWN, VILLAGE):
        return "town" if record.level == TOWN else "village"
    return "village" if record.village else "town"


def _ineligible(record: Commissioner, level: str) -> str:
    """Why this kind of commissioner is not paid by the plan (reading 3); "" where it is."""
    if level == "association":
        return "专门协会专职委员，不属镇、村专职委员"
    kind = record.shown("kind")
    if record.kind not in (None, "专职") or "兼职" in kind or "联络员" in kind:
        return f"{kind}{'委员' if kind == '兼职' else ''}，不属专职委员"
    return ""


def _served(record: Commissioner, period: Period) -> tuple[tuple[str, ...], list[Doubt]]:
    """The whole months in post (reading 6) – the month of taking up and that of leaving count – or the most there may be."""
    doubts: list[Doubt] = []
    earliest, latest = period.first, period.last
    hired, left = record.hired, record.left
    if hired is None or not hired.month:
        earliest = max(period.first, f"{hired.year}-01") if hired is not None else period.first
        what = "只到年份" if hired is not None else "读不出" if record.shown("hired") else "未填"
        doubts.append(("hired", f"聘用时间{what}"))
    else:
        earliest = max(period.first, str(hired)[:7])
    if left is not None:
        latest = min(period.last, str(left.last)[:7])
        if min(period.last, str(left.first)[:7]) != latest:
            doubts.append(("left", "解聘时间只到年份"))
    elif record.shown("left"):
        doubts.append(("left", "解聘时间读不出"))
    if hired is not None and left is not None and left < hired:
        return _between(period, earliest, period.last), [*doubts, ("left", "解聘时间早于聘用时间")]
    months = _between(period, earliest, latest)
    return months, doubts if months else []


def _between(period: Period, first: str, last: str) -> tuple[str, ...]:
    return tuple(month for month in period.months if first <= month <= last)


# --- the assessment ------------------------------------------------------------------------------


class Grade(NamedTuple):
    """How a person's assessment for the basis year came out: `pass`, `fail` or `open`, in words, with the reason where open."""

    result: Literal["pass", "fail", "open"]
    words: str
    why: str = ""


def grade_of(posts: list[Post], period: Period) -> Grade:
    """One assessment a person and year, whichever of the rows tells it; rows that disagree leave it open (readings 4, 24)."""
    grades = [_grade(post.record, period) for post in posts]
    told = [grade for grade in grades if grade is not None]
    stated = [grade for grade in told if not grade.why.startswith("考核年度")] or told
    if not stated:
        return Grade("open", "未填", "未填考核结果")
    if len({grade.result for grade in stated}) > 1:
        return Grade("open", "、".join(dict.fromkeys(grade.words for grade in stated)), "同一人各行考核结果不一致")
    return stated[0]


def _grade(record: Commissioner, period: Period) -> Grade | None:
    """What one row tells of the basis year; None where it tells nothing."""
    result, year = record.shown("assessment"), record.assessed_year
    if not result:
        return None
    words = f"{year or period.basis_year}年度{result}"
    if year is None and record.shown("assessed_year"):
        return Grade("open", result, "考核年度读不出")
    if year not in (None, period.basis_year):
        return Grade("open", words, f"考核年度为{year}年，应为{period.basis_year}年")
    if record.assessment in PASSING:
        return Grade("pass", words)
    if record.assessment in FAILING:
        return Grade("fail", words)
    return Grade("open", words, "考核结果读不出" if record.assessment is None else f"考核结果为{result}，未定合格与否")


# --- what else leaves the pay open ---------------------------------------------------------------


def blocking_remark(record: Commissioner) -> str:
    """The word of the remarks that contradicts a row which says the person is in post (R113's words); "" where none does."""
    return telling(record.remarks) if record.remarks and record.left is None else ""


def person_doubts(posts: list[Post]) -> list[Doubt]:
    """What leaves all pay of a person open, whatever the row: no ID number, no name, a remark that contradicts."""
    doubts: list[Doubt] = []
    first: Any = posts[0].record
    if first.id_number is None:
        doubts.append(("id_number", "身份证号有误，须更正" if first.shown("id_number") else "缺身份证号"))
    if first.name is None:
        doubts.append(("name", "缺姓名"))
    words = dict.fromkeys(word for post in posts if (word := blocking_remark(post.record)))
    if words:
        doubts.append(("remarks", f"备注写有“{'、'.join(words)}”，与在岗不符"))
    return doubts
