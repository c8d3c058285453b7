"""What a row is worth in the measure that a question asks for, and how that is worked out."""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal

from assistant.grids.conditions import dated
from assistant.grids.linked import Linked
from assistant.grids.reading import Line
from assistant.ledger.deadlines import date_of
from assistant.ledger.money import rounded
from prompts import render

Worth = tuple[Decimal, str]


def worth_of(linked: Linked, line: Line) -> Worth | None:
    """Return what a row is worth in the measure, and how that is worked out if it is."""

    def number(column: int) -> Decimal | None:
        value = line.values.get(column)
        return None if value is None else Decimal(repr(value))

    if linked.less:
        whole, part = number(linked.less[0]), number(linked.less[1])
        if whole is None or part is None:
            return None
        return whole - part, f"{plain(whole)} − {plain(part)}"
    if linked.share:
        whole, part = number(linked.share[0]), number(linked.share[1])
        if not whole or part is None:
            return None
        share = rounded(part / whole * 100)
        return share, f"{plain(part)} ÷ {plain(whole)}"
    if linked.measure is None:
        return None
    value = number(linked.measure)
    if value is not None:
        return value, ""
    if linked.grid.column(linked.measure).kind == "date":
        year = int(linked.grid.date[:4]) if linked.grid.date else 0
        found = date_of(dated(line.words.get(linked.measure, "")), year)
        return (Decimal(found[0] * 10_000 + found[1] * 100 + found[2]), "") if found else None
    return None


def plain(value: Decimal) -> str:
    """Return a number without trailing zeros."""
    written = f"{value:.4f}".rstrip("0").rstrip(".")
    return "0" if written == "-0" else written


def lacking(linked: Linked, lines: Sequence[Line]) -> list[str]:
    """Return the note of how many rows lack what is measured; none where all have it."""
    without = sum(worth_of(linked, line) is None for line in lines)
    if not without:
        return []
    return [render("ledger_lacking", "zh", count=len(lines), lacking=without, field=what(linked))]


def unit_of(linked: Linked) -> str:
    """Return the unit of what is measured, "" where none is known."""
    if linked.share:
        return "%"
    measure = linked.less[0] if linked.less else linked.measure
    return "" if measure is None else linked.grid.column(measure).unit


def what(linked: Linked) -> str:
    """Return what is measured, in the headings' words."""
    grid = linked.grid
    if linked.less:
        return f"{grid.column(linked.less[0]).name}减去{grid.column(linked.less[1]).name}"
    if linked.share:
        return f"{grid.column(linked.share[1]).name}占{grid.column(linked.share[0]).name}"
    return "" if linked.measure is None else grid.column(linked.measure).name


def operands(linked: Linked) -> list[int]:
    """Return the columns that the measure is worked out from."""
    return [
        *(linked.less or ()),
        *(linked.share or ()),
        *([linked.measure] if linked.measure is not None else []),
    ]


def digits_in(words: str) -> list[str]:
    """Return the numbers in words, bare and with their units."""
    found = re.findall(
        r"(\d+(?:,\d{3})*(?:\.\d+)?)\s*(万亿元|亿元|万元|千元|元|亿|万|[%％])?", words
    )
    return [form for number, unit in found for form in (number, number + unit)]
