"""The header of a table: which rows it is, and the line above it that gives the unit."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from index.records import Block, Cell

Span = tuple[int, int]
FULL = 0.6  # of the columns: a header names nearly all, a caption stands in a few
FILLED = 0.3  # of the columns: cells with words of their own, however wide
_CAPTION = re.compile(r"[:：]|(?:19|20)\d\d年|^(?:截[至止]|更新)|^(?:填|制|审)(?:报|表|核|单)")
_UNIT_LINE = re.compile(r"单位[:：]\s*[万亿千百]?元")


def tables_in(blocks: Sequence[Block], start: int, end: int) -> list[Block]:
    """Return the tables that touch ``[start, end)``."""
    return [b for b in blocks if b.kind == "table" and b.start < end and b.end > start]


def table_head(text: str, blocks: Sequence[Block], start: int) -> Span | None:
    """Return the span of the header above the table row that holds an offset, if there is one."""
    for block in tables_in(blocks, start, start + 1):
        rows = rows_of(block)
        shown = with_unit_line(text, rows, header_rows(text, rows))
        span = row_span([c for row in shown for c in rows[row]])
        return span if span and span[1] <= start else None
    return None


def rows_of(block: Block) -> dict[int, list[Cell]]:
    """Return the cells of a table by the number of their row."""
    rows: dict[int, list[Cell]] = {}
    for cell in block.cells:
        rows.setdefault(cell.row, []).append(cell)
    return rows


def header_rows(text: str, rows: Mapping[int, Sequence[Cell]]) -> list[int]:
    """Return the numbers of the header rows: the first, and those that it spans over.

    Lines above it that fill few of the columns (“制表单位：…　金额单位：万元”) are none.
    """
    if not rows:
        return []
    first = _first_full(text, rows)
    depth = max((cell.row_span for cell in rows[first]), default=1)
    split = any(cell.column_span > 1 for cell in rows[first])
    last = first + max(depth, 2 if split else 1)
    return [row for row in sorted(rows) if first <= row < last]


def _first_full(text: str, rows: Mapping[int, Sequence[Cell]]) -> int:
    """Return the first row that fills most of the columns; without any, the first.

    A line of “填报单位：…” and “更新至…” in wide cells is none.
    """
    columns = max((c.column + c.column_span for cells in rows.values() for c in cells), default=0)
    for number in sorted(rows):
        filled = [c for c in rows[number] if c.end > c.start]
        said = [c for c in filled if _CAPTION.search(text[c.start : c.end])]
        wide = sum(c.column_span for c in filled) >= FULL * columns
        if wide and len(filled) > max(1, FILLED * columns) and len(said) < len(filled) / 2:
            return number
    return min(rows)


def with_unit_line(
    text: str, rows: Mapping[int, Sequence[Cell]], headers: Sequence[int]
) -> list[int]:
    """Return the header rows, and the line above them that gives the unit of the amounts."""
    above = [
        row
        for row in rows
        if headers and row < headers[0]
        if any(_UNIT_LINE.search(text, c.start, c.end) for c in rows[row])
    ]
    return [*above[-1:], *headers]


def row_span(cells: Sequence[Cell]) -> Span | None:
    """Return where the first and the last filled of some cells begin and end; None without any."""
    full = [cell for cell in cells if cell.end > cell.start]
    if not full:
        return None
    return min(c.start for c in full), max(c.end for c in full)
