"""Questions in words that nobody foresaw, in the usual ones, and what they are answered."""

from __future__ import annotations

import pytest

from assistant.wording.usual import usual_question
from tests.assistant.ledger.conftest import Desk
from tests.conftest import WordCountEncoder


def usual(question: str, desk: Desk) -> str | None:
    return usual_question(question, desk.library.ledger, desk.library.encoder)


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("石桥改建推不动，症结在哪？", "石桥改建存在什么问题，原因是什么？"),
        (
            "区住建局手上有哪几个项目？现在各推进到哪一步了？",
            "区住建局负责哪些项目，目前各是什么进展？",
        ),
        ("未开工项目数量最多的是哪个单位？", "哪个单位未开工的项目最多？"),
        ("没开工、但不是卡在资金上的项目有哪些？", "除了资金原因以外，还有哪些项目没开工？"),
        ("滞后的和未开工的比，哪类项目更多？差几个？", "滞后的项目和未开工的项目哪类多，多几个？"),
        ("谁主持的重点项目调度会？", "重点项目调度会是谁主持的？"),
    ],
)
def test_a_question_is_put_in_the_usual_words(desk: Desk, question: str, expected: str) -> None:
    assert usual(question, desk) == expected


@pytest.mark.parametrize(
    "question",
    [
        "石桥改建工程有几座桥墩？",  # what it asks for stands in no wording of any form
        "石桥改建是哪家单位在监理？",
        "石桥改建为什么改名？",
        "区住建局有多少名在编职工？",
        "因为拆迁闹到法院的项目有哪些？",
        "石桥改建为何未开工？调度会又是怎么奖励的？",  # a second clause is not dropped
        "讲话没有点名哪些项目？",  # a negation
        "总投资不超过5000万元的项目有哪些？",
        "不是滞后的项目有哪些？",
        "石桥改建为什么没有滞后？",
        "未开工的项目有几个（不含区交通局的）？",  # brackets that narrow
        "完成投资最多的5个项目有哪些？",  # a figure that no letter stands for
        "总投资超过5,000万元的项目有哪些？",
        "10月以后要开工的项目有哪些？",
        "哪个单位未开工的项目最少？",  # the other end
        "石桥改建和文昌路拓宽总投资差多少？",
        "石桥改建为何未开工？由谁负责？总投资多少？",  # three clauses
        "石桥改建和文昌路拓宽总投资一共多少？由哪个单位负责？",
        "哪些人没有参加重点项目调度会？",
        "甲，" * 600,
        "？？？",
    ],
)
def test_what_narrows_or_asks_something_else_is_left_alone(desk: Desk, question: str) -> None:
    assert usual(question, desk) is None


def test_over_another_models_vectors_nothing_is_said(desk: Desk) -> None:
    encoder = WordCountEncoder()
    assert usual_question("石桥改建症结在哪？", desk.library.ledger, encoder) is None  # type: ignore[arg-type]


def test_what_was_refused_is_answered_and_says_how_it_was_read(desk: Desk) -> None:
    question = "区住建局手上有哪几个项目？现在各推进到哪一步了？"
    answer = desk.assistant.answer(question)
    assert answer.interpretation["standalone"] == "区住建局负责哪些项目，目前各是什么进展？"
    assert answer.question == question
    assert [row["name"] for row in answer.rows or ()] == [
        "朝阳街雨污分流",
        "文昌路拓宽",
        "供热管网二期",
    ]


def test_what_is_not_the_cause_is_left_out(desk: Desk) -> None:
    answer = desk.assistant.answer("没开工、但不是卡在资金上的项目有哪些？")
    assert [row["name"] for row in answer.rows or ()] == ["石桥改建工程", "古塔修缮工程"]


def test_nothing_that_no_document_tells_is_answered_for_it(desk: Desk) -> None:
    assert desk.assistant.answer("南山隧道卡在哪儿了，症结是啥？").refused
