"""An opened index: what it holds, its texts, and search by meaning and by words."""

from __future__ import annotations

import json
import threading
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from functools import cached_property, lru_cache
from pathlib import Path
from typing import TYPE_CHECKING
from weakref import WeakSet

from index.database import About, Database, FileContent, FileRecord, StoredChunk
from index.errors import (
    IndexDamagedError,
    IndexMismatchError,
    NoIndexError,
    StoreError,
    UnknownDocumentError,
)
from index.ledger.book import FileInfo, Ledger
from index.ledger.loading import load_infos
from index.ledger.tablednames import with_tabled_names
from index.ledger.toldreasons import with_told_reasons
from index.lexical import LexicalIndex
from index.lock import owned
from index.probe import Probe, Trial
from index.records import Box, Document, Reading
from index.settings import IndexSettings
from index.sources import place_of, written
from index.token_counter import load_token_counter
from index.vectors import open_vectors

if TYPE_CHECKING:
    from index.embed import PassageEncoder
    from index.ledger.records import FileLedger
    from index.preparing import Counter as TokenCounts
    from index.store import VectorStore

# Tells of a document's name and its content's hash whether it may be seen.
Sees = Callable[[str, str], bool]
TEXTS_KEPT = 32  # texts of recently cited files, in memory
MOST_COPIES = 8  # of one content that a search sees past
TRIALS = 64  # vectors that must be found before a store is trusted
BUNDLED = "multilingual-e5-small"  # the name under which the bundled model is kept
UNFINISHED = ".making-"  # begins the name of a folder that is used while a backup is made
UPLOADS = "uploads"  # folder, in the data directory, of files added on the page


@dataclass(frozen=True, slots=True)
class DocumentInfo:
    """One line of the list of documents.

    ``state`` is indexed, failed, withdrawn or removed. ``version`` counts from 1;
    ``versions`` are how many there are.
    """

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
    version: int = 1
    versions: int = 1
    uploaded: bool = False


@lru_cache(maxsize=4)
def _counter(model: str | None, cache_dir: Path | None) -> TokenCounts:
    return load_token_counter(model, cache_dir)


