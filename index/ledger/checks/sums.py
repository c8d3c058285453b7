"""What parts add up to, against what is stated of them: the step that all checks of sums share."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from index.ledger.checks.rounding import EXACT, half, is_sure, plain
from index.ledger.records import Finding, Span, Words


def added(parts: Iterable[Words]) -> float:
    """Return what numbers add up to."""
    return sum(part.value or 0.0 for part in parts)


def adds_up(stated: Words, parts: Sequence[Words]) -> bool:
    """Tell whether parts make the number that is stated of them, all within their rounding."""
    slack = half(stated) + sum(map(half, parts))
    return abs(added(parts) - (stated.value or 0.0)) <= slack + EXACT


def formula(parts: Iterable[object], total: object) -> str:
    """Return an addition as a finding shows it: “3亿元 + 2亿元 = 5亿元”."""
    return f"{' + '.join(map(str, parts))} = {total}"


def wrong_sum(
    document: int,
    says: str,
    stated: Words,
    parts: Sequence[Words],
    *,
    spans: Sequence[Span] = (),
    like: Words | None = None,
) -> Iterator[Finding]:
    """Yield a finding where parts do not make what is stated, if all of them are sure.

    ``says`` is its sentence up to what they add up to. ``spans`` are those of the numbers
    unless given; ``like`` is the number in whose unit the formula ends, as a rule the stated.
    """
    if not is_sure(stated, *parts) or adds_up(stated, parts):
        return
    total = added(parts)
    yield Finding(
        "sum",
        says + plain(total, stated),
        document,
        tuple(spans) or tuple(number.spans[0] for number in (stated, *parts)),
        formula((part.text for part in parts), plain(total, like or stated)),
    )
