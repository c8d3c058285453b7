"""Tables as text: one line a row, cells separated by tabs, each cell's offsets kept."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from index.records import Block, BlockKind, Cell


@dataclass(frozen=True, slots=True)
class GridCell:
    """A cell before it has offsets; merged cells say how far they reach."""

    text: str
    row_span: int = 1
    column_span: int = 1
    ref: str | None = None


@dataclass(slots=True)
class TextBuilder:
    """Grows a canonical text and the blocks over it, in step."""

    parts: list[str] = field(default_factory=list)
    blocks: list[Block] = field(default_factory=list)
    length: int = 0

    def text(self) -> str:
        """Return the text so far."""
        return "".join(self.parts)

    def add(
        self,
        kind: BlockKind,
        text: str,
        *,
        level: int = 0,
        page: int | None = None,
        place: str | None = None,
    ) -> None:
        """Add one block of text on lines of its own; blank text is left out."""
        if not text.strip():
            return
        start = self._append(text)
        self.blocks.append(Block(kind, start, start + len(text), level, page, place))
        self._append("\n")

    def add_table(
        self,
        rows: Sequence[Mapping[int, GridCell]],
        *,
        page: int | None = None,
        place: str | None = None,
    ) -> None:
        """Add a table; each row maps columns to the cells that begin there."""
        width = max((c + cell.column_span for row in rows for c, cell in row.items()), default=0)
        begin = self.length
        cells: list[Cell] = []
        for number, row in enumerate(rows):
            for column in range(width):
                cell = row.get(column)
                if column:
                    self._append("\t")
                if cell is not None:
                    words = one_line(cell.text)
                    start = self._append(words)
                    cells.append(
                        Cell(
                            start, start + len(words), number, column,
                            cell.row_span, cell.column_span, cell.ref,
                        )
                    )  # fmt: skip
            self._append("\n")
        if any(cell.end > cell.start for cell in cells):
            self.blocks.append(Block("table", begin, self.length - 1, 0, page, place, tuple(cells)))

    def _append(self, text: str) -> int:
        start = self.length
        self.parts.append(text)
        self.length += len(text)
        return start


def one_line(text: str) -> str:
    """Return a cell's text on one line: breaks and tabs inside it become spaces."""
    return re.sub(r"[\s\u2028\u2029]+", " ", text).strip()
