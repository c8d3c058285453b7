"""Reading the best evidence: which unit answers, and with which of its words."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import replace

from assistant.evidence import Span, Unit
from assistant.question import Question
from assistant.ranking import Candidate, rank, score_of
from assistant.reader.reading import Reader, Reading
from assistant.reader.windows import Window, windows
from assistant.retrieval import Hit, Vector
from index.library import Library

READ = 8  # stretches of text; each costs about 15 ms on two cores
MOST = 8.0  # log odds: what is surer is as sure
COMPARED = 0  # units whose meaning is compared before
WEIGHTS = {
    "covered": 1.0,
    "framed": 3.0,
    "form": 0.5,
    "retrieved": 0.5,
    "relevance": 1.0,
    "held": 1.0,
    "margin": 0.3,
}
CROSS_WORTH = 10.0  # of score: what a reader that names no words says of a stretch


def best_first(
    question: Question,
    vector: Vector,
    hits: Sequence[Hit],
    library: Library,
    reader: Reader | None = None,
) -> list[Candidate]:
    """Return the units of the hits, best first, read by the ``reader`` where there is one."""
    if reader is None:
        return rank(question, vector, hits, library)
    ranked = rank(question, vector, hits, library, COMPARED)
    return reread(question, ranked, library, reader)


def reread(
    question: Question, ranked: Sequence[Candidate], library: Library, reader: Reader
) -> list[Candidate]:
    """Return the candidates, best first, after the first of them were read."""
    found = windows([c.unit for c in ranked], library, READ)
    readings = reader.read(question.text, [window.passage for window in found])
    judged: dict[int, Candidate] = {}
    for window, reading in zip(found, readings, strict=True):
        for place in window.members:
            judged[place] = _judged(ranked[place], window, reading)
    read = sorted(judged.values(), key=lambda c: -c.score)
    # What was not read is not compared with what was: it comes after, in its order.
    least = min((c.score for c in read), default=0.0)
    top = max((c.score for n, c in enumerate(ranked) if n not in judged), default=least)
    rest = [
        replace(c, score=least - (top - c.score)) for n, c in enumerate(ranked) if n not in judged
    ]
    return [*read, *rest]


def _judged(candidate: Candidate, window: Window, reading: Reading) -> Candidate:
    if reading.margin is None:
        worth = CROSS_WORTH / (1 + math.exp(-reading.relevance))
        return replace(candidate, score=candidate.score + worth)
    span = window.canonical(reading.start, reading.end)
    row = candidate.unit.kind == "row"
    held = row or (span is not None and _inside(span, candidate.unit))
    features = replace(
        candidate.features,
        relevance=_bounded(reading.relevance),
        held=float(held),
        margin=_bounded(reading.margin) if held else 0.0,
    )
    beside = candidate.score - score_of(candidate.features)
    return replace(
        candidate,
        features=features,
        score=score_of(features, WEIGHTS) + beside,
        read=True,
        answer=span if held and not row else None,
    )


def _inside(span: Span, unit: Unit) -> bool:
    return unit.start <= span[0] and span[1] <= unit.end


def _bounded(odds: float) -> float:
    return max(-MOST, min(MOST, odds))
