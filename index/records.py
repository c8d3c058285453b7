"""What the index is made of: loaded files, documents, sections, chunks, hits.

Every ``start``/``end`` is a half-open offset, counted in Unicode code points,
into the *canonical text* of the whole file, so that
``text[start:end]`` is always the words meant. Standard library only.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

BlockKind = Literal["heading", "paragraph", "list_item", "table", "furniture"]


@dataclass(frozen=True, slots=True)
class Cell:
    """One table cell; ``row`` and ``column`` count from 0, ``ref`` is e.g. ``Sheet1!B3``."""

    start: int
    end: int
    row: int
    column: int
    row_span: int = 1
    column_span: int = 1
    ref: str | None = None


@dataclass(frozen=True, slots=True)
class Block:
    """One piece of layout that the format itself shows.

    ``level`` is the heading level that the format states (1 is the highest;
    0 where it states none, e.g. in plain text). ``furniture`` is page header,
    page footer or page number: kept in the text, passed over when reading.
    ``page`` counts from 1. ``place`` names the spot in the original, such as
    a sheet or a paragraph number.
    """

    kind: BlockKind
    start: int
    end: int
    level: int = 0
    page: int | None = None
    place: str | None = None
    cells: tuple[Cell, ...] = ()


@dataclass(frozen=True, slots=True)
class Box:
    """Where words stand on a page, so that the page's image can show them.

    ``left``, ``top``, ``right`` and ``bottom`` are fractions (0 to 1) of the page's
    width and height as it is shown, from its upper left corner. ``confidence``
    (0 to 1) is set where the words were recognised from a picture (OCR).
    """

    start: int
    end: int
    page: int
    left: float
    top: float
    right: float
    bottom: float
    confidence: float | None = None


@dataclass(frozen=True, slots=True)
class LoadedFile:
    """A file as its loader read it.

    ``text`` is the canonical text, with ``\\n`` line ends. ``blocks`` are in
    order, inside the text and do not overlap. ``encoding`` is set for formats
    that are decoded, ``title`` where the format itself names one. ``notes``
    are sentences for the user about what was not read, and why. ``boxes`` are in
    order of ``start``, one a line of text or a table cell, for paged formats.
    """

    text: str
    media_type: str
    blocks: tuple[Block, ...]
    encoding: str | None = None
    title: str | None = None
    notes: tuple[str, ...] = ()
    boxes: tuple[Box, ...] = ()


@dataclass(frozen=True, slots=True)
class Section:
    """A heading and what stands under it.

    ``heading`` is the verbatim heading ``text[start:heading_end]``; the body is
    ``text[heading_end:end]``, which includes the sections below it. ``parent``
    is the position of the enclosing section in ``Document.sections``.
    """

    heading: str
    level: int
    start: int
    heading_end: int
    end: int
    parent: int | None = None


@dataclass(frozen=True, slots=True)
class Document:
    """One article: a file holds one or several.

    ``article`` is the label line where a file numbers its articles
    (“第二篇：…”). ``date`` is ISO (2024-10-02, 2024-10 or 2024) only where the
    text gives the year; ``date_text`` is as written. ``state`` is e.g. 最终版.
    """

    ordinal: int
    start: int
    end: int
    title: str
    title_start: int | None = None
    title_end: int | None = None
    article: str | None = None
    issuer: str | None = None
    number: str | None = None
    date: str | None = None
    date_text: str | None = None
    date_start: int | None = None
    date_end: int | None = None
    state: str | None = None
    sections: tuple[Section, ...] = ()


@dataclass(frozen=True, slots=True)
class Reading:
    """The text as a person reads it: the canonical text without ``skips``.

    ``skips`` are ordered, disjoint spans of page debris, line breaks inside a
    paragraph and invisible characters. What remains has one logical paragraph
    a line. Nothing is deleted from the canonical text itself.
    """

    text: str
    skips: tuple[tuple[int, int], ...] = ()

    def kept(self, start: int = 0, end: int | None = None) -> Iterator[tuple[int, int]]:
        """Yield the spans of ``[start, end)`` that are read, in order."""
        stop = len(self.text) if end is None else end
        at = start
        first = bisect_right(self.skips, at, key=lambda skip: skip[1])
        for skip_start, skip_end in self.skips[first:]:
            if skip_start >= stop:
                break
            if skip_start > at:
                yield at, skip_start
            at = skip_end
        if at < stop:
            yield at, stop

    def view(self, start: int = 0, end: int | None = None) -> View:
        """Return the clean text of ``[start, end)`` with its way back to offsets."""
        spans = list(self.kept(start, end))
        clean = "".join(self.text[a:b] for a, b in spans)
        offsets = tuple(i for a, b in spans for i in range(a, b))
        return View(clean, offsets)


@dataclass(frozen=True, slots=True)
class View:
    """Clean text; ``offsets[i]`` is the canonical offset of ``text[i]``."""

    text: str
    offsets: tuple[int, ...]

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Return the canonical span that covers clean ``[start, end)`` (not empty)."""
        return self.offsets[start], self.offsets[end - 1] + 1


@dataclass(frozen=True, slots=True)
class Structure:
    """What was understood of a loaded file.

    ``unread`` lists what could not be read with certainty: spans with a
    sentence for the user (a break in mid-sentence that was not joined, say).
    """

    documents: tuple[Document, ...]
    reading: Reading
    unread: tuple[tuple[int, int, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Chunk:
    """A contiguous slice of a document, with the headings above it.

    ``lead`` is the span of the list lead-in or table header that a part of a
    long list needs in order to be understood; it lies outside the slice.
    """

    start: int
    end: int
    document: int
    headings: tuple[str, ...] = ()
    page: int | None = None
    lead: tuple[int, int] | None = None
