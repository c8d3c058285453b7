"""Everything that stands under one owner (“区交通局的……”), list by list."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from assistant.evidence import Unit, paragraph_units, paragraphs, sections_above
from assistant.items import item_line, newest_of_each_issuer, title_line
from assistant.question import Question
from assistant.ranking import Candidate
from assistant.statements import Draft, Source, Statement, escape
from index.database import FileContent
from index.library import Library
from index.records import Document, Section

MAX_SCANNED = 400_000  # characters of a document that are scanned for an owner's items


def owned_items(question: Question, ranked: Sequence[Candidate], library: Library) -> Draft | None:
    """Return every item whose owner (“区交通局的”) the question names.

    They come from the newest such document of each issuer: bureaus of two
    districts may bear the same name.
    """
    owned = [c.unit for c in ranked if c.unit.head and _names_owner(question, c.unit, library)]
    chosen = newest_of_each_issuer(owned, library)
    drafts = [draft for unit in chosen if (draft := _owned_in(question, unit, library)).count]
    if len(drafts) <= 1:
        return drafts[0] if drafts else None
    whole = Draft(count=sum(draft.count or 0 for draft in drafts))
    for unit, draft in zip(chosen, drafts, strict=True):
        whole.statements += [title_line(unit, library), *draft.statements]
    return whole


def _owned_in(question: Question, unit: Unit, library: Library) -> Draft:
    """Return the owner's items in the document of ``unit``, each with its heading."""
    content = library.content(unit.file_id)
    document = content.structure.documents[unit.document]
    draft = Draft(count=0)
    if document.end - document.start > MAX_SCANNED:
        return draft
    for section, members in _by_section(content, document, unit.file_id):
        mine = [u for u in members if u.head and _names_owner(question, u, library)]
        draft.statements.extend(_listed_line(u, section, content) for u in mine)
        draft.count = (draft.count or 0) + len(mine)
    return draft


def _names_owner(question: Question, unit: Unit, library: Library) -> bool:
    if unit.head is None:
        return False
    reading = library.content(unit.file_id).structure.reading
    owner = reading.view(*unit.head).text.rstrip("的 ")
    return len(owner) >= 2 and owner in question.text


def _by_section(
    content: FileContent, document: Document, file_id: int
) -> Iterator[tuple[Section | None, list[Unit]]]:
    for start, end in paragraphs(content, document, document.start, document.end):
        found = [
            u for u in paragraph_units(content, document, file_id, start, end) if u.kind == "item"
        ]
        if found:
            above = sections_above(document, start)
            yield (above[-1] if above else None), found


def _listed_line(unit: Unit, section: Section | None, content: FileContent) -> Statement:
    """Return an item with the heading that it stands under: its status, as a rule."""
    line = item_line(unit, content)
    if section is None:
        return line
    source = Source(unit.file_id, unit.document, section.start, section.heading_end)
    text = f"{line.text}——“{escape(section.heading)}”"
    return Statement(text, (*line.sources, source), bullet=True)
