"""The roster that is signed: one purse's payments, with page totals, town subtotals, and the total in capitals."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal
from itertools import groupby
from typing import NamedTuple

from canju.model import PURSE_WORDS, Payment, Period, Purse
from canju.outputs.rosters.capitals import capitals
from canju.outputs.rosters.paper import Column, Formula, Page, Paper

COLUMNS = (
    Column("序号", 4.5, "count"),
    Column("镇（街道）", 8.5, "centre"),
    Column("村（社区）", 9, "centre"),
    Column("姓名", 7.5, "centre"),
    Column("身份证号", 19.5, "id"),
    Column("考核年度及结果", 9, "centre"),
    Column("起止月", 10, "centre"),
    Column("月数", 4.5, "count"),
    Column("月标准", 8, "money"),
    Column("应发金额", 10.5, "money"),
    Column("开户行", 9, "centre"),
    Column("账号", 20, "id"),
    Column("领款人签字", 9),
    Column("备注", 9),
)
MONTHS, RATE, AMOUNT = 7, 8, 9
LINES = 15
"""Rows on one printed page, so that the page total, the total and the signatures fit beneath."""


class Line(NamedTuple):
    """A payment, or the part of it at one rate: formulas want one rate a line."""

    payment: Payment
    months: tuple[str, ...]
    rate: Decimal
    first: bool

    @property
    def amount(self) -> Decimal:
        """The yuan of this line."""
        return self.rate * len(self.months)


def lines_of(payments: Sequence[Payment]) -> Iterator[Line]:
    """One line a payment, another for each further rate."""
    for payment in payments:
        rates = dict.fromkeys(rate for _, rate in payment.rates)
        for number, rate in enumerate(rates):
            yield Line(payment, tuple(month for month, one in payment.rates if one == rate), rate, number == 0)


def span(months: Sequence[str]) -> str:
    """2019.10—12; runs with a gap between them are joined: 2019.10、12. A period lies in one year."""
    runs: list[list[int]] = []
    for month in (int(one[5:]) for one in months):
        if runs and runs[-1][-1] == month - 1:
            runs[-1].append(month)
        else:
            runs.append([month])
    said = "、".join("—".join(f"{month:02}" for month in dict.fromkeys((run[0], run[-1]))) for run in runs)
    return f"{months[0][:4]}.{said}" if months else ""


def write_payroll(paper: Paper, name: str, title: str, payer: str, payments: Sequence[Payment], period: Period, purse: Purse) -> None:
    """One roster on one sheet; the county's has a line a town."""
    notes = (
        (f"发放单位（盖章）：{payer}", f"资金来源：{PURSE_WORDS[purse]}", f"所属期：{period.words}    单位：元"),
        (f"考核依据：{period.basis_words}",),
    )
    page = paper.page(name, title, notes, COLUMNS)
    if not payments:
        page.none("本期没有应发人员")
    else:
        _Payroll(page, purse == "county").write(payments)
    total = sum((payment.amount for payment in payments), Decimal("0.00"))
    page.note((f"应发金额合计人民币（大写）：{capitals(total)}    （小写）：¥{total:,.2f}",), 26)
    page.signatures("制表人", "审核人", "单位负责人", "日期")


class _Payroll:
    """Fills the body: people, page totals, town subtotals and the total. SUBTOTAL leaves other SUBTOTALs out, so none counts twice."""

    def __init__(self, page: Page, subtotals: bool) -> None:
        self.page, self.subtotals = page, subtotals
        self.top = self.opened = page.row
        self.held: list[Line] = []
        self.breaks: list[int] = []
        self.serial = 0

    def write(self, payments: Sequence[Payment]) -> None:
        """All lines of a purse."""
        lines = list(lines_of(payments))
        paged = len(lines) > LINES
        for town, group in groupby(lines, key=lambda line: line.payment.town):
            self._town(town, list(group), paged)
        if paged and self.held:
            self._page_total()
        self._sum(f"合计（{len(payments)}人）", self.top, lines)
        self.page.break_here(self.breaks)

    def _town(self, town: str, lines: Sequence[Line], paged: bool) -> None:
        first = self.page.row
        for line in lines:
            if paged and self.page.row - self.opened >= LINES and self.held:
                self._page_total()
                self.breaks.append(self.page.row - 1)
            self._person(line)
        if self.subtotals:
            self._sum(f"{town or '镇（街道）不明'} 小计（{sum(line.first for line in lines)}人）", first, lines)

    def _person(self, line: Line) -> None:
        payment, row = line.payment, self.page.row
        self.serial += line.first
        self.held.append(line)
        self.page.line(
            (
                self.serial if line.first else "",
                payment.town,
                payment.village,
                payment.name,
                payment.id_number or "",
                payment.assessed.replace("年度", "年度\n"),
                span(line.months),
                len(line.months),
                line.rate,
                Formula(f"=H{row}*I{row}", line.amount),
                payment.bank,
                payment.account,
                "",
                payment.note if line.first else "同一人，月标准变动",
            )
        )

    def _page_total(self) -> None:
        self._sum("本页小计", self.opened, self.held)
        self.held, self.opened = [], self.page.row

    def _sum(self, label: str, first: int, lines: Sequence[Line]) -> None:
        """A line of sums over the rows from `first` to the one above."""
        last = self.page.row - 1
        cells: list[object] = [""] * len(COLUMNS)
        cells[1] = label
        cells[MONTHS] = Formula(f"=SUBTOTAL(9,H{first}:H{last})", sum(len(line.months) for line in lines))
        cells[AMOUNT] = Formula(f"=SUBTOTAL(9,J{first}:J{last})", sum((line.amount for line in lines), Decimal("0.00")))
        self.page.line(cells, bold=True, merged=(1, MONTHS - 1))
