"""The ledger in a real browser, over a real index: find, check, correct, export, ask again."""

from __future__ import annotations

from pathlib import Path

import pytest
from docx import Document
from openpyxl import load_workbook
from playwright.sync_api import Page, expect

from tests.browser.conftest import ask

ROW = "#rows table.ledger tbody tr"
WAIT = 20_000  # milliseconds; the machine may be busy


def open_ledger(page: Page) -> None:
    page.locator("#tab-ledger").click()
    expect(page.locator(ROW).first).to_be_visible(timeout=WAIT)


def narrow(page: Page, **filters: str) -> None:
    facets = page.locator("#controls .facets")
    if facets.get_attribute("open") is None:
        facets.locator("summary").click()
    for name, value in filters.items():
        field = page.locator(f"#controls [name={name}]")
        if name == "search":
            field.fill(value)
        else:
            field.select_option(value)


def save(page: Page, button: str, folder: Path) -> Path:
    # On a phone the question box lies over the foot of the page.
    page.locator(button).first.evaluate("(element) => element.scrollIntoView({block: 'center'})")
    with page.expect_download(timeout=WAIT) as waiting:
        page.locator(button).first.click()
    file = folder / waiting.value.suggested_filename
    waiting.value.save_as(file)
    return file


def is_phone(page: Page) -> bool:
    return page.viewport_size is not None and page.viewport_size["width"] < 900


def sideways(page: Page) -> bool:
    return bool(page.evaluate("document.documentElement.scrollWidth > window.innerWidth"))


def test_records_are_counted_filtered_and_sorted(page: Page) -> None:
    open_ledger(page)
    expect(page.locator("#rows .count")).to_contain_text("条记录，来自")
    narrow(page, unit="区教育局")
    expect(page.locator("#rows .count")).to_contain_text("筛选出")
    units = page.locator(f"{ROW} td.unit .open").all_inner_texts()
    assert set(units) == {"区教育局"}
    narrow(page, unit="")
    if not is_phone(page):
        page.locator("[data-sort=total_investment]").click()
        page.locator("th[aria-sort=ascending] [data-sort=total_investment]").wait_for()
        page.locator("[data-sort=total_investment]").click()
        page.locator("th[aria-sort=descending] [data-sort=total_investment]").wait_for()
        amounts = page.locator(f"{ROW} td.total_investment .unit").all_inner_texts()
        values = [float(text.split()[0].replace(",", "")) for text in amounts]
        assert len(values) > 3
        assert values == sorted(values, reverse=True)
    assert not sideways(page)


def test_the_last_record_can_be_scrolled_to(page: Page) -> None:
    open_ledger(page)
    last = page.locator(ROW).last
    last.evaluate("(element) => element.scrollIntoView({block: 'center'})")
    expect(last).to_be_in_viewport(ratio=0.9)
    last.locator("td.name button").click()
    expect(page.locator("#source mark.quote")).to_be_in_viewport(timeout=WAIT)


def test_search_finds_within_all_fields(page: Page) -> None:
    open_ledger(page)
    narrow(page, search="投资方资金未到位")
    expect(page.locator(ROW)).to_have_count(1, timeout=WAIT)
    expect(page.locator(ROW)).to_contain_text("**生物医药园")
    narrow(page, search="没有这样的项目")
    expect(page.locator("#rows .none")).to_be_visible(timeout=WAIT)
    page.locator("#controls [data-reset]").click()
    expect(page.locator(ROW).nth(20)).to_be_visible(timeout=WAIT)


def test_a_row_and_a_cell_open_the_source_at_their_words(page: Page) -> None:
    open_ledger(page)
    narrow(page, search="征地协议未签订")
    row = page.locator(ROW, has_text="石桥改建项目")
    expect(row).to_be_visible(timeout=WAIT)
    row.locator("td.name button").click()
    mark = page.locator("#source mark.quote")
    expect(mark).to_have_text("石桥改建项目（征地协议未签订）", timeout=WAIT)
    expect(mark).to_be_in_viewport()
    if is_phone(page):
        page.locator("#source [data-close]").click()
    row.locator("td.unit button").click()
    expect(mark).to_have_text("区交通局", timeout=WAIT)
    assert not sideways(page)


