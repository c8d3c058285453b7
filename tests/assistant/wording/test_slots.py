"""What a question names, put aside as letters."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assistant.wording.slots import masked
from tests.assistant.ledger.conftest import Desk


@pytest.mark.parametrize(
    ("question", "text", "words"),
    [
        ("石桥改建卡在什么地方？", "P卡在什么地方?", ["石桥改建"]),
        ("区住建局手上有哪几个项目？", "U手上有哪几个项目?", ["区住建局"]),
        ("截至9月底，没开工的项目有几个？", "截至T,S的项目有几个?", ["9月底", "没开工"]),
        ("谁主持的重点项目调度会？", "谁主持的K?", ["重点项目调度会"]),
        ("总投资超过5000万元的项目", "总投资超过M的项目", ["5000万元"]),
        ("完成比例不到30%的有哪些？", "完成比例不到R的有哪些?", ["30%"]),
        ("完成投资最多的前五个项目", "完成投资最多的前N个项目", ["五"]),
        ("今天天气怎么样？", "今天天气怎么样?", []),
    ],
)
def test_each_thing_is_one_letter(desk: Desk, question: str, text: str, words: list[str]) -> None:
    asked = masked(question, desk.library.ledger, desk.library.encoder)
    assert asked.text == text
    assert [slot.words for slot in asked.slots] == words


@pytest.mark.parametrize(
    ("question", "usual"),
    [
        ("至今没进场施工的项目有哪几个？", "未开工"),
        ("连一台挖机都没开进去的项目有哪些？", "未开工"),
        ("拖在时序后头的项目有哪些？", "进度滞后"),
    ],
)
def test_states_in_words_that_no_pattern_knows_are_learnt(
    desk: Desk, question: str, usual: str
) -> None:
    asked = masked(question, desk.library.ledger, desk.library.encoder)
    assert [(slot.letter, slot.words) for slot in asked.slots] == [("S", usual)]


def test_what_names_no_state_is_none(desk: Desk) -> None:
    asked = masked("列入省级计划的项目有哪些？", desk.library.ledger, desk.library.encoder)
    assert asked.slots == ()


_PIECES = st.sampled_from(
    [
        "石桥改建",
        "区住建局",
        "9月底",
        "未开工的项目",
        "，",
        "。",
        "？",
        "多少",
        "在报告里",
        "P",
        "\0",
        "Ⅲ",
        " ",
    ]
)


@settings(max_examples=60, deadline=None)
@given(st.lists(_PIECES, max_size=9))
def test_letters_and_things_are_as_many_whatever_is_asked(desk: Desk, pieces: list[str]) -> None:
    asked = masked("".join(pieces), desk.library.ledger, desk.library.encoder)
    cut = asked.cut(0, len(asked.text) // 2), asked.cut(len(asked.text) // 2, len(asked.text))
    assert [*cut[0].slots, *cut[1].slots] == list(asked.slots)
