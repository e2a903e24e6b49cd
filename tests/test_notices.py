"""Notices to the towns: what to mend or send and by when, in the layout of the paper, with nobody named."""

from __future__ import annotations

import datetime as dt
import re
import zipfile
from pathlib import Path

import pytest
from docx import Document

from canju import pipeline, workspace
from canju.commands import notify
from canju.commands.summary import inputs_of
from canju.findings import Kind
from canju.model import Severity
from canju.outputs.check.workbook import group_verdicts
from canju.outputs.files import Written
from canju.paper import notices
from canju.rules.base import catalogue

SAMPLE = Path(__file__).parent.parent / "samples/禾丰县"


@pytest.fixture(scope="module")
def round_() -> pipeline.Round:
    return pipeline.validate([SAMPLE / "报送"], workspace.load(SAMPLE / "canju.toml"), pipeline.Options(dt.date(2019, 12, 31)))


def text_of(path: Path) -> str:
    with zipfile.ZipFile(path) as archive:
        return "\n".join(
            "".join(re.findall(r"<w:t(?: [^>]*)?>([^<]*)</w:t>", one))
            for one in re.findall(r"<w:p[ >].*?</w:p>", archive.read("word/document.xml").decode("utf-8"), re.S)
        )


def people_of(round_: pipeline.Round) -> set[str]:
    return {name for table in round_.tables for record in table.records if (name := record.value("name")) and len(name) > 2}


def test_a_notice_says_what_to_mend_where_and_by_when(round_: pipeline.Round, tmp_path: Path) -> None:
    some = {kind: count for kind, count in round_.findings.kinds.items() if kind.severity != "note" and kind.town}
    town = next(iter(some)).town or ""
    notices.notice(tmp_path / "通知.docx", town, "某县残疾人联合会", some, ["残疾人小组台账"], "2019年10月8日", "2019-10-01")
    text = text_of(tmp_path / "通知.docx")
    assert text.startswith("关于残疾人台账退回修改的通知")
    assert f"{town}残疾人联合会：" in text
    assert "1. " in text
    assert "此外，尚未报送：残疾人小组台账" in text
    assert "请于2019年10月8日前报县残联" in text
    assert text.rstrip().endswith("2019年10月1日")
    assert not any(name in text for name in people_of(round_))
    assert not re.search(r"\d{15}|1[3-9]\d{9}", text)


def test_what_must_be_put_right_stands_before_what_is_to_be_checked(round_: pipeline.Round, tmp_path: Path) -> None:
    """However many queries there are; and a heading's star, with which the form says that it must be filled in, is no part of it."""

    def kind(rule: str, severity: Severity, heading: str = "*姓 名") -> Kind:
        return Kind(rule, severity, "某镇", "commissioners", heading, explained=False)

    some = {
        kind("R206", "query"): 9,
        kind("R109", "query"): 1,
        kind("C202", "error"): 1,
        kind("C202", "error", "姓名"): 1,
        kind("R107", "error"): 3,
    }
    notices.notice(tmp_path / "通知.docx", "某镇", "某县残疾人联合会", some, [], "", "")
    lines = [line for line in text_of(tmp_path / "通知.docx").splitlines() if re.match(r"\d\. ", line)]
    assert [re.search(r"（(\w\d{3})）", line)[1] for line in lines] == ["R107", "C202", "R206", "R109"]
    assert all("专职委员台账“姓名”栏" in line for line in lines)
    assert "“姓名”栏2处" in lines[1]
    for text in notify.texts(round_, pipeline.merge(round_)).values():
        codes = re.findall(r"（(\w\d{3})，", text)
        errors = [catalogue()[code].severity == "error" for code in codes]
        assert errors == sorted(errors, reverse=True)


def test_a_town_that_sent_nothing_is_reminded(tmp_path: Path) -> None:
    notices.notice(tmp_path / "通知.docx", "某镇", "某县残疾人联合会", {}, ["专职委员台账"], "", "")
    text = text_of(tmp_path / "通知.docx")
    assert text.startswith("关于残疾人台账催报的通知")
    assert "你单位尚未报送：专职委员台账" in text
    assert "请尽快报县残联" in text
    assert "【成文日期】" in text


def test_the_list_of_missing_groups_has_a_row_a_place(round_: pipeline.Round, tmp_path: Path) -> None:
    wanted = group_verdicts(round_.verdicts)
    notices.group_list(tmp_path / "清单.docx", wanted)
    [table] = Document(str(tmp_path / "清单.docx")).tables
    assert [row.cells[2].text for row in table.rows][1:] == ([one.subject for one in wanted] or [""])
    notices.group_list(tmp_path / "空.docx", [])
    [empty] = Document(str(tmp_path / "空.docx")).tables
    assert empty.rows[1].cells[0].text == "无"


def test_the_bulletin_has_the_chart_and_the_three_worst(round_: pipeline.Round, tmp_path: Path) -> None:
    notices.bulletin(tmp_path / "简报.docx", inputs_of(round_, pipeline.merge(round_)))
    with zipfile.ZipFile(tmp_path / "简报.docx") as archive:
        assert "word/charts/chart1.xml" in archive.namelist()
    text = text_of(tmp_path / "简报.docx")
    assert "共核查" in text
    assert [mark for mark in ("一是", "二是", "三是", "四是") if mark in text] == ["一是", "二是", "三是"]


def test_words_for_a_chat_name_nobody(round_: pipeline.Round) -> None:
    said = notify.texts(round_, pipeline.merge(round_))
    assert said
    assert all(text.startswith(f"【{town}】") for town, text in said.items())
    assert not any(name in text for text in said.values() for name in people_of(round_))


def test_word_notices_are_written_a_town_each(round_: pipeline.Round, tmp_path: Path) -> None:
    merged, written = pipeline.merge(round_), Written()
    notify.write(round_, merged, tmp_path, written)
    names = {path.name for path in written.paths}
    assert {"应设未设小组清单.docx", "简报.docx"} < names
    assert all(any(name.startswith(town) for name in names) for town in notify.texts(round_, merged))
