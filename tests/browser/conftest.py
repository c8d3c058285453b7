"""The app over an index, and a browser on a desk and on a phone."""

from __future__ import annotations

import re
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect, sync_playwright

ROOT = Path(__file__).parents[2]
SHOTS = ROOT / "artifacts"
QUIET = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
WIDTHS = {"desk": 1440, "phone": 390}
expect.set_options(timeout=20_000)  # milliseconds; the machine may be busy with other tests


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Let a page that did not answer within its time be asked once more.

    A busy machine can stop a browser for longer than any wait. The summary lists what was
    run again; a page that is wrong is wrong again.
    """
    for item in items:
        if item.path.is_relative_to(Path(__file__).parent):
            item.add_marker(pytest.mark.flaky(reruns=1, only_rerun=["TimeoutError"]))


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def serving(*command: str, port: int) -> Iterator[str]:
    """Run a program that serves on ``port`` and yield its address."""
    with subprocess.Popen([sys.executable, *command], cwd=ROOT) as app:
        url = f"http://127.0.0.1:{port}"
        try:
            _wait_for(url, app)
            yield url
        finally:
            app.terminate()


def _wait_for(url: str, app: subprocess.Popen[bytes]) -> None:
    for _ in range(720):
        if app.poll() is not None:
            pytest.fail(f"the app ended with status {app.returncode}")
        try:
            with urllib.request.urlopen(url, timeout=1):
                return
        except OSError:
            time.sleep(0.25)
    pytest.fail("the app did not start within three minutes")


def index(*roots: str, data: str) -> None:
    command = [sys.executable, "-m", "index", *roots, "--data-dir", data]
    subprocess.run(command, cwd=ROOT, check=True, capture_output=True)


def run(*command: str, told: str = "") -> None:
    """Run one of the assistant's commands; ``told`` is what it reads."""
    subprocess.run(
        [sys.executable, "-m", "assistant", *command],
        cwd=ROOT, check=True, input=told, text=True, capture_output=True,
    )  # fmt: skip


@contextmanager
def launched(*more: str) -> Iterator[Browser]:
    """Start the browser, with more arguments than those that keep it quiet."""
    path = shutil.which("chromium")
    if path is None:
        pytest.fail("chromium is missing: run make browser")
    with sync_playwright() as play:
        browser = play.chromium.launch(executable_path=path, args=[*QUIET, *more])
        yield browser
        browser.close()


@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    """Return one browser for the tests of a file; each has a context of its own."""
    with launched() as browser:
        yield browser


@contextmanager
def browsing(address: str, width: int, name: str) -> Iterator[Page]:
    """Open the page; at the end keep a picture, and see that nothing failed or left the machine."""
    outside: list[str] = []
    faults: list[str] = []
    with launched() as browser:
        page = browser.new_page(viewport={"width": width, "height": 900})
        inside = (address, "data:", f"blob:{address}")
        page.on(
            "request", lambda r: outside.append(r.url) if not r.url.startswith(inside) else None
        )
        page.on("pageerror", lambda error: faults.append(str(error)))
        page.goto(address)
        page.wait_for_selector("#question")
        yield page
        SHOTS.mkdir(exist_ok=True)
        picture = re.sub(r"\W+", "-", name).strip("-")
        page.screenshot(path=SHOTS / f"{picture}.png")
    assert outside == []
    assert faults == []


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Return the address of the app over the sample documents, a fresh index for each module."""
    data = str(tmp_path_factory.mktemp("app") / "data")
    index("corpus", data=data)
    port = free_port()
    with serving("app.py", "--data-dir", data, "--port", str(port), port=port) as url:
        yield url


@pytest.fixture(params=WIDTHS)
def page(request: pytest.FixtureRequest, address: str) -> Iterator[Page]:
    """Return the page on a desk, then on a phone."""
    with browsing(address, WIDTHS[request.param], request.node.name) as page:
        yield page


def ask(page: Page, question: str) -> None:
    page.fill("#question", question)
    page.keyboard.press("Enter")
