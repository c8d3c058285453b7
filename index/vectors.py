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
import zlib
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import numpy as np

from index.errors import IndexDamagedError, StoreError
from index.sql import is_damage

if TYPE_CHECKING:
    from index.embed import PassageEncoder

log = logging.getLogger(__name__)

SLAB = 96  # texts embedded between two savings; a stop waits for no more
_MANY = 500
_CHECK = 4  # bytes of checksum after each vector
_T = TypeVar("_T")


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
        _unlink(path)
        return VectorCache(path)


class VectorCache:
    """float32 vectors of one model, by text key. Several threads may use it.

    Each has a checksum: a vector that the disk changed is not there. If the file turns
    out to be damaged, it is begun anew.
    """

    def __init__(self, path: Path) -> None:
        self._turn = threading.Lock()
        self._path = path
        self._connection = _connect(path)

    def close(self) -> None:
        """Give the file free."""
        self._connection.close()

    def use(self, fingerprint: str) -> None:
        """Keep vectors of that model only: those of another one are dropped."""

        def work(connection: sqlite3.Connection) -> None:
            row = connection.execute("SELECT value FROM about WHERE name='model'").fetchone()
            if row and row[0] != fingerprint:
                connection.execute("DELETE FROM vectors")
            connection.execute("REPLACE INTO about VALUES ('model', ?)", (fingerprint,))

        self._do(work)

    def get(self, keys: Sequence[str]) -> dict[str, np.ndarray]:
        """Return the vectors that are known, by key."""

        def work(connection: sqlite3.Connection) -> list[tuple[str, bytes]]:
            rows: list[tuple[str, bytes]] = []
            for at in range(0, len(keys), _MANY):
                part = list(keys[at : at + _MANY])
                marks = ",".join("?" * len(part))
                query = f"SELECT key, vector FROM vectors WHERE key IN ({marks})"
                rows += connection.execute(query, part).fetchall()
            return rows

        unpacked = ((key, _unpacked(blob)) for key, blob in self._do(work))
        return {key: vector for key, vector in unpacked if vector is not None}

    def put(self, keys: Sequence[str], vectors: np.ndarray) -> None:
        """Keep vectors, shape (len(keys), dimension)."""
        rows = [(key, _packed(row)) for key, row in zip(keys, vectors, strict=True)]
        self._do(lambda c: c.executemany("INSERT OR REPLACE INTO vectors VALUES (?, ?)", rows))

    def remove(self, keys: Sequence[str]) -> None:
        """Forget vectors; one that is not there is passed over."""
        rows = [(key,) for key in keys]
        self._do(lambda c: c.executemany("DELETE FROM vectors WHERE key = ?", rows))

    def keys(self) -> list[str]:
        """Return every text key."""
        return [key for (key,) in self._rows("SELECT key FROM vectors")]

    def size(self) -> int:
        """Return the number of vectors."""
        return int(self._rows("SELECT count(*) FROM vectors")[0][0])

    def compact(self) -> None:
        """Overwrite what was removed."""
        self._do(lambda connection: connection.execute("VACUUM"))
        self._rows("PRAGMA wal_checkpoint(TRUNCATE)")

    def copy_to(self, path: Path) -> None:
        """Write a consistent copy of the file."""
        copy = sqlite3.connect(path)
        try:
            self._do(lambda connection: connection.backup(copy))
        finally:
            copy.close()

    def _rows(self, query: str) -> list[Any]:
        return self._do(lambda connection: connection.execute(query).fetchall())

    def _do(self, work: Callable[[sqlite3.Connection], _T]) -> _T:
        """Return what ``work`` makes, in one transaction."""
        with self._turn:
            try:
                with self._connection as connection:
                    return work(connection)
            except sqlite3.DatabaseError as error:
                if not is_damage(error):
                    raise _locked(error) from error
                log.warning("%s", _damaged(self._path, error))
                self._renew()
                with self._connection as connection:
                    return work(connection)

    def _renew(self) -> None:
        self._connection.close()
        _unlink(self._path)
        self._connection = _connect(self._path)

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


def _connect(path: Path) -> sqlite3.Connection:
    try:
        connection = sqlite3.connect(path, timeout=5, check_same_thread=False)
        connection.execute("PRAGMA journal_mode=WAL")
        connection.execute("PRAGMA secure_delete=ON")
        connection.executescript(
            "CREATE TABLE IF NOT EXISTS about (name TEXT PRIMARY KEY, value TEXT);"
            "CREATE TABLE IF NOT EXISTS vectors (key TEXT PRIMARY KEY, vector BLOB NOT NULL)"
            ";"
        )
    except sqlite3.DatabaseError as error:
        raise (_damaged(path, error) if is_damage(error) else _locked(error)) from error
    return connection


def _unlink(path: Path) -> None:
    for file in path.parent.glob(path.name + "*"):
        file.unlink()


def _packed(vector: np.ndarray) -> bytes:
    content = vector.astype(np.float32).tobytes()
    return content + zlib.crc32(content).to_bytes(_CHECK, "little")


def _unpacked(blob: bytes) -> np.ndarray | None:
    """Return the vector, None if it is not as it was written."""
    content, check = blob[:-_CHECK], blob[-_CHECK:]
    sound = zlib.crc32(content).to_bytes(_CHECK, "little") == check
    return np.frombuffer(content, np.float32) if sound else None


def _locked(error: sqlite3.DatabaseError) -> StoreError:
    return StoreError(
        f"向量缓存不能读写（{error}）。可能被其他程序锁住，或目录不可写、磁盘已满；"
        "已完成的文件不受影响。请处理后再试。"
    )


def _damaged(path: Path, error: sqlite3.DatabaseError) -> IndexDamagedError:
    return IndexDamagedError(
        f"向量缓存 {path.name} 已损坏（{error}），已重新建立。文字和检索不受影响；"
        "运行 python -m index rebuild 可以补上留存的向量。"
    )
