"""Feedback that is laid out otherwise than an entry a row: a column for each kind, or a form with the kinds beside or above the texts."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise

from canju.ledgers.base import Clue
from canju.ledgers.feedback import Feedback
from canju.model import Raw, Sheet, plain
from canju.reading.areas import Area
from canju.reading.fitting import Fit
from canju.reading.headings import Head, Lexicon, Match, folded
from canju.reading.layout import TITLE, Block, filled
from canju.reading.marks import NOTE, UNIT_LINE, squeezed
from canju.reading.towns import towns_in

_LONGEST = 16
"""Characters of a kind as it is written before or above a text."""
_LOOK = 500
"""Rows in which kinds are sought: no town writes more of its year, and a long sheet of something else isn't read through."""
_KIND = Feedback.columns["kind"].type
_CLUE = Clue()


def told_areas(sheet: Sheet, words: Lexicon, name: str, towns: tuple[str, ...]) -> list[Area]:
    """The feedback of a sheet that has no headings of the ledger; empty where the sheet is none. `name` is the file's.

    Kinds of content alone are no proof – any office lists problems and proposals –, but 反馈 is, or deeds and difficulties together.
    """
    labels = {number: found for number, row in enumerate(sheet.rows[:_LOOK], 1) if (found := _labels(row))}
    kinds = {kind for found in labels.values() for kind in found.values()}
    title = "".join(squeezed(plain(cell)) for row in sheet.rows[: min(labels, default=1)] for cell in row[:1] if isinstance(cell, str))
    if len(kinds) < 2 or not ("反馈" in "".join((name, sheet.name, *sheet.lead, title)) or {"成功做法", "困难问题"} <= kinds):
        return []
    return _in_columns(sheet, labels, words) or _in_rows(sheet, labels, towns)


def _labels(row: Sequence[Raw]) -> dict[int, str]:
    """The kinds of content that stand in a row by themselves, by column."""
    found = {}
    for column, cell in enumerate(row, 1):
        if isinstance(cell, str) and 0 < len(squeezed(cell)) <= _LONGEST and (read := _KIND.read(cell, _CLUE)).value and not read.faults:
            found[column] = str(read.value)
    return found


def _at(row: Sequence[Raw], column: int) -> Raw:
    return row[column - 1] if len(row) >= column and row[column - 1] != "" else None


# --- a column for each kind ----------------------------------------------------------------------


def _in_columns(sheet: Sheet, labels: Mapping[int, Mapping[int, str]], words: Lexicon) -> list[Area]:
    """A table for each column headed by a kind and holding something; what else the row tells belongs to each of them."""
    for number, found in labels.items():
        row = sheet.rows[number - 1]
        short = all(len(squeezed(plain(cell))) <= _LONGEST for cell in row if cell is not None)
        if len(found) < 2 or len(set(found.values())) < len(found) or not short:
            continue
        heads = _heads(sheet, number)
        used = [column for column in found if any(_at(below, column) is not None for below in sheet.rows[number:])]
        shared: dict[str, int] = {}
        why: dict[str, Match] = {}
        for column, head in heads.items():
            match = next(iter(words.matches(head, Feedback)), None) if column not in found else None
            if match and match.field in ("serial", "town", "contact", "phone"):
                shared.setdefault(match.field, column)
                why.setdefault(match.field, match)
        strange = [column for column in heads if column not in found and column not in shared.values()]
        areas: list[Area] = []
        for column in used or list(found)[:1]:  # an empty one is told as such
            fit = Fit(Feedback, {**shared, "text": column}, why, unknown=[] if areas else strange, accepted=True)
            others = frozenset(found) - {column}
            area = Area(Block(number, number, heads), heads, 1, number + 1, len(sheet.rows), min(heads), max(heads), [fit])
            area.given, area.others = {"kind": found[column]}, others
            areas.append(area)
        return areas
    return []


def _heads(sheet: Sheet, number: int) -> dict[int, Head]:
    """The headings of a row, and for its blanks those right above it that reach down."""
    down = {m.left: plain(sheet.rows[m.top - 1][m.left - 1]) for m in sheet.merges if m.top < number <= m.bottom}
    heads = {column: Head(plain(cell).strip()) for column, cell in enumerate(sheet.rows[number - 1], 1) if cell not in (None, "")}
    return {**{column: Head(text.strip()) for column, text in down.items() if folded(text)}, **heads}


# --- a form --------------------------------------------------------------------------------------


