"""From the reader's logits to the words of the answer."""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt

from assistant.reader.layout import Tokens

LONGEST_ANSWER = 40  # tokens
_EDGES = "，。；：、！？,.;:!? \t\n\u3000▁"
_OPENING, _CLOSING = "（(《“「『【〔", "）)》”」』】〕"

Logits = npt.NDArray[np.float32]


def best_span(logits: Logits, tokens: Tokens, passage: str) -> tuple[int, int, float]:
    """Return the half-open characters of the likeliest answer, and its margin over none.

    Args:
        logits: how well the answer starts and ends at each token, shape (tokens, 2).
        tokens: the pair as it was read.
        passage: the text that ``tokens.places`` are of.

    An empty passage gives ``(0, 0, -inf)``.
    """
    count = len(tokens.places)
    if not count:
        return 0, 0, float("-inf")
    starts = logits[tokens.offset : tokens.offset + count, 0]
    ends = logits[tokens.offset : tokens.offset + count, 1]
    sums: Any = starts[:, None] + ends[None, :]
    lengths = np.arange(count)[None, :] - np.arange(count)[:, None]
    sums = np.where((lengths >= 0) & (lengths < LONGEST_ANSWER), sums, -np.inf)
    first, last = divmod(int(sums.argmax()), count)
    margin = float(sums[first, last] - logits[0].sum())
    start, end = trimmed(passage, tokens.places[first][0], tokens.places[last][1])
    return start, end, margin


def trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    """Return the span without punctuation at its edges, and without half a pair of brackets."""
    while end > start and text[end - 1] in _EDGES:
        end -= 1
    while start < end and text[start] in _EDGES:
        start += 1
    inner = text[start:end]
    for opening, closing in zip(_OPENING, _CLOSING, strict=True):
        if inner.startswith(opening) and closing not in inner:
            return trimmed(text, start + 1, end)
        if inner.endswith(closing) and opening not in inner:
            return trimmed(text, start, end - 1)
    return start, end
