"""Comments of a sheet, which a package keeps twice: their words in one part, and in another the boxes that show them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any, NamedTuple

from canju.model import letters
from canju.outputs.returns.lines import DUTY
from canju.outputs.returns.package import SPREADSHEET, Package, Unfit, add, add_text, first, of

AUTHOR = "残联台账校验"
SEPARATOR = "\n――――\n"
"""Between what stood in a cell's comment and what we add."""
MOST = 8_000
"""Characters of a comment."""
VML = "application/vnd.openxmlformats-officedocument.vmlDrawing"
SPACES = 'xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office" xmlns:x="urn:schemas-microsoft-com:office:excel"'
LAYOUT = '<o:shapelayout v:ext="edit"><o:idmap v:ext="edit" data="1,2"/></o:shapelayout>'
"""Which thousands the numbers of the boxes are taken from, as MOST_COMMENTS need them."""
KIND = (
    f'<v:shapetype {SPACES} id="_x0000_t202" coordsize="21600,21600" o:spt="202" path="m,l,21600r21600,l21600,xe">'
    '<v:stroke joinstyle="miter"/><v:path gradientshapeok="t" o:connecttype="rect"/></v:shapetype>'
)
BOX = (
    f'<v:shape {SPACES} id="_x0000_s{{id}}" type="#_x0000_t202" style="position:absolute;margin-left:59pt;margin-top:2pt;width:320px;'
    'height:{height}px;z-index:1;visibility:hidden" fillcolor="#ffffe1" o:insetmode="auto"><v:fill color2="#ffffe1"/>'
    '<v:shadow color="black" obscured="t"/><v:path o:connecttype="none"/><v:textbox style="mso-direction-alt:auto">'
    '<div style="text-align:left"></div></v:textbox><x:ClientData ObjectType="Note"><x:MoveWithCells/><x:SizeWithCells/>'
    "<x:AutoFill>False</x:AutoFill><x:Row>{row}</x:Row><x:Column>{column}</x:Column></x:ClientData></v:shape>"
)
_OURS = re.compile(rf"(?:{'|'.join(DUTY.values())}) \S+：")
"""How a comment of ours begins: LibreOffice leaves out who wrote it."""
_NUMBER = re.compile(rb"_x0000_s(\d{1,9})")
_SHAPE = re.compile(rb"<((?:\w+:)?shape)\b.*?</\1>", re.S)
_FOLLOWING = (
    "legacyDrawingHF",
    "drawingHF",
    "picture",
    "oleObjects",
    "controls",
    "webPublishItems",
    "tableParts",
    "AlternateContent",
    "extLst",
)


class Said(NamedTuple):
    """A comment for one cell: its address, row and column counted from 1, its words, and how many faults it tells of."""

    cell: str
    row: int
    column: int
    text: str
    faults: int


def comment(package: Package, part: str, said: Sequence[Said]) -> None:
    """Comment the cells of a sheet; where one is commented already its words stay, ours below them."""
    words = package.related(part, "comments") or _words(package, part)
    root = package.tree(words)
    listed = first(root, "commentList")
    mine = _author(root)
    there = {one.get("ref"): one for one in of(listed, "comment")}
    boxes = []
    for one in said:
        if one.cell in there:
            add_text(add(first(there[one.cell], "text"), "r"), (SEPARATOR + one.text)[:MOST])
        else:
            add_text(add(add(add(listed, "comment", ref=one.cell, authorId=mine), "text"), "r"), one.text[:MOST])
            boxes.append((one.row - 1, one.column - 1, min(60 + 40 * one.faults, 300)))
    _draw(package, part, boxes)


def forget(package: Package, part: str) -> None:
    """Take back what an earlier round had said, where a return workbook has come back."""
    words = package.related(part, "comments")
    if words is None:
        return
    root = package.tree(words)
    ours = {str(place) for place, one in enumerate(of(first(root, "authors"), "author")) if one.text == AUTHOR}
    gone = set()
    for one in [*of(first(root, "commentList"), "comment")]:
        texts = [text for text in one.iter() if isinstance(text.tag, str) and text.tag.endswith("}t")]
        words = "".join(text.text or "" for text in texts)
        if one.get("authorId") in ours or _OURS.match(words):
            gone.add(one.get("ref"))
            one.getparent().remove(one)
        elif SEPARATOR in words:
            _cut(texts, words.index(SEPARATOR))
    boxes = _boxes(package, part)
    if gone and boxes:
        package.put(boxes, _SHAPE.sub(lambda box: b"" if _shown(box[0]) in gone else box[0], package.read(boxes)))


def _cut(texts: Sequence[Any], length: int) -> None:
    """Leave so many characters of a comment; programs join and part its pieces as they like."""
    for text in texts:
        words = text.text or ""
        text.text = words[: max(length, 0)]
        length -= len(words)


def _words(package: Package, part: str) -> str:
    """A new part for the words of a sheet's comments."""
    name = package.vacant("xl/comments{}.xml")
    space = package.tree(part).tag.partition("}")[0][1:]
    package.put(name, f'<comments xmlns="{space}"><authors/><commentList/></comments>'.encode(), f"{SPREADSHEET}comments+xml")
    package.relate(part, "comments", name)
    return name


def _author(root: Any) -> str:
    """Our number among the authors."""
    authors = first(root, "authors")
    names = [one.text for one in of(authors, "author")]
    if AUTHOR not in names:
        add(authors, "author", AUTHOR)
        names.append(AUTHOR)
    return str(names.index(AUTHOR))


def _boxes(package: Package, part: str) -> str | None:
    """The part that holds the boxes of a sheet, which may hold buttons too."""
    drawn = first(package.tree(part), "legacyDrawing")
    mark = "" if drawn is None else drawn.get(package.link)
    return next((to for one, _, to in package.relations(part) if one == mark and to.lower() in package.names), None)


def _draw(package: Package, part: str, boxes: Sequence[tuple[int, int, int]]) -> None:
    """Put boxes (row, column, height) to those of a sheet. What is there need not be XML, so that it is not read as such."""
    name = _boxes(package, part)
    if name is None:
        name = package.vacant("xl/drawings/vmlDrawing{}.vml")
        package.put(name, f"<xml {SPACES}>{LAYOUT}</xml>".encode(), VML)
        root = package.tree(part)
        for old in [*of(root, "legacyDrawing")]:
            root.remove(old)
        place = min((root.index(one) for following in _FOLLOWING for one in of(root, following)), default=len(root))
        add(root, "legacyDrawing", at=place).set(package.link, package.relate(part, "vmlDrawing", name))
    before, end, rest = package.read(name).rpartition(b"</xml>")
    if not end:
        raise Unfit
    number = max(map(int, _NUMBER.findall(before)), default=1024)
    drawn = "".join(BOX.format(id=number + n, row=row, column=column, height=height) for n, (row, column, height) in enumerate(boxes, 1))
    package.put(name, b"".join((before, b"" if b'"_x0000_t202"' in before else KIND.encode(), drawn.encode(), end, rest)))


def _shown(box: bytes) -> str:
    """The cell that a box belongs to."""
    row, column = (re.search(rb"<(?:\w+:)?%s>\s*(\d+)" % name, box) for name in (b"Row", b"Column"))
    return f"{letters(int(column[1]) + 1)}{int(row[1]) + 1}" if row and column else ""
