"""What the page needs of the assistant and of the library, and nothing more."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Protocol

from assistant.records import Answer, Citation, Turn
from index.records import Reading

if TYPE_CHECKING:
    from index.ledger.book import Ledger
    from index.library import DocumentInfo


class Assistant(Protocol):
    """Answers questions."""

    def stream(self, question: str, history: Sequence[Turn] = ()) -> Iterator[Answer]:
        """Yield the answer as it grows; the last one is complete."""
        ...

    def answer_edited(self, question: str, interpretation: Mapping[str, object]) -> Answer:
        """Return the answer to a question whose reading was edited; raise ``AssistantError``."""
        ...


class Library(Protocol):
    """Knows the documents. Calls come from several threads at once."""

    def documents(self) -> list[DocumentInfo]:
        """Return every file, searched or not."""
        ...

    def text(self, path: str) -> str:
        """Return the canonical text; raise ``UnknownDocumentError`` for other paths."""
        ...

    def reading(self, path: str) -> Reading:
        """Return how the text is read: which spans of it are debris."""
        ...

    def sections(self, path: str) -> list[tuple[int, str, int]]:
        """Return (level, heading, start) of every section, in order."""
        ...

    @property
    def ledger(self) -> Ledger:
        """The records, findings and corrections; the same object until something changes."""
        ...

    def reload_ledger(self) -> None:
        """Take up what staff have set right since."""
        ...

    def cite(self, file_id: int, document: int, start: int, end: int, n: int) -> Citation:
        """Return a span of an article as citation ``n``."""
        ...

    def suggestions(self) -> list[str]:
        """Return example questions that these documents can answer."""
        ...
