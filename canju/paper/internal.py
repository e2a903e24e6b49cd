"""Papers for the county alone: 内部情况.docx, the notices to the towns, and 应设未设小组清单, in the same layout."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from canju.ledgers.uncertified import Uncertified
from canju.model import SEVERITY_WORDS, Finding, Verdict
from canju.outputs.check.data import subject_words
from canju.outputs.check.readings import readings
from canju.outputs.check.text import READING_WORDS
from canju.paper import layout
from canju.paper.inputs import Inputs
from canju.paper.paper import anonymous, table
from canju.paper.sections import unmet_rules

if TYPE_CHECKING:
    from docx.document import Document

SMALL = 3
"""Below this many people a cell of village × category is shown as <3."""


def write(path: Path, inputs: Inputs) -> None:
    """各镇（街道）报送情况, 问题清单, 提请研究事项清单 and the uncertified by village and category."""
    paper = layout.document()
    paper.add_paragraph("内部情况", "公文标题")
    _reported(paper, inputs)
    paper.add_paragraph("二、问题清单", "Heading 1")
    rows = [
        (
            rule.clauses[0],
            rule.expects or some[0].expected,
            f"{len(some)}",
            "、".join(dict.fromkeys(one.town or "县本级" for one in some)),
            rule.fix,
        )
        for rule, some in unmet_rules(inputs)
    ]
    table(paper, ("条款", "要求", "未落实", "涉及", "下一步"), rows, (22, 46, 14, 34, 40))
    paper.add_paragraph("三、提请研究事项清单", "Heading 1")
    found = readings(inputs.book, inputs.plan)
    for one in found:
        changed = "；".join(f"{a.town or ''}{subject_words(a)}" for a, _ in one.changed)
        paper.add_paragraph(
            f"{one.clause}（{one.name}）：现按“{READING_WORDS.get(one.reading, one.reading)}”理解，{one.said[0]}；如按“{READING_WORDS.get(one.other, one.other)}”，"
            f"{one.said[1]}{f'，结论会变的有：{changed}' if changed else ''}。",
            "公文正文",
        )
    if not found:
        paper.add_paragraph("无。", "公文正文")
    _categories(paper, inputs)
    anonymous(paper, "内部情况")
    paper.save(str(path))


def _reported(paper: Document, inputs: Inputs) -> None:
    paper.add_paragraph("一、各镇（街道）报送情况", "Heading 1")
    table(paper, ("镇（街道）", "台账", "情况", "行数", "说明"), inputs.reported, (28, 42, 18, 14, 54))


def _categories(paper: Document, inputs: Inputs) -> None:
    """Village × category; a group of fewer than three is shown as <3."""
    records = [record for record in inputs.book.records(Uncertified) if record.category]
    if not records:
        return
    counts = Counter((record.sender, record.value("village") or "", record.category) for record in records)
    names = list(dict.fromkeys(record.category for record in records))
    paper.add_paragraph("四、未持证残疾人分村（社区）分类别人数", "Heading 1")
    places = sorted({key[:2] for key in counts}, key=lambda key: (str(key[0]), key[1]))
    rows = [(town or "", village, *(small(counts[town, village, name]) for name in names)) for town, village in places]
    table(paper, ("镇（街道）", "村（社区）", *names), rows, (26, 26, *[104 // len(names)] * len(names)))


def small(count: int) -> str:
    """A head-count that tells of nobody: 1 and 2 are <3."""
    return f"<{SMALL}" if 0 < count < SMALL else str(count)


def notice(
    path: Path,
    town: str,
    federation: str,
    findings: Sequence[Finding],
    missing: Sequence[str],
    deadline: str,
    day: str,
    sealed: bool = True,
) -> None:
    """退回修改通知 or, where nothing came, 催报通知: to the town's federation, no person named in it."""
    paper = layout.document()
    kind = "退回修改" if findings else "催报"
    paper.add_paragraph(f"关于残疾人台账{kind}的通知", "公文标题")
    paper.add_paragraph("", "公文正文")
    paper.add_paragraph(f"{town}残疾人联合会：", "公文顶格")
    counts = Counter(one.severity for one in findings)
    if findings:
        told = "，".join(f"{SEVERITY_WORDS[key]}{counts[key]}处" for key in ("error", "query") if counts[key])
        paper.add_paragraph(f"你单位报送的台账经校验，有{told}，已在退回的表格中标出。请对照“问题清单”更正或说明后重新报送。", "公文正文")
        by_rule = Counter((one.rule, one.heading or "") for one in findings if one.severity != "note")
        from canju.outputs.findings import message

        for (code, head), count in by_rule.most_common(8):
            sample = next(one for one in findings if (one.rule, one.heading or "") == (code, head))
            said = message(sample, "public") if not sample.person else f"「{head}」{sample.fix}" if head else sample.fix
            paper.add_paragraph(f"{code}：{count}处。{said}", "公文正文")
    if missing:
        paper.add_paragraph(f"尚未收到：{'、'.join(missing)}。确无内容的，请报零报告。", "公文正文")
    paper.add_paragraph(f"请于{deadline}前报县残联。" if deadline else "请尽快报县残联。", "公文正文")
    paper.add_paragraph("", "公文正文")
    signer, dated = (
        paper.add_paragraph(federation, "公文顶格"),
        paper.add_paragraph(layout.chinese_day(day) if day else "【成文日期】", "公文顶格"),
    )
    layout.signature(signer, dated, sealed)
    anonymous(paper, f"关于残疾人台账{kind}的通知")
    paper.save(str(path))


def group_list(path: Path, verdicts: Sequence[Verdict]) -> None:
    """应设未设小组清单."""
    paper = layout.document()
    paper.add_paragraph("应设未设小组清单", "公文标题")
    rows = [
        (one.town or "", one.village or "", one.subject or "", one.actual, "应设未设" if one.rule == "P403" else "恰在界限上，请研究")
        for one in verdicts
    ]
    table(paper, ("镇（街道）", "村（社区）", "地点", "残疾人数", "情况"), rows or [("无", "", "", "", "")], (30, 34, 44, 22, 26))
    anonymous(paper, "应设未设小组清单")
    paper.save(str(path))
