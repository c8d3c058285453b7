"""Tables pasted as text: a header line and rows whose cells are parted by blanks."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from index.ledger.builder import Builder, Line
from index.ledger.labels import label_key
from index.records import Block, Cell

MIN_COLUMNS = 3
LABELLED = 0.6  # share of the words of a header line that are known labels
_CELL = re.compile(r"[^ \t\u3000]+")


def pasted_tables(builder: Builder, lines: Sequence[Line]) -> Iterator[tuple[Block, range]]:
    """Yield the tables that stand as text among the lines, each with the lines it takes."""
    place = 0
    while place < len(lines):
        columns = _header(builder, lines[place])
        stop = place + 1
        while columns and stop < len(lines) and len(_cells(builder, lines[stop])) == columns:
            stop += 1
        if columns and stop > place + 1:
            yield _block(builder, lines[place:stop]), range(place, stop)
        place = stop


def _header(builder: Builder, line: Line) -> int:
    """Return how many columns a header line names, 0 if it is none."""
    words = [builder.view.text[a:b] for a, b in _cells(builder, line)]
    keys = [label_key(word) for word in words]
    known = sum(key is not None for key in keys)
    good = len(words) >= MIN_COLUMNS and "name" in keys and known >= LABELLED * len(words)
    return len(words) if good else 0


def _cells(builder: Builder, line: Line) -> list[tuple[int, int]]:
    return [match.span() for match in _CELL.finditer(builder.view.text, line.start, line.end)]


def _block(builder: Builder, lines: Sequence[Line]) -> Block:
    view = builder.view
    cells = tuple(
        Cell(*view.span(*span), row, column)
        for row, line in enumerate(lines)
        for column, span in enumerate(_cells(builder, line))
    )
    return Block("table", cells[0].start, cells[-1].end, cells=cells)
