"""The journeys of staff, to an exported, verified answer; and of managers."""

from __future__ import annotations

import json
from pathlib import Path

from docx import Document
from openpyxl import load_workbook
from playwright.sync_api import Browser, Page, expect
from playwright.sync_api import TimeoutError as WaitedTooLong

from tests.browser.journeys.conftest import (
    CLOSED,
    DESK,
    DESK_DARK,
    PASSWORD,
    PHONE,
    PHONE_DARK,
    SLOW,
    Guest,
    save,
    visiting,
)

WHY = "青禾区三季度哪些项目未开工，原因是什么？"
LATE = "云岭区三季度哪些工程未开工？"
NOTICE = "城东区2024年三季度重点工程通报.txt"
NOTICE_TEXT = """城东区2024年三季度重点工程通报
截至9月底，未开工的工程2项。分别是：区水务局的柳河泵站改造（选址调整）；区交通局的东门客运站（征地未完成）。
城东区重点工程办公室
2024年10月9日
"""


def request(guest: Guest, question: str, note: str = "") -> None:
    """Ask, and ask for the verification of the answer."""
    guest.ask(question)
    guest.current.locator(".request [name=note]").fill(note)
    guest.current.locator("[data-request]").click()
    expect(guest.current.locator(".standing")).to_be_visible()


def open_log(page: Page) -> None:
    """Open the log of people as a person does: once more where a press met the page changing."""
    for _ in range(3):
        page.locator("[data-people-pane=log]").click()
        try:
            page.locator("#people [name=words]").wait_for(timeout=10_000)
            return
        except WaitedTooLong:
            continue


def open_case(page: Page, question: str) -> None:
    page.locator("#tab-verify").click()
    page.locator("#queue .open-case", has_text=question).first.click()
    expect(page.locator("#bench h2")).to_contain_text(question)


def upload(guest: Guest, file: Path, text: str, told: str) -> None:
    """Upload a file in the page and wait until it can be searched."""
    file.write_text(text, encoding="utf-8")
    guest.go("documents")
    with guest.page.expect_file_chooser() as chooser:
        guest.page.locator("#upload .send").click()
    chooser.value.set_files(file)
    listed = guest.page.locator("#documents tr", has_text=file.name)
    expect(listed).to_contain_text(told, timeout=60_000)


def mark_all(page: Page) -> None:
    """Mark every citation as supported, by keyboard."""
    page.locator("#bench .quoted").first.focus()
    quoted = page.locator("#bench .quoted")
    for number in range(quoted.count()):
        page.keyboard.press("1")
        expect(quoted.nth(number)).to_have_attribute("data-marked", "supported")


def test_7_asked_on_a_phone_verified_at_the_desk_exported_by_the_asker(
    chromium: Browser, office: str, tmp_path: Path
) -> None:
    with visiting(chromium, office, PHONE_DARK, "7-asker") as asker:
        asker.log_in("李问")
        request(asker, WHY, "周五会上要用")
        asker.shot("requested")
        with visiting(chromium, office, DESK, "7-staff") as staff:
            page = staff.page
            staff.log_in("周核")
            expect(page.locator("#tab-verify[data-count]")).to_be_visible()
            staff.go("verify")
            staff.shot("queue")
            open_case(page, WHY)
            expect(page.locator("#bench")).to_contain_text("周五会上要用")
            page.locator("[data-verdict=verified]").click()
            expect(page.locator("#bench [role=alert]")).to_be_visible()  # not before all is marked
            page.locator("#bench .quoted").first.focus()
            page.keyboard.press("j")
            expect(page.locator("#source mark.quote")).to_be_in_viewport()
            staff.shot("case", keep="verification")
            mark_all(page)
            page.locator("#bench .decide [name=comment]").fill("已逐条对照原文")
            page.locator("[data-verdict=verified]").click()
            expect(page.locator("#bench .state-of")).to_contain_text("已核实")
            staff.shot("verified")
        asker.page.locator("#composer [data-toggle-talks]").click()
        asker.page.locator("#talks [data-open-talk]").first.click()
        standing = asker.current.locator(".standing")
        expect(standing).to_contain_text("已核实")
        expect(standing).to_contain_text("周核")
        standing.scroll_into_view_if_needed()
        asker.shot("verified", keep="phone-verified")
        report = Document(str(save(asker.page, "#current [data-report]", tmp_path)))
        told = "\n".join(p.text for p in report.paragraphs) + "\n".join(
            cell.text for table in report.tables for row in table.rows for cell in row.cells
        )
        assert "周核" in told
        assert "征地协议未签订" in told


