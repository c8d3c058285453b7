"""Numbers among words in cells (“420个泊位”, “专项债5000万元”), as columns of their own."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable
from dataclasses import replace

from assistant.grids.reading import Column, Grid
from assistant.grids.said import Span
from index.ledger.amounts import amounts
from index.words import fold

# Where the numbers of columns of such quantities begin: beyond the columns of any table.
QUANTITY = 20_000
FIGURE = 40_000
LEAST = 2  # cells that bear a unit: one alone is no column of it
_NUMBER = re.compile(
    r"(?<![\d.])(?P<n>\d[\d,，]*(?:\.\d+)?)\s*(?P<unit>[万亿]?[\u4e00-\u9fff㎡]{1,5}|㎡|km)"
)
_MEASURE = re.compile(r"^[个处座条间张台辆块件项家]")
_MONEY = re.compile(r"^[万亿千百]*元|^[万亿]$")
_TOLD = re.compile(r"备注|说明|进展|情况|原因|问题|措施")  # figures there are of many things
_ASIDE = re.compile(r"[（(][^（）()]*[）)]")
_HOW_MANY = r"(?:多少|几)(?:万)?"


def quantity_in(text: str, grid: Grid) -> tuple[Grid, int, Span] | None:
    """Return the table with a column of the quantity that a question asks for.

    The question says the unit behind “多少”, or calls the thing (“泊位”) and asks how many.
    None where a column of bare numbers has that unit, or no column of words bears it.
    """
    best: tuple[int, Column, str, Span] | None = None
    for column in grid.columns:
        if column.kind != "words" or column.number == grid.name or _TOLD.search(column.name):
            continue
        for unit, count in _units(column, grid).items():
            span = _asked(text, unit)
            if span is None or count < LEAST:
                continue
            if any(c.kind == "number" and fold(c.unit) == unit for c in grid.columns):
                continue
            if best is None or (span[1] - span[0], count) > (best[3][1] - best[3][0], best[0]):
                best = count, column, unit, span
    if best is None:
        return None
    _, column, unit, span = best
    number = QUANTITY + column.number
    return _with(grid, column, number, unit, lambda words: _quantity(words, unit)), number, span


def figure_behind(words: str, column: Column, grid: Grid) -> tuple[Grid, int] | None:
    """Return the table with a column of the amounts that stand behind words in a column's cells."""

    def amount(cell: str) -> float | None:
        at = fold(cell).find(words)
        if at < 0:
            return None
        clause = re.split(r"[，,；;。]", cell[at + len(words) :])[0]
        found = next(amounts(clause), None)
        return found.value if found else None

    if not any(amount(line.words.get(column.number, "")) is not None for line in grid.lines):
        return None
    number = FIGURE + column.number
    extended = _with(grid, replace(column, name=words), number, "万元", amount)
    return extended, number


def _units(column: Column, grid: Grid) -> Counter[str]:
    """Return the units of the numbers in a column's cells with how many cells bear each."""
    found: Counter[str] = Counter()
    for line in grid.lines:
        bare = fold(_ASIDE.sub("", line.words.get(column.number, "")))
        units = (match["unit"] for match in _NUMBER.finditer(bare))
        found.update({u for unit in units if not _MONEY.match(unit) for u in _called(unit)})
    return found


def _called(unit: str) -> set[str]:
    """Return what a unit may be called: “个泊位” is 泊位, too."""
    return {unit, *({_MEASURE.sub("", unit)} if len(unit) > 2 and _MEASURE.match(unit) else ())}


def _asked(text: str, unit: str) -> Span | None:
    match = re.search(
        rf"(?:各|共|合计|一共|总共|建|有)*{_HOW_MANY}(?:个|处|座)?{re.escape(unit)}", text
    )
    if match is None and len(_MEASURE.sub("", unit)) > 1:
        match = re.search(
            rf"{re.escape(unit)}(?:数量?)?(?:各|共|合计|一共|总共|总计)*(?:有|是|为)?{_HOW_MANY}个?",
            text,
        )
    if match is None:
        return None
    behind = text[match.end() : match.end() + 1]
    return (
        None
        if len(unit) == 1
        and behind
        and re.match(r"[\u4e00-\u9fff]", behind)
        and (behind not in "的？的了呢吧和与及，。")
        else match.span()
    )


def _quantity(words: str, unit: str) -> float | None:
    """Return the number of a unit in a cell; None where several bear it."""
    found = [
        match["n"]
        for match in _NUMBER.finditer(fold(_ASIDE.sub("", words)))
        if unit in _called(match["unit"])
    ]
    return float(re.sub(r"[,，]", "", found[0])) if len(found) == 1 else None


def _with(
    grid: Grid, column: Column, number: int, unit: str, value: Callable[[str], float | None]
) -> Grid:
    added = Column(number, column.name, column.name, None, unit, "number")
    lines = []
    for line in grid.lines:
        words = line.words.get(number % QUANTITY, "")
        found = value(words)
        if found is None:
            lines.append(line)
            continue
        cells = {**line.cells, number: line.cells[number % QUANTITY]}
        lines.append(
            replace(
                line, words={**line.words, number: words}, cells=cells,
                values={**line.values, number: found},
            )
        )  # fmt: skip
    return replace(grid, columns=(*grid.columns, added), lines=tuple(lines))
