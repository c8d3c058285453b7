"""The library as the page needs it: the documents, and questions to begin with."""

from __future__ import annotations

from typing import TYPE_CHECKING

from assistant.statements import Source, cite
from assistant.suggestions import suggest
from index.library import DocumentInfo, Library

if TYPE_CHECKING:
    from assistant.records import Citation
    from index.ledger.book import Ledger
    from index.records import Reading


class Shelf:
    """Passes on what the library knows, and adds suggestions made from it."""

    def __init__(self, library: Library) -> None:
        self._library = library

    def documents(self) -> list[DocumentInfo]:
        """Return every file, searched or not."""
        return self._library.documents()

    def text(self, path: str) -> str:
        """Return the canonical text; raise ``UnknownDocumentError`` for other paths."""
        return self._library.text(path)

    def reading(self, path: str) -> Reading:
        """Return how the text is read: which spans of it are debris."""
        return self._library.reading(path)

    def sections(self, path: str) -> list[tuple[int, str, int]]:
        """Return (level, heading, start) of every section, in order."""
        return self._library.sections(path)

    @property
    def ledger(self) -> Ledger:
        """The records, findings and corrections; the same object until something changes."""
        return self._library.ledger

    def reload_ledger(self) -> None:
        """Take up what staff have set right since."""
        self._library.reload_ledger()

    def cite(self, file_id: int, document: int, start: int, end: int, n: int) -> Citation:
        """Return a span of an article as citation ``n``."""
        return cite(Source(file_id, document, start, end), n, self._library)

    def suggestions(self) -> list[str]:
        """Return example questions that these documents can answer."""
        return suggest(self._library)
