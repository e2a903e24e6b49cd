"""Reading text files: encoding, dialect and records found without being told; nothing dropped, nothing changed."""

from __future__ import annotations

import csv
import io
from pathlib import Path
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from canju.model import Workbook
from canju.reading.formats.encodings import decode
from canju.reading.formats.records import Dialect, lines_of, read_records
from canju.reading.formats.text import read_text
from canju.reading.limits import LIMITS, Limits
from csv_pollution import TABLES, Case, cases, cell, people, shop, written
from made_files import read, rules


def _rows(data: bytes, salvage: bool = True) -> list[list[str]]:
    book = Workbook("a.csv")
    read_text(data, LIMITS, book, salvage)
    return [[str(cell or "") for cell in row] for row in book.sheets[0].rows]


def test_polluted_files_are_read_without_being_told_how() -> None:
    polluted = list(cases(1, 40))
    wrong = [case.name for case in polluted if _rows(case.text.encode()) != case.rows]
    assert len(polluted) > 1_500
    assert wrong == []


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(2, 8))
def test_polluted_files_of_other_seeds_and_lengths(seed: int) -> None:
    polluted: list[Case] = [case for count in (40, 90) for case in cases(seed, count)]
    wrong = [case.name for case in polluted if _rows(case.text.encode()) != case.rows]
    assert len(wrong) <= len(polluted) * 0.01, wrong


WORD = st.text(st.sampled_from("ab张1 ,;\t|'\""), max_size=6) | st.just("两行\n文字")


@given(st.lists(st.lists(WORD, min_size=2, max_size=5), min_size=1, max_size=8), st.sampled_from([",", ";", "\t", "|"]))
@settings(max_examples=150, deadline=None)
def test_what_the_csv_module_writes_is_cut_as_it_cuts(table: list[list[str]], cut: str) -> None:
    out = io.StringIO()
    csv.writer(out, delimiter=cut, lineterminator="\r\n", quoting=csv.QUOTE_ALL).writerows(table)
    records = read_records(lines_of(out.getvalue()), Dialect(cut, '"'))
    assert (records.rows, records.swallowed) == (table, [])


@given(st.binary(max_size=300) | st.text(max_size=200).map(str.encode))
@settings(max_examples=200, deadline=None)
def test_any_bytes_are_read_without_an_exception(data: bytes) -> None:
    book = Workbook("a.csv")
    read_text(data, LIMITS, book, True)
    assert book.sheets


@given(st.text(st.sampled_from('a,;"\n'), max_size=60))
@settings(max_examples=300, deadline=None)
def test_no_sign_but_quotes_delimiters_and_line_ends_is_lost(text: str) -> None:
    records = read_records(lines_of(text), Dialect(",", '"'))
    assert "".join(cell for row in records.rows for cell in row).count("a") == text.count("a")
    assert "".join(cell for row in records.rows for cell in row).count(";") == text.count(";")


# --- encodings -----------------------------------------------------------------------------------

CHINESE = "姓名,村（社区）\r\n张三,观音村\r\n李四,高堡村\r\n"


@pytest.mark.parametrize(
    ("data", "encoding"),
    [
        (CHINESE.encode(), "utf-8"),
        (CHINESE.encode("utf-8-sig"), "utf-8-sig"),
        (CHINESE.encode("gb18030"), "gb18030"),
        ((CHINESE + "㐱𠮷,镕\r\n").encode("gb18030"), "gb18030"),
        (CHINESE.encode("utf-16"), "utf-16"),
        (CHINESE.encode("utf-16-le"), "utf-16-le"),
        (CHINESE.encode("utf-16-be"), "utf-16-be"),
        (b"\xfe\xff" + CHINESE.encode("utf-16-be"), "utf-16"),
        ("name,town\nJosé,Orléans\nZoë,Köln\n".encode("cp1252"), "cp1252"),
        ("name,town\ncafé,1\n".encode("cp1252"), "cp1252"),
        ("nom;prix\nthé;5 €\ncafé;“3”\n".encode("cp1252"), "cp1252"),
        (b"a,b\n1,2\n", "utf-8"),
    ],
)
def test_encodings_are_told_apart(data: bytes, encoding: str) -> None:
    decoded = decode(data)
    assert (decoded.encoding, decoded.stray) == (encoding, None)
    assert decoded.text.startswith(("姓名", "name", "nom", "a"))


