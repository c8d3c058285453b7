"""What is kept and verified, through the served page: each gets what they may, and it is noted."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.assistant.api.conftest import PASSWORD, Site, fire, site_over, words_of

ASKED = "哪些项目未开工，原因是什么？"  # both reports list some
ANY = ("李问", "吴核")  # asks; and verifies, but has no right to the closed documents


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """Return a site where the manager asked about a closed document and wants it verified."""
    with site_over(tmp_path_factory.mktemp("desk"), login=True) as site:
        site.people.add("吴核", "verifies", PASSWORD)
        with site.browser_of("王管") as manager:
            told = fire(manager, "composer", "submit", {"question": ASKED}, "manager")
            assert words_of(told)
            fire(manager, "current", "like", {"turn": "1", "act": "request"}, "manager")
            fire(
                manager, "current", "like", {"turn": "1", "act": "rate", "thumb": "down"}, "manager"
            )
        yield site


ROADS = {
    "conversations": ("talks", "expand", {}),
    "search": ("talks", "expand", {"search": "梧桐"}),
    "a conversation": ("talks", "select", {"talk": "1"}),
    "renaming": ("talks", "edit", {"talk": "1", "title": "x"}),
    "deleting": ("talks", "delete", {"talk": "1"}),
    "the queue": ("queue", "expand", {"show": "asked"}),
    "all answers": ("queue", "expand", {"show": "unasked"}),
    "feedback": ("queue", "expand", {"show": "feedback"}),
    "a case": ("queue", "select", {"case": "1"}),
    "its source": ("bench", "select", {"case": "1", "n": "1"}),
    "its source in the panel": ("source", "select", {"case": "1", "n": "1"}),
    "marking": ("bench", "edit", {"case": "1", "n": "1", "mark": "supported"}),
    "deciding": ("bench", "submit", {"case": "1", "verdict": "rejected", "comment": "x"}),
    "a report": ("queue", "download", {"format": "jsonl", "show": "asked"}),
    "one's own report": ("past", "download", {"turn": "1", "format": "docx", "report": True}),
    "the overview": ("home", "expand", {}),
}


@pytest.mark.parametrize("name", ANY)
@pytest.mark.parametrize("road", ROADS)
def test_whoever_has_no_right_gets_no_word_by_any_road(desk: Site, name: str, road: str) -> None:
    with desk.browser_of(name) as client:
        told = fire(client, *ROADS[road], f"{name}-{road}".encode().hex()[:11])
    assert words_of(told.replace("梧桐", "") if road == "search" else told) == []


def test_whoever_verifies_and_may_see_it_verifies_it(desk: Site) -> None:
    with desk.browser_of("周核") as client:
        assert ASKED in fire(client, "queue", "expand", {}, "verifier")
        assert words_of(fire(client, "queue", "select", {"case": "1"}, "verifier"))
        fire(client, "bench", "edit", {"case": "1", "n": "1", "mark": "partly"}, "verifier")
        sent = {"case": "1", "verdict": "rejected", "comment": "口径不对"}
        fire(client, "bench", "submit", sent, "verifier")
    with desk.browser_of("王管") as manager:
        told = fire(manager, "talks", "select", {"talk": "1"}, "again")
    assert "周核" in told
    assert "口径不对" in told


def test_what_was_done_is_noted_with_who_did_it_and_no_word(desk: Site) -> None:
    lines = [(e.person, e.action) for e in desk.people.audit.search(person="王管")]
    assert ("王管", "verification_requested") in lines
    assert ("王管", "rated") in lines
    verified = desk.people.audit.search(person="周核")
    assert {"marked", "verified"} <= {e.action for e in verified}
    assert all(words_of(e.detail + e.about) == [] for e in verified)


def test_a_right_that_is_taken_away_is_felt_at_once(desk: Site) -> None:
    desk.people.grant("人事", person="钱问")
    with desk.browser_of("钱问") as client:
        assert words_of(fire(client, "composer", "submit", {"question": ASKED}, "before"))
        desk.people.revoke("人事", person="钱问")
        listed = fire(client, "talks", "expand", {}, "after")
        number = listed.split('data-open-talk=\\"')[1].split("\\")[0]
        told = fire(client, "talks", "select", {"talk": number}, "after")
    assert ASKED in told  # their own words stay theirs
    assert words_of(told) == []


@pytest.mark.parametrize("road", ["a conversation", "a case", "its source"])
def test_the_roads_lead_somewhere(desk: Site, road: str) -> None:
    with desk.browser_of("王管") as manager:
        assert words_of(fire(manager, *ROADS[road], "somewhere"))


def test_an_answer_of_the_api_is_verified_and_its_asker_told(desk: Site) -> None:
    with desk.of("周核") as asker, desk.browser_of("王管") as manager, desk.of("吴核") as other:
        told = asker.post("/api/v1/ask", json={"question": ASKED}).json()
        place = f"/api/v1/answers/{told['id']}/verification"
        assert other.post(place, json={}).status_code == 404
        first = asker.post(place, json={"note": "月报要用"}).json()
        assert (first["state"], first["note"]) == ("asked", "月报要用")
        assert asker.post(place, json={}).json()["turn"] == first["turn"]  # kept once
        case = str(first["turn"])
        assert "月报要用" in fire(manager, "queue", "select", {"case": case}, "manager2")
        sent = {"case": case, "verdict": "rejected", "comment": "口径不对"}
        fire(manager, "bench", "submit", sent, "manager2")
        now = asker.get(f"/api/v1/verifications/{case}").json()
        assert (now["state"], now["decisions"][0]["by"]) == ("rejected", "王管")
        assert other.get(f"/api/v1/verifications/{case}").status_code == 404
        desk.people.revoke("人事", person="周核")
        try:
            hidden = asker.get(f"/api/v1/verifications/{case}")
            again = asker.post(place, json={})
        finally:
            desk.people.grant("人事", person="周核")
    assert (hidden.status_code, again.status_code) == (404, 404)
    assert words_of(hidden.text + again.text) == []
