"""人民币大写: an amount as it is written on a voucher (票据法实施办法, 支付结算办法附一)."""

from __future__ import annotations

from decimal import Decimal

from canju.model import Refusal

DIGITS = "零壹贰叁肆伍陆柒捌玖"
PLACES = ("", "拾", "佰", "仟")
GROUPS = ("", "万", "亿")
LARGEST = Decimal("999999999999.99")


def capitals(amount: Decimal) -> str:
    """An amount in capitals: 13000 → 壹万叁仟元整, 10.05 → 壹拾元零伍分, 0 → 零元整.

    A negative amount begins with 负. Amounts are taken to the fen; what is finer, or too great to be written, is refused.
    """
    if amount < 0:
        return "负" + capitals(-amount)
    cents = amount * 100
    if cents != cents.to_integral_value() or amount > LARGEST:
        raise Refusal("金额不能写成人民币大写：应精确到分，且不到一万亿元。")
    yuan, rest = divmod(int(cents), 100)
    return _yuan(yuan, rest) + _cents(rest, bool(yuan))


def _yuan(yuan: int, rest: int) -> str:
    """The whole yuan; nothing where there are only 角 and 分."""
    if not yuan:
        return "" if rest else "零元"
    text, gap = "", False
    for index in range(len(GROUPS) - 1, -1, -1):
        group = yuan // 10_000**index % 10_000
        if not group:
            gap = bool(text)
            continue
        if text and (gap or group < 1000):
            text += DIGITS[0]
        text += _group(group) + GROUPS[index]
        gap = False
    return text + "元"


def _group(group: int) -> str:
    """Four digits, one 零 for a run of noughts between two others."""
    text, gap = "", False
    for place in range(3, -1, -1):
        digit = group // 10**place % 10
        if digit:
            text += (DIGITS[0] if gap else "") + DIGITS[digit] + PLACES[place]
            gap = False
        else:
            gap = bool(text)
    return text


def _cents(rest: int, whole: bool) -> str:
    """角 and 分, or 整."""
    tens, ones = divmod(rest, 10)
    if not rest:
        return "整"
    if not ones:
        return f"{DIGITS[tens]}角整"
    return (f"{DIGITS[tens]}角" if tens else DIGITS[0] if whole else "") + f"{DIGITS[ones]}分"
