"""The rosters: every yuan of the payments stands on a sheet once, formulas agree with their stored results, nobody sees others."""

from __future__ import annotations

import datetime as dt
import re
import shutil
import stat
import zipfile
from collections import Counter
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook

from canju.model import PURSE_WORDS, Payment, Period, Refusal
from canju.outputs.files import Written
from canju.outputs.rosters import data
from canju.outputs.rosters.bank import write_bank
from canju.outputs.rosters.lists import Notice
from canju.outputs.rosters.payroll import COLUMNS, span
from canju.outputs.rosters.previous import read_previous
from canju.outputs.rosters.workbook import Roster, write_estimate, write_rosters
from canju.stipend.changes import changes
from canju.stipend.engine import pay, rates_of
from canju.stipend.estimate import estimate
from commissioner_rows import CASES as WORKED
from commissioner_rows import book_of, plan_of, setting, typed

QUARTER = Period(2019, "2019-10", "2019-12")
DAY = dt.date(2019, 12, 31)
HEADS = tuple(column.heading for column in COLUMNS)


def county(count: int = 40, rates: Any = (("2019-09-25", "200"),)) -> list[Payment]:
    """Payments of two towns: commissioners of towns and villages, some pending, some without pay."""
    rows = []
    for number in range(count):
        row: dict[str, Any] = {
            "town": "甲镇" if number % 3 else "乙镇",
            "hired": "2015-03-01" if number % 5 else "2019-11-02",
            "bank": "农业银行",
            "account": f"62299900000000{number:05}",
        }
        row["village"] = "" if number % 10 == 0 else f"第{number}村"
        row["assessment"] = {7: "基本合格", 8: "不合格"}.get(number % 11, "合格")
        rows.append(typed(number, row))
    return pay(book_of(rows), plan_of(rates), QUARTER)


def roster(payments: list[Payment], **more: Any) -> Roster:
    return Roster(payments, QUARTER, DAY, "某县", "某县残疾人联合会", **more)


def people(path: Path) -> list[dict[str, Any]]:
    """The numbered lines of every signed roster of a workbook, and those that continue one."""
    found = []
    for sheet in load_workbook(path, data_only=True).worksheets:
        rows = [list(row) for row in sheet.iter_rows(values_only=True)]
        head = next((number for number, row in enumerate(rows) if tuple(row[: len(HEADS)]) == HEADS), None)
        if head is not None:
            found += [dict(zip(HEADS, row, strict=False)) for row in rows[head + 1 :] if row[3]]
    return found


def total(lines: list[dict[str, Any]]) -> Decimal:
    return sum((Decimal(str(line["应发金额"])) for line in lines), Decimal())


def formulas(path: Path) -> list[tuple[str, str, str, Any, Any]]:
    """Sheet, cell, formula, stored result and the result worked out here."""
    held = []
    plain, stored = load_workbook(path), load_workbook(path, data_only=True)
    for sheet in plain.worksheets:
        values = stored[sheet.title]
        for row in sheet.iter_rows():
            for cell in row:
                if isinstance(cell.value, str) and cell.value.startswith("="):
                    held.append(
                        (sheet.title, cell.coordinate, cell.value, values[cell.coordinate].value, worked_out(cell.value, sheet, values))
                    )
    return held


def worked_out(formula: str, sheet: Any, values: Any) -> Decimal:
    """A product of cells, a SUM, or a SUBTOTAL that leaves other SUBTOTALs out."""
    if found := re.fullmatch(r"=(SUBTOTAL\(9,|SUM\()([A-Z]+)(\d+):\2(\d+)\)", formula):
        cells = [f"{found[2]}{row}" for row in range(int(found[3]), int(found[4]) + 1)]
        kept = [cell for cell in cells if not str(sheet[cell].value).startswith("=SUBTOTAL")]
        return sum((Decimal(str(values[cell].value or 0)) for cell in kept), Decimal())
    result = Decimal(1)
    for cell in formula[1:].split("*"):
        result *= Decimal(str(values[cell].value))
    return result