def test_arrow_keys_walk_through_the_cells(page: Page) -> None:
    if is_phone(page):
        pytest.skip("a phone has no arrow keys")
    open_ledger(page)
    page.locator(f"{ROW} td.name button").first.focus()
    page.keyboard.press("ArrowRight")
    assert page.evaluate("document.activeElement.closest('td').className") == "unit"
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    expect(page.locator("#source mark.quote")).to_have_text("经济开发区", timeout=WAIT)


def test_a_finding_opens_every_place(page: Page) -> None:
    open_ledger(page)
    page.locator("[data-pane=checks]").click()
    checks = page.locator("#checks")
    expect(checks).to_contain_text("处不一致")
    expect(checks).to_contain_text("没有未能识别的行")
    for place in ("27.8％", "13.02亿元"):
        checks.locator(".place", has_text=place).click()
        expect(page.locator("#source mark.quote")).to_have_text(place, timeout=WAIT)
        if is_phone(page):
            page.locator("#source [data-close]").click()
    assert not sideways(page)


def test_a_bar_of_a_chart_sets_the_filter(page: Page) -> None:
    open_ledger(page)
    page.locator("[data-pane=charts]").click()
    bars = page.locator("#charts table.bars", has=page.locator("caption", has_text="各状态"))
    expect(bars).to_be_visible(timeout=WAIT)
    bars.locator("[data-value=not_started]").click()
    expect(page.locator("#controls [name=status]")).to_have_value("not_started")
    expect(bars.locator("[data-value=completed]")).to_have_count(0, timeout=WAIT)
    assert not sideways(page)
    page.locator("[data-pane=rows]").click()
    expect(page.locator("#rows .count")).to_contain_text("筛选出")


def test_a_correction_is_signed_marked_and_used_in_answers(page: Page) -> None:
    unit = "区住房保障局" if is_phone(page) else "区工程管理局"
    name = "朝阳商贸综合体项目" if is_phone(page) else "石桥改建项目"
    open_ledger(page)
    row = page.locator(ROW, has_text=name).first
    row.locator("[data-edit]").last.click()
    dialog = page.locator("dialog.sheet")
    expect(dialog).to_be_visible(timeout=WAIT)
    dialog.locator("textarea[name=unit]").fill(unit)
    dialog.locator("[name=signed]").fill("")
    dialog.locator("[type=submit]").click()
    expect(dialog.locator(".bad")).to_contain_text("署名", timeout=WAIT)
    expect(dialog.locator("textarea[name=unit]")).to_have_value(unit)
    dialog.locator("[name=signed]").fill("王芳")
    dialog.locator("[type=submit]").click()
    expect(dialog.locator(".good")).to_be_visible(timeout=WAIT)
    expect(dialog.locator(".history")).to_contain_text("王芳")
    dialog.locator("[data-shut]").click()
    expect(dialog).to_be_hidden()
    expect(row.locator(".mended")).to_be_visible()
    if is_phone(page):
        page.locator("#source [data-close]").dispatch_event("click")
    page.locator("#tab-ask").click()
    ask(page, "青禾区三季度哪些项目未开工，原因是什么？")
    expect(page.locator("#current")).to_contain_text(unit, timeout=WAIT)
    expect(page.locator("#current .notes")).to_contain_text("王芳")


def test_another_form_begins_with_its_own_values(page: Page) -> None:
    open_ledger(page)
    dialog = page.locator("dialog.sheet")
    for number in (0, 1):
        row = page.locator(ROW).nth(number)
        unit = row.locator("td.unit .open").inner_text()
        row.locator("[data-edit]").last.click()
        expect(dialog.locator("textarea[name=unit]")).to_have_value(unit, timeout=WAIT)
        dialog.locator("textarea[name=unit]").fill("没有保存的单位")
        dialog.locator("[data-shut]").click()
        expect(dialog).to_be_hidden()


