"""Who spoke, and what somebody demands for one sort of projects."""

from __future__ import annotations

import pytest

from assistant.texts.facts import _SPOKEN


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
