"""Vocabularies, yes and no, posts, category and grade."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from canju.ledgers import ledgers
from canju.ledgers.base import Clue
from canju.ledgers.kinds import committee_posts, mode_in_post, split_category_grade
from canju.ledgers.kinds import vocabularies as words
from canju.ledgers.kinds.choices import ChoiceType, ManyType, YesNoType
from canju.ledgers.kinds.disability import CATEGORY, GRADE
from canju.ledgers.kinds.posts import CommitteePostType, PostType
from canju.model import ErrorValue, Raw, Uncalculated

YES_NO, POSTS, SEATS = YesNoType(), PostType(), CommitteePostType()
CHOICES = [kind for kind in (*vars(words).values(), CATEGORY, GRADE) if isinstance(kind, ChoiceType)]
MANY = [kind for kind in vars(words).values() if isinstance(kind, ManyType)]
CLUE = Clue()


# --- yes and no -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "raw",
    [
        "是",
        "√",
        "✓",
        "✔",
        "☑",
        "■",
        "有",
        "已",
        "对",
        "Y",
        "yes",
        "1",
        1,
        1.0,
        True,
        "ＹＥＳ",
        " 是 ",
        "已设立",
        "有挂牌",
        "是☑否□",
        "□否 ☑是",
    ],
)
def test_the_signs_of_yes(raw: Raw) -> None:
    assert YES_NO.read(raw).value is True


@pytest.mark.parametrize(
    "raw", ["否", "×", "✗", "☐", "□", "无", "未", "没有", "N", "no", "0", 0, False, "未设立", "没参加", "☑否 □是", "是□否√"]
)
def test_the_signs_of_no(raw: Raw) -> None:
    assert YES_NO.read(raw).value is False


@pytest.mark.parametrize(
    "raw", [None, "", " ", "/", "／", "-", "—", "——", "\\", "不详", "空", "#N/A", ErrorValue("#N/A"), float("nan"), "未知"]
)
def test_a_blank_is_unknown_and_never_no(raw: Raw) -> None:
    read = YES_NO.read(raw)
    assert (read.value, read.blank, read.faults) == (None, True, ())


@pytest.mark.parametrize("raw", ["正在建", "部分", 2, "是否", "有待建设", dt.datetime(2019, 1, 1), "是" * 20_000])
def test_what_is_neither_is_c102(raw: Raw) -> None:
    read = YES_NO.read(raw)
    assert [fault.rule for fault in read.faults] == ["C102"]
    assert read.value is None


def test_what_stands_in_brackets_goes_to_the_remarks() -> None:
    read = YES_NO.read("是（2019年成立）")
    assert (read.value, read.remark) == (True, "2019年成立")


# --- one word -------------------------------------------------------------------------------------


@pytest.mark.parametrize("kind", CHOICES, ids=lambda kind: kind.word)
def test_every_canonical_word_reads_as_itself(kind: ChoiceType) -> None:
    for word in kind.words:
        assert kind.read(word).value == word
        assert kind.read(kind.show(word)).value == word
        assert kind.likely(word)


@pytest.mark.parametrize("kind", CHOICES, ids=lambda kind: kind.word)
def test_no_spelling_means_two_words_or_an_unlisted_one(kind: ChoiceType) -> None:
    assert set(kind.known.values()) <= set(kind.words)
    assert not kind.blanks & set(kind.known)


@pytest.mark.parametrize("kind", [*CHOICES, *MANY], ids=lambda kind: kind.word)
@pytest.mark.parametrize("raw", ["天书奇谭", "㊙️", "x" * 32_000, "一二三四五" * 200, dt.datetime(2019, 1, 1), 3.7])
def test_a_strange_word_is_c102_and_no_value(kind: ChoiceType | ManyType, raw: Raw) -> None:
    read = kind.read(raw)
    if isinstance(kind, ManyType) and kind.free:
        assert [fault.rule for fault in read.faults] in ([], ["C114"], ["C102"])
        return
    assert [fault.rule for fault in read.faults] == ["C102"]
    assert read.value is None
    assert all(word in kind.words for word in read.faults[0].suggestions)


@pytest.mark.parametrize(
    ("kind", "raw", "word"),
    [
        (words.SEX, "男性", "男"),
        (words.SEX, 2, "女"),
        (words.SEX, "F", "女"),
        (words.SEX, "男（已故）", "男"),
        (words.ETHNICITY, "布依", "布依族"),
        (words.ETHNICITY, "汉", "汉族"),
        (words.ETHNICITY, "穿青", "穿青人"),
        (words.ETHNICITY, "09", "布依族"),
        (words.POLITICAL_STATUS, "党员", "中共党员"),
        (words.POLITICAL_STATUS, "团员", "共青团员"),
        (words.EDUCATION, "大学", "本科"),
        (words.EDUCATION, "专科", "大专"),
        (words.EDUCATION, "不识字", "文盲"),
        (words.MODE, "挂", "挂职"),
        (words.ORGANIZATION_LEVEL, "镇残联", "镇（街道）残联"),
        (words.ORGANIZATION_LEVEL, "村（居）残协", "村（社区）残协"),
        (words.ORGANIZATION_LEVEL, "县", "县残联"),
        (words.COMMISSIONER_LEVEL, "街道", "镇（街道）"),
        (words.COMMISSIONER_LEVEL, "社区", "村（社区）"),
        (words.COMMISSIONER_LEVEL, "专门协会", "县专门协会"),
        (words.FUNDING, "残保金", "县财政预算（残疾人就业保障金）"),
        (words.FUNDING, "冠山街道财政", "镇（街道）财政预算"),
        (words.ASSESSMENT, "不及格", "不合格"),
        (words.REASON, "在外务工", "外出务工"),
        (words.PLACE_KIND, "小区", "居民小区"),
        (words.PROGRESS, "办理中", "已申请"),
        (words.CERTIFICATE_STATUS, "已注销", "注销"),
        (words.FEEDBACK_KIND, "存在问题", "困难问题"),
    ],
)
def test_synonyms_fold_without_a_word(kind: ChoiceType, raw: Raw, word: str) -> None:
    read = kind.read(raw)
    assert (read.value, read.faults) == (word, ())


@pytest.mark.parametrize(
    ("kind", "raw", "suggestion"),
    [
        (words.ETHNICITY, "布衣族", "布依族"),
        (words.ETHNICITY, "仡老族", "仡佬族"),
        (words.SATISFACTION, "基本满意吧", "基本满意"),
        (words.ASSESSMENT, "基本合格的", "基本合格"),
        (CATEGORY, "3肢体", "肢体"),
    ],
)
def test_a_slip_is_told_with_the_word_it_is_nearest_to(kind: ChoiceType, raw: str, suggestion: str) -> None:
    assert kind.read(raw).faults[0].suggestions == (suggestion,)


@pytest.mark.parametrize("raw", ["一般般", "一般", "98%"])
def test_vague_satisfaction_is_c102(raw: str) -> None:
    assert [fault.rule for fault in words.SATISFACTION.read(raw).faults] == ["C102"]


# --- category and grade ---------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("raw", "word"),
    [
        (4, "肢体"),
        ("4", "肢体"),
        ("4肢体", "肢体"),
        ("4.肢体", "肢体"),
        ("肢体残疾", "肢体"),
        ("肢残", "肢体"),
        ("视残", "视力"),
        ("听障", "听力"),
        ("聋", "听力"),
        ("语言", "言语"),
        ("弱智", "智力"),
        ("综合", "多重"),
        ("视力、听力", "多重"),
        ("视力/肢体", "多重"),
        ("听力言语", "多重"),
        ("1、4", "多重"),
        ("肢体、肢体", "肢体"),
        ("肢体二级", "肢体"),
        ("疑似精神残疾", "精神"),
        ("肢体（偏瘫）", "肢体"),
    ],
)
def test_a_category_by_word_code_and_several(raw: Raw, word: str) -> None:
    assert CATEGORY.read(raw).value == word


@pytest.mark.parametrize("raw", ["残废", "8", "9", 0, "3肢体", "工伤", "肢体和其他"])
def test_what_is_no_category_is_c102(raw: Raw) -> None:
    assert [fault.rule for fault in CATEGORY.read(raw).faults] == ["C102"]


@pytest.mark.parametrize(
    "raw", ["二级", "2", 2, 2.0, "2级", "Ⅱ", "Ⅱ级", "II", "贰级", "二", "残疾二级", "二级残疾", "疑似二级", "肢体二级", "２级"]
)
def test_every_spelling_of_a_grade(raw: Raw) -> None:
    assert GRADE.read(raw).value == "二级"


@pytest.mark.parametrize("raw", ["五级", "5", 5, "5级", "十级", "Ⅴ级", "七级伤残", "工伤五级"])
def test_a_grade_above_four_is_told_to_be_another_scale(raw: Raw) -> None:
    fault = GRADE.read(raw).faults[0]
    assert fault.rule == "C102"
    assert "工伤" in fault.values["why"]
    assert fault.suggestions == ()


@pytest.mark.parametrize(
    ("raw", "both"),
    [
        ("肢体二级", ("肢体", "二级")),
        ("肢体残疾二级", ("肢体", "二级")),
        ("肢体（二级）", ("肢体", "二级")),
        ("肢体/2", ("肢体", "二级")),
        ("4-2", ("肢体", "二级")),
        ("4/2", ("肢体", "二级")),
        ("42", ("肢体", "二级")),
        (42, ("肢体", "二级")),
        ("二级肢体", ("肢体", "二级")),
        ("肢体Ⅱ级", ("肢体", "二级")),
        ("视力一级、肢体三级", ("多重", "一级")),
        ("肢体", ("肢体", None)),
        ("二级", (None, "二级")),
        ("肢体五级", None),
        ("", None),
        (None, None),
        ("不清楚", None),
        (True, None),
        (ErrorValue("#REF!"), None),
    ],
)
def test_one_cell_may_hold_category_and_grade(raw: Raw, both: tuple[str | None, str | None] | None) -> None:
    assert split_category_grade(raw) == both


# --- several words --------------------------------------------------------------------------------


@pytest.mark.parametrize("kind", MANY, ids=lambda kind: kind.word)
def test_several_words_read_back_from_what_is_shown(kind: ManyType) -> None:
    several = tuple(word for word in kind.words if word != "无")
    assert kind.read("、".join(several)).value == several
    assert kind.read(kind.show(several)).value == several


@pytest.mark.parametrize(
    "raw",
    [
        "康复、辅具",
        "康复，辅具",
        "康复/辅具",
        "康复 辅具",
        "康复\n辅具",
        "康复；辅具",
        "康复和辅具",
        "康复辅具",
        "1.康复 2.辅具",
        "康复服务、辅具适配、康复",
    ],
)
def test_every_way_of_listing_two_needs(raw: str) -> None:
    assert words.NEEDS.read(raw).value == ("康复", "辅具")


def test_none_is_a_value_where_many_may_stand_and_no_blank() -> None:
    assert words.NEEDS.read("无").value == ()
    assert not words.NEEDS.read("无").blank
    assert words.NEEDS.read(words.NEEDS.show(())).value == ()
    assert words.HARDSHIP.read("无").value == ("无",)
    assert words.HARDSHIP.read("无、贫困").value == ("贫困",)
    assert words.NEEDS.read("/").blank
    assert words.CONSTITUENCY.read("无").blank


def test_one_strange_word_among_several_is_told_by_itself() -> None:
    fault = words.NEEDS.read("康复、发钱").faults[0]
    assert (fault.rule, fault.values["value"]) == ("C102", "发钱")


def test_other_facilities_stand_as_written() -> None:
    assert words.FACILITY.read("温馨家园、和谐家园").value == ("温馨家园", "和谐家园")


@pytest.mark.parametrize("raw", ["齐全", "六项", "是", "√", "六项制度齐全"])
def test_all_six_rule_sets_in_a_word(raw: str) -> None:
    assert words.RULE_SETS.read(raw).value == words.RULE_SETS.words


# --- posts ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("raw", "posts"),
    [
        ("理事长", ("理事长",)),
        ("党组书记、理事长", ("党组书记", "理事长")),
        ("党组成员，副理事长", ("党组成员", "副理事长")),
        ("主席兼专职委员", ("主席", "专职委员")),
        ("主席/专职委员", ("主席", "专职委员")),
        ("兼职委员", ("兼职委员",)),
        ("专委", ("专职委员",)),
        ("村残协主席", ("主席",)),
        ("镇残联理事长", ("理事长",)),
        ("副理事长（兼）", ("副理事长",)),
        ("挂职副理事长", ("副理事长",)),
        ("主席\n委员", ("主席", "委员")),
        ("主 席", ("主席",)),
        ("会务组负责人", ("会务组负责人",)),
    ],
)
def test_a_cell_of_posts(raw: str, posts: tuple[str, ...]) -> None:
    read = POSTS.read(raw)
    assert (read.value, read.faults) == (posts, ())
    assert POSTS.read(POSTS.show(posts)).value == posts


def test_a_number_is_no_post() -> None:
    assert [fault.rule for fault in POSTS.read(3).faults] == ["C102"]


@pytest.mark.parametrize(
    ("text", "mode"),
    [("挂职副理事长", "挂职"), ("副理事长（兼）", "兼职"), ("理事长（专职）", "专职"), ("专职委员", None), ("理事长", None), ("", None)],
)
def test_a_directors_post_may_tell_its_mode(text: str, mode: str | None) -> None:
    assert mode_in_post(text) == mode


@pytest.mark.parametrize(
    ("text", "posts"),
    [
        ("村委会主任", ("主任",)),
        ("居委会主任", ("主任",)),
        ("党支部书记、村委会主任", ("书记", "主任")),
        ("书记主任一肩挑", ("主任", "书记")),
        ("支部书记兼主任", ("书记", "主任")),
        ("党支部委员", ("委员",)),
        ("村委会副主任", ("副主任",)),
        ("党总支副书记", ("副书记",)),
        ("支委、会计", ("委员",)),
        ("村两委成员", ("成员",)),
        ("是", ("成员",)),
        ("√", ("成员",)),
        ("村务监督委员会主任", ()),
        ("监委会主任", ()),
        ("会计", ()),
        ("三组组长", ()),
        ("驻村干部", ()),
        ("驻村第一书记", ()),
        ("第一书记", ()),
        ("妇女主任", ()),
        ("村主任助理", ()),
        ("原村主任", ()),
        ("残协专职委员", ()),
        ("否", ()),
        ("×", ()),
        ("无", ()),
        ("", None),
        (None, None),
    ],
)
def test_the_posts_on_the_two_committees(text: str | None, posts: tuple[str, ...] | None) -> None:
    found = committee_posts(text)
    assert (None if found is None else set(found)) == (None if posts is None else set(posts))


def test_no_is_an_answer_where_the_committee_post_is_asked_for() -> None:
    assert SEATS.read("无").value == "无"
    assert SEATS.read("否").value == "否"
    assert SEATS.read("/").blank


# --- whatever stands in a cell --------------------------------------------------------------------

EVERY_KIND = list({id(column.type): column.type for ledger in ledgers().values() for column in ledger.columns.values()}.values())
cells = st.one_of(
    st.none(),
    st.text(max_size=30),
    st.text("一二三是否有无√×、，/兼（）()职主任书记委员级肢体0123456789.-xX元万年月日 \n\u200b", max_size=16),
    st.floats(),
    st.integers(),
    st.booleans(),
    st.datetimes(),
    st.dates(),
    st.times(),
    st.timedeltas(),
    st.just(ErrorValue("#REF!")),
    st.just(Uncalculated("A1*B1")),
)


@settings(derandomize=True, deadline=None)
@given(cells)
def test_no_cell_makes_any_kind_fail_and_every_read_is_a_value_a_blank_or_a_fault(raw: Raw) -> None:
    for kind in EVERY_KIND:
        read = kind.read(raw, CLUE)
        assert read.blank == (read.value is None and not read.faults), (kind, raw)
        assert isinstance(kind.likely(raw), bool)


likely_cells = st.one_of(
    st.text("一二三是否有无√×、，/兼（）()职主任书记委员级肢体0123456789.-xX元万年月日·; \n", max_size=16),
    st.floats(0, 1e9),
    st.integers(0, 10**9),
    st.dates(dt.date(1913, 10, 1), dt.date(2100, 1, 1)),
)


@settings(derandomize=True, deadline=None)
@given(st.one_of(cells, likely_cells))
def test_what_is_told_plainly_is_what_read_says(raw: Raw) -> None:
    for kind in EVERY_KIND:
        plain = kind.plainly(raw, CLUE)
        if plain is not None:
            read = kind.read(raw, CLUE)
            assert (read.value, read.faults, read.blank, read.remark) == (plain, (), False, ""), (kind, raw)
            assert type(read.value) is type(plain)


@settings(derandomize=True, deadline=None)
@given(likely_cells)
def test_what_is_shown_reads_back_to_the_same_without_a_fault(raw: Raw) -> None:
    for kind in EVERY_KIND:
        value = kind.read(raw, CLUE).value
        if value is None or (isinstance(value, str) and kind.read(value, CLUE).value is None):
            continue  # a free text may itself be a mark
        again = kind.read(kind.show(value), CLUE)
        assert again.value == value, (kind, raw)


@pytest.mark.parametrize("kind", EVERY_KIND, ids=lambda kind: f"{type(kind).__name__} {kind.word}")
@pytest.mark.parametrize(
    "raw", ["9" * 32_000, "无" * 32_000, "（" * 5_000, "1" * 400, 10**4000, -(10**400), float("-inf"), "=1+1", "<b>x</b>", "\ud800", "\x00"]
)
def test_monstrous_cells_are_read_quickly_and_quietly(kind: ChoiceType, raw: Raw) -> None:
    read = kind.read(raw, CLUE)
    assert read.blank == (read.value is None and not read.faults)
    kind.likely(raw)
    if read.value is not None:
        kind.show(read.value)


@pytest.mark.parametrize("kind", EVERY_KIND, ids=lambda kind: f"{type(kind).__name__} {kind.word}")
def test_what_every_kind_does_alike(kind: ChoiceType) -> None:
    assert kind.read(ErrorValue("#REF!"), CLUE).faults[0].rule == "C108"
    assert kind.read("#VALUE!", CLUE).faults[0].rule == "C108"
    assert kind.read(ErrorValue("#N/A"), CLUE).blank
    assert kind.read(Uncalculated("A1"), CLUE).faults[0].rule == "C109"
    for ditto in ("同上", "〃", "″", "”", " 同 上 "):
        assert [fault.rule for fault in kind.read(ditto, CLUE).faults] == ["C113"]
        assert kind.read(ditto, CLUE).value is None
    for blank in (None, "", "  ", "/", "／", "-", "—", "\\", "不详", "\u3000", "\xa0"):
        assert kind.read(blank, CLUE).blank
    assert kind.word
