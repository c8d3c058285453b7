"""Records of inquiries: who asked, who answered, and what; and what a unit plans to do next."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from assistant.chat import Assistant, open_assistant
from assistant.records import Turn
from index.build import build_index
from index.library import open_library
from index.settings import IndexSettings

INQUIRY = """民生项目专题询问实录
（2025年8月6日）
陶知远委员问：东岭水厂的管道什么时候能铺完？钱够不够？
县水务局局长鲁承志答：管道还差9公里。资金缺口2600万元，拟向农发行申请贷款1800万元，其余由县水投公司出售旧厂房解决。
叶青禾代表提问：老车站周边的摊贩搬到哪里去？
县城管局局长方启明答复：已选定两处疏导点。一是在粮站旧址设摊位80个；二是对残疾摊主免租一年。
"""
REPORT = """关于上半年民生项目进展情况的报告
县发展和改革局局长　关伯宁
今年全县安排民生项目12个，东岭水厂进度滞后。
一、下一步工作安排
一是盯住滞后项目，逐个建账。二是储备明年项目20个。
"""


@pytest.fixture(scope="module")
def assistant(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Assistant]:
    folder: Path = tmp_path_factory.mktemp("inquiries")
    documents = folder / "documents"
    documents.mkdir()
    (documents / "实录.txt").write_text(INQUIRY, encoding="utf-8")
    (documents / "报告.txt").write_text(REPORT, encoding="utf-8")
    settings = IndexSettings(data_dir=folder / "data")
    with open_library(settings, "测试", create=True) as library:
        build_index([documents], library)
        yield open_assistant(library)


@pytest.mark.parametrize(
    ("question", "said"),
    [
        ("东岭水厂是哪位委员提问的，谁答复的？", ("陶知远", "鲁承志")),
        ("老车站摊贩的事是谁问的，回答的人是谁？", ("叶青禾", "方启明")),
    ],
)
def test_who_asked_and_who_answered(
    assistant: Assistant, question: str, said: tuple[str, ...]
) -> None:
    answer = assistant.answer(question)
    assert all(name in answer.answer for name in said)
    assert not answer.refused
    assert not answer.unverified


@pytest.mark.parametrize(
    ("question", "said"),
    [
        ("东岭水厂的资金缺口打算怎么解决？", ("1800万元", "旧厂房")),
        ("老车站周边的摊贩，城管局准备怎么处理？", ("80个", "免租一年")),
    ],
)
def test_what_was_answered(assistant: Assistant, question: str, said: tuple[str, ...]) -> None:
    assert all(words in assistant.answer(question).answer for words in said)


def test_this_gap_is_that_of_the_question_before(assistant: Assistant) -> None:
    before = Turn("东岭水厂的资金缺口有多大？", "2600万元。")
    assert "1800万元" in assistant.answer("这个缺口怎么补？", [before]).answer


def test_what_no_exchange_is_about_is_not_answered_from_one(assistant: Assistant) -> None:
    assert "疏导点" not in assistant.answer("南湖公园的停车难打算怎么解决？").answer


@pytest.mark.parametrize(
    "question", ["发改局对下一步工作作了哪些安排？", "发展和改革局下一步有什么打算？"]
)
def test_what_a_unit_plans_is_told_from_its_own_report(assistant: Assistant, question: str) -> None:
    answer = assistant.answer(question).answer
    assert "逐个建账" in answer
    assert "储备明年项目20个" in answer


def test_another_unit_has_no_plans_there(assistant: Assistant) -> None:
    assert (
        "逐个建账"
        not in assistant.answer("县教育局对下一步工作作了哪些安排？").answer.split("另见")[0]
    )
