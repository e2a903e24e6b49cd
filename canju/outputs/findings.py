"""Findings as text, JSON, JSON lines and CSV: the same finding under the same profile everywhere."""

from __future__ import annotations

import csv
import io
import json
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, NamedTuple

from canju.findings import Findings, summed
from canju.masking import Profile, mask_name, mask_path, mask_text, sentence, show
from canju.model import SEVERITIES, SEVERITY_WORDS, Address, Finding, Severity
from canju.patterns import pattern

FIRST = 5
"""How many places of a rule a terminal shows before it says how many more there are."""


def record_words(finding: Finding, profile: Profile) -> str | None:
    """Who or what the record is: 张*三（观音村）."""
    if not finding.person and not finding.place:
        return None
    if profile == "full":
        name, place = finding.person, finding.place
    else:
        name, place = finding.person and mask_text(mask_name(finding.person)), finding.place and mask_text(finding.place)
    return f"{name}（{place}）" if name and place else name or place


def message(finding: Finding, profile: Profile) -> str:
    """The finding's sentence; whatever looks like a number of a person is masked in it, and the person's name."""
    return hidden(sentence(finding.template, finding.values, profile), finding, profile)


def hidden(text: str, finding: Finding, profile: Profile) -> str:
    """A text that stands with a finding as this profile may see it: free text may name the person or hold a number."""
    if profile == "full":
        return text
    if profile != "town" and finding.person and len(finding.person) > 1:
        text = text.replace(finding.person, mask_name(finding.person))
    return mask_text(text)


def value(finding: Finding, profile: Profile) -> str | None:
    """The cell as sent, masked by its kind; whatever looks like a number of a person is masked in any kind."""
    if finding.value is None:
        return None
    shown = show(finding.value, profile)
    return hidden(shown, finding, profile) if finding.value.kind == "text" else shown


def near(address: Address, other: Address) -> str:
    """Another cell as said beside a finding: without the file where it is the same."""
    place = other.cell or (f"{other.row}" if other.row else "")
    parts = [other.sheet or "", place] if other.file == address.file else [other.file, other.sheet or "", place]
    return "!".join(part for part in parts if part)


def as_dict(finding: Finding, profile: Profile = "internal") -> dict[str, Any]:
    """A finding as `validate --format json` gives it."""
    address, name = finding.address, (lambda text: text) if profile == "full" else mask_path
    return {
        "rule": finding.rule,
        "name": finding.name,
        "severity": finding.severity,
        "clauses": list(finding.clauses),
        "file": name(address.file),
        "sheet": address.sheet and name(address.sheet),
        "row": address.row,
        "column": address.column,
        "cell": address.cell,
        "heading": finding.heading and hidden(finding.heading, finding, profile),
        "ledger": finding.ledger,
        "town": finding.town,
        "field": finding.field,
        "record": record_words(finding, profile),
        "value": value(finding, profile),
        "message": message(finding, profile),
        "fix": finding.fix,
        "suggestions": [hidden(one, finding, profile) for one in finding.suggestions],
        "related": [name(near(address, one)) for one in finding.related],
        "fingerprint": finding.fingerprint,
        **({"explained": hidden(finding.explained, finding, profile)} if finding.explained else {}),
    }


def as_json(data: Any) -> str:
    """JSON for people and programs: Chinese as it is, a record a line; characters that no encoding holds are escaped."""
    return "".join(json_parts(data)) if isinstance(data, dict) else escaped(json.dumps(data, ensure_ascii=False, indent=1))


def json_parts(data: Mapping[str, Any]) -> Iterator[str]:
    """The same, piece by piece; an iterator of objects in `data` is written as their list."""
    before = "{\n"
    for key, value in data.items():
        yield f"{before} {json.dumps(key, ensure_ascii=False)}: "
        yield from map(escaped, _parts(value))
        before = ",\n"
    yield "\n}"


def _parts(value: Any) -> Iterator[str]:
    """A value of the outermost object; a list of objects with one of them a line, which the library writes ten times as fast."""
    if not isinstance(value, Iterator) and not (isinstance(value, list) and value and isinstance(value[0], dict)):
        yield json.dumps(value, ensure_ascii=False, indent=1).replace("\n", "\n ")
        return
    before = "[\n  "
    for one in value:
        yield before + json.dumps(one, ensure_ascii=False)
        before = ",\n  "
    yield "\n ]" if before[0] == "," else "[]"


def as_lines(findings: Iterable[Finding], profile: Profile = "internal") -> Iterator[str]:
    """One JSON object a line."""
    return (escaped(json.dumps(as_dict(one, profile), ensure_ascii=False)) + "\n" for one in findings)


CSV_HEADS = {
    "rule": "规则",
    "severity": "性质",
    "file": "文件",
    "sheet": "工作表",
    "cell": "单元格",
    "row": "行",
    "heading": "栏目",
    "town": "镇（街道）",
    "record": "对象",
    "value": "现值",
    "message": "问题",
    "fix": "修改建议",
    "fingerprint": "指纹",
    "explained": "核实说明",
}


