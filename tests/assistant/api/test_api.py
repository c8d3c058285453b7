"""The API as a program uses it: what is asked, what comes back, and errors in words."""

from __future__ import annotations

import asyncio
import json
import statistics
import threading
import time
from collections.abc import Iterator
from typing import Any

import httpx
import pytest

from assistant.api.asking import _Growing, _lines
from assistant.api.pool import AnswerPool, Answers
from assistant.errors import BusyError
from assistant.records import Answer
from tests.assistant.api.conftest import OPEN, OPEN_TEXT, Site

QUESTION = "哪些项目未开工，原因是什么？"


def test_an_answer_has_the_shape_of_the_contract(site: Site) -> None:
    with site.of("李问") as client:
        answer = client.post("/api/v1/ask", json={"question": QUESTION})
        told = answer.json()
        assert answer.headers["cache-control"] == "no-store"
        assert told.get("count") == 3, answer.text
        assert {"question", "answer", "citations", "rows", "unverified", "seconds"} <= set(told)
        first = told["citations"][0]
        around = client.get(
            "/api/v1/document/text",
            params={
                "name": first["document"], "version": first["version"],
                "start": first["start"], "end": first["end"], "around": 10,
            },
        ).json()  # fmt: skip
        assert around["text"] == first["quote"]
        start = first["start"]
        assert around["before"] == OPEN_TEXT[max(0, start - 10) : start]
        again = client.get(f"/api/v1/answers/{told['id']}/citations").json()
        assert again["citations"] == told["citations"]


def test_a_follow_up_leans_on_what_is_sent_with_it(site: Site) -> None:
    with site.of("李问") as client:
        first = client.post("/api/v1/ask", json={"question": QUESTION}).json()
        history = [{"question": QUESTION, "answer": first["answer"]}]
        body = {"question": "其中区交通局的有哪些？", "history": history}
        told = client.post("/api/v1/ask", json=body).json()
    assert "石桥改建" in told["answer"]
    assert "古塔" not in told["answer"]


@pytest.mark.parametrize("accept", ["application/x-ndjson", "text/event-stream"])
def test_a_stream_brings_the_evidence_first_and_the_whole_last(site: Site, accept: str) -> None:
    body = {"question": QUESTION, "stream": True}
    events: list[tuple[str, dict[str, Any]]] = []
    with (
        site.of("李问") as client,
        client.stream("POST", "/api/v1/ask", json=body, headers={"accept": accept}) as lines,
    ):
        assert lines.headers["content-type"].startswith(accept)
        named = ""
        for line in lines.iter_lines():
            if line.startswith("event: "):
                named = line[7:]
            elif line:
                content = json.loads(line.removeprefix("data: "))
                events.append((content.pop("event", named), content))
    names = [name for name, _ in events]
    assert names[:3] == ["accepted", "evidence", "partial"]
    assert names[-1] == "answer"
    assert names.count("answer") == 1
    assert events[1][1]["citations"]
    assert events[-1][1]["answer"] == events[-2][1]["answer"]


def test_documents_are_listed_searched_and_read(site: Site) -> None:
    with site.of("李问") as client:
        listed = client.get("/api/v1/documents").json()
        assert [d["path"] for d in listed["documents"]] == [OPEN]
        assert client.get("/api/v1/documents", params={"search": "没有的"}).json()["total"] == 0
        one = client.get("/api/v1/document", params={"name": OPEN}).json()
        assert one["versions"][0]["number"] == 1
        text = client.get("/api/v1/document/text", params={"name": OPEN}).json()
        assert text["text"] == OPEN_TEXT
        sections = client.get("/api/v1/document/sections", params={"name": OPEN}).json()
        for section in sections["sections"]:
            assert OPEN_TEXT.startswith(section["heading"], section["start"])
        original = client.get("/api/v1/document/original", params={"name": OPEN})
        assert original.content == OPEN_TEXT.encode()


