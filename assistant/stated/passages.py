"""The sentences of retrieved passages, with the paragraph and document that they stand in."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from assistant.evidence import paragraphs
from assistant.statements import Source
from index.database import StoredChunk
from index.library import Library
from index.records import View
from index.sentences import sentences
from index.words import fold, units


@dataclass(frozen=True, slots=True)
class Said:
    """A sentence of clean text: ``text[start:end]`` of its paragraph ``view``."""

    file_id: int
    document: int
    title: str
    date: str
    view: View
    start: int
    end: int

    @property
    def text(self) -> str:
        """Return the sentence."""
        return self.view.text[self.start : self.end]

    def source(self, start: int, end: int) -> Source:
        """Return where ``[start, end)`` of the paragraph stands."""
        return Source(self.file_id, self.document, *self.view.span(start, end))

    def shares(self, words: frozenset[str]) -> float:
        """Return what share of ``words`` the sentence or the document's title says."""
        own = set(units(self.title + "\n" + self.text))
        return len(words & own) / len(words) if words else 0.0


def said_in(chunks: Sequence[StoredChunk], library: Library) -> Iterator[Said]:
    """Yield the sentences of passages, those of tables left out."""
    seen: set[tuple[int, int]] = set()
    for stored in chunks:
        content = library.content(stored.file_id)
        document = content.structure.documents[stored.chunk.document]
        tables = [(b.start, b.end) for b in content.blocks if b.kind == "table"]
        for low, high in paragraphs(content, document, stored.chunk.start, stored.chunk.end):
            if (stored.file_id, low) in seen or any(a <= low < b for a, b in tables):
                continue
            seen.add((stored.file_id, low))
            view = content.structure.reading.view(low, high)
            for start, end in sentences(view):
                yield Said(
                    stored.file_id, document.ordinal, document.title, document.date or "",
                    view, start, end,
                )  # fmt: skip


def pairs_of(text: str) -> frozenset[str]:
    """Return the pairs of characters and the numbers of a question's words."""
    return frozenset(u for u in units(fold(text)) if len(u) > 1)
