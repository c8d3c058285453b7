"""Where the words of the ledger stand: of a record, a field, a finding, an unread line."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass

from assistant.web.ports import Library
from assistant.web.source import REACH, Look
from index.ledger.book import FiledFinding, FileInfo, Ledger, LedgerRow
from index.ledger.records import FIELDS, Span

# The fields whose words a computed column rests on.
RESTS_ON = {"status": "status_text", "reason_kind": "reason"}


@dataclass(frozen=True, slots=True)
class Place:
    """Spans of one article of a file; ``keys`` bring the browser back to them."""

    file: FileInfo
    document: int
    spans: tuple[Span, ...]
    keys: tuple[tuple[str, str], ...]
    around: tuple[Span, ...] = ()


def find_place(wanted: Mapping[str, object], ledger: Ledger) -> Place | None:
    """Return the place that a click means, None where the ledger has no such thing."""
    record, finding, unread = wanted.get("record"), wanted.get("finding"), wanted.get("unread")
    if isinstance(record, str):
        row = ledger.row(record)
        name = wanted.get("field")
        return place_of(row, name if isinstance(name, str) else "") if row else None
    if isinstance(finding, str):
        return next((of_finding(f) for f in ledger.findings if finding_id(f) == finding), None)
    if isinstance(unread, str):
        return _unread(unread, ledger)
    return None


def place_of(row: LedgerRow, name: str = "") -> Place:
    """Return where a field stands, or the whole record."""
    name = RESTS_ON.get(name, name)
    keys = (("record", row.key), ("field", name)) if name in FIELDS else (("record", row.key),)
    whole = (row.record.start, row.record.end)
    if name not in row.read.fields:
        return Place(row.file, row.record.document, (whole,), keys)
    return Place(row.file, row.record.document, row.spans(name), keys, (whole,))


def of_finding(filed: FiledFinding) -> Place:
    """Return all spans that a finding concerns."""
    finding = filed.finding
    keys = (("finding", finding_id(filed)),)
    return Place(filed.file, finding.document, finding.spans, keys)


def finding_id(filed: FiledFinding) -> str:
    """Return what names a finding as long as its file says the same."""
    return _digest(filed.file.path, filed.finding.kind, filed.finding.text, filed.finding.spans)


def unread_id(path: str, start: int, end: int) -> str:
    """Return what names a line that could not be read."""
    return _digest(path, start, end)


def _digest(*parts: object) -> str:
    return hashlib.sha256(repr(parts).encode("utf-8", "replace")).hexdigest()[:16]


def _unread(wanted: str, ledger: Ledger) -> Place | None:
    for file in ledger.files:
        for start, end, _ in file.ledger.unread:
            if unread_id(file.path, start, end) == wanted:
                return Place(file, _article(file, start), ((start, end),), (("unread", wanted),))
    return None


def _article(file: FileInfo, at: int) -> int:
    """Return the article that holds an offset; the first where none does."""
    return next((d.ordinal for d in file.documents if d.start <= at < d.end), 0)


def look_at(
    place: Place, library: Library, n: int | None, at: int | None = None, reach: int | None = None
) -> Look | None:
    """Return the look at the place's ``n``-th span, counted from 1; None if it has none."""
    cited = tuple(
        library.cite(place.file.id, place.document, start, end, number)
        for number, (start, end) in enumerate(place.spans, 1)
    )
    number = 1 if n is None else n
    if not 1 <= number <= len(cited):
        return None
    return Look(
        place.file.path, cited[number - 1], cited, place.keys, place.around, at, reach or REACH
    )
