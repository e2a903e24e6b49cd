"""Renews a paper the clerk has worked on: only generated passages, figures and the chart change, all else stays byte for byte.

A passage that still reads as generated is renewed whole. In one that the clerk has rewritten, the figures alone are.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator, Mapping
from html import unescape
from pathlib import Path
from typing import NamedTuple

from canju.model import Refusal
from canju.paper import chart, fields
from canju.paper.controls import Control, controls, refilled
from canju.paper.figures import MARK, bare
from canju.paper.inputs import Block, Inputs, ordinal

DOCUMENT, STYLES = "word/document.xml", "word/styles.xml"
Parts = dict[zipfile.ZipInfo, bytes]
_PARAGRAPH, _WORDS = re.compile(r"<w:p[ >].*?</w:p>", re.S), re.compile(r"<w:t(?: [^>]*)?>([^<]*)</w:t>")
HEADS, POINTS = ("head.", "hard."), ("unmet.", "step.")
"""What the tags of numbered passages begin with."""
_HEAD, _POINT = re.compile(r"^（[一二三四五六七八九十]+）"), re.compile(r"^[一二三四五六七八九十]+是")
LIMIT = 200 * 1024 * 1024
"""Bytes that a paper's parts may unpack to."""


class Renewed(NamedTuple):
    """One change: `tag` of a figure or passage, before and after; `note` says in words what became of a passage, `words` are its own."""

    tag: str
    before: str
    after: str
    note: str = ""
    words: str = ""

    def __str__(self) -> str:
        """A line for the clerk."""
        return f"{self.words}：{self.note or f'{self.before} → {self.after}'}"


def renewed(old: Path, parts: Mapping[str, list[Block]], inputs: Inputs) -> tuple[bytes, list[Renewed]]:
    """The old paper with what is generated renewed, as bytes, and the changes in the order of the paper."""
    held = _opened(old)
    document = next((info for info in held if info.filename == DOCUMENT), None)
    if document is None or fields.PASSAGE.encode() not in held[document]:
        raise Refusal(f"{old.name} 里没有本程序生成的段落标记，不能更新。请用 canju summary 重新生成。")
    before = held[document]
    work = _Work(parts, inputs, _styles(held))
    after = work.document(before, controls(before, old.name))
    changed: dict[str, bytes] = {DOCUMENT: after}
    changed.update(_chart(held, before, inputs, work.changes))
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for info, data in held.items():
            archive.writestr(info, changed.get(info.filename, data))
    return stream.getvalue(), list(dict.fromkeys(work.changes))


def _opened(old: Path) -> Parts:
    try:
        with zipfile.ZipFile(old) as archive:
            if sum(info.file_size for info in archive.infolist()) > LIMIT:
                raise Refusal(f"{old.name} 太大，不能更新：请删去插入的大图片后再试。")
            return {info: archive.read(info) for info in archive.infolist()}
    except (OSError, zipfile.BadZipFile, NotImplementedError, RuntimeError, EOFError, ValueError):
        raise Refusal(f"{old.name} 打不开，或不是 Word（.docx）文件：请用 Word 或 WPS 打开后另存为 .docx 再试。") from None


def _styles(held: Parts) -> Mapping[str, str]:
    """The paper's own style ids by name: Word and WPS may have numbered them anew."""
    from lxml import etree

    data = next((data for info, data in held.items() if info.filename == STYLES), b"")
    try:
        root = etree.fromstring(data, etree.XMLParser(resolve_entities=False, no_network=True))
    except etree.XMLSyntaxError:
        return {}
    space = f"{{{fields.WORD}}}"
    names = ((style.find(f"{space}name"), style.get(f"{space}styleId")) for style in root.iter(f"{space}style"))
    return {str(name.get(f"{space}val")): str(key) for name, key in names if name is not None}


