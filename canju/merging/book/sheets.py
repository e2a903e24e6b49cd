"""The book's listings beside the ledgers: 冲突, 未采用, 报送情况, 来源, and texts too long for a cell."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from canju.book import COUNTY
from canju.ledgers import ledgers
from canju.ledgers.kinds.choices import ChoiceType
from canju.merging.book.layout import (
    DAY,
    FILE,
    NUMBER,
    ROW,
    SHEET,
    STATE,
    TO_CHECK,
    LedgerSheet,
    columns_said,
    day_of,
    unread_fields,
)
from canju.merging.book.stream import Doubtful
from canju.merging.merged import Conflict, Merged, Row, Submission, by_folder
from canju.merging.status import UNNAMED, Standing, days_said, status
from canju.model import SOURCES

CONFLICTS, LEFT_OUT, RECEIVED, OVERLONG, TOTALS = "冲突", "未采用", "报送情况", "超长文本", "汇总"
REPLIES = "核实说明"
CHOICE, REMARK, MARK = "处理意见", "处理说明", "编号"
CONFLICT_HEADS = (
    MARK, "类型", "台账", "姓名或名称", "身份证号", "字段", "A 值", "B 值", "采用", "理由", CHOICE, REMARK,
    "A 镇（街道）", "A 来源序号", "A 来源文件", "A 来源工作表", "A 来源行", "B 台账", "B 镇（街道）", "B 来源序号", "B 来源文件", "B 来源工作表", "B 来源行",
)  # fmt: skip
SOURCE_HEADS = (
    "序号", FILE, "SHA-256", "格式", "读取情况", SHEET, "台账", "报送单位", "表头行", "行数", "采用行数", "未采用行数",
    "填报日期", "文件时间", "零报告", "零报告村（社区）", "说明", "文件问题", "列对照（程序用）",
)  # fmt: skip
RECEIVED_HEADS = ("镇（街道）", "台账", STATE, "行数", "采用行数", "错误数", DAY, "距截止", "盖章件", FILE, "说明", "未收原因")
REPLIES_HEADS = ("核实说明", "指纹")
OVERLONG_HEADS = ("条", "段", "内容")
READ_WORDS = {"read": "已读", "partly": "部分读取", "unread": "未能读取", "skipped": "不需读取"}


@dataclass(slots=True, eq=False, repr=False)
class Listing:
    """A sheet of rows under one heading row. `widths` in characters; `text` says of each column whether it is text.

    `frozen` columns stay on the screen, `repeated` ones stand on every printed page.
    """

    title: str
    headings: list[str]
    rows: Callable[[], Iterable[Iterable[object]]]
    count: int
    text: list[bool]
    widths: Mapping[str, float] = field(default_factory=dict)
    frozen: int = 0
    repeated: int = 0


def conflicts(merged: Merged) -> Listing:
    """冲突: each disagreement with both values, what was taken and why, and a column for the clerk's decision."""

    def rows() -> Iterator[list[object]]:
        for one in merged.conflicts:
            yield _conflict(one)
        for decision in merged.stale:
            cells: list[object] = list((*decision.cells, *[""] * len(CONFLICT_HEADS))[: len(CONFLICT_HEADS)])
            cells[CONFLICT_HEADS.index("理由")] = "这一冲突已不再出现，处理意见未用上。"
            yield cells

    return Listing(CONFLICTS, list(CONFLICT_HEADS), rows, len(merged.conflicts) + len(merged.stale), _text(CONFLICT_HEADS), {}, 1)


def _conflict(one: Conflict) -> list[object]:
    a, b = one.a.record, one.b.record
    title = a.columns[one.field].title if one.field in a.columns else "镇（街道）"
    number = a.shown("id_number") if "id_number" in a.columns else ""
    head = [one.number, one.kind, a.title, a.subject, number, title, *one.texts, one.taken, one.why, one.choice, one.remark]
    return [*head, *_side(one.a), b.title, *_side(one.b)]


def _side(row: Row) -> list[object]:
    submission, index = row
    table = submission.table
    return [row.record.sender or COUNTY, submission.number, table.file, table.sheet, table.numbers[index]]


def left_out(merged: Merged) -> Listing:
    """未采用: every row left out with its reason, and all it said, in the columns of its ledger."""
    groups: dict[str, list[Row]] = defaultdict(list)
    for row, _ in merged.left_out:
        groups[row.submission.table.ledger.key].append(row)
    sheets = {key: LedgerSheet(merged, ledgers()[key]) for key in groups}
    values = list(dict.fromkeys(name for sheet in sheets.values() for name in sheet.headings[: -len(_TAIL) - 2]))
    heads = ["台账", STATE, "未采用的原因", *_TAIL, *values, TO_CHECK]

    def rows() -> Iterator[list[object]]:
        for key, listed in groups.items():
            sheet = sheets[key]
            names = [heads.index(name) for name in sheet.headings[: -len(_TAIL) - 2]]
            unread = {row: unread_fields(row.submission).get(row.position, []) for row in listed if row.submission.table.unread}
            for row, cells in zip(listed, sheet.rows(listed), strict=True):
                yield _left_row(row, cells, names, len(heads), sheet, unread.get(row, []))

    text = [name not in (NUMBER, ROW) for name in heads]
    return Listing(LEFT_OUT, heads, rows, sum(map(len, groups.values())), text, {"未采用的原因": 70}, 3)


