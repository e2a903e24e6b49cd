"""How a text file is cut into cells, found without being told: delimiter, quote, escape.

Each delimiter that could be is tried with each quote that occurs; what gives many rows of one width, several columns and cells
that look like single values wins. Where a comma, semicolon, tab or bar cuts nearly all lines alike, nothing else is tried.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence

from canju.patterns import pattern
from canju.reading.formats.records import Dialect, Lines, lines_of, read_records

SAMPLE_LINES, SAMPLE_SIGNS = 120, 100_000
STRONG = ",\t;|"
PRIOR = {",": 1.0, "\t": 1.0, ";": 1.0, "|": 1.0, ":": 0.55, " ": 0.5, "~": 0.6, "^": 0.6, "，": 0.6, "；": 0.55, "、": 0.35}
WEAK = 0.45
QUOTES = "\"'´`"
NEVER = set("\"'´`\r\n\\()[]{}<>“”‘’（）《》【】。！？.：_%@$￥¥+０１２３４５６７８９")
DIRECTIVE = pattern(r"^sep=(.{1,2})$", re.IGNORECASE)
ATOM = pattern(
    r"[-+]?[\d.,]*\d%?|\d{1,4}[-/.年]\d{1,2}([-/.月]\d{1,4}日?)?([ T]\d{1,2}:\d{2}(:\d{2}(\.\d+)?)?)?|\d{1,2}:\d{2}(:\d{2})?( ?[AaPp][Mm])?"
    r"|[\w.+-]+@[\w-]+(\.[\w-]+)+|(https?|ftp)://\S+|\d+(\.\d+){3}|[$€£￥¥]\s?[\d.,]+"
)
"""One whole value: a number, date, time, address of mail or web, sum of money."""
BESIDE = "|~^;:,"
"""Signs that may be the second of a delimiter."""

TAB_WRITTEN = "\\t"
"""Backslash and t, where a program wrote the name of the tab instead of the tab."""
LOOSE = pattern(r"[-+\d.,]+(\s[-+\d.,]+)+")


def directive(text: Lines) -> str:
    """The delimiter that Excel's own first line `sep=;` names, or ""."""
    told = DIRECTIVE.match(text.lines[0]) if text.lines else None
    return told[1] if told else ""


def detect(text: Lines) -> Dialect:
    """The dialect of a text. One cell a line where no delimiter makes sense."""
    sample = _sample(text)
    if not sample.lines:
        return Dialect()
    told = directive(text)
    if told:
        return _tried(sample, told)[1]
    found = max((_tried(sample, cut) for cut in STRONG if any(cut in line for line in sample.lines)), key=lambda one: one[0], default=None)
    if found is None or found[0] < 0 or not _sure(sample, found[1]):
        tries = [_tried(sample, cut) for cut in _candidates(sample)]
        found = max(tries, key=lambda one: one[0] * _enclosing(sample, one[1]), default=(0.0, Dialect("")))
    score, dialect = found
    if score <= 0.08 or _single(sample, dialect):
        return Dialect("", _quote_of_lines(sample))
    return _refined(text, sample, dialect)


def _sample(text: Lines) -> Lines:
    size = count = 0
    for line in text.lines:
        size += len(line)
        count += 1
        if size > SAMPLE_SIGNS or count >= SAMPLE_LINES:
            break
    return Lines(text.lines[:count], text.ends[:count])


