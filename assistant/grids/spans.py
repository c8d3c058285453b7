"""Periods from the first month on (“1—9月”, “前三季度”, “上半年”): figures of one are not another's."""

from __future__ import annotations

import re

from assistant.grids.reading import Grid
from index.ledger.prose import chinese_count
from index.words import fold

Span = tuple[int, int]
_NUMERAL = r"(?:\d{1,2}|[一二两三四五六七八九十]{1,2})"
_SINCE = re.compile(
    rf"1月?份?(?:—|–|-|~|至|到)(?P<month>\d{{1,2}})月份?|前(?P<months>{_NUMERAL})个?月|前(?P<quarters>[二两三23])个?季度|(?P<half>上半年)"
)


def months_since(text: str) -> list[tuple[int, Span]]:
    """Return the last month of each period of a folded text that begins with the year."""
    found: list[tuple[int, Span]] = []
    for match in _SINCE.finditer(text):
        if match["half"]:
            month = 6
        elif match["quarters"]:
            month = 3 * chinese_count(match["quarters"])
        else:
            month = chinese_count(match["month"] or match["months"])
        if 1 < month <= 12:
            found.append((month, match.span()))
    return found


def same_months(text: str, grid: Grid) -> bool:
    """Tell whether a table's figures may be those of the months that a question sums up.

    A table that says no such period may be of any.
    """
    asked = {month for month, _ in months_since(text)}
    heads = " ".join(fold(column.path) for column in grid.columns)
    own = {month for month, _ in months_since(f"{grid.near} {heads}")}
    own = own or {month for month, _ in months_since(grid.title)}
    return not asked or not own or bool(asked & own)
