"""The figures of the paper: each measured once, with how it was counted and the cells it rests on; in the text a mark leads to it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from canju.model import Address
from canju.patterns import pattern

OPEN, MIDDLE, CLOSE = "\ue000", "\ue001", "\ue002"
"""Private characters around a figure in a sentence: OPEN id MIDDLE text CLOSE. They never reach the paper."""
MARK = pattern(f"{OPEN}([^{MIDDLE}]*){MIDDLE}([^{CLOSE}]*){CLOSE}")


@dataclass(slots=True, repr=False)
class Figure:
    """One figure: its tag, its text, how it is counted, the source cells, and the sentence it stands in."""

    tag: str
    text: str
    how: str
    cells: tuple[Address, ...] = ()
    sentence: str = ""


@dataclass(slots=True, repr=False)
class Figures:
    """All figures of one paper, by tag, in the order they came up."""

    held: dict[str, Figure] = field(default_factory=dict)

    def __call__(self, tag: str, value: object, how: str, cells: Iterable[Address] = ()) -> str:
        """Register a figure and give the mark that stands for it in a sentence."""
        text = str(value)
        name, number = tag, 1
        while name in self.held and self.held[name].text != text:
            number += 1
            name = f"{tag}.{number}"
        if name not in self.held:
            self.held[name] = Figure(name, text, how, tuple(dict.fromkeys(cells)))
        return f"{OPEN}{name}{MIDDLE}{text}{CLOSE}"

    def settle(self, sentences: Sequence[str]) -> list[Figure]:
        """The figures that stand in these sentences, each with its sentence."""
        found = {}
        for sentence in sentences:
            for tag, _ in MARK.findall(sentence):
                figure = self.held[tag]
                figure.sentence = figure.sentence or bare(sentence)
                found[tag] = figure
        return list(found.values())


def bare(sentence: str) -> str:
    """A sentence as it reads, without marks."""
    return MARK.sub(lambda mark: mark[2], sentence)
