"""Which part of a sheet is one table: the rows from its title to the next table's, the columns under its own headings."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import groupby, pairwise, zip_longest
from typing import Any

from canju.ledgers.base import Ledger
from canju.model import Raw, Sheet, plain
from canju.patterns import pattern
from canju.reading.fitting import SAMPLE, Fit, Samples, best_fit
from canju.reading.headings import Head, Lexicon, folded
from canju.reading.layout import TITLE, Block, filled, find_blocks
from canju.reading.marks import NOTE, UNIT_LINE, squeezed
from canju.reading.setting import Setting
from canju.reading.towns import towns_in

_KEYWORDS = {
    "staffing": ("人员配备", "组织人员"),
    "commissioners": ("专职委员",),
    "uncertified": ("未持证",),
    "groups": ("小组",),
    "organizations": ("组织建设",),
    "certified": ("持证残疾人名册", "持证残疾人花名册"),
    "delegates": ("代表", "主席团"),
    "feedback": ("反馈",),
}
_GROUND = pattern(r"残|专职委员|持证|办证|疑似")
_LOOK = 200
"""Rows that are looked at for columns that part tables."""
_GENERIC = ("staffing", "commissioners", "groups", "organizations", "feedback")
"""Ledgers whose headings an office of any kind may use."""


@dataclass(slots=True, eq=False, repr=False)
class Area:
    """A table's part of a sheet: its preamble from `start`, headings, body rows `first` to `last`, columns `left` to `right`.

    `fits` are the ledgers' fits, best first; the table is a ledger where the first is accepted. `beside` marks one of
    several tables that share their rows.

    Where no heading tells them: `given` are values that all records have, `others` columns that belong to the tables beside
    it, `above` the lines that tell of it where they don't begin at `start`, `only` the rows that may be records.
    """

    block: Block
    heads: dict[int, Head]
    start: int
    first: int
    last: int
    left: int
    right: int
    fits: list[Fit] = field(default_factory=list)
    beside: bool = False
    given: Mapping[str, Any] = field(default_factory=dict)
    others: frozenset[int] = frozenset()
    above: range = range(0)
    only: frozenset[int] | None = None

    @property
    def fit(self) -> Fit | None:
        """The ledger this is, or None."""
        return self.fits[0] if self.fits and self.fits[0].accepted else None


def find_areas(sheet: Sheet, words: Lexicon, setting: Setting, name: str, stamp: str = "") -> list[Area]:
    """The tables of a sheet, in order; `name` is the file's, `stamp` the ledger a template says it is.

    Tables side by side whose headings stand in different rows are sought strip by strip.
    """
    areas = _areas(sheet, words, setting, name, stamp)
    strips = _strips(sheet)
    if len(strips) > 1:
        apart = [area for strip in strips for area in _areas(strip, words, setting, name, stamp)]
        fits = [area.fit for area in apart if area.fit]
        rows = {(area.block.top, area.block.bottom) for area in apart if area.fit}
        if len(rows) > 1 and len(fits) >= sum(1 for area in areas if area.fit) and not any(fit.missing for fit in fits):
            for area in apart:
                area.beside = True
            return apart
    return areas


def _strips(sheet: Sheet) -> list[Sheet]:
    """The sheet cut at columns that are blank from top to bottom, each part in its place; parts of one or two columns left out."""
    width = max(map(len, sheet.rows[:_LOOK]), default=0)
    columns = list(zip_longest(*sheet.rows[:_LOOK])) if width <= 200 else []
    used = [any(cell is not None and cell != "" for cell in column) for column in columns]
    runs = [[place for place, _ in run] for full, run in groupby(enumerate(used), key=lambda one: one[1]) if full]
    if len(runs) < 2:
        return []
    gaps = [place for earlier, later in pairwise(runs) for place in range(earlier[-1] + 1, later[0])]
    if any(len(row) > place and row[place] not in (None, "") for row in sheet.rows[_LOOK:] for place in gaps):
        return []
    return [_strip(sheet, run[0] + 1, run[-1] + 1) for run in runs if len(run) > 2]


def _strip(sheet: Sheet, left: int, right: int) -> Sheet:
    """The columns `left` to `right` in their place, with the merges that begin there."""
    rows: list[list[Raw]] = [[None] * (left - 1) + row[left - 1 : right] if len(row) >= left else [] for row in sheet.rows]
    return replace(sheet, rows=rows, merges=[merge for merge in sheet.merges if left <= merge.left <= right])


def _areas(sheet: Sheet, words: Lexicon, setting: Setting, name: str, stamp: str) -> list[Area]:
    """The tables that stand below each other, and those beside each other under headings of the same rows."""
    areas: list[Area] = []
    blocks = find_blocks(sheet, words)
    for position, block in enumerate(blocks):
        before = next((one for one in reversed(areas) if not one.beside or one.left == areas[-1].left), None)
        start = _preamble(sheet, block, before.first if before else 1)
        if (
            before
            and any(_repeats(one.heads, block) for one in areas if one.start == before.start)
            and not _other_town(sheet, before, block, start, setting)
        ):
            continue
        last = blocks[position + 1].top - 1 if position + 1 < len(blocks) else len(sheet.rows)
        found = _cut(sheet, block, start, last, words, name, stamp)
        if before and before.fit and not any(one.fit for one in found) and start == block.top and filled(sheet.rows[block.top - 2]):
            continue  # a row of the table above that only looks like headings
        areas += found
    starts = sorted({one.start for one in areas})
    for one in areas:
        later = [start for start in starts if start > one.start]
        one.last = later[0] - 1 if later else len(sheet.rows)
    for one in areas:
        if not one.beside:
            one.right = max(one.right, min(one.right + SAMPLE, max((len(row) for row in sheet.rows[one.first - 1 : one.last]), default=0)))
    return areas


def _preamble(sheet: Sheet, block: Block, floor: int) -> int:
    """The first row of the title and unit lines above a heading block; for the sheet's first table all rows above it."""
    if floor == 1:
        return 1
    start, number = block.top, block.top - 1
    while number > floor:
        cells = [cell for cell in sheet.rows[number - 1] if cell is not None and cell != ""]
        text = squeezed(plain(cells[0])) if cells else ""
        if cells and (len(cells) > 6 or (len(cells) > 2 and not any(re.search(r"[:：]", plain(cell)) for cell in cells))):
            break
        gap = not filled(sheet.rows[number]) if number < block.top - 1 else False
        if (
            cells
            and (TITLE.search(text) or UNIT_LINE.match(text))
            and not (gap and UNIT_LINE.match(text))
            and not re.match(r"^(?:注|审核|说明)", text)
        ):
            start = number
        elif (not cells and start < block.top) or (cells and NOTE.match(text) and not UNIT_LINE.match(text)):
            break
        elif cells and number == block.top - 1 and len(cells) == 1:
            start = number
        number -= 1
        if block.top - number > 8:
            break
    return start


