"""Past one machine: a cluster finds the same, byte for byte, also when a worker dies; inputs and outputs may lie elsewhere."""

from __future__ import annotations

import os
import signal
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from canju.cli import call

pytest.importorskip("distributed")
fsspec = pytest.importorskip("fsspec")
COUNTY = Path(__file__).parent.parent / "samples" / "禾丰县"


def printed(capsys: pytest.CaptureFixture[str], *arguments: object) -> tuple[int, str, str]:
    code = call([str(one) for one in arguments])
    told = capsys.readouterr()
    return code, told.out, told.err


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    from distributed import LocalCluster

    with LocalCluster(
        n_workers=2,
        threads_per_worker=1,
        host="127.0.0.1",
        dashboard_address=None,
        local_directory=str(tmp_path_factory.mktemp("dask")),
        silence_logs=50,
    ) as cluster:
        yield cluster.scheduler_address


@pytest.mark.parametrize("command", ["validate", "check"])
def test_two_workers_find_the_same_as_one_process(command: str, address: str, capsys: pytest.CaptureFixture[str]) -> None:
    alone = printed(capsys, command, COUNTY / "报送", "--format", "json")
    together = printed(capsys, command, COUNTY / "报送", "--format", "json", "--cluster", address)
    assert together == alone
    assert alone[0] == 3
    assert len(alone[1]) > 10_000


@dataclass(frozen=True)
class Killing:
    """The stage of a file, which once kills the cluster's worker that asked for it."""

    stage: Any
    flag: Path

    def __call__(self, found: Any) -> Any:
        if found.file.endswith(".csv") and not self.flag.exists():
            self.flag.touch()
            os.kill(os.getppid(), signal.SIGKILL)
            time.sleep(60)
        return self.stage(found)


@pytest.mark.skipif(sys.platform == "win32", reason="kills by signal")
def test_a_worker_killed_half_way_changes_nothing(
    address: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    from canju.cluster import Cluster

    alone = printed(capsys, "validate", COUNTY / "报送", "--format", "json")
    straight = Cluster.map_files
    flag = tmp_path / "killed"
    monkeypatch.setattr(Cluster, "map_files", lambda self, found, stage, **more: straight(self, found, Killing(stage, flag), **more))
    together = printed(capsys, "validate", COUNTY / "报送", "--format", "json", "--cluster", address)
    assert flag.exists()
    assert together == alone


def test_where_no_cluster_answers_the_call_is_refused(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    import canju.cluster

    monkeypatch.setitem(canju.cluster.PRIVATE, "distributed.comm.timeouts.connect", "1s")
    code, out, err = printed(capsys, "validate", COUNTY / "报送", "--cluster", "tcp://127.0.0.1:1")
    assert (code, out) == (2, "")
    assert "连不上集群 tcp://127.0.0.1:1" in err


def test_without_the_libraries_their_name_is_told(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "distributed", None)
    code, _, err = printed(capsys, "validate", COUNTY / "报送", "--cluster", "local")
    assert code == 2
    assert 'pip install "canju[cluster]"' in err


def stored(address: str) -> Any:
    system = fsspec.filesystem("memory")
    system.put(str(COUNTY / "报送") + "/", address + "/", recursive=True)
    return system


def test_ledgers_in_a_store_are_read_as_those_of_a_folder(capsys: pytest.CaptureFixture[str]) -> None:
    stored("memory://read/报送")
    config = ["--config", COUNTY / "canju.toml"]
    here = printed(capsys, *config, "validate", COUNTY / "报送", "--format", "jsonl")
    there = printed(capsys, *config, "validate", "memory://read/报送", "--format", "jsonl")
    assert there == here
    assert here[1].count("\n") > 5


def test_a_book_goes_to_a_store_once_and_again_only_by_force(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    system = stored("memory://merge/报送")
    call_ = ["--config", COUNTY / "canju.toml", "merge", "memory://merge/报送", "-o", "memory://merge/out/总表.xlsx"]
    code, _, err = printed(capsys, *call_)
    assert code == 3  # one file of the county cannot be read
    assert "已写出：memory://merge/out/总表.xlsx" in err
    book = tmp_path / "总表.xlsx"
    system.get_file("/merge/out/总表.xlsx", str(book))
    assert printed(capsys, "status", book)[0] in (0, 1)
    code, _, err = printed(capsys, *call_)
    assert code == 2
    assert "已经存在" in err
    assert printed(capsys, *call_, "--force")[0] == 3


def test_what_is_not_in_the_store_is_refused_and_nothing_stays_behind(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    code, _, err = printed(capsys, "validate", "memory://nowhere/报送")
    assert code == 2
    assert "找不到 报送" in err
    assert list(tmp_path.iterdir()) == []
    assert printed(capsys, "validate", "nosuchstore://a/b")[0] in (2, 3)
