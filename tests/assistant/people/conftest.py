"""People over a real SQLite file, with a clock that can be moved and hashes that cost little."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from argon2 import PasswordHasher

from assistant.people.people import People
from assistant.people.records import Role
from index.database import Database
from index.settings import IndexSettings

PASSWORD = "correct horse battery"


class Clock:
    def __init__(self) -> None:
        self.now = 1_800_000_000.0

    def __call__(self) -> float:
        return self.now

    def forward(self, seconds: float) -> None:
        self.now += seconds


class CountingHasher(PasswordHasher):
    """Costs little, and counts what it was asked."""

    def __init__(self) -> None:
        super().__init__(time_cost=1, memory_cost=64, parallelism=1)
        self.asked = 0

    def verify(self, *given: object) -> bool:  # type: ignore[override]
        self.asked += 1
        return super().verify(*given)  # type: ignore[arg-type]


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def hasher() -> CountingHasher:
    return CountingHasher()


@pytest.fixture
def database(settings: IndexSettings) -> Iterator[Database]:
    settings.data_dir.mkdir(parents=True)
    database = Database(settings.sql_url)
    yield database
    database.close()


@pytest.fixture
def people(database: Database, hasher: CountingHasher, clock: Clock) -> People:
    return filled(database, hasher, clock)


def filled(database: Database, hasher: PasswordHasher, clock: Clock) -> People:
    people = People(database, hasher, clock)
    roles: dict[str, Role] = {"李问": "asks", "周核": "verifies", "王管": "manages"}
    for name, role in roles.items():
        if name not in [person.name for person in people.accounts.all()]:
            people.add(name, role, PASSWORD)
    return people
