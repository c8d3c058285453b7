"""Numbers as written, with thousands apart, and sums as they are told."""

from __future__ import annotations

import pytest

from index.ledger.checks.rounding import half, plain
from index.ledger.records import Words


def _words(text: str, value: float) -> Words:
    return Words(text, ((0, len(text)),), value)


@pytest.mark.parametrize(
    ("text", "value", "unsure"),
    [
        ("1,200万元", 1200.0, 0.0),
        ("1200万元", 1200.0, 0.0),
        ("1,200.5万元", 1200.5, 0.05),
        ("12.5亿元", 125_000.0, 500.0),
        ("1,250", 12_500_000.0, 5_000.0),  # under a heading in 亿元
    ],
)
def test_half_a_unit_of_the_last_digit(text: str, value: float, unsure: float) -> None:
    assert half(_words(text, value)) == pytest.approx(unsure)


@pytest.mark.parametrize(
    ("value", "like", "told"),
    [
        (1_234_567.0, "98万元", "1234567万元"),
        (1_234_567.25, "98万元", "1234567.25万元"),
        (41_370.0, "4.10亿元", "4.137亿元"),
        (1_234_567.0, "3,600", "1234567"),
    ],
)
def test_a_sum_is_told_in_full_in_the_unit_of_another(value: float, like: str, told: str) -> None:
    words = _words(like, 3600.0 if like == "3,600" else 1.0)
    assert plain(value, words) == told
