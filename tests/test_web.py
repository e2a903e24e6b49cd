"""The local page: only with its token, only for this machine, and nothing of it stays."""

from __future__ import annotations

import datetime as dt
import os
import re
import signal
import subprocess
import sys
import time
import urllib.request
from pathlib import Path
from typing import Any

import pytest

pytest.importorskip("starlette")
pytest.importorskip("httpx", reason="httpx drives the page in this test")

from canju.commands.common import Session
from canju.commands.web import application

ROOT = Path(__file__).parent.parent
SAMPLE = ROOT / "samples/江原县"


@pytest.fixture
def client(tmp_path: Path) -> Any:
    from starlette.testclient import TestClient

    return TestClient(application(Session(today=dt.date(2020, 12, 31), quiet=True), tmp_path, "token"), base_url="http://127.0.0.1")


def sent() -> list[tuple[str, tuple[str, bytes]]]:
    paths = [*sorted((SAMPLE / "报送").rglob("*.xlsx")), SAMPLE / "canju.toml", SAMPLE / "江原县方案.toml"]
    return [("files", (f"{path.parent.name}/{path.name}" if path.suffix == ".xlsx" else path.name, path.read_bytes())) for path in paths]


def finished(client: Any) -> str:
    for _ in range(600):
        if client.get("/token/state").json()["state"] != "working":
            return str(client.get("/token/").text)
        time.sleep(0.1)
    raise AssertionError("the work never ended")


def test_nothing_answers_without_the_token_or_to_another_host(client: Any) -> None:
    for path in ("/", "/run", "/get/report.html", "/state", "/tokenx/", "/token/nope", "/token/run"):
        assert client.get(path).status_code == 403
        assert "完整地址" in client.get(path).text
    assert client.post("/run", files=sent()[:1]).status_code == 403
    assert client.get("/token/").status_code == 200
    assert client.get("/token/", headers={"host": "evil.example"}).status_code == 400


def test_files_go_in_and_the_outputs_come_out(client: Any) -> None:
    answer = client.post("/token/run", files=sent())
    assert answer.status_code == 200
    assert "正在处理" in answer.text or "做完了" in answer.text
    text = finished(client)
    assert "读了" in text
    assert "get/%E6%B1%87%E6%80%BB.xlsx" in text
    book = client.get("/token/get/汇总.xlsx")
    assert book.content[:2] == b"PK"
    assert "default-src 'none'" in book.headers["content-security-policy"]
    assert client.get("/token/get/全部成果.zip").content[:2] == b"PK"
    assert "放进各镇" in client.post("/token/clear").text
    assert client.get("/token/get/汇总.xlsx").status_code == 404


def test_nothing_on_the_page_comes_from_elsewhere(client: Any) -> None:
    client.post("/token/run", files=sent())
    assert not re.search(r"(src|href|action)=['\"]?(https?:)?//", finished(client))


def test_a_path_leading_out_is_not_followed(client: Any, tmp_path: Path) -> None:
    (tmp_path / "secret.txt").write_text("secret")
    assert client.get("/token/get/..%2Fsecret.txt").status_code == 404
    client.post("/token/run", files=[("files", ("../../逃出.csv", "姓名\n王一\n".encode()))])
    finished(client)
    assert not (tmp_path.parent / "逃出.csv").exists()
    assert (tmp_path / "县" / "报送" / "逃出.csv").exists()


def test_two_files_of_one_name_are_both_kept(client: Any, tmp_path: Path) -> None:
    client.post("/token/run", files=[("files", ("甲.csv", b"a,b\n1,2\n")), ("files", ("甲.csv", b"a,b\n3,4\n"))])
    finished(client)
    assert sorted(path.name for path in (tmp_path / "县" / "报送").iterdir()) == ["甲.csv", "甲（2）.csv"]


def test_what_goes_wrong_is_a_sentence(client: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    assert "请先选择文件" in client.post("/token/run", data={"x": "1"}).text
    client.post("/token/run", files=[("files", ("canju.toml", 'conty = "某县"'.encode()))])
    assert "是否应为「county」" in finished(client)

    def broken(*_: object) -> None:
        raise ValueError("522799199003074510")

    from canju import pipeline

    monkeypatch.setattr(pipeline, "validate", broken)
    client.post("/token/run", files=sent())
    assert "程序内部出错" in finished(client)
    assert "522799199003074510" not in finished(client)


@pytest.mark.skipif(os.name != "posix", reason="signals of Unix")
@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT, signal.SIGHUP])
def test_the_folder_goes_however_the_program_ends(tmp_path: Path, number: int) -> None:
    started = subprocess.Popen(
        [sys.executable, "-m", "canju", "web", "--port", "0", "--no-browser"],
        cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": str(ROOT), "TMPDIR": str(tmp_path), "PYTHONUNBUFFERED": "1"},
        stderr=subprocess.PIPE,
        text=True,
        preexec_fn=lambda: signal.signal(number, signal.SIG_DFL),
    )
    try:
        assert started.stderr is not None
        address = next(found[0] for line in started.stderr if (found := re.search(r"http://\S+", line)))
        for _ in range(100):
            try:
                with urllib.request.urlopen(address) as answer:
                    assert answer.status == 200
                break
            except OSError:
                time.sleep(0.1)
        assert len(list(tmp_path.iterdir())) == 1
        started.send_signal(number)
        assert started.wait(timeout=20) == 130
        assert list(tmp_path.iterdir()) == []
        assert "Traceback" not in started.stderr.read()
    finally:
        started.kill()
