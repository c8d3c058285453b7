"""Whoever guesses waits longer and longer; those who know their password are let in."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import pytest

from assistant.errors import LockedOutError, LoginError
from assistant.people.guesses import (
    ACCOUNT_FREE,
    ACCOUNT_LONGEST,
    ADDRESS_FREE,
    FIRST_WAIT,
    FORGET,
)
from assistant.people.people import People
from index.database import Database
from tests.assistant.people.conftest import PASSWORD, Clock, CountingHasher


def guess(people: People, name: str = "李问", address: str = "10.0.0.1") -> int:
    """Guess wrong; return how long to wait before the next, 0 where it was looked at."""
    try:
        people.log_in(name, "a wrong password", address)
    except LockedOutError as error:
        return error.seconds
    except LoginError:
        return 0
    raise AssertionError("a wrong password was let in")


def shut(people: People, name: str = "李问", address: str = "10.0.0.1") -> None:
    for _ in range(ACCOUNT_FREE):
        assert guess(people, name, address) == 0


@pytest.mark.parametrize("name", ["李问", "没有这个人"])
def test_after_some_wrong_ones_nobody_is_looked_at(people: People, name: str) -> None:
    shut(people, name)
    assert guess(people, name, "10.9.9.9") == FIRST_WAIT
    with pytest.raises(LockedOutError, match="30 秒"):
        people.log_in(name, PASSWORD, "10.0.0.1")


def test_the_wait_grows_and_is_bounded(people: People, clock: Clock) -> None:
    shut(people)
    waits = []
    for _ in range(8):
        waits.append(guess(people))
        clock.forward(waits[-1])
        assert guess(people) == 0
    assert waits[:4] == [30, 60, 120, 240]
    assert waits[-1] == ACCOUNT_LONGEST


def test_it_outlives_a_restart(
    people: People, database: Database, hasher: CountingHasher, clock: Clock
) -> None:
    shut(people)
    assert guess(People(database, hasher, clock)) == FIRST_WAIT


def test_an_address_that_tries_many_names_is_shut(people: People) -> None:
    tried = [guess(people, f"人{n}") for n in range(ADDRESS_FREE)]
    assert tried == [0] * ADDRESS_FREE
    assert guess(people, "李问") == FIRST_WAIT
    assert people.log_in("李问", PASSWORD, "10.0.0.2")


def test_the_right_password_clears_the_account_but_not_the_address(people: People) -> None:
    for round_ in range(ADDRESS_FREE // 3):
        for n in range(3):
            assert guess(people, f"别人{round_}{n}") == 0
        if round_ < ADDRESS_FREE // 3 - 1:
            people.log_in("周核", PASSWORD, "10.0.0.1")
    assert guess(people, "周核") > 0


def test_a_slip_or_two_is_forgotten_with_the_right_one(people: People) -> None:
    for _ in range(4):
        for _ in range(ACCOUNT_FREE - 1):
            assert guess(people) == 0
        people.log_in("李问", PASSWORD, "10.0.0.1")


def test_it_is_forgotten_after_a_day(people: People, clock: Clock) -> None:
    shut(people)
    clock.forward(FORGET + 1)
    shut(people)


def test_many_at_once_gain_nothing(people: People) -> None:
    with ThreadPoolExecutor(16) as pool:
        waits = list(pool.map(lambda _: guess(people), range(40)))
    assert waits.count(0) == ACCOUNT_FREE


def test_a_manager_lets_somebody_in_again(people: People) -> None:
    shut(people)
    people.set_password("李问", "another long one")
    assert people.log_in("李问", "another long one", "10.0.0.1")


def test_what_is_noted_of_it_is_bounded(people: People) -> None:
    shut(people)
    for _ in range(50):
        guess(people)
    actions = [line.action for line in people.audit.search()]
    assert actions.count("login_failed") == ACCOUNT_FREE
    assert actions.count("locked_out") == 1
