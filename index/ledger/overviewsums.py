"""What a text says that some states spent or plan together, against the overview table's rows.

“滞后12个、未开工8个、停工4个，年度计划投资合计13.80亿元”, where the rows of these three states in
the table by state add up to 13.20亿元; so for one state by itself.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from index.ledger.checks import HEDGED, LABELS, OVERVIEW, half, plain
from index.ledger.records import Figure, FileLedger, Finding, Span
from index.ledger.states import bare_name
from index.ledger.tables import rows_of
from index.ledger.tallies import MIN_ROWS, NUMBER_OF
from index.records import Block, Cell, Document, Structure

MAX_CAPTION = 60  # characters before a table that may say its unit
_AMOUNT = re.compile(r"\d+(?:\.\d+)?")
_UNIT = re.compile(r"(?P<unit>亿|万)元")
_SCALE = {"亿": 10_000.0, "万": 1.0}
_COUNTS = "个项"
_ALL_OF_THEM = re.compile(r"合计|总计|一共|共计|总共|共(?=\d)")


@dataclass(frozen=True, slots=True)
class _Row:
    """One state of an overview: how many it counts, and its amounts in 万元 with their cells."""

    number: int
    amounts: dict[str, tuple[float, str, Span]]


def overview_sums(
    structure: Structure, blocks: Sequence[Block], ledger: FileLedger
) -> Iterator[Finding]:
    """Yield the amounts that a text states of states and that are not those of the table's rows."""
    for ordinal, document in enumerate(structure.documents):
        figures = [f for f in ledger.figures if f.document == ordinal]
        for block in blocks:
            if block.kind == "table" and document.start <= block.start < document.end:
                rows = _overview(structure, document, block)
                if len(rows) >= MIN_ROWS:
                    yield from _against(structure, rows, figures)


def _overview(structure: Structure, document: Document, block: Block) -> dict[str, _Row]:
    """Return the states of a table that counts them, by their bare names."""
    header, *body = rows_of(block) or [{}]
    named = {column: _text(structure, cell) for column, cell in header.items()}
    counts = [column for column, words in named.items() if NUMBER_OF.search(words)]
    low = max(document.start, block.start - MAX_CAPTION)
    caption = structure.reading.view(low, block.start).text + " ".join(named.values())
    units = {match["unit"] for match in _UNIT.finditer(caption)}
    columns = {
        key: column
        for key, pattern in OVERVIEW.items()
        for column, words in named.items()
        if pattern.search(re.sub(r"[（(].*$", "", words))
    }
    if len(counts) != 1 or len(units) != 1 or not columns:
        return {}
    scale = _SCALE[units.pop()]
    found: dict[str, _Row] = {}
    for row in body:
        label = _text(structure, row[min(named)]) if min(named) in row else ""
        number = _text(structure, row[counts[0]]) if counts[0] in row else ""
        if label and number.isdigit():
            cells = {key: row[column] for key, column in columns.items() if column in row}
            said = {key: (_text(structure, cell), cell) for key, cell in cells.items()}
            found[bare_name(label)] = _Row(
                int(number),
                {
                    key: (float(words) * scale, words, (cell.start, cell.end))
                    for key, (words, cell) in said.items()
                    if _AMOUNT.fullmatch(words)
                },
            )
    return found


def _text(structure: Structure, cell: Cell) -> str:
    return re.sub(r"\s+", "", structure.reading.view(cell.start, cell.end).text)


def _against(
    structure: Structure, rows: dict[str, _Row], figures: Sequence[Figure]
) -> Iterator[Finding]:
    by_sentence: dict[Span, list[Figure]] = defaultdict(list)
    for figure in figures:
        by_sentence[figure.sentence].append(figure)
    for group in by_sentence.values():
        counted = [f for f in group if f.unit in _COUNTS and bare_name(f.state) in rows]
        names = [bare_name(f.state) for f in counted]
        fits = all(rows[n].number == f.value for n, f in zip(names, counted, strict=True))
        if counted and fits and len(set(names)) == len(names):
            for amount in _of_all_these(structure, group, counted):
                yield from _finding(amount, names, [rows[name] for name in names])


def _of_all_these(
    structure: Structure, group: Sequence[Figure], counted: Sequence[Figure]
) -> Iterator[Figure]:
    """Yield the amounts that a sentence states of all the states that it counts together."""
    last = counted[-1].number.start
    for figure in group:
        if figure.unit != "万元" or figure.number.start < last or HEDGED.search(figure.number.text):
            continue
        if len(counted) == 1 and figure.state == counted[0].state and not figure.among:
            yield figure
        clause = structure.reading.view(figure.start, figure.end).text
        if len(counted) > 1 and _ALL_OF_THEM.search(clause):
            yield figure


def _finding(amount: Figure, names: Sequence[str], rows: Sequence[_Row]) -> Iterator[Finding]:
    key = next((k for k, p in OVERVIEW.items() if p.search(amount.measure)), "")
    parts = [row.amounts[key] for row in rows if key in row.amounts]
    if not key or len(parts) < len(rows):
        return
    found = sum(value for value, _, _ in parts)
    if abs(found - amount.value) <= half(amount.number) * (len(parts) + 1) + 1e-6:
        return
    said = plain(found, amount.number)
    yield Finding(
        "sum",
        f"“{'、'.join(names)}”的{LABELS[key]}写{amount.number.text}，"
        f"表中{'各行相加' if len(parts) > 1 else '所列'}为{said}",
        amount.document,
        ((amount.start, amount.end), *(span for _, _, span in parts)),
        f"{' + '.join(words for _, words, _ in parts)} = {said}",
    )  # fmt: skip
