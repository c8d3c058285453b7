"""Accounts, passwords, sessions and tokens."""

from __future__ import annotations

import sqlite3
from contextlib import closing

import pytest
from argon2 import PasswordHasher
from hypothesis import given
from hypothesis import strategies as st

from assistant.errors import AssistantError, LoginError, PeopleError
from assistant.people.keys import DAY, IDLE, LONGEST
from assistant.people.passwords import SHORTEST, checked_password
from assistant.people.people import WRONG, People
from assistant.people.records import NEEDED, ROLES, Person, includes
from index.database import Database
from index.settings import IndexSettings
from tests.assistant.people.conftest import PASSWORD, Clock, CountingHasher


def test_each_role_includes_the_ones_before() -> None:
    assert [[includes(a, b) for b in ROLES] for a in ROLES] == [
        [True, False, False],
        [True, True, False],
        [True, True, True],
    ]
    asks, verifies = Person(1, "a", "asks"), Person(2, "b", "verifies")
    assert {act for act in NEEDED if asks.may(act)} == {"ask", "download"}
    assert verifies.may("correct")
    assert not verifies.may("file")
    assert not verifies.may("manage")


def test_who_knows_the_password_is_let_in(people: People) -> None:
    person, token = people.log_in("李问", PASSWORD, "10.0.0.1")
    assert people.sessions.find(token) == person
    assert person.role == "asks"


@pytest.mark.parametrize("name", ["  李问 ", "李问"])
def test_a_name_is_known_in_any_form(people: People, name: str) -> None:
    people.add("Wang Fang", "asks", PASSWORD)
    assert people.log_in(name, PASSWORD, "")[0].name == "李问"
    assert people.log_in("ＷＡＮＧ fang", PASSWORD, "")[0].name == "Wang Fang"
    with pytest.raises(PeopleError, match="已有"):
        people.add("wang FANG", "asks", PASSWORD)


@pytest.mark.parametrize(
    ("name", "password"),
    [
        ("李问", "wrong horse battery"),
        ("没人", PASSWORD),
        ("停用", PASSWORD),
        ("", ""),
        ("\ud800", "x"),
    ],
)
def test_whoever_is_not_let_in_hears_the_same_and_waits_as_long(
    people: People, hasher: CountingHasher, name: str, password: str
) -> None:
    people.add("停用", "asks", PASSWORD)
    people.set_disabled("停用", True)
    hasher.asked = 0
    with pytest.raises(LoginError) as refused:
        people.log_in(name, password, "")
    assert str(refused.value) == WRONG
    assert hasher.asked == 1  # the slow part was gone through in each case


@pytest.mark.parametrize(
    "password", ["short", "aaaaaaaaaaaaaaa", "李问的密码有十个字呢", "x" * 129]
)
def test_a_password_that_is_easily_guessed_is_refused(people: People, password: str) -> None:
    with pytest.raises(PeopleError):
        people.set_password("李问", password)


@given(st.text(alphabet="abcdefgh 汉字", min_size=SHORTEST, max_size=100))
def test_length_is_what_counts(password: str) -> None:
    varied = f"{password}wxyz"
    assert checked_password(varied, "某人") == varied


def test_no_password_and_no_key_is_kept(people: People, settings: IndexSettings) -> None:
    _, session = people.log_in("李问", PASSWORD, "")
    token = people.make_token("李问", "脚本")
    with pytest.raises(LoginError):
        people.log_in("my secret typed as a name", PASSWORD, "")
    held = b"".join(file.read_bytes() for file in settings.data_dir.iterdir())
    for secret in (PASSWORD, session, token, "my secret typed"):
        assert secret.encode() not in held
    assert b"$argon2id$" in held


def test_each_login_is_another_session(people: People) -> None:
    tokens = {people.log_in("李问", PASSWORD, "")[1] for _ in range(3)}
    assert len(tokens) == 3
    assert all(people.sessions.find(token) for token in tokens)
    assert people.sessions.find("made up") is None
    assert people.sessions.find("\ud800") is None


def test_a_session_ends_when_it_is_idle(people: People, clock: Clock) -> None:
    _, token = people.log_in("李问", PASSWORD, "")
    for _ in range(3):
        clock.forward(IDLE - 100)
        assert people.sessions.find(token)
    clock.forward(IDLE + 1)
    assert people.sessions.find(token) is None


