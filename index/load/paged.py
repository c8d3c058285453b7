"""Pages of lines to canonical text with blocks and boxes: the same for PDF, scans and OFD."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from index.load.canonical import CanonicalWriter, is_blank, one_line
from index.load.pdf_layout import (
    Line,
    Page,
    Part,
    heading_levels,
    margins_of,
    mark_furniture,
    parts_of,
)
from index.load.pdf_rows import rejoin_rows
from index.load.pdf_tables import PdfTable, Tail
from index.records import Block, BlockKind, Box, LoadedFile

_KINDS: dict[str, BlockKind] = {"heading": "heading", "furniture": "furniture"}


def write_pages(
    pages: list[Page], media_type: str, *, named: str = "", notes: Sequence[str] = ()
) -> LoadedFile:
    """Return the text of pages that have text; page headers, footers and numbers are furniture.

    Rows that a page break cut in two are joined. ``named`` is the title that the
    file's properties tell; it counts where it is also in the text, since properties
    are often those of an older file.
    """
    mark_furniture(pages)
    notes = [*notes, *rejoin_rows(pages)]
    levels, usual = heading_levels(pages), margins_of(pages)
    writer = _PageWriter()
    for page in pages:
        for part in parts_of(page, levels, usual):
            writer.add(part, page)
    text, blocks = writer.canonical.text, writer.canonical.blocks
    bare = "".join(text.split())
    title = one_line(named) if named and "".join(named.split()) in bare else None
    boxes = tuple(_boxes(blocks, writer.written))
    return LoadedFile(text, media_type, blocks, None, title, tuple(notes), boxes)


class _PageWriter:
    """Writes parts; ``written`` holds, for every block, its page and its lines or table."""

    def __init__(self) -> None:
        self.canonical = CanonicalWriter()
        self.written: list[tuple[Page, tuple[Line, ...]]] = []
        self._last_table: tuple[int, int] | None = None  # page and columns, if nothing followed

    def add(self, part: Part, page: Page) -> None:
        """Write one part of a page."""
        for line in part.lines:
            if line.table is not None and any(c and c.text for r in line.table.grid for c in r):
                place = self._continued(line.table, page.number)
                self.canonical.add_table(line.table.grid, page=page.number, place=place)
                self.written.append((page, (line,)))
        text = "\n".join(line.text for line in part.lines)
        if part.kind == "table" or is_blank(text):
            return
        kind = _KINDS.get(part.kind, "paragraph")
        self.canonical.add(kind, text, level=part.level, page=page.number)
        self.written.append((page, part.lines))
        if part.kind != "furniture":
            self._last_table = None

    def _continued(self, table: PdfTable, page: int) -> str | None:
        """Say of a table with nothing before it on its page that it goes on with the last one."""
        before, columns = self._last_table, len(table.grid[0])
        self._last_table = (page, columns)
        if before is not None and before[0] == page - 1 and before[1] == columns:
            return f"续第 {page - 1} 页的表"
        return None


def _boxes(
    blocks: Sequence[Block], written: Sequence[tuple[Page, tuple[Line, ...]]]
) -> Iterator[Box]:
    """Yield where each line and each table cell stands, in order of the text."""
    for block, (page, lines) in zip(blocks, written, strict=True):
        table = lines[0].table
        if table is not None:
            yield from _cell_boxes(block, page, table)
            continue
        start = block.start
        for line in lines:
            end = start + len(line.text)
            if not is_blank(line.text):
                area = page.shown((line.x0, line.top, line.x1, line.bottom))
                yield Box(start, end, page.number, *area, line.confidence)
            start = end + 1


def _cell_boxes(block: Block, page: Page, table: PdfTable) -> Iterator[Box]:
    for cell in block.cells:
        words = table.words.get((cell.row, cell.column))
        if words is not None and cell.end > cell.start:
            area = page.shown(words.area)
            parts = [Tail(0, page.number, area, words.confidence)]
            parts += table.tails.get((cell.row, cell.column), [])
            ends = [*(cell.start + part.start for part in parts[1:]), cell.end]
            for part, end in zip(parts, ends, strict=True):
                yield Box(cell.start + part.start, end, part.page, *part.area, part.confidence)


def pages_named(pages: Sequence[int]) -> str:
    """Return page numbers as people write them: 第 3、5–7 页."""
    runs: list[list[int]] = []
    for page in pages:
        if runs and page == runs[-1][-1] + 1:
            runs[-1][-1:] = [runs[-1][-1], page] if len(runs[-1]) == 1 else [page]
        else:
            runs.append([page])
    shown = [str(run[0]) if len(run) == 1 else f"{run[0]}–{run[-1]}" for run in runs]
    more = f"等共 {len(pages)} " if len(shown) > 20 else " "
    return f"第 {'、'.join(shown[:20])}{more}页"
