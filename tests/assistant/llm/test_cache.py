"""An answer that was paid for is found again by who is shown the same, until it is erased."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from assistant.chat import Assistant
from assistant.llm.cache import AnswerCache
from assistant.llm.writing import Writer
from index.build import build_index
from index.library import Library, open_library
from index.seen import seen_by
from index.settings import IndexSettings
from index.withdrawal import erase
from tests.assistant.llm.conftest import CORPUS, Asked, speaking
from tests.assistant.llm.endpoints import endpoint_at
from tests.assistant.llm.servers import Server, serving
from tests.conftest import WordCountEncoder

LIST = "哪些项目未开工，原因是什么？"
SAID = "共有3个项目未开工"


@pytest.fixture
def library(tmp_path: Path) -> Iterator[Library]:
    (tmp_path / "corpus").mkdir()
    for name, text in CORPUS.items():
        (tmp_path / "corpus" / name).write_text(text, encoding="utf-8")
    with open_library(IndexSettings(tmp_path / "data"), "测试", create=True) as library:
        library.__dict__["encoder"] = WordCountEncoder()
        build_index([tmp_path / "corpus"], library)
        yield library


@pytest.fixture
def server() -> Iterator[Server]:
    def honest(asked: Asked) -> list[str]:
        return [f"{SAID}{asked.key('共 3个')}。"]

    with serving(speaking(honest)) as server:
        yield server


@pytest.fixture
def assistant(library: Library, server: Server) -> Callable[..., Assistant]:
    cache = AnswerCache(library.database)

    def over(seen: Library = library, **changed: Any) -> Assistant:
        return Assistant(seen, writer=Writer(endpoint_at(server.url, **changed), cache))

    return over


def test_the_same_question_is_not_sent_again_and_is_checked_again(
    assistant: Callable[..., Assistant], server: Server
) -> None:
    first, again = assistant().answer(LIST), assistant().answer(LIST)
    assert len(server.asked) == 1
    assert again.answer == first.answer
    assert again.wording is not None
    assert (again.wording.cached, again.wording.verified) == (True, 1)


def test_another_model_is_asked_anew(assistant: Callable[..., Assistant], server: Server) -> None:
    assistant().answer(LIST)
    assistant(model="other").answer(LIST)
    assert len(server.asked) == 2


def test_who_sees_other_documents_finds_no_answer_over_them(
    assistant: Callable[..., Assistant], server: Server, library: Library
) -> None:
    assistant().answer(LIST)
    seen = seen_by(library, lambda path, sha256: path == "speech.txt")
    answer = assistant(seen).answer(LIST)
    assert SAID not in answer.answer
    assert answer.wording is None or not answer.wording.cached


def test_an_erased_document_takes_its_answers_along(
    assistant: Callable[..., Assistant], library: Library, tmp_path: Path
) -> None:
    assistant().answer(LIST)
    stored = b"".join(f.read_bytes() for f in (tmp_path / "data").glob("youju.sqlite*"))
    assert SAID.encode() in stored
    erase(library, "report.txt", "档案室")
    stored = b"".join(f.read_bytes() for f in (tmp_path / "data").glob("youju.sqlite*"))
    assert SAID.encode() not in stored


def test_a_cache_that_cannot_write_stops_no_answer(
    assistant: Callable[..., Assistant], library: Library, server: Server
) -> None:
    assistant().answer(LIST)
    with library.database.engine.begin() as connection:
        connection.exec_driver_sql("DROP TABLE model_answers")
    answer = assistant().answer(LIST)
    assert len(server.asked) == 2
    assert answer.wording is not None
    assert answer.wording.verified == 1
