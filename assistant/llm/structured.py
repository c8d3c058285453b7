"""Answers in JSON: by schema where the endpoint offers that, read tolerantly where not."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any

from assistant.llm.endpoint import Endpoint, Purpose, whole
from assistant.llm.faults import ModelFaultError

if TYPE_CHECKING:
    from langchain_core.messages import BaseMessage

_FENCE = re.compile(r"```(?:json)?\s*(.*?)```", re.DOTALL | re.IGNORECASE)
_TRAILING = re.compile(r",\s*(?=[}\]])")
_QUOTES = str.maketrans("“”", '""')


def ask_json(
    endpoint: Endpoint,
    messages: Sequence[BaseMessage],
    schema: dict[str, Any],
    purpose: Purpose,
    within: float | None = None,
) -> dict[str, Any]:
    """Return the object that a model answers with.

    Raises:
        ModelFaultError: the call failed, or what came back holds no JSON object.
    """
    options = endpoint.structured(schema)
    try:
        text = whole(endpoint.words(messages, purpose, within, options))
    except ModelFaultError as fault:
        if fault.kind != "rejected" or not options:
            raise
        endpoint.structured = lambda schema: {}  # it offers none: that is not asked for again
        text = whole(endpoint.words(messages, purpose, within))
    return read_json(text)


def read_json(text: str) -> dict[str, Any]:
    """Return the first JSON object in a text, whatever stands around it.

    Raises:
        ModelFaultError: there is none.
    """
    for candidate in _candidates(text):
        for mended in (candidate, _TRAILING.sub("", candidate), candidate.translate(_QUOTES)):
            try:
                found = json.loads(mended, strict=False)
            except (ValueError, RecursionError):
                continue
            if isinstance(found, dict):
                return found
    raise ModelFaultError("garbled")


def _candidates(text: str) -> Iterator[str]:
    yield text.strip()
    for fence in _FENCE.finditer(text):
        yield fence[1].strip()
    start = text.find("{")
    end = text.rfind("}")
    if 0 <= start < end:
        yield text[start : end + 1]
    decoder = json.JSONDecoder(strict=False)
    while start >= 0:
        try:
            _, length = decoder.raw_decode(text[start:])
        except (ValueError, RecursionError):
            start = text.find("{", start + 1)
            continue
        yield text[start : start + length]
        return
