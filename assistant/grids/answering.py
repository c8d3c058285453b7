"""Answers from one table: rows, their number, sums, ranks, differences, comparisons."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from assistant.grids.conditions import Among, parts_of
from assistant.grids.finding import is_named, is_whole, linked_table
from assistant.grids.linking import Linked
from assistant.grids.reading import Column, Grid, Line
from assistant.grids.telling import (
    add_rows,
    amount,
    head,
    label,
    names_of,
    row_sources,
    stated_sum,
    title_source,
)
from assistant.ledger.checking import asks_check
from assistant.ledger.deadlines import date_of
from assistant.question import Question
from assistant.records import Value
from assistant.statements import Draft, Source, Statement, escape
from index.ledger.records import FIELDS
from index.library import Library
from prompts import render

FEW = 3  # rows whose cells are told in sentences; more of them are a list
MAX_OPERANDS = 16  # written out in a formula
Worth = tuple[Decimal, str]


def answer_from_tables(question: Question, library: Library, *, sure: bool) -> Draft | None:
    """Return the answer that one table gives, None where no table alone explains the question.

    ``sure`` asks for tables only that the question names, or whose own columns it speaks of:
    their rows are meant, whatever the ledger knows of others.
    """
    if question.kind == "documents" or asks_check(question.text):
        return None
    linked = linked_table(question, library)
    if linked is None or _corrected(linked.grid, library):
        return None
    if (sure or linked.wish in ("list", "count")) and not _is_sure(linked, question, library):
        return None
    lines = [line for line in linked.grid.lines if all(c.holds(line) for c in linked.conditions)]
    draft = _ANSWERS[linked.wish](linked, lines)
    if draft is not None:
        reading = head(linked)
        draft.interpretation = {
            "kind": "table", "filters": {"table": linked.grid.title.split(" ")[0]},
            "wish": linked.wish, **({"reading": reading} if reading else {}),
        }  # fmt: skip
    return draft


def _is_sure(linked: Linked, question: Question, library: Library) -> bool:
    """Tell whether the question names the table, or speaks of columns that only it has."""
    if linked.less or any(c.key not in FIELDS for c in _spoken_of(linked)):
        return True
    if not is_named(linked, question, library):
        return False
    near = any(words in linked.grid.near for words in linked.titles)
    return is_whole(linked.grid, library) or (near and not linked.conditions)


def _spoken_of(linked: Linked) -> list[Column]:
    """Return the columns that are filtered by or measured, but for the rows' names."""
    used = {getattr(c, "column", linked.grid.name) for c in linked.conditions}
    used |= {n for n in (linked.measure, *(linked.share or ())) if n is not None}
    return [linked.grid.column(n) for n in used - {linked.grid.name}]


def _corrected(grid: Grid, library: Library) -> bool:
    """Tell whether staff corrected a row: the ledger then says what counts."""
    ledger = library.ledger
    return bool(ledger.corrections) and any(
        row.corrections and row.file.id == grid.file_id
        and grid.start <= row.record.start < grid.end
        for row in ledger.rows
    )  # fmt: skip


def _listing(linked: Linked, lines: Sequence[Line]) -> Draft | None:
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
        {str(len(lines)), str(len(grid.lines)), "0", *_digits(reading), *_digits(label(grid))}
    )
    draft.statements.append(Statement(text, (title_source(grid),), computed=digits))
    draft.short = f"{len(lines)}个" if linked.wish == "count" else None
    if lines:
        add_rows(draft, linked, lines)
    return draft


def _value(linked: Linked, lines: Sequence[Line]) -> Draft | None:
    """Return the cells asked for of the rows that the question names."""
    if not lines or len(lines) > FEW:
        return _listing(linked, lines) if lines else None
    if linked.less or linked.share:
        return _total(linked, lines)
    grid = linked.grid
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
            f"{escape(c.name)}：**{escape(w)}**{'' if w.endswith(c.unit) else c.unit}"
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


