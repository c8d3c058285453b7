"""Rows of a table that a page break cut in two: joined where that is certain, else told of.

Office programs cut a row where the page ends: “智慧停车” stands on one page and “场” on
the next, in a row whose number is empty. A row below a number that is merged over
several rows looks alike, so it must also be seen that the words were cut.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise

from index.load.canonical import TableCell
from index.load.pdf_layout import Page
from index.load.pdf_tables import PdfTable, Tail, joined

_NUMBER = re.compile(r"[（(]?\s*(?:\d{1,4}|[一二三四五六七八九十百]{1,4})\s*[)）]?\s*[.．、]?")
NEAR = 4.0  # points by which the columns of two pages may differ


def rejoin_rows(pages: Sequence[Page]) -> Iterator[str]:
    """Join the rows that page breaks cut; yield a note on each that may be cut and was left.

    Pages must have their headers and footers marked.
    """
    before, number = None, 0  # the table that may go on, and the last page that it is on
    for page, following in pairwise(pages):
        if before is None or number != page.number:
            before, number = _last_table(page), page.number
        after = _first_table(following)
        if before is None or after is None or following.number != number + 1:
            continue
        if _same_columns(before, after):
            yield from _rejoin(before, after, number, following)
        if not after.grid and after is _last_table(following):
            number = following.number  # a row that goes over a whole page


def _last_table(page: Page) -> PdfTable | None:
    lines = [line for line in page.lines if not line.is_furniture]
    return lines[-1].table if lines else None


def _first_table(page: Page) -> PdfTable | None:
    lines = [line for line in page.lines if not line.is_furniture]
    return lines[0].table if lines else None


def _same_columns(one: PdfTable, other: PdfTable) -> bool:
    return len(one.columns) == len(other.columns) > 1 and all(
        abs(a - b) < NEAR for a, b in zip(one.columns, other.columns, strict=True)
    )


def _rejoin(before: PdfTable, after: PdfTable, number: int, following: Page) -> Iterator[str]:
    at = _repeated_rows(before, after)
    if at >= len(after.grid):
        return
    row, last = after.grid[at], len(before.grid) - 1
    filled = [c for c, cell in enumerate(row) if cell and cell.text]
    first = before.grid[last][0]
    if not filled or filled[0] == 0 or first is None or not first.text:
        return
    if _is_cut(before, last, row, filled):
        for column in filled:
            _append(before, after, (last, column), (at, column), following)
        _drop_row(after, at)
        return
    words = "".join(cell.text for cell in row if cell)[:20]
    yield (
        f"第 {following.number} 页表格的“{words}”一行没有序号，可能是第 {number} 页最后一行"
        "的下半截，也可能是另一行；没有接上，请对照原件核对。"
    )


def _repeated_rows(before: PdfTable, after: PdfTable) -> int:
    """Return how many rows at the top of a page repeat the table's header."""
    count = 0
    for one, other in zip(before.grid, after.grid, strict=False):
        texts = [[cell.text if cell else "" for cell in row] for row in (one, other)]
        if texts[0] != texts[1]:
            break
        count += 1
    return count


def _is_cut(before: PdfTable, last: int, row: list[TableCell | None], filled: list[int]) -> bool:
    """Tell whether a row surely goes on with the last one of the page before it."""
    cells = before.grid[last]
    plain = all(
        cell is not None and (cell.row_span, cell.column_span) == (1, 1) for cell in (*cells, *row)
    )
    numbered = cells[0] is not None and _NUMBER.fullmatch(cells[0].text) is not None
    return plain and numbered and all(before.full.get((last, column)) for column in filled)


def _append(
    before: PdfTable, after: PdfTable, to: tuple[int, int], of: tuple[int, int], page: Page
) -> None:
    cell, more = before.grid[to[0]][to[1]], after.grid[of[0]][of[1]]
    if cell is None or more is None:
        return
    whole = joined(cell.text, more.text)
    before.grid[to[0]][to[1]] = replace(cell, text=whole)
    words = after.words.get(of)
    if words is not None:
        area = page.shown(words.area)
        tail = Tail(len(whole) - len(more.text), page.number, area, words.confidence)
        before.tails.setdefault(to, []).append(tail)
        before.full[to] = after.full[of]


def _drop_row(table: PdfTable, row: int) -> None:
    del table.grid[row]
    for places in (table.words, table.full):
        kept = {(r - (r > row), c): place for (r, c), place in places.items() if r != row}
        places.clear()
        places.update(kept)  # type: ignore[arg-type]
