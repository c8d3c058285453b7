"""What a conversation left behind: the last question and list, who and what they told of."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field

from assistant.followup.listed import items_of
from assistant.followup.parts import Known, parts_of, people_in, same_length
from assistant.ledger.answer import answer_from_ledger
from assistant.question import understand
from assistant.records import Answer
from index.ledger.names import core_name

Recall = Callable[[str], Answer | None]
MAX_NAME = 30  # characters of a short answer that is a name


class NoSuchItemError(Exception):
    """A follow-up points at a place that the list before does not have.

    ``words`` are those of the follow-up, ``count`` is how long the list is.
    """

    def __init__(self, words: str, count: int) -> None:
        super().__init__(words)
        self.words = words
        self.count = count


@dataclass(frozen=True, slots=True)
class State:
    """Where a conversation stands.

    ``question`` is the last one, standalone, with the ``answer`` that was shown (may be
    a bare text); ``listing`` and ``listed`` are those of the last list, ``person`` is
    who was named last.
    """

    question: str
    answer: str = ""
    listing: str = ""
    listed: str = ""
    person: str = ""


@dataclass(frozen=True, slots=True)
class Memory:
    """Looks up what a pronoun or a place in a list points at.

    ``recall`` answers a standalone question again; it is called only where the answer
    that was shown does not tell.
    """

    known: Known
    recall: Recall = field(default=lambda question: None)

    def names_in(self, text: str) -> list[str]:
        """Return the names of records that a text says whole, in order."""
        return [text[start:end] for start, end in self.known.whole(same_length(text))]

    def items(self, state: State) -> list[str]:
        """Return the items of the last list, as it was shown or as it is."""
        shown = items_of(state.listed or state.answer)
        if shown:
            return shown
        told = self.names_in(state.listed or state.answer)
        if len(told) > 1:  # “甲水库（缺资金）和乙水库（缺用地）。”
            return told
        again = self.recall(state.listing or state.question)
        found = (_names(again) or items_of(again.answer)) if again else []
        return found or self.names_in(state.answer)

    def only(self, state: State) -> str | None:
        """Return the one thing that the last answer told of, None where it was none or more."""
        names = self.names_in(state.answer)
        if len(names) != 1:
            again = self.recall(state.question)
            names = _names(again) if again else []
        return names[0] if len(names) == 1 else None

    def winner(self, state: State) -> str | None:
        """Return what a ranking put first."""
        again = self.recall(state.question)
        if again is None or again.refused:
            return None
        names, short = _names(again), again.short or ""
        named = next((name for name in names if name in short), None)
        if named:
            return named
        if 2 <= len(short) <= MAX_NAME and not re.search(r"\d", short):
            return short
        return names[0] if names else None

    def person(self, state: State) -> str | None:
        """Return whom the last question or its answer named."""
        for text in (state.question, state.answer):
            if found := people_in(text, self.known):
                return found[0]
        again = self.recall(state.question)
        for text in (again.short or "", again.answer) if again else ():
            if found := people_in(text, self.known):
                return found[0]
        return state.person or None

    def rows(self, text: str) -> set[str] | None:
        """Return the names that the ledger lists for a question, None if it has no answer."""
        if self.known.ledger is None:
            return None
        draft = answer_from_ledger(understand(text), self.known.ledger, lambda words, names: None)
        if draft is None:
            return None
        return {core_name(str(row.get("name"))) for row, _ in draft.rows}

    def region(self, state: State, *, period: bool) -> str:
        """Return the region (and the period) of the last list, to stand before a name."""
        wanted = ("issuer", "period") if period else ("issuer",)
        parts = parts_of(state.listing or state.question, self.known)
        first = {p.facet: p.words for p in reversed(parts) if p.facet in wanted}
        return "".join(first[facet] for facet in wanted if facet in first)


def _names(answer: Answer) -> list[str]:
    return [str(row["name"]) for row in answer.rows or () if row.get("name")]
