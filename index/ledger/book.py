"""The ledger as readers see it: the records of all files, with staff's corrections.

A record's key is made of its file, its roster and its name, not of offsets, so
that a correction finds its record again after the file was edited and re-read.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import get_args

from index.errors import IndexingError
from index.ledger.amounts import amount_value
from index.ledger.checks.documents import disagreements
from index.ledger.copies import copied_articles
from index.ledger.names import core_name
from index.ledger.places import fullest_names, placed_name
from index.ledger.records import (
    FIELDS,
    STATE,
    Figure,
    FileLedger,
    Finding,
    Progress,
    ReasonKind,
    Record,
    Roster,
    Span,
    Stage,
    Words,
)
from index.ledger.store import Alias, Correction, LedgerStore, Merge
from index.records import Document

CORRECTABLE = (*FIELDS, "stage", "progress", "reason_kind")
CODES: dict[str, tuple[str, ...]] = {
    "stage": get_args(Stage), "progress": get_args(Progress), "reason_kind": get_args(ReasonKind),
}  # fmt: skip
MAX_VALUE = 2_000  # characters of a corrected field


@dataclass(frozen=True)  # without slots: keeps what it has worked out
class FileInfo:
    """What the ledger needs to know of a file."""

    id: int
    path: str
    documents: tuple[Document, ...]
    ledger: FileLedger

    @cached_property
    def state_names(self) -> Mapping[int, frozenset[str]]:
        """The names of the own states, as written, that each document sorts its records into."""
        found: dict[int, set[str]] = {}
        for record in self.ledger.records:
            if words := record.fields.get(STATE):
                found.setdefault(record.document, set()).add(words.text)
        return {document: frozenset(names) for document, names in found.items()}

    @cached_property
    def figures_of(self) -> Mapping[tuple[int, Span], Sequence[Figure]]:
        """The figures of each sentence, by document and span."""
        found: dict[tuple[int, Span], list[Figure]] = {}
        for figure in self.ledger.figures:
            found.setdefault((figure.document, figure.sentence), []).append(figure)
        return found


@dataclass(frozen=True, slots=True)
class LedgerRow:
    """A record with its place: ``record`` has staff's corrections in it.

    ``corrections`` maps field names to the newest correction of that field;
    ``read`` is the record as it was read. ``number`` counts the file's records.
    ``core`` is the name to match by: the fullest that any record of the place bears.
    """

    key: str
    number: int
    file: FileInfo
    record: Record
    read: Record
    corrections: Mapping[str, Correction] = field(default_factory=dict)
    core: str = ""

    @property
    def document(self) -> Document:
        """The article that the record stands in."""
        return self.file.documents[self.record.document]

    @property
    def roster(self) -> Roster:
        """The list that the record stands in."""
        return self.file.ledger.rosters[self.record.roster]

    @property
    def issuer(self) -> str | None:
        """Who issued the document."""
        return self.document.issuer

    @property
    def section(self) -> str:
        """The verbatim headings above the record, its table's title last, joined with “ > ”."""
        at = self.record.start
        above = [s.heading for s in self.document.sections if s.start <= at < s.end]
        own = self.roster.heading.text if self.roster.heading and self.roster.table else ""
        if own and own != self.document.title and not any(own in heading for heading in above):
            above.append(own)
        return " > ".join(above)

    def text(self, name: str) -> str | None:
        """Return a field's words, None where the document gives none."""
        words = self.record.fields.get(name)
        return words.text if words else None

    def value(self, name: str) -> float | None:
        """Return the number that a field says (万元, or percent)."""
        words = self.record.fields.get(name)
        return words.value if words else None

    def spans(self, name: str) -> tuple[Span, ...]:
        """Return where a field's words stand; the record's own span if it has none."""
        words = self.read.fields.get(name)
        return words.spans if words else ((self.record.start, self.record.end),)


@dataclass(frozen=True, slots=True)
class FiledFinding:
    """A finding with the file that it is about.

    ``others`` are places in other files (file, article, span) that it speaks of.
    """

    file: FileInfo
    finding: Finding
    others: tuple[tuple[FileInfo, int, Span], ...] = ()


@dataclass(frozen=True, slots=True)
class FiledFigure:
    """A figure with the file that states it."""

    file: FileInfo
    figure: Figure


