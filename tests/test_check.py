"""`canju check` and `canju plan` from call to output: a second county under its own plan, every answer honest, nothing shown of a person."""

from __future__ import annotations

import copy
import datetime as dt
import json
import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook

from canju import pipeline, plans, workspace
from canju.book import Book
from canju.cli import call
from canju.model import STATUS_WORDS, Verdict
from canju.outputs.check import data, text
from canju.outputs.check.readings import readings
from canju.outputs.check.workbook import wanted
from canju.pipeline import Options, Round
from canju.rules.base import Case, catalogue
from canju.rules.engine import judge_plan
from catalogue_cases import plan_of, setting_of, tables_of

LONGLI = plans.load(workspace.Workspace(), dt.date(2019, 12, 31))
HEFENG = Path(__file__).parent.parent / "samples" / "禾丰县"
KEYS = {
    "verdicts": [
        "rule",
        "clause",
        "quote",
        "scope",
        "town",
        "subject",
        "status",
        "severity",
        "expected",
        "actual",
        "done",
        "total",
        "message",
        "missing",
        "evidence",
    ],
    "clauses": ["clause", "status", "met", "unmet", "unknown", "unchecked"],
    "readings": ["parameter", "reading", "unmet", "other", "other_unmet"],
}


@pytest.fixture(scope="module")
def hefeng() -> Round:
    setting = workspace.load(HEFENG / "canju.toml")
    assert setting.as_of
    return pipeline.read([HEFENG / "报送"], setting, Options(setting.as_of))


@pytest.fixture
def answer(hefeng: Round) -> dict[str, Any]:
    return data.as_data(hefeng.book, hefeng.plan, hefeng.verdicts)


def check(*arguments: object) -> int:
    return call(["check", str(HEFENG / "报送"), "-j", "1", *map(str, arguments)])


def judged(code: str, case: Case) -> list[Verdict]:
    setting = setting_of(case)
    plan = plan_of(case, setting)
    return judge_plan(Book(tables_of(case), setting, plan.as_of), plan, [code])


# --- the answer ------------------------------------------------------------------------------------


def test_the_answer_has_the_keys_of_the_contract_and_no_other(answer: dict[str, Any]) -> None:
    assert list(answer) == ["plan", "as_of", *KEYS]
    for part, keys in KEYS.items():
        assert answer[part]
        assert all(list(one) == keys for one in answer[part])
    assert {place for one in answer["verdicts"] for shown in one["evidence"] for place in shown} == {"file", "sheet", "cell"}


def test_every_verdict_quotes_its_clause_and_leads_to_a_cell_or_says_what_is_missing(answer: dict[str, Any], hefeng: Round) -> None:
    for one in answer["verdicts"]:
        assert one["quote"] == hefeng.plan.quote(one["clause"]) != ""
        assert one["status"] in STATUS_WORDS
        assert one["missing"] or one["status"] != "unknown", one
        assert one["total"] is not None or one["status"] != "progress", one
        assert one["message"] or one["status"] == "not_applicable", one


def test_every_clause_is_listed_and_is_met_only_where_nothing_is_unmet_or_unknown(answer: dict[str, Any], hefeng: Round) -> None:
    assert [one["clause"] for one in answer["clauses"]] == list(hefeng.plan.clauses)
    for one in answer["clauses"]:
        if one["status"] == "met":
            assert one["met"]
            assert (one["unmet"], one["unknown"]) == (0, 0)
        assert (one["status"] == "unmet") == (one["unmet"] > 0)
        assert (one["status"] is None) == bool(one["unchecked"])


def test_what_did_not_come_is_unknown_and_its_ledger_is_named() -> None:
    silent = judge_plan(Book([], workspace.Workspace(towns=["甲镇"]), LONGLI.as_of), LONGLI)
    unmet = {one.rule for one in silent if one.status in ("met", "unmet")}
    assert unmet == {"P801", "P802"}
    assert all(one.missing for one in silent if one.status == "unknown")
    assert next(one for one in silent if one.rule == "P305").missing == ("未收到组织建设台账",)


