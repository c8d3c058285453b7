"""Which records a visitor wants to see: searched, filtered, sorted, a page at a time."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import asdict, dataclass, replace
from functools import cached_property
from typing import Any

from assistant.ledger.projects import newest_documents
from assistant.web.ledger.labels import KINDS, REASONS, STATUSES, UNSTATED
from index.dates import find_date
from index.ledger.book import Ledger, LedgerRow
from index.ledger.records import AMOUNTS
from index.words import fold

PAGE_ROWS = 100
MAX_SEARCH = 200  # characters
FACETS = ("status", "unit", "reason", "kind", "document")
COLUMNS = (
    "name", "unit", "status", "reason", *AMOUNTS, "percent", "as_of", "source",
)  # fmt: skip

_PARTS = re.compile(r"[、，,；;\s/]+")


@dataclass(frozen=True, slots=True)
class View:
    """What is wanted; an empty facet does not narrow. ``page`` counts from 1."""

    search: str = ""
    status: str = ""
    unit: str = ""
    reason: str = ""
    kind: str = ""
    document: str = ""
    latest: bool = False
    sort: str = ""
    descending: bool = False
    page: int = 1

    @property
    def narrowed(self) -> bool:
        """Whether anything is left out."""
        return bool(self.search or self.latest or any(getattr(self, f) for f in FACETS))

    def sent(self) -> dict[str, Any]:
        """Return the view as the browser keeps it and sends it back."""
        return asdict(self)


def read_view(sent: object) -> View:
    """Return the view that the browser asks for; what makes no sense is left at its default."""
    given: Mapping[str, object] = sent if isinstance(sent, dict) else {}
    page, sort = given.get("page"), given.get("sort")
    return View(
        search=_text(given.get("search")),
        **{facet: _text(given.get(facet), 1_000) for facet in FACETS},
        latest=given.get("latest") is True,
        sort=sort if isinstance(sort, str) and sort in COLUMNS else "",
        descending=given.get("descending") is True,
        page=page if type(page) is int and 1 <= page <= 1_000_000 else 1,
    )


def _text(given: object, limit: int = MAX_SEARCH) -> str:
    return given[:limit] if isinstance(given, str) else ""


@dataclass(frozen=True, slots=True)
class Entry:
    """A record with what it is searched and filtered by."""

    row: LedgerRow
    haystack: str
    units: tuple[str, ...]
    document: str

    @property
    def statuses(self) -> tuple[str, ...]:
        """The stage and progress that it gives."""
        record = self.row.record
        return tuple(str(s) for s in (record.stage, record.progress) if s)


@dataclass(frozen=True, slots=True)
class Shown:
    """The page of entries to show, of how many that fit; ``page`` is within the bounds."""

    view: View
    entries: tuple[Entry, ...]
    found: tuple[Entry, ...]
    pages: int


class Sheet:
    """One ledger made ready for filtering; made anew whenever the ledger is."""

    def __init__(self, ledger: Ledger) -> None:
        self.ledger = ledger
        aliases = {fold(a.alias): a.unit for a in ledger.aliases}
        self.entries = tuple(_entry(row, aliases) for row in ledger.rows)

    @cached_property
    def units(self) -> list[tuple[str, int]]:
        """The units with their records, most first; those without a unit last."""
        return _counted(unit for e in self.entries for unit in e.units or (UNSTATED,))

    @cached_property
    def documents(self) -> list[tuple[str, str, int]]:
        """(key, title, records) of every document that holds records, by title."""
        counts = Counter(e.document for e in self.entries)
        titles = {e.document: e.row.document.title for e in self.entries}
        return sorted(((key, titles[key], n) for key, n in counts.items()), key=lambda d: d[1])

    def options(self, facet: str) -> list[tuple[str, int]]:
        """Return the values of a facet that records have, each with its number of records."""
        if facet == "unit":
            return self.units
        if facet == "document":
            return [(key, count) for key, _, count in self.documents]
        counts = Counter(value for e in self.entries for value in _values(e, facet))
        order = {"status": STATUSES, "reason": REASONS, "kind": KINDS}[facet]
        return [(value, counts[value]) for value in (*order, UNSTATED) if counts[value]]

    @cached_property
    def _newest(self) -> set[tuple[int, int]]:
        return newest_documents(self.ledger.rows)

    def find(self, view: View) -> list[Entry]:
        """Return the entries that fit, in the order wanted."""
        found: Iterable[Entry] = self.entries
        words = fold(view.search).split()
        if words:
            found = [e for e in found if all(word in e.haystack for word in words)]
        for facet in FACETS:
            wanted = getattr(view, facet)
            if wanted:
                found = [e for e in found if wanted in _values(e, facet)]
        if view.latest:
            found = [e for e in found if (e.row.file.id, e.row.record.document) in self._newest]
        return _sorted(list(found), view)

    def show(self, view: View) -> Shown:
        """Return the page wanted, or the last one there is."""
        found = self.find(view)
        pages = max(1, -(-len(found) // PAGE_ROWS))
        page = min(view.page, pages)
        start = (page - 1) * PAGE_ROWS
        part = tuple(found[start : start + PAGE_ROWS])
        return Shown(replace(view, page=page), part, tuple(found), pages)


def document_key(row: LedgerRow) -> str:
    """Return what names a row's document in the page: its article's number and its file."""
    return f"{row.record.document}/{row.file.path}"


def _entry(row: LedgerRow, aliases: Mapping[str, str]) -> Entry:
    words = [w.text for w in row.record.fields.values()]
    text = fold(" ".join([*words, row.document.title, row.file.path]))
    parts = [part for part in _PARTS.split(row.text("unit") or "") if part]
    units = tuple(dict.fromkeys(aliases.get(fold(part), part) for part in parts))
    return Entry(row, text, units, document_key(row))


def _values(entry: Entry, facet: str) -> tuple[str, ...]:
    if facet == "status":
        return entry.statuses or (UNSTATED,)
    if facet == "unit":
        return entry.units or (UNSTATED,)
    if facet == "reason":
        return (entry.row.record.reason_kind or UNSTATED,)
    return (entry.row.record.kind,) if facet == "kind" else (entry.document,)


def _counted(values: Iterable[str]) -> list[tuple[str, int]]:
    counts = Counter(values)
    return sorted(counts.items(), key=lambda item: (item[0] == UNSTATED, -item[1], item[0]))


def _sorted(entries: list[Entry], view: View) -> list[Entry]:
    """Return the entries in order; those that do not say stand last either way."""
    if not view.sort:
        return entries
    key = _ORDERS.get(view.sort) or _text_of(view.sort)
    keyed = [(key(e), e) for e in entries]
    said = [(k, e) for k, e in keyed if k is not None]
    said.sort(key=lambda pair: pair[0], reverse=view.descending)  # equal ones stay in order
    return [e for _, e in said] + [e for k, e in keyed if k is None]


def _written(text: str | None) -> bytes | None:
    """Return a key that puts common characters by their sound, as GB 2312 lists them."""
    return text.encode("gb18030", "replace") if text else None


def _text_of(name: str) -> Callable[[Entry], bytes | None]:
    return lambda entry: _written(entry.row.text(name))


def _number(name: str) -> Callable[[Entry], float | None]:
    return lambda entry: entry.row.value(name)


def _status(entry: Entry) -> tuple[int, ...] | None:
    return tuple(STATUSES.index(s) for s in entry.statuses) or None


def _as_of(entry: Entry) -> str | None:
    """Return the date; one without a year is not ordered."""
    found = find_date(entry.row.text("as_of") or "")
    return found.iso if found else None


def _place(entry: Entry) -> tuple[bytes, int]:
    return entry.row.file.path.encode("gb18030", "replace"), entry.row.record.start


_ORDERS: dict[str, Callable[[Entry], Any]] = {
    **{name: _number(name) for name in (*AMOUNTS, "percent")},
    "status": _status,
    "as_of": _as_of,
    "source": _place,
}
