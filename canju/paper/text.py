"""The sentences of the paper, every figure measured. What isn't known is a 【待核实】, what no ledger can show a 【待补充】."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple

from canju.book import Book
from canju.ledgers.feedback import Feedback
from canju.masking import mask_text
from canju.model import Payment, Period, Verdict
from canju.paper.figures import Figures
from canju.plans import Plan
from canju.rules.base import Rule, catalogue

if TYPE_CHECKING:
    from canju.workspace import Workspace

UNITS = {"county": "项", "town": "个镇（街道）", "village": "个村（社区）", "place": "处", "person": "人"}
NUMERALS = "一二三四五六七八九十"


class Block(NamedTuple):
    """One paragraph of the paper: `kind` is its style, `tag` names the generated passage."""

    kind: str
    text: str
    tag: str = ""


@dataclass
class Inputs:
    """What the paper is made from. `reported` says of each town and ledger its state, rows and what has to be told."""

    book: Book
    plan: Plan
    verdicts: Sequence[Verdict]
    payments: Sequence[Payment] = ()
    period: Period | None = None
    day: str = ""
    reported: Sequence[tuple[str, str, str, str, str]] = ()
    figures: Figures = field(default_factory=Figures)

    @property
    def workspace(self) -> Workspace:
        """The county's own settings."""
        return self.book.workspace

    def of(self, code: str) -> list[Verdict]:
        """A rule's verdicts."""
        return [one for one in self.verdicts if one.rule == code]


def blocks(inputs: Inputs) -> list[Block]:
    """All paragraphs between the addressee and the signature."""
    found = [Block("正文", _lead(inputs), "lead")]
    found += [Block("一级", "一、基本情况"), *_basics(inputs)]
    found += [Block("一级", "二、主要做法和完成情况"), *_done(inputs)]
    found += [Block("一级", "三、取得的成效和成功做法"), *_successes(inputs)]
    found += [Block("一级", "四、存在的困难和问题"), *_difficulties(inputs)]
    found += [Block("一级", "五、下一步打算"), *_next_steps(inputs)]
    return found


def _lead(inputs: Inputs) -> str:
    plan, county = inputs.plan, inputs.workspace.county or "我县"
    judged = [one for one in inputs.verdicts if one.status in ("met", "unmet", "unknown")]
    counts = Counter(one.status for one in judged)
    cells = {status: [cell for one in judged if one.status == status for cell in one.evidence] for status in ("met", "unmet", "unknown")}
    total = inputs.figures("judged.total", len(judged), "对照方案能以台账核查、要求明确的事项（按县、镇、村、地点、人员逐一计）")
    parts = [f"已落实{inputs.figures('judged.met', counts['met'], '其中结论为已落实的事项', cells['met'])}项"]
    if counts["unmet"]:
        parts.append(f"未落实{inputs.figures('judged.unmet', counts['unmet'], '其中结论为未落实的事项', cells['unmet'])}项")
    if counts["unknown"]:
        parts.append(f"待核实{inputs.figures('judged.unknown', counts['unknown'], '其中结论为待核实的事项', cells['unknown'])}项")
    return (
        f"按照{plan.title}（{plan.number}）要求，{county}残联组织各镇（街道）推进专项改革试点工作。截至{_day(inputs)}，"
        f"对照方案逐条核查{total}项，{'，'.join(parts)}。现将有关情况报告如下。"
    )


def _day(inputs: Inputs) -> str:
    day = inputs.plan.as_of
    return inputs.figures("as_of", f"{day.year}年{day.month}月{day.day}日", "判断基准日")


# --- 一、基本情况 -----------------------------------------------------------------------------------


def _basics(inputs: Inputs) -> Iterator[Block]:
    facts = inputs.workspace.facts
    told = [
        f"{name}{inputs.figures(f'fact.{name}', fact.value, f'{fact.source}，{fact.on.isoformat()}（canju.toml 的 [facts]）')}（{fact.source}，{fact.on.year}年{fact.on.month}月{fact.on.day}日）"
        for name, fact in facts.items()
    ]
    if told:
        yield Block("正文", "，".join(told) + "。", "facts")
    else:
        yield Block("正文", "【待补充：全县总人口、残疾人总数等基本情况】", "facts")
    book, figures = inputs.book, inputs.figures
    towns = figures("towns", len(book.towns), "工作区名单中的镇（街道）")
    villages = len(book.workspace.village_list)
    listed = f"、{figures('villages', villages, '村（社区）名单中的村（社区）')}个村（社区）" if villages else ""
    parts = []
    from canju.ledgers import ledgers

    for key, ledger in ledgers().items():
        records = book.records(ledger)
        if records and not ledger.supplementary:
            cells = [record.table.address(record.index) for record in records]
            parts.append(f"{ledger.title}{figures(f'rows.{key}', len(records), f'{ledger.title}中读入的行数', cells)}条")
    yield Block("正文", f"全县共{towns}个镇（街道）{listed}。本次共汇总{'、'.join(parts) or '【待核实：各镇（街道）台账】'}。", "ledgers")