class Library:
    """The index of one data directory. Open it with ``open_library``.

    Search sees the user's own documents only, as soon as there are any: samples
    step aside. Calls from several threads are safe.
    """

    def __init__(self, settings: IndexSettings) -> None:
        self.settings = settings
        self.database = Database(settings.sql_url)
        self._guard = threading.RLock()
        self._content = lru_cache(maxsize=TEXTS_KEPT)(self.database.content)
        self._infos: dict[int, FileInfo] = {}
        self._probe: Probe | None = None
        self.writer = threading.RLock()  # held by whoever changes what is in the index
        self.edition = 0  # counts how often what is searched has changed
        self._parts: WeakSet[Library] = WeakSet()  # as some see it: index/seen.py
        self._follow_move()
        self.vectors = open_vectors(self.vectors_file(self.vectors_generation))
        self.unsound: StoreError | None = None  # why search does not work, if it does not
        self.lexical = self._open_lexical()

    def roots(self) -> list[Path]:
        """Return the folders and files that were indexed from, as far as they are there."""
        kept = json.loads(self.database.meta("roots") or "[]")
        return [root for root in map(place_of, kept) if root.exists()]

    def remember_roots(self, roots: Sequence[Path]) -> None:
        """Keep where documents are indexed from, for ``verify``."""
        every = {written(root.absolute()) for root in [*self.roots(), *roots]}
        self.database.set_meta("roots", json.dumps(sorted(every), ensure_ascii=False))

    @property
    def uploads(self) -> Path:
        """The folder of the files that were added on the page."""
        return self.settings.data_dir / UPLOADS

    @property
    def incoming(self) -> Path:
        """The folder of uploads on their way, on the disk of the index."""
        return self.uploads / ".incoming"

    def _follow_move(self) -> None:
        """Take note if the data directory was moved: uploaded files lie in it."""
        was, here = self.database.meta("uploads"), str(self.uploads)
        if was is not None and was != here:
            self.database.move_sources(was, here)
        if was != here:
            self.database.set_meta("uploads", here)

    @property
    def generation(self) -> int:
        """Which of the search stores in the data directory is the one in use."""
        return int(self.database.meta("generation") or 0)

    def lexical_file(self, generation: int) -> Path:
        """Return where the word index of that generation lies."""
        return self.settings.data_dir / f"lexical{_suffix(generation)}.sqlite"

    @property
    def vectors_generation(self) -> int:
        """Which of the files of vectors is the one in use."""
        return int(self.database.meta("vectors_generation") or 0)

    def vectors_file(self, generation: int) -> Path:
        """Return where the vectors of that generation lie."""
        return self.settings.data_dir / f"vectors{_suffix(generation)}.sqlite"

    def store_folder(self, generation: int) -> Path:
        """Return where the vector store of that generation lies."""
        return self.settings.data_dir / f"chroma{_suffix(generation)}"

    @property
    def model_name(self) -> str:
        """The name of the embedding model that the settings ask for."""
        return self.settings.embedding_model or BUNDLED

    @property
    def counter(self) -> TokenCounts:
        """Counts tokens as the embedding model does; can be sent to another process."""
        made = self.__dict__.get("encoder")
        if made is not None:
            counter: TokenCounts = made.token_counter
            return counter
        return _counter(self.settings.embedding_model, self.settings.cache_dir)

    @property
    def encoder(self) -> PassageEncoder:
        """The embedding model, loaded at first use."""
        if "encoder" in self.__dict__:  # else it would wait for whoever searches or writes
            made: PassageEncoder = self.__dict__["encoder"]
            return made
        with self._guard:  # the page warms up in one thread and answers in others
            if "encoder" not in self.__dict__:
                from index.embed import load_encoder

                settings = self.settings
                loaded = load_encoder(
                    settings.embedding_model,
                    cache_dir=settings.cache_dir,
                    precision=settings.precision,
                )
                self.check_model(loaded.fingerprint)
                self.__dict__["encoder"] = loaded
            encoder: PassageEncoder = self.__dict__["encoder"]
            return encoder

    def check_model(self, fingerprint: str | None = None) -> None:
        """Raise ``IndexMismatchError`` if the index was made with another model."""
        have, name = self.database.meta("model"), self.model_name
        other = have is not None and have != name
        made = self.database.meta("fingerprint")
        if other or (fingerprint and made and made != fingerprint):
            what = f"模型 {have}" if other else f"另一份 {have} 模型的权重"
            raise IndexMismatchError(
                f"该索引是用{what}建立的，现在的设置是 {name}，两者的向量不能混用。"
                "请改回原来的模型；要换用现在的模型，请运行 python -m index rebuild，"
                "它在旁边建好新的检索库再替换；也可以用 --data-dir 另建一个索引。"
            )

    @property
    def store(self) -> VectorStore:
        """The vectors, opened at first use; they were tried in another process before.

        Raises:
            StoreError: the store is locked or damaged.
        """
        with self._guard:
            if "store" not in self.__dict__:
                from index.store import VectorStore

                self._check_sound()
                self.__dict__["store"] = VectorStore(self.store_folder(self.generation))
            store: VectorStore = self.__dict__["store"]
            return store

    def _open_lexical(self) -> LexicalIndex:
        """Open the word index; a damaged one is only said to be, so that it can be rebuilt."""
        try:
            return LexicalIndex(self.lexical_file(self.generation))
        except IndexDamagedError as error:
            self.unsound = error
            return LexicalIndex(Path(":memory:"))

    def begin_probe(self) -> None:
        """Try the vector store in another process while this one goes on."""
        keys = self.database.sample_keys(TRIALS)
        vectors = self.vectors.get(list(keys.values()))
        ids = [key for key, text in keys.items() if text in vectors]
        expected = self.database.count_chunks()
        if not expected:
            return
        import numpy as np

        rows = np.stack([vectors[keys[key]] for key in ids]) if ids else np.empty((0, 0))
        folder = self.store_folder(self.generation)
        self._probe = Probe(Trial(folder, tuple(ids), rows, expected))

    def _check_sound(self) -> None:
        """Raise what the trial of the store found."""
        if self._probe is not None:
            probe, self._probe = self._probe, None
            try:
                probe.wait()
            except StoreError as error:
                self.unsound = error
        if self.unsound is not None:
            raise self.unsound

    def problems(self) -> list[str]:
        """Return what is wrong with the stores, in sentences; empty when all is sound."""
        with self._guard:
            try:
                if "store" not in self.__dict__:
                    self._check_sound()
                have, expected = self.lexical.size(), self.database.count_chunks()
            except StoreError as error:
                return [str(error)]
        if have < expected:
            return [
                f"词语索引只有 {have} 段，应有 {expected} 段。"
                "文字和台账不受影响；请运行 python -m index rebuild 重建检索库。"
            ]
        return []

    def reopen(self) -> None:
        """Open the search stores that are in use now: another generation took over."""
        with self._guard:
            self.close_stores()
            self.vectors.close()
            self.vectors = open_vectors(self.vectors_file(self.vectors_generation))
            self.unsound = None
            self.lexical = self._open_lexical()
            self.refresh()

    def close_stores(self) -> None:
        """Give the files of the search stores free."""
        if self._probe is not None:
            self._probe.stop()
            self._probe = None
        opened = self.__dict__.pop("store", None)
        if opened is not None:
            opened.close()
        self.lexical.close()

    def close(self) -> None:
        """Give the files free."""
        self.close_stores()
        self.vectors.close()
        self.database.close()

    def guarded(self) -> threading.RLock:
        """Return the lock that all use of the stores takes; hold it for short."""
        return self._guard

    def refresh(self) -> None:
        """Forget what was kept in memory, after indexing."""
        with self._guard:
            self.edition += 1
            self._content.cache_clear()
            for name in ("_files", "_active", "_twins", "_documents", "_ledger"):
                self.__dict__.pop(name, None)

    @cached_property
    def _files(self) -> list[FileRecord]:
        return self.database.files()

    @cached_property
    def _active(self) -> dict[int, FileRecord]:
        own = [file for file in self._files if not file.sample]
        return {file.id: file for file in own or self._files if file.id not in self._twins}

    @cached_property
    def _twins(self) -> dict[int, str]:
        """Files with the same content as another: its path, by their ids.

        Answers use one of them, or every project would be counted twice.
        """
        first: dict[tuple[str, bool], FileRecord] = {}
        for file in sorted(self._files, key=lambda file: file.id):
            first.setdefault((file.sha256, file.sample), file)
        return {
            file.id: first[file.sha256, file.sample].path
            for file in self._files
            if first[file.sha256, file.sample].id != file.id
        }

    @property
    def samples_only(self) -> bool:
        """Whether answers come from the sample documents."""
        return any(file.sample for file in self._active.values())

    def files(self) -> list[FileRecord]:
        """Return the files that answers come from, by path."""
        return list(self._active.values())

    def documents(self) -> list[DocumentInfo]:
        """Return every document, searched or not, by path; files that failed last."""
        with self._guard:
            return list(self._documents)

    @cached_property
    def _documents(self) -> list[DocumentInfo]:
        return self._list(self.database, lambda path, sha256: True)

    def _list(self, database: Database, sees: Sees) -> list[DocumentInfo]:
        about, counts = database.about(), database.version_counts()
        current = {file.path for file in self._files}
        gone = {
            file.path: file
            for file in database.files("withdrawn", "removed")
            if file.path not in current and sees(file.path, file.sha256)
        }
        shown = sorted([*self._files, *gone.values()], key=lambda file: file.path)
        listed = [self._describe(file, about[file.id], counts) for file in shown]
        failed = [
            DocumentInfo(
                f.path, f.path, (), None, None, None, "", None, "failed", f.reason, (), 0, 0,
                f.sample, f.seen_at, uploaded=self._is_upload(f.source),
            )
            for f in database.failures()
            if sees(f.path, f.sha256)
        ]  # fmt: skip
        return listed + failed

    def history(self, path: str) -> list[FileRecord]:
        """Return the versions of a document, newest first.

        Raises:
            UnknownDocumentError: there is none of that name.
        """
        versions = self.database.history(path)
        if not versions:
            raise _unknown(path)
        return versions

    def file(self, path: str, version: int | None = None) -> FileRecord:
        """Return the current file of that name, or that version of it.

        Raises:
            UnknownDocumentError: there is none.
        """
        if version is None:
            for file in self._files:
                if file.path == path:
                    return file
            raise _unknown(path)
        for file in self.database.history(path):
            if file.version == version:
                return file
        raise UnknownDocumentError(
            f"“{path}”没有第 {version} 版。用 python -m index history 查看它的各个版本。"
        )

    def file_by_id(self, file_id: int) -> FileRecord:
        """Return a file, be it current or not: an answer may be older than the index."""
        return self._active.get(file_id) or self.database.file(file_id)

    def content(self, file_id: int) -> FileContent:
        """Return text, blocks and structure of a file by its id."""
        with self._guard:
            return self._content(file_id)

    def text(self, path: str, version: int | None = None) -> str:
        """Return the canonical text of a file, of its current version if none is named."""
        return self.content(self.file(path, version).id).text

    def reading(self, path: str, version: int | None = None) -> Reading:
        """Return how the file is read: its text with the debris marked."""
        return self.content(self.file(path, version).id).structure.reading

    def sections(self, path: str, version: int | None = None) -> list[tuple[int, str, int]]:
        """Return (level, heading, start) of every section of a file, in order."""
        documents = self.content(self.file(path, version).id).structure.documents
        return [(s.level, s.heading, s.start) for d in documents for s in d.sections]

    def boxes(self, file_id: int) -> tuple[Box, ...]:
        """Return where the words of a file stand on its pages."""
        return self.database.boxes(file_id)

    def read_ledger(self, file_id: int) -> FileLedger | None:
        """Return what was read from a file, None where its reading is not kept any more."""
        return self.database.ledger.get([file_id]).get(file_id)

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
        # What was read from a file never changes, so only new files are loaded.
        missing = [file for file in self._active.values() if file.id not in self._infos]
        loaded = {info.id: info for info in load_infos(self.database, missing)}
        known = self._infos | loaded
        self._infos = {file_id: known[file_id] for file_id in self._active if file_id in known}
        files = with_told_reasons(with_tabled_names(self._infos.values()), self.content)
        return Ledger(files, self.database.ledger)

    def reload_ledger(self) -> None:
        """Take up what staff have set right since the ledger was loaded."""
        with self._guard:
            loaded = self.__dict__.get("_ledger")
            if loaded is not None:  # what was read from the files is still the same
                self.__dict__["_ledger"] = Ledger(loaded.files, self.database.ledger)
            for part in self._parts:
                part.__dict__.pop("_ledger", None)

    def search_meaning(self, vector: Sequence[float], top_k: int) -> list[tuple[str, float]]:
        """Return up to ``top_k`` (chunk id, cosine similarity), best first."""
        with self._guard:
            mixed = any(file.sample for file in self._files) and not self.samples_only
            wanted = self._with_twins(top_k)
            found = self.store.search(vector, wanted, sample=False if mixed else None)
            return self._without_twins(found, top_k)

    def search_words(self, query: str, top_k: int) -> list[tuple[str, float]]:
        """Return up to ``top_k`` (chunk id, BM25 score), best first."""
        with self._guard:
            if self.unsound is not None:
                raise self.unsound
            return self._without_twins(self.lexical.search(query, self._with_twins(top_k)), top_k)

    def search_alternatives(
        self, groups: Sequence[Sequence[str]], top_k: int
    ) -> list[tuple[str, float]]:
        """Return up to ``top_k`` (chunk id, score), best first: any word of each group counts."""
        with self._guard:
            if self.unsound is not None:
                raise self.unsound
            found = self.lexical.search_alternatives(groups, self._with_twins(top_k))
            return self._without_twins(found, top_k)

    def _with_twins(self, top_k: int) -> int:
        """Return how many to ask for, so that ``top_k`` are left without copies."""
        if not self._twins:
            return top_k
        copies = Counter(self._twins.values()).most_common(1)[0][1]
        return top_k * min(copies + 1, MOST_COPIES)

    def _without_twins(
        self, found: Sequence[tuple[str, float]], top_k: int
    ) -> list[tuple[str, float]]:
        twins = self._twins
        return [hit for hit in found if not twins or file_of(hit[0]) not in twins][:top_k]

    def word_frequency(self, wanted: Sequence[str]) -> dict[str, int]:
        """Return in how many chunks each lexical unit occurs."""
        with self._guard:
            return self.lexical.document_frequency(wanted)

    def highest_frequency(self, words: Sequence[str]) -> dict[str, int]:
        """Return in how many chunks each word, of any length, may stand at most."""
        with self._guard:
            return self.lexical.highest_frequency(words)

    def size(self) -> int:
        """Return the number of chunks."""
        with self._guard:
            return self.lexical.size()

    def chunks(self, ids: Sequence[str]) -> dict[str, StoredChunk]:
        """Return those of the chunks that answers may use, by id."""
        found = self.database.chunks(ids)
        return {key: chunk for key, chunk in found.items() if chunk.file_id in self._active}

    def _twin_note(self, file: FileRecord) -> list[str]:
        twin = self._twins.get(file.id)
        return [f"内容与“{twin}”完全相同，回答只用其中一份。"] if twin else []

    def _is_upload(self, source: str) -> bool:
        return place_of(source).is_relative_to(self.uploads)

    def _describe(self, file: FileRecord, about: About, counts: dict[str, int]) -> DocumentInfo:
        return DocumentInfo(
            path=file.path,
            title=about.titles[0] if about.titles else file.path,
            articles=about.titles,
            issuer=about.issuer,
            date=about.date,
            date_text=about.date_text,
            media_type=file.media_type,
            encoding=file.encoding,
            state=file.state,
            error=None,
            notes=(*file.notes, *self._twin_note(file)),
            characters=file.characters,
            chunks=file.chunk_count,
            sample=file.sample,
            indexed_at=file.indexed_at,
            version=file.version,
            versions=counts.get(file.path, 1),
            uploaded=self._is_upload(file.source),
        )


