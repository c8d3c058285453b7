"""Vectors in an embedded Chroma, through langchain-chroma. The one file that knows Chroma."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from index.errors import IndexDamagedError, IndexMismatchError

if TYPE_CHECKING:
    from langchain_core.embeddings import Embeddings

COLLECTION = "chunks"
SPACE = "cosine"
# Chroma 1.5.9 refuses more than 5,461 rows at once; smaller also shows progress.
BATCH = 1024


class VectorStore:
    """Chunk texts and their vectors, by chunk id; cosine distance."""

    def __init__(self, folder: Path, embeddings: Embeddings | None) -> None:
        import chromadb
        from chromadb.config import Settings
        from langchain_chroma import Chroma

        try:
            self._client = chromadb.PersistentClient(
                path=str(folder), settings=Settings(anonymized_telemetry=False)
            )
            self._chroma = Chroma(
                client=self._client,
                collection_name=COLLECTION,
                embedding_function=embeddings,
                collection_configuration={"hnsw": {"space": SPACE}},
            )
            # Reopening with another space leaves the old one in force in silence.
            space = self._client.get_collection(COLLECTION).configuration["hnsw"]["space"]
        except (chromadb.errors.ChromaError, KeyError, TypeError) as error:
            raise IndexDamagedError(
                f"向量库不能打开（{error}）。请删除该数据目录后重新建立索引。"
            ) from error
        if space != SPACE:
            raise IndexMismatchError(
                f"向量库用的距离是 {space}，本程序需要 {SPACE}。请另选 --data-dir 重新建立索引。"
            )

    def close(self) -> None:
        """Give the folder free."""
        self._client.close()

    def add(self, ids: Sequence[str], texts: Sequence[str], samples: Sequence[bool]) -> None:
        """Embed and keep texts under their ids."""
        for first in range(0, len(ids), BATCH):
            part = slice(first, first + BATCH)
            self._chroma.add_texts(
                list(texts[part]),
                metadatas=[{"sample": sample} for sample in samples[part]],
                ids=list(ids[part]),
            )

    def remove(self, ids: Sequence[str]) -> None:
        """Remove ids; one that is not there is passed over."""
        for first in range(0, len(ids), BATCH):
            self._chroma.delete(ids=list(ids[first : first + BATCH]))

    def search(
        self, vector: Sequence[float], top_k: int, sample: bool | None = None
    ) -> list[tuple[str, float]]:
        """Return up to ``top_k`` (id, cosine similarity), best first.

        ``sample`` limits the search to sample documents or to the user's own.
        """
        where = None if sample is None else {"sample": sample}
        found = self._chroma.similarity_search_by_vector_with_relevance_scores(
            list(vector),
            k=top_k,
            filter=where,  # type: ignore[arg-type]
        )
        # The name says relevance, the value is a distance: smaller is nearer.
        return [(str(document.id), 1.0 - distance) for document, distance in found]

    def size(self) -> int:
        """Return how many ids Chroma says that it holds."""
        return int(self._client.get_collection(COLLECTION).count())
