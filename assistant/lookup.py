"""One fact looked up: the sentence that says it, the answer's words in bold."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from assistant.clauses import answer_span, bare, key_span, window
from assistant.desk.claims import plain_words
from assistant.entities import own_names, plain
from assistant.evidence import Unit
from assistant.items import source_of, units_of_group
from assistant.listed import item_statement
from assistant.question import Kind, Question
from assistant.ranking import Candidate, is_silent
from assistant.statements import Draft, Source, Statement, with_bold
from assistant.tables import row_text
from index.library import Library
from index.words import units
from prompts import render

MAX_ROWS = 6  # a table this small is shown whole where no row is named
BRIEF = 150  # characters of an answer in running text, as many sentences as fit
WHOLE = BRIEF  # characters; a longer sentence is shown from clause to clause
CUT_TO = 120  # characters of clauses around the answer
NEAR_BEST = 0.75  # share of the best score from which a second sentence is shown
BRIEFLY = 64  # characters of the answer to one part of a question
SHARE = 36  # characters that the best leaves to each of those beside it
MOST = 2  # others shown beside it
LEAST = 25  # characters of a sentence that is worth beginning
AROUND = 8  # characters that stand around a sentence beside the best: frame, dots, line end
MORE = 6  # sentences looked at after the best
# Log odds of the best words against none, above which few are wrong: of the first 100
# questions of RGB's noise 0 to 80, 8, 8 and 16 % were, and 17, 21 and 33 % below.
SURE = 8.0
FORMED: frozenset[Kind] = frozenset(("when", "amount", "count"))  # a date or a figure is sought
BEHIND, FAR_BEHIND = 4.0, 8.0  # of score: a sentence that far behind adds nothing; if unsure


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
    whole, most = BRIEF, MOST
    if briefly:
        whole = BRIEFLY
        most = int(best.read and best.features.margin < SURE)
    others = _others(question, ranked, library) if most else []
    size = whole - SHARE * min(len(others), most) if best.read else whole
    draft.statements.append(_quote(question, best, library, draft, size))
    room = whole - _shown(draft.statements[0])
    draft.statements += _beside(question, best, others, room, most, library)
    return draft


def _others(question: Question, ranked: Sequence[Candidate], library: Library) -> list[Candidate]:
    """Return the candidates that may answer as well as the best, with other words."""
    best = ranked[0]
    found, answers = [best], {_answer(best, library)}
    for candidate in ranked[1 : MORE + 1]:
        answer = _answer(candidate, library)
        if (
            _worth_saying(question, best, candidate)
            and not any(candidate.unit.overlaps(c.unit) for c in found)
            and not (best.read and answer in answers)
        ):
            found.append(candidate)
            answers.add(answer)
    return found[1:]


def _answer(candidate: Candidate, library: Library) -> str:
    """Return the words in which a reader sees the answer, in one form."""
    if candidate.answer is None:
        return ""
    return plain(library.content(candidate.unit.file_id).text[slice(*candidate.answer)])


def _beside(
    question: Question,
    best: Candidate,
    others: Sequence[Candidate],
    room: int,
    most: int,
    library: Library,
) -> list[Statement]:
    """Return the sentences of ``others``, ``most`` at most, as far as there is ``room``."""
    statements: list[Statement] = []
    for place, candidate in enumerate(others):
        # Of what is left, each of those to come gets its share.
        share = room // min(len(others) - place, most - len(statements)) - AROUND
        size = max(LEAST, share) if best.read else WHOLE
        statement = _quote(question, candidate, library, Draft(), size)
        statement = _see_also(statement, question.frames)
        if _shown(statement) <= room or not (best.read or statements):
            room -= _shown(statement)
            statements.append(statement)
        if len(statements) == most:
            break
    return statements


def _shown(statement: Statement) -> int:
    """Return how many characters of a line are seen, its end included."""
    return len(plain_words(statement.text)) + 1


def _see_also(statement: Statement, language: str) -> Statement:
    return replace(statement, text=render("see_also", language, words=statement.text))


def _worth_saying(question: Question, best: Candidate, other: Candidate) -> bool:
    if not best.read:  # the words alone speak
        near = other.score >= NEAR_BEST * best.score
        said = _answering_words(question, best.unit)
        return near and bool(_answering_words(question, other.unit) - said)
    if is_silent(question, other) or (question.kind in FORMED and not other.features.form):
        return False
    if best.features.margin < SURE or other.features.margin > best.features.margin:
        return other.score >= best.score - FAR_BEHIND
    return other.answer is not None and other.score >= best.score - BEHIND


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


_POINTS_ASKED = re.compile(r"(?P<words>[一二两三四五六七八九十][个项条大点][\u4e00-\u9fff]{1,8})")
_POINTS_TOLD = re.compile(r"[一二三四五六七八九十]是")
MOST_POINTS = 500  # characters of a sentence that is told whole for its points


def _counts_points(question: Question, text: str) -> bool:
    """Tell whether a sentence tells the points that a question asks for by their number.

    “四个到位”, behind which stand 一是 to 四是: half of them are no answer.
    """
    if len(text) > MOST_POINTS or len(_POINTS_TOLD.findall(text)) < 2:
        return False
    quoted = re.findall(r"[“\"]([^”\"]{2,12})[”\"]", question.text)
    return any(_POINTS_ASKED.fullmatch(words) and words in text for words in quoted)


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
    # Words that the reader finds less likely than none are no better than any clause.
    likely = candidate.answer if candidate.features.margin >= 0 else None
    key = answer_span(question, view, likely) or key_span(question, view.text)
    low, high = 0, len(view.text)
    if len(view.text) > size and not _counts_points(question, view.text):
        low, high = window(view.text, key, min(size, CUT_TO))
    shown = view.text[low:high]
    draft.short = bare(view.text[slice(*key)])
    text = with_bold(shown, [(key[0] - low, key[1] - low)])
    text = ("……" if low else "") + text + ("……" if high < len(view.text) else "")
    return Statement(text, (Source(unit.file_id, unit.document, *view.span(low, high)),))
