"""Forms: tables in which labels and values stand side by side, one project a card.

“项目名称 | 云岭冷库 | 责任单位 | 市商务局” above “总投资（万元） | 8600 | …”.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from index.ledger.amounts import amounts, in_wan, money_unit, number_of, percents
from index.ledger.attributes import Fields
from index.ledger.labels import label_key
from index.ledger.records import AMOUNTS, COLUMN, Span, Words
from index.records import Block, Cell, Reading

MIN_ROWS = 2
LABELLED = 0.6  # share of the rows that begin with a label
_PASSED = ("number",)
_OTHERS = ("skip", "place", "planned_count", "done_count")
_EMPTY = frozenset({"", "无", "—", "-", "/", "暂无"})


def read_forms(block: Block, reading: Reading) -> list[tuple[Span, Fields]]:
    """Return the span and fields of each project that a form tells of; nothing if it is none."""
    rows = _rows(block)
    if len(rows) < MIN_ROWS:
        return []
    firsts = [label_key(_words(row[0], reading)) for row in rows if row]
    if firsts.count("name") == 0 or sum(k is not None for k in firsts) < LABELLED * len(firsts):
        return []
    found: list[tuple[list[Cell], Fields]] = []
    for row in rows:
        for key, label, value in _pairs(row, reading):
            if key == "name" or not found:
                if key != "name":
                    continue
                found.append(([], {}))
            cells, fields = found[-1]
            cells.append(value)
            if words := _field(key, _words(label, reading), value, reading):
                fields.setdefault(key, words)
    return [
        ((cells[0].start, max(cell.end for cell in cells)), fields)
        for cells, fields in found
        if "name" in fields and len(fields) > 1
    ]


def _rows(block: Block) -> list[list[Cell]]:
    """Return the cells by the row that they begin in, in order."""
    rows: dict[int, list[Cell]] = {}
    for cell in block.cells:
        rows.setdefault(cell.row, []).append(cell)
    return [sorted(rows[n], key=lambda cell: cell.column) for n in sorted(rows)]


def _pairs(row: Sequence[Cell], reading: Reading) -> Iterator[tuple[str, Cell, Cell]]:
    """Yield (field, label cell, value cell): a label is followed by what is no label."""
    place = 0
    while place + 1 < len(row):
        label = _words(row[place], reading)
        key = label_key(label)
        if key is None or label_key(_words(row[place + 1], reading)) == "name":
            place += 1
            continue
        if key in _OTHERS:
            key = COLUMN + "".join(label.split())
        if key not in _PASSED:
            yield key, row[place], row[place + 1]
        place += 2


def _field(key: str, label: str, cell: Cell, reading: Reading) -> Words | None:
    text = _words(cell, reading)
    if text in _EMPTY:
        return None
    return Words(text, ((cell.start, cell.end),), _value(key, text, money_unit(label)))


def _value(key: str, text: str, unit: str | None) -> float | None:
    if key in AMOUNTS:
        first = next(amounts(text), None)
        number = number_of(text)
        if first is not None or number is None:
            return first.value if first else None
        return in_wan(number, unit) if unit else number
    share = next(percents(text), None) if key == "percent" else None
    return share.value if share else None


def _words(cell: Cell, reading: Reading) -> str:
    view = reading.view(cell.start, cell.end) if cell.end > cell.start else None
    return "".join(part.strip() for part in view.text.split("\n")) if view else ""
