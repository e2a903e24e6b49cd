"""The plan as data: every clause of the paper is held, every figure dated, and what is wrong in a plan file is refused with its line."""

from __future__ import annotations

import datetime as dt
import re
from decimal import Decimal
from pathlib import Path

import pytest

from canju import plans
from canju.cli import call
from canju.model import Refusal
from canju.plans import KINDS, MissingFigure
from canju.rules.base import catalogue
from canju.workspace import Workspace

SOURCE = (Path(__file__).parent / "data" / "longli-2019-48.md").read_text(encoding="utf-8")
LONGLI = plans.read(Path(plans.__file__).parent / "longli-2019.toml")


def outline(text: str) -> dict[str, str]:
    """Every leaf of the source by its address, and the paragraphs that stand directly under 一 and 二（二）3."""
    found: dict[str, str] = {}
    levels = ["", "", "", ""]
    for paragraph in text.split("印发给你们")[1].split("\n"):
        line = re.sub(r"[#*\s]", "", paragraph)
        line = re.sub(r"^\((.)\)", r"（\1）", line)
        for depth, pattern in enumerate((r"([一二三四])、", r"（([一二三四])）", r"(\d)\.", r"（(\d)）")):
            if match := re.match(pattern, line):
                number = f"（{match[1]}）" if depth in (1, 3) else match[1]
                levels[depth:] = [number, *[""] * (3 - depth)]
                line = line[match.end() :]
                break
        address = "".join(levels)
        if address and line and not line.startswith(("---", "共印", "龙里县人民政府办公室", "2019年9月25日")):
            found[address] = found.get(address, "") + line
    return found


HEADINGS = re.compile(r"[一二三四]|二（[一二三四]）|二（[一二]）\d")
CLAUSES = {address: text for address, text in outline(SOURCE).items() if not HEADINGS.fullmatch(address) or address == "一" or "。" in text}


def test_the_source_has_43_numbered_leaves_and_two_paragraphs_of_their_own() -> None:
    assert len(CLAUSES) == 45
    assert sum(address not in ("一", "二（二）3") for address in CLAUSES) == 43


@pytest.mark.parametrize(
    ("own", "county", "another"),
    [
        ("甲县", "乙县", True),
        ("甲县", "甲县", False),
        ("甲县", "某州甲县", False),
        ("甲县", "甲", False),
        ("", "乙县", False),
        ("甲县", "", False),
    ],
)
def test_a_plan_is_anothers_only_where_both_say_whose_they_are(own: str, county: str, another: bool) -> None:
    assert LONGLI._replace(county=own).of_another(county) is another


def test_the_plan_tells_whose_it_is_and_a_county_under_anothers_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert LONGLI.county == "龙里县"
    monkeypatch.chdir(tmp_path)
    for county, told in (("云溪县", 1), ("龙里县", 0)):
        (tmp_path / "canju.toml").write_text(f'county = "{county}"\n', "utf-8")
        assert call(["plan"]) == 0
        assert capsys.readouterr().err.count("现用的是龙里县的方案") == told


def test_every_clause_of_the_source_stands_in_the_plan_file_and_no_other() -> None:
    assert set(LONGLI.clauses) == set(CLAUSES)


@pytest.mark.parametrize("address", sorted(CLAUSES))
def test_the_quoted_text_is_the_source_joined_over_its_page_breaks(address: str) -> None:
    headless = CLAUSES[address].replace("为残残疾人", "为残疾人")
    assert LONGLI.clauses[address].text in headless
    assert "残残" not in LONGLI.clauses[address].text
    assert len(headless) - len(LONGLI.clauses[address].text) <= 15  # a heading at most is left out
    assert LONGLI.clauses[address].text.endswith("。")


def test_every_clause_is_cited_by_a_rule_or_says_why_it_is_not_checked() -> None:
    cited = {clause for rule in catalogue().values() for clause in rule.clauses}
    for clause in LONGLI.clauses.values():
        assert (clause.address in cited) != bool(clause.unchecked), clause.address


def test_every_clause_a_rule_cites_is_a_clause_of_the_plan() -> None:
    for rule in catalogue().values():
        assert set(rule.clauses) <= set(LONGLI.clauses), rule.code
        assert rule.clauses or rule.letter not in "PS", rule.code


def test_every_figure_a_rule_needs_is_one_a_plan_may_set() -> None:
    for rule in catalogue().values():
        assert set(rule.needs) <= set(KINDS), rule.code


def test_every_parameter_stands_in_the_plan_with_its_clause_and_first_day() -> None:
    assert set(LONGLI.figures) == set(KINDS)
    for figures in LONGLI.figures.values():
        assert [figure.since for figure in figures] == [dt.date(2019, 9, 25)]
        assert all(figure.clause in LONGLI.clauses for figure in figures)


def test_the_figures_are_those_of_the_paper() -> None:
    plan = plans.load(Workspace(), dt.date(2019, 12, 31))
    assert (plan.count("county_director"), plan.count("county_deputy_directors"), plan.count("county_leaders")) == (1, 2, 3)
    for name in ("disabled_cadres", "part_time_deputies", "seconded_deputies", "town_part_time_commissioners"):
        assert plan.span(name) == (1, 2)
    assert plan.money("stipend_monthly") == Decimal(200)
    assert plan.count("group_threshold") == 5
    assert plan.reading("group_reading") == "exceeds"
    assert plan.day_in("summary_deadline", 2019) == dt.date(2019, 10, 10)


