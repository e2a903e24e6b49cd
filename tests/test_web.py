"""The local page: only with its token, only for this machine, and nothing of it stays."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any

import pytest

pytest.importorskip("starlette")
pytest.importorskip("httpx", reason="httpx drives the page in this test")

from canju.commands.common import Session
from canju.commands.web import application

SAMPLE = Path(__file__).parent.parent / "samples/江原县"


@pytest.fixture
def client(tmp_path: Path) -> Any:
    from starlette.testclient import TestClient

    return TestClient(application(Session(today=dt.date(2020, 12, 31), quiet=True), tmp_path, "token"), base_url="http://127.0.0.1")


def test_nothing_answers_without_the_token_or_to_another_host(client: Any) -> None:
    assert client.get("/").status_code == 404
    assert client.get("/token/").status_code == 200
    assert client.get("/token/", headers={"host": "evil.example"}).status_code == 400


def test_files_go_in_and_the_outputs_come_out(client: Any) -> None:
    paths = [*list((SAMPLE / "报送").rglob("*.xlsx")), SAMPLE / "canju.toml", SAMPLE / "江原县方案.toml"]
    files = [("files", (f"{path.parent.name}/{path.name}" if path.suffix == ".xlsx" else path.name, path.read_bytes())) for path in paths]
    answer = client.post("/token/run", files=files)
    assert answer.status_code == 200
    assert "读了" in answer.text
    assert "get/汇总.xlsx" in answer.text
    book = client.get("/token/get/汇总.xlsx")
    assert book.content[:2] == b"PK"
    assert "default-src 'none'" in book.headers["content-security-policy"]


def test_a_path_leading_out_is_not_followed(client: Any, tmp_path: Path) -> None:
    (tmp_path / "secret.txt").write_text("secret")
    assert client.get("/token/get/..%2Fsecret.txt").status_code == 404
    client.post("/token/run", files=[("files", ("../../逃出.csv", "姓名\n王一\n".encode()))])
    assert not (tmp_path.parent / "逃出.csv").exists()


def test_no_files_is_said(client: Any) -> None:
    assert "请先选择文件" in client.post("/token/run", data={"x": "1"}).text
