"""Whatever people do in whatever order: history only grows, and the queue is what it must be."""

from __future__ import annotations

import sqlite3
import tempfile
from contextlib import closing
from pathlib import Path

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from assistant.desk.desk import Desk, sees_all
from assistant.desk.records import MARKS
from assistant.errors import DeskError
from assistant.records import Answer, Citation, Unverified
from index.database import Database
from index.jobs import Version
from tests.assistant.desk.conftest import LI, WANG, ZHANG, ZHAO

PEOPLE, STAFF = (ZHANG, LI), (WANG, ZHAO)
WORDS = st.text(max_size=8)


class NoSources:
    """Documents that never change."""

    def history(self, path: str) -> list[Version]:
        return [Version(1, 1, "current", "", "", 1)]

    def text(self, path: str, version: int | None = None) -> str:
        return ""


def answer_with(citations: int, doubtful: bool) -> Answer:
    cited = tuple(
        Citation(n, "a.txt", None, "通报", "", None, n, n + 2, "引文", None, 1)
        for n in range(1, citations + 1)
    )
    doubts = (Unverified("7亿元", "没有"),) if doubtful else ()
    return Answer("几个？", "三个[1]", citations=cited, unverified=doubts)


class DeskMachine(RuleBasedStateMachine):
    """``model`` holds per turn: owner, talk or None, asked, marks, verdicts."""

    @initialize()
    def begin(self) -> None:
        self.folder = tempfile.TemporaryDirectory(prefix="youju-desk-")
        self.file = Path(self.folder.name) / "youju.sqlite"
        self.database = Database(f"sqlite:///{self.file}")
        with closing(sqlite3.connect(self.file)) as raw, raw:
            raw.execute(
                "INSERT INTO files (path, source, sha256, state, sample, indexed_at, media_type,"
                " characters, chunk_count, text, blocks, skips, unread, articles, notes)"
                " VALUES ('a.txt', '', '', 'indexed', 0, '', '', 1, 0, '', '', '', '', '', '')"
            )
        self.desk = Desk(self.database, NoSources())
        self.model: dict[int, dict[str, object]] = {}
        self.history: dict[str, list[tuple[object, ...]]] = {"citation_marks": [], "decisions": []}

    def teardown(self) -> None:
        self.database.close()
        self.folder.cleanup()

    @rule(person=st.sampled_from(PEOPLE), citations=st.integers(0, 3), doubtful=st.booleans())
    def ask(self, person: object, citations: int, doubtful: bool) -> None:
        answer = answer_with(citations, doubtful)
        talk, turn = self.desk.keep(person, answer)  # type: ignore[arg-type]
        self.model[turn] = {
            "owner": person, "talk": talk, "asked": False, "marks": {}, "verdicts": [],
            "citations": citations, "doubtful": doubtful,
        }  # fmt: skip

    def pick(self, data: st.DataObject) -> int:
        return data.draw(st.sampled_from(sorted(self.model)))

    @precondition(lambda self: self.model)
    @rule(data=st.data(), note=WORDS)
    def request(self, data: st.DataObject, note: str) -> None:
        known = self.model[turn := self.pick(data)]
        try:
            self.desk.request(known["owner"], turn, note)  # type: ignore[arg-type]
            known["asked"] = True
        except DeskError:
            assert known["talk"] is None

    @precondition(lambda self: self.model)
    @rule(data=st.data(), staff=st.sampled_from(STAFF), n=st.integers(0, 4),
          mark=st.sampled_from(MARKS), comment=WORDS)  # fmt: skip
    def mark(self, data: st.DataObject, staff: object, n: int, mark: str, comment: str) -> None:
        known = self.model[turn := self.pick(data)]
        try:
            self.desk.mark(staff, turn, n, mark, sees_all, comment)  # type: ignore[arg-type]
            known["marks"][n] = mark  # type: ignore[index]
        except DeskError:
            assert not 1 <= n <= known["citations"]  # type: ignore[operator]

    @precondition(lambda self: self.model)
    @rule(data=st.data(), staff=st.sampled_from(STAFF), comment=WORDS, text=WORDS,
          verdict=st.sampled_from(["verified", "corrected", "rejected", "other"]))  # fmt: skip
    def decide(
        self, data: st.DataObject, staff: object, verdict: str, text: str, comment: str
    ) -> None:
        known = self.model[turn := self.pick(data)]
        try:
            self.desk.decide(staff, turn, verdict, sees_all, text, comment)  # type: ignore[arg-type]
        except DeskError:
            return
        known["verdicts"].append(verdict)  # type: ignore[attr-defined]
        if verdict == "verified":
            marks = dict(known["marks"])  # type: ignore[call-overload]
            assert len(marks) == known["citations"]
            assert "not_supported" not in marks.values()
            assert comment.strip() or not known["doubtful"]

    @precondition(lambda self: self.model)
    @rule(data=st.data())
    def delete(self, data: st.DataObject) -> None:
        known = self.model[turn := self.pick(data)]
        if known["talk"] is None:
            return
        left = self.desk.delete(known["owner"], known["talk"])  # type: ignore[arg-type]
        judged = bool(known["marks"] or known["verdicts"])
        assert left == judged
        if judged:
            known["talk"] = None
        else:
            del self.model[turn]

    @invariant()
    def nothing_that_was_decided_is_lost_or_changed(self) -> None:
        with closing(sqlite3.connect(self.file)) as raw:
            for table, before in self.history.items():
                now = raw.execute(f"SELECT * FROM {table} ORDER BY id").fetchall()
                assert now[: len(before)] == before
                self.history[table] = now

    @invariant()
    def the_queue_holds_each_answer_once_in_the_state_that_was_decided_last(self) -> None:
        every = ("asked", "unasked", "verified", "corrected", "rejected")
        found = self.desk.queue(WANG, sees_all, "all", every)
        told = {case.turn.id: case.state for case in found}
        assert len(told) == len(found)
        assert told == {
            turn: (known["verdicts"] or ["asked" if known["asked"] else "unasked"])[-1]  # type: ignore[index]
            for turn, known in self.model.items()
        }
        waiting = [c for c in self.desk.queue(WANG, sees_all) if not c.decisions]
        doubts = [bool(c.turn.answer and c.turn.answer.unverified) for c in waiting]
        assert doubts == sorted(doubts, reverse=True)
        assert {c.turn.id for c in waiting} == {t for t, state in told.items() if state == "asked"}

    @invariant()
    def each_sees_their_own_conversations_and_no_others(self) -> None:
        for person in PEOPLE:
            mine = {k["talk"] for k in self.model.values() if k["owner"] == person} - {None}
            assert {talk.id for talk in self.desk.talks.list(person.name)} == mine


TestDesk = DeskMachine.TestCase
TestDesk.settings = settings(max_examples=25, stateful_step_count=20, deadline=None)
