"""The people's tab: what managers do with accounts and rights, and that nobody else does."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from argon2 import PasswordHasher
from hypothesis import given
from hypothesis import strategies as st

from assistant.errors import LockedOutError, LoginError
from assistant.people.people import People
from assistant.people.records import Person
from assistant.web.people.log import LINES
from assistant.web.people.office import Office
from assistant.web.strings import STRINGS
from index.library import open_database
from index.settings import IndexSettings

PASSWORD = "correct horse battery"
FAST = PasswordHasher(time_cost=1, memory_cost=64, parallelism=1)
FILES = ["通报/三季度.txt", "人事/任免.txt"]


@pytest.fixture(scope="module")
def people(tmp_path_factory: pytest.TempPathFactory) -> Iterator[People]:
    database = open_database(IndexSettings(tmp_path_factory.mktemp("people") / "data"))
    people = People(database, FAST)
    people.add("王管", "manages", PASSWORD)
    people.add("李问", "asks", PASSWORD)
    yield people
    database.close()


@pytest.fixture
def office(people: People) -> Office:
    return Office(people, lambda: FILES)


@pytest.fixture
def manager(people: People) -> Person:
    return people.accounts.find("王管")


def test_an_account_is_added_changed_and_closed_and_all_of_it_is_noted(
    office: Office, people: People, manager: Person
) -> None:
    new = {"act": "add", "name": "赵核", "role": "asks", "password": PASSWORD, "again": PASSWORD}
    assert "已建立账号“赵核”" in office.act(manager, new)
    assert people.log_in("赵核", PASSWORD, "a")[0].role == "asks"
    office.act(manager, {"act": "role", "name": "赵核", "role": "verifies"})
    assert people.accounts.find("赵核").role == "verifies"
    office.act(manager, {"act": "disabled", "name": "赵核", "to": "disabled"})
    with pytest.raises(LoginError):
        people.log_in("赵核", PASSWORD, "a")
    office.act(manager, {"act": "disabled", "name": "赵核", "to": "enabled"})
    other = "another long password"
    office.act(manager, {"act": "password", "name": "赵核", "password": other, "again": other})
    assert people.log_in("赵核", other, "a")
    noted = {e.action for e in people.audit.search(person="王管") if e.about == "赵核"}
    wanted = {"person_added", "role_changed", "person_disabled", "person_enabled"}
    assert noted == wanted | {"password_changed"}


def test_two_passwords_that_differ_change_nothing_and_are_not_shown(
    office: Office, people: People, manager: Person
) -> None:
    sent = {"act": "password", "name": "李问", "password": PASSWORD + "1", "again": PASSWORD}
    shown = office.act(manager, sent)
    assert "两次输入的密码不一样" in shown
    assert PASSWORD not in shown
    assert people.log_in("李问", PASSWORD, "b")


def test_who_is_shut_out_is_shown_and_let_in_again_with_the_same_password(
    office: Office, people: People, manager: Person
) -> None:
    people.add("孙忘", "asks", PASSWORD)
    for _ in range(5):
        with pytest.raises(LoginError):
            people.log_in("孙忘", "wrong password", "c")
    with pytest.raises(LockedOutError):
        people.log_in("孙忘", PASSWORD, "c")
    assert "输错密码，暂停" in office.show(manager, {})
    office.act(manager, {"act": "unlock", "name": "孙忘"})
    assert people.log_in("孙忘", PASSWORD, "c")
    assert "输错密码，暂停" not in office.show(manager, {})


def test_the_last_manager_stays_one(office: Office, people: People, manager: Person) -> None:
    shown = office.act(manager, {"act": "role", "name": "王管", "role": "asks"})
    assert "最后一个能管理的账号" in shown
    assert people.accounts.find("王管").role == "manages"


def test_a_token_is_shown_once_works_and_is_revoked(
    office: Office, people: People, manager: Person
) -> None:
    sent = {"act": "token", "name": "李问", "title": "月报程序", "days": "30"}
    shown = office.act(manager, sent)
    token = shown.split('class="token">')[1].split("<")[0]
    assert people.tokens.find(token) == people.accounts.find("李问")
    assert token not in office.show(manager, {})
    number = people.tokens.of(people.accounts.find("李问"))[0].id
    office.act(manager, {"act": "revoke", "name": "李问", "number": str(number)})
    assert people.tokens.find(token) is None


def test_a_collection_is_made_filled_opened_and_closed(
    office: Office, people: People, manager: Person
) -> None:
    office.act(manager, {"act": "collect", "pane": "rights", "collection": "人事"})
    sent = {"act": "place", "pane": "rights", "path": "人事/", "collections": ["人事"]}
    office.act(manager, sent)
    asker = people.accounts.find("李问")
    sees = lambda: people.collections.sight(asker).sees("人事/任免.txt", "x")  # noqa: E731
    assert not sees()
    right = {"pane": "rights", "collection": "人事", "to": "person:李问"}
    assert "李问" in office.act(manager, {**right, "act": "grant"})
    assert sees()
    office.act(manager, {**right, "act": "deny"})
    assert not sees()
    office.act(manager, {**right, "act": "grant", "to": "role:asks"})
    assert sees()
    shown = office.act(manager, {"act": "drop", "pane": "rights", "collection": "人事"})
    assert "不能删除" in shown
    sent = {"act": "originals", "pane": "rights", "collection": "人事", "to": "allowed"}
    office.act(manager, sent)
    assert people.collections.sight(asker).may_take("人事/任免.txt", "x")


def test_the_log_is_searched_a_page_at_a_time_and_reading_it_is_noted(
    office: Office, people: People, manager: Person
) -> None:
    for number in range(LINES + 5):
        people.audit.log(manager, "asked", detail=f"第{number:03}问 <b>")
    first = office.show(manager, {"pane": "log", "words": "问 <b>", "action": "asked"})
    assert first.count("<tr>") == LINES + 1
    assert "<b>" not in first
    before = int(first.split('data-log-before="')[1].split('"')[0])
    sent = {"pane": "log", "words": "问 <b>", "action": "asked", "before": before}
    second = office.show(manager, sent)
    assert second.count("<tr>") == 5 + 1
    assert "data-log-before" not in second
    assert people.audit.search(action="audit_read")[0].person == "王管"


@pytest.mark.parametrize("act", ["add", "role", "grant", "place", "token", "password", None])
@pytest.mark.parametrize("role", ["asks", "verifies"])
def test_whoever_may_not_manage_gets_nothing_and_does_nothing(
    office: Office, people: People, act: str | None, role: Any
) -> None:
    before = people.accounts.all(), people.collections.all()
    sent = {
        "act": act, "name": "李问", "role": "manages", "password": PASSWORD + "9",
        "again": PASSWORD + "9", "title": "x", "collection": "默认", "to": "person:李问",
        "path": "人事/", "collections": [],
    }  # fmt: skip
    for pane in ("roster", "rights", "log"):
        shown = office.act(Person(99, "外人", role), {**sent, "pane": pane})
        assert "王管" not in shown
        assert "人事" not in shown
    assert (people.accounts.all(), people.collections.all()) == before
    assert people.log_in("李问", PASSWORD, "d")


KEYS = (
    "act", "pane", "name", "role", "to", "path", "collection", "collections", "days", "number",
    "before", "words", "password", "again", "title",
)  # fmt: skip
GIVEN = (
    None, 0, -1, 2**70, True, [], ["默认", 1], {}, "", "x", "add", "role", "grant", "deny", "place",
    "token", "revoke", "collect", "drop", "rights", "log", "李问", "person:李问", "role:asks",
    "默认", "asks", "\ud800", "%", "٣", "9" * 400,
)  # fmt: skip


@given(sent=st.dictionaries(st.sampled_from(KEYS), st.sampled_from(GIVEN)))
def test_whatever_a_browser_sends_is_answered_with_a_pane(
    people: People, sent: dict[str, Any]
) -> None:
    shown = Office(people, lambda: FILES).act(people.accounts.find("王管"), sent)
    assert shown.startswith('<section class="people"')


def test_every_action_of_the_log_has_its_words() -> None:
    from assistant.people.audit import ACTIONS

    assert {f"log_{action}" for action in ACTIONS} <= set(STRINGS)
