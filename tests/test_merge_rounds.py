"""Which submission stands: files of one round are joined, later ones replace or correct, doubles are set aside."""

from __future__ import annotations

import datetime as dt

from hypothesis import given, settings
from hypothesis import strategies as st

from canju.ledgers import ledgers
from canju.merging.rounds import current
from merge_cases import merged, person, table

OCTOBER, DECEMBER = dt.date(2019, 10, 8), dt.date(2019, 12, 5)
UNCERTIFIED = ledgers()["uncertified"]


def names(book, ledger="uncertified"):
    return [row.record.value("id_number") for row in book.taken(ledgers()[ledger])]


def people(*numbers, **fields):
    return [person(number, **fields) for number in numbers]


def ids(*numbers):
    return [person(number)["id_number"] for number in numbers]


def test_files_of_one_round_are_joined():
    book = merged(table(people(1, 2), "一.xlsx", submitted=OCTOBER), table(people(3, 4), "二.xlsx", submitted=OCTOBER))
    assert names(book) == ids(1, 2, 3, 4)
    assert not book.left_out


def test_a_later_batch_of_other_people_is_joined_too():
    book = merged(table(people(1, 2), "一.xlsx", submitted=OCTOBER), table(people(3), "补报.xlsx", submitted=DECEMBER))
    assert sorted(names(book)) == sorted(ids(1, 2, 3))


def test_a_later_submission_with_most_of_the_same_persons_takes_the_place_of_the_earlier_one():
    old, new = table(people(1, 2, 3), "十月.xlsx", submitted=OCTOBER), table(people(1, 2, 4), "十二月.xlsx", submitted=DECEMBER)
    book = merged(old, new)
    assert names(book) == ids(1, 2, 4)
    reasons = {row.record.value("id_number"): left for row, left in book.left_out}
    assert sorted(reasons) == sorted(ids(1, 2, 3))
    assert "已没有这一行" in reasons[ids(3)[0]].why
    notes = {one.table.file: one.note for one in book.submissions}
    assert "2019-12-05报送的十二月.xlsx取代" in notes["十月.xlsx"]
    assert "取代了十月.xlsx" in notes["十二月.xlsx"]


def test_the_day_on_the_form_counts_before_the_time_of_the_file():
    late, early = dt.datetime(2020, 1, 1, 8), dt.datetime(2019, 1, 1, 8)
    old, new = table(people(1, 2), "旧.xlsx", submitted=OCTOBER), table(people(1, 2), "新.xlsx", submitted=DECEMBER)
    book = merged(old, new, modified={"旧.xlsx": late, "新.xlsx": early})
    assert {row.submission.table.file for row in book.taken(UNCERTIFIED)} == {"新.xlsx"}


def test_without_a_day_the_time_of_the_file_decides():
    old, new = table(people(1, 2), "乙.xlsx"), table(people(1, 2), "甲.xlsx")
    book = merged(old, new, modified={"乙.xlsx": dt.datetime(2019, 10, 8, 9), "甲.xlsx": dt.datetime(2019, 10, 9, 9)})
    assert {row.submission.table.file for row in book.taken(UNCERTIFIED)} == {"甲.xlsx"}


def test_a_table_without_a_day_goes_by_the_day_of_what_came_with_it():
    others = [
        table([{"place": place}], file, ledger="groups", submitted=day, columns=("place",))
        for place, file, day in (("东寨", "十月/小组.xlsx", OCTOBER), ("西寨", "十二月/小组.xlsx", DECEMBER))
    ]
    book = merged(*others, table(people(1, 2), "十月/名单.csv"), table(people(1, 3, 2), "十二月/名单.csv"))
    assert names(book) == ids(1, 3, 2)
    assert {one.table.file: (one.day, one.by) for one in book.submissions}["十月/名单.csv"] == (OCTOBER, "同批填报日期")


def test_an_undated_supplement_that_came_days_later_corrects_what_it_repeats():
    old = table(people(1, 2, 3, 4), "甲镇/全表.xlsx", submitted=OCTOBER)
    new = table([person(2, reason="不愿办理")], "甲镇/补报.xlsx")
    book = merged(old, new, modified={"甲镇/全表.xlsx": dt.datetime(2019, 10, 8), "甲镇/补报.xlsx": dt.datetime(2019, 10, 20)})
    assert [row.record.shown("reason") for row in book.taken(UNCERTIFIED) if row.record.value("id_number") == ids(2)[0]] == ["不愿办理"]


def test_where_nothing_tells_the_order_both_stay_joined_and_the_clerk_is_asked():
    book = merged(table(people(1, 2), "甲.xlsx"), table(people(1, 2), "乙.xlsx"))
    assert len(names(book)) == 2
    assert [sentence for sentence in book.said if "先后无法判断" in sentence] == [
        "乙.xlsx与甲.xlsx多数人员相同，先后无法判断：请在表上填写填报日期，或只留一份。"
    ]