def test_a_column_that_is_not_there_is_said_once_for_the_town() -> None:
    rows = [{"level": "村（社区）", "name": name, "kind": "专职"} for name in ("王一", "王二")]
    verdict, _ = judged("P513", Case(rows={"commissioners": rows}))
    assert (verdict.scope, verdict.town, verdict.subject, verdict.status) == ("town", "甲镇", None, "unknown")
    assert verdict.missing == ("专职委员台账缺少「经费来源」列",)


def test_commissioners_of_the_countys_associations_are_not_asked_for_a_purse() -> None:
    rows = [{"level": "县专门协会", "name": "王一", "kind": "专职"}]
    [own, *_] = judged("P513", Case(town=None, rows={"commissioners": rows}))
    assert (own.scope, own.status) == ("person", "not_applicable")


def test_a_person_is_masked_unless_asked_for(answer: dict[str, Any], hefeng: Round) -> None:
    names = {one.subject for one in hefeng.verdicts if one.scope == "person" and one.subject}
    assert names
    shown = json.dumps(answer, ensure_ascii=False) + text.lines(hefeng.verdicts)
    assert not [name for name in names if len(name) > 2 and name in shown]
    full = data.as_data(hefeng.book, hefeng.plan, hefeng.verdicts, "full")
    assert names <= {one["subject"] for one in full["verdicts"]}


# --- honesty ---------------------------------------------------------------------------------------


def blanked(book: Book, table: int, row: int, field: str) -> Book:
    """The book with one cell blank."""
    tables = list(book.tables)
    tables[table] = copy.copy(tables[table])
    tables[table].values = {name: list(values) for name, values in tables[table].values.items()}
    tables[table].values[field][row] = None
    tables[table]._records = None
    return Book(tables, book.workspace, book.as_of, book.problems)


def standing(verdicts: Iterator[Verdict] | list[Verdict]) -> dict[tuple[str, str | None, str | None], set[str]]:
    found: dict[tuple[str, str | None, str | None], set[str]] = {}
    for one in verdicts:
        found.setdefault((one.rule, one.town, one.subject), set()).add(one.status)
    return found


MEANING = {"left", "village", "place", "organization", "name", "id_number", "town", "level", "relative", "disabled"}
"""A blank here is an answer of its own (nobody has left), or the record is about somebody or something else."""


@settings(max_examples=200, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.data())
def test_nothing_is_met_because_a_cell_is_blank(hefeng: Round, draw: st.DataObject) -> None:
    before = standing(hefeng.verdicts)
    table = draw.draw(st.integers(0, len(hefeng.book.tables) - 1))
    chosen = hefeng.book.tables[table]
    fields = [name for name in chosen.values if name not in MEANING]
    if not fields or not len(chosen):
        return
    row, field = draw.draw(st.integers(0, len(chosen) - 1)), draw.draw(st.sampled_from(fields))
    codes = [rule.code for rule in catalogue().values() if rule.letter == "P" and rule.code[1] in "12345"]
    after = standing(judge_plan(blanked(hefeng.book, table, row, field), hefeng.plan, codes))
    risen = [key for key, now in after.items() if "met" in now and key in before and "met" not in before[key]]
    assert not risen, (chosen.ledger.key, field, row)


@pytest.mark.parametrize("ledger", ["staffing", "commissioners", "uncertified", "groups", "organizations", "certified", "delegates"])
def test_nothing_is_met_because_a_ledger_is_missing(hefeng: Round, ledger: str) -> None:
    kept = [table for table in hefeng.book.tables if table.ledger.key != ledger]
    after = standing(judge_plan(Book(kept, hefeng.book.workspace, hefeng.book.as_of), hefeng.plan))
    before = standing(hefeng.verdicts)
    assert not [key for key, now in after.items() if "met" in now and "met" not in before.get(key, set())]


# --- readings and what-if --------------------------------------------------------------------------


