"""Rows of a table as an answer shows them: headline, Markdown table, cells with their places."""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from assistant.grids.conditions import Among, Part
from assistant.grids.linked import Linked
from assistant.grids.naming import is_class, is_status
from assistant.grids.reading import Column, Grid, Line, unit_beside
from assistant.statements import Draft, Source, Statement, escape
from index.ledger.amounts import in_wan
from index.ledger.records import AMOUNTS, COLUMN, FIELDS
from index.ledger.status import status_of
from prompts import render


def head(linked: Linked) -> str:
    """Return the conditions in words, "" without any."""
    return "，".join(c.reading(linked.grid) for c in linked.conditions)


def label(grid: Grid) -> str:
    """Return what the table is called: its document's title."""
    return grid.title.split(" ")[0]


def heading_sources(grid: Grid) -> tuple[Source, ...]:
    """Return where the heading above the table and its header stand."""
    spans = [grid.heading] if grid.heading else []
    return tuple(Source(grid.file_id, grid.document, *span) for span in [*spans, grid.head])


def names_of(grid: Grid, lines: Sequence[Line]) -> list[str]:
    """Return what the rows are about."""
    return [line.words.get(grid.name, "") for line in lines]


def row_sources(grid: Grid, lines: Sequence[Line], columns: Sequence[int]) -> tuple[Source, ...]:
    """Return where rows stand, each once."""
    return tuple(dict.fromkeys(s for line in lines for s in grid.sources(line, columns)))


def stated_sum(linked: Linked, lines: Sequence[Line], total: Decimal) -> Statement | None:
    """Return what the table's own sum row says of just these rows, beside our sum."""
    grid = linked.grid
    if linked.measure is None:
        return None
    chosen = {line.start for line in lines}
    for line, summed in grid.sums:
        value = line.values.get(linked.measure)
        if value is None or {one.start for one in summed} != chosen:
            continue
        told = grid.told is not None and grid.told.valued
        name = next(w for _, w in sorted(line.words.items()))
        if told:
            name = line.words.get(grid.name, "")
        same = Decimal(repr(value)) == total
        if told and not same:
            return None  # parts beside others that are not told
        text = render(
            "table_value_whole" if told else "table_stated", "zh", row=escape(name),
            value=escape(line.words[linked.measure]),
            verdict="一致" if same else "与各行相加不一致",
        )  # fmt: skip
        return Statement(text, tuple(grid.sources(line)), bullet=True)
    return None


def shown_columns(linked: Linked) -> list[int]:
    """Return the columns of the rows: what they are about, what is asked and filtered by."""
    grid = linked.grid
    wanted = {grid.name, *linked.asked}
    wanted |= {c.column for c in linked.conditions if hasattr(c, "column")}
    wanted |= {c.column for c in linked.sides if isinstance(c, Among)}
    wanted |= {n for c in linked.conditions if isinstance(c, Part) for n in (c.planned, c.done)}
    wanted |= {*(linked.less or ()), *(linked.share or ())}
    if linked.measure is not None:
        wanted.add(linked.measure)
    wanted |= {beside for n in tuple(wanted) if (beside := unit_beside(grid, n)) is not None}
    wanted |= {c.number for c in grid.columns if c.key == "unit" and is_class(c, grid)}
    wanted |= {c.number for c in grid.columns if is_status(c) and is_class(c, grid)}
    return [
        grid.name,
        *(c.number for c in grid.columns if c.number in wanted and c.number != grid.name),
    ]


def add_rows(draft: Draft, linked: Linked, lines: Sequence[Line]) -> None:
    """Append rows to a draft, as lines of a Markdown table and as ``rows``."""
    grid = linked.grid
    columns = [grid.column(n) for n in shown_columns(linked)]
    keys = _keys(columns, grid)
    heads = [
        "序号",
        *(escape(c.name + (f"（{c.unit}）" if _bare(c, lines) else "")) for c in columns),
    ]
    draft.columns = tuple(keys)
    draft.statements.append(Statement("| " + " | ".join(heads) + " |"))
    draft.statements.append(Statement("|" + " --- |" * len(heads)))
    for count, line in enumerate(lines, 1):
        draft.rows.append(_row(line, columns, keys, grid))
        draft.statements.append(_line(count, line, columns, grid))


def _bare(column: Column, lines: Sequence[Line]) -> bool:
    said = [w for line in lines if (w := line.words.get(column.number))]
    return bool(column.unit) and not any(w.endswith(column.unit) for w in said)


def field_of(column: Column) -> str:
    """Return the contract's field that a column holds, else its own heading."""
    if column.key in FIELDS:
        return str(column.key)
    return COLUMN + re.sub(r"\s", "", column.path)


def _keys(columns: Sequence[Column], grid: Grid) -> list[str]:
    """Return the contract's field of each column, else its own heading, each once."""
    keys: list[str] = []
    for column in columns:
        key = "name" if column.number == grid.name else column.key
        if key not in FIELDS or key in keys or (key == "name" and column.number != grid.name):
            key = COLUMN + re.sub(r"\s", "", column.path)
        keys.append(key)
    return keys


def _row(
    line: Line, columns: Sequence[Column], keys: Sequence[str], grid: Grid
) -> tuple[dict[str, Any], dict[str, list[Source]]]:
    values: dict[str, Any] = dict.fromkeys(
        ["name", "unit", "stage", "progress", *FIELDS[2:4], "reason_kind", *FIELDS[4:]]
    )
    sources: dict[str, list[Source]] = {}
    for column, key in zip(columns, keys, strict=True):
        words = line.words.get(column.number)
        values[key] = words or None
        if not words:
            continue
        sources[key] = [cell_source(line, column.number, grid)]
        if key in AMOUNTS and column.number in line.values:
            values[f"{key}_value"] = in_wan(line.values[column.number], column.unit)
        if is_status(column):
            status = status_of(words)
            values["stage"] = values["stage"] or status.stage
            values["progress"] = values["progress"] or status.progress
    return values, sources


def cell_source(line: Line, column: int, grid: Grid) -> Source:
    """Return the row, or the cell where it is merged over rows and stands outside this one."""
    return grid.sources(line, [column])[-1]


def _line(count: int, line: Line, columns: Sequence[Column], grid: Grid) -> Statement:
    marked: set[Source] = set()
    texts = [str(count)]
    marks: list[tuple[int, tuple[Source, ...]]] = []
    for place, column in enumerate(columns, 1):
        words = line.words.get(column.number, "")
        texts.append(escape(re.sub(r"\s+", " ", words)))
        source = cell_source(line, column.number, grid)
        if words and source not in marked:
            marked.add(source)
            marks.append((place, (source,)))
    return Statement(
        "", cells=tuple(texts), cell_sources=tuple(marks), computed=frozenset({str(count)})
    )