def test_a_unit_gets_another_name_and_loses_it(page: Page) -> None:
    open_ledger(page)
    page.locator("[data-pane=names]").click()
    form = page.locator("[data-add=alias]")
    form.locator("[name=alias]").fill("交运局")
    form.locator("[name=unit]").fill("区交通局")
    form.locator("[name=signed]").fill("李强")
    form.locator("button").click()
    kept = page.locator("#names table.kept", has_text="交运局")
    expect(kept).to_contain_text("李强", timeout=WAIT)
    expect(form.locator("[name=alias]")).to_have_value("")
    assert not sideways(page)
    kept.locator("[data-remove]").click()
    expect(kept).to_be_visible()
    kept.locator("[data-remove]").click()
    expect(kept).to_have_count(0, timeout=WAIT)


def test_the_ledger_is_exported_as_filtered(page: Page, tmp_path: Path) -> None:
    open_ledger(page)
    narrow(page, unit="区文旅局")
    expect(page.locator("#rows .count")).to_contain_text("筛选出", timeout=WAIT)
    count = page.locator(ROW).count()
    sheet = load_workbook(save(page, "#controls [data-download=xlsx]", tmp_path)).active
    lines = list(sheet.iter_rows(values_only=True))
    head = next(line for line in lines if line[0] == "序号")
    assert [line[0] for line in lines if isinstance(line[0], int)] == list(range(1, count + 1))
    assert {line[head.index("责任单位")] for line in lines if isinstance(line[0], int)} == {
        "区文旅局"
    }
    document = Document(str(save(page, "#controls [data-download=docx]", tmp_path)))
    assert len(document.tables[0].rows) == count + 1
    assert any("责任单位=区文旅局" in p.text for p in document.paragraphs)


def test_the_table_of_an_answer_is_exported_with_its_citations(page: Page, tmp_path: Path) -> None:
    ask(page, "青禾区三季度哪些项目未开工，原因是什么？")
    expect(page.locator("#current [data-download]").first).to_be_visible(timeout=30_000)
    sheet = load_workbook(save(page, "#current [data-download=xlsx]", tmp_path)).active
    lines = list(sheet.iter_rows(values_only=True))
    head = next(line for line in lines if line[0] == "序号")
    first = dict(zip(head, lines[lines.index(head) + 1], strict=True))
    assert first["项目"] == "石桥改建项目"
    assert "征地协议未签订" in str(first["原文"])
    assert any("提问理解为" in str(line[0]) for line in lines)


def test_the_reading_of_an_answer_can_be_edited(page: Page) -> None:
    ask(page, "青禾区三季度哪些项目未开工，原因是什么？")
    reading = page.locator("#current .reading")
    expect(reading.locator("select[data-facet=stage]")).to_have_value("not_started", timeout=30_000)
    for facet in ("period", "issuer"):
        reading.locator(f".chip:has([data-facet={facet}]) [data-drop]").first.click()
    reading.locator("[data-more]").select_option("unit")
    reading.locator("select[data-facet=unit]").select_option("云岭经济开发区")
    reading.locator("[data-apply]").click()
    expect(page.locator("#current")).to_contain_text("污水处理厂提标改造", timeout=WAIT)
    expect(page.locator("#current")).to_contain_text("改按")
    expect(page.locator("#past")).to_contain_text("石桥改建")
    expect(page.locator("#current .reading select[data-facet=unit]")).to_have_value(
        "云岭经济开发区"
    )
    assert not sideways(page)


def test_english_words_reach_options_and_headings(page: Page) -> None:
    page.locator("[data-language]").click()
    open_ledger(page)
    expect(page.locator("#rows .count")).to_contain_text("records from")
    assert "not started" in (page.locator("#controls [name=status]").text_content() or "")
