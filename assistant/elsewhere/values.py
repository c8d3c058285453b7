"""Other places that state a figure that an answer gives, of the same thing."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from decimal import Decimal

from assistant.elsewhere.sayings import Saying, pairs_of
from index.ledger.quantities import quantities
from index.words import fold

TELLING = 3  # digits of a figure that hardly stands for two things
SHARED = 2  # pairs of the question that must be said with a telling figure
MOST_OF_IT = 0.4  # of the question's pairs, that must be said with any other
_COUNTERS = frozenset("个项件家户人名位次")
_DIGIT = re.compile(r"\d")
_ASKING = re.compile(r"多少|几|什么|怎么样?|如何|是否|吗|呢|各|分别|请问")


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure in its unit without scale: 26.91亿元 and 269100万元 are one."""

    value: Decimal
    unit: str
    digits: int


def figures_of(words: Iterable[str]) -> frozenset[Figure]:
    """Return the figures in some words; counts are told by what is counted, and none of them."""
    return frozenset(
        Figure(q.value, q.unit, len(_digits(q.text)))
        for text in words
        for q in quantities(fold(text))
        if q.unit not in _COUNTERS and not q.hedged
    )


def asked_for(question: str) -> frozenset[str]:
    """Return the pairs of characters of what a question asks the figure of."""
    return pairs_of(_ASKING.sub(" ", question))


def states_same(figures: Collection[Figure], asked: frozenset[str], saying: Saying) -> bool:
    """Tell whether a saying states one of the figures of what is ``asked``."""
    if not _DIGIT.search(saying.text):
        return False
    same = [f for f in figures_of([saying.text]) if any(_same(f, own) for own in figures)]
    if not same:
        return False
    shared = len(asked & pairs_of(saying.around))
    if any(figure.digits >= TELLING for figure in same):
        return shared >= SHARED
    return bool(asked) and shared >= MOST_OF_IT * len(asked)


def _same(one: Figure, other: Figure) -> bool:
    return one.unit == other.unit and one.value == other.value


def _digits(text: str) -> str:
    """Return the digits that tell a figure apart: without zeros before and behind."""
    return re.sub(r"\D", "", text).strip("0")
