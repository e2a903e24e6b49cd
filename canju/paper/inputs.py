"""What the paper is made from, and the blocks it is made of."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple

from canju.book import Book
from canju.model import Address, Payment, Period, Verdict
from canju.paper.figures import MARK, Figures
from canju.patterns import pattern
from canju.plans import Plan

if TYPE_CHECKING:
    from canju.workspace import Workspace

UNITS: Mapping[str, str] = {"county": "项", "town": "个镇（街道）", "village": "个村（社区）", "place": "处", "person": "人"}
QUOTED = "方案要求、名称或编号中的数字，不是统计数"
"""How a number came about that was quoted and not counted."""
_DIGITS = pattern(r"\d+(?:[.,]\d+)*%?")
_GAP = pattern(r"【(?:待补充|待核实|成文日期)[^】]*】")


class Block(NamedTuple):
    """One paragraph, table or chart of the paper.

    `kind` is its look (a key of layout.LOOKS), `tag` the name under which `--update` finds it again, `look` further paragraph
    properties as XML; `rows` (the heading row first) and `widths` (mm) are a table's.
    """

    kind: str
    text: str = ""
    tag: str = ""
    look: str = ""
    rows: tuple[tuple[str, ...], ...] = ()
    widths: tuple[int, ...] = ()

    @property
    def sentences(self) -> list[str]:
        """The texts it holds, with their marks: a paragraph's one, a table's rows."""
        return ["｜".join(row) for row in self.rows] if self.rows else [self.text]


@dataclass
class Inputs:
    """What the paper is made from: `day` of signing as YYYY-MM-DD or "", `sealed` for a paper that gets a seal.

    `reported` says of each town and ledger its state, rows and what has to be told.
    """

    book: Book
    plan: Plan
    verdicts: Sequence[Verdict]
    payments: Sequence[Payment] = ()
    period: Period | None = None
    day: str = ""
    reported: Sequence[tuple[str, str, str, str, str]] = ()
    sealed: bool = True
    figures: Figures = field(default_factory=Figures)

    @property
    def workspace(self) -> Workspace:
        """The county's own settings."""
        return self.book.workspace

    @property
    def federation(self) -> str:
        """Who signs; "" where nothing tells."""
        workspace = self.workspace
        return workspace.federation or (f"{workspace.county}残疾人联合会" if workspace.county else "")

    def of(self, code: str) -> list[Verdict]:
        """A rule's verdicts."""
        return [one for one in self.verdicts if one.rule == code]

    def clause(self, address: str) -> str:
        """A clause's address, as one figure."""
        return self.figures(f"clause.{address}", address, "方案条款的编号")

    def swept(self, block: Block) -> Block:
        """The block with every number that is no figure yet made one, so that each leads to its row in the workbook of sources."""
        count = iter(range(1, 100_000))

        def plain(text: str) -> str:
            return _DIGITS.sub(lambda found: self.figures(f"{block.tag}.n{next(count)}", found[0], QUOTED), text)

        def whole(text: str) -> str:
            pieces, at = [], 0
            for mark in MARK.finditer(text):
                pieces += [plain(text[at : mark.start()]), mark[0]]
                at = mark.end()
            return "".join([*pieces, plain(text[at:])])

        return block._replace(text=whole(block.text), rows=tuple(tuple(whole(cell) for cell in row) for row in block.rows))


def numbers(inputs: Inputs, tag: str, text: str, how: str, cells: Iterable[Address]) -> str:
    """A text with each of its numbers as a figure that rests on these cells."""
    count, held = iter(range(1, 100_000)), tuple(cells)
    return _DIGITS.sub(lambda found: inputs.figures(f"{tag}.{next(count)}", found[0], how, held), text)


def evidence(verdicts: Iterable[Verdict]) -> list[Address]:
    """The cells that verdicts rest on, then their rows: that a row is counted at all may hang on any cell of it."""
    cells = [cell for one in verdicts for cell in one.evidence]
    rows = dict.fromkeys((file, sheet, row) for file, sheet, row, column in cells if column and row)
    return [*cells, *(Address(*row) for row in rows)]


def placeholders(texts: Iterable[str]) -> list[str]:
    """Every 【待补充】, 【待核实】 and 【成文日期】 of these texts."""
    return [found for text in texts for found in _GAP.findall(text)]


def counted(points: Sequence[str]) -> list[str]:
    """一是…, 二是…; a single one is not counted."""
    return [f"{ordinal(place)}是{point}" for place, point in enumerate(points, start=1)] if len(points) > 1 else list(points)


def ordinal(number: int) -> str:
    """1 → 一, 12 → 十二, 30 → 三十; up to 99."""
    digits = "〇一二三四五六七八九"
    tens, ones = divmod(number, 10)
    return (("" if tens == 1 else digits[tens]) + "十" if tens else "") + (digits[ones] if ones or not tens else "")
