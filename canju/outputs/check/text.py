"""The plan's state as lines: clauses with their towns, what is unmet, what leaders must decide, and what-if differences."""

from __future__ import annotations

from collections.abc import Sequence

from canju.book import Book
from canju.masking import Profile, mask_path, mask_text
from canju.model import STATUS_WORDS, Verdict
from canju.outputs.check.data import ClauseState, clauses, sender_words, subject_words, worst
from canju.outputs.check.readings import Reading
from canju.outputs.findings import printable
from canju.outputs.terminal import table, width
from canju.plans import Plan

SHORT = {"met": "落实", "unmet": "未落实", "progress": "推进中", "unknown": "待核实", "not_applicable": "-", None: "-"}
READING_WORDS = {
    "exceeds": "超过该数（不含本数）",
    "at_least": "达到该数（含本数）",
    "same_year": "当年考核发当年",
    "previous_year": "上年考核发当年",
}


def overview(book: Book, plan: Plan, verdicts: Sequence[Verdict], columns: int = 200) -> str:
    """A row a clause that ledgers can show, a column a town, the county first.

    Where that is wider than so many columns, a line a clause that names those only which are not 落实.
    """
    towns = [town.name for town in book.towns]
    rows = [["条款", "全县", "县本级", *towns]]
    by_rule = {one.clause for one in verdicts}
    for state in clauses(plan, verdicts):
        if state.clause not in by_rule and state.status is None:
            continue
        some = [one for one in verdicts if one.clause == state.clause]
        rows.append([state.clause, _share(state), _cell(some, None), *(_cell(some, town) for town in towns)])
    drawn = table(rows)
    if max(map(width, drawn.splitlines()), default=0) <= columns:
        return drawn
    return "\n".join(_told(rows[0], row) for row in rows[1:])


def _told(heads: Sequence[str], row: Sequence[str]) -> str:
    apart = [f"{head}{cell}" for head, cell in zip(heads[2:], row[2:], strict=True) if cell not in ("-", SHORT["met"])]
    return f"{row[0]} {row[1]}{'：' if apart else ''}{'、'.join(apart)}"


def _share(state: ClauseState) -> str:
    judged = sum(state.counts[status] for status in ("met", "unmet", "unknown"))
    word = SHORT[state.status]
    return f"{word} {state.counts['met']}/{judged}" if judged and state.status != "met" else word


def _cell(verdicts: Sequence[Verdict], town: str | None) -> str:
    some = [one for one in verdicts if one.town == town and (town or one.scope != "place")]
    status = worst(one.status for one in some)
    if status == "progress" and all(one.total for one in some):
        return f"{sum(one.done or 0 for one in some)}/{sum(one.total or 0 for one in some)}"
    if status == "unmet":
        return f"未落实{sum(one.status == 'unmet' for one in some)}"
    return SHORT[status]


def line(verdict: Verdict, profile: Profile = "internal") -> str:
    """`未落实 P403 二（一）4（3） 谷脚镇 观音寨：…（来源 …）`."""
    message, seen = verdict.message, str(verdict.evidence[0]) if verdict.evidence else ""
    if profile != "full":
        message = message.replace(verdict.subject, subject_words(verdict)) if verdict.person and verdict.subject else message
        message, seen = mask_text(message), mask_path(seen)
    where = " ".join(dict.fromkeys(part for part in (verdict.town, verdict.village, subject_words(verdict, profile)) if part))
    source = f"（见 {seen}）" if seen else ""
    where = where if profile == "full" else mask_text(where)
    return printable(f"{STATUS_WORDS[verdict.status]} {verdict.rule} {verdict.clause} {where}：{message}{source}")


def lines(verdicts: Sequence[Verdict], profile: Profile = "internal") -> str:
    """One line a verdict."""
    return "".join(line(one, profile) + "\n" for one in verdicts)


def pressing(verdicts: Sequence[Verdict], profile: Profile = "internal") -> list[str]:
    """What is unmet and what is unknown, errors first."""
    rank = {"error": 0, "query": 1, "note": 2}
    some = [one for one in verdicts if one.status == "unmet"]
    return [line(one, profile) for one in sorted(some, key=lambda one: (rank[one.severity], one.rule))]


def decisions(found: Sequence[Reading]) -> list[str]:
    """提请研究事项清单: what another reading would change."""
    said = []
    for one in found:
        said.append(
            f"{one.clause}（{one.name}）：现按“{READING_WORDS.get(one.reading, one.reading)}”理解，{one.said[0]}；"
            f"如按“{READING_WORDS.get(one.other, one.other)}”理解，{one.said[1]}。"
        )
        said += [
            f"  {a.town or ''} {subject_words(a)}：{STATUS_WORDS[a.status]} → {STATUS_WORDS[b.status]}（{a.actual}）"
            for a, b in one.changed
        ]
    return said


def changes(pairs: Sequence[tuple[Verdict, Verdict]], profile: Profile = "internal") -> str:
    """What-if: each verdict that would differ."""
    if not pairs:
        return "按所设指标重算，各项结论不变。"
    head = f"按所设指标重算，{len(pairs)} 项结论不同（没有写出任何文件）："
    return "\n".join([head, *(_change(a, b, profile) for a, b in pairs)])


def _change(before: Verdict, after: Verdict, profile: Profile) -> str:
    where = " ".join(dict.fromkeys((sender_words(after), subject_words(after, profile))))
    words = f"{STATUS_WORDS[before.status]} → {STATUS_WORDS[after.status]}"
    return printable(f"{after.rule} {after.clause} {where}：{words}（现状：{after.actual}；要求：{after.expected}）")
