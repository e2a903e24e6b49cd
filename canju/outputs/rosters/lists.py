"""The sheets beside the signed roster: 待定, 不发放, 测算, 核增核减表, 公示表, and the budget estimate."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import NamedTuple

from canju.masking import mask_name
from canju.model import PURSE_WORDS, Change, EstimateLine, Payment, Period
from canju.outputs.rosters.capitals import capitals
from canju.outputs.rosters.paper import Column, Formula, Page, Paper
from canju.outputs.rosters.payroll import span

SERIAL, TOWN, VILLAGE, NAME = (
    Column("序号", 6, "count"),
    Column("镇（街道）", 12, "centre"),
    Column("村（社区）", 13, "centre"),
    Column("姓名", 10, "centre"),
)
ID, ASSESSED, PURSE = Column("身份证号", 21, "id"), Column("考核年度及结果", 16, "centre"), Column("资金来源", 19, "centre")
KINDS = {"added": "核增", "stopped": "核减", "changed": "变动"}


class Notice(NamedTuple):
    """What the public notice says beside the list; what is not known is left to be filled in."""

    first: str = ""
    last: str = ""
    telephone: str = ""
    address: str = ""


def write_pending(paper: Paper, payments: Sequence[Payment], period: Period) -> None:
    """待定: nobody is dropped who may yet be due; each with what must be settled first."""
    columns = (
        SERIAL,
        TOWN,
        VILLAGE,
        NAME,
        ID,
        PURSE,
        ASSESSED,
        Column("待定原因", 36),
        Column("查清后可发月份", 18, "centre"),
        Column("核实结果", 14),
    )
    notes = ((f"所属期：{period.words}", "以下人员查清前不发放，查清后另行造册"),)
    page = paper.page("待定", "专职委员工资待定人员名单", notes, columns)
    held = [one for one in payments if one.status == "pending"]
    for number, one in enumerate(held, start=1):
        months = span([month for month, _ in one.possible])
        page.line((number, one.town, one.village, one.name, one.id_number or "", _purse(one), one.assessed, one.why, months, ""))
    if not held:
        page.none()
    page.signatures("制表人", "审核人")


def write_unpaid(paper: Paper, payments: Sequence[Payment], period: Period) -> None:
    """不发放: each with the reason and the clause."""
    columns = (SERIAL, TOWN, VILLAGE, NAME, ID, ASSESSED, Column("不发放原因", 40), Column("依据条款", 16, "centre"), Column("备注", 14))
    page = paper.page("不发放", "专职委员工资不发放人员名单", ((f"所属期：{period.words}", period.basis_words),), columns)
    held = [one for one in payments if one.status == "none"]
    for number, one in enumerate(held, start=1):
        clauses = "、".join(one.clauses)
        page.line((number, one.town, one.village, one.name, one.id_number or "", one.assessed, one.why, clauses, ""))
    if not held:
        page.none()
    page.signatures("制表人", "审核人")


def _purse(payment: Payment) -> str:
    return PURSE_WORDS[payment.purse]


def write_possible(paper: Paper, payments: Sequence[Payment], period: Period) -> None:
    """测算: what the pending may come to, by purse and town; an estimate and never called paid."""
    columns = (
        SERIAL,
        PURSE._replace(width=30),
        TOWN,
        Column("人数", 10, "count"),
        Column("人月数", 10, "count"),
        Column("月标准", 12, "money"),
        Column("测算金额", 14, "money"),
        Column("备注", 24),
    )
    notes = (
        ("本表是按人数、月数对待定人员的测算，仅供安排预算参考，不是发放依据，不表示已发放。",),
        (f"所属期：{period.words}    单位：元",),
    )
    page = paper.page("测算", "待定人员工资测算表", notes, columns)
    first, total = page.row, Decimal("0.00")
    months: Counter[tuple[str, str, Decimal]] = Counter()
    heads: Counter[tuple[str, str, Decimal]] = Counter()
    for one in payments:
        if one.status == "pending":
            rates = Counter((one.purse, one.town, rate) for _, rate in one.possible)
            months += rates
            heads.update(rates.keys())
    for number, ((purse, town, rate), count) in enumerate(sorted(months.items(), key=lambda item: item[0][0] == "county"), start=1):
        total += count * rate
        amount = Formula(f"=E{page.row}*F{page.row}", count * rate)
        page.line((number, PURSE_WORDS[purse], town, heads[purse, town, rate], count, rate, amount, ""))
    if months:
        page.line(("", "合计", "", "", "", "", Formula(f"=SUM(G{first}:G{page.row - 1})", total), ""), bold=True)
    else:
        page.none()
    page.signatures("制表人", "审核人")


def write_changes(paper: Paper, changes: Sequence[Change], period: Period, previous: str) -> None:
    """核增核减表: who is new, who stops and whose pay changes against the last payment, each with the reason."""
    columns = (
        SERIAL,
        Column("类别", 7, "centre"),
        TOWN,
        VILLAGE,
        NAME,
        ID,
        PURSE,
        Column("上次发放", 24, "centre"),
        Column("本次应发", 24, "centre"),
        Column("增减金额", 11, "money"),
        Column("增减原因", 32),
    )
    page = _against(paper, "专职委员工资核增核减表", period, previous, columns)
    first = page.row
    for number, one in enumerate(changes, start=1):
        purse = PURSE_WORDS[one.purse]
        cells = (
            number,
            KINDS[one.kind],
            one.town,
            one.village,
            one.name,
            one.id_number,
            purse,
            one.before or "—",
            one.after or "—",
            one.difference,
            one.why,
        )
        page.line(cells)
    if changes:
        total = sum((one.difference for one in changes), Decimal("0.00"))
        counts: Counter[str] = Counter(one.kind for one in changes)
        said = "、".join(f"{KINDS[kind]}{counts[kind]}人" for kind in KINDS)
        amount = Formula(f"=SUM(J{first}:J{page.row - 1})", total)
        page.line(("", f"合计（{said}）", *[""] * 7, amount, ""), bold=True, merged=(1, 8))
    else:
        page.none("与上次发放相比没有增减")
    page.signatures("制表人", "审核人", "单位负责人")


def write_changes_summary(paper: Paper, changes: Sequence[Change], period: Period, previous: str) -> None:
    """核增核减汇总: how many are new, stop or change by purse and town, and by how many yuan, without a person."""
    columns = (
        SERIAL,
        PURSE._replace(width=30),
        Column("镇（街道）", 16, "centre"),
        *(Column(f"{word}人数", 10, "count") for word in KINDS.values()),
        Column("增减金额", 14, "money"),
        Column("备注", 16),
    )
    page = _against(paper, "专职委员工资核增核减汇总表", period, previous, columns)
    first = page.row
    for number, (purse, town) in enumerate(sorted(dict.fromkeys((one.purse, one.town) for one in changes), key=_county_last), start=1):
        some = [one for one in changes if (one.purse, one.town) == (purse, town)]
        counts: Counter[str] = Counter(one.kind for one in some)
        amount = sum((one.difference for one in some), Decimal("0.00"))
        page.line((number, PURSE_WORDS[purse], town or "县残联", *(counts[kind] for kind in KINDS), amount, ""))
    if changes:
        heads: Counter[str] = Counter(one.kind for one in changes)
        results: list[int | Decimal] = [*(heads[kind] for kind in KINDS), sum((one.difference for one in changes), Decimal("0.00"))]
        last = page.row - 1
        sums = [Formula(f"=SUM({letter}{first}:{letter}{last})", result) for letter, result in zip("DEFG", results, strict=True)]
        page.line(("", "合计", "", *sums, ""), bold=True)
    else:
        page.none("与上次发放相比没有增减")
    page.signatures("制表人", "审核人", "单位负责人")


def _against(paper: Paper, title: str, period: Period, previous: str, columns: Sequence[Column]) -> Page:
    """A sheet that sets this payment against the last."""
    return paper.page("核增核减", title, ((f"本次所属期：{period.words}    单位：元", f"上次发放：{previous}"),), columns)


def _county_last(group: tuple[str, str]) -> bool:
    return group[0] == "county"


def write_notice(paper: Paper, payments: Sequence[Payment], period: Period, notice: Notice) -> None:
    """公示表: the public may see name in part, village and amount, the days of objection and whom to call; nothing else."""
    columns = (
        SERIAL,
        Column("镇（街道）", 22, "centre"),
        Column("村（社区）", 24, "centre"),
        Column("姓名", 18, "centre"),
        Column("应发金额（元）", 20, "money"),
        Column("备注", 20),
    )
    blank = "____年__月__日"
    notes = (
        (f"现将{period.words}专职委员工资拟发放情况公示如下：{period.basis_words}。",),
        (
            f"公示期：{notice.first or blank}至{notice.last or blank}",
            f"异议受理电话：{notice.telephone or '____________'}{f'    地址：{notice.address}' if notice.address else ''}",
        ),
    )
    page = paper.page("公示", "专职委员工资发放公示表", notes, columns)
    first, held = page.row, [one for one in payments if one.status == "paid"]
    for number, one in enumerate(held, start=1):
        page.line((number, one.town, one.village, mask_name(one.name), one.amount, ""))
    total = sum((one.amount for one in held), Decimal("0.00"))
    if held:
        page.line(("", f"合计（{len(held)}人）", "", "", Formula(f"=SUM(E{first}:E{page.row - 1})", total), ""), bold=True)
    else:
        page.none()
    page.note((f"合计人民币（大写）：{capitals(total)}",), 24)
    page.note(("公示期内对以上情况有异议的，可来电或来人反映，反映情况应署真实姓名。",), 24)


def write_estimate(paper: Paper, lines: Sequence[EstimateLine], year: int, day: str) -> None:
    """The budget estimate of a year, by purse and town: if all pass, and at the pass rate of the year before."""
    columns = (
        SERIAL,
        PURSE._replace(width=30),
        TOWN,
        Column("在岗人数", 9, "count"),
        Column("月数", 7, "count"),
        Column("月标准", 10, "money"),
        Column("全部合格测算", 15, "money"),
        Column("上年合格/已考核", 14, "centre"),
        Column("按上年合格率测算", 17, "money"),
    )
    notes = ((f"按{day}在岗人数×月数×月标准测算，仅供编制预算参考，不是发放依据，不表示已发放。",), ("单位：元",))
    page = paper.page("测算", f"{year}年专职委员工资预算测算表", notes, columns)
    first, number = page.row, 0
    for one in lines:
        for position, (rate, count) in enumerate(one.rates):
            number += 1
            row, lead = page.row, position == 0
            passed = f"{one.passed}/{one.assessed}" if one.assessed else "无考核结果"
            page.line(
                (
                    number,
                    PURSE_WORDS[one.purse],
                    one.town,
                    one.heads,
                    count,
                    rate,
                    Formula(f"=D{row}*E{row}*F{row}", one.heads * count * rate),
                    passed if lead else "",
                    (one.expected if one.expected is not None else "") if lead else "",
                )
            )
    if lines:
        total = sum((one.amount for one in lines), Decimal("0.00"))
        expected = [one.expected for one in lines if one.expected is not None]
        known = (
            Formula(f"=SUM(I{first}:I{page.row - 1})", sum(expected, Decimal("0.00"))) if len(expected) == len(lines) else "有镇无考核结果"
        )
        page.line(
            ("", "合计", "", sum(one.heads for one in lines), "", "", Formula(f"=SUM(G{first}:G{page.row - 1})", total), "", known),
            bold=True,
        )
    else:
        page.none()
    page.signatures("制表人", "审核人", "单位负责人")


def write_summary(paper: Paper, payments: Sequence[Payment], period: Period) -> None:
    """汇总: heads and yuan by purse and town, without a person."""
    columns = (
        SERIAL,
        PURSE._replace(width=30),
        Column("镇（街道）", 16, "centre"),
        Column("应发人数", 10, "count"),
        Column("应发人月数", 11, "count"),
        Column("应发金额", 14, "money"),
        Column("待定人数", 10, "count"),
        Column("不发放人数", 11, "count"),
        Column("备注", 16),
    )
    page = paper.page("汇总", "专职委员工资发放汇总表", ((f"所属期：{period.words}    单位：元", period.basis_words),), columns)
    first, groups = page.row, _groups(payments)
    for number, ((purse, town), held) in enumerate(groups.items(), start=1):
        paid = [one for one in held if one.status == "paid"]
        counts = Counter(one.status for one in held)
        amount = sum((one.amount for one in paid), Decimal("0.00"))
        page.line(
            (
                number,
                PURSE_WORDS[purse],
                town or "县残联",
                len(paid),
                sum(len(one.months) for one in paid),
                amount,
                counts["pending"],
                counts["none"],
                "",
            )
        )
    total = sum((one.amount for one in payments), Decimal("0.00"))
    last = page.row - 1
    if groups:
        sums = [
            Formula(f"=SUM({letter}{first}:{letter}{last})", result) for letter, result in zip("DEFGH", _sums(payments, total), strict=True)
        ]
        page.line(("", "合计", "", *sums, ""), bold=True)
    page.note((f"应发金额合计人民币（大写）：{capitals(total)}",), 26)
    page.signatures("制表人", "审核人", "单位负责人")


def _groups(payments: Sequence[Payment]) -> Mapping[tuple[str, str], list[Payment]]:
    groups: dict[tuple[str, str], list[Payment]] = {}
    for one in sorted(payments, key=lambda one: one.purse == "county"):
        groups.setdefault((one.purse, one.town), []).append(one)
    return groups


def _sums(payments: Sequence[Payment], total: Decimal) -> tuple[int | Decimal, ...]:
    counts = Counter(one.status for one in payments)
    return counts["paid"], sum(len(one.months) for one in payments), total, counts["pending"], counts["none"]