def _worth(linked: Linked, line: Line) -> Worth | None:
    """Return what a row is worth in the measure, and how that is worked out if it is."""

    def number(column: int) -> Decimal | None:
        value = line.values.get(column)
        return None if value is None else Decimal(repr(value))

    if linked.less:
        whole, part = number(linked.less[0]), number(linked.less[1])
        if whole is None or part is None:
            return None
        return whole - part, f"{_plain(whole)} − {_plain(part)}"
    if linked.share:
        whole, part = number(linked.share[0]), number(linked.share[1])
        if not whole or part is None:
            return None
        return part / whole * 100, f"{_plain(part)} ÷ {_plain(whole)}"
    if linked.measure is None:
        return None
    value = number(linked.measure)
    if value is not None:
        return value, ""
    if linked.grid.column(linked.measure).kind == "date":
        year = int(linked.grid.date[:4]) if linked.grid.date else 0
        dated = date_of(line.words.get(linked.measure, ""), year)
        return (Decimal(dated[0] * 10_000 + dated[1] * 100 + dated[2]), "") if dated else None
    return None


def _plain(value: Decimal) -> str:
    return f"{value.quantize(Decimal('0.0001')).normalize():f}"


def _unit(linked: Linked) -> str:
    if linked.share:
        return "%"
    measure = linked.less[0] if linked.less else linked.measure
    return "" if measure is None else linked.grid.column(measure).unit


def _what(linked: Linked) -> str:
    """Return what is measured, in the headings' words."""
    grid = linked.grid
    if linked.less:
        return f"{grid.column(linked.less[0]).name}减去{grid.column(linked.less[1]).name}"
    if linked.share:
        return f"{grid.column(linked.share[1]).name}占{grid.column(linked.share[0]).name}"
    return "" if linked.measure is None else grid.column(linked.measure).name


def _columns(linked: Linked) -> list[int]:
    return [
        *(linked.less or ()),
        *(linked.share or ()),
        *([linked.measure] if linked.measure is not None else []),
    ]


def _total(linked: Linked, lines: Sequence[Line], *, mean: bool = False) -> Draft | None:
    """Return the sum (or mean) of a measure over the rows, worked out, beside the table's own."""
    grid = linked.grid
    if linked.measure is not None and grid.column(linked.measure).kind != "number":
        return _value(linked, lines) if len(lines) == 1 else None
    held = [(line, worth) for line in lines if (worth := _worth(linked, line)) is not None]
    if not held:
        return _listing(linked, lines) if not lines else None
    if linked.measure is not None and grid.column(linked.measure).unit == "%" and len(held) > 1:
        return None  # shares do not add up
    unit = _unit(linked)
    if linked.share:
        return _quotient(linked, [line for line, _ in held])
    total = sum((worth[0] for _, worth in held), Decimal(0))
    figures = [worth[1] or _plain(worth[0]) for _, worth in held]
    shown = figures if len(figures) <= MAX_OPERANDS else [*figures[:3], "……", figures[-1]]
    if len(shown) > 1:
        shown = [f"({f})" if " − " in f else f for f in shown]
    if mean:
        total = total / len(held)
        expression = f"({' + '.join(shown)}) ÷ {len(held)}"
    else:
        expression = " + ".join(shown)
    said = f"{_plain(total)}{unit}"
    draft = Draft(count=len(lines))
    sources = row_sources(grid, [line for line, _ in held], _columns(linked))
    reading = head(linked) or label(grid)
    if len(held) == 1:
        reading = names_of(grid, lines)[0]
    text = render(
        "table_mean" if mean else "table_sum" if len(held) > 1 or linked.less else "table_one", "zh",
        what=escape(_what(linked)), reading=escape(reading), total=escape(said),
        **({"formula": escape(expression)} if len(held) > 1 or linked.less or mean else {}),
    )  # fmt: skip
    digits = frozenset({said, _plain(total), str(len(held)), *_digits(reading)})
    draft.statements.append(Statement(text, sources, computed=digits))
    stated = stated_sum(linked, [line for line, _ in held], total) if not mean else None
    if stated:
        draft.statements.append(stated)
    draft.short = said
    draft.value = Value(float(total), unit, expression)
    if len(lines) > len(held):
        draft.notes.append(
            render(
                "ledger_lacking",
                "zh",
                count=len(lines),
                lacking=len(lines) - len(held),
                field=_what(linked),
            )
        )
    if len(held) > 1:
        add_rows(draft, linked, [line for line, _ in held])
    return draft


