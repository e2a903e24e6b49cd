"""Findings, however many: those beyond a number lie packed outside memory, and nothing else changes by it."""

from __future__ import annotations

import os
import pickle
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from openpyxl import load_workbook

from canju import findings as module
from canju.cli import call
from canju.findings import Findings, in_order
from canju.model import Address, Finding
from canju.outputs.returns.lines import HEADS

SAMPLE = Path(__file__).parent.parent / "samples/禾丰县"
FEW = {"HELD": 3, "PAGE": 2, "SPOOL": 64}
"""So that the sample county's dozen findings fill several runs, pages and a file."""
HEADINGS = "镇（街道）,村（社区）,姓名,性别,身份证号,出生年月,未办证原因,联系电话"
GOOD = "甲镇,观音村,王{},男,522799199003074510,1990-03,外出务工,13985412345"


def finding(rule: str, row: int, said: str | None = None) -> Finding:
    return Finding(rule, "", "query", Address("甲.xlsx", "表", row), "", {}, "", heading=rule, town="甲镇", explained=said)


def few(patch: pytest.MonkeyPatch) -> None:
    for name, number in FEW.items():
        patch.setattr(module, name, number)


def told(capsys: pytest.CaptureFixture[str], *arguments: str | Path) -> tuple[int, str, str]:
    code = call([str(one) for one in arguments])
    said = capsys.readouterr()
    return code, said.out, said.err


def files(folder: Path) -> dict[str, bytes]:
    """What a run has written, but for its journal, which holds the time of day."""
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file() and path.name != "记录.jsonl"}


def test_they_come_in_order_are_counted_and_survive_a_journey(monkeypatch: pytest.MonkeyPatch) -> None:
    few(monkeypatch)
    some = [finding(f"C10{number % 4}", number, "因故" if number == 5 else None) for number in range(11)]
    held = Findings(some[:7])
    held.join(Findings(some[7:], held=0))
    for one in (held, pickle.loads(pickle.dumps(held)), in_order(reversed(some), lambda one: one.address.row)):
        assert list(one) == list(one) == some
        assert len(one) == 11
        assert list(one.of("C102".__eq__)) == some[2::4]
        assert (one.count("query"), one.explained) == (10, 1)
    assert list(held.kinds)[:2] == [(f"C10{number}", "query", "甲镇", None, f"C10{number}", False) for number in range(2)]


