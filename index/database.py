"""What is known of each file, in SQL: texts, versions, structure and chunks.

The canonical text lives here, outside Chroma, so that Chroma can be rebuilt.
A file's rows are ``pending`` until its chunks are searchable; readers see
``indexed`` rows only, so a crash leaves no half file. A version that is no longer
current keeps its text, so that old citations still open, and loses its chunks.
"""

from __future__ import annotations

import hashlib
import json
import os
import zlib
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from typing import Any, Literal

from sqlalchemy import ColumnElement, Engine, and_, delete, func, insert, or_, select, update
from sqlalchemy.exc import DatabaseError
from sqlalchemy.orm import Session

from index.errors import UnknownDocumentError
from index.kept import wipe_words
from index.ledger.records import FileLedger
from index.ledger.store import LedgerStore
from index.migrate import migrate
from index.records import (
    Block,
    Box,
    Cell,
    Chunk,
    Document,
    LoadedFile,
    Reading,
    Section,
    Structure,
)
from index.sql import explain, now, open_engine
from index.tables import (
    ChunkRow,
    ContainerRow,
    ErasedRow,
    EventRow,
    FailureRow,
    FileRow,
    MetaRow,
    StagedRow,
)

HISTORY = ("superseded", "withdrawn", "removed")
Retired = Literal["superseded", "withdrawn", "removed"]
SYSTEM = "系统"  # who signs what no person did
_MANY = 500  # values in one IN (…)


@dataclass(frozen=True, slots=True)
class FileRecord:
    """A version of a file without its text; ``path`` is its name in the index.

    ``source`` is where it lies on disk (for a member of an archive: the archive's
    place, ``!/`` and the member's name), ``size`` and ``mtime_ns`` what its disk
    said when it was read.
    """

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
    state: str = "indexed"
    version: int = 1
    size: int | None = None
    mtime_ns: int | None = None
    until: str | None = None
    by: str | None = None
    why: str | None = None


@dataclass(frozen=True, slots=True)
class NewFile:
    """A file that was read, with what the index keeps of it. ``chunks`` have no ids yet."""

    path: str
    source: str
    sha256: str
    sample: bool
    loaded: LoadedFile
    structure: Structure
    chunks: Sequence[tuple[Chunk, str]]  # with the key of what is embedded
    size: int | None = None
    mtime_ns: int | None = None


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
class ContainerRecord:
    """An archive or mail whose members were read; ``problems`` are (member, why)."""

    source: str
    path: str
    sha256: str
    size: int
    mtime_ns: int
    problems: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class About:
    """What a list of documents shows of a file without opening it."""

    titles: tuple[str, ...]
    issuer: str | None
    date: str | None
    date_text: str | None


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
    text_key: str | None = None


@dataclass(frozen=True, slots=True)
class Event:
    """One line of the audit trail."""

    at: str
    by: str
    action: str
    path: str
    version: int | None
    detail: str | None


