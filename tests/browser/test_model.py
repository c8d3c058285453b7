"""A language model on the page: grey until it is checked, its state on the overview."""

from __future__ import annotations

import time
from collections.abc import Iterator

import pytest
from playwright.sync_api import Page, expect

from tests.assistant.llm.conftest import Asked
from tests.assistant.llm.servers import Handler, Server
from tests.assistant.llm.servers import serving as serving_model
from tests.browser.conftest import WIDTHS, ask, browsing, free_port, index, serving

LIST = "青禾区三季度哪些项目未开工，原因是什么？"


class Slow:
    """Speaks as it is told: a first sentence that is true, then one that is not."""

    def __init__(self) -> None:
        self.pause = 0.0

    def __call__(self, handler: Handler) -> None:
        messages = handler.server.asked[-1]["body"]["messages"]
        handler.begin()
        if len(messages) < 2:  # the probe
            handler.say("好")
        elif "没有通过核对" in messages[-1]["content"]:
            handler.say("还是不对。")
        else:
            key = Asked(handler).key("石桥")
            handler.say(f"石桥改建项目因征地协议未签订{key}。")
            handler.say(f"朝阳商贸综合体已经竣工{key}，")
            time.sleep(self.pause)
            handler.say("令人鼓舞。\n")
        handler.done()


@pytest.fixture(scope="module")
def model() -> Iterator[tuple[Server, Slow]]:
    script = Slow()
    with serving_model(script) as server:
        yield server, script


@pytest.fixture(scope="module")
def address(model: tuple[Server, Slow], tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    data = str(tmp_path_factory.mktemp("model") / "data")
    index("corpus/青禾区2024年三季度重点项目进展情况.txt", data=data)
    port = free_port()
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("YOUJU_LLM_URL", model[0].url)
        patch.setenv("YOUJU_LLM_MODEL", "scripted")
        patch.setenv("YOUJU_LLM_KEY", "sk-secret-0123456789")
        with serving("app.py", "--data-dir", data, "--port", str(port), port=port) as url:
            yield url


@pytest.fixture
def page(request: pytest.FixtureRequest, address: str) -> Iterator[Page]:
    with browsing(address, WIDTHS["desk"], request.node.name) as page:
        yield page


def test_words_are_grey_until_checked_and_what_failed_is_marked(
    page: Page, model: tuple[Server, Slow]
) -> None:
    model[1].pause = 6.0
    ask(page, LIST)
    turn = page.locator("#current .turn")
    expect(turn.locator(".wording .draft")).to_contain_text("朝阳商贸综合体", timeout=60_000)
    expect(turn.locator("table").first).to_be_visible()  # the code's own answer is there already
    expect(turn.locator(".wording .answer")).not_to_contain_text("竣工")
    page.screenshot(path="artifacts/model-growing.png")
    expect(turn).to_have_attribute("data-state", "done", timeout=60_000)
    expect(turn.locator(".draft")).to_have_count(0)
    expect(turn.locator(".answer").first).to_contain_text("石桥改建项目因征地协议未签订")
    failed = turn.locator(".answer .doubtful")
    expect(failed.first).to_contain_text("朝阳商贸综合体已经竣工")
    expect(turn.locator(".answer").first).to_contain_text("（未核实）")
    expect(turn.locator(".notes")).to_contain_text("2 句中 1 句核对无误")
    expect(turn.locator("table").first).to_contain_text("生物医药园")


def test_a_stop_keeps_the_documents_own_words(page: Page, model: tuple[Server, Slow]) -> None:
    model[1].pause = 20.0
    ask(page, LIST.replace("原因是什么", "各归哪个单位"))
    turn = page.locator("#current .turn")
    expect(turn.locator(".wording .draft")).to_be_visible(timeout=60_000)
    page.click("[data-stop]")
    expect(turn).to_have_attribute("data-state", "done", timeout=10_000)
    expect(turn.locator(".draft")).to_have_count(0)
    expect(turn.locator(".notes")).to_contain_text("已停止")
    expect(turn.locator("table").first).to_contain_text("生物医药园")


def test_the_overview_tells_whether_the_endpoint_answers(page: Page) -> None:
    page.click("#tab-home")
    section = page.locator("#model .model")
    expect(section).to_contain_text("scripted", timeout=30_000)
    section.locator("[data-probe]").click()
    expect(section).to_contain_text("应答正常", timeout=30_000)
    expect(section).to_contain_text("词元")
    assert "sk-secret" not in page.content()
    section.scroll_into_view_if_needed()
