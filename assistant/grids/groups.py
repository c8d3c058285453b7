"""Rows that only name a group of the rows below them, as one more column of those rows."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from typing import TYPE_CHECKING

from index.ledger.amounts import number_of
from index.ledger.prose import chinese_count
from index.ledger.status import status_of

if TYPE_CHECKING:
    from assistant.grids.reading import Column, Grid, Line

GROUP = 10_000  # the number of the column of groups: beyond those of any table
NAME = "分组"
BLANK = 2  # cells that a numbered head of a group leaves blank at least
_NUMBER = re.compile(
    r"^\s*(?:[（(]?[一二三四五六七八九十]{1,3}[）)]?[、.．\s]\s*|[（(][一二三四五六七八九十\d]{1,3}[）)]\s*"
    r"|\d{1,2}[、.．]\s*)"
)
_HEAD_NUMBER = re.compile(r"[（(]?[一二三四五六七八九十]{1,3}[）)、.．]?")
_COUNT = re.compile(
    r"[（(【\s]*(?:共|计|合计)?(?P<n>\d+|[一二两三四五六七八九十]{1,3})\s*(?P<unit>[\u4e00-\u9fff]{1,3})[）)】]?\s*[：:]?$"
)


def group_name(heading: str) -> str:
    """Return what a group heading names: “未开工” of “三、未开工（5座）”."""
    bare = _NUMBER.sub("", heading, count=1)
    counted = re.search(r"[（(][^（）()]*[）)]\s*[：:]?$", bare)
    if counted and _COUNT.fullmatch(counted.group()):
        bare = bare[: counted.start()]
    return bare.strip("　 ：:") or heading


def stated_count(heading: str) -> tuple[int, str] | None:
    """Return how many rows a group heading says there are, and of what (“5”, “座”)."""
    counted = re.search(r"[（(](?P<inner>[^（）()]*)[）)]\s*[：:]?$", heading)
    match = _COUNT.fullmatch(counted.group()) if counted else None
    return (chinese_count(match["n"]), match["unit"]) if match else None


def summed_head(words: Mapping[int, str], columns: int, serials: frozenset[int]) -> int | None:
    """Return the column of the words of a row that heads a group and bears but its sums.

    “一 | 一老一小（5件） | 818” among rows numbered 1, 2, 3 is no row itself. Such a row is
    numbered as a heading is, or says how many rows it heads, and has blanks.
    """
    # A heading merged over the first columns stands in that of the row numbers.
    titled = {c for c in serials if _NUMBER.match(words.get(c, "")) and stated_count(words[c])}
    said = [c for c, w in words.items() if c in titled or not (c in serials or _is_number(w))]
    if len(said) != 1 or columns - len(words) < BLANK:
        return None
    numbers = [words[c] for c in serials - titled if c in words]
    heads = any(_HEAD_NUMBER.fullmatch(number) for number in numbers)
    counted = not numbers and len(words) <= columns / 2 and bool(stated_count(words[said[0]]))
    return said[0] if heads or counted else None


def _is_number(words: str) -> bool:
    return number_of(re.sub(r"[%％]$", "", words)) is not None


def with_groups(grid: Grid, column: type[Column]) -> Grid:
    """Return a table whose rows say their group; unchanged where it has no two groups."""
    names = list(dict.fromkeys(group_name(line.group) for line in grid.lines if line.group))
    if len(names) < 2:
        return grid
    states = sum(bool(status_of(name)) for name in names) > len(names) / 2
    has_state = any(c.key == "status_text" for c in grid.columns)
    groups = column(
        GROUP, NAME, NAME, "status_text" if states and not has_state else None, "", "words"
    )
    return replace(
        grid,
        columns=(*grid.columns, groups),
        lines=tuple(map(_grouped, grid.lines)),
        sums=tuple((total, tuple(map(_grouped, lines))) for total, lines in grid.sums),
    )


def _grouped(line: Line) -> Line:
    if not line.group or line.heading is None:
        return line
    return replace(
        line,
        words={**line.words, GROUP: group_name(line.group)},
        cells={**line.cells, GROUP: line.heading},
    )