@pytest.mark.parametrize("rates", [(("2019-09-25", "200"),), (("2019-09-25", "200"), ("2019-11-01", "233.33"))])
def test_the_sheets_sum_to_the_payments_and_every_stored_result_is_right(tmp_path: Path, rates: Any) -> None:
    payments = county(rates=rates)
    path = write_rosters(roster(payments), tmp_path / "发放表.xlsx", Written())[0]
    lines = people(path)
    assert total(lines) == sum(payment.amount for payment in payments)
    assert len({line["身份证号"] for line in lines}) == sum(payment.status == "paid" for payment in payments)
    found = formulas(path)
    assert len(found) > 40
    for sheet, cell, formula, stored, right in found:
        assert Decimal(str(stored)) == right, (sheet, cell, formula)


def test_nobody_stands_twice_for_a_month(tmp_path: Path) -> None:
    payments = county(rates=(("2019-09-25", "200"), ("2019-11-01", "260")))
    path = write_rosters(roster(payments), tmp_path / "发放表.xlsx", Written())[0]
    months: Counter[tuple[str, str]] = Counter()
    for line in people(path):
        for part in line["起止月"].split(".")[1].split("、"):
            first, _, last = part.partition("—")
            months.update((line["身份证号"], str(month)) for month in range(int(first), int(last or first) + 1))
    assert set(months.values()) == {1}


def test_a_folder_holds_one_workbook_a_purse_and_town_and_nobody_elses_people(tmp_path: Path) -> None:
    payments = county()
    paths = write_rosters(roster(payments, notice=Notice()), tmp_path / "发放", Written())
    summary, *books = paths
    names = {payment.id_number for payment in payments}
    assert not names & set(texts(summary))
    seen: Counter[str] = Counter()
    for path in books:
        purse = "town" if path.name.startswith("镇级") else "county"
        town = path.stem.split("-")[1]
        own = {payment.id_number for payment in payments if (payment.purse, payment.town) == (purse, town)}
        found = names & set(texts(path))
        assert found == own
        seen.update(str(one) for one in found)
    assert set(seen) == names
    assert set(seen.values()) == {1}
    assert sum((total(people(path)) for path in books), Decimal()) == sum(payment.amount for payment in payments)


def texts(path: Path) -> list[str]:
    return [
        str(cell)
        for sheet in load_workbook(path, data_only=True).worksheets
        for row in sheet.iter_rows(values_only=True)
        for cell in row
        if cell
    ]


def test_pending_and_unpaid_people_stand_apart_with_their_reasons(tmp_path: Path) -> None:
    payments = county()
    path = write_rosters(roster(payments), tmp_path / "发放表.xlsx", Written())[0]
    book = load_workbook(path, data_only=True)
    for sheet, status in (("待定", "pending"), ("不发放", "none")):
        held = texts_of(book[sheet])
        for payment in payments:
            assert (payment.id_number in held) == (payment.status == status)
            assert payment.status != status or payment.why in held
    assert "不表示已发放" in " ".join(texts_of(book["测算"]))
    assert "已发放" not in " ".join(texts_of(book["测算"])).replace("不表示已发放", "")
    possible = sum(rate for payment in payments for _, rate in payment.possible)
    assert Decimal(str(book["测算"].cell(book["测算"].max_row - 2, 7).value)) == possible


def texts_of(sheet: Any) -> list[str]:
    return [str(cell) for row in sheet.iter_rows(values_only=True) for cell in row if cell]


def test_a_roster_prints_as_it_stands(tmp_path: Path) -> None:
    path = write_rosters(roster(county()), tmp_path / "发放表.xlsx", Written())[0]
    sheet = load_workbook(path)["县级-村（社区）"]
    text = " ".join(texts_of(sheet))
    assert (sheet.page_setup.paperSize, sheet.page_setup.orientation) in ((9, "landscape"), ("9", "landscape"))
    assert sheet.print_title_rows == "$1:$4"
    assert len(sheet.row_breaks.brk) >= 1
    assert text.count("本页小计") == len(sheet.row_breaks.brk) + 1
    for words in (
        "甲镇 小计",
        "乙镇 小计",
        "合计（",
        "人民币（大写）",
        "制表人",
        "审核人",
        "单位负责人",
        "发放单位（盖章）",
        "资金来源：县财政预算",
        "单位：元",
    ):
        assert words in text


def test_numbers_of_people_are_text_and_a_formula_in_a_name_cannot_run(tmp_path: Path) -> None:
    payments = pay(
        book_of([typed(0, {"hired": "2015-03-01", "name": "=HYPERLINK(1)", "account": "6229990000000000001"})]), plan_of(), QUARTER
    )
    path = write_rosters(roster(payments), tmp_path / "发放表.xlsx", Written())[0]
    sheet = load_workbook(path).worksheets[0]
    assert sheet["D5"].data_type == "s"
    assert sheet["E5"].value == payments[0].id_number
    assert (sheet["L5"].data_type, sheet["L5"].value) == ("s", payments[0].account)


