"""Indexes of an earlier schema are brought up to this one; those of a later one are refused."""

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest

from index.build import build_index
from index.errors import IndexMismatchError
from index.library import Library, open_library
from index.migrate import SCHEMA_VERSION
from index.rebuild import rebuild
from index.settings import IndexSettings
from index.verify import verify
from index.withdrawal import erase
from tests.conftest import WordCountEncoder

Write = Callable[[str, str], Path]
BRIDGE = "道路工程简报\n北河大桥项目因资金困难没有开工。\n"
SCHOOL = "教育工作简报\n第三小学扩建项目完成投资500万元。\n"
# As version 1 made them; the tables of the ledger are the same.
FIRST = """
CREATE TABLE meta (name VARCHAR(64) NOT NULL, value TEXT NOT NULL, PRIMARY KEY (name));
CREATE TABLE files (
  id INTEGER NOT NULL, path VARCHAR(1024) NOT NULL, source VARCHAR(4096) NOT NULL,
  sha256 VARCHAR(64) NOT NULL, state VARCHAR(16) NOT NULL, sample BOOLEAN NOT NULL,
  indexed_at VARCHAR(32) NOT NULL, media_type VARCHAR(128) NOT NULL, encoding VARCHAR(32),
  characters INTEGER NOT NULL, chunk_count INTEGER NOT NULL, text TEXT NOT NULL,
  blocks JSON NOT NULL, skips JSON NOT NULL, unread JSON NOT NULL, articles JSON NOT NULL,
  notes JSON NOT NULL, PRIMARY KEY (id));
CREATE INDEX ix_files_path ON files (path);
CREATE INDEX ix_files_state ON files (state);
CREATE INDEX ix_files_source ON files (source);
CREATE TABLE failures (
  source VARCHAR(4096) NOT NULL, path VARCHAR(1024) NOT NULL, sha256 VARCHAR(64) NOT NULL,
  reason TEXT NOT NULL, sample BOOLEAN NOT NULL, seen_at VARCHAR(32) NOT NULL,
  PRIMARY KEY (source));
CREATE TABLE chunks (
  id VARCHAR(64) NOT NULL, file_id INTEGER NOT NULL, ordinal INTEGER NOT NULL,
  document INTEGER NOT NULL, start INTEGER NOT NULL, "end" INTEGER NOT NULL,
  headings JSON NOT NULL, page INTEGER, lead_start INTEGER, lead_end INTEGER,
  PRIMARY KEY (id), FOREIGN KEY(file_id) REFERENCES files (id) ON DELETE CASCADE);
CREATE INDEX ix_chunks_file_id ON chunks (file_id);
"""
KEPT = ("ledgers", "records", "corrections", "unit_aliases", "merged_names")


@contextmanager
def opened(data: Path, probing: bool = False) -> Iterator[Library]:
    with open_library(IndexSettings(data), "测试", create=True, probing=probing) as library:
        library.__dict__["encoder"] = WordCountEncoder()
        yield library


def turn_into_first(data: Path) -> None:
    """Make the database what version 1 would have made; it kept no vectors."""
    new = data / "youju.sqlite"
    old = new.with_name("first.sqlite")
    with closing(sqlite3.connect(old)) as database:
        database.executescript(FIRST)
        database.execute("ATTACH ? AS new", (str(new),))
        for table in KEPT:
            query = "SELECT sql FROM new.sqlite_master WHERE name = ?"
            database.execute(*database.execute(query, (table,)).fetchone())
        for table in ("files", "failures", "chunks", *KEPT):
            names = [f'"{row[1]}"' for row in database.execute(f"PRAGMA main.table_info({table})")]
            columns = ", ".join(names)
            database.execute(f"INSERT INTO main.{table} SELECT {columns} FROM new.{table}")
        database.execute("INSERT INTO meta SELECT * FROM new.meta WHERE name = 'model'")
        database.execute("INSERT INTO meta VALUES ('schema', '1')")
        database.commit()
    for file in [*data.glob("youju.sqlite*"), *data.glob("vectors*")]:
        file.unlink()
    old.rename(new)


