"""Documents and answers that try to be more than text, over a scripted assistant."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import WIDTHS, ask, browsing, free_port, serving


@pytest.fixture(scope="module")
def address() -> Iterator[str]:
    port = free_port()
    with serving("-m", "tests.browser.fakes", str(port), port=port) as url:
        yield url


@pytest.fixture
def page(request: pytest.FixtureRequest, address: str) -> Iterator[Page]:
    with browsing(address, WIDTHS["desk"], request.node.name) as page:
        yield page
        assert page.evaluate("window.hit") is None


def test_an_answer_full_of_markup_is_text(page: Page) -> None:
    ask(page, "攻击")
    expect(page.locator("#current")).to_contain_text("onerror", timeout=20_000)
    page.locator("#current .cite").first.click()
    expect(page.locator("#source mark.quote")).to_contain_text("<script>", timeout=20_000)
    assert page.locator("#current img, #source img, #source form").count() == 0


def test_a_document_named_like_markup_is_text(page: Page) -> None:
    page.locator("#tab-documents").click()
    page.locator("#documents button", has_text="onerror").first.click()
    expect(page.locator("#source")).to_contain_text("onerror", timeout=20_000)
    assert page.locator("#documents img, #source img").count() == 0


def test_the_ledger_of_hostile_names_is_text(page: Page) -> None:
    page.locator("#tab-ledger").click()
    expect(page.locator("#rows table.ledger")).to_contain_text("onerror", timeout=20_000)
    page.locator("#rows [data-edit]").last.click()
    expect(page.locator("dialog.sheet")).to_contain_text("onerror", timeout=20_000)
    page.locator("dialog.sheet textarea[name=reason]").fill("<img src=x onerror=window.hit=1>")
    page.locator("dialog.sheet [name=signed]").fill("<script>window.hit=1</script>")
    page.locator("dialog.sheet [type=submit]").click()
    expect(page.locator("dialog.sheet .history")).to_contain_text("<script>", timeout=20_000)
    for pane in ("charts", "checks", "names"):
        page.locator("dialog.sheet [data-shut]").dispatch_event("click")
        page.locator(f"[data-pane={pane}]").click()
    assert page.locator("#ledger img, #ledger script").count() == 0


def test_a_fault_shows_no_path(page: Page) -> None:
    ask(page, "崩溃")
    failed = page.locator("#current .failed")
    expect(failed).to_be_visible(timeout=20_000)
    assert "/srv" not in page.content()


def test_an_answer_can_be_stopped(page: Page) -> None:
    ask(page, "慢")
    expect(page.locator("#current")).to_contain_text("未开工项目共", timeout=20_000)
    page.locator("[data-stop]").click()
    expect(page.locator("#current .stopped")).to_be_visible(timeout=20_000)
