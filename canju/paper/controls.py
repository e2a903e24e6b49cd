"""Content controls and generated tables in a Word paper's XML, found by their bytes, so that whatever is not renewed stays as it is."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from html import escape
from xml.parsers import expat

from canju.model import Refusal
from canju.paper.fields import FIGURE, PASSAGE, WORD, digest

_HELD = (f"{WORD} sdt", f"{WORD} tbl")
_TAGS = (f"{WORD} tag", f"{WORD} tblDescription")
_TEXT = re.compile(rb"(<w:t(?:\s[^>]*)?(?<!/)>)([^<]*)(</w:t>)")


@dataclass(slots=True, repr=False)
class Control:
    """A control or a generated table: its tag, where it begins and ends in the file, its words with figures as {tag}, and the figures in it.

    `outer` is where the paragraph around a passage begins and ends, itself where it stands around a table.
    """

    tag: str = ""
    start: int = 0
    end: int = 0
    lines: list[str] = field(default_factory=lambda: [""])
    figures: list[Control] = field(default_factory=list)
    text: str = ""
    outer: tuple[int, int] = (0, 0)
    alone: bool = True

    @property
    def name(self) -> str:
        """The passage's or figure's own name."""
        return self.tag.removeprefix(FIGURE) if self.tag.startswith(FIGURE) else self.tag.removeprefix(PASSAGE).rpartition(":")[0]

    @property
    def words(self) -> str:
        """What stays of a passage when its figures change."""
        return "\n".join(self.lines[:-1] if self.lines[-1] == "" and len(self.lines) > 1 else self.lines)

    @property
    def untouched(self) -> bool:
        """Whether the passage still reads as it was generated."""
        return digest(self.words) == self.tag.rpartition(":")[2]


def controls(data: bytes, name: str) -> list[Control]:
    """The generated passages of a document, in order; a Refusal where it is no well-formed XML."""
    reader = _Reader(data)
    try:
        reader.parser.Parse(data, True)
    except expat.ExpatError:
        raise Refusal(f"{name} 的内容已损坏，不能更新。请用 Word 打开另存后再试。") from None
    return reader.passages


class _Reader:
    """Follows the file with expat, which tells the place of each element in bytes."""

    def __init__(self, data: bytes) -> None:
        self.data = data
        self.open: list[Control] = []
        self.paragraph: tuple[int, int] | None = None
        self.within: list[Control] = []
        self.around = ""
        self.passages: list[Control] = []
        self.in_text = False
        self.parser = expat.ParserCreate(namespace_separator=" ")
        self.parser.buffer_text = True
        self.parser.StartElementHandler, self.parser.EndElementHandler = self.begin, self.finish
        self.parser.CharacterDataHandler = self.characters
        self.parser.StartDoctypeDeclHandler = self.refuse

    def refuse(self, *_: object) -> None:
        raise Refusal("文件里有不该有的内容（DOCTYPE），不能更新：请用 Word 或 WPS 打开后另存为 .docx 再试。")

    def begin(self, name: str, attributes: dict[str, str]) -> None:
        if name == f"{WORD} p":
            self.paragraph, self.within, self.around = (self.parser.CurrentByteIndex, len(self.open)), [], ""
        if name in _HELD:
            self.open.append(Control(start=self.parser.CurrentByteIndex))
        elif name in _TAGS and self.open and not self.open[-1].tag:
            self.open[-1].tag = attributes.get(f"{WORD} val", "")
            if self.open[-1].tag.startswith(FIGURE):
                self.said(f"{{{self.open[-1].name}}}")
        elif name == f"{WORD} t":
            self.in_text = True

    def finish(self, name: str) -> None:
        if name == f"{WORD} t":
            self.in_text = False
        elif name == f"{WORD} p":
            for one in self.open:
                one.lines.append("")
            end = self.data.index(b">", self.parser.CurrentByteIndex) + 1
            for one in self.within:
                one.outer, one.alone = (self.paragraph[0] if self.paragraph else one.start, end), not self.around.strip()
        elif name in _HELD:
            done = self.open.pop()
            done.end = self.data.index(b">", self.parser.CurrentByteIndex) + 1
            if done.tag.startswith(PASSAGE):
                done.outer = (done.start, done.end)
                self.passages.append(done)
                if self.paragraph and self.paragraph[1] <= len(self.open) and self.paragraph[0] < done.start:
                    self.within.append(done)
            elif done.tag.startswith(FIGURE):
                for one in self.open:
                    one.figures.append(done)

    def characters(self, text: str) -> None:
        if not self.in_text:
            return
        figure = next((one for one in self.open if one.tag.startswith(FIGURE)), None)
        if not any(one.tag.startswith(PASSAGE) for one in self.open):
            self.around += text
        if figure is not None:
            figure.text += text
        else:
            self.said(text)

    def said(self, text: str) -> None:
        for one in self.open:
            if one.tag.startswith(PASSAGE):
                one.lines[-1] += text


def refilled(data: bytes, text: str) -> bytes:
    """A figure's control with another text; its looks stay."""
    pieces = iter([escape(text, quote=False).encode()])
    return _TEXT.sub(lambda found: found[1] + next(pieces, b"") + found[3], data)
