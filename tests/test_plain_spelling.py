"""The short way of reading a cell says what the long one says, or nothing."""

import datetime as dt
from typing import Any, get_args

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from canju.ledgers import kinds
from canju.ledgers.base import Clue
from canju.ledgers.kinds.cell import SAYS_NOTHING, CellType

KINDS: dict[str, Any] = {name: get_args(alias)[1] for name in kinds.__all__ if get_args(alias := getattr(kinds, name))}
CLUES = [Clue(), Clue(as_of=dt.date(2019, 12, 31)), Clue("0%", as_of=dt.date(2019, 12, 31))]
IDS = ["522799199003074510", "123456199003074510", "522799209003074510", "52279919900307451x", "000000199003074510", "522799199003074511"]
TEXTS = st.one_of(
    st.text("张三村组一二十0123456789-/.年月日X x〇Ａ１", max_size=22),
    st.from_regex(r"(19|20)[0-9]{2}([-/.])[0-9]{1,2}\2[0-9]{1,2}", fullmatch=True),
    st.from_regex(r"1[0-9]{10}(\.0)?", fullmatch=True),
    st.builds(
        lambda area, day, rest, tail: f"{area}{day:%Y%m%d}{rest:03}{tail}",
        st.sampled_from(["522799", "123456", "110101", "020202", "999999"]),
        st.dates(dt.date(1850, 1, 1), dt.date(2100, 1, 1)),
        st.integers(0, 999),
        st.sampled_from([*"0123456789Xx", "045", "X45", "Z99"]),
    ),
    st.sampled_from(
        [*IDS, *(one + "42" for one in IDS), *sorted(SAYS_NOTHING), "NULL", "同 上", "无。", "#REF!", "1,200", "٣", "²", "2019-02-30"]
    ),
)
RAWS = st.one_of(TEXTS, st.integers(-10, 10**20), st.floats(), st.booleans(), st.none(), st.dates(), st.datetimes())


@pytest.mark.parametrize("name", sorted(KINDS))
@settings(max_examples=60, deadline=None)
@given(raw=RAWS, clue=st.sampled_from(CLUES))
@example(raw="522799199003074510", clue=CLUES[1])
@example(raw=True, clue=CLUES[0])
def test_the_short_way_says_what_the_long_one_says(name: str, raw: Any, clue: Clue) -> None:
    kind: CellType = KINDS[name]
    value = kind.plainly(raw, clue)
    if value is not None:
        read = kind.read(raw, clue)
        assert (type(read.value), read.value, read.faults, read.remark, read.blank) == (type(value), value, (), "", False)


@pytest.mark.parametrize(
    ("name", "raw"),
    [
        ("IdCell", "522799199003074510"),
        ("CertificateCell", "52279919900307451042"),
        ("DayCell", "2019-9-25"),
        ("PhoneCell", "13985412345"),
        ("NameCell", "张三"),
        ("TextCell", "观音村三组12号"),
        ("SerialCell", 12),
        ("MoneyCell", 200),
    ],
)
def test_what_ledgers_are_full_of_takes_the_short_way(name: str, raw: Any) -> None:
    assert KINDS[name].plainly(raw, CLUES[1]) is not None
