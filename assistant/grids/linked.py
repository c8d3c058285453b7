"""What was understood of a question about one table."""

from __future__ import annotations

from dataclasses import dataclass, field

from assistant.grids.asking import Wish
from assistant.grids.conditions import Condition
from assistant.grids.reading import Grid


@dataclass(slots=True)
class Linked:
    """What was understood. ``asked`` are columns to show, ``measure`` a column of numbers.

    ``less`` is (planned, done) where their difference is meant, ``share`` where their
    quotient is. ``by`` is the column whose values are groups that are asked about.
    ``whole`` tells that the share is meant that the rows' measure is of all rows' together.
    ``counted`` tells that the rows are to be counted besides, ``labelled`` that a list's
    label is asked for, ``of_classes`` that the rows sum up those of other tables.
    ``stated`` is the number of rows that the question itself says.
    ``titles`` are the words that the titles of the table explain, ``titled`` their characters.
    """

    grid: Grid
    wish: Wish = "list"
    conditions: list[Condition] = field(default_factory=list)
    asked: list[int] = field(default_factory=list)
    measure: int | None = None
    less: tuple[int, int] | None = None
    share: tuple[int, int] | None = None
    by: int | None = None
    ascending: bool = False
    top: int = 1
    score: float = 0.0
    titled: int = 0
    titles: list[str] = field(default_factory=list)
    sides: list[Condition] = field(default_factory=list)
    stated: int | None = None
    whole: bool = False
    counted: bool = False
    labelled: bool = False
    of_classes: bool = False

    def number(self) -> int:
        """Return how many rows fulfil the conditions."""
        return sum(all(c.holds(line) for c in self.conditions) for line in self.grid.lines)