@pytest.mark.parametrize(
    "data",
    [
        CHINESE.encode("gb18030").replace("观".encode("gb18030"), b"\xff\x80"),
        CHINESE.encode("gb18030").replace("观音".encode("gb18030"), b"\xb9\x0a"),
        CHINESE.encode("utf-8-sig").replace("观".encode(), b"\xe8\xa7"),
        CHINESE.encode().replace("观".encode(), b"\xff"),
        CHINESE.encode("utf-16")[:-1],
    ],
)
def test_bytes_that_fit_no_encoding_are_a_fault_with_their_line(tmp_path: Path, data: bytes) -> None:
    book = read(tmp_path, data, "a.csv")
    assert (book.status, rules(book), book.sheets) == ("unread", ["F211"], [])
    shown = read(tmp_path, data, "a.csv", salvage=True)
    assert (shown.status, rules(shown)) == ("unread", ["F211"])
    assert shown.sheets[0].rows[0] == ["姓名", "村（社区）"]


# --- quotes --------------------------------------------------------------------------------------


def test_an_unclosed_quote_that_swallows_lines_is_a_fault_and_shown_line_by_line(tmp_path: Path) -> None:
    lines = written([row[:8] for row in people(8, Random(3))]).split("\n")
    lines[3] = lines[3].replace(",", ',"', 1)
    data = "\n".join(lines).encode()
    book = read(tmp_path, data, "a.csv")
    assert (book.status, rules(book), book.sheets) == ("unread", ["F210"], [])
    assert book.faults[0].values["line"] == 4
    shown = read(tmp_path, data, "a.csv", salvage=True)
    assert (shown.status, rules(shown), len(shown.sheets[0].rows)) == ("read", [], 9)
    assert shown.sheets[0].rows[3][1] == '"谷脚镇'


@pytest.mark.parametrize(
    "text",
    [
        'a,b,c\n1,"x\ny",3\n4,5,6\n7,8,9\n',
        'a,b,c\n1,2,"x\ny"\n4,5,6\n7,8,9\n',
        'a,b,c\n"x\ny",2,3\n4,5,6\n7,8,9\n',
        'a,b,c\n1,"x\n\n,,y",3\n4,5,6\n7,8,9\n',
        'a,b,c\n1,2,"x ""q""\ny"\n4,5,6\n',
        'a,b,c\n1,"5"" pipe",3\n4,5" pipe,6\n',
    ],
)
def test_a_cell_over_several_lines_is_no_fault(tmp_path: Path, text: str) -> None:
    book = read(tmp_path, text.encode(), "a.csv")
    assert (book.status, rules(book)) == ("read", [])
    assert [[cell or "" for cell in row] for row in book.sheets[0].rows] == list(csv.reader(io.StringIO(text)))


def test_a_stray_quote_in_the_last_line_swallows_nothing(tmp_path: Path) -> None:
    book = read(tmp_path, b'a,b,c\n1,2,3\n4,"5,6\n', "a.csv")
    assert (book.status, book.sheets[0].rows[2]) == ("read", ["4", '"5', "6"])


# --- the rest ------------------------------------------------------------------------------------


def test_widths_blank_lines_and_blanks_in_cells_stay(tmp_path: Path) -> None:
    book = read(tmp_path, b" a ,b,,\n\n,,\nx,y\n\n", "a.csv")
    assert book.sheets[0].rows == [[" a ", "b", None, None], [], [None, None, None], ["x", "y"], []]


def test_an_empty_text_file_is_an_empty_table_and_a_fault(tmp_path: Path) -> None:
    book = read(tmp_path, b"", "a.csv")
    assert (book.status, rules(book), [sheet.rows for sheet in book.sheets]) == ("unread", ["F101"], [[]])
    assert read(tmp_path, b"\xef\xbb\xbf", "a.csv").sheets[0].rows == []


def test_what_was_found_out_is_told(tmp_path: Path) -> None:
    book = read(tmp_path, "a; 'b; c'; d\n1; 2; 3\n".encode("utf-16"), "a.txt")
    assert (book.format, book.encoding, book.delimiter, book.quote) == ("csv", "utf-16", "; ", "'")
    assert book.sheets[0].rows == [["a", "b; c", "d"], ["1", "2", "3"]]


def test_a_line_beyond_the_limit_is_refused(tmp_path: Path) -> None:
    assert rules(read(tmp_path, b"a" * 200, "a.csv", limits=Limits(line=100))) == ["F103"]


