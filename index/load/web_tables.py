"""Tables of a web page: which ones hold data, and where each cell stands."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import TYPE_CHECKING

from index.load.canonical import TableCell, place_cells

if TYPE_CHECKING:
    from bs4 import Tag

MAX_SPAN = 1000  # the limit that browsers set for colspan
MAX_POSITIONS = 2_000_000  # of one table; spans are ignored in a larger one
LONG_CELL = 1000  # characters; such a cell holds an article, so the table is a page frame

_HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")


def is_layout(table: Tag) -> bool:
    """Tell whether a table only arranges the page: it holds tables, headings or long text."""
    if table.find(["table", "article", *_HEADINGS]):
        return True
    cells = [cell for row in _rows(table) for cell in row]
    return len(cells) < 2 or any(len(cell.get_text()) > LONG_CELL for cell in cells)


def table_grid(table: Tag, words: Callable[[Tag], str]) -> list[list[TableCell | None]]:
    """Return the rows of a data table, spans placed as a browser does."""
    rows = _rows(table)
    placed: list[tuple[int, int, TableCell]] = []
    taken: dict[int, int] = {}  # column -> first row below the cell that covers it
    spans = _spans_fit(rows)
    for r, row in enumerate(rows):
        column = 0
        for cell in row:
            while taken.get(column, 0) > r:
                column += 1
            width = _span(cell, "colspan") if spans else 1
            height = min(_span(cell, "rowspan") or len(rows), len(rows) - r) if spans else 1
            width = max(1, width)
            placed.append((r, column, TableCell(words(cell), height, width)))
            for covered in range(column, column + width):
                taken[covered] = r + height
            column += width
    return place_cells(placed)


def _spans_fit(rows: list[list[Tag]]) -> bool:
    widest = max((sum(_span(cell, "colspan") for cell in row) for row in rows), default=0)
    return widest * len(rows) <= MAX_POSITIONS


def _rows(table: Tag) -> list[list[Tag]]:
    """Return the cells of a table's own rows, in order; rows without cells are left out."""
    own = [row for row in table.find_all("tr") if row.find_parent("table") is table]
    found = [
        [cell for cell in row.find_all(["td", "th"]) if cell.find_parent("tr") is row]
        for row in own
    ]
    return [cells for cells in found if cells]


def _span(cell: Tag, name: str) -> int:
    """Return a span as written (0 means “to the end” for rows), 1 where it is not a number."""
    text = str(cell.get(name, "1")).strip()
    return min(int(text), MAX_SPAN) if re.fullmatch(r"\d{1,6}", text) else 1
