"""`canju stipend` from call to exit code: what is written, what is refused, and that no call shows a person."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from openpyxl import load_workbook

from canju.cli import call
from commissioner_rows import id_number

HEADS = "序号,层级,镇（街道）,村（社区）,姓名,性别,身份证号,人员类别,聘用时间,解聘时间,绩效评估,残疾人评价,考核年度,考核结果,月工资,发放月数,发放金额,开户行,银行账号,备注"
ROWS = [
    f"1,镇（街道）,甲镇,,张三丰,女,{id_number(2)},专职,2015-03-01,,90,满意,2019,合格,200,3,600,农业银行,6229990000000000001,",
    f"2,村（社区）,甲镇,甲村,李四娘,女,{id_number(4)},专职,2019-11-04,,90,满意,2019,优秀,200,1,200,农业银行,6229990000000000002,",
    f"3,村（社区）,甲镇,乙村,王五妹,女,{id_number(6)},专职,2015-03-01,,80,满意,2019,基本合格,,,,,,",
]


@pytest.fixture
def sent(tmp_path: Path) -> Path:
    folder = tmp_path / "报送"
    folder.mkdir()
    (folder / "甲镇专职委员台账.csv").write_text("\n".join([HEADS, *ROWS]) + "\n", encoding="utf-8-sig")
    return folder


def stipend(*arguments: object) -> int:
    return call(["stipend", *map(str, arguments)])


PERIOD = ("--year", 2019, "--from", "2019-10", "--as-of", "2019-12-31")


def test_json_goes_to_stdout_and_a_wrong_claim_ends_with_one(sent: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert stipend(sent, *PERIOD, "--format", "json") == 1
    data = json.loads(capsys.readouterr().out)
    assert [(one["status"], one["amount"]) for one in data["payments"]] == [("paid", "600.00"), ("paid", "400.00"), ("pending", "0.00")]
    assert data["totals"] == {"town": {"甲镇": "600.00"}, "county": "400.00", "all": "1000.00", "all_capitals": "壹仟元整"}
    assert [one["rule"] for one in data["findings"]] == ["S105", "S106"]
    assert data["payments"][0]["source"] == {"file": "甲镇专职委员台账.csv", "sheet": "", "row": 2}


def test_select_ignore_and_fail_on_decide_the_exit_code(sent: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert stipend(sent, *PERIOD, "--ignore", "S105") == 0
    assert stipend(sent, *PERIOD, "--ignore", "S105", "--fail-on", "query") == 1
    assert stipend(sent, *PERIOD, "--fail-on", "never") == 0
    capsys.readouterr()


def test_without_a_first_month_nothing_is_guessed(sent: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert stipend(sent, "--year", 2019) == 2
    assert "--from" in capsys.readouterr().err


def test_the_workspace_may_name_the_period(sent: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (sent.parent / "canju.toml").write_text('as_of = 2019-12-31\n[stipend]\nyear = 2019\nfrom = "2019-11"\n', encoding="utf-8")
    stipend(sent, "--format", "json")
    assert json.loads(capsys.readouterr().out)["from"] == "2019-11"


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("--year", 2019, "--from", "2019-09"), "没有月工资标准"),
        (("--year", 2019, "--from", "2019-12", "--to", "2019-10"), "早于"),
        ((*PERIOD, "--notice"), "-o"),
        ((*PERIOD, "--notice-from", "2020-01-10"), "还要加 --notice"),
        ((*PERIOD, "--public", "--notice-from", "2020-01-10"), "请用 -o 写明公示表的位置"),
        ((*PERIOD, "--notice", "-o", "表.xlsx", "--notice-from", "2020-1/10"), "2019-10-08 这样"),
        ((*PERIOD, "-o", "发放表.pdf"), ".xlsx"),
        ((*PERIOD, "--explain", "某某"), "没有"),
        ((*PERIOD, "--previous", "没有.xlsx"), "找不到"),
        (("--estimate", 19), "四位年份"),
    ],
)
def test_a_wrong_call_is_refused_in_a_sentence_and_writes_nothing(
    sent: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    arguments: tuple[object, ...],
    words: str,
) -> None:
    monkeypatch.chdir(tmp_path)
    before = sorted(tmp_path.rglob("*"))
    assert stipend(sent, *arguments) == 2
    error = capsys.readouterr().err
    assert words in error
    assert "Traceback" not in error
    assert sorted(tmp_path.rglob("*")) == before


def test_rosters_notice_bank_file_and_changes_are_written(sent: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    first = tmp_path / "第一次.xlsx"
    assert stipend(sent, *PERIOD, "-o", first, "--bank", tmp_path / "代发.xlsx") == 1
    assert stipend(sent, *PERIOD, "-o", first) == 2
    again = tmp_path / "第二次"
    assert stipend(sent, *PERIOD, "-o", again, "--previous", first, "--notice", "--telephone", "0854-0000000") == 1
    assert {path.name for path in again.iterdir()} == {"汇总（不含个人信息）.xlsx", "镇级发放表-甲镇.xlsx", "县级发放表-甲镇.xlsx"}
    assert {"核增核减", "公示", "待定"} <= set(load_workbook(again / "县级发放表-甲镇.xlsx").sheetnames)
    said = capsys.readouterr()
    assert "银行代发文件：2笔，共1000.00元" in said.err
    for text in (said.out, said.err):
        assert not re.search(r"张三丰|李四娘|522799199003070|6229990000000000", text)


def test_an_explanation_and_an_estimate_name_nobody_in_full(sent: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert stipend(sent, *PERIOD, "--explain", "李四娘") == 0
    text = capsys.readouterr().out
    assert "200.00元×2个月＝400.00元" in text
    assert "李四娘" not in text
    assert stipend(sent, "--estimate", 2020, "--as-of", "2019-12-31", "--format", "json") == 0
    assert json.loads(capsys.readouterr().out)["totals"] == {"heads": 3, "amount": "7200.00", "expected": "7200.00"}


@pytest.mark.parametrize("first", ["2020-1-9", "2020-01-09", "20200109", "2020年1月9日", "2020/1/9", "2020.1.9", "２０２０－１－９"])
def test_a_day_may_be_written_as_people_write_it(sent: Path, tmp_path: Path, first: str, capsys: pytest.CaptureFixture[str]) -> None:
    stipend(sent, *PERIOD, "--notice", "--notice-from", first, "--notice-to", "2020-1-20", "-o", tmp_path / "表.xlsx")
    cells = [str(cell) for row in load_workbook(tmp_path / "表.xlsx")["公示"].iter_rows(values_only=True) for cell in row if cell]
    assert any("公示期：2020年1月9日至2020年1月20日" in cell for cell in cells)
    capsys.readouterr()


def test_a_folder_without_a_ledger_pays_nobody_and_says_so(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    empty = tmp_path / "空"
    empty.mkdir()
    assert stipend(empty, *PERIOD, "--format", "json") == 2
    assert "没有文件可读" in capsys.readouterr().err
    (empty / "通讯录.csv").write_text("科室,电话\n办公室,110\n", encoding="utf-8")
    assert stipend(empty, *PERIOD, "--format", "json") == 2
    assert "没有读到任何台账，没有核算" in capsys.readouterr().err


def test_an_earlier_roster_of_nobody_here_is_told(sent: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    stipend(sent, *PERIOD, "-o", tmp_path / "上次.xlsx")
    others = ROWS[0].replace(id_number(2), id_number(20)).replace("张三丰", "赵六福")
    for rows, told in ((ROWS, False), ([*ROWS[:1], others], False), ([others], True)):
        (sent / "甲镇专职委员台账.csv").write_text("\n".join([HEADS, *rows, ""]), encoding="utf-8-sig")
        capsys.readouterr()
        stipend(sent, *PERIOD, "--previous", tmp_path / "上次.xlsx", "-o", tmp_path / "本次.xlsx", "--force")
        assert ("没有一个人相同" in capsys.readouterr().err) == told


def test_the_changes_of_one_town_are_found_over_all_towns(sent: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Whoever is of another town is not gone, and who moved here is said to come from there."""
    moved = f"1,镇（街道）,乙镇,,赵六妹,女,{id_number(8)},专职,2015-03-01,,90,满意,2019,合格,200,3,600,农业银行,6229990000000000003,"
    (sent / "乙镇专职委员台账.csv").write_text(f"{HEADS}\n{moved}\n", encoding="utf-8-sig")
    assert stipend(sent, *PERIOD, "-o", tmp_path / "上次", "--fail-on", "never") == 0
    (sent / "乙镇专职委员台账.csv").write_text(
        f"{HEADS}\n{moved.replace('赵六妹', '钱七妹').replace(id_number(8), id_number(10))}\n", "utf-8-sig"
    )
    text = (sent / "甲镇专职委员台账.csv").read_text("utf-8-sig")
    (sent / "甲镇专职委员台账.csv").write_text(f"{text}{moved.replace('乙镇', '甲镇')}\n", encoding="utf-8-sig")
    told = ("--previous", tmp_path / "上次", "--fail-on", "never")
    assert stipend(sent, *PERIOD, *told, "--town", "甲镇", "-o", tmp_path / "一镇") == 0
    assert sorted(path.name for path in (tmp_path / "一镇").iterdir()) == [
        "县级发放表-甲镇.xlsx",
        "汇总（不含个人信息）.xlsx",
        "镇级发放表-甲镇.xlsx",
    ]
    rows = list(load_workbook(tmp_path / "一镇" / "镇级发放表-甲镇.xlsx")["核增核减"].iter_rows(min_row=4, values_only=True))
    assert [(row[1], row[4], row[10]) for row in rows if row[0] == 1] == [("核增", "赵六妹", "由镇（街道）财政预算（乙镇）转来")]
    assert len([row for row in rows if isinstance(row[0], int)]) == 1


