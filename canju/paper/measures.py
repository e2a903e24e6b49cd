"""A plan rule's verdicts in one sentence: progress as n of m, a county's one verdict as found, else how many of each kind."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence

from canju.model import STATUS_WORDS, Status, Verdict
from canju.paper.inputs import UNITS, Inputs, evidence, numbers
from canju.rules.base import Rule, catalogue
from canju.rules.engine import clauses_of

PART = "仅未持证部分"
"""What a progress says of itself where the ledgers tell of the uncertified only (reading 15)."""


def plan_rules() -> list[Rule]:
    """The catalogue's rules about the plan."""
    return [rule for rule in catalogue().values() if rule.letter == "P"]


def told_rules() -> list[Rule]:
    """Those the paper tells of: whether it has itself gone up is not for it to say."""
    return [rule for rule in plan_rules() if "summary_deadline" not in rule.needs]


def clause_of(inputs: Inputs, rule: Rule) -> str:
    """The clause a rule stands under in this plan."""
    return (*clauses_of(rule, inputs.plan), *rule.clauses)[0]


def asked(inputs: Inputs, rule: Rule) -> str:
    """What a rule asks, in a few words; rules about the special associations say so."""
    verdicts = inputs.of(rule.code)
    words = rule.expects or next((one.expected for one in verdicts if one.expected), rule.name)
    subjects = {one.subject for one in verdicts if one.scope == "county" and one.subject}
    return f"专门协会{words}" if subjects & set(inputs.workspace.named.associations) else words


def worst(statuses: Iterable[str]) -> Status:
    """Unmet if any is, else unknown if any is, else met, else progress, else not applicable."""
    present = set(statuses)
    order: tuple[Status, ...] = ("unmet", "unknown", "met", "progress", "not_applicable")
    return next((status for status in order if status in present), "unknown")


def sentences(inputs: Inputs, rules: Sequence[Rule]) -> str:
    """The sentences of the rules of one clause: what was measured, then what is not known, said once where the cause is the same."""
    told = ""
    gaps: dict[str, list[str]] = {}
    for rule in rules:
        shown = [one for one in inputs.of(rule.code) if one.status != "not_applicable"]
        known = [one for one in shown if one.status != "unknown"]
        if known:
            told += f"{asked(inputs, rule)}：{measured(inputs, rule, known)}。"
        if len(known) < len(shown):
            gaps.setdefault(lacking([one for one in shown if one.status == "unknown"]), []).append(asked(inputs, rule))
    return told + "".join(f"【待核实：{'；'.join(words)}（{cause}）】" for cause, words in gaps.items())


def measured(inputs: Inputs, rule: Rule, known: Sequence[Verdict]) -> str:
    """What was measured of a rule, without its subject."""
    progress = [one for one in known if one.status == "progress" and one.total is not None]
    if progress:
        return share(inputs, rule, progress)
    if known[0].scope == "county" and known[0].subject is None:
        [one] = known[:1]
        found = numbers(inputs, f"{rule.code}.actual", one.actual, f"{rule.code}：县本级的现状", one.evidence)
        late = "，有待研究" if one.severity == "query" else "，尚未落实"
        return found + (late if one.status == "unmet" else "")
    return counted(inputs, rule, known)


def counted(inputs: Inputs, rule: Rule, verdicts: Sequence[Verdict], statuses: Sequence[Status] = ("met", "unmet")) -> str:
    """已落实34个村（社区），未落实1个村（社区）."""
    unit, counts = unit_of(verdicts), Counter(one.status for one in verdicts)
    return "，".join(
        f"{STATUS_WORDS[status]}{number(inputs, rule, verdicts, status, counts[status])}{unit}" for status in statuses if counts[status]
    )