@pytest.fixture
def first(settings: IndexSettings, write: Write) -> Path:
    """Return a data directory of version 1, with one file on its way out."""
    write("a.txt", BRIDGE)
    write("b.txt", SCHOOL)
    corpus = write("old.txt", "水利工作简报\n东湖水库除险加固完成。\n")
    with opened(settings.data_dir) as library:
        build_index([corpus], library)
    (corpus / "old.txt").unlink()
    turn_into_first(settings.data_dir)
    with closing(sqlite3.connect(settings.data_dir / "youju.sqlite")) as database, database:
        database.execute("UPDATE files SET state = 'removing' WHERE path = 'old.txt'")
    return settings.data_dir


def test_the_first_schema_is_brought_up_and_nothing_is_lost(first: Path, write: Write) -> None:
    before = (first / "youju.sqlite").read_bytes()
    with opened(first, probing=True) as library:
        assert library.problems() == []
        assert {file.path: library.text(file.path) for file in library.files()} == {
            "a.txt": BRIDGE,
            "b.txt": SCHOOL,
        }
        assert [file.version for file in library.files()] == [1, 1]
        assert library.database.meta("schema") == SCHEMA_VERSION
        assert all("rebuild" in line for line in verify(library).problems)
        report = build_index([write("a.txt", BRIDGE)], library)
        assert sorted(report.unchanged) == ["a.txt", "b.txt"]
        report = build_index([write("a.txt", BRIDGE + "已于九月开工。\n")], library)
        assert report.changed == ["a.txt"]
        assert [file.version for file in library.history("a.txt")] == [2, 1]
        rebuild(library)
        assert verify(library).problems == []
    assert (first / "youju.sqlite.v1.bak").read_bytes()[:16] == before[:16]
    with closing(sqlite3.connect(first / "youju.sqlite.v1.bak")) as copy:
        assert copy.execute("SELECT value FROM meta WHERE name = 'schema'").fetchone() == ("1",)
        assert copy.execute("SELECT count(*) FROM files").fetchone() == (3,)


@pytest.mark.parametrize("done", [1, 3])
def test_a_migration_that_was_cut_off_is_finished(first: Path, done: int) -> None:
    columns = ["version INTEGER NOT NULL DEFAULT 1", "size BIGINT", "mtime_ns BIGINT"]
    with closing(sqlite3.connect(first / "youju.sqlite")) as database:
        for column in columns[:done]:
            database.execute(f"ALTER TABLE files ADD COLUMN {column}")
    with opened(first) as library:
        assert [file.path for file in library.files()] == ["a.txt", "b.txt"]
        rebuild(library)
        assert verify(library).problems == []


def test_an_erasure_after_the_migration_takes_the_copy_of_the_old_database_too(
    first: Path,
) -> None:
    with opened(first) as library:
        erase(library, "a.txt", "王伟")
        assert verify(library).problems == []
        held = b"".join(file.read_bytes() for file in first.rglob("*") if file.is_file())
    assert "北河大桥".encode() not in held
    assert "第三小学".encode() in held


def test_ids_of_the_first_schema_never_come_back_as_others(first: Path, write: Write) -> None:
    """Chroma passes over an id that it holds: a new text would keep an old vector."""
    with opened(first) as library:
        rebuild(library)
        highest = max(file.id for file in library.database.files())
        (write("b.txt", SCHOOL) / "b.txt").unlink()
        build_index([write("c.txt", BRIDGE + "三\n")], library)
        assert max(file.id for file in library.database.files()) > highest
        assert verify(library).problems == []


@pytest.mark.parametrize("version", ["4", "99", "x", ""])
def test_a_later_schema_is_refused_and_left_as_it_is(
    settings: IndexSettings, write: Write, version: str
) -> None:
    with opened(settings.data_dir) as library:
        build_index([write("a.txt", BRIDGE)], library)
        library.database.set_meta("schema", version)
    before = (settings.data_dir / "youju.sqlite").read_bytes()
    with (
        pytest.raises(IndexMismatchError, match="换用建立该索引的程序版本"),
        opened(settings.data_dir),
    ):
        pass
    assert (settings.data_dir / "youju.sqlite").read_bytes() == before
