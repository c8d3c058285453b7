"""The cells of the cited evidence that a part of a claim may rest on."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from assistant.claims.cells import Cell
from assistant.claims.dates import When, dates
from assistant.claims.names import is_unit
from assistant.claims.quantities import Quantity, quantities
from assistant.claims.statuses import Mode, find_statuses

Statuses = set[tuple[str, Mode]]


@dataclass(frozen=True)
class Reading:
    """A cell with the figures, dates and statuses in it, read once."""

    cell: Cell

    @cached_property
    def quantities(self) -> list[Quantity]:
        """The quantities of the cell's own words."""
        return quantities(self.cell.text)

    @cached_property
    def dates(self) -> list[When]:
        """The dates of the cell's own words and of what stands above it."""
        return dates(self.cell.text) + dates(self.cell.context)

    @cached_property
    def own(self) -> Statuses:
        """The statuses of the cell's own words."""
        return {status.key for status in find_statuses(self.cell.text)}

    @cached_property
    def statuses(self) -> Statuses:
        """The statuses of the cell's words; without any, of what was said before or above."""
        above = {status.key for status in find_statuses(self.cell.context)}
        before = {status.key for status in find_statuses(self.cell.said_before)}
        return self.own or before or above

    @cached_property
    def every_status(self) -> Statuses:
        """The statuses of the cell's words and of what stands above it."""
        return self.own | {status.key for status in find_statuses(self.cell.context)}

    def anchors(self, at: int) -> set[float]:
        """Return the counts (“24个”) that a figure at ``at`` in the cell can belong to.

        The last one before it in the cell; without one, the last in the same paragraph
        or those of the heading above.
        """
        own = [q.value for q in self.quantities if q.unit == "个" and q.end <= at]
        if own:
            return {own[-1]}
        before = [q.value for q in quantities(self.cell.counted_before) if q.unit == "个"]
        above = {q.value for q in quantities(self.cell.context) if q.unit == "个"}
        first = [q.value for q in quantities(self.cell.counted_first) if q.unit == "个"]
        return {*before[-1:], *first[:1], *above}

    @property
    def text(self) -> str:
        """The cell's words and what stands above them."""
        return f"{self.cell.text}\n{self.cell.context}"


@dataclass(frozen=True)
class Scope:
    """What one part of a claim may rest on: some of the cited cells."""

    readings: Sequence[Reading]

    @cached_property
    def text(self) -> str:
        """All words, a cell and its context a line."""
        return "\n".join(
            dict.fromkeys(t for r in self.readings for t in (r.cell.text, r.cell.context))
        )

    @cached_property
    def sentences(self) -> list[str]:
        """The whole sentences of the cells, each once; a row's values as they are."""
        return list(dict.fromkeys(r.cell.sentence or r.cell.text for r in self.readings))

    @cached_property
    def own_text(self) -> str:
        """The cells' own words, without what stands above them."""
        return "\n".join(r.cell.text for r in self.readings)

    @cached_property
    def statuses(self) -> Statuses:
        """All statuses, those of headings too."""
        return {status for r in self.readings for status in r.every_status}


def scope_for(subject: str, readings: Sequence[Reading]) -> Scope:
    """Return what is said of a subject, with what the same items say of no one thing.

    What only looks like a name takes nothing away from others. Of an office everything
    may be said that is not said of another office.
    """
    mine = [r for r in readings if subject in r.cell.subjects]
    named = {r.cell.key for r in readings if r.cell.subjects and r.cell.firm}
    keys = {r.cell.key for r in mine} | {r.cell.key for r in readings} - named
    office = is_unit(subject)
    others = _other_offices(subject, readings) if office else set()
    general = [
        r
        for r in readings
        if r.cell.key in keys and subject not in r.cell.subjects
        if not (r.cell.subjects and r.cell.firm) or (office and not _of_office(r, others))
    ]
    return Scope([*mine, *general])


def _other_offices(subject: str, readings: Sequence[Reading]) -> set[str]:
    units = {name for r in readings for name in r.cell.subjects if is_unit(name)}
    return {u for u in units if not (u.endswith(subject) or subject.endswith(u))}


def _of_office(reading: Reading, offices: set[str]) -> bool:
    """Tell whether a cell is said of one of the offices, or names it."""
    return bool(reading.cell.subjects & offices) or any(u in reading.cell.text for u in offices)
