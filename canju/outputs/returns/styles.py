"""Looks of cells, added to those that a workbook has."""

from __future__ import annotations

from collections.abc import Collection
from copy import deepcopy
from typing import Any, NamedTuple

from canju.outputs.returns.package import SPREADSHEET, Package, after, first, parsed

FONT = '<font>{}<sz val="11"/>{}<name val="宋体"/></font>'
_LISTS = {
    "fonts": FONT.format("", ""),
    "fills": '<fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill>',
    "borders": "<border><left/><right/><top/><bottom/><diagonal/></border>",
    "cellStyleXfs": "<xf/>",
    "cellXfs": '<xf xfId="0"/>',
}
"""The lists that looks are made of, in the order the schema wants, with what stands first in each."""
_LINED = "".join(f'<{side} style="thin"><color rgb="FFBFBFBF"/></{side}>' for side in ("left", "right", "top", "bottom"))


class Looks(NamedTuple):
    """The looks of 问题清单: its introduction, its heading, a line, and the cell of one that leads to its place."""

    told: str
    head: str
    line: str
    link: str


class Styles:
    """The styles part of a workbook; looks are known by their number."""

    def __init__(self, package: Package) -> None:
        self.space = package.tree(package.main).tag.partition("}")[0][1:]
        part = package.related(package.main, "styles")
        if part is None:
            part = package.vacant("xl/styles{}.xml")
            package.put(part, f'<styleSheet xmlns="{self.space}"/>'.encode(), f"{SPREADSHEET}styles+xml")
            package.relate(package.main, "styles", part)
        root = package.tree(part)
        self.lists: dict[str, Any] = {}
        before = ["numFmts"]
        for name, content in _LISTS.items():
            found = first(root, name)
            standard = self._made(f"<{name}>{content}</{name}>")
            if found is None:
                root.insert(after(root, *before), found := standard)
            for child in standard[len(found) :]:  # whatever stands first in fills is taken for these two
                found.append(child)
            found.set("count", str(len(found)))
            self.lists[name] = found
            before.append(name)
        self._fills: dict[str, str] = {}
        self._filled: dict[tuple[str, str], str] = {}

    def filled(self, look: str, color: str) -> str:
        """A look that differs from another in its fill alone."""
        if (look, color) not in self._filled:
            self._filled[look, color] = self._copied(look, self._fill(color))
        return self._filled[look, color]

    def unfilled(self, colors: Collection[str]) -> dict[str, str]:
        """For each look filled with one of these colours the same without a fill."""
        ours = {
            str(number)
            for number, fill in enumerate(self.lists["fills"])
            for one in fill.iter()
            for value in one.attrib.values()
            if value in colors
        }
        return {
            str(number): self._copied(str(number), "0") for number, one in enumerate([*self.lists["cellXfs"]]) if one.get("fillId") in ours
        }

    def of_list(self) -> Looks:
        """The looks of 问题清单."""
        fonts = (("", ""), ("<b/>", ""), ("<u/>", '<color rgb="FF0563C1"/>'))
        plain, bold, linked = (self._added("fonts", FONT.format(*more)) for more in fonts)
        border, grey = self._added("borders", f"<border>{_LINED}</border>"), self._fill("FFD9D9D9")
        return Looks(self._look(plain), self._look(bold, border, grey), self._look(plain, border), self._look(linked, border))

    def _fill(self, color: str) -> str:
        if color not in self._fills:
            pattern = f'<patternFill patternType="solid"><fgColor rgb="{color}"/><bgColor indexed="64"/></patternFill>'
            self._fills[color] = self._added("fills", f"<fill>{pattern}</fill>")
        return self._fills[color]

    def _look(self, font: str, border: str = "0", fill: str = "0") -> str:
        numbers = f'numFmtId="0" fontId="{font}" fillId="{fill}" borderId="{border}" xfId="0" applyFont="1" applyFill="1" applyBorder="1"'
        return self._added("cellXfs", f'<xf {numbers} applyAlignment="1"><alignment vertical="top" wrapText="1"/></xf>')

    def _copied(self, look: str, fill: str) -> str:
        """A look with another fill; 0 stands in for one that isn't there."""
        looks = self.lists["cellXfs"]
        copy = deepcopy(looks[int(look) if int(look) < len(looks) else 0])
        copy.set("fillId", fill)
        copy.set("applyFill", "1")
        return self._put("cellXfs", copy)

    def _added(self, name: str, xml: str) -> str:
        return self._put(name, self._made(xml))

    def _put(self, name: str, child: Any) -> str:
        """The number of what is added to a list."""
        held = self.lists[name]
        held.append(child)
        held.set("count", str(len(held)))
        return str(len(held) - 1)

    def _made(self, xml: str) -> Any:
        return parsed(f'<x xmlns="{self.space}">{xml}</x>'.encode())[0]
