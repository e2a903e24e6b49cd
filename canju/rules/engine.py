"""Asks the rules: makes findings of what they say, verdicts of what they judge, and counts what could not be judged."""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import groupby
from typing import Any

from canju.book import Book, Claim
from canju.findings import Findings
from canju.ledgers import ledgers
from canju.ledgers.base import Ledger, Table
from canju.model import Address, Fault, Finding, Personal, Tally, Verdict, Workbook, plain
from canju.plans import MissingFigure, Plan
from canju.rules.base import OF_LEDGERS, Hit, Judgement, Rule, Unjudged, catalogue, place
from canju.rules.digits import digits_left

Tallies = dict[tuple[str, str | None], Tally]

# --- findings ------------------------------------------------------------------------------------


def fingerprint(*parts: Any) -> str:
    """What stays the same when rows move and files are renamed."""
    return hashlib.sha256("\x1f".join(str(part or "") for part in parts).encode("utf-8", "surrogatepass")).hexdigest()[:16]


def identity(record: Ledger) -> str:
    """Who or what a record is: its identity fields, with its name and village."""
    fields = dict.fromkeys((*record.identity, "village", "name", "place", "organization"))
    return "|".join(record.shown(name) for name in fields if name in record.columns)


def personal(ledger: type[Ledger], name: str, text: str) -> Any:
    """A field's text, wrapped where its type is personal."""
    kind = ledger.columns[name].type.personal if name in ledger.columns else "text"
    return Personal(kind or "text", text)  # type: ignore[arg-type]


def about(
    record: Ledger,
    rule: Rule,
    name: str | None,
    values: Mapping[str, Any],
    suggestions: Sequence[str] = (),
    related: Sequence[Address] = (),
    severity: Any = None,
) -> Finding:
    """A finding about a record: address, heading, masked value and fingerprint come from the record itself."""
    table = record.table
    fields = dict.fromkeys((*rule.reads, *rule.blank, *rule.maybe, name))
    filled = {field: personal(type(record), field, record.shown(field)) for field in fields if field in record.columns}
    filled.update({key: value for key, value in values.items() if key != "field"})
    text = plain(record.raw(name)) if name else ""
    subject = record.subject
    village = record.value("village") or record.value("place") or ""
    is_person = "name" in record.columns
    return Finding(
        rule.code,
        rule.name,
        severity or rule.severity,
        record.address(name),
        rule.says,
        filled,
        rule.fix,
        rule.clauses,
        table.places[name].heading if name in table.places else None,
        type(record).key,
        record.sender,
        name,
        subject if is_person else None,
        village if is_person else subject,
        personal(type(record), name, text) if name else None,
        tuple(suggestions),
        tuple(related),
        fingerprint(rule.code, record.sender, type(record).key, identity(record), name, text),
    )


def of_stage(fault: Fault, workbook: Workbook, town: str | None, ledger: str | None = None) -> Finding:
    """A finding about a file, a sheet or a column, as a stage reported it."""
    rule = catalogue(OF_LEDGERS)[fault.rule]
    values = {"file": workbook.file.rsplit("/", 1)[-1], "sheet": fault.sheet or "", **fault.values}
    heading = values.get("heading")
    return Finding(
        rule.code,
        rule.name,
        rule.severity,
        Address(workbook.file, fault.sheet, fault.row, fault.column),
        rule.says,
        values,
        rule.fix,
        rule.clauses,
        str(heading) if heading else None,
        ledger,
        town,
        fault.field,
        None,
        None,
        Personal("text", str(values["value"])) if "value" in values else None,
        fault.suggestions,
        fault.related,
        fingerprint(rule.code, town, ledger, fault.field, fault.sheet, values.get("value", heading)),
    )


def of_cell(record: Ledger, name: str, code: str, values: Mapping[str, Any], suggestions: Sequence[str]) -> Finding:
    """A finding about a cell whose own type found the fault; the rule's hint may add what only the record tells."""
    rule = catalogue(OF_LEDGERS)[code]
    values = {"heading": record.columns[name].title, "word": record.columns[name].type.word, **values}
    if rule.function:
        more = rule.function(record, name, values)
        suggestions = (*suggestions, *more.pop("suggestions", ()))
        values.update(more)
    values.setdefault("value", personal(type(record), name, plain(record.raw(name))[:60]))
    return about(record, rule, name, values, suggestions)


