"""What each commissioner is due: one payment a person and month, whatever the rows, in Decimal from the plan to the sheet."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from decimal import Decimal
from typing import NamedTuple

from canju.book import Book, Claim, claims_pay, fold_village
from canju.ledgers.certified import Certified
from canju.ledgers.commissioners import Commissioner
from canju.model import PURSE_WORDS, Address, Payment, Period, Purse, Refusal
from canju.plans import MissingFigure, Plan
from canju.stipend.posts import Doubt, Grade, Post, grade_of, person_doubts, post_of

RATE, PURSES, DISMISSAL = "二（二）1（2）", "二（二）1（3）", "二（二）1（4）"
FEN = Decimal("0.01")
Rates = Mapping[str, Decimal]


def rates_of(plan: Plan, period: Period) -> dict[str, Decimal]:
    """The rate of each month: the one in force on its first day. A month without one is refused: nobody can be paid for it."""
    rates = {}
    for month in period.months:
        day = dt.date(int(month[:4]), int(month[5:]), 1)
        try:
            rates[month] = plan.money("stipend_monthly", day).quantize(FEN)
        except MissingFigure:
            raise Refusal(_no_rate(plan, day)) from None
    return rates


def _no_rate(plan: Plan, day: dt.date) -> str:
    figures = plan.figures.get("stipend_monthly", ())
    since = f"方案的标准从{figures[0].since.isoformat()}起执行" if figures else "方案没有规定专职委员工资"
    return (
        f"{day.year}年{day.month}月1日没有月工资标准：{since}。请用 --from 改从标准执行后的月份起发，"
        "或在 canju.toml 的 [parameters] 写明 stipend_monthly。"
    )


def pay(book: Book, plan: Plan, period: Period) -> list[Payment]:
    """The payments of a period, towns in the county's order, a town's own commissioners before its villages'.

    Paid, pending and none alike: nobody of the commissioners ledger is dropped. A Refusal where a month has no rate.
    """
    rates = rates_of(plan, period)
    payments = [
        payment for posts in persons(book, period) for payment in _Person(posts, plan, period, rates, _ended(book, posts)).payments()
    ]
    place = _order(book)
    return sorted(payments, key=lambda payment: place(payment))


def persons(book: Book, period: Period) -> list[list[Post]]:
    """The rows of the commissioners ledger by person: the same ID number, else the same town, village and name."""
    found: dict[tuple[str, ...], list[Post]] = defaultdict(list)
    for record in book.records(Commissioner):
        found[_identity(record)].append(post_of(record, period, book.workspace.towns))
    return list(found.values())


def _identity(record: Commissioner) -> tuple[str, ...]:
    if record.id_number is not None:
        return (record.shown("id_number"),)
    name = record.name or f"#{record.address()}"
    return record.sender or "", record.village or "", name, record.shown("id_number")


def _ended(book: Book, posts: Sequence[Post]) -> str:
    """What the certified roster says of somebody whose certificate ended: R211's matter, and a word beside the pay."""
    number = posts[0].record.id_number
    held = book.by_id.get(number, ()) if number is not None else ()
    status = next((one.status for one in held if isinstance(one, Certified) and one.status in ("死亡", "注销", "迁出")), "")
    return f"持证名册记为{status}，发放前请核实" if status else ""


def _order(book: Book) -> Callable[[Payment], tuple[object, ...]]:
    """Where a payment stands in the rosters: towns and villages as the workspace lists them, then rows as they came."""
    towns = {town.name: number for number, town in enumerate(book.towns)}
    listed = {(one.town, fold_village(one.name)): number for number, one in enumerate(book.workspace.village_list)}
    came: dict[Address, int] = {record.address(): number for number, record in enumerate(book.records(Commissioner))}

    def place(payment: Payment) -> tuple[object, ...]:
        village = listed.get((payment.town, fold_village(payment.village)), len(listed))
        town = towns.get(payment.town, len(towns))
        return town, payment.town, ("town", "village", "association").index(payment.level), village, came[payment.source]

    return place


class _Share(NamedTuple):
    """What falls to one group of a person's posts: the same level in the same town."""

    posts: list[Post]
    months: list[str]


