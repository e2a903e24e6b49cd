"""The county workbook: what stands in it, that nothing in it can run, that it is counted again, and that it reads back."""

from __future__ import annotations

import datetime as dt
import io
import zipfile

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from canju.ledgers import ledgers
from canju.merging.book import write as writing
from canju.merging.book.layout import raw_cell
from canju.merging.book.recount import check_book
from canju.merging.book.save import save_book
from canju.merging.book.stream import LONGEST
from canju.merging.book.write import write_book
from canju.merging.joining import merge
from canju.merging.merged import Known, Origin
from canju.merging.readback import fold_in, read_book
from canju.model import ErrorValue, Refusal, Uncalculated
from merge_cases import AS_OF, WORKSPACE, content, merged, person, read, resident, rows_of, table, workbook, written

UNCERTIFIED = "未持证残疾人台账"


def test_a_ledgers_sheet_has_official_headings_the_towns_own_columns_and_the_way_back(tmp_path):
    made = table([person(1), person(2)], "甲镇/未持证.xlsx", submitted=dt.date(2019, 10, 8), extra={"帮扶人": ["赵", "钱"]})
    rows = rows_of(written(merged(made), tmp_path / "b.xlsx"), UNCERTIFIED)
    assert list(rows[0])[:3] == ["序号", "镇（街道）", "村（社区）"]
    assert list(rows[0])[-8:] == ["帮扶人", "待核内容", "来源序号", "来源文件", "来源工作表", "来源行", "报送日期", "状态"]
    assert [(row["帮扶人"], row["来源文件"], row["来源工作表"], row["来源行"], row["报送日期"], row["状态"]) for row in rows] == [
        ("赵", "甲镇/未持证.xlsx", "Sheet1", "4", "2019-10-08", "采用"),
        ("钱", "甲镇/未持证.xlsx", "Sheet1", "5", "2019-10-08", "采用"),
    ]


def test_a_towns_own_column_that_is_called_like_one_of_ours_does_not_hide_it(tmp_path):
    made = table([person(1)], extra={"来源文件": ["乡镇自填"], "备注": ["另一备注"], "": ["无题"]})
    row = rows_of(written(merged(made), tmp_path / "b.xlsx"), UNCERTIFIED)[0]
    assert row["来源文件"] == "甲.xlsx"
    assert (row["来源文件（2）"], row["备注（2）"]) == ("乡镇自填", "另一备注")
    assert "无题" in row.values()


def test_numbers_are_numbers_and_identity_numbers_are_text(tmp_path):
    path = written(merged(table([person(1, age=40)])), tmp_path / "b.xlsx")
    sheet = next(one for one in workbook(path).sheets if one.name == UNCERTIFIED)
    row = dict(zip(sheet.rows[0], sheet.rows[1], strict=True))
    assert row["年龄"] == 40
    assert row["身份证号"] == resident(1)


RISKY = ["=1+1", "+cmd|' /C calc'!A0", "-2+3", "@SUM(1)", "\t=1", '=HYPERLINK("http://x")', "{=1}"]


def test_nothing_a_town_wrote_can_run(tmp_path):
    made = table([person(number, remarks=text) for number, text in enumerate(RISKY)], extra={"=1+2": RISKY})
    path = written(merged(made), tmp_path / "b.xlsx")
    for name, data in content(path).items():
        if name.startswith("xl/worksheets/sheet"):
            assert b"<f>" not in data
            assert b"<f " not in data
            assert b"<hyperlink" not in data


ODD = ["\x01\x02", "a\x00b", "_x0001_", "\ud800", "\uffff", "<b>&\"'</b>", "  两端空格 ", "行一\n行二", "😀", "\u202e反向", "_x005F_"]