def test_what_is_public_names_nobody_in_full_and_tells_no_number_and_no_result(
    sent: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for format_ in ("text", "json", "jsonl", "csv"):
        stipend(sent, *PERIOD, "--public", "--format", format_)
        told = capsys.readouterr().out
        assert "张*丰" in told
        assert "400.00" in told
        assert "王" not in told, "who isn't paid is not told of"
        assert not re.search(r"张三丰|李四娘|\d{6}\*|农业银行|合格|优秀", told)
    stipend(sent, *PERIOD, "--public", "--format", "json")
    assert json.loads(capsys.readouterr().out)["payments"][1] == {"town": "甲镇", "village": "甲村", "name": "李*娘", "amount": "400.00"}
    more = ("--public", "--telephone", "0854-0000000", "--notice-from", "2020-01-10", "--fail-on", "never")
    assert stipend(sent, *PERIOD, *more, "-o", tmp_path / "公示") == 0
    assert stipend(sent, *PERIOD, *more, "-o", tmp_path / "公示.xlsx") == 0
    names = sorted(path.name for path in (tmp_path / "公示").iterdir())
    assert names == ["县级公示表-甲镇.xlsx", "汇总（不含个人信息）.xlsx", "镇级公示表-甲镇.xlsx"]
    for path in (tmp_path / "公示.xlsx", tmp_path / "公示" / names[0]):
        book = load_workbook(path)
        assert book.sheetnames == ["公示"]
        text = " ".join(str(cell) for row in book["公示"].iter_rows(values_only=True) for cell in row if cell)
        assert "0854-0000000" in text
        assert "2020年1月10日" in text
        assert not re.search(r"\d{15}|李四娘", text)


@pytest.mark.parametrize("more", [("--unmask",), ("--estimate", 2020), ("--explain", "张三丰")])
def test_what_is_public_goes_with_nothing_that_is_not(sent: Path, more: tuple[object, ...], capsys: pytest.CaptureFixture[str]) -> None:
    assert stipend(sent, *PERIOD, "--public", *more) == 2
    assert "--public" in capsys.readouterr().err
