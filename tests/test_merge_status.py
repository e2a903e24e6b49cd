"""Who has sent what, and by when the rest is due."""

from __future__ import annotations

import datetime as dt
import io
import json
import zipfile
from dataclasses import replace

import docx

from canju.cli import call
from canju.findings import Findings
from canju.merging.joining import merge
from canju.merging.merged import Origin
from canju.merging.origins import known_of, papers_of
from canju.merging.status import as_text, status
from canju.model import Address, Finding
from canju.workspace import Deadlines, Workspace
from merge_cases import AS_OF, person, table

WORKSPACE = Workspace(towns=["甲镇", "乙镇"], deadlines=Deadlines(towns=dt.date(2020, 1, 5)))


def finding(rule="C101", town="甲镇", ledger="uncertified", file="甲.xlsx", severity="error", explained=None):
    return Finding(rule, "x", severity, Address(file), "", {}, "", ledger=ledger, town=town, explained=explained)


def standings(*tables, findings=(), **more):
    origins = [Origin(one.file, modified=dt.datetime(2019, 10, 9, 8)) for one in tables]
    known = replace(known_of(Findings(findings), origins, tables, WORKSPACE), **more)
    return {(one.town, one.ledger.key): one for one in status(merge(tables, origins, WORKSPACE, AS_OF, known=known))}


def test_a_town_is_missing_nil_in_or_in_with_errors():
    found = standings(
        table([person(1)], submitted=dt.date(2019, 10, 8)),
        table([], "零.xlsx", "乙镇", nil=True),
        table([{"place": "某村"}], "组.xlsx", "甲镇", "groups"),
        findings=[finding(ledger="groups")],
    )
    states = {key: one.state for key, one in found.items()}
    assert states["甲镇", "uncertified"] == "已报"
    assert states["乙镇", "uncertified"] == "零报告"
    assert states["甲镇", "groups"] == "有错误"
    assert states["乙镇", "groups"] == "未报"
    assert found["甲镇", "uncertified"].day == dt.date(2019, 10, 8)
    assert found["乙镇", "groups"].days_left == 5


def test_explained_findings_and_queries_are_no_errors():
    found = standings(table([person(1)]), findings=[finding(explained="已核实"), finding(severity="query"), finding(town="乙镇")])
    assert found["甲镇", "uncertified"].state == "已报"
    assert found["甲镇", "uncertified"].errors == 0


def test_an_unreadable_original_is_an_error_with_its_reason_not_a_missing_ledger():
    found = standings(problems={("groups", "甲镇"): "残疾人小组台账的原件打不开"})
    assert (found["甲镇", "groups"].state, found["甲镇", "groups"].note) == ("有错误", "残疾人小组台账的原件打不开")


def test_a_ledger_without_rows_or_nil_return_has_to_be_asked_about():
    found = standings(table([]))
    assert (found["甲镇", "uncertified"].state, found["甲镇", "uncertified"].note) == ("有错误", "表中没有数据行。")


def test_what_came_after_the_deadline_says_so_and_only_the_day_that_it_states_itself_counts():
    late = table([person(1)], submitted=dt.date(2020, 1, 17))
    beside = table([{"place": "某村"}], "组.xlsx", "甲镇", "groups")
    other = table([person(2)], "乙/人.xlsx", "乙镇")
    found = standings(late, beside, other)
    assert [found[key].late for key in (("甲镇", "uncertified"), ("甲镇", "groups"), ("乙镇", "uncertified"))] == [12, 0, 0]
    assert found["甲镇", "uncertified"].note == "填报日期2020-01-17，晚于截止日12天。"
    shown = {line.partition("\t")[0]: line.split("\t") for line in as_text(list(found.values())).splitlines() if "\t" in line}
    assert shown["甲镇"][3:5] == ["已报 1行 2020-01-17", "已报 1行 2020-01-17（同批）"]
    assert shown["乙镇"][3] == "已报 1行 2019-10-09（文件时间）"


def test_an_empty_form_is_shown_as_one():
    [line] = [one for one in as_text(list(standings(table([])).values())).splitlines() if one.startswith("甲镇\t")]
    assert "有错误（空表）" in line.split("\t")


