"""One visitor's page is no other's; a role does what it may and signs with its own name."""

from __future__ import annotations

import re

import pytest
from starlette.testclient import TestClient

from assistant.api.documents import attached
from assistant.people.records import LOCAL
from assistant.people.visitors import Visitor
from assistant.web.gate import Gate
from index.errors import StoreError
from tests.assistant.api.conftest import CLOSED, OPEN, Site, fire


def test_a_page_belongs_to_who_opened_it(site: Site) -> None:
    page = "the-page-of-zhou"
    with site.browser_of("周核") as owner, site.browser_of("李问") as other:
        asked = {"question": "梧桐大楼工程为什么没有开工？"}
        fire(owner, "composer", "submit", asked, page=page)
        joined = {"data": [None], "fn_index": 1, "session_hash": page}
        assert other.post("/gradio_api/queue/join", json=joined).status_code == 403
        for path in (
            f"/gradio_api/queue/data?session_hash={page}",
            f"/gradio_api/queue/data?session_hash=mine&session_hash={page}",
            f"/gradio_api/heartbeat/{page}",
        ):
            assert other.get(path).status_code == 403, path
        cancelled = {"session_hash": page, "fn_index": 1, "event_id": "x"}
        assert other.post("/gradio_api/cancel", json=cancelled).status_code == 403
        twice = f'{{"session_hash": "mine", "session_hash": "{page}", "fn_index": 1, "data": []}}'
        headers = {"content-type": "application/json"}
        answer = other.post("/gradio_api/queue/join", content=twice, headers=headers)
        assert answer.status_code == 403
        looked = {"turn": 1, "kind": "citation", "n": 1}
        assert "任免" in fire(owner, "current", "select", looked, page=page)


@pytest.mark.parametrize("body", [b"", b"[]", b"{", b"\xff", b'{"session_hash": 1}', b"null"])
def test_an_event_that_makes_no_sense_is_no_fault_of_ours(site: Site, body: bytes) -> None:
    with site.browser_of("李问") as browser:
        answer = browser.post("/gradio_api/queue/join", content=body)
    assert 400 <= answer.status_code < 500


def test_only_who_manages_may_upload_and_it_is_noted(site: Site) -> None:
    named = {"x-youju-name": "new.txt"}
    for name in ("李问", "周核"):
        with site.browser_of(name) as browser:
            refused = browser.post("/upload", content=b"x", headers=named)
            assert refused.status_code == 403
            assert "管理员" in refused.json()["error"]["zh"]
    with site.of("王管") as manager:
        assert manager.post("/upload", content=b"", headers=named).status_code == 200
    assert list(site.library.incoming.iterdir()) == []
    (line,) = site.people.audit.search(action="uploaded", limit=1)
    assert (line.person, line.about) == ("王管", "new.txt")


def test_only_who_verifies_may_correct_and_signs_with_the_own_name(site: Site) -> None:
    row = next(r for r in site.library.ledger.rows if "古塔" in r.record.name)
    was = row.text("reason")
    sent = {
        "record": row.key,
        "values": {"reason": {"was": was, "value": "已批复"}},
        "signed": "区长",
    }
    with site.browser_of("李问") as asker:
        told = fire(asker, "form", "submit", sent, page="asker-corrects")
        assert "不能做这件事" in told
    assert site.library.ledger.row(row.key).text("reason") == was
    with site.browser_of("周核") as verifier:
        fire(verifier, "form", "submit", sent, page="verifier-corrects")
    (made,) = site.library.ledger.row(row.key).corrections.values()
    assert (made.value, made.signed) == ("已批复", "周核")
    (line,) = site.people.audit.search(action="corrected", limit=1)
    assert (line.person, line.about) == ("周核", row.key)


