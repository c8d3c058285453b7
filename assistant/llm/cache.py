"""Model answers that were paid for already, kept in the index's own database.

Their words are kept in ``index/kept.py``, drawn from the documents of the evidence:
they go when one of these is erased. The key holds the whole prompt, so that an answer
is found only by who is shown the same evidence.
"""

from __future__ import annotations

import logging
import threading
from collections.abc import Iterable
from datetime import UTC, datetime

from sqlalchemy import Integer, String, delete, select
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import Mapped, Session, mapped_column

from index.database import Database
from index.errors import IndexingError
from index.kept import draw_from, drop_bundles, keep_words, new_bundle, read_words
from index.sql import Base

logger = logging.getLogger(__name__)

MOST = 5_000  # answers; the oldest go first


class ModelAnswerRow(Base):
    """An answer of a model: its key, and the number of its kept words."""

    __tablename__ = "model_answers"
    key: Mapped[str] = mapped_column(String(64), primary_key=True)
    model: Mapped[str] = mapped_column(String(200))
    bundle: Mapped[str] = mapped_column(String(32))
    words_id: Mapped[int] = mapped_column(Integer)
    at: Mapped[str] = mapped_column(String(32), index=True)


class NoCache:
    """Keeps nothing."""

    def find(self, key: str) -> str | None:
        """Return nothing."""
        return None

    def keep(self, key: str, model: str, words: str, paths: Iterable[str]) -> None:
        """Keep nothing."""


class AnswerCache:
    """Answers by key. Calls from several threads are safe; no failure of it is an answer's."""

    def __init__(self, database: Database) -> None:
        """Take the database; its table is made at the first use."""
        self._engine = database.engine
        self._made = False
        self._turn = threading.Lock()

    def find(self, key: str) -> str | None:
        """Return the words of an answer, None where there is none, or its words were erased."""
        try:
            with self._session() as session:
                row = session.get(ModelAnswerRow, key)
                return read_words(session, [row.words_id]).get(row.words_id) if row else None
        except (SQLAlchemyError, IndexingError) as error:
            logger.warning("No kept answer could be read (%s)", type(error).__name__)
            return None

    def keep(self, key: str, model: str, words: str, paths: Iterable[str]) -> None:
        """Keep an answer; where a document has gone meanwhile, it is not kept."""
        try:
            with self._turn, self._session() as session, session.begin():
                self._drop(session, select(ModelAnswerRow).where(ModelAnswerRow.key == key))
                bundle = new_bundle()
                words_id = keep_words(session, bundle, words)
                draw_from(session, bundle, paths)
                now = datetime.now(UTC).isoformat()
                session.add(
                    ModelAnswerRow(
                        key=key, model=model[:200], bundle=bundle, words_id=words_id, at=now
                    )
                )
                session.flush()
                old = select(ModelAnswerRow).order_by(ModelAnswerRow.at.desc()).offset(MOST)
                self._drop(session, old)
        except (SQLAlchemyError, IndexingError) as error:
            logger.warning("An answer was not kept (%s)", type(error).__name__)

    def clear(self) -> None:
        """Forget every answer."""
        with self._turn, self._session() as session, session.begin():
            self._drop(session, select(ModelAnswerRow))

    def _drop(self, session: Session, which: object) -> None:
        rows = list(session.scalars(which))  # type: ignore[call-overload]
        if rows:
            drop_bundles(session, [row.bundle for row in rows])
            keys = [row.key for row in rows]
            for at in range(0, len(keys), 500):
                part = keys[at : at + 500]
                session.execute(delete(ModelAnswerRow).where(ModelAnswerRow.key.in_(part)))
            session.flush()

    def _session(self) -> Session:
        if not self._made:
            Base.metadata.create_all(self._engine, tables=[ModelAnswerRow.__table__])  # type: ignore[list-item]
            self._made = True
        return Session(self._engine)
