"""Rules over the book: they grow with the rows, survive rows that say little, and speak once."""

from __future__ import annotations

import datetime as dt
import time
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from canju import plans
from canju.book import Book
from canju.findings import Findings
from canju.ledgers import ledgers
from canju.masking import sentence
from canju.model import Finding
from canju.rules import engine
from canju.rules.base import Case, catalogue
from canju.rules.digits import digits_left
from canju.workspace import Workspace, understood
from catalogue_cases import faults_of, tables_of

WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
DAY = dt.date(2019, 12, 31)


def number(sequence: int, born: str = "19900307") -> str:
    body = f"522799{born}{sequence:03}"
    return body + "10X98765432"[sum(int(digit) * weight for digit, weight in zip(body, WEIGHTS, strict=True)) % 11]


def judged(rows: dict[str, list[dict[str, Any]]], codes: tuple[str, ...] = ("R2", "R111")) -> list[Finding]:
    workspace = understood({"towns": ["甲镇", "乙镇"]})
    rules = [one for one in catalogue().values() if one.code.startswith(codes)]
    book = Book(tables_of(Case(rows=rows)), workspace, DAY)
    return list(engine.judge_book(book, rules, plans.load(workspace, DAY), {}))


def test_a_county_without_faults_has_no_finding() -> None:
    people = [{"serial": str(i), "name": f"测{i}", "id_number": number(i), "village": "甲村", "place": "上寨"} for i in range(1, 40)]
    staff = [{"name": f"员{i}", "id_number": number(i, "19800101"), "post": "专职委员", "village": "甲村"} for i in range(1, 9)]
    commissioners = [{"name": f"员{i}", "id_number": number(i, "19800101"), "village": f"甲{i}村"} for i in range(1, 9)]
    groups = [{"village": "甲村", "place": "上寨", "persons": "39"}]
    assert judged({"uncertified": people, "staffing": staff, "commissioners": commissioners, "groups": groups}) == []


def test_rows_that_say_nothing_are_let_be() -> None:
    blank = [{"name": "", "id_number": "", "village": ""} for _ in range(5)]
    assert judged({"uncertified": blank, "staffing": blank, "commissioners": blank, "certified": blank}) == []


@pytest.mark.parametrize("same", ["name", "id_number"])
def test_the_work_grows_with_the_rows_also_where_all_are_alike(same: str) -> None:
    """Ten thousand rows of one name and birth month, or of one ID number, take no longer than a few seconds."""
    rows = [
        {"name": "张三" if same == "name" else f"测{i}", "id_number": number(i % 900 if same == "name" else 1, f"199003{i % 28 + 1:02}")}
        for i in range(10_000)
    ]
    start = time.perf_counter()
    found = judged({"uncertified": rows})
    assert found
    assert time.perf_counter() - start < 15


def test_a_finding_between_records_points_to_the_other_row_and_shows_no_number() -> None:
    row = {"name": "张三", "id_number": number(1)}
    [found] = judged({"uncertified": [row, {"name": "李四", "id_number": number(2)}, row]}, ("R201",))
    assert (found.address.row, [one.row for one in found.related]) == (3, [1])
    assert number(1) not in sentence(found.template, found.values)


def test_a_lost_number_is_recalled_only_from_one_fitting_person() -> None:
    lost = {"name": "张三", "id_number": float(int(number(1)[:15] + "000"))}
    known = {"name": "张三", "id_number": number(1)}
    assert recalled(lost, known) == (number(1),)
    assert recalled(lost, {**known, "name": "李四"}) == ()
    assert recalled(lost, {**known, "id_number": number(1, "19900308")}) == ()
    assert recalled(lost, known, {**known, "id_number": number(2)}) == ()


def recalled(lost: dict[str, Any], *known: dict[str, Any]) -> tuple[str, ...]:
    tables = tables_of(Case(rows={"uncertified": [lost], "commissioners": list(known)}))
    book = Book(tables, Workspace(), DAY)
    [found] = [one for one in engine.recalled(Findings(faults_of(tables[0], DAY)), book) if one.rule == "C107"]
    return found.suggestions


def test_digits_left_of_a_number() -> None:
    assert digits_left(5.22799199003074e17) == "522799199003074"
    assert digits_left("5.22799E+17") == "522799"
    assert digits_left(522799199003074000) == "522799199003074"


@pytest.mark.parametrize("code", ["R206", "R207", "R208", "R211"])
def test_a_town_that_lacks_a_ledger_is_not_checked(code: str) -> None:
    workspace = understood({"towns": ["甲镇", "乙镇"]})
    book = Book(tables_of(Case(rows={"uncertified": [{"name": "张三"}]})), workspace, DAY)
    tallies: engine.Tallies = {}
    list(engine.judge_book(book, [catalogue()[code]], plans.load(workspace, DAY), tallies))
    for town in ("甲镇", "乙镇"):
        assert tallies[code, town].status == "not_checked"
        assert "未收到" in tallies[code, town].why


CELLS = st.one_of(
    st.none(),
    st.text(max_size=12),
    st.integers(-(10**20), 10**20),
    st.floats(allow_nan=True),
    st.booleans(),
    st.dates(),
    st.sampled_from(
        [
            "是",
            "否",
            "无",
            "同上",
            "#REF!",
            number(1),
            number(1)[:17],
            number(1) + "42",
            "1990-03-07",
            "2019.1",
            "专职委员",
            "死亡",
            "张三",
            "甲村",
        ]
    ),
)
FEW = settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])


@FEW
@given(st.data())
def test_no_rule_fails_whatever_stands_in_the_cells(data: st.DataObject) -> None:
    """Every ledger filled with anything at all: each rule over a record or the book answers, and every sentence can be said."""
    rows = {
        key: data.draw(st.lists(st.fixed_dictionaries(dict.fromkeys(ledger.columns, CELLS)), max_size=3), label=key)
        for key, ledger in ledgers().items()
        if data.draw(st.booleans())
    }
    workspace = understood({"towns": ["甲镇", "乙镇"]})
    plan = plans.load(workspace, DAY)
    tables = [table for table in tables_of(Case(rows=rows)) if len(table)]
    tallies: engine.Tallies = {}
    found = [one for table in tables for one in (*faults_of(table, DAY), *engine.judge_records(table, catalogue().values(), plan, tallies))]
    book = Book(tables, workspace, DAY)
    found += engine.judge_book(book, catalogue().values(), plan, tallies)
    for one in engine.recalled(Findings(found), book):
        assert sentence(one.template, one.values)
    for tally in tallies.values():
        assert tally.found <= tally.checked + tally.unchecked


@FEW
@given(st.lists(st.integers(1, 5), max_size=12))
def test_every_row_after_the_first_of_a_person_is_told_once_whatever_the_order(people: list[int]) -> None:
    found = judged({"uncertified": [{"id_number": number(one), "name": f"测{one}"} for one in people]}, ("R201",))
    assert len(found) == len(people) - len(set(people))


def test_persons_of_whom_neither_number_nor_birth_is_known_break_no_rule() -> None:
    rows = {"staffing": [{"town": "甲镇", "name": "张三", "post": "委员"}, {"town": "甲镇", "name": "张三", "post": "主席"}]}
    assert not [one for one in judged(rows, ("R204",)) if one.rule == "R204"]