def test_odd_characters_leave_a_workbook_that_opens(tmp_path):
    made = table([person(number) for number in range(len(ODD))], extra={"列": ODD})
    rows = rows_of(written(merged(made), tmp_path / "b.xlsx"), UNCERTIFIED)
    found = [row["列"] for row in rows]
    assert found[5] == ODD[5]
    assert found[7] == ODD[7]
    assert found[8] == ODD[8]
    assert len(found) == len(ODD)


def test_a_number_too_long_for_a_spreadsheet_stands_as_it_was_shown_there(tmp_path):
    made = table([person(1, id_number=522799199001010000.0)], extra={"列": [2019.1]})
    path = written(merged(made), tmp_path / "b.xlsx")
    row = rows_of(path, UNCERTIFIED)[0]
    assert (row["身份证号"], row["待核内容"], row["列"]) == ("5.22799E+17", "身份证号", "2019.1")
    assert read(path).tables[0].unread == {"id_number": {0}}


def test_errors_and_formulas_without_result_are_kept_as_text(tmp_path):
    made = table([person(1), person(2)], extra={"列": [ErrorValue("#REF!"), Uncalculated("A1*2")]})
    assert [row["列"] for row in rows_of(written(merged(made), tmp_path / "b.xlsx"), UNCERTIFIED)] == ["#REF!", "=A1*2"]


def test_a_text_too_long_for_a_cell_is_kept_whole_elsewhere_and_read_back_whole(tmp_path):
    long = "长" * (LONGEST * 2 + 17)
    made = table([person(1)], "甲.csv", extra={"列": [long]})
    path = written(merged(made), tmp_path / "b.xlsx")
    pieces = rows_of(path, "超长文本")
    assert "".join(row["内容"] for row in pieces) == long
    cell = rows_of(path, UNCERTIFIED)[0]["列"]
    assert len(cell) <= LONGEST
    assert cell.endswith("（全文见「超长文本」第1条）")
    assert read(path).tables[0].cells[0][-1] == long


def test_more_rows_than_a_sheet_holds_go_on_on_another_sheet(tmp_path, monkeypatch):
    monkeypatch.setattr(writing, "LAST_ROW", 4)
    path = written(merged(table([person(number) for number in range(8)])), tmp_path / "b.xlsx")
    assert [one.name for one in workbook(path).sheets if one.name.startswith(UNCERTIFIED)] == [
        UNCERTIFIED,
        f"{UNCERTIFIED}（2）",
        f"{UNCERTIFIED}（3）",
    ]
    assert len(read(path).tables[0]) == 8


def test_headings_stay_in_sight_and_can_be_filtered_and_printed(tmp_path):
    import openpyxl

    book = openpyxl.load_workbook(written(merged(table([person(1)])), tmp_path / "b.xlsx"))
    sheet = book[UNCERTIFIED]
    assert sheet.freeze_panes == "A2"
    assert sheet.auto_filter.ref.startswith("A1:")
    assert sheet.print_title_rows == "$1:$1"
    assert sheet.column_dimensions["G"].width > 8


def test_totals_come_with_charts_and_agree_with_the_rows(tmp_path):
    tables = [table([person(1, category="肢体"), person(2), person(2)]), table([person(3, town="乙镇")], "乙.xlsx", "乙镇")]
    path = written(merged(*tables), tmp_path / "b.xlsx")
    rows = {str(row[0]): row for row in next(one for one in workbook(path).sheets if one.name == "汇总").rows if row and row[0]}
    assert rows["甲镇"][1:4] == [2, 2, 1]
    assert rows["合计"][1:4] == [3, 3, 1]
    assert sum(name.startswith("xl/charts/chart") for name in content(path)) == 2


def test_every_row_left_out_is_listed_with_its_reason_and_all_it_said(tmp_path):
    made = table([person(1), person(1, reason="不愿办理", remarks="再报")], extra={"帮扶人": ["赵", "钱"]})
    (row,) = rows_of(written(merged(made), tmp_path / "b.xlsx"), "未采用")
    assert (row["状态"], row["来源行"], row["未办证原因"], row["备注"], row["帮扶人"]) == ("重复", "5", "不愿办理", "再报", "钱")
    assert "同一人" in row["未采用的原因"]


