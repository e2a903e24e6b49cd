"""The look of a Chinese official paper (GB/T 9704-2012): page, type area, fonts, headings, page numbers, signature and date."""

from __future__ import annotations

import io
import re
import unicodedata
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from docx.document import Document
    from docx.text.paragraph import Paragraph

PITCH = 579
"""Line pitch in twips: 22 lines on the 225 mm of the type area."""
SIZE = 16
CONDENSED = -5
"""Character spacing in twentieths of a point: 28 characters of 16 pt on 156 mm."""
FOOTER = 1449
"""Twips from the page's edge to the foot of the page number: its dash, at half the height of a 14 pt line, is 7 mm under the type area."""
CHARACTER = SIZE * 20 + CONDENSED
LOOKS = {
    "标题": "公文标题",
    "正文": "公文正文",
    "顶格": "公文顶格",
    "表": "公文表格",
    "图": "公文图表",
    "附件": "附件标记",
    "二级": "heading 2",
}
"""Kinds of blocks and the names of their styles, as styles.xml spells them."""
FONTS = {
    "公文标题": ("方正小标宋简体", 22, 0),
    "公文正文": ("仿宋_GB2312", SIZE, 2),
    "公文顶格": ("仿宋_GB2312", SIZE, 0),
    "公文表格": ("仿宋_GB2312", 10.5, 0),
    "公文图表": ("仿宋_GB2312", 10.5, 0),
    "附件标记": ("黑体", SIZE, 0),
}
_UNFIT = ("Cc", "Cf", "Cs", "Cn")
KEPT = re.compile(r"Normal|Normal Table|No List|Default Paragraph Font|Table Grid|(Header|Footer|Heading [1-4])( Char)?")
"""The styles of the library's own blank paper that ours keeps; it brings 164 along."""
PARTS = ("styles", "settings", "fontTable", "theme")
"""What a paper rests on besides its text and its footers."""
HEADINGS = {1: ("黑体", SIZE), 2: ("楷体_GB2312", SIZE), 3: ("仿宋_GB2312", SIZE), 4: ("仿宋_GB2312", SIZE)}


def document(path: Any = None) -> Document:
    """A blank paper with page, styles and page numbers set; or the paper at a path, as it is."""
    from docx import Document

    return Document(path or io.BytesIO(_blank()))


def template() -> Path:
    """The template that comes with canju: in the installed package, or beside it in a working copy."""
    package = Path(__file__).parent.parent
    inside = package / "templates"
    return (inside if inside.is_dir() else package.parent / "templates") / "summary.docx"


@cache
def _blank() -> bytes:
    """The blank paper: the template without its text, for to set page and styles takes longer than all else."""
    from docx import Document

    stream = io.BytesIO()
    emptied(Document(str(template()))).save(stream)
    return stream.getvalue()


def add(paper: Document, text: str, style: str) -> Paragraph:
    """A paragraph at the end, in a style of ours, whose id is its name without blanks: the library would go through all styles for it."""
    paragraph = paper.add_paragraph(text)
    paragraph._p.style = style.replace(" ", "")
    return paragraph


def emptied(paper: Document) -> Document:
    """The paper without its text; what it says of its page stays."""
    for paragraph in list(paper.paragraphs):
        paper.element.body.remove(paragraph._element)
    return paper


def fresh() -> Document:
    """A blank paper made anew, from the library's own: what the template rests on."""
    from docx import Document

    paper = emptied(Document())
    _bare(paper)
    _page(paper)
    _styles(paper)
    _footers(paper)
    return paper


def _bare(paper: Document) -> None:
    """Take out what no paper of ours uses: it would be read, written and packed with each."""
    for style in list(paper.styles):
        if not KEPT.fullmatch(style.name or ""):
            style.delete()
    for mark in [mark for mark, rel in paper.part.rels.items() if rel.reltype.rpartition("/")[2] not in PARTS]:
        del paper.part.rels[mark]


