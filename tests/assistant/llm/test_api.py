"""The API streams the evidence, the draft and what was checked; managers see the endpoint."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from fastapi.testclient import TestClient

from assistant.llm.writing import Writer
from assistant.people.people import People
from assistant.people.visitors import Visitors
from assistant.web.desks import Reception
from assistant.web.server import build_app
from assistant.web.shelf import Shelf
from index.intake import Intake
from index.library import Library
from tests.assistant.llm.conftest import Asked, speaking
from tests.assistant.llm.endpoints import endpoint_at
from tests.assistant.llm.servers import failing, serving

FACT = "全区共排查隐患多少处？"
KEY = "sk-secret-0123456789"


def honest(asked: Asked) -> list[str]:
    return [f"全区共排查隐患1286处{asked.key('1286')}。", f"整改率达到97.5%{asked.key('97')}。"]


@pytest.fixture
def client(library: Library, tmp_path: Path, request: Any) -> Iterator[TestClient]:
    with serving(request.param) as server:
        endpoint = endpoint_at(server.url, model="scripted", key=KEY)
        people = People(library.database)
        intake = Intake(library)
        reception = Reception(
            library, people, Visitors(people, login=False), intake, Writer(endpoint)
        )
        app = build_app(None, Shelf(library), intake, tmp_path, reception=reception)  # type: ignore[arg-type]
        with TestClient(app, base_url="http://127.0.0.1") as client:
            yield client


def events(client: TestClient) -> list[dict[str, Any]]:
    reply = client.post("/api/v1/ask", json={"question": FACT, "stream": True})
    assert reply.status_code == 200, reply.text
    return [json.loads(line) for line in reply.text.splitlines()]


@pytest.mark.parametrize("client", [speaking(honest)], indirect=True)
def test_the_stream_brings_evidence_then_drafts_then_the_whole(client: TestClient) -> None:
    found = events(client)
    assert [e["event"] for e in found][:3] == ["accepted", "evidence", "partial"]
    assert found[1]["citations"]
    drafts = [e["draft"] for e in found if e.get("draft")]
    assert any("1286" in draft for draft in drafts)
    assert not any("[E" in draft for draft in drafts)
    last = found[-1]
    assert last["event"] == "answer"
    assert last["wording"]["verified"] == 2
    assert "draft" not in last
    numbers = {c["n"] for c in last["citations"]}
    assert numbers >= {c["n"] for c in found[1]["citations"]}


@pytest.mark.parametrize("client", [failing(401, KEY)], indirect=True)
def test_a_fault_is_told_to_managers_without_the_key(client: TestClient) -> None:
    found = events(client)
    assert found[-1]["wording"]["fallback"] == "key"
    status = client.get("/api/v1/model").json()
    assert (status["model"], status["fault"], status["state"]) == ("scripted", "key", "open")
    assert KEY not in json.dumps([found, status])
