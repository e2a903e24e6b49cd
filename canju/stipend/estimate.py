"""A budget estimate by head-count: what a year's stipend may come to. It is 测算, and never called paid (reading 25)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from decimal import ROUND_HALF_UP, Decimal

from canju.book import Book
from canju.model import EstimateLine, Period, Purse
from canju.plans import Plan
from canju.stipend.engine import FEN, persons, rates_of
from canju.stipend.posts import Post, grade_of


def estimate(book: Book, plan: Plan, year: int, basis_year: int | None = None) -> list[EstimateLine]:
    """One line a purse and town, in the rosters' order: everybody in post on the day of judgement × the year's months × the rate.

    `expected` takes the pass rate of `basis_year` (default: the year before) among that line's people whose result is known;
    None where none is. A Refusal where a month has no rate.
    """
    period = Period(year, f"{year}-01", f"{year}-12")
    rates = rates_of(plan, period)
    each = sum(rates.values(), Decimal())
    counts = Counter(rates[month] for month in period.months)
    last = Period(basis_year or year - 1, f"{basis_year or year - 1}-01", f"{basis_year or year - 1}-12")
    heads: Counter[tuple[Purse, str]] = Counter()
    passed: Counter[tuple[Purse, str]] = Counter()
    assessed: Counter[tuple[Purse, str]] = Counter()
    for posts in persons(book, period):
        able = [post for post in posts if not post.ineligible]
        if not able:
            continue
        serving = next((post for post in able if book.active(post.record)), None)
        key = _key(serving or able[0])
        heads[key] += serving is not None
        result = grade_of(able, last).result
        passed[key] += result == "pass"
        assessed[key] += result != "open"
    return [
        EstimateLine(
            *key,
            heads[key],
            tuple(counts.items()),
            heads[key] * each,
            passed[key],
            assessed[key],
            _share(heads[key] * each, passed[key], assessed[key]),
        )
        for key in _ordered(book, list({**heads, **assessed}))
    ]


def _key(post: Post) -> tuple[Purse, str]:
    return "town" if post.level == "town" else "county", post.record.sender or ""


def _share(amount: Decimal, passed: int, assessed: int) -> Decimal | None:
    return (amount * passed / assessed).quantize(FEN, ROUND_HALF_UP) if assessed else None


def _ordered(book: Book, keys: Sequence[tuple[Purse, str]]) -> list[tuple[Purse, str]]:
    towns = [town.name for town in book.towns]
    return sorted(keys, key=lambda key: (key[0] == "county", towns.index(key[1]) if key[1] in towns else len(towns), key[1]))
