"""指标完成情况.xlsx: clauses, verdicts with their evidence, 应设未设小组清单 and 提请研究事项清单, ready to print."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

from canju.book import Book
from canju.ledgers.groups import Group
from canju.model import OUTPUT_MARK, STATUS_WORDS, Verdict
from canju.outputs.check.data import clauses, sender_words, subject_words
from canju.outputs.check.readings import TITLE, readings
from canju.outputs.check.text import READING_WORDS
from canju.outputs.findings import printable
from canju.outputs.steady import MOMENT
from canju.outputs.terminal import width as wide
from canju.plans import Plan

FILL = {"unmet": "#F8CBAD", "unknown": "#FFE699", "met": "#E2EFDA", "progress": "#DDEBF7", "not_applicable": "#EDEDED"}


def write(path: Path, book: Book, plan: Plan, verdicts: Sequence[Verdict]) -> None:
    """Write the workbook to a path."""
    import xlsxwriter

    out = xlsxwriter.Workbook(
        str(path), {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False, "in_memory": True}
    )
    out.set_properties({"created": MOMENT, "title": "指标完成情况", "author": "", "company": "", "category": OUTPUT_MARK})
    whose = f"{book.workspace.county}    " if book.workspace.county else ""
    page = _Pages(out, f"{whose}对照《{plan.title}》    判断基准日：{plan.as_of.isoformat()}")
    page.add(
        "指标完成情况",
        ("条款", "条款原文", "结论", "已落实", "未落实", "待核实", "推进中", "说明"),
        (14, 60, 9, 8, 8, 8, 8, 34),
        _clause_rows(plan, verdicts),
        2,
    )
    page.add(
        "逐项核查",
        ("条款", "规则", "镇（街道）", "对象", "要求", "现状", "结论", "缺少什么", "来源单元格", "下一步"),
        (12, 7, 11, 16, 26, 30, 9, 24, 40, 30),
        _verdict_rows(verdicts),
        6,
    )
    page.add(
        "应设未设小组清单",
        ("镇（街道）", "村（社区）", "地点", "残疾人数", "情况", "来源单元格"),
        (12, 14, 20, 10, 24, 40),
        _group_rows(book, verdicts),
        None,
    )
    page.add(
        TITLE,
        ("条款", "事项", "现在的理解", "结果", "另一种理解", "结果", "会变的对象"),
        (12, 20, 22, 18, 22, 18, 50),
        _reading_rows(book, plan),
        None,
    )
    out.close()


class _Pages:
    """Sheets of one look: a title, a heading row that repeats in print, wrapped cells, A4 landscape."""

    def __init__(self, out: Any, note: str) -> None:
        self.out, self.note = out, note
        base = {"font_name": "宋体", "font_size": 10, "text_wrap": True, "valign": "vcenter", "border": 1, "num_format": "@"}
        self.cell = out.add_format(base)
        self.count = out.add_format({**base, "num_format": "0", "align": "center"})
        self.head = out.add_format({**base, "bold": True, "align": "center", "bg_color": "#D9D9D9"})
        self.title = out.add_format({"font_name": "黑体", "font_size": 16, "align": "center", "valign": "vcenter"})
        self.small = out.add_format({"font_name": "宋体", "font_size": 9, "font_color": "#404040"})
        self.by_status = {STATUS_WORDS[key]: out.add_format({**base, "align": "center", "bg_color": color}) for key, color in FILL.items()}

    def add(self, name: str, heads: Sequence[str], widths: Sequence[int], rows: Iterable[Sequence[Any]], verdict: int | None) -> None:
        """A sheet; column `verdict` is coloured by its word as well as saying it."""
        sheet = self.out.add_worksheet(name)
        sheet.merge_range(0, 0, 0, len(heads) - 1, name, self.title)
        sheet.set_row(0, 28)
        sheet.write_string(1, 0, self.note, self.small)
        for column, (head, width) in enumerate(zip(heads, widths, strict=True)):
            sheet.set_column(column, column, width)
            sheet.write_string(2, column, head, self.head)
        last = 3
        for number, row in enumerate(rows, start=3):
            last = number + 1
            lines = max(-(-wide(printable(str(value))) // max(size - 2, 1)) for value, size in zip(row, widths, strict=True))
            sheet.set_row(number, 14 * min(max(lines, 1), 28))  # a height that isn't stored is no height in LibreOffice
            for column, value in enumerate(row):
                look = self.by_status.get(value, self.cell) if column == verdict else self.count if isinstance(value, int) else self.cell
                if isinstance(value, int):
                    sheet.write_number(number, column, value, look)
                else:
                    sheet.write_string(number, column, printable(str(value))[:32767], look)
        if last == 3:
            sheet.write_string(3, 0, "无", self.cell)
        sheet.freeze_panes(3, 0)
        sheet.autofilter(2, 0, max(last - 1, 3), len(heads) - 1)
        sheet.set_landscape()
        sheet.set_paper(9)
        sheet.fit_to_pages(1, 0)
        sheet.repeat_rows(2)
        sheet.set_footer("&C第 &P 页，共 &N 页")


def _clause_rows(plan: Plan, verdicts: Sequence[Verdict]) -> Iterable[Sequence[Any]]:
    for one in clauses(plan, verdicts):
        word = STATUS_WORDS[one.status] if one.status else "不以台账核查"
        yield (
            one.clause,
            plan.quote(one.clause),
            word,
            one.counts["met"],
            one.counts["unmet"],
            one.counts["unknown"],
            one.counts["progress"],
            one.unchecked,
        )


def _verdict_rows(verdicts: Sequence[Verdict]) -> Iterable[Sequence[Any]]:
    for one in verdicts:
        yield (
            one.clause,
            one.rule,
            sender_words(one),
            subject_words(one),
            one.expected,
            one.actual,
            STATUS_WORDS[one.status],
            "；".join(one.missing),
            "；".join(str(place) for place in one.evidence[:20]) + (f"；等{len(one.evidence)}处" if len(one.evidence) > 20 else ""),
            {"unmet": one.fix, "unknown": wanted(one)}.get(one.status, ""),
        )


def wanted(one: Verdict) -> str:
    """What is to come in before an unknown can be judged: nobody is told to put right what may be right."""
    sent = [text.removeprefix("未收到") for text in one.missing if text.startswith("未收到")]
    rest = [
        text.removeprefix("未填：").removesuffix("未填").replace("缺少「", "的「") for text in one.missing if not text.startswith("未收到")
    ]
    steps = [f"{verb}{'、'.join(some)}" for verb, some in (("报送", sent), ("补齐", rest)) if some]
    return f"请{'，并'.join(steps)}，再作核查。" if steps else ""


def group_verdicts(verdicts: Sequence[Verdict]) -> list[Verdict]:
    """Places that should have a group and have none, those on the line last."""
    return [one for code in ("P403", "P404") for one in verdicts if one.rule == code and one.status == "unmet"]


def _group_rows(book: Book, verdicts: Sequence[Verdict]) -> Iterable[Sequence[Any]]:
    persons: dict[tuple[str | None, str | None], int] = {(record.sender, record.place): record.persons for record in book.records(Group)}
    for one in group_verdicts(verdicts):
        count = persons.get((one.town, one.subject))
        state = "应设未设" if one.rule == "P403" else "恰在界限上，请研究"
        yield (
            one.town or "",
            one.village or "",
            one.subject or "",
            count if count is not None else "",
            state,
            "；".join(map(str, one.evidence[:1])),
        )


def _reading_rows(book: Book, plan: Plan) -> Iterable[Sequence[Any]]:
    for one in readings(book, plan):
        changed = "；".join(f"{a.town or ''}{subject_words(a)}：{STATUS_WORDS[a.status]}→{STATUS_WORDS[b.status]}" for a, b in one.changed)
        yield (
            one.clause,
            one.name,
            READING_WORDS.get(one.reading, one.reading),
            one.said[0],
            READING_WORDS.get(one.other, one.other),
            one.said[1],
            changed,
        )
