"""docs/rules.md: every rule with its sentence, clause, example of wrong and right, repair, and the steps in Excel or WPS."""

from __future__ import annotations

from collections.abc import Iterator

from canju.model import SEVERITY_WORDS
from canju.outputs.catalogue import GROUNDS, severity_words, shape
from canju.plans import Plan
from canju.rules.base import Rule, catalogue, steps

_HEAD = """# 规则手册

本手册由程序按规则目录生成，请勿手工修改。每条规则有固定编号：F 文件、工作表、表头，C 单元格，R 记录及记录之间，P 方案条款，S 补贴发放。

性质：**错误** 必须更正；**核实** 更正，或在“核实说明”一栏说明；**提示** 供参考。

〈 〉中的内容因发现而异。一格读不出时只报这一格，依赖它的规则不再追究；没能核对的计为“未检”并写明原因。

方案条款引自《{title}》{number}。
"""


def rulebook(plan: Plan) -> str:
    """The whole book as Markdown, in order of F, C, R, P, S; the same for the same catalogue and plan."""
    parts = [_HEAD.format(title=plan.title, number=f"（{plan.number}）" if plan.number else "")]
    rules = list(catalogue().values())
    for letter, ground in GROUNDS.items():
        some = [one for one in rules if one.letter == letter]
        if some:
            parts.append(f"## {letter} {ground}\n")
            parts.append("| 编号 | 英文名 | 性质 | 条款 |\n|---|---|---|---|\n" + "".join(map(_row, some)))
            parts += ["\n".join(_entry(one, plan)) + "\n" for one in some]
    return "\n".join(parts)


def _row(rule: Rule) -> str:
    return f"| [{rule.code}](#{rule.code.lower()}) | {rule.name} | {severity_words(rule)} | {'、'.join(rule.clauses) or '—'} |\n"


def _entry(rule: Rule, plan: Plan) -> Iterator[str]:
    """One rule's lines."""
    yield f'<a id="{rule.code.lower()}"></a>\n### {rule.code} {rule.name}（{severity_words(rule)}）\n'
    yield f"- 说的话：{shape(rule.says)}"
    yield f"- 怎样改：{rule.fix}"
    yield f"- 在 Excel 或 WPS 中：{steps(rule)}"
    for clause in rule.clauses:
        yield f"- 依据：{clause}{f'「{plan.quote(clause)}」' if plan.quote(clause) else '（本方案没有这一条款）'}"
    if rule.standard:
        yield f"- 依据：{rule.standard}"
    if rule.wrong:
        yield f"- 例（错）：{rule.wrong}"
    if rule.right:
        yield f"- 例（对）：{rule.right}"
    if rule.also:
        yield f"- 性质：一般为{SEVERITY_WORDS[rule.severity]}，情形较轻的为{SEVERITY_WORDS[rule.also]}"
