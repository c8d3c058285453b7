"""The SQL tables of conversations, feedback and verification.

Every word that may come from a document is kept in ``index/kept.py``, so that it goes
when the document is erased; here are the numbers of those words, and who did what when.
"""

from __future__ import annotations

from typing import Any

from sqlalchemy import DDL, Boolean, Engine, ForeignKey, Integer, String, event
from sqlalchemy.orm import Mapped, mapped_column

from index.sql import Base

NAME = 64  # characters of a person's name


class TalkRow(Base):
    """A conversation; ``title_id`` are its kept words."""

    __tablename__ = "conversations"
    __table_args__ = {"sqlite_autoincrement": True}  # noqa: RUF012 - an id never comes back
    id: Mapped[int] = mapped_column(Integer, primary_key=True, autoincrement=True)
    owner: Mapped[str] = mapped_column(String(NAME), index=True)
    title_id: Mapped[int]
    created_at: Mapped[str] = mapped_column(String(32))
    changed_at: Mapped[str] = mapped_column(String(32), index=True)


class TurnRow(Base):
    """A question with its answer.

    ``talk_id`` is None once its owner deleted the conversation: what was decided on
    is the office's record. ``found_id`` are its words in the form that is searched.
    """

    __tablename__ = "turns"
    __table_args__ = {"sqlite_autoincrement": True}  # noqa: RUF012 - an id never comes back
    id: Mapped[int] = mapped_column(Integer, primary_key=True, autoincrement=True)
    talk_id: Mapped[int | None] = mapped_column(
        ForeignKey("conversations.id", ondelete="SET NULL"), index=True
    )
    number: Mapped[int]
    bundle: Mapped[str] = mapped_column(String(32), index=True)
    question_id: Mapped[int]
    answer_id: Mapped[int]
    found_id: Mapped[int]
    asked_by: Mapped[str] = mapped_column(String(NAME))
    asked_at: Mapped[str] = mapped_column(String(32))
    index_version: Mapped[str] = mapped_column(String(32))
    refused: Mapped[bool] = mapped_column(Boolean)
    doubts: Mapped[int]  # how many words of the answer are unverified
    requested_by: Mapped[str | None] = mapped_column(String(NAME))
    requested_at: Mapped[str | None] = mapped_column(String(32), index=True)
    note_id: Mapped[int | None]


class FeedbackRow(Base):
    """A thumb with its reasons, or a question without an answer; one of a kind and person."""

    __tablename__ = "feedback"
    id: Mapped[int] = mapped_column(Integer, primary_key=True, autoincrement=True)
    turn_id: Mapped[int] = mapped_column(ForeignKey("turns.id", ondelete="CASCADE"), index=True)
    kind: Mapped[str] = mapped_column(String(16), index=True)
    reasons: Mapped[list[Any]]
    comment_id: Mapped[int | None]
    by: Mapped[str] = mapped_column(String(NAME))
    at: Mapped[str] = mapped_column(String(32))
    handling: Mapped[str] = mapped_column(String(16), index=True)
    handled_by: Mapped[str | None] = mapped_column(String(NAME))
    handled_at: Mapped[str | None] = mapped_column(String(32))


class MarkRow(Base):
    """A mark on a citation. Rows are added, never changed: the database itself sees to that."""

    __tablename__ = "citation_marks"
    __table_args__ = {"sqlite_autoincrement": True}  # noqa: RUF012 - an id never comes back
    id: Mapped[int] = mapped_column(Integer, primary_key=True, autoincrement=True)
    turn_id: Mapped[int] = mapped_column(ForeignKey("turns.id"), index=True)
    n: Mapped[int]
    mark: Mapped[str] = mapped_column(String(16))
    comment_id: Mapped[int | None]
    by: Mapped[str] = mapped_column(String(NAME))
    at: Mapped[str] = mapped_column(String(32))


class DecisionRow(Base):
    """A decision on an answer. Rows are added, never changed, as those of marks."""

    __tablename__ = "decisions"
    __table_args__ = {"sqlite_autoincrement": True}  # noqa: RUF012 - an id never comes back
    id: Mapped[int] = mapped_column(Integer, primary_key=True, autoincrement=True)
    turn_id: Mapped[int] = mapped_column(ForeignKey("turns.id"), index=True)
    verdict: Mapped[str] = mapped_column(String(16))
    text_id: Mapped[int | None]
    comment_id: Mapped[int | None]
    by: Mapped[str] = mapped_column(String(NAME))
    at: Mapped[str] = mapped_column(String(32))


TABLES = (TalkRow, TurnRow, FeedbackRow, MarkRow, DecisionRow)


def make_tables(engine: Engine) -> None:
    """Make the tables that are not there."""
    tables = [row.__table__ for row in TABLES]
    Base.metadata.create_all(engine, tables=tables)  # type: ignore[arg-type]


for _table in (MarkRow.__table__, DecisionRow.__table__):
    _name = _table.name  # type: ignore[attr-defined]
    _refuse = f"BEGIN SELECT RAISE(ABORT, '{_name} is append-only'); END"
    for _statement in (
        f"CREATE TRIGGER {_name}_kept_update BEFORE UPDATE ON {_name} {_refuse}",
        f"CREATE TRIGGER {_name}_kept_delete BEFORE DELETE ON {_name} {_refuse}",
        # INSERT OR REPLACE takes a row away without asking the trigger above.
        f"CREATE TRIGGER {_name}_kept_replace BEFORE INSERT ON {_name} "
        f"WHEN EXISTS (SELECT 1 FROM {_name} WHERE id = NEW.id) {_refuse}",
    ):
        _ddl = DDL(_statement).execute_if(dialect="sqlite")  # type: ignore[no-untyped-call]
        event.listen(_table, "after_create", _ddl)
    for _act in ("update", "delete"):  # not tried: no PostgreSQL was at hand
        _rule = f"CREATE RULE {_name}_kept_{_act} AS ON {_act} TO {_name} DO INSTEAD NOTHING"
        _ddl = DDL(_rule).execute_if(dialect="postgresql")  # type: ignore[no-untyped-call]
        event.listen(_table, "after_create", _ddl)
