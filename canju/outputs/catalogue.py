"""The rule catalogue, a rule in full, and the ledgers' columns, for reading."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from typing import Any

from canju.ledgers import ledgers as all_ledgers
from canju.ledgers.base import Ledger
from canju.model import SEVERITY_WORDS
from canju.outputs.table_schema import table_schema
from canju.plans import READ_AS, WORDS, Plan
from canju.rules.base import Rule, catalogue, steps
from canju.rules.engine import clauses_of

GROUNDS = {"F": "文件、工作表、表头", "C": "单元格", "R": "记录及记录之间", "P": "方案条款", "S": "补贴发放"}

_WORDS = {
    "heading": "列名",
    "value": "单元格内容",
    "file": "文件名",
    "sheet": "工作表名",
    "first": "第一处所在的行",
    "twin": "另一份文件",
    "other": "另一处",
    "ledger": "台账名",
    "subject": "对象",
    "actual": "实际情况",
    "expected": "应有情况",
    "as_of": "核对日期",
    "part": "不同之处",
    "years": "应有周岁",
    "written": "证号所示",
    "product": "月数乘月工资",
    "total": "两数之和",
    "near": "最接近的名称",
    "sender": "报送的镇（街道）",
    "word": "备注中的词",
    "named": "人员台账中的人数",
    "count": "行数",
    "before": "前一个序号",
    "what": "情形",
    "how": "号码情况",
    "here": "有此人的台账",
    "there": "另一本台账",
    "claimed": "填报数",
    "served": "在岗月数",
    "due": "应发数",
    "why": "原因",
    "length": "字数",
}


def severity_words(rule: Rule) -> str:
    """错误, or 错误/核实 where a rule has two."""
    words = [SEVERITY_WORDS[rule.severity]]
    if rule.also:
        words.append(SEVERITY_WORDS[rule.also])
    return "/".join(dict.fromkeys(words))


def shape(says: str) -> str:
    """A rule's sentence with each value named: 解聘时间〈解聘时间〉早于聘用时间〈聘用时间〉."""
    titles: dict[str, str] = {name: column.title for ledger in all_ledgers().values() for name, column in ledger.columns.items()}

    def name(found: re.Match[str]) -> str:
        if found[2] is not None:
            return found[2]
        return f"〈{titles.get(found[1]) or _WORDS.get(found[1], '…')}〉"

    return re.sub(r"\{(\w+)(?:\|([^{}]*))?\}", name, says)


def listing(rules: Sequence[Rule], format_: str) -> str:
    """The rules, one a line, or as data."""
    rows = [
        {
            "rule": one.code,
            "name": one.name,
            "severity": one.severity,
            "clauses": list(one.clauses),
            "says": shape(one.says),
            "fix": one.fix,
        }
        for one in rules
    ]
    if format_ == "json":
        return json.dumps(rows, ensure_ascii=False, indent=1)
    if format_ == "jsonl":
        return "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows)
    if format_ == "csv":
        return "规则,英文名,性质,条款,说明\n" + "".join(
            f'{one.code},{one.name},{severity_words(one)},{"、".join(one.clauses)},"{shape(one.says)}"\n' for one in rules
        )
    lines = []
    for letter, ground in GROUNDS.items():
        some = [one for one in rules if one.letter == letter]
        if some:
            lines.append(f"{letter} {ground}")
            lines += [f"  {one.code} {severity_words(one)} {one.name}  {shape(one.says)}" for one in some]
    return "\n".join(lines)


def explanation(rule: Rule, plan: Plan) -> str:
    """One rule in full."""
    parts = [
        f"{rule.code} {rule.name}（{severity_words(rule)}）",
        "",
        f"问题：{shape(rule.says)}",
        f"怎样改：{rule.fix}",
        f"在 Excel 或 WPS 中：{steps(rule)}",
    ]
    for clause in rule.clauses:
        quote = plan.quote(clause)
        parts.append(f"依据：{plan.title} {clause}{f'「{quote}」' if quote else '（本方案没有这一条款）'}")
    if rule.standard:
        parts.append(f"依据：{rule.standard}")
    if rule.wrong:
        parts.append(f"例（错）：{rule.wrong}")
    if rule.right:
        parts.append(f"例（对）：{rule.right}")
    if rule.needs:
        parts.append(f"用到的方案指标：{'、'.join(rule.needs)}")
    return "\n".join(parts)


def ledger_list(ledgers: Sequence[type[Ledger]]) -> str:
    """The ledgers, one a line."""
    return "\n".join(f"{one.title}（{one.key}）{'，补充' if one.supplementary else ''}：{len(one.columns)} 栏" for one in ledgers)


def ledger_columns(ledgers: Sequence[type[Ledger]], format_: str, extra: Mapping[str, Mapping[str, Sequence[str]]]) -> str:
    """Each ledger's columns with the headings it goes by; `extra` are the workspace's own headings."""
    if format_ == "tableschema":
        schemas = {one.key: table_schema(one) for one in ledgers}
        return json.dumps(next(iter(schemas.values())) if len(schemas) == 1 else schemas, ensure_ascii=False, indent=1)
    if format_ == "json":
        return json.dumps([_as_data(one, extra) for one in ledgers], ensure_ascii=False, indent=1)
    lines = []
    for ledger in ledgers:
        lines.append(f"{ledger.title}（{ledger.key}）")
        for name, column in ledger.columns.items():
            others = [*column.headings[1:], *extra.get(ledger.key, {}).get(name, ())]
            lines.append(
                f"  {'*' if column.required else ' '} {column.title}（{name}，{column.type.word}）{'｜也认：' + '、'.join(others) if others else ''}"
            )
    return "\n".join(lines)


def _as_data(ledger: type[Ledger], extra: Mapping[str, Mapping[str, Sequence[str]]]) -> dict[str, Any]:
    return {
        "ledger": ledger.key,
        "title": ledger.title,
        "supplementary": ledger.supplementary,
        "columns": [
            {
                "name": name,
                "heading": column.title,
                "headings": [*column.headings, *extra.get(ledger.key, {}).get(name, ())],
                "required": column.required,
                "type": column.type.word,
            }
            for name, column in ledger.columns.items()
        ],
    }


def plan_text(plan: Plan) -> str:
    """The plan's figures with the clauses they stand in, then its clauses."""
    lines = [f"{plan.title}（{plan.number}，{plan.issued.isoformat()}）", "", "指标"]
    for name, figures in plan.figures.items():
        for figure in figures:
            value = "—".join(map(str, figure.value)) if isinstance(figure.value, tuple) else READ_AS.get(figure.value, str(figure.value))
            since = "（canju.toml 另设）" if name in plan.overridden else f"，{figure.since.isoformat()} 起"
            lines.append(f"  {WORDS[name]}（{name}）：{value}{since}，{figure.clause}")
    lines += ["", "条款"]
    for clause in plan.clauses.values():
        lines.append(f"  {clause.address}  {clause.text}{f'〔不以台账核查：{clause.unchecked}〕' if clause.unchecked else ''}")
    return "\n".join(lines)


def plan_coverage(plan: Plan) -> str:
    """A line a clause: the rules that rest on it, or why no ledger can show it."""
    lines = []
    for address, clause in plan.clauses.items():
        codes = [rule.code for rule in catalogue().values() if address in clauses_of(rule, plan)]
        lines.append(f"{address}\t{'、'.join(codes) or '不核查：' + (clause.unchecked or '本方案没有相应规则')}")
    return "\n".join(lines)
