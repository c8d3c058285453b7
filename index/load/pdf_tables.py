"""Tables drawn with ruling lines: where they are, and the words in their cells."""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Any

from index.load.canonical import TableCell, place_cells
from index.load.pdf_page import Area, Glyph, RawPage, Rule, Run

SNAP = 3.0  # points between lines that count as one, pdfplumber's default
MIN_EDGE = 3.0  # points; shorter strokes are ticks and glyph parts
MAX_EDGES = 3_000  # on one page; pdfplumber compares each with each


@dataclass(frozen=True, slots=True)
class PdfTable:
    """A table on one page: its box and its rows."""

    top: float
    bottom: float
    x0: float
    x1: float
    grid: list[list[TableCell | None]]
    words: dict[tuple[int, int], Words]  # by row and column; empty cells have none
    columns: tuple[float, ...] = ()  # their left edges
    # By row and column: whether the last line of words has no room for another character.
    full: dict[tuple[int, int], bool] = field(default_factory=dict)
    tails: dict[tuple[int, int], list[Tail]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Words:
    """Where the words of a cell or line stand, and how surely they were recognised."""

    area: Area
    confidence: float | None


@dataclass(frozen=True, slots=True)
class Tail:
    """The words of a cell from character ``start`` on, which stand on another page.

    ``area`` is in fractions of that page.
    """

    start: int
    page: int
    area: Area
    confidence: float | None


def words_of(glyphs: Sequence[Glyph]) -> Words | None:
    """Return where the characters that can be seen stand, None if there are none."""
    seen = [glyph for glyph in glyphs if not glyph.text.isspace()]
    if not seen:
        return None
    known = [glyph.confidence for glyph in seen if glyph.confidence is not None]
    return Words(
        (
            min(g.x0 for g in seen), min(g.top for g in seen),
            max(g.x1 for g in seen), max(g.bottom for g in seen),
        ),
        sum(known) / len(known) if known else None,
    )  # fmt: skip


def take_tables(page: RawPage) -> tuple[list[PdfTable], list[Run]]:
    """Return the tables of a page, and the runs without the characters that stand in them."""
    found = [cells for cells in _cell_boxes(page.rules) if _is_table(cells)]
    if not found:
        return [], list(page.runs)
    inside: list[dict[Area, list[Glyph]]] = [{box: [] for box in boxes} for boxes in found]
    left: list[Run] = []
    for run in page.runs:
        kept = []
        for glyph in run.glyphs:
            if not _put(glyph, inside):
                kept.append(glyph)
        if any(not g.text.isspace() for g in kept):
            left.append(Run(tuple(kept), run.size, run.slanted))
    tables = [_table(cells) for cells in inside if any(cells.values())]
    return tables, left


def _cell_boxes(rules: Sequence[Rule]) -> list[list[Area]]:
    """Return the cells that ruling lines enclose, table by table."""
    if not 4 <= len(rules) <= MAX_EDGES:
        return []
    from pdfplumber.table import (
        cells_to_tables,
        edges_to_intersections,
        intersections_to_cells,
        merge_edges,
    )

    edges = merge_edges([_edge(rule) for rule in rules], SNAP, SNAP, SNAP, SNAP)
    edges = [e for e in edges if max(e["width"], e["height"]) >= MIN_EDGE]
    edges += list(_closing(edges))
    cells = intersections_to_cells(edges_to_intersections(edges, SNAP, SNAP))
    return [list(table) for table in cells_to_tables(cells)]


def _edge(rule: Rule) -> dict[str, object]:
    wide, high = rule.x1 - rule.x0, rule.bottom - rule.top
    return {
        "x0": rule.x0, "x1": rule.x1, "top": rule.top, "bottom": rule.bottom,
        "width": wide, "height": high, "orientation": "h" if wide >= high else "v",
        "object_type": "line",
    }  # fmt: skip


def _closing(edges: Sequence[dict[str, Any]]) -> Iterator[dict[str, object]]:
    """Yield the ruling lines that are missing where at least three others end side by side.

    Where a page break cuts a row, some programs draw neither its lower nor its upper end.
    """
    upright = [e for e in edges if e["orientation"] == "v"]
    level = [e for e in edges if e["orientation"] == "h"]
    for end in ("top", "bottom"):
        for y in _edges_of(e[end] for e in upright):
            ending = sorted(e["x0"] for e in upright if abs(e[end] - y) <= SNAP)
            left, right = ending[0], ending[-1]
            drawn = any(abs(e["top"] - y) <= SNAP and e["x0"] < right and e["x1"] > left
                        for e in level)  # fmt: skip
            if len(ending) >= 3 and not drawn:
                yield _edge(Rule(left, y, right, y))


def _is_table(cells: list[Area]) -> bool:
    """Tell whether cells stand side by side; boxes below each other frame text."""
    return len({round(box[0]) for box in cells}) > 1


def _put(glyph: Glyph, tables: list[dict[Area, list[Glyph]]]) -> bool:
    x, y = (glyph.x0 + glyph.x1) / 2, (glyph.top + glyph.bottom) / 2
    for cells in tables:
        for box, glyphs in cells.items():
            if box[0] <= x <= box[2] and box[1] <= y <= box[3]:
                glyphs.append(glyph)
                return True
    return False


def _table(cells: dict[Area, list[Glyph]]) -> PdfTable:
    lefts, tops = _edges_of(b[0] for b in cells), _edges_of(b[1] for b in cells)
    placed = []
    words: dict[tuple[int, int], Words] = {}
    full: dict[tuple[int, int], bool] = {}
    for box, glyphs in cells.items():
        row, column = _at(tops, box[1]), _at(lefts, box[0])
        # The next edge that the cell does not reach tells how many it covers.
        rows = max(1, _at(tops, box[3] - SNAP) - row + 1)
        columns = max(1, _at(lefts, box[2] - SNAP) - column + 1)
        placed.append((row, column, TableCell(cell_words(glyphs), rows, columns)))
        if found := words_of(glyphs):
            words[row, column] = found
            full[row, column] = _is_full(box, glyphs)
    grid = place_cells(placed)
    return PdfTable(
        min(b[1] for b in cells), max(b[3] for b in cells),
        min(b[0] for b in cells), max(b[2] for b in cells), grid, words, tuple(lefts), full,
    )  # fmt: skip


def _edges_of(values: Iterator[float]) -> list[float]:
    edges: list[float] = []
    for value in sorted(values):
        if not edges or value - edges[-1] > SNAP:
            edges.append(value)
    return edges


def _at(edges: list[float], value: float) -> int:
    return max(0, bisect_right(edges, value + SNAP / 2) - 1)


def cell_words(glyphs: Sequence[Glyph]) -> str:
    """Return the words of a cell on one line; lines that the cell's width broke are joined."""
    lines = _cell_lines(glyphs)
    if not lines:
        return ""
    reach = max(line[-1].x1 for line in lines)
    size = max(g.bottom - g.top for line in lines for g in line)
    words = _text(lines[0])
    for before, line in pairwise(lines):
        following = _text(line)
        full = before[-1].x1 >= reach - 1.2 * size
        words += ("" if full and _joins(words, following) else " ") + following
    return words


def joined(words: str, following: str) -> str:
    """Return the words of a cell with those of a line that its width broke off."""
    return words + ("" if _joins(words, following) else " ") + following


def _is_full(box: Area, glyphs: Sequence[Glyph]) -> bool:
    """Tell whether the last line of a cell ends where the next character would not fit."""
    lines = _cell_lines(glyphs)
    size = max(g.bottom - g.top for g in lines[-1])
    padding = max(min(line[0].x0 for line in lines) - box[0], 0.0)
    width = max(g.x1 - g.x0 for g in lines[-1])
    return box[2] - lines[-1][-1].x1 < padding + max(min(size, width), 0.5 * size) + 1


def _cell_lines(glyphs: Sequence[Glyph]) -> list[list[Glyph]]:
    seen = [glyph for glyph in glyphs if not glyph.text.isspace()]
    # The tallest glyph tells the line height: the box of “一” is but a stroke.
    height = max((glyph.bottom - glyph.top for glyph in seen), default=0.0)
    lines: list[list[Glyph]] = []
    middles: list[float] = []
    for glyph in sorted(seen, key=lambda g: (g.top + g.bottom) / 2):
        middle = (glyph.top + glyph.bottom) / 2
        if lines and middle - middles[-1] <= 0.6 * height:
            lines[-1].append(glyph)
        else:
            lines.append([glyph])
            middles.append(middle)
    return [sorted(line, key=lambda g: g.x0) for line in lines]


def _text(line: Sequence[Glyph]) -> str:
    """Return a line's words; a gap of a third of a character is a space."""
    words = line[0].text
    for before, glyph in pairwise(line):
        gap = glyph.x0 - before.x1 > 0.3 * (glyph.bottom - glyph.top)
        words += (" " if gap else "") + glyph.text
    return words


def _joins(left: str, right: str) -> bool:
    """Tell whether a word goes on across a line break: Chinese does, and long numbers."""
    if _is_wide(left[-1]) or _is_wide(right[0]):
        return True
    return bool(re.fullmatch(r"[\d.,%]+", left) and re.fullmatch(r"[\d.,%]+", right))


def _is_wide(character: str) -> bool:
    return unicodedata.east_asian_width(character) in "WF"
