"""Wholes whose parts are more than they are, or less where all of them are told."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal

from index.ledger.checks.sums import formula
from index.ledger.quantities import quantities
from index.ledger.records import Finding, Span
from index.ledger.wholes import Whole, sorted_wholes, wholes
from index.records import Document, View
from index.sentences import sentences

NEAR_WHOLE = Decimal("0.1")  # of the whole that its classes may miss it by, and still be they


def overfull(document: Document, view: View, lines: Sequence[Span]) -> Iterator[Finding]:
    """Yield a finding for every whole whose parts exceed it, or miss it where all are told."""
    for start, end in lines:
        inner = View(view.text[start:end], view.offsets[start:end])
        for whole in sorted_wholes(inner.text, 0, len(inner.text)):
            near = abs(whole.gap) <= NEAR_WHOLE * whole.total.value
            if near and not whole.hedged:
                yield _finding(whole, document, inner)
        for low, high in sentences(inner):
            for whole in wholes(inner.text, low, high):
                more = whole.gap if not whole.hedged and not _sums_early(whole) else Decimal(0)
                if more == 0 or whole.nested or (more < 0 and not whole.of_sources):
                    continue
                if _of_another(whole, inner.text, low):
                    continue
                yield _finding(whole, document, inner)


def _finding(whole: Whole, document: Document, view: View) -> Finding:
    said = whole.total.say(whole.sum)
    return Finding(
        "sum",
        f"总数写{whole.total.text}，分项相加为{said}",
        document.ordinal,
        tuple(view.span(q.start, q.end) for q in (whole.total, *whole.parts)),
        formula((q.text for q in whole.parts), said),
    )


def _sums_early(whole: Whole) -> bool:
    """Tell whether the first parts make the whole: what follows them is told of these."""
    values = [p.value for p in whole.parts]
    return any(sum(values[:n]) == whole.total.value for n in range(2, len(values)))


def _of_another(whole: Whole, text: str, start: int) -> bool:
    """Tell whether the parts just make a number that the sentence, from ``start``, gives earlier.

    “58个，由7个乡镇和8个单位承担，其中乡镇26个，单位32个”.
    """
    return any(
        q.unit == whole.total.unit and q.value == whole.sum
        for q in quantities(text, start, whole.start)
    )
