"""Vectors in an embedded Chroma, through langchain-chroma. The one file that knows Chroma."""

from __future__ import annotations

import ctypes
import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager, suppress
from pathlib import Path

import numpy as np

from index.errors import IndexDamagedError, IndexMismatchError, StoreError

_M_PERTURB = -6  # malloc.h
COLLECTION = "chunks"
SPACE = "cosine"
# Reports repeat themselves: of 3,679 lines of a template the default graph (16, 100, 100)
# did not find 21 by their own vectors, this one finds all, and is built as fast.
GRAPH = {"max_neighbors": 32, "ef_construction": 200, "ef_search": 200}
# Chroma 1.5.9 refuses more than 5,461 rows at once; smaller also shows progress.
BATCH = 1024
BUSY_SECONDS = 5
REBUILD = "文字和台账不受影响；请运行 python -m index rebuild 重建检索库。"


class VectorStore:
    """Chunk texts and their vectors, by chunk id; cosine distance.

    It is opened on a folder that was probed (``index.probe``): Chroma may hang on a
    locked file and end the process on a damaged one.
    """

    def __init__(self, folder: Path) -> None:
        import chromadb
        from chromadb.config import Settings
        from langchain_chroma import Chroma

        _fill_memory()
        self._database = folder / "chroma.sqlite3"
        self._check_free()
        try:
            self._client = chromadb.PersistentClient(
                path=str(folder), settings=Settings(anonymized_telemetry=False)
            )
            self._chroma = Chroma(
                client=self._client,
                collection_name=COLLECTION,
                embedding_function=None,
                collection_configuration={"hnsw": {"space": SPACE, **GRAPH}},
            )
            # Reopening with another space leaves the old one in force in silence.
            self._collection = self._client.get_collection(COLLECTION, embedding_function=None)
            space = self._collection.configuration["hnsw"]["space"]
        except (chromadb.errors.ChromaError, KeyError, TypeError) as error:
            raise IndexDamagedError(f"向量库不能打开（{error}）。{REBUILD}") from error
        if space != SPACE:
            raise IndexMismatchError(f"向量库用的距离是 {space}，本程序需要 {SPACE}。{REBUILD}")

    def close(self) -> None:
        """Give the folder free."""
        self._client.close()

    def add(
        self,
        ids: Sequence[str],
        texts: Sequence[str],
        vectors: np.ndarray,
        samples: Sequence[bool],
    ) -> None:
        """Keep texts with their vectors, shape (len(ids), dimension), under new ids."""
        for first in range(0, len(ids), BATCH):
            part = slice(first, first + BATCH)
            with self._explained():
                self._collection.add(
                    ids=list(ids[part]),
                    documents=[_storable(text) for text in texts[part]],
                    embeddings=vectors[part],
                    metadatas=[{"sample": sample} for sample in samples[part]],
                )

    def remove(self, ids: Sequence[str]) -> None:
        """Remove ids; one that is not there is passed over."""
        for first in range(0, len(ids), BATCH):
            with self._explained():
                self._collection.delete(ids=list(ids[first : first + BATCH]))

    def search_among(
        self, vector: Sequence[float], top_k: int, ids: Sequence[str]
    ) -> list[tuple[str, float]]:
        """Return up to ``top_k`` (id, cosine similarity) of those ids, best first.

        Of 20,000 chunks it took 8 to 21 ms for 1 to 90 in a hundred of them, and found 99
        in a hundred of what an exact search found; a condition on metadata took 20 to 65 ms.
        """
        if not ids:
            return []
        with self._explained(writing=False):
            found = self._collection.query(
                query_embeddings=[list(vector)],
                n_results=min(top_k, len(ids)),
                ids=list(ids),
                include=["distances"],
            )
        distances = (found["distances"] or [[]])[0]
        return [(key, 1.0 - far) for key, far in zip(found["ids"][0], distances, strict=True)]

    def search(
        self, vector: Sequence[float], top_k: int, sample: bool | None = None
    ) -> list[tuple[str, float]]:
        """Return up to ``top_k`` (id, cosine similarity), best first.

        ``sample`` limits the search to sample documents or to the user's own.
        """
        where = None if sample is None else {"sample": sample}
        with self._explained(writing=False):
            found = self._chroma.similarity_search_by_vector_with_relevance_scores(
                list(vector),
                k=top_k,
                filter=where,  # type: ignore[arg-type]
            )
        # The name says relevance, the value is a distance: smaller is nearer.
        return [(str(document.id), 1.0 - distance) for document, distance in found]

    def nearest(self, vectors: np.ndarray, top_k: int) -> list[list[str]]:
        """Return the ids nearest to each vector, best first."""
        with self._explained(writing=False):
            found = self._collection.query(query_embeddings=vectors, n_results=top_k, include=[])
        return [list(row) for row in found["ids"]]

    def get(self, ids: Sequence[str]) -> dict[str, tuple[str, np.ndarray]]:
        """Return text and vector of those ids that are there."""
        found: dict[str, tuple[str, np.ndarray]] = {}
        for first in range(0, len(ids), BATCH):
            with self._explained(writing=False):
                rows = self._collection.get(
                    ids=list(ids[first : first + BATCH]), include=["documents", "embeddings"]
                )
            texts, vectors = rows["documents"] or [], rows["embeddings"]
            for key, text, vector in zip(rows["ids"], texts, vectors, strict=True):
                found[key] = (text, np.asarray(vector, np.float32))
        return found

    def ids(self) -> set[str]:
        """Return every id."""
        with self._explained(writing=False):
            return set(self._collection.get(include=[])["ids"])

    def size(self) -> int:
        """Return how many ids Chroma says that it holds; what is searchable may be fewer."""
        return int(self._collection.count())

    def _check_free(self) -> None:
        """Raise if another program locks Chroma's file: Chroma itself waits for 1,000 s."""
        if not self._database.exists():
            return
        try:
            with closing(sqlite3.connect(self._database, timeout=BUSY_SECONDS)) as connection:
                connection.execute("BEGIN IMMEDIATE")
                connection.rollback()
        except sqlite3.OperationalError as error:
            raise StoreError(
                f"向量库被其他程序（如备份、杀毒软件）锁住，或不可写（{error}）。"
                "请等它结束或关闭它之后再试。"
            ) from error
        except sqlite3.DatabaseError as error:
            raise IndexDamagedError(f"向量库已损坏（{error}）。{REBUILD}") from error

    @contextmanager
    def _explained(self, writing: bool = True) -> Iterator[None]:
        """Turn what Chroma raises into a sentence."""
        import chromadb

        if writing:
            self._check_free()
        try:
            yield
        except chromadb.errors.ChromaError as error:
            # Chroma does not always say so when the disk is full: its compaction just fails.
            if writing or any(sign in str(error) for sign in ("full", "No space", "disk I/O")):
                raise StoreError(
                    f"向量没有写完（{error}），多半是磁盘已满；已完成的文件不受影响。"
                    "请腾出空间后再运行一次；仍然出错时，请运行 python -m index rebuild。"
                ) from error
            raise IndexDamagedError(f"向量库出错（{error}）。{REBUILD}") from error


def _fill_memory() -> None:
    """Let the C library overwrite memory as it is given out.

    The files of the graph hold memory that was never set: after an erasure, words of the
    erased text were found in a store that had been built without it.
    """
    with suppress(OSError, AttributeError):  # only the GNU C library has it
        ctypes.CDLL(None).mallopt(_M_PERTURB, 0x5A)


def _storable(text: str) -> str:
    """Return ``text`` without lone surrogates, which Chroma cannot keep."""
    return text.encode("utf-8", "replace").decode("utf-8")
