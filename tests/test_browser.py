"""report.html in a real browser: filters from the keyboard, reads without scripts, prints, and has no barrier that axe-core knows."""

from __future__ import annotations

import os
import shutil
import subprocess
import tarfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

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


def browser(scripts: bool = True) -> Any:
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


def test_axe_finds_no_violation(page: Any, tmp_path: Path) -> None:
    npm = shutil.which("npm")
    if npm is None:
        pytest.skip("no npm to fetch axe-core with")
    done = subprocess.run(
        [npm, "pack", "axe-core", "--silent"], cwd=tmp_path, capture_output=True, text=True, timeout=120, env={**os.environ, "CI": "1"}
    )
    if done.returncode:
        pytest.skip("axe-core could not be fetched")
    with tarfile.open(next(tmp_path.glob("*.tgz"))) as archive:
        script = archive.extractfile("package/axe.min.js")
        assert script is not None
        page.execute_script(script.read().decode())
    page.set_script_timeout(60)
    result = page.execute_async_script(
        "var done = arguments[0]; axe.run().then(function(r){done(r.violations.map(function(v){return v.id + ': ' + v.nodes.length}))})"
    )
    assert result == []
