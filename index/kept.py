"""Words that others took from documents and keep: answers, quotes, comments, titles.

Whoever keeps such words keeps them here, in a bundle that knows which documents it
was drawn from, and only its number in a table of its own. So an erasure finds every
word of a document, whichever program erases it and whatever else is in the database.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from uuid import uuid4

from sqlalchemy import Engine, Integer, String, Text, delete, select, text, update
from sqlalchemy.orm import Mapped, Session, mapped_column

from index.errors import UnknownDocumentError
from index.sql import Base
from index.tables import FileRow

LEAST_NAME = 4  # characters; a shorter name stands in too much that is not about it
_MANY = 500  # values in one IN (…)


class KeptRow(Base):
    """A piece of text; None once a document that its bundle was drawn from was erased."""

    __tablename__ = "kept_words"
    __table_args__ = {"sqlite_autoincrement": True}  # noqa: RUF012 - an id never comes back
    id: Mapped[int] = mapped_column(Integer, primary_key=True, autoincrement=True)
    bundle: Mapped[str] = mapped_column(String(32), index=True)
    words: Mapped[str | None] = mapped_column(Text)


class KeptFromRow(Base):
    """A document that a bundle was drawn from."""

    __tablename__ = "kept_from"
    bundle: Mapped[str] = mapped_column(String(32), primary_key=True)
    path: Mapped[str] = mapped_column(String(1024), primary_key=True, index=True)


def new_bundle() -> str:
    """Return a name for a bundle: what is in it is erased together."""
    return uuid4().hex


def keep_words(session: Session, bundle: str, words: str) -> int:
    """Keep a piece of text in a bundle and return its number, within the caller's transaction."""
    # A browser may send half a character, which UTF-8 cannot hold.
    row = KeptRow(bundle=bundle, words=words.encode("utf-8", "replace").decode())
    session.add(row)
    session.flush()
    return row.id


def draw_from(session: Session, bundle: str, paths: Iterable[str]) -> None:
    """Say which documents a bundle was drawn from; call it after ``keep_words``.

    Raises:
        UnknownDocumentError: one of them is not there, it may have been erased meanwhile.
    """
    wanted = sorted(set(paths))
    for part in _parts(wanted):
        there = set(session.scalars(select(FileRow.path).where(FileRow.path.in_(part)).distinct()))
        for path in part:
            if path not in there:
                raise UnknownDocumentError(
                    f"答案所引的“{path}”已不在索引里，没有保存这次问答。请重新提问。"
                )
            session.add(KeptFromRow(bundle=bundle, path=path))


def read_words(session: Session, ids: Iterable[int | None]) -> dict[int, str]:
    """Return pieces of text by number, without those that were erased."""
    wanted = sorted({number for number in ids if number is not None})
    found: dict[int, str] = {}
    for part in _parts(wanted):
        query = select(KeptRow.id, KeptRow.words).where(KeptRow.id.in_(part))
        found |= {row.id: row.words for row in session.execute(query) if row.words is not None}
    return found


def drawn_from(session: Session, bundles: Iterable[str]) -> dict[str, set[str]]:
    """Return the documents that bundles were drawn from."""
    wanted = sorted(set(bundles))
    found: dict[str, set[str]] = {bundle: set() for bundle in wanted}
    for part in _parts(wanted):
        query = select(KeptFromRow.bundle, KeptFromRow.path).where(KeptFromRow.bundle.in_(part))
        for bundle, path in session.execute(query):
            found[bundle].add(path)
    return found


def drop_bundles(session: Session, bundles: Sequence[str]) -> None:
    """Delete bundles whole, within the caller's transaction."""
    for part in _parts(bundles):
        session.execute(delete(KeptRow).where(KeptRow.bundle.in_(part)))
        session.execute(delete(KeptFromRow).where(KeptFromRow.bundle.in_(part)))


def flush_deleted(engine: Engine) -> None:
    """Overwrite what was deleted in SQLite's log, too; its own file is overwritten at once."""
    if engine.dialect.name == "sqlite":
        with engine.connect() as connection:
            connection.execute(text("PRAGMA wal_checkpoint(TRUNCATE)"))


def wipe_words(session: Session, path: str, names: Iterable[str]) -> int:
    """Overwrite all that was drawn from a document; return how many bundles that were.

    ``names`` are what only this document is known to hold: a bundle that says one of
    them is wiped, too, though it cites nothing (a question that was refused).
    """
    telling = [name for name in names if len(name) >= LEAST_NAME]
    bundles = set(session.scalars(select(KeptFromRow.bundle).where(KeptFromRow.path == path)))
    if telling:
        for row in session.execute(select(KeptRow.bundle, KeptRow.words)).yield_per(_MANY):
            if row.words and row.bundle not in bundles and _says(row.words, telling):
                bundles.add(row.bundle)
    for part in _parts(sorted(bundles)):
        session.execute(update(KeptRow).where(KeptRow.bundle.in_(part)).values(words=None))
    return len(bundles)


def _says(words: str, names: Sequence[str]) -> bool:
    return any(name in words for name in names)


def _parts(values: Sequence[str] | Sequence[int]) -> list[Sequence[str] | Sequence[int]]:
    """Return ``values`` in parts that fit one statement."""
    return [values[at : at + _MANY] for at in range(0, len(values), _MANY)]
