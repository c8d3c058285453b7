"""The sentences of a draft with what was found of each, and how they are laid out."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from assistant.claims.foreign import foreign
from assistant.claims.records import Claim, Evidence, Fault, Verdict
from assistant.llm.neutral import gives_orders, is_foreign
from index.words import fold, units

State = Literal["verified", "unverified", "withheld"]
LEAST_HELD = 0.4  # share of a failing sentence's words that the evidence must hold to be shown
_BULLET = re.compile(r"\s*(?:[-*+•·–—]|\d{1,3}[.、)）]|[（(]\d{1,3}[)）])\s*")


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence of the draft: ``keys`` are those that exist, ``line`` counts from 0.

    verified: the check found nothing wrong. unverified: it did; the sentence is shown
    as such. withheld: it failed and has no source or little of the evidence in it, or it
    holds what no answer may hold.
    """

    text: str
    keys: tuple[str, ...]
    state: State
    faults: tuple[Fault, ...]
    line: int
    bullet: bool = False
    repaired: bool = False
    counts: bool = True  # a lead-in that states nothing does not count
    worked: tuple[str, ...] = ()  # how its figures follow that no source gives


def judged(
    claim: Claim, verdict: Verdict, evidence: Mapping[str, Evidence], draft: str
) -> Sentence:
    """Return a claim as a sentence, its state by its faults and by what it holds.

    ``evidence`` is all that the model was shown; ``draft`` the text that the claim is of.
    """
    faults = verdict.faults
    keys = tuple(key for key in claim.keys if key in evidence)
    text = claim.text.replace("\t", "；").replace("\n", " ").strip()
    state: State = "verified" if not faults else "unverified"
    held = "\n".join(f"{e.quote}\n{e.title}\n{e.section}" for e in evidence.values())
    if faults and (not keys or _is_strange(text, held)):
        state = "withheld"
    if is_foreign(text) or gives_orders(text) or foreign(text, held):
        state = "withheld"
    begin = draft.rfind("\n", 0, claim.start) + 1
    return Sentence(
        text=text,
        keys=keys,
        state=state,
        faults=faults,
        worked=verdict.worked,
        line=draft.count("\n", 0, claim.start),
        bullet=bool(_BULLET.fullmatch(draft[begin : claim.start])),
        counts=bool(keys or faults),
    )


def _is_strange(text: str, held: str) -> bool:
    """Tell whether a sentence is no rendering of the evidence, but of something else."""
    words, known = units(fold(text)), set(units(fold(held)))
    return sum(word in known for word in words) < LEAST_HELD * len(words)


def mended(sentence: Sentence, better: Sequence[Sentence]) -> list[Sentence]:
    """Return what stands in the place of a sentence that was written anew."""
    return [
        replace(s, line=sentence.line, bullet=sentence.bullet and not n, repaired=True)
        for n, s in enumerate(better)
    ]


@dataclass(frozen=True, slots=True)
class Counts:
    """How many sentences there were, and what became of them."""

    sentences: int
    verified: int
    unverified: int
    withheld: int
    repaired: int

    @property
    def share(self) -> float:
        """The share that was verified, 0 where there was no sentence."""
        return self.verified / self.sentences if self.sentences else 0.0


def count(sentences: Sequence[Sentence]) -> Counts:
    """Count the sentences that state something."""
    told = [s for s in sentences if s.counts]
    states = [s.state for s in told]
    return Counts(
        len(told),
        states.count("verified"),
        states.count("unverified"),
        states.count("withheld"),
        sum(s.repaired for s in told),
    )