def test_many_open_quotes_cost_little_time() -> None:
    assert len(_rows(b'a,"b\n' * 50_000)) == 50_000


def _lines(*records: str) -> bytes:
    return "\r\n".join(records).encode() + b"\r\n"


USUAL = [f'"0{day}/11/2018",10:0{day},{day}5,P{day}77-A,"Lamp, green","ok, fine"' for day in range(1, 8)]
READ = [[f"0{day}/11/2018", f"10:0{day}", f"{day}5", f"P{day}77-A", "Lamp, green", "ok, fine"] for day in range(1, 8)]


@pytest.mark.parametrize(
    "line",
    [
        '"03/11/2018";10:03;35;P377-A;"Lamp, green";ok, fine',
        '"03/11/2018"\t10:03\t35\tP377-A\tLamp, green\tok, fine',
        "'03/11/2018',10:03,35,P377-A,'Lamp, green','ok, fine'",
    ],
)
def test_a_row_in_another_dialect_is_read_from_its_own_line_quotes_and_all(line: str) -> None:
    assert _rows(_lines(*USUAL[:2], line, *USUAL[3:])) == READ


def test_a_row_with_backslashes_before_its_quotes_is_read_with_escapes() -> None:
    line = ",".join(f'"{cell}\\""' for cell in READ[2])
    assert _rows(_lines(*USUAL[:2], line, *USUAL[3:])) == [*READ[:2], [cell + '"' for cell in READ[2]], *READ[3:]]


def test_a_stray_row_does_not_swallow_the_record_of_two_lines_below_it() -> None:
    below = '"04/11/2018",10:04,45,P477-A,"Lamp, green","first\r\nsecond"'
    found = _rows(_lines(*USUAL[:2], '"03/11/2018";10:03;35;P377-A;"Lamp, green";ok, fine', below, *USUAL[4:]))
    assert found == [*READ[:3], [*READ[3][:5], "first\r\nsecond"], *READ[4:]]


def test_a_tab_written_as_backslash_t_cuts() -> None:
    data = "\n".join("\\t".join(row) for row in [["年份", "姓名", "金额"], ["2018", "张三", "1.5"], ["2019", "李四", "2.5"]]).encode()
    assert _rows(data) == [["年份", "姓名", "金额"], ["2018", "张三", "1.5"], ["2019", "李四", "2.5"]]


def test_blanks_that_stand_within_every_quote_belong_to_it() -> None:
    data = "\n".join(",".join(f'" {cell} "' for cell in row) for row in READ).encode()
    assert _rows(data) == READ
    mixed = data.replace(b'" P277-A "', b'"P277-A"')
    assert _rows(mixed)[0][0] == " 01/11/2018 "


@pytest.mark.parametrize(("cut", "quote"), [(", ", '"'), (",", "'"), (",", "´")])
def test_a_row_of_the_right_width_in_another_dialect_is_read_anew(cut: str, quote: str) -> None:
    plain = [",".join(row).replace("Lamp, green", "Lamp").replace("ok, fine", "ok") for row in READ]
    want = [[*row[:4], "Lamp", "ok"] for row in READ]
    line = cut.join(f"{quote}{cell}{quote}" for cell in want[2])
    assert _rows(_lines(*plain[:2], line, *plain[3:])) == want


def test_one_cell_in_quotes_of_another_kind_keeps_them() -> None:
    assert _rows(_lines("a,b,c", "1,'x',3", "4,5,6", "7,8,9"))[1] == ["1", "'x'", "3"]


# --- delimiters left out, cells that blanks cut up ------------------------------------------------


@pytest.mark.parametrize("at", range(5))
def test_a_delimiter_left_out_is_found_where_two_columns_meet_in_one_way_only(at: int) -> None:
    cells = ['"03/11/2018"', "10:03", "35", "P377-A", '"Lamp, green"', '"ok, fine"']
    line = ",".join([*cells[:at], cells[at] + cells[at + 1], *cells[at + 2 :]])
    assert _rows(_lines(*USUAL[:2], line, *USUAL[3:])) == READ