def test_no_figure_holds_before_the_paper_was_issued() -> None:
    plan = plans.load(Workspace(), dt.date(2019, 9, 24))
    assert not plan.has("stipend_monthly")
    with pytest.raises(MissingFigure):
        plan.money("stipend_monthly")


def test_parameters_of_the_workspace_lie_over_the_plan() -> None:
    plan = plans.load(Workspace(parameters={"stipend_monthly": 300, "disabled_cadres": [2, 4]}), dt.date(2019, 12, 31))
    assert plan.money("stipend_monthly") == Decimal(300)
    assert plan.span("disabled_cadres") == (2, 4)
    assert plan.overridden == {"stipend_monthly", "disabled_cadres"}
    assert plan.figure("stipend_monthly").clause == "二（二）1（2）"


@pytest.mark.parametrize(
    ("name", "value", "says"),
    [
        ("stipend_montly", 300, "stipend_monthly"),
        ("stipend_monthly", "很多", "金额"),
        ("stipend_monthly", -200, "金额"),
        ("disabled_cadres", [2, 1], "两个整数"),
        ("group_threshold", 5.5, "整数"),
        ("group_reading", "perhaps", "exceeds或at_least"),
        ("summary_deadline", "13-40", "10-10"),
    ],
)
def test_a_parameter_that_makes_no_sense_is_refused(name: str, value: object, says: str) -> None:
    with pytest.raises(Refusal) as refusal:
        plans.load(Workspace(parameters={name: value}), dt.date(2019, 12, 31))
    assert says in refusal.value.sentence


HEAD = '[plan]\nid = "x"\ntitle = "某县方案"\nissued = 2020-01-01\n\n[clauses."一（1）"]\ntext = "设3名。"\n\n'


@pytest.mark.parametrize(
    ("text", "says"),
    [
        (HEAD + '[[parameters.county_leadrs]]\nvalue = 3\nsince = 2020-01-01\nclause = "一（1）"\n', "第9行：没有「county_leadrs」"),
        (HEAD + '[[parameters.county_leaders]]\nvalue = 3\nclause = "一（1）"\n', "第9行：指标「county_leaders」缺少起用日期"),
        (HEAD + "[[parameters.county_leaders]]\nvalue = 3\nsince = 2020-01-01\n", "没有写明出自哪一条款"),
        (HEAD + '[[parameters.county_leaders]]\nvalue = 3\nsince = 2020-01-01\nclause = "九"\n', "没有写明出自哪一条款"),
        (
            HEAD
            + '[[parameters.county_leaders]]\nvalue = 3\nsince = 2020-01-01\nclause = "一（1）"\n'
            + '[[parameters.county_leaders]]\nvalue = 4\nsince = 2020-01-01\nclause = "一（1）"\n',
            "同一天有两个值",
        ),
        (HEAD.replace("issued = 2020-01-01", "issued = 2020"), "第4行：issued 应为日期"),
        (HEAD.replace("issued = 2020-01-01\n", ""), "缺少 issued"),
        (HEAD.replace('text = "设3名。"', 'txt = "设3名。"'), "第7行：没有「txt」这一项，是否应为「text」"),
        (HEAD.replace('text = "设3名。"', 'text = "设3名。"\nuncheckd = "x"'), "第8行：没有「uncheckd」这一项，是否应为「unchecked」"),
        (HEAD.replace("[plan]", "[plan]\nnote = 1"), "第2行：没有「note」"),
        (HEAD + "[clauses\n", "第9行写法有误"),
    ],
)
def test_a_plan_file_with_a_fault_is_refused_and_the_line_named(tmp_path: Path, text: str, says: str) -> None:
    path = tmp_path / "plan.toml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(Refusal) as refusal:
        plans.read(path)
    assert says in refusal.value.sentence


def test_a_later_figure_holds_from_its_day(tmp_path: Path) -> None:
    path = tmp_path / "plan.toml"
    rows = "".join(
        f'[[parameters.stipend_monthly]]\nvalue = {value}\nsince = {since}\nclause = "一（1）"\n'
        for value, since in ((300, "2021-01-01"), (200, "2020-01-01"))
    )
    path.write_text(HEAD + rows, encoding="utf-8")
    plan = plans.read(path)
    assert plan.money("stipend_monthly", dt.date(2020, 12, 31)) == Decimal(200)
    assert plan.money("stipend_monthly", dt.date(2021, 1, 1)) == Decimal(300)


def test_a_clause_may_give_only_the_reason_why_it_is_not_checked(tmp_path: Path) -> None:
    path = tmp_path / "plan.toml"
    path.write_text(HEAD.replace('text = "设3名。"', 'unchecked = "原则性要求。"'), encoding="utf-8")
    assert plans.read(path).clauses["一（1）"].unchecked == "原则性要求。"


def test_a_plan_that_is_not_there_is_refused_with_the_nearest_name() -> None:
    with pytest.raises(Refusal) as refusal:
        plans.load(Workspace(plan="longli-2091"), dt.date(2019, 12, 31))
    assert "longli-2019" in refusal.value.sentence
