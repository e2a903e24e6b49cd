"""report.html: one file, no network, works without scripts; totals, town × ledger grid, coverage, findings, a chart in SVG."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from html import escape
from typing import Any

from canju.findings import Findings, Kind, summed
from canju.ledgers import ledgers
from canju.masking import Profile, mask_path
from canju.model import OUTPUT_MARK, SEVERITY_WORDS, Finding, Tally
from canju.outputs.findings import hidden, message, printable, record_words, value
from canju.rules.base import catalogue

MOST = 5_000
"""Findings listed in the page; beyond, the page says how many more there are and where the full list is."""
EACH = 20
"""Findings of one rule in one file that are listed where all are more than MOST, so that no file hides the others."""
COUNTY = "县残联"
COVERAGE_WORDS = {"passed": "通过", "found": "有问题", "not_checked": "未检", "not_applicable": "不涉及"}


def html(
    title: str,
    subtitle: str,
    findings: Findings,
    files: int,
    rows: int,
    towns: Sequence[str],
    tallies: Iterable[Tally],
    profile: Profile = "internal",
) -> str:
    """The page. Every text from a file is escaped."""
    open_ones = {kind: count for kind, count in findings.kinds.items() if not kind.explained}
    shown = _shown(findings)
    parts = [
        f"<!DOCTYPE html><html lang='zh-CN'><head><meta charset='utf-8'><meta name='generator' content='{OUTPUT_MARK}'><meta name='viewport' content='width=device-width, initial-scale=1'><title>{_e(title)}</title><style>{_CSS}</style></head><body>",
        f"<header><h1>{_e(title)}</h1><p>{_e(subtitle)}</p></header><main>",
        _totals(findings, files, rows),
        _chart(open_ones, towns),
        _grid(open_ones, towns),
        _filters(shown, towns),
        _list(shown, len(findings), profile),
        _coverage(tallies, towns),
        f"</main><script>{_JS}</script></body></html>",
    ]
    return "\n".join(parts)


def _shown(findings: Findings) -> list[Finding]:
    """The findings that are listed: all, or the first of each rule in each file."""
    if len(findings) <= MOST:
        return list(findings)
    seen: Counter[tuple[str, str]] = Counter()
    kept: list[Finding] = []
    for one in findings:
        seen[one.rule, one.address.file] += 1
        if seen[one.rule, one.address.file] <= EACH:
            kept.append(one)
        if len(kept) == MOST:
            break
    return kept


def _e(text: Any) -> str:
    return escape(printable(str(text)), quote=True)


def _totals(findings: Findings, files: int, rows: int) -> str:
    cards = [
        ("文件", files),
        ("记录", rows),
        ("错误（必改）", findings.count("error")),
        ("核实", findings.count("query")),
        ("提示", findings.count("note")),
        ("已说明", findings.explained),
    ]
    return (
        "<section aria-label='总数'><ul class='cards'>"
        + "".join(f"<li><span>{word}</span><b>{number}</b></li>" for word, number in cards)
        + "</ul></section>"
    )


def _chart(kinds: Mapping[Kind, int], towns: Sequence[str]) -> str:
    """Bars of errors and queries a town, drawn with numbers beside them."""
    names = [*towns, *dict.fromkeys(one.town or COUNTY for one in kinds if (one.town or COUNTY) not in towns)]
    by_town = summed(kinds, lambda one: (one.town or COUNTY, one.severity))
    most = max((by_town[name, "error"] + by_town[name, "query"] for name in names), default=0) or 1
    bars = []
    for number, name in enumerate(names):
        y, errors, queries = 26 * number + 6, by_town[name, "error"], by_town[name, "query"]
        wide, more = 420 * errors / most, 420 * queries / most
        bars.append(
            f"<text x='128' y='{y + 14}' text-anchor='end'>{_e(name)}</text><rect x='136' y='{y}' width='{wide:.1f}' height='18' fill='#9c1c28'/>"
            f"<rect x='{136 + wide:.1f}' y='{y}' width='{more:.1f}' height='18' fill='#8a6d00'/><text x='{142 + wide + more:.1f}' y='{y + 14}'>错误{errors} 核实{queries}</text>"
        )
    height = 26 * len(names) + 12
    return f"<section><h2>各镇（街道）问题数</h2><svg viewBox='0 0 720 {height}' width='100%' role='img' aria-label='各镇（街道）错误和核实数量条形图' font-size='14'>{''.join(bars)}</svg></section>"


def _grid(kinds: Mapping[Kind, int], towns: Sequence[str]) -> str:
    columns = [ledger for ledger in ledgers().values() if any(one.ledger == ledger.key for one in kinds)]
    counts = summed(kinds, lambda one: (one.town or COUNTY, one.ledger, one.severity))
    names = [*towns, *dict.fromkeys(one.town or COUNTY for one in kinds if (one.town or COUNTY) not in towns)]
    head = "".join(f"<th scope='col'>{_e(ledger.title)}</th>" for ledger in columns) + "<th scope='col'>文件和表头</th>"

    def cell(name: str, key: str | None) -> str:
        errors, queries = counts[name, key, "error"], counts[name, key, "query"]
        return f"<td class='{'bad' if errors else 'ask' if queries else ''}'>{f'错误{errors}' if errors else ''} {f'核实{queries}' if queries else ''}{'' if errors or queries else '—'}</td>"

    rows = "".join(
        f"<tr><th scope='row'>{_e(name)}</th>{''.join(cell(name, ledger.key) for ledger in columns)}{cell(name, None)}</tr>"
        for name in names
    )
    return f"<section class='wide' tabindex='0' aria-label='各镇各台账问题数'><table><caption>各镇（街道）各台账的问题数</caption><thead><tr><th scope='col'>镇（街道）</th>{head}</tr></thead><tbody>{rows}</tbody></table></section>"


def _filters(findings: Sequence[Finding], towns: Sequence[str]) -> str:
    """Selects that work from the keyboard; hidden where scripts don't run, and then all findings show."""
    names = list(dict.fromkeys([*towns, *(one.town or COUNTY for one in findings)]))
    keys = [(key, ledger.title) for key, ledger in ledgers().items() if any(one.ledger == key for one in findings)]
    codes = sorted({one.rule for one in findings})

    def select(name: str, word: str, options: Iterable[tuple[str, str]]) -> str:
        inner = "".join(f"<option value='{_e(key)}'>{_e(text)}</option>" for key, text in options)
        return f"<label>{word}<select data-filter='{name}'><option value=''>全部</option>{inner}</select></label>"

    return (
        "<form class='filters' aria-label='筛选' hidden>"
        + select("town", "镇（街道）", ((name, name) for name in names))
        + select("ledger", "台账", keys)
        + select("rule", "规则", ((code, f"{code}") for code in codes))
        + select("severity", "性质", SEVERITY_WORDS.items())
        + "<output aria-live='polite'></output></form>"
    )


