"""Lexical search that persists and grows: SQLite FTS5 over pre-segmented text."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from index.errors import IndexDamagedError, StoreError
from index.sql import is_damage
from index.words import units

# Units of a query that are kept, rarest first. A long question's common bigrams
# match most of a large corpus: they cost time and rank nothing.
MAX_QUERY_UNITS = 24
MAX_ALTERNATIVES = 12  # words looked for in place of one; the rarest
COMMON = 0.3  # share of the texts above which a word tells nothing
_REBUILD = "文字和台账不受影响；请运行 python -m index rebuild 重建检索库。"


def segmented(text: str) -> str:
    """Return the lexical units of ``text`` with blanks between, as the index keeps them."""
    return " ".join(units(text))


class LexicalIndex:
    """BM25 over chunk texts, by chunk id."""

    _within = ""  # a condition on rows, of a part of the index

    def __init__(self, path: Path) -> None:
        try:
            # The page answers from worker threads; the library serialises its calls.
            self._connection = sqlite3.connect(path, timeout=5, check_same_thread=False)
            self._connection.execute("PRAGMA journal_mode=WAL")
            self._connection.execute("PRAGMA secure_delete=ON")
            self._connection.executescript(
                "CREATE TABLE IF NOT EXISTS keys (row INTEGER PRIMARY KEY, id TEXT UNIQUE);"
                "CREATE VIRTUAL TABLE IF NOT EXISTS texts USING fts5("
                "units, tokenize=\"unicode61 remove_diacritics 0 tokenchars '.'\");"
                "CREATE VIRTUAL TABLE IF NOT EXISTS vocabulary USING fts5vocab(texts, row);"
            )
        except sqlite3.DatabaseError as error:
            raise _explain(error) from error

    def close(self) -> None:
        """Give the file free."""
        self._connection.close()

    def add(self, rows: Iterable[tuple[str, str]]) -> None:
        """Add (id, text) pairs; an id that is there already is replaced."""
        self.add_segmented((key, segmented(text)) for key, text in rows)

    def add_segmented(self, rows: Iterable[tuple[str, str]]) -> None:
        """Add pairs of an id and what ``segmented`` made of its text."""
        with _explained(), self._connection as connection:
            for key, words in rows:
                self._delete(connection, key)
                cursor = connection.execute("INSERT INTO keys (id) VALUES (?)", (key,))
                connection.execute(
                    "INSERT INTO texts (rowid, units) VALUES (?, ?)", (cursor.lastrowid, words)
                )

    def remove(self, ids: Iterable[str]) -> None:
        """Remove ids; one that is not there is passed over."""
        with _explained(), self._connection as connection:
            for key in ids:
                self._delete(connection, key)

    def search(self, query: str, top_k: int) -> list[tuple[str, float]]:
        """Return up to ``top_k`` (id, score), best first; a larger score is better."""
        wanted = self._rarest(list(dict.fromkeys(units(query))))
        if not wanted:
            return []
        match = " OR ".join(f'"{unit}"' for unit in wanted)
        found = self._rows(
            "SELECT keys.id, -found.score FROM (SELECT rowid, bm25(texts) AS score FROM texts "
            f"WHERE texts MATCH ?{self._within} ORDER BY rank LIMIT ?) AS found "
            "JOIN keys ON keys.row = found.rowid ORDER BY found.score",
            (match, top_k),
        )
        return [(key, float(score)) for key, score in found]

    def search_alternatives(
        self, groups: Sequence[Sequence[str]], top_k: int
    ) -> list[tuple[str, float]]:
        """Return up to ``top_k`` (id, score), best first.

        Of each group any word may stand in a text, its characters side by side. A text's
        score is the sum over the groups of the BM25 of the best word.
        """
        scores: dict[int, float] = {}
        for words in self._present(groups):
            best: dict[int, float] = {}
            for word in words:
                rows = self._rows(
                    "SELECT rowid, -bm25(texts) AS score FROM texts "
                    f"WHERE texts MATCH ?{self._within} ORDER BY rank LIMIT ?",
                    (f'"{" ".join(units(word))}"', 4 * top_k),
                )
                for row, score in rows:
                    best[row] = max(score, best.get(row, 0.0))
            for row, score in best.items():
                scores[row] = scores.get(row, 0.0) + score
        order = sorted(scores, key=lambda row: -scores[row])[:top_k]
        marks = ",".join("?" * len(order))
        keys = dict(self._rows(f"SELECT row, id FROM keys WHERE row IN ({marks})", order))
        return [(keys[row], scores[row]) for row in order if row in keys]

    def _present(self, groups: Sequence[Sequence[str]]) -> list[list[str]]:
        """Return of each group the words that may occur and are not too common, rarest first."""
        most = self.highest_frequency([word for group in groups for word in group])
        limit = max(2.0, COMMON * self.size())
        return [
            sorted((w for w in set(group) if 0 < most[w] <= limit), key=lambda w: (most[w], w))[
                :MAX_ALTERNATIVES
            ]
            for group in groups
        ]

    def highest_frequency(self, words: Iterable[str]) -> dict[str, int]:
        """Return in how many chunks each word may stand at most: as the rarest of its units."""
        parts = {word: units(word) for word in words}
        frequency = self.document_frequency(list({u for found in parts.values() for u in found}))
        return {
            word: min((frequency[u] for u in found), default=0) for word, found in parts.items()
        }

    def document_frequency(self, wanted: Sequence[str]) -> dict[str, int]:
        """Return in how many chunks each unit occurs (0 where in none)."""
        found = dict.fromkeys(wanted, 0)
        marks = ",".join("?" * len(found))
        query = f"SELECT term, doc FROM vocabulary WHERE term IN ({marks})"
        found.update(self._rows(query, tuple(found)))
        return found

    def ids(self) -> set[str]:
        """Return every id."""
        return {key for (key,) in self._rows("SELECT id FROM keys")}

    def check(self) -> str | None:
        """Return what is wrong with the file and its word lists, None if nothing is."""
        try:
            (state,) = self._connection.execute("PRAGMA quick_check(1)").fetchone()
            if state == "ok":
                self._connection.execute("INSERT INTO texts (texts) VALUES ('integrity-check')")
                self._connection.rollback()
        except sqlite3.DatabaseError as error:
            return str(error)
        return None if state == "ok" else str(state)

    def compact(self) -> None:
        """Overwrite what was removed."""
        with _explained():
            self._connection.execute("INSERT INTO texts (texts) VALUES ('optimize')")
            self._connection.commit()
            self._connection.execute("VACUUM")
            self._connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")

    def size(self) -> int:
        """Return the number of texts."""
        return int(self._rows("SELECT count(*) FROM keys")[0][0])

    def _rows(self, query: str, values: Sequence[object] = ()) -> list[Any]:
        with _explained():
            return self._connection.execute(query, tuple(values)).fetchall()

    def _rarest(self, wanted: Sequence[str]) -> list[str]:
        frequency = self.document_frequency(wanted)
        present = [unit for unit in wanted if frequency[unit]]
        return sorted(present, key=lambda unit: frequency[unit])[:MAX_QUERY_UNITS]

    @staticmethod
    def _delete(connection: sqlite3.Connection, key: str) -> None:
        row = connection.execute("SELECT row FROM keys WHERE id = ?", (key,)).fetchone()
        if row:
            connection.execute("DELETE FROM texts WHERE rowid = ?", row)
            connection.execute("DELETE FROM keys WHERE row = ?", row)


@contextmanager
def _explained() -> Iterator[None]:
    """Turn what SQLite raises into a sentence."""
    try:
        yield
    except sqlite3.DatabaseError as error:
        raise _explain(error) from error


def _explain(error: sqlite3.DatabaseError) -> StoreError:
    if is_damage(error):
        return IndexDamagedError(f"词语索引已损坏（{error}）。{_REBUILD}")
    return StoreError(
        f"词语索引不能读写（{error}）。可能被其他程序锁住，或目录不可写、磁盘已满；"
        "已完成的文件不受影响。请处理后再试。"
    )