def _page(paper: Document) -> None:
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn
    from docx.shared import Mm, Twips

    section = paper.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.top_margin, section.bottom_margin, section.left_margin, section.right_margin = Mm(37), Mm(35), Mm(28), Mm(26)
    section.header_distance, section.footer_distance = Mm(15), Twips(FOOTER)
    grid = section._sectPr.find(qn("w:docGrid"))
    if grid is None:
        grid = OxmlElement("w:docGrid")
        section._sectPr.append(grid)
    grid.set(qn("w:type"), "lines")
    grid.set(qn("w:linePitch"), str(PITCH))


def _styles(paper: Document) -> None:
    """Paragraph styles that carry fonts, size, pitch and indent: nothing is set on single runs."""
    from docx.enum.style import WD_STYLE_TYPE
    from docx.enum.text import WD_ALIGN_PARAGRAPH
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    for language in paper.styles.element.iter(qn("w:lang")):
        language.set(qn("w:eastAsia"), "zh-CN")
    normal = paper.styles["Normal"]
    _font(normal, "仿宋_GB2312", SIZE)
    _paragraph(normal, 0)
    _unspaced(normal)
    for name, (font, size, indent) in FONTS.items():
        style = paper.styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
        style.base_style = normal
        _font(style, font, size)
        _paragraph(style, indent)
    paper.styles["公文标题"].paragraph_format.alignment = WD_ALIGN_PARAGRAPH.CENTER
    for name in ("公文表格", "公文图表"):
        paper.styles[name].paragraph_format.line_spacing = 1.0
        off = OxmlElement("w:snapToGrid")
        off.set(qn("w:val"), "0")
        paper.styles[name].element.pPr.find(qn("w:spacing")).addprevious(off)
    paper.styles["公文图表"].paragraph_format.alignment = WD_ALIGN_PARAGRAPH.CENTER
    paper.styles["公文正文"].paragraph_format.alignment = WD_ALIGN_PARAGRAPH.JUSTIFY
    for level, (font, size) in HEADINGS.items():
        style = paper.styles[f"Heading {level}"]
        _font(style, font, size)
        _paragraph(style, 2)
        style.font.bold = style.font.italic = False
        style.paragraph_format.keep_with_next = True
        style.paragraph_format.space_before = style.paragraph_format.space_after = 0


def _unspaced(style: Any) -> None:
    """No extra space between Chinese characters and digits: 28 characters stay on a line."""
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    for name in ("w:autoSpaceDE", "w:autoSpaceDN"):
        node = OxmlElement(name)
        node.set(qn("w:val"), "0")
        style.element.pPr.find(qn("w:spacing")).addprevious(node)


def _font(style: Any, name: str, size: float) -> None:
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn
    from docx.shared import Pt, RGBColor

    style.font.size = Pt(size)
    style.font.name = name
    style.font.color.rgb = RGBColor(0, 0, 0)
    fonts = style.element.rPr.rFonts
    for key in ("w:asciiTheme", "w:hAnsiTheme", "w:eastAsiaTheme", "w:cstheme"):
        if fonts.get(qn(key)) is not None:
            del fonts.attrib[qn(key)]
    for key in ("w:eastAsia", "w:ascii", "w:hAnsi"):
        fonts.set(qn(key), name)
    if size == SIZE:
        spacing = style.element.rPr.find(qn("w:spacing"))
        if spacing is None:
            spacing = OxmlElement("w:spacing")
            style.element.rPr.insert_element_before(
                spacing, "w:w", "w:kern", "w:position", "w:sz", "w:szCs", "w:highlight", "w:u", "w:effect", "w:lang"
            )
        spacing.set(qn("w:val"), str(CONDENSED))


def _paragraph(style: Any, indent: int) -> None:
    from docx.enum.text import WD_LINE_SPACING
    from docx.oxml.ns import qn
    from docx.shared import Pt, Twips

    shape = style.paragraph_format
    shape.space_before = shape.space_after = Pt(0)
    shape.line_spacing_rule = WD_LINE_SPACING.EXACTLY
    shape.line_spacing = Twips(PITCH)
    shape.widow_control = False
    shape.first_line_indent = Twips(indent * CHARACTER)
    if indent:
        style.element.pPr.find(qn("w:ind")).set(qn("w:firstLineChars"), str(indent * 100))


