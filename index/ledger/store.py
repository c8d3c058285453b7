"""The ledger in SQL: what was read from each file, and what staff have set right.

Records, rosters, figures and findings go with their file. Corrections, unit
aliases and merged names are staff's own: they are kept under a record's key,
dated and signed, and outlive any re-indexing.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from sqlalchemy import Engine, ForeignKey, Integer, String, Text, delete, or_, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from index.ledger.records import Figure, FileLedger, Finding, Record, Roster, Total, Words
from index.sql import Base, now

_SIGNATURE = 64
_MANY = 500  # values in one IN (…)


class _Ledger(Base):
    __tablename__ = "ledgers"
    file_id: Mapped[int] = mapped_column(
        ForeignKey("files.id", ondelete="CASCADE"), primary_key=True
    )
    version: Mapped[str] = mapped_column(String(32))
    rosters: Mapped[list[Any]]
    figures: Mapped[list[Any]]
    findings: Mapped[list[Any]]
    unread: Mapped[list[Any]]


class _Record(Base):
    __tablename__ = "records"
    file_id: Mapped[int] = mapped_column(
        ForeignKey("files.id", ondelete="CASCADE"), primary_key=True
    )
    ordinal: Mapped[int] = mapped_column(Integer, primary_key=True)
    name: Mapped[str] = mapped_column(Text, index=True)
    unit: Mapped[str | None] = mapped_column(Text, index=True)
    stage: Mapped[str | None] = mapped_column(String(32), index=True)
    progress: Mapped[str | None] = mapped_column(String(32), index=True)
    reason_kind: Mapped[str | None] = mapped_column(String(32), index=True)
    body: Mapped[dict[str, Any]]


class _Correction(Base):
    __tablename__ = "corrections"
    id: Mapped[int] = mapped_column(Integer, primary_key=True, autoincrement=True)
    record: Mapped[str] = mapped_column(String(64), index=True)
    name: Mapped[str] = mapped_column(Text)
    field: Mapped[str] = mapped_column(String(32))
    was: Mapped[str | None] = mapped_column(Text)
    value: Mapped[str | None] = mapped_column(Text)
    signed: Mapped[str] = mapped_column(String(_SIGNATURE))
    at: Mapped[str] = mapped_column(String(32))


class _Alias(Base):
    __tablename__ = "unit_aliases"
    alias: Mapped[str] = mapped_column(String(128), primary_key=True)
    unit: Mapped[str] = mapped_column(String(128))
    signed: Mapped[str] = mapped_column(String(_SIGNATURE))
    at: Mapped[str] = mapped_column(String(32))


class _Merge(Base):
    __tablename__ = "merged_names"
    name: Mapped[str] = mapped_column(String(256), primary_key=True)
    same_as: Mapped[str] = mapped_column(String(256), primary_key=True)
    signed: Mapped[str] = mapped_column(String(_SIGNATURE))
    at: Mapped[str] = mapped_column(String(32))


@dataclass(frozen=True, slots=True)
class Correction:
    """A field of a record set right by staff: ``was`` as read, ``value`` as it is."""

    record: str
    name: str
    field: str
    was: str | None
    value: str | None
    signed: str
    at: str


@dataclass(frozen=True, slots=True)
class Alias:
    """Another name of a unit, added by staff."""

    alias: str
    unit: str
    signed: str
    at: str


@dataclass(frozen=True, slots=True)
class Merge:
    """Two project names that staff declared to be one project."""

    name: str
    same_as: str
    signed: str
    at: str


class LedgerStore:
    """Reads and writes the ledger; every method is one transaction."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def put(self, file_id: int, version: str, ledger: FileLedger) -> None:
        """Keep what was read from a file, in place of an earlier reading."""
        with Session(self._engine) as session, session.begin():
            self.add(session, file_id, version, ledger)

    def add(self, session: Session, file_id: int, version: str, ledger: FileLedger) -> None:
        """Do what ``put`` does, within the caller's transaction."""
        session.execute(delete(_Record).where(_Record.file_id == file_id))
        session.merge(
            _Ledger(
                file_id=file_id,
                version=version,
                rosters=[asdict(r) for r in ledger.rosters],
                figures=[asdict(f) for f in ledger.figures],
                findings=[asdict(f) for f in ledger.findings],
                unread=[list(item) for item in ledger.unread],
            )
        )
        session.add_all(_row(file_id, n, record) for n, record in enumerate(ledger.records))

    def versions(self) -> dict[int, str]:
        """Return by which version of the reader each file was read."""
        with Session(self._engine) as session:
            return {
                row.file_id: row.version
                for row in session.execute(select(_Ledger.file_id, _Ledger.version))
            }

    def get(self, file_ids: Iterable[int]) -> dict[int, FileLedger]:
        """Return what was read from those files."""
        wanted = set(file_ids)
        found: dict[int, FileLedger] = {}
        ledgers, records = select(_Ledger), select(_Record.file_id, _Record.body)
        if len(wanted) <= _MANY:
            ledgers = ledgers.where(_Ledger.file_id.in_(wanted))
            records = records.where(_Record.file_id.in_(wanted))
        with Session(self._engine) as session:
            for row in session.scalars(ledgers):
                if row.file_id in wanted:
                    found[row.file_id] = FileLedger(
                        rosters=[_roster(r) for r in row.rosters],
                        figures=[_figure(f) for f in row.figures],
                        findings=[_finding(f) for f in row.findings],
                        unread=[(a, b, why) for a, b, why in row.unread],
                    )
            in_order = records.order_by(_Record.file_id, _Record.ordinal)
            for file_id, body in session.execute(in_order):
                if file_id in found:
                    found[file_id].records.append(_record(body))
        return found

    def forget(self, file_ids: Sequence[int], session: Session) -> None:
        """Delete what was read from those files, within the caller's transaction."""
        session.execute(delete(_Record).where(_Record.file_id.in_(file_ids)))
        session.execute(delete(_Ledger).where(_Ledger.file_id.in_(file_ids)))

    def erase(
        self, file_ids: Sequence[int], keys: Sequence[str], names: Sequence[str], session: Session
    ) -> None:
        """Delete what was read from those files, and what staff wrote of their records.

        ``keys`` are those of the records, ``names`` the project names that go with them.
        """
        self.forget(file_ids, session)
        for at in range(0, len(keys), _MANY):
            part = keys[at : at + _MANY]
            session.execute(delete(_Correction).where(_Correction.record.in_(part)))
        for at in range(0, len(names), _MANY):
            part = names[at : at + _MANY]
            named = or_(_Merge.name.in_(part), _Merge.same_as.in_(part))
            session.execute(delete(_Merge).where(named))

    def correct(self, correction: Correction) -> Correction:
        """Keep a correction, dated now; earlier ones stay as history."""
        dated = Correction(**{**asdict(correction), "at": now()})
        with Session(self._engine) as session, session.begin():
            session.add(_Correction(**asdict(dated)))
        return dated

    def corrections(self) -> list[Correction]:
        """Return all corrections, oldest first."""
        with Session(self._engine) as session:
            rows = session.scalars(select(_Correction).order_by(_Correction.id))
            return [
                Correction(r.record, r.name, r.field, r.was, r.value, r.signed, r.at) for r in rows
            ]

    def add_alias(self, alias: str, unit: str, signed: str) -> None:
        """Keep another name of a unit."""
        with Session(self._engine) as session, session.begin():
            session.merge(_Alias(alias=alias, unit=unit, signed=signed, at=now()))

    def remove_alias(self, alias: str) -> None:
        """Drop an alias."""
        with Session(self._engine) as session, session.begin():
            session.execute(delete(_Alias).where(_Alias.alias == alias))

    def aliases(self) -> list[Alias]:
        """Return the aliases, by unit."""
        with Session(self._engine) as session:
            rows = session.scalars(select(_Alias).order_by(_Alias.unit, _Alias.alias))
            return [Alias(r.alias, r.unit, r.signed, r.at) for r in rows]

    def merge(self, name: str, same_as: str, signed: str) -> None:
        """Declare two names to be one project."""
        with Session(self._engine) as session, session.begin():
            session.merge(_Merge(name=name, same_as=same_as, signed=signed, at=now()))

    def unmerge(self, name: str, same_as: str) -> None:
        """Take such a declaration back."""
        with Session(self._engine) as session, session.begin():
            session.execute(delete(_Merge).where(_Merge.name == name, _Merge.same_as == same_as))

    def merges(self) -> list[Merge]:
        """Return the names declared to be one project."""
        with Session(self._engine) as session:
            rows = session.scalars(select(_Merge).order_by(_Merge.name))
            return [Merge(r.name, r.same_as, r.signed, r.at) for r in rows]