_TAIL = (NUMBER, FILE, SHEET, ROW, DAY)


def _left_row(row: Row, cells: list[object], names: list[int], width: int, sheet: LedgerSheet, unread: list[str]) -> list[object]:
    submission, index = row
    table, left = submission.table, submission.left[index]
    found: list[object] = [None] * width
    head = [sheet.ledger.title, left.state, left.why, submission.number, table.file, table.sheet, table.numbers[index], day_of(submission)]
    found[: len(head)] = head
    for position, cell in zip(names, cells, strict=False):
        found[position] = cell
    found[-1] = "、".join(sheet.ledger.columns[name].title for name in unread)
    return found


def received(merged: Merged, standings: list[Standing]) -> Listing:
    """报送情况: towns × ledgers."""

    def rows() -> Iterator[list[object]]:
        for one in standings:
            missing = one.state == "未报"
            cells = [one.town, one.ledger.title, one.state, one.rows, one.taken, one.errors or None, one.day.isoformat() if one.day else ""]
            town = "" if one.town == COUNTY else one.town
            paper = f"已收（{'；'.join(merged.known.papers[town])}）" if one.paper else "未收"
            cells += [days_said(one.days_left) if missing else "", paper, "；".join(one.files), one.note]
            cells.append(merged.known.problems.get((one.ledger.key, town), ""))
            yield [Doubtful(cell) if missing and cell == one.state else cell for cell in cells]

    return Listing(RECEIVED, list(RECEIVED_HEADS), rows, len(standings), _text(RECEIVED_HEADS), {FILE: 40, "说明": 40}, 2)


def sources(merged: Merged) -> Listing:
    """来源: every file with its hash and every table in it, with what is needed to read the book back."""
    tables: dict[str, list[Submission]] = defaultdict(list)
    for submission in merged.submissions:
        tables[submission.table.file].append(submission)
    files = dict.fromkeys([*tables, *(origin.file for origin in merged.origins)])
    origins = {origin.file: origin for origin in merged.origins}

    def rows() -> Iterator[list[object]]:
        for file in sorted(files, key=by_folder):
            origin = origins.get(file)
            head = [file, origin.sha256, origin.format, READ_WORDS.get(origin.status, "")] if origin else [file, "", "", ""]
            moment = origin.modified.isoformat(" ", "seconds") if origin and origin.modified else ""
            for one in tables.get(file, ()):
                yield [one.number, *head, *_source(merged, one, moment, origin.why if origin else "")]
            if file not in tables and origin:
                yield [None, *head, *[None] * 8, moment, "", "", "", origin.why, ""]

    count = sum(max(1, len(tables.get(file, ()))) for file in files)
    return Listing(SOURCES, list(SOURCE_HEADS), rows, count, _text(SOURCE_HEADS), {"SHA-256": 20, "说明": 40}, 2)


def _source(merged: Merged, one: Submission, moment: str, why: str) -> list[object]:
    table = one.table
    sender = table.town or (UNNAMED if (table.file, table.sheet) in merged.known.unnamed else COUNTY)
    cells: list[object] = [table.sheet, one.title, sender, table.heading_row]
    cells += [len(table), len(table) - len(one.left), len(one.left)]
    cells += [table.submitted.isoformat() if table.submitted else "", moment, "是" if table.nil else "", "、".join(table.nil_villages)]
    return [*cells, one.note, why, columns_said(one)]


def replies(merged: Merged) -> Listing:
    """核实说明: what the towns answered, so that nobody is asked again where the book stands for the files."""
    found = merged.known.replies
    return Listing(
        REPLIES, list(REPLIES_HEADS), lambda: ([text, mark] for mark, text in found.items()), len(found), [True, True], {"核实说明": 60}
    )


def overlong() -> Listing:
    """超长文本: an empty sheet for texts that do not fit a cell."""
    return Listing(OVERLONG, list(OVERLONG_HEADS), lambda: (), 0, [False, False, True], {"内容": 60})


_NUMBERS = {"序号", "表头行", "行数", "采用行数", "未采用行数", "错误数", "A 来源序号", "A 来源行", "B 来源序号", "B 来源行"}


def _text(headings: Iterable[str]) -> list[bool]:
    return [name not in _NUMBERS for name in headings]


def ledger_listing(merged: Merged, sheet: LedgerSheet, text: list[bool]) -> Listing:
    """A ledger's own sheet."""
    rows = merged.taken(sheet.ledger)
    kinds = ((one.title, one.type) for one in sheet.ledger.columns.values())
    chosen = {title: 2.0 * max(map(len, (title, *kind.words))) + 2 for title, kind in kinds if isinstance(kind, ChoiceType)}
    widths = {**chosen, FILE: 30, TO_CHECK: 14}
    repeated = sheet.ledger.known_by(sheet.fields) + 1
    return Listing(sheet.ledger.title, sheet.headings, lambda: sheet.rows(rows), len(rows), text, widths, 0, repeated)


__all__ = ["Listing", "conflicts", "ledger_listing", "left_out", "received", "replies", "sources", "status"]