@pytest.mark.parametrize("cut", [",", ";", ", "])
def test_the_fields_of_a_quoted_text_stay_together_where_the_delimiter_before_it_is_missing(cut: str) -> None:
    rows = [[f"{day}.5", "Lamp", f"{'bright, ' * (day % 4)}and well made; the best, they say.", f"A-{day}"] for day in range(1, 9)]
    lines = [cut.join((row[0], row[1], f'"{row[2]}"', row[3])) for row in rows]
    for at in range(len(rows)):
        spoilt = lines[at].replace("Lamp" + cut, "Lamp")
        assert _rows(_lines(*lines[:at], spoilt, *lines[at + 1 :])) == rows


def test_quotes_within_the_quoted_field_beside_a_lost_delimiter_are_no_bounds() -> None:
    rows = [[f"{day}.5", f'Lamp, {day}0" wide' if day % 2 else 'Lamp, 5"', f"A-{day}"] for day in range(1, 13)]
    lines = [",".join([row[0], cell(row[1], ",", '"', False, True), row[2]]) for row in rows]
    for at in range(len(rows)):
        for old, new in ((',"Lamp', '"Lamp'), ('",A', '"A')):
            spoilt = lines[at].replace(old, new)
            found = _rows(_lines(*lines[:at], spoilt, *lines[at + 1 :]))
            assert [*found[:at], *found[at + 1 :]] == [*rows[:at], *rows[at + 1 :]]
            assert found[at] == rows[at] or (new == '"A' and rows[at][1].endswith('"'))


def test_headings_that_lack_a_delimiter_beside_quotes_are_told_apart() -> None:
    for heading in ('Day,Hour,Count,Code,"What""Note"', 'Day,Hour,Count,Code"What",Note', 'Day,Hour,"Count"Code,What,Note'):
        assert _rows(_lines(heading, *USUAL)) == [["Day", "Hour", "Count", "Code", "What", "Note"], *READ]
    assert _rows(_lines("Day,Hour,Count,CodeWhat,Note", *USUAL))[0] == ["Day", "Hour", "Count", "CodeWhat", "Note"]


@pytest.mark.parametrize(
    ("line", "row"),
    [
        ("03/11/2018,10:03,35,P377-A,Lamp", ["03/11/2018", "10:03", "35", "P377-A", "Lamp"]),
        ("03/11/2018,10:03,P377-A,Lamp,ok", ["03/11/2018", "10:03", "P377-A", "Lamp", "ok"]),
        ('03/11/2018,10:03,35,P377-A,"a ""good"" lamp"', ["03/11/2018", "10:03", "35", "P377-A", 'a "good" lamp']),
        ('"03/11/201810:03",35,P377-A,Lamp,ok', ["03/11/201810:03", "35", "P377-A", "Lamp", "ok"]),
        ("03/11/201810:0335,P377-A,Lamp,ok", ["03/11/201810:0335", "P377-A", "Lamp", "ok"]),
    ],
)
def test_a_row_that_lacks_a_cell_or_more_than_a_delimiter_stays_as_written(line: str, row: list[str]) -> None:
    assert _rows(_lines(*USUAL[:2], line, *USUAL[3:]))[2] == row


def test_a_number_is_not_parted_into_two_of_any_length() -> None:
    lines = [f"村{one},{number},{number + 1},是,2019-0{number}-1{number}" for number, one in enumerate("甲乙丙丁戊己庚", 1)]
    for spoilt in ("村丙,10,是,2019-03-13", "村丙,34,是,2019-03-13"):
        assert _rows(_lines(*lines[:2], spoilt, *lines[3:]))[2] == spoilt.split(",")
    assert _rows(_lines(*lines[:2], "村丙,3,4,是2019-03-13", *lines[3:]))[2] == ["村丙", "3", "4", "是", "2019-03-13"]


def test_a_title_above_two_columns_is_no_row_without_delimiter() -> None:
    rows = [["名单2019"], *([f"张{one}", f"{1990 + number}"] for number, one in enumerate("甲乙丙丁戊己庚辛")), ["合计2019"]]
    assert _rows(_lines(*map(",".join, rows))) == rows


def test_two_columns_that_look_alike_are_not_parted() -> None:
    lines = [f"{8 + number},{9 + number},{'甲乙丙丁戊己庚辛'[number]}村,张{'甲乙丙丁戊己庚辛'[number]}" for number in range(8)]
    for spoilt, row in (("101,丙村,张丙", ["101", "丙村", "张丙"]), ("10,11,丙村张丙", ["10", "11", "丙村张丙"])):
        assert _rows(_lines(*lines[:2], spoilt, *lines[3:]))[2] == row


