"""Logging in with a real browser, over an origin that it does not trust: plain http, a name."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import SHOTS, ask, free_port, index, launched, run, serving

PASSWORD = "correct horse battery"
HOST = "youju.test"  # no https and not loopback: the browser tells less of where it comes from
OPEN = """青禾区2024年三季度重点项目进展情况
截至9月底，全区安排重点项目2个。
一、未开工项目（2个）
截至9月底，2个项目未开工。分别是：区交通局的石桥改建工程（征地协议未签）、西环路大修工程（资金未到位）。
青禾区重点项目建设办公室
2024年10月8日
"""
CLOSED = OPEN.replace("石桥", "梧桐桥").replace("三季度", "三季度内部").replace("西环", "玉兰")


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    root = tmp_path_factory.mktemp("login")
    data = str(root / "data")
    for name, text in (("通报.txt", OPEN), ("内部/通报.txt", CLOSED)):
        file = root / "corpus" / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8")
    for name, role in (("王管", "manages"), ("李问", "asks")):
        run("person", "add", name, "--role", role, "--data-dir", data, told=f"{PASSWORD}\n")
    index(str(root / "corpus"), data=data)
    run("collection", "add", "内部", "--data-dir", data)
    run("collection", "put", "内部/", "内部", "--data-dir", data)
    port = free_port()
    command = ("app.py", "--login", "--data-dir", data, "--port", str(port))
    with serving(*command, port=port):
        yield f"http://{HOST}:{port}"


@contextmanager
def visiting(address: str, name: str, width: int = 1440, scheme: str = "light") -> Iterator[Page]:
    outside: list[str] = []
    with launched(f"--host-resolver-rules=MAP {HOST} 127.0.0.1") as browser:
        context = browser.new_context(
            viewport={"width": width, "height": 900},
            color_scheme=scheme,  # type: ignore[arg-type]
        )
        page = context.new_page()
        page.on(
            "request",
            lambda r: outside.append(r.url) if not r.url.startswith((address, "data:")) else None,
        )
        page.goto(address)
        yield page
        SHOTS.mkdir(exist_ok=True)
        page.screenshot(path=SHOTS / f"login-{name}.png")
    assert outside == []


def log_in(page: Page, name: str, password: str = PASSWORD) -> None:
    page.get_by_label("名字").fill(name)
    page.get_by_label("密码").fill(password)
    page.keyboard.press("Enter")


@pytest.mark.parametrize(("width", "scheme"), [(1440, "light"), (390, "dark")])
def test_the_login_page_is_used_by_keyboard_and_says_what_is_wrong(
    address: str, width: int, scheme: str
) -> None:
    with visiting(address, f"wrong-{width}-{scheme}", width, scheme) as page:
        assert page.url.endswith("/login")
        expect(page.get_by_label("名字")).to_be_focused()
        page.keyboard.type("李问")
        page.keyboard.press("Tab")
        page.keyboard.type("not my password")
        page.keyboard.press("Enter")
        expect(page.get_by_role("alert")).to_contain_text("名字或密码不对")
        expect(page.get_by_label("名字")).to_have_value("李问")
        assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")


def test_who_asks_sees_what_is_open_and_nothing_else(address: str) -> None:
    with visiting(address, "asks") as page:
        log_in(page, "李问")
        page.wait_for_selector("#question")
        ask(page, "哪些项目未开工，原因是什么？")
        expect(page.locator("#current")).to_contain_text("石桥改建工程", timeout=60_000)
        expect(page.locator("#current")).not_to_contain_text("梧桐桥")
        page.locator("#current .cite").first.click()
        expect(page.locator("#source mark.quote")).to_be_visible(timeout=20_000)
        page.locator("#tab-documents").click()
        expect(page.locator("#documents")).to_contain_text("通报.txt")
        expect(page.locator("#documents")).not_to_contain_text("内部")
        expect(page.locator("#upload .upload")).to_have_count(0)
        page.locator("#tab-ledger").click()
        expect(page.locator("#rows")).to_contain_text("西环路")
        expect(page.locator("#rows")).not_to_contain_text("玉兰路")


def test_who_manages_sees_everything_and_may_upload(address: str, tmp_path: Path) -> None:
    with visiting(address, "manages") as page:
        log_in(page, "王管")
        page.wait_for_selector("#question")
        page.locator("#tab-documents").click()
        expect(page.locator("#documents")).to_contain_text("内部")
        file = tmp_path / "新文件.txt"
        file.write_text("新事项通知\n一、请各单位办理。\n", encoding="utf-8")
        page.locator("#upload [data-files]").set_input_files(file)
        expect(page.locator("#documents")).to_contain_text("新文件.txt", timeout=60_000)


def test_after_logging_out_nothing_is_left_to_see(address: str) -> None:
    with visiting(address, "account") as page:
        log_in(page, "李问")
        page.wait_for_selector("#question")
        page.get_by_role("link", name=re.compile("账户")).click()
        expect(page.locator("main")).to_contain_text("李问")
        page.get_by_role("button", name=re.compile("退出登录")).click()
        expect(page.get_by_label("密码")).to_be_visible()
        page.go_back()
        page.wait_for_load_state()
        assert page.locator("#question").count() == 0
        page.goto(address)
        assert page.url.endswith("/login")


def test_a_session_that_has_ended_leads_to_the_login_at_the_next_click(address: str) -> None:
    with visiting(address, "ended") as page:
        log_in(page, "李问")
        page.wait_for_selector("#question")
        page.wait_for_timeout(500)
        page.context.clear_cookies()
        ask(page, "哪些项目未开工？")
        page.wait_for_url("**/login", timeout=20_000)
