"""What is known of each file, in SQL: text, structure and chunks. The one SQL file.

The canonical text lives here, outside Chroma, so that Chroma can be rebuilt.
A file's rows are ``pending`` until its chunks are searchable and ``removing``
before they go; readers see ``indexed`` rows only, so a crash leaves no half file.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from sqlalchemy import Boolean, ForeignKey, Integer, String, Text, delete, func, select, update
from sqlalchemy.exc import DatabaseError
from sqlalchemy.orm import Mapped, Session, mapped_column

from index.errors import IndexMismatchError
from index.ledger.store import LedgerStore
from index.records import Block, Cell, Chunk, Document, LoadedFile, Reading, Section, Structure
from index.sql import Base, explain, now, open_engine

SCHEMA_VERSION = "1"


class _Meta(Base):
    __tablename__ = "meta"
    name: Mapped[str] = mapped_column(String(64), primary_key=True)
    value: Mapped[str] = mapped_column(Text)


class _File(Base):
    __tablename__ = "files"
    id: Mapped[int] = mapped_column(Integer, primary_key=True, autoincrement=True)
    path: Mapped[str] = mapped_column(String(1024), index=True)
    source: Mapped[str] = mapped_column(String(4096), index=True)
    sha256: Mapped[str] = mapped_column(String(64))
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


class _Failure(Base):
    __tablename__ = "failures"
    source: Mapped[str] = mapped_column(String(4096), primary_key=True)
    path: Mapped[str] = mapped_column(String(1024))
    sha256: Mapped[str] = mapped_column(String(64))
    reason: Mapped[str] = mapped_column(Text)
    sample: Mapped[bool] = mapped_column(Boolean, default=False)
    seen_at: Mapped[str] = mapped_column(String(32))


class _Chunk(Base):
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


@dataclass(frozen=True, slots=True)
class FileRecord:
    """An indexed file without its text; ``path`` is its name in the index."""

    id: int
    path: str
    source: str
    sha256: str
    sample: bool
    indexed_at: str
    media_type: str
    encoding: str | None
    characters: int
    chunk_count: int
    notes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class FailureRecord:
    """A file that could not be read, and why."""

    source: str
    path: str
    sha256: str
    reason: str
    sample: bool
    seen_at: str


@dataclass(frozen=True, slots=True)
class FileContent:
    """Text and structure of an indexed file."""

    text: str
    blocks: tuple[Block, ...]
    structure: Structure


@dataclass(frozen=True, slots=True)
class StoredChunk:
    """A chunk as the index keeps it; ``file_id`` is that of its ``FileRecord``."""

    id: str
    file_id: int
    ordinal: int
    chunk: Chunk


class Database:
    """Files, documents and chunks; every method is one transaction."""

    def __init__(self, url: str) -> None:
        self._engine = open_engine(url)
        try:
            version = self.meta("schema")
        except DatabaseError as error:
            raise explain(error) from error
        self.ledger = LedgerStore(self._engine)
        if version is None:
            self.set_meta("schema", SCHEMA_VERSION)
        elif version != SCHEMA_VERSION:
            raise IndexMismatchError(
                f"索引的版本是 {version}，本程序只认识版本 {SCHEMA_VERSION}。"
                "请换用建立该索引的程序版本，或另选 --data-dir 重新建立索引。"
            )

    def close(self) -> None:
        """Give the database file free."""
        self._engine.dispose()

    def meta(self, name: str) -> str | None:
        """Return a value of the index as a whole, such as its model."""
        with Session(self._engine) as session:
            row = session.get(_Meta, name)
            return row.value if row else None

    def set_meta(self, name: str, value: str) -> None:
        """Keep a value of the index as a whole."""
        with Session(self._engine) as session, session.begin():
            session.merge(_Meta(name=name, value=value))

    def files(self, state: str = "indexed") -> list[FileRecord]:
        """Return the files in that state, by path."""
        with Session(self._engine) as session:
            rows = session.scalars(select(_File).where(_File.state == state).order_by(_File.path))
            return [_file_record(row) for row in rows]

    def failures(self) -> list[FailureRecord]:
        """Return the files that could not be read, by path."""
        with Session(self._engine) as session:
            rows = session.scalars(select(_Failure).order_by(_Failure.path))
            return [
                FailureRecord(r.source, r.path, r.sha256, r.reason, r.sample, r.seen_at)
                for r in rows
            ]

    def add_pending(
        self,
        path: str,
        source: str,
        sha256: str,
        sample: bool,
        loaded: LoadedFile,
        structure: Structure,
        chunks: Sequence[tuple[str, Chunk]],
    ) -> int:
        """Keep a read file, not yet visible; ``chunks`` are (id, chunk). Return its id."""
        row = _File(
            path=path,
            source=source,
            sha256=sha256,
            state="pending",
            sample=sample,
            indexed_at=now(),
            media_type=loaded.media_type,
            encoding=loaded.encoding,
            characters=len(loaded.text),
            chunk_count=len(chunks),
            text=loaded.text,
            blocks=[_block_row(block) for block in loaded.blocks],
            skips=[list(skip) for skip in structure.reading.skips],
            unread=[list(item) for item in structure.unread],
            articles=[asdict(document) for document in structure.documents],
            notes=[*loaded.notes],
        )
        with Session(self._engine) as session, session.begin():
            session.add(row)
            session.flush()
            if chunks:
                session.execute(
                    _Chunk.__table__.insert(),  # type: ignore[attr-defined]
                    [_chunk_row(row.id, n, key, chunk) for n, (key, chunk) in enumerate(chunks)],
                )
            return row.id

    def publish(self, file_ids: Iterable[int]) -> list[int]:
        """Make pending files visible in place of older versions; return the ids replaced."""
        replaced: list[int] = []
        with Session(self._engine) as session, session.begin():
            for file_id in file_ids:
                row = session.get_one(_File, file_id)
                older = select(_File.id).where(
                    _File.source == row.source, _File.state == "indexed", _File.id != file_id
                )
                ids = list(session.scalars(older))
                session.execute(update(_File).where(_File.id.in_(ids)).values(state="removing"))
                row.state = "indexed"
                session.execute(delete(_Failure).where(_Failure.source == row.source))
                replaced.extend(ids)
        return replaced

    def mark_removing(self, file_ids: Sequence[int]) -> None:
        """Hide files; ``forget`` deletes their rows once their chunks are gone."""
        with Session(self._engine) as session, session.begin():
            session.execute(update(_File).where(_File.id.in_(file_ids)).values(state="removing"))

    def unfinished(self) -> list[int]:
        """Return the files that a stopped run left half added or half removed."""
        with Session(self._engine) as session:
            return list(session.scalars(select(_File.id).where(_File.state != "indexed")))

    def forget(self, file_ids: Sequence[int]) -> None:
        """Delete the rows of files and their chunks."""
        with Session(self._engine) as session, session.begin():
            session.execute(delete(_Chunk).where(_Chunk.file_id.in_(file_ids)))
            self.ledger.forget(file_ids, session)
            session.execute(delete(_File).where(_File.id.in_(file_ids)))

    def record_failure(self, failure: FailureRecord) -> None:
        """Keep why a file could not be read."""
        with Session(self._engine) as session, session.begin():
            session.merge(_Failure(**asdict(failure)))

    def forget_failures(self, sources: Sequence[str]) -> None:
        """Drop failures of files that are gone."""
        with Session(self._engine) as session, session.begin():
            session.execute(delete(_Failure).where(_Failure.source.in_(sources)))

    def chunk_ids(self, file_id: int) -> list[str]:
        """Return the ids of a file's chunks, in order."""
        with Session(self._engine) as session:
            query = select(_Chunk.id).where(_Chunk.file_id == file_id).order_by(_Chunk.ordinal)
            return list(session.scalars(query))

    def chunks(self, ids: Sequence[str]) -> dict[str, StoredChunk]:
        """Return those of the chunks that belong to visible files, by id."""
        query = (
            select(_Chunk)
            .join(_File, _File.id == _Chunk.file_id)
            .where(_Chunk.id.in_(ids), _File.state == "indexed")
        )
        with Session(self._engine) as session:
            return {row.id: _stored_chunk(row) for row in session.scalars(query)}

    def file_chunks(self, file_id: int, first: int = 0, last: int = 2**31) -> list[StoredChunk]:
        """Return a file's chunks with ordinals from ``first`` to ``last``, in order."""
        query = (
            select(_Chunk)
            .where(_Chunk.file_id == file_id, _Chunk.ordinal.between(first, last))
            .order_by(_Chunk.ordinal)
        )
        with Session(self._engine) as session:
            return [_stored_chunk(row) for row in session.scalars(query)]

    def content(self, file_id: int) -> FileContent:
        """Return text and structure of a file."""
        with Session(self._engine) as session:
            columns = select(
                _File.text, _File.blocks, _File.skips, _File.unread, _File.articles
            ).where(_File.id == file_id)
            body, blocks, skips, unread, articles = session.execute(columns).one()
        structure = Structure(
            documents=tuple(_document(row) for row in articles),
            reading=Reading(body, tuple((a, b) for a, b in skips)),
            unread=tuple((a, b, why) for a, b, why in unread),
        )
        return FileContent(body, tuple(_block(row) for row in blocks), structure)

    def articles(self, file_id: int) -> tuple[Document, ...]:
        """Return the documents that a file holds, without loading its text."""
        with Session(self._engine) as session:
            rows = session.execute(select(_File.articles).where(_File.id == file_id)).scalar_one()
        return tuple(_document(row) for row in rows)

    def count_chunks(self) -> int:
        """Return the number of visible chunks."""
        query = select(func.sum(_File.chunk_count)).where(_File.state == "indexed")
        with Session(self._engine) as session:
            return int(session.execute(query).scalar() or 0)


