"""The states of the page under axe-core, light and dark: nothing serious, nothing critical.

The script comes in the wheel of axe-playwright-python (axe-core is MPL-2.0); it is put
into the page by the browser's debugger, past the content security policy.
"""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect

from tests.browser.journeys.conftest import DESK, PHONE_DARK, SLOW, Guest, Screen, visiting

ASKED = "青禾区三季度滞后的项目有哪些？"  # asked by no journey
TOLD = ("critical", "serious", "moderate")


def faults(page: Page, state: str) -> list[str]:
    """Return what axe finds, minor things aside: the rule, where, and the markup."""
    page.mouse.move(1, 1)  # no tooltip: it hovers above the page's regions
    expect(page.locator(".tip")).to_be_hidden()
    return [
        f"{state}: {found['id']} ({found['impact']}) {node['target']} {node['html'][:120]}"
        for found in Axe().run(page).response["violations"]
        if found["impact"] in TOLD
        for node in found["nodes"]
    ]


def states(guest: Guest) -> Iterator[str]:
    """Go through the states of the page, and say where we are in each."""
    page = guest.page
    yield "login"
    guest.log_in("王管")
    expect(page.locator(".welcome")).to_be_visible(timeout=SLOW)
    yield "empty"
    guest.ask(ASKED)
    yield "answer"
    guest.current.locator(".cite").first.click()
    expect(page.locator("#source mark.quote")).to_be_visible()
    yield "source"
    page.keyboard.press("Escape")
    guest.current.locator("[data-thumb=down]").click()
    expect(guest.current.locator(".why")).to_be_visible()
    guest.current.locator("[data-request]").click()
    expect(guest.current.locator(".standing")).to_be_visible()
    yield "opinion"
    guest.ask("石桥改建项目的监理单位是哪家公司？")
    yield "refused"
    guest.go("home")
    expect(page.locator("#home .tile").first).to_be_visible(timeout=SLOW)
    yield "overview"
    guest.go("ledger")
    expect(page.locator("#rows table.ledger")).to_be_visible(timeout=SLOW)
    yield "ledger"
    page.locator("#rows [data-edit]").first.click()
    expect(page.locator("dialog.sheet[open]")).to_be_visible(timeout=SLOW)
    yield "correcting"
    page.locator("dialog.sheet [data-shut]").first.click()
    for pane in ("charts", "checks", "names"):
        page.locator(f"[data-pane={pane}]").click()
        expect(page.locator(f"#{pane}")).to_be_visible(timeout=SLOW)
        yield pane
    guest.go("documents")
    page.locator("#documents [data-look]").first.click(timeout=SLOW)
    expect(page.locator("#source .canonical")).to_be_visible(timeout=SLOW)
    yield "documents"
    for view in ("report", "versions"):
        page.locator(f"#source [data-view={view}]").click()
        expect(page.locator(f'#source [data-shown="{view}"]')).to_be_visible(timeout=SLOW)
        yield view
    page.keyboard.press("Escape")
    guest.go("verify")
    expect(page.locator("#queue .open-case").first).to_be_visible(timeout=SLOW)
    yield "queue"
    page.locator("#queue .open-case").first.click()
    expect(page.locator("#bench .quoted").first).to_be_visible(timeout=SLOW)
    yield "case"
    guest.go("people")
    for pane in ("roster", "rights", "log"):
        page.locator(f"[data-people-pane={pane}]").click(timeout=SLOW)
        expect(page.locator(f'#people [data-pane-shown="{pane}"]')).to_be_visible(timeout=SLOW)
        yield f"people: {pane}"
    page.get_by_role("link", name="账户").or_(page.get_by_role("link", name="Account")).click()
    expect(page.get_by_role("heading", name="更改密码")).to_be_visible()
    yield "account"


@pytest.mark.parametrize("screen", [DESK, PHONE_DARK], ids=lambda screen: screen.name)
def test_no_state_keeps_anybody_out(chromium: Browser, office: str, screen: Screen) -> None:
    with visiting(chromium, office, screen, "axe") as guest:
        found = [fault for state in states(guest) for fault in faults(guest.page, state)]
    assert found == []
