"""What a model reads is a proposal: verbatim fields with their places, others refused."""

from __future__ import annotations

import json

import pytest

from assistant.llm.extraction import Proposal, propose
from assistant.llm.faults import ModelFaultError
from index.library import Library
from tests.assistant.llm.endpoints import endpoint_at
from tests.assistant.llm.servers import Handler, failing, saying, serving


def read(library: Library, records: object) -> list[Proposal]:
    """Return the proposals of a model that reads ``records`` in the line about what is behind."""

    def script(handler: Handler) -> None:
        prompt = handler.server.asked[-1]["body"]["messages"][-1]["content"]
        there = "柳溪河清淤" in prompt
        saying(json.dumps({"records": records if there else []}, ensure_ascii=False))(handler)

    with serving(script) as server:
        endpoint = endpoint_at(server.url)
        return list(propose(endpoint, library, "report.txt", everything=True))


def test_verbatim_fields_come_with_their_place(library: Library) -> None:
    found = read(library, [{"name": "柳溪河清淤", "unit": "区水利局", "reason": "设计变更"}])
    (proposal,) = found
    text = library.text("report.txt")
    for place in proposal.fields.values():
        assert text[place.start : place.end] == place.words
    assert set(proposal.fields) == {"name", "unit", "reason"}
    assert (proposal.refused, proposal.against) == ((), ())


def test_what_the_passage_does_not_hold_is_refused(library: Library) -> None:
    (proposal,) = read(library, [{"name": "柳溪河清淤", "total_investment": "3.5亿元"}])
    assert proposal.refused == (("total_investment", "3.5亿元"),)
    assert set(proposal.fields) == {"name"}


def test_a_difference_from_the_grammar_is_told(library: Library) -> None:
    (proposal,) = read(library, [{"name": "柳溪河清淤", "reason": "资金未到位"}])
    assert proposal.against == (("reason", "设计变更", "资金未到位"),)


@pytest.mark.parametrize("records", [None, "x", [1, "x", None], [{}], [{"name": 7}]])
def test_nonsense_proposes_nothing(records: object, library: Library) -> None:
    assert read(library, records) == []


def test_a_failing_endpoint_is_told(library: Library) -> None:
    with serving(failing(500)) as server:
        found = propose(endpoint_at(server.url), library, "report.txt", everything=True)
        with pytest.raises(ModelFaultError, match="failing"):
            list(found)
