"""The journeys of an official: from the first visit to an answer that can be used."""

from __future__ import annotations

from pathlib import Path

from docx import Document
from openpyxl import load_workbook
from playwright.sync_api import Browser, expect

from tests.browser.journeys.conftest import (
    CLOSED,
    DESK,
    DESK_DARK,
    PHONE,
    PHONE_DARK,
    SLOW,
    save,
    visiting,
)

UNSTARTED = "青禾区三季度哪些项目未开工？"


def test_1_a_first_visit_by_keyboard_from_login_to_the_words_of_the_source(
    chromium: Browser, office: str
) -> None:
    with visiting(chromium, office, DESK, "1-first") as guest:
        page = guest.page
        expect(page.get_by_label("名字")).to_be_focused()
        guest.shot("login")
        page.keyboard.type("李问")
        page.keyboard.press("Tab")
        page.keyboard.type("correct horse battery")
        page.keyboard.press("Enter")
        expect(page.locator(".welcome .example").first).to_be_visible(timeout=SLOW)
        guest.shot("welcome")
        page.locator(".welcome .example").first.focus()
        page.keyboard.press("Enter")
        guest.wait_for_answer()
        cite = guest.current.locator(".cite").first
        cite.focus()
        expect(page.locator(".tip")).to_be_visible()  # the quote, without a click
        guest.shot("answer")
        page.keyboard.press("Enter")
        quote = page.locator("#source mark.quote")
        expect(quote).to_be_in_viewport()
        first = quote.inner_text()
        expect(page.locator("#source dl")).to_contain_text("现行")  # version in plain sight
        guest.shot("source", keep="answer-and-source")
        page.keyboard.press("]")
        expect(page.locator("#source .steps .count")).to_contain_text("第 2 处")
        expect(quote).not_to_have_text(first)
        page.keyboard.press("[")
        expect(quote).to_have_text(first)
        page.locator("#source .outline summary").click()
        page.locator("#source .outline li button").last.click()
        expect(page.locator("#source .canonical .heading").last).to_be_in_viewport()
        guest.shot("outline")
        page.keyboard.press("Escape")
        page.locator(".top h1").click()
        page.keyboard.press("?")
        expect(page.locator("#keys")).to_be_visible()
        guest.shot("keys")
        page.keyboard.press("Escape")
        expect(page.locator("#keys")).to_be_hidden()
        page.keyboard.press("/")
        expect(page.locator("#question")).to_be_focused()
        page.locator(".top h1").click()
        # a quick key is still sent to the field of the dialog that has just been shut
        page.locator("#keys input").dispatch_event("keydown", {"key": "/", "bubbles": True})
        expect(page.locator("#question")).to_be_focused()


def test_2_on_a_phone_a_list_its_follow_up_and_its_source(chromium: Browser, office: str) -> None:
    with visiting(chromium, office, PHONE_DARK, "2-phone") as guest:
        guest.shot("login")
        guest.log_in("李问")
        guest.shot("welcome")
        guest.ask(UNSTARTED)
        expect(guest.current).to_contain_text("石桥改建")
        guest.shot("answer", keep="phone-dark")
        guest.current.locator(".next .example", has_text="单位").click()
        expect(guest.page.locator(".turn")).to_have_count(2, timeout=SLOW)
        guest.wait_for_answer()
        expect(guest.current).to_contain_text("区交通局")
        expect(guest.page.locator("#past .next")).to_be_hidden()  # only the newest leads on
        guest.shot("follow-up")
        guest.current.locator(".cite").first.click()
        expect(guest.page.locator("#source mark.quote")).to_be_in_viewport()
        guest.shot("source")
        guest.page.locator("#source .close").click()
        expect(guest.page.locator("#source .panel")).to_be_hidden()
        expect(guest.current.locator(".cite").first).to_be_focused()


def test_3_a_reading_is_corrected_the_table_sorted_copied_exported_and_printed(
    chromium: Browser, office: str, tmp_path: Path
) -> None:
    with visiting(chromium, office, DESK_DARK, "3-table") as guest:
        guest.log_in("李问")
        guest.ask("Which projects were not started in the third quarter, and why?")
        page, turn = guest.page, guest.current
        expect(turn.locator(".reading select[data-facet=stage]")).to_have_value("not_started")
        guest.shot("answer")
        turn.locator(".chip:has([data-facet=period]) [data-drop]").click()
        turn.locator("[data-apply]").click()
        expect(page.locator(".turn")).to_have_count(2, timeout=SLOW)
        guest.wait_for_answer()
        expect(turn.locator(".reread")).to_be_visible()
        head = turn.locator(".answer th", has=page.locator("button")).nth(1)
        names = turn.locator(".answer tr td:nth-child(2)")
        asked = names.all_inner_texts()
        head.locator("button").click()
        expect(head).to_have_attribute("aria-sort", "ascending")
        rising = names.all_inner_texts()
        head.locator("button").click()
        expect(head).to_have_attribute("aria-sort", "descending")
        assert names.all_inner_texts() == rising[::-1] != asked
        guest.shot("sorted")
        page.context.grant_permissions(["clipboard-read", "clipboard-write"])
        turn.locator("[data-copy-table]").click()
        expect(turn.locator("[data-copy-table]")).to_have_attribute("data-done", "true")
        copied = page.evaluate("navigator.clipboard.readText()").split("\n")
        assert len(copied) == len(asked) + 1
        assert all(line.count("\t") == copied[0].count("\t") for line in copied)
        sheet = load_workbook(save(page, "#current [data-download=xlsx]", tmp_path)).active
        assert sheet.max_row > len(asked)
        page.emulate_media(media="print")
        page.evaluate("window.dispatchEvent(new Event('beforeprint'))")
        expect(turn.locator(".printed")).to_contain_text("[1]")
        expect(page.locator("#composer")).to_be_hidden()
        expect(page.locator("#source")).to_be_hidden()
        guest.shot("print")
        page.evaluate("window.dispatchEvent(new Event('afterprint'))")
        expect(page.locator(".printed")).to_have_count(0)


