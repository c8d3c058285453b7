"""Which documents somebody may see, by the collections that they were put into."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.errors import ForbiddenError, PeopleError
from assistant.people.collections import DEFAULT, Sight
from assistant.people.people import People
from assistant.people.seeing import Seeing
from index.build import build_index
from index.errors import UnknownDocumentError
from index.library import Library, open_library
from index.settings import IndexSettings
from tests.assistant.people.conftest import PASSWORD, CountingHasher
from tests.conftest import WordCountEncoder

Write = Callable[[str, str], Path]


def sees(people: People, name: str, path: str, sha256: str = "-") -> bool:
    return people.collections.sight(people.accounts.find(name)).sees(path, sha256)


def test_what_was_put_nowhere_is_for_all(people: People) -> None:
    assert all(sees(people, name, "通报.txt") for name in ("李问", "周核", "王管"))


def test_the_default_can_be_closed_too(people: People) -> None:
    people.revoke("默认", role="asks")
    people.grant("默认", role="verifies")
    assert [sees(people, name, "a") for name in ("李问", "周核", "王管")] == [False, True, True]


def test_a_new_collection_is_for_managers_until_somebody_is_let_in(people: People) -> None:
    people.add_collection("人事")
    people.place("任免.docx", ["人事"])
    assert [sees(people, n, "任免.docx") for n in ("李问", "周核", "王管")] == [False, False, True]
    people.grant("人事", role="verifies")
    assert [sees(people, n, "任免.docx") for n in ("李问", "周核")] == [False, True]
    people.grant("人事", person="李问")
    people.grant("人事", person="李问")
    assert sees(people, "李问", "任免.docx")
    people.revoke("人事", person="李问")
    assert not sees(people, "李问", "任免.docx")


def test_a_folder_closes_what_comes_into_it(people: People) -> None:
    people.add_collection("人事")
    people.place("人事/", ["人事"])
    assert not sees(people, "李问", "人事/新来的.docx")
    assert sees(people, "李问", "人事.docx")
    people.place("人事/公示.docx", ["默认"])
    assert sees(people, "李问", "人事/公示.docx")
    people.place("人事/公示.docx", [])
    assert not sees(people, "李问", "人事/公示.docx")


def test_a_document_of_two_collections_is_seen_by_both(people: People) -> None:
    for name in ("甲", "乙"):
        people.add_collection(name)
    people.grant("甲", person="李问")
    people.grant("乙", person="周核")
    people.place("x.txt", ["甲", "乙"])
    assert sees(people, "李问", "x.txt")
    assert sees(people, "周核", "x.txt")


def test_what_would_open_documents_by_accident_is_refused(people: People) -> None:
    people.add_collection("人事")
    people.place("任免.docx", ["人事"])
    for name in ("人事", "默认"):
        with pytest.raises(PeopleError, match="不能删除"):
            people.remove_collection(name)
    people.place("任免.docx", [])
    people.remove_collection("人事")
    for wrong in ("", "/etc/passwd", "x" * 2000):
        with pytest.raises(PeopleError):
            people.place(wrong, ["默认"])
    with pytest.raises(PeopleError, match="没有名为"):
        people.place("a.txt", ["没有的"])
    with pytest.raises(PeopleError, match="没有名为"):
        people.grant("默认", person="没有的")
    with pytest.raises(PeopleError):
        people.grant("默认")


numbers = st.sets(st.integers(1, 4))
PATHS = ("a.txt", "a/b.txt", "a/b/c.txt", "b.txt")


@given(
    st.frozensets(st.integers(1, 4)),
    st.dictionaries(st.sampled_from(PATHS), numbers),
    st.lists(st.tuples(st.sampled_from(["a/", "a/b/"]), st.integers(1, 4))),
    st.dictionaries(st.sampled_from("xy"), numbers),
    st.sampled_from(PATHS),
    st.sampled_from("xyz"),
)
def test_a_document_is_seen_exactly_through_one_of_its_collections(
    opened: frozenset[int],
    named: dict[str, set[int]],
    folders: list[tuple[str, int]],
    hashes: dict[str, set[int]],
    path: str,
    sha256: str,
) -> None:
    sight = Sight(opened, frozenset(), named, folders, hashes)
    placed = set(named.get(path, set()))
    for folder, number in folders:
        if path[: len(folder)] == folder:
            placed |= {number}
    belongs = placed if placed else hashes.get(sha256) if hashes.get(sha256) else {DEFAULT}
    assert sight.sees(path, sha256) == any(number in opened for number in belongs)
    assert not sight.may_take(path, sha256)


def test_a_file_that_is_renamed_stays_closed(
    settings: IndexSettings, write: Write, hasher: CountingHasher
) -> None:
    with library_of(settings, write, {"任免.txt": "任免事项\n一、免去某人职务。\n"}) as library:
        people = People(library.database, hasher)
        asker = people.add("李问", "asks", PASSWORD)
        seeing = Seeing(library, people)
        assert len(seeing.library_of(asker).files()) == 1
        people.add_collection("人事")
        people.place("任免.txt", ["人事"])
        assert seeing.library_of(asker).files() == []
        (settings.data_dir.parent / "corpus" / "任免.txt").rename(
            settings.data_dir.parent / "corpus" / "新名.txt"
        )
        build_index([settings.data_dir.parent / "corpus"], library)
        assert [file.path for file in library.files()] == ["新名.txt"]
        assert seeing.library_of(asker).files() == []
        assert seeing.library_of(asker).documents() == []


def test_what_changes_is_felt_at_the_next_request(
    settings: IndexSettings, write: Write, hasher: CountingHasher
) -> None:
    files = {"甲.txt": "甲事\n一、办甲事。\n", "乙.txt": "乙事\n一、办乙事。\n"}
    with library_of(settings, write, files) as library:
        people = People(library.database, hasher)
        asker = people.add("李问", "asks", PASSWORD)
        other = people.add("钱问", "asks", PASSWORD)
        manager = people.add("王管", "manages", PASSWORD)
        seeing = Seeing(library, people)
        assert seeing.library_of(manager) is library
        assert seeing.library_of(asker) is seeing.library_of(other)
        people.add_collection("乙集", originals=False)
        people.place("乙.txt", ["乙集"])
        assert [f.path for f in seeing.library_of(asker).files()] == ["甲.txt"]
        with pytest.raises(UnknownDocumentError):
            seeing.check_may_take(asker, "乙.txt")
        # Another process (the terminal) changes what is in the database, no more.
        People(library.database, hasher).grant("乙集", person="李问")
        assert [f.path for f in seeing.library_of(asker).files()] == ["乙.txt", "甲.txt"]
        assert [f.path for f in seeing.library_of(other).files()] == ["甲.txt"]
        with pytest.raises(ForbiddenError, match="只供阅读"):
            seeing.check_may_take(asker, "乙.txt")
        seeing.check_may_take(asker, "甲.txt")
        seeing.check_may_take(manager, "乙.txt")
        write("丙.txt", "丙事\n一、办丙事。\n")
        build_index([settings.data_dir.parent / "corpus"], library)
        assert len(seeing.library_of(other).files()) == 2


def test_only_so_many_libraries_are_kept(
    settings: IndexSettings, write: Write, hasher: CountingHasher
) -> None:
    with library_of(settings, write, {"甲.txt": "甲事\n一、办甲事。\n"}) as library:
        people = People(library.database, hasher)
        asked = []
        for n in range(12):
            person = people.add(f"人{n}", "asks", PASSWORD)
            people.add_collection(f"集{n}")
            people.grant(f"集{n}", person=person.name)
            asked.append(person)
        seeing = Seeing(library, people)
        kept = [seeing.library_of(person) for person in asked]
        assert len({id(part) for part in kept}) == 12
        assert all(part.size() > 0 for part in kept)  # one that was put away opens again
        assert len(seeing._made) <= 8


class library_of:
    def __init__(self, settings: IndexSettings, write: Write, files: dict[str, str]) -> None:
        self._open = open_library(settings, "测试", create=True)
        self._roots = [write(name, text) for name, text in files.items()]

    def __enter__(self) -> Library:
        library = self._open.__enter__()
        library.__dict__["encoder"] = WordCountEncoder()
        build_index(self._roots[:1], library)
        return library

    def __exit__(self, *given: object) -> None:
        self._open.__exit__(*given)  # type: ignore[arg-type]