# --- 二、主要做法和完成情况 -------------------------------------------------------------------------


def _done(inputs: Inputs) -> Iterator[Block]:
    """The plan's heads, and under each a paragraph a clause that ledgers can show."""
    by_head: dict[str, list[str]] = defaultdict(list)
    for address in inputs.plan.clauses:
        by_head[address[:4] if address.startswith("二（") else ""].append(address)
    heads = [head for head in by_head if head]
    for number, head in enumerate(heads):
        yield Block("二级", f"（{NUMERALS[number]}）{inputs.plan.heads.get(head, head)}")
        silent = []
        for address in by_head[head]:
            sentences = list(_clause(inputs, address))
            if sentences:
                yield Block("正文", "".join(sentences), f"clause.{address}")
            elif inputs.plan.clauses[address].unchecked:
                silent.append(address)
        if silent:
            yield Block("正文", f"【待补充：{'、'.join(silent)}的落实情况（台账无从反映，请补写）】", f"silent.{head}")


def _clause(inputs: Inputs, address: str) -> Iterator[str]:
    for rule in catalogue().values():
        if rule.letter == "P" and rule.clauses[:1] == (address,):
            yield from _rule(inputs, rule, inputs.of(rule.code))


def _rule(inputs: Inputs, rule: Rule, verdicts: Sequence[Verdict]) -> Iterator[str]:
    """One rule in a sentence: progress as n of m, a county's one verdict as found, else how many of each kind."""
    shown = [one for one in verdicts if one.status != "not_applicable"]
    if not shown:
        return
    asked = rule.expects or next((one.expected for one in shown if one.expected), "")
    known = [one for one in shown if one.status != "unknown"]
    unknown = [one for one in shown if one.status == "unknown"]
    progress = [one for one in known if one.status == "progress"]
    if progress and all(one.total is not None for one in progress):
        yield f"{asked}：{_share(inputs, rule, progress)}。"
    elif known and known[0].scope == "county" and known[0].subject is None:
        one = known[0]
        actual = _numbers(inputs, f"{rule.code}.actual", one.actual, f"{rule.code} 的现状", one)
        yield f"{asked}：{actual}{'，尚未落实' if one.status == 'unmet' else ''}。"
    elif known:
        yield f"{asked}：{_counted(inputs, rule, known)}。"
    if unknown:
        lacking = list(dict.fromkeys(_brief(text) for one in unknown for text in one.missing))[:4]
        who = "、".join(dict.fromkeys(one.town or "县本级" for one in unknown))
        yield f"【待核实：{asked}（{who}：{'；'.join(lacking) or '有关栏目'}）】"


def _brief(missing: str) -> str:
    """What is missing, without the file it may lie in: that belongs in 内部情况."""
    return re.sub(r"（[^（）]*(?:（[^（）]*）[^（）]*)*打不开[^（）]*）$", "", missing)


def _counted(inputs: Inputs, rule: Rule, known: Sequence[Verdict]) -> str:
    unit = UNITS[known[0].scope]
    parts = []
    for status, word in (("met", "已落实"), ("unmet", "未落实")):
        some = [one for one in known if one.status == status]
        if some:
            cells = [cell for one in some for cell in one.evidence]
            parts.append(f"{word}{inputs.figures(f'{rule.code}.{status}', len(some), f'{rule.code} 结论为{word}的{unit}数', cells)}{unit}")
    return "，".join(parts)


def _share(inputs: Inputs, rule: Rule, progress: Sequence[Verdict]) -> str:
    done, total = (sum(one.done or 0 for one in progress), sum(one.total or 0 for one in progress))
    cells = [cell for one in progress for cell in one.evidence]
    limited = "（仅未持证部分）" if any("仅未持证部分" in one.actual for one in progress) else ""
    text = f"共{inputs.figures(f'{rule.code}.total', total, f'{rule.code} 的总数')}，已有{inputs.figures(f'{rule.code}.done', done, f'{rule.code} 的已完成数', cells)}"
    percent = f"{100 * done / total:.1f}%" if total else ""
    return (
        text
        + (f"，占{inputs.figures(f'{rule.code}.percent', percent, f'{rule.code} 已完成数除以总数', cells)}" if percent else "")
        + limited
    )


def _numbers(inputs: Inputs, tag: str, text: str, how: str, verdict: Verdict) -> str:
    """A text with each of its numbers as a figure."""
    order = iter(range(1, 100))
    return re.sub(r"\d+(?:\.\d+)?%?", lambda found: inputs.figures(f"{tag}.{next(order)}", found[0], how, verdict.evidence), text)


# --- 三、成效 --------------------------------------------------------------------------------------


