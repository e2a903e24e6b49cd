"""Whatever stops a write, the old file or the new one is there, whole; nothing half-made is left in sight."""

from __future__ import annotations

import errno
import os
import random
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import pytest

from canju.cli import call
from canju.model import Refusal
from canju.outputs.files import Written, sweep

POSIX = pytest.mark.skipif(os.name != "posix", reason="modes, signals and processes of Unix")
TOML = 'county = "某县"\ntowns = ["甲镇"]\nas_of = 2019-12-31\n'
ROWS = "镇（街道）,村（社区）,姓名,性别,身份证号,未办证原因\n" + "".join(
    f"甲镇,观音村,张{n},男,52279919900307{n:04},资料不全\n" for n in range(20)
)


@pytest.fixture
def sent(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """One town's file, in the current folder."""
    (tmp_path / "canju.toml").write_text(TOML, encoding="utf-8")
    (tmp_path / "报送").mkdir()
    (tmp_path / "报送" / "甲镇未持证残疾人台账.csv").write_text(ROWS, encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def left(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir() if path.name.startswith(".~"))


def test_a_file_is_written_whole_for_its_owner_alone(tmp_path: Path) -> None:
    written = Written()
    assert written.write_text(tmp_path / "新" / "a.txt", "一\r\n二") == tmp_path / "新" / "a.txt"
    assert (tmp_path / "新" / "a.txt").read_bytes() == "一\r\n二".encode()
    assert written.paths == [tmp_path / "新" / "a.txt"]
    assert left(tmp_path / "新") == []
    if os.name == "posix":
        assert (tmp_path / "新" / "a.txt").stat().st_mode & 0o777 == 0o600


@POSIX
def test_work_in_progress_lies_in_a_private_folder(tmp_path: Path) -> None:
    seen: list[tuple[int, str]] = []

    def make(path: Path) -> None:
        seen.append((path.parent.stat().st_mode & 0o777, path.parent.name))
        path.write_text("x")

    Written().write(tmp_path / "a.txt", make)
    assert seen[0][0] == 0o700
    assert seen[0][1].startswith(".~")


def test_temporaries_of_libraries_lie_in_the_private_folder_too(tmp_path: Path) -> None:
    seen: list[Path] = []

    def make(path: Path) -> None:
        seen.append(Path(tempfile.gettempdir()))
        path.write_text("x")

    before = tempfile.gettempdir()
    Written().write(tmp_path / "a.txt", make)
    assert seen[0].parent == tmp_path
    assert tempfile.gettempdir() == before


def test_what_is_there_stays_unless_asked_and_then_is_kept_once(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text("旧", encoding="utf-8")
    with pytest.raises(Refusal, match="--force") as refused:
        Written().write_text(path, "新")
    assert refused.value.code == 2
    assert path.read_text(encoding="utf-8") == "旧"
    Written(force=True).write_text(path, "新")
    Written(force=True).write_text(path, "新")
    assert path.read_text(encoding="utf-8") == "新"
    assert (tmp_path / "a.txt.bak").read_text(encoding="utf-8") == "旧", "writing the same again keeps the backup"
    assert sorted(one.name for one in tmp_path.iterdir()) == ["a.txt", "a.txt.bak"]
    if os.name == "posix":
        assert (tmp_path / "a.txt.bak").stat().st_mode & 0o777 == 0o600


def test_a_folder_or_a_file_in_the_way_is_refused(tmp_path: Path) -> None:
    (tmp_path / "夹.xlsx").mkdir()
    (tmp_path / "文件").write_text("x")
    with pytest.raises(Refusal, match="文件夹") as refused:
        Written(force=True).write_text(tmp_path / "夹.xlsx", "x")
    assert refused.value.code == 2
    with pytest.raises(Refusal, match="不是文件夹"):
        Written(force=True).write_text(tmp_path / "文件" / "a.txt", "x")
    with pytest.raises(Refusal, match="太长"):
        Written().write_text(tmp_path / ("长" * 200), "x")


@pytest.mark.parametrize(
    ("number", "word"), [(errno.ENOSPC, "磁盘已满"), (errno.EACCES, "权限"), (errno.EROFS, "只读"), (errno.EIO, "请检查磁盘")]
)
def test_a_disk_that_refuses_is_said_and_the_old_file_stays(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, number: int, word: str
) -> None:
    path = tmp_path / "a.txt"
    path.write_text("旧", encoding="utf-8")

    def fail(*_: object) -> None:
        raise OSError(number, "secret text of the system")

    monkeypatch.setattr(os, "fsync", fail)
    with pytest.raises(Refusal, match=word) as refused:
        Written(force=True).write_text(path, "新")
    assert refused.value.code == 3
    assert "secret" not in refused.value.sentence
    assert path.read_text(encoding="utf-8") == "旧"
    assert left(tmp_path) == []


def test_a_file_held_open_elsewhere_is_written_beside_and_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path, real = tmp_path / "汇总.xlsx", os.replace
    path.write_text("旧", encoding="utf-8")

    def held(source: object, target: object) -> None:
        if Path(str(target)) == path:
            raise PermissionError(errno.EACCES, "open")
        real(str(source), str(target))

    monkeypatch.setattr(os, "replace", held)
    written = Written(force=True, stamp="20191008-093000")
    assert written.write_text(path, "新") == tmp_path / "汇总-20191008-093000.xlsx"
    assert path.read_text(encoding="utf-8") == "旧"
    assert (tmp_path / "汇总-20191008-093000.xlsx").read_text(encoding="utf-8") == "新"
    assert written.said == ["汇总.xlsx 正被其他程序打开，已另存为 汇总-20191008-093000.xlsx。"]


def test_a_check_that_fails_leaves_nothing(tmp_path: Path) -> None:
    def refuse(path: Path) -> None:
        raise Refusal("不对", 3)

    with pytest.raises(Refusal, match="不对"):
        Written().write(tmp_path / "a.txt", lambda path: path.touch(), check=refuse)
    assert list(tmp_path.iterdir()) == []


OPEN = os.open


class Failing:
    """Lets the n-th of the calls that change a disk fail."""

    CALLS = ("fsync", "replace", "open", "link", "mkdir", "chmod")

    def __init__(self, monkeypatch: pytest.MonkeyPatch, folder: Path, number: int) -> None:
        self.number, self.count, self.failed = number, 0, False
        for name in self.CALLS:
            monkeypatch.setattr(os, name, self._counted(getattr(os, name), str(folder)))

    def _counted(self, real: object, folder: str) -> object:
        def counted(*given: object, **more: object) -> object:
            reading = real is OPEN and not given[1] & (os.O_WRONLY | os.O_RDWR | os.O_CREAT)  # type: ignore[operator]
            if not reading and (folder in str(given[0]) or isinstance(given[0], int)):
                self.count += 1
                if self.count == self.number:
                    self.failed = True
                    raise OSError(errno.ENOSPC, "full")
            return real(*given, **more)  # type: ignore[operator]

        return counted


@pytest.mark.parametrize("command", [("merge",), ("check",)], ids=" ".join)
def test_whichever_call_fails_the_old_workbook_or_the_new_is_there(
    sent: Path, monkeypatch: pytest.MonkeyPatch, command: tuple[str, ...], capsys: pytest.CaptureFixture[str]
) -> None:
    """For every n until nothing fails any more; and nothing half-made is left."""
    out, folder = sent / "出" / "a.xlsx", sent / "出"
    folder.mkdir()
    number = 0
    while True:
        number += 1
        out.write_bytes(b"old")
        with monkeypatch.context() as patch:
            failing = Failing(patch, folder, number)
            code = call([*command, "报送", "-o", str(out), "--force", "-j", "1"])
        said = capsys.readouterr().err
        assert "内部出错" not in said
        if not failing.failed:
            break
        assert out.read_bytes()[:2] in (b"ol", b"PK")
        assert out.read_bytes() == b"old" or _whole(out)
        assert code == 3 or out.read_bytes() != b"old", said
        assert left(folder) == []
    assert code in (0, 1)
    assert number > 3
    assert _whole(out)


def _whole(path: Path) -> bool:
    import zipfile

    with zipfile.ZipFile(path) as held:
        return held.testzip() is None


@POSIX
def test_a_disk_that_is_full_is_a_sentence(sent: Path) -> None:
    """A limit on the size of files stands for the disk: every writer meets it somewhere else."""
    import resource

    for limit in (0, 100, 3_000, 6_000):
        for command in (("merge", "报送", "-o", "汇总.xlsx"), ("validate", "报送", "-o", "退回"), ("run", "报送", "-o", "成果")):
            done = subprocess.run(
                [sys.executable, "-m", "canju", *command, "--force"],
                capture_output=True,
                env={**os.environ, "PYTHONPATH": str(Path(__file__).parent.parent), "PYTHONUTF8": "1"},
                preexec_fn=lambda size=limit: (signal.signal(signal.SIGXFSZ, signal.SIG_IGN), resource.setrlimit(resource.RLIMIT_FSIZE, (size, size))),
                check=False,
            )  # fmt: skip
            said = done.stderr.decode("utf-8")
            assert done.returncode in (0, 1, 3), said
            assert "Traceback" not in said
            assert "Exception ignored" not in said
            assert list(sent.rglob(".~*")) == []


@POSIX
def test_what_a_killed_run_left_is_swept_by_the_next(tmp_path: Path) -> None:
    script = (
        "import sys, os, time\nfrom pathlib import Path\nfrom canju.outputs.files import Written\n"
        "def make(path):\n    path.write_text('half')\n    print('ready', flush=True)\n    time.sleep(60)\n"
        f"Written().write(Path({str(tmp_path / 'a.txt')!r}), make)\n"
    )
    process = subprocess.Popen([sys.executable, "-c", script], stdout=subprocess.PIPE, cwd=Path(__file__).parent.parent)
    assert process.stdout
    assert process.stdout.readline() == b"ready\n"
    assert len(left(tmp_path)) == 1
    sweep(tmp_path)
    assert len(left(tmp_path)) == 1, "a run that lives keeps its work"
    process.kill()
    process.wait()
    assert not (tmp_path / "a.txt").exists()
    Written().write_text(tmp_path / "b.txt", "x")
    assert sorted(path.name for path in tmp_path.iterdir()) == ["b.txt"]


def test_files_of_others_are_not_swept(tmp_path: Path) -> None:
    for name in (".~lock.a.ods#", ".~WRD0001.tmp", ".~", ".~00000000-x-1", ".~ffffffff-999999-1"):
        (tmp_path / name).write_text("x")
    sweep(tmp_path)
    assert len(list(tmp_path.iterdir())) == 5


def killed(folder: Path, times: int, seed: int) -> int:
    """Kill a merge over and over at random moments; how often the book had been written."""
    chance, out, fresh = random.Random(seed), folder / "出" / "汇总.xlsx", 0
    out.parent.mkdir()
    for _ in range(times):
        out.write_bytes(b"old")
        process = subprocess.Popen(
            [sys.executable, "-m", "canju", "merge", "报送", "-o", str(out), "--force"],
            cwd=folder,
            stderr=subprocess.DEVNULL,
            env={**os.environ, "PYTHONPATH": str(Path(__file__).parent.parent)},
        )
        time.sleep(chance.uniform(0.2, 2.0))
        process.kill()
        process.wait()
        if out.read_bytes() != b"old":
            assert _whole(out)
            fresh += 1
    assert call(["merge", "报送", "-o", str(out), "--force"]) == 0
    assert left(out.parent) == []
    assert sorted(path.name for path in out.parent.iterdir()) in (["汇总.xlsx"], ["汇总.xlsx", "汇总.xlsx.bak"])
    return fresh


@POSIX
def test_killed_at_random_moments(sent: Path) -> None:
    assert killed(sent, 5, 1) <= 5


@POSIX
@pytest.mark.slow
def test_killed_two_hundred_times(sent: Path) -> None:
    assert 0 < killed(sent, 200, 2) < 200


def test_two_runs_at_once_leave_one_whole_book(sent: Path) -> None:
    runs = [
        subprocess.Popen(
            [sys.executable, "-m", "canju", "merge", "报送", "-o", "汇总.xlsx", "--force"],
            stderr=subprocess.PIPE,
            env={**os.environ, "PYTHONPATH": str(Path(__file__).parent.parent)},
        )
        for _ in range(2)
    ]
    assert [run.communicate()[0] is None and run.returncode for run in runs] == [0, 0]
    assert _whole(sent / "汇总.xlsx")
    assert left(sent) == []
