"""Questions made standalone: “那原因呢？” after a list, “上季度” by the documents' dates."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from assistant.followup.leaning import ANOTHER, follow_of
from assistant.followup.listed import items_of
from assistant.followup.memory import Memory, NoSuchItemError, Recall, State
from assistant.followup.parts import Known, people_in
from assistant.followup.resolve import resolve
from assistant.followup.scope import HEAD, topic_of
from assistant.language import is_english
from assistant.records import Answer, Turn
from assistant.reltime import absolute, periods_told, years_asked, years_covered
from assistant.statements import Draft, Statement, escape
from prompts import render

if TYPE_CHECKING:
    from index.library import Library

__all__ = ["Read", "Standalone", "read_with_history", "standalone", "topic_of"]

TURNS = 12  # turns back that a chain of follow-ups is traced
_BOUND = re.compile(
    r"(?P<year>(?:19|20)\d\d)年(?:(?:以|之)?[前后间]|[到至—-])(?=[^，,。]{0,10}[建修造])"
)
_COURTESY = re.compile(
    r"(?:(?:好的?|嗯+|哦+|行|可以|明白了?|知道了|收到|清楚了|懂了|没事了?|没有了|不用了|谢谢(?:你|您|啦|了)?|多谢|感谢|辛苦了?|再见|拜拜|你好|您好|早上好|下午好|太好了|不错"
    r"|thanks?(?: you)?(?: very much| a lot| so much)?|ok(?:ay)?|got it|great|hello|hi|bye|good(?:bye)?|cheers|i see)[，,。！!.~～、\s]*)+",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Standalone:
    """A question that needs no conversation.

    ``notes`` say how it was read; ``reply`` is what to say where there is nothing to
    look up: to “谢谢” (``refused`` false), or to a place that the list does not have.
    ``before`` is where the talk stood, where the question goes on about one thing of it.
    """

    text: str
    notes: tuple[str, ...] = ()
    reply: str | None = None
    refused: bool = False
    before: State | None = None


@dataclass(frozen=True, slots=True)
class Read:
    """A question ready to be understood, or the ``draft`` of what to say instead.

    ``notes`` say how it was read; ``assumed`` are years that it did not say itself, ``before``
    where the talk stood, where the question goes on about one thing of it.
    """

    text: str
    notes: tuple[str, ...] = ()
    assumed: frozenset[str] = frozenset()
    draft: Draft | None = None
    before: State | None = None


def read_with_history(
    question: str,
    history: Sequence[Turn],
    library: Library,
    answer: Callable[[str], Answer],
) -> Read:
    """Return the question standalone, its relative times made absolute.

    ``answer`` answers a standalone question: it is asked again where what a follow-up
    points at was not shown.
    """
    ledger = library.ledger
    alone = standalone(question, history, Known(ledger), answer)
    if alone.reply is not None:
        return Read(question, draft=_says(alone.reply, alone.refused))
    timed = absolute(alone.text, ledger)
    if timed.reply is not None:
        return Read(timed.text, draft=_says(timed.reply, refused=True))
    uncovered = _uncovered(timed.text, library)
    if uncovered:
        return Read(timed.text, draft=_says(uncovered, refused=True))
    return Read(timed.text, (*alone.notes, *timed.notes), timed.assumed, before=alone.before)


def _says(text: str, refused: bool) -> Draft:
    kind = "refusal" if refused else "courtesy"
    return Draft(
        [Statement(escape(text))], refused=refused, interpretation={"kind": kind, "filters": {}}
    )


def _uncovered(text: str, library: Library) -> str | None:
    """Return a refusal where the question names years of which no document says anything."""
    # “1990年以前建的” bounds what is sought; it is no period that documents report on.
    bounds = {int(match["year"]) for match in _BOUND.finditer(text)}
    asked = [year for year in years_asked(text) if year not in bounds]
    if not asked or years_covered(library.ledger).intersection(asked):
        return None
    language = "en" if is_english(text) else "zh"
    periods = periods_told(library.ledger, language)
    words = [f"{year}年" for year in asked]
    if not periods or any(library.word_frequency(words).values()):
        return None
    return render("time_uncovered", language, asked="、".join(words), periods=periods)


def standalone(
    question: str,
    history: Sequence[Turn] = (),
    known: Known | None = None,
    recall: Recall = lambda question: None,
) -> Standalone:
    """Return ``question`` so that it can be understood without ``history``.

    ``known`` is what the index holds; ``recall`` answers an earlier question again
    where what was shown does not tell what is meant.
    """
    language = "en" if is_english(question) else "zh"
    if _COURTESY.fullmatch(question.strip()):
        return Standalone(question, reply=render("courtesy", language))
    if not history:
        return Standalone(question)
    memory = Memory(known or Known(), recall)
    turns = [turn for turn in history if not _COURTESY.fullmatch(turn.question.strip())]
    state = _state(turns[-TURNS:], memory)
    if state is None:
        return Standalone(question)
    try:
        text = resolve(question, state, memory)
    except NoSuchItemError as error:
        said = render("no_such_item", language, count=error.count, words=error.words)
        return Standalone(question, reply=said, refused=True)
    if text == question:
        return Standalone(question)
    before = state if _goes_on(question, state, memory) else None
    return Standalone(text, (render("read_as", language, question=text),), before=before)


def _goes_on(question: str, state: State, memory: Memory) -> bool:
    """Tell whether a follow-up asks of the one thing that was spoken of, not of a list."""
    follow = follow_of(question, memory.known)
    if follow is None or follow.english or follow.more or follow.among or follow.corrects:
        return False
    if follow.pick is not None:  # of a list that was shown, the ledger knows more
        told_of = re.match("[前后]面?的?那", follow.pick.words)  # “后面那座”, of a sentence
        return bool(told_of and state.answer) and not items_of(state.answer)
    if follow.points == "single":
        return ANOTHER.search(follow.bare) is not None
    return follow.points in ("", "that") and state.listing != state.question


def _state(turns: Sequence[Turn], memory: Memory) -> State | None:
    """Return where the conversation stands after ``turns``."""
    first = next(
        (n for n in reversed(range(len(turns))) if _complete(turns[n].question, memory.known)),
        0,
    )
    state: State | None = None
    for turn in turns[first:]:
        text = turn.question
        if state is not None:
            try:
                text = resolve(text, state, memory)
            except NoSuchItemError:
                continue
        state = _after(text, turn.answer, state, memory)
    return state


def _complete(question: str, known: Known) -> bool:
    return follow_of(question, known) is None


def _after(text: str, answer: str, before: State | None, memory: Memory) -> State:
    lists = bool(items_of(answer)) or bool(
        HEAD.search(text)
        and re.search(r"哪些|哪几|几[个项件]|多少个|which|how many|list", text.lower())
    )
    listing, listed = (before.listing, before.listed) if before else ("", "")
    if lists and not memory.names_in(text):
        listing, listed = text, answer
    people = people_in(text, memory.known)
    person = people[0] if people else (before.person if before else "")
    return State(text, answer, listing, listed, person)