def test_the_public_notice_shows_no_number_and_no_full_name(tmp_path: Path) -> None:
    payments = pay(book_of([typed(0, {"village": "甲村", "hired": "2015-03-01", "name": "张小三"})]), plan_of(), QUARTER)
    path = write_rosters(roster(payments, notice=Notice("2020年1月10日", "2020年1月16日", "0854-0000000")), tmp_path / "a.xlsx", Written())[
        0
    ]
    text = " ".join(texts_of(load_workbook(path)["公示"]))
    assert "张*三" in text
    assert "张小三" not in text
    assert not re.search(r"\d{15}", text)
    assert "2020年1月10日至2020年1月16日" in text
    assert "0854-0000000" in text


def test_the_same_payments_give_the_same_bytes_for_their_owner_only(tmp_path: Path) -> None:
    payments = county(12)
    first, second = (write_rosters(roster(payments), tmp_path / f"{number}.xlsx", Written())[0] for number in (1, 2))
    assert first.read_bytes() == second.read_bytes()
    assert stat.S_IMODE(first.stat().st_mode) == 0o600
    assert [path.name for path in tmp_path.iterdir() if path.name.startswith(".")] == []


def test_an_existing_roster_is_left_alone(tmp_path: Path) -> None:
    folder = tmp_path / "发放"
    folder.mkdir()
    (folder / "县级发放表-甲镇.xlsx").write_text("已有")
    with pytest.raises(Refusal, match="--force"):
        write_rosters(roster(county(12)), folder, Written())
    assert [path.name for path in folder.iterdir()] == ["县级发放表-甲镇.xlsx"]
    with pytest.raises(Refusal, match=r"\.xlsx"):
        write_rosters(roster(county(12)), tmp_path / "发放表.docx", Written())


@settings(max_examples=15, deadline=None)
@given(st.lists(st.sampled_from(range(len(WORKED))), min_size=1, max_size=4))
def test_the_sheets_of_any_worked_cases_sum_to_their_payments(tmp_path_factory: pytest.TempPathFactory, numbers: list[int]) -> None:
    for number in numbers:
        book, plan, period = setting(WORKED[number])
        payments = pay(book, plan, period)
        path = tmp_path_factory.mktemp("case") / "a.xlsx"
        write_rosters(Roster(payments, period, DAY), path, Written())
        assert total(people(path)) == sum((payment.amount for payment in payments), Decimal())


# --- an earlier roster read back -----------------------------------------------------------------


def test_an_earlier_roster_reads_back_whole_from_a_workbook_and_from_a_folder(tmp_path: Path) -> None:
    payments = county(rates=(("2019-09-25", "200"), ("2019-11-01", "233.33")))
    for place in (tmp_path / "发放表.xlsx", tmp_path / "发放"):
        write_rosters(roster(payments), place, Written())
        past, period = read_previous(place)
        assert period == "2019年10月至12月"
        assert sum(line.amount for line in past) == sum(payment.amount for payment in payments)
        assert {line.id_number for line in past} == {payment.id_number for payment in payments if payment.status == "paid"}
        assert {line.full for line in past if line.id_number == payments[0].id_number} == {len(payments[0].months) == 3}


def test_the_same_payment_again_changes_nothing(tmp_path: Path) -> None:
    payments = county()
    write_rosters(roster(payments), tmp_path / "a.xlsx", Written())
    past, previous = read_previous(tmp_path / "a.xlsx")
    assert changes(past, payments, QUARTER) == []
    path = write_rosters(roster(payments, changes=[], previous=previous), tmp_path / "b.xlsx", Written())[0]
    assert "没有增减" in " ".join(texts_of(load_workbook(path)["核增核减"]))


