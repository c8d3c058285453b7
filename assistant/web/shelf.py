"""The library as the page needs it: the documents, and questions to begin with."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from assistant.statements import Source, cite
from assistant.suggestions import suggest
from index.library import DocumentInfo, Library
from index.pages import has_pages
from index.viewing import page_count, page_image, reading_report, versions
from index.withdrawal import withdraw

if TYPE_CHECKING:
    from assistant.records import Citation
    from index.database import FileRecord
    from index.jobs import ReadingReport, Version
    from index.ledger.book import Ledger
    from index.records import Box, Reading


BOXES_KEPT = 4  # documents; the boxes of 1,000 full pages take some 10 MB


class Shelf:
    """Passes on what the library knows, and adds suggestions made from it."""

    def __init__(self, library: Library) -> None:
        self._library = library
        # Counting opens the original in another process, boxes are kept packed: both are
        # asked for at every look. The hash is there because ids may be given anew.
        self._pages: dict[tuple[int, str], int] = {}
        self._boxes = lru_cache(maxsize=BOXES_KEPT)(self._read_boxes)

    def documents(self) -> list[DocumentInfo]:
        """Return every file, searched or not."""
        return self._library.documents()

    def can_answer(self) -> bool:
        """Tell whether there is any document that answers can come from."""
        return bool(self._library.files())

    def history(self, path: str) -> list[Version]:
        """Return the versions of a document, newest first; raise ``UnknownDocumentError``."""
        return versions(self._library, path)

    def text(self, path: str, version: int | None = None) -> str:
        """Return the canonical text, the newest where no version is named."""
        return self._library.text(path, version)

    def reading(self, path: str, version: int | None = None) -> Reading:
        """Return how the text is read: which spans of it are debris."""
        return self._library.reading(path, version)

    def sections(self, path: str, version: int | None = None) -> list[tuple[int, str, int]]:
        """Return (level, heading, start) of every section, in order."""
        return self._library.sections(path, version)

    def report(self, path: str) -> ReadingReport:
        """Return what was understood of a document."""
        return reading_report(self._library, path)

    def boxes(self, path: str, page: int, version: int | None = None) -> list[Box]:
        """Return where the words of a page stand, in order of the text."""
        file = self._file(path, version)
        return self._boxes(file.id, file.sha256).get(page, [])

    def page_count(self, path: str, version: int | None = None) -> int:
        """Return how many pages can be shown; 0 where there are none, or no original."""
        file = self._file(path, version)
        if not has_pages(file.media_type):
            return 0
        key = (file.id, file.sha256)
        count = self._pages.get(key) or page_count(self._library, path, version)
        if count:  # an original that is away may come back
            self._pages[key] = count
        return count

    def page_image(
        self, path: str, page: int, width: int = 1000, version: int | None = None
    ) -> bytes:
        """Return the picture of a page as PNG, ``width`` pixels wide."""
        return page_image(self._library, path, page, width, version)

    def withdraw(self, path: str, by: str, why: str) -> None:
        """Hide a document and keep its history."""
        withdraw(self._library, path, by, why)

    def problems(self) -> list[str]:
        """Return what is wrong with the index, as sentences; nothing where it is sound."""
        return self._library.problems()

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

    def _file(self, path: str, version: int | None) -> FileRecord:
        """Return a version's file; none named is the newest, be it current or not."""
        if version is not None:
            return self._library.file(path, version)
        return self._library.history(path)[0]

    def _read_boxes(self, file_id: int, sha256: str) -> dict[int, list[Box]]:
        pages: dict[int, list[Box]] = {}
        for box in self._library.boxes(file_id):
            pages.setdefault(box.page, []).append(box)
        return pages

    def suggestions(self) -> list[str]:
        """Return example questions that these documents can answer."""
        return suggest(self._library)