def test_the_ledger_is_filtered_and_exported(site: Site) -> None:
    with site.of("李问") as client:
        rows = client.get("/api/v1/ledger", params={"status": "not_started"}).json()
        assert rows["total"] == 3
        row = rows["rows"][0]
        assert OPEN_TEXT[row["start"] : row["end"]] == row["quote"]
        assert client.get("/api/v1/ledger/findings").json()["findings"]
        for form, begins in (("xlsx", b"PK"), ("docx", b"PK"), ("csv", b"\xef\xbb\xbf")):
            made = client.get("/api/v1/ledger/export", params={"format": form})
            assert made.content.startswith(begins)


FAULTS: list[tuple[str, str, dict[str, Any], int]] = [
    ("POST", "/api/v1/ask", {"json": {"question": ""}}, 422),
    ("POST", "/api/v1/ask", {"json": {"question": "   "}}, 422),
    ("POST", "/api/v1/ask", {"json": {"question": "x" * 2_001}}, 422),
    ("POST", "/api/v1/ask", {"json": {"question": "x", "unknown": 1}}, 422),
    ("POST", "/api/v1/ask", {"json": {"question": "x", "history": [{"question": "y"}] * 13}}, 422),
    ("POST", "/api/v1/ask", {"content": b"{not json"}, 422),
    ("POST", "/api/v1/ask", {"content": b"\xff\xfe"}, 422),
    ("GET", "/api/v1/ask", {}, 405),
    ("GET", "/api/v1/nothing", {}, 404),
    ("GET", "/api/v1/document", {}, 422),
    ("GET", "/api/v1/document", {"params": {"name": "没有"}}, 404),
    ("GET", "/api/v1/document/text", {"params": {"name": OPEN, "start": 5, "end": 3}}, 422),
    ("GET", "/api/v1/document/text", {"params": {"name": OPEN, "end": 10**8}}, 422),
    ("GET", "/api/v1/document/text", {"params": {"name": OPEN, "version": 9}}, 404),
    ("GET", "/api/v1/document/original", {"params": {"name": "../../etc/passwd"}}, 404),
    ("GET", "/api/v1/document/original", {"params": {"name": "/etc/passwd"}}, 404),
    ("GET", "/api/v1/document/original", {"params": {"name": "a\r\nx-evil: 1"}}, 404),
    ("GET", "/api/v1/ledger/export", {"params": {"format": "exe"}}, 422),
    ("GET", "/api/v1/answers/" + "0" * 32 + "/citations", {}, 404),
    ("GET", "/api/v1/audit", {}, 403),
]


@pytest.mark.parametrize(("method", "path", "given", "status"), FAULTS)
def test_what_goes_wrong_is_told_in_three_parts(
    site: Site, method: str, path: str, given: dict[str, Any], status: int
) -> None:
    with site.of("李问") as client:
        answer = client.request(method, path, **given)
    assert answer.status_code == status
    assert set(answer.json()["error"]) == {"what", "why", "next"}
    assert all(answer.json()["error"].values())
    assert str(site.library.settings.data_dir) not in answer.text
    assert "x-evil" not in answer.headers


def test_a_surrogate_in_a_question_is_no_fault_of_ours(site: Site) -> None:
    with site.of("李问") as client:
        answer = client.post("/api/v1/ask", content=b'{"question": "\\ud800\\udc00 \\ud800?"}',
                             headers={"content-type": "application/json"})  # fmt: skip
    assert answer.status_code in (200, 422)


def test_a_fault_within_is_told_without_its_words(
    site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object) -> None:
        raise RuntimeError(f"cannot open {site.library.settings.data_dir}/x")

    monkeypatch.setattr("assistant.chat.Assistant.answer", fail)
    monkeypatch.setattr("assistant.chat.Assistant.stream", fail)
    with site.of("李问") as client:
        for stream in (False, True):
            answer = client.post("/api/v1/ask", json={"question": "x？", "stream": stream})
            assert "data" not in answer.text
            assert "已记入日志" in answer.text


def test_a_body_that_is_huge_or_of_unknown_length_is_not_read(site: Site) -> None:
    with site.of("李问") as client:
        huge = client.post("/api/v1/ask", content=b'{"question": "' + b"x" * 300_000 + b'"}')
        assert huge.status_code == 413
        unknown = client.post("/api/v1/ask", content=iter([b"{}"]))
        assert unknown.status_code == 411


