"""From the reader's logits to the words of the answer."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import numpy.typing as npt

from assistant.reader.layout import Tokens

LONGEST_ANSWER = 40  # tokens
TRIED = 100  # of the likeliest spans, in search of one that is not barred
_EDGES = "，。；：、！？,.;:!? \t\n\u3000▁"
_OPENING, _CLOSING = "（(《“「『【〔", "）)》”」』】〕"

Logits = npt.NDArray[np.float32]
Scored = tuple[int, int, float]  # half-open characters, and the margin of these words over none


def best_span(
    logits: Logits,
    tokens: Tokens,
    passage: str,
    barred: Callable[[str], bool] = lambda words: False,
) -> Scored:
    """Return the likeliest answer of ``best_spans``."""
    return best_spans(logits, tokens, passage, barred, 1)[0]


def best_spans(
    logits: Logits,
    tokens: Tokens,
    passage: str,
    barred: Callable[[str], bool] = lambda words: False,
    count: int = 3,
) -> list[Scored]:
    """Return the likeliest answers, no two of which overlap, best first; at least one.

    Each is the half-open characters of its words, and their margin over none.

    Args:
        logits: how well the answer starts and ends at each token, shape (tokens, 2).
        tokens: the pair as it was read.
        passage: the text that ``tokens.places`` are of.
        barred: tells of words that are no answer.
        count: answers at most.

    Where there are no words, or all that are likely are barred: ``(0, 0, -inf)``.
    """
    size = len(tokens.places)
    starts = logits[tokens.offset : tokens.offset + size, 0]
    ends = logits[tokens.offset : tokens.offset + size, 1]
    sums: Any = starts[:, None] + ends[None, :]
    lengths = np.arange(size)[None, :] - np.arange(size)[:, None]
    sums = np.where((lengths >= 0) & (lengths < LONGEST_ANSWER), sums, -np.inf)
    none = float(logits[0].sum())
    found: list[Scored] = []
    while len(found) < count and (place := _likeliest(sums, tokens, passage, barred)):
        first, last = place
        span = trimmed(passage, tokens.places[first][0], tokens.places[last][1])
        found.append((*span, float(sums[first, last]) - none))
        sums[: last + 1, first:] = -np.inf  # whatever overlaps it
    return found or [(0, 0, float("-inf"))]


def _likeliest(
    sums: Logits, tokens: Tokens, passage: str, barred: Callable[[str], bool]
) -> tuple[int, int] | None:
    """Return the first and last token of the likeliest words that are not barred."""
    tried = min(TRIED, sums.size)
    if not tried:
        return None
    likely = np.argpartition(-sums, tried - 1, axis=None)[:tried]
    for place in likely[np.argsort(-sums.ravel()[likely], kind="stable")]:
        first, last = divmod(int(place), len(tokens.places))
        if sums[first, last] == -np.inf:
            return None
        start, end = trimmed(passage, tokens.places[first][0], tokens.places[last][1])
        if not barred(passage[start:end]):
            return first, last
    return None


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