def test_8_an_answer_is_corrected_and_the_desk_exported(
    chromium: Browser, office: str, tmp_path: Path
) -> None:
    with visiting(chromium, office, DESK_DARK, "8-correct") as staff:
        page = staff.page
        staff.log_in("周核")
        request(staff, LATE)
        open_case(page, LATE)
        mark_all(page)
        page.locator("#bench .decide summary").click()
        text = page.locator("#bench .decide [name=text]")
        text.fill(text.input_value() + "\n（截至9月底）")
        page.locator("#bench .decide [name=comment]").fill("补充截止日期")
        staff.shot("correcting")
        page.locator("[data-verdict=corrected]").click()
        expect(page.locator("#bench .bench")).to_have_attribute("data-standing", "corrected")
        staff.shot("corrected")
        page.locator("[data-back-to-queue]").click()
        page.locator("[data-show-cases]").select_option("corrected")
        expect(page.locator("#queue .open-case")).to_have_count(1, timeout=SLOW)
        staff.shot("list")
        lines = save(page, "[data-desk-export=jsonl]", tmp_path).read_text("utf-8").splitlines()
        assert json.loads(lines[0])["state"] == "corrected"
        book = load_workbook(save(page, "[data-desk-export=xlsx]", tmp_path))
        assert LATE in {str(c.value) for sheet in book for row in sheet for c in row}
        assert save(page, "[data-desk-export=docx]", tmp_path).stat().st_size > 1_000


def test_9_on_a_phone_an_answer_is_rejected_feedback_handled_a_record_corrected(
    chromium: Browser, office: str
) -> None:
    question = "Which projects of 区住建局 are behind schedule?"
    with visiting(chromium, office, PHONE, "9-phone") as staff:
        page = staff.page
        staff.log_in("周核")
        request(staff, question)
        staff.ask("What is the budget of the moon base?")
        open_case(page, question)
        page.locator("#bench [data-mark=not_supported]").first.click()
        expect(page.locator("#bench .quoted").first).to_have_attribute(
            "data-marked", "not_supported"
        )
        staff.shot("case")
        page.locator("#bench .decide [name=comment]").fill("Counts one project twice")
        page.locator("[data-verdict=rejected]").click()
        expect(page.locator("#bench .bench")).to_have_attribute("data-standing", "rejected")
        page.locator("[data-back-to-queue]").click()
        page.locator("[data-queue-pane=feedback]").click()
        told = page.locator(".feedback[data-kind=unanswered]", has_text="moon base").first
        expect(told).to_be_visible()
        staff.shot("feedback")
        told.locator("[data-handling=handled]").click()
        expect(told).to_have_attribute("data-handling-state", "handled")
        staff.go("ledger")
        page.locator("#rows [data-edit]").first.click(timeout=SLOW)
        sheet = page.locator("dialog.sheet[open]")
        sheet.locator("textarea[name=reason]").fill("资金未到位")
        staff.shot("correcting")
        sheet.locator("[type=submit]").click()
        expect(sheet.locator(".history")).to_contain_text("周核", timeout=SLOW)
        staff.shot("corrected")


def test_10_a_manager_opens_accounts_and_rights_and_renews_a_document(
    chromium: Browser, office: str, tmp_path: Path
) -> None:
    with visiting(chromium, office, DESK, "10-manager") as boss:
        page = boss.page
        boss.log_in("王管")
        boss.go("people")
        form = page.locator("#people [data-people-act=add]")
        form.locator("[name=name]").fill("新来的")
        for field in ("password", "again"):
            form.locator(f"[name={field}]").fill(PASSWORD)
        page.keyboard.press("Enter")
        expect(page.locator("#people [role=status]")).to_contain_text("新来的")
        expect(form.locator("[name=password]")).to_have_value("")
        page.locator("[data-account=新来的] summary").click()
        boss.shot("accounts", keep="people")
        page.locator("[data-people-pane=rights]").click()
        closed = page.locator("[data-collection=内部]")
        closed.locator("[name=to]").select_option("person:新来的")
        closed.locator("[type=submit]").click()
        expect(page.locator("#people [role=status]")).to_contain_text("内部")
        boss.shot("rights")
        with visiting(chromium, office, PHONE_DARK, "10-new") as fresh:
            fresh.log_in("新来的")
            expect(fresh.page.locator("#tab-people")).to_be_hidden()
            expect(fresh.page.locator("#tab-verify")).to_be_hidden()
            fresh.go("documents")
            expect(fresh.page.locator("#documents")).to_contain_text(CLOSED, timeout=SLOW)
            fresh.shot("documents")
        upload(boss, tmp_path / NOTICE, NOTICE_TEXT, "可查")
        boss.shot("upload")
        question = "城东区三季度哪些工程未开工，原因是什么？"
        boss.go("ask")
        request(boss, question)
        expect(boss.current).to_contain_text("选址调整")
        upload(boss, tmp_path / NOTICE, NOTICE_TEXT.replace("选址调整", "资金未到位"), "第 2 版")
        open_case(page, question)
        expect(page.locator("#bench .warning")).to_contain_text("来源已更新", timeout=SLOW)
        page.locator("#bench .quoted .cite").first.click()
        expect(page.locator("#source .warning")).to_contain_text("第 2 版")  # a newer one exists
        boss.shot("renewed")
        boss.go("people")
        open_log(page)
        page.locator("#people [name=words]").fill("新来的")
        page.keyboard.press("Enter")
        expect(page.locator("table.log")).to_contain_text("建立账号")
        boss.shot("log")