def test_a_correction_of_some_rows_stands_for_those_persons_only():
    old = table(people(1, 2, 3, 4, 5), "全表.xlsx", submitted=OCTOBER)
    new = table([person(2, reason="不愿办理")], "更正.xlsx", submitted=DECEMBER)
    book = merged(old, new)
    assert sorted(names(book)) == sorted(ids(1, 2, 3, 4, 5))
    taken = {row.record.value("id_number"): row.record.shown("reason") for row in book.taken(UNCERTIFIED)}
    assert taken[ids(2)[0]] == "不愿办理"
    assert [(one.kind, one.field, one.texts, one.taken) for one in book.conflicts] == [
        ("后报更正先报", "reason", ("外出务工", "不愿办理"), "采用 B")
    ]


def test_a_correction_that_brings_a_missing_id_finds_its_person_by_name_and_village():
    old = table([person(1, id_number=None), *people(2, 3, 4)], "全表.xlsx", submitted=OCTOBER)
    book = merged(old, table(people(1), "更正.xlsx", submitted=DECEMBER))
    assert sorted(names(book)) == sorted(ids(1, 2, 3, 4))


def test_people_of_one_name_with_two_ids_are_not_taken_for_one():
    old = table(people(1, 2, 3), "全表.xlsx", submitted=OCTOBER)
    book = merged(old, table([person(9, name=person(1)["name"])], "补.xlsx", submitted=DECEMBER))
    assert len(names(book)) == 4


def test_two_posts_of_one_person_in_two_files_are_two_rows():
    columns = ("organization", "name", "id_number", "post")
    first = {"organization": "甲镇残联", "name": "张三", "id_number": ids(1)[0], "post": "理事长"}
    tables = [
        table([first], "镇.xlsx", ledger="staffing", submitted=OCTOBER, columns=columns),
        table(
            [{**first, "post": "专职委员"}, {**first, "post": "联络员"}], "村.xlsx", ledger="staffing", submitted=DECEMBER, columns=columns
        ),
    ]
    assert len(names(merged(*tables), "staffing")) == 3


def test_places_recur_like_persons():
    columns = ("town", "village", "place", "place_kind", "persons", "established")
    rows = [
        {"town": "甲镇", "village": "某村", "place": place, "place_kind": "自然村", "persons": 6, "established": "否"} for place in "东西"
    ]
    old = table(rows, "十月.xlsx", ledger="groups", submitted=OCTOBER, columns=columns)
    new = table([{**rows[0], "established": "是"}, rows[1]], "十二月.xlsx", ledger="groups", submitted=DECEMBER, columns=columns)
    assert [row.record.shown("established") for row in merged(old, new).taken(ledgers()["groups"])] == ["是", "否"]


def test_the_same_person_twice_in_one_ledger_stands_once_and_the_first_row_stays():
    book = merged(table(people(1, 2, 1)))
    assert names(book) == ids(1, 2)
    ((row, left),) = book.left_out
    assert row.position == 2
    assert left.state == "重复"
    assert "第4行" in left.why


def test_doubles_that_differ_are_listed_with_both_values():
    book = merged(table([person(1), person(1, reason="不愿办理")]))
    assert [(one.kind, one.field, one.texts) for one in book.conflicts] == [("重复行内容不同", "reason", ("外出务工", "不愿办理"))]


def test_rows_that_nothing_identifies_are_all_kept():
    blank = {"town": "甲镇", "village": "某村", "name": "张三", "id_number": None}
    assert len(merged(table([blank, blank])).taken(UNCERTIFIED)) == 2


def test_one_person_in_two_towns_is_kept_in_both_and_disputed():
    book = merged(table(people(1), "甲.xlsx"), table(people(1, town="乙镇"), "乙.xlsx", "乙镇"))
    assert len(names(book)) == 2
    assert [one.kind for one in book.conflicts] == ["同一人在两镇"]
    assert [row.submission.states[row.position] for row in book.taken(UNCERTIFIED)] == ["冲突", "冲突"]


def test_one_id_with_two_names_and_two_sexes_is_told_across_ledgers():
    other = {"organization": "甲镇残联", "name": "李四", "sex": "女", "id_number": ids(1)[0], "post": "专职委员"}
    staff = table([other], "配备.xlsx", ledger="staffing", columns=tuple(other))
    book = merged(table([person(1, name="张三", sex="男")]), staff)
    assert [(one.kind, one.field) for one in book.conflicts] == [("一证两名", "name"), ("同一人信息不一", "sex")]


def test_a_suspected_category_does_not_contradict_a_certificate():
    roster = {"name": "张三", "id_number": ids(1)[0], "certificate": ids(1)[0] + "43", "category": "肢体"}
    book = merged(table([person(1, name="张三", category="智力")]), table([roster], "名册.xls", None, "certified", columns=tuple(roster)))
    assert not book.conflicts


def test_a_row_with_an_unreadable_cell_is_taken_as_doubtful():
    book = merged(table([person(1, sex="不知所云")]))
    assert book.submissions[0].states == {0: "待核"}