class _Person:
    """One person's rows, and the payments they come to."""

    def __init__(self, posts: Sequence[Post], plan: Plan, period: Period, rates: Rates, note: str = "") -> None:
        self.posts, self.plan, self.period, self.rates, self.note = list(posts), plan, period, rates, note
        self.able = [post for post in self.posts if not post.ineligible]
        self.serving = [post for post in self.able if post.months]
        self.grade = grade_of(self.serving or self.able, period) if self.able else Grade("open", "")

    def payments(self) -> Iterator[Payment]:
        """One payment a purse and town; one pending line for what is open; one line with the reason where nothing is due."""
        if not self.able:
            yield self._nothing(self.posts, self.posts[0].ineligible, (RATE,))
        elif self.grade.result == "fail":
            yield self._nothing(self.able, f"{self.grade.words}，停发工资", (DISMISSAL,))
        elif not self.serving:
            yield self._nothing(self.able, f"{self.period.words}内没有在岗月份", (RATE,))
        elif doubts := self._open():
            yield self._pending(self.serving, self._others(self.serving), doubts, {month for post in self.serving for month in post.months})
        else:
            yield from self._sure()

    def _others(self, posts: Sequence[Post]) -> list[Post]:
        """The person's rows beside these."""
        return [post for post in self.posts if post not in posts]

    def _open(self) -> list[Doubt]:
        """What leaves all of the person's pay open, with whatever else is in doubt; empty where some row can be paid."""
        doubts = [("assessment", self.grade.why)] if self.grade.result == "open" else []
        doubts += person_doubts(self.able)
        return list(dict.fromkeys((*doubts, *_doubts(self.serving)))) if doubts else []

    def _sure(self) -> Iterator[Payment]:
        """What is due for rows without a doubt, and beside it what rows in doubt may add."""
        shares = _shares([post for post in self.serving if not post.doubts], self.period)
        paid = {month for share in shares for month in share.months}
        doubtful = [post for post in self.serving if post.doubts and set(post.months) - paid]
        told = [*(post for share in shares for post in share.posts), *doubtful]
        others = self._others(told)
        for share in shares:
            yield self._paid(share, others)
            others = []
        if doubtful:
            months = {month for post in doubtful for month in post.months} - paid
            yield self._pending(doubtful, others, _doubts(doubtful), months)

    def _paid(self, share: _Share, others: Sequence[Post]) -> Payment:
        rates = tuple((month, self.rates[month]) for month in sorted(share.months))
        amount = sum((rate for _, rate in rates), Decimal()).quantize(FEN)
        doubled = sum(len(post.months) for post in (*share.posts, *others) if not post.doubts) > len(share.months)
        note = "同月另有任职记录，每月只发一份" if doubled and len(share.posts) + len(others) > 1 else ""
        steps = (*self._steps(share.posts), *_sum(rates, amount))
        return self._made(
            share.posts,
            others,
            "paid",
            months=tuple(month for month, _ in rates),
            amount=amount,
            rates=rates,
            note=note,
            steps=steps,
            clauses=(RATE, PURSES),
        )

    def _pending(self, posts: Sequence[Post], others: Sequence[Post], doubts: Sequence[Doubt], months: set[str]) -> Payment:
        why = "；".join(words for _, words in doubts)
        possible = tuple((month, self.rates[month]) for month in sorted(months))
        steps = (*self._steps(posts), f"待定：{why}。查清前不发，发放金额为0元（依据{RATE}）。")
        return self._made(posts, others, "pending", why=why, clauses=(RATE,), possible=possible, doubts=tuple(doubts), steps=steps)

    def _nothing(self, posts: Sequence[Post], why: str, clauses: tuple[str, ...]) -> Payment:
        steps = (*self._steps(posts), f"不发放：{why}（依据{'、'.join(clauses)}）。")
        return self._made(posts, self._others(posts), "none", why=why, clauses=clauses, steps=steps)

    def _made(
        self,
        posts: Sequence[Post],
        others: Sequence[Post],
        status: str,
        *,
        months: tuple[str, ...] = (),
        amount: Decimal = Decimal("0.00"),
        why: str = "",
        clauses: tuple[str, ...] = (),
        rates: tuple[tuple[str, Decimal], ...] = (),
        note: str = "",
        steps: tuple[str, ...] = (),
        possible: tuple[tuple[str, Decimal], ...] = (),
        doubts: tuple[Doubt, ...] = (),
    ) -> Payment:
        """A payment that speaks of these rows, the first of them first."""
        post, record = posts[0], posts[0].record
        rows = [one.record for one in (*posts, *others)]
        purse: Purse = "town" if post.level == "town" else "county"
        return Payment(
            name=record.name or "",
            id_number=record.shown("id_number") or None,
            town=record.sender or "",
            village=record.village or "",
            level=post.level,
            purse=purse,
            months=months,
            amount=amount,
            status=status,  # type: ignore[arg-type]
            why=why,
            clauses=tuple(clause for clause in clauses if clause in self.plan.clauses),
            source=record.address(),
            sources=tuple(row.address() for row in rows),
            rates=rates,
            assessed=self.grade.words,
            bank=next((row.bank for row in rows if row.bank), ""),
            account=next((row.shown("account") for row in rows if row.shown("account")), ""),
            steps=steps,
            possible=possible,
            doubts=doubts,
            note="；".join(one for one in (note, self.note) if one),
        )

    def _steps(self, posts: Sequence[Post]) -> tuple[str, ...]:
        """How it came about, line by line."""
        lines = [f"台账：{post.record.address()}（{_post_words(post)}）" for post in posts]
        purse: Purse = "town" if posts[0].level == "town" else "county"
        if posts[0].level != "association":
            lines.append(f"资金来源：{PURSE_WORDS[purse]}（依据{PURSES}）")
        if not posts[0].ineligible:
            lines.append(f"考核：{self.period.basis_words}；本人{self.grade.words or '未填'}（依据{RATE}、{DISMISSAL}）")
            lines += [f"在岗：{_service_words(post)}，所属期内{_months_words(post.months)}" for post in posts]
        return tuple(lines)


