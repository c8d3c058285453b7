"""List items and rows as lines of an answer, each with its sources."""

from __future__ import annotations

from collections.abc import Sequence

from assistant.evidence import Unit, paragraph_units, paragraphs, row_units
from assistant.statements import Source, Statement, escape
from assistant.tables import row_text
from index.database import FileContent
from index.library import Library
from index.records import Document


def units_of_group(content: FileContent, document: Document, unit: Unit) -> list[Unit]:
    """Return all units of the list or table that ``unit`` belongs to, in order."""
    for block in content.blocks:
        if block.kind == "table" and block.start == unit.group:
            return list(row_units(content, block, unit.file_id, document))
    for start, end in paragraphs(content, document, unit.start, unit.end):
        found = paragraph_units(content, document, unit.file_id, start, end)
        return [u for u in found if u.group == unit.group]
    return []


def newest_of_each_issuer(found: Sequence[Unit], library: Library) -> list[Unit]:
    """Return a unit of each issuer's newest document among them, the newest first."""
    by_issuer: dict[str, list[Unit]] = {}
    for unit in found:
        document = library.content(unit.file_id).structure.documents[unit.document]
        by_issuer.setdefault(document.issuer or document.title, []).append(unit)
    newest = [_newest(of_one, library) for of_one in by_issuer.values()]
    return sorted(newest, key=lambda unit: date_of(unit, library), reverse=True)


def _newest(found: Sequence[Unit], library: Library) -> Unit:
    return max(found, key=lambda unit: date_of(unit, library))


def date_of(unit: Unit, library: Library) -> str:
    """Return the ISO date of the unit's document, empty where it has none."""
    return library.content(unit.file_id).structure.documents[unit.document].date or ""


def item_line(unit: Unit, content: FileContent) -> Statement:
    """Return an item or row as one bullet, its owner before it."""
    source = Source(unit.file_id, unit.document, unit.start, unit.end)
    if unit.kind == "row":
        return Statement(row_text(unit, content), (source,), bullet=True)
    text = escape(unit.text)
    if unit.head is None:
        return Statement(text, (source,), bullet=True)
    owner = content.structure.reading.view(*unit.head).text
    head = Source(unit.file_id, unit.document, *unit.head)
    if unit.head[1] == unit.start:
        joined = Source(unit.file_id, unit.document, unit.head[0], unit.end)
        return Statement(escape(owner) + text, (joined,), bullet=True)
    return Statement(escape(owner) + text, (source, head), bullet=True)


def title_line(unit: Unit, library: Library) -> Statement:
    """Return the title of the unit's document as a line of its own."""
    document = library.content(unit.file_id).structure.documents[unit.document]
    source = Source(unit.file_id, unit.document, *_title_span(document))
    return Statement(f"《{escape(document.title)}》", (source,))


def _title_span(document: Document) -> tuple[int, int]:
    if document.title_start is None or document.title_end is None:
        return document.start, min(document.start + 1, document.end)
    return document.title_start, document.title_end


def source_of(unit: Unit) -> Source:
    """Return where a unit's words stand."""
    return Source(unit.file_id, unit.document, unit.start, unit.end)
