"""People and collections over HTTP: the same steps as the page's, for managers only."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.assistant.api.conftest import CLOSED, PASSWORD, Site, fire, site_over, words_of


@pytest.fixture(scope="module")
def own(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    with site_over(tmp_path_factory.mktemp("people"), login=True) as site:
        yield site


CALLS = {
    "people": ("GET", "/people", None),
    "add": ("POST", "/people", {"name": "新", "role": "manages", "password": PASSWORD}),
    "change": ("PATCH", "/people", {"name": "李问", "role": "manages"}),
    "tokens": ("GET", "/people/tokens?name=王管", None),
    "make a token": ("POST", "/people/tokens", {"name": "王管", "title": "x"}),
    "revoke": ("DELETE", "/people/tokens?name=王管&number=1", None),
    "collections": ("GET", "/collections", None),
    "collect": ("POST", "/collections", {"name": "新集"}),
    "originals": ("PATCH", "/collections", {"name": "人事", "originals": True}),
    "drop": ("DELETE", "/collections?name=人事", None),
    "grant": ("POST", "/collections/grants", {"name": "人事", "role": "asks"}),
    "deny": ("DELETE", "/collections/grants?name=人事&person=周核", None),
    "place": ("PUT", "/collections/documents", {"path": CLOSED, "collections": []}),
}


@pytest.mark.parametrize("call", CALLS)
@pytest.mark.parametrize("name", ["李问", "周核"])
def test_only_managers_manage(own: Site, name: str, call: str) -> None:
    method, path, body = CALLS[call]
    before = own.people.accounts.all(), own.people.collections.all()
    with own.of(name) as client:
        answer = client.request(method, f"/api/v1{path}", json=body)
    assert answer.status_code == 403
    assert words_of(answer.text) == []
    assert (own.people.accounts.all(), own.people.collections.all()) == before


def test_a_person_is_added_changed_and_closed(own: Site) -> None:
    with own.of("王管") as client:
        new = {"name": "赵核", "role": "asks", "password": PASSWORD}
        assert client.post("/api/v1/people", json=new).status_code == 201
        again = client.post("/api/v1/people", json=new)
        assert again.status_code == 422
        assert "已有名为" in again.json()["error"]["what"]
        changed = client.patch("/api/v1/people", json={"name": "赵核", "role": "verifies"})
        assert changed.json()["role"] == "verifies"
        token = client.post("/api/v1/people/tokens", json={"name": "赵核", "title": "试"}).json()
        with own.client(token=token["token"]) as other:
            assert other.get("/api/v1/me").json() == {"name": "赵核", "role": "verifies"}
            client.patch("/api/v1/people", json={"name": "赵核", "disabled": True})
            assert other.get("/api/v1/me").status_code == 401
        listed = client.get("/api/v1/people").json()["people"]
    assert {"name": "赵核", "disabled": True}.items() <= next(
        p for p in listed if p["name"] == "赵核"
    ).items()
    assert PASSWORD not in str(listed)


def test_a_collection_is_opened_and_closed_at_once(own: Site) -> None:
    with own.of("王管") as client, own.of("钱问") as asker:
        wanted = {"name": CLOSED}
        assert asker.get("/api/v1/document/text", params=wanted).status_code == 404
        right = {"name": "人事", "person": "钱问"}
        opened = client.post("/api/v1/collections/grants", json=right)
        assert "钱问" in opened.json()["people"]
        assert words_of(asker.get("/api/v1/document/text", params=wanted).text)
        client.delete("/api/v1/collections/grants", params=right)
        assert asker.get("/api/v1/document/text", params=wanted).status_code == 404


def test_on_the_page_it_is_the_same(own: Site) -> None:
    with own.browser_of("王管") as manager:
        sent = {"act": "collect", "pane": "rights", "collection": "督查", "originals": True}
        assert "已建立资料集" in fire(manager, "people", "submit", sent)
        assert "王管" in fire(manager, "people", "expand", {"pane": "log"})
    assert any(c.name == "督查" for c in own.people.collections.all())
    with own.browser_of("周核") as other:
        for pane in ("roster", "rights", "log"):
            told = fire(other, "people", "expand", {"pane": pane}, "stranger")
            assert "王管" not in told
            assert "督查" not in told
