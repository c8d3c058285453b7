"""An answer worked out from two figures that passages state, where a question asks for it."""

from __future__ import annotations

from collections.abc import Sequence

from assistant.question import Question
from assistant.retrieval import Hit
from assistant.stated.lead import answer_lead
from assistant.stated.passages import said_in
from assistant.stated.shares import answer_share
from assistant.stated.targets import answer_target
from assistant.stated.twins import answer_twins, twins_in
from assistant.statements import Draft
from index.database import StoredChunk
from index.library import Library

MOST = 12  # passages that are looked into
EACH = 6  # passages in which each of two named things is looked for


def answer_stated(question: Question, hits: Sequence[Hit], library: Library) -> Draft | None:
    """Return a share, sum, difference or comparison of stated figures, None where not asked."""
    if question.language != "zh":
        return None
    chunks = [hit.stored for hit in hits[:MOST]]
    for answer, kind in (
        (answer_lead, "value"), (answer_share, "share"),
        (answer_target, "compare"), (answer_twins, "compare"),
    ):  # fmt: skip
        if answer is answer_twins:
            chunks += _naming(twins_in(question.text), library)
        draft = answer(question.text, said_in(chunks, library))
        if draft is not None:
            draft.interpretation = {"kind": kind, "filters": {}}
            return draft
    return None


def _naming(names: Sequence[str], library: Library) -> list[StoredChunk]:
    """Return the passages that say the names best: each thing may be told of apart."""
    keys = [key for name in names for key, _ in library.search_words(name, EACH)]
    found = library.chunks(list(dict.fromkeys(keys)))
    return [found[key] for key in dict.fromkeys(keys) if key in found]
