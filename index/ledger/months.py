"""Months in the headings of columns: “8月底评定”, “9月底评定” tell the same of two times."""

from __future__ import annotations

import re
from collections.abc import Callable, Hashable, Iterable
from typing import TypeVar

T = TypeVar("T")

_MONTH = re.compile(r"(?<!\d)(1[0-2]|[1-9])月")
_WRITTEN = re.compile(r"\d{1,2}月")


def month_of(words: str) -> int:
    """Return the last month that a heading or a date names, 0 where it names none."""
    months = _MONTH.findall(words)
    return int(months[-1]) if months else 0


def without_month(words: str) -> str:
    """Return a heading without its months: what the same column of another time says, too."""
    return _WRITTEN.sub("", words)


def of_latest(
    things: Iterable[T],
    heading: Callable[[T], str],
    beside: Callable[[T], Hashable] = lambda _: None,
) -> list[T]:
    """Return the things of which none has the same heading of a later month.

    Only things with the same ``beside`` (cells of one row) are held against each other.
    """
    dated = [(thing, (beside(thing), without_month(heading(thing)))) for thing in things]
    last: dict[Hashable, int] = {}
    for thing, key in dated:
        last[key] = max(month_of(heading(thing)), last.get(key, 0))
    return [thing for thing, key in dated if month_of(heading(thing)) == last[key]]
