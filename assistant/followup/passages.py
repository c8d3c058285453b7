"""The passages in which a talk's matter is spoken of: paragraphs, numbered items, table rows."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from assistant.evidence import (
    Unit,
    context_of,
    paragraph_units,
    paragraphs,
    row_units,
)
from assistant.statements import Source
from assistant.table_heads import tables_in
from assistant.tables import row_text
from index.database import FileContent, StoredChunk
from index.headings import numbering_of
from index.library import Library
from index.records import Document
from index.words import fold

SEARCHED = 24  # chunks in which the matter is looked for
WHOLE_ITEM = 600  # characters of an item whose lines are read as one passage

_LABELLED = re.compile(r"[\u4e00-\u9fff]{2,8}[：:]")
_NUMBER_ALONE = re.compile(r"\W*[\d一二三四五六七八九十]{1,3}\W*")


@dataclass(frozen=True, slots=True)
class Passage:
    """What a document says in one place, as units in its order; ``above`` are its headings.

    ``shown`` are the words of each unit as they are shown, ``date`` is the document's.
    """

    units: tuple[Unit, ...]
    shown: tuple[str, ...]
    above: str
    date: str

    @property
    def folded(self) -> str:
        """Its own words."""
        return fold("\n".join(self.shown))

    def source(self, at: int) -> Source:
        """Return where a unit of it stands."""
        unit = self.units[at]
        return Source(unit.file_id, unit.document, unit.start, unit.end)

    @property
    def row(self) -> bool:
        """Whether it is a row of a table."""
        return self.units[0].kind == "row"


def passages_about(words: Sequence[str], library: Library) -> list[Passage]:
    """Return the passages of the chunks that say most of some words, each once."""
    found: dict[tuple[int, int], Passage] = {}
    chunks = library.chunks([key for key, _ in library.search_words(" ".join(words), SEARCHED)])
    for stored in chunks.values():
        for passage in _of_chunk(library.content(stored.file_id), stored):
            first = passage.units[0]
            found.setdefault((first.file_id, first.start), passage)
    return list(found.values())


def _of_chunk(content: FileContent, stored: StoredChunk) -> Iterator[Passage]:
    chunk = stored.chunk
    document = content.structure.documents[chunk.document]
    return passages_in(content, stored.file_id, document, chunk.start, chunk.end)


def passages_in(
    content: FileContent, file_id: int, document: Document, start: int, end: int
) -> Iterator[Passage]:
    """Yield the passages that touch ``[start, end)`` of a document."""
    date = document.date or ""
    tables = tables_in(content.blocks, start, end)
    for block in tables:
        for unit in row_units(content, block, file_id, document):
            above = context_of(content, document, unit.start)
            yield Passage((unit,), (row_text(unit, content),), above, date)
    for spans in _items(content, document, start, end):
        inside = [s for s in spans if not any(t.start <= s[0] < t.end for t in tables)]
        units = [
            unit
            for span in inside
            for unit in paragraph_units(content, document, file_id, *span)
            if unit.kind == "sentence"
        ]
        if units:
            above = context_of(content, document, units[0].start)
            yield Passage(tuple(units), tuple(unit.text for unit in units), above, date)


def _items(
    content: FileContent, document: Document, start: int, end: int
) -> Iterator[list[tuple[int, int]]]:
    """Yield the paragraphs, those that are one item together (“1.”, “问题：…”, “时限：…”)."""
    group: list[tuple[int, int]] = []
    reading = content.structure.reading
    around = list(paragraphs(content, document, max(start - WHOLE_ITEM, 0), end + WHOLE_ITEM))
    for span in around:
        text = reading.view(*span).text
        begins = numbering_of(text) or _NUMBER_ALONE.fullmatch(text)
        after_number = group and _NUMBER_ALONE.fullmatch(reading.view(*group[-1]).text)
        goes_on = not begins and bool(_LABELLED.match(text) or after_number)
        if group and not (goes_on and span[1] - group[0][0] <= WHOLE_ITEM):
            yield from _touching(group, start, end)
            group = []
        group.append(span)
    yield from _touching(group, start, end)


def _touching(
    group: list[tuple[int, int]], start: int, end: int
) -> Iterator[list[tuple[int, int]]]:
    if group and group[0][0] < end and group[-1][1] > start:
        yield group