def test_ledgers_may_lie_in_a_package_that_cannot_be_opened(tmp_path, capsys):
    (tmp_path / "报送/甲镇").mkdir(parents=True)
    (tmp_path / "报送/甲镇/资料.rar").write_bytes(b"Rar!\x1a\x07\x00" + b"x" * 40)
    (tmp_path / "报送/甲镇/照片.mp4").write_bytes(b"\x00\x00\x00\x18ftypmp42" + b"x" * 40)
    (tmp_path / "canju.toml").write_text('county = "某县"\ntowns = ["甲镇", "乙镇"]\n', "utf-8")
    assert call(["status", str(tmp_path / "报送"), "--format", "json"]) == 0
    standing = next(one for one in json.loads(capsys.readouterr().out)["status"] if one["town"] == "甲镇")
    assert (standing["state"], "资料.rar" in standing["note"], "照片" in standing["note"]) == ("有错误", True, False)
    call(["notify", str(tmp_path / "报送")])
    texts = capsys.readouterr().out.split("【乙镇】")
    assert "资料.rar打不开" in texts[0]
    assert "解压" in texts[0]
    assert "rar" not in texts[1]


def test_what_is_no_ledger_is_told_where_the_state_is_asked(tmp_path, capsys):
    (tmp_path / "库 存.csv").write_text("品名,数量,单价\n纸,3,5\n笔,4,6\n", "utf-8")
    assert call(["status", str(tmp_path / "库 存.csv")]) == 0
    said = capsys.readouterr().err
    assert "库 存.csv。看原因：canju validate '" in said
    assert "没有读到任何台账" in said


def test_supplementary_ledgers_are_asked_for_only_where_one_came():
    assert ("甲镇", "feedback") not in standings()
    found = standings(table([{"kind": "成功做法", "text": "办得好"}], "反馈.xlsx", "乙镇", "feedback"))
    assert found["甲镇", "feedback"].state == "未报"


def test_rows_of_a_countywide_table_count_under_each_rows_town():
    found = standings(table([person(1), person(2, town="乙镇"), person(3, town="乙镇")], town=None))
    assert [(key, one.rows) for key, one in found.items() if key[1] == "uncertified"] == [
        (("甲镇", "uncertified"), 1),
        (("乙镇", "uncertified"), 2),
    ]


def test_rows_sent_and_rows_taken_are_counted_apart():
    one = standings(table([person(1), person(1)]))["甲镇", "uncertified"]
    assert (one.rows, one.taken) == (2, 1)


def test_signed_papers_count_for_their_town_and_lock_files_do_not():
    findings = [
        finding("F105", None, None, "甲镇/盖章件.pdf"),
        finding("F105", "乙镇", None, "x.jpg"),
        finding("F105", None, None, "甲镇/~$表.docx"),
        finding("F105", None, None, "甲镇/压缩.rar"),
    ]
    papers = papers_of(findings, WORKSPACE)
    assert papers == {"甲镇": ["甲镇/盖章件.pdf"], "乙镇": ["x.jpg"]}
    assert standings(papers=papers)["甲镇", "groups"].paper


def test_a_standing_goes_to_json_without_a_persons_value():
    text = str(standings(table([person(1)]))["甲镇", "uncertified"].to_dict())
    assert person(1)["id_number"] not in text
    assert person(1)["name"] not in text


def test_the_table_for_the_screen_has_a_line_a_town_and_says_what_is_overdue():
    tables = [table([person(1)], submitted=dt.date(2019, 10, 8))]
    lines = as_text(status(merge(tables, [], WORKSPACE, AS_OF, known=known_of(Findings([finding()]), [], tables, WORKSPACE)))).splitlines()
    assert lines[0].split("\t")[:4] == ["镇（街道）", "组织人员配备台账", "专职委员台账", "未持证残疾人台账"]
    assert lines[1].split("\t")[3] == "有错误 1行 2019-10-08 错误1处"
    assert "乙镇 残疾人小组台账：未报，还有5天" in lines


