"""Write canonical text and its blocks side by side, so that offsets are right by construction."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from index.records import Block, BlockKind, Cell

_BREAKS = re.compile(r"[\t\n\r\x0b\x0c\x1c-\x1e\x85\u2028\u2029]+")


@dataclass(frozen=True, slots=True)
class TableCell:
    """The words of a cell and how many rows and columns it covers."""

    text: str
    row_span: int = 1
    column_span: int = 1
    ref: str | None = None


Grid = Sequence[Sequence[TableCell | None]]


class CanonicalWriter:
    """Collects lines and tables; ``text`` and ``blocks`` are what was written so far."""

    def __init__(self) -> None:
        self._parts: list[str] = []
        self._length = 0
        self._blocks: list[Block] = []

    @property
    def text(self) -> str:
        """The canonical text."""
        return "".join(self._parts)

    @property
    def blocks(self) -> tuple[Block, ...]:
        """The blocks, in order."""
        return tuple(self._blocks)

    def add(
        self,
        kind: BlockKind,
        text: str,
        *,
        level: int = 0,
        page: int | None = None,
        place: str | None = None,
    ) -> None:
        """Append a block on lines of its own; nothing is written for blank text."""
        if is_blank(text):
            return
        words = text.rstrip("\n")
        lead = len(words) - len(words.lstrip("\n"))
        words = words[lead:]
        start = self._length
        self._write(words + "\n")
        self._blocks.append(Block(kind, start, start + len(words), level, page, place))

    def add_table(self, grid: Grid, *, page: int | None = None, place: str | None = None) -> None:
        """Append a table, one line a row; ``None`` is a position that has no cell of its own."""
        if not any(cell and cell.text for row in grid for cell in row):
            return
        start = self._length
        cells: list[Cell] = []
        width = max(len(row) for row in grid)
        for r, row in enumerate(grid):
            at = self._length
            texts: list[str] = []
            for c, cell in enumerate(row):
                words = one_line(cell.text) if cell else ""
                if cell:
                    spans = (cell.row_span, cell.column_span)
                    cells.append(Cell(at, at + len(words), r, c, *spans, cell.ref))
                texts.append(words)
                at += len(words) + 1
            texts += [""] * (width - len(row))
            self._write("\t".join(texts) + "\n")
        end = self._length - 1
        self._blocks.append(Block("table", start, end, 0, page, place, tuple(cells)))

    def blank_line(self) -> None:
        """Append an empty line, so that what follows is not taken for the same paragraph."""
        if self._parts:
            self._write("\n")

    def _write(self, text: str) -> None:
        self._parts.append(text)
        self._length += len(text)


def one_line(text: str) -> str:
    """Return the words of a cell without line breaks and tabs, which become a space."""
    return _BREAKS.sub(" ", text).strip()


def place_cells(cells: Iterable[tuple[int, int, TableCell]]) -> list[list[TableCell | None]]:
    """Return the rectangle of rows that cells at ``(row, column)`` make; the rest is None."""
    placed = list(cells)
    rows = max((r + 1 for r, _, _ in placed), default=0)
    columns = max((c + cell.column_span for _, c, cell in placed), default=0)
    grid: list[list[TableCell | None]] = [[None] * columns for _ in range(rows)]
    for r, c, cell in placed:
        grid[r][c] = cell
    return grid


def is_blank(text: str) -> bool:
    """Tell whether no character of ``text`` can be seen."""
    return all(c.isspace() or unicodedata.category(c) in ("Cf", "Cc") for c in text)
