"""From ranked evidence to a draft: verbatim sentences in a plain frame, each cited."""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.denied import denial
from assistant.entities import (
    MEASURED,
    Named,
    best_about,
    item_name,
    named_in,
    plain,
)
from assistant.evidence import Unit
from assistant.ledger.leftover import content_words
from assistant.ledger.named import whole_names
from assistant.listed import about_items
from assistant.lists import answer_count, answer_list
from assistant.lookup import WHOLE, look_up
from assistant.question import Question
from assistant.ranking import Candidate, Rarity, holds_form
from assistant.refusal import (
    attribute_missing,
    lacks_kind,
    missing_constraints,
    of_asked_year,
    refuses,
    within_constraints,
)
from assistant.roles import role_elsewhere
from assistant.statements import Draft, Source, Statement, escape
from assistant.summary import summarise
from index.library import Library
from index.words import fold
from prompts import render

CERTAIN = 3.0  # log odds of the reader's words against none
RELATED = 3  # passages shown beside a refusal

FORMED = MEASURED | {"why"}

_ISSUED = re.compile(
    r"发布|印发|落款|成文|签发|发出|出台|报告(的)?(日期|时间)|issued|dated|published"
)


def compose(
    question: Question, found: Sequence[Candidate], library: Library, briefly: bool = False
) -> Draft:
    """Return the draft of an answer; a refusal where the evidence does not answer.

    ``briefly`` where the question is one of several that are answered together.
    """
    within = within_constraints(question, found, library)
    ranked = within or found
    # A list of another year, quarter or place than the one asked for is no answer.
    listable = of_asked_year(question, within, library)
    if question.kind == "list":
        listed = answer_list(question, listable, library)
        if listed:
            return listed
    dated = _document_date(question, ranked, library) if question.kind == "when" else None
    if dated:
        return dated
    if question.kind == "count":
        counted = answer_count(question, listable, library)
        if counted:
            return counted
    denied = denial(question, ranked, library)
    if denied:
        return denied
    named = named_in(question, ranked) if question.kind != "list" else None
    if ranked and role_elsewhere(question, ranked[0], library):
        return _refusal(question, ranked, library, named)
    if named and not missing_constraints(question, ranked, library):
        return _about(question, named, ranked, library, briefly)
    if question.kind == "list" and ranked and ranked[0] not in listable:
        return _refusal(question, ranked, library)
    if refuses(question, ranked, library) or _silent_on(question, ranked[0].unit, library):
        return _refusal(question, ranked, library)
    if question.kind in ("summary", "list"):
        return summarise(question, ranked, library)
    return look_up(question, ranked, library, briefly)


def _document_date(
    question: Question, ranked: Sequence[Candidate], library: Library
) -> Draft | None:
    """Return when a document was issued, if that is asked and its title is named."""
    if not _ISSUED.search(question.text):
        return None
    asked = plain(question.text)
    for candidate in ranked:
        unit = candidate.unit
        document = library.content(unit.file_id).structure.documents[unit.document]
        named = plain(re.sub(r"（.*?）|\d{4}年", "", document.title)).strip("*")
        if len(named) < 4 or named not in asked or not document.date_text:
            continue
        start, end = document.date_start, document.date_end
        if start is None or end is None:
            continue
        source = Source(unit.file_id, unit.document, start, end)
        text = f"《{escape(document.title)}》：**{escape(document.date_text)}**"
        return Draft([Statement(text, (source,))], short=document.date_text)
    return None


def _refusal(
    question: Question,
    ranked: Sequence[Candidate],
    library: Library,
    named: Named | None = None,
) -> Draft:
    """Return a refusal that says what of the question was found, and what was not."""
    language = question.frames
    absent = missing_constraints(question, ranked, library)
    detail = ""
    if absent:
        detail = render("found_otherwise", language, words="、".join(absent))
    elif named:
        nothing = "内容" if language == "zh" else "what is asked about it"
        asked = f"“{question.attribute_words}”" if question.attribute_words else nothing
        detail = render("found_without", language, name=escape(named.name), asked=escape(asked))
    text = render("refusal", language, detail=detail).strip()
    draft = Draft(statements=[Statement(text)], refused=True)
    draft.related = [_opening(candidate.unit, library) for candidate in ranked[:RELATED]]
    return draft


