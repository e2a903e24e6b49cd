"""核增核减: who was added, stopped or changed against an earlier roster, and why."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Container, Mapping, Sequence
from decimal import Decimal

from canju.book import fold_village
from canju.model import PURSE_WORDS, Change, Past, Payment, Period


def changes(past: Sequence[Past], payments: Sequence[Payment], period: Period, came: Container[str] | None = None) -> list[Change]:
    """Every difference a clerk must sign for, in the order of this period's payments, those gone after them.

    `payments` are those of all towns, `came` the towns whose ledger came this time (None: all): of others nobody is known to be gone.

    A person is found again by ID number; where either roster lacks that number, by name, town and village: the number was mended.
    A longer or shorter period is no change of a person.
    """
    before: dict[tuple[str, ...], list[Past]] = defaultdict(list)
    for line in past:
        before[_key(line.id_number, line.name, line.town, line.village, line.purse)].append(line)
    found = []
    mended = _mended(before, payments)
    for payment in payments:
        if payment.status != "paid":
            continue
        key = _key(payment.id_number or "", payment.name, payment.town, payment.village, payment.purse)
        held = before.pop(key if key in before else mended.get(id(payment), key), None)
        change = _added(payment, past, period) if held is None else _changed(payment, held, period)
        found += [change] if change else []
    for lines in before.values():
        found.append(_stopped(lines, payments, came is None or lines[0].town in came))
    return found


def met(past: Sequence[Past], payments: Sequence[Payment]) -> bool:
    """Whether anybody of the earlier roster is among these payments, paid or not: if nobody is, it may be another county's."""
    numbers = {one.id_number for one in payments if one.id_number}
    places = {(one.name, one.town, fold_village(one.village)) for one in payments}
    return any(line.id_number in numbers or (line.name, line.town, fold_village(line.village)) in places for line in past)


def _mended(before: Mapping[tuple[str, ...], list[Past]], payments: Sequence[Payment]) -> dict[int, tuple[str, ...]]:
    """For payments (by `id`) under a number the earlier roster lacks: the earlier lines of the one person of that name and place.

    Only where that person's number is in no row of this time either, and the name is nobody else's there.
    """
    numbers = {payment.id_number for payment in payments if payment.id_number}
    known = {line.id_number for lines in before.values() for line in lines if line.id_number}
    lost: dict[tuple[str, ...], list[tuple[str, ...]]] = defaultdict(list)
    for key, lines in before.items():
        if lines[0].id_number not in numbers:
            lost[_key("", lines[0].name, lines[0].town, lines[0].village, lines[0].purse)].append(key)
    fresh: dict[tuple[str, ...], list[Payment]] = defaultdict(list)
    for one in payments:
        if one.status == "paid" and one.id_number not in known:
            fresh[_key("", one.name, one.town, one.village, one.purse)].append(one)
    return {id(some[0]): lost[key][0] for key, some in fresh.items() if len(some) == len(lost.get(key, ())) == 1}


def _key(id_number: str, name: str, town: str, village: str, purse: str) -> tuple[str, ...]:
    """Town purses are a town's own, so whoever changes town is stopped there and added here."""
    payer = town if purse == "town" else ""
    return (purse, payer, id_number) if id_number else (purse, payer, name, town, fold_village(village))


def _said(months: int, monthly: str, amount: Decimal) -> str:
    return f"{months}个月×{monthly}元＝{amount}元"


def _monthly(payment: Payment) -> str:
    return "、".join(dict.fromkeys(str(rate) for _, rate in payment.rates))


def _added(payment: Payment, past: Sequence[Past], period: Period) -> Change:
    elsewhere = next((line for line in past if payment.id_number and line.id_number == payment.id_number), None)
    if elsewhere is not None:
        why = f"由{PURSE_WORDS[elsewhere.purse]}（{elsewhere.town}）转来"
    else:
        why = "本期新聘上岗" if payment.months[0] > period.first else "上次未发放，本期核定发放"
    after = _said(len(payment.months), _monthly(payment), payment.amount)
    return Change(
        "added", payment.name, payment.id_number or "", payment.town, payment.village, payment.purse, "", after, payment.amount, why
    )


def _changed(payment: Payment, held: Sequence[Past], period: Period) -> Change | None:
    """A change of rate, village or of whole to part of a period; None where all is as it was."""
    months, amount = sum(line.months for line in held), sum((line.amount for line in held), Decimal())
    full = len(payment.months) == len(period.months)
    reasons = []
    if payment.id_number and held[0].id_number != payment.id_number:
        reasons.append(f"身份证号由{held[0].id_number or '未填'}变为{payment.id_number}")
    if {line.monthly for line in held} != {rate for _, rate in payment.rates}:
        reasons.append(f"月标准由{'、'.join(dict.fromkeys(str(line.monthly) for line in held))}元变为{_monthly(payment)}元")
    if full != all(line.full for line in held):
        reasons.append("上次只发部分月份，本期全期在岗" if full else f"本期在岗{len(payment.months)}个月，不满所属期")
    if fold_village(held[0].village) != fold_village(payment.village) or held[0].town != payment.town:
        reasons.append(f"任职由{held[0].town}{held[0].village}变为{payment.town}{payment.village}")
    if not reasons:
        return None
    before = _said(months, "、".join(dict.fromkeys(str(line.monthly) for line in held)), amount)
    after = _said(len(payment.months), _monthly(payment), payment.amount)
    return Change(
        "changed",
        payment.name,
        payment.id_number or "",
        payment.town,
        payment.village,
        payment.purse,
        before,
        after,
        payment.amount - amount,
        "；".join(reasons),
    )


def _same(payment: Payment, line: Past) -> bool:
    """Whether a row that is not paid is this person's: by number, or where it has none by name and place."""
    if payment.id_number and line.id_number:
        return payment.id_number == line.id_number
    return (payment.name, payment.town, fold_village(payment.village)) == (line.name, line.town, fold_village(line.village))


def _stopped(lines: Sequence[Past], payments: Sequence[Payment], came: bool) -> Change:
    first = lines[0]
    amount = sum((line.amount for line in lines), Decimal())
    moved = next((one for one in payments if one.status == "paid" and one.id_number and one.id_number == first.id_number), None)
    held = next((one for one in payments if one.status != "paid" and one.purse == first.purse and _same(one, first)), None)
    if moved is not None:
        why = f"转由{PURSE_WORDS[moved.purse]}（{moved.town}）发放"
    elif held is not None:
        why = f"{'待定' if held.status == 'pending' else '不发放'}：{held.why}"
    elif not came:
        why = f"本次没有收到{first.town}的专职委员台账，未能核定"
    else:
        why = "本次专职委员台账中没有此人"
    before = _said(sum(line.months for line in lines), "、".join(dict.fromkeys(str(line.monthly) for line in lines)), amount)
    return Change("stopped", first.name, first.id_number, first.town, first.village, first.purse, before, "", -amount, why)
