"""From a draft to an answer: lines numbered, citations and figures verified by code."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from assistant.citations import verify_answer
from assistant.question import Question
from assistant.ranking import Candidate
from assistant.records import Answer, Citation
from assistant.statements import Draft, Numbering, cite
from index.library import Library
from prompts import render


@dataclass(frozen=True, slots=True)
class Finishing:
    """What an answer is made of: the question as asked and as read, the draft over the evidence.

    ``ranked`` is what was found, best first; nothing where records or a named text answer.
    """

    asked: str
    question: Question
    draft: Draft
    interpretation: dict[str, Any]
    notes: tuple[str, ...] = ()
    ranked: tuple[Candidate, ...] = ()


def finish(made: Finishing, library: Library) -> Answer:
    """Return the verified answer in the documents' own words."""
    numbering = Numbering(library)
    lines = [numbering.line(statement) for statement in made.draft.statements]
    return verified(made, numbering, lines, computed_figures(made.draft), library)


def computed_figures(draft: Draft, after: int = 0) -> dict[int, frozenset[str]]:
    """Return the figures that lines say by counting; the first has the number ``after``."""
    return {n: s.computed for n, s in enumerate(draft.statements, after) if s.computed}


def verified(
    made: Finishing,
    numbering: Numbering,
    lines: Sequence[str],
    computed: Mapping[int, frozenset[str]],
    library: Library,
) -> Answer:
    """Return the answer of numbered lines: what holds of their citations, and what does not."""
    draft, text = made.draft, "\n".join(lines)
    texts = {c.document: library.text(c.document) for c in numbering.citations}
    citations, problems = verify_answer(text, numbering.citations, texts, computed)
    return Answer(
        question=made.asked,
        answer=text,
        short=draft.short,
        refused=draft.refused,
        interpretation=made.interpretation,
        columns=draft.columns,
        rows=_rows(draft, numbering) if draft.columns else None,
        count=draft.count,
        value=draft.value,
        citations=() if draft.refused else tuple(citations),
        related=tuple(_related(draft, library)),
        unverified=tuple(problems),
        notes=(*made.notes, *draft.notes),
    )


def _rows(draft: Draft, numbering: Numbering) -> tuple[dict[str, Any], ...]:
    """Return the rows with the citation numbers of their cells."""
    return tuple(
        values
        | {"cells": {name: [numbering.number(s) for s in found] for name, found in cells.items()}}
        for values, cells in draft.rows
    )


def _related(draft: Draft, library: Library) -> Iterator[Citation]:
    for number, source in enumerate(draft.related, start=1):
        yield cite(source, number, library)


def own_words(answer: str) -> str:
    """Return an earlier answer less its wording: a follow-up leans on what the code has listed."""
    for language in ("zh", "en"):
        line = render("llm_original", language)
        _, found, after = answer.partition(f"\n{line}\n")
        if found:
            return after
    return answer
