"""Spans without the blanks and stops at their edges."""

from __future__ import annotations

from index.ledger.records import Span

STOPS = " \t\u3000\n，,。；;"


def trimmed(text: str, start: int, end: int, before: str = "") -> Span:
    """Return the span without blanks and stops at its edges, nor ``before`` at its start."""
    while start < end and (text[start] in STOPS or text[start] in before):
        start += 1
    while end > start and text[end - 1] in STOPS:
        end -= 1
    return start, end
