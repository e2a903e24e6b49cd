"""Writes the rosters: one workbook for the county, or a folder with one for each purse and town that holds nobody else's people."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import NamedTuple

from canju.model import Change, EstimateLine, Payment, Period, Refusal
from canju.outputs.files import Written
from canju.outputs.rosters import lists
from canju.outputs.rosters.lists import Notice
from canju.outputs.rosters.paper import Paper, safe_name
from canju.outputs.rosters.payroll import write_payroll

NO_TOWN = "未注明镇（街道）"
"""Whose purse it is where no town was told: such people wait and are paid by nobody yet."""


class Roster(NamedTuple):
    """All that one run's rosters tell: the payments and, where asked for, changes against an earlier roster and a public notice.

    `part` is the purse and town of a workbook that is one of several, `public` asks for the public notice and nothing else.
    """

    payments: Sequence[Payment]
    period: Period
    as_of: dt.date
    county: str = ""
    federation: str = ""
    changes: Sequence[Change] | None = None
    previous: str = ""
    notice: Notice | None = None
    part: tuple[str, str] | None = None
    public: bool = False

    def only(self, purse: str, town: str) -> Roster:
        """The same for one purse and town."""
        payments = [one for one in self.payments if (one.purse, one.town) == (purse, town)]
        changes = None if self.changes is None else [one for one in self.changes if (one.purse, one.town) == (purse, town)]
        return self._replace(payments=payments, changes=changes, part=(purse, town))


def write_rosters(roster: Roster, out: Path, written: Written) -> list[Path]:
    """The rosters at `out`: a workbook where it ends in .xlsx, else a folder. The paths written; a Refusal for any other ending."""
    if out.suffix.lower() == ".xlsx":
        return [_write(out, written, _title(roster), roster.as_of, lambda paper: _county_book(paper, roster))]
    if out.suffix and not out.is_dir():
        raise Refusal(f"发放表应写成 .xlsx 工作簿，或写到一个文件夹；{out.name} 两者都不是，请更正 -o。")
    return _write_folder(roster, out, written)


def _write_folder(roster: Roster, out: Path, written: Written) -> list[Path]:
    """A workbook a purse and town, and a summary that names nobody; all or, where one is in the way, none."""
    groups: dict[tuple[str, str], None] = dict.fromkeys((one.purse, one.town) for one in roster.payments)
    groups |= dict.fromkeys((one.purse, one.town) for one in roster.changes or ())
    books: dict[Path, Callable[[Paper], None]] = {out / "汇总（不含个人信息）.xlsx": lambda paper: _summary(paper, roster)}
    for purse, town in sorted(groups, key=lambda group: group[0] == "county"):
        what = "公示表" if roster.public else "发放表"
        name = safe_name(f"镇级{what}-{town or NO_TOWN}" if purse == "town" else f"县级{what}-{town or '县残联'}", 80)
        books[out / f"{name}.xlsx"] = _book_of(roster.only(purse, town))
    for path in books:
        if path.exists() and not written.force:
            raise Refusal(f"{path.name} 已经存在。如要覆盖请加 --force，或换一个文件夹。")
    return [_write(path, written, _title(roster), roster.as_of, fill) for path, fill in books.items()]


def _summary(paper: Paper, roster: Roster) -> None:
    lists.write_summary(paper, roster.payments, roster.period)
    if roster.changes is not None:
        lists.write_changes_summary(paper, roster.changes, roster.period, roster.previous)


def _title(roster: Roster) -> str:
    return "专职委员工资发放公示表" if roster.public else "专职委员工资发放表"


def _book_of(part: Roster) -> Callable[[Paper], None]:
    return lambda paper: _county_book(paper, part)


def _write(path: Path, written: Written, title: str, day: dt.date, fill: Callable[[Paper], None]) -> Path:
    def make(temporary: Path) -> None:
        paper = Paper(temporary, title, day)
        fill(paper)
        paper.close()

    return written.write(path, make)


def _county_book(paper: Paper, roster: Roster) -> None:
    """Each town's roster, the county's with town subtotals, then the sheets beside them.

    A part has its own purse's roster alone, and no sheet of pending or unpaid people where it has none.
    """
    if roster.public:
        lists.write_notice(paper, roster.payments, roster.period, roster.notice or Notice())
        return
    paid = [one for one in roster.payments if one.status == "paid"]
    towns = list(dict.fromkeys(one.town for one in roster.payments if one.purse == "town"))
    if roster.part and roster.part[0] == "town":
        towns = [roster.part[1]]
    for town in towns:
        some = [one for one in paid if (one.purse, one.town) == ("town", town)]
        whose = town or NO_TOWN
        write_payroll(paper, f"镇级-{whose}", f"{whose}残联专职委员工资发放表", whose, some, roster.period, "town")
    county = [one for one in paid if one.purse == "county"]
    if county or any(one.purse == "county" for one in roster.payments) or not towns:
        payer = roster.federation or (f"{roster.county}残疾人联合会" if roster.county else "县残疾人联合会")
        write_payroll(paper, "县级-村（社区）", f"{roster.county}村（社区）残协专职委员工资发放表", payer, county, roster.period, "county")
    held = {one.status for one in roster.payments} if roster.part else {"pending", "none"}
    if "pending" in held:
        lists.write_pending(paper, roster.payments, roster.period)
    if "none" in held:
        lists.write_unpaid(paper, roster.payments, roster.period)
    if "pending" in held:
        lists.write_possible(paper, roster.payments, roster.period)
    if roster.changes is not None:
        lists.write_changes(paper, roster.changes, roster.period, roster.previous)
    if roster.notice is not None:
        lists.write_notice(paper, roster.payments, roster.period, roster.notice)


def write_estimate(lines: Sequence[EstimateLine], year: int, as_of: dt.date, out: Path, written: Written) -> Path:
    """The budget estimate as a workbook."""
    if out.suffix.lower() != ".xlsx":
        out = out / f"{year}年工资预算测算表.xlsx"
    day = f"{as_of.year}年{as_of.month}月{as_of.day}日"
    return _write(out, written, f"{year}年工资预算测算表", as_of, lambda paper: lists.write_estimate(paper, lines, year, day))
