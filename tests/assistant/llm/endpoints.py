"""Endpoints of tests, whose connections are closed when the test is over."""

from __future__ import annotations

from typing import Any

from assistant.llm.endpoint import Endpoint, open_endpoint
from assistant.llm.settings import ModelSettings

_opened: list[Endpoint] = []


def endpoint_at(url: str, **settings: Any) -> Endpoint:
    """Return the endpoint of a server, by default of its model “m”."""
    _opened.append(open_endpoint(ModelSettings(**{"url": url, "model": "m", **settings})))
    return _opened[-1]


def close_endpoints() -> None:
    """Close what ``endpoint_at`` returned so far."""
    while _opened:
        _opened.pop().close()
