"""Build the search stores anew beside those in use, prove them, and swap: one step in SQL.

They are made from the canonical texts alone, so a damaged vector store or word
index loses nothing. With another embedding model in the settings this is the
migration to it.
"""

from __future__ import annotations

import shutil
from collections.abc import Callable
from typing import TYPE_CHECKING

import numpy as np

from index.cleaning import clear_unfinished
from index.database import FileRecord
from index.errors import IndexDamagedError
from index.lexical import LexicalIndex, segmented
from index.library import Library
from index.preparing import embedded_text, split_all
from index.probe import missing
from index.records import Chunk, LoadedFile
from index.vectors import VectorCache, text_key

if TYPE_CHECKING:
    from index.store import VectorStore

GROUP = 256  # chunks handled together
PROVED = 2_000  # vectors that must be found before the swap, spread evenly
LOST = 0.01  # share of them that an approximate search may miss


class RebuildStopped(Exception):
    """Rebuilding was asked to stop; the stores in use are as they were."""


def rebuild(
    library: Library,
    progress: Callable[[int, int], None] = lambda *_: None,
    stop: Callable[[], bool] = lambda: False,
) -> int:
    """Build vector store and word index from the texts; return the number of chunks.

    Args:
        library: an index that is held open; questions are answered meanwhile.
        progress: called with characters done and in all.
        stop: asked often.

    Raises:
        RebuildStopped: ``stop`` said so.
        IndexDamagedError: the new store does not find what was put into it.
    """
    with library.writer:
        return _Rebuild(library, progress, stop).run()


class _Rebuild:
    def __init__(
        self, library: Library, progress: Callable[[int, int], None], stop: Callable[[], bool]
    ) -> None:
        self.library = library
        self.progress = progress
        self.stop = stop
        self.generation = library.generation + 1
        self.other_model = library.database.meta("model") not in (None, library.model_name)

    def run(self) -> int:
        from index.store import VectorStore

        library, database = self.library, self.library.database
        database.clear_stage()
        remove_unused_stores(library)
        vectors = self._vectors()
        store = VectorStore(library.store_folder(self.generation))
        lexical = LexicalIndex(library.lexical_file(self.generation))
        try:
            count = self._fill(store, lexical, vectors)
            self._prove(store, lexical, vectors, count)
        except BaseException:
            store.close()
            lexical.close()
            self._close_own(vectors)
            database.clear_stage()
            remove_unused_stores(library)
            raise
        store.close()
        lexical.close()
        self._close_own(vectors)
        self._swap()
        return count

    def _vectors(self) -> VectorCache:
        """Return the vectors to use: of another model they go into another file."""
        if not self.other_model:
            return self.library.vectors
        from index.embed import load_encoder

        settings = self.library.settings
        self.library.__dict__["encoder"] = load_encoder(
            settings.embedding_model, cache_dir=settings.cache_dir, precision=settings.precision
        )
        cache = VectorCache(self.library.vectors_file(self.generation))
        cache.use(self.library.encoder.fingerprint)
        return cache

    def _close_own(self, vectors: VectorCache) -> None:
        if vectors is not self.library.vectors:
            vectors.close()

    def _fill(self, store: VectorStore, lexical: LexicalIndex, vectors: VectorCache) -> int:
        files = self.library.database.files()
        total, done, count = sum(file.characters for file in files), 0, 0
        for file in files:
            chunks, texts = self._split(file)
            keys = [text_key(text) for text in texts]
            ids = self.library.database.stage(
                file.id, f"g{self.generation}-", list(zip(chunks, keys, strict=True))
            )
            for at in range(0, len(ids), GROUP):
                part = slice(at, at + GROUP)
                rows = vectors.embed(keys[part], texts[part], lambda: self.library.encoder)
                store.add(ids[part], texts[part], rows, [file.sample] * len(ids[part]))
                lexical.add_segmented(
                    (key, segmented(text)) for key, text in zip(ids[part], texts[part], strict=True)
                )
                self.progress(done + file.characters * (at + len(ids[part])) // len(ids), total)
                if self.stop():
                    raise RebuildStopped
            done += file.characters
            count += len(ids)
        return count

    def _split(self, file: FileRecord) -> tuple[list[Chunk], list[str]]:
        content = self.library.database.content(file.id)
        loaded = LoadedFile(content.text, file.media_type, content.blocks)
        chunks = split_all(loaded, content.structure, self.library.counter)
        return chunks, [embedded_text(chunk, content.structure) for chunk in chunks]

    def _prove(
        self, store: VectorStore, lexical: LexicalIndex, vectors: VectorCache, count: int
    ) -> None:
        if store.size() != count or lexical.size() != count:
            raise IndexDamagedError(
                f"新建的检索库有 {store.size()} 和 {lexical.size()} 段，应有 {count} 段，没有启用。"
                "请检查磁盘空间后再试。"
            )
        keys = self.library.database.sample_keys(PROVED, staged=True)
        known = vectors.get(list(keys.values()))
        ids = list(keys)
        if not ids:
            return
        lost = missing(store, ids, np.stack([known[keys[key]] for key in ids]))
        if len(lost) > LOST * len(ids):
            raise IndexDamagedError(
                f"新建的向量库试查 {len(ids)} 段，有 {len(lost)} 段查不到，没有启用。请再试一次。"
            )

    def _swap(self) -> None:
        library = self.library
        meta = {"generation": str(self.generation), "model": library.model_name}
        if self.other_model:
            meta |= {
                "vectors_generation": str(self.generation),
                "fingerprint": library.encoder.fingerprint,
            }
        with library.guarded():
            library.database.swap(meta)
            library.reopen()
        library.database.log("rebuilt", "")
        remove_unused_stores(library)
        clear_unfinished(library)  # what was withdrawn, or had been left half added


def remove_unused_stores(library: Library) -> None:
    """Remove stores of other generations: of an attempt, or of before a swap that was cut off."""
    used = (
        library.store_folder(library.generation),
        library.lexical_file(library.generation),
        library.vectors_file(library.vectors_generation),
    )
    folder = library.settings.data_dir
    for place in (p for kind in ("chroma*", "lexical*", "vectors*") for p in folder.glob(kind)):
        if place.is_dir() and place not in used:
            shutil.rmtree(place, ignore_errors=True)
        elif not place.is_dir() and not place.name.startswith(tuple(u.name for u in used)):
            place.unlink(missing_ok=True)
