"""Fills a Word template: its tags, what is wrong with them, and what stands in their place.

`{{p 名称 }}`, alone in a paragraph, gives way to what is generated under that name. `{% if 名称 %}`, `{% elif not 名称 %}`,
`{% else %}` and `{% endif %}` keep what is between them or leave it out; as `{%p … %}` they go with their paragraph. `{# … #}` is
for the clerk alone. Names are looked up; nothing is evaluated.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any

from canju.paper.fields import WORD
from canju.paper.sections import SLOTS
from canju.patterns import pattern
from canju.refusal import nearest

if TYPE_CHECKING:
    from docx.document import Document

_TAG = pattern(r"(\{\{.*?\}\}|\{%.*?%\}|\{#.*?#\})")
_HALF = pattern(r"\{[{%#]|[}%#]\}")
_WIDE = pattern(r"｛\s*[｛%％]|[%％｝]\s*｝|\{\s*％|％\s*\}")
_ALONE = pattern(r"\{[%#]p\s")
_SLOT = pattern(r"\{\{p\s+(\S+?)\s*\}\}")
_INNER = pattern(r"^\{\{(?:p\s)?\s*(.*?)\s*\}\}$")
_CONDITION = pattern(r"\{%(?:p\s)?\s*(?:(if|elif)\s+(not\s+)?([^\W\d]\w*)|(else|endif))\s*%\}")
_NAME = pattern(r"[^\W\d]\w*")
_REACHING = pattern(r"[.|(\[]")
_P, _T, _TBL, _SDT = (f"{{{WORD}}}{name}" for name in ("p", "t", "tbl", "sdt"))
_ENDED = tuple(f"{{{WORD}}}{name}" for name in ("tc", "hdr", "ftr", "txbxContent"))
"""What Word calls damaged unless a paragraph stands at its end."""
_LASTING = ("Pr", "PrEx", "tblGrid")
"""How the names of looks end: they stay as long as what they belong to."""


def faults(paper: Document) -> list[str]:
    """What is wrong with a template's tags, each with its paragraph."""
    told = [
        f"第{number}段“{text.strip()[:20]}”：{what}"
        for number, (_, text) in enumerate(_paragraphs(paper), start=1)
        for what in _of_paragraph(text)
    ]
    return told or _unpaired(paper)


def unused(paper: Document) -> list[str]:
    """The names that a template has no place for."""
    used = {found[1] for _, text in _paragraphs(paper) if (found := _SLOT.fullmatch(text.strip()))}
    return [name for name in SLOTS if name not in used]


def fill(paper: Document, parts: Mapping[str, str]) -> None:
    """Put each name's XML in place of its tags; in a template without faults."""
    for root in _roots(paper):
        _Filling(root, parts).fill(root)


def _roots(paper: Document) -> Iterator[Any]:
    """Where tags may stand: the text, and every header and footer."""
    yield paper.element.body
    for rel in paper.part.rels.values():
        if rel.reltype.endswith(("/header", "/footer")):
            yield rel.target_part.element


def _paragraphs(paper: Document) -> Iterator[tuple[Any, str]]:
    """Every paragraph in the order it stands, with its text."""
    for root in _roots(paper):
        for paragraph in root.iter(_P):
            yield paragraph, "".join(node.text or "" for node in _texts(paragraph))


def _texts(paragraph: Any) -> list[Any]:
    """The pieces of a paragraph's own text: a text box that hangs on it has paragraphs of its own."""
    return [node for node in paragraph.iter(_T) if next(node.iterancestors(_P)) is paragraph]


def _of_paragraph(text: str) -> Iterator[str]:
    """What is wrong with one paragraph's tags."""
    if _HALF.search(_TAG.sub("", text)):
        yield "标签没有写完整。"
    if _WIDE.search(text):
        yield "标签的花括号、百分号要用半角（英文输入法）写，例 {{p 标题 }}。"
    for tag in _TAG.findall(text):
        if tag.startswith("{%"):
            found = _CONDITION.fullmatch(tag)
            if found is None:
                yield f"不允许写“{tag}”，可用的只有 {{%p if 名称 %}}、{{%p else %}}、{{%p endif %}}。"
            elif found[3] and found[3] not in SLOTS:
                yield _unknown(found[3])
        elif tag.startswith("{{"):
            name = _INNER.sub(r"\1", tag)
            if name in SLOTS:
                if not _SLOT.fullmatch(text.strip()):
                    yield f"“{name}”应独占一段，写成 {{{{p {name} }}}}。"
            elif name.removeprefix("p") in SLOTS:
                yield f"“p”后面要空一格，写成 {{{{p {name[1:]} }}}}。"
            elif _NAME.fullmatch(name):
                yield _unknown(name)
            elif _REACHING.search(name):
                yield f"不允许写“{tag}”，标签里只能写名称。"
            else:
                yield f"标签“{tag}”写法有误，应为 {{{{p 名称 }}}}。"


def _unknown(name: str) -> str:
    near = nearest(name, SLOTS, 0.3)
    return f"不认识的标签“{name[:20]}”，{f'是否应为“{near}”？' if near else ''}可用：{'、'.join(SLOTS)}。"


