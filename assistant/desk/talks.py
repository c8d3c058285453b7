"""Conversations in SQL: each person's own, and nobody else's. Every method is one transaction."""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy import Engine, delete, func, select
from sqlalchemy.orm import Session

from assistant.desk.opinions import add_feedback
from assistant.desk.records import KeptTurn, Sees, Talk, TalkInfo
from assistant.desk.tables import TalkRow, TurnRow
from assistant.desk.turns import (
    MOST_SHOWN,
    add_turn,
    delete_turns,
    find_turn,
    read_turns,
    searched_form,
)
from assistant.errors import DeskError, UnknownTurnError
from assistant.records import Answer
from index.kept import KeptRow, flush_deleted, keep_words, read_words
from index.sql import now

TITLE = 40  # characters of a title that is made of the first question
LONGEST_TITLE = 80  # characters of one that was given


class Talks:
    """Keeps, finds, renames and deletes conversations."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def keep(
        self, owner: str, answer: Answer, talk: int | None, origin: str, index_version: str
    ) -> tuple[int, int]:
        """Add an answer to a conversation, a new one if none is named; return (talk, turn).

        Raises:
            UnknownTurnError: the owner has no such conversation.
            UnknownDocumentError: a cited document was erased meanwhile.
        """
        with Session(self._engine) as session, session.begin():
            kept = None if talk is None else _own(session, owner, talk)
            number = 1 if kept is None else _last(session, kept.id) + 1
            turn = add_turn(session, owner, answer, number, origin, index_version)
            if kept is None:
                kept = _new(session, owner, turn, answer.question)
            kept.changed_at = turn.asked_at
            turn.talk_id = kept.id
            if answer.refused:
                add_feedback(session, turn, "unanswered")
            return kept.id, turn.id

    def list(self, owner: str, words: str = "", most: int = MOST_SHOWN) -> list[TalkInfo]:
        """Return the owner's newest conversations, ``most``; those that say all of ``words``."""
        query = select(TalkRow).where(TalkRow.owner == owner)
        for word in filter(None, map(searched_form, words.split())):
            query = query.where(TalkRow.id.in_(_saying(owner, word)))
        query = query.order_by(TalkRow.changed_at.desc(), TalkRow.id.desc()).limit(most)
        with Session(self._engine) as session:
            return _infos(session, list(session.scalars(query)))

    def open(self, owner: str, talk: int, sees: Sees) -> Talk:
        """Return a conversation with its turns, oldest first; raise ``UnknownTurnError``."""
        with Session(self._engine) as session:
            row = _own(session, owner, talk)
            query = select(TurnRow).where(TurnRow.talk_id == talk)
            query = query.order_by(TurnRow.number, TurnRow.id)
            turns = read_turns(session, list(session.scalars(query)), sees)
            return Talk(_infos(session, [row])[0], tuple(turns))

    def turn(self, owner: str, turn: int, sees: Sees) -> KeptTurn:
        """Return one of the owner's turns; raise ``UnknownTurnError``."""
        with Session(self._engine) as session:
            return read_turns(session, [find_turn(session, turn, owner)], sees)[0]

    def rename(self, owner: str, talk: int, title: str) -> TalkInfo:
        """Give a conversation another title.

        Raises:
            DeskError: the title is empty or too long.
            UnknownTurnError: the owner has no such conversation.
        """
        title = " ".join(title.split())
        if not title or len(title) > LONGEST_TITLE:
            raise DeskError(f"标题要有 1 到 {LONGEST_TITLE} 个字。请改短后再试。")
        with Session(self._engine) as session, session.begin():
            row = _own(session, owner, talk)
            session.get_one(KeptRow, row.title_id).words = title
            return _infos(session, [row])[0]

    def delete(self, owner: str, talk: int) -> int:
        """Delete a conversation, its words too; return how many answers are left as a record.

        An answer that was marked or decided on stays with the desk, as the record of
        what was verified; it is in nobody's conversation any more.

        Raises:
            UnknownTurnError: the owner has no such conversation.
        """
        with Session(self._engine) as session, session.begin():
            row = _own(session, owner, talk)
            turns = session.scalars(select(TurnRow).where(TurnRow.talk_id == talk))
            left = delete_turns(session, list(turns))
            session.execute(delete(KeptRow).where(KeptRow.id == row.title_id))
            session.delete(row)
        flush_deleted(self._engine)
        return left


def _own(session: Session, owner: str, talk: int) -> TalkRow:
    row = session.get(TalkRow, talk)
    if row is None or row.owner != owner:  # somebody else's is as if it were not there
        raise UnknownTurnError("没有这段对话，可能已被删除。请刷新列表后再试。")
    return row


def _last(session: Session, talk: int) -> int:
    query = select(func.max(TurnRow.number)).where(TurnRow.talk_id == talk)
    return session.execute(query).scalar() or 0


def _new(session: Session, owner: str, turn: TurnRow, question: str) -> TalkRow:
    """Return a new conversation, named by its first question and erased with it."""
    line = " ".join(question.split())
    title = line if len(line) <= TITLE else line[: TITLE - 1] + "…"
    row = TalkRow(
        owner=owner,
        title_id=keep_words(session, turn.bundle, title),
        created_at=now(),
        changed_at=turn.asked_at,
    )
    session.add(row)
    session.flush()
    return row


def _saying(owner: str, wanted: str) -> Iterable[int]:
    """Return the query for conversations in whose title, questions or answers a word stands."""
    told = (
        select(TurnRow.talk_id)
        .join(KeptRow, KeptRow.id == TurnRow.found_id)
        .where(TurnRow.asked_by == owner, TurnRow.talk_id.is_not(None))
        .where(KeptRow.words.contains(wanted, autoescape=True))
    )
    titled = (
        select(TalkRow.id)
        .join(KeptRow, KeptRow.id == TalkRow.title_id)
        .where(TalkRow.owner == owner)
        .where(func.lower(KeptRow.words).contains(wanted, autoescape=True))
    )
    return told.union(titled)  # type: ignore[return-value]


def _infos(session: Session, rows: list[TalkRow]) -> list[TalkInfo]:
    ids = [row.id for row in rows]
    query = select(TurnRow.talk_id, func.count()).where(TurnRow.talk_id.in_(ids))
    counts = {row[0]: row[1] for row in session.execute(query.group_by(TurnRow.talk_id))}
    titles = read_words(session, [row.title_id for row in rows])
    return [
        TalkInfo(row.id, titles.get(row.title_id, ""), counts.get(row.id, 0), row.changed_at)
        for row in rows
    ]
