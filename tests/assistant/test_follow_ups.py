"""What is offered to be asked next leans on the answer, and is answered."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from assistant.chat import Assistant, open_assistant
from assistant.follow_ups import MOST, follow_ups
from assistant.records import Answer, Turn
from index.build import build_index
from index.library import open_library
from index.settings import IndexSettings
from tests.assistant.desk.conftest import CORPUS
from tests.conftest import WordCountEncoder

ASKED = (
    "青禾区三季度哪些项目未开工？",
    "青禾区三季度有多少个项目未开工？",
    "石桥改建项目为什么没有开工？",
    "Which projects were not started in 青禾区?",
)


@pytest.fixture(scope="module")
def assistant(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Assistant]:
    root = tmp_path_factory.mktemp("next")
    corpus: Path = root / "corpus"
    corpus.mkdir()
    for name, text in CORPUS.items():
        (corpus / name).write_text(text, encoding="utf-8")
    with open_library(IndexSettings(root / "data"), "测试", create=True) as library:
        library.__dict__["encoder"] = WordCountEncoder()
        build_index([corpus], library)
        yield open_assistant(library)


@pytest.mark.parametrize("question", ASKED)
def test_each_that_is_offered_is_answered(assistant: Assistant, question: str) -> None:
    answer = assistant.answer(question)
    offered = follow_ups(answer)
    assert 1 <= len(offered) <= MOST
    for asked in offered:
        told = assistant.answer(asked, [Turn(question, answer.answer)])
        assert not told.refused, asked
        assert told.citations, asked


def test_what_was_asked_is_not_offered_again(assistant: Assistant) -> None:
    plain = follow_ups(assistant.answer("青禾区三季度哪些项目未开工？"))
    full = follow_ups(assistant.answer("青禾区三季度哪些项目未开工，原因是什么，归哪些单位？"))
    assert any("原因" in asked for asked in plain)
    assert not any("原因" in asked or "单位" in asked for asked in full)


def test_they_are_in_the_language_of_the_question(assistant: Assistant) -> None:
    offered = follow_ups(assistant.answer("Which projects were not started in 青禾区?"))
    assert all(asked.isascii() for asked in offered)


def test_a_refusal_offers_nothing(assistant: Assistant) -> None:
    answer = assistant.answer("青禾区三季度哪些项目未开工？")
    assert follow_ups(replace(answer, refused=True)) == []
    assert follow_ups(Answer("x", "y")) == []