def test_the_description_is_complete_and_loads_nothing(site: Site) -> None:
    with site.of("李问") as client:
        told = client.get("/api/v1/openapi.json").json()
        for page in ("/docs", "/redoc", "/api/v1/docs", "/api/v1/redoc"):
            assert client.get(page).status_code == 404
    assert told["openapi"].startswith("3.")
    assert {"/ask", "/documents", "/document/text", "/ledger", "/ledger/export"} <= set(
        told["paths"]
    )
    assert "HTTPBearer" in told["components"]["securitySchemes"]


def test_health_needs_no_account_and_readiness_tells_the_truth(site: Site) -> None:
    with site.client() as nobody:
        assert nobody.get("/healthz").json() == {"ok": True}
        site.library.__dict__.pop("store", None)
        try:
            ready = nobody.get("/readyz")
        finally:
            _ = site.library.store
        assert ready.status_code == 503
        assert ready.json()["ready"] is False
        assert nobody.get("/readyz").json() == {"ready": True, "model": True, "index": True}


def test_the_manager_searches_the_log(site: Site) -> None:
    with site.of("李问") as asker, site.of("王管") as manager:
        asker.post("/api/v1/ask", json={"question": "古塔修缮工程为什么没有开工？"})
        asker.get("/api/v1/document/text", params={"name": OPEN})
        found = manager.get("/api/v1/audit", params={"words": "古塔"}).json()["entries"]
        assert (found[0]["person"], found[0]["action"]) == ("李问", "asked")
        assert found[0]["address"] == "127.0.0.1"
        seen = manager.get("/api/v1/audit", params={"action": "saw"}).json()["entries"]
        assert OPEN in [line["about"] for line in seen]
        assert manager.get("/api/v1/me").json() == {"name": "王管", "role": "manages"}


def test_who_sits_at_the_machine_needs_no_account(alone: Site) -> None:
    with alone.client() as client:
        assert client.get("/api/v1/me").json() == {"name": "本机", "role": "manages"}
        assert client.get("/api/v1/documents").json()["total"] == 3
        assert client.get("/").status_code == 200
        assert client.get("/login").status_code == 404


@pytest.mark.parametrize("header", ["x-forwarded-for", "forwarded", "via", "x-real-ip"])
def test_without_login_nothing_is_served_through_a_proxy(alone: Site, header: str) -> None:
    with alone.client() as client:
        answer = client.get("/api/v1/documents", headers={header: "10.0.0.9"})
    assert answer.status_code == 403
    assert "--login" in answer.json()["error"]["next"]


def test_without_login_another_site_learns_nothing(alone: Site) -> None:
    with alone.client() as client:
        for headers in ({"sec-fetch-site": "cross-site"}, {"origin": "https://evil.example"}):
            assert client.get("/api/v1/documents", headers=headers).status_code == 403
        assert client.get("/", headers={"host": "evil.example"}).status_code == 400


# ---- many at once


def test_fifty_at_once_are_all_answered_and_health_answers_meanwhile(site: Site) -> None:
    """Client and server share one process here; ``tests/bench_users.py`` has the figures."""
    took: list[float] = []
    tokens = [site.people.make_token(name, "试") for name in ("李问", "钱问", "周核", "王管")]

    async def ask(client: httpx.AsyncClient, number: int) -> int:
        headers = {"authorization": f"Bearer {tokens[number % 4]}"}
        answer = await client.post("/api/v1/ask", json={"question": QUESTION}, headers=headers)
        return answer.status_code

    async def run() -> list[int]:
        async with httpx.AsyncClient(base_url=site.base, timeout=60) as client:
            await client.get("/healthz")
            asked = asyncio.gather(*(ask(client, n) for n in range(50)))
            async with httpx.AsyncClient(base_url=site.base, timeout=60) as other:
                while not asked.done():
                    began = time.perf_counter()
                    assert (await other.get("/healthz")).status_code == 200
                    took.append(time.perf_counter() - began)
                    await asyncio.sleep(0.05)
            return await asked

    assert asyncio.run(run()) == [200] * 50
    assert statistics.median(took) < 0.5
    assert max(took) < 5


