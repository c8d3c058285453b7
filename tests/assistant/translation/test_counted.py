"""What English questions count, in the words of Chinese documents."""

from __future__ import annotations

import pytest

from assistant.translation.counted import counted_words, says_number_of


@pytest.mark.parametrize(
    ("question", "word"),
    [
        ("How many students will the new campus enrol?", "学生"),
        ("How many new electric vehicle charging piles were installed this year?", "充电桩"),
        ("How many beds will it have?", "床"),
        ("How many families are still unsigned?", "户"),
        ("How many parking spaces does the car park provide?", "车位"),
    ],
)
def test_counted_things_are_known_in_chinese(question: str, word: str) -> None:
    assert word in counted_words(question)


@pytest.mark.parametrize("question", ["How many projects are late?", "How many zorbs are there?"])
def test_projects_and_unknown_words_say_nothing(question: str) -> None:
    assert not counted_words(question)


def test_a_name_in_the_question_counts_nothing() -> None:
    question = "How many students will 松陵学生公寓 take in?"
    words = counted_words(question)
    assert not says_number_of("松陵学生公寓完成投资300万元", words, question)
    assert says_number_of("松陵学生公寓可容纳学生300名", words, question)
