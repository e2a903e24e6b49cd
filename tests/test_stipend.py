"""The stipend's engine: hand-worked cases, bad calls, and what holds for any ledger."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from canju.model import Payment, Period, Refusal
from canju.stipend.changes import changes
from canju.stipend.engine import pay
from canju.stipend.estimate import estimate
from canju.stipend.explain import explain
from canju.stipend.period import cautions, period_of
from canju.workspace import Workspace, understood
from commissioner_rows import CASES, book_of, id_number, plan_of, setting, typed

QUARTER = Period(2019, "2019-10", "2019-12")


def in_words(months: tuple[str, ...]) -> str:
    return " ".join(str(int(month[5:])) for month in months)


@pytest.mark.parametrize("case", CASES, ids=[case["name"] for case in CASES])
def test_a_hand_worked_case_comes_out_as_on_paper(case: dict[str, Any]) -> None:
    payments = pay(*setting(case))
    assert len(payments) == len(case["due"])
    for payment, due in zip(payments, case["due"], strict=True):
        assert payment.status == due.get("status", "paid")
        assert in_words(payment.months) == due.get("months", "")
        assert payment.amount == Decimal(due.get("amount", "0"))
        assert due.get("why", "") in payment.why
        assert bool(payment.why) == (payment.status != "paid")
        for name in ("purse", "town", "village"):
            assert getattr(payment, name) == due.get(name, getattr(payment, name))
        assert len(payment.sources) == due.get("sources", len(payment.sources))
        if "possible" in due:
            assert in_words(tuple(month for month, _ in payment.possible)) == due["possible"]


def test_there_are_at_least_forty_cases_and_no_name_twice() -> None:
    assert len(CASES) >= 40
    assert len({case["name"] for case in CASES}) == len(CASES)


def test_every_payment_leads_to_a_clause_and_a_row() -> None:
    for case in CASES:
        for payment in pay(*setting(case)):
            assert payment.clauses
            assert payment.source.row
            assert payment.source in payment.sources
            assert any(str(payment.source) in step for step in payment.steps)


def test_a_month_without_a_rate_is_refused_with_the_day_the_rate_begins() -> None:
    with pytest.raises(Refusal, match=r"2019年9月1日.*2019-09-25"):
        pay(book_of([typed(0, {"hired": "2015-03-01"})]), plan_of(), Period(2019, "2019-09", "2019-12"))


def test_a_plan_without_a_rate_is_refused() -> None:
    with pytest.raises(Refusal, match="没有规定专职委员工资"):
        pay(book_of([typed(0, {"hired": "2015-03-01"})]), plan_of(()), QUARTER)


def test_an_empty_ledger_pays_nobody() -> None:
    assert pay(book_of([]), plan_of(), QUARTER) == []


# --- the period ----------------------------------------------------------------------------------


def test_the_call_goes_before_the_workspace_and_december_is_the_last_month() -> None:
    workspace = understood({"stipend": {"year": 2019, "from": "2019-10", "basis": "previous_year"}})
    assert period_of(workspace, plan_of()) == Period(2019, "2019-10", "2019-12", "previous_year")
    assert period_of(workspace, plan_of(), 2020, "2020-02", "2020-03", "same_year") == Period(2020, "2020-02", "2020-03", "same_year")


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        ((2019,), "--from"),
        ((), "--year"),
        ((19, "2019-10"), "四位年份"),
        ((2019, "2019-13"), "没有 2019-13 这个月份"),
        ((2019, "十月"), "2019-10 这样"),
        ((2019, "2018-10"), "不在发放年度"),
        ((2019, "2019-10", "2020-01"), "不在发放年度"),
        ((2019, "2019-10", "2019-09"), "早于"),
        ((2019, "2019-10", None, "yearly"), "same_year"),
    ],
)
def test_a_wrong_period_is_refused_and_says_what_is_wrong(arguments: tuple[Any, ...], words: str) -> None:
    with pytest.raises(Refusal, match=words) as refused:
        period_of(Workspace(), plan_of(), *arguments)
    assert refused.value.code == 2


def test_an_assessment_of_a_year_not_over_is_cautioned_against() -> None:
    assert "尚未结束" in cautions(QUARTER, plan_of(as_of=dt.date(2019, 10, 10)))[0]
    assert "不是已发放" in cautions(QUARTER, plan_of(as_of=dt.date(2019, 10, 10)))[0]
    assert cautions(QUARTER, plan_of(as_of=dt.date(2019, 12, 31))) == []
    assert cautions(QUARTER._replace(basis="previous_year"), plan_of(as_of=dt.date(2019, 10, 10))) == []


# --- explanation, estimate, changes --------------------------------------------------------------


def test_an_explanation_counts_the_months_out_and_cites_the_clauses() -> None:
    payments = pay(book_of([typed(0, {"village": "甲村", "hired": "2019-11-04", "name": "张小三"})]), plan_of(), QUARTER)
    lines = explain(payments, "张小三")
    text = "\n".join(lines)
    assert "张*三" in lines[0]
    assert "张小三" not in text
    assert "200.00元×2个月＝400.00元" in text
    assert "二（二）1（2）" in text
    assert "2019-11、2019-12" in text
    assert explain(payments, "4") == explain(payments, "甲镇.xlsx!Sheet1!4") == lines
    assert "张小三" in explain(payments, "张小三", "full")[0]


def test_nobody_of_that_name_is_a_refusal() -> None:
    payments = pay(book_of([typed(0, {"hired": "2019-11-04"})]), plan_of(), QUARTER)
    for wanted in ("李四", "99", "乙镇.xlsx!4", ""):
        with pytest.raises(Refusal):
            explain(payments, wanted)


def test_an_estimate_counts_heads_in_post_and_takes_the_pass_rate_of_the_year_before() -> None:
    rows = [
        typed(0, {"hired": "2015-03-01"}),
        typed(1, {"village": "甲村", "hired": "2015-03-01"}),
        typed(2, {"village": "乙村", "hired": "2015-03-01", "assessment": "基本合格"}),
        typed(3, {"village": "丙村", "hired": "2015-03-01", "left": "2019-11-01", "assessment": "不合格"}),
        typed(4, {"kind": "兼职", "hired": "2015-03-01"}),
    ]
    town, county = estimate(book_of(rows), plan_of(), 2020)
    assert (town.purse, town.heads, town.amount, town.expected) == ("town", 1, Decimal(2400), Decimal("2400.00"))
    assert (county.heads, county.amount) == (2, Decimal(4800))
    assert (county.passed, county.assessed, county.expected) == (1, 2, Decimal("2400.00"))


def test_an_estimate_without_any_result_has_no_pass_rate() -> None:
    lines = estimate(book_of([typed(0, {"hired": "2015-03-01", "assessment": ""})]), plan_of(), 2020)
    assert lines[0].expected is None


def test_changes_tell_who_is_new_who_stops_and_what_changed() -> None:
    from canju.model import Past

    rows = [
        typed(0, {"village": "甲村", "hired": "2015-03-01"}),
        typed(1, {"village": "乙村", "hired": "2019-11-02"}),
        typed(2, {"village": "丙村", "hired": "2015-03-01", "assessment": "不合格"}),
        typed(3, {"hired": "2015-03-01"}),
    ]
    payments = pay(book_of(rows), plan_of(), QUARTER)
    rate = Decimal("200.00")

    def past(sequence: int, village: str, purse: Any, full: bool = True, monthly: Decimal = rate) -> Past:
        return Past("某", id_number(sequence), "甲镇", village, purse, 3, full, monthly, monthly * 3)

    before = [
        past(100, "甲村", "county", monthly=Decimal("150.00")),
        past(102, "丙村", "county"),
        past(103, "甲村", "county"),
        past(109, "丁村", "county"),
    ]
    found = {one.id_number: one for one in changes(before, payments, QUARTER) if one.kind != "stopped" or one.id_number != id_number(103)}
    assert found[id_number(100)].kind == "changed"
    assert "150.00元变为200.00元" in found[id_number(100)].why
    assert found[id_number(100)].difference == Decimal("150.00")
    assert found[id_number(101)].kind == "added"
    assert "新聘" in found[id_number(101)].why
    assert found[id_number(102)].kind == "stopped"
    assert "不合格" in found[id_number(102)].why
    assert found[id_number(103)].kind == "added"
    assert "转来" in found[id_number(103)].why
    assert found[id_number(109)].why == "本次专职委员台账中没有此人"


def test_a_longer_period_alone_is_no_change() -> None:
    from canju.model import Past

    payments = pay(book_of([typed(0, {"village": "甲村", "hired": "2015-03-01"})]), plan_of(), QUARTER)
    before = Past("某", id_number(100), "甲镇", "甲村", "county", 12, True, Decimal("200.00"), Decimal("2400.00"))
    assert changes([before], payments, QUARTER) == []


def test_a_number_that_was_mended_makes_nobody_new_and_nobody_gone() -> None:
    from canju.model import Past

    rate = Decimal("200.00")

    def past(sequence: int, name: str, village: str) -> Past:
        return Past(name, id_number(sequence), "甲镇", village, "county", 3, True, rate, rate * 3)

    rows = [
        typed(0, {"name": "王一", "village": "甲村", "hired": "2015-03-01"}),
        typed(1, {"name": "王二", "village": "乙村", "hired": "2015-03-01", "id_number": ""}),
        typed(2, {"name": "王三", "village": "丙村", "hired": "2015-03-01"}),
    ]
    payments = pay(book_of(rows), plan_of(), QUARTER)
    before = [past(200, "王一", "甲村"), past(201, "王二", "乙村"), past(102, "王三", "丙村"), past(202, "王三", "丙村")]
    found = {(one.kind, one.name): one for one in changes(before, payments, QUARTER)}
    assert set(found) == {("changed", "王一"), ("stopped", "王二"), ("stopped", "王三")}
    assert found["changed", "王一"].why == f"身份证号由{id_number(200)}变为{id_number(100)}"
    assert found["changed", "王一"].difference == 0
    assert found["stopped", "王二"].why.startswith("待定：")
    assert found["stopped", "王三"].id_number == id_number(202), "a namesake who is paid under a number of before is somebody else"


# --- what holds for any ledger -------------------------------------------------------------------

DAYS = st.sampled_from(["", "2015-03-01", "2018", "2019-09-30", "2019-10-31", "2019年11月", "2019-12-02", "2020-01-01", "不是日期"])
ROWS = st.lists(
    st.fixed_dictionaries(
        {
            "town": st.sampled_from(["甲镇", "乙镇"]),
            "village": st.sampled_from(["", "甲村", "乙村"]),
            "id": st.integers(1, 4),
            "hired": DAYS,
            "left": DAYS,
            "assessment": st.sampled_from(["合格", "合格", "优秀", "", "基本合格", "不合格"]),
            "kind": st.sampled_from(["专职", "专职", "", "兼职"]),
            "remarks": st.sampled_from(["", "", "已故"]),
        }
    ),
    max_size=8,
)


def paid_for(rows: list[dict[str, Any]], rates: Any = (("2019-09-25", "200"),)) -> list[Payment]:
    return pay(book_of([typed(number, row, name="测某") for number, row in enumerate(rows)]), plan_of(rates), QUARTER)


@settings(max_examples=120, deadline=None)
@given(ROWS)
def test_nobody_is_paid_twice_in_a_month_and_nobody_is_dropped(rows: list[dict[str, Any]]) -> None:
    payments = paid_for(rows)
    months = Counter((payment.id_number, month) for payment in payments for month in payment.months)
    assert not months or max(months.values()) == 1
    assert {payment.id_number for payment in payments} == {id_number(row["id"]) for row in rows}
    assert all(payment.amount == 200 * len(payment.months) for payment in payments)
    told = Counter(source for payment in payments for source in payment.sources)
    assert len(told) == len(rows)
    assert not told or max(told.values()) == 1


@settings(max_examples=60, deadline=None)
@given(ROWS, st.integers(0, 500), st.integers(0, 100), st.integers(1, 12))
def test_raising_a_rate_never_lowers_a_payment(rows: list[dict[str, Any]], low: int, more: int, month: int) -> None:
    before = paid_for(rows, (("2019-01-01", low),))
    after = paid_for(rows, (("2019-01-01", low), (f"2019-{month:02}-02", low + more)))
    assert [payment.source for payment in before] == [payment.source for payment in after]
    assert all(one.amount <= other.amount for one, other in zip(before, after, strict=True))


def test_a_certificate_ended_by_death_is_said_beside_the_pay() -> None:
    from canju.ledgers.base import Table
    from canju.ledgers.certified import Certified

    book = book_of([typed(0, {"village": "甲村", "hired": "2015-03-01"})])
    number = book.tables[0].records[0].id_number
    book.tables.append(Table(Certified, "持证.xlsx", "", 1, numbers=[2], cells=[[]], values={"id_number": [number], "status": ["死亡"]}))
    (payment,) = pay(book, plan_of(), QUARTER)
    assert payment.status == "paid"
    assert "死亡" in payment.note
