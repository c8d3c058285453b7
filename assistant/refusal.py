"""When the documents do not answer: calibrated on questions whose passage was left out."""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.evidence import Unit
from assistant.question import Question
from assistant.ranking import Candidate
from index.library import Library
from index.words import fold, units

# See docs/measurements.md, "Refusal", for the data and the curve.
THRESHOLD_ZH = 14.0
THRESHOLD_EN = 9.5
MIN_ATTRIBUTE = 0.34  # share of the attribute's bigrams that evidence must hold
MAX_LOOKED_THROUGH = 200_000  # characters of a document searched for a date


def refuses(question: Question, ranked: Sequence[Candidate], library: Library) -> bool:
    """Tell whether the best evidence is too weak to be an answer."""
    if not ranked:
        return True
    threshold = THRESHOLD_ZH if question.language == "zh" else THRESHOLD_EN
    return (
        ranked[0].score < threshold
        or bool(missing_constraints(question, ranked, library))
        or attribute_missing(question, ranked[0].unit)
    )


def within_constraints(
    question: Question, ranked: Sequence[Candidate], library: Library
) -> list[Candidate]:
    """Return the candidates whose documents hold every year, date and quarter asked for."""
    if not question.constraints:
        return list(ranked)
    return [c for c in ranked if not _lacking(question, c, library)]


def missing_constraints(
    question: Question, ranked: Sequence[Candidate], library: Library
) -> list[str]:
    """Return the years, dates and quarters of the question that the best evidence lacks."""
    return _lacking(question, ranked[0], library) if ranked else []


def _lacking(question: Question, candidate: Candidate, library: Library) -> list[str]:
    unit = candidate.unit
    content = library.content(unit.file_id)
    document = content.structure.documents[unit.document]
    body = content.text[document.start : document.end][:MAX_LOOKED_THROUGH]
    named = f"{document.title} {document.date or ''} {library.file_by_id(unit.file_id).path}"
    said = re.sub(r"\s", "", fold(f"{named} {body}"))
    return [constraint for constraint in question.constraints if constraint not in said]


def attribute_missing(question: Question, best: Unit) -> bool:
    """Tell whether the unit says nothing of what is asked about the thing it names."""
    if not question.attribute or question.language != "zh":
        return False
    around = set(units(f"{best.context}\n{best.before}\n{best.text}"))
    said = sum(unit in around for unit in question.attribute)
    return said < MIN_ATTRIBUTE * len(question.attribute)