def test_sources_are_listed_with_hash_and_rows_and_unread_files_with_their_reason(tmp_path):
    origins = [
        Origin("甲.xlsx", "abc", "read", "xlsx", dt.datetime(2019, 10, 8, 9)),
        Origin("坏.xlsx", "def", "unread", why="文件已损坏。"),
    ]
    path = written(merge([table([person(1), person(1)])], origins, WORKSPACE, AS_OF), tmp_path / "b.xlsx")
    rows = {row["来源文件"]: row for row in rows_of(path, "来源")}
    good, bad = rows["甲.xlsx"], rows["坏.xlsx"]
    assert (good["SHA-256"], good["行数"], good["采用行数"], good["未采用行数"], good["读取情况"]) == ("abc", "2", "1", "1", "已读")
    assert (bad["SHA-256"], bad["读取情况"], bad["文件问题"], bad["行数"]) == ("def", "未能读取", "文件已损坏。", "")


def test_an_empty_round_still_makes_a_book(tmp_path):
    path = written(merge([], [], WORKSPACE, AS_OF), tmp_path / "b.xlsx")
    assert [one.name for one in workbook(path).sheets] == ["汇总", "冲突", "未采用", "报送情况", "来源"]


def test_a_book_that_lost_a_row_on_the_way_is_refused(tmp_path):
    book = merged(table([person(1), person(2), person(2)]))
    path = tmp_path / "b.xlsx"
    write_book(book, path)
    check_book(book, path)
    for change in (
        lambda text: text.replace("<v>5</v>", "<v>9</v>"),
        lambda text: text[: text.rindex("<row")] + text[text.index("</sheetData>") :],
    ):
        spoilt = tmp_path / "spoilt.xlsx"
        with zipfile.ZipFile(path) as source, zipfile.ZipFile(spoilt, "w") as target:
            for name in source.namelist():
                data = source.read(name)
                target.writestr(name, change(data.decode()).encode() if name == "xl/worksheets/sheet1.xml" else data)
        with pytest.raises(Refusal) as refusal:
            check_book(book, spoilt)
        assert "自检未通过" in refusal.value.sentence
        assert refusal.value.code == 3


def test_the_same_round_gives_the_same_bytes(tmp_path):
    for name in ("a.xlsx", "b.xlsx"):
        write_book(merged(table([person(1), person(2)])), tmp_path / name)
    assert (tmp_path / "a.xlsx").read_bytes() == (tmp_path / "b.xlsx").read_bytes()


def test_no_author_path_or_trace_of_the_machine_lies_in_the_book(tmp_path):
    parts = content(written(merged(table([person(1)])), tmp_path / "b.xlsx"))
    assert str(tmp_path).encode() not in b"".join(parts.values())
    assert b"<dc:creator></dc:creator>" in parts["docProps/core.xml"]


# --- read back -----------------------------------------------------------------------------------


def same(before, after):
    """Whether two tables hold the same."""
    places = before.ledger.columns
    assert (before.ledger, before.file, before.sheet, before.town) == (after.ledger, after.file, after.sheet, after.town)
    assert (before.heading_row, before.numbers, before.submitted) == (after.heading_row, after.numbers, after.submitted)
    assert (before.nil, before.nil_villages, before.places) == (after.nil, after.nil_villages, after.places)
    for one, other in zip(before.records, after.records, strict=True):
        assert [one.value(name) for name in places] == [other.value(name) for name in places]
        assert [raw_cell(one.raw(name)) for name in places if one.value(name) is None and one.index in before.unread.get(name, ())] == [
            raw_cell(other.raw(name)) for name in places if other.value(name) is None and other.index in after.unread.get(name, ())
        ]
        for name in places:
            assert before.address(one.index, name) == after.address(other.index, name)


