"""The parts of the paper, each a list of blocks: figures measured, what isn't known 【待核实】, what no ledger can show 【待补充】."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence

from canju.ledgers import ledgers
from canju.model import STATUS_WORDS, Address, Payment, Period, Status, Verdict
from canju.paper import measures
from canju.paper.annexes import ANNEXES, annexes
from canju.paper.inputs import Block, Inputs, counted, evidence, ordinal
from canju.paper.layout import CHARACTER, chinese_day, placed
from canju.paper.words import towns_words
from canju.patterns import pattern
from canju.plans import Plan
from canju.rules.base import Rule

LINE = 18
"""Characters of the title on one line: a longer one is broken where a word ends."""
KEEP = "<w:keepNext/>"
JUDGED: tuple[Status, ...] = ("met", "unmet", "progress", "unknown")
"""What the lead counts, in the order in which `canju check` tells it."""
SLOTS = ("标题", "主送机关", "导语", "基本情况", "完成情况", "成效做法", "困难问题", "下一步打算", "附件说明", "落款", "附件")
"""What a template may ask for."""
_RANK = {"error": 0, "query": 1, "note": 2}


def sections(inputs: Inputs) -> dict[str, list[Block]]:
    """Every part of the paper under its name in the template; all numbers in them are figures."""
    parts: dict[str, Iterable[Block]] = {
        "标题": [Block("标题", title(inputs.plan, inputs.workspace.county), "title")],
        "主送机关": [Block("顶格", f"{inputs.workspace.report_to or '【待补充：主送机关】'}：", "addressee")],
        "导语": [Block("正文", lead(inputs), "lead")],
        "基本情况": _basics(inputs),
        "完成情况": _done(inputs),
        "成效做法": _successes(inputs),
        "困难问题": _difficulties(inputs),
        "下一步打算": _held(_next_steps(inputs)),
        "附件说明": _listed(),
        "落款": _signed(inputs),
        "附件": annexes(inputs),
    }
    return {slot: [inputs.swept(block) for block in blocks] for slot, blocks in parts.items()}


def title(plan: Plan, county: str) -> str:
    """…残疾人联合会组织专项改革试点工作总结, from the plan's own title; a county under another county's plan stands in its place."""
    base = re.sub(r"(工作)?(实施)?(方案|计划|意见)(（[^）]*）)?$", "", plan.title)
    if plan.of_another(county):
        base = base.replace(plan.county, county)
    text = f"{base}工作总结"
    head, joint, tail = text.partition("联合会")
    return f"{head}{joint}\n{tail}" if len(text) > LINE and joint and tail else text


def lead(inputs: Inputs) -> str:
    """How far the plan is fulfilled, in a sentence or two."""
    plan, county = inputs.plan, inputs.workspace.county or "我县"
    of = {status: [one for one in inputs.verdicts if one.status == status] for status in JUDGED}
    judged = [one for some in of.values() for one in some]
    how = "对照方案能以台账核查的事项，按县、镇、村、地点、人员逐一计，不涉及的不计"
    parts = [
        f"{STATUS_WORDS[status]}{inputs.figures(f'judged.{status}', len(some), f'{how}；其中结论为{STATUS_WORDS[status]}的', evidence(some))}项"
        for status, some in of.items()
        if some
    ]
    number = f"（{inputs.figures('plan.number', plan.number, '方案文号')}）" if plan.number else ""
    day = inputs.figures("as_of", chinese_day(plan.as_of.isoformat()), "核查的基准日（--as-of 或 canju.toml）")
    law = f"《{plan.title}》{number}"
    if plan.of_another(county):
        law = f"【待核实：{county}的方案和文号（现对照的是{law}）】"
    told = (
        f"共核查{inputs.figures('judged.total', len(judged), how, evidence(judged))}项，{'，'.join(parts)}"
        if judged
        else "【待核实：各项落实情况】"
    )
    return f"按照{law}要求，{county}残联组织各镇（街道）推进专项改革试点工作。截至{day}，对照方案逐条核查，{told}。现将有关情况报告如下。"


# --- 一、基本情况 -----------------------------------------------------------------------------------


def _basics(inputs: Inputs) -> Iterator[Block]:
    told = []
    for name, fact in inputs.workspace.facts.items():
        how = f"canju.toml 的 [facts]：{fact.source}，{fact.on.isoformat()}"
        value, day = (
            inputs.figures(f"fact.{name}", fact.value, how),
            inputs.figures(f"fact.{name}.on", chinese_day(fact.on.isoformat()), how),
        )
        told.append(f"{name}{value}（{fact.source}，{day}）")
    yield Block("正文", "，".join(told) + "。" if told else "【待补充：全县总人口、残疾人总数等基本情况】", "facts")
    yield Block("正文", _ledgers(inputs), "ledgers")


def _ledgers(inputs: Inputs) -> str:
    book, figures = inputs.book, inputs.figures
    villages = len(book.workspace.village_list)
    listed = f"、{figures('villages', villages, '村（社区）名单中的村（社区）数')}个村（社区）" if villages else ""
    parts = []
    for key, ledger in ledgers().items():
        records = [] if ledger.supplementary else book.records(ledger)
        if records:
            cells = [record.address() for record in records]
            parts.append(f"{ledger.title}{figures(f'rows.{key}', len(records), f'{ledger.title}读入的行数', cells)}条")
    towns = (
        f"全县共{figures('towns', len(book.towns), 'canju.toml 的 towns；没有的，为报送了台账的镇（街道）')}个镇（街道）{listed}。"
        if book.towns
        else ""
    )
    return f"{towns}本次收到{'、'.join(parts) if parts else '【待核实：各镇（街道）台账】'}。"


# --- 二、主要做法和完成情况 -------------------------------------------------------------------------


_CHAPTER = pattern(r"[一二三四五六七八九十]+（[一二三四五六七八九十]+）")


def head_of(plan: Plan, address: str) -> str:
    """The plan's head a clause stands under: 二（一）4（3） → 二（一）; "" for one outside the measures.

    The heads are those the plan file names; without any, those of the plan's second part, and where it has none, of all parts.
    """
    if plan.heads:
        return next((head for head in sorted(plan.heads, key=len, reverse=True) if address.startswith(head)), "")
    found = _CHAPTER.match(address)
    measures_only = any(one.startswith("二（") for one in plan.clauses)
    return found[0] if found and (address.startswith("二（") or not measures_only) else ""


def _heads(inputs: Inputs) -> list[str]:
    return list(dict.fromkeys(head for address in inputs.plan.clauses if (head := head_of(inputs.plan, address))))


def _head_title(plan: Plan, head: str) -> str:
    return plan.heads.get(head) or f"方案{head}各项"


def _done(inputs: Inputs) -> Iterator[Block]:
    """The plan's heads, and under each a paragraph a clause that ledgers can show."""
    for place, head in enumerate(_heads(inputs), start=1):
        yield Block("二级", f"（{ordinal(place)}）{_head_title(inputs.plan, head)}", f"head.{head}")
        silent = []
        for address in (one for one in inputs.plan.clauses if head_of(inputs.plan, one) == head):
            rules = [rule for rule in measures.told_rules() if measures.clause_of(inputs, rule) == address]
            if text := measures.sentences(inputs, rules):
                yield Block("正文", text, f"clause.{address}")
            elif inputs.plan.clauses[address].unchecked:
                silent.append(address)
        paid = [one for one in inputs.payments if one.clauses and head_of(inputs.plan, one.clauses[0]) == head]
        if paid and inputs.period:
            yield Block("正文", _paid(inputs, paid, inputs.period), f"paid.{head}")
        if silent:
            told = "、".join(inputs.clause(address) for address in silent)
            yield Block("正文", f"【待补充：方案{told}的落实情况（台账无从反映）】", f"silent.{head}")


