"""Proves a rule's cases: rows as typed become tables by the columns' own types, and the rule is asked as the engine asks it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Any

from canju import plans
from canju.book import Book
from canju.ledgers import ledgers
from canju.ledgers.base import Clue, Ledger, Place, Table
from canju.masking import sentence
from canju.model import Finding, letters
from canju.plans import Plan
from canju.reading.cells import parse
from canju.reading.derive import derive, missing_values
from canju.reading.setting import Setting
from canju.rules import engine
from canju.rules.base import Case, Rule
from canju.workspace import Village, Workspace, understood

TOWN = "@town"
"""The key under which a row of a case says which town sent it; its place in the case is its row."""


def setting_of(case: Case) -> Workspace:
    """The workspace a case is judged in: two towns, and what the case sets."""
    given = dict(case.setting)
    villages = given.pop("villages", ())
    workspace = understood({"towns": ["甲镇", "乙镇"], **given})
    workspace.village_list = tuple(Village(town, name, tuple(former)) for town, name, *former in villages)
    return workspace


def table_of(ledger: type[Ledger], rows: Sequence[Mapping[str, Any]], town: str | None, numbers: Sequence[int], as_of: dt.date) -> Table:
    """Rows as typed, understood: a table with the columns that any row has. Its faults are in `faults_of`."""
    fields = [name for name in ledger.columns if any(name in row for row in rows)]
    unknown = {name for row in rows for name in row if name != TOWN} - set(ledger.columns)
    assert not unknown, f"{ledger.key} has no {unknown}"
    table = Table(ledger, f"{ledger.key}-{town}.xlsx", "Sheet1", 0, town=town, numbers=list(numbers))
    table.cells = [[row.get(name) for name in fields] for row in rows]
    for number, name in enumerate(fields, start=1):
        table.places[name] = Place(letters(number), number, ledger.columns[name].title)
        parsed = _parsed(table, name, as_of)
        table.values[name] = parsed.values
        if parsed.unread:
            table.unread[name] = parsed.unread
    derive(table, {}, Setting(towns=("甲镇", "乙镇"), as_of=as_of))
    return table


def _parsed(table: Table, name: str, as_of: dt.date) -> Any:
    column = table.ledger.columns[name]
    cells = [row[table.places[name].number - 1] for row in table.cells]
    return parse(column.type, cells, None, Clue(as_of=as_of), column.future)


def faults_of(table: Table, as_of: dt.date) -> list[Finding]:
    """What the value types and the reading stage find wrong in the table's cells."""
    found = [
        engine.of_cell(table.records[index], name, fault.rule, fault.values, fault.suggestions)
        for name in table.places
        for index, fault in _parsed(table, name, as_of).faults
    ]
    return found + [
        engine.of_cell(table.records[one.index], one.field, one.fault.rule, one.fault.values, one.fault.suggestions)
        for one in missing_values(0, table, as_of)
    ]


def tables_of(case: Case) -> list[Table]:
    """The tables of a case with `rows`, one for each ledger and town."""
    day = dt.date.fromisoformat(case.as_of)
    tables = []
    for key, rows in case.rows.items():
        senders = [row.get(TOWN, case.town) for row in rows]
        for town in dict.fromkeys(senders):
            numbers = [number for number, sender in enumerate(senders, start=1) if sender == town]
            tables.append(table_of(ledgers()[key], [rows[number - 1] for number in numbers], town, numbers, day))
        if not rows:
            tables.append(Table(ledgers()[key], f"{key}.xlsx", "Sheet1", 0, town=case.town, nil=True))
    return tables


def plan_of(case: Case, workspace: Workspace) -> Plan:
    """The built-in plan on the case's day, with the case's figures."""
    plan = plans.load(workspace, dt.date.fromisoformat(case.as_of))
    for name, value in case.figures.items():
        plan = plan.replaced(name, plans.parse(name, value, lambda: "case"))
    return plan


def ledgers_of(rule: Rule, case: Case) -> list[type[Ledger]]:
    """The ledgers a record case holds for: the one it names, else all in the rule's scope that have its fields."""
    if case.ledger:
        return [ledgers()[case.ledger]]
    scope = [one for one in ledgers().values() if not rule.ledgers or engine.applies(rule, one)]
    return [one for one in scope if case.fields.keys() <= one.columns.keys()]


def prove(rule: Rule, case: Case) -> None:
    """Raises AssertionError where the rule does not do what the case says."""
    provers = {"stage": _prove_cell, "record": _prove_record, "book": _prove_book, "claim": _prove_claim}
    provers.get(rule.scope, _prove_verdict)(rule, case)


def _prove_cell(rule: Rule, case: Case) -> None:
    day = dt.date.fromisoformat(case.as_of)
    some = ledgers_of(rule, case)
    assert some
    rows = next(iter(case.rows.values())) if case.rows else [case.fields]
    for ledger in [ledgers()[next(iter(case.rows))]] if case.rows else some[:1]:
        found = [one for one in faults_of(table_of(ledger, rows, case.town, range(1, len(rows) + 1), day), day) if one.rule == rule.code]
        _compare(case, found)
        if case.suggests is not None:
            assert found[0].suggestions[:1] == ((case.suggests,) if case.suggests else ())


def _prove_record(rule: Rule, case: Case) -> None:
    day = dt.date.fromisoformat(case.as_of)
    plan = plan_of(case, setting_of(case))
    some = ledgers_of(rule, case)
    assert some, "no ledger has these fields"
    for ledger in some:
        tallies: engine.Tallies = {}
        found = list(engine.judge_records(table_of(ledger, [case.fields], case.town, [1], day), [rule], plan, tallies))
        _compare(case, found)
        [tally] = tallies.values()
        assert (tally.checked, tally.unchecked) == ((0, 1) if case.unchecked else (1, 0))


def _prove_book(rule: Rule, case: Case) -> None:
    workspace = setting_of(case)
    plan = plan_of(case, workspace)
    tallies: engine.Tallies = {}
    book = Book(tables_of(case), workspace, plan.as_of)
    found = list(engine.judge_book(book, [rule], plan, tallies))
    _compare(case, found)
    if case.unchecked:
        tally = tallies[rule.code, case.town]
        assert tally.status == "not_checked"
        assert tally.why


def _prove_claim(rule: Rule, case: Case) -> None:
    import test_stipend_rules

    test_stipend_rules.test_a_rule_speaks_where_its_case_says_and_nowhere_else(rule, case)


def _prove_verdict(rule: Rule, case: Case) -> None:
    workspace = setting_of(case)
    plan = plan_of(case, workspace)
    verdicts = engine.judge_plan(Book(tables_of(case), workspace, plan.as_of), plan, [rule.code])
    some = [one for one in verdicts if case.subject is None or case.subject in (one.subject, one.town)]
    assert some
    if case.status is not None:
        some = [one for one in some if one.status == case.status]
        assert some
    if case.severity is not None:
        assert {one.severity for one in some} == {case.severity}
    if case.actual is not None:
        assert {one.actual for one in some} == {case.actual}
    assert case.says in "".join(one.message + one.actual for one in some)


def _compare(case: Case, found: list[Finding]) -> None:
    """Whether as many findings came as the case wants, at its field and in its words."""
    wanted = case.count if case.count is not None else int(bool(case.hit))
    assert len(found) == wanted
    if isinstance(case.hit, str):
        assert {one.field for one in found} == {case.hit}
    if case.says:
        assert case.says in sentence(found[0].template, found[0].values, "full")
