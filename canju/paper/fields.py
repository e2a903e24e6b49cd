"""Blocks as WordprocessingML: each block a tagged content control, each figure in it one of its own, each 【…】 highlighted."""

from __future__ import annotations

import hashlib
import zlib
from collections.abc import Iterator, Mapping
from html import escape

from canju.paper.figures import CLOSE, MARK, OPEN
from canju.paper.inputs import Block
from canju.paper.layout import LOOKS, printable
from canju.patterns import pattern

WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
PASSAGE, FIGURE = "canju:p:", "canju:f:"
"""What the tags of generated passages and of figures begin with; a passage's ends in a check sum of its words."""
CHART = "\ue010"
"""Stands where the chart is put once the template is filled."""
_PIECES = pattern(f"({OPEN}[^{CLOSE}]*{CLOSE}|【(?=待补充|待核实|成文日期)|】)")


def passage(block: Block, styles: Mapping[str, str]) -> str:
    """The block's XML; `styles` leads from the names of styles to the ids of the document at hand."""
    inner = controlled(block, styles)
    return inner if block.kind == "表" else paragraph(inner, block.kind, styles, block.look)


def controlled(block: Block, styles: Mapping[str, str]) -> str:
    """What is generated of a block, in its control: a table, or the runs of a paragraph."""
    tag = f"{PASSAGE}{block.tag}:{digest(skeleton(block))}"
    if block.kind == "表":
        return table(block, styles, tag)
    text = CHART if block.kind == "图" else block.text
    inner = "".join(_runs(text, block.tag, bold=False))
    return control(tag, block.tag, inner) if inner else ""


def control(tag: str, place: str, inner: str) -> str:
    """A content control; its number is the same whenever the paper is made anew."""
    number = zlib.crc32(f"{tag}|{place}".encode()) & 0x7FFFFFFF
    return f'<w:sdt><w:sdtPr><w:tag w:val="{escape(tag)}"/><w:id w:val="{number}"/></w:sdtPr><w:sdtContent>{inner}</w:sdtContent></w:sdt>'


def skeleton(block: Block) -> str:
    """The block's words with its figures replaced by their tags, a line a paragraph: what tells whether somebody rewrote it."""
    if block.kind == "图":
        return ""
    texts = [cell for row in block.rows for cell in row] if block.rows else [block.text]
    return "\n".join(printable(MARK.sub(lambda mark: f"{{{mark[1]}}}", text)).replace("\n", "") for text in texts)


def digest(text: str) -> str:
    """Eight characters that stand for a text."""
    return hashlib.sha256(text.encode()).hexdigest()[:8]


def paragraph(inner: str, kind: str, styles: Mapping[str, str], look: str = "") -> str:
    """One paragraph in the style of its kind, around its runs."""
    style = styles.get(LOOKS.get(kind, LOOKS["正文"]), "")
    named = f'<w:pStyle w:val="{escape(style)}"/>' if style else ""
    return f"<w:p><w:pPr>{named}{look}</w:pPr>{inner}</w:p>"


def table(block: Block, styles: Mapping[str, str], tag: str = "") -> str:
    """A table with lines whose heading row repeats on every page and whose rows do not break over one; the tag is its description."""
    sides = "".join(f'<w:{side} w:val="single" w:sz="4" w:space="0" w:color="auto"/>' for side in _SIDES)
    widths = [round(one * 1440 / 25.4) for one in block.widths]
    grid = "".join(f'<w:gridCol w:w="{one}"/>' for one in widths)
    told = f'<w:tblDescription w:val="{escape(tag)}"/>' if tag else ""
    rows = []
    for number, row in enumerate(block.rows):
        cells = "".join(
            f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/><w:vAlign w:val="center"/></w:tcPr>'
            f"{paragraph(''.join(_runs(cell, f'{block.tag}.{number}.{column}', bold=number == 0)), '表', styles)}</w:tc>"
            for column, (cell, width) in enumerate(zip(row, widths, strict=True))
        )
        rows.append(f"<w:tr><w:trPr><w:cantSplit/>{'<w:tblHeader/>' if number == 0 else ''}</w:trPr>{cells}</w:tr>")
    return (
        f'<w:tbl><w:tblPr><w:tblW w:w="{sum(widths)}" w:type="dxa"/><w:tblBorders>{sides}</w:tblBorders><w:tblLayout w:type="fixed"/>{told}</w:tblPr>'
        f"<w:tblGrid>{grid}</w:tblGrid>{''.join(rows)}</w:tbl>"
    )


_SIDES = ("top", "left", "bottom", "right", "insideH", "insideV")


def _runs(text: str, tag: str, bold: bool) -> Iterator[str]:
    bright, place = False, 0
    for piece in (one for one in _PIECES.split(text) if one):
        mark = MARK.fullmatch(piece)
        bright = bright or (piece == "【" and mark is None)
        run = _run(mark[2] if mark else piece, bright, bold)
        if mark:
            place += 1
            run = control(FIGURE + mark[1], f"{tag}/{place}", run)
        yield run
        bright = bright and piece != "】"


def _run(text: str, bright: bool, bold: bool) -> str:
    look = ("<w:b/>" if bold else "") + ('<w:highlight w:val="yellow"/>' if bright else "")
    lines = "<w:br/>".join(f'<w:t xml:space="preserve">{escape(printable(line), quote=False)}</w:t>' for line in text.split("\n"))
    return f"<w:r>{f'<w:rPr>{look}</w:rPr>' if look else ''}{lines}</w:r>"
