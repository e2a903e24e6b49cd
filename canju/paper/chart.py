"""A native Word chart: a DrawingML bar chart with its figures in an embedded workbook, so that it can be edited in Word or WPS."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape
from io import BytesIO
from typing import TYPE_CHECKING, Any

from canju.outputs.steady import MOMENT

if TYPE_CHECKING:
    from docx.document import Document

CHART_TYPE = "application/vnd.openxmlformats-officedocument.drawingml.chart+xml"
BOOK_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
CHART = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/chart"
PACKAGE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/package"
COLORS = ("4E9A51", "C0504D", "BF9000")


def drawing(paper: Document, title: str, names: Sequence[str], series: Sequence[tuple[str, Sequence[int]]]) -> Any:
    """A stacked bar chart added to the paper's parts – a bar a name, a colour a series – as the drawing that belongs into a run."""
    from docx.opc.packuri import PackURI
    from docx.opc.part import Part
    from docx.oxml import parse_xml

    number = sum(str(part.partname).startswith("/word/charts/") for part in paper.part.package.iter_parts()) + 1
    package = paper.part.package
    book = Part(PackURI(f"/word/embeddings/chart{number}.xlsx"), BOOK_TYPE, workbook(names, series), package)
    chart = Part(PackURI(f"/word/charts/chart{number}.xml"), CHART_TYPE, b"", package)
    link = chart.relate_to(book, PACKAGE)
    chart._blob = _xml(title, names, series, link).encode()
    frame = _FRAME.format(rel=paper.part.relate_to(chart, CHART), number=number, title=escape(title))
    return parse_xml(frame)


def workbook(names: Sequence[str], series: Sequence[tuple[str, Sequence[int]]]) -> bytes:
    """The workbook that a chart is drawn from."""
    import xlsxwriter

    stream = BytesIO()
    book = xlsxwriter.Workbook(stream, {"in_memory": True})
    book.set_properties({"created": MOMENT, "author": ""})
    page = book.add_worksheet("Sheet1")
    page.write_row(0, 0, ["", *(name for name, _ in series)])
    for row, name in enumerate(names, start=1):
        page.write_string(row, 0, name)
        page.write_row(row, 1, [values[row - 1] for _, values in series])
    book.close()
    return stream.getvalue()


def refreshed(data: bytes, names: Sequence[str], series: Sequence[tuple[str, Sequence[int]]]) -> bytes | None:
    """A chart's XML with other numbers, its looks as they are; None where it no longer has the same bars and series."""
    from lxml import etree

    space = "{http://schemas.openxmlformats.org/drawingml/2006/chart}"
    root = etree.fromstring(data, etree.XMLParser(resolve_entities=False, no_network=True))
    held = list(root.iter(f"{space}ser"))
    if len(held) != len(series):
        return None
    changed = False
    for one, (_, values) in zip(held, series, strict=True):
        for kind, wanted in (("cat", names), ("val", [str(value) for value in values])):
            texts = [node for place in one.iter(f"{space}{kind}") for node in place.iter(f"{space}v")]
            if len(texts) != len(wanted):
                return None
            for node, text in zip(texts, wanted, strict=True):
                changed, node.text = changed or node.text != text, text
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True) if changed else data


def _points(tag: str, texts: Sequence[Any], reference: str, kind: str) -> str:
    cache = "".join(f'<c:pt idx="{i}"><c:v>{escape(str(text), quote=False)}</c:v></c:pt>' for i, text in enumerate(texts))
    inner = "<c:formatCode>General</c:formatCode>" if kind == "num" else ""
    return f'<c:{tag}><c:{kind}Ref><c:f>{reference}</c:f><c:{kind}Cache>{inner}<c:ptCount val="{len(texts)}"/>{cache}</c:{kind}Cache></c:{kind}Ref></c:{tag}>'


def _xml(title: str, names: Sequence[str], series: Sequence[tuple[str, Sequence[int]]], link: str) -> str:
    last = len(names) + 1
    bars = "".join(
        f'<c:ser><c:idx val="{i}"/><c:order val="{i}"/>{_points("tx", [name], f"Sheet1!${chr(66 + i)}$1", "str")}'
        f'<c:spPr><a:solidFill><a:srgbClr val="{COLORS[i % len(COLORS)]}"/></a:solidFill></c:spPr><c:invertIfNegative val="0"/>'
        f"{_points('cat', names, f'Sheet1!$A$2:$A${last}', 'str')}{_points('val', values, f'Sheet1!${chr(66 + i)}$2:${chr(66 + i)}${last}', 'num')}</c:ser>"
        for i, (name, values) in enumerate(series)
    )
    return _CHART.format(title=escape(title, quote=False), bars=bars, link=link)


_FRAME = (
    '<w:drawing xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing">'
    '<wp:inline distT="0" distB="0" distL="0" distR="0"><wp:extent cx="5616000" cy="2880000"/><wp:docPr id="{number}00" name="图表 {number}" descr="{title}"/>'
    '<a:graphic xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"><a:graphicData uri="http://schemas.openxmlformats.org/drawingml/2006/chart">'
    '<c:chart xmlns:c="http://schemas.openxmlformats.org/drawingml/2006/chart" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships" r:id="{rel}"/>'
    "</a:graphicData></a:graphic></wp:inline></w:drawing>"
)
_CHART = (
    '<?xml version="1.0" encoding="UTF-8" standalone="yes"?><c:chartSpace xmlns:c="http://schemas.openxmlformats.org/drawingml/2006/chart" '
    'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships">'
    '<c:roundedCorners val="0"/><c:chart><c:title><c:tx><c:rich><a:bodyPr/><a:p><a:pPr><a:defRPr sz="1200" b="0"/></a:pPr><a:r><a:rPr lang="zh-CN" sz="1200" b="0"/><a:t>{title}</a:t></a:r></a:p></c:rich></c:tx><c:overlay val="0"/></c:title>'
    '<c:autoTitleDeleted val="0"/><c:plotArea><c:layout/><c:barChart><c:barDir val="col"/><c:grouping val="stacked"/><c:varyColors val="0"/>{bars}'
    '<c:dLbls><c:showLegendKey val="0"/><c:showVal val="1"/><c:showCatName val="0"/><c:showSerName val="0"/><c:showPercent val="0"/><c:showBubbleSize val="0"/></c:dLbls>'
    '<c:gapWidth val="80"/><c:overlap val="100"/><c:axId val="111"/><c:axId val="112"/></c:barChart>'
    '<c:catAx><c:axId val="111"/><c:scaling><c:orientation val="minMax"/></c:scaling><c:delete val="0"/><c:axPos val="b"/><c:numFmt formatCode="General" sourceLinked="0"/><c:majorTickMark val="none"/><c:minorTickMark val="none"/><c:tickLblPos val="nextTo"/><c:crossAx val="112"/><c:crosses val="autoZero"/></c:catAx>'
    '<c:valAx><c:axId val="112"/><c:scaling><c:orientation val="minMax"/></c:scaling><c:delete val="0"/><c:axPos val="l"/><c:numFmt formatCode="General" sourceLinked="0"/><c:majorTickMark val="none"/><c:minorTickMark val="none"/><c:tickLblPos val="nextTo"/><c:crossAx val="111"/><c:crosses val="autoZero"/></c:valAx>'
    '</c:plotArea><c:legend><c:legendPos val="b"/><c:overlay val="0"/></c:legend><c:plotVisOnly val="1"/><c:dispBlanksAs val="gap"/></c:chart>'
    '<c:externalData r:id="{link}"><c:autoUpdate val="0"/></c:externalData></c:chartSpace>'
)
