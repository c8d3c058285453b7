"""Sums, means and shares over rows, worked out, beside what the table itself says."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from assistant.grids.linked import Linked
from assistant.grids.reading import Line, unit_beside
from assistant.grids.telling import (
    add_rows,
    head,
    heading_sources,
    label,
    names_of,
    row_sources,
    stated_sum,
)
from assistant.grids.valued import is_valued, whole_of
from assistant.grids.worth import digits_in, lacking, operands, plain, unit_of, what, worth_of
from assistant.ledger.money import rounded, said_larger
from assistant.records import Value
from assistant.statements import Draft, Statement, escape
from prompts import render

MAX_OPERANDS = 16  # written out in a formula


def total(linked: Linked, lines: Sequence[Line], *, averaged: bool = False) -> Draft | None:
    """Return the sum (or mean) of a measure over the rows, worked out, beside the table's own."""
    grid = linked.grid
    held = [(line, worth) for line in lines if (worth := worth_of(linked, line)) is not None]
    if not held:
        return None
    if linked.measure is not None and grid.column(linked.measure).unit == "%" and len(held) > 1:
        return None  # shares do not add up
    beside = None if linked.measure is None else unit_beside(grid, linked.measure)
    if beside is not None and len({line.words.get(beside) for line, _ in held}) > 1:
        return None  # acres and yuan do not add up
    unit = unit_of(linked) or (held[0][0].words.get(beside, "") if beside is not None else "")
    if linked.share:
        return _quotient(linked, lines, [line for line, _ in held])
    found = sum((worth[0] for _, worth in held), Decimal(0))
    figures = [worth[1] or plain(worth[0]) for _, worth in held]
    shown = figures if len(figures) <= MAX_OPERANDS else [*figures[:3], "……", figures[-1]]
    if len(shown) > 1:
        shown = [f"({f})" if " − " in f else f for f in shown]
    if averaged:
        found = found / len(held)
        expression = f"({' + '.join(shown)}) ÷ {len(held)}"
    else:
        expression = " + ".join(shown)
    said = f"{plain(found)}{unit}"
    draft = Draft(count=len(lines))
    rows = row_sources(grid, [line for line, _ in held], operands(linked))
    # Which column that is says the heading alone.
    sources = rows if is_valued(grid) else (*rows, *heading_sources(grid)[-1:])
    reading = head(linked) or label(grid)
    if len(lines) == 1:
        reading = names_of(grid, lines)[0]
    elif linked.counted:
        draft.statements += _counted(linked, lines)
    larger = said_larger(found, unit) if len(held) > 1 and not averaged else ""
    text = render(
        _frame(linked, len(held), averaged=averaged), "zh", what=escape(what(linked)),
        reading=escape(reading), total=escape(f"{said}（{larger}）" if larger else said),
        **({"formula": escape(expression)} if len(held) > 1 or linked.less or averaged else {}),
    )  # fmt: skip
    told = {said, plain(found), str(len(held)), *digits_in(reading), larger} - {""}
    draft.statements.append(Statement(text, sources, computed=frozenset(told)))
    stated = stated_sum(linked, [line for line, _ in held], found) if not averaged else None
    if stated:
        draft.statements.append(stated)
    draft.short = said
    draft.value = Value(float(found), unit, expression)
    draft.notes += lacking(linked, lines)
    if len(lines) > 1:
        add_rows(draft, linked, [line for line, _ in held])
    return draft


def _counted(linked: Linked, lines: Sequence[Line]) -> list[Statement]:
    """Return how many rows the sum is of, where the question asks that, too."""
    grid, reading = linked.grid, head(linked)
    if not reading:
        return []
    text = render(
        "table_head", "zh", title=escape(label(grid)), reading=escape(reading),
        count=len(lines), whole=len(grid.lines),
    )  # fmt: skip
    digits = {str(len(lines)), str(len(grid.lines)), *digits_in(reading), *digits_in(label(grid))}
    return [Statement(text, heading_sources(grid), computed=frozenset(digits))]


def _quotient(linked: Linked, chosen: Sequence[Line], lines: Sequence[Line]) -> Draft:
    """Return what share of the planned the done is over those chosen rows that have both."""
    grid = linked.grid
    planned, done = linked.share or (0, 0)
    whole = sum((Decimal(repr(line.values[planned])) for line in lines), Decimal(0))
    part = sum((Decimal(repr(line.values[done])) for line in lines), Decimal(0))
    share = rounded(part / whole * 100).normalize()
    said = f"{share:f}%"
    expression = f"{plain(part)} ÷ {plain(whole)}"
    reading = names_of(grid, chosen)[0] if len(chosen) == 1 else head(linked) or label(grid)
    text = render(
        "table_sum",
        "zh",
        what=escape(what(linked)),
        reading=escape(reading),
        total=said,
        formula=expression,
    )
    digits = frozenset({said, f"{share:f}", plain(part), plain(whole), *digits_in(reading)})
    draft = Draft(
        [Statement(text, row_sources(grid, lines, [planned, done]), computed=digits)],
        count=len(chosen),
        notes=lacking(linked, chosen),
    )
    draft.short, draft.value = said, Value(float(share), "%", expression)
    return draft


