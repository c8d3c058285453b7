"""Figures that stand behind the question's own words."""

from __future__ import annotations

import pytest

from assistant.stated.lead import answer_lead
from assistant.stated.passages import Said
from index.records import View


def _said(text: str) -> Said:
    return Said(1, 0, "讲话", "2025-02-01", View(text, tuple(range(len(text) + 1))), 0, len(text))


SENTENCE = "第三件事，明年的水利盘子先按21个、38亿元来做，前期费另列。"


@pytest.mark.parametrize(
    ("question", "short"),
    [
        ("讲话里，明年的水利盘子先按多少个、多少亿？", "21个、38亿元"),
        ("讲话里，明年的水利盘子先按多少亿？", "38亿元"),
    ],
)
def test_the_sentence_that_goes_on_answers(question: str, short: str) -> None:
    draft = answer_lead(question, [_said(SENTENCE)])
    assert draft is not None
    assert draft.short == short


@pytest.mark.parametrize(
    "question",
    ["明年的水利盘子先按多少公里？", "今年的交通盘子先按多少个？", "明年的水利盘子有哪些？"],
)
def test_other_words_or_units_answer_nothing(question: str) -> None:
    assert answer_lead(question, [_said(SENTENCE)]) is None


def test_two_texts_that_differ_answer_nothing() -> None:
    other = SENTENCE.replace("21个", "23个")
    assert answer_lead("明年的水利盘子先按多少个？", [_said(SENTENCE), _said(other)]) is None
