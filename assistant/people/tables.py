"""The SQL tables of people and rights. Times are seconds since 1970, in UTC."""

from __future__ import annotations

from sqlalchemy import (
    DDL,
    BigInteger,
    Boolean,
    Engine,
    ForeignKey,
    Integer,
    String,
    Text,
    UniqueConstraint,
    event,
)
from sqlalchemy.orm import Mapped, mapped_column

from index.sql import Base

NAME = 64  # characters of a name
PATH = 1024  # characters of a document's name


class PersonRow(Base):
    """An account; ``key`` is its name as it is looked up. It is disabled, never deleted."""

    __tablename__ = "people"
    id: Mapped[int] = mapped_column(Integer, primary_key=True, autoincrement=True)
    key: Mapped[str] = mapped_column(String(4 * NAME), unique=True)
    name: Mapped[str] = mapped_column(String(NAME))
    role: Mapped[str] = mapped_column(String(16))
    password: Mapped[str] = mapped_column(String(256))  # argon2id, with its salt and cost
    disabled: Mapped[bool] = mapped_column(Boolean, default=False)
    created_at: Mapped[str] = mapped_column(String(32))


class SessionRow(Base):
    """Somebody who is logged in; the token itself is with the browser only."""

    __tablename__ = "sessions"
    token: Mapped[str] = mapped_column(String(64), primary_key=True)  # SHA-256
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"), index=True)
    opened_at: Mapped[int] = mapped_column(BigInteger)
    seen_at: Mapped[int] = mapped_column(BigInteger)


class TokenRow(Base):
    """A key for programs; the token itself was shown once."""

    __tablename__ = "tokens"
    id: Mapped[int] = mapped_column(Integer, primary_key=True, autoincrement=True)
    token: Mapped[str] = mapped_column(String(64), unique=True)  # SHA-256
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"), index=True)
    name: Mapped[str] = mapped_column(String(NAME))
    created_at: Mapped[int] = mapped_column(BigInteger)
    expires_at: Mapped[int] = mapped_column(BigInteger)
    last_used_at: Mapped[int | None] = mapped_column(BigInteger)
    revoked: Mapped[bool] = mapped_column(Boolean, default=False)


class GuessRow(Base):
    """Wrong passwords for an account or from an address; ``about`` is a hash of which."""

    __tablename__ = "guesses"
    about: Mapped[str] = mapped_column(String(64), primary_key=True)
    wrong: Mapped[int] = mapped_column(Integer)
    last_at: Mapped[int] = mapped_column(BigInteger)
    closed_until: Mapped[int] = mapped_column(BigInteger, default=0)


class CollectionRow(Base):
    """Documents that the same people may see."""

    __tablename__ = "collections"
    id: Mapped[int] = mapped_column(Integer, primary_key=True, autoincrement=True)
    name: Mapped[str] = mapped_column(String(NAME), unique=True)
    originals: Mapped[bool] = mapped_column(Boolean, default=True)


class PlaceRow(Base):
    """A document, or a folder (its name ends with “/”), that belongs to a collection."""

    __tablename__ = "collection_documents"
    path: Mapped[str] = mapped_column(String(PATH), primary_key=True)
    collection_id: Mapped[int] = mapped_column(
        ForeignKey("collections.id", ondelete="CASCADE"), primary_key=True
    )


class GrantRow(Base):
    """Who may see a collection: everybody of a role and above, or one person."""

    __tablename__ = "collection_grants"
    __table_args__ = (UniqueConstraint("collection_id", "role", "person_id"),)
    id: Mapped[int] = mapped_column(Integer, primary_key=True, autoincrement=True)
    collection_id: Mapped[int] = mapped_column(
        ForeignKey("collections.id", ondelete="CASCADE"), index=True
    )
    role: Mapped[str | None] = mapped_column(String(16))
    person_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))


