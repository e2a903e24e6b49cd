"""A new workspace: it loads as it stands, explains every key, and nothing of a clerk's is overwritten unasked."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from pydantic import TypeAdapter, ValidationError

from canju import workspace
from canju.cli import call
from canju.model import Refusal


def test_the_workspace_loads_as_made(tmp_path: Path) -> None:
    folder = tmp_path / "某县"
    assert call(["init", str(folder), "--county", "某县", "--towns", "甲镇，乙街道"]) == 0
    loaded = workspace.load(folder / "canju.toml")
    assert (loaded.county, loaded.federation, loaded.towns) == ("某县", "某县残疾人联合会", ["甲镇", "乙街道"])
    assert loaded.village_list == ()
    assert (folder / "报送").is_dir()
    assert (folder / "输出").is_dir()


def test_every_key_is_there_with_a_word_on_it(tmp_path: Path) -> None:
    call(["init", str(tmp_path / "w")])
    lines = (tmp_path / "w" / "canju.toml").read_text("utf-8").splitlines()
    parts = {"": [], "terms": [], "named": [], "stipend": [], "deadlines": []}
    for part in parts:
        for key in workspace.known_keys([part] if part else []):
            told = [line for line in lines if re.match(rf"(# )?{key} = .*#|\[{key}\] *#", line)]
            assert told, key
            assert any(re.search(r"#[^#]*[\u4e00-\u9fff]", line) for line in told), key


def test_every_commented_key_loads_once_its_mark_is_taken_away(tmp_path: Path) -> None:
    call(["init", str(tmp_path / "w"), "--county", "某县"])
    path = tmp_path / "w" / "canju.toml"
    text = re.sub(r'^# (?=[a-z_"\[][^\u4e00-\u9fff#]*=|"|\[)', "", path.read_text("utf-8"), flags=re.M)
    path.write_text(text, "utf-8")
    loaded = workspace.load(path)
    assert loaded.stipend.start
    assert loaded.deadlines.towns
    assert loaded.facts["全县总人口"].source == "县统计局"
    assert loaded.headings["commissioners"]["hired"]


def test_the_workspace_is_not_overwritten_unasked(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "villages.csv").write_text("镇（街道）,村（社区）\n甲镇,一村\n", "utf-8")
    assert call(["init", str(tmp_path)]) == 2
    assert "villages.csv" in capsys.readouterr().err
    assert "一村" in (tmp_path / "villages.csv").read_text("utf-8")
    assert not (tmp_path / "canju.toml").exists()
    assert call(["init", str(tmp_path), "--force"]) == 0
    assert "一村" not in (tmp_path / "villages.csv").read_text("utf-8")


def test_a_file_in_the_way_is_refused(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "w").write_text("x")
    assert call(["init", str(tmp_path / "w")]) == 2
    assert "是一个文件" in capsys.readouterr().err


def test_a_county_name_cannot_break_the_file(tmp_path: Path) -> None:
    name = '某"县\\\n[x]'
    assert call(["init", str(tmp_path / "w"), "--county", name]) == 0
    assert workspace.load(tmp_path / "w" / "canju.toml").county == name


def test_made_twice_it_is_the_same(tmp_path: Path) -> None:
    for name in ("a", "b"):
        call(["init", str(tmp_path / name), "--county", "某县"])
    assert (tmp_path / "a" / "canju.toml").read_bytes() == (tmp_path / "b" / "canju.toml").read_bytes()


_KEYS = st.sampled_from(
    ["county", "towns", "as_of", "baseline", "stipend", "facts", "named", "from", "start", "basis", "value", "source", "on", "x"]
)
_LEAVES = st.one_of(
    st.text(max_size=2), st.integers(0, 2100), st.booleans(), st.floats(0, 1), st.dates(), st.datetimes(), st.sampled_from(["same_year"])
)
_TABLES = st.recursive(_LEAVES, lambda part: st.lists(part, max_size=2) | st.dictionaries(_KEYS, part, max_size=4), max_leaves=8)


@given(st.dictionaries(_KEYS, _TABLES, max_size=4))
@example({"facts": {"人口": {"value": 1, "source": "局", "on": dt.date(2019, 1, 1)}}, "stipend": {"from": "2019-10", "basis": "same_year"}})
@example({"baseline": {"甲镇": True}, "as_of": dt.datetime(2019, 1, 1)})
@example({"stipend": {"start": "2019-10"}})
def test_what_is_plainly_right_is_what_pydantic_makes_of_it(data: dict[str, Any]) -> None:
    def outcome(understood: Callable[[Any], workspace.Workspace]) -> object:
        try:
            return understood(data)
        except ValidationError as error:
            return error.errors()

    assert outcome(workspace.understood) == outcome(TypeAdapter(workspace.Workspace).validate_python)


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ('conty = "某县"', "第1行：没有「conty」这个设置项。是否应为「county」？"),
        ("[stipend]\nyaer = 2019", "第2行：没有「yaer」这个设置项。是否应为「year」？"),
        ("[deadlines]\ntown = 2019-10-08", "第2行：没有「town」这个设置项。是否应为「towns」？"),
        ('[facts]\n"人口" = { value = "1", source = "局", on = 2018-12-31, note = "x" }', "第2行：没有「note」"),
        ('[facts]\n"人口" = { value = "1", on = 2018-12-31 }', "第2行：「facts.人口」缺少 source（来源），请补上。"),
        ('[facts]\n"人口" = { value = "1", source = "局" }', "第2行：「facts.人口」缺少 on（日期），请补上。"),
        ('[facts]\n"人口" = { value = "1", source = " ", on = 2018-12-31 }', "第2行：「facts.人口」的 source（来源）是空的，请补上。"),
        ('[facts]\n"人口" = { value = "", source = "局", on = 2018-12-31 }', "第2行：「facts.人口」的 value（数值）是空的，请补上。"),
        ('[facts]\n"人口" = { value = "1", source = "局", on = "去年" }', "第2行：「facts.人口.on」的值不合要求，应为日期，不加引号"),
        ('county = "某县"\nas_of = 2019-6-30', "第2行：日期“2019-6-30”请写成 2019-06-30，不加引号。"),
        ("as_of = 2019.12.31", "第1行：日期“2019.12.31”请写成 2019-12-31，不加引号。"),
        ("as_of = 2019年6月30日 # 基准日", "第1行：日期“2019年6月30日”请写成 2019-06-30，不加引号。"),
        ('as_of = "2019年6月30日"', "「as_of」的值不合要求，日期“2019年6月30日”请写成 2019-06-30，不加引号。"),
        ("as_of = 2020-02-30", "第1行：没有 2020-02-30 这一天，请核对。"),
        ("as_of = 2020", "「as_of」的值不合要求，应为日期，不加引号，写成 2019-12-31 的样子。"),
        ("[stipend]\nfrom = 2019-10", '第2行：“2019-10”是月份，请加英文引号，写成 "2019-10"。'),
        ("[stipend]\nfrom = 2019-10-01", "「stipend.from」的值不合要求，应为文字，用英文引号括起来"),
        ('[stipend]\nbasis = "当年"', "「stipend.basis」的值不合要求，只能写 'same_year' 或 'previous_year'。"),
        ('towns = ["甲镇"，"乙镇"]', "第1行：发现中文标点「，」，请改成英文的「,」。"),
        ('towns = "甲镇"', "「towns」的值不合要求，应为一组"),
        ("county = “某县”", '第1行：发现中文引号「“」，请改成英文的「"」。'),
        ('county＝"某县"', "第1行：发现全角等号「＝」，请改成英文的「=」。"),
        ("county = 某县", '第1行：文字“某县”要用英文引号括起来，写成 "某县"。'),
        ('county = "某县', "第1行：英文引号不成对，请补上缺的一个。"),
        ("[baseline]\n甲镇 = 2", '第2行：名称“甲镇”要用英文引号括起来，写成 "甲镇"。'),
        ('[baseline]\n"甲镇" = "两名"', "「baseline.甲镇」的值不合要求，应为整数，不加引号。"),
        ('county = "“某”县，甲"\nas_of =', "第2行：等号后面没有写值"),
        ('county = "“某”县，甲"\n[baseline', "第2行：写法有误"),
    ],
)
def test_a_wrong_setting_is_told_with_its_line_and_what_was_meant(tmp_path: Path, text: str, says: str) -> None:
    (tmp_path / "canju.toml").write_text(text, "utf-8")
    with pytest.raises(Refusal) as told:
        workspace.load(tmp_path / "canju.toml")
    assert says in str(told.value)
