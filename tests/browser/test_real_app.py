"""The road that a user goes: the real app over the real index, in a real browser."""

from __future__ import annotations

from playwright.sync_api import Page, expect

from tests.browser.conftest import ask

QUESTION = "青禾区三季度哪些项目未开工，原因是什么？"


def test_a_citation_opens_the_source_with_its_words_marked(page: Page) -> None:
    ask(page, QUESTION)
    answer = page.locator("#current")
    expect(answer).to_contain_text("征地协议未签订", timeout=30_000)
    expect(answer).to_contain_text("**生物医药园")
    answer.locator("tr", has_text="石桥改建").first.locator(".cite").first.click()
    quote = page.locator("#source mark.quote")
    expect(quote).to_have_text("石桥改建项目（征地协议未签订）", timeout=15_000)
    expect(quote).to_be_in_viewport()
    expect(page.locator("#source")).to_contain_text("青禾区2024年三季度重点项目进展情况")


def test_what_the_documents_do_not_say_is_refused_in_sight(page: Page) -> None:
    ask(page, "石桥改建项目的监理单位是哪家公司？")
    expect(page.locator("#current")).to_contain_text("没有找到", timeout=30_000)


def test_the_page_does_not_scroll_sideways(page: Page) -> None:
    ask(page, QUESTION)
    expect(page.locator("#current")).to_contain_text("征地协议未签订", timeout=30_000)
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")


def test_the_end_of_an_answer_can_be_scrolled_to(page: Page) -> None:
    page.set_viewport_size({"width": page.viewport_size["width"], "height": 560})
    ask(page, QUESTION)
    last = page.locator("#current .actions")
    expect(last).to_be_visible(timeout=30_000)
    last.evaluate("(element) => element.scrollIntoView({block: 'center'})")
    page.wait_for_timeout(200)
    foot = last.bounding_box()
    box = page.locator("#composer").bounding_box()
    assert foot["y"] + foot["height"] <= box["y"]


def test_english_switches_the_words_of_the_page(page: Page) -> None:
    page.locator("[data-language]").click()
    expect(page.locator("#tab-documents")).to_contain_text("Documents")
    ask(page, "Which projects were not started and why?")
    expect(page.locator("#current")).to_contain_text("石桥改建", timeout=30_000)


def test_the_documents_are_listed_as_samples(page: Page) -> None:
    page.locator("#tab-documents").click()
    expect(page.locator("#documents")).to_contain_text("民生实事")
    expect(page.locator("#documents")).to_contain_text("示例")
    expect(page.locator("#question")).to_be_hidden()


def test_markup_in_a_question_is_text(page: Page) -> None:
    ask(page, "<img src=x onerror=window.hit=1><script>window.hit=1</script>是什么？")
    expect(page.locator("#current")).to_contain_text("onerror", timeout=30_000)
    assert page.evaluate("window.hit") is None
