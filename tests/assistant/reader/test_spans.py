from functools import lru_cache
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from assistant.reader.layout import LONGEST, LONGEST_QUESTION, Tokens, lay_out, load_tokenizer
from assistant.reader.spans import LONGEST_ANSWER, best_span, trimmed
from index.bundled_model import bundled_model_folder

TEXT = "石桥改建项目由区交通局负责，总投资4.03亿元（含征地），9月底前开工。"


def by_character(text: str, head: int = 3) -> Tokens:
    """The text as tokens of one character each, after ``head`` others."""
    return Tokens([0] * (head + len(text) + 1), head, [(i, i + 1) for i in range(len(text))])


def logits_for(start: int, end: int, head: int = 3) -> np.ndarray:
    found = np.full((head + len(TEXT) + 1, 2), -4.0, np.float32)
    found[head + start, 0] = found[head + end, 1] = 3.0
    found[0] = 0.5
    return found


def test_the_likeliest_words_are_found_with_their_margin_over_none() -> None:
    start = TEXT.index("区交通局")
    found = best_span(logits_for(start, start + 3), by_character(TEXT), TEXT)
    assert TEXT[found[0] : found[1]] == "区交通局"
    assert found[2] == pytest.approx(3 + 3 - 1)


def test_an_end_before_its_start_is_no_answer() -> None:
    start, end, _ = best_span(logits_for(20, 5), by_character(TEXT), TEXT)
    assert start < end


def test_nothing_to_read_gives_no_words() -> None:
    start, end, margin = best_span(np.zeros((4, 2), np.float32), Tokens([0] * 4, 3, []), "")
    assert (start, end) == (0, 0)
    assert margin == float("-inf")


@given(arrays(np.float32, (len(TEXT) + 4, 2), elements=st.floats(-9, 9, width=32)))
def test_no_other_span_scores_higher(logits: np.ndarray) -> None:
    start, end, margin = best_span(logits, by_character(TEXT), TEXT)
    assert 0 <= start <= end <= len(TEXT)
    starts, ends = logits[3 : 3 + len(TEXT), 0], logits[3 : 3 + len(TEXT), 1]
    highest = max(
        starts[i] + ends[j]
        for i in range(len(TEXT))
        for j in range(i, min(len(TEXT), i + LONGEST_ANSWER))
    )
    assert margin == pytest.approx(float(highest - logits[0].sum()), abs=1e-3)


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("，总投资4.03亿元。", "总投资4.03亿元"),
        ("4.03亿元（含征地", "4.03亿元（含征地"),
        ("（含征地", "含征地"),
        ("含征地）", "含征地"),
        ("（含征地）", "（含征地）"),
        ("，。", ""),
    ],
)
def test_edges_are_trimmed(words: str, expected: str) -> None:
    start, end = trimmed(words, 0, len(words))
    assert words[start:end] == expected


@lru_cache
def tokenizer() -> Any:
    return load_tokenizer(bundled_model_folder())


@settings(deadline=None)
@given(
    st.text("区交通局 项目2024年，（）。a b", max_size=400), st.text("谁为何？项目", max_size=150)
)
def test_a_pair_fits_and_its_places_lie_in_the_passage(passage: str, question: str) -> None:
    tokens = lay_out(tokenizer(), question, "标题", passage)
    assert len(tokens.ids) <= LONGEST
    assert tokens.offset <= LONGEST_QUESTION + 3 + 24
    assert len(tokens.ids) == tokens.offset + len(tokens.places) + 1
    assert all(0 <= a <= b <= len(passage) for a, b in tokens.places)


def test_the_likeliest_words_that_are_not_barred_are_taken() -> None:
    start, other = TEXT.index("区交通局"), TEXT.index("4.03亿元")
    logits = logits_for(start, start + 3)
    logits[3 + other, 0] = logits[3 + other + 5, 1] = 2.0
    found = best_span(logits, by_character(TEXT), TEXT, lambda words: "交通" in words)
    assert TEXT[found[0] : found[1]] == "4.03亿元"
    assert found[2] == pytest.approx(2 + 2 - 1)
    assert best_span(logits, by_character(TEXT), TEXT, lambda words: True) == (0, 0, -np.inf)
