"""Which rows below the headings are records, and why each other row is none. A row is set aside only for what it says."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import zip_longest
from typing import NamedTuple

from canju.ledgers.base import Skipped
from canju.ledgers.kinds.cell import FOLDED
from canju.model import ErrorValue, Raw, Uncalculated, plain
from canju.reading.layout import filled, is_numbers
from canju.reading.marks import (
    COUNT,
    EXAMPLE,
    HINT,
    NIL,
    NOTE,
    NOTHING_TO_SAY,
    NUMBERED,
    OF_WHICH,
    PERSON,
    PLACEHOLDER,
    SENTENCE,
    SUBTOTAL,
    TOTAL,
    UNIT_LINE,
    squeezed,
    sub_title,
)


@dataclass(slots=True, eq=False, repr=False)
class Sorted:
    """The rows of a table's body: records by row number, the rest with why, and what sub-titles and nil lines say.

    `under` gives for a record's row the sub-title above it; `breaks` are rows after which a subtotal may begin anew.
    """

    records: list[int] = field(default_factory=list)
    skipped: list[Skipped] = field(default_factory=list)
    under: dict[int, str] = field(default_factory=dict)
    totals: list[int] = field(default_factory=list)
    notes: list[int] = field(default_factory=list)
    nil: list[int] = field(default_factory=list)


class Body(NamedTuple):
    """A table's rows as sorting needs them: the sheet's rows, its first and last row, and the columns that matter, 1-based.

    `subject` is the column that makes a row a record (name, place, organization …); `fixed` are columns that say only
    where a row belongs (serial, town, village, level); `headings` are the heading rows' cells; `titles` texts above them;
    `wide` rows are merged across; `people` tells whether a village's name
    alone cannot be a record, `villages` which names are villages', `by_titles` that no column tells the village,
    `free` that the subject is a text in somebody's own words, `only` which rows may be records, None for any.
    """

    rows: Sequence[Sequence[Raw]]
    first: int
    last: int
    left: int
    right: int
    subject: int | None
    fixed: frozenset[int]
    sex: int | None
    headings: Sequence[Sequence[Raw]]
    titles: frozenset[str]
    wide: frozenset[int] = frozenset()
    people: bool = True
    villages: frozenset[Raw] = frozenset()
    by_titles: bool = False
    free: bool = False
    only: frozenset[int] | None = None


def sort_rows(body: Body) -> Sorted:
    """Every row of the body as record or not."""
    found = Sorted()
    title, after_note, tail, fresh = "", False, False, True
    flagged = _flagged(body)
    few = max(3, len(body.fixed) + 1, (body.right - body.left + 1) // 4)
    named = None if body.subject is None else body.subject - body.left
    for number in range(body.first, body.last + 1):
        row = body.rows[number - 1]
        if body.left > 1 or len(row) > body.right:
            row = row[body.left - 1 : body.right]
        count = filled(row)
        if not count:
            continue
        why = None
        cells: list[tuple[int, Raw]] = []
        nameless = named is not None and (named >= len(row) or row[named] in _NOTHING)
        if count <= few or fresh or nameless or number in flagged:
            cells = [(body.left + i, cell) for i, cell in enumerate(row) if cell is not None and cell != ""]
            why = _why(body, number, cells, after_note, tail, fresh)
        if why is None and body.only is not None and number not in body.only:
            why = "note"
        if why is None:
            found.records.append(number)
            if title:
                found.under[number] = title
            after_note = tail = fresh = False
            continue
        found.skipped.append(Skipped(number, why, plain(cells[0][1]).strip()))
        if why in ("total", "subtotal"):
            found.totals.append(number)
        elif why == "nil":
            found.nil.append(number)
        elif why == "note":
            found.notes.append(number)
        elif why == "subtitle":
            title, tail = squeezed(plain(cells[0][1])), False
        tail = tail or why in ("total", "note")
        after_note = why == "note" or (after_note and why == "blank")
        fresh = why in ("repeated-heading", "numbers") or (fresh and why in ("example", "note", "title", "blank"))
    return found


def by_column(rows: Sequence[Sequence[Raw]], width: int) -> list[tuple[Raw, ...]]:
    """The first `width` columns of some rows; what a short row lacks is None."""
    lengths = set(map(len, rows))
    if max(lengths, default=0) > width:
        rows = [row[:width] for row in rows]
    columns: list[tuple[Raw, ...]] = list(zip(*rows, strict=True) if len(lengths) == 1 else zip_longest(*rows))
    return columns + [(None,) * len(rows)] * (width - len(columns))


_NOTHING = (None, "")


def _flagged(body: Body) -> set[int]:
    """Rows that a marker word in one of the leading columns, or a repeated heading, makes worth a closer look."""
    columns = list(range(body.left, min(body.right, body.left + 5) + 1))
    columns += sorted({column for column in (body.subject, *body.fixed) if column is not None} - set(columns))
    flagged: set[int] = set()
    block = body.rows[body.first - 1 : body.last]
    cells = by_column(block, max(columns))
    for column in columns:
        texts = [text for text in set(cells[column - 1]) if isinstance(text, str)]
        if "".join(texts).isascii():
            continue
        marked = {text for text in texts if _perhaps(text) and _marked(text)}
        if marked:
            flagged.update(body.first + i for i, text in enumerate(cells[column - 1]) if text in marked)
    heads = {cell for line in body.headings for cell in line if isinstance(cell, str) and len(cell) > 1}
    flagged.update(body.first + i for i, row in enumerate(block) if not heads.isdisjoint(row))
    return flagged


_IN_MARKERS = frozenset("计其例范样注说填制审复经负领主电联报统登盖签以此本依附日零无没〇发单部分管位门")


def _perhaps(text: str) -> bool:
    """Whether a text can be a marker: it has a character of theirs, or one that NFKC may make one of."""
    return not text.isascii() and (not _IN_MARKERS.isdisjoint(text) or not FOLDED.fullmatch(text))


@lru_cache(maxsize=50_000)
def _marked(text: str) -> bool:
    word = squeezed(text)
    return bool(
        ("计" in word and TOTAL.match(word))
        or OF_WHICH.match(word)
        or ("例" in word and EXAMPLE.match(word))
        or NOTE.match(word)
        or (("无" in word or "零" in word or "没有" in word) and NIL.match(word))
    )


def _why(body: Body, number: int, cells: Sequence[tuple[int, Raw]], after_note: bool, tail: bool, fresh: bool) -> str | None:
    """Why a row is no record; None where it is one."""
    cells = [one for one in cells if not isinstance(one[1], str) or squeezed(one[1])]
    if not cells:
        return "blank"
    texts = [squeezed(plain(cell)) for _, cell in cells]
    if _is_repeated(body, cells, texts):
        return "repeated-heading"
    if fresh:
        if is_numbers([cell for _, cell in cells]):
            return "numbers"
        if _is_hints(body, cells, texts):
            return "note"
    if len(cells) <= 4 and texts[0] in body.titles:
        return "title"
    if body.free and (said := next((text for (column, _), text in zip(cells, texts, strict=True) if column == body.subject), "")):
        return _why_free(body, cells, texts, said, fresh)
    person = any(PERSON.fullmatch(text) for text in texts) or any(
        column == body.sex and text in ("男", "女") for (column, _), text in zip(cells, texts, strict=True)
    )
    if (fresh or number - body.first < 6) and (
        any(EXAMPLE.match(text) for text in texts[:3]) or any(PLACEHOLDER.match(text) for text in texts[:5]) or _example_name(body, cells)
    ):
        return "example"
    if not person and (label := _total_label(body, cells, texts)):
        return "subtotal" if SUBTOTAL.search(label) else "total"
    if person:
        return None
    if nil := _nil(body, cells, texts):
        return nil
    if _is_note(body, cells, texts, after_note, number):
        return "note"
    if (
        tail
        and body.subject is not None
        and body.subject not in {column for column, _ in cells}
        and not body.fixed.issuperset({column for column, _ in cells})
    ):
        return "note"  # figures and remarks below the end of the table
    return _lone(body, cells, texts, number, tail)


def _why_free(body: Body, cells: Sequence[tuple[int, Raw]], texts: Sequence[str], said: str, fresh: bool) -> str | None:
    """Why a row with a text of somebody's own is no record: a mark that stands beside it, or nothing said in it.

    The words it begins with tell nothing: 无专职人员 is a difficulty and no nil return, 共计120户 no total.
    """
    beside = [text for (column, _), text in zip(cells, texts, strict=True) if column in body.fixed]
    alone = len(cells) == 1 and body.subject == body.left and body.only is None
    first = texts[0] if cells[0][0] in body.fixed or alone else ""
    if any(EXAMPLE.match(text) or PLACEHOLDER.match(text) for text in beside) or (fresh and EXAMPLE.match(said)):
        return "example"
    if NOTE.match(first) or UNIT_LINE.match(first):
        return "note"
    if TOTAL.match(first):
        return "total"
    return "nil" if NOTHING_TO_SAY.match(said) else None


def _is_repeated(body: Body, cells: Sequence[tuple[int, Raw]], texts: Sequence[str]) -> bool:
    """Whether a row says again what a heading row says in the same columns."""
    for line in body.headings:
        same = sum(
            1
            for (column, _), text in zip(cells, texts, strict=True)
            if column <= len(line) and line[column - 1] is not None and squeezed(plain(line[column - 1])) == text
        )
        if same >= 2 and same >= 0.6 * len(cells):
            return True
    return False


def _is_hints(body: Body, cells: Sequence[tuple[int, Raw]], texts: Sequence[str]) -> bool:
    """Whether a row under the headings only says how to fill them in: 必填, 18位, 如2019-01-01."""
    hints = [bool(HINT.match(text)) for text in texts]
    named = next((hint for (column, _), hint in zip(cells, hints, strict=True) if column == body.subject), True)
    return named and (all(hints) or (sum(hints) >= max(2, 0.6 * len(hints)) and not any(PERSON.fullmatch(text) for text in texts)))


def _example_name(body: Body, cells: Sequence[tuple[int, Raw]]) -> bool:
    name = next((squeezed(plain(cell)) for column, cell in cells if column == body.subject), "")
    return bool(re.match(r"^(?:例|示例)[:：]|.*[(（](?:示?例|样例|举例)[)）]$", name))


def _total_label(body: Body, cells: Sequence[tuple[int, Raw]], texts: Sequence[str]) -> str:
    """The label of a total row, "" for any other: a word such as 合计 first, and nothing but figures beside it."""
    for place, ((column, _), text) in enumerate(zip(cells, texts, strict=True)):
        if (place < 3 or column in body.fixed) and len(text) <= 24 and (TOTAL.match(text) or OF_WHICH.match(text)):
            rest = [(at, cell, other) for (at, cell), other in zip(cells, texts, strict=True) if at != column and at not in body.fixed]
            words = [other for _, cell, other in rest if not _is_figure(cell, other)]
            if column == body.subject and words:
                return ""  # a person may be called 合计
            return text if len(words) <= max(1, len(cells) // 4) else ""
    return ""


def _is_figure(cell: Raw, text: str) -> bool:
    return isinstance(cell, int | float | ErrorValue | Uncalculated) or bool(COUNT.match(text)) or text in ("-", "—", "/", "——")


def _nil(body: Body, cells: Sequence[tuple[int, Raw]], texts: Sequence[str]) -> str:
    """`nil` where the row says that there is nobody to report, beside where it belongs and blanks."""
    rest = [text for (column, _), text in zip(cells, texts, strict=True) if column not in body.fixed and text not in ("/", "-", "—", "0")]
    said = [text for text in rest if NIL.match(text)]
    if said and len(said) == len(rest) and (len(cells) == 1 or any(column == body.subject for column, _ in cells) or len(rest) == 1):
        return "nil"
    if not rest and len(cells) > 1 and any(column == body.subject for column, _ in cells) and _beside_place(body, cells):
        return "nil"  # a village with a stroke under the names
    if (
        not rest
        and any(NIL.match(text) for (column, _), text in zip(cells, texts, strict=True) if column in body.fixed)
        and len(texts) <= 3
    ):
        return "nil"
    return ""


def _beside_place(body: Body, cells: Sequence[tuple[int, Raw]]) -> bool:
    """Whether text stands where a row says to which place it belongs."""
    return any(column in body.fixed and isinstance(cell, str) and not cell.strip().isdigit() for column, cell in cells)


def _is_note(body: Body, cells: Sequence[tuple[int, Raw]], texts: Sequence[str], after_note: bool, number: int) -> bool:
    first = texts[0]
    if cells[0][0] == body.subject and len(cells) == 1 and len(first) <= 4 and not NOTE.match(first):
        return False
    if NOTE.match(first) or UNIT_LINE.match(first):
        return True
    if len(texts) <= 2 and cells[0][0] != body.subject and (len(first) > 24 or SENTENCE.search(first)):
        return True
    if after_note and len(texts) <= 2 and (NUMBERED.match(first) or cells[0][0] != body.subject or len(first) > 4):
        return True
    if len(texts) == 1 and sub_title(first):
        return False
    return (
        len(texts) <= 6
        and sum(1 for text in texts if re.search(r"[:：]", text) and not text[0].isdigit()) >= max(1, len(texts) / 2)
        and cells[0][0] != body.subject
    )


def _names_village(body: Body, text: str) -> bool:
    """Whether a text alone in the name column is a village's and not a person's: numbered, counted, listed, or long."""
    found = sub_title(text)
    if not found:
        return False
    return (
        text != found["name"]
        or text in body.villages
        or (body.people and len(text) >= (3 if body.by_titles else 4) and bool(re.search(r"(?:社区|村|居委会|街道|[镇乡])$", text)))
    )


def _says_nothing(cell: Raw) -> bool:
    """Whether a cell is what a formula filled down over blank rows leaves: an error, a nought, or nothing calculated yet."""
    return isinstance(cell, ErrorValue | Uncalculated) or (isinstance(cell, int | float) and cell == 0)


def _lone(body: Body, cells: Sequence[tuple[int, Raw]], texts: Sequence[str], number: int, tail: bool) -> str | None:
    """What a row of one text is: a sub-title, a remark beside the table, or a record of which only the name was given."""
    rest = [column for column, cell in cells if column not in body.fixed and not _says_nothing(cell)]
    if body.subject is not None and any(column == body.subject for column, _ in cells) and number not in body.wide:
        return "subtitle" if len(cells) == 1 and _names_village(body, texts[0]) else None
    if len(cells) == 1 and isinstance(cells[0][1], str) and not texts[0].isdigit():
        if sub_title(texts[0]) or ((cells[0][0] == body.left or number in body.wide) and len(texts[0]) <= 20):
            return "subtitle"
        return "note" if body.subject is not None else None
    return None if rest else "note" if tail else "blank"
