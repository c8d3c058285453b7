"""A desk over the reports of a district, with people of each role."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from assistant.chat import Assistant, open_assistant
from assistant.desk.desk import Desk, sees_all
from assistant.desk.opening import open_desk
from assistant.desk.records import Case, OnePerson, Person
from assistant.records import Answer
from index.build import build_index
from index.library import Library, open_library
from index.settings import IndexSettings
from tests.assistant.ledger.conftest import AUTUMN, SPRING
from tests.conftest import WordCountEncoder

ZHANG = OnePerson("张科员", "asks")
LI = OnePerson("李科员", "asks")
WANG = OnePerson("王核实", "verifies")
ZHAO = OnePerson("赵主任", "manages")
NOTICE = """云岭县2024年三季度重点工程通报
截至9月底，未开工的工程2项。分别是：县住建局的污水处理厂提标改造（环评批复未取得）；县交通局的城南客运站（选址调整）。
云岭县重点工程办公室
2024年10月9日
"""
CORPUS = {"q2.txt": SPRING, "q3.txt": AUTUMN, "notice.txt": NOTICE}
UNSTARTED = "青禾区三季度哪些项目未开工，原因是什么？"
ELSEWHERE = "云岭县有哪些工程未开工？"
REFUSED = "火星基地的预算是多少？"


@dataclass(slots=True)
class Office:
    """A library that is open, its assistant and its desk, and what was logged."""

    library: Library
    corpus: Path
    assistant: Assistant
    desk: Desk
    logged: list[tuple[str, str, str, str]] = field(default_factory=list)

    def log(self, person: Person, action: str, subject: str, detail: str) -> None:
        self.logged.append((person.name, action, subject, detail))

    def answer(self, question: str) -> Answer:
        return self.assistant.answer(question)

    def keep(self, question: str, person: Person = ZHANG, talk: int | None = None) -> int:
        """Ask and keep; return the turn."""
        return self.desk.keep(person, self.answer(question), talk)[1]

    def asked(self, question: str = UNSTARTED) -> int:
        """Ask, keep and request verification; return the turn."""
        turn = self.keep(question)
        self.desk.request(ZHANG, turn)
        return turn

    def mark_all(self, turn: int, mark: str = "supported", person: Person = WANG) -> Case:
        case = self.desk.case(person, turn, sees_all)
        assert case.turn.answer
        for citation in case.turn.answer.citations:
            case = self.desk.mark(person, turn, citation.n, mark, sees_all)
        return case

    def write(self, name: str, text: str) -> None:
        (self.corpus / name).write_text(text, encoding="utf-8")

    def reindex(self) -> None:
        build_index([self.corpus], self.library)


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    corpus = tmp_path / "corpus"
    corpus.mkdir()
    with open_library(IndexSettings(tmp_path / "data"), "测试", create=True) as library:
        library.__dict__["encoder"] = WordCountEncoder()
        office = Office(library, corpus, open_assistant(library), None)  # type: ignore[arg-type]
        for name, text in CORPUS.items():
            office.write(name, text)
        office.reindex()
        office.desk = open_desk(library, office.log)
        yield office


def everything(folder: Path) -> bytes:
    """Return the bytes of all files, side by side."""
    return b"".join(file.read_bytes() for file in folder.rglob("*") if file.is_file())


def stands_in(words: str, folder: Path) -> bool:
    """Tell whether words stand in some file, in any form that we write."""
    held = everything(folder)
    escaped = words.encode("unicode_escape")  # as JSON writes it without ensure_ascii=False
    return any(form in held for form in (words.encode(), words.encode("utf-16-le"), escaped))
