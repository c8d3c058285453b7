"""A document's life: corrected, renamed, withdrawn, erased; nothing is lost, nothing stays."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from index.build import build_index
from index.errors import IndexingError, UnknownDocumentError
from index.library import Library, open_library
from index.settings import IndexSettings
from index.verify import verify
from index.withdrawal import erase, reinstate, resume, withdraw
from tests.conftest import WordCountEncoder

Write = Callable[[str, str], Path]
OLD = "道路工程简报\n北河大桥项目因资金困难没有开工。\n"
NEW = "道路工程简报\n北河大桥项目已于九月开工，完成投资800万元。\n"
OTHER = "教育工作简报\n第三小学扩建项目完成投资500万元。\n"


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
    by_meaning = [key for key, _ in library.search_meaning(library.encoder.embed_query(words), 9)]
    by_words = [key for key, _ in library.search_words(words, 9)]
    chunks = library.chunks([*by_meaning, *by_words])
    return sorted({library.file_by_id(chunk.file_id).path for chunk in chunks.values()})


def all_bytes(folder: Path) -> bytes:
    return b"".join(f.read_bytes() for f in sorted(folder.rglob("*")) if f.is_file())


def states(library: Library, path: str) -> list[tuple[int, str]]:
    return [(file.version, file.state) for file in library.history(path)]


def test_a_corrected_file_is_a_new_version_and_the_old_text_still_opens(
    library: Library, write: Write
) -> None:
    corpus = write("a.txt", OLD)
    build_index([corpus], library)
    report = build_index([write("a.txt", NEW)], library)
    assert report.changed == ["a.txt"]
    assert states(library, "a.txt") == [(2, "indexed"), (1, "superseded")]
    assert library.text("a.txt") == NEW
    assert library.text("a.txt", 1) == OLD
    with pytest.raises(UnknownDocumentError, match="第 3 版"):
        library.text("a.txt", 3)
    assert verify(library, [corpus]).problems == []


def test_a_text_that_is_known_is_not_embedded_again(
    library: Library, write: Write, encoder: WordCountEncoder
) -> None:
    corpus = write("a.txt", OLD)
    build_index([corpus], library)
    encoder.embedded.clear()
    report = build_index([write("copy.txt", OLD)], library)
    assert (report.added, encoder.embedded) == (["copy.txt"], [])
    assert len(library.documents()) == 2
    assert verify(library, [corpus]).problems == []


def test_a_renamed_file_is_told_as_renamed_and_costs_no_embedding(
    library: Library, write: Write, encoder: WordCountEncoder
) -> None:
    corpus = write("a.txt", OLD)
    build_index([corpus], library)
    encoder.embedded.clear()
    (corpus / "a.txt").rename(corpus / "b.txt")
    report = build_index([corpus], library)
    assert report.renamed == [("a.txt", "b.txt")]
    assert (report.added, report.removed, encoder.embedded) == ([], [], [])
    assert library.text("a.txt", 1) == OLD
    assert found(library, "北河大桥") == ["b.txt"]


def test_a_moved_folder_keeps_its_names(library: Library, write: Write, tmp_path: Path) -> None:
    corpus = write("a.txt", OLD)
    build_index([corpus], library)
    corpus.rename(tmp_path / "moved")
    report = build_index([tmp_path / "moved"], library)
    assert report.added == ["a.txt"]
    assert [file.path for file in library.files()] == ["a.txt"]
    assert verify(library).problems == []


def test_a_file_removed_and_added_again_is_the_same_version(library: Library, write: Write) -> None:
    corpus = write("a.txt", OLD)
    write("b.txt", OTHER)
    build_index([corpus], library)
    (corpus / "a.txt").unlink()
    assert build_index([corpus], library).removed == ["a.txt"]
    assert states(library, "a.txt") == [(1, "removed")]
    assert library.text("a.txt", 1) == OLD
    assert build_index([write("a.txt", OLD)], library).added == ["a.txt"]
    assert states(library, "a.txt") == [(1, "indexed")]
    assert verify(library, [corpus]).problems == []


def test_a_file_that_says_the_same_after_being_saved_again_is_unchanged(
    library: Library, write: Write, encoder: WordCountEncoder
) -> None:
    build_index([write("a.txt", OLD)], library)
    encoder.embedded.clear()
    report = build_index([write("a.txt", OLD)], library)
    assert (report.unchanged, encoder.embedded) == (["a.txt"], [])


def test_a_withdrawn_file_is_hidden_and_stays_out_until_it_is_reinstated(
    library: Library, write: Write
) -> None:
    corpus = write("a.txt", OLD)
    write("b.txt", OTHER)
    build_index([corpus], library)
    withdraw(library, "a.txt", "王伟", "发文单位要求")
    assert "a.txt" not in found(library, "北河大桥资金困难")
    report = build_index([corpus], library)
    assert [path for path, _ in report.kept_out] == ["a.txt"]
    assert "王伟" in report.kept_out[0][1]
    assert [d.state for d in library.documents() if d.path == "a.txt"] == ["withdrawn"]
    assert verify(library, [corpus]).problems == []
    reinstate(library, "a.txt", "李芳")
    assert "a.txt" in found(library, "北河大桥资金困难")
    assert states(library, "a.txt") == [(1, "indexed")]
    assert verify(library, [corpus]).problems == []


def test_a_withdrawn_file_with_new_content_is_taken_in_again_and_said_so(
    library: Library, write: Write
) -> None:
    corpus = write("a.txt", OLD)
    build_index([corpus], library)
    withdraw(library, "a.txt", "王伟", "有误")
    report = build_index([write("a.txt", NEW)], library)
    assert any("撤回" in note for _, note in report.notes)
    assert states(library, "a.txt") == [(2, "indexed"), (1, "withdrawn")]


@pytest.mark.parametrize("action", [withdraw, reinstate, erase])
def test_what_is_not_signed_is_refused(library: Library, write: Write, action: object) -> None:
    build_index([write("a.txt", OLD)], library)
    arguments = (library, "a.txt", " ", "") if action is withdraw else (library, "a.txt", " ")
    with pytest.raises(IndexingError, match="姓名"):
        action(*arguments)  # type: ignore[operator]
    assert states(library, "a.txt") == [(1, "indexed")]


def test_erasing_takes_the_text_out_of_every_file_of_the_index(
    library: Library, write: Write, settings: IndexSettings
) -> None:
    corpus = write("a.txt", OLD)
    write("b.txt", OTHER)
    build_index([corpus], library)
    build_index([write("a.txt", NEW)], library)
    before = all_bytes(settings.data_dir)
    assert "北河大桥".encode() in before
    left = erase(library, "a.txt", "王伟")
    assert left == str(corpus / "a.txt")
    after = all_bytes(settings.data_dir)
    for words in ("北河大桥", "资金困难", "没有开工", "道路工程"):
        assert words.encode() not in after
        assert words.encode("utf-16-le") not in after
        assert words[:2].encode() not in after  # the word index holds pairs of characters
    assert "第三小学".encode() in after
    assert found(library, "第三小学扩建") == ["b.txt"]
    with pytest.raises(UnknownDocumentError):
        library.history("a.txt")


def test_what_was_erased_is_not_taken_in_again_by_a_run(library: Library, write: Write) -> None:
    corpus = write("a.txt", OLD)
    write("b.txt", OTHER)
    build_index([corpus], library)
    erase(library, "a.txt", "王伟")
    report = build_index([corpus], library)
    assert [path for path, _ in report.kept_out] == ["a.txt"]
    assert library.database.history("a.txt") == []
    assert verify(library, [corpus]).problems == []


def test_an_erasure_that_was_cut_off_is_finished_at_the_next_start(
    settings: IndexSettings,
    encoder: WordCountEncoder,
    write: Write,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    corpus = write("a.txt", OLD)
    write("b.txt", OTHER)
    with opened(settings, encoder) as library:
        build_index([corpus], library)
        monkeypatch.setattr("index.withdrawal.rebuild", lambda *_: 1 / 0)
        with pytest.raises(ZeroDivisionError):
            erase(library, "a.txt", "王伟")
    monkeypatch.undo()
    assert "北河大桥".encode() in all_bytes(settings.data_dir)
    with opened(settings, encoder) as library:
        resume(library)
        assert "北河大桥".encode() not in all_bytes(settings.data_dir)
        assert verify(library).problems == []


def test_the_audit_trail_tells_who_did_what_without_a_word_of_the_text(
    library: Library, write: Write
) -> None:
    build_index([write("a.txt", OLD)], library, by="李芳")
    withdraw(library, "a.txt", "王伟", "发文单位要求")
    events = library.database.events()
    assert [(e.by, e.action, e.path) for e in events] == [
        ("王伟", "withdrawn", "a.txt"),
        ("李芳", "indexed", "a.txt"),
    ]
    assert all("大桥" not in f"{e.path}{e.detail}" for e in events)


def test_the_same_content_under_two_names_is_used_once_and_the_other_takes_over(
    library: Library, write: Write
) -> None:
    corpus = write("a.txt", OLD)
    write("b.txt", OLD)
    build_index([corpus], library)
    assert [file.path for file in library.files()] == ["a.txt"]
    assert found(library, "北河大桥") == ["a.txt"]
    assert any(
        "a.txt" in note for d in library.documents() if d.path == "b.txt" for note in d.notes
    )
    (corpus / "a.txt").unlink()
    build_index([corpus], library)
    assert [file.path for file in library.files()] == ["b.txt"]
    assert found(library, "北河大桥") == ["b.txt"]
    assert library.text("a.txt", 1) == OLD


def test_many_copies_do_not_crowd_out_other_documents(library: Library, write: Write) -> None:
    corpus = write("other.txt", OTHER)
    for number in range(6):
        write(f"copy{number}.txt", OLD)
    build_index([corpus], library)
    vector = library.encoder.embed_query("北河大桥")
    by_meaning = library.search_meaning(vector, 2)
    assert len(library.chunks([key for key, _ in by_meaning])) == 2
