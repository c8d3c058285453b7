"""A question that takes for granted what the text denies."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from assistant.chat import Assistant, open_assistant
from index.build import build_index
from index.library import open_library
from index.settings import IndexSettings

MINUTES = """柳溪区园林管理专题会议纪要
（第4期）
一、关于公园夜间开放。会议没有采纳延长东湖公园夜间开放时间的提议，要求先做噪声评估。
二、关于银杏换植。同意在梧桐路换植银杏240株，由园林处组织，11月底前完成。
三、关于岗亭。暂缓拆除北门岗亭，列入明年计划。
柳溪区园林处
2025年9月12日
"""


@pytest.fixture(scope="module")
def assistant(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Assistant]:
    folder: Path = tmp_path_factory.mktemp("denied")
    (folder / "纪要.txt").write_text(MINUTES, encoding="utf-8")
    with open_library(IndexSettings(data_dir=folder / "data"), "test", create=True) as library:
        build_index([folder / "纪要.txt"], library)
        yield open_assistant(library)


def test_what_is_taken_for_granted_and_denied_is_corrected(assistant: Assistant) -> None:
    answer = assistant.answer("会议采纳了延长东湖公园夜间开放时间的提议，从什么时候执行？")
    assert "与提问的说法不同" in answer.answer
    assert "没有采纳" in answer.answer
    assert any("没有采纳" in citation.quote for citation in answer.citations)


@pytest.mark.parametrize(
    "question",
    [
        "东湖公园夜间开放时间延长了没有？",  # asks whether
        "会议为什么没有采纳延长东湖公园夜间开放时间的提议？",  # knows it
        "同意在梧桐路换植多少株银杏？",  # is so
    ],
)
def test_nothing_is_corrected_that_is_asked_or_so(assistant: Assistant, question: str) -> None:
    assert "与提问的说法不同" not in assistant.answer(question).answer
