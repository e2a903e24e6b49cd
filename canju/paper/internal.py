"""内部情况.docx, for the county alone: who has sent what, what is not as the plan asks, what a change of reading would change, what the towns propose."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING

from canju.ledgers.uncertified import Uncertified
from canju.masking import mask_text
from canju.model import Verdict
from canju.outputs.check.data import subject_words
from canju.outputs.check.readings import TITLE, readings
from canju.outputs.check.text import READING_WORDS
from canju.paper import layout, measures
from canju.paper.figures import bare
from canju.paper.inputs import Inputs
from canju.paper.paper import anonymous, table
from canju.paper.sections import unmet_rules
from canju.paper.words import towns_words

if TYPE_CHECKING:
    from docx.document import Document

SMALL = 3
"""Below this many people a cell of village × category is shown as <3."""


def write(path: Path, inputs: Inputs) -> None:
    """各镇（街道）报送情况, 问题清单, 提请研究事项清单, 意见建议 and the uncertified by village and category."""
    paper = layout.document()
    layout.add(paper, "内部情况", "公文标题")
    _reported(paper, inputs)
    layout.add(paper, "二、问题清单", "Heading 1")
    rows = [
        (one.town or "县本级", _about(one), mask_text(_said(one)), one.clause, one.fix)
        for rule, some in unmet_rules(inputs, measures.plan_rules())
        for one in some
    ]
    table(paper, ("镇（街道）", "对象", "问题", "条款", "建议"), rows or [("无", "", "", "", "")], (22, 24, 46, 32, 32))
    layout.add(paper, f"三、{TITLE}", "Heading 1")
    found = readings(inputs.book, inputs.plan)
    for one in found:
        changed = "；".join(f"{a.town or ''}{subject_words(a)}" for a, _ in one.changed)
        layout.add(
            paper,
            f"{one.clause}（{one.name}）：现按“{READING_WORDS.get(one.reading, one.reading)}”理解，{one.said[0]}；如按“{READING_WORDS.get(one.other, one.other)}”，"
            f"{one.said[1]}{f'，结论会变的有：{changed}' if changed else ''}。",
            "公文正文",
        )
    if not found:
        layout.add(paper, "无。", "公文正文")
    _proposed(paper, inputs)
    _categories(paper, inputs)
    anonymous(paper, "内部情况")
    paper.save(str(path))


def _about(one: Verdict) -> str:
    """What a verdict is about; a person by village and masked name."""
    return f"{one.village or ''}{subject_words(one)}" if one.person else subject_words(one)


def _said(one: Verdict) -> str:
    return one.message.replace(one.subject, subject_words(one)) if one.person and one.subject else one.message


def _reported(paper: Document, inputs: Inputs) -> None:
    layout.add(paper, "一、各镇（街道）报送情况", "Heading 1")
    table(paper, ("镇（街道）", "台账", "情况", "行数", "说明"), inputs.reported, (28, 42, 18, 14, 54))


def _proposed(paper: Document, inputs: Inputs) -> None:
    """What the towns propose, in their own words: for the county to weigh, not to send up."""
    layout.add(paper, "四、各镇（街道）的意见建议", "Heading 1")
    for text in [bare(block.text) for block in towns_words(inputs, "意见建议")] or ["无。"]:
        layout.add(paper, text, "公文正文")


def _categories(paper: Document, inputs: Inputs) -> None:
    """Village × category; a group of fewer than three is shown as <3."""
    records = [record for record in inputs.book.records(Uncertified) if record.category]
    if not records:
        return
    counts = Counter((record.sender, record.value("village") or "", record.category) for record in records)
    names = list(dict.fromkeys(record.category for record in records))
    layout.add(paper, "五、未持证残疾人分村（社区）分类别人数", "Heading 1")
    layout.add(paper, f"不足{SMALL}人的写作“{small(1)}”，以免从人数认出本人。", "公文正文")
    towns = {town.name: place for place, town in enumerate(inputs.book.towns)}
    villages = {(village.town, village.name): place for place, village in enumerate(inputs.workspace.village_list)}
    places = sorted(
        {key[:2] for key in counts},
        key=lambda key: (towns.get(str(key[0]), len(towns)), villages.get((str(key[0]), key[1]), len(villages)), key[1]),
    )
    rows = [(town or "", village, *(small(counts[town, village, name]) for name in names)) for town, village in places]
    table(paper, ("镇（街道）", "村（社区）", *names), rows, (26, 26, *[104 // len(names)] * len(names)))


def small(count: int) -> str:
    """A head-count that tells of nobody: 1 and 2 are <3."""
    return f"<{SMALL}" if 0 < count < SMALL else str(count)
