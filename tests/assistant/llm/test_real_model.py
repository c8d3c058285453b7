"""A real server with a real model, small as it is: it is asked, and what it says is checked."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing

import pytest
from langchain_core.messages import HumanMessage

from assistant.chat import open_assistant
from assistant.llm.endpoint import Endpoint, open_endpoint
from assistant.llm.settings import ModelSettings
from assistant.llm.status import probe
from assistant.llm.writing import Writer
from index.library import Library
from tests.assistant.llm.test_wording import holds
from tests.evals.model.judging import violations
from tests.evals.model.tiny import NAME, tiny_server


@pytest.fixture(scope="module")
def endpoint() -> Iterator[Endpoint]:
    with tiny_server(2_048) as url:
        settings = ModelSettings(url, NAME, longest=48, first_token=120.0, total=240.0)
        with closing(open_endpoint(settings)) as endpoint:
            yield endpoint


def test_it_answers_and_says_its_context_and_its_tokens(endpoint: Endpoint) -> None:
    status = probe(endpoint)
    assert (status.fault, status.context, status.counts) == (None, 2_048, True)
    assert status.answered is not None
    # Three bytes a character, and this vocabulary has few Chinese ones.
    assert endpoint.offered.counter.count("石桥改建工程") > 6


def test_what_it_makes_up_is_not_shown_as_verified(endpoint: Endpoint, library: Library) -> None:
    assistant = open_assistant(library, Writer(endpoint, repairs=1))
    alone = open_assistant(library)
    names = [row.record.name for row in library.ledger.rows]
    for question in ("石桥改建工程为什么没有开工？", "Why was 石桥改建工程 not started?"):
        answer = assistant.answer(question)
        assert answer.wording is not None
        assert answer.wording.tokens_out > 0
        assert answer.answer.endswith(alone.answer(question).answer)
        assert violations(answer.to_json(), names) == []
        holds(answer, library)


def test_a_call_can_be_left_in_the_middle(endpoint: Endpoint) -> None:
    words = endpoint.words([HumanMessage("Count from one to one hundred.")], "answer")
    assert any(said is not None for said in (next(words), next(words), next(words)))
    words.close()
    assert probe(endpoint).fault is None  # it is free for the next
