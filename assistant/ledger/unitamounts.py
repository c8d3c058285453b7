"""Amounts that a report gives unit by unit or class by class (“区交通局9.2亿元、……”)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from assistant.ledger.figurelink import source_of_figure
from assistant.ledger.parted import parts_stated
from assistant.ledger.projects import newest_documents
from assistant.ledger.query import Query
from assistant.ledger.sectionamounts import sections_stated
from assistant.ledger.select import in_scope, narrowed
from assistant.statements import Source
from index.ledger.book import Ledger, LedgerRow
from index.ledger.periods import ended_in
from index.ledger.records import Words
from index.words import fold


@dataclass(frozen=True, slots=True)
class UnitAmount:
    """A unit's amount with the clause that gives it."""

    unit: str
    words: Words
    source: Source


def unit_amounts(
    query: Query, ledger: Ledger, measure: str, ended: tuple[int, int] | None = None
) -> list[UnitAmount]:
    """Return the amounts that the documents that count give unit by unit.

    ``ended`` picks the reports that end so. Units that the query names narrow them.
    """
    scope = narrowed(query, kinds=("unit",), at=() if ended else query.at)
    rows = [r for r in ledger.rows if in_scope(r, scope) and measure in r.record.fields]
    if ended:
        rows = [r for r in rows if ended_in(r) == ended]
    newest = newest_documents(rows)
    found = [
        UnitAmount(row.record.name, row.record.fields[measure], _source(row))
        for row in rows
        if (row.file.id, row.record.document) in newest
        and row.record.fields[measure].value is not None
    ]
    if not found and not ended:
        found = [
            UnitAmount(part.name, filed.figure.number, source_of_figure(filed))
            for part in parts_stated(query, ledger)
            if (filed := part.amounts.get(measure))
        ]
    wanted = query.units or query.groups
    named = [one for one in found if not wanted or _named(one.unit, wanted)]
    if ended or not wanted or len(named) >= len(set(wanted)):
        return named
    parts = [
        UnitAmount(part.name, filed.figure.number, source_of_figure(filed))
        for part in sections_stated(query, ledger)
        if (filed := part.amounts.get(measure)) and _named(part.name, wanted)
    ]
    return parts if len({one.unit for one in parts}) == len(parts) >= len(set(wanted)) else named


def _source(row: LedgerRow) -> Source:
    return Source(row.file.id, row.record.document, row.record.start, row.record.end)


def _named(unit: str, wanted: Sequence[str]) -> bool:
    return any(fold(unit) == fold(name) for name in wanted)
