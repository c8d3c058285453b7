"""Which clause of a sentence answers, and how much of a long sentence to show."""

from __future__ import annotations

import re

from assistant.question import Question
from assistant.ranking import holds_form
from assistant.status import statuses
from index.words import units

WINDOW = 160  # characters shown of a longer sentence
SHORT = 60  # characters of the bare answer at most
FORM_WORTH = 1.5  # words: a clause that holds the kind of thing asked for
ATTRIBUTE_WORTH = 3.0  # words: a clause that says what is asked of the thing
OTHER_STATUS = 6.0  # words: a clause about projects of another status
NEAR_WORTH = 0.7  # of a word in the clause: one elsewhere between the same semicolons

_CLAUSE = re.compile(r"[^，；。！？,;!?]+[，；。！？,;!?]?")
_SHARE = re.compile(r"占|比例|比重|百分|percent|share|proportion")


def key_span(question: Question, text: str) -> tuple[int, int]:
    """Return the clause that answers best, without its closing punctuation."""
    wanted = set(question.terms) - question.facets
    clauses = list(_CLAUSE.finditer(text))
    if not clauses:
        return 0, len(text)
    # What a figure measures often stands in the clauses before it, up to the semicolon.
    segment, near = 0, []
    for clause in clauses:
        near.append(segment)
        segment += clause.group()[-1] in "；。;"
    segments = dict.fromkeys(near, "")
    for clause, n in zip(clauses, near, strict=True):
        segments[n] += clause.group()
    spoken = {n: wanted & set(units(words)) for n, words in segments.items()}
    asked = statuses(question.text)
    share = _SHARE.search(question.text) is not None

    def worth(place: int) -> float:
        clause = clauses[place].group()
        inside = set(units(clause))
        said = len(wanted & inside) + NEAR_WORTH * len(spoken[near[place]])
        named = bool(question.attribute) and inside >= set(question.attribute)
        listed = statuses(segments[near[place]])
        other = asked and listed and not asked & listed
        return (
            said
            + (FORM_WORTH if holds_form(question.kind, clause) else 0.0)
            + (ATTRIBUTE_WORTH if named or (share and re.search("[%％]", clause)) else 0.0)
            - (OTHER_STATUS if other else 0.0)
        )

    best = clauses[max(range(len(clauses)), key=worth)]
    end = best.end() - (best.group()[-1] in "，；。！？,;!?")
    start = best.start() + len(best.group()) - len(best.group().lstrip())
    return start, max(end, start + 1)


def window(text: str, key: tuple[int, int]) -> tuple[int, int]:
    """Return the run of whole clauses around ``key``, up to ``WINDOW`` characters."""
    low, high = key
    bounds = [0, *[m.end() for m in _CLAUSE.finditer(text)]]
    while True:
        before = max((b for b in bounds if b < low), default=None)
        after = min((b for b in bounds if b > high), default=None)
        if before is not None and high - before <= WINDOW:
            low = before
        elif after is not None and after - low <= WINDOW:
            high = after
        else:
            return low, high


def bare(text: str) -> str | None:
    """The bare answer in `text`, where it is short enough to be one."""
    inner = text.strip("，。；：、,;: ")
    return inner if 0 < len(inner) <= SHORT else None
