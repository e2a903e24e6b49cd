"""The paper itself: the template filled, figures made fields, signature placed, the annex with its table and chart."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from canju.model import STATUS_WORDS
from canju.outputs.check.data import worst
from canju.paper import chart, fields, layout, template
from canju.paper.text import UNITS, Block, Inputs, blocks
from canju.rules.base import catalogue

if TYPE_CHECKING:
    from docx.document import Document

ANNEX = "指标完成情况表"
LINE = 18
"""Characters of the title on one line: a longer one is broken where a word ends."""
HEADS = ("条款", "要求", "完成情况", "结论")
WIDTHS = (22, 58, 56, 20)


def title_of(inputs: Inputs) -> str:
    """《…残疾人联合会组织专项改革试点工作总结》, from the plan's own title."""
    base = inputs.plan.title.removesuffix("实施方案").removesuffix("方案")
    title = f"{base}总结"
    head, joint, tail = title.partition("联合会")
    return f"{head}{joint}\n{tail}" if len(title) > LINE and joint and tail else title


def build(inputs: Inputs, source: Path | None = None, sealed: bool = True) -> tuple[Document, list[Block]]:
    """The finished paper, and its paragraphs with their marks."""
    tpl = template.open_template(source or template.default())
    paragraphs = blocks(inputs)
    workspace = inputs.workspace
    signature = (
        workspace.federation or f"{workspace.county or '【待补充：单位】'}残疾人联合会"
        if workspace.county or workspace.federation
        else "【待补充：署名】"
    )
    day = layout.chinese_day(inputs.day) if inputs.day else "【成文日期】"
    rows = list(annex_rows(inputs))
    context = {
        "title": title_of(inputs),
        "addressee": workspace.report_to or "【待补充：主送机关】",
        "annex": ANNEX,
        "signature": signature,
        "date": day,
        "blocks": [{"kind": one.kind, "text": fields.passage(one.tag, one.text)} for one in paragraphs],
    }
    tpl.render(context, jinja_env=template.environment(), autoescape=True)
    paper: Document = tpl.docx
    _sign(paper, signature, day, sealed)
    _annex(paper, rows, inputs)
    fields.settle(paper)
    anonymous(paper, str(context["title"]).replace("\n", ""))
    return paper, [*paragraphs, *(Block("表格", "\t".join(row)) for row in rows)]


def _sign(paper: Document, signature: str, day: str, sealed: bool) -> None:
    tail = paper.paragraphs[-4:]
    signer = next((one for one in tail if one.text == signature), None)
    dated = next((one for one in tail if one.text == day), None)
    if signer is not None and dated is not None:
        layout.signature(signer, dated, sealed)


def annex_rows(inputs: Inputs) -> Iterator[tuple[str, str, str, str]]:
    """A row a plan rule that could be asked: clause, what is asked, what was found, the verdict in words."""
    for rule in catalogue().values():
        shown = [one for one in inputs.of(rule.code) if one.status != "not_applicable"]
        if rule.letter != "P" or not shown:
            continue
        status = worst(one.status for one in shown)
        asked = rule.expects or next(
            (one.expected for one in shown if one.expected), rule.says.split("：")[0].replace("{subject}", "").replace("{town}", "")
        )
        yield rule.clauses[0], asked, _found(inputs, rule.code, shown), STATUS_WORDS[status or "unknown"]


def _found(inputs: Inputs, code: str, shown: Sequence[Any]) -> str:
    progress = [one for one in shown if one.status == "progress" and one.total is not None]
    parts = []
    if progress:
        cells = [cell for one in progress for cell in one.evidence]
        done, total = sum(one.done or 0 for one in progress), sum(one.total or 0 for one in progress)
        parts.append(
            f"{inputs.figures(f'{code}.done', done, f'{code} 的已完成数', cells)}/{inputs.figures(f'{code}.total', total, f'{code} 的总数')}"
        )
    counts = Counter(one.status for one in shown)
    for status in ("met", "unmet", "unknown"):
        if counts[status]:
            unit = UNITS[shown[0].scope]
            cells = [cell for one in shown if one.status == status for cell in one.evidence]
            parts.append(
                f"{STATUS_WORDS[status]}{inputs.figures(f'{code}.{status}', counts[status], f'{code} 结论为{STATUS_WORDS[status]}的{unit}数', cells)}{unit}"
            )
    return "，".join(parts) or shown[0].actual


def _annex(paper: Document, rows: Sequence[Sequence[str]], inputs: Inputs) -> None:
    """The annex on a new page: its mark in 黑体, its title on the third line, the table, and below it the chart."""
    mark = paper.add_paragraph("附件", "附件标记")
    mark.paragraph_format.page_break_before = True
    paper.add_paragraph("", "公文正文")
    paper.add_paragraph(ANNEX, "公文标题")
    table(paper, HEADS, rows, WIDTHS)
    towns = [town.name for town in inputs.book.towns]
    counts = Counter((one.town, one.status) for one in inputs.verdicts if one.severity == "error")
    series = [(STATUS_WORDS[status], [counts[town, status] for town in towns]) for status in ("met", "unmet", "unknown")]
    if towns:
        paper.add_paragraph("", "公文表格")
        chart.add(paper, paper.add_paragraph("", "公文表格"), "各镇（街道）核查结论", towns, series)


def table(paper: Document, heads: Sequence[str], rows: Sequence[Sequence[str]], widths: Sequence[int]) -> None:
    """A table with lines whose heading row repeats on every page; widths in mm."""
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn
    from docx.shared import Mm

    grid = paper.add_table(rows=1, cols=len(heads))
    grid.style = "Table Grid"
    grid.autofit = False
    repeat = OxmlElement("w:tblHeader")
    grid.rows[0]._tr.get_or_add_trPr().append(repeat)
    repeat.set(qn("w:val"), "true")
    for column, width in zip(grid.columns, widths, strict=True):
        column.width = Mm(width)
    for number, row in enumerate([heads, *rows]):
        line = grid.rows[0] if number == 0 else grid.add_row()
        line._tr.get_or_add_trPr().append(OxmlElement("w:cantSplit"))
        cells = line.cells
        for cell, text, width in zip(cells, row, widths, strict=True):
            cell.width = Mm(width)
            paragraph = cell.paragraphs[0]
            paragraph.style = paper.styles["公文表格"]
            paragraph.add_run(text).bold = number == 0


def anonymous(paper: Document, title: str) -> None:
    """Nobody's name and no path in the file's properties; one date for every paper, so that the same inputs give the same file."""
    from canju.outputs.steady import MOMENT

    properties = paper.core_properties
    properties.title = title
    properties.author = properties.last_modified_by = properties.comments = properties.keywords = ""
    properties.created = properties.modified = MOMENT
    properties.revision = 1
