"""Words that several documents give as the answer are likelier than one alone has them.

One account names the winner in the clause where its rival stands, another names only the
winner: read together they tell which of the two names is the answer, and which sentence.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from assistant.reader.reading import Reading
from index.words import fold

WORTH = 0.7  # of what another document has for the same words above none
MOST = 8.0  # log odds: what is surer is as sure
SHORTEST = 2  # characters: one may stand anywhere


@dataclass(frozen=True, slots=True)
class Read:
    """A passage with its reading, and which document it is from."""

    document: tuple[int, int]
    text: str
    reading: Reading


@dataclass(frozen=True, slots=True)
class Heard:
    """A reading with the likeliest of its words once the others are heard, and their support.

    ``support``: log odds of the same words against none in the surest other document, 0 to 8.
    """

    reading: Reading
    support: float


@dataclass(frozen=True, slots=True)
class _Words:
    folded: str
    margin: float
    span: tuple[int, int]


def agreed(read: Sequence[Read]) -> list[Heard]:
    """Return what each passage says once the passages of other documents are heard.

    Which words a passage names may change, never how sure it is of its likeliest ones.
    """
    named = [_named(one) for one in read]
    return [_heard(place, read, named) for place in range(len(read))]


def _named(one: Read) -> list[_Words]:
    """Return the words that a reading names, likeliest first."""
    reading = one.reading
    if reading.margin is None:
        return []
    spans = [(reading.start, reading.end, reading.margin), *reading.others]
    return [_Words(fold(one.text[a:b]), margin, (a, b)) for a, b, margin in spans if b > a]


def _heard(place: int, read: Sequence[Read], named: Sequence[Sequence[_Words]]) -> Heard:
    own, reading = named[place], read[place].reading
    if not own:
        return Heard(reading, 0.0)
    others = [
        words
        for one, of_one in zip(read, named, strict=True)
        if one.document != read[place].document and one.text != read[place].text
        for words in of_one
    ]
    support = [_support(words, others) for words in own]
    best = max(range(len(own)), key=lambda n: own[n].margin + WORTH * support[n])
    if best:
        left = tuple((*words.span, words.margin) for n, words in enumerate(own) if n != best)
        start, end = own[best].span
        reading = replace(reading, start=start, end=end, others=left)
    return Heard(reading, support[best])


def _support(words: _Words, others: Sequence[_Words]) -> float:
    """Return how sure the surest of the others is of these words, of more or fewer of them."""
    one = words.folded
    margins = [
        other.margin
        for other in others
        if min(len(one), len(other.folded)) >= SHORTEST
        and (one in other.folded or other.folded in one)
    ]
    return min(MOST, max(0.0, *margins)) if margins else 0.0