def test_both_readings_of_the_threshold_are_computed() -> None:
    rows = [{"place": f"第{n}寨", "place_kind": "自然村", "persons": n, "established": "否"} for n in (4, 5, 6, 7)]
    case = Case(rows={"groups": rows})
    setting = setting_of(case)
    plan = plan_of(case, setting)
    [one] = readings(Book(tables_of(case), setting, plan.as_of), plan)
    assert (one.parameter, one.reading, one.unmet, one.other, one.other_unmet) == ("group_threshold", "exceeds", 2, "at_least", 3)
    assert {(a.rule, a.subject, a.status, b.status) for a, b in one.changed} == {
        ("P403", "第5寨", "not_applicable", "unmet"),
        ("P404", "第5寨", "unmet", "not_applicable"),
    }
    [line, *places] = text.decisions([one])
    assert "未落实2处" in line
    assert "未落实3处" in line
    assert len(places) == 2


@pytest.mark.parametrize(
    ("basis", "year", "waiting"), [("same_year", 2019, (1, 2)), ("previous_year", 2019, (2, 1)), ("same_year", 2020, (3, 1))]
)
def test_both_readings_of_the_basis_year_are_computed(basis: str, year: int, waiting: tuple[int, int]) -> None:
    years = (2019, 2019, 2018, "")
    rows = [
        {"level": "村（社区）", "name": f"王{n}", "kind": "专职", "assessment": "合格", "assessed_year": y} for n, y in enumerate(years)
    ]
    case = Case(rows={"commissioners": rows}, setting={"stipend": {"year": year, "basis": basis}})
    setting = setting_of(case)
    plan = plan_of(case, setting)
    one = next(one for one in readings(Book(tables_of(case), setting, plan.as_of), plan) if one.parameter == "stipend_basis")
    assert (one.reading, one.unmet, one.other_unmet) == (basis, *waiting)
    assert f"{waiting[0]}人" in text.decisions([one])[0]