def _row(file_id: int, ordinal: int, record: Record) -> _Record:
    unit = record.fields.get("unit")
    return _Record(
        file_id=file_id,
        ordinal=ordinal,
        name=record.name,
        unit=unit.text if unit else None,
        stage=record.stage,
        progress=record.progress,
        reason_kind=record.reason_kind,
        body=asdict(record),
    )


def _words(row: dict[str, Any] | None) -> Words | None:
    if row is None:
        return None
    return Words(row["text"], tuple((a, b) for a, b in row["spans"]), row["value"])


def _fields(rows: dict[str, Any]) -> dict[str, Words]:
    return {name: words for name, row in rows.items() if (words := _words(row)) is not None}


def _record(row: dict[str, Any]) -> Record:
    return Record(**{**row, "fields": _fields(row["fields"])})


def _total(row: dict[str, Any]) -> Total:
    return Total(
        Words(row["label"]["text"], tuple((a, b) for a, b in row["label"]["spans"])),
        _fields(row["fields"]),
        row["first"],
        row["last"],
    )


def _roster(row: dict[str, Any]) -> Roster:
    named = {
        name: _words(row[name]) for name in ("heading", "lead", "stated", "announced", "as_of")
    }
    totals = tuple(_total(total) for total in row["totals"])
    return Roster(**{**row, **named, "totals": totals})


def _figure(row: dict[str, Any]) -> Figure:
    named = {name: _words(row[name]) for name in ("number", "base", "as_of")}
    return Figure(**{**row, **named, "sentence": tuple(row["sentence"])})


def _finding(row: dict[str, Any]) -> Finding:
    return Finding(**{**row, "spans": tuple((a, b) for a, b in row["spans"])})
