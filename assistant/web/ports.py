"""What the page needs of the assistant and of the library, and nothing more."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from assistant.desk.records import Person, Sees
from assistant.records import Answer, Citation, Turn
from index.jobs import Job, ReadingReport, Version
from index.records import Box, Reading

if TYPE_CHECKING:
    from index.ledger.book import Ledger
    from index.library import DocumentInfo


@dataclass(frozen=True, slots=True)
class Visitor:
    """Who uses the page, and which documents they may see."""

    person: Person
    sees: Sees


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
        """Return every file, searched or not, withdrawn ones too."""
        ...

    def can_answer(self) -> bool:
        """Tell whether there is any document that answers can come from."""
        ...

    def history(self, path: str) -> list[Version]:
        """Return the versions of a document, newest first; raise ``UnknownDocumentError``."""
        ...

    def text(self, path: str, version: int | None = None) -> str:
        """Return the canonical text, the newest where no version is named.

        Raises:
            UnknownDocumentError: there is no such document, or no such version of it.
        """
        ...

    def reading(self, path: str, version: int | None = None) -> Reading:
        """Return how the text is read: which spans of it are debris."""
        ...

    def sections(self, path: str, version: int | None = None) -> list[tuple[int, str, int]]:
        """Return (level, heading, start) of every section, in order."""
        ...

    def report(self, path: str) -> ReadingReport:
        """Return what was understood of a document."""
        ...

    def boxes(self, path: str, page: int, version: int | None = None) -> list[Box]:
        """Return where the words of a page stand, in order of the text."""
        ...

    def page_count(self, path: str, version: int | None = None) -> int:
        """Return how many pages can be shown; 0 where there are none, or no original."""
        ...

    def page_image(
        self, path: str, page: int, width: int = 1000, version: int | None = None
    ) -> bytes:
        """Return the picture of a page as PNG, ``width`` pixels wide; raise ``IndexingError``."""
        ...

    def withdraw(self, path: str, by: str, why: str) -> None:
        """Hide a document and keep its history; raise ``IndexingError``."""
        ...

    def problems(self) -> list[str]:
        """Return what is wrong with the index, as sentences; nothing where it is sound.

        Asked often, so what was found is to be remembered.
        """
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


class Intake(Protocol):
    """Changes the index in the background, one thing after the other."""

    def add(self, name: str, file: Path) -> str:
        """Take over a file under a name and return the id of its job; raise ``IndexingError``."""
        ...

    def jobs(self) -> list[Job]:
        """Return the files on their way and those that arrived lately, newest first."""
        ...

    def stop(self, job_id: str) -> None:
        """Stop a job that is not finished; others go on."""
        ...

    def erase(self, path: str, by: str) -> None:
        """Hide a document at once, and wipe it from every store in the background.

        Raises:
            IndexingError: it is not signed, or there is no such document.
        """
        ...

    def reinstate(self, path: str, by: str) -> None:
        """Take a withdrawn document back in, at once or in the background.

        Raises:
            IndexingError: it is not signed, or was not withdrawn.
        """
        ...

    def rebuild(self) -> None:
        """Begin to make what is searched anew, in the background."""
        ...

    def rebuilding(self) -> tuple[int, int] | None:
        """Return (done, in all) while that goes on, (0, 0) before it begins, None otherwise."""
        ...
