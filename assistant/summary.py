"""Answers to “what was required, what was done”: the points of the passage that is about it."""

from __future__ import annotations

from collections.abc import Sequence

from assistant.evidence import Unit, paragraphs
from assistant.outline import headings_below
from assistant.question import Question
from assistant.ranking import Candidate, Rarity, holds_form
from assistant.statements import Draft, Source, Statement, escape
from assistant.tables import row_text
from assistant.texts.points import is_masthead
from index.library import Library
from index.sentences import points
from index.words import units

POOL = 30  # candidates that a summary is taken from
NEAR_BEST = 0.6  # share of the best coverage that a further sentence needs
MAX_POINTS = 12
FORM_WORTH = 0.3  # of coverage: a sentence that requires, orders or numbers its points
SCORE_WORTH = 0.02  # of coverage, a unit of the ranking score: it breaks ties


def summarise(question: Question, ranked: Sequence[Candidate], library: Library) -> Draft:
    """Return the sentences of the best document that are about the topic, in its order.

    Words that the document's title says already do not tell its sentences apart;
    what the question says beyond them does.
    """
    best = ranked[0].unit
    document = library.content(best.file_id).structure.documents[best.document]
    titled = frozenset(units(document.title))
    rarity = Rarity(question.terms, library)
    pool = [c for c in ranked[:POOL] if _same_document(c.unit, best) and c.unit.kind != "item"]
    pool = [c for c in pool if not is_masthead(c.unit.text)] or pool
    worth = {c.unit.key: _worth(question, c, rarity, titled) for c in pool}
    chosen = max(pool, key=lambda c: worth[c.unit.key], default=ranked[0]).unit
    shares = {c.unit.key: _share(question, c.unit, rarity, titled) for c in pool}
    near = shares if shares.get(chosen.key) else worth
    limit = NEAR_BEST * near.get(chosen.key, 0.0)
    kept = [c.unit for c in pool if near[c.unit.key] >= limit]
    for unit in [chosen, *kept]:
        below = headings_below(unit, library) if unit.text.endswith(("：", ":")) else None
        if below:
            return below
    draft = Draft()
    members = _points_of(chosen, library) or sorted(kept or [chosen], key=lambda u: u.start)
    for unit in members[:MAX_POINTS]:
        source = Source(unit.file_id, unit.document, unit.start, unit.end)
        row = unit.kind == "row"
        text = row_text(unit, library.content(unit.file_id)) if row else escape(unit.text)
        draft.statements.append(Statement(text, (source,), bullet=len(members) > 1))
    return draft


def _same_document(unit: Unit, other: Unit) -> bool:
    return (unit.file_id, unit.document) == (other.file_id, other.document)


def _share(question: Question, unit: Unit, rarity: Rarity, titled: frozenset[str]) -> float:
    """Return how much of what the question says beyond the title a unit says, 0 to 1."""
    said = dict.fromkeys(units(unit.before), 0.5) | dict.fromkeys(units(unit.text), 1.0)
    return rarity.share(said, question.facets | titled)


def _worth(
    question: Question, candidate: Candidate, rarity: Rarity, titled: frozenset[str]
) -> float:
    unit = candidate.unit
    said = dict.fromkeys(units(unit.before), 0.5) | dict.fromkeys(units(unit.text), 1.0)
    share = rarity.share(said, question.facets | titled)
    form = FORM_WORTH if holds_form("summary", unit.text) else 0.0
    return share + form + SCORE_WORTH * candidate.score


def _points_of(unit: Unit, library: Library) -> list[Unit]:
    """Return the numbered points of the unit, or of its paragraph if it is the lead-in."""
    content = library.content(unit.file_id)
    document = content.structure.documents[unit.document]
    spans = [(unit.start, unit.end)]
    spans += list(paragraphs(content, document, unit.start, unit.end))
    for start, end in spans:
        view = content.structure.reading.view(start, end)
        found = points(view, 0, len(view.text))
        if len(found) >= 2 and (start == unit.start or _leads(view.offsets[found[0][0]], unit)):
            return [
                Unit(
                    "sentence", unit.file_id, unit.document, *view.span(a, b), view.text[a:b],
                    unit.context,
                )
                for a, b in found
            ]  # fmt: skip
    return []


def _leads(first_point: int, unit: Unit) -> bool:
    """Tell whether the unit stands before the points or begins with the first."""
    return unit.start <= first_point
