"""The file a bank pays by: 开户行, 户名, 账号, 金额, accounts as text, one sheet a payer."""

from __future__ import annotations

import csv
import datetime as dt
import io
from collections.abc import Sequence
from decimal import Decimal
from pathlib import Path

from canju.model import OUTPUT_MARK, Payment, Refusal
from canju.outputs.files import Written
from canju.outputs.findings import inert
from canju.outputs.rosters.paper import safe_name

HEADS = ("开户行", "户名", "账号", "金额")


def write_bank(payments: Sequence[Payment], out: Path, written: Written, as_of: dt.date) -> Path:
    """The transfers due, to an .xlsx (a sheet for each payer) or a .csv (a column more where there are several payers).

    Whoever has no account is left out and said so, with the yuan; a Refusal for any other kind of file.
    """
    due = sorted((one for one in payments if one.status == "paid"), key=lambda one: one.purse == "county")  # the county after all towns
    ready = [one for one in due if one.account]
    left = [one for one in due if not one.account]
    if out.suffix.lower() == ".xlsx":
        path = written.write(out, lambda temporary: _xlsx(temporary, ready, as_of))
    elif out.suffix.lower() == ".csv":
        path = written.write_text(out, _csv(ready), "utf-8-sig")
    else:
        raise Refusal(f"银行代发文件应为 .xlsx 或 .csv，{out.name} 不是，请更正 --bank。")
    written.said.append(f"银行代发文件：{len(ready)}笔，共{sum((one.amount for one in ready), Decimal('0.00'))}元。")
    if left:
        amount = sum((one.amount for one in left), Decimal("0.00"))
        written.said.append(f"另有{len(left)}人应发{amount}元没有银行账号，未列入代发文件，请补账号或另行发放。")
    if blank := sum(not one.bank for one in ready):
        written.said.append(f"其中{blank}笔没有填开户行，请与银行核对。")
    return path


def _payer(payment: Payment) -> str:
    return payment.town if payment.purse == "town" else "县级"


def _xlsx(path: Path, payments: Sequence[Payment], as_of: dt.date) -> None:
    import xlsxwriter

    book = xlsxwriter.Workbook(str(path), {"in_memory": True, "strings_to_formulas": False})
    book.set_properties(
        {"title": "银行代发文件", "author": "", "category": OUTPUT_MARK, "created": dt.datetime(as_of.year, as_of.month, as_of.day)}
    )
    text, money = book.add_format({"num_format": "@"}), book.add_format({"num_format": "0.00"})
    for payer in list(dict.fromkeys(_payer(one) for one in payments)) or ["代发"]:
        sheet = book.add_worksheet(safe_name(payer))
        sheet.set_column(0, 2, 24)
        sheet.set_column(3, 3, 12)
        for column, head in enumerate(HEADS):
            sheet.write_string(0, column, head)
        for row, one in enumerate((one for one in payments if _payer(one) == payer), start=1):
            for column, value in enumerate((one.bank, one.name, one.account)):
                sheet.write_string(row, column, value, text)
            sheet.write_number(row, 3, one.amount, money)
    book.close()


def _csv(payments: Sequence[Payment]) -> str:
    several = len({_payer(one) for one in payments}) > 1
    stream = io.StringIO()
    writer = csv.writer(stream, lineterminator="\r\n")
    writer.writerow([*HEADS, *(["发放单位"] if several else [])])
    for one in payments:
        writer.writerow([inert(one.bank), inert(one.name), one.account, f"{one.amount}", *([_payer(one)] if several else [])])
    return stream.getvalue()