def test_a_table_of_which_no_town_could_be_told_is_nobodys_and_not_the_countys():
    unnamed = table([{"place": "东寨"}], "散.xlsx", None, "groups", columns=("place",))
    found = standings(unnamed, findings=[Finding("F202", "x", "error", Address("散.xlsx", "Sheet1"), "", {}, "")])
    assert found["未注明单位", "groups"].rows == 1
    assert (found["未注明单位", "groups"].state, found["未注明单位", "groups"].errors) == ("有错误", 1)
    assert ("县残联", "groups") not in found


def test_a_paper_is_told_once_and_a_damaged_one_is_not_counted_as_received(tmp_path, capsys):
    for town in ("甲镇", "乙镇"):
        (tmp_path / "报送" / town).mkdir(parents=True)
    paper = docx.Document()
    paper.add_paragraph("以上情况属实。")
    paper.save(str(tmp_path / "报送/甲镇/报告.docx"))
    whole = (tmp_path / "报送/甲镇/报告.docx").read_bytes()
    with zipfile.ZipFile(io.BytesIO(whole)) as archive, zipfile.ZipFile(tmp_path / "报送/乙镇/报告.docx", "w") as broken:
        for name in archive.namelist():
            broken.writestr(name, archive.read(name)[:200] if name == "word/document.xml" else archive.read(name))
    (tmp_path / "canju.toml").write_text('county = "某县"\ntowns = ["甲镇", "乙镇"]\n', "utf-8")
    assert call(["-q", "validate", str(tmp_path / "报送"), "--format", "json"]) == 3
    told = [(one["file"], one["rule"]) for one in json.loads(capsys.readouterr().out)["findings"]]
    assert told == [("乙镇/报告.docx", "F101"), ("甲镇/报告.docx", "F105")]
    call(["-q", "status", str(tmp_path / "报送")])
    assert [line.split("\t")[-1] for line in capsys.readouterr().out.splitlines()[1:3]] == ["已收", "未收"]


def test_what_a_later_submission_replaced_is_not_counted_again():
    old, new = (table([person(1), person(2), person(3)][:rows], f"{rows}.xlsx", submitted=dt.date(2019, 10, 9 - rows)) for rows in (3, 2))
    found = standings(old, new)["甲镇", "uncertified"]
    assert (found.rows, found.taken) == (2, 2)
    assert (
        standings(old, table([person(3, reason="不愿办理")], "更正.xlsx", submitted=dt.date(2019, 10, 9)))["甲镇", "uncertified"].rows == 3
    )
    assert standings(table([person(1), person(1)]))["甲镇", "uncertified"].rows == 2, "a double was sent and counts as sent"


def test_lateness_and_every_ledger_that_is_asked_for_are_told_to_the_town_too(tmp_path, capsys):
    heads = "镇（街道）,村（社区）,姓名,性别,身份证号,出生年月,未办证原因"
    row = "甲镇,观音村,王一,男,522799199003074510,1990-03,外出务工"
    for town in ("甲镇", "乙镇"):
        (tmp_path / "报送" / town).mkdir(parents=True)
    (tmp_path / "报送/甲镇/表.csv").write_text(f"甲镇未持证残疾人台账\n填报单位：甲镇,,填报日期：2019年10月20日\n{heads}\n{row}\n", "utf-8")
    (tmp_path / "报送/乙镇/反馈.csv").write_text("工作情况反馈\n镇（街道）,内容类型,具体内容\n乙镇,成功做法,办得好\n", "utf-8")
    settings = 'county = "某县"\ntowns = ["甲镇", "乙镇"]\nas_of = 2019-12-31\n[deadlines]\ntowns = 2019-10-08\n'
    (tmp_path / "canju.toml").write_text(settings, "utf-8")
    call(["notify", str(tmp_path / "报送")])
    first, _, second = capsys.readouterr().out.partition("【乙镇】")
    assert "填报日期晚于截止日（2019-10-08）：未持证残疾人台账" in first
    assert "工作情况反馈" in first
    assert "晚于" not in second
    assert "工作情况反馈" not in second
    call(["check", str(tmp_path / "报送"), "--select", "P802", "--all"])
    said = [line for line in capsys.readouterr().out.splitlines() if "甲镇 未持证残疾人台账" in line]
    assert "1行，填报日期2019-10-20，晚于截止日12天" in said[0]
