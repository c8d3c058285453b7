"""A draft's sentences, the evidence they cite, and what was found wrong with them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Literal

FaultKind = Literal[
    "unknown_key",
    "uncited",
    "number",
    "date",
    "amount",
    "name",
    "status",
    "negation",
    "merged",
    "unsupported",
]


@dataclass(frozen=True, slots=True)
class Evidence:
    """What one opaque key of the prompt stands for.

    ``quote`` is the verbatim span, ``title`` and ``section`` say what it is of.
    ``fields`` are the values of a ledger row in the words of the source, by the
    names of the contract (``name unit stage progress reason …``); empty for a passage.
    """

    key: str
    quote: str
    title: str = ""
    section: str = ""
    fields: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))


@dataclass(frozen=True, slots=True)
class Claim:
    """One sentence, list item or table row of a draft, without its marks.

    ``keys`` are those that it cites, in order and once each. ``start``/``end`` are
    half-open offsets of its words and marks in the draft, in code points. The cells
    of a table row are separated by tabs in ``text``.
    """

    text: str
    keys: tuple[str, ...]
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong with a claim: the kind, and the words of the claim that it concerns."""

    kind: FaultKind
    words: str


@dataclass(frozen=True, slots=True)
class Worked:
    """A figure that the evidence does not hold and that follows from figures it holds.

    ``how`` shows the work: “4.4公里 = 16公里 − 11.6公里”.
    """

    how: str


@dataclass(frozen=True, slots=True)
class Verdict:
    """A claim with all that was found wrong with it, and the arithmetic that it rests on."""

    claim: Claim
    faults: tuple[Fault, ...] = ()
    worked: tuple[str, ...] = ()

    @property
    def verified(self) -> bool:
        """Tell whether nothing was found wrong."""
        return not self.faults
