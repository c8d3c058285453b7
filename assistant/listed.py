"""Answers about one listed project: its item, where it is listed, what the list says."""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.clauses import SHORT
from assistant.evidence import Unit, sections_above
from assistant.items import date_of, source_of
from assistant.question import Question
from assistant.statements import Draft, Source, Statement, escape, with_bold
from assistant.status import status_words, statuses
from index.library import Library
from index.records import Section
from prompts import render


def about_items(question: Question, items: Sequence[Unit], library: Library) -> Draft:
    """Answer about one listed project: its item, where it is listed, the list's lead-in."""
    ordered = sorted(items, key=lambda unit: date_of(unit, library), reverse=True)
    draft = Draft()
    newest = ordered[0]
    draft.short = _reason(newest.text) if question.kind == "why" else None
    for unit in _one_each_list(ordered):
        content = library.content(unit.file_id)
        document = content.structure.documents[unit.document]
        above = sections_above(document, unit.start)
        premise = _premise(question, unit, above, library) if unit is newest else None
        if premise:
            draft.statements.append(premise)
        draft.statements.append(item_statement(unit, library))
        if above and not premise:
            draft.statements.append(_listed_under(question, unit, above[-1]))
        if unit.lead and unit is newest:
            lead = content.structure.reading.view(*unit.lead).text
            source = Source(unit.file_id, unit.document, *unit.lead)
            draft.statements.append(Statement(escape(lead).rstrip("：:"), (source,)))
    return draft


def _one_each_list(ordered: Sequence[Unit]) -> list[Unit]:
    seen: dict[tuple[int, int], Unit] = {}
    for unit in ordered:
        seen.setdefault((unit.file_id, unit.group), unit)
    return list(seen.values())


def _reason(text: str) -> str | None:
    inside = re.search(r"（([^（）]+)）", text)
    return inside[1] if inside and len(inside[1]) <= SHORT else None


def item_statement(unit: Unit, library: Library) -> Statement:
    """One item of a list as a statement of its own, its label in bold."""
    reading = library.content(unit.file_id).structure.reading
    text = with_bold(unit.text, [(0, len(unit.text.rstrip("。；;，,、")))])
    if unit.head is None:
        return Statement(text, (source_of(unit),))
    owner = escape(reading.view(*unit.head).text)
    if unit.head[1] == unit.start:
        joined = Source(unit.file_id, unit.document, unit.head[0], unit.end)
        return Statement(owner + text, (joined,))
    head = Source(unit.file_id, unit.document, *unit.head)
    return Statement(owner + text, (source_of(unit), head))


def _listed_under(question: Question, unit: Unit, section: Section) -> Statement:
    text = render("listed_under", question.frames, heading=escape(section.heading))
    source = Source(unit.file_id, unit.document, section.start, section.heading_end)
    return Statement(text, (source,))


def _premise(
    question: Question, unit: Unit, above: Sequence[Section], library: Library
) -> Statement | None:
    """Return a correction where the question and the list's heading say different statuses."""
    if not above:
        return None
    heading = above[-1].heading
    asked, said = statuses(question.text), statuses(heading)
    if question.kind not in ("why", "lookup") or not asked or not said or asked & said:
        return None
    text = render(
        "premise",
        question.frames,
        heading=escape(heading),
        asked=escape(status_words(question.text) or ""),
    )
    source = Source(unit.file_id, unit.document, above[-1].start, above[-1].heading_end)
    return Statement(text, (source,))
