"""Ranks and comparisons of rows and of groups of rows."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from assistant.grids.conditions import Among, parts_of
from assistant.grids.linked import Linked
from assistant.grids.reading import Line
from assistant.grids.telling import add_rows, names_of, row_sources, stated_sum
from assistant.grids.worth import lacking, operands, plain, unit_of, what, worth_of
from assistant.records import Value
from assistant.statements import Draft, Statement, escape
from prompts import render


def _groups(linked: Linked, lines: Sequence[Line]) -> dict[str, list[Line]]:
    found: dict[str, list[Line]] = {}
    for line in lines:
        for words in parts_of(line.words.get(linked.by or 0, "")):
            found.setdefault(words, []).append(line)
    return found


def _rank_groups(linked: Linked, lines: Sequence[Line]) -> Draft | None:
    """Return the group with the most rows, or the largest sum (or share) of the measure.

    None where the rows' figures do not add up: years, dates, and percentages.
    """
    measured = bool(operands(linked))
    if linked.measure is not None and not (linked.less or linked.share):
        column = linked.grid.column(linked.measure)
        if column.kind != "number" or column.unit == "%":
            return None
    worths: list[tuple[Decimal, str, list[Line]]] = []
    for name, own in _groups(linked, lines).items():
        held = [line for line in own if not measured or worth_of(linked, line) is not None]
        if held:
            worths.append((_worth_of_group(linked, held), name, held))
    if len(worths) < 2:
        return None
    worths.sort(key=lambda w: w[0], reverse=not linked.ascending)
    edge = worths[min(linked.top, len(worths)) - 1][0]
    best = [w for n, w in enumerate(worths) if n < linked.top or w[0] == edge]
    unit = unit_of(linked) if measured else "个"
    names = "、".join(name for _, name, _ in best)
    said = "、".join(dict.fromkeys(f"{plain(worth)}{unit}" for worth, _, _ in best))
    by = linked.grid.column(linked.by or 0).name
    text = render(
        "ledger_rank", "zh", what=escape(f"{by}中{what(linked) or '行数'}"),
        order="最少" if linked.ascending else "最多", names=escape(names), value=escape(said),
    )  # fmt: skip
    sources = row_sources(
        linked.grid, [line for _, _, own in best for line in own], operands(linked)
    )
    computed = {f"{plain(w)}{u}" for w, _, _ in worths for u in ("", unit)}
    draft = Draft([Statement(text, sources, computed=frozenset(computed))])
    draft.short = names if len(names) <= 60 else None
    draft.notes += lacking(linked, lines) if measured else []
    for size, name, own in worths:
        draft.statements.append(
            Statement(
                f"{escape(name)}：{plain(size)}{unit}",
                row_sources(linked.grid, own, operands(linked)), bullet=True,
                computed=frozenset({f"{plain(size)}{unit}", plain(size)}),
            )
        )  # fmt: skip
    return draft


def _worth_of_group(linked: Linked, held: Sequence[Line]) -> Decimal:
    """Return the number of rows, the sum of the measure, or the share over all of them."""
    if linked.share:
        planned, done = (
            sum((Decimal(repr(line.values[column])) for line in held), Decimal(0))
            for column in linked.share
        )
        return done / planned * 100 if planned else Decimal(0)
    if not operands(linked):
        return Decimal(len(held))
    return sum((w[0] for line in held if (w := worth_of(linked, line))), Decimal(0))


def rank(linked: Linked, lines: Sequence[Line]) -> Draft | None:
    """Return the first rows of a ranking, ties included."""
    if linked.by is not None:
        return _rank_groups(linked, lines)
    held = [(worth, line) for line in lines if (worth := worth_of(linked, line)) is not None]
    if len(held) < 2:
        return None
    held.sort(key=lambda pair: pair[0][0], reverse=not linked.ascending)
    edge = held[min(linked.top, len(held)) - 1][0][0]
    best = [pair for n, pair in enumerate(held) if n < linked.top or pair[0][0] == edge]
    grid, unit = linked.grid, unit_of(linked)
    dated = linked.measure is not None and grid.column(linked.measure).kind == "date"
    values = [
        line.words.get(linked.measure or 0, "") if dated else f"{plain(worth[0])}{unit}"
        + (f" = {worth[1]}" if worth[1] else "")
        for worth, line in best
    ]  # fmt: skip
    kind = "" if linked.measure is None else grid.column(linked.measure).kind
    order = ("最早", "最晚") if kind in ("date", "year") else ("最少", "最多")
    names = "、".join(names_of(grid, [line for _, line in best]))
    text = render(
        "ledger_rank", "zh", what=escape(what(linked)), order=order[0 if linked.ascending else 1],
        names=escape(names), value=escape("、".join(values)),
    )  # fmt: skip
    computed = frozenset({f"{plain(w[0])}{unit}" for w, _ in best} | {plain(w[0]) for w, _ in best})
    sources = row_sources(grid, [line for _, line in best], operands(linked))
    draft = Draft([Statement(text, sources, computed=computed)], count=len(best))
    draft.short = names if len(names) <= 60 else None
    if len(best) == 1 and not dated:
        draft.value = Value(float(best[0][0][0]), unit, best[0][0][1] or None)
    draft.notes += lacking(linked, lines)
    add_rows(draft, linked, [line for _, line in best])
    return draft


def compare(linked: Linked, lines: Sequence[Line]) -> Draft | None:
    """Return which of two sides is more, and by how much."""
    grid, unit = linked.grid, unit_of(linked)
    sides: list[tuple[Decimal, str, str, list[Line]]] = []
    for side in linked.sides:
        own = [line for line in lines if side.holds(line)]
        held = [w for line in own if (w := worth_of(linked, line)) is not None]
        if not held or (unit == "%" and len(held) > 1):
            return None
        name = next(iter(side.values)) if isinstance(side, Among) else names_of(grid, own)[0]
        figures = " + ".join(w[1] or plain(w[0]) for w in held)
        sides.append((sum((w[0] for w in held), Decimal(0)), name, figures, own))
    if len(sides) != 2:
        return None
    sides.sort(key=lambda side: -side[0])
    (most, first, _, first_own), (least, second, _, second_own) = sides
    gap = most - least
    point = "个百分点" if unit == "%" else unit
    counts = f"{first} {plain(most)}{unit}，{second} {plain(least)}{unit}"
    computed = {plain(v) + u for v in (most, least, gap) for u in ("", unit, point)}
    sources = row_sources(grid, [*first_own, *second_own], operands(linked))
    if gap:
        expression = f"{plain(most)} − {plain(least)} = {plain(gap)}{point}"
        text = render(
            "ledger_compare", "zh", most=escape(first), counts=escape(counts),
            difference=f"{plain(gap)}{point}", formula=expression,
        )  # fmt: skip
    else:
        expression, text = "", render("ledger_equal", "zh", counts=escape(counts))
    draft = Draft(
        [Statement(f"{escape(what(linked))}：{text}", sources, computed=frozenset(computed))]
    )
    draft.notes += lacking(linked, [*first_own, *second_own])
    draft.value = Value(float(gap), point, expression or None)
    draft.short = f"{first}，多{plain(gap)}{point}" if gap else None
    for size, name, figures, own in sides:
        if len(own) < 2:
            continue
        draft.statements.append(
            Statement(
                f"{escape(name)}：{plain(size)}{unit} = {escape(figures)}",
                row_sources(grid, own, operands(linked)), bullet=True,
                computed=frozenset({plain(size), f"{plain(size)}{unit}"}),
            )
        )  # fmt: skip
        if stated := stated_sum(linked, own, size):
            draft.statements.append(stated)
    return draft
