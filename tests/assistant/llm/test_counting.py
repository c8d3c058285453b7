"""Tokens are the endpoint's where it counts them, and counted high where not."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import Any

import pytest

from assistant.llm.counting import CONTEXT, HighCounter, ask_offered
from assistant.llm.settings import ModelSettings

Replies = dict[str, Any]


@contextmanager
def offering(replies: Replies) -> Iterator[tuple[str, list[str]]]:
    asked: list[str] = []

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            asked.append(self.path)
            found = replies.get(self.path)
            raw = json.dumps(found() if callable(found) else found).encode()
            self.send_response(404 if found is None else 200)
            self.send_header("content-length", str(len(raw)))
            self.end_headers()
            self.wfile.write(raw)

        def do_POST(self) -> None:
            self.rfile.read(int(self.headers["content-length"]))
            self.do_GET()

        def log_message(self, format: str, *args: Any) -> None:
            return

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    Thread(target=server.serve_forever, args=[0.02], daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_address[1]}/v1", asked
    finally:
        server.shutdown()
        server.server_close()


@pytest.mark.parametrize(
    ("replies", "context", "tokens"),
    [
        (  # llama.cpp
            {
                "/tokenize": {"tokens": [1, 2, 3, 4, 5]},
                "/props": {"default_generation_settings": {"n_ctx": 2_048}},
            },
            2_048,
            5,
        ),
        (  # vLLM
            {
                "/tokenize": {"count": 7, "tokens": [1], "max_model_len": 4_096},
                "/v1/models": {"data": [{"id": "x"}, {"id": "m", "max_model_len": 4_096}]},
            },
            4_096,
            7,
        ),
    ],
)
def test_what_the_endpoint_offers_is_used(replies: Replies, context: int, tokens: int) -> None:
    with offering(replies) as (url, _):
        offered = ask_offered(ModelSettings(url, "m"))
        assert (offered.context, offered.counts) == (context, True)
        assert offered.counter.count("石桥改建工程") == tokens


@pytest.mark.parametrize("reply", [None, {"tokens": 3}, {"count": "many"}, [1, 2], "x"])
def test_where_it_offers_nothing_that_can_be_read_tokens_are_counted_high(reply: Any) -> None:
    with offering({"/tokenize": reply, "/v1/models": reply, "/props": reply}) as (url, _):
        offered = ask_offered(ModelSettings(url, "m"))
    assert (offered.context, offered.counts) == (CONTEXT, False)
    assert offered.counter.count("石桥改建工程") == HighCounter().count("石桥改建工程") == 13


def test_a_set_context_is_not_asked_for() -> None:
    with offering({"/props": {"default_generation_settings": {"n_ctx": 9}}}) as (url, asked):
        assert ask_offered(ModelSettings(url, "m", context=1_000)).context == 1_000
    assert asked == ["/tokenize"]


def test_a_counter_that_stops_answering_is_replaced_in_the_middle() -> None:
    replies: Replies = {"/tokenize": {"tokens": [1]}}
    with offering(replies) as (url, _):
        offered = ask_offered(ModelSettings(url, "m"))
        assert offered.counter.count("一") == 1
        replies["/tokenize"] = None
        assert offered.counter.count("石桥改建工程") == 13
