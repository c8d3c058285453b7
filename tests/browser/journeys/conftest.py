"""An office with people of each role, served as it is used; a browser; pictures of each step.

The documents are those of the samples, as the office's own. With
YOUJU_SCREENSHOTS set to a folder, the pictures that README shows are kept there, small.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

import pytest
from PIL import Image
from playwright.sync_api import Browser, Page, expect
from playwright.sync_api import Error as PlaywrightError

from tests.browser.conftest import ROOT, SHOTS, free_port, index, run, serving

PASSWORD = "correct horse battery"
PEOPLE = {"李问": "asks", "孙问": "asks", "周核": "verifies", "王管": "manages"}
CLOSED = "2025年重点项目安排计划（征求意见稿）.md"
SLOW = 30_000  # milliseconds; the machine may be busy


@dataclass(frozen=True)
class Screen:
    """How somebody looks at the page."""

    width: int
    scheme: Literal["light", "dark"]
    language: Literal["zh", "en"]

    @property
    def name(self) -> str:
        return f"{self.width}-{self.scheme}-{self.language}"


DESK, DESK_DARK = Screen(1440, "light", "zh"), Screen(1440, "dark", "en")
PHONE, PHONE_DARK = Screen(390, "light", "en"), Screen(390, "dark", "zh")


class Guest:
    """Somebody at the page, whose every request, dialog and fault is watched."""

    def __init__(self, page: Page, screen: Screen, journey: str) -> None:
        self.page, self.screen, self._journey = page, screen, journey
        self._taken = 0

    def shot(self, name: str, keep: str = "") -> None:
        """Take a picture of what is seen, and see that the page is not wider than the screen."""
        self._taken += 1
        folder = SHOTS / "journeys"
        folder.mkdir(parents=True, exist_ok=True)
        file = folder / f"{self._journey}-{self._taken:02}-{name}-{self.screen.name}.png"
        self.page.wait_for_timeout(150)  # the last transition ends
        self.page.screenshot(path=file)
        wide = self.page.evaluate("document.documentElement.scrollWidth - window.innerWidth")
        assert wide <= 0, f"{name}: {wide} pixels wider than the screen"
        folder_kept = os.environ.get("YOUJU_SCREENSHOTS")
        if keep and folder_kept:
            Path(folder_kept).mkdir(parents=True, exist_ok=True)
            small = Image.open(file).convert("RGB").quantize(128, dither=Image.Dither.NONE)
            small.save(Path(folder_kept) / f"{keep}.png", optimize=True)

    def log_in(self, name: str, password: str = PASSWORD) -> None:
        """Type name and password, and wait for the page."""
        self.page.get_by_label("名字").fill(name)
        self.page.get_by_label("密码").fill(password)
        self.page.keyboard.press("Enter")
        self.page.wait_for_selector("#question")

    def ask(self, question: str) -> None:
        """Ask and wait for the whole answer."""
        before = self.page.locator(".turn").count()
        self.page.fill("#question", question)
        self.page.keyboard.press("Enter")
        expect(self.page.locator(".turn")).to_have_count(before + 1, timeout=SLOW)
        self.wait_for_answer()

    def wait_for_answer(self) -> None:
        """Wait until the newest answer is whole."""
        done = self.page.locator("#current .turn[data-state=done]")
        expect(done).to_be_visible(timeout=SLOW)

    def go(self, view: str) -> None:
        """Open a tab."""
        self.page.locator(f"#tab-{view}").click()

    @property
    def current(self):  # noqa: ANN201
        """The newest answer."""
        return self.page.locator("#current")


@pytest.fixture(scope="package")
def office(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Return the address of an office with its own documents and people."""
    root = tmp_path_factory.mktemp("office")
    data = str(root / "data")
    shutil.copytree(ROOT / "corpus", root / "reports", ignore=shutil.ignore_patterns(".samples"))
    index(str(root / "reports"), data=data)
    for name, role in PEOPLE.items():
        run("person", "add", name, "--role", role, "--data-dir", data, told=f"{PASSWORD}\n")
    run("collection", "add", "内部", "--data-dir", data)
    run("collection", "put", CLOSED, "内部", "--data-dir", data)
    port = free_port()
    with serving("app.py", "--login", "--data-dir", data, "--port", str(port), port=port) as url:
        yield url


@contextmanager
def visiting(browser: Browser, address: str, screen: Screen, journey: str) -> Iterator[Guest]:
    """Open the page as a guest; at the end see that nothing failed, popped up or left."""
    context = browser.new_context(
        viewport={"width": screen.width, "height": 900 if screen.width > 900 else 844},
        color_scheme=screen.scheme,
        accept_downloads=True,
    )
    context.add_init_script(f"localStorage.setItem('youju-language', '{screen.language}')")
    page = context.new_page()
    outside: list[str] = []
    faults: list[str] = []
    inside = (f"{address}/", "data:", f"blob:{address}")
    context.on("request", lambda r: None if r.url.startswith(inside) else outside.append(r.url))
    page.on("pageerror", lambda error: faults.append(str(error)))
    page.on("dialog", lambda box: (faults.append(f"dialog: {box.message}"), box.dismiss()))
    page.on(
        "console",
        lambda said: faults.append(said.text) if "Content Security Policy" in said.text else None,
    )
    page.goto(f"{address}/")
    try:
        yield Guest(page, screen, journey)
    except Exception as error:  # what was on the page tells more than which wait ran out
        try:
            page.screenshot(path=SHOTS / "journeys" / f"{journey}-failed-{screen.name}.png")
            shown = page.locator("body").inner_text(timeout=SLOW)
        except PlaywrightError as silent:
            shown = f"nothing: it does not answer ({silent})"
        error.add_note(f"With the faults {faults} the page showed:\n{shown}")
        raise
    context.close()
    assert outside == []
    assert faults == []


def save(page: Page, button: str, folder: Path) -> Path:
    """Press a button that makes a file, and return the file."""
    with page.expect_download(timeout=SLOW) as made:
        page.locator(button).first.click()
    file = folder / made.value.suggested_filename
    made.value.save_as(file)
    return file