def as_csv(findings: Iterable[Finding], profile: Profile = "internal") -> Iterator[str]:
    """A table for a spreadsheet, line by line; a cell that would run as a formula gets an apostrophe."""
    stream = io.StringIO()
    writer = csv.writer(stream, lineterminator="\n")
    writer.writerow(CSV_HEADS.values())
    for finding in findings:
        row = as_dict(finding, profile)
        row["severity"] = SEVERITY_WORDS[finding.severity]
        writer.writerow([inert(row.get(key)) for key in CSV_HEADS])
        yield _taken(stream)
    yield _taken(stream)


def _taken(stream: io.StringIO) -> str:
    """What was written so far, taken out of the stream."""
    text = stream.getvalue().encode("utf-8", "backslashreplace").decode("utf-8")
    stream.seek(0)
    stream.truncate()
    return text


def inert(value: Any) -> Any:
    """A text that a spreadsheet would take for a formula, made plain text."""
    text = "" if value is None else value
    return "'" + text if isinstance(text, str) and text[:1] in ("=", "+", "-", "@", "\t", "\r") else text


def printable(text: str) -> str:
    """A text safe for any console: control, direction and escape characters become spaces or vanish."""
    if text.isprintable():
        return text
    return "".join(" " if char in "\r\n\t" else char for char in text if char in "\r\n\t" or unicodedata.category(char)[0] != "C")


def printable_lines(text: str) -> str:
    """The same line by line: where a cell or a comment may have several."""
    return "\n".join(map(printable, text.splitlines()))


STEERING = pattern(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\xad\u0600-\u0605\u061c\u06dd\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f"
    "\ud800-\udfff\ufeff\ufff9-\ufffb\U000e0000-\U000e007f]"
)
"""What steers a terminal or the direction of its text: controls but for line ends and tabs, formats, lone surrogates."""


def harmless(text: str) -> str:
    """Lines as any terminal may show them."""
    return STEERING.sub("", text)


def escaped(text: str) -> str:
    """JSON with such characters written as escapes, so that nothing of a value is lost."""
    return STEERING.sub(lambda found: json.dumps(found[0])[1:-1], text)


def line(finding: Finding, profile: Profile = "internal") -> str:
    """`file!sheet!C17: 错误 C202 张*三（观音村） …` – never cut to a width."""
    who = record_words(finding, profile)
    more = f" 建议：{'；'.join(finding.suggestions)}" if finding.suggestions else ""
    said = f" 已说明：{finding.explained}" if finding.explained else ""
    place = str(finding.address) if profile == "full" else mask_path(str(finding.address))
    rest = hidden(f"{more}{said}", finding, profile)
    return printable(
        f"{place}: {SEVERITY_WORDS[finding.severity]} {finding.rule} {who + ' ' if who else ''}{message(finding, profile)}{rest}"
    )


def as_text(findings: Iterable[Finding], profile: Profile = "internal") -> Iterator[str]:
    """One line a finding."""
    return (line(one, profile) + "\n" for one in findings)


class Group(NamedTuple):
    """The findings of one rule: their severity, a heading, the first of them as lines, and how many more there are."""

    rule: str
    severity: Severity
    heading: str
    lines: list[str]
    more: int


def grouped(findings: Findings, most: int, profile: Profile = "internal") -> list[Group]:
    """For a screen: the findings by rule, worst and most frequent first, up to `most` of each told."""
    shown: dict[str, list[Finding]] = defaultdict(list)
    for finding in findings:
        if len(shown[finding.rule]) < most:
            shown[finding.rule].append(finding)
    counts = summed(findings.kinds, lambda kind: kind.rule)
    groups = []
    for code, some in sorted(shown.items(), key=lambda item: (SEVERITIES.index(item[1][0].severity), -counts[item[0]], item[0])):
        heading = f"{SEVERITY_WORDS[some[0].severity]} {code}：{counts[code]} 处"
        groups.append(Group(code, some[0].severity, heading, [line(one, profile) for one in some], counts[code] - len(some)))
    return groups


def totals(findings: Findings, files: int, rows: int) -> str:
    """One sentence on the whole: how much was read and what was found."""
    found = "，".join(f"{word} {findings.count(key)}" for key, word in zip(SEVERITIES, ("错误", "需核实", "提示"), strict=True))
    return f"读了 {files} 个文件、{rows} 条记录：{found}{f'，已说明 {findings.explained}' if findings.explained else ''}。"


def very_many(findings: Findings, where: str) -> list[str]:
    """A sentence where there are more findings than memory holds: where they all are."""
    return [f"问题超过 {findings.held} 处，全部 {len(findings)} 处见{where}。"] if len(findings) > findings.held else []
