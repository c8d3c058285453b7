"""Every fault of an endpoint, each made by a real server, has its name and its time."""

from __future__ import annotations

import json
import logging
import time
from pathlib import Path

import pytest
from langchain_core.messages import HumanMessage

from assistant.llm.breaker import Breaker
from assistant.llm.endpoint import Endpoint, whole
from assistant.llm.faults import ModelFaultError
from tests.assistant.llm.endpoints import endpoint_at
from tests.assistant.llm.servers import Handler, Script, failing, saying, serving

KEY = "sk-secret-0123456789"
ASKED = [HumanMessage("为什么没有开工？")]
QUICK = {"first_token": 3.0, "total": 5.0, "longest": 40}


def endpoint(url: str, **changed: object) -> Endpoint:
    return endpoint_at(url, **{"key": KEY, **QUICK, **changed})


def silent(handler: Handler) -> None:
    handler.server.left.wait(20)


def keeps_alive_only(handler: Handler) -> None:
    handler.begin()
    while True:  # bytes come all the time, and no word: no read timeout would notice
        handler.wfile.write(b": still here\n\n")
        handler.wfile.flush()
        time.sleep(0.05)


def endless(handler: Handler) -> None:
    handler.begin()
    while True:
        handler.say("一个项目又一个项目，")


def slow_for_ever(handler: Handler) -> None:
    handler.begin()
    while True:
        handler.say("啊")
        time.sleep(0.1)


def cut(handler: Handler) -> None:
    handler.begin()
    handler.say("石桥改建项目")  # and the connection ends, without a last word


def reset(handler: Handler) -> None:
    handler.send_response(200)
    handler.send_header("content-type", "text/event-stream")
    handler.send_header("transfer-encoding", "chunked")
    handler.end_headers()
    handler.wfile.write(b"40\r\ndata: {")
    handler.wfile.flush()
    handler.close_connection = True


def no_json(handler: Handler) -> None:
    handler.begin()
    handler.event("{this is not JSON")


def a_page(handler: Handler) -> None:
    handler.reply(200, b"<html>Welcome to the proxy</html>")


def nothing(handler: Handler) -> None:
    handler.begin()
    handler.done()


def error_inside(handler: Handler) -> None:
    handler.begin()
    handler.say("石桥")
    handler.event(json.dumps({"error": {"message": f"out of memory {KEY}", "code": 500}}))


LONG = "This model's maximum context length is 4096 tokens. However, you requested 9000."

FAULTS: dict[str, tuple[Script, str]] = {
    "silent": (silent, "slow"),
    "alive but wordless": (keeps_alive_only, "slow"),
    "endless and fast": (endless, "endless"),
    "endless and slow": (slow_for_ever, "endless"),
    "cut": (cut, "cut"),
    "reset": (reset, "cut"),
    "not JSON": (no_json, "garbled"),
    "a page": (a_page, "garbled"),
    "empty": (nothing, "empty"),
    "error in the stream": (error_inside, "failing"),
    "401": (failing(401, f"Incorrect API key provided: {KEY}"), "key"),
    "403": (failing(403), "key"),
    "404": (failing(404), "missing"),
    "429": (failing(429), "limit"),
    "500": (failing(500, f"worker died with {KEY}"), "failing"),
    "503": (failing(503), "failing"),
    "too long": (failing(400, LONG), "too_long"),
    "bad request": (failing(400, "no such role"), "rejected"),
}


@pytest.mark.parametrize("name", FAULTS)
def test_every_fault_is_named_in_time_and_tells_no_key(
    name: str, caplog: pytest.LogCaptureFixture, capfd: pytest.CaptureFixture[str]
) -> None:
    script, kind = FAULTS[name]
    with serving(script) as server, caplog.at_level(logging.DEBUG):
        tried = endpoint(server.url)
        began = time.monotonic()
        with pytest.raises(ModelFaultError) as raised:
            whole(tried.words(ASKED, "answer"))
        took = time.monotonic() - began
    assert raised.value.kind == kind
    assert took < 30  # importing the client the first time, and 5 s of waiting at most
    assert tried.figures.faults == {kind: 1}
    told = f"{raised.value!r} {raised.value.__cause__!r} {caplog.text} {capfd.readouterr()}"
    assert KEY not in told
    assert KEY not in repr(tried.__dict__)


def test_an_endpoint_that_is_not_there_is_down() -> None:
    with serving(silent) as server:
        url = server.url
    with pytest.raises(ModelFaultError, match="down"):
        whole(endpoint(url).words(ASKED, "answer"))