def _candidates(sample: Lines) -> list[str]:
    """Signs that occur often enough to cut lines."""
    joined = "\n".join(sample.lines)
    enough = max(1, len(sample.lines) // 4)
    written = [TAB_WRITTEN] if joined.count(TAB_WRITTEN) >= enough else []
    signs = Counter(sign for sign in joined if not sign.isalnum() and sign not in NEVER)
    return written + [sign for sign, count in signs.most_common(14) if count >= enough]


def _tried(sample: Lines, cut: str, blank: bool = False) -> tuple[float, Dialect]:
    """The best score of a delimiter over the quotes that occur, and the dialect that has it."""
    best = (-1.0, Dialect(cut, '"'))
    for quote in _quotes(sample, cut):
        for escape in _escapes(sample, cut, quote):
            dialect = Dialect(cut, quote, escape, blank)
            score = _score(read_records(sample, dialect).rows, dialect)
            if score > best[0] + 1e-9:
                best = (score, dialect)
    return best


def _quotes(sample: Lines, cut: str) -> list[str]:
    """The double quote, and whichever other sign encloses whole fields; for that, fields that need it are the proof."""
    joined = "\n".join(sample.lines)
    found = ['"']
    for quote in QUOTES[1:]:
        if joined.count(quote) < 2:
            continue
        fields = _fields(joined, cut, quote)
        if any(cut in one or "\n" in one for one in fields) or len(fields) >= max(3, len(sample.lines) * 0.3):
            found.append(quote)
    return found


def _fields(joined: str, cut: str, quote: str) -> list[str]:
    """The fields that a quote encloses from one delimiter or line end to the next."""
    edge, sign = re.escape(cut), re.escape(quote)
    return re.findall(rf"(?:^|{edge} ?)({sign}(?:[^{sign}]|{sign}{sign}|\\{sign})*{sign})(?={edge}|$)", joined, re.MULTILINE)


def _enclosing(sample: Lines, dialect: Dialect) -> float:
    """From a half to 1: the share of quotes that enclose whole fields. Where a delimiter is the wrong one, they stand within cells."""
    joined = "\n".join(sample.lines)
    count = joined.count(dialect.quote) if dialect.quote else 0
    return (
        0.5 + 0.5 * sum(field.count(dialect.quote) for field in _fields(joined, dialect.delimiter, dialect.quote)) / count if count else 1.0
    )


def _escapes(sample: Lines, cut: str, quote: str) -> list[bool]:
    """Whether backslashes escape: only asked where one stands before a quote or delimiter; doubled quotes speak against it."""
    joined = "\n".join(sample.lines)
    if "\\" + cut in joined and quote not in joined:
        return [False, True]
    if "\\" + quote not in joined:
        return [False]
    inside = re.search(re.escape("\\" + quote) + f"(?!{re.escape(cut)}|$)", joined, re.MULTILINE)
    return [True, False] if inside else [False, True]


def _score(rows: Sequence[Sequence[str]], dialect: Dialect) -> float:
    """From 0 to 1: rows of one width × columns × cells that look whole × how usual the delimiter is."""
    rows = [row for row in rows if row]
    if not rows:
        return -1.0
    usual = Counter(len(row) for row in rows if len(row) > 1)
    if not usual:
        return 0.0
    width = max(usual, key=lambda one: (usual[one] * (one - 1) / one, one))
    alike = 0.0
    for number, row in enumerate(rows):
        if len(row) == width:
            alike += 1
        elif len(row) > 1:
            near = rows[number - 1 : number] + rows[number + 1 : number + 2]
            alike += 0.75 if any(len(other) == len(row) for other in near) else 0.35
    prior = 1.0 if dialect.delimiter == TAB_WRITTEN else min(PRIOR.get(sign, WEAK) for sign in dialect.delimiter)
    return alike / len(rows) * (width - 1) / width * _clean(rows, dialect) * prior


def _clean(rows: Sequence[Sequence[str]], dialect: Dialect) -> float:
    """The share of cells that look like one value, blanks left out."""
    whole = count = 0.0
    for row in rows:
        if len(row) < 2:
            continue
        for cell in row:
            if cell:
                count += 1
                whole += _wholeness(cell, dialect)
    return whole / count if count else 0.05


def _wholeness(cell: str, dialect: Dialect) -> float:
    if ATOM.fullmatch(cell):
        return 1.0
    if cell[0] in QUOTES:
        return 0.4 if len(cell) > 1 and cell[-1] == cell[0] else 0.1
    if cell[-1] in QUOTES:
        return 0.2
    if LOOSE.fullmatch(cell):
        return 0.3
    if any(sign in cell for sign in STRONG if sign not in dialect.delimiter):
        return 0.5
    return 0.85 if cell[0] == " " or cell[-1] == " " else 1.0


def _sure(sample: Lines, dialect: Dialect) -> bool:
    """Whether a usual delimiter cuts nearly all lines alike, so that others needn't be tried."""
    rows = [row for row in read_records(sample, dialect).rows if row]
    width, count = Counter(len(row) for row in rows).most_common(1)[0]
    if width < 3 or count < len(rows) * 0.9:
        return False
    blank = sum(not cell for row in rows for cell in row)
    return _clean(rows, dialect) > 0.9 and blank < 0.4 * width * count


def _single(sample: Lines, dialect: Dialect) -> bool:
    """Whether each line is one value by itself (dates, times, addresses), or words with blanks between, not a row."""
    lines = [line for line in sample.lines if dialect.delimiter in line]
    if dialect.delimiter not in STRONG and sum(bool(ATOM.fullmatch(line.strip())) for line in lines) > len(lines) * 0.8:
        return True
    if dialect.delimiter != " ":
        return False
    cells = [cell for row in read_records(sample, dialect).rows for cell in row if cell]
    return not any(any(sign.isdigit() for sign in cell) for cell in cells)


def _quote_of_lines(sample: Lines) -> str:
    """The quote of a file of one column."""
    return '"' if any(line.startswith('"') for line in sample.lines) else ""


def _refined(text: Lines, sample: Lines, dialect: Dialect) -> Dialect:
    """The same with a second sign that always stands by the delimiter, and with the blank that always follows it."""
    pair = next((cut for cut in _pairs(sample, dialect) if _alike(sample, dialect, cut)), "")
    if pair:
        dialect = _tried(sample, pair)[1]
    if not dialect.delimiter.endswith(" "):
        dialect = _with_blank(text, sample, dialect)
    dialect = dialect._replace(padded=_padded(sample, dialect))
    if dialect.quote == '"' and not any('"' in line for line in text.lines):
        return dialect._replace(quote="")
    return dialect


def _padded(sample: Lines, dialect: Dialect) -> bool:
    """Whether each quoted field begins and ends with a blank within its quotes."""
    if not dialect.quote:
        return False
    edge, sign = re.escape(dialect.delimiter), re.escape(dialect.quote)
    fields = re.findall(rf"(?:^|{edge} ?){sign}((?:[^{sign}]|{sign}{sign})*){sign}(?={edge}|$)", "\n".join(sample.lines), re.MULTILINE)
    return len(fields) >= 3 and all(one.startswith(" ") and one.endswith(" ") and len(one) > 1 for one in fields)


def _pairs(sample: Lines, dialect: Dialect) -> Iterable[str]:
    """Delimiters of two signs that the lines allow: the sign doubled, or with another that stands before or after it each time."""
    cut = dialect.delimiter
    if len(cut) > 1 or cut == " ":
        return
    joined = "\n".join(sample.lines)
    count = joined.count(cut)
    if joined.count(cut * 2) * 2 >= count * 0.9 or cut not in STRONG:
        yield cut * 2
    for other in BESIDE:
        if other != cut:
            yield from (two for two in (cut + other, other + cut) if joined.count(two) >= count * 0.9)


def _alike(sample: Lines, dialect: Dialect, pair: str) -> bool:
    """Whether two signs together cut nearly all lines alike and leave no sign of the delimiter by itself outside quotes."""
    other = _tried(sample, pair)[1]
    rows = [row for row in read_records(sample, other).rows if row]
    width, count = Counter(len(row) for row in rows).most_common(1)[0]
    if width < (3 if pair in (",,", "\t\t") else 2) or count < 0.9 * len(rows):
        return False
    if pair[0] == pair[1] and dialect.delimiter not in STRONG:
        return True
    plain = [line for line in sample.lines if not other.quote or other.quote not in line]
    bare = sum(line.replace(pair, "").count(dialect.delimiter) for line in plain)
    return bare <= 0.05 * sum(line.count(pair) for line in plain)


def _with_blank(text: Lines, sample: Lines, dialect: Dialect) -> Dialect:
    """The dialect with `blank` where a blank stands after each delimiter outside quotes, a line end aside."""
    cut = dialect.delimiter
    if sum(line.count(cut + " ") for line in sample.lines) * 2 < sum(line.count(cut) for line in sample.lines):
        return dialect
    score, spaced = _tried(sample, cut, blank=True)
    plain = _score(read_records(sample, dialect).rows, dialect)
    if score < plain or not _follows(read_records(sample, spaced).rows, cut) or not _follows(read_records(text, spaced).rows, cut):
        return dialect
    return spaced


def _follows(rows: Sequence[Sequence[str]], cut: str) -> bool:
    """Whether hardly a cell, read with the blank as part of the delimiter, still holds one without a blank (a quoted one may)."""
    wide = sum(len(row) - 1 for row in rows if row)
    bare = sum(cell.count(cut) - cell.count(cut + " ") for row in rows for cell in row)
    return wide > 0 and bare <= wide * 0.15


__all__ = ["detect", "directive", "lines_of"]