def _paid(inputs: Inputs, payments: Sequence[Payment], period: Period) -> str:
    """What is due by the assessments as sent: worked out, never said to have been paid."""
    figures = inputs.figures
    paid, pending = ([one for one in payments if one.status == status] for status in ("paid", "pending"))
    span = figures("stipend.period", period.words, "发放所属期")
    heads = figures("stipend.heads", len(paid), f"{period.basis_words}：应发的专职委员人数", _claims(paid))
    total = sum((one.amount for one in paid), start=payments[0].amount * 0)
    amount = figures("stipend.amount", f"{total:.2f}", "应发金额合计（元）：各人月数乘以月标准", _claims(paid))
    text = f"专职委员工资按考核结果测算，{span}应发{heads}人、{amount}元" if paid else f"专职委员{span}的工资，尚无考核合格可以发放的人员"
    wait = figures("stipend.pending", len(pending), "应发与否待定的专职委员人数", _claims(pending)) if pending else ""
    return f"{text}{f'，另有{wait}人待定' if wait else ''}。"


def _claims(payments: Iterable[Payment]) -> list[Address]:
    return [cell for one in payments for cell in (one.source, *one.sources)]


# --- 三、成效 --------------------------------------------------------------------------------------


def _successes(inputs: Inputs) -> Iterator[Block]:
    """Measured progress past half-way, with the best towns named, then the towns' own words. Nothing is made up from a verdict."""
    best = [block for rule in measures.told_rules() if (block := _best(inputs, rule))]
    yield from best
    yield Block("图", "", "chart")
    words = list(towns_words(inputs, "成功做法"))
    yield from words
    if not words:
        yield Block("正文", "【待补充：各镇（街道）的成功做法（未收到工作情况反馈）】", "no-words")


