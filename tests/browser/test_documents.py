"""The documents tab in a real browser: upload, watch, compare, withdraw, erase, rebuild."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.conftest import WIDTHS, ask, browsing, free_port, serving
from tests.browser.fakes import ATTACK, FAILED, HOSTILE, REPORT, SCAN

WAIT = 20_000  # milliseconds; the machine may be busy
LIST = "#documents table.list tbody tr"
DROP = """async (target, files) => {
    const data = new DataTransfer();
    for (const [name, text] of files) data.items.add(new File([text], name));
    for (const kind of ["dragenter", "dragover", "drop"]) {
        const event = new DragEvent(kind, {dataTransfer: data, bubbles: true, cancelable: true});
        target.dispatchEvent(event);
        if (kind !== "dragenter" && !event.defaultPrevented) throw new Error("not taken: " + kind);
    }
}"""


@pytest.fixture(scope="module")
def address() -> Iterator[str]:
    port = free_port()
    with serving("-m", "tests.browser.fakes", str(port), port=port) as url:
        yield url


@pytest.fixture(params=WIDTHS)
def page(request: pytest.FixtureRequest, address: str) -> Iterator[Page]:
    """Return the documents tab on a desk, then on a phone."""
    with watching(address, WIDTHS[request.param], request.node.name) as page:
        yield page


@pytest.fixture
def desk(request: pytest.FixtureRequest, address: str) -> Iterator[Page]:
    """Return the documents tab on a desk."""
    with watching(address, WIDTHS["desk"], request.node.name) as page:
        yield page


@contextmanager
def watching(address: str, width: int, name: str) -> Iterator[Page]:
    """Open the documents tab; at the end see that nothing has run, and that all fits."""
    with browsing(address, width, name) as page:
        open_documents(page)
        yield page
        assert page.evaluate("window.hit") is None
        assert not page.evaluate("document.documentElement.scrollWidth > window.innerWidth")


@pytest.fixture
def width(page: Page) -> str:
    """Return a word that names the width, for names that no other test uses."""
    assert page.viewport_size is not None
    return str(page.viewport_size["width"])


def open_documents(page: Page) -> None:
    page.locator("#tab-documents").click()
    expect(page.locator("#documents .documents")).to_be_visible(timeout=WAIT)


def write(folder: Path, name: str, text: str) -> Path:
    file = folder / name
    file.write_text(text, encoding="utf-8")
    return file


def job(page: Page, name: str) -> Locator:
    return page.locator("#jobs .job", has_text=name)


def row(page: Page, name: str) -> Locator:
    return page.locator(LIST, has=page.locator(f'[data-document="{name}"]'))


def is_phone(page: Page) -> bool:
    return page.viewport_size is not None and page.viewport_size["width"] < 900


def close_panel(page: Page) -> None:
    if is_phone(page):
        page.locator("#source [data-close]").click()


def open_view(page: Page, name: str, view: str) -> None:
    row(page, name).locator(f'[data-view="{view}"]').click()
    expect(page.locator("#source .panel")).to_have_attribute("data-shown", view, timeout=WAIT)


def upload(page: Page, *files: Path) -> None:
    with page.expect_file_chooser() as choosing:
        page.locator("[data-choose=files]").click()
    choosing.value.set_files(files)


def test_two_files_by_the_button_are_watched_until_they_are_listed(
    page: Page, width: str, tmp_path: Path
) -> None:
    names = [f"慢{width}甲.txt", f"通报{width}乙.txt"]
    upload(page, *(write(tmp_path, name, "重点项目3个。") for name in names))
    slow = job(page, names[0])
    expect(slow).to_have_attribute("data-state", re.compile("reading|embedding"), timeout=WAIT)
    expect(slow.locator(".how")).to_contain_text(re.compile("/ 5 段"), timeout=WAIT)
    for name in names:
        expect(job(page, name)).to_have_attribute("data-state", "done", timeout=WAIT)
        expect(row(page, name)).to_be_visible(timeout=WAIT)
    expect(page.locator("#upload .sending li")).to_have_count(0)
    job(page, names[1]).locator("[data-look]").click()
    expect(page.locator("#source .canonical")).to_have_text("重点项目3个。", timeout=WAIT)


def test_files_are_taken_by_drag_and_drop(desk: Page) -> None:
    files = [["拖一.txt", "一"], ["拖二.txt", "二"]]
    desk.locator("#upload .drop").evaluate(DROP, files)
    for name, _ in files:
        expect(row(desk, name)).to_be_visible(timeout=WAIT)


def test_what_is_dropped_elsewhere_does_not_replace_the_page(desk: Page) -> None:
    desk.locator("#tab-ask").click()
    desk.locator("#talk").evaluate(DROP, [["误拖.txt", "x"]])
    desk.wait_for_timeout(500)
    expect(desk.locator("#question")).to_be_visible()
    open_documents(desk)
    expect(row(desk, "误拖.txt")).to_have_count(0)


def test_a_folder_is_taken_with_the_folders_in_its_names(desk: Page, tmp_path: Path) -> None:
    for place in ("一季度", "二季度"):
        inner = tmp_path / "上报" / place
        inner.mkdir(parents=True)
        write(inner, "通报.txt", place)
    write(tmp_path / "上报", "~$lock.docx", "x")
    with desk.expect_file_chooser() as choosing:
        desk.locator("[data-choose=folder]").click()
    choosing.value.set_files(tmp_path / "上报")
    for place in ("一季度", "二季度"):
        expect(row(desk, f"{place}_通报.txt")).to_be_visible(timeout=WAIT)
    expect(desk.locator("#upload .sending")).to_contain_text("没有上传：1 个")


def test_a_file_that_fails_says_why_and_the_others_go_on(
    page: Page, width: str, tmp_path: Path
) -> None:
    files = [write(tmp_path, name, "x") for name in (f"坏{width}.xlsx", f"好{width}.txt")]
    upload(page, *files)
    bad = job(page, files[0].name)
    expect(bad).to_have_attribute("data-state", "failed", timeout=WAIT)
    expect(bad.locator(".said")).to_contain_text("文件已损坏")
    expect(bad.locator(".said")).to_contain_text("onerror")
    expect(job(page, files[1].name)).to_have_attribute("data-state", "done", timeout=WAIT)
    expect(page.locator(f"{LIST}.failed", has_text=files[0].name)).to_be_visible(timeout=WAIT)


def test_what_is_refused_says_so_at_once(desk: Page, tmp_path: Path) -> None:
    upload(desk, write(tmp_path, "会议录像.mp4", "x"))
    told = desk.locator("#upload .sending li", has_text="会议录像.mp4")
    expect(told).to_contain_text("没有这种格式的读取程序", timeout=WAIT)
    told.locator("[data-dismiss]").click()
    expect(told).to_have_count(0)


def test_a_file_above_the_limit_is_not_sent(desk: Page) -> None:
    desk.evaluate("document.querySelector('.upload').dataset.limit = '10'")
    desk.locator("#upload .drop").evaluate(DROP, [["大.txt", "x" * 11]])
    told = desk.locator("#upload .sending li", has_text="大.txt")
    expect(told).to_contain_text("500 MB")
    expect(job(desk, "大.txt")).to_have_count(0)


def test_hostile_names_are_text_and_are_kept_readable(desk: Page) -> None:
    names = {
        "<img src=x onerror=window.hit=1>.txt": "＜img src=x onerror=window.hit=1＞.txt",
        "CON.txt": "_CON.txt",
        "报告\u202etxt.exe": "报告txt.exe",
        "{{7-7}}${7-7}%2e%2e%2f.txt": "{{7-7}}${7-7}%2e%2e%2f.txt",
        "a\nb.txt": "ab.txt",
    }
    desk.locator("#upload .drop").evaluate(DROP, [[name, "x"] for name in names])
    for name, kept in names.items():
        expect(row(desk, kept)).to_be_visible(timeout=WAIT)
        told = desk.locator("#upload .sending li", has_text=kept)
        expect(told).to_have_count(0 if kept == name else 1)
    assert desk.locator("#upload img, #jobs img, #documents img").count() == 0


def test_an_upload_that_waits_can_be_stopped(desk: Page, tmp_path: Path) -> None:
    name = "慢停.txt"
    upload(desk, write(tmp_path, name, "x"))
    job(desk, name).locator("[data-job-stop]").click(timeout=WAIT)
    expect(job(desk, name)).to_have_attribute("data-state", "stopped", timeout=WAIT)


def test_the_same_name_again_is_a_new_version_and_the_old_one_opens(
    page: Page, width: str, tmp_path: Path
) -> None:
    name = f"台账{width}.txt"
    for text, state in (("第一稿", "done"), ("第一稿", "unchanged"), ("第二稿", "done")):
        upload(page, write(tmp_path, name, text))
        expect(job(page, name)).to_have_attribute("data-state", state, timeout=WAIT)
    expect(row(page, name).locator(".badge")).to_contain_text("第 2 版", timeout=WAIT)
    open_view(page, name, "versions")
    expect(page.locator("#source .versions li")).to_have_count(2)
    page.locator("#source .versions [data-version='1']").click()
    panel = page.locator("#source")
    expect(panel.locator(".canonical")).to_have_text("第一稿", timeout=WAIT)
    expect(panel.locator(".warning")).to_contain_text("已有第 2 版")
    panel.locator(".warning [data-look]").click()
    expect(panel.locator(".canonical")).to_have_text("第二稿", timeout=WAIT)
    expect(panel.locator(".warning")).to_have_count(0)


def test_an_old_citation_opens_the_text_that_it_was_made_from(desk: Page) -> None:
    desk.locator("#tab-ask").click()
    ask(desk, "旧版怎么说？")
    desk.locator("#current .cite").first.click(timeout=WAIT)
    expect(desk.locator("#source mark.quote")).to_have_text("旧的一句话。", timeout=WAIT)
    expect(desk.locator("#source .warning")).to_contain_text("已有第 2 版")


def test_withdrawing_needs_a_name_and_a_reason_and_can_be_undone(
    page: Page, width: str, tmp_path: Path
) -> None:
    name = f"撤回{width}.txt"
    upload(page, write(tmp_path, name, "内容"))
    expect(row(page, name)).to_be_visible(timeout=WAIT)
    open_view(page, name, "versions")
    panel = page.locator("#source")
    panel.locator("details.withdraw summary").click()
    form = panel.locator("form[data-act=withdraw]")
    form.locator("[name=by]").fill("李四")
    form.locator("[type=submit]").click()
    assert form.locator("[name=why]").evaluate("(field) => !field.validity.valid")
    form.locator("[name=why]").fill("数字有误")
    form.locator("[name=why]").press("Enter")
    expect(panel.locator(".warning")).to_contain_text("撤回人：李四。原因：数字有误", timeout=WAIT)
    expect(row(page, name).locator("td.state")).to_contain_text("已撤回", timeout=WAIT)
    panel.locator("details.reinstate summary").click()
    signed = panel.locator("form[data-act=reinstate] [name=by]")
    expect(signed).to_have_value("李四")
    signed.press("Enter")
    expect(row(page, name).locator("td.state")).to_contain_text("可查", timeout=WAIT)
    expect(panel.locator(".warning")).to_have_count(0)


def test_erasing_is_confirmed_and_takes_the_document_away(
    page: Page, width: str, tmp_path: Path
) -> None:
    name = f"删除{width}.txt"
    upload(page, write(tmp_path, name, "内容"))
    expect(row(page, name)).to_be_visible(timeout=WAIT)
    open_view(page, name, "versions")
    panel = page.locator("#source")
    panel.locator("details.erase summary").click()
    form = panel.locator("form[data-act=erase]")
    form.locator("[name=by]").fill("李四")
    form.locator("[type=submit]").click()
    page.wait_for_timeout(300)
    expect(row(page, name)).to_be_visible()
    form.locator("[name=sure]").check()
    form.locator("[type=submit]").click()
    expect(panel).to_contain_text("已从回答和文档中删除", timeout=WAIT)
    expect(row(page, name)).to_have_count(0)


def test_a_failed_document_says_why_and_can_be_taken_off_the_list(desk: Page) -> None:
    failed = desk.locator(f"{LIST}.failed", has_text=FAILED)
    failed.locator("[data-view=versions]").click()
    panel = desk.locator("#source")
    expect(panel.locator(".warning")).to_contain_text("没有文字层", timeout=WAIT)
    panel.locator("details.erase summary").click()
    panel.locator("form[data-act=erase] [name=by]").fill("李四")
    panel.locator("form[data-act=erase] [name=sure]").check()
    panel.locator("form[data-act=erase] [type=submit]").click()
    expect(failed).to_have_count(0, timeout=WAIT)


def test_a_page_stands_beside_its_text_with_the_quote_on_both(page: Page) -> None:
    page.locator("#tab-ask").click()
    ask(page, "扫描件里完成了多少？")
    page.locator("#current .cite").first.click(timeout=WAIT)
    panel = page.locator("#source")
    expect(panel.locator("mark.quote")).to_contain_text("完成投资2.3亿元", timeout=WAIT)
    panel.locator(".views [data-view=original]").click()
    picture = panel.locator("[data-page-image]")
    expect(picture).to_be_visible(timeout=WAIT)
    expect(panel.locator(".leaf-bar .count")).to_contain_text("第 2 页，共 3 页")
    page.wait_for_function("document.querySelector('[data-page-image]').naturalWidth === 1000")
    marks = panel.locator(".box.quote")
    expect(marks).to_have_count(2)
    assert dark_inside(page, marks.first)
    expect(panel.locator(".canonical mark.quote")).to_be_in_viewport()
    expect(panel.locator(".warning")).to_contain_text("由图像识别")
    if not is_phone(page):
        left, right = (
            panel.locator(f".pair > .{name}").bounding_box() for name in ("leaf", "text")
        )
        assert left is not None
        assert right is not None
        assert left["x"] + left["width"] <= right["x"] + 1
        assert abs(left["width"] - right["width"]) < 40
    panel.locator(".leaf-bar [data-look]").last.click()
    expect(panel.locator(".canonical")).to_contain_text("第3页第1行", timeout=WAIT)
    expect(marks).to_have_count(0)
    expect(panel.locator(".canonical")).not_to_contain_text("第2页")
    panel.locator("[data-close]").click()
    expect(page.locator("#current")).to_be_visible()


def dark_inside(page: Page, mark: Locator) -> bool:
    """Tell whether something is printed where the mark lies on the picture."""
    return bool(
        mark.evaluate(
            """(mark) => {
                const picture = mark.parentElement.querySelector("img");
                const canvas = document.createElement("canvas");
                canvas.width = picture.naturalWidth;
                canvas.height = picture.naturalHeight;
                const pen = canvas.getContext("2d");
                pen.drawImage(picture, 0, 0);
                const part = (text, whole) => Math.round(parseFloat(text) / 100 * whole);
                const box = [
                    part(mark.style.left, canvas.width), part(mark.style.top, canvas.height),
                    part(mark.style.width, canvas.width), part(mark.style.height, canvas.height),
                ];
                const {data} = pen.getImageData(...box);
                return data.some((value, i) => i % 4 === 0 && value < 128);
            }"""
        )
    )


def test_a_line_of_the_picture_finds_its_words(desk: Page) -> None:
    open_view(desk, SCAN, "report")
    desk.locator("#source .views [data-view=original]").click()
    line = desk.locator("#source .leaf .box").nth(2)
    line.click(timeout=WAIT)
    words = desk.locator("#source .canonical .lit")
    expect(words).to_contain_text("第1页第3行")
    desk.locator("#source .canonical span", has_text="第1页第4行").click()
    expect(desk.locator("#source .leaf .box.lit")).to_have_count(1)


def test_pages_are_turned_enlarged_and_jumped_to(page: Page) -> None:
    open_view(page, SCAN, "report")
    page.locator("#source .pages [data-page='2']").click()
    panel = page.locator("#source")
    expect(panel.locator(".leaf-bar .count")).to_contain_text("第 2 页", timeout=WAIT)
    panel.locator("[data-zoom]").click()
    page.wait_for_function("document.querySelector('[data-page-image]').naturalWidth === 2000")
    panel.locator("[data-leaf]").fill("3")
    panel.locator("[data-leaf]").press("Enter")
    expect(panel.locator(".leaf-bar .count")).to_contain_text("第 3 页", timeout=WAIT)
    expect(panel.locator("[data-leaf]")).to_have_value("3")
    expect(panel.locator(".leaf-bar [data-look]").last).to_be_disabled()
    page.wait_for_function("document.querySelector('[data-page-image]').naturalWidth === 2000")


def test_a_page_that_cannot_be_drawn_says_so(desk: Page) -> None:
    desk.route("**/page-image*", lambda route: route.fulfill(status=404, body=""))
    open_view(desk, SCAN, "report")
    desk.locator("#source .views [data-view=original]").click()
    expect(desk.locator("#source .leaf .lost")).to_be_visible(timeout=WAIT)
    expect(desk.locator("#source .canonical")).to_contain_text("第1页第1行")


def test_the_reading_report_leads_to_what_was_not_understood(desk: Page) -> None:
    open_view(desk, REPORT, "report")
    panel = desk.locator("#source")
    expect(panel.locator(".figures")).to_contain_text("台账记录")
    panel.locator("[data-at]", has_text="第 2 行").click()
    expect(panel.locator(".canonical")).to_contain_text("2023年10月12日", timeout=WAIT)


def test_a_report_full_of_markup_is_text(page: Page) -> None:
    for view in ("report", "versions"):
        open_view(page, HOSTILE, view)
        expect(page.locator("#source .dossier")).to_contain_text("onerror", timeout=WAIT)
        close_panel(page)
    assert page.locator("#source .dossier img, #source .dossier script").count() == 0
    assert ATTACK[:20] in page.locator("#source").inner_text() or is_phone(page)


def test_the_list_is_searched_narrowed_and_sorted_on_the_server(desk: Page) -> None:
    desk.locator("#find [name=search]").fill("青石区第三季度重点")
    expect(desk.locator(LIST)).to_have_count(1, timeout=WAIT)
    desk.locator("#find [name=search]").fill("没有这样的文件")
    expect(desk.locator("#documents .none")).to_be_visible(timeout=WAIT)
    desk.locator("#find [name=search]").fill("")
    desk.locator("#find [name=sort]").select_option("date")
    expect(desk.locator(LIST).first).to_contain_text("2023-10-12", timeout=WAIT)
    desk.locator("#find [name=state]").select_option("withdrawn")
    expect(desk.locator("#documents .count")).to_contain_text("筛选出", timeout=WAIT)


def test_the_tab_can_be_used_by_keyboard(desk: Page) -> None:
    desk.locator("#find [name=search]").fill("青石区第三季度重点")
    expect(desk.locator(LIST)).to_have_count(1, timeout=WAIT)
    for _ in range(3):
        desk.keyboard.press("Tab")
    desk.keyboard.press("Enter")
    expect(desk.locator("#source .canonical")).to_contain_text("总体情况", timeout=WAIT)
    with desk.expect_file_chooser():
        desk.locator("[data-choose=files]").focus()
        desk.keyboard.press("Enter")


def test_nothing_is_asked_for_while_nothing_goes_on(desk: Page) -> None:
    expect(desk.locator("#jobs [data-busy=true]")).to_have_count(0, timeout=WAIT)
    desk.wait_for_timeout(6_000)
    asked: list[str] = []
    desk.on("request", lambda request: asked.append(request.url))
    desk.wait_for_timeout(4_000)
    assert asked == []


def test_english_switches_the_words_of_the_tab(desk: Page) -> None:
    desk.locator("[data-language]").click()
    expect(desk.locator("[data-choose=files]")).to_have_text("Choose files", use_inner_text=True)
    expect(desk.locator("#documents")).to_contain_text("Documents on file")
    expect(desk.locator("#find option").first).to_have_text("All states")


def test_a_damaged_index_is_said_on_every_tab_and_rebuilt_at_a_press() -> None:
    port = free_port()
    with (
        serving("-m", "tests.browser.fakes", str(port), "damaged", port=port) as url,
        browsing(url, WIDTHS["desk"], "test_damaged_index") as page,
    ):
        health = page.locator("#health")
        expect(health).to_contain_text("索引有损坏", timeout=WAIT)
        expect(health).to_contain_text("onerror")
        expect(page.locator("#question")).to_be_visible()
        open_documents(page)
        health.locator("[data-rebuild]").click()
        expect(health).to_contain_text("正在重建索引", timeout=WAIT)
        expect(health).to_contain_text("/ 100", timeout=WAIT)
        expect(health.locator(".health")).to_be_hidden(timeout=WAIT)
        assert page.evaluate("window.hit") is None


def test_ten_thousand_documents_are_shown_a_page_at_a_time() -> None:
    port = free_port()
    with (
        serving("-m", "tests.browser.fakes", str(port), "many", port=port) as url,
        browsing(url, WIDTHS["desk"], "test_ten_thousand") as page,
    ):
        open_documents(page)
        expect(page.locator(LIST)).to_have_count(50, timeout=WAIT)
        page.locator("#documents .pager button").last.click()
        expect(page.locator("#documents .pager")).to_contain_text("第 2 页", timeout=WAIT)
        page.locator("#find [name=search]").fill("第09999号")
        expect(page.locator(LIST)).to_have_count(1, timeout=WAIT)
