"""An opened index: what it holds, its texts, and search by meaning and by words."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import TYPE_CHECKING

from langchain_core.embeddings import Embeddings

from index.database import Database, FileContent, FileRecord, StoredChunk
from index.errors import NoIndexError, UnknownDocumentError
from index.ledger.book import Ledger
from index.ledger.loading import load_ledger
from index.lexical import LexicalIndex
from index.lock import owned
from index.records import Document, Reading
from index.settings import IndexSettings

if TYPE_CHECKING:
    from index.embed import PassageEncoder
    from index.store import VectorStore

TEXTS_KEPT = 32  # texts of recently cited files, in memory


@dataclass(frozen=True, slots=True)
class DocumentInfo:
    """One line of the list of documents; ``state`` is indexed or failed."""

    path: str
    title: str
    articles: tuple[str, ...]
    issuer: str | None
    date: str | None
    date_text: str | None
    media_type: str
    encoding: str | None
    state: str
    error: str | None
    notes: tuple[str, ...]
    characters: int
    chunks: int
    sample: bool
    indexed_at: str


class Library:
    """The index of one data directory. Open it with ``open_library``.

    Search sees the user's own documents only, as soon as there are any: samples
    step aside. Calls from several threads are safe.
    """

    def __init__(self, settings: IndexSettings) -> None:
        self.settings = settings
        self.database = Database(settings.sql_url)
        self.lexical = LexicalIndex(settings.data_dir / "lexical.sqlite")
        self._guard = threading.RLock()
        self._content = lru_cache(maxsize=TEXTS_KEPT)(self.database.content)

    @property
    def encoder(self) -> PassageEncoder:
        """The embedding model, loaded at first use."""
        with self._guard:  # the page warms up in one thread and answers in others
            if "encoder" not in self.__dict__:
                from index.embed import load_encoder

                settings = self.settings
                self.__dict__["encoder"] = load_encoder(
                    settings.embedding_model, cache_dir=settings.cache_dir
                )
            encoder: PassageEncoder = self.__dict__["encoder"]
            return encoder

    @property
    def store(self) -> VectorStore:
        """The vectors, opened at first use."""
        with self._guard:
            if "store" not in self.__dict__:
                from index.store import VectorStore

                folder = self.settings.data_dir / "chroma"
                self.__dict__["store"] = VectorStore(folder, _Lazy(lambda: self.encoder))
            store: VectorStore = self.__dict__["store"]
            return store

    def close(self) -> None:
        """Give the files free."""
        if "store" in self.__dict__:
            self.store.close()
        self.lexical.close()
        self.database.close()

    def refresh(self) -> None:
        """Forget what was kept in memory, after indexing."""
        self._content.cache_clear()
        for name in ("_files", "_active", "_by_source", "_ledger"):
            self.__dict__.pop(name, None)

    @cached_property
    def _files(self) -> list[FileRecord]:
        return self.database.files()

    @cached_property
    def _by_source(self) -> dict[str, FileRecord]:
        return {file.source: file for file in self._files}

    @cached_property
    def _active(self) -> dict[int, FileRecord]:
        own = [file for file in self._files if not file.sample]
        return {file.id: file for file in own or self._files}

    @property
    def samples_only(self) -> bool:
        """Whether answers come from the sample documents."""
        return any(file.sample for file in self._active.values())

    def files(self) -> list[FileRecord]:
        """Return the files that answers come from, by path."""
        return list(self._active.values())

    def files_by_source(self) -> dict[str, FileRecord]:
        """Return the visible files by where they lie on disk."""
        return self._by_source

    def documents(self) -> list[DocumentInfo]:
        """Return every file, searched or not, by path; files that failed last."""
        indexed = [self._describe(file) for file in self._files]
        failed = [
            DocumentInfo(
                f.path, f.path, (), None, None, None, "", None, "failed", f.reason, (), 0, 0,
                f.sample, f.seen_at,
            )
            for f in self.database.failures()
        ]  # fmt: skip
        return indexed + failed

    def file(self, path: str) -> FileRecord:
        """Return the file of that name.

        Raises:
            UnknownDocumentError: there is none.
        """
        for file in self._files:
            if file.path == path:
                return file
        raise UnknownDocumentError(
            f"索引里没有名为“{path}”的文件。用 python -m index list 查看已有的文件名。"
        )

    def file_by_id(self, file_id: int) -> FileRecord:
        """Return a file that answers may come from."""
        return self._active[file_id]

    def content(self, file_id: int) -> FileContent:
        """Return text, blocks and structure of a file by its id."""
        with self._guard:
            return self._content(file_id)

    def text(self, path: str) -> str:
        """Return the canonical text of a file."""
        return self.content(self.file(path).id).text

    def reading(self, path: str) -> Reading:
        """Return how the file is read: its text with the debris marked."""
        return self.content(self.file(path).id).structure.reading

    def sections(self, path: str) -> list[tuple[int, str, int]]:
        """Return (level, heading, start) of every section of a file, in order."""
        documents = self.content(self.file(path).id).structure.documents
        return [(s.level, s.heading, s.start) for d in documents for s in d.sections]

    def articles(self, file_id: int) -> tuple[Document, ...]:
        """Return the documents that a file holds."""
        return self.content(file_id).structure.documents

    @property
    def ledger(self) -> Ledger:
        """The records, figures and findings of the files that answers come from."""
        with self._guard:
            return self._ledger

    @cached_property
    def _ledger(self) -> Ledger:
        return load_ledger(self.database, self._active.values())

    def reload_ledger(self) -> None:
        """Take up what staff have set right since the ledger was loaded."""
        with self._guard:
            loaded = self.__dict__.get("_ledger")
            if loaded is not None:  # what was read from the files is still the same
                self.__dict__["_ledger"] = Ledger(loaded.files, self.database.ledger)

    def search_meaning(self, vector: Sequence[float], top_k: int) -> list[tuple[str, float]]:
        """Return up to ``top_k`` (chunk id, cosine similarity), best first."""
        mixed = len(self._active) < len(self._files)
        with self._guard:
            return self.store.search(vector, top_k, sample=False if mixed else None)

    def search_words(self, query: str, top_k: int) -> list[tuple[str, float]]:
        """Return up to ``top_k`` (chunk id, BM25 score), best first."""
        with self._guard:
            return self.lexical.search(query, top_k)

    def word_frequency(self, wanted: Sequence[str]) -> dict[str, int]:
        """Return in how many chunks each lexical unit occurs."""
        with self._guard:
            return self.lexical.document_frequency(wanted)

    def size(self) -> int:
        """Return the number of chunks."""
        with self._guard:
            return self.lexical.size()

    def chunks(self, ids: Sequence[str]) -> dict[str, StoredChunk]:
        """Return those of the chunks that answers may use, by id."""
        found = self.database.chunks(ids)
        return {key: chunk for key, chunk in found.items() if chunk.file_id in self._active}

    def _describe(self, file: FileRecord) -> DocumentInfo:
        articles = self.database.articles(file.id)
        first = articles[0] if articles else None
        titles = tuple(article.title for article in articles)
        return DocumentInfo(
            path=file.path,
            title=titles[0] if titles else file.path,
            articles=titles,
            issuer=first.issuer if first else None,
            date=first.date if first else None,
            date_text=first.date_text if first else None,
            media_type=file.media_type,
            encoding=file.encoding,
            state="indexed",
            error=None,
            notes=file.notes,
            characters=file.characters,
            chunks=file.chunk_count,
            sample=file.sample,
            indexed_at=file.indexed_at,
        )


@contextmanager
def open_library(
    settings: IndexSettings, purpose: str, *, create: bool = False
) -> Iterator[Library]:
    """Hold the data directory and yield its index; ``purpose`` names us to others.

    Raises:
        NoIndexError: nothing was indexed there, and ``create`` is not set.
        StoreError: it is held by another process, damaged, or of another version.
    """
    if not create and not (settings.data_dir / "lexical.sqlite").exists():
        raise NoIndexError(
            f"数据目录 {settings.data_dir} 里还没有索引。"
            f"请先建立：python -m index 文件夹 --data-dir {settings.data_dir}"
        )
    with ExitStack() as stack:
        stack.enter_context(owned(settings.data_dir, purpose))
        library = Library(settings)
        stack.callback(library.close)
        yield library


class _Lazy(Embeddings):
    """Embeddings that load their model when they are first needed."""

    def __init__(self, load: Callable[[], PassageEncoder]) -> None:
        self._load = load

    def embed_documents(self, texts: list[str]) -> list[list[float]]:
        return self._load().embed_documents(texts)

    def embed_query(self, text: str) -> list[float]:
        return self._load().embed_query(text)
