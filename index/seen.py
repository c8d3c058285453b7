"""The library as some people see it: the one place where permission is enforced.

Retrieval, ledger, texts, pictures, lists and suggestions all read a ``Library``.
Whoever may not see everything is given a ``SeenLibrary``, which knows only what
they may see, so that every road ends here.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property
from itertools import count
from typing import TYPE_CHECKING, Any

from index.database import FileContent, FileRecord, StoredChunk
from index.errors import UnknownDocumentError
from index.ledger.book import Ledger
from index.ledger.loading import load_infos
from index.ledger.seen import SeenLedgerStore
from index.ledger.tablednames import with_tabled_names
from index.ledger.toldreasons import with_told_reasons
from index.lexical_part import LexicalPart
from index.library import DocumentInfo, Library, Sees, file_of

if TYPE_CHECKING:
    from index.embed import PassageEncoder
    from index.ledger.records import FileLedger
    from index.records import Box

SPARE = 4  # times as many are asked for where most may be seen: faster than naming the ids
_numbers = count(1)


class SeenLibrary(Library):
    """What some may see of a library; it is made anew when documents come or permission changes.

    It holds none of the stores under the names that ``Library`` uses: a method that is not
    made safe here fails, it does not tell. Samples step aside as they do for everybody.
    """

    def __init__(self, whole: Library, sees: Sees) -> None:
        self.settings = whole.settings
        self.edition = whole.edition
        self._whole = whole
        self._sees = sees
        self._guard = whole.guarded()
        self._number = next(_numbers)
        self._part_of: object = None  # the word index that ``_words`` is a part of
        self._words: LexicalPart | None = None
        with self._guard:
            whole._parts.add(self)

    @property
    def encoder(self) -> PassageEncoder:
        """The embedding model of the whole library."""
        return self._whole.encoder

    @cached_property
    def _files(self) -> list[FileRecord]:
        return [file for file in self._whole._files if self._sees(file.path, file.sha256)]

    @cached_property
    def _active(self) -> dict[int, FileRecord]:
        own = any(not file.sample for file in self._whole._files)
        return {
            file.id: file
            for file in self._files
            if file.id not in self._twins and not (own and file.sample)
        }

    @cached_property
    def _documents(self) -> list[DocumentInfo]:
        return self._list(self._whole.database, self._sees)

    # ---- one document

    def history(self, path: str) -> list[FileRecord]:
        """Return the versions of a document that may be seen, newest first.

        Raises:
            UnknownDocumentError: there is none; nobody is told that there is one after all.
        """
        versions = self._whole.database.history(path)
        seen = [file for file in versions if self._sees(path, file.sha256)]
        return seen or self._unknown(path)

    def file(self, path: str, version: int | None = None) -> FileRecord:
        """Return the current file of that name, or that version of it.

        Raises:
            UnknownDocumentError: there is none that may be seen.
        """
        if version is None:
            found = [file for file in self._files if file.path == path]
        else:
            found = [file for file in self.history(path) if file.version == version]
        return found[0] if found else self._unknown(path)

    def _unknown(self, path: str) -> Any:  # noqa: ANN401 - it never returns
        raise UnknownDocumentError(f"没有名为“{path}”的文件。请在文件列表里查看已有的文件。")

    def file_by_id(self, file_id: int) -> FileRecord:
        """Return a file that may be seen, be it current or not."""
        file = self._active.get(file_id) or self._whole.database.file(file_id)
        if not self._sees(file.path, file.sha256):
            raise UnknownDocumentError("这份文件已被彻底删除。")  # as of one that is not there
        return file

    def content(self, file_id: int) -> FileContent:
        """Return text, blocks and structure of a file that may be seen."""
        return self._whole.content(self.file_by_id(file_id).id)

    def boxes(self, file_id: int) -> tuple[Box, ...]:
        """Return where the words of a file stand on its pages."""
        return self._whole.boxes(self.file_by_id(file_id).id)

    def read_ledger(self, file_id: int) -> FileLedger | None:
        """Return what was read from a file."""
        return self._whole.read_ledger(self.file_by_id(file_id).id)

    # ---- the ledger

    @cached_property
    def _ledger(self) -> Ledger:
        known = {file_id: i for file_id, i in self._whole._infos.items() if file_id in self._active}
        missing = [file for file in self._active.values() if file.id not in known]
        known |= {info.id: info for info in load_infos(self._whole.database, missing)}
        self._whole._infos = self._whole._infos | known  # what a file says is read once for all
        infos = [known[file_id] for file_id in self._active if file_id in known]
        files = with_told_reasons(with_tabled_names(infos), self.content)
        return Ledger(files, SeenLedgerStore(self._whole.database.ledger, infos))

    def reload_ledger(self) -> None:
        """Take up what staff have set right since the ledger was loaded."""
        self._whole.reload_ledger()

    # ---- search

    def search_meaning(self, vector: Sequence[float], top_k: int) -> list[tuple[str, float]]:
        """Return up to ``top_k`` (chunk id, cosine similarity) of what may be seen, best first."""
        with self._guard:
            store, ids = self._whole.store, self._chunk_ids
            if 2 * len(ids) >= self._whole.lexical.size():
                found = store.search(vector, SPARE * top_k)
                kept = [hit for hit in found if file_of(hit[0]) in self._active][:top_k]
                if len(kept) == min(top_k, len(ids)):
                    return kept
            return store.search_among(vector, top_k, ids)

    def search_words(self, query: str, top_k: int) -> list[tuple[str, float]]:
        """Return up to ``top_k`` (chunk id, BM25 score), best first."""
        with self._guard:
            return self._lexical().search(query, top_k)

    def search_alternatives(
        self, groups: Sequence[Sequence[str]], top_k: int
    ) -> list[tuple[str, float]]:
        """Return up to ``top_k`` (chunk id, score), best first: any word of each group counts."""
        with self._guard:
            return self._lexical().search_alternatives(groups, top_k)

    def word_frequency(self, wanted: Sequence[str]) -> dict[str, int]:
        """Return in how many chunks that may be seen each lexical unit occurs."""
        with self._guard:
            return self._lexical().document_frequency(wanted)

    def highest_frequency(self, words: Sequence[str]) -> dict[str, int]:
        """Return in how many of these chunks each word, of any length, may stand at most."""
        with self._guard:
            return self._lexical().highest_frequency(words)

    def size(self) -> int:
        """Return the number of chunks that may be seen."""
        with self._guard:
            return self._lexical().size()

    def chunks(self, ids: Sequence[str]) -> dict[str, StoredChunk]:
        """Return those of the chunks that answers may use, by id."""
        found = self._whole.database.chunks(ids)
        return {key: chunk for key, chunk in found.items() if chunk.file_id in self._active}

    @cached_property
    def _chunk_ids(self) -> list[str]:
        return self._whole.database.chunk_ids_of(self._active)

    def _lexical(self) -> LexicalPart:
        """Return the part of the word index, made anew where another index took over."""
        if self._whole.unsound is not None:
            raise self._whole.unsound
        whole = self._whole.lexical
        if self._words is None or self._part_of is not whole:
            self._words = LexicalPart(whole, str(self._number), self._chunk_ids)
            self._part_of = whole
        return self._words

    # ---- the index as a whole

    def problems(self) -> list[str]:
        """Return nothing: the state of the index counts documents that may not be seen."""
        return []

    def refresh(self) -> None:
        """Forget what was kept in memory, after indexing."""
        self._whole.refresh()

    def close(self) -> None:
        """Forget which documents these were; the whole library stays open."""
        with self._guard:
            if self._words is not None and self._part_of is self._whole.lexical:
                self._words.close()
            self._words = None


def seen_by(library: Library, sees: Sees) -> SeenLibrary:
    """Return the library as those see it of whom ``sees`` tells which documents they may see."""
    return SeenLibrary(library, sees)
