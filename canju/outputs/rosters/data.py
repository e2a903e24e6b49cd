"""The payments as JSON, in the shape the contract fixes, as CSV, and as lines for a terminal."""

from __future__ import annotations

import csv
import datetime as dt
import io
from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

from canju.masking import Profile, mask_account, mask_id, mask_name, mask_path, mask_text
from canju.model import PURSE_WORDS, STIPEND_STATUS_WORDS, EstimateLine, Finding, Payment, Period
from canju.outputs.findings import as_dict, inert
from canju.outputs.rosters.capitals import capitals
from canju.outputs.rosters.payroll import span


def yuan(amount: Decimal) -> str:
    """Two decimals, always."""
    return f"{amount:.2f}"


def as_data(
    payments: Sequence[Payment],
    period: Period,
    rates: Mapping[str, Decimal],
    as_of: dt.date,
    findings: Sequence[Finding],
    profile: Profile = "internal",
) -> dict[str, Any]:
    """`stipend --format json`: `monthly` is the rate of the first month, `rates` those of every month where they differ."""
    towns, county, total = totals(payments)
    applied = list(dict.fromkeys(rates.values()))
    return {
        "year": period.year,
        "from": period.first,
        "to": period.last,
        "monthly": yuan(applied[0]),
        "basis": period.basis,
        "as_of": as_of.isoformat(),
        **({"rates": {month: yuan(rate) for month, rate in rates.items()}} if len(applied) > 1 else {}),
        "payments": [payment_of(one, profile) for one in payments],
        "totals": {
            "town": {town: yuan(amount) for town, amount in towns.items()},
            "county": yuan(county),
            "all": yuan(total),
            "all_capitals": capitals(total),
        },
        "findings": [as_dict(one, profile) for one in findings],
    }


def totals(payments: Sequence[Payment]) -> tuple[dict[str, Decimal], Decimal, Decimal]:
    """The yuan due from each town's purse, from the county's, and in all."""
    towns: dict[str, Decimal] = {}
    county = Decimal("0.00")
    for payment in payments:
        if payment.purse == "county":
            county += payment.amount
        elif payment.amount:
            towns[payment.town] = towns.get(payment.town, Decimal("0.00")) + payment.amount
    return towns, county, county + sum(towns.values(), Decimal("0.00"))


def payment_of(payment: Payment, profile: Profile = "internal") -> dict[str, Any]:
    """One payment; the ID number and the account only where all may be seen."""
    full = profile == "full"
    source = payment.source
    return {
        "name": payment.name if full else mask_name(payment.name),
        **({"id_number": payment.id_number or "", "bank": payment.bank, "account": payment.account} if full else {}),
        "town": payment.town,
        "village": payment.village if full else mask_text(payment.village),
        "level": payment.level,
        "purse": payment.purse,
        "months": list(payment.months),
        "amount": yuan(payment.amount),
        "status": payment.status,
        "why": _told(payment.why or payment.note, profile),
        "clauses": list(payment.clauses),
        "source": {"file": source.file if full else mask_path(source.file), "sheet": source.sheet, "row": source.row},
        **({"possible": [month for month, _ in payment.possible]} if payment.possible else {}),
    }


def _told(text: str, profile: Profile) -> str:
    """Free text as this profile may see it."""
    return text if profile == "full" else mask_text(text)


CSV_HEADS = (
    "镇（街道）",
    "村（社区）",
    "姓名",
    "身份证号",
    "资金来源",
    "考核年度及结果",
    "起止月",
    "月数",
    "应发金额",
    "状态",
    "原因",
    "开户行",
    "账号",
    "来源",
)


def as_csv(payments: Sequence[Payment], profile: Profile = "internal") -> str:
    """A table for a spreadsheet, one row a payment."""
    full = profile == "full"
    stream = io.StringIO()
    writer = csv.writer(stream, lineterminator="\n")
    writer.writerow(CSV_HEADS)
    for one in payments:
        number, account = (one.id_number or "", one.account) if full else (mask_id(one.id_number or ""), mask_account(one.account))
        row = (
            one.town,
            one.village,
            one.name if full else mask_name(one.name),
            number,
            PURSE_WORDS[one.purse],
            one.assessed,
            span(one.months),
            len(one.months),
            yuan(one.amount),
            STIPEND_STATUS_WORDS[one.status],
            one.why or one.note,
            one.bank,
            account,
            str(one.source),
        )
        masked = (one.town, _told(one.village, profile), *row[2:5], _told(one.assessed, profile), *row[6:10])
        rest = (_told(row[10], profile), _told(one.bank, profile), account, _told(str(one.source), profile))
        writer.writerow([inert(cell) for cell in (*masked, *rest)])
    return stream.getvalue()