def _opening(unit: Unit, library: Library) -> Source:
    """Return the unit's words, or as many as fit beside a refusal."""
    view = library.content(unit.file_id).structure.reading.view(unit.start, unit.end)
    end = view.span(0, min(len(view.text), WHOLE))[1]
    return Source(unit.file_id, unit.document, unit.start, end)


def _about(
    question: Question,
    named: Named,
    ranked: Sequence[Candidate],
    library: Library,
    briefly: bool,
) -> Draft:
    """Answer about the thing that the question names; refuse if nothing says what is asked."""
    if lacks_kind(question, ranked[0].unit):
        return _refusal(question, ranked, library, named)
    if _certain(question, ranked[0]) and ranked[0] in named.about:
        others = [c for c in named.about if c is not ranked[0]]
        return look_up(question, [ranked[0], *others], library, briefly)
    rarity = Rarity(question.terms, library)
    best = best_about(question, named, rarity)
    items = [c.unit for c in named.about if c.unit.kind == "item" and _is(c.unit, named.name)]
    formed = best is not None and holds_form(question.kind, best.unit.text)
    if items and not named.residual:
        # A list's lead-in dates its items; its figures are the list's, not the item's.
        listed = any(
            holds_form(question.kind, unit.context if question.kind == "when" else unit.text)
            for unit in items
        )
        elsewhere = formed and question.kind in FORMED
        if listed or not (elsewhere or question.kind in MEASURED):
            return about_items(question, items, library)
    if question.kind in ("count", "amount") and best and not _speaks_of(question, named, best.unit):
        return _refusal(question, ranked, library, named)
    if best is None and question.kind == "summary":
        return summarise(question, ranked, library)
    if best is None or lacks_kind(question, best.unit):
        return _refusal(question, ranked, library, named)
    if question.kind in MEASURED and not formed:
        return _refusal(question, ranked, library, named)
    if best.unit.kind == "item" and _is(best.unit, named.name):
        return about_items(question, items, library)
    others = [c for c in named.about if c is not best]
    return look_up(question, [best, *others], library, briefly)


def _certain(question: Question, best: Candidate) -> bool:
    """Tell whether a reader has found the answer's words in a unit that says what is asked."""
    found = best.answer is not None and best.features.margin >= CERTAIN
    return found and not attribute_missing(question, best.unit)


def _silent_on(question: Question, unit: Unit, library: Library) -> bool:
    """Tell whether a project of the ledger is named and nothing is said of what is asked."""
    if question.kind not in (*MEASURED, "unit", "lookup"):
        return False
    name = next((core for core, _ in whole_names(fold(question.text), library.ledger)), None)
    if name is None:
        return False
    return not _speaks_of(question, Named(name, (), frozenset()), unit)


def _speaks_of(question: Question, named: Named, unit: Unit) -> bool:
    """Tell whether a unit says a word of what is counted or measured (“多少名工人”)."""
    if question.language != "zh":
        return True
    rest = plain(question.text).replace(plain(named.name), " ")
    asked = [w for w in content_words(rest, "zh", sure=True) if not re.search(r"\d", w)]
    around = plain(f"{unit.context}{unit.before}{unit.text}")
    return not asked or any(pair in around for w in asked for pair in _pairs(w))


def _pairs(word: str) -> list[str]:
    return [word[i : i + 2] for i in range(max(len(word) - 1, 1))]


def _is(unit: Unit, name: str) -> bool:
    return plain(item_name(unit.text)) == plain(name)
