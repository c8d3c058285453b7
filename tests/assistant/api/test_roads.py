"""For every road to a document's words: who has no right gets none of them."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import httpx
import pytest

from tests.assistant.api.conftest import (
    ABSENT,
    CLOSED,
    OPEN,
    SCANNED,
    SECRET,
    Site,
    fire,
    words_of,
)

Answer = httpx.Response
ASKED = "梧桐大楼工程为什么没有开工？"


def road(path: str, **query: Any) -> Callable[[httpx.Client], str]:
    return lambda client: client.get(path, params=query).text


def asked(question: str, **body: Any) -> Callable[[httpx.Client], str]:
    """Return what comes back of a question, without the question itself."""

    def ask(client: httpx.Client) -> str:
        text = client.post("/api/v1/ask", json={"question": question, **body}).text
        told = []
        for line in text.splitlines():
            answer = json.loads(line.removeprefix("data: ")) if "{" in line else {}
            for key in ("question", "notes", "interpretation"):
                answer.pop(key, None)
            told.append(json.dumps(answer, ensure_ascii=False))
        return "\n".join(told).replace(question, "")

    return ask


API = {
    "ask": asked(ASKED),
    "ask for a list": asked("哪些项目未开工，原因是什么？"),
    "ask for a count": asked("未开工的项目有几个？"),
    "ask for a meaning": asked("谁的职务有变动？"),
    "ask in English": asked("Which projects were not started and why?"),
    "ask for the text": asked("青禾区2024年人事秘密项目情况主要讲了什么？"),
    "ask which files": asked("哪些文件提到了资金未到位？"),
    "stream": asked("哪些项目未开工，原因是什么？", stream=True),
    "follow up": asked(
        "那原因呢？",
        history=[{"question": "哪些项目未开工？", "answer": "1. 石桥改建工程\n2. 梧桐大楼工程"}],
    ),
    "documents": road("/api/v1/documents"),
    "search of documents": road("/api/v1/documents", search="人事"),
    "ledger": road("/api/v1/ledger"),
    "search of the ledger": road("/api/v1/ledger", search="大楼"),
    "units of the ledger": road("/api/v1/ledger", unit="区梧桐局"),
    "findings": road("/api/v1/ledger/findings"),
    "ledger as csv": road("/api/v1/ledger/export", format="csv"),
}


@pytest.mark.parametrize("name", API)
def test_the_api_tells_nothing(site: Site, name: str) -> None:
    with site.of("李问") as asker:
        assert words_of(API[name](asker)) == []


def test_the_same_roads_lead_there_with_the_right(site: Site) -> None:
    """Else the test above could not fail."""
    led = {"ask", "ask for a list", "stream", "documents", "ledger", "ledger as csv"}
    with site.of("王管") as manager, site.of("周核") as granted:
        for name in led:
            assert words_of(API[name](manager))
            assert words_of(API[name](granted))


BY_NAME = ("", "/text", "/sections", "/original")


@pytest.mark.parametrize("part", BY_NAME)
def test_a_closed_document_is_answered_as_one_that_is_not_there(site: Site, part: str) -> None:
    address = f"/api/v1/document{part}"
    with site.of("李问") as asker, site.of("王管") as manager:
        for version in ({}, {"version": 1}):
            hidden = asker.get(address, params={"name": CLOSED, **version})
            absent = asker.get(address, params={"name": ABSENT, **version})
            assert hidden.status_code == absent.status_code == 404
            assert hidden.content == absent.content
        assert manager.get(address, params={"name": CLOSED}).status_code == 200
        assert asker.get(address, params={"name": OPEN}).status_code == 200


def test_a_picture_of_a_closed_page_is_not_drawn(site: Site) -> None:
    wanted = {"document": SCANNED, "page": "1"}
    with site.browser_of("李问") as asker, site.browser_of("周核") as granted:
        assert asker.get("/page-image", params=wanted).status_code == 404
        assert granted.get("/page-image", params=wanted).status_code == 200


def test_an_original_is_taken_along_only_where_that_is_allowed(site: Site) -> None:
    with site.of("周核") as granted, site.of("王管") as manager, site.of("李问") as asker:
        refused = granted.get("/api/v1/document/original", params={"name": CLOSED})
        assert refused.status_code == 403
        assert words_of(refused.text) == []
        assert manager.get("/api/v1/document/original", params={"name": CLOSED}).status_code == 200
        taken = asker.get("/api/v1/document/original", params={"name": OPEN})
        assert taken.status_code == 200
        assert taken.headers["content-type"] == "application/octet-stream"
        assert taken.headers["content-disposition"].startswith("attachment; ")


PAGE = {
    "opening": ("", "load", None),
    "asking": ("composer", "submit", {"question": "哪些项目未开工，原因是什么？"}),
    "asking for one": ("composer", "submit", {"question": "赵氏有何变动？"}),
    "documents": ("documents", "expand", {}),
    "search of documents": ("documents", "expand", {"search": "人事"}),
    "a document": ("documents", "select", {"document": CLOSED}),
    "a page": ("documents", "select", {"document": SCANNED, "view": "original", "page": 1}),
    "its report": ("documents", "select", {"document": CLOSED, "view": "report"}),
    "its versions": ("documents", "select", {"document": CLOSED, "view": "versions"}),
    "an old version": ("documents", "select", {"document": CLOSED, "version": 1}),
    "ledger": ("controls", "expand", {}),
    "rows": ("rows", "expand", {"search": "大楼"}),
    "charts": ("charts", "expand", {}),
    "export": ("controls", "download", {"format": "xlsx", "view": {}}),
    "jobs": ("jobs", "expand", {}),
    "renewal": ("jobs", "apply", {}),
}


@pytest.mark.parametrize("name", PAGE)
def test_the_page_tells_nothing(site: Site, name: str) -> None:
    part, event, sent = PAGE[name]
    with site.browser_of("李问") as asker:
        told = fire(asker, part, event, sent, page=f"asker-{name}")
    assert "process_completed" in told
    assert '"success": true' in told
    assert words_of(told) == []
    assert "任免.txt" not in told or name in ("a document", "its report", "its versions")


def test_the_same_page_tells_it_to_those_with_the_right(site: Site) -> None:
    with site.browser_of("周核") as granted:
        for name in ("asking", "documents", "a document", "ledger", "rows"):
            part, event, sent = PAGE[name]
            assert words_of(fire(granted, part, event, sent, page=f"granted-{name}"))


def test_a_record_of_a_closed_document_cannot_be_opened_or_corrected(site: Site) -> None:
    row = next(r for r in site.library.ledger.rows if "梧桐大楼" in r.record.name)
    wanted = {"record": row.key, "values": {"reason": {"was": "", "value": "x"}}, "signed": "我"}
    with site.browser_of("李问") as asker:
        for part, event in (("rows", "select"), ("rows", "edit"), ("form", "submit")):
            told = fire(asker, part, event, wanted, page=f"record-{part}-{event}")
            assert words_of(told) == []
    assert row.key not in {made.record for made in site.library.ledger.corrections}


def test_what_was_asked_before_is_put_away_when_it_is_closed(site: Site) -> None:
    page = "granted-then-closed"
    with site.browser_of("周核") as granted:
        asked = {"question": "梧桐湖治理工程为什么没有开工？"}
        assert "资金未到位" in fire(granted, "composer", "submit", asked, page=page)
        looked = {"turn": 1, "kind": "citation", "n": 1}
        assert words_of(fire(granted, "current", "select", looked, page=page))
        site.people.revoke("人事", person="周核")
        try:
            told = fire(granted, "current", "select", looked, page=page)
            told += fire(granted, "composer", "submit", {"question": "那原因呢？"}, page=page)
        finally:
            site.people.grant("人事", person="周核")
    assert [word for word in words_of(told) if word != "梧桐"] == []
    assert "任免.txt" not in told


def test_a_kept_answer_is_for_its_asker_and_follows_the_rights(site: Site) -> None:
    with site.of("周核") as granted, site.of("王管") as manager:
        key = granted.post("/api/v1/ask", json={"question": ASKED}).json()["id"]
        address = f"/api/v1/answers/{key}/citations"
        assert words_of(granted.get(address).text)
        assert manager.get(address).status_code == 404
        site.people.revoke("人事", person="周核")
        try:
            assert granted.get(address).json() == {"citations": [], "related": []}
        finally:
            site.people.grant("人事", person="周核")


def test_the_secret_words_stand_only_where_they_should() -> None:
    from tests.assistant.api.conftest import CLOSED_TEXT, OPEN_TEXT

    assert all(word not in OPEN_TEXT for word in SECRET)
    assert all(word in CLOSED_TEXT for word in SECRET[:-1])
