"""The road that a user goes: the real app over the real index, in a real browser."""

from __future__ import annotations

import re
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect, sync_playwright

ROOT = Path(__file__).parents[2]
SHOTS = ROOT / "artifacts"
QUESTION = "青禾区三季度哪些项目未开工，原因是什么？"
QUIET = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    data = str(tmp_path_factory.mktemp("app") / "data")
    index = [sys.executable, "-m", "index", "corpus", "--data-dir", data]
    subprocess.run(index, cwd=ROOT, check=True, capture_output=True)
    port = free_port()
    command = [sys.executable, "app.py", "--data-dir", data, "--port", str(port)]
    with subprocess.Popen(command, cwd=ROOT) as app:
        url = f"http://127.0.0.1:{port}"
        _wait_for(url)
        yield url
        app.terminate()


def _wait_for(url: str) -> None:
    for _ in range(240):
        try:
            with urllib.request.urlopen(url, timeout=1):
                return
        except OSError:
            time.sleep(0.25)
    pytest.fail("the app did not start within a minute")


@pytest.fixture(params=[1440, 390], ids=["desk", "phone"])
def page(request: pytest.FixtureRequest, address: str) -> Iterator[Page]:
    chromium = shutil.which("chromium")
    if chromium is None:
        pytest.fail("chromium is missing: run make browser")
    outside: list[str] = []
    faults: list[str] = []
    with sync_playwright() as play:
        browser = play.chromium.launch(executable_path=chromium, args=QUIET)
        page = browser.new_page(viewport={"width": request.param, "height": 900})
        page.on(
            "request",
            lambda r: outside.append(r.url) if not r.url.startswith((address, "data:")) else None,
        )
        page.on("pageerror", lambda error: faults.append(str(error)))
        page.goto(address)
        page.wait_for_selector("#question")
        yield page
        SHOTS.mkdir(exist_ok=True)
        name = re.sub(r"\W+", "-", request.node.name).strip("-")
        page.screenshot(path=SHOTS / f"{name}.png")
        browser.close()
    assert outside == []
    assert faults == []


def ask(page: Page, question: str) -> None:
    page.fill("#question", question)
    page.keyboard.press("Enter")


def test_a_citation_opens_the_source_with_its_words_marked(page: Page) -> None:
    ask(page, QUESTION)
    answer = page.locator("#current")
    expect(answer).to_contain_text("征地协议未签订", timeout=30_000)
    expect(answer).to_contain_text("经济开发区的**生物医药园")
    mark = answer.locator("[data-n='3']").first
    mark.click()
    quote = page.locator("#source mark.here, #source mark[aria-current], #source mark").first
    expect(quote).to_be_visible(timeout=15_000)
    expect(page.locator("#source")).to_contain_text("石桥改建项目（征地协议未签订）")
    marked = "".join(page.locator("#source mark").all_inner_texts())
    assert "区交通局的石桥改建项目（征地协议未签订）" in marked.replace("\n", "")
    expect(page.locator("#source")).to_contain_text("青禾区2024年三季度重点项目进展情况")


def test_what_the_documents_do_not_say_is_refused_in_sight(page: Page) -> None:
    ask(page, "石桥改建项目的监理单位是哪家公司？")
    expect(page.locator("#current")).to_contain_text("没有找到", timeout=30_000)


def test_the_page_does_not_scroll_sideways(page: Page) -> None:
    ask(page, QUESTION)
    expect(page.locator("#current")).to_contain_text("征地协议未签订", timeout=30_000)
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")


def test_english_switches_the_words_of_the_page(page: Page) -> None:
    page.locator("[data-language]").click()
    expect(page.locator("#tab-documents")).to_contain_text("Documents")
    ask(page, "Which projects were not started and why?")
    expect(page.locator("#current")).to_contain_text("石桥改建", timeout=30_000)


def test_the_documents_are_listed_as_samples(page: Page) -> None:
    page.locator("#tab-documents").click()
    expect(page.locator("#documents")).to_contain_text("民生实事")
    expect(page.locator("#documents")).to_contain_text("示例")


def test_markup_in_a_question_is_text(page: Page) -> None:
    ask(page, "<img src=x onerror=window.hit=1><script>window.hit=1</script>是什么？")
    expect(page.locator("#current")).to_contain_text("onerror", timeout=30_000)
    assert page.evaluate("window.hit") is None
