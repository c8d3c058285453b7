"""What is left after an end at an unlucky moment is found, and put right."""

import os
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import numpy as np
import pytest

from index.build import build_index
from index.errors import StoreError
from index.library import Library, open_library
from index.rebuild import rebuild
from index.settings import IndexSettings
from index.vectors import VectorCache, open_vectors
from index.verify import verify
from index.withdrawal import erase, reinstate, resume, withdraw
from tests.conftest import WordCountEncoder

Write = Callable[[str, str], Path]
BRIDGE = "道路工程简报\n北河大桥项目因资金困难没有开工。\n"
SCHOOL = "教育工作简报\n第三小学扩建项目完成投资500万元。\n"


@pytest.fixture
def library(settings: IndexSettings, encoder: WordCountEncoder) -> Iterator[Library]:
    with open_library(settings, "测试", create=True, probing=False) as library:
        library.__dict__["encoder"] = encoder
        yield library


def cut_off(*_: object) -> None:
    raise KeyboardInterrupt


def everything(folder: Path) -> bytes:
    return b"".join(file.read_bytes() for file in folder.rglob("*") if file.is_file())


def test_what_was_half_published_is_a_remark_of_verify_and_goes_with_the_next_run(
    library: Library, write: Write, monkeypatch: pytest.MonkeyPatch
) -> None:
    build_index([write("a.txt", BRIDGE)], library)
    corpus = write("b.txt", SCHOOL)
    monkeypatch.setattr(library.database, "publish", cut_off)
    with pytest.raises(KeyboardInterrupt):
        build_index([corpus], library)
    monkeypatch.undo()
    found = verify(library)
    assert found.problems == []
    assert any("中断" in line for line in found.remarks)
    build_index([corpus], library)
    found = verify(library, [corpus])
    assert (found.files, found.problems, found.remarks) == (2, [], [])


def test_a_rebuild_that_fails_leaves_what_was_half_published_to_be_cleared(
    library: Library, write: Write, monkeypatch: pytest.MonkeyPatch
) -> None:
    build_index([write("a.txt", BRIDGE)], library)
    corpus = write("b.txt", SCHOOL)
    monkeypatch.setattr(library.database, "publish", cut_off)
    monkeypatch.setattr(library.database, "stage", cut_off)
    for work in (lambda: build_index([corpus], library), lambda: rebuild(library)):
        with pytest.raises(KeyboardInterrupt):
            work()
    monkeypatch.undo()
    assert verify(library).problems == []
    build_index([corpus], library)
    assert verify(library, [corpus]).problems == []


def test_a_document_withdrawn_while_the_stores_are_rebuilt_is_in_none_of_them(
    library: Library, write: Write, monkeypatch: pytest.MonkeyPatch
) -> None:
    write("a.txt", BRIDGE)
    build_index([write("b.txt", SCHOOL)], library)

    def meanwhile(done: int, total: int) -> None:
        if done == total:
            library.database.retire([library.file("a.txt").id], "withdrawn", "王伟", "有误")

    rebuild(library, meanwhile)
    found = verify(library)
    assert (found.files, found.problems, found.remarks) == (1, [], [])


def test_an_erasure_cut_off_after_the_swap_leaves_no_older_stores(
    library: Library, settings: IndexSettings, write: Write, monkeypatch: pytest.MonkeyPatch
) -> None:
    write("a.txt", BRIDGE)
    build_index([write("b.txt", SCHOOL)], library)
    monkeypatch.setattr(library.database, "log", cut_off)  # comes right after the swap
    with pytest.raises(KeyboardInterrupt):
        erase(library, "a.txt", "王伟")
    monkeypatch.undo()
    assert "北河大桥".encode() in everything(settings.data_dir)
    resume(library)
    assert "北河大桥".encode() not in everything(settings.data_dir)
    assert len(list(settings.data_dir.glob("chroma*"))) == 1
    assert verify(library).problems == []