def _repeats(heads: dict[int, Head], block: Block) -> bool:
    """Whether a block only says a table's headings again, as on each printed page."""
    same = 0
    for column, head in heads.items():
        if column in block.heads and folded(block.heads[column].leaf) in {folded(text) for text in (head.leaf, *head.parents)}:
            same += 1
    return same >= max(2.0, 0.6 * len(heads))


def _other_town(sheet: Sheet, before: Area, block: Block, start: int, setting: Setting) -> bool:
    """Whether the lines above a repeated block name another town than those above the first."""

    def named(first: int, end: int) -> set[str]:
        texts = (plain(cell) for row in sheet.rows[first - 1 : end - 1] for cell in row if isinstance(cell, str))
        return {town for text in texts for town in towns_in(text, setting.towns)}

    now, earlier = named(start, block.top), named(before.start, before.block.top)
    return bool(now and earlier and not now & earlier)


def _cut(sheet: Sheet, block: Block, start: int, last: int, words: Lexicon, name: str, stamp: str) -> list[Area]:
    """The block as one table, or as several side by side where each is a ledger by itself."""
    whole = _area(sheet, block, block.heads, start, last, words, name, stamp)
    parts = _segments(block)
    if len(parts) > 1:
        cut = [_area(sheet, block, heads, start, last, words, name, stamp) for heads in parts]
        good = [one for one in cut if one.fit]
        if len(good) > 1 and _worth_cutting(whole, good):
            for one in cut:
                one.beside = True
            return [one for one in cut if one.fit or len(one.heads) > 2]
    return [whole]


