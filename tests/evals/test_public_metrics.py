"""Figures of merit: values worked out by hand, by another library, and what must always hold."""

from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sklearn.metrics import ndcg_score

from tests.evals.public import metrics

RANKS = st.lists(st.none() | st.integers(1, 200), min_size=1, max_size=6).map(
    lambda ranks: [rank for i, rank in enumerate(ranks) if rank is None or rank not in ranks[:i]]
)
TEXT = st.text("甲乙丙丁戊ab12 ，。《》（）.", max_size=20)


def test_recall_hit_and_reciprocal_rank_by_hand() -> None:
    ranks = [3, None, 12]
    assert metrics.recall(ranks, 1) == 0
    assert metrics.recall(ranks, 3) == pytest.approx(1 / 3)
    assert metrics.recall(ranks, 100) == pytest.approx(2 / 3)
    assert (metrics.hit(ranks, 2), metrics.hit(ranks, 3)) == (0, 1)
    assert metrics.reciprocal_rank(ranks) == pytest.approx(1 / 3)
    assert metrics.reciprocal_rank([None]) == 0


def test_ndcg_by_hand() -> None:
    # gains 1/log2(2+1); the best order of two would have 1/log2(2) + 1/log2(3)
    assert metrics.ndcg([2, None], 10) == pytest.approx(0.63093 / 1.63093, abs=1e-4)
    assert metrics.ndcg([1], 10) == 1
    assert metrics.ndcg([11], 10) == 0
    assert metrics.ndcg([1, 2, 3], 2) == 1


@given(st.sets(st.integers(1, 15), min_size=1, max_size=5), st.integers(1, 15))
def test_ndcg_agrees_with_scikit_learn(places: set[int], top_k: int) -> None:
    truth = [[1.0 if place in places else 0.0 for place in range(1, 16)]]
    scores = [[float(-place) for place in range(1, 16)]]
    expected = ndcg_score(truth, scores, k=top_k)
    assert metrics.ndcg(sorted(places), top_k) == pytest.approx(expected)


def test_ranks_of_what_is_relevant() -> None:
    assert metrics.ranks_of(["c", "x", "a"], ["a", "b", "c"]) == [3, None, 1]


@given(RANKS)
def test_recall_never_falls_with_more_passages(ranks: list[int | None]) -> None:
    shares = [metrics.recall(ranks, k) for k in (1, 5, 10, 100, 1000)]
    assert shares == sorted(shares)
    assert all(metrics.recall(ranks, k) <= metrics.hit(ranks, k) for k in (1, 5, 10))
    assert 0 <= metrics.ndcg(ranks, 10) <= 1 + 1e-9


def test_segments_are_characters_and_words() -> None:
    assert metrics.segments("2500万人次，iPhone 6s") == ["2500", "万", "人", "次", "iphone", "6s"]
    assert metrics.segments("占16.8％。") == ["占", "16.8", "％"]


def test_f1_by_hand() -> None:
    # 11 characters of which 3 are the answer: 2 · 3 / (11 + 3)
    assert metrics.f1("他们同意以特斯拉的名义", ["特斯拉"]) == pytest.approx(6 / 14)
    # the longest run is two characters, though four are shared in order
    assert metrics.f1("甲乙丙丁", ["甲乙戊丙丁"]) == pytest.approx(4 / 9)
    assert metrics.f1("四次", ["两回", "《四次》"]) == 1
    assert metrics.f1("", ["甲"]) == 0
    assert metrics.f1("甲", []) == 0
    assert metrics.f1("，。", ["。"]) == 0


def test_exact_match_passes_over_punctuation_case_and_blanks() -> None:
    assert metrics.exact_match("《黎明之前》", ["黎明之前"])
    assert metrics.exact_match("NFL 联盟", ["nfl联盟"])
    assert not metrics.exact_match("118次", ["118"])
    assert not metrics.exact_match("", [])


@given(TEXT, TEXT)
def test_f1_is_a_symmetric_share(first: str, second: str) -> None:
    score = metrics.f1(first, [second])
    assert 0 <= score <= 1
    assert score == pytest.approx(metrics.f1(second, [first]))
    if metrics.segments(first):
        assert metrics.f1(first, [second, first]) == 1


@given(st.text("甲乙丙。，", min_size=1), st.text("甲乙丙。，", min_size=1))
def test_an_exact_match_has_f1_of_one(said: str, answer: str) -> None:
    if metrics.exact_match(said, [answer]) and metrics.segments(said):
        assert metrics.f1(said, [answer]) == 1


def test_an_answer_is_held_when_every_group_is() -> None:
    wanted = [["1月3日"], ["12日", "十二日"]]
    assert metrics.holds_answer("1 月 3 日宣誓，１２日开会", wanted)
    assert not metrics.holds_answer("1月3日宣誓", wanted)
    assert metrics.share_held("1月3日宣誓", wanted) == 0.5
    assert not metrics.holds_answer("什么都行", [])


def test_percentiles_and_means() -> None:
    assert metrics.percentile([3.0, 1.0, 2.0, 4.0], 0.5) == 2
    assert metrics.percentile([3.0, 1.0, 2.0, 4.0], 0.95) == 4
    assert metrics.percentile([], 0.5) is None
    assert metrics.mean([True, None, False]) == 0.5
    assert metrics.mean([None]) is None


@given(st.lists(st.floats(0, 100), min_size=1), st.floats(0.01, 1))
def test_enough_values_lie_below_a_percentile(values: list[float], share: float) -> None:
    found = metrics.percentile(values, share)
    assert found is not None
    below = sum(value <= found for value in values)
    assert below >= share * len(values) - 1e-9
    assert math.isfinite(found)
