"""Words that a reader of the original does not see: left out, counted, and told of.

White letters on white paper, or letters a point high, are put into a document to be
found by programs, not by people; an answer that quoted them could not be checked.
White letters in a dark table head are seen, so the ground decides; where it is not
known, words are kept.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from index.load.canonical import one_line

Colour = tuple[int, int, int]  # red, green, blue, each 0 to 255
WHITE: Colour = (255, 255, 255)
FAINT = 16  # of 255; a difference that no eye sees on paper. Word's palest grey differs by 13
TINY = 1.5  # points; the smallest print that people use is 4
QUOTED = 30  # characters of the words left out that a note tells


def colour_of(digits: str | None) -> Colour | None:
    """Return the colour that six hexadecimal digits name, None where they name none."""
    if digits is None or not re.fullmatch(r"[0-9A-Fa-f]{6}", digits):
        return None
    return int(digits[:2], 16), int(digits[2:4], 16), int(digits[4:], 16)


def blends(ink: Colour | None, ground: Colour | None) -> bool:
    """Tell whether letters cannot be seen on their ground; never where either is not known."""
    if ink is None or ground is None:
        return False
    return all(abs(a - b) < FAINT for a, b in zip(ink, ground, strict=True))


class Unseen:
    """Collects words that were left out because nobody sees them."""

    def __init__(self) -> None:
        self._words: list[str] = []
        self._count = 0

    def add(self, words: str) -> None:
        """Take down words that were left out."""
        count = sum(not c.isspace() for c in words)
        if count and len(self._words) < QUOTED:  # a note quotes no more; one place has a word
            self._words.append(words)
        self._count += count

    def notes(self, where: str = "") -> Iterator[str]:
        """Yield the sentence for the user, if anything was left out; ``where`` begins it."""
        if self._count:
            yield (
                f"{where}有 {self._count} 个字在原文里看不见（文字与底色相同，或字号极小），"
                f"没有读入，开头是“{beginning(self._words)}”。请核对原文件。"
            )


def beginning(words: list[str]) -> str:
    """Return how the words that were left out begin, on one line, for a note."""
    whole = one_line("".join(words))
    return whole[:QUOTED] + ("…" if len(whole) > QUOTED else "")
