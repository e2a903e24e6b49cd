"""Nothing a file holds steers a terminal or breaks a console; whoever reads along may leave at any time."""

from __future__ import annotations

import io
import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from canju.cli import call
from canju.outputs.terminal import CLOSERS, width

HOSTILE = "\x1b[2J\x1b]0;x\x07[red]张[/red]\u202e三\u200b\r𠮷\ud83d\ue000€\x9b31m"
POSIX = pytest.mark.skipif(os.name != "posix", reason="names of files and pipes of Unix")
COMMANDS = (
    ("validate", "报送"),
    ("validate", "报送", "--format", "json"),
    ("validate", "报送", "--format", "jsonl"),
    ("validate", "报送", "--format", "csv"),
    ("validate", "报送", "--explain-reading"),
    ("validate", "报送", "--unmask", "--all"),
    ("check", "报送"),
    ("check", "报送", "--format", "csv"),
    ("stipend", "报送", "--year", "2019", "--from", "2019-10"),
    ("stipend", "报送", "--year", "2019", "--from", "2019-10", "--explain", "2"),
    ("status", "报送"),
    ("notify", "报送"),
    ("diff", "报送", "报送"),
    ("fix", "报送", "--dry-run"),
    ("run", "报送", "-o", "成果", "--force"),
    ("validate", HOSTILE.replace("\ud83d", "")),
    ("frob\x1b[2J",),
    ("explain", "\x1b[2J"),
)


@pytest.fixture(scope="module")
def county(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("console")
    (folder / "canju.toml").write_text('county = "某县"\ntowns = ["甲镇"]\nas_of = 2019-12-31\n', encoding="utf-8")
    (folder / "报送").mkdir()
    text = HOSTILE.replace("\ud83d", "").replace("\r", "")
    heads = f"层级,镇（街道）,村（社区）,姓名,性别,身份证号,聘用时间,考核年度,考核结果,备注{text}"
    row = f"村（社区）,甲镇,{text}村,{text},{text},{text}52279919900307,{text},2019,{text},{text}"
    (folder / "报送" / f"甲镇专职委员{text.replace('/', '')}.csv").write_text(f"{heads}\n{row}\n{row}\n", encoding="utf-8")
    (folder / "报送" / "坏\x1b[31m\n\u202e€𠮷.xlsx").write_bytes(b"PK\x03\x04x")
    return folder


def canju(folder: Path, *arguments: str, **environment: str) -> subprocess.CompletedProcess[bytes]:
    base = {key: value for key, value in os.environ.items() if key not in ("NO_COLOR", "PYTHONUTF8", "FORCE_COLOR")}
    return subprocess.run(
        [sys.executable, "-m", "canju", *arguments],
        cwd=folder,
        env={**base, "PYTHONPATH": str(Path(__file__).parent.parent), **environment},
        capture_output=True,
        check=False,
        timeout=120,
    )


@POSIX
@pytest.mark.parametrize("arguments", COMMANDS, ids=lambda one: " ".join(one)[:40].encode("ascii", "replace").decode())
def test_a_strict_console_takes_everything_and_is_not_steered(county: Path, arguments: tuple[str, ...]) -> None:
    done = canju(county, *arguments, PYTHONIOENCODING="gbk:strict")
    out, err = done.stdout.decode("gbk"), done.stderr.decode("gbk")
    assert done.returncode in (0, 1, 2, 3), err
    assert "Traceback" not in err
    assert re.search(r"[\x00-\x08\x0b-\x1f\x7f]", out + err) is None
    wide = canju(county, *arguments, PYTHONIOENCODING="utf-8:strict")
    told = (wide.stdout + wide.stderr).decode("utf-8")
    assert re.search(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u200b-\u200f\u202a-\u202e\u2066-\u2069\ufeff]", told) is None


@POSIX
def test_what_is_not_a_terminal_gets_no_colour_and_no_bar(county: Path) -> None:
    assert b"\x1b" not in canju(county, "validate", "报送", FORCE_COLOR="1").stdout
    assert b"\x1b" not in canju(county, "--help", FORCE_COLOR="1", NO_COLOR="1").stdout


@POSIX
@pytest.mark.parametrize("arguments", [("validate", "报送", "--format", "json"), ("rules",), ("--help",), ("ledgers",)], ids=" ".join)
def test_a_closed_pipe_ends_quietly(county: Path, arguments: tuple[str, ...]) -> None:
    """As with `| head -1`: no complaint, whether the output is longer than the pipe or not."""
    reader, writer = os.pipe()
    os.close(reader)
    done = subprocess.run(
        [sys.executable, "-m", "canju", *arguments],
        cwd=county,
        env={**os.environ, "PYTHONPATH": str(Path(__file__).parent.parent), "PYTHONUTF8": "1"},
        stdout=writer,
        stderr=subprocess.PIPE,
        check=False,
    )
    os.close(writer)
    assert done.returncode in (0, 1, 3)
    said = done.stderr.decode("utf-8")
    assert "Traceback" not in said
    assert "Broken" not in said
    assert "内部" not in said
    assert "Exception" not in said


@POSIX
def test_a_closed_error_stream_is_no_fault(county: Path) -> None:
    done = subprocess.run(
        ["/bin/sh", "-c", f'"{sys.executable}" -m canju validate 报送 --format json 2>&-'],
        cwd=county,
        env={**os.environ, "PYTHONPATH": str(Path(__file__).parent.parent)},
        stdout=subprocess.PIPE,
        check=False,
    )
    assert done.returncode in (0, 1, 3)
    assert done.stdout.startswith(b"{")


class Terminal(io.StringIO):
    """A terminal to write on."""

    def isatty(self) -> bool:
        return True


@POSIX
@pytest.mark.parametrize("columns", [80, 120])
@pytest.mark.parametrize("arguments", [("validate", "报送"), ("status", "报送"), ("check", "报送"), ("run", "报送")], ids=" ".join)
def test_on_a_terminal_no_line_is_too_wide_and_none_begins_with_a_closing_sign(
    arguments: tuple[str, ...], columns: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shutil.copytree(Path(__file__).parent.parent / "samples" / "禾丰县", tmp_path / "禾丰县")
    monkeypatch.chdir(tmp_path / "禾丰县")
    monkeypatch.setenv("COLUMNS", str(columns))
    out, err = Terminal(), Terminal()
    monkeypatch.setattr(sys, "stdout", out)
    monkeypatch.setattr(sys, "stderr", err)
    assert call([*arguments, *(["-o", "成果"] if arguments[0] == "run" else [])]) in (0, 1, 3)
    lines = [one for one in (out.getvalue() + err.getvalue()).split("\n") if one.strip() and "\r" not in one]
    assert len(lines) > 5
    assert [one for one in lines if width(one) > columns] == []
    assert [one for one in lines if one.strip()[0] in CLOSERS] == []


@POSIX
def test_data_on_a_terminal_are_not_broken(county: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(county)
    monkeypatch.setenv("COLUMNS", "40")
    monkeypatch.setattr(sys, "stdout", out := Terminal())
    assert call(["--quiet", "check", "报送", "--format", "jsonl"]) in (0, 1, 3)
    assert all(json.loads(line) for line in out.getvalue().splitlines())