def test_a_town_that_pays_nobody_any_more_has_its_own_purses_sheet_and_no_other(tmp_path: Path) -> None:
    payments = [one for one in county() if (one.purse, one.town) != ("town", "甲镇")]
    write_rosters(roster(county()), tmp_path / "a", Written())
    past, previous = read_previous(tmp_path / "a")
    found = changes(past, payments, QUARTER)
    write_rosters(roster(payments, changes=found, previous=previous), tmp_path / "b", Written())
    book = load_workbook(tmp_path / "b" / "镇级发放表-甲镇.xlsx")
    assert book.sheetnames == ["镇级-甲镇", "核增核减"], "nobody waits, and no sheet says so"
    assert "资金来源：镇（街道）财政预算" in texts_of(book["镇级-甲镇"])
    assert "核减" in texts_of(book["核增核减"])
    whole = load_workbook(tmp_path / "b" / "汇总（不含个人信息）.xlsx", data_only=True)["核增核减"]
    told = [list(row[1:7]) for row in whole.iter_rows(values_only=True) if row[1] in ("合计", *PURSE_WORDS.values())]
    stopped = [one for one in found if one.kind == "stopped"]
    assert stopped == found
    amount = float(sum(one.difference for one in stopped))
    assert told == [[PURSE_WORDS["town"], "甲镇", 0, len(stopped), 0, amount], ["合计", None, 0, len(stopped), 0, amount]]
    assert not {one.id_number for one in found} & set(texts_of(whole))


def test_nobody_is_said_to_be_gone_from_a_ledger_that_did_not_come(tmp_path: Path) -> None:
    write_rosters(roster(county()), tmp_path / "a.xlsx", Written())
    past, _ = read_previous(tmp_path / "a.xlsx")
    found = changes(past, [one for one in county() if one.town == "甲镇"], QUARTER, {"甲镇"})
    assert {one.town for one in found} == {"乙镇"}
    assert {one.why for one in found} == {"本次没有收到乙镇的专职委员台账，未能核定"}


def test_changes_are_printed_with_their_sum(tmp_path: Path) -> None:
    payments = county()
    write_rosters(roster(payments), tmp_path / "a.xlsx", Written())
    past, previous = read_previous(tmp_path / "a.xlsx")
    found = changes(past[3:], payments[:-2], QUARTER)
    path = write_rosters(roster(payments[:-2], changes=found, previous=previous), tmp_path / "b.xlsx", Written())[0]
    for _, _, _, stored, right in [one for one in formulas(path) if one[0] == "核增核减"]:
        assert Decimal(str(stored)) == right == sum(one.difference for one in found)


def test_what_is_no_roster_of_ours_is_refused(tmp_path: Path) -> None:
    import xlsxwriter

    other = tmp_path / "别的.xlsx"
    book = xlsxwriter.Workbook(str(other))
    book.add_worksheet().write_row(0, 0, ["序号", "姓名", "金额"])
    book.close()
    (tmp_path / "坏.xlsx").write_bytes(b"PK\x03\x04 not a workbook")
    (tmp_path / "文本.xlsx").write_text("序号,姓名")
    (tmp_path / "空").mkdir()
    with zipfile.ZipFile(tmp_path / "总结.docx", "w") as archive:
        archive.writestr("word/document.xml", "<w:document/>")
    shutil.copy(tmp_path / "总结.docx", tmp_path / "改名.xlsx")
    for path, words in (
        (tmp_path / "总结.docx", "打不开"),
        (tmp_path / "改名.xlsx", "打不开"),
        (other, "不是本工具生成"),
        (tmp_path / "坏.xlsx", "打不开"),
        (tmp_path / "文本.xlsx", "打不开"),
        (tmp_path / "空", "不是本工具生成"),
    ):
        with pytest.raises(Refusal, match=words):
            read_previous(path)


def test_a_roster_changed_by_hand_into_nonsense_is_refused(tmp_path: Path) -> None:
    path = write_rosters(roster(county(12)), tmp_path / "a.xlsx", Written())[0]
    book = load_workbook(path)
    sheet = next(sheet for sheet in book.worksheets if sheet.title.startswith("县级"))
    sheet["H5"] = "三个月"
    book.save(tmp_path / "b.xlsx")
    with pytest.raises(Refusal, match="不是数字"):
        read_previous(tmp_path / "b.xlsx")


# --- bank file, data, estimate -------------------------------------------------------------------


def test_the_bank_file_lists_the_towns_in_their_order_and_the_county_last(tmp_path: Path) -> None:
    payments = county()
    towns = list(dict.fromkeys(one.town for one in payments if one.purse == "town" and one.status == "paid"))
    assert len(towns) == 2
    assert load_workbook(write_bank(payments, tmp_path / "代发.xlsx", Written(), DAY)).sheetnames == [*towns, "县级"]
    lines = write_bank(payments, tmp_path / "代发.csv", Written(), DAY).read_text("utf-8-sig").splitlines()[1:]
    payers = [line.rsplit(",", 1)[1] for line in lines]
    assert payers == sorted(payers, key=[*towns, "县级"].index)


