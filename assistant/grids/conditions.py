"""What rows must fulfil: a value, a bound, a deadline, a name."""

from __future__ import annotations

import re
from dataclasses import dataclass

from assistant.grids.reading import Grid, Line
from assistant.ledger.deadlines import Due
from index.ledger.tables import is_empty
from index.words import fold

SHOWN = 40  # characters of values that a reading says; of more, the question's own words
_FIGURES = re.compile(r"((?:19|20)\d\d)[-./](\d{1,2})[-./](\d{1,2})")
_PARTS = re.compile(r"[、，,；;/\s]+|(?<=[局委办镇乡])和")


def parts_of(words: str) -> list[str]:
    """Return the values that a cell lists (“东街、西街” are two)."""
    return [part for part in _PARTS.split(words) if part]


def dated(words: str) -> str:
    """Return a cell with its dates in figures written out (“2025-06-30”: 2025年6月30日)."""
    return _FIGURES.sub(lambda m: f"{m[1]}年{int(m[2])}月{int(m[3])}日", words)


@dataclass(frozen=True, slots=True)
class Among:
    """A column holds one of some values, alone or beside others."""

    column: int
    values: frozenset[str]
    said: str

    def holds(self, line: Line) -> bool:
        """Tell whether a row fulfils it."""
        words = line.words.get(self.column, "")
        return words in self.values or bool(self.values & set(parts_of(words)))

    def reading(self, grid: Grid) -> str:
        """Return the condition in words."""
        values = "或".join(sorted(self.values))
        said = values if len(values) <= SHOWN else self.said
        return f"{grid.column(self.column).name}={said}"


@dataclass(frozen=True, slots=True)
class Bound:
    """A number of a column lies between two; ``open_low`` and ``open_high`` leave out the bound."""

    column: int
    low: float | None
    high: float | None
    said: str
    open_low: bool = False
    open_high: bool = False

    def holds(self, line: Line) -> bool:
        """Tell whether a row fulfils it; a row without the number does not."""
        value = line.values.get(self.column)
        if value is None:
            return False
        above = self.low is None or value > self.low or (value == self.low and not self.open_low)
        below = (
            self.high is None or value < self.high or (value == self.high and not self.open_high)
        )
        return above and below

    def reading(self, grid: Grid) -> str:
        """Return the condition in words."""
        return f"{grid.column(self.column).name}={self.said}"


@dataclass(frozen=True, slots=True)
class Paid:
    """All of what one column plans is done in another."""

    planned: int
    done: int
    said: str

    def holds(self, line: Line) -> bool:
        """Tell whether a row fulfils it."""
        planned, done = line.values.get(self.planned), line.values.get(self.done)
        return planned is not None and done is not None and done >= planned > 0

    def reading(self, grid: Grid) -> str:
        """Return the condition in words."""
        return f"{grid.column(self.done).name}={grid.column(self.planned).name}"


@dataclass(frozen=True, slots=True)
class By:
    """A column's date is within a bound; ``year`` is that of a date without one."""

    column: int
    due: Due
    year: int | None

    def holds(self, line: Line) -> bool:
        """Tell whether a row fulfils it."""
        return self.due.holds(dated(line.words.get(self.column, "")), self.year)

    def reading(self, grid: Grid) -> str:
        """Return the condition in words."""
        return f"{grid.column(self.column).name}={self.due.words}"


@dataclass(frozen=True, slots=True)
class On:
    """A column's date is a day (or month) as the question writes it."""

    column: int
    month: int
    day: int | None
    said: str

    def holds(self, line: Line) -> bool:
        """Tell whether a row fulfils it."""
        match = re.search(
            r"(\d{1,2})月(?:(\d{1,2})[日号])?", dated(line.words.get(self.column, ""))
        )
        if match is None or int(match[1]) != self.month:
            return False
        return self.day is None or (bool(match[2]) and int(match[2]) == self.day)

    def reading(self, grid: Grid) -> str:
        """Return the condition in words."""
        return f"{grid.column(self.column).name}={self.said}"


@dataclass(frozen=True, slots=True)
class Named:
    """A row is one of those that the question calls by name or part of it."""

    rows: frozenset[int]
    said: str

    def holds(self, line: Line) -> bool:
        """Tell whether a row fulfils it."""
        return line.start in self.rows

    def reading(self, grid: Grid) -> str:
        """Return the condition in words."""
        if grid.told is not None and grid.told.valued:
            names = (n.words.get(grid.name, "") for n in grid.lines if n.start in self.rows)
            return "、".join(names)
        return f"{grid.column(grid.name).name}含{self.said}"


@dataclass(frozen=True, slots=True)
class Filled:
    """A column says something of a row, or (not ``filled``) nothing, or that there is nothing."""

    column: int
    filled: bool

    def holds(self, line: Line) -> bool:
        """Tell whether a row fulfils it."""
        return self.filled != is_empty(line.words.get(self.column, ""))

    def reading(self, grid: Grid) -> str:
        """Return the condition in words."""
        return f"{grid.column(self.column).name}{'已填' if self.filled else '为空或“无”'}"


@dataclass(frozen=True, slots=True)
class Says:
    """A column mentions some words."""

    column: int
    words: str

    def holds(self, line: Line) -> bool:
        """Tell whether a row fulfils it."""
        return self.words in fold(line.words.get(self.column, ""))

    def reading(self, grid: Grid) -> str:
        """Return the condition in words."""
        return f"{grid.column(self.column).name}含“{self.words}”"


@dataclass(frozen=True, slots=True)
class Apart:
    """All rows but those that fulfil another condition (“除某局外”)."""

    other: Among | Named

    def holds(self, line: Line) -> bool:
        """Tell whether a row fulfils it."""
        return not self.other.holds(line)

    def reading(self, grid: Grid) -> str:
        """Return the condition in words."""
        return f"除{self.other.reading(grid)}外"


@dataclass(frozen=True, slots=True)
class Part:
    """What is done is at least, or less than, a share of what is planned, in percent."""

    planned: int
    done: int
    low: float | None
    high: float | None
    said: str

    def holds(self, line: Line) -> bool:
        """Tell whether a row fulfils it; the bound itself is “以上” only."""
        planned, done = line.values.get(self.planned), line.values.get(self.done)
        if not planned or done is None:
            return False
        share = done / planned * 100
        return (self.low is None or share >= self.low) and (self.high is None or share < self.high)

    def reading(self, grid: Grid) -> str:
        """Return the condition in words."""
        return f"{grid.column(self.done).name}÷{grid.column(self.planned).name}={self.said}"


@dataclass(frozen=True, slots=True)
class Within:
    """A column's period lies within that of the question; ``rows`` are those where it does."""

    column: int
    rows: frozenset[int]
    said: str

    def holds(self, line: Line) -> bool:
        """Tell whether a row fulfils it; one whose cell says no period does not."""
        return line.start in self.rows

    def reading(self, grid: Grid) -> str:
        """Return the condition in words."""
        return f"{grid.column(self.column).name}={self.said}"


Condition = Among | Bound | Paid | By | On | Named | Filled | Says | Apart | Part | Within
