"""A small office: two reports, a speech, and an assistant whose words come from a script."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import pytest

from assistant.chat import open_assistant
from assistant.llm.endpoint import Endpoint
from assistant.llm.writing import Writer
from index.build import build_index
from index.library import Library, open_library
from index.settings import IndexSettings
from tests.assistant.llm.endpoints import close_endpoints, endpoint_at
from tests.assistant.llm.servers import Handler, Script, Server, serving

REPORT = """青禾区2024年三季度重点项目进展情况
截至9月底，全区安排重点项目5个，完成投资3.6亿元。
一、滞后项目（3个）
截至9月底，3个项目进度滞后。分别是：区水利局的柳溪河清淤（设计变更）；区住建局的供热管网二期（资金未到位）。
二、未开工项目（3个）
截至9月底，3个项目未开工。分别是：区交通局的石桥改建工程（征地协议未签）、西环路大修工程（资金未到位）；区文旅局的古塔修缮工程（等待文物部门批复）。
区重点项目建设办公室
2024年10月8日
"""
SPEECH = """在全区安全生产工作会议上的讲话
区长 陈明
2024年11月5日
今年以来，全区共排查隐患1286处，整改率达到97.5％。煤矿企业要在12月底前完成瓦斯治理。
一要压实责任。各街道要在11月20日前签订责任书。
二要严格执法。区应急局每月至少检查20家企业。
三要加强培训。全年培训安全员300名以上。
"""
CORPUS = {"report.txt": REPORT, "speech.txt": SPEECH}


@pytest.fixture(scope="package")
def library(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Library]:
    root = tmp_path_factory.mktemp("office")
    (root / "corpus").mkdir()
    for name, text in CORPUS.items():
        (root / "corpus" / name).write_text(text, encoding="utf-8")
    with open_library(IndexSettings(root / "data"), "测试", create=True) as library:
        build_index([root / "corpus"], library)
        yield library


@pytest.fixture(autouse=True)
def closed() -> Iterator[None]:
    """Close the endpoints that a test has opened."""
    yield
    close_endpoints()


class Asked:
    """A request as a script reads it: which piece of evidence says what."""

    def __init__(self, handler: Handler) -> None:
        self.prompt: str = handler.server.asked[-1]["body"]["messages"][-1]["content"]

    def evidence(self) -> list[tuple[str, str]]:
        """Return the mark and the words of each piece of evidence."""
        return re.findall(r"<(E\d+) [^>]*>\n(.*?)\n</\1>", self.prompt, re.DOTALL)

    def key(self, words: str) -> str:
        """Return the mark of the first piece of evidence that says ``words``."""
        for key, inside in self.evidence():
            if words in inside:
                return f"[{key}]"
        raise AssertionError(f"no evidence says {words}: {self.prompt}")


Speaks = Callable[[Asked], list[str]]


def speaking(*answers: Speaks) -> Script:
    """Return a script that streams an answer to each request, the last one to all later ones."""
    turn = iter(range(1_000))

    def script(handler: Handler) -> None:
        answer = answers[min(next(turn), len(answers) - 1)]
        pieces = answer(Asked(handler))
        handler.begin()
        for piece in pieces:
            for at in range(0, len(piece), 3):  # marks and numbers arrive in parts
                handler.say(piece[at : at + 3])
        handler.done()

    return script


class Office:
    """An assistant over the library, with the server that words its answers."""

    def __init__(self, library: Library, server: Server, endpoint: Endpoint) -> None:
        self.library = library
        self.server = server
        self.endpoint = endpoint
        self.writer = Writer(endpoint)
        self.assistant = open_assistant(library, self.writer)
        self.alone = open_assistant(library)


@pytest.fixture
def office(library: Library) -> Callable[..., Any]:
    """Return a context manager: an office whose model follows a script."""

    @contextmanager
    def open_office(script: Script, **changed: Any) -> Iterator[Office]:
        with serving(script) as server:
            given = {"model": "scripted", "first_token": 2.0, "total": 4.0, **changed}
            yield Office(library, server, endpoint_at(server.url, **given))

    return open_office