@pytest.mark.parametrize("act", ["withdraw", "reinstate", "erase"])
def test_only_who_manages_may_take_documents_out(site: Site, act: str) -> None:
    sent = {"act": act, "document": OPEN, "by": "区长", "why": "试", "sure": True}
    for name in ("李问", "周核"):
        with site.browser_of(name) as browser:
            told = fire(browser, "source", "submit", sent, page=f"{name}-{act}")
            assert "不能做这件事" in told
    assert OPEN in [file.path for file in site.library.files()]
    assert all(line.about != OPEN for line in site.people.audit.search(action="withdrew"))


def test_a_withdrawal_is_signed_by_who_does_it(site: Site) -> None:
    with site.browser_of("王管") as manager:
        for act in ("withdraw", "reinstate"):
            sent = {"act": act, "document": CLOSED, "by": "区长", "why": "试"}
            assert "不能做这件事" not in fire(manager, "source", "submit", sent, page=f"m-{act}")
    assert [line.action for line in site.people.audit.search("任免", limit=2)] == [
        "reinstated",
        "withdrew",
    ]
    signed = [e.by for e in site.library.database.events() if e.action == "withdrawn"]
    assert signed == ["王管"]


def test_every_event_asks_anew_who_it_is(site: Site) -> None:
    """An event may wait in the queue while its account is disabled."""
    visitor = Visitor(site.people.accounts.find("钱问"), session=site.people.sessions.open(4))
    desk = site.reception.desk(visitor)
    assert desk.person.name == "钱问"
    site.people.set_disabled("钱问", True)
    try:
        with pytest.raises(Exception, match="重新登录"):
            site.reception.desk(visitor)
    finally:
        site.people.set_disabled("钱问", False)


def test_a_visitor_who_is_printed_shows_no_key() -> None:
    shown = repr(Visitor(LOCAL, "127.0.0.1", session="s3cret", token="t0ken"))
    assert "s3cret" not in shown
    assert "t0ken" not in shown


NAMES = ['a"; filename="b.exe', "a\r\nx-evil: 1", "报告 三季度.docx", "\ud800", "\u202ecod.exe", ""]


@pytest.mark.parametrize("name", NAMES)
def test_no_name_ends_the_header_that_it_stands_in(name: str) -> None:
    header = attached(b"x", name).headers["content-disposition"]
    assert header.isascii()
    assert not set('"\r\n;') & set(header.removeprefix("attachment; "))


def test_what_a_gate_remembers_is_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("assistant.web.gate.KEPT", 3)
    gate = Gate(None, None)  # type: ignore[arg-type]
    for n in range(9):
        assert gate._is_of(f"page{n}", 1)
    assert len(gate._pages) == 3
    assert not gate._is_of("page8", 2)


def test_the_client_of_starlette_is_served_too(alone: Site) -> None:
    """The application runs under any ASGI server."""
    from assistant.web.server import build_app
    from assistant.web.shelf import Shelf

    made = alone.reception.set_of(LOCAL)
    app = build_app(
        made.assistant, Shelf(alone.library), alone.reception._intake, alone.library.incoming,
        "127.0.0.1", alone.reception,
    )  # fmt: skip
    client = TestClient(app, base_url="http://127.0.0.1")
    assert client.get("/api/v1/me").json()["role"] == "manages"


def test_a_database_that_cannot_be_used_is_said_without_a_path(
    site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object) -> None:
        raise StoreError("索引数据库不能读写（/srv/secret/youju.sqlite）")

    with site.of("李问") as client, site.client() as nobody:
        form = re.search(r'name="form" value="([^"]+)"', nobody.get("/login").text)[1]
        monkeypatch.setattr("assistant.people.keys.Tokens.find", fail)
        monkeypatch.setattr("assistant.people.accounts.Accounts.secret", fail)
        asked = client.get("/api/v1/me")
        entered = nobody.post("/login", data={"form": form, "name": "李问", "password": "x"})
        assert nobody.get("/healthz").status_code == 200
    for answer in (asked, entered):
        assert answer.status_code == 503
        assert answer.headers["retry-after"] == "5"
        assert "/srv" not in answer.text
        assert "稍后再试" in answer.text