def _footers(paper: Document) -> None:
    """— 1 — in 14 pt 宋体: odd pages right, even pages left, one character in from the edge."""
    from docx.enum.text import WD_ALIGN_PARAGRAPH
    from docx.shared import Pt

    paper.settings.odd_and_even_pages_header_footer = True
    section = paper.sections[0]
    for footer, align, side in (
        (section.footer, WD_ALIGN_PARAGRAPH.RIGHT, "right"),
        (section.even_page_footer, WD_ALIGN_PARAGRAPH.LEFT, "left"),
    ):
        footer.is_linked_to_previous = False
        paragraph = footer.paragraphs[0]
        paragraph.alignment = align
        paragraph.paragraph_format.line_spacing = Pt(14)
        shift(paragraph, **{side: 1.0}, size=14)
        _page_number(paragraph)


def _page_number(paragraph: Paragraph) -> None:
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn
    from docx.shared import Pt

    def run(text: str = "", kind: str = "", code: str = "") -> None:
        piece = paragraph.add_run(text)
        piece.font.size, piece.font.name = Pt(14), "宋体"
        piece._element.get_or_add_rPr().get_or_add_rFonts().set(qn("w:eastAsia"), "宋体")
        if kind:
            mark = OxmlElement("w:fldChar")
            mark.set(qn("w:fldCharType"), kind)
            piece._element.append(mark)
        if code:
            instruction = OxmlElement("w:instrText")
            instruction.set(qn("xml:space"), "preserve")
            instruction.text = code
            piece._element.append(instruction)

    run("— ")
    run(kind="begin")
    run(code=" PAGE ")
    run(kind="separate")
    run("1")
    run(kind="end")
    run(" —")


def shift(paragraph: Paragraph, left: float = 0, right: float = 0, size: float = SIZE) -> None:
    """Move a paragraph in by so many characters from either side."""
    from docx.shared import Twips

    width = size * 20 + (CONDENSED if size == SIZE else 0)
    if left:
        paragraph.paragraph_format.left_indent = Twips(int(left * width))
    if right:
        paragraph.paragraph_format.right_indent = Twips(int(right * width))


def characters(text: str) -> float:
    """How many full-width characters a text takes."""
    return sum(1.0 if unicodedata.east_asian_width(char) in "WFA" else 0.5 for char in text)


def placed(signer: str, day: str, sealed: bool) -> tuple[float, float]:
    """How many characters signature and date stand from the right (GB/T 9704-2012, 7.3.5).

    Sealed: the date four, the signature centred over it. Unsealed: the signature two and the date's first character two right
    of the signature's; where the date is the longer, the date two and the signature's first character two left of its.
    """
    wide, long = characters(signer), characters(day)
    if sealed:
        return max(0.0, 4 + (long - wide) / 2), 4.0
    return (2.0, wide - long) if long <= wide else (4 + long - wide, 2.0)


def signature(signer: Paragraph, day: Paragraph, sealed: bool) -> None:
    """Place signature and date."""
    from docx.enum.text import WD_ALIGN_PARAGRAPH

    for paragraph, right in zip((signer, day), placed(signer.text, day.text, sealed), strict=True):
        paragraph.alignment = WD_ALIGN_PARAGRAPH.RIGHT
        shift(paragraph, right=right)


def chinese_day(text: str) -> str:
    """2019-10-09 as 2019年10月9日."""
    year, month, day = (int(part) for part in re.split(r"-", text))
    return f"{year}年{month}月{day}日"


def printable(text: str) -> str:
    """A text that XML can hold: control, direction and unassigned characters vanish, tabs and line ends become blanks."""
    return "".join(" " if char in "\r\n\t" else char for char in text if char in "\r\n\t" or unicodedata.category(char) not in _UNFIT)