def _quotient(linked: Linked, lines: Sequence[Line]) -> Draft:
    """Return what share of the planned the done is over some rows."""
    grid = linked.grid
    planned, done = linked.share or (0, 0)
    whole = sum((Decimal(repr(line.values[planned])) for line in lines), Decimal(0))
    part = sum((Decimal(repr(line.values[done])) for line in lines), Decimal(0))
    share = (part / whole * 100).quantize(Decimal("0.01")).normalize()
    said = f"{share:f}%"
    expression = f"{_plain(part)} ÷ {_plain(whole)}"
    text = render(
        "table_sum",
        "zh",
        what=escape(_what(linked)),
        reading=escape(head(linked)),
        total=said,
        formula=expression,
    )
    digits = frozenset({said, f"{share:f}", _plain(part), _plain(whole), *_digits(head(linked))})
    draft = Draft(
        [Statement(text, row_sources(grid, lines, [planned, done]), computed=digits)],
        count=len(lines),
    )
    draft.short, draft.value = said, Value(float(share), "%", expression)
    return draft


def _mean(linked: Linked, lines: Sequence[Line]) -> Draft | None:
    return _total(linked, lines, mean=True)


def _groups(linked: Linked, lines: Sequence[Line]) -> dict[str, list[Line]]:
    found: dict[str, list[Line]] = {}
    for line in lines:
        for words in parts_of(line.words.get(linked.by or 0, "")):
            found.setdefault(words, []).append(line)
    return found


def _rank_groups(linked: Linked, lines: Sequence[Line]) -> Draft | None:
    """Return the group with the most rows, or the largest sum of the measure."""
    measured = linked.measure is not None or linked.less
    worths: list[tuple[Decimal, str, list[Line]]] = []
    for name, own in _groups(linked, lines).items():
        held = [w[0] for line in own if (w := _worth(linked, line)) is not None]
        worths.append((sum(held, Decimal(0)) if measured else Decimal(len(own)), name, own))
    if len(worths) < 2:
        return None
    worths.sort(key=lambda w: w[0], reverse=not linked.ascending)
    edge = worths[min(linked.top, len(worths)) - 1][0]
    best = [w for n, w in enumerate(worths) if n < linked.top or w[0] == edge]
    unit = _unit(linked) if measured else "个"
    names = "、".join(name for _, name, _ in best)
    said = "、".join(dict.fromkeys(f"{_plain(worth)}{unit}" for worth, _, _ in best))
    column = linked.grid.column(linked.by or 0).name
    text = render(
        "ledger_rank", "zh", what=escape(f"{column}中{_what(linked) or '行数'}"),
        order="最少" if linked.ascending else "最多", names=escape(names), value=escape(said),
    )  # fmt: skip
    sources = row_sources(
        linked.grid, [line for _, _, own in best for line in own], _columns(linked)
    )
    computed = {f"{_plain(w)}{u}" for w, _, _ in worths for u in ("", unit)}
    draft = Draft([Statement(text, sources, computed=frozenset(computed))])
    draft.short = names if len(names) <= 60 else None
    for worth, name, own in worths:
        draft.statements.append(
            Statement(
                f"{escape(name)}：{_plain(worth)}{unit}", tuple(row_sources(linked.grid, own, _columns(linked))),
                bullet=True, computed=frozenset({f"{_plain(worth)}{unit}", _plain(worth)}),
            )
        )  # fmt: skip
    return draft


