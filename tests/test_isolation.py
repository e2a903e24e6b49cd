"""Worker processes: whatever a file does to one, the others come back, in order, in time, and nothing is left running."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from canju.reading.isolation import Failure, map_files
from canju.reading.limits import Limits

LINUX = pytest.mark.skipif(sys.platform != "linux", reason="needs fork and limits of memory")


def _double(number: int) -> int:
    return number * 2


def _misbehave(number: int) -> int:
    """A stage that crashes, hangs, eats memory or raises, by its number."""
    if number == 1:
        os.abort()
    if number == 2:
        time.sleep(60)
    if number == 3:
        return len(bytearray(3 << 30))
    if number == 4:
        raise ValueError("522799199001011234")
    if number == 5:
        os.kill(os.getpid(), signal.SIGSEGV)
    if number == 6:
        os._exit(0)
    return number


def _pid(number: int) -> int:
    time.sleep(0.05)
    return os.getpid()


@pytest.mark.parametrize("jobs", [1, 2, 5])
def test_results_come_in_the_order_of_the_files(jobs: int) -> None:
    assert map_files(list(range(20)), _double, jobs=jobs) == [number * 2 for number in range(20)]


def test_nothing_to_do_starts_nothing() -> None:
    assert map_files([], _double, jobs=4) == []


@LINUX
def test_each_bad_file_is_its_own_failure_and_the_rest_goes_on() -> None:
    results = map_files(list(range(10)), _misbehave, jobs=2, limits=Limits(seconds=1.0))
    told = [(result.kind, result.fault.rule) if isinstance(result, Failure) else result for result in results]
    crash = ("crash", "F101")
    assert told == [0, crash, ("timeout", "F103"), ("memory", "F103"), ("internal", "F101"), crash, crash, 7, 8, 9]


@LINUX
def test_an_exception_s_own_text_stays_in_the_worker() -> None:
    [result] = map_files([4], _misbehave)
    assert isinstance(result, Failure)
    assert "ValueError" in result.details
    assert "_misbehave" in result.details
    assert "522799" not in repr(result)


@LINUX
def test_workers_are_reused_and_two_are_used_for_two_jobs() -> None:
    assert len(set(map_files(list(range(8)), _pid, jobs=1))) == 1
    pids = map_files(list(range(8)), _pid, jobs=2)
    assert len(set(pids)) == 2
    assert os.getpid() not in pids


def test_progress_is_told_after_each_file() -> None:
    told: list[tuple[int, int]] = []
    map_files([1, 2, 3], _double, jobs=2, on_done=lambda number, outcome: told.append((number, outcome)))
    assert sorted(told) == [(0, 2), (1, 4), (2, 6)]


def test_the_parent_does_something_else_once_while_the_workers_work() -> None:
    told: list[str] = []
    map_files([1, 2, 3], _double, jobs=2, on_done=lambda number, outcome: told.append("done"), meanwhile=lambda: told.append("meanwhile"))
    assert told == ["meanwhile", "done", "done", "done"]


def test_the_line_tells_files_records_and_time_left_by_bytes(monkeypatch: pytest.MonkeyPatch) -> None:
    import io

    from canju.outputs import progress

    clock = iter([0.0, 0.5, 2.0, 2.1, 4.0])
    monkeypatch.setattr(progress.time, "monotonic", lambda: next(clock))
    stream = io.StringIO()
    bar = progress.Bar(stream)
    bar(1, 10, 5, 0.1)
    assert stream.getvalue() == ""  # not worth a line yet
    bar(2, 10, 1200, 0.25)
    assert stream.getvalue() == "\r[######------------------] 2/10 个文件、1200 条，约剩 6 秒    "
    bar(3, 10, 1300, 0.5)
    assert "3/10" not in stream.getvalue()  # too soon after the last
    bar(10, 10, 9000, 1.0)
    assert stream.getvalue().endswith("\r" + " " * 76 + "\r")
    stream.getvalue().encode("gbk")


@LINUX
def test_the_worker_writes_nothing_to_the_terminal(capfd: pytest.CaptureFixture[str]) -> None:
    map_files([1], _shout)
    assert capfd.readouterr() == ("", "")


def _shout(number: int) -> int:
    os.write(1, b"out")
    os.write(2, b"panicked at")
    return number


@LINUX
@pytest.mark.parametrize("end", [signal.SIGKILL, signal.SIGTERM, signal.SIGINT])
def test_no_worker_outlives_its_parent(tmp_path: Path, end: signal.Signals) -> None:
    script = (
        "import os, sys, time\n"
        "from canju.reading.isolation import map_files\n"
        "def stage(number):\n"
        "    with open(f'{sys.argv[1]}/{number}', 'w') as file:\n"
        "        file.write(str(os.getpid()))\n"
        "    time.sleep(60)\n"
        "map_files([1, 2], stage, jobs=2)\n"
    )
    parent = subprocess.Popen([sys.executable, "-c", script, str(tmp_path)], stderr=subprocess.DEVNULL)
    _wait_until(lambda: len([one for one in tmp_path.iterdir() if one.read_text()]) == 2)
    began = time.monotonic()
    parent.send_signal(end)
    parent.wait(10)
    pids = [int(one.read_text()) for one in tmp_path.iterdir()]
    _wait_until(lambda: not any(_alive(pid) for pid in pids))
    assert time.monotonic() - began < 5


def _alive(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()[0] != "Z"
    except FileNotFoundError:
        return False


def _wait_until(holds: object) -> None:
    for _ in range(200):
        if holds():  # type: ignore[operator]
            return
        time.sleep(0.05)
    pytest.fail("waited in vain")