def _list(findings: Sequence[Finding], total: int, profile: Profile) -> str:
    rows = []
    for one in findings:
        text = _e(message(one, profile))
        more = f"<br><small>建议：{_e(hidden('；'.join(one.suggestions), one, profile))}</small>" if one.suggestions else ""
        said = f"<br><small>已说明：{_e(hidden(one.explained, one, profile))}</small>" if one.explained else ""
        rows.append(
            f"<tr data-town='{_e(one.town or COUNTY)}' data-ledger='{_e(one.ledger or '')}' data-rule='{one.rule}' data-severity='{one.severity}'>"
            f"<td class='{one.severity}'>{SEVERITY_WORDS[one.severity]}</td><td>{one.rule}</td><td>{_e(one.town or COUNTY)}</td><td>{_e(one.address if profile == 'full' else mask_path(str(one.address)))}</td>"
            f"<td>{_e(record_words(one, profile) or '')}</td><td>{text}{more}{said}</td><td>{_e((value(one, profile) or '')[:200])}</td><td>{_e(one.fix)}</td></tr>"
        )
    cut = (
        f"<p>问题共 {total} 处，本页列出 {len(findings)} 处（同一文件的同一类问题只列前 {EACH} 处）；全部见 问题明细.csv。</p>"
        if total > len(findings)
        else ""
    )
    heads = "".join(f"<th scope='col'>{word}</th>" for word in ("性质", "规则", "镇（街道）", "位置", "对象", "问题", "现值", "怎样改"))
    return f"{cut}<section class='wide' tabindex='0' aria-label='问题清单'><table id='findings'><caption>问题清单</caption><thead><tr>{heads}</tr></thead><tbody>{''.join(rows)}</tbody></table></section>"