def portion(linked: Linked, lines: Sequence[Line]) -> Draft | None:
    """Return what share of all rows those are that fulfil the conditions, or their measure is."""
    if linked.whole and linked.measure is not None:
        if is_valued(linked.grid):
            return _portion_of_told(linked, lines, linked.measure)
        return _portion_of_measure(linked, lines, linked.measure)
    part, whole = len(lines), len(linked.grid.lines)
    share = rounded(Decimal(part) / whole * 100).normalize()
    expression = f"{part} ÷ {whole} = {share:f}%"
    text = render(
        "ledger_share", "zh", part=escape(head(linked)), part_count=part, whole="表中",
        whole_count=whole, share=f"{share:f}%", formula=expression,
    )  # fmt: skip
    digits = {str(part), str(whole), f"{share:f}", f"{share:f}%", *digits_in(head(linked))}
    draft = Draft(
        [Statement(text, heading_sources(linked.grid), computed=frozenset(digits))], count=part
    )
    draft.short, draft.value = f"{share:f}%", Value(float(share), "%", expression)
    add_rows(draft, linked, lines)
    return draft


def _portion_of_told(linked: Linked, lines: Sequence[Line], measure: int) -> Draft | None:
    """Return what share some parts are of the whole that the text tells, None without one."""
    grid = linked.grid
    column, whole = grid.column(measure), whole_of(grid, measure)
    held = [line for line in lines if measure in line.values]
    if whole is None or not held or len(held) < len(lines):
        return None
    part = sum((Decimal(repr(line.values[measure])) for line in held), Decimal(0))
    total = Decimal(repr(whole.values[measure]))
    share = rounded(part / total * 100).normalize()
    added = " + ".join(line.words[measure] for line in held) + f" = {plain(part)}{column.unit}；"
    expression = f"{added if len(held) > 1 else ''}{plain(part)} ÷ {plain(total)} = {share:f}%"
    named = whole.words.get(grid.name, "") or "总数"
    text = render(
        "table_value_share", "zh", reading=escape(head(linked)), what=escape(column.name),
        part=f"{plain(part)}{column.unit}", named=escape(named),
        total=escape(whole.words[measure]), share=f"{share:f}%", formula=escape(expression),
    )  # fmt: skip
    digits = {
        f"{share:f}", f"{share:f}%",
        *(f"{plain(value)}{unit}" for value in (part, total) for unit in ("", column.unit)),
    }  # fmt: skip
    sources = (*row_sources(grid, held, [measure]), *grid.sources(whole))
    draft = Draft([Statement(text, sources, computed=frozenset(digits))], count=len(lines))
    draft.short, draft.value = f"{share:f}%", Value(float(share), "%", expression)
    add_rows(draft, linked, lines)
    return draft


def _portion_of_measure(linked: Linked, lines: Sequence[Line], measure: int) -> Draft | None:
    """Return what share the measure of some rows is of that of all rows, beside the sum row's."""
    grid = linked.grid
    column = grid.column(measure)
    if column.kind != "number" or column.unit == "%":
        return None

    def summed(rows: Sequence[Line]) -> tuple[Decimal, list[Line]]:
        held = [row for row in rows if measure in row.values]
        return sum((Decimal(repr(row.values[measure])) for row in held), Decimal(0)), held

    (part, chosen), (whole, every) = summed(lines), summed(grid.lines)
    if not chosen or not whole:
        return None
    share = rounded(part / whole * 100).normalize()
    stated = stated_sum(linked, every, whole)
    expression = f"{plain(part)} ÷ {plain(whole)} = {share:f}%"
    text = render(
        "table_portion", "zh", reading=escape(head(linked)), what=escape(column.name),
        part=f"{plain(part)}{column.unit}", total=f"{plain(whole)}{column.unit}",
        count=len(every), share=f"{share:f}%", formula=expression,
    )  # fmt: skip
    digits = {
        f"{share:f}", f"{share:f}%", str(len(every)), *digits_in(head(linked)),
        *(f"{plain(value)}{unit}" for value in (part, whole) for unit in ("", column.unit)),
    }  # fmt: skip
    sources = row_sources(grid, every, [measure])
    draft = Draft([Statement(text, sources, computed=frozenset(digits))], count=len(lines))
    if stated:
        draft.statements.append(stated)
    draft.notes += lacking(linked, grid.lines)
    draft.short, draft.value = f"{share:f}%", Value(float(share), "%", expression)
    add_rows(draft, linked, lines)
    return draft


def mean(linked: Linked, lines: Sequence[Line]) -> Draft | None:
    """Return the mean of a measure over the rows."""
    return total(linked, lines, averaged=True)


def _frame(linked: Linked, count: int, *, averaged: bool) -> str:
    if averaged:
        return "table_mean"
    return "table_sum" if count > 1 or linked.less else "table_one"
