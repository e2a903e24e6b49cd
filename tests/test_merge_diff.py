"""Two books or two rounds side by side: persons added, removed and changed; faults mended, left, new and explained."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from canju.merging.diff import count_findings, diff_books, diff_findings
from canju.model import Address, Finding
from merge_cases import merged, person, resident, table


def changes(old, new):
    return [(one.kind, one.subject.text, one.field) for one in diff_books(merged(table(old)), merged(table(new)))]


def test_persons_come_go_and_change_field_by_field():
    old = [person(1), person(2), person(3)]
    new = [person(1, reason="不愿办理", remarks="新"), person(3), person(4)]
    assert changes(old, new) == [
        ("changed", person(1)["name"], "reason"),
        ("changed", person(1)["name"], "remarks"),
        ("added", person(4)["name"], None),
        ("removed", person(2)["name"], None),
    ]


def test_a_change_shows_both_values_and_both_cells():
    (one,) = diff_books(merged(table([person(1)], "旧.xlsx")), merged(table([person(2), person(1, reason="不愿办理")], "新.xlsx")))[1:]
    told = one.to_dict()
    assert (told["before"], told["after"]) == ("外出务工", "不愿办理")
    assert told["old"].startswith("旧.xlsx!Sheet1!")
    assert told["new"].endswith("5")


def test_personal_values_are_masked_unless_asked_for():
    (one,) = diff_books(merged(table([person(1, phone="13985412345")])), merged(table([person(1, phone="13985412346")])))
    assert one.to_dict()["before"] == "139****2345"
    assert one.to_dict("full")["before"] == "13985412345"
    assert person(1)["name"] not in str(one.to_dict())


def test_a_mended_id_is_a_change_and_not_another_person():
    assert changes([person(1, id_number=None)], [person(1)]) == [("changed", person(1)["name"], "id_number")]
    assert changes([person(1, id_number=resident(7))], [person(1)]) == [("changed", person(1)["name"], "id_number")]


def test_a_person_who_moved_is_a_change_of_town():
    old = merged(table([person(1)]))
    new = merged(table([person(1, town="乙镇")], "乙.xlsx", "乙镇"))
    assert [(one.kind, one.field) for one in diff_books(old, new)] == [("changed", "town")]


def test_serial_numbers_and_the_order_of_rows_are_no_change():
    assert not changes([person(1, serial=1), person(2, serial=2)], [person(2, serial=1), person(1, serial=2)])


@settings(max_examples=40, deadline=None)
@given(st.sets(st.integers(0, 15)), st.sets(st.integers(0, 15)))
def test_who_came_and_who_went_is_exactly_who_is_in_one_book_only(old, new):
    name = {
        resident(number): person(number, name=f"张{'零一二三四五六七八九十天地人和'[number % 15]}{number // 15}甲")["name"]
        for number in range(16)
    }
    rows = [[person(number, name=name[resident(number)], village=f"{number}村") for number in sorted(numbers)] for numbers in (old, new)]
    found = diff_books(merged(table(rows[0])), merged(table(rows[1])))
    assert sorted(one.subject.text for one in found if one.kind == "added") == sorted(name[resident(n)] for n in new - old)
    assert sorted(one.subject.text for one in found if one.kind == "removed") == sorted(name[resident(n)] for n in old - new)
    assert not [one for one in found if one.kind == "changed"]


def finding(mark, town="甲镇", explained=None):
    return Finding("C101", "x", "error", Address("f"), "", {}, "", town=town, fingerprint=mark, explained=explained)


def test_findings_are_mended_left_new_or_explained_by_fingerprint():
    old = [finding("a"), finding("b"), finding("b"), finding("c"), finding("d", "乙镇")]
    new = [finding("b"), finding("c", explained="已核实"), finding("e"), finding("d", "乙镇")]
    states = diff_findings(old, new)
    assert sorted((state, one.fingerprint) for state, one in states) == [
        ("added", "e"), ("explained", "c"), ("fixed", "a"), ("fixed", "b"), ("kept", "b"), ("kept", "d"),
    ]  # fmt: skip
    assert count_findings(states) == {
        "甲镇": {"fixed": 2, "kept": 1, "added": 1, "explained": 1},
        "乙镇": {"fixed": 0, "kept": 1, "added": 0, "explained": 0},
    }