def test_a_book_reads_back_to_the_same_tables_doubles_and_unreadable_cells_included(tmp_path):
    tables = [
        table([person(1), person(2, sex="不知所云"), person(1, remarks="再报")], "一.xlsx", submitted=dt.date(2019, 10, 8)),
        table([person(3, town="乙镇", age=30)], "二.csv", "乙镇", sheet="", extra={"帮扶人": ["=赵"]}),
        table([{"name": "钱二", "id_number": resident(5)}], "县.xlsx", None, columns=("name", "id_number")),
        table([], "零.xlsx", "丙街道", nil=True, nil_villages=("东村", "西村")),
        table([], "空.xlsx", "丙街道", ledger="groups"),
    ]
    known = Known(
        {("groups", "乙镇"): "残疾人小组台账的原件打不开"},
        {("uncertified", "甲镇"): 3},
        {"甲镇": ["甲镇/盖章.pdf"]},
        {("县.xlsx", "Sheet1")},
    )
    book = merged(*tables, known=known)
    contents = read(written(book, tmp_path / "b.xlsx"))
    for before, after in zip([one.table for one in book.submissions], contents.tables, strict=True):
        same(before, after)
    assert contents.known == known
    assert contents.origins == book.origins


def test_two_tables_side_by_side_keep_their_rows_apart(tmp_path):
    left, right = table([person(1), person(2)]), table([person(3), person(4)])
    right.places = {name: place._replace(letter="Z", number=26) for name, place in right.places.items() if name == "name"}
    right.values = {"name": right.values["name"]}
    right.unread = {}
    contents = read(written(merged(left, right), tmp_path / "b.xlsx"))
    assert [[row.value("name") for row in one.records] for one in contents.tables] == [
        [person(1)["name"], person(2)["name"]],
        [person(3)["name"], person(4)["name"]],
    ]


def test_a_book_merged_again_is_the_same_book(tmp_path):
    tables = [
        table([person(1), person(1), person(2)], "一.xlsx", submitted=dt.date(2019, 10, 8)),
        table([person(1, reason="不愿办理"), person(3, town="乙镇")], "二.xlsx", submitted=dt.date(2019, 12, 5)),
        table([person(2, town="乙镇")], "三.xlsx", "乙镇"),
    ]
    first = written(merged(*tables), tmp_path / "a.xlsx")
    contents = read(first)
    second = written(merge(contents.tables, contents.origins, WORKSPACE, AS_OF), tmp_path / "b.xlsx")
    assert content(first) == content(second)


def test_a_book_beside_the_files_it_was_made_of_adds_nothing(tmp_path):
    contents = read(written(merged(table([person(1)], "甲.xlsx")), tmp_path / "b.xlsx"))
    folded = fold_in(contents, "b.xlsx", {"甲.xlsx": "甲.xlsx-hash"})
    assert not folded.tables
    assert not folded.origins


def test_a_book_beside_another_file_of_the_same_name_tells_the_two_apart(tmp_path):
    contents = read(written(merged(table([person(1)], "甲.xlsx")), tmp_path / "b.xlsx"))
    folded = fold_in(contents, "b.xlsx", {"甲.xlsx": "another"})
    assert [one.file for one in folded.tables] == ["b.xlsx/甲.xlsx"]
    assert [one.file for one in folded.origins] == ["b.xlsx/甲.xlsx"]


def test_a_workbook_that_is_no_book_is_none(tmp_path):
    import openpyxl

    book = openpyxl.Workbook()
    book.active.title = "来源"
    book.active.append(["序号", "来源文件"])
    book.save(tmp_path / "x.xlsx")
    assert read_book(workbook(tmp_path / "x.xlsx")) is None


