"""Tables written as CSV in every way people and programs spoil it, with the rows that must be read."""

from __future__ import annotations

import random
from collections.abc import Iterator
from typing import NamedTuple

Rows = list[list[str]]
DELIMITERS = (",", ";", "\t", "|", ":", " ", "::", "||", ", ", "; ", ";;", "~", "^", "|~", "!")
QUOTES = ('"', "'", "´")


class Case(NamedTuple):
    """A polluted text and what is in it."""

    name: str
    text: str
    rows: Rows


def shop(count: int, chance: random.Random) -> Rows:
    """Goods: dates, times, prices, links; texts with delimiters, quotes and line breaks."""
    texts = ["Chair", "Big table", "Lamp, green, small", "Sofa 2 seats", 'The "best" desk', "Desk: oak", "Shelf; wall"]
    remarks = ["", "ok", "Needs check", "first line\nsecond line", "call back, later", "it's fine", "n/a"]
    rows = [["DATE", "TIME", "Qty", "PRODUCT", "Price", "Type", "Description", "URL", "Comments"]]
    for number in range(count):
        day = f"{chance.randint(1, 12):02}/{chance.randint(1, 28):02}/2018"
        clock = f"{chance.randint(0, 23):02}:{chance.randint(0, 59):02}"
        price = f"{chance.randint(1, 999)}.{chance.randint(0, 99):02}"
        code = f"P{chance.randint(100, 999)}-{chance.choice('ABC')}"
        link = f"http://www.shop.com/p?id={number}&x=1"
        kind = chance.choice(["Furniture", "Light", "Other things"])
        rows.append([day, clock, str(chance.randint(1, 90)), code, price, kind, chance.choice(texts), link, chance.choice(remarks)])
    return rows


def people(count: int, chance: random.Random) -> Rows:
    """A ledger of people who don't exist."""
    rows = [["序号", "镇（街道）", "村（社区）", "姓名", "性别", "身份证号", "出生日期", "联系电话", "家庭住址", "备注"]]
    for number in range(count):
        name = chance.choice("张王李") + chance.choice("芳伟丽")
        identity = f"5227991990{chance.randint(0, 99999999):08}"
        born = f"19{chance.randint(50, 99)}-0{chance.randint(1, 9)}-1{chance.randint(0, 9)}"
        home = chance.choice(["谷脚镇观音村三组", "高堡村七组，靠山", "龙里县,谷脚镇"])
        phone = f"139{chance.randint(0, 99999999):08}"
        remark = chance.choice(["", "外出务工", "行动不便"])
        village = chance.choice(["观音村", "高堡村"])
        rows.append([str(number + 1), "谷脚镇", village, name, chance.choice("男女"), identity, born, phone, home, remark])
    return rows