def _best(inputs: Inputs, rule: Rule) -> Block | None:
    """A rule's progress over all towns, and the town that is ahead."""
    some = [one for one in inputs.of(rule.code) if one.status == "progress" and one.total and one.town]
    done, total = sum(one.done or 0 for one in some), sum(one.total or 0 for one in some)
    if len(some) < 2 or 2 * done <= total:
        return None
    ahead = max(some, key=lambda one: (_ratio(one), one.total or 0))
    percent = inputs.figures(
        f"{rule.code}.best", f"{100 * _ratio(ahead):.1f}%", f"{rule.code}（{rule.expects}）比例最高的镇（街道）", evidence(some)
    )
    average = inputs.figures(
        f"{rule.code}.percent", f"{100 * done / total:.1f}%", f"{rule.code}（{rule.expects}）的各镇（街道）合计比例", evidence(some)
    )
    part = measures.bounds(inputs, rule, some)
    text = f"{measures.asked(inputs, rule)}：合计{average}{part}{f'，其中{ahead.town}达到{percent}，进展较快' if _ratio(ahead) > min(map(_ratio, some)) else ''}。"
    return Block("正文", text, f"best.{rule.code}")


def _ratio(one: Verdict) -> float:
    return (one.done or 0) / (one.total or 1)


# --- 四、困难 五、打算 -------------------------------------------------------------------------------


def unmet_rules(inputs: Inputs, rules: Iterable[Rule]) -> list[tuple[Rule, list[Verdict]]]:
    """Those of the rules with something unmet, errors before queries, the most frequent first."""
    found = []
    for rule in rules:
        some = [one for one in inputs.of(rule.code) if one.status == "unmet"]
        if some:
            found.append((rule, some))
    return sorted(found, key=lambda item: (min(_RANK[one.severity] for one in item[1]), -len(item[1]), item[0].code))


def _difficulties(inputs: Inputs) -> Iterator[Block]:
    """What is unmet, by the plan's heads, the head with most of it first; then the towns' own words; then what isn't known."""
    groups: dict[str, list[tuple[Rule, list[Verdict]]]] = defaultdict(list)
    for rule, some in unmet_rules(inputs, measures.told_rules()):
        groups[head_of(inputs.plan, measures.clause_of(inputs, rule))].append((rule, some))
    order = sorted(groups, key=lambda head: -sum(len(some) for _, some in groups[head]))
    for place, head in enumerate(order, start=1):
        name = _head_title(inputs.plan, head) if head else "组织实施和报送"
        yield Block("二级", f"（{ordinal(place)}）{name}方面", f"hard.{head or '其他'}")
        points = counted([unmet(inputs, rule, some) for rule, some in groups[head]])
        for (rule, _), text in zip(groups[head], points, strict=True):
            yield Block("正文", text, f"unmet.{rule.code}")
    words = list(towns_words(inputs, "困难问题"))
    yield from words
    unknown = Counter(text for one in inputs.verdicts if one.status == "unknown" for text in one.missing)
    if unknown:
        wanted = list(dict.fromkeys(measures.brief(text) for text, _ in unknown.most_common()))
        more = "等" if len(wanted) > 8 else ""
        yield Block("正文", f"【待核实：{'；'.join(wanted[:8])}{more}，核实后再定是否属于困难问题】", "unknown")
    if not order and not words:
        yield Block("正文", "【待补充：存在的困难和问题】", "difficulties")