def recalled(findings: Findings, book: Book) -> Iterator[Finding]:
    """The findings, an ID number that lost its last digits with the number another ledger holds of the same person.

    Sought by name and the digits left, and offered only where just one number fits.
    """
    lost = {one.address for one in findings.of("C107".__eq__) if one.field == "id_number" and not one.suggestions}
    kept: dict[Address, tuple[str, str]] = {}
    for record in (table.record(index) for table in book.tables for index in table.unread.get("id_number", ())):
        if record.address("id_number") in lost:
            kept[record.address("id_number")] = (record.value("name") or "", digits_left(record.raw("id_number")))
    names = {name for name, _ in kept.values() if name}
    numbers: dict[str, set[str]] = defaultdict(set)
    for table in book.tables if names else ():
        for name, number in zip(table.values.get("name", ()), table.values.get("id_number", ()), strict=False):
            if name in names and number is not None:
                numbers[name].add(str(number))
    for one in findings:
        name, digits = kept.get(one.address, ("", "")) if one.rule == "C107" else ("", "")
        fitting = [number for number in numbers.get(name, ()) if number.startswith(digits)] if len(digits) == 15 else []
        yield one._replace(suggestions=tuple(fitting)) if len(fitting) == 1 else one


# --- rules over one record -----------------------------------------------------------------------


def applies(rule: Rule, ledger: type[Ledger]) -> bool:
    """Whether a record rule may speak of this ledger: in its scope, and with every field it needs."""
    wanted = (*rule.reads, *rule.blank)
    return any(issubclass(ledger, kind) for kind in rule.ledgers) and all(name in ledger.columns for name in wanted)


def judge_records(table: Table, rules: Iterable[Rule], plan: Plan, tallies: Tallies) -> Iterator[Finding]:
    """Findings of every record rule over one table. A record that lacks what a rule reads is counted as not checked."""
    for rule in rules:
        if rule.scope != "record" or not applies(rule, table.ledger):
            continue
        ready, why = _ready(rule, table)
        found, judged = _ask(rule, ready, plan)
        _count(rule, table, judged, {record.index for record, _ in found}, why, tallies)
        for record, answer in found:
            yield about(record, rule, answer.get("field", rule.reads[0] if rule.reads else None), answer)


def _ready(rule: Rule, table: Table) -> tuple[list[Any], str]:
    """The records that hold all a rule reads, and why the others do not."""
    lacking = [name for name in (*rule.reads, *rule.blank) if not table.has(name)]
    if lacking or (rule.maybe and not rule.reads and not any(table.has(name) for name in rule.maybe)):
        names = "」「".join(table.ledger.columns[name].title for name in lacking or rule.maybe if name in table.ledger.columns)
        return [], f"缺少「{names}」列"
    fields = list(table.ledger.columns)
    slots = [fields.index(name) + 2 for name in rule.reads]
    unread = set().union(*(table.unread.get(name, ()) for name in (*rule.blank, *rule.maybe)))
    ready = table.records
    for slot in slots:
        ready = [record for record in ready if record[slot] is not None]
    if unread:
        ready = [record for record in ready if record.index not in unread]
    return ready, "所需单元格空白或读不出"


def _ask(rule: Rule, records: Sequence[Any], plan: Plan) -> tuple[list[tuple[Any, Mapping[str, Any]]], Sequence[Any]]:
    """The records at fault with the rule's answers, and those it could judge at all."""
    judge = rule.function
    assert judge is not None
    found, unjudged = [], set()
    for record in records:
        if answer := judge(record, plan):
            if isinstance(answer, Unjudged):
                unjudged.add(record.index)
            else:
                found.append((record, answer if isinstance(answer, Mapping) else {}))
    return found, [record for record in records if record.index not in unjudged] if unjudged else records


