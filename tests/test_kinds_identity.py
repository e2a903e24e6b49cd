"""Resident IDs and certificate numbers."""

from __future__ import annotations

import datetime as dt
import re

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from canju.ledgers.base import Clue
from canju.ledgers.kinds import Certificate, Day, ResidentId, repairs
from canju.ledgers.kinds.identity import CertificateType, IdType, check_digit
from canju.model import Raw

IDS, CERTIFICATES = IdType(), CertificateType()
CLUE = Clue(as_of=dt.date(2019, 12, 31))
ID = "522799199003074510"


def made(born: dt.date, order: int, area: str = "522799") -> str:
    body = f"{area}{born:%Y%m%d}{order:03}"
    return body + check_digit(body)


people = st.builds(made, st.dates(dt.date(1900, 1, 1), dt.date(2019, 12, 31)), st.integers(1, 899))


def rules(kind: IdType | CertificateType, raw: Raw) -> list[str]:
    return [fault.rule for fault in kind.read(raw, CLUE).faults]


def test_the_number_used_in_these_tests_is_valid() -> None:
    assert made(dt.date(1990, 3, 7), 451) == ID


@pytest.mark.parametrize(
    "raw",
    [
        ID,
        f" {ID} ",
        "522799 19900307 4510",
        "５２２７９９１９９００３０７４５１０",
        "'" + ID,
        f'="{ID}"',
        "522799-19900307-4510",
        f"身份证号：{ID}",
    ],
)
def test_spacing_and_width_do_not_matter(raw: str) -> None:
    read = IDS.read(raw, CLUE)
    assert (read.value, read.faults) == (ID, ())
    assert isinstance(read.value, ResidentId)


@pytest.mark.parametrize("x", list("xXХх×Ｘｘ"))
def test_every_kind_of_x_is_the_check_digit(x: str) -> None:
    number = next(n for n in (made(dt.date(1982, 5, 20), order) for order in range(1, 99)) if n.endswith("X"))
    assert IDS.read(number[:17] + x, CLUE).value == number


def test_birth_and_sex_are_read_from_the_number() -> None:
    assert ResidentId(ID).birth == dt.date(1990, 3, 7)
    assert ResidentId(ID).sex == "男"
    assert ResidentId(made(dt.date(1990, 3, 7), 452)).sex == "女"


@pytest.mark.parametrize(
    ("raw", "rule"),
    [
        ("52279919541197992", "C201"),
        ("5227991960111302430", "C201"),
        ("522799********4510", "C201"),
        (f"{ID}{ID}", "C201"),
        (f"{ID}44", "C201"),
        ("H08123456", "C201"),
        ("没带证", "C201"),
        ("52279919900307451A", "C201"),
        ("5227991990X3074510", "C201"),
        ("522799199003074511", "C202"),
        ("522799193302319605", "C203"),
        ("522799196313052321", "C203"),
        (made(dt.date(2020, 5, 1), 101), "C203"),
        (made(dt.date(1888, 5, 1), 101), "C203"),
        ("999799195401270001", "C206"),
        ("99979919540127000X", "C206"),
        ("000000000000000000", "C206"),
        ("123456199003074510", "C206"),
        ("111111111111111111", "C206"),
        ("0", "C201"),
        (5.22799199003074e17, "C107"),
        (522799199003074510, "C107"),
        ("5.22799E+17", "C107"),
        ("5.22799199003074e+17", "C107"),
        ("522799199003075000", "C107"),
        (True, "C201"),
        (dt.datetime(1990, 3, 7), "C201"),
        ("1" * 32_000, "C206"),
        ("12" * 16_000, "C201"),
        (float("inf"), "C107"),
    ],
)
def test_a_number_that_cannot_be_has_one_fault_and_no_value(raw: Raw, rule: str) -> None:
    read = IDS.read(raw, CLUE)
    assert [fault.rule for fault in read.faults] == [rule]
    assert read.value is None
    assert not read.blank


def test_one_slip_that_spoils_birth_date_and_check_digit_is_told_as_the_check_digit() -> None:
    number = made(dt.date(1990, 3, 7), 451)
    assert rules(IDS, number[:10] + "93" + number[12:]) == ["C202"]


def test_no_sentence_about_a_number_quotes_it() -> None:
    for raw in ("52279919541197992", "52279919900307451A", "522799********4510", f"{ID}44"):
        why = str(IDS.read(raw, CLUE).faults[0].values.get("why"))
        assert not re.search(r"[0-9]{4,}", why)


def test_fifteen_digits_are_read_as_eighteen_and_told() -> None:
    read = IDS.read("522799600330072", CLUE)
    assert read.value == "522799196003300727"[:17] + check_digit("52279919600330072")
    assert [fault.rule for fault in read.faults] == ["C205"]
    assert IDS.read(522799600330072, CLUE).value == read.value
    assert IDS.read(522799600330072.0, CLUE).value == read.value


def test_fifteen_digits_without_a_day_are_c203() -> None:
    assert rules(IDS, "522799601330072") == ["C203"]


def test_fifteen_digits_of_a_centenarian_are_of_the_century_before() -> None:
    read = IDS.read("522799950330997", CLUE._replace(as_of=dt.date(2000, 1, 1)))
    assert read.value.birth == dt.date(1895, 3, 30)


def test_an_unknown_province_keeps_its_value() -> None:
    read = IDS.read("162301195311261534", CLUE)
    assert read.value == "162301195311261534"
    assert [fault.rule for fault in read.faults] == ["C204"]


