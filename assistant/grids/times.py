"""Tables whose columns are times: how a row's number changed from one to another of them.

“| 类别 | 9月底 | 10月底 |” above “| 滞后 | 12 | 9 |”: “10月底比9月底滞后的少了几个”.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from assistant.grids.reading import Column, Grid, Line
from assistant.grids.said import normal
from assistant.grids.telling import label, row_sources
from assistant.grids.worth import plain
from assistant.records import Value
from assistant.statements import Draft, Statement, escape
from prompts import render

MIN_NAME = 2  # characters of a row's name that a question says
_TIME = re.compile(
    r"(?:(?:20\d\d|[今去本上])年?)?(?:1?\d月(?:\d{1,2}[日号]|份|[底末初])?|第?[一二三四1-4]季度末?"
    r"|[上下]半年末?|年[底末初中])"
)
_SAME_TIME = re.compile(r"[份第末底]")


@dataclass(frozen=True, slots=True)
class _Found:
    """A row that a question names, and the columns of the earlier and the later time."""

    grid: Grid
    line: Line
    columns: tuple[Column, Column]
    named: int


def answer_between(text: str, grids: Iterable[Grid]) -> Draft | None:
    """Return how a row's count changed between two times, None where no one table tells it.

    ``text`` is the normalised question.
    """
    times = [match.group() for match in _TIME.finditer(text)]
    if len(set(map(_key, times))) != 2:
        return None
    found = [one for grid in grids if (one := _find(text, times, grid))]
    if not found:
        return None
    best = max(one.named for one in found)
    chosen = [one for one in found if one.named == best]
    return _tell(chosen[0]) if len(chosen) == 1 else None


def _key(time: str) -> str:
    return _SAME_TIME.sub("", time)


def _find(text: str, times: Sequence[str], grid: Grid) -> _Found | None:
    asked = {_key(time) for time in times}
    columns = [c for c in grid.columns if _of_time(c) in asked]
    if {_of_time(c) for c in columns} != asked or len(columns) != 2:
        return None
    rest = _TIME.sub(" ", text)
    names = [(normal(line.words.get(grid.name, "")), line) for line in grid.lines]
    said = [(len(n), line) for n, line in names if len(n) >= MIN_NAME and n in rest]
    longest = max((size for size, _ in said), default=0)
    lines = [line for size, line in said if size == longest]
    if len(lines) != 1 or any(column.number not in lines[0].values for column in columns):
        return None
    return _Found(grid, lines[0], (columns[0], columns[1]), longest)


def _of_time(column: Column) -> str | None:
    """Return the time that a column of counts is headed with, None for any other column."""
    head = re.sub(r"[（(].*$|个?数$", "", column.name.strip())
    counts = column.kind == "number" and not column.money and column.unit in ("", "个", "项", "家")
    return _key(head) if counts and _TIME.fullmatch(head) else None


def _tell(found: _Found) -> Draft:
    numbers = [column.number for column in found.columns]
    first, second = (Decimal(repr(found.line.values[number])) for number in numbers)
    gap = second - first
    formula = f"{plain(second)} − {plain(first)} = {plain(gap)}"
    text = render(
        "ledger_difference", "zh",
        reading=escape(found.line.words.get(found.grid.name, "")),
        early=found.columns[0].name, late=found.columns[1].name, first=plain(first),
        second=plain(second), more="多" if gap > 0 else "少" if gap < 0 else "相差",
        difference=plain(abs(gap)), formula=formula,
    )  # fmt: skip
    computed = frozenset({plain(abs(gap)), plain(gap), *re.findall(r"\d+", text)})
    sources = row_sources(found.grid, [found.line], numbers)
    draft = Draft([Statement(text, sources, computed=computed)], count=int(abs(gap)))
    draft.short, draft.value = f"{plain(abs(gap))}个", Value(float(gap), "个", formula)
    draft.interpretation = {
        "kind": "table", "filters": {"texts": [label(found.grid)]}, "wish": "change",
    }  # fmt: skip
    return draft
