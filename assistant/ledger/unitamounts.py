"""Amounts that a report gives unit by unit or class by class (“区交通局9.2亿元、……”)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from assistant.ledger.figurelink import source_of_figure
from assistant.ledger.money import exact, percent
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
    """A unit's amount with the clause that gives it.

    ``worked`` is how a rate comes about that is not stated, from the plan at ``beside``; of a
    stated one that is where it is said, too.
    """

    unit: str
    words: Words
    source: Source
    worked: str = ""
    beside: tuple[Source, ...] = ()

    @property
    def sources(self) -> tuple[Source, ...]:
        """Where it is said, or what it is worked out from."""
        return (self.source, *self.beside)


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
    if query.by == "group":
        rows = []  # classes are no units
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


def unit_rates(query: Query, ledger: Ledger) -> list[UnitAmount]:
    """Return what part of its plan each unit or class has done: as stated, else worked out."""
    stated = _said_too(unit_amounts(query, ledger, "percent"), query, ledger)
    done = unit_amounts(query, ledger, "done_investment")
    if len(stated) >= max(len(done), 1):
        return stated
    plans = {one.unit: one for one in unit_amounts(query, ledger, "planned_investment")}
    return [_rate(one, plan) for one in done if (plan := plans.get(one.unit)) and plan.words.value]


def _said_too(rates: list[UnitAmount], query: Query, ledger: Ledger) -> list[UnitAmount]:
    """Return rates with where a report's own part says the same: a ranking repeats them."""
    parts = {
        fold(part.name): filed
        for part in sections_stated(query, ledger)
        if (filed := part.amounts.get("percent"))
    }
    return [
        replace(one, beside=(*one.beside, source_of_figure(said)))
        if (said := parts.get(fold(one.unit))) and said.figure.value == one.words.value
        else one
        for one in rates
    ]


def _rate(done: UnitAmount, plan: UnitAmount) -> UnitAmount:
    value = exact(done.words.value or 0.0) / exact(plan.words.value or 0.0) * 100
    said = percent(value)
    worked = f"{done.words.text} ÷ {plan.words.text} = {said}"
    words = Words(said, done.words.spans, float(said.rstrip("%")))
    return UnitAmount(done.unit, words, done.source, worked, (plan.source,))


def _source(row: LedgerRow) -> Source:
    return Source(row.file.id, row.record.document, row.record.start, row.record.end)


def _named(unit: str, wanted: Sequence[str]) -> bool:
    return any(fold(unit) == fold(name) for name in wanted)
