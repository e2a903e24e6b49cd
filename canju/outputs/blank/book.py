"""One blank workbook: the sheet to fill in, 填表说明, and the hidden sheet by which it is known again when it comes back."""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from canju.ledgers import sent
from canju.ledgers.base import Column, Ledger
from canju.ledgers.commissioners import ASSESSED, ASSESSMENT, Commissioner
from canju.ledgers.staffing import Staffing
from canju.outputs.blank import columns as asked_for
from canju.outputs.blank.columns import OF_A_YEAR, asked, hint, is_many, is_number, must, words_of
from canju.outputs.terminal import width

HEADING, EXAMPLE = 2, 3
"""Rows of the headings and of the example, counted from 0; the first row to fill in follows."""
ROOM = 1000
"""Rows beside those carried over that are prepared with drop-downs."""
LINED = 30
"""Empty rows that are drawn with lines, for printing and filling in by hand."""
_FONT = "宋体"
_PAGE = 230
"""Characters of column width that one page may hold and still be read; a wider sheet is printed on several, names repeated."""
_HEAD = 12
"""Columns over which the title and the unit's line stand on a sheet one page wide, so that both are seen on a screen."""
_LINE = 15
"""Points that a line of a cell takes."""
_LONGEST_LIST = 255
"""Characters that a list may have inside a validation; a longer one breaks the workbook."""


class Blank(NamedTuple):
    """A workbook to send out: whose it is, what it asks for, and the rows it already holds, by field in canonical spelling.

    `assessment` emphasises the columns of the year-end 考核表. `town` is the unit's name, also of the county's own.
    """

    ledger: type[Ledger]
    county: str
    town: str
    villages: tuple[str, ...]
    version: str
    round: str
    year: int
    own: bool = False
    assessment: bool = False
    rows: Sequence[Mapping[str, str]] = ()

    @property
    def title(self) -> str:
        """The sheet's title."""
        return f"{self.town}{ASSESSMENT if self.assessment else self.ledger.title}"

    @property
    def stamp(self) -> list[tuple[str, str]]:
        """Key and value of the hidden sheet; a unit that is no town leaves `town` blank."""
        told = [("county", self.county), ("town", "" if self.own else self.town), ("ledger", self.ledger.key)]
        told += [("version", self.version), ("round", self.round), ("purpose", "assessment" if self.assessment else "ledger")]
        asks = (ASSESSED if self.assessment else OF_A_YEAR) & asked(self.ledger).keys()
        told.append(("asks", " ".join(sorted(asks))))
        return told + sent.told(self.rows)


def write_blank(blank: Blank, path: Path, day: dt.date) -> None:
    """Write the workbook; the same arguments give the same bytes."""
    import xlsxwriter

    book = xlsxwriter.Workbook(str(path), {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False})
    book.set_properties({"title": blank.title, "author": "", "created": dt.datetime(day.year, day.month, day.day)})
    _Writer(book, blank).write()
    book.close()


