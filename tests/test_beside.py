"""A part of the writing in a process of its own: the same files, whatever happens to it."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest

from canju.beside import beside
from canju.cli import call
from canju.model import Refusal
from canju.outputs.files import Written

forking = pytest.mark.skipif(sys.platform != "linux", reason="processes are forked on Linux only")


@pytest.mark.parametrize("able", [True, False])
def test_files_and_sentences_follow_those_of_the_body(tmp_path: Path, able: bool) -> None:
    written = Written()

    def work(inner: Written) -> None:
        inner.said.append(str(os.getpid()))
        inner.write_text(tmp_path / "b.txt", "beside")

    with beside(work, written, able):
        written.write_text(tmp_path / "a.txt", "here")
    assert [path.name for path in written.paths] == ["a.txt", "b.txt"]
    assert (tmp_path / "b.txt").read_text() == "beside"
    assert (written.said == [str(os.getpid())]) is (not able or sys.platform != "linux")


def test_a_thread_forks_no_process_of_a_program_with_others(tmp_path: Path) -> None:
    written = Written()

    def body() -> None:
        with beside(lambda inner: inner.said.append(str(os.getpid())), written, True):
            pass

    thread = threading.Thread(target=body)
    thread.start()
    thread.join()
    assert written.said == [str(os.getpid())]


@pytest.mark.parametrize("able", [True, False])
def test_a_refusal_is_raised_with_its_code(tmp_path: Path, able: bool) -> None:
    (tmp_path / "b.txt").write_text("there")
    written = Written()

    def work(inner: Written) -> None:
        inner.write_text(tmp_path / "c.txt", "c")
        raise Refusal("磁盘已满。", 3)

    with pytest.raises(Refusal, match="磁盘已满") as refused, beside(work, written, able):
        pass
    assert refused.value.code == 3
    with pytest.raises(Refusal, match="已经存在"), beside(lambda inner: inner.write_text(tmp_path / "b.txt", ""), written, able):  # type: ignore[arg-type,return-value]
        pass


@forking
def test_what_a_lost_process_did_not_finish_is_done_here(tmp_path: Path) -> None:
    written, here = Written(), os.getpid()

    def work(inner: Written) -> None:
        inner.write_text(tmp_path / "a.txt", "first")
        if os.getpid() != here:
            os.kill(os.getpid(), signal.SIGKILL)
        inner.write_text(tmp_path / "b.txt", "second")

    with beside(work, written, True):
        pass
    assert [path.name for path in written.paths] == ["a.txt", "b.txt"]
    assert sorted(path.name for path in tmp_path.iterdir()) == ["a.txt", "b.txt"]


@forking
def test_a_fault_of_the_program_is_raised_here_with_its_place(tmp_path: Path) -> None:
    with pytest.raises(ZeroDivisionError), beside(lambda written: 1 / 0, Written(), True):  # type: ignore[arg-type,return-value]
        pass


@forking
def test_where_the_body_fails_the_other_stops_and_leaves_nothing_unfinished(tmp_path: Path) -> None:
    def endless(target: Path) -> None:
        target.write_text("begun")
        time.sleep(60)

    def body() -> None:
        with beside(lambda written: written.write(tmp_path / "a.txt", endless), Written(), True):  # type: ignore[arg-type,return-value]
            while not list(tmp_path.rglob("a.txt")):
                time.sleep(0.01)
            raise KeyboardInterrupt

    begun = time.monotonic()
    with pytest.raises(KeyboardInterrupt):
        body()
    assert time.monotonic() - begun < 20
    assert list(tmp_path.rglob("*")) == []


@pytest.mark.parametrize("seconds", [0.15, 0.3, 0.45, 0.6, 0.75, 0.9])
@forking
def test_ctrl_c_leaves_nothing_hidden_says_one_sentence_and_bars_no_second_run(tmp_path: Path, seconds: float) -> None:
    county = Path(__file__).parent.parent / "samples/禾丰县"
    call_ = [
        sys.executable,
        "-m",
        "canju",
        "--config",
        str(county / "canju.toml"),
        "run",
        str(county / "报送"),
        "-o",
        str(tmp_path / "成果"),
        "-j",
        "2",
    ]
    process = subprocess.Popen(call_, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, start_new_session=True)
    time.sleep(seconds)
    os.killpg(process.pid, signal.SIGINT)
    _, said = process.communicate(timeout=60)
    assert list(tmp_path.rglob(".~*")) == []
    if process.returncode == 130:
        assert "已中断" in said
        assert "Traceback" not in said
    else:  # it was not yet, or no longer, at work
        assert process.returncode in (3, -signal.SIGINT, 1)


def test_a_whole_round_is_the_same_by_one_process_and_by_several(tmp_path: Path) -> None:
    county = Path(__file__).parent.parent / "samples/禾丰县"
    made = []
    for jobs in ("1", "2"):
        out = tmp_path / jobs
        assert (
            call(["--config", str(county / "canju.toml"), "run", str(county / "报送"), "-o", str(out), "--jobs", jobs]) == 3
        )  # one file of the sample is broken
        made.append({path.relative_to(out): path.read_bytes() for path in sorted(out.rglob("*")) if path.is_file()})
    first, second = made
    assert first.keys() == second.keys()
    assert len(first) > 20
    assert [name for name in first if first[name] != second[name] and name.name != "记录.jsonl"] == []