def test_one_too_many_is_told_so_and_when_to_come_again(
    site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    go = threading.Event()
    monkeypatch.setattr(
        "assistant.chat.Assistant.answer",
        lambda *_: go.wait(30) and Answer(question="x", answer=""),
    )
    token = site.people.make_token("李问", "试")
    statuses: list[httpx.Response] = []

    def ask() -> None:
        with site.client(token=token) as client:
            statuses.append(client.post("/api/v1/ask", json={"question": "x"}))

    threads = [threading.Thread(target=ask) for _ in range(20)]
    for thread in threads:
        thread.start()
    end = time.monotonic() + 20
    while len(statuses) < 4 and time.monotonic() < end:
        time.sleep(0.02)
    go.set()
    for thread in threads:
        thread.join()
    refused = [answer for answer in statuses if answer.status_code == 503]
    assert len(refused) == 4
    assert all(answer.headers["retry-after"] == "2" for answer in refused)
    assert all("再" in answer.json()["error"]["what"] for answer in refused)


def test_places_come_free_however_an_answer_ends() -> None:
    pool = AnswerPool(at_once=1, waiting=1, each=9)
    go = threading.Event()
    first = pool.submit(1, go.wait)
    second = pool.submit(2, lambda: 1 / 0)
    with pytest.raises(BusyError):
        pool.submit(3, lambda: None)
    assert second.cancel()
    third = pool.submit(3, lambda: 1 / 0)
    go.set()
    first.result(5)
    with pytest.raises(ZeroDivisionError):
        third.result(5)
    end = time.monotonic() + 5
    while pool.waiting() and time.monotonic() < end:
        time.sleep(0.01)
    assert pool.waiting() == 0
    pool.close()
    with pytest.raises(BusyError):
        pool.submit(1, lambda: None)
    assert pool.waiting() == 0


def test_a_caller_who_goes_away_gives_the_place_free(
    site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    go, begun = threading.Event(), []

    def slow(_: object, question: str, history: object) -> Answer:
        begun.append(question)
        go.wait(30)
        return Answer(question=question, answer="")

    monkeypatch.setattr("assistant.chat.Assistant.answer", slow)
    with site.of("李问") as client:
        for n in range(6):
            with pytest.raises(httpx.ReadTimeout):
                client.post("/api/v1/ask", json={"question": f"{n}"}, timeout=0.4)
        time.sleep(1.5)
        go.set()
        time.sleep(0.5)
    assert len(begun) <= 2  # those that waited were never begun


def test_only_the_latest_answers_are_kept() -> None:
    answers = Answers(kept=2)
    keys = [answers.keep(1, Answer(question=str(n), answer="")) for n in range(3)]
    assert [answers.find(1, key) is not None for key in keys] == [False, True, True]
    assert answers.find(2, keys[1]) is None


def test_a_stream_that_is_dropped_ends_and_gives_its_place_free() -> None:
    made: list[int] = []

    def answers() -> Iterator[Answer]:
        for n in range(10_000):
            made.append(n)
            time.sleep(0.005)
            yield Answer(question="x", answer=str(n))

    async def run() -> None:
        pool = AnswerPool(at_once=1, waiting=0)
        growing = _Growing(asyncio.get_running_loop(), answers)
        lines = _lines(growing, pool.submit(1, growing.run), lambda answer: "key", False)
        told = [await anext(lines) for _ in range(4)]
        assert [json.loads(line)["event"] for line in told[:3]] == [
            "accepted",
            "evidence",
            "partial",
        ]
        await lines.aclose()  # what the server does when the caller goes away
        end = time.monotonic() + 5
        while pool.waiting() and time.monotonic() < end:
            await asyncio.sleep(0.01)
        assert pool.waiting() == 0

    asyncio.run(run())
    assert len(made) < 1_000