class Database:
    """Files, documents and chunks; every method is one transaction."""

    def __init__(self, url: str) -> None:
        self._engine = open_engine(url)
        try:
            migrate(self._engine)
        except DatabaseError as error:
            raise explain(error) from error
        self.ledger = LedgerStore(self._engine)

    @property
    def engine(self) -> Engine:
        """The database itself, for what others keep in it."""
        return self._engine

    def close(self) -> None:
        """Give the database file free."""
        self._engine.dispose()

    # ---- the index as a whole

    def meta(self, name: str) -> str | None:
        """Return a value of the index as a whole, such as its model."""
        with Session(self._engine) as session:
            row = session.get(MetaRow, name)
            return row.value if row else None

    def set_meta(self, name: str, value: str) -> None:
        """Keep a value of the index as a whole."""
        with Session(self._engine) as session, session.begin():
            session.merge(MetaRow(name=name, value=value))

    def move_sources(self, old: str, new: str) -> None:
        """Say that everything in folder ``old`` now lies in ``new``."""
        with Session(self._engine) as session, session.begin():
            for table in (FileRow, FailureRow, ContainerRow):
                column: Any = table.source
                inside = column.startswith(old + os.sep, autoescape=True)
                moved = new + func.substr(column, len(old) + 1)
                session.execute(update(table).where(inside).values(source=moved))

    def log(self, action: str, path: str, by: str = SYSTEM, detail: str | None = None) -> None:
        """Add a line to the audit trail; ``detail`` must hold no word of a document."""
        with Session(self._engine) as session, session.begin():
            session.add(EventRow(at=now(), by=by, action=action, path=path, detail=detail))

    def events(self, limit: int = 1000) -> list[Event]:
        """Return the newest lines of the audit trail, newest first."""
        with Session(self._engine) as session:
            rows = session.scalars(select(EventRow).order_by(EventRow.id.desc()).limit(limit))
            return [Event(r.at, r.by, r.action, r.path, r.version, r.detail) for r in rows]

    # ---- files

    def files(self, *states: str) -> list[FileRecord]:
        """Return the files in those states (none given: current ones), by path and version."""
        query = select(FileRow).where(FileRow.state.in_(states or ("indexed",)))
        with Session(self._engine) as session:
            rows = session.scalars(query.order_by(FileRow.path, FileRow.version))
            return [_file_record(row) for row in rows]

    def standing(self, places: Iterable[str] | None = None) -> dict[str, FileRecord]:
        """Return, by source, what stands for it now: its current or else withdrawn version.

        If ``places`` are given, only of these files, folders and archives.
        """
        found: dict[str, FileRecord] = {}
        query = select(FileRow).where(FileRow.state.in_(("indexed", "withdrawn")))
        with Session(self._engine) as session:
            for place in [None] if places is None else places:
                chosen = query if place is None else query.where(_at_or_in(place))
                for row in session.scalars(chosen.order_by(FileRow.id)):
                    held = found.get(row.source)
                    if held is None or held.state != "indexed":
                        found[row.source] = _file_record(row)
        return found

    def file(self, file_id: int) -> FileRecord:
        """Return a version by its id.

        Raises:
            UnknownDocumentError: it was erased.
        """
        with Session(self._engine) as session:
            row = session.get(FileRow, file_id)
            if row is None:
                raise UnknownDocumentError("这份文件已被彻底删除。")
            return _file_record(row)

    def owner(self, path: str) -> str | None:
        """Return the source of the current document of that name."""
        query = select(FileRow.source).where(FileRow.state == "indexed", FileRow.path == path)
        with Session(self._engine) as session:
            return session.scalars(query).first()

    def history(self, path: str) -> list[FileRecord]:
        """Return all versions that a document had, the newest first."""
        query = (
            select(FileRow)
            .where(FileRow.path == path, FileRow.state != "pending")
            .order_by(FileRow.version.desc(), FileRow.id.desc())
        )
        with Session(self._engine) as session:
            rows = [_file_record(row) for row in session.scalars(query)]
        newest = {row.version: row for row in reversed(rows)}  # one content taken in twice
        return [newest[number] for number in sorted(newest, reverse=True)]

    def version_counts(self) -> dict[str, int]:
        """Return how many versions each document has, by path; only those with several."""
        query = (
            select(FileRow.path, func.count(FileRow.version.distinct()))
            .where(FileRow.state != "pending")
            .group_by(FileRow.path)
            .having(func.count(FileRow.version.distinct()) > 1)
        )
        with Session(self._engine) as session:
            return {row[0]: row[1] for row in session.execute(query)}

    def add_pending(
        self, files: Sequence[tuple[NewFile, FileLedger]], reader_version: str
    ) -> list[int]:
        """Keep read files with their records, not yet visible. Return their ids."""
        with Session(self._engine) as session, session.begin():
            return [self._add(session, new, ledger, reader_version) for new, ledger in files]

    def _add(self, session: Session, new: NewFile, ledger: FileLedger, version: str) -> int:
        row = FileRow(
            path=new.path,
            source=new.source,
            sha256=new.sha256,
            state="pending",
            sample=new.sample,
            indexed_at=now(),
            media_type=new.loaded.media_type,
            encoding=new.loaded.encoding,
            characters=len(new.loaded.text),
            chunk_count=len(new.chunks),
            text=new.loaded.text,
            blocks=[_block_row(block) for block in new.loaded.blocks],
            skips=[list(skip) for skip in new.structure.reading.skips],
            unread=[list(item) for item in new.structure.unread],
            articles=[asdict(document) for document in new.structure.documents],
            notes=[*new.loaded.notes],
            version=0,
            size=new.size,
            mtime_ns=new.mtime_ns,
            about=_about_row(new.structure),
            text_sha256=hash_of(new.loaded.text),
            boxes=_packed(new.loaded.boxes),
        )
        session.add(row)
        session.flush()
        rows = [
            _chunk_row(f"{row.id}-{n}", row.id, n, chunk, key)
            for n, (chunk, key) in enumerate(new.chunks)
        ]
        if rows:
            session.execute(insert(ChunkRow), rows)
        self.ledger.add(session, row.id, version, ledger)
        return row.id

    def publish(self, file_ids: Iterable[int], by: str = SYSTEM) -> list[int]:
        """Make pending files visible in place of older versions; return the ids replaced."""
        replaced: list[int] = []
        with Session(self._engine) as session, session.begin():
            for file_id in file_ids:
                replaced += _publish(session, session.get_one(FileRow, file_id), by)
        return replaced

    def retire(
        self, file_ids: Sequence[int], state: Retired, by: str = SYSTEM, why: str | None = None
    ) -> None:
        """Make current files history; ``drop_chunks`` deletes their chunks once those are gone."""
        with Session(self._engine) as session, session.begin():
            for file_id in file_ids:
                row = session.get_one(FileRow, file_id)
                row.state, row.until, row.by, row.why = state, now(), by, why
                session.add(_event(by, state, row, why))

    def relocate(self, file_id: int, source: str) -> None:
        """Say that the file of a version now lies elsewhere."""
        with Session(self._engine) as session, session.begin():
            session.execute(update(FileRow).where(FileRow.id == file_id).values(source=source))

    def touch(self, file_id: int, size: int, mtime_ns: int) -> None:
        """Keep what the disk now says of a file whose content is the same."""
        with Session(self._engine) as session, session.begin():
            values = {"size": size, "mtime_ns": mtime_ns}
            session.execute(update(FileRow).where(FileRow.id == file_id).values(**values))

    def is_intact(self, file_id: int) -> bool:
        """Tell whether a version's text is as it was kept: SQLite does not notice a flipped bit."""
        query = select(FileRow.text, FileRow.text_sha256).where(FileRow.id == file_id)
        with Session(self._engine) as session:
            text, sha256 = session.execute(query).one()
        return sha256 is None or sha256 == hash_of(text)

    def doubt(self, file_id: int) -> None:
        """Let the next run read a file again, whatever its disk and its hash say."""
        with Session(self._engine) as session, session.begin():
            values = {"size": -1, "mtime_ns": -1, "sha256": ""}
            session.execute(update(FileRow).where(FileRow.id == file_id).values(**values))

    def unfinished(self) -> list[int]:
        """Return the files that a stopped run left half added, or whose chunks are still there."""
        left = select(ChunkRow.file_id).join(FileRow).where(FileRow.state.in_(HISTORY)).distinct()
        pending = select(FileRow.id).where(FileRow.state == "pending")
        with Session(self._engine) as session:
            return [*session.scalars(pending), *session.scalars(left)]

    def unfinished_chunks(self) -> set[str]:
        """Return the ids of the chunks of those files: the search stores may hold them."""
        query = select(ChunkRow.id).join(FileRow).where(FileRow.state != "indexed")
        with Session(self._engine) as session:
            return set(session.scalars(query))

    def drop_chunks(self, file_ids: Sequence[int]) -> None:
        """Delete the chunks of files that are not current, and all of files that never were."""
        with Session(self._engine) as session, session.begin():
            for part in _parts(file_ids):
                never = select(FileRow.id).where(FileRow.id.in_(part), FileRow.state == "pending")
                ids = list(session.scalars(never))
                session.execute(delete(ChunkRow).where(ChunkRow.file_id.in_(part)))
                self.ledger.forget(ids, session)
                session.execute(delete(FileRow).where(FileRow.id.in_(ids)))

    def erase(
        self, path: str, by: str, records: Sequence[str], names: Sequence[str]
    ) -> list[FileRecord]:
        """Delete every version of a document and what was read from it; return what there was.

        ``records`` are the keys of its records, ``names`` the project names that only it
        holds: staff's corrections and merges quote them, and what was kept of answers
        (``index/kept.py``). Its hashes stay, so that the same content is not taken in
        again unasked.
        """
        with Session(self._engine) as session, session.begin():
            rows = session.scalars(select(FileRow).where(FileRow.path == path))
            gone, titles = [], set[str]()
            for row in rows:
                gone.append(_file_record(row))
                titles.update(_titles(row.about))
            ids = [file.id for file in gone]
            session.execute(delete(ChunkRow).where(ChunkRow.file_id.in_(ids)))
            session.execute(delete(StagedRow).where(StagedRow.file_id.in_(ids)))
            self.ledger.erase(ids, records, names, session)
            session.execute(delete(FileRow).where(FileRow.id.in_(ids)))
            for about in session.scalars(select(FileRow.about)):
                titles.difference_update(_titles(about))
            wipe_words(session, path, [*names, *titles])
            session.execute(delete(FailureRow).where(FailureRow.path == path))
            for sha256 in {file.sha256 for file in gone}:
                session.merge(ErasedRow(sha256=sha256, by=by, at=now()))
            session.add(EventRow(at=now(), by=by, action="erased", path=path))
        return gone

    def erased(self) -> dict[str, str]:
        """Return when each erased content was erased, by its hash."""
        with Session(self._engine) as session:
            return {row.sha256: row.at for row in session.scalars(select(ErasedRow))}

    def allow_again(self, sha256: str) -> None:
        """Let an erased content be taken in again: a person asked for it."""
        with Session(self._engine) as session, session.begin():
            session.execute(delete(ErasedRow).where(ErasedRow.sha256 == sha256))

    def compact(self) -> None:
        """Overwrite what was deleted: SQLite keeps it in free pages and in its log else."""
        if self._engine.dialect.name != "sqlite":
            return
        with self._engine.connect() as connection:
            raw = connection.connection.dbapi_connection
            if raw is None:
                return
            raw.commit()
            raw.execute("VACUUM")
            raw.execute("PRAGMA wal_checkpoint(TRUNCATE)")

    # ---- failures and containers

    def failures(self) -> list[FailureRecord]:
        """Return the files that could not be read, by path."""
        with Session(self._engine) as session:
            rows = session.scalars(select(FailureRow).order_by(FailureRow.path))
            return [
                FailureRecord(r.source, r.path, r.sha256, r.reason, r.sample, r.seen_at)
                for r in rows
            ]

    def record_failure(self, failure: FailureRecord) -> None:
        """Keep why a file could not be read."""
        with Session(self._engine) as session, session.begin():
            session.merge(FailureRow(**asdict(failure)))

    def forget_failures(self, sources: Sequence[str]) -> None:
        """Drop failures of files that are gone or mended."""
        with Session(self._engine) as session, session.begin():
            for part in _parts(sources):
                session.execute(delete(FailureRow).where(FailureRow.source.in_(part)))

    def containers(self) -> dict[str, ContainerRecord]:
        """Return the archives and mails that were opened, by source."""
        with Session(self._engine) as session:
            return {
                r.source: ContainerRecord(
                    r.source, r.path, r.sha256, r.size, r.mtime_ns,
                    tuple((name, why) for name, why in r.problems),
                )
                for r in session.scalars(select(ContainerRow))
            }  # fmt: skip

    def record_container(self, container: ContainerRecord) -> None:
        """Keep that an archive or a mail was opened, and its members read."""
        values = {**asdict(container), "problems": [list(p) for p in container.problems]}
        with Session(self._engine) as session, session.begin():
            session.merge(ContainerRow(**values))

    def forget_containers(self, sources: Sequence[str]) -> None:
        """Drop archives that are gone."""
        with Session(self._engine) as session, session.begin():
            for part in _parts(sources):
                session.execute(delete(ContainerRow).where(ContainerRow.source.in_(part)))

    # ---- chunks

    def chunk_ids(self, file_id: int) -> list[str]:
        """Return the ids of a file's chunks, in order."""
        with Session(self._engine) as session:
            query = select(ChunkRow.id).where(ChunkRow.file_id == file_id)
            return list(session.scalars(query.order_by(ChunkRow.ordinal)))

    def chunk_ids_of(self, file_ids: Iterable[int]) -> list[str]:
        """Return the ids of the chunks of those files."""
        found: list[str] = []
        with Session(self._engine) as session:
            for part in _parts(list(file_ids)):
                query = select(ChunkRow.id).where(ChunkRow.file_id.in_(part))
                found += session.scalars(query)
        return found

    def chunks(self, ids: Sequence[str]) -> dict[str, StoredChunk]:
        """Return those of the chunks that belong to visible files, by id."""
        query = (
            select(ChunkRow)
            .join(FileRow, FileRow.id == ChunkRow.file_id)
            .where(ChunkRow.id.in_(ids), FileRow.state == "indexed")
        )
        with Session(self._engine) as session:
            return {row.id: _stored_chunk(row) for row in session.scalars(query)}

    def file_chunks(self, file_id: int, first: int = 0, last: int = 2**31) -> list[StoredChunk]:
        """Return a file's chunks with ordinals from ``first`` to ``last``, in order."""
        query = (
            select(ChunkRow)
            .where(ChunkRow.file_id == file_id, ChunkRow.ordinal.between(first, last))
            .order_by(ChunkRow.ordinal)
        )
        with Session(self._engine) as session:
            return [_stored_chunk(row) for row in session.scalars(query)]

    def sample_keys(self, count: int, staged: bool = False) -> dict[str, str]:
        """Return about ``count`` chunks, spread evenly: id to text key.

        They are of current files, or ``staged`` ones.
        """
        if staged:
            with Session(self._engine) as session:
                every = session.execute(
                    select(StagedRow.id, StagedRow.text_key).order_by(StagedRow.file_id)
                ).all()
            return {key: str(text) for key, text in every[:: max(1, len(every) // count)]}
        total = self.count_chunks()
        step = max(1, total // max(count, 1))
        query = (
            select(ChunkRow.id, ChunkRow.text_key)
            .join(FileRow, FileRow.id == ChunkRow.file_id)
            .where(FileRow.state == "indexed", ChunkRow.text_key.is_not(None))
            .order_by(ChunkRow.file_id, ChunkRow.ordinal)
        )
        with Session(self._engine) as session:
            rows = session.execute(query).all()
        return {key: str(text_key) for key, text_key in rows[::step]}

    def unused_keys(self, keys: Sequence[str]) -> list[str]:
        """Return those text keys that no chunk has any more."""
        used: set[str] = set()
        with Session(self._engine) as session:
            for part in _parts(keys):
                query = select(ChunkRow.text_key).where(ChunkRow.text_key.in_(part))
                used.update(key for key in session.scalars(query) if key)
        return [key for key in keys if key not in used]

    def count_chunks(self) -> int:
        """Return the number of visible chunks."""
        query = select(func.sum(FileRow.chunk_count)).where(FileRow.state == "indexed")
        with Session(self._engine) as session:
            return int(session.execute(query).scalar() or 0)

    # ---- an index built beside the present one

    def stage(self, file_id: int, prefix: str, chunks: Sequence[tuple[Chunk, str]]) -> list[str]:
        """Keep new chunks of a file beside those in use; return their ids."""
        rows = [
            _chunk_row(f"{prefix}{file_id}-{n}", file_id, n, chunk, key)
            for n, (chunk, key) in enumerate(chunks)
        ]
        with Session(self._engine) as session, session.begin():
            session.execute(delete(StagedRow).where(StagedRow.file_id == file_id))
            if rows:
                session.execute(insert(StagedRow), rows)
        return [str(row["id"]) for row in rows]

    def clear_stage(self) -> None:
        """Drop what an earlier attempt staged."""
        with Session(self._engine) as session, session.begin():
            session.execute(delete(StagedRow))

    def swap(self, meta: dict[str, str]) -> None:
        """Put the staged chunks in use, with the values that name their stores: one step."""
        columns = [column.name for column in ChunkRow.__table__.columns]
        with Session(self._engine) as session, session.begin():
            session.execute(delete(ChunkRow))
            staged = select(*(getattr(StagedRow, name) for name in columns))
            session.execute(insert(ChunkRow).from_select(columns, staged))
            session.execute(delete(StagedRow))
            counts = (
                select(func.count())
                .where(ChunkRow.file_id == FileRow.id)
                .scalar_subquery()
                .correlate(FileRow)
            )
            session.execute(
                update(FileRow)
                .where(FileRow.state == "indexed")
                .values(chunk_count=counts)
                .execution_options(synchronize_session=False)
            )
            for name, value in meta.items():
                session.merge(MetaRow(name=name, value=value))

    # ---- contents

    def content(self, file_id: int) -> FileContent:
        """Return text and structure of a version of a file."""
        with Session(self._engine) as session:
            columns = select(
                FileRow.text, FileRow.blocks, FileRow.skips, FileRow.unread, FileRow.articles
            ).where(FileRow.id == file_id)
            found = session.execute(columns).one_or_none()
        if found is None:
            raise UnknownDocumentError("这份文件已被彻底删除。")
        body, blocks, skips, unread, articles = found
        structure = Structure(
            documents=tuple(_document(row) for row in articles),
            reading=Reading(body, tuple((a, b) for a, b in skips)),
            unread=tuple((a, b, why) for a, b, why in unread),
        )
        return FileContent(body, tuple(_block(row) for row in blocks), structure)

    def boxes(self, file_id: int) -> tuple[Box, ...]:
        """Return where the words of a version stand on its pages."""
        with Session(self._engine) as session:
            query = select(FileRow.boxes).where(FileRow.id == file_id)
            packed = session.execute(query).scalar_one()
        rows = json.loads(zlib.decompress(packed)) if packed else []
        return tuple(Box(*row) for row in rows)

    def articles(self, file_id: int) -> tuple[Document, ...]:
        """Return the documents that a file holds, without loading its text."""
        with Session(self._engine) as session:
            query = select(FileRow.articles).where(FileRow.id == file_id)
            rows = session.execute(query).scalar_one()
        return tuple(_document(row) for row in rows)

    def about(self) -> dict[int, About]:
        """Return what a list shows of each file that is or was current, by id."""
        query = select(FileRow.id, FileRow.about).where(FileRow.state != "pending")
        with Session(self._engine) as session:
            found: dict[int, Any] = {row[0]: row[1] for row in session.execute(query)}
        older = [file_id for file_id, row in found.items() if row is None]  # schema 1
        known = {file_id: _about(row) for file_id, row in found.items() if row is not None}
        return known | {
            file_id: _about(_about_row(Structure(self.articles(file_id), Reading(""))))
            for file_id in older
        }


def hash_of(text: str) -> str:
    """Return the SHA-256 of a canonical text."""
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def _publish(session: Session, row: FileRow, by: str) -> list[int]:
    older = select(FileRow).where(
        or_(FileRow.source == row.source, FileRow.path == row.path),
        FileRow.state != "pending",
        FileRow.id != row.id,
    )
    before = list(session.scalars(older.order_by(FileRow.version, FileRow.id)))
    standing = [file for file in before if file.state == "indexed"]
    for file in standing:
        file.state, file.until = "superseded", now()
    row.state = "indexed"
    row.version = before[-1].version + 1 if before else 1
    if before and before[-1].sha256 == row.sha256 and before[-1].path == row.path:
        # The same content once more (taken back, or read by a newer program) is no new version.
        row.version = before[-1].version
        for file in before:
            if file.version == row.version and file.state == "withdrawn":
                file.state = "superseded"  # else it would stand again once this one is removed
    session.execute(delete(FailureRow).where(FailureRow.source == row.source))
    session.add(_event(by, "indexed", row, None))
    return [file.id for file in standing]


def _event(by: str, action: str, row: FileRow, detail: str | None) -> EventRow:
    return EventRow(
        at=now(), by=by, action=action, path=row.path, version=row.version, detail=detail
    )


def _at_or_in(place: str) -> ColumnElement[bool]:
    """Return the condition that a source is ``place``, or lies in it."""
    column = FileRow.source
    return or_(
        column == place,
        # Written as a range, for which there is an index.
        and_(column >= place + os.sep, column < place + chr(ord(os.sep) + 1)),
        and_(column >= place + "!/", column < place + "!0"),
    )


def _parts(values: Sequence[Any]) -> list[Sequence[Any]]:
    """Return ``values`` in parts that fit one statement."""
    return [values[at : at + _MANY] for at in range(0, len(values), _MANY)]


def _file_record(row: FileRow) -> FileRecord:
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
        row.state,
        row.version,
        row.size,
        row.mtime_ns,
        row.until,
        row.by,
        row.why,
    )


def _chunk_row(key: str, file_id: int, ordinal: int, chunk: Chunk, text_key: str) -> dict[str, Any]:
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
        "text_key": text_key,
    }


def _stored_chunk(row: ChunkRow) -> StoredChunk:
    lead = None
    if row.lead_start is not None and row.lead_end is not None:
        lead = (row.lead_start, row.lead_end)
    chunk = Chunk(row.start, row.end, row.document, tuple(row.headings), row.page, lead)
    return StoredChunk(row.id, row.file_id, row.ordinal, chunk, row.text_key)


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


def _packed(boxes: Sequence[Box]) -> bytes | None:
    """Return boxes as compressed JSON: a page has fifty of them."""
    if not boxes:
        return None
    rows = [
        [b.start, b.end, b.page, *(round(x, 5) for x in (b.left, b.top, b.right, b.bottom)),
         b.confidence]
        for b in boxes
    ]  # fmt: skip
    return zlib.compress(json.dumps(rows).encode())


def _titles(about: dict[str, Any] | None) -> list[str]:
    return list(about["titles"]) if about else []


def _about_row(structure: Structure) -> dict[str, Any]:
    first = structure.documents[0] if structure.documents else None
    return {
        "titles": [document.title for document in structure.documents],
        "issuer": first.issuer if first else None,
        "date": first.date if first else None,
        "date_text": first.date_text if first else None,
    }


def _about(row: dict[str, Any]) -> About:
    return About(tuple(row["titles"]), row["issuer"], row["date"], row["date_text"])