@pytest.mark.parametrize("area", ["810000", "820000", "830000", "911100"])
def test_permits_of_hong_kong_macau_taiwan_and_foreigners_pass(area: str) -> None:
    assert rules(IDS, made(dt.date(1980, 1, 2), 17, area)) == []


def test_without_a_day_of_judgement_nobody_is_too_old_or_unborn() -> None:
    assert IDS.read(made(dt.date(1933, 1, 2), 17)).faults == ()
    assert IDS.read(made(dt.date(2030, 1, 2), 17)).faults == ()


@given(people)
def test_a_valid_number_passes_and_shows_as_itself(number: str) -> None:
    read = IDS.read(number, CLUE)
    assert (read.value, read.faults) == (number, ())
    assert IDS.show(read.value) == number
    assert IDS.likely(number)


@given(people, st.integers(6, 17), st.integers(1, 9))
def test_one_wrong_digit_never_passes_and_its_place_is_among_the_repairs(number: str, place: int, by: int) -> None:
    assume(number[place].isdigit())
    wrong = number[:place] + str((int(number[place]) + by) % 10) + number[place + 1 :]
    assert IDS.read(wrong, CLUE).value is None
    born = ResidentId(number).birth
    told = repairs(wrong, Day(born.year, born.month, born.day), ResidentId(number).sex, most=40)
    assert f"疑第{place + 1}位有误" in told


@given(people, st.integers(6, 16))
def test_two_neighbours_that_changed_places_are_among_the_repairs(number: str, place: int) -> None:
    wrong = number[:place] + number[place + 1] + number[place] + number[place + 2 :]
    assume(re.fullmatch("[0-9]{17}[0-9X]", wrong) and wrong != number)
    born = ResidentId(number).birth
    told = repairs(wrong, Day(born.year, born.month, born.day), ResidentId(number).sex, most=40)
    assert f"疑第{place + 1}、{place + 2}位颠倒" in told


@given(people, st.text("0123456789X", min_size=18, max_size=18))
def test_repairs_never_hold_a_number(number: str, other: str) -> None:
    for text in (number, other):
        for told in repairs(text, None, None, most=99):
            assert re.fullmatch(r"疑第[0-9]{1,2}(?:、[0-9]{1,2}位颠倒|位有误)", told)


def test_a_record_that_tells_too_little_gets_no_guess() -> None:
    assert repairs("522799199003074511", None, None) == []
    assert repairs("没有号码", None, None) == []
    assert repairs(ID, None, None) == []


def test_a_birth_date_that_differs_points_to_its_own_place() -> None:
    wrong = ID[:12] + "70" + ID[14:]  # the 7th of March as the 70th
    assert repairs(wrong, Day(1990, 3, 7), "男") == ["疑第13、14位颠倒"]


# --- certificates ---------------------------------------------------------------------------------


@pytest.mark.parametrize("raw", [f"{ID}42", f"{ID} 42", f"{ID}42b1", f"{ID}４２Ｂ１", f"'{ID}42"])
def test_a_certificate_tells_holder_category_and_grade(raw: str) -> None:
    value = CERTIFICATES.read(raw, CLUE).value
    assert isinstance(value, Certificate)
    assert (value.holder, value.category, value.grade) == (ID, "肢体", "二级")


@pytest.mark.parametrize(
    ("raw", "rule"),
    [
        (ID, "C207"),
        (f"{ID}4", "C207"),
        (f"{ID}92", "C207"),
        (f"{ID}45", "C207"),
        (f"{ID}42B", "C207"),
        (f"{ID}42B0", "C207"),
        ("肢体四级", "C207"),
        ("有", "C207"),
        ("522799199003074511" + "42", "C207"),
        (5.22799e19, "C107"),
        ("5.22799E+19", "C107"),
        ("52279919900307500000", "C107"),
        (dt.datetime(2019, 1, 1), "C207"),
        ("9" * 32_000, "C207"),
    ],
)
def test_what_is_no_certificate_is_told(raw: Raw, rule: str) -> None:
    assert rules(CERTIFICATES, raw) == [rule]
    assert CERTIFICATES.read(raw, CLUE).value is None


@pytest.mark.parametrize("raw", ["", "无", "0", 0, "未办理", "没有", "未持证", "/", "否"])
def test_words_for_no_certificate_are_blank(raw: Raw) -> None:
    assert CERTIFICATES.read(raw, CLUE).blank


@given(people, st.integers(1, 7), st.integers(1, 4), st.sampled_from(["", "B1", "B9"]))
def test_any_certificate_passes_and_shows_as_itself(number: str, category: int, grade: int, again: str) -> None:
    text = f"{number}{category}{grade}{again}"
    read = CERTIFICATES.read(text.lower(), CLUE)
    assert (read.value, read.faults) == (text, ())
    assert CERTIFICATES.likely(text)
    assert not IDS.likely(text)


@given(st.one_of(st.text(max_size=30), st.text("0123456789xXB*", max_size=24), st.floats(), st.integers(), st.booleans(), st.dates()))
def test_no_cell_makes_a_number_column_fail(raw: Raw) -> None:
    for kind in (IDS, CERTIFICATES):
        read = kind.read(raw, CLUE)
        assert read.blank == (read.value is None and not read.faults)
        kind.likely(raw)


@pytest.mark.parametrize("written", [ID, f'="{ID}"', f"'{ID}", f" {ID} "])
def test_a_number_guarded_against_the_spreadsheet_still_looks_like_one(written: str) -> None:
    assert IDS.likely(written)
    assert not IDS.likely(written.replace("1990", "3990"))