def test_4_coming_back_a_conversation_is_found_continued_renamed_and_deleted(
    chromium: Browser, office: str
) -> None:
    with visiting(chromium, office, PHONE, "4-back") as guest:
        guest.log_in("孙问")
        guest.ask("Which projects in 青禾区 are behind schedule?")
        page = guest.page
        page.reload()
        page.wait_for_selector("#question")
        opener = page.locator("#composer [data-toggle-talks]")
        opener.click()
        kept = page.locator("#talks [data-open-talk]")
        expect(kept).to_have_count(1)
        page.fill("#talk-find", "nothing like that")
        expect(kept).to_have_count(0)
        page.fill("#talk-find", "behind")
        expect(kept).to_have_count(1)
        guest.shot("conversations")
        kept.first.click()
        expect(guest.current.locator(".question")).to_contain_text("behind schedule")
        guest.current.locator("[data-rewrite]").click()
        expect(page.locator("#question")).to_be_focused()
        guest.shot("edit")
        page.fill("#question", "Which projects in 青禾区 were completed?")
        page.keyboard.press("Enter")
        expect(page.locator(".turn")).to_have_count(2, timeout=SLOW)
        guest.wait_for_answer()
        opener.click()
        page.locator("#talks summary").first.click()
        page.fill("#talks [name=title]", "For Monday")
        page.keyboard.press("Enter")
        expect(kept.first).to_contain_text("For Monday")
        page.locator("#talks summary").first.click()
        page.locator("[data-delete-talk]").click()
        guest.shot("sure")
        page.locator("[data-delete-talk]").click()
        expect(kept).to_have_count(0)


def test_5_what_is_not_said_or_may_not_be_seen_is_refused_and_told(
    chromium: Browser, office: str
) -> None:
    with visiting(chromium, office, DESK, "5-refused") as guest:
        guest.log_in("李问")
        guest.ask("石桥改建项目的监理单位是哪家公司？")
        expect(guest.current.locator(".verdict")).to_be_visible()
        expect(guest.current.locator(".answer .cite")).to_have_count(0)
        guest.shot("refused")
        guest.current.locator("[data-thumb=down]").click()
        guest.current.locator("[value=incomplete]").check()
        guest.current.locator(".why [name=comment]").fill("合同里应该有")
        guest.shot("why")
        guest.current.locator(".why [type=submit]").click()
        expect(guest.current.locator(".told")).to_contain_text("评价已记下")
        guest.ask("2025年安排了哪些重点项目，总投资多少？")
        assert "征求意见稿" not in guest.page.content()
        guest.go("documents")
        expect(guest.page.locator("#documents .list")).to_be_visible(timeout=SLOW)
        expect(guest.page.locator("#documents")).not_to_contain_text(CLOSED)
        guest.shot("documents", keep="documents")
        guest.go("ledger")
        expect(guest.page.locator("#rows table.ledger")).to_be_visible(timeout=SLOW)
        # Who may not correct is not offered to.
        assert guest.page.locator("#rows [data-edit]").count() > 0
        expect(guest.page.locator("#rows [data-edit]").first).to_be_hidden()


def test_6_from_the_overview_to_the_ledger_and_its_export(
    chromium: Browser, office: str, tmp_path: Path
) -> None:
    with visiting(chromium, office, PHONE, "6-ledger") as guest:
        guest.log_in("孙问")
        page = guest.page
        guest.go("home")
        page.locator("#home .tile[data-change=completed]").click()
        drilled = page.locator("#home .drilled:visible")
        expect(drilled).to_be_visible()
        guest.shot("overview")
        drilled.locator("[data-look]").first.click()
        expect(page.locator("#source mark.quote, #source .cited").first).to_be_visible()
        page.locator("#source .close").click()
        guest.go("ledger")
        expect(page.locator("#rows .count")).to_be_visible(timeout=SLOW)
        page.locator("#controls .facets summary, #controls summary").first.click()
        page.locator("#controls [name=status]").select_option("not_started")
        expect(page.locator("#rows .count")).to_contain_text("fit", timeout=SLOW)
        guest.shot("filtered")
        page.locator("[data-pane=charts]").click()
        expect(page.locator("#charts .bars").first).to_be_visible(timeout=SLOW)
        guest.shot("charts")
        page.locator("[data-pane=rows]").click()
        file = save(page, "#controls [data-download=docx]", tmp_path)
        assert len(Document(str(file)).tables[0].rows) > 1