def _count(rule: Rule, table: Table, judged: Sequence[Any], found: set[int], why: str, tallies: Tallies) -> None:
    """Add one table to the tallies; a county-wide table counts row by row under each row's town."""
    if table.town is not None or not any(record.sender for record in table.records):
        _add(tallies, rule.code, table.town, len(judged), len(found), len(table) - len(judged), why)
        return
    index = {record.index for record in judged}
    for town, group in groupby(sorted(table.records, key=lambda record: record.sender or ""), key=lambda record: record.sender):
        rows = {record.index for record in group}
        _add(tallies, rule.code, town, len(rows & index), len(rows & found), len(rows - index), why)


def _add(tallies: Tallies, code: str, town: str | None, checked: int, found: int, unchecked: int, why: str) -> None:
    tally = tallies.setdefault((code, town), Tally(code, town))
    tally.checked += checked
    tally.found += found
    tally.unchecked += unchecked
    tally.why = tally.why or (why if unchecked else "")


# --- rules over the book -------------------------------------------------------------------------


def judge_book(book: Book, rules: Iterable[Rule], plan: Plan, tallies: Tallies) -> Iterator[Finding]:
    """Findings of every rule between records. A town that lacks a ledger the rule requires is counted as not checked."""
    for rule in rules:
        if rule.scope != "book" or rule.function is None:
            continue
        if not all(plan.has(name) for name in rule.needs):
            continue
        answers = list(rule.function(book, plan))
        hits = [answer for answer in answers if not isinstance(answer, Unjudged)]
        _count_book(rule, book, hits, next((answer.why for answer in answers if isinstance(answer, Unjudged)), ""), tallies)
        for hit in hits:
            yield about(hit.record, rule, hit.field, hit.values, hit.suggestions, [other.address() for other in hit.related], hit.stated)


def _count_book(rule: Rule, book: Book, hits: Sequence[Hit], unjudged: str, tallies: Tallies) -> None:
    """Each town's rows that hold what the rule reads are checked, its other rows are not, nor is a town without a required ledger."""
    found: dict[str | None, set[int]] = defaultdict(set)
    for hit in hits:
        found[hit.record.sender].add(id(hit.record))
    fields: dict[str, list[str]] = defaultdict(list)
    for name in rule.reads:
        key, _, field = name.partition(".")
        fields[key] += [field] if field else []
    for town in (None, *(one.name for one in book.towns)):
        counts = [book.complete(ledgers()[key], tuple(names), town) for key, names in fields.items()]
        ready, rows = sum(full for full, _ in counts), sum(rows for _, rows in counts)
        lacking = [ledgers()[key].title for key in rule.requires if not book.came(ledgers()[key], town)]
        if lacking or unjudged:
            why = unjudged or f"未收到{'、'.join(lacking)}"
            _add(tallies, rule.code, town, 0, len(found[town]), rows or int(town is not None and not unjudged), why)
            continue
        _add(tallies, rule.code, town, ready, len(found[town]), rows - ready, "所需单元格空白或读不出")


def judge_claims(claims: Sequence[Claim], rules: Iterable[Rule], plan: Plan) -> Iterator[Finding]:
    """Findings of the stipend's rules: what a town claims against what is due."""
    for rule in rules:
        if rule.scope != "claim" or rule.function is None or not all(plan.has(name) for name in rule.needs):
            continue
        for claim in claims:
            record = claim.record
            if all(record.value(name) is not None for name in rule.reads) and (answer := rule.function(claim, plan)):
                values = dict(answer) if isinstance(answer, Mapping) else {}
                related = [other.address() for other in values.pop("related", ())]
                yield about(record, rule, values.get("field", rule.reads[0] if rule.reads else None), values, (), related)


# --- the plan ------------------------------------------------------------------------------------


def judge_plan(book: Book, plan: Plan, codes: Iterable[str] | None = None) -> list[Verdict]:
    """A verdict for every plan rule and subject, by code; what lacks its ledger or column is unknown and says so."""
    wanted = set(codes) if codes is not None else None
    verdicts: list[Verdict] = []
    for rule in catalogue().values():
        if rule.letter == "P" and (wanted is None or rule.code in wanted):
            verdicts += _verdicts(rule, book, plan)
    return verdicts