def _coverage(tallies: Iterable[Tally], towns: Sequence[str]) -> str:
    """Rule × town: what was judged, and what could not be, with the reason."""
    by_rule: dict[str, dict[str, Tally]] = {}
    for one in tallies:
        by_rule.setdefault(one.rule, {})[one.town or COUNTY] = one
    names = [*towns, COUNTY]
    rows = []
    for code, rule in catalogue().items():
        if code in by_rule:
            cells = "".join(f"<td>{_covered(by_rule[code].get(name))}</td>" for name in names)
            rows.append(f"<tr><th scope='row'>{code} {_e(rule.says.split('{')[0][:18])}</th>{cells}</tr>")
    heads = "".join(f"<th scope='col'>{_e(name)}</th>" for name in names)
    return f"<details><summary>核查范围：每条规则在各镇（街道）查了没有</summary><div class='wide' tabindex='0' role='region' aria-label='核查范围'><table><caption>核查范围</caption><thead><tr><th scope='col'>规则</th>{heads}</tr></thead><tbody>{''.join(rows)}</tbody></table></div></details>"


def _covered(tally: Tally | None) -> str:
    if tally is None:
        return "不涉及"
    word = COVERAGE_WORDS[tally.status]
    if tally.status == "found":
        return f"有问题{tally.found}"
    return (
        f"{word}<br><small>{_e(tally.why)}</small>"
        if tally.status == "not_checked" and tally.why
        else f"{word}，未检{tally.unchecked}"
        if tally.unchecked
        else word
    )


_CSS = """
body{font-family:"Microsoft YaHei","PingFang SC","Noto Sans CJK SC",sans-serif;margin:0;color:#1a1a1a;background:#fff;line-height:1.5}
header{background:#153e5c;color:#fff;padding:1rem 1.5rem}h1{margin:0;font-size:1.4rem}header p{margin:.2rem 0 0}
main{padding:1rem 1.5rem}h2{font-size:1.1rem}.cards{display:flex;flex-wrap:wrap;gap:.8rem;list-style:none;padding:0}
.cards li{border:1px solid #767676;border-radius:6px;padding:.5rem 1rem;min-width:6rem}.cards span{display:block;font-size:.9rem}.cards b{font-size:1.5rem}
table{border-collapse:collapse;width:100%;font-size:.9rem}caption{text-align:left;font-weight:bold;padding:.5rem 0}
th,td{border:1px solid #8c8c8c;padding:.3rem .5rem;text-align:left;vertical-align:top;overflow-wrap:anywhere}thead th{background:#e6e6e6}
.wide{overflow-x:auto;margin:1rem 0}#findings td:nth-child(-n+2){white-space:nowrap}td.error,td.bad{background:#fde3e4;color:#7a0c16}td.query,td.ask{background:#fff3cd;color:#5c4600}td.note{background:#e3eef9;color:#123c66}
.filters{display:flex;flex-wrap:wrap;gap:1rem;margin:1rem 0}.filters[hidden]{display:none}select{margin-left:.4rem;font:inherit;padding:.2rem}details{margin:1rem 0}summary{cursor:pointer}
:focus-visible{outline:3px solid #0b5cad;outline-offset:2px}
@media print{.filters{display:none}header{background:#fff;color:#000}table{font-size:9pt}thead{display:table-header-group}tr{break-inside:avoid}.wide{overflow:visible}}
"""
_JS = """
(function(){var form=document.querySelector('.filters');if(!form)return;form.hidden=false;
var rows=[].slice.call(document.querySelectorAll('#findings tbody tr')),out=form.querySelector('output'),picks=[].slice.call(form.querySelectorAll('select'));
function apply(){var n=0;rows.forEach(function(r){var ok=picks.every(function(p){return !p.value||r.dataset[p.dataset.filter]===p.value});r.hidden=!ok;if(ok)n++});out.textContent='显示 '+n+' 处'}
picks.forEach(function(p){p.addEventListener('change',apply)});form.addEventListener('submit',function(e){e.preventDefault()});apply()})();
"""
