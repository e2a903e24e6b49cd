"""`canju run` into a folder that holds last time's: decisions and rewritten papers stay, what is no longer needed goes."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest
from docx import Document
from openpyxl import load_workbook

from canju.cli import call
from canju.outputs.journal import digest

COUNTY = Path(__file__).parent.parent / "samples/禾丰县"


@pytest.fixture
def county(tmp_path: Path) -> Path:
    return Path(shutil.copytree(COUNTY, tmp_path / "县"))


def run(county: Path, *more: str) -> Path:
    out = county / "成果"
    assert call(["--config", str(county / "canju.toml"), "run", str(county / "报送"), "-o", str(out), *more]) in (0, 1, 3)
    return out


def test_what_is_no_longer_needed_goes_unless_somebody_has_changed_it(county: Path, capsys: pytest.CaptureFixture[str]) -> None:
    out = run(county)
    returned = sorted(path.relative_to(out) for path in (out / "退回修改").rglob("*.xlsx"))
    [changed, *others] = returned
    book = load_workbook(out / changed)
    book["问题清单"]["J3"] = "镇里填的"
    book.save(out / changed)
    for path in (county / "报送").rglob("*"):
        if path.is_file() and "专职委员" not in path.name:
            path.unlink()
    first, second = [out / path for path in others if "专职委员" not in path.name][:2]
    shutil.copy(first, first.with_name(first.name + ".bak"))  # the version before, as it was written
    second.with_name(second.name + ".bak").write_bytes(b"somebody's")
    capsys.readouterr()
    run(county, "--force")
    assert not first.exists()
    assert not first.with_name(first.name + ".bak").exists()
    assert second.with_name(second.name + ".bak").exists()
    fresh = {one["file"] for one in json.loads((out / "记录.jsonl").read_text().splitlines()[-1])["outputs"]}
    stale = [path for path in others if path.as_posix() not in fresh]
    assert stale
    assert [path for path in stale if (out / path).exists()] == []
    assert (out / changed).exists()
    assert "这次不再需要的文件已删去" in capsys.readouterr().err
    assert all((out / name).is_file() for name in fresh)


@pytest.mark.parametrize("line", ["5", "{}", '{"outputs": 5}', '{"outputs": [5, {"file": "a"}, {"file": "../报送.txt", "sha256": "SUM"}]}'])
def test_lines_that_no_run_has_written_do_no_harm(county: Path, line: str) -> None:
    (county / "报送.txt").write_text("镇里的")
    out = county / "成果"
    out.mkdir()
    (out / "记录.jsonl").write_text(line.replace("SUM", digest(county / "报送.txt")) + "\n")
    run(county)
    assert (county / "报送.txt").read_text() == "镇里的"


def test_a_paper_that_was_rewritten_keeps_its_words_under_a_name_of_its_own(county: Path, capsys: pytest.CaptureFixture[str]) -> None:
    out = run(county)
    paper = Document(str(out / "总结.docx"))
    paper.add_paragraph("县里自己写的一段")
    paper.save(str(out / "总结.docx"))
    for _ in range(3):
        run(county, "--force")
    kept = Document(str(out / "总结（改过1）.docx"))
    assert kept.paragraphs[-1].text == "县里自己写的一段"
    assert Document(str(out / "总结.docx")).paragraphs[-1].text != "县里自己写的一段"
    assert [path.name for path in out.glob("总结（改过*")] == ["总结（改过1）.docx"]
    said = capsys.readouterr().err
    assert said.count("有人改过") == 1
    assert "--update" in said


def test_decisions_in_the_book_are_carried_out(county: Path, capsys: pytest.CaptureFixture[str]) -> None:
    out = run(county)
    book = load_workbook(out / "汇总.xlsx")
    page = book["冲突"]
    heads = {str(cell.value): cell.column for row in page.iter_rows(max_row=3) for cell in row}
    page.cell(2, heads["处理意见"]).value = "采用 A"
    book.save(out / "汇总.xlsx")
    capsys.readouterr()
    run(county, "--force")
    assert "冲突待处理" not in capsys.readouterr().err
    assert load_workbook(out / "汇总.xlsx")["冲突"].cell(2, heads["处理意见"]).value == "采用 A"
    setting = ["--config", str(county / "canju.toml")]
    assert call([*setting, "pack", str(out), "--inputs", str(county / "报送"), "-o", str(county / "存档.zip")]) == 0
    assert call([*setting, "verify", str(county / "存档.zip"), "--inputs", str(county / "报送")]) == 0
    (out / "手写的稿子.docx").write_bytes(b"by hand")
    assert call([*setting, "pack", str(out), "--inputs", str(county / "报送"), "-o", str(county / "又存.zip")]) == 0
    capsys.readouterr()
    assert call([*setting, "verify", str(county / "又存.zip"), "--inputs", str(county / "报送")]) == 0
    assert "手写的稿子.docx" in capsys.readouterr().err
    next((county / "报送").rglob("*.csv")).unlink()  # the outputs are no longer of what was sent
    assert call([*setting, "pack", str(out), "--inputs", str(county / "报送"), "-o", str(county / "另存.zip")]) == 2
    assert not (county / "另存.zip").exists()


def test_notices_promise_no_marks_for_what_the_stipend_finds(county: Path) -> None:
    out = run(county)
    promised = {path.name.removesuffix("退回修改通知.docx") for path in (out / "通知").glob("*退回修改通知.docx")}
    assert promised
    assert promised <= {path.name for path in (out / "退回修改").iterdir()}


def test_what_is_still_to_be_put_right_is_told_beside_what_was(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    heads = "镇（街道）,村（社区）,姓名,性别,身份证号,出生年月,未办证原因,政策宣传,联系电话,备注\n"
    row = "甲镇,观音村,{},男,{},1990-03,{},是,13985412345,\n"
    for folder, reason in (("前", ""), ("后", "外出务工")):
        path = tmp_path / folder / "甲镇" / "未持证残疾人台账.csv"
        path.parent.mkdir(parents=True)
        path.write_text(heads + row.format("王一", "522799199003074510", reason) + row.format("李二", "522799199003074519", "外出务工"))
    capsys.readouterr()
    assert call(["--quiet", "diff", str(tmp_path / "前"), str(tmp_path / "后"), "--as-of", "2019-12-31"]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert [line.split()[0] for line in lines if "C101" in line or "C202" in line] == ["已改", "未改"]


def test_a_town_that_no_setting_knows_is_named(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "报送/新设镇/未持证残疾人台账.csv"
    path.parent.mkdir(parents=True)
    path.write_text(
        "村（社区）,姓名,性别,身份证号,出生年月,未办证原因,政策宣传,联系电话\n观音村,王一,男,522799199003074510,1990-03,外出务工,是,13985412345\n"
    )
    (tmp_path / "canju.toml").write_text('towns = ["甲镇"]\nas_of = 2019-12-31\n')
    call(["--config", str(tmp_path / "canju.toml"), "validate", str(tmp_path / "报送")])
    [line] = [line for line in capsys.readouterr().out.splitlines() if "F202" in line]
    assert "“新设镇”不在本县镇（街道）名单" in line