def as_text(payments: Sequence[Payment], period: Period, profile: Profile = "internal") -> str:
    """One line a payment, then the totals by purse in figures and capitals."""
    lines = [f"专职委员工资 {period.words}，{period.basis_words}"]
    for one in payments:
        name = one.name if profile == "full" else mask_name(one.name)
        what = f"{len(one.months)}个月（{span(one.months)}）{yuan(one.amount)}元" if one.status == "paid" else one.why
        where = _told(one.town + one.village, profile) or "县残联"
        said = f"{STIPEND_STATUS_WORDS[one.status]} {name or '（缺姓名）'}（{where}） {_told(what, profile)}"
        lines.append(f"{one.source if profile == 'full' else mask_path(str(one.source))}: {said}")
    towns, county, total = totals(payments)
    lines += [f"{town}（镇级）应发 {yuan(amount)}元" for town, amount in towns.items()]
    count = {status: sum(one.status == status for one in payments) for status in STIPEND_STATUS_WORDS}
    lines += [
        f"县级（村、社区）应发 {yuan(county)}元",
        f"合计应发 {yuan(total)}元（{capitals(total)}）：应发{count['paid']}人，待定{count['pending']}人，不发放{count['none']}人",
    ]
    return "\n".join(lines) + "\n"


PUBLIC_HEADS = {"town": "镇（街道）", "village": "村（社区）", "name": "姓名", "amount": "应发金额"}


def public_of(payments: Sequence[Payment]) -> list[dict[str, str]]:
    """What anybody may see of whom is to be paid: town, village, the name in part, the amount. Who isn't paid isn't told of."""
    return [
        {"town": one.town, "village": mask_text(one.village), "name": mask_name(one.name), "amount": yuan(one.amount)}
        for one in payments
        if one.status == "paid"
    ]


def public_data(payments: Sequence[Payment], period: Period) -> dict[str, Any]:
    """`stipend --public --format json`."""
    total = totals(payments)[2]
    sums = {"all": yuan(total), "all_capitals": capitals(total)}
    return {"year": period.year, "from": period.first, "to": period.last, "payments": public_of(payments), "totals": sums}


def public_csv(payments: Sequence[Payment]) -> str:
    """The same as a table."""
    stream = io.StringIO()
    writer = csv.writer(stream, lineterminator="\n")
    writer.writerow(PUBLIC_HEADS.values())
    writer.writerows([inert(row[name]) for name in PUBLIC_HEADS] for row in public_of(payments))
    return stream.getvalue()


def public_text(payments: Sequence[Payment], period: Period) -> str:
    """The same as lines."""
    lines = [f"{row['town']}{row['village']} {row['name']} {row['amount']}元" for row in public_of(payments)]
    total = totals(payments)[2]
    return "\n".join([f"专职委员工资 {period.words}（拟发放）", *lines, f"合计应发 {yuan(total)}元（{capitals(total)}）"]) + "\n"


def estimate_data(lines: Sequence[EstimateLine], year: int, as_of: dt.date) -> dict[str, Any]:
    """`stipend --estimate --format json`: heads and yuan only, nobody named."""
    return {
        "estimate": year,
        "as_of": as_of.isoformat(),
        "paid": False,
        "lines": [
            {
                "purse": one.purse,
                "town": one.town,
                "heads": one.heads,
                "months": sum(count for _, count in one.rates),
                "rates": [{"monthly": yuan(rate), "months": count} for rate, count in one.rates],
                "amount": yuan(one.amount),
                "passed": one.passed,
                "assessed": one.assessed,
                "expected": None if one.expected is None else yuan(one.expected),
            }
            for one in lines
        ],
        "totals": {
            "heads": sum(one.heads for one in lines),
            "amount": yuan(sum((one.amount for one in lines), Decimal())),
            "expected": _expected(lines),
        },
    }


def _expected(lines: Sequence[EstimateLine]) -> str | None:
    known = [one.expected for one in lines if one.expected is not None]
    return yuan(sum(known, Decimal())) if lines and len(known) == len(lines) else None


def estimate_text(lines: Sequence[EstimateLine], year: int, as_of: dt.date) -> str:
    """One line a purse and town, then the whole; said to be an estimate."""
    told = [f"{year}年专职委员工资预算测算（按{as_of.isoformat()}在岗人数；是测算，不是已发放）"]
    for one in lines:
        rates = "＋".join(f"{yuan(rate)}元×{count}个月" for rate, count in one.rates)
        rate = (
            f"；按上年合格率（{one.passed}/{one.assessed}）{yuan(one.expected)}元"
            if one.expected is not None
            else "；上年无考核结果，合格率不明"
        )
        told.append(f"{PURSE_WORDS[one.purse]} {one.town}：{one.heads}人×（{rates}）＝{yuan(one.amount)}元{rate}")
    whole = estimate_data(lines, year, as_of)["totals"]
    told.append(
        f"合计：{whole['heads']}人，全部合格{whole['amount']}元" + (f"，按上年合格率{whole['expected']}元" if whole["expected"] else "")
    )
    return "\n".join(told) + "\n"