def _successes(inputs: Inputs) -> Iterator[Block]:
    """Measured progress with the best towns named, then the towns' own words. Nothing is made up from a verdict."""
    found = False
    for rule in catalogue().values():
        some = [one for one in inputs.of(rule.code) if one.status == "progress" and one.total and one.town]
        if len(some) < 2 or not sum(one.done or 0 for one in some):
            continue
        best = max(some, key=lambda one: ((one.done or 0) / (one.total or 1), one.total or 0))
        cells = best.evidence
        percent = inputs.figures(
            f"{rule.code}.best", f"{100 * (best.done or 0) / (best.total or 1):.1f}%", f"{rule.code}：{best.town}已完成数除以总数", cells
        )
        found = True
        yield Block("正文", f"{rule.expects}：{best.town}进展较快，达到{percent}。", f"best.{rule.code}")
    paid = [one for one in inputs.payments if one.status == "paid"]
    if paid and inputs.period:
        yield Block("正文", _paid(inputs, paid, inputs.period), "paid")
        found = True
    yield from _words(inputs, "成功做法")
    if not found:
        yield Block("正文", "【待补充：取得的成效】", "successes")


def _paid(inputs: Inputs, paid: Sequence[Payment], period: Period) -> str:
    cells = [one.source for one in paid]
    heads = inputs.figures("stipend.heads", len(paid), f"{period.words}按方案核算应发的专职委员", cells)
    total = sum((one.amount for one in paid), start=paid[0].amount * 0)
    amount = inputs.figures("stipend.amount", f"{total:.2f}", "应发金额合计（元），由各人月数乘以月标准得出", cells)
    pending = sum(one.status == "pending" for one in inputs.payments)
    more = (
        f"，另有{inputs.figures('stipend.pending', pending, '待定人员', [one.source for one in inputs.payments if one.status == 'pending'])}人待定"
        if pending
        else ""
    )
    span = inputs.figures("stipend.period", period.words, "发放所属期")
    return f"专职委员工资：{span}，考核合格应发{heads}人、{amount}元（测算）{more}。"


def _words(inputs: Inputs, kind: str) -> Iterator[Block]:
    """The towns' own words, each with its town; nobody's number is let through."""
    for number, record in enumerate(record for record in inputs.book.records(Feedback) if record.kind == kind and record.text):
        town = record.sender or record.town or ""
        text = " ".join(record.text.split())[:300].rstrip("。")
        yield Block("正文", f"{town}反映：{_quoted(inputs, f'{kind}.{number}', mask_text(text), record)}。", f"words.{kind}.{number}")


def _quoted(inputs: Inputs, tag: str, text: str, record: Feedback) -> str:
    order = iter(range(1, 200))
    return re.sub(
        r"\d+(?:\.\d+)?%?",
        lambda found: inputs.figures(
            f"{tag}.{next(order)}", found[0], "镇（街道）工作情况反馈原文", [record.table.address(record.index, "text")]
        ),
        text,
    )


# --- 四、困难 五、打算 -------------------------------------------------------------------------------


def unmet_rules(inputs: Inputs) -> list[tuple[Rule, list[Verdict]]]:
    """Rules with something unmet, errors before queries, the most frequent first."""
    found = []
    for rule in catalogue().values():
        some = [one for one in inputs.of(rule.code) if one.status == "unmet"]
        if some:
            found.append((rule, some))
    rank = {"error": 0, "query": 1, "note": 2}
    return sorted(found, key=lambda item: (min(rank[one.severity] for one in item[1]), -len(item[1]), item[0].code))


def _difficulties(inputs: Inputs) -> Iterator[Block]:
    number = 0
    for rule, some in unmet_rules(inputs):
        number += 1
        unit = UNITS[some[0].scope]
        towns = "、".join(dict.fromkeys(one.town for one in some if one.town))
        cells = [cell for one in some for cell in one.evidence]
        count = inputs.figures(f"{rule.code}.unmet", len(some), f"{rule.code} 结论为未落实的{unit}数", cells)
        asked = _numbers(inputs, f"{rule.code}.asked", rule.expects or some[0].expected, f"{rule.code} 的要求", some[0])
        yield Block("正文", f"{number}. {asked}，尚有{count}{unit}未落实{f'（{towns}）' if towns else ''}。", f"unmet.{rule.code}")
    yield from _words(inputs, "困难问题")
    unknown = Counter(text for one in inputs.verdicts if one.status == "unknown" for text in map(_brief, one.missing))
    if unknown:
        yield Block("正文", f"【待核实：{'；'.join(text for text, _ in unknown.most_common(8))}】", "unknown")
    if not number:
        yield Block("正文", "【待补充：存在的困难和问题】", "difficulties")


def _next_steps(inputs: Inputs) -> Iterator[Block]:
    steps = dict.fromkeys(_step(rule.fix) for rule, _ in unmet_rules(inputs))
    for number, step in enumerate(list(steps)[:12], start=1):
        yield Block("正文", f"{number}. {step}。", f"step.{number}")
    if not steps:
        yield Block("正文", "【待补充：下一步打算】", "steps")


def _step(fix: str) -> str:
    """A fix as an intention: its first clause without 请."""
    return fix.split("；")[0].rstrip("。").removeprefix("请")


def placeholders(texts: Iterable[str]) -> list[str]:
    """Every 【待补充】, 【待核实】 and 【成文日期】 of these texts."""
    return [found for text in texts for found in re.findall(r"【(?:待补充|待核实|成文日期)[^】]*】", text)]