class _Work:
    """One renewal: what was generated now, the pieces to put in, and the changes so far.

    A date of signing that stands in the old paper is `kept` where none is given now.
    """

    def __init__(self, parts: Mapping[str, list[Block]], inputs: Inputs, styles: Mapping[str, str]) -> None:
        self.blocks = {block.tag: block for blocks in parts.values() for block in blocks}
        self.order = [[block.tag for block in blocks if block.text or block.kind in ("表", "图")] for blocks in parts.values()]
        self.figures = inputs.figures.held
        self.styles = styles
        self.kept = () if inputs.day else ("signed",)
        self.changes: list[Renewed] = []

    def document(self, data: bytes, found: list[Control]) -> bytes:
        """The document with its passages renewed, the new ones put beside their neighbours."""
        there = {one.name: one for one in found}
        self.renumber(there)
        edits = [self.passage(data, one) for one in found]
        edits += [(at, at, self.added(tag)) for tag, at in self.places(there)]
        out, position = [], 0
        for start, end, piece in sorted(edits, key=lambda edit: edit[:2]):
            out += [data[position:start], piece]
            position = end
        return b"".join([*out, data[position:]])

    def renumber(self, there: Mapping[str, Control]) -> None:
        """Number points and headings as they are to stand: in the old paper's order, though they might now be ranked otherwise."""
        standing = {tag: (at, 0, place) for place, (tag, at) in enumerate(self.places(there))}
        standing |= {tag: (one.outer[0], 1, 0) for tag, one in there.items() if tag in self.blocks}
        for tags in self.order:
            heads = points = 0
            for tag in sorted((tag for tag in tags if tag in standing), key=standing.__getitem__):
                block = self.blocks[tag]
                if tag.startswith(HEADS):
                    heads, points = heads + 1, 0
                    self.blocks[tag] = block._replace(text=_HEAD.sub(f"（{ordinal(heads)}）", block.text, count=1))
                elif tag.startswith(POINTS):
                    points += 1
                    self.blocks[tag] = block._replace(text=_POINT.sub(f"{ordinal(points)}是", block.text, count=1))

    def passage(self, whole: bytes, one: Control) -> tuple[int, int, bytes]:
        """What is to stand in place of which bytes for one passage."""
        data = whole[one.start : one.end]
        block = self.blocks.get(one.name)
        if one.name in self.kept:
            return one.start, one.end, data
        if block is None:
            return self.gone(data, one)
        words = fields.skeleton(block)
        if block.kind == "图" or words == one.words:
            return one.start, one.end, self.refigured(data, one)
        if one.untouched:
            told = f"文字已更新为“{bare(block.text)[:60]}”。" if block.text else "表格已更新。"
            self.changes.append(Renewed(one.name, "", "", told, _words(one)))
            self.compare(one, block)
            return one.start, one.end, fields.controlled(block, self.styles).encode()
        if fields.digest(words) != one.tag.rpartition(":")[2]:
            self.changes.append(
                Renewed(one.name, "", "", f"该段您改写过，只更新其中的数字；现在生成的是“{bare(block.text)[:200]}”。", _words(one))
            )
        return one.start, one.end, self.refigured(data, one)

    def gone(self, data: bytes, one: Control) -> tuple[int, int, bytes]:
        """A passage that no longer arises: taken out with its paragraph, unless somebody has written in it or beside it."""
        if not one.untouched:
            self.changes.append(Renewed(one.name, "", "", "已不适用，但该段您改写过，予以保留，请自行删改。", _words(one)))
            return one.start, one.end, data
        self.changes.append(Renewed(one.name, "", "", "已不适用，删去该段。", _words(one)))
        return (*one.outer, b"") if one.alone else (one.start, one.end, b"")

    def compare(self, one: Control, block: Block) -> None:
        """The figures that differ between the old passage and the new."""
        new = {tag: text for sentence in block.sentences for tag, text in MARK.findall(sentence)}
        for figure in one.figures:
            if figure.name in new and new[figure.name] != figure.text:
                self.changes.append(self.refigure(figure, new[figure.name]))

    def refigure(self, figure: Control, after: str) -> Renewed:
        """A figure's change, with the words around it."""
        held = self.figures.get(figure.name)
        head, found, tail = held.sentence.partition(after) if held else ("", "", "")
        return Renewed(figure.name, figure.text, after, words=f"“{head[-12:]}{found}{tail[:8]}”" if found else "数字")

    def refigured(self, data: bytes, one: Control) -> bytes:
        """A passage with its figures renewed and its words left."""
        out, position = [], 0
        for figure in sorted(one.figures, key=lambda figure: figure.start):
            start, end = figure.start - one.start, figure.end - one.start
            now = self.figures.get(figure.name)
            if now is None or now.text == figure.text:
                continue
            self.changes.append(self.refigure(figure, now.text))
            out += [data[position:start], refilled(data[start:end], now.text)]
            position = end
        return b"".join([*out, data[position:]])

    def places(self, there: Mapping[str, Control]) -> Iterator[tuple[str, int]]:
        """Passages that the old paper lacks, and where they go: behind the one before, else ahead of the one after."""
        for tags in self.order:
            if not any(tag in there for tag in tags):
                continue
            waiting: list[str] = []
            last: int | None = None
            for tag in tags:
                if tag in there:
                    last = there[tag].outer[1]
                    yield from ((one, there[tag].outer[0]) for one in waiting)
                    waiting = []
                elif last is not None:
                    yield tag, last
                else:
                    waiting.append(tag)

    def added(self, tag: str) -> bytes:
        block = self.blocks[tag]
        self.changes.append(Renewed(tag, "", "", f"“{bare(block.text)[:60]}”。", "新增一段"))
        return fields.passage(block, self.styles).encode()