class AuditRow(Base):
    """Who did what. Lines are added, never changed: the database itself sees to that."""

    __tablename__ = "audit"
    __table_args__ = {"sqlite_autoincrement": True}  # noqa: RUF012 - an id never comes back
    id: Mapped[int] = mapped_column(Integer, primary_key=True, autoincrement=True)
    at: Mapped[str] = mapped_column(String(32), index=True)
    person_id: Mapped[int] = mapped_column(Integer, index=True)  # 0 is nobody who logged in
    person: Mapped[str] = mapped_column(String(NAME))
    action: Mapped[str] = mapped_column(String(32), index=True)
    about: Mapped[str] = mapped_column(String(PATH))
    detail: Mapped[str] = mapped_column(Text)
    address: Mapped[str] = mapped_column(String(64))


class AuditWordsRow(Base):
    """The detail of a line that people wrote: it can be erased by law, the line cannot.

    ``words_id`` is its number in ``index/kept.py``, which finds it when a document whose
    names it says is erased.
    """

    __tablename__ = "audit_words"
    audit_id: Mapped[int] = mapped_column(Integer, primary_key=True)
    words_id: Mapped[int] = mapped_column(ForeignKey("kept_words.id"), index=True)


TABLES = tuple(
    Base.metadata.tables[row.__tablename__]
    for row in (
        PersonRow, SessionRow, TokenRow, GuessRow, CollectionRow, PlaceRow, GrantRow, AuditRow,
        AuditWordsRow,
    )
)  # fmt: skip

_REFUSE = "BEGIN SELECT RAISE(ABORT, 'the audit log is append-only'); END"
_TRIGGERS = (
    f"CREATE TRIGGER audit_kept_update BEFORE UPDATE ON audit {_REFUSE}",
    f"CREATE TRIGGER audit_kept_delete BEFORE DELETE ON audit {_REFUSE}",
    # INSERT OR REPLACE takes a line away without asking the trigger above.
    "CREATE TRIGGER audit_kept_replace BEFORE INSERT ON audit "
    f"WHEN EXISTS (SELECT 1 FROM audit WHERE id = NEW.id) {_REFUSE}",
)
# What people wrote may be taken away, by an erasure; it can neither be changed nor moved.
_WRITTEN = (
    f"CREATE TRIGGER audit_words_update BEFORE UPDATE ON audit_words {_REFUSE}",
    f"CREATE TRIGGER audit_words_delete BEFORE DELETE ON audit_words {_REFUSE}",
    "CREATE TRIGGER audit_words_replace BEFORE INSERT ON audit_words "
    f"WHEN EXISTS (SELECT 1 FROM audit_words WHERE audit_id = NEW.audit_id) {_REFUSE}",
    "CREATE TRIGGER audit_words_kept BEFORE UPDATE ON kept_words WHEN NEW.words IS NOT NULL "
    f"AND EXISTS (SELECT 1 FROM audit_words WHERE words_id = OLD.id) {_REFUSE}",
    "CREATE TRIGGER audit_words_over BEFORE INSERT ON kept_words "
    f"WHEN EXISTS (SELECT 1 FROM audit_words WHERE words_id = NEW.id) {_REFUSE}",
    "CREATE TRIGGER audit_words_left BEFORE DELETE ON kept_words "
    f"WHEN EXISTS (SELECT 1 FROM audit_words WHERE words_id = OLD.id) {_REFUSE}",
)
_RULES = tuple(
    f"CREATE RULE audit_kept_{act} AS ON {act} TO audit DO INSTEAD NOTHING"
    for act in ("update", "delete")
)
for _dialect, _statements in (("sqlite", _TRIGGERS), ("postgresql", _RULES)):
    for _statement in _statements:  # PostgreSQL's were not tried: none was at hand
        _rule = DDL(_statement).execute_if(dialect=_dialect)  # type: ignore[no-untyped-call]
        event.listen(AuditRow.__table__, "after_create", _rule)
for _statement in _WRITTEN:
    _rule = DDL(_statement).execute_if(dialect="sqlite")  # type: ignore[no-untyped-call]
    event.listen(AuditWordsRow.__table__, "after_create", _rule)


def make_tables(engine: Engine) -> None:
    """Make those of the tables that are not there yet."""
    Base.metadata.create_all(engine, tables=list(TABLES))
