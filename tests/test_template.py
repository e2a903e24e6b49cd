"""Templates: they come back clean when filled in, hold only the town's own, and are refused in plain words where they cannot be made."""

from __future__ import annotations

import json
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook

from canju.cli import call
from canju.ledgers import ledgers
from canju.ledgers.sent import sent_table, told
from canju.outputs.blank.columns import asked, must
from round_cases import COUNTY, FIRST, TOWNS, fill, headings, people, workspace

TOWN = "下河镇"
OWN = f"{COUNTY}残疾人联合会"


@pytest.fixture(scope="module")
def sent(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = workspace(tmp_path_factory.mktemp("county") / "w")
    assert call(["--quiet", "template", "-o", str(folder / "下发")]) == 0
    assert call(["--quiet", "template", "-o", str(folder / "下发"), "--ledger", "持证残疾人名册"]) == 0
    return folder


def rows_of(key: str) -> list[dict[str, Any]]:
    county = people()
    if key == "feedback":
        return [{"kind": "成功做法", "text": "逐户走访", "contact": "张三", "phone": "13900000001"}]
    if key == "certified":
        one = county.person()
        return [{**one, "village": "石坝村", "certificate": one["id_number"] + "41", "category": "肢体", "grade": "一级", "status": "正常"}]
    if key == "delegates":
        return [{**county.person(), "term": "第七届", "body": "主席团委员", "constituency": "残疾人、基层一线"}]
    county.staffing(TOWN)
    return getattr(county, key)(TOWN)  # type: ignore[no-any-return]


def found_in(path: Path, capsys: pytest.CaptureFixture[str], folder: Path) -> list[dict[str, Any]]:
    capsys.readouterr()
    call(["--quiet", "--config", str(folder / "canju.toml"), "validate", str(path), "--format", "json"])
    read = json.loads(capsys.readouterr().out)
    assert read["summary"]["rows"] > 0
    return read["findings"]  # type: ignore[no-any-return]


@pytest.mark.parametrize("key", list(ledgers()))
def test_filled_with_valid_rows_it_validates_clean(key: str, sent: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    title = ledgers()[key].title
    unit = OWN if key == "delegates" else TOWN
    rows = rows_of(key)
    fill(sent / "下发" / unit / f"{unit}{title}.xlsx", key, rows, tmp_path / "改了名.xlsx")
    assert found_in(tmp_path, capsys, sent) == []


def test_every_heading_is_the_official_one_and_required_ones_are_marked(sent: Path) -> None:
    for key in ("staffing", "commissioners", "uncertified", "groups", "organizations", "feedback"):
        row = load_workbook(sent / "下发" / TOWN / f"{TOWN}{ledgers()[key].title}.xlsx").worksheets[0][3]
        said = [str(cell.value) for cell in row]
        assert said == [("*" if must(column) else "") + column.title for column in asked(ledgers()[key]).values()]


def test_drop_downs_hold_the_towns_own_villages_only(sent: Path) -> None:
    for town, villages in TOWNS.items():
        path = sent / "下发" / town / f"{town}专职委员台账.xlsx"
        sheet = load_workbook(path).worksheets[0]
        letter = sheet.cell(3, headings(path)["村（社区）"]).column_letter
        lists = [one.formula1 for one in sheet.data_validations.dataValidation if one.type == "list" and f"{letter}{FIRST}" in one.sqref]
        assert lists == [f'"{",".join(villages)}"']


def test_no_list_inside_a_validation_is_longer_than_a_workbook_bears(sent: Path) -> None:
    names = set()
    for path in (sent / "下发").rglob("*.xlsx"):
        book = load_workbook(path)
        for one in book.worksheets[0].data_validations.dataValidation:
            assert len(one.formula1 or "") <= 257
            if one.type == "list" and not one.formula1.startswith('"'):
                names.add(one.formula1)
                assert one.formula1.lstrip("=") in book.defined_names
        assert book["_canju"].sheet_state == "veryHidden"
    assert names, "民族 has more words than fit"


def test_numbers_that_must_not_change_are_text(sent: Path) -> None:
    path = sent / "下发" / TOWN / f"{TOWN}专职委员台账.xlsx"
    sheet, at = load_workbook(path).worksheets[0], headings(path)
    for title in ("身份证号", "残疾人证号", "银行账号", "联系电话", "聘用时间", "出生年月"):
        assert sheet.cell(FIRST, at[title]).number_format == "@", title
    assert sheet.cell(FIRST, at["月工资"]).number_format == "General"


def test_the_stamp_names_county_town_ledger_and_version(sent: Path) -> None:
    rows = dict(load_workbook(sent / "下发" / TOWN / f"{TOWN}残疾人小组台账.xlsx")["_canju"].iter_rows(max_col=2, values_only=True))
    assert (rows["county"], rows["town"], rows["ledger"]) == (COUNTY, TOWN, "groups")
    assert rows["version"]


def test_the_example_row_cannot_be_typed_over(sent: Path) -> None:
    sheet = load_workbook(sent / "下发" / TOWN / f"{TOWN}专职委员台账.xlsx").worksheets[0]
    assert sheet.cell(FIRST - 1, 1).value == "例"
    guards = [one for one in sheet.data_validations.dataValidation if one.type == "custom" and f"A{FIRST - 1}" in one.sqref]
    assert [one.formula1 for one in guards] == ["FALSE"]


def test_made_twice_it_is_the_same(sent: Path, tmp_path: Path) -> None:
    for name in ("a", "b"):
        config = ["--quiet", "--config", str(sent / "canju.toml")]
        assert call([*config, "template", "-o", str(tmp_path / name), "--town", TOWN, "--ledger", "groups"]) == 0
    files = [next((tmp_path / name).rglob("*.xlsx")) for name in ("a", "b")]
    assert files[0].read_bytes() == files[1].read_bytes()
    assert len(list((tmp_path / "a").rglob("*.xlsx"))) == 1


@pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice is not here")
def test_saved_again_by_libreoffice_it_still_validates_clean(sent: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for key in ("commissioners", "uncertified"):
        title = ledgers()[key].title
        fill(sent / "下发" / TOWN / f"{TOWN}{title}.xlsx", key, rows_of(key), tmp_path / "填" / f"{key}.xlsx")
    call_office = ["soffice", f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}", "--headless", "--convert-to"]
    for ending in ("xlsx", "ods", "xls"):
        files = sorted(map(str, (tmp_path / "填").glob("*.xlsx")))
        subprocess.run([*call_office, ending, "--outdir", str(tmp_path / ending), *files], check=True, capture_output=True, timeout=180)
        assert found_in(tmp_path / ending, capsys, sent) == [], ending


# --- what is refused -----------------------------------------------------------------------------


def refused(arguments: list[str], capsys: pytest.CaptureFixture[str]) -> str:
    capsys.readouterr()
    assert call(arguments) == 2
    return capsys.readouterr().err


def test_without_a_workspace_init_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.chdir(tmp_path)
    assert "canju init" in refused(["template", "-o", "下发"], capsys)
    assert not (tmp_path / "下发").exists()


def test_without_towns_it_says_where_to_write_them(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    call(["--quiet", "init", str(tmp_path)])
    assert "villages.csv" in refused(["template", "-o", str(tmp_path / "下发")], capsys)


def test_wrong_words_are_answered_with_the_nearest(sent: Path, capsys: pytest.CaptureFixture[str]) -> None:
    out = str(sent / "另")
    assert "commissioners" in refused(["template", "-o", out, "--ledger", "commissoners"], capsys)
    assert TOWN in refused(["template", "-o", out, "--town", "下何镇"], capsys)
    assert "-o" in refused(["template"], capsys)
    assert "--from" in refused(["template", "-o", out, "--assessment"], capsys)
    assert "--ledger" in refused(["template", "-o", out, "--assessment", "--from", str(sent / "x.xlsx"), "--ledger", "groups"], capsys)
    assert not (sent / "另").exists()


def test_what_is_there_is_not_overwritten(sent: Path, capsys: pytest.CaptureFixture[str]) -> None:
    before = {path: path.read_bytes() for path in (sent / "下发").rglob("*.xlsx")}
    assert "--force" in refused(["template", "-o", str(sent / "下发")], capsys)
    assert {path: path.read_bytes() for path in (sent / "下发").rglob("*.xlsx")} == before


def test_a_file_that_is_no_book_is_refused(sent: Path, capsys: pytest.CaptureFixture[str]) -> None:
    wrong = sent / "下发" / TOWN / f"{TOWN}专职委员台账.xlsx"
    assert "不是 canju merge 写出的总表" in refused(["template", "-o", str(sent / "另"), "--from", str(wrong)], capsys)
    assert "找不到" in refused(["template", "-o", str(sent / "另"), "--from", str(sent / "无.xlsx")], capsys)
    assert not (sent / "另").exists()


def test_the_book_of_another_county_is_refused(sent: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    other = tmp_path / "他县"
    assert call(["--quiet", "init", str(other), "--county", "他县", "--towns", "山前镇"]) == 0
    (other / "villages.csv").write_text("镇（街道）,村（社区）\n山前镇,一村\n", "utf-8")
    assert call(["--quiet", "template", "-o", str(other / "下发"), "--ledger", "groups"]) == 0
    row = {"village": "一村", "place": "一组", "place_kind": "自然村", "persons": 12, "established": "否"}
    fill(other / "下发" / "山前镇" / "山前镇残疾人小组台账.xlsx", "groups", [row], other / "报送" / "一.xlsx")
    assert call(["--quiet", "merge", str(other / "报送"), "-o", str(other / "总表.xlsx")]) == 0
    config = ["--config", str(sent / "canju.toml")]
    told = refused([*config, "template", "-o", str(sent / "另"), "--from", str(other / "总表.xlsx")], capsys)
    assert "山前镇" in told
    assert not (sent / "另").exists()


def test_the_book_of_another_county_is_known_by_its_name_where_it_names_no_town(
    sent: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """The county federation's own people have no town; a town of the same name may lie in either county."""
    for unit, towns in ((None, "山前镇"), (TOWN, TOWN)):
        other = tmp_path / (unit or "县残联")
        assert call(["--quiet", "init", str(other), "--county", "他县", "--towns", towns]) == 0
        (other / "villages.csv").write_text(f"镇（街道）,村（社区）\n{towns},一村\n", "utf-8")
        assert call(["--quiet", "template", "-o", str(other / "下发"), "--ledger", "staffing"]) == 0
        unit = unit or "他县残疾人联合会"
        row = {**people().person(), "level": "镇（街道）残联" if unit == TOWN else "县残联", "organization": unit, "post": "理事长"}
        fill(other / "下发" / unit / f"{unit}组织人员配备台账.xlsx", "staffing", [row], other / "报送" / "一.xlsx")
        assert call(["--quiet", "merge", str(other / "报送"), "-o", str(other / "总表.xlsx")]) == 0
        config = ["--config", str(sent / "canju.toml")]
        told = refused([*config, "template", "-o", str(sent / "另"), "--from", str(other / "总表.xlsx")], capsys)
        assert f"是他县的总表，不是{COUNTY}的" in told
        assert not (sent / "另").exists()


def test_a_new_years_templates_go_by_the_settings_of_the_current_folder(
    sent: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    row = {**rows_of("commissioners")[0], "assessed_year": "2019", "assessment": "合格", "performance": "92", "satisfaction": "满意"}
    fill(sent / "下发" / TOWN / f"{TOWN}专职委员台账.xlsx", "commissioners", [row], sent / "上年报送" / "一.xlsx")
    assert call(["--quiet", "merge", str(sent / "上年报送"), "-o", str(sent / "上年汇总.xlsx")]) == 0
    new = workspace(tmp_path / "新年", "2020-12-31")
    make = ["template", "--from", str(sent / "上年汇总.xlsx"), "--assessment", "-o"]
    for year, folder, out, settings in (
        ("2020", new, "考核", new),
        ("2020", tmp_path, str(new / "另"), new),
        ("2019", sent, str(new / "旧"), sent),
    ):
        monkeypatch.chdir(folder)
        capsys.readouterr()
        assert call([*make, out]) == 0
        said = capsys.readouterr().err
        assert f"用的是 {settings.resolve() / 'canju.toml'} 的设置" in said
        [path] = Path(out).rglob("*.xlsx")
        cells = {title: load_workbook(path).worksheets[0].cell(FIRST, at).value for title, at in headings(path).items()}
        assert cells["考核年度"] == year
        assert (cells["考核结果"], cells["绩效评估"]) == (("合格", "92") if year == "2019" else (None, None))
    monkeypatch.chdir(sent)
    assert call([*make, "本年"]) == 0
    assert "用的是" not in capsys.readouterr().err, "with one workspace there is nothing to tell"


def test_rows_of_nobody_are_carried_to_nobody(sent: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    one = people().person()
    (tmp_path / "报送").mkdir()
    rows = f"姓名,性别,身份证号,人员类别,聘用时间\n{one['name']},{one['sex']},{one['id_number']},专职,2018-01\n"
    (tmp_path / "报送" / "散.csv").write_text(f"专职委员台账\n{rows}", "utf-8")
    config = ["--config", str(sent / "canju.toml")]
    assert call(["--quiet", *config, "merge", str(tmp_path / "报送"), "-o", str(tmp_path / "总表.xlsx")]) == 0
    capsys.readouterr()
    assert call([*config, "template", "--from", str(tmp_path / "总表.xlsx"), "-o", str(tmp_path / "下发")]) == 0
    assert "有 1 行看不出是哪个镇（街道）的，没有预填" in capsys.readouterr().err
    for path in (tmp_path / "下发").rglob("*.xlsx"):
        cells = {str(cell) for sheet in load_workbook(path) for row in sheet.iter_rows(values_only=True) for cell in row if cell}
        assert not any(one["id_number"] in cell for cell in cells), path


def test_the_check_of_a_word_template_tells_what_is_wrong(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "坏.docx").write_text("x")
    assert call(["template", "check", str(tmp_path / "坏.docx")]) == 2
    assert "坏.docx" in capsys.readouterr().out
    assert call(["template", "check", str(tmp_path / "无.docx")]) == 2


# --- what the hidden sheet keeps -----------------------------------------------------------------


def test_rows_sent_out_read_back_as_they_were() -> None:
    rows = [{"name": "王小明", "hired": "2016-05", "village": "石坝村"}, {"name": "李大勇"}]
    stamp = {"ledger": "commissioners", "town": TOWN, **dict(told(rows))}
    table = sent_table(stamp)
    assert table is not None
    assert [{name: one.shown(name) for name, value in one.items() if value is not None} for one in table.records] == rows


@pytest.mark.parametrize("spoilt", ["", "[", "[1]", "null", '{"name": 3}'])
def test_a_spoilt_row_of_the_hidden_sheet_harms_nothing(spoilt: str) -> None:
    stamp = {"ledger": "commissioners", "sent 1": spoilt, "sent x": "{}", "sent 7": '{"name": "王小明"}'}
    table = sent_table(stamp)
    assert table is not None
    assert table.records[-1].shown("name") == "王小明"
    assert sent_table({"ledger": "unknown", "sent 1": "{}"}) is None
    assert sent_table({}) is None


@pytest.mark.parametrize(("title", "says"), [("组织人员配备台账", True), ("专职委员台账", True), ("残疾人小组台账", False)])
def test_where_a_commissioner_stands_in_two_ledgers_the_template_says_so(sent: Path, title: str, says: bool) -> None:
    made = next(path for path in (sent / "下发").rglob("*.xlsx") if title in path.name)
    texts = " ".join(str(cell.value) for row in load_workbook(made)["填表说明"].iter_rows() for cell in row)
    assert ("组织人员配备台账和专职委员台账里各填一行" in texts) == says
