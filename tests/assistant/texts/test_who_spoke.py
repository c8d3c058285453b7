"""Who spoke, and what somebody demands for one sort of projects."""

from __future__ import annotations

import pytest

from assistant.texts.facts import _SPOKEN, _asks


@pytest.mark.parametrize(
    ("question", "asked"),
    [
        ("全县河道清淤推进会由哪位领导讲话？", True),
        ("动员会上哪位领导作的动员？", True),
        ("哪位县领导在会上讲话的？", True),
        ("哪位领导负责河道清淤？", False),
    ],
)
def test_asking_who_spoke(question: str, asked: bool) -> None:
    assert bool(_SPOKEN.search(question)) is asked


def test_two_facts_of_one_text_are_asked_at_once() -> None:
    asked = _asks("who gave the speech at the river meeting, and on what date?")
    assert [ask.__name__ for ask in asked] == ["_speaker", "_date"]
    assert [ask.__name__ for ask in _asks("整改督办通知的文号是多少？")] == ["_number"]
