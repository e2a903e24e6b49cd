"""The Python API: its examples run, its frames lead to their cells, and it refuses in a sentence."""

from __future__ import annotations

import doctest
import os
from pathlib import Path

import pytest

import canju
from canju import api
from canju.cli import call
from canju.model import Refusal

ROOT = Path(__file__).parent.parent
SENT = ROOT / "samples/禾丰县/报送"


def test_the_examples_of_the_api_run(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)
    assert doctest.testmod(api).failed == 0


def test_read_gives_every_row_and_merge_those_that_were_taken() -> None:
    read, merged = canju.read(SENT), canju.merge(SENT)
    assert len(read["uncertified"]) == len(merged["uncertified"]) + 1
    row = read["uncertified"].iloc[0]
    assert (SENT / row["source_file"]).exists() or ".zip/" in row["source_file"]
    assert all(isinstance(number, str) for number in read["uncertified"]["id_number"].dropna())


def test_check_gives_verdicts() -> None:
    assert {verdict.status for verdict in canju.check(SENT)} >= {"met", "unmet", "unknown"}


def test_a_missing_path_is_refused() -> None:
    with pytest.raises(Refusal, match="找不到"):
        canju.validate("没有这个文件夹")


def test_a_round_is_packed_and_found_the_same_again_and_a_changed_input_is_told(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    import shutil

    shutil.copytree(ROOT / "samples/江原县", tmp_path / "江原县")
    sent = tmp_path / "江原县/报送"
    assert call(["-q", "run", str(sent), "-o", str(tmp_path / "成果")]) in (0, 1)
    assert call(["pack", str(tmp_path / "成果"), "--inputs", str(sent), "-o", str(tmp_path / "存档.zip")]) == 0
    capsys.readouterr()
    code = call(["verify", str(tmp_path / "存档.zip"), "--inputs", str(sent)])
    assert (code, capsys.readouterr().out) == (0, "")
    os.remove(next(sent.rglob("专职委员台账.xlsx")))
    assert call(["verify", str(tmp_path / "存档.zip"), "--inputs", str(sent)]) == 1
    assert "少了：" in capsys.readouterr().out
