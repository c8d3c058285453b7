"""Totals that a document states before it tells of their parts."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from index.ledger.checks.sums import wrong_sum
from index.ledger.checks.terms import MONEY
from index.ledger.periods import of_two_times
from index.ledger.records import Figure, Finding, Span


def by_sentence(figures: Iterable[Figure]) -> dict[Span, list[Figure]]:
    """Return the figures of each sentence."""
    found: dict[Span, list[Figure]] = {}
    for figure in figures:
        found.setdefault(figure.sentence, []).append(figure)
    return found


def of_the_time(own: Figure, figures: Sequence[Figure]) -> list[Figure]:
    """Return the document's figures before one that count up to the same time as it.

    What stands before the last figure of another time belongs to that time, dated or not.
    """
    before = [f for f in figures if f.document == own.document and f.start < own.start]
    other = [place for place, f in enumerate(before) if of_two_times(f.as_of, own.as_of)]
    return before[other[-1] + 1 :] if other else before


def against_total(
    measure: str, parts: Sequence[Figure], before: Sequence[Figure]
) -> Iterator[Finding]:
    """Yield a finding where the parts of a measure are not the one total stated before."""
    totals = [
        f.number for f in before
        if f.unit == MONEY and f.measure == measure
        and not (f.among or f.stage or f.progress or f.state or f.part)
    ]  # fmt: skip
    if len({total.value for total in totals}) == 1:
        says = f"总数写{totals[0].text}，各类相加为"
        yield from wrong_sum(parts[0].document, says, totals[0], [f.number for f in parts])