def _rank(linked: Linked, lines: Sequence[Line]) -> Draft | None:
    """Return the first rows of a ranking, ties included."""
    if linked.by is not None:
        return _rank_groups(linked, lines)
    held = [(worth, line) for line in lines if (worth := _worth(linked, line)) is not None]
    if len(held) < 2:
        return None
    held.sort(key=lambda pair: pair[0][0], reverse=not linked.ascending)
    edge = held[min(linked.top, len(held)) - 1][0][0]
    best = [pair for n, pair in enumerate(held) if n < linked.top or pair[0][0] == edge]
    grid, unit = linked.grid, _unit(linked)
    dated = linked.measure is not None and grid.column(linked.measure).kind == "date"
    values = [
        line.words.get(linked.measure or 0, "") if dated else f"{_plain(worth[0])}{unit}"
        + (f" = {worth[1]}" if worth[1] else "")
        for worth, line in best
    ]  # fmt: skip
    kind = "" if linked.measure is None else grid.column(linked.measure).kind
    order = ("最早", "最晚") if kind in ("date", "year") else ("最少", "最多")
    names = "、".join(names_of(grid, [line for _, line in best]))
    text = render(
        "ledger_rank", "zh", what=escape(_what(linked)), order=order[0 if linked.ascending else 1],
        names=escape(names), value=escape("、".join(values)),
    )  # fmt: skip
    computed = frozenset(
        {f"{_plain(w[0])}{unit}" for w, _ in best} | {_plain(w[0]) for w, _ in best}
    )
    draft = Draft(
        [Statement(text, row_sources(grid, [line for _, line in best], _columns(linked)), computed=computed)],
        count=len(best),
    )  # fmt: skip
    draft.short = names if len(names) <= 60 else None
    if len(best) == 1 and not dated:
        draft.value = Value(float(best[0][0][0]), unit, best[0][0][1] or None)
    add_rows(draft, linked, [line for _, line in best])
    return draft


def _compare(linked: Linked, lines: Sequence[Line]) -> Draft | None:
    """Return which of two sides is more, and by how much."""
    grid, unit = linked.grid, _unit(linked)
    sides: list[tuple[Decimal, str, str, list[Line]]] = []
    for side in linked.sides:
        own = [line for line in lines if side.holds(line)]
        held = [w for line in own if (w := _worth(linked, line)) is not None]
        if not held or (unit == "%" and len(held) > 1):
            return None
        name = next(iter(side.values)) if isinstance(side, Among) else names_of(grid, own)[0]
        figures = " + ".join(w[1] or _plain(w[0]) for w in held)
        sides.append((sum((w[0] for w in held), Decimal(0)), name, figures, own))
    if len(sides) != 2:
        return None
    sides.sort(key=lambda side: -side[0])
    (most, first, first_sum, first_own), (least, second, second_sum, second_own) = sides
    gap = most - least
    point = "个百分点" if unit == "%" else unit
    counts = f"{first} {_plain(most)}{unit}，{second} {_plain(least)}{unit}"
    computed = {_plain(v) + u for v in (most, least, gap) for u in ("", unit, point)}
    sources = row_sources(grid, [*first_own, *second_own], _columns(linked))
    if gap:
        expression = f"{_plain(most)} − {_plain(least)} = {_plain(gap)}{point}"
        text = render(
            "ledger_compare", "zh", most=escape(first), counts=escape(counts),
            difference=f"{_plain(gap)}{point}", formula=expression,
        )  # fmt: skip
    else:
        expression, text = "", render("ledger_equal", "zh", counts=escape(counts))
    draft = Draft(
        [Statement(f"{escape(_what(linked))}：{text}", sources, computed=frozenset(computed))]
    )
    draft.value = Value(float(gap), point, expression or None)
    draft.short = f"{first}，多{_plain(gap)}{point}" if gap else None
    for worth, name, figures, own in sides:
        if len(own) < 2:
            continue
        draft.statements.append(
            Statement(
                f"{escape(name)}：{_plain(worth)}{unit} = {escape(figures)}",
                row_sources(grid, own, _columns(linked)), bullet=True,
                computed=frozenset({_plain(worth), f"{_plain(worth)}{unit}"}),
            )
        )  # fmt: skip
        if stated := stated_sum(linked, own, worth):
            draft.statements.append(stated)
    return draft


def _digits(words: str) -> list[str]:
    import re

    return re.findall(r"\d+(?:\.\d+)?", words)


_ANSWERS = {
    "list": _listing, "count": _listing, "sum": _total, "average": _mean, "rank": _rank,
    "compare": _compare, "value": _value,
}  # fmt: skip
_ = (Column, Source)
