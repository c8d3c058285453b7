"""When the documents do not answer: calibrated on questions whose passage was left out."""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.question import Question
from assistant.ranking import Candidate
from index.library import Library
from index.words import fold

# See docs/measurements.md, "Refusal", for the data and the curve.
THRESHOLD_ZH = 14.0
THRESHOLD_EN = 9.5


def refuses(question: Question, ranked: Sequence[Candidate], library: Library) -> bool:
    """Tell whether the best evidence is too weak to be an answer."""
    if not ranked:
        return True
    threshold = THRESHOLD_ZH if question.language == "zh" else THRESHOLD_EN
    return ranked[0].score < threshold or bool(missing_constraints(question, ranked, library))


def missing_constraints(
    question: Question, ranked: Sequence[Candidate], library: Library
) -> list[str]:
    """Return the years, dates and quarters of the question that the best evidence lacks."""
    if not ranked:
        return []
    best = ranked[0].unit
    content = library.content(best.file_id)
    document = content.structure.documents[best.document]
    around = content.structure.reading.view(document.start, document.end).text
    said = fold(
        f"{around} {document.date or ''} {document.title} {library.file_by_id(best.file_id).path}"
    )
    said = re.sub(r"\s", "", said)
    return [c for c in question.constraints if c not in said]
