"""Headings of other counties: the same thing said in other words, and what only resembles it."""

from __future__ import annotations

import pytest

from canju.ledgers import ledgers
from canju.reading.headings import Head, folded, lexicon

WORDS = lexicon({})


def field_of(ledger: str, heading: str, *parents: str) -> str | None:
    found = WORDS.matches(Head(heading, parents), ledgers()[ledger])
    return found[0].field if found and found[0].score >= 0.7 else None


@pytest.mark.parametrize(
    ("ledger", "heading", "field"),
    [
        ("commissioners", "乡（镇、街道）名称", "town"),
        ("commissioners", "街道办事处", "town"),
        ("commissioners", "苏木（镇）", "town"),
        ("uncertified", "社区/村", "village"),
        ("uncertified", "村（居）民委员会", "village"),
        ("uncertified", "嘎查（村）", "village"),
        ("uncertified", "村（居）民小组", "place"),
        ("uncertified", "致残主要原因", "cause"),
        ("uncertified", "一人一案是否建立", "plan_made"),
        ("uncertified", "“一人一案”建立情况", "plan_made"),
        ("uncertified", "政策宣传是否到位", "informed"),
        ("uncertified", "排查人姓名", "surveyor"),
        ("uncertified", "名字", "name"),
        ("commissioners", "文化水平", "education"),
        ("commissioners", "每月补贴金额（元）", "monthly_pay"),
        ("commissioners", "补贴标准（元/月）", "monthly_pay"),
        ("commissioners", "补贴金额（元）", "paid_total"),
        ("commissioners", "是否参加线上培训", "trained"),
        ("commissioners", "考核评定等次", "assessment"),
        ("commissioners", "银行帐号", "account"),
        ("staffing", "村（居）“两委”职务", "committee_post"),
        ("staffing", "是否与原工作单位脱钩", "detached"),
        ("groups", "组长联系方式", "liaison_phone"),
        ("groups", "小组是否设立", "established"),
        ("groups", "地点性质", "place_kind"),
        ("groups", "疑似残疾人数", "uncertified"),
        ("organizations", "六项制度建立情况", "rules"),
        ("certified", "签发日期", "issued"),
    ],
)
def test_other_words_for_the_same_thing_are_known(ledger: str, heading: str, field: str) -> None:
    assert field_of(ledger, heading) == field


@pytest.mark.parametrize(
    ("ledger", "heading"),
    [
        ("uncertified", "户主姓名"),
        ("uncertified", "持卡人姓名"),
        ("uncertified", "健康状况"),
        ("uncertified", "镇村"),
        ("commissioners", "上年度考核结果"),
        ("commissioners", "护理补贴标准"),
        ("commissioners", "医保卡号"),
        ("commissioners", "户口本编号"),
        ("commissioners", "终止聘用时间情况说明书"),
        ("certified", "身份证有效期"),
        ("staffing", "是否党员"),
    ],
)
def test_what_only_resembles_a_heading_is_left_alone(ledger: str, heading: str) -> None:
    assert field_of(ledger, heading) is None


def test_a_heading_under_its_holder_is_the_holders() -> None:
    assert field_of("uncertified", "联系方式", "监护人") == "guardian_phone"


def test_quotation_marks_are_no_part_of_a_heading() -> None:
    assert folded("是否建立“一人一案”") == folded("是否建立一人一案")


def test_a_known_heading_means_one_field_of_its_ledger_only() -> None:
    """An official heading is never drawn to another field by the words it shares with it."""
    for key, ledger in ledgers().items():
        for name, column in ledger.columns.items():
            assert field_of(key, column.title) == name