def test_words_are_heard_as_they_come_with_the_key_and_the_limit() -> None:
    with serving(saying("石桥", "改建", "未开工。")) as server:
        tried = endpoint(server.url)
        words = [said.words for said in tried.words(ASKED, "answer") if said]
    assert words == ["石桥", "改建", "未开工。"]
    asked = server.asked[0]
    assert asked["headers"]["authorization"] == f"Bearer {KEY}"
    assert asked["body"]["max_tokens"] == 40
    assert "max_completion_tokens" not in asked["body"]
    figures = tried.figures
    assert (figures.calls, figures.tokens_in, figures.tokens_out) == (1, 100, 20)


def test_reasoning_is_not_heard() -> None:
    def thinking(handler: Handler) -> None:
        handler.begin()
        handler.say(reasoning_content="用户想知道原因")
        for piece in ("<th", "ink>先看", "证据</thi", "nk>征地", "未签<", "3"):
            handler.say(piece)
        handler.done()

    with serving(thinking) as server:
        assert whole(endpoint(server.url).words(ASKED, "answer")) == "征地未签<3"


def test_reasoning_that_only_ends_is_taken_back() -> None:
    with serving(saying("先看证据", "</think>", "征地未签")) as server:
        assert whole(endpoint(server.url).words(ASKED, "answer")) == "征地未签"


def test_reasoning_that_never_ends_leaves_nothing() -> None:
    with serving(saying("<think>", "一直在想")) as server, pytest.raises(ModelFaultError) as raised:
        whole(endpoint(server.url).words(ASKED, "answer"))
    assert raised.value.kind == "empty"


def test_an_endpoint_that_fails_is_spared_then_tried_again() -> None:
    now = [0.0]
    scripts = iter([failing(500)] * 3 + [failing(500), saying("好。"), saying("好。")])
    with serving(lambda handler: next(scripts)(handler)) as server:
        tried = endpoint(server.url)
        tried.breaker = Breaker(failures=3, rest=30, clock=lambda: now[0])
        kinds = [_kind(tried) for _ in range(5)]
        assert kinds == ["failing"] * 3 + ["spared"] * 2
        now[0] = 31.0  # one trial, which fails: spared again
        assert [_kind(tried) for _ in range(2)] == ["failing", "spared"]
        now[0] = 62.0
        assert [_kind(tried) for _ in range(2)] == ["", ""]
    assert len(server.asked) == 6


def test_of_those_who_wait_one_tries() -> None:
    now = [0.0]
    breaker = Breaker(failures=1, rest=10, clock=lambda: now[0])
    breaker.failed()
    now[0] = 11.0
    assert [breaker.admits() for _ in range(3)] == [True, False, False]
    breaker.abandoned()  # the trial was stopped: the next one may try
    assert breaker.admits()


def test_the_endpoint_says_how_long_it_wants_to_be_left_alone() -> None:
    with serving(failing(429, retry_after="120")) as server:
        tried = endpoint(server.url)
        now = [0.0]
        tried.breaker = Breaker(clock=lambda: now[0])
        assert _kind(tried) == "limit"
        now[0] = 119.0
        assert _kind(tried) == "spared"
        now[0] = 121.0
        assert _kind(tried) == "limit"


def test_leaving_ends_the_call_and_blames_nobody() -> None:
    with serving(slow_for_ever) as server:
        tried = endpoint(server.url, total=30.0)
        for said in tried.words(ASKED, "answer"):
            if said:
                break
        assert server.left.wait(5)  # the connection was closed
    assert tried.figures.faults == {}
    assert tried.breaker.state == "closed"


def test_a_trace_holds_figures_and_neither_words_nor_key(tmp_path: Path) -> None:
    file = tmp_path / "trace.jsonl"
    scripts = iter([saying("征地未签。"), failing(401, KEY)])
    with serving(lambda handler: next(scripts)(handler)) as server:
        tried = endpoint(server.url, trace=file)
        whole(tried.words(ASKED, "answer"))
        assert _kind(tried) == "key"
    lines = [json.loads(line) for line in file.read_text("utf-8").splitlines()]
    assert [line["event"] for line in lines] == ["begin", "end", "begin", "error"]
    assert lines[0]["purpose"] == "answer"
    assert (lines[1]["tokens_in"], lines[1]["tokens_out"]) == (100, 20)
    whole_text = file.read_text("utf-8")
    assert KEY not in whole_text
    assert not any(words in whole_text for words in ("开工", "征地"))


def _kind(tried: Endpoint) -> str:
    try:
        whole(tried.words(ASKED, "answer"))
    except ModelFaultError as fault:
        return fault.kind
    return ""
