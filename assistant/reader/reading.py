"""What a reader is asked and what it says; every reader speaks these."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol


@dataclass(frozen=True, slots=True)
class Passage:
    """A text to read, and what stands above it."""

    title: str
    text: str


@dataclass(frozen=True, slots=True)
class Reading:
    """What a passage says to a question.

    ``relevance``: log odds that it answers. ``start``, ``end``: half-open characters of
    the answer's words in the passage. ``margin``: log odds of these words against none;
    None where the model names no words (``start == end``). ``others``: the same of the
    next likeliest words, none of which overlap.
    """

    relevance: float
    start: int = 0
    end: int = 0
    margin: float | None = None
    others: tuple[tuple[int, int, float], ...] = ()


class Reader(Protocol):
    """Whatever reads passages. Calls from several threads are safe."""

    def read(self, question: str, passages: Sequence[Passage]) -> list[Reading]:
        """Return one reading a passage, in their order."""
        ...
