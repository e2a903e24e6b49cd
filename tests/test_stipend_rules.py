"""The S rules: every case of every rule, and that one cause has one finding."""

from __future__ import annotations

from typing import Any

import pytest

from canju.model import Finding, Period
from canju.rules.base import Case, Rule, catalogue
from canju.rules.engine import judge_claims
from canju.stipend.engine import claims, pay
from commissioner_rows import book_of, plan_of, typed

QUARTER = Period(2019, "2019-10", "2019-12")
RULES = [rule for rule in catalogue().values() if rule.letter == "S"]
CASES = [pytest.param(rule, case, id=f"{rule.code}-{number}") for rule in RULES for number, case in enumerate(rule.cases)]


def findings(rows: list[dict[str, Any]], rules: list[Rule] = RULES) -> list[Finding]:
    book = book_of([typed(number, {"village": "甲村" if row.get("town") != "" else "", **row}) for number, row in enumerate(rows)])
    payments = pay(book, plan_of(), QUARTER)
    return list(judge_claims(claims(book, plan_of(), payments, QUARTER), rules, plan_of()))


@pytest.mark.parametrize(("rule", "case"), CASES)
def test_a_rule_speaks_where_its_case_says_and_nowhere_else(rule: Rule, case: Case) -> None:
    rows = [dict(row) for row in case.rows.get("commissioners", [{**case.fields, "town": case.town or ""}])]
    found = findings(rows, [rule])
    wanted = int(bool(case.hit)) if case.count is None else case.count
    assert len(found) == wanted
    if isinstance(case.hit, str):
        assert found[0].field == case.hit


def codes(*rows: dict[str, Any]) -> list[str]:
    return [one.rule for one in findings(list(rows))]


def test_all_six_rules_are_there_and_cite_a_clause() -> None:
    assert [rule.code for rule in RULES] == ["S101", "S102", "S103", "S104", "S105", "S106"]
    assert all(rule.clauses for rule in RULES)


@pytest.mark.parametrize(
    ("row", "wanted"),
    [
        (
            {
                "hired": "2015-03-01",
                "left": "2019-08-20",
                "assessment": "不合格",
                "monthly_pay": "200",
                "paid_months": "3",
                "paid_total": "600",
            },
            ["S101"],
        ),
        ({"hired": "2019-12-02", "monthly_pay": "200", "paid_months": "3", "paid_total": "600"}, ["S104"]),
        ({"hired": "2015-03-01", "monthly_pay": "200", "paid_months": "3", "paid_total": "700"}, []),
        ({"hired": "2015-03-01", "monthly_pay": "150", "paid_months": "3", "paid_total": "450"}, []),
        ({"hired": "2015-03-01", "monthly_pay": "150", "paid_months": "2", "paid_total": "300"}, ["S105"]),
        ({"hired": "2015-03-01", "monthly_pay": "200", "paid_months": "3", "paid_total": "几百块"}, []),
        ({"hired": "2015-03-01", "paid_total": "500"}, ["S105"]),
        ({"hired": "", "monthly_pay": "200", "paid_months": "3", "paid_total": "600"}, ["S106"]),
        ({"kind": "兼职", "hired": "2015-03-01", "monthly_pay": "200", "paid_months": "3", "paid_total": "600"}, ["S103"]),
        ({"hired": "2015-03-01", "monthly_pay": "200", "paid_months": "3", "paid_total": "600"}, []),
        ({"hired": "2015-03-01"}, []),
    ],
)
def test_one_cause_has_one_finding(row: dict[str, Any], wanted: list[str]) -> None:
    assert codes(row) == wanted


def test_two_rows_that_both_claim_are_told_once_and_point_to_each_other() -> None:
    row = {"id": 1, "hired": "2015-03-01", "monthly_pay": "200", "paid_months": "3", "paid_total": "600"}
    found = findings([{**row, "village": "甲村"}, {**row, "village": "乙村"}])
    assert [one.rule for one in found] == ["S102"]
    assert (found[0].address.row, found[0].related[0].row) == (5, 4)


def test_a_move_within_the_period_claims_each_post_its_months() -> None:
    row = {"id": 1, "monthly_pay": "200"}
    first = {**row, "hired": "2015-03-01", "left": "2019-10-20", "paid_months": "1", "paid_total": "200"}
    then = {**row, "village": "乙村", "hired": "2019-10-21", "paid_months": "2", "paid_total": "400"}
    assert codes(first, then) == []
    assert codes(first, {**then, "paid_months": "3", "paid_total": "600"}) == ["S102"]
    assert codes(first, {**then, "paid_months": "1", "paid_total": "200"}) == ["S105"]


def test_no_finding_shows_an_id_number_in_full() -> None:
    from canju.outputs.findings import as_dict

    for one in findings([{"hired": "", "id": 7}, {"id": 7, "hired": "2015-03-01", "paid_months": "3"}]):
        assert "522799199003070" not in str(as_dict(one))
