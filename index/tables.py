"""The SQL tables of files, chunks, containers, failures and events."""

from __future__ import annotations

from typing import Any

from sqlalchemy import BigInteger, Boolean, ForeignKey, Integer, LargeBinary, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from index.sql import Base


class MetaRow(Base):
    """A value of the index as a whole."""

    __tablename__ = "meta"
    name: Mapped[str] = mapped_column(String(64), primary_key=True)
    value: Mapped[str] = mapped_column(Text)


class FileRow(Base):
    """One version of one file: its canonical text and what was understood of it.

    ``state`` is pending (not yet searchable), indexed (the current version), or one
    of the three kinds of history: superseded, withdrawn, removed.
    """

    __tablename__ = "files"
    __table_args__ = {"sqlite_autoincrement": True}  # noqa: RUF012 - an id never comes back
    id: Mapped[int] = mapped_column(Integer, primary_key=True, autoincrement=True)
    path: Mapped[str] = mapped_column(String(1024), index=True)
    source: Mapped[str] = mapped_column(String(4096), index=True)
    sha256: Mapped[str] = mapped_column(String(64), index=True)
    state: Mapped[str] = mapped_column(String(16), index=True)
    sample: Mapped[bool] = mapped_column(Boolean, default=False)
    indexed_at: Mapped[str] = mapped_column(String(32))
    media_type: Mapped[str] = mapped_column(String(128))
    encoding: Mapped[str | None] = mapped_column(String(32))
    characters: Mapped[int]
    chunk_count: Mapped[int]
    text: Mapped[str] = mapped_column(Text, deferred=True)
    blocks: Mapped[list[Any]] = mapped_column(deferred=True)
    skips: Mapped[list[Any]] = mapped_column(deferred=True)
    unread: Mapped[list[Any]] = mapped_column(deferred=True)
    articles: Mapped[list[Any]] = mapped_column(deferred=True)
    notes: Mapped[list[Any]]
    # From here on since version 2 of the schema.
    version: Mapped[int] = mapped_column(Integer, default=1, server_default="1")
    size: Mapped[int | None] = mapped_column(BigInteger)
    mtime_ns: Mapped[int | None] = mapped_column(BigInteger)
    until: Mapped[str | None] = mapped_column(String(32))
    by: Mapped[str | None] = mapped_column(String(64))
    why: Mapped[str | None] = mapped_column(Text)
    about: Mapped[dict[str, Any] | None] = mapped_column()
    text_sha256: Mapped[str | None] = mapped_column(String(64))
    boxes: Mapped[bytes | None] = mapped_column(LargeBinary, deferred=True)


class ChunkRow(Base):
    """A chunk of a pending or current file; ``text_key`` names what is embedded of it."""

    __tablename__ = "chunks"
    id: Mapped[str] = mapped_column(String(64), primary_key=True)
    file_id: Mapped[int] = mapped_column(ForeignKey("files.id", ondelete="CASCADE"), index=True)
    ordinal: Mapped[int]
    document: Mapped[int]
    start: Mapped[int]
    end: Mapped[int]
    headings: Mapped[list[Any]]
    page: Mapped[int | None]
    lead_start: Mapped[int | None]
    lead_end: Mapped[int | None]
    text_key: Mapped[str | None] = mapped_column(String(32), index=True)


class StagedRow(Base):
    """A chunk of the index that is being built beside the present one."""

    __tablename__ = "staged_chunks"
    id: Mapped[str] = mapped_column(String(64), primary_key=True)
    file_id: Mapped[int] = mapped_column(ForeignKey("files.id", ondelete="CASCADE"), index=True)
    ordinal: Mapped[int]
    document: Mapped[int]
    start: Mapped[int]
    end: Mapped[int]
    headings: Mapped[list[Any]]
    page: Mapped[int | None]
    lead_start: Mapped[int | None]
    lead_end: Mapped[int | None]
    text_key: Mapped[str | None] = mapped_column(String(32))


class ContainerRow(Base):
    """An archive or a mail whose members are files of their own; ``problems`` are (name, why)."""

    __tablename__ = "containers"
    source: Mapped[str] = mapped_column(String(4096), primary_key=True)
    path: Mapped[str] = mapped_column(String(1024))
    sha256: Mapped[str] = mapped_column(String(64))
    size: Mapped[int] = mapped_column(BigInteger)
    mtime_ns: Mapped[int] = mapped_column(BigInteger)
    problems: Mapped[list[Any]]


class FailureRow(Base):
    """A file that could not be read, and why."""

    __tablename__ = "failures"
    source: Mapped[str] = mapped_column(String(4096), primary_key=True)
    path: Mapped[str] = mapped_column(String(1024))
    sha256: Mapped[str] = mapped_column(String(64))
    reason: Mapped[str] = mapped_column(Text)
    sample: Mapped[bool] = mapped_column(Boolean, default=False)
    seen_at: Mapped[str] = mapped_column(String(32))


class ErasedRow(Base):
    """A content that was erased and is not to be taken in again: its hash, no word of it."""

    __tablename__ = "erased"
    sha256: Mapped[str] = mapped_column(String(64), primary_key=True)
    by: Mapped[str] = mapped_column(String(64))
    at: Mapped[str] = mapped_column(String(32))


class EventRow(Base):
    """The audit trail: who did what with which file, and no word of its text."""

    __tablename__ = "events"
    id: Mapped[int] = mapped_column(Integer, primary_key=True, autoincrement=True)
    at: Mapped[str] = mapped_column(String(32))
    by: Mapped[str] = mapped_column(String(64))
    action: Mapped[str] = mapped_column(String(32), index=True)
    path: Mapped[str] = mapped_column(String(1024))
    version: Mapped[int | None]
    detail: Mapped[str | None] = mapped_column(Text)