def test_what_sorts_alike_stays_as_it_came(monkeypatch: pytest.MonkeyPatch) -> None:
    few(monkeypatch)
    some = [finding("C101", number) for number in range(11)]
    assert list(in_order(some, lambda one: one.address.row // 4 if one.address.row else 0)) == some
    assert list(in_order(some, lambda one: one.rule)) == some


@pytest.mark.parametrize(
    "arguments",
    [
        ("validate",),
        ("validate", "--format", "json"),
        ("validate", "--format", "jsonl", "--unmask"),
        ("validate", "--format", "csv", "--select", "C,R"),
        ("validate", "--format", "json", "--town", "青石镇", "--ignore", "C1"),
        ("check", "--format", "json"),
        ("status",),
        ("notify",),
    ],
    ids=" ".join,
)
def test_a_round_says_the_same_whether_they_are_held_or_packed(
    arguments: tuple[str, ...], monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    command, *more = arguments
    code, out, err = told(capsys, command, SAMPLE / "报送", *more)
    few(monkeypatch)
    packed = told(capsys, command, SAMPLE / "报送", *more)
    assert packed[:2] == (code, out)
    assert [line for line in packed[2].splitlines() if not line.startswith("问题超过 3 处")] == err.splitlines()


def test_a_run_writes_the_same_whether_they_are_held_or_packed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    code, _, err = told(capsys, "run", SAMPLE / "报送", "-o", tmp_path / "一")
    assert "问题超过" not in err
    few(monkeypatch)
    again, _, err = told(capsys, "run", SAMPLE / "报送", "-o", tmp_path / "二")
    assert again == code
    assert "问题超过 3 处，全部 " in err
    assert "处见问题明细.csv。" in err
    assert files(tmp_path / "一") == files(tmp_path / "二")


def test_what_a_town_answered_is_found_again_among_packed_ones(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    sent, out = tmp_path / "报送", tmp_path / "退回"
    rows = [GOOD.format("一"), *(f"甲镇,观音村,李{name},女,522799198005061248,1980-05,,1398541234" for name in "二三四五")]
    (sent / "甲镇").mkdir(parents=True)
    (sent / "甲镇/未持证残疾人台账.csv").write_text("\n".join([HEADINGS, *rows]), encoding="utf-8")
    few(monkeypatch)
    told(capsys, "validate", sent, "-o", out)
    [made] = out.rglob("*（退回修改）.xlsx")
    book = load_workbook(made)
    page = book["问题清单"]
    asked = [row for row in range(3, page.max_row + 1) if page.cell(row, HEADS.index("性质") + 1).value == "请核实"]
    page.cell(asked[-1], HEADS.index("核实说明") + 1, "经核实属实。")
    book.save(sent / "甲镇" / made.name)
    packed = told(capsys, "validate", sent, "--format", "json")
    monkeypatch.undo()
    assert told(capsys, "validate", sent, "--format", "json")[:2] == packed[:2]
    assert packed[1].count("经核实属实。") == 1
    assert "已说明 1" in packed[2]


def test_the_terminal_says_where_all_are(monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    few(monkeypatch)
    assert "处见上面。" in told(capsys, "validate", SAMPLE / "报送")[2]
    listed = tmp_path / "全部.csv"
    assert f"处见 {listed}。" in told(capsys, "validate", SAMPLE / "报送", "--format", "csv", "--output", listed)[2]
    monkeypatch.setattr("sys.stdout.isatty", lambda: True)
    err = told(capsys, "validate", SAMPLE / "报送")[2]
    assert "处见：加 --format csv --output 问题明细.csv 写成表格。" in err


def test_one_file_may_have_more_than_its_worker_holds(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A worker keeps none of its findings as they are, and sends them packed."""
    from canju import pipeline

    few(monkeypatch)
    found = pipeline.FileResult(None, Findings([finding("C101", number) for number in range(9)], held=0), {})  # type: ignore[arg-type]
    sent = pickle.dumps(found.findings)
    assert b"C101" in sent
    assert b"explained" not in sent
    assert not found.findings._first
    assert not found.findings._last


BEGIN = """
import sys, time
from canju import findings, pipeline
from canju.cli import main
from canju.model import Refusal
findings.HELD, findings.PAGE, findings.SPOOL = 3, 2, 64
how, sorted_ = sys.argv.pop(1), pipeline.in_order
def in_order(*arguments):
    made = sorted_(*arguments)
    if how == "refusal":
        raise Refusal("写不下。")
    if how == "stopped":
        print("ready", flush=True)
        time.sleep(60)
    return made
pipeline.in_order = in_order
main()
"""


@pytest.mark.parametrize(("how", "code"), [("success", 3), ("refusal", 2), ("stopped", 130)])
def test_the_file_of_findings_has_no_name_and_is_gone_when_the_program_ends(how: str, code: int, tmp_path: Path) -> None:
    place = tmp_path / "临时"
    place.mkdir()
    arguments = [sys.executable, "-c", BEGIN, how, "validate", str(SAMPLE / "报送"), "--jobs", "1"]
    running = subprocess.Popen(
        arguments, env={**os.environ, "TMPDIR": str(place)}, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True
    )
    if how == "stopped":
        assert running.stdout is not None
        assert running.stdout.readline() == "ready\n"
        assert list(place.iterdir()) == []
        if sys.platform == "linux":
            handles = [path for path in Path(f"/proc/{running.pid}/fd").iterdir() if os.readlink(path).startswith(str(place))]
            assert handles, "the findings lie in a file of this folder"
            assert {path.stat().st_mode & 0o777 for path in handles} == {0o600}
        running.send_signal(signal.SIGINT)
    running.communicate(timeout=60)
    assert running.returncode == code
    assert list(place.iterdir()) == []