@contextmanager
def open_library(
    settings: IndexSettings, purpose: str, *, create: bool = False, probing: bool = True
) -> Iterator[Library]:
    """Hold the data directory and yield its index; ``purpose`` names us to others.

    Unless ``probing`` is false, the vector store is tried in another process meanwhile.

    Raises:
        NoIndexError: nothing was indexed there, and ``create`` is not set.
        StoreError: it is held by another process, damaged, or of another version.
    """
    if not create and not settings.database_url and not _database(settings).exists():
        _refuse_orphans(settings)
        raise NoIndexError(
            f"数据目录 {settings.data_dir} 里还没有索引。"
            f"请先建立：python -m index 文件夹 --data-dir {settings.data_dir}"
        )
    with ExitStack() as stack:
        stack.enter_context(owned(settings.data_dir, purpose))
        _refuse_orphans(settings)
        library = Library(settings)
        stack.callback(library.close)
        if probing:
            library.begin_probe()
        yield library


def open_database(settings: IndexSettings) -> Database:
    """Open the SQL database alone, an empty one where there is none; others may hold it too.

    Raises:
        IndexDamagedError: it is damaged, or gone from beside its stores.
    """
    _refuse_orphans(settings)
    if not settings.database_url:
        settings.data_dir.mkdir(parents=True, exist_ok=True)
    return Database(settings.sql_url)