def _doubts(posts: Iterable[Post]) -> list[Doubt]:
    return list(dict.fromkeys(doubt for post in posts for doubt in post.doubts))


def _shares(posts: Sequence[Post], period: Period) -> list[_Share]:
    """Each month to one post: the one taken up first, of those at once the one that stands first; posts joined by level and town."""
    ranked = sorted(posts, key=lambda post: post.start)
    taken: dict[int, list[str]] = defaultdict(list)
    for month in period.months:
        holder = next((post for post in ranked if month in post.months), None)
        if holder is not None:
            taken[id(holder)].append(month)
    shares: dict[tuple[str, str], _Share] = {}
    for post in posts:
        share = shares.setdefault((post.level, post.record.sender or ""), _Share([], []))
        share.posts.append(post)
        share.months.extend(taken.get(id(post), ()))
    return [share for share in shares.values() if share.months]


def _post_words(post: Post) -> str:
    level = {"town": "镇（街道）专职委员", "village": "村（社区）专职委员", "association": "专门协会专职委员"}[post.level]
    return "".join((post.record.sender or "", post.record.village or "", level))


def _service_words(post: Post) -> str:
    hired, left = post.record.shown("hired") or "未填", post.record.shown("left")
    return f"聘用{hired}，{f'解聘{left}' if left else '未解聘'}"


def _months_words(months: Sequence[str]) -> str:
    return f"{len(months)}个月（{'、'.join(months)}）" if months else "没有在岗月份"


def _sum(rates: Sequence[tuple[str, Decimal]], amount: Decimal) -> Iterator[str]:
    """The sum, one line a rate, then the whole."""
    counts: dict[Decimal, int] = {}
    for _, rate in rates:
        counts[rate] = counts.get(rate, 0) + 1
    parts = [f"{rate}元×{count}个月" for rate, count in counts.items()]
    yield f"应发：{'＋'.join(parts)}＝{amount}元（依据{RATE}）"


# --- what the towns claim ------------------------------------------------------------------------


def claims(book: Book, plan: Plan, payments: Sequence[Payment], period: Period) -> list[Claim]:
    """Every commissioner's row beside its payment, for the S rules."""
    by_row = {source: payment for payment in reversed(payments) for source in (payment.source, *payment.sources)}
    by_row.update({payment.source: payment for payment in payments})
    found = {id(claim.record): claim for posts in persons(book, period) for claim in _claims_of(book, posts, by_row)}
    return [found[id(record)] for record in book.records(Commissioner) if id(record) in found]


def _claims_of(book: Book, posts: Sequence[Post], by_row: Mapping[Address, Payment]) -> Iterator[Claim]:
    paid = {id(one): one for post in posts if (one := by_row.get(post.record.address())) is not None}
    due = sum((payment.amount for payment in paid.values()), Decimal())
    claiming = [post.record for post in posts if claims_pay(post.record)]
    earlier: list[Commissioner] = []
    covered: dict[str, None] = {}
    for post in posts:
        payment = by_row.get(post.record.address())
        if payment is None:
            continue
        made = claims_pay(post.record)
        covered.update(dict.fromkeys(post.months) if made else {})
        last = not made or not claiming or post.record is claiming[-1]
        yield Claim(book, post.record, payment, len(post.months), due, post.months, tuple(covered), tuple(earlier), last, post.ineligible)
        if made:
            earlier.append(post.record)
