"""A short part of the sets in every test run; the whole is run by hand."""

from __future__ import annotations

import random
from collections.abc import Sequence

from tests.evals.claims.__main__ import cases, verdict
from tests.evals.claims.documents import ROOT
from tests.evals.claims.natural import Case, english, natural

GOOD = ("right", "by hand")
MOST_FLAGGED, LEAST_CAUGHT = 0.02, 0.99
SAMPLE = 400  # sentences of either sort


def share(found: Sequence[Case]) -> float:
    return sum(not verdict(case).verified for case in found) / len(found)


def test_a_sample_of_planted_errors_is_caught_and_right_sentences_pass() -> None:
    found = cases(held_out=False, seed=7, folders=[ROOT / "corpus"])
    rng = random.Random(7)
    good = [c for c in found if c.kind in GOOD]
    wrong = [c for c in found if c.kind not in GOOD]
    assert len(good) > 200
    assert len(wrong) > 500
    assert share(rng.sample(good, min(SAMPLE, len(good)))) <= MOST_FLAGGED
    assert share(rng.sample(wrong, SAMPLE)) >= LEAST_CAUGHT


def test_sentences_written_by_hand_pass() -> None:
    assert len(natural()) >= 120
    flagged = [case.text for case in natural() if not verdict(case).verified]
    assert len(flagged) <= MOST_FLAGGED * len(natural()), flagged


def test_english_errors_are_caught() -> None:
    wrong = [case for case in english() if case.kind == "wrong"]
    assert len(wrong) >= 10
    assert all(not verdict(case).verified for case in wrong)
