"""Kept conversations, opinions and verification in a real browser."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import SHOTS, WIDTHS, ask, browsing, free_port, serving

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
    foot.locator(".why [type=submit]").click()
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


def request_verification(page: Page, question: str) -> None:
    answered(page, question)
    page.locator("#current [data-request]").click()
    expect(page.locator("#current .standing")).to_contain_text("待核实")


def test_an_answer_is_verified_by_keyboard_and_the_asker_sees_it(page: Page) -> None:
    request_verification(page, OTHER)
    page.locator("#tab-verify").click()
    page.locator("#queue .open-case", has_text=OTHER).last.click()
    bench = page.locator("#bench .bench")
    expect(bench.locator("h2")).to_have_text(OTHER)
    page.locator("[data-verdict=verified]").click()
    expect(bench.locator("[role=alert]")).to_contain_text("还有引文没有核对")
    quoted = bench.locator(".quoted")
    page.keyboard.press("Escape")
    page.locator("#bench h2").click()
    page.keyboard.press("j")
    expect(page.locator("#source mark.quote")).to_be_visible()
    for number in range(quoted.count()):
        key = "2" if number == 1 else "1"
        page.keyboard.press(key)
        wanted = "partly" if number == 1 else "supported"
        expect(quoted.nth(number)).to_have_attribute("data-marked", wanted)
        if number + 1 < quoted.count():
            expect(quoted.nth(number + 1)).to_be_focused()
    bench.locator(".decide [name=comment]").fill("已对照原文 <script>alert(1)</script>")
    page.locator("[data-verdict=verified]").click()
    expect(bench.locator(".state-of")).to_contain_text("已核实")
    expect(bench.locator(".past")).to_contain_text("<script>alert(1)</script>")
    SHOTS.mkdir(exist_ok=True)
    bench.locator(".state-of").scroll_into_view_if_needed()
    page.screenshot(path=SHOTS / "desk-case.png")
    page.locator("#tab-ask").click()
    page.locator("#talks [data-open-talk]").first.click()
    expect(page.locator("#current .standing")).to_contain_text("已核实")
    expect(page.locator("#current .standing")).to_contain_text("本机")
    with page.expect_download() as made:
        page.locator("#current [data-report]").click()
    assert made.value.suggested_filename.endswith(".docx")


def test_the_list_of_the_desk_is_exported_and_feedback_is_handled(page: Page) -> None:
    request_verification(page, QUESTION)
    answered(page, "火星基地的预算是多少？")
    page.locator("#tab-verify").click()
    with page.expect_download() as made:
        page.locator("[data-desk-export=docx]").click()
    assert made.value.suggested_filename.endswith(".docx")
    page.locator("[data-queue-pane=feedback]").click()
    told = page.locator(".feedback[data-kind=unanswered]").first
    expect(told).to_contain_text("火星基地")
    told.locator("[data-handling=handled]").click()
    expect(told).to_have_attribute("data-handling-state", "handled")


def test_the_desk_fits_a_phone(phone: Page) -> None:
    request_verification(phone, OTHER)
    phone.locator("#tab-verify").click()
    phone.locator("#queue .open-case", has_text=OTHER).last.click()
    expect(phone.locator("#bench .quoted").first).to_be_visible()
    assert phone.evaluate("document.documentElement.scrollWidth") <= WIDTHS["phone"]
    phone.locator("#bench [data-mark=supported]").first.click()
    expect(phone.locator("#bench .quoted").first).to_have_attribute("data-marked", "supported")


@pytest.mark.parametrize("width", WIDTHS.values())
def test_the_overview_leads_from_a_number_to_the_words(
    request: pytest.FixtureRequest, address: str, width: int
) -> None:
    with browsing(address, width, request.node.name) as page:
        page.locator("#tab-home").click()
        page.locator("#home .tile[data-change=completed]").click()
        drilled = page.locator("#home .drilled:visible")
        expect(drilled).to_contain_text("朝阳街雨污分流")
        assert page.evaluate("document.documentElement.scrollWidth") <= width
        page.screenshot(path=SHOTS / f"overview-{width}.png")
        drilled.locator("[data-look]").first.click()
        expect(page.locator("#source mark.quote, #source .cited").first).to_be_visible()
