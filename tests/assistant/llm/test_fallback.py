"""Whatever the endpoint does, the documents' own words come, with one line that says why."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from assistant.llm.faults import told
from tests.assistant.llm.servers import Script, failing, saying
from tests.assistant.llm.test_endpoint import FAULTS, slow_for_ever

FACT = "全区共排查隐患多少处？"
KEY = "sk-secret-0123456789"
WAIT = {"first_token": 3.0, "total": 5.0, "longest": 40, "key": KEY}


@pytest.mark.parametrize("name", FAULTS)
def test_every_fault_leaves_the_verbatim_answer(name: str, office: Callable[..., Any]) -> None:
    script, kind = FAULTS[name]
    with office(script, **WAIT) as there:
        own = there.alone.answer(FACT)
        grown = list(there.assistant.stream(FACT))
    answer = grown[-1]
    assert grown[0].answer == own.answer
    assert (answer.answer, answer.citations) == (own.answer, own.citations)
    assert answer.wording is not None
    assert answer.wording.fallback == kind
    lines = [note for note in answer.notes if told(kind, "zh") in note]  # type: ignore[arg-type]
    assert len(lines) == 1
    assert KEY not in str(answer.to_json())
    # The wait is bounded; the writer's own clock does not count what composing takes.
    assert answer.wording.seconds < 20


def test_the_line_is_english_where_the_question_is(office: Callable[..., Any]) -> None:
    with office(failing(500), **WAIT) as there:
        answer = there.assistant.answer("石桥改建工程 what is the status?")
    assert answer.citations
    assert any("the model's endpoint has failed" in note for note in answer.notes)


def test_a_spared_endpoint_costs_no_time_and_is_not_asked(office: Callable[..., Any]) -> None:
    with office(failing(401), **WAIT) as there:
        there.assistant.answer(FACT)
        asked = len(there.server.asked)
        answer = there.assistant.answer(FACT)
        assert len(there.server.asked) == asked == 1
    assert answer.wording is not None
    assert answer.wording.fallback == "spared"


def test_a_prompt_that_is_too_long_is_tried_with_half_the_evidence(
    office: Callable[..., Any],
) -> None:
    lengths = []

    def strict(handler: Any) -> None:
        messages = handler.server.asked[-1]["body"]["messages"]
        lengths.append(len(messages[-1]["content"]))
        first: Script = failing(400, "maximum context length exceeded by tokens")
        (first if len(lengths) == 1 else saying("好的。[E1]"))(handler)

    with office(strict, context=1_000, longest=100) as there:
        answer = there.assistant.answer("煤矿企业瓦斯治理进展如何？")
    assert lengths[1] < lengths[0]
    assert answer.wording is not None
    assert 0 < answer.wording.sent < answer.wording.evidence
    assert any("放得下" in note for note in answer.notes)


def test_a_stream_that_is_left_frees_the_endpoint(office: Callable[..., Any]) -> None:
    with office(slow_for_ever, first_token=5.0, total=30.0) as there:
        stream = there.assistant.stream(FACT)
        for answer in stream:
            if answer.wording and answer.wording.draft:
                break
        stream.close()
        assert there.server.left.wait(5)
    assert there.endpoint.figures.faults == {}