def test_a_session_ends_after_a_day_however_busy(people: People, clock: Clock) -> None:
    _, token = people.log_in("李问", PASSWORD, "")
    for _ in range(LONGEST // 3600):
        assert people.sessions.find(token)
        clock.forward(3600)
    assert people.sessions.find(token) is None


def test_a_clock_that_is_set_back_makes_no_session_last(people: People, clock: Clock) -> None:
    _, token = people.log_in("李问", PASSWORD, "")
    clock.forward(-10 * DAY)
    assert people.sessions.find(token) is None


CHANGES = {
    "logging out": lambda people, person, token: people.log_out(person, token),
    "a new password": lambda people, person, token: people.set_password("李问", PASSWORD + "!"),
    "another role": lambda people, person, token: people.set_role("李问", "verifies"),
    "being disabled": lambda people, person, token: people.set_disabled("李问", True),
}


@pytest.mark.parametrize("change", CHANGES)
def test_a_session_ends_with(people: People, change: str) -> None:
    person, token = people.log_in("李问", PASSWORD, "")
    other = people.log_in("周核", PASSWORD, "")[1]
    CHANGES[change](people, person, token)
    assert people.sessions.find(token) is None
    assert people.sessions.find(other)


def test_a_session_outlives_a_restart(
    people: People, database: Database, hasher: CountingHasher, clock: Clock
) -> None:
    _, token = people.log_in("李问", PASSWORD, "")
    again = People(database, hasher, clock)
    assert again.sessions.find(token).name == "李问"


def test_who_changes_the_own_password_must_know_the_old_one(people: People) -> None:
    person, old = people.log_in("李问", PASSWORD, "")
    with pytest.raises(LoginError):
        people.change_own_password(person, "guess guess", "another long one", "")
    _, token = people.change_own_password(person, PASSWORD, "another long one", "")
    assert people.sessions.find(old) is None
    assert people.sessions.find(token) == person


def test_a_hash_of_lower_cost_is_made_anew_at_login(people: People, database: Database) -> None:
    dearer = People(database, PasswordHasher(time_cost=2, memory_cost=128, parallelism=1))
    before = dearer.accounts.secret("李问")[1]
    dearer.log_in("李问", PASSWORD, "")
    after = dearer.accounts.secret("李问")[1]
    assert before != after
    assert "t=2" in after
    assert dearer.log_in("李问", PASSWORD, "")


@pytest.mark.parametrize("name", ["", "   ", "x" * 65, "a\nb", "a\x00b", "a\u202eb"])
def test_names_that_cannot_be_seen_are_refused(people: People, name: str) -> None:
    with pytest.raises(PeopleError):
        people.add(name, "asks", PASSWORD)


def test_somebody_is_always_left_to_manage(people: People) -> None:
    for change in (
        lambda: people.set_disabled("王管", True),
        lambda: people.set_role("王管", "asks"),
    ):
        with pytest.raises(PeopleError, match="最后一个"):
            change()
    assert people.accounts.find("王管").role == "manages"
    people.add("赵管", "manages", PASSWORD)
    people.set_disabled("王管", True)


def test_a_token_acts_for_its_person_until_it_ends(people: People, clock: Clock) -> None:
    token = people.make_token("周核", "统计脚本", days=2)
    assert people.tokens.find(token).name == "周核"
    (kept,) = people.tokens.of(people.accounts.find("周核"))
    assert kept.name == "统计脚本"
    assert kept.last_used_at
    clock.forward(2 * DAY)
    assert people.tokens.find(token) is None


def test_a_token_ends_when_revoked_or_when_its_person_is_disabled(people: People) -> None:
    first, second = (people.make_token("周核", name) for name in ("一", "二"))
    number = people.tokens.of(people.accounts.find("周核"))[1].id
    with pytest.raises(PeopleError):
        people.revoke_token("李问", number)
    people.revoke_token("周核", number)
    assert people.tokens.find(first) is None
    assert people.tokens.find(second)
    people.set_disabled("周核", True)
    assert people.tokens.find(second) is None
    with pytest.raises(PeopleError):
        people.make_token("周核", "三")


@pytest.mark.parametrize("days", [0, -1, 367])
def test_no_token_lasts_for_ever(people: People, days: int) -> None:
    with pytest.raises(AssistantError):
        people.make_token("周核", "脚本", days=days)


def test_a_session_is_no_token_and_a_token_no_session(people: People) -> None:
    _, session = people.log_in("李问", PASSWORD, "")
    token = people.make_token("李问", "脚本")
    assert people.tokens.find(session) is None
    assert people.sessions.find(token) is None


def test_a_database_of_the_version_before_is_brought_up_with_a_copy_beside(
    people: People, settings: IndexSettings, database: Database
) -> None:
    database.close()
    file = settings.data_dir / "youju.sqlite"
    tables = ("people", "sessions", "tokens", "guesses", "collection_grants",
              "collection_documents", "collections")  # fmt: skip
    with closing(sqlite3.connect(file)) as old, old:
        old.execute("UPDATE meta SET value = '2' WHERE name = 'schema'")
        old.execute("DROP TABLE audit")
        for table in tables:
            old.execute(f"DROP TABLE {table}")
    again = Database(settings.sql_url)
    fresh = People(again)
    assert fresh.accounts.all() == []
    assert not fresh.accounts.can_begin()
    assert again.meta("schema") == "3"
    again.close()
    with closing(sqlite3.connect(settings.data_dir / "youju.sqlite.v2.bak")) as copy:
        assert copy.execute("SELECT value FROM meta WHERE name='schema'").fetchone() == ("2",)
