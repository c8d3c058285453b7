"""Follow-ups that are answered beside what the last answer told."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from assistant.chat import Assistant, open_assistant
from assistant.followup.leaning import follow_of
from assistant.followup.parts import Known
from assistant.records import Turn
from index.build import build_index
from index.library import open_library
from index.settings import IndexSettings

LIST = """河口县问题清单（第3批）
交办日期：2025年5月6日

1.
问题：东坝村蓄水池渗漏，涉及灌溉面积320亩。
责任单位：县水务局、东坝镇
时限：5月30日

2.
问题：南湾渔港拖欠冰库租金，涉及渔户17户、26万元。
责任单位：县渔业中心
时限：6月12日
备注：逾期未还的，从船舶补贴中抵扣。

3.
问题：西岭林道三处塌方，护栏缺失140米。
责任单位：县林场
时限：6月20日
"""
NOTICE = """河口县关于第3批问题清单有关事项的通报
2025年6月2日
一、时限调整
东坝村蓄水池渗漏须等汛前放空，整改时限由5月30日顺延到7月8日，经副县长卢一帆同意。
二、数据更正
西岭林道护栏缺失长度原写140米，核实为104米，系录入时数字颠倒，由县审计局抽查发现。
河口县政府督查室
2025年6月2日
"""


@pytest.fixture(scope="module")
def assistant(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Assistant]:
    folder: Path = tmp_path_factory.mktemp("beside")
    home = folder / "documents"
    home.mkdir()
    (home / "清单.txt").write_text(LIST, encoding="utf-8")
    (home / "通报.txt").write_text(NOTICE, encoding="utf-8")
    with open_library(IndexSettings(data_dir=folder / "data"), "test", create=True) as library:
        build_index([home], library)
        yield open_assistant(library)


@pytest.mark.parametrize(
    ("before", "told", "question", "said"),
    [
        (
            "第3批清单里南湾渔港拖欠租金涉及多少户？", "17户、26万元。",
            "那要求什么时候整改到位，哪个单位负责？", ("6月12日", "县渔业中心"),
        ),
        (
            "东坝村蓄水池渗漏的整改时限是哪天？", "5月30日。",
            "后来延到哪天，是哪位县领导同意的？", ("7月8日", "卢一帆"),
        ),
        (
            "西岭林道护栏缺失长度更正成多少了？", "由140米更正为104米。",
            "这个错是谁查出来的？", ("县审计局",),
        ),
        (
            "南湾渔港拖欠冰库租金要求什么时候还清？", "6月12日。",
            "要是到时候还不上怎么办？", ("船舶补贴中抵扣",),
        ),
    ],
)  # fmt: skip
def test_the_passage_that_told_it_answers(
    assistant: Assistant, before: str, told: str, question: str, said: tuple[str, ...]
) -> None:
    answer = assistant.answer(question, [Turn(before, told)])
    for words in said:
        assert words in answer.answer
        assert any(words in citation.quote for citation in answer.citations)


def test_another_item_of_the_list_is_left_out(assistant: Assistant) -> None:
    before = [Turn("第3批清单里南湾渔港拖欠租金涉及多少户？", "17户、26万元。")]
    answer = assistant.answer("那要求什么时候整改到位，哪个单位负责？", before)
    assert "县水务局" not in answer.answer
    assert "县林场" not in answer.answer


@pytest.mark.parametrize(
    "question",
    [
        "后来改到哪天，由谁批的？",
        "这家公司还承建哪几段？",
        "剩下的由谁补？",
        "那要求什么时候整改到位，哪个单位负责？",
    ],
)
def test_what_takes_up_something_said_leans(question: str) -> None:
    assert follow_of(question, Known()) is not None


def test_a_question_that_says_what_it_is_about_does_not_lean() -> None:
    assert follow_of("这次防汛演练后来由哪个镇的民兵连承担，演练方案是谁批的？", Known()) is None
