"""Statements with their evidence, and how they become numbered, cited Markdown."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from assistant.evidence import sections_above
from assistant.records import Citation, Value
from index.library import Library

Span = tuple[int, int]
_SPECIAL = re.compile(r"([\\*\[\]|])")


@dataclass(frozen=True, slots=True)
class Source:
    """Where a statement's words stand: a span of one article of a file."""

    file_id: int
    document: int
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Statement:
    """One line of an answer: Markdown made with ``escape``/``with_bold``, and its sources.

    ``computed`` are figures that the line says by counting, not by quoting. A
    line of a table has ``cells`` instead of ``text``; ``cell_sources`` are (cell,
    sources), each marked in its cell.
    """

    text: str
    sources: tuple[Source, ...] = ()
    bullet: bool = False
    computed: frozenset[str] = frozenset()
    cells: tuple[str, ...] = ()
    cell_sources: tuple[tuple[int, tuple[Source, ...]], ...] = ()


@dataclass(slots=True)
class Draft:
    """An answer before numbering and verification."""

    statements: list[Statement] = field(default_factory=list)
    short: str | None = None
    refused: bool = False
    related: list[Source] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    count: int | None = None
    columns: tuple[str, ...] | None = None
    rows: list[tuple[dict[str, Any], dict[str, list[Source]]]] = field(default_factory=list)
    value: Value | None = None
    interpretation: dict[str, Any] | None = None


def escape(text: str) -> str:
    """Return document text as Markdown that shows it literally (``**`` is a mask)."""
    return _SPECIAL.sub(r"\\\1", re.sub(r"\s+", " ", text))


def with_bold(text: str, spans: Sequence[Span]) -> str:
    """Return escaped ``text`` with the given spans, ordered and disjoint, in bold."""
    parts, at = [], 0
    for start, end in spans:
        parts += [escape(text[at:start]), "**", escape(text[start:end]), "**"]
        at = end
    return "".join([*parts, escape(text[at:])])


class Numbering:
    """Gives each distinct source its number, in order of first use."""

    def __init__(self, library: Library) -> None:
        self._library = library
        self._numbers: dict[Source, int] = {}
        self.citations: list[Citation] = []

    def number(self, source: Source) -> int:
        """Return the source's citation number, made when it is new."""
        if source not in self._numbers:
            self._numbers[source] = len(self._numbers) + 1
            self.citations.append(cite(source, self._numbers[source], self._library))
        return self._numbers[source]

    def line(self, statement: Statement) -> str:
        """Return the statement as one line of Markdown with its marks."""
        if statement.cells:
            cells = list(statement.cells)
            for place, sources in statement.cell_sources:
                cells[place] += "".join(f"[{self.number(source)}]" for source in sources)
            return "| " + " | ".join(cells) + " |"
        marks = "".join(f"[{self.number(source)}]" for source in statement.sources)
        return f"{'- ' if statement.bullet else ''}{statement.text}{marks}"


def cite(source: Source, number: int, library: Library) -> Citation:
    """Return the citation of a source, quote and place filled in."""
    content = library.content(source.file_id)
    document = content.structure.documents[source.document]
    file = library.file_by_id(source.file_id)
    page = next(
        (b.page for b in content.blocks if b.start <= source.start < b.end and b.page), None
    )
    return Citation(
        n=number,
        document=file.path,
        article=document.article,
        title=document.title,
        section=" > ".join(s.heading for s in sections_above(document, source.start)),
        page=page,
        start=source.start,
        end=source.end,
        quote=content.text[source.start : source.end],
        date=document.date,
        version=file.version,
    )