def _file_record(row: _File) -> FileRecord:
    return FileRecord(
        row.id,
        row.path,
        row.source,
        row.sha256,
        row.sample,
        row.indexed_at,
        row.media_type,
        row.encoding,
        row.characters,
        row.chunk_count,
        tuple(row.notes),
    )


def _chunk_row(file_id: int, ordinal: int, key: str, chunk: Chunk) -> dict[str, Any]:
    lead = chunk.lead or (None, None)
    return {
        "id": key,
        "file_id": file_id,
        "ordinal": ordinal,
        "document": chunk.document,
        "start": chunk.start,
        "end": chunk.end,
        "headings": list(chunk.headings),
        "page": chunk.page,
        "lead_start": lead[0],
        "lead_end": lead[1],
    }


def _stored_chunk(row: _Chunk) -> StoredChunk:
    lead = None
    if row.lead_start is not None and row.lead_end is not None:
        lead = (row.lead_start, row.lead_end)
    chunk = Chunk(row.start, row.end, row.document, tuple(row.headings), row.page, lead)
    return StoredChunk(row.id, row.file_id, row.ordinal, chunk)


def _block_row(block: Block) -> list[Any]:
    cells = [
        [c.start, c.end, c.row, c.column, c.row_span, c.column_span, c.ref] for c in block.cells
    ]
    return [block.kind, block.start, block.end, block.level, block.page, block.place, cells]


def _block(row: list[Any]) -> Block:
    kind, start, end, level, page, place, cells = row
    return Block(kind, start, end, level, page, place, tuple(Cell(*cell) for cell in cells))


def _document(row: dict[str, Any]) -> Document:
    sections = tuple(Section(**section) for section in row["sections"])
    return Document(**{**row, "sections": sections})