def _unpaired(paper: Document) -> list[str]:
    """The first condition that does not close, or not where it was opened; told with the paragraph at which it shows."""
    waiting: list[tuple[int, Any, str]] = []
    for number, (paragraph, text) in enumerate(_paragraphs(paper), start=1):
        for found in filter(None, map(_CONDITION.fullmatch, _TAG.findall(text))):
            word, place = found[1] or found[4], paragraph.getparent()
            if word != "if":
                if not waiting or (waiting[-1][2] == "else" and word != "endif"):
                    return [_odd(number)]
                if waiting.pop()[1] is not place:
                    return [f"第{number}段附近：条件标签 if 和 endif 应同在正文里，或同在一个单元格里。"]
            if word != "endif":
                waiting.append((number, place, word))
    return [_odd(waiting[-1][0])] if waiting else []


def _odd(number: int) -> str:
    return f"第{number}段附近：条件标签 if 和 endif 没有成对，请对照原模板更正。"


def _parsed(xml: str) -> list[Any]:
    from docx.oxml import parse_xml
    from docx.oxml.ns import nsdecls

    return list(parse_xml(f"<w:body {nsdecls('w')}>{xml}</w:body>"))


class _Filling:
    """Goes through one part of the paper in the order it is read.

    `open` holds the conditions around the place reached: whether their words are kept, and whether a branch of theirs was.
    `left` is the text in which leaving out last began, None in a paragraph that goes; `resumed` counts how often it ended.
    """

    def __init__(self, root: Any, parts: Mapping[str, str]) -> None:
        self.parts = parts
        self.open: list[tuple[bool, bool]] = []
        self.left: Any = None
        self.resumed = 0
        self.going: dict[Any, list[str]] = {}
        for paragraph in root.iter(_P):
            pieces = _texts(paragraph)
            text = "".join(node.text or "" for node in pieces)
            tags = _TAG.findall(text)
            if _SLOT.fullmatch(text.strip()) or (any(map(_ALONE.match, tags)) and not _TAG.sub("", text).strip()):
                self.going[paragraph] = tags
            elif tags:
                _join(pieces, text)

    @property
    def live(self) -> bool:
        """Whether what stands here is kept."""
        return all(kept for kept, _ in self.open)

    def fill(self, node: Any) -> None:
        """Fill what stands in an element."""
        for child in [one for one in node.iterchildren("*") if not one.tag.endswith(_LASTING)]:
            live, resumed, left = self.live, self.resumed, self.left
            if child in self.going:
                self.replace(child)
                node.remove(child)
                continue
            if child.tag == _T:
                self.text(child)
            self.fill(child)
            if not live and resumed == self.resumed:
                node.remove(child)
            elif not live and child.tag == _P and left is not None:
                _merge(next(left.iterancestors(_P)), child)
        if node.tag in _ENDED and next((one.tag for one in node.iterchildren(_P, _TBL, _SDT, reversed=True)), _TBL) == _TBL:
            node.append(node.makeelement(_P))

    def replace(self, paragraph: Any) -> None:
        """Put before a paragraph of tags what stands in its place."""
        for tag in self.going[paragraph]:
            if not (found := _SLOT.fullmatch(tag)):
                self.turn(tag, None)
            elif self.live:
                for one in _parsed(self.parts[found[1]]):
                    paragraph.addprevious(one)

    def text(self, node: Any) -> None:
        """Keep of a text what its conditions, and those around it, let stand."""
        kept = []
        for place, piece in enumerate(_TAG.split(node.text or "")):
            if place % 2:
                self.turn(piece, node)
            elif self.live:
                kept.append(piece)
        node.text = "".join(kept)

    def turn(self, tag: str, node: Any) -> None:
        """Pass a tag that stands in the text `node`, or in a paragraph that goes."""
        found, live = _CONDITION.fullmatch(tag), self.live
        if found is None:
            return
        holds = found[4] == "else" or (found[3] is not None and bool(self.parts[found[3]]) is not bool(found[2]))
        taken = found[1] != "if" and self.open.pop()[1]
        if found[4] != "endif":
            self.open.append((holds and not taken, holds or taken))
        if live and not self.live:
            self.left = node
        elif self.live and not live:
            self.resumed += 1


def _join(pieces: list[Any], text: str) -> None:
    """Bring each tag whole into the piece in which it begins; all else keeps its place, and with it its looks."""
    owners = [node for node in pieces for _ in node.text or ""]
    for tag in _TAG.finditer(text):
        owners[tag.start() : tag.end()] = [owners[tag.start()]] * len(tag[0])
    for node in pieces:
        node.text = "".join(char for char, owner in zip(text, owners, strict=True) if owner is node)
        node.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")


def _merge(first: Any, last: Any) -> None:
    """Where words were left out from within one paragraph to within another, what is left of both is one paragraph."""
    first.extend([one for one in last.iterchildren("*") if not one.tag.endswith(_LASTING)])
    last.getparent().remove(last)
