"""Shares, sums, differences and targets are worked out from one measure, or not at all."""

from __future__ import annotations

import pytest

from assistant.stated.passages import Said
from assistant.stated.shares import answer_share
from assistant.stated.targets import answer_target
from assistant.stated.twins import answer_twins
from assistant.statements import Draft
from index.records import View
from index.sentences import sentences


def said(*lines: str, title: str = "") -> list[Said]:
    """Return the sentences of lines, each a paragraph of one document."""
    found, at = [], 0
    for line in lines:
        view = View(line, tuple(range(at, at + len(line))))
        at += len(line) + 1
        found += [Said(1, 0, title, "2024-07-01", view, a, b) for a, b in sentences(view)]
    return found


def short(draft: Draft | None) -> str | None:
    return draft.short if draft else None


GRANT = "本轮设备更新补助应拨付3200万元，到8月底只拨了800万元，还差2400万元。"


def test_a_part_of_a_stated_whole_is_a_share() -> None:
    draft = answer_share("设备更新补助已经拨付了百分之几？", said(GRANT))
    assert short(draft) == "25%"
    assert draft is not None
    assert "800万元 ÷ 3200万元 = 25%" in draft.statements[0].text


@pytest.mark.parametrize(
    "question",
    ["设备更新补助还差百分之几？", "植树补助已经拨付了百分之几？", "设备更新补助是多少？"],
)
def test_what_the_sentence_is_not_about_is_no_share(question: str) -> None:
    assert answer_share(question, said(GRANT)) is None


def test_a_share_that_the_sentence_states_is_not_worked_out() -> None:
    line = "设备更新补助应拨付3200万元，已拨付800万元，占25%。"
    assert answer_share("设备更新补助已经拨付了百分之几？", said(line)) is None


HOMES = ("青年公寓1期：房源300套，5月交付。", "青年公寓2期：房源420套，累计申请500套次。")


@pytest.mark.parametrize(
    ("question", "answer"),
    [
        ("青年公寓1期2期加起来多少套？", "720套"),
        ("青年公寓1期和2期哪个房子多，多几套？", "120套"),
    ],
)
def test_one_measure_of_two_things_is_added_and_compared(question: str, answer: str) -> None:
    assert short(answer_twins(question, said(*HOMES))) == answer


def test_different_measures_are_not_added() -> None:
    lines = ("青年公寓1期：房源300套。", "青年公寓2期：本月新装修90套。")
    assert answer_twins("青年公寓1期2期加起来多少套？", said(*lines)) is None


def test_two_figures_of_one_thing_are_not_added() -> None:
    lines = (*HOMES, "青年公寓2期：房源450套。")
    assert answer_twins("青年公寓1期2期加起来多少套？", said(*lines)) is None


def test_a_number_before_a_name_makes_another_name() -> None:
    lines = ("家园11号楼住户30户。", "家园2号楼住户20户。")
    assert answer_twins("家园1号楼和2号楼一共多少户？", said(*lines)) is None


TARGET = "县长要求，债券资金6月底支出率不得低于80%。"


@pytest.mark.parametrize(("rate", "verdict"), [("71.5%", "未达到，差8.5个百分点"), ("82%", "达到")])
def test_a_rate_is_held_against_its_target(rate: str, verdict: str) -> None:
    lines = (TARGET, f"债券资金截至6月30日已支出900万元，支出率{rate}。")
    question = "债券资金6月底的支出率达到要求的目标了吗？"
    assert short(answer_target(question, said(*lines))) == verdict


def test_a_rate_of_another_time_is_not_held_against_a_target() -> None:
    lines = (TARGET, "债券资金截至3月31日已支出900万元，支出率31%。")
    assert answer_target("债券资金6月底的支出率达到目标了吗？", said(*lines)) is None


def test_a_rate_of_another_thing_is_not_held_against_a_target() -> None:
    lines = ("要求6月底污水处理率不得低于95%。", "截至6月30日垃圾处理率为85%。")
    assert answer_target("污水处理率达到要求了吗？", said(*lines)) is None


def test_the_month_that_is_asked_for_is_the_targets() -> None:
    lines = (TARGET, "债券资金截至6月30日已支出900万元，支出率82%。")
    assert answer_target("债券资金9月底的支出率达到目标了吗？", said(*lines)) is None