@pytest.mark.parametrize(("kind", "share"), [("shop", 0.6), ("people", 0.4), ("numbers", 0.3), ("pairs", 0.1)])
@pytest.mark.parametrize("always", [False, True])
def test_a_row_without_one_of_its_delimiters_is_read_as_meant_or_as_written(kind: str, share: float, always: bool) -> None:
    rows = [[text.replace("\n", " ").replace('"', "") for text in row] for row in TABLES[kind](30, Random(5))]
    fields = [[cell(text, ",", '"', False, always) for text in row] for row in rows]
    lines = [",".join(row) for row in fields]
    places = [(at, place) for at in range(1, len(rows)) for place in range(1, len(rows[0]))]
    meant = 0
    for at, place in places:
        spoilt = ",".join(fields[at][:place]) + ",".join(fields[at][place:])
        found = _rows("\n".join([*lines[:at], spoilt, *lines[at + 1 :]]).encode())
        assert [*found[:at], *found[at + 1 :]] == [*rows[:at], *rows[at + 1 :]]
        assert found[at] == rows[at] or ",".join(found[at]).replace('"', "") == spoilt.replace('"', "")
        meant += found[at] == rows[at]
    assert meant >= share * len(places)


@pytest.mark.parametrize("kind", ["shop", "people", "numbers"])
def test_a_row_without_one_of_its_cells_stays_as_written(kind: str) -> None:
    rows = [[text.replace("\n", " ").replace('"', "") for text in row] for row in TABLES[kind](30, Random(6))]
    for at in range(1, len(rows)):
        for place in range(len(rows[0])):
            less = [row[:place] + row[place + 1 :] if number == at else row for number, row in enumerate(rows)]
            assert _rows(written(less).encode()) == less


def test_a_row_cut_by_blanks_keeps_the_words_of_a_text_together() -> None:
    rows = [[f"{day}/11/2018", f"{day}5", "Big green lamp" if day % 2 else "Chair", "ok, fine", f"A-{day}"] for day in range(1, 9)]
    lines = [",".join((row[0], row[1], row[2], f'"{row[3]}"', row[4])) for row in rows]
    for at in range(len(rows)):
        assert _rows(_lines(*lines[:at], lines[at].replace(",", " ").replace("ok  fine", "ok, fine"), *lines[at + 1 :])) == rows


def test_a_whole_text_cut_by_blanks_keeps_the_words_of_a_text_together() -> None:
    rows = [[*row[:5], row[6].replace('"', ""), "first, second, third"] for row in shop(40, Random(2))]
    lines = [" ".join([*row[:5], row[5], f'"{row[6]}"']) for row in rows]
    assert _rows(_lines(*lines)) == rows
    book = Workbook("a.csv")
    read_text(_lines(*lines), LIMITS, book, True)
    assert (book.delimiter, book.quote) == (" ", '"')


def test_words_between_blanks_that_could_belong_to_either_column_stay_apart() -> None:
    lines = [f'{day} Lamp Chair "ok, {day}"' for day in range(1, 9)]
    assert _rows(_lines(*lines[:3], '4 Big lamp Chair "ok, 4"', *lines[4:]))[3] == ["4", "Big", "lamp", "Chair", "ok, 4"]


def test_many_rows_that_fit_nowhere_cost_little_time() -> None:
    plain = [f"{day},a b {day},c,A-{day}" for day in range(1, 10)]
    quotes = '3,"x ""y"" z","x ""y"" z",' + '"x ""y"" z"' * 30
    for spoilt in (quotes, "3," + "a-9 " * 200 + ",c", "3," + "a-9 " * 5_000 + ",c", '3,a b 3"c",A-3'):
        assert len(_rows(_lines(*[*plain, spoilt] * 500))) == 5_000


@pytest.mark.parametrize("told", ["", "sep=,\n"])
def test_a_row_in_another_dialect_is_set_right_and_remembered(told: str) -> None:
    lines = [f"{n},张三,男,{1940 + n}-03-07,观音村" for n in range(1, 9)]
    lines[4] = lines[4].replace(",", ";")
    book = Workbook("甲镇.csv")
    read_text((told + "\n".join(["序号,姓名,性别,出生年月,村", *lines]) + "\n").encode(), LIMITS, book, True)
    [sheet] = book.sheets
    assert sheet.rows[5] == ["5", "张三", "男", "1945-03-07", "观音村"]
    assert sheet.righted == (6,)
