"""Answers made of headings: the numbered points of a document or under a heading."""

from __future__ import annotations

from collections.abc import Sequence

from assistant.evidence import Unit, paragraphs, sections_above
from assistant.question import Question
from assistant.ranking import Candidate, Rarity
from assistant.statements import Draft, Source, Statement, escape
from index.library import Library
from index.records import Document, Section, View
from index.sentences import sentences
from index.words import units

COVERED = 0.6  # share of the question's words that titles and headings above hold
MAX_OPENING = 160  # characters shown of what stands under a heading
MIN_CHILDREN = 2  # headings that make a list
SECTIONS_TRIED = 8  # candidates whose headings are looked at


def section_list(
    question: Question, ranked: Sequence[Candidate], rarity: Rarity, library: Library
) -> Draft | None:
    """Return the numbered headings under the heading or title that the question says."""
    best: tuple[float, int, Unit, Section | None] | None = None
    for candidate in ranked[:SECTIONS_TRIED]:
        unit = candidate.unit
        document = library.content(unit.file_id).structure.documents[unit.document]
        said = document.title
        for section in [None, *sections_above(document, unit.start)]:
            said += f"\n{section.heading}" if section else ""
            share = rarity.share(dict.fromkeys(units(said), 1.0), question.facets)
            children = _children(document, section)
            if len(children) >= MIN_CHILDREN and share >= COVERED:
                depth = section.level if section else 0
                if best is None or (share, depth) > best[:2]:
                    best = (share, depth, unit, section)
    return _headings_draft(best[2], best[3], library) if best else None


def headings_below(unit: Unit, library: Library) -> Draft | None:
    """Return the headings that a lead-in (“议定以下事项：”) announces, or None."""
    document = library.content(unit.file_id).structure.documents[unit.document]
    above = sections_above(document, unit.start)
    parent = above[-1] if above else None
    if len(_children(document, parent)) < MIN_CHILDREN:
        return None
    draft = _headings_draft(unit, parent, library)
    source = Source(unit.file_id, unit.document, unit.start, unit.end)
    draft.statements.insert(0, Statement(escape(unit.text), (source,)))
    return draft


def _children(document: Document, parent: Section | None) -> list[Section]:
    place = document.sections.index(parent) if parent else None
    return [section for section in document.sections if section.parent == place]


def _headings_draft(unit: Unit, parent: Section | None, library: Library) -> Draft:
    """Return one line a heading, with the first sentence under it."""
    content = library.content(unit.file_id)
    document = content.structure.documents[unit.document]
    children = _children(document, parent)
    draft = Draft(count=len(children))
    for child in children:
        sources = [Source(unit.file_id, unit.document, child.start, child.heading_end)]
        text = f"**{escape(child.heading)}**"
        body = next(paragraphs(content, document, child.heading_end, child.end), None)
        if body:
            view = content.structure.reading.view(max(body[0], child.heading_end), body[1])
            span = _opening(view)
            if span:
                text += "　" + escape(view.text[slice(*span)])
                sources.append(Source(unit.file_id, unit.document, *view.span(*span)))
        draft.statements.append(Statement(text, tuple(sources), bullet=True))
    return draft


def _opening(view: View) -> tuple[int, int] | None:
    """Return the first sentences under a heading, up to ``MAX_OPENING`` characters."""
    full = [(a, b) for a, b in sentences(view) if len(view.text[a:b].strip("。：:； ")) > 1]
    if not full:
        return None
    start = (
        full[0][0]
        + len(view.text[slice(*full[0])])
        - len(view.text[slice(*full[0])].lstrip("：:。 "))
    )
    end = max((b for _, b in full if b - start <= MAX_OPENING), default=full[0][1])
    return start, end