def test_the_bank_file_has_accounts_as_text_and_leaves_nobody_out_in_silence(tmp_path: Path) -> None:
    rows = [
        typed(0, {"hired": "2015-03-01", "bank": "农业银行", "account": "6229990000000000001"}),
        typed(1, {"village": "甲村", "hired": "2015-03-01", "account": "6229990000000000002"}),
        typed(2, {"village": "乙村", "hired": "2015-03-01"}),
    ]
    payments = pay(book_of(rows), plan_of(), QUARTER)
    written = Written()
    book = load_workbook(write_bank(payments, tmp_path / "代发.xlsx", written, DAY))
    assert [sheet.title for sheet in book.worksheets] == ["甲镇", "县级"]
    assert [cell.value for cell in book["甲镇"][1]] == ["开户行", "户名", "账号", "金额"]
    assert (book["甲镇"]["C2"].value, book["甲镇"]["C2"].data_type, book["甲镇"]["D2"].value) == ("6229990000000000001", "s", 600)
    said = " ".join(written.said)
    assert "2笔，共1200.00元" in said
    assert "1人应发600.00元没有银行账号" in said
    assert "1笔没有填开户行" in said
    text = write_bank(payments, tmp_path / "代发.csv", Written(), DAY).read_text("utf-8-sig")
    assert text.splitlines()[0].startswith("开户行,户名,账号,金额")
    with pytest.raises(Refusal, match="--bank"):
        write_bank(payments, tmp_path / "代发.txt", Written(), DAY)


def test_json_has_the_shape_of_the_contract_and_masks(tmp_path: Path) -> None:
    plan = plan_of()
    payments = pay(
        book_of([typed(0, {"village": "甲村", "hired": "2015-03-01", "name": "张小三", "account": "6229990000000000001"})]), plan, QUARTER
    )
    found = data.as_data(payments, QUARTER, rates_of(plan, QUARTER), DAY, [])
    assert {key: found[key] for key in ("year", "from", "to", "monthly", "basis", "as_of", "findings")} == {
        "year": 2019,
        "from": "2019-10",
        "to": "2019-12",
        "monthly": "200.00",
        "basis": "same_year",
        "as_of": "2019-12-31",
        "findings": [],
    }
    assert found["payments"] == [
        {
            "name": "张*三",
            "town": "甲镇",
            "village": "甲村",
            "level": "village",
            "purse": "county",
            "months": ["2019-10", "2019-11", "2019-12"],
            "amount": "600.00",
            "status": "paid",
            "why": "",
            "clauses": ["二（二）1（2）", "二（二）1（3）"],
            "source": {"file": "甲镇.xlsx", "sheet": "Sheet1", "row": 4},
        }
    ]
    assert found["totals"] == {"town": {}, "county": "600.00", "all": "600.00", "all_capitals": "陆佰元整"}
    for text in (str(found), data.as_csv(payments), data.as_text(payments, QUARTER)):
        assert "张小三" not in text
        assert str(payments[0].id_number) not in text
        assert "6229990000000000001" not in text
    assert data.payment_of(payments[0], "full")["id_number"] == payments[0].id_number


def test_an_estimate_is_never_called_paid(tmp_path: Path) -> None:
    lines = estimate(book_of([typed(number, {"village": f"第{number}村", "hired": "2015-03-01"}) for number in range(3)]), plan_of(), 2020)
    path = write_estimate(lines, 2020, DAY, tmp_path / "测算.xlsx", Written())
    for _, _, _, stored, right in formulas(path):
        assert Decimal(str(stored)) == right
    assert data.estimate_data(lines, 2020, DAY)["totals"] == {"heads": 3, "amount": "7200.00", "expected": "7200.00"}
    text = " ".join(texts(path)) + data.estimate_text(lines, 2020, DAY)
    assert "测算" in text
    assert "已发放" not in re.sub("不(表示|是)已发放", "", text)


def test_months_are_said_in_runs() -> None:
    assert span(()) == ""
    assert span(("2019-10",)) == "2019.10"
    assert span(("2019-01", "2019-02", "2019-03")) == "2019.01—03"
    assert span(("2019-10", "2019-12")) == "2019.10、12"