def _verdicts(rule: Rule, book: Book, plan: Plan) -> Iterator[Verdict]:
    if not all(plan.has(name) for name in rule.needs) or not clauses_of(rule, plan):
        yield _verdict(rule, plan, "county", None, Judgement("not_applicable", "本方案没有这一条款或指标"), None)
        return
    for scope, town, subject, names in _subjects(rule, book):
        if isinstance(subject, list):
            yield _verdict(rule, plan, scope, town, Judgement("unknown", "、".join(subject), missing=tuple(subject)), names)
            continue
        try:
            answer = rule.function(subject, plan)  # type: ignore[misc]
        except MissingFigure:
            answer = Judgement("not_applicable", "本方案没有这一指标")
        for judgement in [answer] if isinstance(answer, Judgement) else answer or ():
            yield _verdict(rule, plan, judgement.scope or scope, judgement.town or town, judgement, judgement.subject or names)


def clauses_of(rule: Rule, plan: Plan) -> tuple[str, ...]:
    """The clauses a rule rests on in this plan: its own addresses, else those where the plan sets the figures it needs."""
    held = tuple(clause for clause in rule.clauses if clause in plan.clauses)
    return held or tuple(dict.fromkeys(plan.figure(name).clause for name in rule.needs if plan.has(name)))


def _subjects(rule: Rule, book: Book) -> Iterator[tuple[str, str | None, Any, str | None]]:
    """Scope, town, subject and its name.

    Where a town lacks what the rule reads, the town itself stands for its villages, places or people, and what it lacks for the
    subject. The county's own records about places and people are asked as they are.
    """
    if rule.scope == "county":
        yield "county", None, _lacking(rule, book, None) or book.county, None
        return
    if rule.scope in ("place", "person"):
        for record in book.records(rule.ledgers[0], None):
            yield rule.scope, None, record, record.subject
    for town in book.towns:
        if lacking := _lacking(rule, book, town.name):
            yield "town", town.name, lacking, None
        elif rule.scope == "town":
            yield "town", town.name, town, None
        elif rule.scope == "village":
            for village in town.villages:
                yield "village", town.name, village, village.name
        else:
            for record in town.records(rule.ledgers[0]):
                yield rule.scope, town.name, record, record.subject


def _lacking(rule: Rule, book: Book, town: str | None) -> list[str]:
    """The ledgers and columns a rule reads that did not come from this town, in words. Only `ledger.field` reads are asked for."""
    lacking = []
    for name in rule.reads:
        key, _, field = name.partition(".")
        ledger = ledgers()[key]
        if not book.came(ledger, town):
            text = book.problems.get((key, town or ""), f"未收到{ledger.title}")
        elif field and not book.has(ledger, town, field) and book.records(ledger, town):
            text = f"{ledger.title}缺少「{ledger.columns[field].title}」列"
        else:
            continue
        if text not in lacking:
            lacking.append(text)
    return lacking


def _verdict(rule: Rule, plan: Plan, scope: Any, town: str | None, judgement: Judgement, subject: str | None) -> Verdict:
    clause = (*clauses_of(rule, plan), *rule.clauses)[0]
    values = {"subject": subject or "", "town": town or "", "actual": judgement.actual, "expected": judgement.expected or rule.expects}
    message = "".join(_fill(rule.says, values)) if judgement.status == "unmet" else judgement.actual
    records = [one[0] if type(one) is tuple else one for one in judgement.evidence]
    village = (
        next((record.value("village") for record in records if isinstance(record, Ledger)), None) if scope in ("place", "person") else None
    )
    return Verdict(
        rule.code,
        rule.name,
        clause,
        plan.quote(clause),
        scope,
        town,
        subject,
        judgement.status,
        judgement.severity or rule.severity,
        judgement.expected or rule.expects,
        judgement.actual,
        message,
        rule.fix,
        judgement.done,
        judgement.total,
        judgement.missing,
        tuple(dict.fromkeys(place(one) for one in judgement.evidence)),
        village,
    )


def _fill(template: str, values: Mapping[str, str]) -> str:
    for key, value in values.items():
        template = template.replace("{" + key + "}", value)
    return template