def test_an_erasure_that_was_cut_off_takes_the_uploaded_originals_too(
    library: Library, settings: IndexSettings, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name, text in (("a.txt", BRIDGE), ("b.txt", SCHOOL)):
        library.uploads.mkdir(exist_ok=True)
        (library.uploads / name).write_text(text, encoding="utf-8")
    half_a_backup = settings.data_dir / ".making-x"
    half_a_backup.mkdir()
    (half_a_backup / "youju.sqlite").write_text(BRIDGE, encoding="utf-8")
    build_index([library.uploads], library)
    monkeypatch.setattr("index.withdrawal.remove_kept", cut_off)
    with pytest.raises(KeyboardInterrupt):
        erase(library, "a.txt", "王伟")
    monkeypatch.undo()
    resume(library)
    assert "北河大桥".encode() not in everything(settings.data_dir)
    assert [file.name for file in library.uploads.iterdir()] == ["b.txt"]


def test_a_document_taken_back_in_does_not_count_as_withdrawn_once_its_file_was_away(
    library: Library, write: Write
) -> None:
    corpus = write("a.txt", BRIDGE)
    build_index([corpus], library)
    withdraw(library, "a.txt", "王伟", "有误")
    reinstate(library, "a.txt", "李芳")
    (corpus / "a.txt").unlink()
    assert build_index([corpus], library).removed == ["a.txt"]
    report = build_index([write("a.txt", BRIDGE)], library)
    assert (report.added, report.kept_out) == (["a.txt"], [])


@pytest.mark.parametrize("place", ["elsewhere/a.txt", "corpus/b.txt"])
def test_a_withdrawn_document_stays_out_when_its_file_is_moved_or_renamed(
    library: Library, write: Write, tmp_path: Path, place: str
) -> None:
    corpus = write("a.txt", BRIDGE)
    build_index([corpus], library)
    withdraw(library, "a.txt", "王伟", "有误")
    new = tmp_path / place
    new.parent.mkdir(exist_ok=True)
    (corpus / "a.txt").rename(new)
    for _ in range(2):
        report = build_index([new.parent], library)
        assert ([why[:3] for _, why in report.kept_out], report.added) == (["已撤回"], [])
    assert verify(library, [new.parent]).problems == []
    reinstate(library, "a.txt", "李芳")
    assert [file.path for file in library.files()] == ["a.txt"]


def test_a_change_that_size_and_date_do_not_show_is_found_by_verify_and_then_read(
    library: Library, write: Write
) -> None:
    corpus = write("a.txt", BRIDGE)
    old = 1_600_000_000
    os.utime(corpus / "a.txt", (old, old))
    build_index([corpus], library)
    write("a.txt", BRIDGE.replace("北", "南"))
    os.utime(corpus / "a.txt", (old, old))
    assert build_index([corpus], library).unchanged == ["a.txt"]
    assert any("重新索引" in line for line in verify(library, [corpus]).remarks)
    assert build_index([corpus], library).changed == ["a.txt"]
    assert "南河大桥" in library.text("a.txt")


def test_a_vector_that_the_disk_changed_is_made_again_not_handed_on(
    library: Library, settings: IndexSettings, write: Write
) -> None:
    build_index([write("a.txt", BRIDGE)], library)
    with closing(sqlite3.connect(settings.data_dir / "vectors.sqlite")) as file, file:
        ((key, blob),) = file.execute("SELECT key, vector FROM vectors").fetchall()
        changed = blob[:9] + bytes([blob[9] ^ 1]) + blob[10:]
        file.execute("UPDATE vectors SET vector = ? WHERE key = ?", (changed, key))
    assert "rebuild" in verify(library).problems[0]
    rebuild(library)
    assert verify(library).problems == []


@pytest.mark.parametrize("pages", [slice(0, 100), slice(5000, None, 997)])
def test_a_damaged_file_of_vectors_is_begun_anew(tmp_path: Path, pages: slice) -> None:
    path = tmp_path / "vectors.sqlite"
    keys = [f"{n:032x}" for n in range(400)]
    rows = np.eye(400, 384, dtype=np.float32)
    cache = VectorCache(path)
    cache.put(keys, rows)
    cache.close()
    content = bytearray(path.read_bytes())
    for at in range(len(content))[pages]:
        content[at] ^= 0x5A
    path.write_bytes(content)
    cache = open_vectors(path)
    known = cache.get(keys)
    assert len(known) < len(keys)
    assert all(np.array_equal(known[key], rows[int(key, 16)]) for key in known)
    cache.put(keys, rows)
    assert np.array_equal(cache.get(keys)[keys[7]], rows[7])
    cache.close()


@pytest.mark.parametrize("name", ["youju.sqlite", "vectors.sqlite", "lexical.sqlite"])
def test_a_file_that_is_locked_while_a_run_writes_is_a_sentence(
    library: Library,
    settings: IndexSettings,
    write: Write,
    name: str,
) -> None:
    build_index([write("a.txt", BRIDGE)], library)
    corpus = write("b.txt", SCHOOL)
    with closing(sqlite3.connect(settings.data_dir / name)) as other:
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(StoreError, match="锁住"):
            build_index([corpus], library)
    report = build_index([corpus], library)
    assert report.added == ["b.txt"]
    assert verify(library, [corpus]).problems == []


def test_a_text_that_the_disk_changed_is_found_and_read_again(
    settings: IndexSettings, encoder: WordCountEncoder, write: Write
) -> None:
    corpus = write("a.txt", "道路工程简报\n北河大桥项目因资金困难没有开工。\n")
    with open_library(settings, "测试", create=True) as library:
        library.__dict__["encoder"] = encoder
        build_index([corpus], library)
    database = sqlite3.connect(settings.data_dir / "youju.sqlite")
    database.execute("UPDATE files SET text = replace(text, '北河', '南河')")
    database.commit()
    database.close()
    with open_library(settings, "测试") as library:
        library.__dict__["encoder"] = encoder
        (problem,) = verify(library, [corpus]).problems
        assert "再索引一次" in problem
        build_index([corpus], library)
        assert "北河大桥" in library.text("a.txt")
        assert verify(library, [corpus]).problems == []
