"""人民币大写, held against the rules of the 支付结算办法 and against a plain reading back."""

from __future__ import annotations

import re
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from canju.model import Refusal
from canju.outputs.rosters.capitals import DIGITS, capitals

KNOWN = {
    "0": "零元整",
    "0.05": "伍分",
    "0.50": "伍角整",
    "0.55": "伍角伍分",
    "1": "壹元整",
    "10": "壹拾元整",
    "10.05": "壹拾元零伍分",
    "100": "壹佰元整",
    "101": "壹佰零壹元整",
    "200": "贰佰元整",
    "1001": "壹仟零壹元整",
    "1010": "壹仟零壹拾元整",
    "1409.50": "壹仟肆佰零玖元伍角整",
    "6007.14": "陆仟零柒元壹角肆分",
    "1680.32": "壹仟陆佰捌拾元叁角贰分",
    "16409.02": "壹万陆仟肆佰零玖元零贰分",
    "325.04": "叁佰贰拾伍元零肆分",
    "10000": "壹万元整",
    "10001": "壹万零壹元整",
    "13000": "壹万叁仟元整",
    "13000.00": "壹万叁仟元整",
    "100010": "壹拾万零壹拾元整",
    "1000000": "壹佰万元整",
    "10000000": "壹仟万元整",
    "100000000": "壹亿元整",
    "100000001": "壹亿零壹元整",
    "100010000": "壹亿零壹万元整",
    "-200": "负贰佰元整",
    "999999999999.99": "玖仟玖佰玖拾玖亿玖仟玖佰玖拾玖万玖仟玖佰玖拾玖元玖角玖分",
}


@pytest.mark.parametrize(("figure", "words"), KNOWN.items())
def test_an_amount_is_written_as_on_a_voucher(figure: str, words: str) -> None:
    assert capitals(Decimal(figure)) == words


@pytest.mark.parametrize("figure", ["0.001", "1000000000000", "200.005"])
def test_what_cannot_be_written_is_refused(figure: str) -> None:
    with pytest.raises(Refusal):
        capitals(Decimal(figure))


def read_back(words: str) -> Decimal:
    """A reading of its own: the digits by their places, 万 and 亿 closing a group."""
    yuan, _, rest = words.partition("元") if "元" in words else ("", "", words)
    total = group = digit = 0
    for character in yuan:
        if character in DIGITS:
            digit = DIGITS.index(character)
        elif character in "拾佰仟":
            group += digit * 10 ** ("拾佰仟".index(character) + 1)
            digit = 0
        else:
            total, group, digit = total + (group + digit) * (10**4 if character == "万" else 10**8), 0, 0
    cents = sum(DIGITS.index(found[1]) * (10 if found[2] == "角" else 1) for found in re.finditer(r"(.)([角分])", rest))
    return Decimal(total + group + digit) + Decimal(cents) / 100


@given(st.integers(0, 99_999_999_999_999))
def test_every_amount_reads_back_and_holds_no_double_nought(cents: int) -> None:
    words = capitals(Decimal(cents) / 100)
    assert read_back(words) == Decimal(cents) / 100
    assert "零零" not in words
    assert "零元" not in words.removeprefix("零元")
    assert words.endswith(("整", "分"))
