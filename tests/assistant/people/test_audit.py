"""The audit log: lines are added and found; the database lets nobody change one."""

from __future__ import annotations

import sqlite3
from contextlib import closing

import pytest
from sqlalchemy.orm import Session

from assistant.people.audit import ERASED, Audit
from assistant.people.people import People
from index.database import Database
from index.kept import flush_deleted, wipe_words
from index.settings import IndexSettings
from tests.assistant.people.conftest import PASSWORD


@pytest.fixture
def audit(people: People) -> Audit:
    return people.audit


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE audit SET person = '别人'",
        "UPDATE OR REPLACE audit SET id = 1 WHERE id = 2",
        "DELETE FROM audit",
        "DELETE FROM audit WHERE id = 1",
        "INSERT OR REPLACE INTO audit VALUES (1, '', 0, '', '', '', '', '')",
        "REPLACE INTO audit (id, at, person_id, person, action, about, detail, address) "
        "VALUES (1, '', 0, '', '', '', '', '')",
        "INSERT INTO audit VALUES (1, '', 0, '', '', '', '', '') "
        "ON CONFLICT (id) DO UPDATE SET person = '别人'",
    ],
)
def test_no_line_can_be_changed(audit: Audit, settings: IndexSettings, statement: str) -> None:
    before = audit.search()
    with (
        closing(sqlite3.connect(settings.data_dir / "youju.sqlite")) as database,
        pytest.raises(sqlite3.DatabaseError, match="append-only"),
        database,
    ):
        database.execute(statement)
    assert audit.search() == before


WORDS = [
    "UPDATE audit_words SET words_id = 99",
    "DELETE FROM audit_words",
    "INSERT OR REPLACE INTO audit_words VALUES (1, 99)",
    "UPDATE kept_words SET words = '别的' WHERE id = 1",
    "DELETE FROM kept_words WHERE id = 1",
    "INSERT OR REPLACE INTO kept_words VALUES (1, 'x', '别的')",
]


@pytest.mark.parametrize("statement", WORDS)
def test_what_somebody_asked_cannot_be_changed(
    audit: Audit, settings: IndexSettings, statement: str
) -> None:
    audit.log(None, "asked", detail="哪些项目未开工？")
    line = audit.search()[0].id
    with (
        closing(sqlite3.connect(settings.data_dir / "youju.sqlite")) as database,
        pytest.raises(sqlite3.DatabaseError, match="append-only"),
        database,
    ):
        database.execute(statement.replace("(1, 99)", f"({line}, 99)"))
    assert audit.search()[0].detail == "哪些项目未开工？"


def test_what_somebody_asked_goes_with_an_erased_document_and_the_line_stays(
    audit: Audit, database: Database, settings: IndexSettings
) -> None:
    audit.log(None, "asked", detail="污水处理厂提标改造为什么没开工？")
    audit.log(None, "asked", detail="哪些项目未开工？")
    assert audit.search("提标改造")
    with Session(database.engine) as session, session.begin():
        wipe_words(session, "通报.txt", ["污水处理厂提标改造"])
    flush_deleted(database.engine)
    assert audit.search("提标改造") == []
    assert [line.detail for line in audit.search(action="asked")] == ["哪些项目未开工？", ERASED]
    files = [f.read_bytes() for f in settings.data_dir.iterdir() if f.is_file()]
    assert all("提标改造".encode() not in content for content in files)


def test_what_was_done_about_people_is_in_it(people: People) -> None:
    manager = people.accounts.find("王管")
    people.log_in("李问", PASSWORD, "10.0.0.1")
    people.set_role("李问", "verifies", manager)
    people.add_collection("人事", by=manager)
    people.grant("人事", person="李问", by=manager)
    people.place("人事/任免.docx", ["人事"], manager)
    people.make_token("李问", "脚本", by=manager)
    people.set_disabled("李问", True, manager)
    lines = [(line.person, line.action, line.about) for line in people.audit.search()]
    assert lines[:7] == [
        ("王管", "person_disabled", "李问"),
        ("王管", "token_made", "李问"),
        ("王管", "document_placed", "人事/任免.docx"),
        ("王管", "grant_changed", "人事"),
        ("王管", "collection_changed", "人事"),
        ("王管", "role_changed", "李问"),
        ("李问", "logged_in", ""),
    ]
    assert people.audit.search()[6].address == "10.0.0.1"


def test_it_is_searched_by_words_person_action_and_time(people: People) -> None:
    person = people.accounts.find("李问")
    people.audit.log(person, "asked", detail="石桥改建100%完成了吗？_")
    people.audit.log(person, "saw", "通报.txt")
    audit = people.audit
    assert [line.action for line in audit.search("石桥 100%")] == ["asked"]
    assert audit.search("石桥_改建") == []  # nothing in it is a pattern
    assert [line.about for line in audit.search(person="李问", action="saw")] == ["通报.txt"]
    day = audit.search()[0].at[:10]
    assert audit.search(since=day, until=day)
    assert audit.search(until="2020-01-01") == audit.search(since="2999") == []
    newest, older = audit.search(limit=2)
    assert audit.search(before=newest.id, limit=1) == [older]
    assert len(audit.search(limit=10**9)) <= 1_000


def test_scrolling_through_a_document_is_one_look(people: People) -> None:
    first, second = people.accounts.find("李问"), people.accounts.find("周核")
    for person in (first, first, second, first):
        people.audit.saw(person, "通报.txt")
    seen = [line.person for line in people.audit.search(action="saw")]
    assert sorted(seen) == ["周核", "李问"]


def test_a_line_is_bounded(people: People) -> None:
    people.audit.log(None, "asked", "x" * 9_999, "y" * 99_999, "z" * 999)
    (line,) = people.audit.search(action="asked")
    assert (len(line.about), len(line.detail), len(line.address)) == (1024, 2000, 64)