class _Writer:
    """Fills one workbook."""

    def __init__(self, book: Any, blank: Blank) -> None:
        self.book, self.blank = book, blank
        self.columns = asked(blank.ledger, blank.assessment)
        self.widths = [_width(name, column) for name, column in self.columns.items()]
        self.pages = math.ceil(sum(self.widths) / _PAGE)
        self.kept = blank.ledger.known_by(list(self.columns))
        self.sheet = book.add_worksheet(blank.ledger.title)
        self.guide = book.add_worksheet("填表说明")
        self.hidden = book.add_worksheet(sent.SHEET)
        self.lists = 0
        self._looks: dict[tuple[Any, ...], Any] = {}

    def look(self, **wanted: Any) -> Any:
        """A cell format, made once."""
        key = tuple(sorted(wanted.items()))
        if key not in self._looks:
            self._looks[key] = self.book.add_format({"font_name": _FONT, "font_size": 11, "valign": "vcenter", **wanted})
        return self._looks[key]

    def write(self) -> None:
        """All three sheets."""
        self._head()
        for number, (name, column) in enumerate(self.columns.items()):
            self._column(number, name, column)
        self._rows()
        self._page()
        self._guide()
        self._stamp()

    def _head(self) -> None:
        """Title and unit's line; over what every page repeats where the sheet is several pages wide, lest the second cuts them off."""
        several = self.pages > 1
        last = self.kept if several else min(len(self.columns), _HEAD) - 1
        self.sheet.merge_range(0, 0, 0, last, self.blank.title, self.look(font_size=16, bold=True, align="center", shrink=several))
        third = max(2, (last + 1) // 3)
        who, when = (last - 1, last) if several else (third, 2 * third)
        texts = (f"填报单位（盖章）：{self.blank.town}", "填表人：", "填报日期：")
        for left, right, text in zip((0, who, when), (who - 1, when - 1, last), texts, strict=True):
            look = self.look(text_wrap=several)
            self.sheet.merge_range(1, left, 1, right, text, look) if left < right else self.sheet.write_string(1, left, text, look)
        self.sheet.set_default_row(20)
        self.sheet.set_row(0, 30)
        self.sheet.set_row(1, 2 * _LINE + 4 if several else 20)
        self.sheet.set_row(HEADING, 34)
        self.sheet.set_row(EXAMPLE, 20)

    def _column(self, number: int, name: str, column: Column) -> None:
        """Heading, width, cell format, example and what may be entered."""
        strong = must(column) or (self.blank.assessment and name in ASSESSED)
        colour = "#FFD966" if self.blank.assessment and name in ASSESSED else "#DDEBF7" if must(column) else "#F2F2F2"
        head = self.look(bold=strong, border=1, align="center", text_wrap=True, bg_color=colour)
        self.sheet.write_string(HEADING, number, ("*" if must(column) else "") + column.title, head)
        self.sheet.set_column(number, number, self.widths[number], self.look(num_format=_format(column)))
        village = self.blank.villages[0] if self.blank.villages else ""
        grey = self.look(border=1, italic=True, font_color="#7F7F7F", num_format="@")
        self.sheet.write_string(EXAMPLE, number, asked_for.example(name, column, self.blank.town, village, self.blank.year), grey)
        self._validate(number, name, column)

    def _validate(self, number: int, name: str, column: Column) -> None:
        first, last = EXAMPLE + 1, EXAMPLE + len(self.blank.rows) + ROOM
        title, message = column.title[:32], hint(column)[:250]
        rule: dict[str, Any] = {"validate": "any"}
        if name == "village" and self.blank.villages:
            rule = self._list(self.blank.villages)
        elif words := words_of(column):
            rule = {**self._list(words), "show_error": not is_many(column)}
        elif is_number(column):
            rule = {"validate": "decimal", "criteria": ">=", "value": 0}
        rule |= {"input_title": title, "input_message": message, "error_type": "stop"}
        rule |= {"error_title": title, "error_message": f"填写的内容不合要求。{message}"[:220]} if rule["validate"] != "any" else {}
        self.sheet.data_validation(first, number, last, number, rule)
        self.sheet.data_validation(
            EXAMPLE,
            number,
            EXAMPLE,
            number,
            {
                "validate": "custom",
                "value": "=FALSE",
                "error_title": "示例行",
                "error_message": "这一行是示例，不计入报送内容。请从下一行起填写。",
            },
        )

    def _list(self, words: Sequence[str]) -> dict[str, Any]:
        """A drop-down: the words themselves where they are few, else a named range on the hidden sheet."""
        if len(",".join(words)) <= _LONGEST_LIST and not any(sign in word for word in words for sign in ',"'):
            return {"validate": "list", "source": list(words)}
        column = 3 + self.lists
        self.lists += 1
        self.hidden.write_column(0, column, list(words))
        letter, name = _letter(column), f"canju_list_{self.lists}"
        self.book.define_name(name, f"={sent.SHEET}!${letter}$1:${letter}${len(words)}")
        return {"validate": "list", "source": f"={name}"}

    def _rows(self) -> None:
        """The rows carried over, coloured, and some empty lines for the rest."""
        blank = self.blank
        lined = max(EXAMPLE + 1 + len(blank.rows) + 5, EXAMPLE + 1 + LINED)
        for row in range(EXAMPLE + 1, lined):
            position = row - EXAMPLE - 1
            held = blank.rows[position] if position < len(blank.rows) else {}
            lines = max(-(-width(held.get(name, "")) // int(self.widths[number])) for number, name in enumerate(self.columns))
            if lines > 1:
                self.sheet.set_row(row, _LINE * lines + 4)
            for number, (name, column) in enumerate(self.columns.items()):
                self._cell(row, number, column, str(position + 1) if name == "serial" and held else held.get(name, ""), bool(held))

    def _cell(self, row: int, number: int, column: Column, text: str, carried: bool) -> None:
        look: dict[str, Any] = {"border": 1, "num_format": _format(column), "text_wrap": not is_number(column)}
        if carried:
            look |= {"bg_color": "#E2EFDA"} if text else {}
        if text and is_number(column) and text.replace(".", "", 1).isdecimal():
            self.sheet.write_number(row, number, float(text), self.look(**look))
        elif text:
            self.sheet.write_string(row, number, text, self.look(**look))
        else:
            self.sheet.write_blank(row, number, None, self.look(**look))

    def _page(self) -> None:
        sheet = self.sheet
        sheet.freeze_panes(HEADING + 1, self.kept + 1)
        sheet.repeat_columns(0, self.kept)
        sheet.set_landscape()
        sheet.set_paper(8 if len(self.columns) > 16 else 9)
        sheet.set_margins(left=0.39, right=0.39, top=0.59, bottom=0.59)
        sheet.repeat_rows(HEADING)
        sheet.fit_to_pages(self.pages, 0)
        sheet.set_footer("&C第 &P 页，共 &N 页")
        sheet.activate()

    def _guide(self) -> None:
        """填表说明: how to fill in and send back, then every column."""
        guide, wrap = self.guide, self.look(text_wrap=True, valign="top", border=1)
        for number, size in enumerate((18, 8, 70)):
            guide.set_column(number, number, size)
        guide.merge_range(0, 0, 0, 2, f"{self.blank.ledger.title}填表说明", self.look(font_size=14, bold=True, align="center"))
        lines = _sentences(self.blank)
        for number, text in enumerate(lines, 1):
            guide.merge_range(number, 0, number, 2, f"{number}. {text}", self.look(text_wrap=True, valign="top"))
            guide.set_row(number, 18 * (1 + len(text) // 54))
        at = len(lines) + 2
        for number, text in enumerate(("栏目", "必填", "怎样填")):
            guide.write_string(at, number, text, self.look(bold=True, border=1, align="center", bg_color="#DDEBF7"))
        for row, column in enumerate(self.columns.values(), at + 1):
            text = hint(column)
            for number, cell in enumerate((column.title, "是" if must(column) else "", text)):
                guide.write_string(row, number, cell, wrap)
            guide.set_row(row, 16 * (1 + len(text) // 45))
        guide.set_paper(9)
        guide.fit_to_pages(1, 0)

    def _stamp(self) -> None:
        for row, (key, value) in enumerate(self.blank.stamp):
            self.hidden.write_string(row, 0, key)
            self.hidden.write_string(row, 1, value)
        self.hidden.very_hidden()


def _sentences(blank: Blank) -> list[str]:
    lines = [
        "在第一张表里填写，从示例行（灰色斜体、序号为“例”）的下一行起，一行一条；示例行不用删，也不要改。",
        "列名前带 * 的必须填写；有下拉箭头的请从下拉列表中选。不要改列名，不要合并单元格。",
        "身份证号、证号、电话、账号和日期的格子已设为文本，直接输入即可，不要改格式。",
        "没有应报内容的，在示例行的下一行第一格写“零报告”。填好后把本文件直接发回，不要另建表格；文件名可以改。",
    ]
    if blank.ledger in (Staffing, Commissioner) and not blank.assessment:
        lines.append(f"专职委员在{Staffing.title}和{Commissioner.title}里各填一行，两处的姓名和身份证号要一致。")
    if blank.rows:
        lines.append(f"绿色的格子是上次报送的内容：有变化的直接改，没有变化的不动；{_of_leavers(blank.ledger)}，新增的接在后面填。")
    if blank.assessment:
        lines.append("本表只带回考核内容：人员有增减或其他变化的，请同时改好专职委员台账，与本表一起报送。")
        lines.append("黄色列名的是年终考核内容，请逐人填写；考核结果用于核发专职委员工资。")
    return lines


def _of_leavers(ledger: type[Ledger]) -> str:
    """What to do with a row whose person or thing is there no longer: where pay goes by the day of leaving, the row must stay."""
    column = ledger.columns.get("left")
    return f"已离岗的不要删，填写{column.title}（在岗月份的工资按它核算）" if column else "已不在的整行删除"


def _format(column: Column) -> str:
    """The number format of a column's cells: text wherever a spreadsheet program might otherwise change what is typed."""
    return "General" if is_number(column) else "@"


def _width(name: str, column: Column) -> float:
    """Characters of width: whole words of a vocabulary, one of them where several may be chosen."""
    fixed = {
        "serial": 6,
        "name": 12,
        "place": 18,
        "id_number": 21,
        "certificate": 24,
        "account": 22,
        "phone": 14,
        "organization": 24,
        "text": 60,
        "remarks": 20,
    }
    words = words_of(column)
    longest = max(map(width, words), default=0)
    return fixed.get(name, max(10.0, min(24, 2 * len(column.title) + 3), longest + 3 if words else 0))


def _letter(column: int) -> str:
    from xlsxwriter.utility import xl_col_to_name

    return str(xl_col_to_name(column))
