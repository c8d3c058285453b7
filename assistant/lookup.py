"""One fact looked up: the sentence that says it, the answer's words in bold."""

from __future__ import annotations

from collections.abc import Sequence

from assistant.clauses import answer_span, bare, key_span, window
from assistant.entities import own_names, plain
from assistant.evidence import Unit
from assistant.items import source_of, units_of_group
from assistant.listed import item_statement
from assistant.question import Question
from assistant.ranking import Candidate
from assistant.statements import Draft, Source, Statement, with_bold
from assistant.tables import row_text
from index.library import Library
from index.words import units

MAX_ROWS = 6  # a table this small is shown whole where no row is named
BRIEF = 150  # characters of an answer in running text, as many sentences as fit
WHOLE = BRIEF  # characters; a longer sentence is shown from clause to clause
CUT_TO = 120  # characters of clauses around the answer
NEAR_BEST = 0.75  # share of the best score from which a second sentence is shown
BRIEFLY = 60  # characters of clauses around the answer of one part of a question
LEAST = 25  # characters of a sentence that is worth beginning
MARKS = 6  # characters of Markdown and dots around what is shown
MORE = 6  # sentences looked at after the best
SURE = 7.0  # log odds of the best words against none: no other sentence is needed
BEHIND = 4.0  # of score: a sentence that far behind the best adds nothing


def look_up(
    question: Question, ranked: Sequence[Candidate], library: Library, briefly: bool
) -> Draft:
    """Return the sentence that answers, and those beside it that may.

    ``briefly`` where the question is one of several that are answered together.
    """
    draft = Draft()
    best = ranked[0]
    if best.unit.kind == "row" and not any(
        plain(n) in plain(question.text) for n in own_names(best.unit)
    ):
        return _rows(best.unit, library)
    size = BRIEFLY if briefly else WHOLE
    draft.statements.append(_quote(question, best, library, draft, size))
    if not briefly:
        draft.statements += _beside(question, ranked, draft.statements[0], library)
    return draft


def _beside(
    question: Question, ranked: Sequence[Candidate], first: Statement, library: Library
) -> list[Statement]:
    """Return the sentences that may answer as well as the best, as far as there is room."""
    best, found = ranked[0], [ranked[0].unit]
    said = _answering_words(question, best.unit)
    room = BRIEF - len(first.text)
    statements: list[Statement] = []
    for candidate in ranked[1 : MORE + 1]:
        unit = candidate.unit
        if any(unit.overlaps(u) for u in found):
            continue
        more = _answering_words(question, unit) - said
        if not _worth_saying(best, candidate, bool(more)):
            continue
        size = WHOLE if not best.read else min(WHOLE, room)
        if size < LEAST:
            break
        statement = _quote(question, candidate, library, Draft(), size)
        if len(statement.text) <= room + MARKS or not (best.read or statements):
            room -= len(statement.text)
            statements.append(statement)
            found.append(unit)
    return statements


def _worth_saying(best: Candidate, other: Candidate, more: bool) -> bool:
    if not best.read:  # the words alone speak
        return more and other.score >= NEAR_BEST * best.score
    unsure = best.features.margin < SURE or other.features.margin > best.features.margin
    return unsure and other.answer is not None and other.score >= best.score - BEHIND


def _rows(unit: Unit, library: Library) -> Draft:
    """Return the rows of a table in which no row is the one asked for, few as they must be."""
    content = library.content(unit.file_id)
    document = content.structure.documents[unit.document]
    rows = [u for u in units_of_group(content, document, unit) if u.kind == "row"]
    shown = rows if len(rows) <= MAX_ROWS else [unit]
    return Draft(
        [Statement(row_text(u, content), (source_of(u),), bullet=len(shown) > 1) for u in shown]
    )


def _answering_words(question: Question, unit: Unit) -> set[str]:
    return (set(question.terms) - question.facets) & set(units(unit.text))


def _quote(
    question: Question, candidate: Candidate, library: Library, draft: Draft, size: int = WHOLE
) -> Statement:
    """Return the unit's words, or the clauses around the answer if it is longer than ``size``."""
    unit = candidate.unit
    content = library.content(unit.file_id)
    if unit.kind == "row":
        return Statement(row_text(unit, content), (source_of(unit),))
    if unit.kind == "item":
        return item_statement(unit, library)
    view = content.structure.reading.view(unit.start, unit.end)
    key = answer_span(question, view, candidate.answer) or key_span(question, view.text)
    low, high = 0, len(view.text)
    if len(view.text) > size:
        low, high = window(view.text, key, min(size, CUT_TO))
    shown = view.text[low:high]
    draft.short = bare(view.text[slice(*key)])
    text = with_bold(shown, [(key[0] - low, key[1] - low)])
    text = ("……" if low else "") + text + ("……" if high < len(view.text) else "")
    return Statement(text, (Source(unit.file_id, unit.document, *view.span(low, high)),))