def test_towns_stand_in_the_plans_order_and_the_countys_own_rows_first():
    tables = [
        table(people(1, town="丙街道"), "a.xlsx", "丙街道"),
        table(people(2, town="丁镇"), "b.xlsx", "丁镇"),
        table(people(3, town="乙镇"), "c.xlsx", "乙镇"),
        table([{"name": "张三", "id_number": ids(4)[0]}], "d.xlsx", None, columns=("name", "id_number")),
    ]
    assert [row.record.sender for row in merged(*tables).taken(UNCERTIFIED)] == [None, "乙镇", "丙街道", "丁镇"]


def test_a_row_of_another_town_stands_under_the_town_that_sent_it():
    book = merged(table([person(1, town="乙镇")], town="甲镇"), table(people(2, town="乙镇"), "乙.xlsx", "乙镇"))
    first = book.taken(UNCERTIFIED)[0].record
    assert (first.sender, first.value("town")) == ("甲镇", "乙镇")


def test_rules_are_asked_of_what_stands_and_doubles_of_one_round_stay():
    old = table(people(1, 2, 3), "十月.xlsx", submitted=OCTOBER)
    new = table(people(1, 2, 2), "十二月.xlsx", submitted=DECEMBER)
    assert current([old, new], {}) == [new]


def test_a_table_that_was_corrected_in_part_comes_without_those_rows():
    old = table([person(1), person(2, sex="不知所云"), person(3), person(4), person(5, sex="另一怪词")], "全表.xlsx", submitted=OCTOBER)
    new = table(people(2), "更正.xlsx", submitted=DECEMBER)
    (left, added) = current([old, new], {})
    assert added is new
    assert (left.numbers, left.unread) == ([4, 6, 7, 8], {"sex": {3}})
    assert [record.value("id_number") for record in left.records] == ids(1, 3, 4, 5)
    assert [one.records[0].row for one in (left, added)] == [4, 4]


def test_where_nothing_was_replaced_the_tables_come_back_as_they_are():
    tables = [table(people(1), "乙.xlsx"), table(people(2), "甲.xlsx")]
    assert all(one is other for one, other in zip(current(tables, {}), tables, strict=True))


SENDING = st.lists(
    st.tuples(
        st.sampled_from(["甲镇", "乙镇", None]),
        st.sampled_from([None, OCTOBER, DECEMBER]),
        st.lists(st.tuples(st.integers(0, 12), st.sampled_from(["张三", "李四", None]), st.booleans()), max_size=8),
    ),
    max_size=6,
)


def tables_of(sending):
    return [
        table(
            [
                person(number, town=town, name=name, id_number=person(number)["id_number"] if known else None)
                for number, name, known in rows
            ],
            f"{position}.xlsx",
            town,
            submitted=day,
        )
        for position, (town, day, rows) in enumerate(sending)
    ]


@settings(max_examples=60, deadline=None)
@given(SENDING)
def test_every_row_that_came_in_is_taken_or_left_out_with_a_reason(sending):
    book = merged(*tables_of(sending))
    taken = {(row.submission.table.file, row.position) for row in book.taken(UNCERTIFIED)}
    left = {(row.submission.table.file, row.position) for row, reason in book.left_out if reason.why}
    assert not taken & left
    assert len(taken) + len(left) == book.rows == sum(len(rows) for _, _, rows in sending)


@settings(max_examples=40, deadline=None)
@given(SENDING, st.randoms(use_true_random=False))
def test_order_and_repetition_of_the_files_do_not_change_the_book(sending, random):
    tables = tables_of(sending)
    shuffled = [*tables, *tables[:2]]
    random.shuffle(shuffled)

    def shape(book):
        return (
            [(row.submission.number, row.position, row.submission.states.get(row.position)) for row in book.taken(UNCERTIFIED)],
            [(row.submission.number, row.position, left) for row, left in book.left_out],
            [(one.kind, one.number, one.texts, one.taken) for one in book.conflicts],
            [(one.number, one.table.file, one.note) for one in book.submissions],
        )

    assert shape(merged(*tables)) == shape(merged(*shuffled))


def test_a_correction_of_a_correction_drops_nobody():
    old = table(people(*range(1, 10)), "全表.xlsx", submitted=OCTOBER)
    first = table(people(1, 2, 3), "更正一.xlsx", submitted=dt.date(2019, 11, 1))
    second = table(people(2, 3), "更正二.xlsx", submitted=DECEMBER)
    assert sorted(names(merged(old, first, second))) == sorted(ids(*range(1, 10)))


@settings(max_examples=40, deadline=None)
@given(SENDING)
def test_nobody_vanishes_but_by_a_later_whole_submission(sending):
    book = merged(*tables_of(sending))
    kept = {row.record.value(name) for row in book.taken(UNCERTIFIED) for name in ("id_number", "name")}
    for row, left in book.left_out:
        if left.state == "重复":
            assert kept & {row.record.value("id_number") or "-", row.record.value("name") or "-"}
