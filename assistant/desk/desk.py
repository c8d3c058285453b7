"""The desk: what each person may do with conversations, opinions and verification.

Everything that people do passes through here, so that rights are asked for and the
audit log is written in one place. A person sees their own conversations; whoever
verifies sees answers, without the conversations that they stand in.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from dataclasses import replace

from assistant.desk.opinions import Opinions, checked_comment
from assistant.desk.records import (
    HANDLINGS,
    MARKS,
    Audit,
    Case,
    Feedback,
    Person,
    Scope,
    Sees,
    Sources,
)
from assistant.desk.rules import check_verdict, check_verifies
from assistant.desk.sources import fates_in_full, fates_of
from assistant.desk.tables import make_tables
from assistant.desk.talks import Talks
from assistant.desk.turns import MOST_SHOWN
from assistant.desk.verdicts import Verdicts
from assistant.errors import DeskError, UnknownTurnError
from assistant.records import Answer
from index.database import Database

OPEN_STATES = ("asked", "unasked")


def no_audit(person: Person, action: str, subject: str, detail: str) -> None:
    """Log nothing: there is nobody to tell apart."""


def sees_all(path: str) -> bool:
    """Tell that a document may be seen: there are no permissions."""
    return True


class Desk:
    """Conversations, opinions and verification of one database.

    ``talks`` is for the owner's own list; everything else is asked of the desk itself.
    """

    def __init__(
        self,
        database: Database,
        sources: Sources,
        audit: Audit = no_audit,
        index_version: Callable[[], str] = str,
    ) -> None:
        engine = database.engine
        make_tables(engine)
        self.talks = Talks(engine)
        self._opinions = Opinions(engine)
        self._verdicts = Verdicts(engine)
        self._sources = sources
        self._audit = audit
        self._index_version = index_version

    # ---- those who ask

    def keep(
        self, person: Person, answer: Answer, talk: int | None = None, origin: str = ""
    ) -> tuple[int, int]:
        """Keep an answer in a conversation of the person's, a new one if none is named.

        A question that could not be answered is collected for staff, without its asker.

        Returns:
            The conversation and the turn, by number.
        Raises:
            UnknownTurnError: the person has no such conversation.
            UnknownDocumentError: a cited document was erased meanwhile.
        """
        return self.talks.keep(person.name, answer, talk, origin, self._index_version())

    def delete(self, person: Person, talk: int) -> int:
        """Delete a conversation; return how many answers stay, as the record of a decision."""
        left = self.talks.delete(person.name, talk)
        self._audit(person, "talk_deleted", str(talk), "")
        return left

    def rate(
        self,
        person: Person,
        turn: int,
        thumb: str | None,
        reasons: Sequence[str] = (),
        comment: str = "",
    ) -> None:
        """Keep what the asker thinks of an answer; None takes it back; raise ``DeskError``."""
        self._opinions.rate(person.name, turn, thumb, reasons, comment)
        self._audit(person, "rated", str(turn), thumb or "")

    def request(self, person: Person, turn: int, note: str = "") -> Case:
        """Ask for the verification of one's own answer; raise ``DeskError``."""
        case = self._verdicts.case(turn, sees_all, person.name)
        if case.turn.answer is None or case.turn.answer.refused:
            raise DeskError("这次提问没有得到答案，没有可核实的内容。可以用“没用”告诉我们缺什么。")
        self._verdicts.request(person.name, turn, checked_comment(note))
        self._audit(person, "verification_requested", str(turn), "")
        return self._verdicts.case(turn, sees_all, person.name)

    def standing(self, person: Person, turns: Collection[int], sees: Sees) -> dict[int, Case]:
        """Return how the person's own answers stand with the desk, by turn."""
        found = self._verdicts.cases(turns, sees)
        own = [case for case in found.values() if case.turn.asked_by == person.name]
        fates = fates_of(own, self._sources)
        return {
            case.turn.id: replace(case, sources=fate) for case, fate in zip(own, fates, strict=True)
        }

    def ratings(self, person: Person, turns: Collection[int]) -> dict[int, str]:
        """Return the person's thumbs (“up”, “down”), by turn."""
        return dict(self._opinions.rating(person.name, turns))

    # ---- staff

    def queue(
        self,
        person: Person,
        sees: Sees,
        scope: Scope = "asked",
        states: Collection[str] = OPEN_STATES,
        most: int | None = MOST_SHOWN,
    ) -> list[Case]:
        """Return the answers to verify that the person may see, of the first ``most``.

        Raises:
            NotAllowedError: the person does not verify.
        """
        return self.queue_page(person, sees, scope, states, most)[0]

    def queue_page(
        self,
        person: Person,
        sees: Sees,
        scope: Scope = "asked",
        states: Collection[str] = OPEN_STATES,
        most: int | None = MOST_SHOWN,
        skip: int = 0,
    ) -> tuple[list[Case], bool]:
        """Return such answers after the first ``skip``, and whether there are more.

        Raises:
            NotAllowedError: the person does not verify.
        """
        check_verifies(person)
        found, more = self._verdicts.queue(scope, states, sees, most, skip)
        cases = [_discreet(case) for case in found]
        fates = fates_of(cases, self._sources)
        shown = [replace(case, sources=fate) for case, fate in zip(cases, fates, strict=True)]
        return shown, more

    def counts(self, person: Person) -> dict[str, int]:
        """Return how many answers there are on the desk, by state; raise ``NotAllowedError``."""
        check_verifies(person)
        return self._verdicts.counts()

    def case(self, person: Person, turn: int, sees: Sees) -> Case:
        """Return an answer to verify.

        Raises:
            NotAllowedError: the person does not verify.
            UnknownTurnError: there is none, or it draws on what the person may not see.
        """
        check_verifies(person)
        case = self._verdicts.case(turn, sees)
        if case.turn.hidden:
            raise UnknownTurnError("没有这次问答，或它引用了您无权查看的文件。")
        return replace(_discreet(case), sources=fates_in_full(case, self._sources))

    def mark(
        self, person: Person, turn: int, n: int, mark: str, sees: Sees, comment: str = ""
    ) -> Case:
        """Mark citation ``n``; raise ``DeskError``."""
        answer = self._answer(person, turn, sees)
        if mark not in MARKS:
            raise DeskError("引文的标记只能是“支持”“部分支持”或“不支持”。请重新选择。")
        if all(citation.n != n for citation in answer.citations):
            raise DeskError(f"这个答案没有第 {n} 条引文。请刷新后再试。")
        self._verdicts.mark(person.name, turn, n, mark, checked_comment(comment))
        self._audit(person, "marked", str(turn), f"[{n}] {mark}")
        return self.case(person, turn, sees)

    def decide(
        self,
        person: Person,
        turn: int,
        verdict: str,
        sees: Sees,
        text: str = "",
        comment: str = "",
    ) -> Case:
        """Decide on an answer; what was decided before stays as history.

        Raises:
            DeskError: the verdict lacks what it rests on.
        """
        self._answer(person, turn, sees)
        text, comment = text.strip(), checked_comment(comment)
        check_verdict(self._verdicts.case(turn, sees), verdict, text, comment)
        self._verdicts.decide(
            person.name, turn, verdict, text if verdict == "corrected" else "", comment
        )
        self._audit(person, "verified", str(turn), verdict)
        return self.case(person, turn, sees)

    def feedback(
        self,
        person: Person,
        sees: Sees,
        kinds: Collection[str] = ("up", "down", "unanswered"),
        handlings: Collection[str] = HANDLINGS,
    ) -> list[Feedback]:
        """Return feedback and unanswered questions, newest first; raise ``NotAllowedError``."""
        return self.feedback_page(person, sees, kinds, handlings)[0]

    def feedback_page(
        self,
        person: Person,
        sees: Sees,
        kinds: Collection[str] = ("up", "down", "unanswered"),
        handlings: Collection[str] = HANDLINGS,
        most: int = MOST_SHOWN,
        skip: int = 0,
    ) -> tuple[list[Feedback], bool]:
        """Return such feedback after the first ``skip``, and whether there is more."""
        check_verifies(person)
        found, more = self._opinions.list(kinds, handlings, sees, most, skip)
        return [
            replace(one, turn=replace(one.turn, asked_by="")) if one.kind == "unanswered" else one
            for one in found
        ], more

    def handle(self, person: Person, feedback: int, handling: str) -> None:
        """Say that feedback was seen or handled; raise ``DeskError``."""
        check_verifies(person)
        self._opinions.handle(person.name, feedback, handling)
        self._audit(person, "feedback_handled", str(feedback), handling)

    def exported(self, person: Person, what: str, turns: Collection[int]) -> None:
        """Log that answers were taken out as a file."""
        self._audit(person, "exported", what, " ".join(map(str, sorted(turns))))

    def _answer(self, person: Person, turn: int, sees: Sees) -> Answer:
        answer = self.case(person, turn, sees).turn.answer
        if answer is None:
            raise DeskError("所引文件已被彻底删除，这个答案不能再核实。")
        return answer


def _discreet(case: Case) -> Case:
    """Return a case without its asker where nobody asked to verify it."""
    return case if case.requested_at else replace(case, turn=replace(case.turn, asked_by=""))