def number(inputs: Inputs, rule: Rule, verdicts: Sequence[Verdict], status: Status, count: int) -> str:
    """How many of a rule's verdicts have this status, as a figure."""
    cells = evidence(one for one in verdicts if one.status == status)
    how = f"{rule.code}（{rule.expects}）的结论为{STATUS_WORDS[status]}的{unit_of(verdicts).removeprefix('个')}数"
    return inputs.figures(f"{rule.code}.{status}", count, how, cells)


def unit_of(verdicts: Sequence[Verdict]) -> str:
    """What the verdicts of a rule are counted in. Several about one town, such as one a ledger, are no number of towns."""
    scopes = Counter(one.scope for one in verdicts if one.status in ("met", "unmet"))
    scope = scopes.most_common(1)[0][0] if scopes else verdicts[0].scope
    towns = [one.town for one in verdicts if one.scope == "town"]
    return UNITS["county" if scope == "town" and len(towns) > len(set(towns)) else scope]


def share(inputs: Inputs, rule: Rule, progress: Sequence[Verdict]) -> str:
    """226人中已有66人，占29.2%; rests on every cell of the parts. Nobody to count is said as such: there is no share of nought."""
    done, total = sum(one.done or 0 for one in progress), sum(one.total or 0 for one in progress)
    cells, unit = evidence(progress), counted_in(progress)
    rows = [cell for cell in cells if not cell.column]
    part = bounds(inputs, rule, progress)
    what = f"{rule.code}（{rule.expects}）"
    all_of = inputs.figures(f"{rule.code}.total", total, f"{what}应计入的{unit}数，各镇（街道）合计", rows)
    if not total:
        return f"应计入的{unit}数为{all_of}{part}"
    of_them = inputs.figures(f"{rule.code}.done", done, f"{what}已做到的{unit}数，各镇（街道）合计", cells)
    percent = inputs.figures(f"{rule.code}.percent", f"{100 * done / total:.1f}%", f"{what}已做到的除以应计入的", cells)
    return f"{all_of}{unit}中已有{of_them}{unit}，占{percent}{part}"


def bounds(inputs: Inputs, rule: Rule, progress: Sequence[Verdict]) -> str:
    """What a share does not speak of, in brackets: the certified (reading 15), and the towns that are not known; "" where it is whole."""
    known = {one.town for one in progress}
    lost = {one.town for one in inputs.of(rule.code) if one.status == "unknown"} - known
    parts = [PART] if any(PART in one.actual for one in progress) else []
    if lost:
        how = f"{rule.code}（{rule.expects}）能够统计的镇（街道）数"
        parts.append(f"仅{inputs.figures(f'{rule.code}.towns', len(known), how, evidence(progress))}个镇（街道）的数据")
    return f"（{'，'.join(parts)}）" if parts else ""


def counted_in(progress: Sequence[Verdict]) -> str:
    """人, 个 or 项, as the verdicts say it."""
    found = (re.search(r"\d+/\d+(\D{0,3}?)(?:，|。|（|$)", one.actual) for one in progress)
    return next((one[1] for one in found if one and one[1]), "个")


def lacking(unknown: Sequence[Verdict]) -> str:
    """Whose it is and what is missing: 谷脚镇、洗马镇：未收到组织建设台账. File names and settings stay out of the paper."""
    wanted = list(dict.fromkeys(brief(text) for one in unknown for text in one.missing))
    towns = list(dict.fromkeys(one.town for one in unknown if one.town)) or ["县本级"]
    return f"{'、'.join(towns)}：{'；'.join(wanted[:4]) or '有关栏目'}{'等' if len(wanted) > 4 else ''}"


def brief(missing: str) -> str:
    """What is missing, without the file it may lie in or the setting that tells it: names of files stay out of the paper."""
    start, depth = len(missing) - 1, 0
    while start >= 0 and missing.endswith("）"):
        depth += {"）": 1, "（": -1}.get(missing[start], 0)
        if depth == 0:
            break
        start -= 1
    tail = missing[max(start, 0) :]
    return missing[:start] if start > 0 and ("打不开" in tail or "." in tail) else missing
