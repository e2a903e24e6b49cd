"""The catalogue: every case of every rule holds, every rule has the form, and the manual is current."""

from __future__ import annotations

import datetime as dt
import re
from pathlib import Path
from typing import Any

import pytest

from canju import plans
from canju.masking import sentence
from canju.model import SEVERITIES
from canju.outputs.rulebook import rulebook
from canju.rules import base, engine
from canju.rules.base import Case, Rule, catalogue
from catalogue_cases import ledgers_of, plan_of, prove, setting_of, table_of

RULES = list(catalogue().values())
CASES = [pytest.param(rule, case, id=f"{rule.code}-{number}") for rule in RULES for number, case in enumerate(rule.cases, start=1)]
PLAN = plans.read(Path(plans.__file__).parent / "longli-2019.toml")
SPECIFIED = [line.split() for line in (Path(__file__).parent / "data" / "catalogue.txt").read_text(encoding="utf-8").splitlines()]
by_code = pytest.mark.parametrize("rule", RULES, ids=[rule.code for rule in RULES])


@pytest.mark.parametrize(("rule", "case"), CASES)
def test_a_rule_speaks_where_its_case_says_and_nowhere_else(rule: Rule, case: Case) -> None:
    prove(rule, case)


def test_the_catalogue_holds_every_specified_rule_and_no_other() -> None:
    assert [(one.code, one.name) for one in RULES] == [(code, name) for code, name, _ in SPECIFIED]


@pytest.mark.parametrize(("code", "name", "severity"), SPECIFIED, ids=[one[0] for one in SPECIFIED])
def test_a_rule_has_its_specified_severity(code: str, name: str, severity: str) -> None:
    if severity == "progress":
        return
    rule = catalogue()[code]
    first, _, second = severity.partition("/")
    assert (rule.severity, rule.also) == (first, second or None)


@by_code
def test_a_rules_file_is_named_by_its_code_and_name(rule: Rule) -> None:
    assert rule.module.rsplit(".", 1)[-1] == f"{rule.code.lower()}_{rule.name.replace('-', '_')}"
    assert (Path(base.__file__).parent / f"{rule.module.rsplit('.', 1)[-1]}.py").read_text(encoding="utf-8").startswith(f'"""{rule.code}: ')


@by_code
def test_a_rule_says_what_is_wrong_and_how_to_put_it_right(rule: Rule) -> None:
    assert re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", rule.name)
    assert rule.severity in SEVERITIES
    assert rule.doc.endswith((".", "years."))
    assert re.search(r"[\u4e00-\u9fff]|{actual}", rule.says)
    assert rule.fix.endswith("。")
    assert len(rule.fix) <= 70
    assert base.steps(rule).endswith(("。", "）"))
    assert not sentence(rule.says, {}).count("{")


@by_code
def test_a_rule_gives_an_example_of_wrong_and_right(rule: Rule) -> None:
    assert rule.wrong
    assert rule.right
    assert rule.wrong != rule.right


@by_code
def test_every_clause_a_rule_rests_on_stands_in_the_plan(rule: Rule) -> None:
    assert rule.clauses or rule.letter not in "PS"
    assert set(rule.clauses) <= set(PLAN.clauses)
    assert set(rule.needs) <= set(plans.KINDS)


@by_code
def test_a_rule_has_a_case_on_each_side(rule: Rule) -> None:
    if rule.letter == "F":
        pytest.skip("files are proved by the tests of reading")
    if rule.letter == "P":
        assert len({case.status for case in rule.cases}) > 1
        return
    assert any(case.hit or case.count for case in rule.cases)
    assert any(not case.hit and not case.count and not case.unchecked for case in rule.cases)
    assert rule.scope != "record" or len(rule.cases) >= 3


def _spying(ledger: type[Any], allowed: set[str]) -> type[Any]:
    """The ledger with every other field booby-trapped."""

    def trap(name: str) -> property:
        def touched(_: Any) -> Any:
            raise AssertionError(f"{name} is not among what the rule reads")

        return property(touched)

    return type("Spied", (ledger,), {name: trap(name) for name in ledger.columns if name not in allowed})


@pytest.mark.parametrize("rule", [one for one in RULES if one.scope == "record"], ids=lambda one: one.code)
def test_a_record_rule_touches_only_what_it_reads(rule: Rule) -> None:
    allowed = {*rule.reads, *rule.blank, *rule.maybe}
    for case in rule.cases:
        plan = plan_of(case, setting_of(case))
        for ledger in [] if case.unchecked else ledgers_of(rule, case):
            spied = _spying(ledger, allowed)
            [record] = table_of(ledger, [case.fields], case.town, [1], dt.date.fromisoformat(case.as_of)).records
            assert rule.function is not None
            rule.function(spied.of_row(tuple(record)), plan)


def test_a_rule_that_is_not_asked_says_so_in_the_coverage() -> None:
    rule = catalogue()["R110"]
    ledger = rule.ledgers[0]
    tallies: engine.Tallies = {}
    rows = [{"paid_months": "3", "monthly_pay": "200", "paid_total": "700"}, {"paid_months": "3", "monthly_pay": "", "paid_total": "6"}]
    list(engine.judge_records(table_of(ledger, rows, "甲镇", [1, 2], dt.date(2019, 12, 31)), [rule], PLAN, tallies))
    tally = tallies["R110", "甲镇"]
    assert (tally.checked, tally.found, tally.unchecked, tally.status) == (1, 1, 1, "found")
    list(engine.judge_records(table_of(ledger, [{"paid_months": "3"}], "乙镇", [1], dt.date(2019, 12, 31)), [rule], PLAN, tallies))
    assert tallies["R110", "乙镇"].status == "not_checked"
    assert tallies["R110", "乙镇"].why == "缺少「发放金额」「月工资」列"


def test_a_missing_value_falls_back_to_the_general_words() -> None:
    assert sentence("文件「{file}」：{why|无法读取。}", {"file": "甲.xlsx"}) == "文件「甲.xlsx」：无法读取。"
    assert sentence("文件「{file}」：{why|无法读取。}", {"file": "甲.xlsx", "why": "是空的。"}) == "文件「甲.xlsx」：是空的。"
    assert sentence("{count}人", {"count": 0}) == "0人"


def test_the_manual_of_rules_is_current() -> None:
    written = (Path(__file__).parent.parent / "docs" / "rules.md").read_text(encoding="utf-8")
    assert written == rulebook(PLAN), "run `python docs/make.py`"
    for rule in RULES:
        assert f"### {rule.code} {rule.name}（" in written
