"""Rows that fulfil the conditions as a list, and single cells in sentences."""

from __future__ import annotations

from collections.abc import Sequence

from assistant.grids.conditions import Named
from assistant.grids.linked import Linked
from assistant.grids.reading import Line
from assistant.grids.telling import add_rows, head, heading_sources, label
from assistant.grids.totals import total
from assistant.grids.worth import digits_in
from assistant.records import Value
from assistant.statements import Draft, Source, Statement, escape
from index.ledger.amounts import number_of
from prompts import render

FEW = 3  # rows whose cells are told in sentences; more of them are a list


def list_rows(linked: Linked, lines: Sequence[Line]) -> Draft | None:
    """Return the rows with their number; nothing found is an answer, too."""
    grid = linked.grid
    draft = Draft(count=len(lines))
    reading = head(linked)
    frame = "table_head" if reading else "table_all"
    if not lines:
        frame = "table_none"
        if not reading:
            return None
    words = {"reading": escape(reading)} if reading else {}
    text = render(
        frame, "zh", title=escape(label(grid)), whole=len(grid.lines),
        **({} if frame == "table_none" else {"count": len(lines)}), **words,
    )  # fmt: skip
    digits = frozenset(
        {str(len(lines)), str(len(grid.lines)), "0", *digits_in(reading), *digits_in(label(grid))}
    )
    sources = heading_sources(grid)
    if grid.counted and frame == "table_all":
        sources += (Source(grid.file_id, grid.document, *grid.counted),)
    draft.statements.append(Statement(text, sources, computed=digits))
    draft.short = f"{len(lines)}个" if linked.wish == "count" else None
    if lines:
        add_rows(draft, linked, lines)
    return draft


def tell_cells(linked: Linked, lines: Sequence[Line]) -> Draft | None:
    """Return the cells asked for of the rows that the question names."""
    if not lines or len(lines) > FEW:
        return list_rows(linked, lines) if lines else None
    if linked.less or linked.share:
        return total(linked, lines)
    grid = linked.grid
    if set(linked.asked) == {grid.name} and any(isinstance(c, Named) for c in linked.conditions):
        return None  # a row's own name tells nothing of it
    draft = Draft()
    for line in lines:
        told = [
            (c, line.words[n])
            for n in dict.fromkeys(linked.asked)
            if n in line.words
            for c in (grid.column(n),)
        ]
        if not told:
            return None
        said = "；".join(
            f"{escape(c.name)}：**{escape(w)}**{'' if number_of(w) is None else c.unit}"
            for c, w in told
        )
        rest = _told_beside(linked, line)
        text = f"{escape(line.words.get(grid.name, ''))}——{said}{rest}"
        sources = tuple(grid.sources(line, [c.number for c, _ in told]))
        draft.statements.append(Statement(text, sources, bullet=len(lines) > 1))
        if len(lines) == 1 and len(told) == 1:
            column, words = told[0]
            draft.short = words[:60]
            if column.number in line.values and column.unit:
                draft.value = Value(line.values[column.number], column.unit)
    return draft


def _told_beside(linked: Linked, line: Line) -> str:
    """Return the state and the remark of a row whose progress is asked for, if not told yet."""
    grid = linked.grid
    if not any(grid.column(n).key == "status_text" for n in linked.asked):
        return ""
    extra = [
        c for c in grid.columns
        if c.number not in linked.asked and c.name in ("备注", "说明", "情况说明")
        and line.words.get(c.number)
    ]  # fmt: skip
    return "".join(f"；{escape(c.name)}：{escape(line.words[c.number])}" for c in extra)