class Ledger:
    """All records, figures and findings of the files that answers come from."""

    def __init__(self, files: Iterable[FileInfo], store: LedgerStore) -> None:
        self._store = store
        self.files = tuple(files)
        self.aliases: tuple[Alias, ...] = tuple(store.aliases())
        self.merges: tuple[Merge, ...] = tuple(store.merges())
        self.corrections: tuple[Correction, ...] = tuple(store.corrections())
        newest: dict[str, dict[str, Correction]] = {}
        for correction in self.corrections:
            newest.setdefault(correction.record, {})[correction.field] = correction
        copies = copied_articles(self.files)
        rows = tuple(
            row
            for file in self.files
            for row in _rows(file, newest)
            if (file.id, row.read.document) not in copies
        )
        declared = {core_name(name) for m in self.merges for name in (m.name, m.same_as)}
        full = fullest_names(row.record for row in rows if row.core not in declared)
        self.rows: tuple[LedgerRow, ...] = tuple(
            replace(row, core=full.get((placed_name(row.record), row.core), row.core))
            for row in rows
        )
        within = [
            FiledFinding(file, finding)
            for file in self.files
            for finding in file.ledger.findings
            if (file.id, finding.document) not in copies
        ]
        between = [
            FiledFinding(row.file, finding, ((other.file, other.read.document, span),))
            for row, finding, (other, span) in disagreements(self.rows)
        ]
        self.findings: tuple[FiledFinding, ...] = (*within, *between)
        self.figures: tuple[FiledFigure, ...] = tuple(
            FiledFigure(file, figure)
            for file in self.files
            for figure in file.ledger.figures
            if (file.id, figure.document) not in copies
        )
        self._by_key = {row.key: row for row in self.rows}

    def row(self, key: str) -> LedgerRow | None:
        """Return the record of that key."""
        return self._by_key.get(key)

    def correct(self, key: str, name: str, value: str | None, signed: str) -> Correction:
        """Set a field of a record right; the reader's caller must load the ledger anew.

        Raises:
            IndexingError: there is no such record or field, or it is not signed.
        """
        row = self._by_key.get(key)
        if row is None:
            raise IndexingError("台账里没有这一行，可能已被重新索引。请刷新后再改。")
        if name not in CORRECTABLE:
            raise IndexingError(
                f"“{name}”不是可以更正的字段。可更正的有：{'、'.join(CORRECTABLE)}。"
            )
        if not signed.strip():
            raise IndexingError("更正要有署名。请填写姓名后再提交。")
        if value and name in CODES and value not in CODES[name]:
            raise IndexingError(
                f"“{value}”不是{name}可用的值。可用的有：{'、'.join(CODES[name])}。"
            )
        if name == "name" and not (value or "").strip():
            raise IndexingError("项目名称不能为空。请填写名称后再提交。")
        if value and len(value) > MAX_VALUE:
            raise IndexingError(
                f"更正的内容有 {len(value)} 个字，上限是 {MAX_VALUE} 个字。请缩短。"
            )
        was = row.text(name) if name in FIELDS else getattr(row.record, name)
        return self._store.correct(
            Correction(key, row.record.name, name, was, value or None, signed.strip(), "")
        )

    def add_alias(self, alias: str, unit: str, signed: str) -> None:
        """Add another name of a unit.

        Raises:
            IndexingError: something is empty.
        """
        if not (alias.strip() and unit.strip() and signed.strip()):
            raise IndexingError("别名、单位和署名都要填写。")
        self._store.add_alias(alias.strip(), unit.strip(), signed.strip())

    def remove_alias(self, alias: str) -> None:
        """Take an alias back."""
        self._store.remove_alias(alias)

    def merge(self, name: str, same_as: str, signed: str) -> None:
        """Declare two project names to be one project.

        Raises:
            IndexingError: something is empty, or the names are the same.
        """
        if not (name.strip() and same_as.strip() and signed.strip()):
            raise IndexingError("两个项目名称和署名都要填写。")
        if core_name(name) == core_name(same_as):
            raise IndexingError("两个名称相同，本来就是一个项目。")
        self._store.merge(name.strip(), same_as.strip(), signed.strip())

    def unmerge(self, name: str, same_as: str) -> None:
        """Take such a declaration back."""
        self._store.unmerge(name, same_as)


def record_keys(file: FileInfo) -> list[str]:
    """Return the keys of a file's records, in order."""
    return [row.key for row in _rows(file, {})]


def _rows(file: FileInfo, newest: Mapping[str, Mapping[str, Correction]]) -> Iterable[LedgerRow]:
    seen: dict[str, int] = {}
    for number, record in enumerate(file.ledger.records):
        base = _identity(file, record)
        count = seen[base] = seen.get(base, 0) + 1
        key = hashlib.sha256(f"{base}\0{count}".encode()).hexdigest()[:16]
        corrections = newest.get(key, {})
        effective = _corrected(record, corrections) if corrections else record
        core = core_name(effective.name)
        yield LedgerRow(key, number, file, effective, record, corrections, core)


def _identity(file: FileInfo, record: Record) -> str:
    article = file.documents[record.document].title
    return "\0".join([file.path, article, core_name(record.name)])


def _corrected(record: Record, corrections: Mapping[str, Correction]) -> Record:
    fields = dict(record.fields)
    changes: dict[str, str | None] = {}
    for name, correction in corrections.items():
        if name not in FIELDS:
            changes[name] = correction.value
        elif correction.value is None:
            fields.pop(name, None)
        else:
            read = record.fields.get(name)
            if read is not None and read.text == correction.value:
                continue  # taken back: the words as read, with the value of their own unit
            spans = read.spans if read else ((record.start, record.end),)
            fields[name] = Words(correction.value, spans, amount_value(correction.value))
    return replace(record, fields=fields, **changes)  # type: ignore[arg-type]