def test_what_if_tells_the_difference_and_writes_nothing(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    before = {path: path.stat().st_mtime_ns for path in HEFENG.rglob("*")}
    check("--what-if", "stipend_monthly=300")
    said = capsys.readouterr().out
    assert "没有写出任何文件" in said
    assert "已落实 → 未落实（现状：200元；要求：300元）" in said
    assert before == {path: path.stat().st_mtime_ns for path in HEFENG.rglob("*")}


def test_what_if_with_the_figures_that_hold_changes_nothing(capsys: pytest.CaptureFixture[str]) -> None:
    check("--what-if", "stipend_monthly=200", "--what-if", "disabled_cadres=[1,2]", "--what-if", "group_threshold=5")
    assert capsys.readouterr().out.strip() == "按所设指标重算，各项结论不变。"


@pytest.mark.parametrize(
    ("given", "says"),
    [
        (["--what-if", "stipend_montly=300"], "stipend_monthly"),
        (["--what-if", "stipend_monthly=多一点"], "金额"),
        (["--what-if", "disabled_cadres=[2,1]"], "两个整数"),
        (["--what-if", "group_threshold=3", "-o", "x.xlsx"], "--what-if"),
        (["-o", "指标.docx"], ".xlsx"),
        (["--as-of", "昨天"], "2019-10-08"),
    ],
)
def test_a_call_that_makes_no_sense_is_refused(given: list[str], says: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert check(*given) == 2
    assert says in capsys.readouterr().err


# --- on the command line ---------------------------------------------------------------------------


def test_json_jsonl_and_csv_tell_of_the_same_verdicts(hefeng: Round, capsys: pytest.CaptureFixture[str]) -> None:
    check("--format", "json")
    verdicts = json.loads(capsys.readouterr().out)["verdicts"]
    check("--format", "jsonl")
    assert [json.loads(line) for line in capsys.readouterr().out.splitlines()] == verdicts
    check("--format", "csv")
    assert len(capsys.readouterr().out.splitlines()) == len(verdicts) + 1
    assert len(verdicts) == len(hefeng.verdicts)


def test_the_exit_code_follows_fail_on_and_unread_files_go_first(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "甲镇小组.csv").write_text("镇（街道）,地点名称,地点类型,残疾人数,是否设立小组\n甲镇,大寨,自然村,5,否\n", encoding="utf-8")
    asked = ["check", str(tmp_path), "-j", "1", "--select", "P403,P404", "--as-of", "2019-12-31"]
    assert call(asked) == 0
    assert call([*asked, "--fail-on", "query"]) == 1
    (tmp_path / "坏.xlsx").write_bytes(b"PK\x03\x04broken")
    assert call(asked) == 3
    capsys.readouterr()


def test_the_overview_has_a_column_for_the_county_and_each_town(hefeng: Round) -> None:
    head, rule, *rows = text.overview(hefeng.book, hefeng.plan, hefeng.verdicts).splitlines()
    assert head.split() == ["条款", "全县", "县本级", *(town.name for town in hefeng.book.towns)]
    assert set(rule) == {"-"}
    shown = [row.split()[0] for row in rows]
    assert shown == [one.clause for one in data.clauses(hefeng.plan, hefeng.verdicts) if not one.unchecked]


def test_every_line_survives_a_gbk_console(hefeng: Round) -> None:
    said = text.lines(hefeng.verdicts) + text.overview(hefeng.book, hefeng.plan, hefeng.verdicts)
    said.encode("gbk")
    assert all(line.startswith(tuple(STATUS_WORDS.values())) for line in text.lines(hefeng.verdicts).splitlines())


def test_a_place_of_no_town_is_not_called_the_countys_own() -> None:
    case = Case(town=None, rows={"groups": [{"place": "大寨", "place_kind": "自然村", "persons": 9, "established": "否"}]})
    verdict = next(one for one in judged("P403", case) if one.scope == "place")
    assert (verdict.status, data.sender_words(verdict)) == ("unmet", "未分镇（街道）")
    assert "县本级" not in text.line(verdict)


# --- the workbook ----------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def book_path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("check") / "指标完成情况.xlsx"
    check("-o", path, "--output", path.with_suffix(".txt"))
    return path


def rows_of(path: Path, sheet: str) -> list[dict[str, Any]]:
    heads, *rows = load_workbook(path)[sheet].iter_rows(min_row=3, values_only=True)
    return [dict(zip(heads, row, strict=True)) for row in rows]


def test_the_workbook_tells_clause_found_verdict_evidence_and_what_is_missing(book_path: Path, hefeng: Round) -> None:
    clauses = rows_of(book_path, "指标完成情况")
    assert [row["条款"] for row in clauses] == list(hefeng.plan.clauses)
    assert {row["结论"] for row in clauses} <= {*STATUS_WORDS.values(), "不以台账核查"}
    verdicts = rows_of(book_path, "逐项核查")
    assert Counter(row["结论"] for row in verdicts) == Counter(STATUS_WORDS[one.status] for one in hefeng.verdicts)
    assert all(row["缺少什么"] for row in verdicts if row["结论"] == "待核实")
    assert all(row["下一步"] for row in verdicts if row["结论"] == "未落实")
    lacking = [row for row in verdicts if row["结论"] == "待核实" and row["缺少什么"].startswith("未收到")]
    assert lacking
    assert all(
        row["下一步"].startswith(f"请报送{row['缺少什么'].removeprefix('未收到')}") for row in lacking if "；" not in row["缺少什么"]
    )


@pytest.mark.parametrize(
    ("missing", "step"),
    [
        (("未收到组织人员配备台账",), "请报送组织人员配备台账，再作核查。"),
        (("组织人员配备台账缺少「是否残疾人亲友」列",), "请补齐组织人员配备台账的「是否残疾人亲友」列，再作核查。"),
        (("未填：是否设康复站、标识牌",), "请补齐是否设康复站、标识牌，再作核查。"),
        (("未收到专职委员台账", "「对接情况」未填"), "请报送专职委员台账，并补齐「对接情况」，再作核查。"),
        ((), ""),
    ],
)
def test_what_is_not_known_is_asked_for_before_anything_is_to_be_put_right(hefeng: Round, missing: tuple[str, ...], step: str) -> None:
    assert wanted(hefeng.verdicts[0]._replace(status="unknown", missing=missing)) == step


def test_the_list_of_missing_groups_names_place_people_and_cell(book_path: Path, hefeng: Round) -> None:
    wanted = {(one.town, one.subject) for one in hefeng.verdicts if one.rule in ("P403", "P404") and one.status == "unmet"}
    found = rows_of(book_path, "应设未设小组清单")
    assert wanted
    assert {(row["镇（街道）"], row["地点"]) for row in found} == wanted
    assert all(row["残疾人数"] >= 5 and "!" in row["来源单元格"] for row in found)


def test_the_workbook_holds_no_name_no_formula_and_prints_its_headings(book_path: Path, hefeng: Round) -> None:
    names = {one.subject for one in hefeng.verdicts if one.scope == "person" and one.subject and len(one.subject) > 2}
    book = load_workbook(book_path)
    assert book.sheetnames == ["指标完成情况", "逐项核查", "应设未设小组清单", "提请研究事项清单"]
    for sheet in book:
        assert sheet.print_title_rows == "$3:$3"
        cells = [cell for row in sheet.iter_rows() for cell in row if cell.value is not None]
        assert not [cell for cell in cells if cell.data_type == "f"]
        assert not [name for name in names for cell in cells if name in str(cell.value)]


def test_the_workbook_is_not_overwritten_and_comes_out_the_same(
    book_path: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert check("-o", book_path) == 2
    assert "--force" in capsys.readouterr().err
    again = tmp_path / "指标完成情况.xlsx"
    check("-o", again)
    for sheet in load_workbook(again).sheetnames:
        assert rows_of(again, sheet) == rows_of(book_path, sheet)


# --- another county's plan -------------------------------------------------------------------------

OTHER = """
[plan]
id = "other"
title = "某县方案"
issued = 2020-11-01
[clauses."三、2"]
text = "残疾人10人以上的设置小组。"
[clauses."四"]
text = "于3月1日前上报总结。"
[[parameters.group_threshold]]
value = 10
since = 2020-11-01
clause = "三、2"
[[parameters.group_reading]]
value = "at_least"
since = 2020-11-01
clause = "三、2"
[[parameters.summary_deadline]]
value = "03-01"
since = 2020-11-01
clause = "四"
"""


@pytest.fixture
def other(tmp_path: Path) -> Path:
    (tmp_path / "方案.toml").write_text(OTHER, encoding="utf-8")
    (tmp_path / "canju.toml").write_text('plan = "方案.toml"\ntowns = ["甲镇"]\nas_of = 2021-02-20\n', encoding="utf-8")
    rows = ["镇（街道）,地点名称,地点类型,残疾人数,是否设立小组", "甲镇,大寨,自然村,10,否", "甲镇,小寨,自然村,9,否"]
    (tmp_path / "小组.csv").write_text("\n".join(rows) + "\n", encoding="utf-8")
    return tmp_path


def test_a_rule_rests_on_the_other_plans_clause_where_that_sets_its_figure(other: Path, capsys: pytest.CaptureFixture[str]) -> None:
    call(["check", str(other / "小组.csv"), "--format", "json", "-j", "1"])
    verdicts = json.loads(capsys.readouterr().out)["verdicts"]
    groups = {one["subject"]: (one["status"], one["clause"], one["quote"]) for one in verdicts if one["rule"] == "P403"}
    assert groups["大寨"] == ("unmet", "三、2", "残疾人10人以上的设置小组。")
    assert groups["小寨"][0] == "not_applicable"
    [summary] = [one for one in verdicts if one["rule"] == "P801"]
    assert (summary["status"], summary["expected"]) == ("progress", "2021年3月1日")
    assert {one["status"] for one in verdicts if one["rule"] not in ("P403", "P404", "P801")} == {"not_applicable"}


def test_plan_prints_clauses_figures_and_their_coverage(
    other: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(other)
    assert call(["plan"]) == 0
    said = capsys.readouterr().out
    assert "残疾人10人以上的设置小组。" in said
    assert "2020-11-01" in said
    assert call(["plan", "--coverage"]) == 0
    lines = dict(line.split("\t") for line in capsys.readouterr().out.splitlines())
    assert lines == {"三、2": "P403、P404", "四": "P801"}


def test_coverage_names_a_rule_or_a_reason_for_every_clause(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    assert call(["plan", "--coverage"]) == 0
    lines = [line.split("\t") for line in capsys.readouterr().out.splitlines()]
    assert len(lines) == 45
    assert all(re.fullmatch(r"[PS]\d{3}(、[PS]\d{3})*|不核查：.+。", said) for _, said in lines)
