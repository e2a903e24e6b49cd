"""Where the headings of a sheet stand: blocks of one to three rows, joined level by level, wherever on the sheet they are."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from functools import cache
from itertools import pairwise
from typing import NamedTuple

from canju.ledgers import ledgers
from canju.model import Merge, Raw, Sheet
from canju.patterns import pattern
from canju.reading.headings import Head, Lexicon, folded, folded_cell

SCAN = 60
"""Rows from the top in which headings of any wording are sought; below, only after a gap or where a known heading stands."""
DEPTH = 3
LONGEST = 40
"""Characters a heading may have: what is longer is a note or a value."""
ORDINALS = ("甲乙丙丁戊己庚辛壬癸", "一二三四五六七八九十", "ABCDEFGHIJKLMNOPQRSTUVWXYZ")
TITLE = pattern(r"台账|登记表|统计表|汇总表|花名册|名册|一览表|情况表|明细表|反馈|附件|附表|^填[报表]单位|^单位[:：]")
_COLON = pattern(r"[:：].")
_LABEL = pattern(r"[:：]\s*$|^附件|^附表|^单位[:：]")


class Block(NamedTuple):
    """Headings as found: first and last row, 1-based, and the heading of each column that has one."""

    top: int
    bottom: int
    heads: dict[int, Head]

    @property
    def left(self) -> int:
        """The first column with a heading."""
        return min(self.heads)

    @property
    def right(self) -> int:
        """The last column with a heading."""
        return max(self.heads)


def filled(row: Sequence[Raw]) -> int:
    """How many cells of a row hold something."""
    return len(row) if _NOTHING.isdisjoint(row) else len(row) - row.count(None) - row.count("")


_NOTHING = frozenset((None, ""))


@cache
def _raw_headings() -> frozenset[str]:
    return frozenset(text for ledger in ledgers().values() for column in ledger.columns.values() for text in column.headings)


def find_blocks(sheet: Sheet, words: Lexicon) -> list[Block]:
    """All heading blocks of a sheet, from top to bottom; repeated ones too."""
    merges = _merges_by_row(sheet)
    seen: set[Raw] = set(_raw_headings())
    blocks: list[Block] = []
    rows, number, look_until = sheet.rows, 1, SCAN
    while number <= len(rows):
        row = rows[number - 1]
        if number > look_until and seen.isdisjoint(row):
            if len(row) - row.count(None) <= 2:
                look_until = number + 4
        elif heading_like(row, words):
            block = _grown(sheet, number, words, merges, blocks[-1].bottom if blocks else 0)
            blocks.append(block)
            seen.update(text for line in rows[block.top - 1 : block.bottom] for text in line if isinstance(text, str) and len(text) > 1)
            number = look_until = block.bottom
        elif len(row) - row.count(None) <= 2:
            look_until = max(look_until, number + 4)
        number += 1
    return blocks


def heading_like(row: Sequence[Raw], words: Lexicon) -> bool:
    """Whether a row reads like headings: enough known ones among its cells, and hardly a number."""
    texts = [cell for cell in row if cell is not None and cell != ""]
    if not 2 <= len(texts) <= 400:
        return False
    strings = [text for text in texts if isinstance(text, str) and len(text) <= LONGEST]
    if len(strings) < 0.8 * len(texts):
        return False
    exact = soft = 0
    for text in strings:
        if _LABEL.search(text):
            continue
        word = folded(text)
        if words.knows(word):
            exact += 1
        elif any(word[-size:] in words.words for size in range(2, min(len(word), 8))):
            soft += 1
    share = exact / len(texts)
    return (
        (exact >= 3 and share >= 0.4)
        or (exact >= 2 and share >= 0.6)
        or (exact + soft / 2 >= 3 and exact >= 1 and exact + soft >= 0.6 * len(texts))
    )


def is_numbers(row: Iterable[Raw]) -> bool:
    """Whether a row only counts the columns: 甲 乙 1 2 3, or 1 2 3=1+2."""
    texts = [folded_cell(cell).strip("()[]〔〕栏列第") for cell in row if cell is not None and cell != ""]
    if len(texts) < 3:
        return False
    plain = [text.split("=")[0].split("+")[0] for text in texts]
    letters = [text for text in plain if not text.isdigit()]
    digits = [int(text) for text in plain if text.isdigit() and len(text) < 4]
    if len(letters) + len(digits) < len(plain) or any(text and not any(text in line.casefold() for line in ORDINALS) for text in letters):
        return False
    steps = [later - earlier for earlier, later in pairwise(digits)]
    return all(step == 1 for step in steps) and (not digits or digits[0] <= 2)


def _merges_by_row(sheet: Sheet) -> dict[int, list[Merge]]:
    by_row: dict[int, list[Merge]] = defaultdict(list)
    for merge in sheet.merges:
        by_row[merge.top].append(merge)
    return by_row


def _grown(sheet: Sheet, row: int, words: Lexicon, merges: dict[int, list[Merge]], above: int) -> Block:
    """The whole block around a row of headings: parents above it, children below."""
    top = bottom = row
    width = len(sheet.rows[row - 1])
    while top - 1 > above and bottom - top + 1 < DEPTH and _is_parent(sheet, top - 1, merges, width):
        top -= 1
    tall = [merge.bottom for line in range(top, row + 1) for merge in merges[line] if merge.top < merge.bottom < top + DEPTH]
    bottom = max([bottom, *tall])
    while bottom - top + 1 < DEPTH and bottom < len(sheet.rows) and _is_child(sheet, bottom + 1, words, merges):
        bottom += 1
    inside = [merge for line in range(top, bottom + 1) for merge in merges[line]]
    return Block(top, bottom, _heads(sheet, top, bottom, inside))


def _is_parent(sheet: Sheet, row: int, merges: dict[int, list[Merge]], width: int) -> bool:
    """Whether a row above the headings groups them: two or more short texts, some over several columns."""
    cells = [cell for cell in sheet.rows[row - 1] if cell is not None and cell != ""]
    if len(cells) < 2 or any(
        not isinstance(cell, str) or len(cell) > 20 or ":" in cell or "：" in cell or _LABEL.search(cell) or TITLE.search(cell)
        for cell in cells
    ):
        return False
    wide = [merge for merge in merges[row] if 1 < merge.right - merge.left + 1 < width]
    return bool(wide) or (len(cells) >= 3 and not sheet.merges)


def _is_child(sheet: Sheet, row: int, words: Lexicon, merges: dict[int, list[Merge]]) -> bool:
    """Whether a row continues the headings above it: every text stands under a wider heading or under none."""
    above, cells = sheet.rows[row - 2], sheet.rows[row - 1]
    places = [i for i, cell in enumerate(cells) if cell is not None and cell != ""]
    texts = [cells[i] for i in places]
    if not texts or any(not isinstance(text, str) or len(text) > LONGEST for text in texts) or is_numbers(cells):
        return False
    wide = {column for merge in merges[row - 1] if merge.right > merge.left for column in range(merge.left - 1, merge.right)}
    known = sum(words.knows(folded_cell(text)) for text in texts)
    if known >= max(2.0, 0.6 * len(texts)):
        return True
    if any(not _under(i, above, cells) for i in places if i not in wide):
        return False
    return len(wide.intersection(places)) == len(places) or known >= max(1.0, 0.5 * len(texts))


def _under(i: int, above: Sequence[Raw], cells: Sequence[Raw]) -> bool:
    """Whether the text at `i` may belong to a wider heading above: none stands right over it, or one that goes on to the right."""
    if i >= len(above) or above[i] in (None, ""):
        return any(cell not in (None, "") for cell in above[:i])
    return (i + 1 >= len(above) or above[i + 1] in (None, "")) and i + 1 < len(cells) and cells[i + 1] not in (None, "")


def _heads(sheet: Sheet, top: int, bottom: int, merges: Sequence[Merge]) -> dict[int, Head]:
    """The heading of each column, its levels joined; without any merges a group's name goes on over the blanks to its right."""
    lines = [list(sheet.rows[number - 1]) for number in range(top, bottom + 1)]
    width = max(len(line) for line in lines)
    wide = any(merge.right > merge.left for merge in merges)
    for line in lines:
        line.extend([None] * (width - len(line)))
    for merge in merges:
        value = lines[merge.top - top][merge.left - 1] if merge.left <= width else None
        for number in range(merge.top, min(merge.bottom, bottom) + 1):
            for column in range(merge.left, min(merge.right, width) + 1):
                lines[number - top][column - 1] = value
    if not wide:
        for upper, lower in pairwise(lines):
            for i in range(1, width):
                if upper[i] in (None, "") and lower[i] not in (None, "") and lower[i - 1] not in (None, ""):
                    upper[i] = upper[i - 1]
    heads: dict[int, Head] = {}
    for column in range(width):
        path = [str(line[column]).strip() for line in lines if line[column] is not None and str(line[column]).strip()]
        levels = list(dict.fromkeys(path))
        if levels:
            heads[column + 1] = Head(levels[-1], tuple(level for level in levels[:-1] if not (_COLON.search(level) or TITLE.search(level))))
    return heads


def heading_rows(sheet: Sheet, words: Lexicon | None = None) -> list[int]:
    """The rows of a sheet that are headings, 1-based: those of known ledgers, else the first row that names its columns."""
    from canju.reading.headings import lexicon

    blocks = find_blocks(sheet, words or lexicon({}))
    if blocks:
        return [number for block in blocks for number in range(block.top, block.bottom + 1)]
    guess = first_headings(sheet)
    return [guess] if guess else []


def first_headings(sheet: Sheet) -> int | None:
    """The row that most likely names the columns of an unknown table: short texts throughout, and rows as wide below it."""
    rows = sheet.rows[:200]
    counts = [filled(row) for row in rows]
    usual = max(counts, default=0)
    for number, (row, count) in enumerate(zip(rows, counts, strict=True), start=1):
        if count < 2 or count < 0.6 * usual:
            continue
        texts = [cell for cell in row if cell is not None and cell != ""]
        names = all(isinstance(cell, str) and len(cell) <= LONGEST and not cell.strip().replace(".", "").isdigit() for cell in texts)
        return number if names and len(set(map(str, texts))) == len(texts) and any(count >= 2 for count in counts[number:]) else None
    return None