def _in_rows(sheet: Sheet, labels: Mapping[int, Mapping[int, str]], towns: tuple[str, ...]) -> list[Area]:
    """The forms of a sheet, one below the other: kinds in one column, the texts to their right, or else below them."""
    column = Counter(min(found) for found in labels.values()).most_common(1)[0][0]
    rows = [number for number, found in labels.items() if min(found) == column]
    beside = Counter(at for number in rows if (at := _next(sheet.rows[number - 1], column)))
    forms = list(_forms(sheet, rows, labels, column))
    starts = [1, *(_start(sheet, earlier[-1], later[0]) for earlier, later in pairwise(forms))]
    ends = [*(start - 1 for start in starts[1:]), len(sheet.rows)]
    if beside:
        text = beside.most_common(1)[0][0]
        return [
            area
            for form, start, end in zip(forms, starts, ends, strict=True)
            for area in _form(sheet, form, start, end, column, text, towns)
        ]
    return [
        area for form, start, end in zip(forms, starts, ends, strict=True) for area in _stacked(sheet, form, start, end, column, labels)
    ]


def _next(row: Sequence[Raw], column: int) -> int:
    """The first filled column to the right; 0 where there is none."""
    return next((at for at in range(column + 1, len(row) + 1) if _at(row, at) is not None), 0)


def _forms(sheet: Sheet, rows: Sequence[int], labels: Mapping[int, Mapping[int, str]], column: int) -> Iterator[list[int]]:
    """The rows with kinds, cut where a kind comes again after a line that names a unit or a form anew."""
    form: list[int] = []
    for number in rows:
        seen = {labels[one][column] for one in form}
        if form and labels[number][column] in seen and any(_opens(sheet.rows[at - 1]) for at in range(form[-1] + 1, number)):
            yield form
            form = []
        form.append(number)
    yield form


def _opens(row: Sequence[Raw]) -> bool:
    text = next((squeezed(plain(cell)) for cell in row if cell not in (None, "")), "")
    return bool(UNIT_LINE.match(text) or (TITLE.search(text) and len(text) <= 40))


def _start(sheet: Sheet, last: int, first: int) -> int:
    """Where the lines above a form begin: after the last blank row behind the form before it, else with the line that opens it."""
    gaps = [number for number in range(last + 1, first) if not filled(sheet.rows[number - 1])]
    if gaps:
        return gaps[-1] + 1
    return next(number for number in range(last + 1, first) if _opens(sheet.rows[number - 1]))


def _form(sheet: Sheet, form: Sequence[int], start: int, end: int, column: int, text: int, towns: tuple[str, ...]) -> Iterator[Area]:
    """One form with the texts to the right, a table for each town that heads a column of them."""
    only = set(form)
    for number in range(form[0] + 1, end + 1):
        row = sheet.rows[number - 1]
        if number - 1 in only and number not in only and _at(row, column) is None and _at(row, text) is not None:
            only.add(number)  # the kind goes on over the rows below that have a text only
    used = sorted({at for number in form for at in range(column + 1, len(sheet.rows[number - 1]) + 1) if _at(sheet.rows[number - 1], at)})
    named = _towns_above(sheet, form[0], used, towns) if len(used) > 1 else {}
    for at in named or [text]:
        heads = {column: Head(""), at: Head(""), **{one: Head(town) for one, town in named.items()}}
        fit = Fit(Feedback, {"kind": column, "text": at}, accepted=True)
        area = Area(Block(form[0], form[0] - 1, heads), heads, start, form[0], end, column, max(used, default=text), [fit])
        area.only, area.others = frozenset(only), frozenset(named) - {at}
        area.given = {"town": named[at]} if named else {}
        yield area


def _towns_above(sheet: Sheet, first: int, columns: Sequence[int], towns: tuple[str, ...]) -> dict[int, str]:
    """The towns that stand right above a form's columns, by column; empty where fewer than two do."""
    row = sheet.rows[first - 2] if first > 1 else []
    found = {at: towns_in(plain(_at(row, at)), towns) for at in columns if _at(row, at) is not None}
    named = {at: names[0] for at, names in found.items() if len(names) == 1}
    return named if len(named) > 1 else {}


def _stacked(
    sheet: Sheet, form: Sequence[int], start: int, end: int, column: int, labels: Mapping[int, Mapping[int, str]]
) -> Iterator[Area]:
    """One form with the texts below the kinds: a table for each kind."""
    above, empty = range(start, form[0]), True
    for number, last in zip(form, [*(number - 1 for number in form[1:]), end], strict=True):
        heads = {column: Head(plain(sheet.rows[number - 1][column - 1]).strip())}
        fit = Fit(Feedback, {"text": column}, accepted=True)
        area = Area(Block(number, number, heads), heads, start, number + 1, last, column, column, [fit])
        area.given, area.above = {"kind": labels[number][column]}, above
        rows = range(number + 1, last + 1)
        area.only = frozenset(at for at in rows if filled(sheet.rows[at - 1]) and not _closes(sheet.rows[at - 1]))
        if area.only or (empty and number == form[-1]):  # a form that nobody filled in is told as such
            yield area
            start, empty = last + 1, False


def _closes(row: Sequence[Raw]) -> bool:
    """Whether a row is one of the lines below a form: 填表人：, 审核人：, and no text that only begins like one."""
    text = next((squeezed(plain(cell)) for cell in row if cell not in (None, "")), "")
    return bool(UNIT_LINE.match(text) or (NOTE.match(text) and ":" in text[:12]))
