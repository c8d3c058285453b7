"""Sentences put together for the tagger, and paragraphs in other words, keep their labels."""

from __future__ import annotations

import random

from hypothesis import given
from hypothesis import strategies as st

from training.tagging.frames import Slots, put_together
from training.tags import swapped

SLOTS = Slots(["石桥水库", "北环路"], ["县水利局", "区交通局"], ["资金未到位"], ["主体封顶"])


def _pieces(told: tuple[str, list[str]]) -> list[tuple[str, str]]:
    """Return the labelled words with their kinds."""
    found: list[tuple[str, str]] = []
    for character, label in zip(*told, strict=True):
        if label[0] == "B":
            found.append((label[2:], character))
        elif label[0] == "I":
            assert found[-1][0] == label[2:]
            found[-1] = (found[-1][0], found[-1][1] + character)
    return found


@given(st.integers(0, 10_000))
def test_what_is_put_together_is_labelled_as_it_was_filled_in(seed: int) -> None:
    told = put_together(SLOTS, random.Random(seed))
    words = {"name": SLOTS.names, "owner": SLOTS.owners, "reason": SLOTS.reasons}
    assert all(piece in words[kind] for kind, piece in _pieces(told))


@given(st.integers(0, 10_000))
def test_other_names_stand_where_the_names_stood(seed: int) -> None:
    text = "甲局的乙桥（缺钱）。"
    labels = ["B-owner", "I-owner", "O", "B-name", "I-name", "O", "B-reason", "I-reason", "O", "O"]
    told = swapped((text, labels), SLOTS, random.Random(seed))
    kinds = [kind for kind, _ in _pieces(told)]
    assert kinds == ["owner", "name", "reason"]
    assert told[0].endswith("）。")


def test_words_with_marks_in_them_stand_for_no_name() -> None:
    assert Slots.of([Slots(["甲，乙项目", "丙水库"], [], [], [])]).names == ["丙水库"]
