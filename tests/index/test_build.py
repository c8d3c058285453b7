"""Indexing over real SQL, real FTS5 and real Chroma; only the model is a hand-checkable fake."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from index.build import build_index
from index.errors import IndexingError, IndexMismatchError, NoIndexError
from index.library import Library, open_library
from index.settings import IndexSettings
from tests.conftest import WordCountEncoder

Write = Callable[[str, str], Path]
BRIDGE = "道路工程简报\n北河大桥项目因资金困难没有开工。\n南山隧道已经竣工。\n"
SCHOOL = "教育工作简报\n第三小学扩建项目完成投资500万元。\n"


@contextmanager
def opened(settings: IndexSettings, encoder: WordCountEncoder) -> Iterator[Library]:
    with open_library(settings, "测试", create=True) as library:
        library.__dict__["encoder"] = encoder
        yield library


@pytest.fixture
def library(settings: IndexSettings, encoder: WordCountEncoder) -> Iterator[Library]:
    with opened(settings, encoder) as library:
        yield library


def found(library: Library, words: str) -> list[str]:
    """Return the paths whose chunks are found by words and by meaning alike."""
    by_words = [key for key, _ in library.search_words(words, 5)]
    by_meaning = [key for key, _ in library.search_meaning(library.encoder.embed_query(words), 5)]
    stored = library.chunks([*by_words, *by_meaning])
    paths = {key: library.file_by_id(c.file_id).path for key, c in stored.items()}
    return sorted(
        {paths[k] for k in by_words if k in paths} & {paths[k] for k in by_meaning if k in paths}
    )


def test_new_files_are_added_and_found(library: Library, write: Write) -> None:
    write("a.txt", BRIDGE)
    report = build_index([write("b.txt", SCHOOL)], library)
    assert report.added == ["a.txt", "b.txt"]
    assert "a.txt" in found(library, "北河大桥资金困难")
    assert library.text("b.txt") == SCHOOL


def test_unchanged_files_embed_nothing(
    library: Library, write: Write, encoder: WordCountEncoder
) -> None:
    corpus = write("a.txt", BRIDGE)
    build_index([corpus], library)
    encoder.embedded.clear()
    report = build_index([corpus], library)
    assert (report.unchanged, report.added, encoder.embedded) == (["a.txt"], [], [])


def test_a_changed_file_replaces_its_own_chunks_only(library: Library, write: Write) -> None:
    write("a.txt", BRIDGE)
    build_index([write("b.txt", SCHOOL)], library)
    report = build_index([write("a.txt", "水利工作简报\n东湖水库除险加固完成。\n")], library)
    assert (report.changed, report.unchanged) == (["a.txt"], ["b.txt"])
    assert found(library, "东湖水库除险加固") == ["a.txt"]
    assert all("大桥" not in library.text(f.path) for f in library.files())
    assert library.lexical.size() == library.database.count_chunks() == library.store.size()


def test_a_removed_files_chunks_go(library: Library, write: Write) -> None:
    corpus = write("a.txt", BRIDGE)
    write("b.txt", SCHOOL)
    build_index([corpus], library)
    (corpus / "a.txt").unlink()
    report = build_index([corpus], library)
    assert report.removed == ["a.txt"]
    assert library.lexical.size() == library.database.count_chunks() == library.store.size()
    assert found(library, "北河大桥") == [] or "a.txt" not in found(library, "北河大桥")


def test_files_outside_the_roots_of_a_call_stay(library: Library, write: Write) -> None:
    corpus = write("one/a.txt", BRIDGE)
    write("two/b.txt", SCHOOL)
    build_index([corpus / "one"], library)
    report = build_index([corpus / "two"], library)
    assert report.removed == []
    assert [f.path for f in library.files()] == ["a.txt", "b.txt"]


def test_one_bad_file_does_not_stop_the_others(library: Library, write: Write) -> None:
    corpus = write("a.txt", BRIDGE)
    (corpus / "bad.docx").write_bytes(b"this is no Word file")
    (corpus / "empty.txt").write_bytes(b"")
    report = build_index([corpus], library)
    assert report.added == ["a.txt"]
    assert sorted(path for path, _ in report.failed) == ["bad.docx", "empty.txt"]
    assert all(reason for _, reason in report.failed)
    assert [d.path for d in library.documents() if d.state == "failed"] == ["bad.docx", "empty.txt"]


def test_a_file_that_turns_bad_keeps_its_last_good_version(library: Library, write: Write) -> None:
    corpus = write("a.txt", BRIDGE)
    build_index([corpus], library)
    (corpus / "a.txt").write_bytes(b"")
    report = build_index([corpus], library)
    assert "先前" in report.failed[0][1]
    assert library.text("a.txt") == BRIDGE


def test_a_bad_file_that_is_mended_is_no_longer_listed_as_failed(
    library: Library, write: Write
) -> None:
    corpus = write("a.txt", "")
    build_index([corpus], library)
    build_index([write("a.txt", BRIDGE)], library)
    assert library.database.failures() == []


def test_a_file_restored_to_its_indexed_version_is_no_longer_listed_as_failed(
    library: Library, write: Write
) -> None:
    build_index([write("a.txt", BRIDGE)], library)
    build_index([write("a.txt", "")], library)
    build_index([write("a.txt", BRIDGE)], library)
    assert library.database.failures() == []


def test_ids_are_the_same_when_the_index_is_built_again(
    tmp_path: Path, write: Write, encoder: WordCountEncoder
) -> None:
    corpus = write("a.txt", BRIDGE)
    ids = []
    for name in ("one", "two"):
        with opened(IndexSettings(tmp_path / name), encoder) as library:
            build_index([corpus], library)
            ids.append(library.database.chunk_ids(library.files()[0].id))
    assert ids[0] == ids[1] != []


def test_a_file_given_by_itself_goes_by_its_name(library: Library, write: Write) -> None:
    corpus = write("deep/down/a.txt", BRIDGE)
    report = build_index([corpus / "deep" / "down" / "a.txt"], library)
    assert report.added == ["a.txt"]


def test_roots_that_collide_are_told_apart_by_their_names(library: Library, write: Write) -> None:
    corpus = write("east/a.txt", BRIDGE)
    write("west/a.txt", SCHOOL)
    report = build_index([corpus / "east", corpus / "west"], library)
    assert report.added == ["east/a.txt", "west/a.txt"]
    assert library.text("west/a.txt") == SCHOOL


def test_a_later_root_does_not_take_a_name_that_is_in_use(library: Library, write: Write) -> None:
    corpus = write("east/a.txt", BRIDGE)
    write("west/a.txt", SCHOOL)
    build_index([corpus / "east"], library)
    report = build_index([corpus / "west"], library)
    assert report.added == ["west/a.txt"]
    assert library.text("a.txt") == BRIDGE


def test_samples_step_aside_for_other_documents(library: Library, write: Write) -> None:
    corpus = write("samples/a.txt", BRIDGE)
    write("samples/.samples", "")
    build_index([corpus / "samples"], library)
    assert library.samples_only
    assert found(library, "北河大桥") == ["a.txt"]
    write("own/b.txt", SCHOOL)
    build_index([corpus / "own"], library)
    assert not library.samples_only
    assert found(library, "北河大桥没有开工") in ([], ["b.txt"])
    assert [f.path for f in library.files()] == ["b.txt"]


def test_what_a_stopped_run_left_half_done_is_cleared(
    settings: IndexSettings,
    write: Write,
    encoder: WordCountEncoder,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    corpus = write("a.txt", BRIDGE)
    with opened(settings, encoder) as library:
        monkeypatch.setattr(library.database, "publish", lambda *_: 1 / 0)
        with pytest.raises(ZeroDivisionError):
            build_index([corpus], library)
        assert library.files() == []
        assert found(library, "北河大桥") == []
    monkeypatch.undo()
    with opened(settings, encoder) as library:
        report = build_index([corpus], library)
        assert report.added == ["a.txt"]
        assert library.store.size() == library.lexical.size() == library.database.count_chunks()


def test_another_model_is_refused_by_name(
    settings: IndexSettings, write: Write, encoder: WordCountEncoder
) -> None:
    corpus = write("a.txt", BRIDGE)
    with opened(settings, encoder) as library:
        build_index([corpus], library)
    other = IndexSettings(settings.data_dir, embedding_model="some/other")
    with opened(other, encoder) as library, pytest.raises(IndexMismatchError, match="some/other"):
        build_index([corpus], library)


def test_a_root_that_does_not_exist_is_named(library: Library, tmp_path: Path) -> None:
    with pytest.raises(IndexingError, match="nowhere"):
        build_index([tmp_path / "nowhere"], library)


def test_asking_without_an_index_says_how_to_make_one(settings: IndexSettings) -> None:
    with pytest.raises(NoIndexError, match="python -m index"), open_library(settings, "测试"):
        pass
