"""English claims over Chinese evidence."""

from __future__ import annotations

from collections.abc import Iterator

from assistant.claims.names import NameIndex
from assistant.claims.records import Fault
from index.words import chinese_share

MOST_CHINESE = 0.3  # of the letters of an English sentence that may be Chinese names


def is_english(text: str) -> bool:
    """Tell whether folded ``text`` is an English sentence."""
    return sum(c.isascii() and c.isalpha() for c in text) > 12 and chinese_share(text) < MOST_CHINESE


def english_faults(text: str, evidence: str, known: NameIndex) -> Iterator[Fault]:
    """Yield what of an English claim the evidence does not bear out."""
    del evidence, known
    yield Fault("unsupported", text)
