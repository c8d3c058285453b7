"""What an office's own name of a state means, where no pattern and no definition says it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.ledger.states import states_in
from index.ledger.statewords import CLASSES, is_no_state, likely_status, state_likeness
from index.ledger.status import status_of


@pytest.mark.parametrize(
    ("words", "status"),
    [
        ("投资盘子提前做满", "met"),
        ("稳稳贴着时间表", "on_schedule"),
        ("掉在节点后头", "behind"),
        ("半途歇工", "suspended"),
    ],
)
def test_words_that_no_pattern_knows_are_told_by_their_characters(words: str, status: str) -> None:
    assert not status_of(words, heading=True)
    known = likely_status(words)
    assert status in (known.stage, known.progress)


@pytest.mark.parametrize("words", ["社会事业", "能源环保", "县级重点", "资金问题", "城关镇"])
def test_fields_causes_and_units_are_no_states(words: str) -> None:
    assert is_no_state(words)
    assert not likely_status(words)


@given(st.text(max_size=40))
def test_the_shares_of_all_classes_sum_to_one(text: str) -> None:
    shares = state_likeness(text)
    assert {name for name, _ in shares} == set(CLASSES)
    assert sum(share for _, share in shares) == pytest.approx(1, abs=1e-4)
    assert [share for _, share in shares] == sorted((s for _, s in shares), reverse=True)


def test_a_state_that_only_its_characters_tell_has_its_status() -> None:
    text = "共有项目10个：投资盘子提前做满的3个，占30%；紧紧跟住节点的4个；半途歇工的3个。"
    found = {state.name: state.status for state in states_in(text, [], [])}
    said = [status.stage or status.progress for status in found.values()]
    assert said == ["met", "on_schedule", "suspended"]


def test_fields_beside_a_state_are_no_states() -> None:
    text = "共有项目10个：交通运输4个，农业农村3个，在建水利3个。"
    assert states_in(text, [], []) == []
