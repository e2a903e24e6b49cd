"""The paper itself: its parts put into the template, the chart drawn, nobody's name in the file."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from canju.model import OUTPUT_MARK, STATUS_WORDS
from canju.paper import chart, fields, filling, layout, template
from canju.paper.annexes import COUNTED, town_counts
from canju.paper.inputs import Block, Inputs
from canju.paper.sections import sections, title

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from docx.document import Document

CHART_TITLE = "各镇（街道）任务落实情况（项）"


def build(inputs: Inputs, source: Path | None = None) -> tuple[Document, list[Block]]:
    """The finished paper, and its blocks with their marks."""
    paper = template.open_template(source or layout.template())
    parts = sections(inputs)
    names = styles_of(paper)
    filling.fill(paper, {slot: "".join(fields.passage(block, names) for block in blocks) for slot, blocks in parts.items()})
    _draw(paper, inputs)
    anonymous(paper, title(inputs.plan, inputs.workspace.county).replace("\n", ""))
    return paper, [block for blocks in parts.values() for block in blocks]


def styles_of(paper: Document) -> Mapping[str, str]:
    """The ids of a document's paragraph styles by their names."""
    from docx.oxml.ns import qn

    found = {}
    for style in paper.styles.element.iter(qn("w:style")):
        name = style.find(qn("w:name"))
        if name is not None:
            found[name.get(qn("w:val"))] = style.get(qn("w:styleId"))
    return found


def plotted(inputs: Inputs) -> tuple[list[str], list[tuple[str, list[int]]]]:
    """What the chart draws: the towns, and how many matters are met, unmet and unknown in each."""
    counts = town_counts(inputs)
    return [town for town, _ in counts], [(STATUS_WORDS[status], [held[status] for _, held in counts]) for status in COUNTED]


def _draw(paper: Document, inputs: Inputs) -> None:
    """The chart where its place was kept."""
    from docx.oxml.ns import qn

    names, series = plotted(inputs)
    for node in [one for one in paper.element.body.iter(qn("w:t")) if one.text == fields.CHART]:
        run = node.getparent()
        run.remove(node)
        if names:
            run.append(chart.drawing(paper, CHART_TITLE, names, series))


def table(paper: Document, heads: Sequence[str], rows: Sequence[Sequence[str]], widths: Sequence[int]) -> None:
    """A table at the end of a paper; its heading row repeats on every page; widths in mm."""
    from docx.oxml import parse_xml
    from docx.oxml.ns import nsdecls

    block = Block("表", rows=(tuple(heads), *(tuple(row) for row in rows)), widths=tuple(widths))
    xml = fields.table(block, styles_of(paper)).replace("<w:tbl>", f"<w:tbl {nsdecls('w')}>", 1)
    paper.element.body.insert(len(paper.element.body) - 1, parse_xml(xml))


def anonymous(paper: Any, name: str) -> None:
    """Nobody's name and no path in the file's properties; one date for every paper, so that the same inputs give the same file."""
    from canju.outputs.steady import MOMENT

    properties = paper.core_properties
    properties.title, properties.category = name, OUTPUT_MARK
    properties.author = properties.last_modified_by = properties.comments = properties.keywords = ""
    properties.created = properties.modified = MOMENT
    properties.revision = 1
    rels = paper.part.package.rels
    for mark in [mark for mark, rel in rels.items() if rel.reltype.endswith("/thumbnail")]:
        del rels[mark]  # the library's own blank paper brings a picture of itself along
