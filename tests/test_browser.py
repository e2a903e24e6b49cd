"""report.html and the local page in a real browser: used as a clerk would, and without a barrier that axe-core knows."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
import tarfile
import time
import urllib.error
import urllib.parse
import urllib.request
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from docx import Document
from openpyxl import Workbook, load_workbook

from canju.cli import call

pytestmark = pytest.mark.slow
CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
DRIVER = shutil.which("chromedriver")
SENT = Path(__file__).parent.parent / "samples/禾丰县/报送"


@pytest.fixture(scope="module")
def report(tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("report")
    call(["-q", "validate", str(SENT), "-o", str(out)])
    return out / "report.html"


def browser(scripts: bool = True, downloads: Path | None = None) -> Any:
    pytest.importorskip("selenium", reason="selenium is not installed")
    if not CHROMIUM or not DRIVER:
        pytest.skip("no chromium with its driver on this machine")
    from selenium import webdriver
    from selenium.webdriver.chrome.service import Service

    options = webdriver.ChromeOptions()
    options.binary_location = CHROMIUM
    for flag in (
        "--headless=new",
        "--no-sandbox",
        "--disable-gpu",
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-sync",
    ):
        options.add_argument(flag)
    if downloads is not None:
        options.add_experimental_option("prefs", {"download.default_directory": str(downloads), "download.prompt_for_download": False})
        options.set_capability("goog:loggingPrefs", {"performance": "ALL"})
    if not scripts:
        options.add_experimental_option("prefs", {"profile.managed_default_content_settings.javascript": 2})
    return webdriver.Chrome(options=options, service=Service(DRIVER))


@pytest.fixture
def page(report: Path) -> Iterator[Any]:
    driver = browser()
    driver.get(report.as_uri())
    yield driver
    driver.quit()


def shown(driver: Any) -> int:
    return sum(row.is_displayed() for row in driver.find_elements("css selector", "#findings tbody tr"))


def test_the_findings_are_filtered_from_the_keyboard(page: Any) -> None:
    from selenium.webdriver.common.keys import Keys

    everything = shown(page)
    body = page.find_element("tag name", "body")
    for _ in range(12):
        body.send_keys(Keys.TAB)
        if page.switch_to.active_element.get_attribute("data-filter") == "severity":
            break
        body = page.switch_to.active_element
    assert page.switch_to.active_element.get_attribute("data-filter") == "severity"
    page.switch_to.active_element.send_keys("错")
    assert 0 < shown(page) < everything
    assert str(shown(page)) in page.find_element("tag name", "output").text


def test_everything_is_there_without_scripts(report: Path) -> None:
    driver = browser(scripts=False)
    try:
        driver.get(report.as_uri())
        assert shown(driver) > 5
        assert not driver.find_element("css selector", ".filters").is_displayed()
    finally:
        driver.quit()


def test_it_prints(page: Any) -> None:
    assert len(page.print_page()) > 10_000


def violations(driver: Any, folder: Path) -> Any:
    """What axe-core finds on the page."""
    npm = shutil.which("npm")
    if npm is None:
        pytest.skip("no npm to fetch axe-core with")
    done = subprocess.run(
        [npm, "pack", "axe-core", "--silent"], cwd=folder, capture_output=True, text=True, timeout=120, env={**os.environ, "CI": "1"}
    )
    if done.returncode:
        pytest.skip("axe-core could not be fetched")
    with tarfile.open(next(folder.glob("*.tgz"))) as archive:
        script = archive.extractfile("package/axe.min.js")
        assert script is not None
        driver.execute_script(script.read().decode())
    driver.set_script_timeout(300)
    return driver.execute_async_script(
        "var done = arguments[0]; axe.run().then(function(r){done(r.violations.map(function(v){return v.id + ': ' + v.nodes.length}))})"
    )


def test_axe_finds_no_violation(page: Any, tmp_path: Path) -> None:
    assert violations(page, tmp_path) == []


def test_axe_finds_no_violation_in_a_report_of_very_many_findings(tmp_path: Path) -> None:
    """Also with every part opened, on a narrow screen, and while a filter hides most of it."""
    (tmp_path / "报送").mkdir()
    for town in ("甲镇", "乙镇", "丙街道"):
        book = Workbook()
        sheet = book.worksheets[0]
        sheet.append(["序号", "乡镇", "村（社区）", "姓名", "性别", "身份证号", "疑似残疾类别", "未办证原因", "联系电话", "<b>备注&"])
        for number in range(1, 501):
            sheet.append(
                [
                    number,
                    town,
                    f"{number % 7}村",
                    f"张{number}",
                    "男女？"[number % 3],
                    f"52279919900101{number:04d}",
                    "残废",
                    "不晓得",
                    "1380",
                    "<i>'\"",
                ]
            )
        book.save(tmp_path / "报送" / f"{town}.xlsx")
    assert call(["-q", "validate", str(tmp_path / "报送"), "-o", str(tmp_path / "out")]) == 1
    driver = browser()
    try:
        driver.get((tmp_path / "out/report.html").as_uri())
        assert len(driver.find_elements("css selector", "#findings tbody tr")) > 300
        driver.execute_script("document.querySelectorAll('details').forEach(function(one){one.open = true})")
        assert violations(driver, tmp_path) == []
        driver.set_window_size(360, 800)
        driver.find_element("css selector", "[data-filter=severity]").send_keys("错")
        assert violations(driver, tmp_path) == []
    finally:
        driver.quit()


# --- the local page --------------------------------------------------------------------------------


@dataclass
class Served:
    """`canju web` as the clerk has it: its process, its address, the folder where all it holds lies, and where downloads go."""

    process: subprocess.Popen[str]
    address: str
    held: Path
    downloads: Path


@pytest.fixture
def served(tmp_path: Path) -> Iterator[Served]:
    held, downloads = tmp_path / "tmp", tmp_path / "下载"
    held.mkdir()
    downloads.mkdir()
    process = subprocess.Popen(
        [sys.executable, "-m", "canju", "web", "--port", "0", "--no-browser"],
        cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": str(Path(__file__).parent.parent), "TMPDIR": str(held)},
        stderr=subprocess.PIPE,
        text=True,
    )
    assert process.stderr is not None
    address = next(found[0] for line in process.stderr if (found := re.search(r"http://\S+", line)))
    yield Served(process, address, held, downloads)
    process.kill()
    process.wait()


def until(what: Callable[[], Any], seconds: float = 90) -> Any:
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        try:
            if found := what():
                return found
        except Exception:  # the page is between two faces
            pass
        time.sleep(0.2)
    raise AssertionError("it never came")


def asked_for(driver: Any) -> set[str]:
    """Every address the browser has asked for."""
    entries = (json.loads(one["message"])["message"] for one in driver.get_log("performance"))
    return {one["params"]["request"]["url"] for one in entries if one["method"] == "Network.requestWillBeSent"}


def test_the_local_page_takes_a_county_through_its_round(served: Served, tmp_path: Path) -> None:
    county = SENT.parent
    driver = browser(downloads=served.downloads)
    try:
        until(lambda: driver.get(served.address) or "残联台账工具" in driver.title)
        assert violations(driver, tmp_path) == []
        picker = driver.find_element("css selector", "input[type=file]")
        files = [*SENT.rglob("*.*"), county / "canju.toml", county / "villages.csv", county / "禾丰县方案.toml"]
        picker.send_keys("\n".join(str(path) for path in files))
        assert f"已选 {len(files)} 个文件" in driver.find_element("id", "chosen").text
        driver.find_element("css selector", "button[type=submit]").click()
        progress = until(lambda: driver.find_elements("css selector", "progress") or "做完了" in driver.page_source)
        assert progress
        until(lambda: "做完了" in driver.page_source)
        text = driver.find_element("tag name", "main").text
        assert "C202" in text
        assert "残疾人小组台账.xlsx" in text, "the damaged file is named"
        assert "villages" not in text, "settings are no submissions"
        assert not re.search(r"5227\d{13}[\dX]", text), "numbers are masked"
        assert violations(driver, tmp_path) == []
        links = {
            urllib.parse.unquote(one.get_attribute("href")).partition("/get/")[2]: one
            for one in driver.find_elements("css selector", "a[href^=get]")
        }
        returned = next(name for name in links if name.startswith("退回修改/"))
        for name in ("汇总.xlsx", "发放表.xlsx", "总结.docx", "全部成果.zip", returned):
            driver.execute_script("arguments[0].scrollIntoView({block:'center'})", links[name])
            links[name].click()
            got = until(
                lambda name=name: (served.downloads / name.rpartition("/")[2]).is_file() and served.downloads / name.rpartition("/")[2]
            )  # type: ignore[misc]
            until(lambda: not list(served.downloads.glob("*.crdownload")))
            assert zipfile.ZipFile(got).testzip() is None
        assert "未持证残疾人台账" in load_workbook(served.downloads / "汇总.xlsx", read_only=True).sheetnames
        assert load_workbook(served.downloads / returned.rpartition("/")[2]).sheetnames[0] == "问题清单"
        assert "待定" in load_workbook(served.downloads / "发放表.xlsx", read_only=True).sheetnames
        assert any("基本情况" in one.text for one in Document(str(served.downloads / "总结.docx")).paragraphs)
        links["report.html"].click()
        driver.switch_to.window(driver.window_handles[-1])
        until(lambda: shown(driver) > 5)
        outside = {one for one in asked_for(driver) if not one.startswith((served.address, "data:"))}
        assert outside == set()
        driver.get(served.address.rsplit("/", 2)[0] + "/")
        assert "完整地址" in driver.page_source
        with pytest.raises(urllib.error.HTTPError, match="403"):
            urllib.request.urlopen(served.address.rsplit("/", 2)[0] + "/")
    finally:
        driver.quit()
    assert list(served.held.rglob("汇总.xlsx"))
    served.process.terminate()
    assert served.process.wait(timeout=30) == 130
    assert list(served.held.iterdir()) == []


def test_the_local_page_works_without_scripts(served: Served) -> None:
    driver = browser(scripts=False)
    try:
        until(lambda: driver.get(served.address) or "残联台账工具" in driver.title)
        driver.find_element("css selector", "input[type=file]").send_keys(str(SENT / "青石镇" / "专职委员台账.xlsx"))
        driver.find_element("css selector", "button[type=submit]").click()
        until(lambda: "做完了" in driver.page_source)
        assert "R110" in driver.page_source
    finally:
        driver.quit()