def _worth_cutting(whole: Area, parts: Sequence[Area]) -> bool:
    """Whether the parts say more than the whole: fields come twice, or the parts are different ledgers."""
    if not whole.fit or len({part.fit.ledger for part in parts if part.fit}) > 1:
        return True
    fields = [name for part in parts if part.fit for name in part.fit.columns]
    return len(fields) - len(set(fields)) >= 3


def _segments(block: Block) -> list[dict[int, Head]]:
    """The runs of headed columns: cut at columns without a heading, and where the first heading comes again with others after it."""
    runs: list[dict[int, Head]] = []
    for column in sorted(block.heads):
        if runs and column - 1 in block.heads and not _starts_anew(block, runs[-1], column):
            runs[-1][column] = block.heads[column]
        else:
            runs.append({column: block.heads[column]})
    return [run for run in runs if len(run) > 1] if sum(len(run) > 1 for run in runs) > 1 else [dict(block.heads)]


def _starts_anew(block: Block, run: dict[int, Head], column: int) -> bool:
    """Whether the run's first headings come again from this column on."""
    first = min(run)
    length = min(3, column - first)
    return length >= 2 and all(
        column + i in block.heads and folded(block.heads[column + i].leaf) == folded(block.heads[first + i].leaf) for i in range(length)
    )


def _area(sheet: Sheet, block: Block, heads: dict[int, Head], start: int, last: int, words: Lexicon, name: str, stamp: str) -> Area:
    area = Area(block, heads, start, block.bottom + 1, last, min(heads), max(heads))
    titles = "".join(squeezed(plain(cell)) for row in sheet.rows[start - 1 : block.top - 1] for cell in row if isinstance(cell, str))
    titles = "".join(map(squeezed, sheet.lead)) + titles
    samples = Samples(sheet.rows[block.bottom : min(last, block.bottom + 3 * SAMPLE)], min(3, len(heads)))

    def hint(ledger: type[Ledger]) -> bool:
        text = titles + sheet.name + name
        if stamp:
            return ledger.key == stamp
        return any(word in text for word in (ledger.title, *_KEYWORDS[ledger.key])) and not (ledger.key == "certified" and "未持证" in text)

    area.fits = best_fit(heads, words, samples, hint)
    if area.fit and area.fit.ledger.key in _GENERIC and not _grounded(sheet, area, area.fit, titles + sheet.name + name, samples):
        area.fits[0].accepted = False
    return area


def _grounded(sheet: Sheet, area: Area, fit: Fit, text: str, samples: Samples) -> bool:
    """Whether more than general headings speak for the ledger: words of disability, or for feedback its own kinds of content."""
    if fit.ledger.key == "feedback":
        return "反馈" in text or samples.likeness(fit.columns["kind"], fit.ledger, "kind") >= 0.5
    return _speaks_of_disability(sheet, area, text)


def _speaks_of_disability(sheet: Sheet, area: Area, text: str) -> bool:
    """Whether names, headings or the first rows speak of disabled people: every ledger does, many a staff list or payroll doesn't."""
    if _GROUND.search(text) or any(_GROUND.search(head.full) for head in area.heads.values()):
        return True
    return any(isinstance(cell, str) and _GROUND.search(cell) for row in sheet.rows[area.first - 1 : area.first + SAMPLE] for cell in row)
