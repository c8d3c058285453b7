"""Find the titles, tables and remarks on a sheet: it is one grid, people see several parts."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from index.load.canonical import TableCell
from index.load.excel_sheets import Area

# “单位：万元”, “填表人：…”: a name, a colon and a short value, outside the table proper.
_LABELLED = re.compile(r"[^：:\d]{1,12}[：:][^：:]{0,40}")
_REMARK = re.compile(
    r"[（(【\[]?\s*(?:注|说明|备注|附注|资料来源|数据来源)\s*\d*\s*[：:、.．)）\]】]"
)


@dataclass(frozen=True, slots=True)
class Shown:
    """A cell's words, and whether its value is a number or a date."""

    text: str
    is_quantity: bool = False


@dataclass(frozen=True, slots=True)
class SheetRow:
    """The cells of a row that are not empty, by column; both count from 1."""

    number: int
    cells: dict[int, Shown]


@dataclass(frozen=True, slots=True)
class Line:
    """A cell that stands by itself: a title, a unit line, a remark."""

    row: int
    column: int
    text: str


@dataclass(frozen=True, slots=True)
class SheetTable:
    """Rows that belong together under one header."""

    rows: tuple[SheetRow, ...]


def sheet_parts(rows: Sequence[SheetRow], merged: Sequence[Area]) -> Iterator[Line | SheetTable]:
    """Yield what a sheet holds, from top to bottom. Every cell is in just one part."""
    table: list[SheetRow] = []
    for group in _groups(rows, merged):
        before, body, after = _taken_apart(group, merged)
        if table and (before or not _continues(table, body)):
            yield SheetTable(tuple(table))
            table = []
        yield from _lines(before)
        table += body
        if after and table:
            yield SheetTable(tuple(table))
            table = []
        yield from _lines(after)
    if table:
        yield SheetTable(tuple(table))


def _groups(rows: Sequence[SheetRow], merged: Sequence[Area]) -> Iterator[list[SheetRow]]:
    """Yield runs of rows without an empty row between them."""
    reach: dict[int, int] = {}
    for area in merged:
        reach[area.top] = max(area.bottom, reach.get(area.top, 0))
    group: list[SheetRow] = []
    bottom = 0
    for row in rows:
        if group and row.number > bottom + 1:
            yield group
            group = []
        group.append(row)
        bottom = max(bottom, row.number) if len(group) > 1 else row.number
        if len(row.cells) > 1:  # a merged title does not hold what is below it together
            bottom = max(bottom, reach.get(row.number, 0))
    if group:
        yield group


def _taken_apart(
    group: list[SheetRow], merged: Sequence[Area]
) -> tuple[list[SheetRow], list[SheetRow], list[SheetRow]]:
    """Return the rows above the table, the table's and those below it."""
    width = max(len(row.cells) for row in group)
    first = 0
    while first < len(group) and _is_loose(group[first], width):
        first += 1
    last = len(group)
    wide = {(a.top, a.left) for a in merged if a.right - a.left + 1 > width / 2}
    while last > first and _is_remark(group[last - 1], width, wide):
        last -= 1
    return group[:first], group[first:last], group[last:]


def _is_loose(row: SheetRow, width: int) -> bool:
    """Tell whether a row above the header is a title or says for what the table is."""
    if len(row.cells) == 1:
        return True
    labelled = all(_LABELLED.fullmatch(cell.text.strip()) for cell in row.cells.values())
    return labelled and len(row.cells) < max(3, width)


def _is_remark(row: SheetRow, width: int, wide: set[tuple[int, int]]) -> bool:
    if len(row.cells) == 1:
        ((column, cell),) = row.cells.items()
        return (row.number, column) in wide or bool(_REMARK.match(cell.text.strip()))
    return _is_loose(row, width)


def _continues(table: list[SheetRow], body: list[SheetRow]) -> bool:
    """Tell whether rows behind an empty row go on with the table: figures, no new header."""
    if not body:
        return True
    columns = {column for row in table for column in row.cells}
    first = body[0]
    quantities = any(cell.is_quantity for cell in first.cells.values())
    return quantities and set(first.cells) <= columns


def _lines(rows: Sequence[SheetRow]) -> Iterator[Line]:
    for row in rows:
        for column, cell in sorted(row.cells.items()):
            yield Line(row.number, column, cell.text)


def table_cells(
    table: SheetTable, merged: Sequence[Area], sheet: str
) -> list[list[TableCell | None]]:
    """Return the table's rows; columns that are empty throughout are left out."""
    from openpyxl.utils import get_column_letter

    columns = sorted({column for row in table.rows for column in row.cells})
    column_at = {column: place for place, column in enumerate(columns)}
    row_at = {row.number: place for place, row in enumerate(table.rows)}
    spans, covered = _spans(merged, row_at, column_at)
    grid: list[list[TableCell | None]] = []
    for row in table.rows:
        line: list[TableCell | None] = []
        for column in columns:
            here = (row.number, column)
            if here in covered:
                line.append(None)
                continue
            shown = row.cells.get(column)
            spot = f"{get_column_letter(column)}{row.number}"
            ref = f"{sheet}!{spot}" if sheet else spot
            line.append(TableCell(shown.text if shown else "", *spans.get(here, (1, 1)), ref))
        grid.append(line)
    return grid


def _spans(
    merged: Sequence[Area], row_at: dict[int, int], column_at: dict[int, int]
) -> tuple[dict[tuple[int, int], tuple[int, int]], set[tuple[int, int]]]:
    """Return how far each merged cell reaches in the table, and the places that it covers."""
    spans: dict[tuple[int, int], tuple[int, int]] = {}
    covered: set[tuple[int, int]] = set()
    numbers, letters = sorted(row_at), sorted(column_at)
    for area in merged:
        if area.top not in row_at or area.left not in column_at:
            continue
        rows = numbers[bisect_left(numbers, area.top) : bisect_right(numbers, area.bottom)]
        columns = letters[bisect_left(letters, area.left) : bisect_right(letters, area.right)]
        spans[area.top, area.left] = (len(rows), len(columns))
        covered |= {(r, c) for r in rows for c in columns} - {(area.top, area.left)}
    return spans, covered