def test_a_book_tampered_with_is_read_as_far_as_it_goes(tmp_path):
    import openpyxl

    path = written(merged(table([person(1), person(2)])), tmp_path / "b.xlsx")
    book = openpyxl.load_workbook(path)
    sources = book["来源"]
    for cell in sources[2]:
        cell.value = "²³" if cell.column == 9 else cell.value
    sources.cell(2, sources.max_column).value = '[["ZZZZZZ","姓名","x"],"?",["A",1,2],{"a":1}]'
    book["未采用"].delete_cols(1)
    book.save(path)
    (made,) = read(path).tables
    assert len(made) == 2
    assert made.places == {}


CELLS = st.one_of(
    st.none(),
    st.text(alphabet=st.characters(codec="utf-8", exclude_categories=["Cs", "Cc"]), max_size=12),
    st.sampled_from(["=1", "2019.1", "是", "√", "无", "同上", "#REF!", "张·三", "０1", "\n", "  ", "12a"]),
    st.integers(-5, 10**16),
    st.floats(allow_nan=False, allow_infinity=False, width=32),
)
FIELDS = (
    "village",
    "name",
    "sex",
    "id_number",
    "birth_date",
    "age",
    "phone",
    "category",
    "grade",
    "needs",
    "visited",
    "remarks",
    "certificate",
)


@settings(max_examples=40, deadline=None)
@given(st.lists(st.fixed_dictionaries(dict.fromkeys(FIELDS, CELLS)), max_size=6))
def test_whatever_stands_in_the_cells_the_book_reads_back_to_the_same_records(tmp_path_factory, rows):
    path = tmp_path_factory.mktemp("book") / "b.xlsx"
    book = merged(table(rows, columns=FIELDS))
    contents = read(written(book, path))
    for before, after in zip([one.table for one in book.submissions], contents.tables, strict=True):
        same(before, after)


PEOPLE = st.lists(st.tuples(st.integers(0, 9), st.sampled_from(["外出务工", "不愿办理", "？"])), max_size=6)
ROUNDS = st.lists(
    st.tuples(st.sampled_from(["甲镇", "乙镇"]), st.sampled_from([None, dt.date(2019, 10, 8), dt.date(2019, 12, 5)]), PEOPLE), max_size=4
)


@settings(max_examples=25, deadline=None)
@given(ROUNDS)
def test_rows_in_are_rows_out_of_the_written_file(tmp_path_factory, sending):
    path = tmp_path_factory.mktemp("book") / "b.xlsx"
    tables = [
        table([person(number, town=town, reason=reason) for number, reason in rows], f"{at}.xlsx", town, submitted=day)
        for at, (town, day, rows) in enumerate(sending)
    ]
    book = merged(*tables)
    written(book, path)
    taken = [row for ledger in book.came for row in rows_of(path, ledger.title)]
    aside = rows_of(path, "未采用")
    assert len(taken) + len(aside) == sum(len(rows) for _, _, rows in sending)
    back = read(path)
    again = merge(back.tables, back.origins, WORKSPACE, AS_OF)
    assert [(row.submission.number, row.position) for row in again.taken(ledgers()["uncertified"])] == [
        (row.submission.number, row.position) for row in book.taken(ledgers()["uncertified"])
    ]


def test_a_locked_book_opens_with_its_password_only(tmp_path):
    import msoffcrypto

    book = merged(table([person(1)]))
    save_book(book, tmp_path / "plain.xlsx")
    save_book(book, tmp_path / "locked.xlsx", password="密码2019")
    with (tmp_path / "locked.xlsx").open("rb") as stream:
        locked = msoffcrypto.OfficeFile(stream)
        assert locked.is_encrypted()
        locked.load_key(password="密码2019")
        opened = io.BytesIO()
        locked.decrypt(opened)
    assert opened.getvalue() == (tmp_path / "plain.xlsx").read_bytes()
    assert resident(1).encode() not in (tmp_path / "locked.xlsx").read_bytes()


def test_an_empty_password_locks_nothing_and_is_refused(tmp_path):
    with pytest.raises(Refusal):
        save_book(merged(table([person(1)])), tmp_path / "b.xlsx", password="")
