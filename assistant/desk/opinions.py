"""Thumbs with reasons, and questions that were not answered, in SQL.

Both are for staff, who mark them as seen or handled. Every method is one transaction.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence

from sqlalchemy import Engine, delete, select
from sqlalchemy.orm import Session

from assistant.desk.records import (
    HANDLINGS,
    REASONS,
    Feedback,
    FeedbackKind,
    Handling,
    Reason,
    Sees,
)
from assistant.desk.tables import FeedbackRow, TurnRow
from assistant.desk.turns import MOST_SHOWN, find_turn, read_turns
from assistant.errors import DeskError, UnknownTurnError
from index.kept import KeptRow, keep_words, read_words
from index.sql import now

LONGEST_COMMENT = 2_000  # characters, as a question
THUMBS = ("up", "down")


class Opinions:
    """Keeps what askers think, and lists it for staff."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def rate(
        self, owner: str, turn: int, thumb: str | None, reasons: Sequence[str], comment: str
    ) -> None:
        """Keep a thumb on one's own answer in place of an earlier one; None takes it back.

        Raises:
            DeskError: there is no such thumb or reason, or the comment is too long.
            UnknownTurnError: the owner has no such answer.
        """
        known = checked_reasons(reasons)
        if thumb is not None and thumb not in THUMBS:
            raise DeskError("评价只能是“有用”或“没用”。请重新选择。")
        with Session(self._engine) as session, session.begin():
            row = find_turn(session, turn, owner)
            _take_back(session, turn, owner)
            if thumb is None:
                return
            add_feedback(session, row, thumb, known, checked_comment(comment))

    def rating(self, owner: str, turns: Collection[int]) -> dict[int, FeedbackKind]:
        """Return the owner's thumbs, by turn."""
        query = select(FeedbackRow.turn_id, FeedbackRow.kind).where(
            FeedbackRow.by == owner, FeedbackRow.turn_id.in_(turns), FeedbackRow.kind.in_(THUMBS)
        )
        with Session(self._engine) as session:
            return {row.turn_id: row.kind for row in session.execute(query)}

    def list(
        self,
        kinds: Collection[str],
        handlings: Collection[str],
        sees: Sees,
        most: int = MOST_SHOWN,
        skip: int = 0,
    ) -> tuple[list[Feedback], bool]:
        """Return feedback, newest first, of which the reader may see the answers; is there more?

        ``most`` pieces after ``skip`` are looked at.
        """
        query = (
            select(FeedbackRow)
            .where(FeedbackRow.kind.in_(kinds), FeedbackRow.handling.in_(handlings))
            .order_by(FeedbackRow.id.desc())
            .offset(skip)
            .limit(most + 1)
        )
        with Session(self._engine) as session:
            rows = list(session.scalars(query))
            found = _feedback(session, rows[:most], sees)
        return [one for one in found if not one.turn.hidden], len(rows) > most

    def handle(self, by: str, feedback: int, handling: str) -> Handling:
        """Say that a piece of feedback was seen, handled, or is new again.

        Raises:
            DeskError: there is no such state.
            UnknownTurnError: there is no such feedback.
        """
        state = next((known for known in HANDLINGS if known == handling), None)
        if state is None:
            raise DeskError("处理状态只能是未读、已读或已处理。请重新选择。")
        with Session(self._engine) as session, session.begin():
            row = session.get(FeedbackRow, feedback)
            if row is None:
                raise UnknownTurnError("没有这条反馈，可能已随对话删除。请刷新后再试。")
            row.handling, row.handled_by, row.handled_at = state, by, now()
        return state


def add_feedback(
    session: Session, turn: TurnRow, kind: str, reasons: Sequence[str] = (), comment: str = ""
) -> None:
    """Add feedback of the one who asked, within the caller's transaction."""
    session.add(
        FeedbackRow(
            turn_id=turn.id,
            kind=kind,
            reasons=list(reasons),
            comment_id=keep_words(session, turn.bundle, comment) if comment else None,
            by=turn.asked_by,
            at=now(),
            handling="new",
        )
    )


def checked_comment(comment: str) -> str:
    """Return a comment without blanks around it; raise ``DeskError`` if it is too long."""
    comment = comment.strip()
    if len(comment) > LONGEST_COMMENT:
        raise DeskError(
            f"意见有 {len(comment)} 个字，上限是 {LONGEST_COMMENT} 个字。请缩短后再提交。"
        )
    return comment


def checked_reasons(reasons: Sequence[str]) -> list[Reason]:
    """Return the reasons, each once; raise ``DeskError`` if one is not to choose from."""
    unknown = [reason for reason in reasons if reason not in REASONS]
    if unknown:
        raise DeskError("评价的原因不在可选的范围内。请重新选择。")
    return [reason for reason in REASONS if reason in reasons]


def _take_back(session: Session, turn: int, owner: str) -> None:
    own = (FeedbackRow.turn_id == turn, FeedbackRow.by == owner, FeedbackRow.kind.in_(THUMBS))
    comments = [i for i in session.scalars(select(FeedbackRow.comment_id).where(*own)) if i]
    session.execute(delete(FeedbackRow).where(*own))
    session.execute(delete(KeptRow).where(KeptRow.id.in_(comments)))


def _feedback(session: Session, rows: Sequence[FeedbackRow], sees: Sees) -> list[Feedback]:
    wanted = select(TurnRow).where(TurnRow.id.in_({row.turn_id for row in rows}))
    turns = {t.id: t for t in read_turns(session, list(session.scalars(wanted)), sees)}
    words = read_words(session, [row.comment_id for row in rows])
    return [
        Feedback(
            row.id, turns[row.turn_id], row.kind, tuple(row.reasons),  # type: ignore[arg-type]
            words.get(row.comment_id or 0, ""), "" if row.kind == "unanswered" else row.by, row.at,
            row.handling, row.handled_by or "", row.handled_at or "",  # type: ignore[arg-type]
        )
        for row in rows
    ]  # fmt: skip