def _database(settings: IndexSettings) -> Path:
    return settings.data_dir / "youju.sqlite"


def _refuse_orphans(settings: IndexSettings) -> None:
    """Raise if the database is gone from beside its stores: SQLite would make an empty one."""
    file = _database(settings)
    if settings.database_url or (file.exists() and file.stat().st_size):
        return
    kinds = ("vectors*.sqlite", "lexical*.sqlite", "chroma*/chroma.sqlite3")
    if any(any(settings.data_dir.glob(kind)) for kind in kinds):
        raise IndexDamagedError(
            f"数据目录 {settings.data_dir} 里的索引数据库 youju.sqlite 不见了或是空的，"
            "而检索库还在。"
            "请把它放回；有备份时用 python -m index restore 恢复到新目录；"
            "都没有时，把该数据目录改名留存，再从原文件重新建立索引。"
        )


def file_of(chunk_id: str) -> int | None:
    """Return the id of the file that a chunk is of, as its own id says."""
    parts = chunk_id.split("-")
    return int(parts[-2]) if len(parts) > 1 and parts[-2].isdigit() else None


def _suffix(generation: int) -> str:
    return f"-{generation}" if generation else ""


def _unknown(path: str) -> UnknownDocumentError:
    return UnknownDocumentError(
        f"索引里没有名为“{path}”的文件。用 python -m index list 查看已有的文件名。"
    )
