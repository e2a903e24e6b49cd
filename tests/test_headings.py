"""Headings mean fields by a ladder: exactly, by what they contain, one typing error away, by values; never by a silent guess."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from canju.ledgers import ledgers
from canju.reading.headings import Head, folded, lexicon, one_slip, sounds_alike
from grids import ID, TOWNS, codes, letters_of, read, sheet, table

WORDS = lexicon({})
UNCERTIFIED, COMMISSIONERS = ledgers()["uncertified"], ledgers()["commissioners"]


def field_of(heading: str, *parents: str, ledger: str = "uncertified") -> str | None:
    found = WORDS.matches(Head(heading, parents), ledgers()[ledger])
    return found[0].field if found else None


@pytest.mark.parametrize(
    ("heading", "field"),
    [
        ("姓名", "name"),
        (" 姓  名 ", "name"),
        ("*姓名", "name"),
        ("姓\n名", "name"),
        ("姓名：", "name"),
        ("姓名（必填）", "name"),
        ("1.姓名", "name"),
        ("身份证号（18位）", "id_number"),
        ("年龄（周岁）", "age"),
        ("镇(街道)", "town"),
        ("镇（街道） ", "town"),
        ("村/社区", "village"),
        ("未办证原因（请选择填写）", "reason"),
        ("Ｎｏ．", "serial"),
    ],
)
def test_decoration_does_not_change_a_heading(heading: str, field: str) -> None:
    assert field_of(heading) == field


@pytest.mark.parametrize(
    ("heading", "field"),
    [
        ("残疾人本人姓名", "name"),
        ("本人身份证号码", "id_number"),
        ("现家庭住址", "address"),
        ("目前未办证原因", "reason"),
        ("联系电话1", "phone"),
        ("备注说明", "remarks"),
    ],
)
def test_a_longer_heading_means_what_it_ends_with(heading: str, field: str) -> None:
    assert field_of(heading) == field


@pytest.mark.parametrize(
    "heading",
    ["婚姻状况", "户口性质", "是否低保户", "家庭人口数", "监护人身份证号", "户主姓名", "监护人关系", "非残疾人", "曾用姓名", "A", "???"],
)
def test_what_no_ledger_knows_means_nothing(heading: str) -> None:
    assert field_of(heading) is None


@pytest.mark.parametrize(
    ("heading", "field"),
    [
        ("残疾登记", "grade"),
        ("姓别", "sex"),
        ("性名", "name"),
        ("身份正号", "id_number"),
        ("未办证原困", "reason"),
        ("联系电活", "phone"),
        ("家廷住址", "address"),
    ],
)
def test_one_typing_error_is_forgiven(heading: str, field: str) -> None:
    assert field_of(heading) == field


def test_two_errors_are_not() -> None:
    assert field_of("未瓣正原困") is None


def test_another_ledgers_heading_is_no_typing_error() -> None:
    assert field_of("所在镇（街道）", ledger="delegates") is None
    assert field_of("聘用时间", ledger="staffing") is None or WORDS.matches(Head("聘用时间"), ledgers()["staffing"])[0].score < 0.9


@pytest.mark.parametrize(
    ("parent", "leaf", "field"),
    [
        ("残疾情况", "类别", "category"),
        ("疑似残疾情况", "等级", "grade"),
        ("监护人", "姓名", "guardian"),
        ("监护人", "电话", "guardian_phone"),
        ("监护人信息", "联系电话", "guardian_phone"),
        ("基本信息", "姓名", "name"),
        ("排查情况", "排查时间", "surveyed"),
        ("户主", "姓名", None),
        ("监护人", "身份证号", None),
        ("残疾情况", "证号", "certificate"),
    ],
)
def test_two_levels_are_read_as_one(parent: str, leaf: str, field: str | None) -> None:
    assert field_of(leaf, parent) == field


def test_a_group_leader_is_the_liaison_by_any_name() -> None:
    assert field_of("姓名", "组长", ledger="groups") == "liaison"
    assert field_of("电话", "召集人", ledger="groups") == "liaison_phone"


@pytest.mark.parametrize("heading", ["残疾类别/等级", "残疾类别及等级", "疑似残疾类别/等级", "残疾类别、级别", "类别/等级"])
def test_one_column_may_give_category_and_grade(heading: str) -> None:
    (match,) = WORDS.matches(Head(heading), UNCERTIFIED)
    assert (match.field, match.also) == ("category", "grade")


def test_a_bare_heading_is_settled_by_its_values() -> None:
    rows = "\n".join(
        f"{i}|大坪村|张一|男|{ID.format(i)}|2018.3|合格|{category}|二级|200"
        for i, category in enumerate(("肢体", "听力", "视力", "智力"), 1)
    )
    found = table("专职委员台账\n序号|村|姓名|性别|证件号|聘用时间|考核结果|类别|等级|月工资\n" + rows)
    assert letters_of(found)["category"] == "H"
    assert "kind" not in found.places
    assert letters_of(found)["id_number"] == "E"
    rows = rows.replace("肢体", "专职").replace("听力", "专职").replace("视力", "兼职").replace("智力", "专职")
    found = table("专职委员台账\n序号|村|姓名|性别|证件号|聘用时间|考核结果|类别|等级|月工资\n" + rows)
    assert letters_of(found)["kind"] == "H"


def test_a_bare_number_column_is_certificate_or_id_by_its_length() -> None:
    head = "未持证残疾人台账\n序号|村|姓名|性别|身份证号|证号|未办证原因\n"
    rows = "\n".join(f"{i}|大坪村|张一|男|{ID.format(i)}|{ID.format(i)}42|资料不全" for i in range(1, 5))
    assert letters_of(table(head + rows))["certificate"] == "F"


def test_a_heading_that_may_mean_two_things_is_said() -> None:
    found = read(sheet("白云镇未持证残疾人台账\n序号|村|姓名|性别|证号|未办证原因\n1|大坪村|张一|男||资料不全"))
    fault = next(one for one in found.faults if one.rule == "F204")
    assert fault.column == "E"
    assert "身份证号" in fault.values["why"]
    assert "残疾人证号" in fault.values["why"]


def test_two_columns_for_one_field_are_said_and_the_official_one_wins() -> None:
    found = read(
        sheet(
            "白云镇未持证残疾人台账\n序号|村|姓名|性别|身份证号|未办证原因|手机号|联系电话\n1|大坪村|张一|男|"
            + ID.format(1)
            + "|资料不全|13900000001|13900000002"
        )
    )
    (fault,) = [one for one in found.faults if one.rule == "F205"]
    assert (fault.column, fault.field) == ("G", "phone")
    assert found.tables[0].values["phone"] != [None]
    assert found.tables[0].places["phone"].letter == "H"
    assert [place.letter for place in found.tables[0].unknown] == ["G"]


def test_the_countys_own_headings_are_known_too() -> None:
    text = (
        "白云镇专职委员台账\n序号|村|姓名|性别|身份证号|进站时间|考核结果|绩效评估|月工资|发放月数\n1|大坪村|张一|男|"
        + ID.format(1)
        + "|2018-03|合格|90|200|12"
    )
    assert "F203" in codes(read(sheet(text)))
    setting = TOWNS._replace(headings={"commissioners": {"hired": ["进站时间"]}})
    assert letters_of(table(text, setting=setting))["hired"] == "F"


@given(st.text(max_size=30))
@settings(max_examples=200, deadline=None)
def test_folding_twice_changes_nothing_and_any_text_is_asked_without_harm(text: str) -> None:
    once = folded(text)
    assert not any(character.isspace() for character in once)
    for ledger in ledgers().values():
        WORDS.matches(Head(text), ledger)


@given(
    st.sampled_from(
        [
            heading
            for ledger in ledgers().values()
            for column in ledger.columns.values()
            for heading in column.headings
            if len(folded(heading)) > 2
        ]
    ),
    st.data(),
)
@settings(max_examples=100, deadline=None)
def test_every_single_slip_is_one_slip(heading: str, data: st.DataObject) -> None:
    word = folded(heading)
    at = data.draw(st.integers(0, len(word) - 1))
    for slip in (word[:at] + "龘" + word[at + 1 :], word[:at] + "龘" + word[at:], word[:at] + word[at + 1 :]):
        if len(slip) >= 3 and slip != word:
            assert one_slip(word, slip)
            assert one_slip(slip, word)
    assert not one_slip(word, word)


def test_sounding_alike_needs_the_same_length_and_sound() -> None:
    assert sounds_alike("残疾登记", "残疾等级")
    assert not sounds_alike("残疾登记", "残疾类别")
    assert not sounds_alike("残疾", "残疾人")
    assert not sounds_alike("姓名", "姓名")


@pytest.mark.parametrize(
    ("heading", "ledger", "field"),
    [
        ("聘用日期", "commissioners", "hired"), ("考核等级", "commissioners", "assessment"), ("监护人手机号", "uncertified", "guardian_phone"), ("联络员联系方式", "groups", "liaison_phone"), ("家庭地址", "uncertified", "address"),
        ("残疾人证编号", "staffing", "certificate"), ("是否有服务窗口", "organizations", "window"), ("困难类型情况", "uncertified", "hardship"), ("成立日期", "groups", "established_on"), ("是否办证", "uncertified", None), ("联系人电话", "certified", None),
    ],
)  # fmt: skip
def test_exchangeable_words_mean_the_same(heading: str, ledger: str, field: str | None) -> None:
    assert field_of(heading, ledger=ledger) == field


def test_no_two_fields_of_a_ledger_share_a_heading() -> None:
    for key, known in WORDS.aliases.items():
        everything = [word for words in known.values() for word in words]
        shared = {word for word in everything if sum(word in words for words in known.values()) > 1}
        assert not shared, key


def test_an_uncertain_heading_is_dropped_where_the_values_are_of_another_kind() -> None:
    rows = "\n".join(f"{i}|大坪村|张一|男|{ID.format(i)}|资料不全|第{i}批" for i in range(1, 6))
    found = table(f"未持证\n序号|村|姓名|性别|身份证号|未办证原因|残疾登级\n{rows}")
    assert "grade" not in found.places
    rows = rows.replace("第", "").replace("批", "级")
    assert letters_of(table(f"未持证\n序号|村|姓名|性别|身份证号|未办证原因|残疾登级\n{rows}"))["grade"] == "G"
