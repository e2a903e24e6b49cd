"""What is told of the files of a round: read, unread, or no ledger at all; and where a missing ledger may lie."""

from __future__ import annotations

from dataclasses import dataclass

from canju.merging.origins import origins_of, problems_of
from canju.model import Address, Finding
from canju.workspace import Workspace, town_of
from merge_cases import person, table


@dataclass
class Source:
    file: str
    status: str = "unread"
    sha256: str = "h"
    format: str = "xlsx"
    modified: None = None


def finding(rule, file):
    return Finding(rule, "x", "error", Address(file), "{why}", {"why": f"{rule}的原因。"}, "")


def test_a_file_that_could_not_be_read_is_told_from_one_that_need_not_be():
    sources = [Source("坏.xlsx"), Source("说明.docx"), Source("好.xlsx", "read")]
    origins = origins_of(sources, [finding("F101", "坏.xlsx"), finding("F105", "说明.docx"), finding("C101", "好.xlsx")])
    assert [(one.file, one.status, one.why) for one in origins] == [
        ("坏.xlsx", "unread", "F101的原因。"),
        ("说明.docx", "skipped", "F105的原因。"),
        ("好.xlsx", "read", ""),
    ]


def test_a_missing_ledger_names_the_unreadable_files_of_its_town():
    workspace = Workspace(towns=["甲镇", "乙镇"])
    origins = origins_of(
        [Source("甲镇/坏.xlsx"), Source("乙镇/说明.docx")], [finding("F101", "甲镇/坏.xlsx"), finding("F105", "乙镇/说明.docx")]
    )
    problems = problems_of(origins, [table([person(1)])], workspace)
    assert set(problems) == {("staffing", "甲镇"), ("commissioners", "甲镇"), ("groups", "甲镇")}
    assert problems["groups", "甲镇"] == "未收到残疾人小组台账（坏.xlsx打不开，可能在其中）"


def test_a_path_that_names_two_towns_counts_for_the_longer_name():
    assert town_of("龙山镇/表.xlsx", ["山镇", "龙山镇"]) == "龙山镇"
    assert town_of("表.xlsx", ["龙山镇"]) is None