def numbers(count: int, chance: random.Random) -> Rows:
    """Four columns of numbers."""
    rows = [["year", "month", "value", "rate"]]
    for number in range(count):
        rows.append([str(1990 + number // 12), str(number % 12 + 1), f"{chance.random() * 1000:.2f}", f"{chance.random():.3f}"])
    return rows


def pairs(count: int, chance: random.Random) -> Rows:
    """Two columns."""
    names = ["Anna", "Bob", "Carl Smith", "Dora, Inc"]
    return [["name", "amount"], *([chance.choice(names), str(chance.randint(1, 999))] for _ in range(count))]


TABLES = {"shop": shop, "people": people, "numbers": numbers, "pairs": pairs}


def cell(text: str, cut: str, quote: str, escape: bool, always: bool) -> str:
    """A cell as a program writes it in that dialect."""
    needs = always or cut in text or quote in text or "\n" in text or "\r" in text or (cut[-1] == " " and cut[0] in text)
    if not needs:
        return text
    inner = text.replace("\\", "\\\\").replace(quote, "\\" + quote) if escape else text.replace(quote, quote * 2)
    return quote + inner + quote


def written(rows: Rows, cut: str = ",", quote: str = '"', end: str = "\n", escape: bool = False, always: bool = False) -> str:
    """A table as a program writes it in that dialect."""
    return "".join(cut.join(cell(text, cut, quote, escape, always) for text in row) + end for row in rows)


def cases(seed: int, count: int = 60) -> Iterator[Case]:
    """All kinds of pollution over all tables."""
    for kind, make in TABLES.items():
        rows = make(count, random.Random(seed))
        for case in (*_dialects(kind, rows), *_shapes(rows), *_frames(rows), *_rows(rows)):
            yield case._replace(name=f"{kind} {case.name}")
    yield from _small()


def _dialects(kind: str, rows: Rows) -> Iterator[Case]:
    flat = [[text.replace("\n", " ") for text in row] for row in rows]
    for cut in DELIMITERS:
        for quote in QUOTES:
            for always in (False, True):
                yield Case(f"{cut!r} {quote} {'all quoted' if always else ''}", written(rows, cut, quote, always=always), rows)
        if cut != " ":
            bare = [[text.replace(cut[0], "").replace('"', "") for text in row] for row in flat]
            yield Case(f"{cut!r} unquoted", "".join(cut.join(row) + "\n" for row in bare), bare)
    for quote in QUOTES[:2]:
        for always in (False, True):
            yield Case(f"escaped {quote} {always}", written(rows, ",", quote, escape=True, always=always), rows)
    for end in ("\r\n", "\r"):
        ended = [[text.replace("\n", end) for text in row] for row in rows]
        yield Case(f"line end {end!r}", written(ended, end=end), ended)
    lines = written(flat).splitlines()
    yield Case("mixed line ends", "".join(line + ("\n", "\r\n", "\r")[n % 3] for n, line in enumerate(lines)), flat)


def _shapes(rows: Rows) -> Iterator[Case]:
    yield Case("no final line end", written(rows).rstrip("\n"), rows)
    yield Case("no header", written(rows[1:]), rows[1:])
    for count in (1, 2, 3):
        yield Case(f"{count} rows", written(rows[:count]), rows[:count])
    yield Case("one row, no header", written(rows[1:2]), rows[1:2])
    yield Case("header repeated", written(rows + rows), rows + rows)


def _frames(rows: Rows) -> Iterator[Case]:
    for count in (1, 3, 5):
        title = [["Report of the office"]] * count
        yield Case(f"preamble {count}", written(title + rows), title + rows)
        wide = [["Title", *[""] * (len(rows[0]) - 1)]] * count
        yield Case(f"wide titles {count}", written(wide + rows), wide + rows)
        above = [["Report, of the office; 2018"], *[[] for _ in range(count)]]
        yield Case(f"title and blank lines {count}", written(above + rows), above + rows)
        below = [*[[] for _ in range(count)], ["Source: office, 2018"]]
        yield Case(f"footnote {count}", written(rows + below), rows + below)
    other = [["a", "b", "c"], ["1", "2", "3"], ["4", "5", "6"]]
    for name, both in (("below", [*rows, [], *other]), ("above", [*other, [], *rows]), ("close", rows + other)):
        yield Case(f"second table {name}", written(both), both)


def _rows(rows: Rows) -> Iterator[Case]:
    for at in sorted({0, 1, min(5, len(rows) - 1), len(rows) // 2, len(rows) - 1}):
        yield Case(f"blank line {at}", written([*rows[:at], [], *rows[at:]]), [*rows[:at], [], *rows[at:]])
        for count in (1, 2, 5):
            more = [row + [""] * count if n == at else row for n, row in enumerate(rows)]
            yield Case(f"row {at} has {count} more", written(more), more)
            if count < len(rows[0]):
                less = [row[:-count] if n == at else row for n, row in enumerate(rows)]
                yield Case(f"row {at} has {count} less", written(less), less)
        for column in range(len(rows[0])):
            more = [[*row[:column], "", *row[column:]] if n == at else row for n, row in enumerate(rows)]
            yield Case(f"a delimiter more at {at}/{column}", written(more), more)
            yield from _stray_quotes(rows, at, column)
        if len(rows[0]) >= 4:
            for cut in (";", "\t", " ", "|", "::"):
                yield Case(f"row {at} cut by {cut!r}", "".join(written([row], cut if n == at else ",") for n, row in enumerate(rows)), rows)
        for quote in QUOTES[1:] if not any("'" in text for text in rows[at]) else ():
            yield Case(
                f"row {at} quoted by {quote}", "".join(written([row], quote=quote if n == at else '"') for n, row in enumerate(rows)), rows
            )


def _stray_quotes(rows: Rows, at: int, column: int) -> Iterator[Case]:
    """One quote too many in one cell, in a file that quotes where needed and in one that quotes all."""
    text = rows[at][column]
    if len(text) < 2 or any(sign in text for sign in '"\n'):
        return
    for where, spoilt in (("start", '"' + text), ("end", text + '"'), ("middle", text[: len(text) // 2] + '"' + text[len(text) // 2 :])):
        expected = [[*row[:column], spoilt, *row[column + 1 :]] if n == at else row for n, row in enumerate(rows)]
        for always in (False, True):
            if "," in text and not always:
                continue
            lines = [[cell(one, ",", '"', False, always) for one in row] for row in rows]
            lines[at][column] = f'"{spoilt}"' if always else spoilt
            name = f"stray quote at the {where} of {at}/{column}{' all quoted' if always else ''}"
            yield Case(name, "".join(",".join(line) + "\n" for line in lines), expected)


def _small() -> Iterator[Case]:
    yield Case("empty", "", [])
    yield Case("one column", "name\nAnna\nBob\n", [["name"], ["Anna"], ["Bob"]])
    yield Case(
        "one column of two words", "name\nAnna Smith\nBob Kent\nCarl Orff\n", [["name"], ["Anna Smith"], ["Bob Kent"], ["Carl Orff"]]
    )
    yield Case("one column of dates", "2018-01-01\n2018-02-01\n2018-03-01\n", [["2018-01-01"], ["2018-02-01"], ["2018-03-01"]])
    yield Case("one column of times", "10:00:01\n11:00:01\n12:00:02\n", [["10:00:01"], ["11:00:01"], ["12:00:02"]])
    yield Case("one column of names", "张三\n李四\n王五\n", [["张三"], ["李四"], ["王五"]])
    yield Case("Excel's own first line", "sep=;\na;b\n1;2\n", [["a", "b"], ["1", "2"]])
    yield Case("decimal commas", "x;y;z\n1,5;2,5;3,5\n1,6;2,6;3,6\n", [["x", "y", "z"], ["1,5", "2,5", "3,5"], ["1,6", "2,6", "3,6"]])
    yield Case("digits between blanks", "1 2 3\n4 5 6\n7 8 9\n", [list("123"), list("456"), list("789")])