def unmet(inputs: Inputs, rule: Rule, some: Sequence[Verdict]) -> str:
    """What a rule asks, how many have not got there, and where."""
    towns = list(dict.fromkeys(one.town for one in some if one.town))
    where = f"（{'、'.join(towns)}）" if towns else ""
    what = f"{quoted(measures.asked(inputs, rule))}一项"
    query = all(one.severity != "error" for one in some)
    if some[0].scope == "county" and some[0].subject is None:
        return f"{what}{'有待研究' if query else '尚未落实'}：{measures.measured(inputs, rule, some).rpartition('，')[0]}。"
    count = measures.number(inputs, rule, inputs.of(rule.code), "unmet", len(some))
    return f"{what}，{'' if query else '尚'}有{count}{measures.unit_of(some)}{'有待研究' if query else '未落实'}{where}。"


def quoted(words: str) -> str:
    """Words in quotation marks, those within them in single ones."""
    return f"“{words.replace('“', '‘').replace('”', '’')}”"


def _next_steps(inputs: Inputs) -> Iterator[Block]:
    """From the fixes of what is unmet, worst first: who is to do what. What is doubtful only is to be looked into together."""
    steps, doubtful = [], []
    for rule, some in unmet_rules(inputs, measures.told_rules()):
        words = quoted(measures.asked(inputs, rule))
        if all(one.severity != "error" for one in some):
            doubtful.append(words)
            continue
        step = rule.fix.split("；")[0].rstrip("。").removeprefix("请")
        towns = list(dict.fromkeys(one.town for one in some if one.town))
        who = f"督促{'、'.join(towns)}" if towns else "由县残联"
        steps.append((f"围绕{words}，{who}{step}。", f"step.{rule.code}"))
    if doubtful:
        steps.append((f"对{'、'.join(doubtful)}等有待研究的事项，逐项核实情况，提请研究确定。", "step.doubtful"))
    for (_, tag), text in zip(steps, counted([text for text, _ in steps]), strict=True):
        yield Block("正文", text, tag)
    if not steps:
        yield Block("正文", "【待补充：下一步打算】", "steps")


def _held(blocks: Iterable[Block]) -> list[Block]:
    """The blocks with the last kept beside what follows: signature and date never stand on a page of their own."""
    found = list(blocks)
    return [*found[:-1], *(block._replace(look=KEEP + block.look) for block in found[-1:])]


# --- 附件说明 署名 成文日期 --------------------------------------------------------------------------


def _listed() -> Iterator[Block]:
    """The names of the annexes under one another, indented two, a long one hanging behind its number."""
    for place, name in enumerate(ANNEXES, start=1):
        hanging = (5 if place == 1 else 2) * CHARACTER
        look = f'{KEEP}<w:ind w:left="{7 * CHARACTER}" w:firstLineChars="0" w:hanging="{hanging}"/>'
        yield Block("正文", f"{'附件：' if place == 1 else ''}{place}. {name}", f"listed.{place}", look)


def _signed(inputs: Inputs) -> Iterator[Block]:
    """Signature and date; the date is the day of signing, which only the clerk knows."""
    name = inputs.federation or "【待补充：署名】"
    day = chinese_day(inputs.day) if inputs.day else "【成文日期】"
    shown = inputs.figures("signed", day, "成文日期（--date）") if inputs.day else day
    for text, tag, right in zip((name, shown), ("signer", "signed"), placed(name, day, inputs.sealed), strict=True):
        keep = KEEP if tag == "signer" else ""
        yield Block("顶格", text, tag, f'{keep}<w:ind w:right="{round(right * CHARACTER)}"/><w:jc w:val="right"/>')
