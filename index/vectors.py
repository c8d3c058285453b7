"""Vectors by the text that they are of, kept outside Chroma.

So Chroma can be rebuilt without the model, a text that is already known (a renamed
file, an unchanged paragraph of a corrected one) is not embedded again, and a run
that is stopped in the middle of a large file goes on where it was. What is lost
here is embedded again, nothing more.
"""

from __future__ import annotations

import hashlib
import logging
import sqlite3
import threading
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from index.errors import IndexDamagedError, StoreError

if TYPE_CHECKING:
    from index.embed import PassageEncoder

log = logging.getLogger(__name__)

SLAB = 256  # texts embedded between two savings
_MANY = 500


def text_key(text: str) -> str:
    """Return the name of what is embedded: 32 hexadecimal digits."""
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:32]


def open_vectors(path: Path) -> VectorCache:
    """Return the vectors kept in a file; a damaged one is begun anew, they are only copies.

    Raises:
        StoreError: it is locked, or cannot be written.
    """
    try:
        return VectorCache(path)
    except IndexDamagedError as error:
        log.warning("%s", error)
        for file in path.parent.glob(path.name + "*"):
            file.unlink()
        return VectorCache(path)


class VectorCache:
    """float32 vectors of one model, by text key. Several threads may use it."""

    def __init__(self, path: Path) -> None:
        self._turn = threading.Lock()
        try:
            self._connection = sqlite3.connect(path, timeout=5, check_same_thread=False)
            self._connection.execute("PRAGMA journal_mode=WAL")
            self._connection.execute("PRAGMA secure_delete=ON")
            self._connection.executescript(
                "CREATE TABLE IF NOT EXISTS about (name TEXT PRIMARY KEY, value TEXT);"
                "CREATE TABLE IF NOT EXISTS vectors (key TEXT PRIMARY KEY, vector BLOB NOT NULL)"
                " WITHOUT ROWID;"
            )
        except sqlite3.OperationalError as error:
            raise StoreError(
                f"向量缓存不能打开（{error}）。可能被其他程序锁住，或磁盘已满。请处理后再试。"
            ) from error
        except sqlite3.DatabaseError as error:
            raise IndexDamagedError(
                f"向量缓存 {path.name} 已损坏（{error}），已重新建立。文字和检索不受影响；"
                "运行 python -m index rebuild 可以补上留存的向量。"
            ) from error

    def close(self) -> None:
        """Give the file free."""
        self._connection.close()

    def use(self, fingerprint: str) -> None:
        """Keep vectors of that model only: those of another one are dropped."""
        with self._turn, self._connection as connection:
            row = connection.execute("SELECT value FROM about WHERE name='model'").fetchone()
            if row and row[0] != fingerprint:
                connection.execute("DELETE FROM vectors")
            connection.execute("REPLACE INTO about VALUES ('model', ?)", (fingerprint,))

    def get(self, keys: Sequence[str]) -> dict[str, np.ndarray]:
        """Return the vectors that are known, by key."""
        found: dict[str, np.ndarray] = {}
        with self._turn:
            for at in range(0, len(keys), _MANY):
                part = list(keys[at : at + _MANY])
                marks = ",".join("?" * len(part))
                rows = self._connection.execute(
                    f"SELECT key, vector FROM vectors WHERE key IN ({marks})", part
                )
                found.update((key, np.frombuffer(blob, np.float32)) for key, blob in rows)
        return found

    def put(self, keys: Sequence[str], vectors: np.ndarray) -> None:
        """Keep vectors, shape (len(keys), dimension)."""
        rows = [
            (key, row.astype(np.float32).tobytes()) for key, row in zip(keys, vectors, strict=True)
        ]
        with self._turn, self._connection as connection:
            connection.executemany("INSERT OR REPLACE INTO vectors VALUES (?, ?)", rows)

    def remove(self, keys: Sequence[str]) -> None:
        """Forget vectors; one that is not there is passed over."""
        with self._turn, self._connection as connection:
            connection.executemany("DELETE FROM vectors WHERE key = ?", [(key,) for key in keys])

    def keys(self) -> list[str]:
        """Return every text key."""
        with self._turn:
            return [key for (key,) in self._connection.execute("SELECT key FROM vectors")]

    def size(self) -> int:
        """Return the number of vectors."""
        with self._turn:
            return int(self._connection.execute("SELECT count(*) FROM vectors").fetchone()[0])

    def compact(self) -> None:
        """Overwrite what was removed."""
        with self._turn:
            self._connection.execute("VACUUM")
            self._connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")

    def copy_to(self, path: Path) -> None:
        """Write a consistent copy of the file."""
        copy = sqlite3.connect(path)
        try:
            with self._turn:
                self._connection.backup(copy)
        finally:
            copy.close()

    def embed(
        self,
        keys: Sequence[str],
        texts: Sequence[str],
        encoder: Callable[[], PassageEncoder],
        progress: Callable[[int], None] = lambda _: None,
    ) -> np.ndarray:
        """Return one vector per text, shape (len(texts), dimension); known ones are not computed.

        ``encoder`` is called only if something must be computed. ``progress`` gets the
        number of texts done since its last call; what is done is saved at once.
        """
        known = self.get(keys)
        missing: dict[str, int] = {}  # each text once, at its first place
        for place, key in enumerate(keys):
            if key not in known:
                missing.setdefault(key, place)
        progress(len(keys) - len(missing))
        todo = list(missing.items())
        for at in range(0, len(todo), SLAB):
            part = todo[at : at + SLAB]
            rows = encoder().encode_passages([texts[place] for _, place in part])
            self.put([key for key, _ in part], rows)
            known.update((key, row) for (key, _), row in zip(part, rows, strict=True))
            progress(len(part))
        return np.stack([known[key] for key in keys]) if keys else np.empty((0, 0), np.float32)