def _words(one: Control) -> str:
    """How a passage began in the old paper."""
    text = re.sub(r"\{[^}]*\}", "…", one.words.split("\n")[0])
    return f"“{text[:16]}{'…' if len(text) > 16 else ''}”"


def _chart(held: Parts, document: bytes, inputs: Inputs, changes: list[Renewed]) -> Iterator[tuple[str, bytes]]:
    """The chart's parts with the numbers of now; nothing where they are as they were, or where the chart was taken out."""
    from canju.paper.paper import plotted

    by_name = {info.filename: data for info, data in held.items()}
    for part in re.findall(rb'<c:chart[^>]*r:id="([^"]+)"', document):
        name = _target(by_name, DOCUMENT, part.decode())
        names, series = plotted(inputs)
        link = re.search(rb'externalData[^>]*r:id="([^"]+)"', by_name.get(name, b""))
        if not link or not names:
            continue
        new = chart.refreshed(by_name[name], names, series)
        if new is not None and new != by_name[name]:
            changes.append(Renewed("chart", "", "", "数字已更新。", "图表"))
            yield name, new
            yield _target(by_name, name, link[1].decode()), chart.workbook(names, series)


def _target(by_name: Mapping[str, bytes], part: str, key: str) -> str:
    """The part that a relationship leads to."""
    import posixpath

    folder, _, name = part.rpartition("/")
    rels = by_name.get(f"{folder}/_rels/{name}.rels", b"").decode("utf-8", "replace")
    for found in re.findall(r"<Relationship\s[^>]*>", rels):
        if f'Id="{key}"' in found and (target := re.search(r'Target="([^"]+)"', found)):
            return target[1].lstrip("/") if target[1].startswith("/") else posixpath.normpath(f"{folder}/{target[1]}")
    return ""


def text_of(data: bytes) -> list[str]:
    """The paragraphs of a Word paper as text."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        xml = archive.read(DOCUMENT).decode("utf-8", "replace")
    return ["".join(unescape(text) for text in _WORDS.findall(one)) for one in _PARAGRAPH.findall(xml)]
