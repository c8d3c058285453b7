"""Kept conversations, opinions and verification in a real browser."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import WIDTHS, ask, browsing, free_port, serving

QUESTION = "青禾区三季度哪些项目未开工，原因是什么？"
OTHER = "云岭县有哪些工程未开工？"


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    port = free_port()
    folder = str(tmp_path_factory.mktemp("desk"))
    with serving("-m", "tests.browser.desk_app", str(port), folder, port=port) as url:
        yield url


@pytest.fixture
def page(request: pytest.FixtureRequest, address: str) -> Iterator[Page]:
    with browsing(address, WIDTHS["desk"], request.node.name) as page:
        yield page


@pytest.fixture
def phone(request: pytest.FixtureRequest, address: str) -> Iterator[Page]:
    with browsing(address, WIDTHS["phone"], request.node.name) as page:
        yield page


def answered(page: Page, question: str) -> None:
    ask(page, question)
    expect(page.locator("#current .turn[data-state=done]")).to_be_visible(timeout=20_000)
    expect(page.locator("#current .question")).to_contain_text(question)


def test_a_conversation_is_kept_found_renamed_continued_and_deleted(page: Page) -> None:
    answered(page, QUESTION)
    kept = page.locator("#talks [data-open-talk]")
    expect(kept).to_have_count(1)
    expect(kept.first).to_contain_text("哪些项目未开工")
    page.reload()
    page.wait_for_selector("#question")
    expect(page.locator("#current .turn")).to_have_count(0)
    expect(kept).to_have_count(1)
    kept.first.click()
    expect(page.locator("#current .question")).to_have_text(QUESTION)
    page.locator("#current .cite").first.click()
    expect(page.locator("#source mark.quote")).to_be_visible()
    answered(page, OTHER)
    expect(page.locator("#past .turn")).to_have_count(1)
    expect(kept).to_have_count(1)
    page.fill("#talk-find", "火星")
    expect(kept).to_have_count(0)
    page.fill("#talk-find", "选址调整")
    expect(kept).to_have_count(1)
    page.fill("#talk-find", "")
    page.locator("#talks summary").first.click()
    page.fill("#talks [name=title]", "未开工 <b>汇总</b>")
    page.keyboard.press("Enter")
    expect(kept.first).to_contain_text("未开工 <b>汇总</b>")
    page.locator("#talks summary").first.click()
    page.locator("[data-delete-talk]").click()
    expect(kept).to_have_count(1)
    page.locator("[data-delete-talk]").click()
    expect(kept).to_have_count(0)
    expect(page.locator("#past .welcome")).to_be_visible()


def test_an_answer_is_rated_with_reasons_and_its_verification_asked_for(page: Page) -> None:
    answered(page, QUESTION)
    foot = page.locator("#current .foot")
    foot.locator("[data-thumb=down]").click()
    foot.locator("[value=incomplete]").check()
    foot.locator("[name=comment]").fill("少了一个 <img src=x onerror=alert(1)>")
    foot.locator("form [type=submit]").click()
    expect(foot).to_contain_text("评价已记下")
    expect(foot.locator("[data-thumb=down]")).to_have_attribute("aria-pressed", "true")
    foot.locator("[data-request]").click()
    expect(foot.locator(".standing")).to_contain_text("待核实")
    answered(page, OTHER)
    page.locator("#past [data-thumb=up]").click()
    expect(page.locator("#past [data-thumb=up]")).to_have_attribute("aria-pressed", "true")


def test_the_list_is_a_drawer_on_a_phone(phone: Page) -> None:
    expect(phone.locator("#talks")).to_be_hidden()
    answered(phone, OTHER)
    opener = phone.locator("#composer [data-toggle-talks]")
    opener.click()
    expect(phone.locator("#talks")).to_be_visible()
    phone.keyboard.press("Escape")
    expect(phone.locator("#talks")).to_be_hidden()
    opener.click()
    phone.locator("#talks [data-open-talk]").first.click()
    expect(phone.locator("#talks")).to_be_hidden()
    expect(phone.locator("#current .question")).to_be_visible()
