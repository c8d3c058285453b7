"""What a text says that some states spent or plan together, against the overview table's rows.

“滞后12个、未开工8个、停工4个，年度计划投资合计13.80亿元”, where the rows of these three states in
the table by state add up to 13.20亿元; so for one state by itself.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from index.ledger.checks.rounding import SCALE, hedged
from index.ledger.checks.sums import wrong_sum
from index.ledger.checks.terms import COUNTS, LABELS, MONEY, OVERVIEW, measured
from index.ledger.checks.totals import by_sentence
from index.ledger.records import Figure, FileLedger, Finding, Words
from index.ledger.states import bare_name
from index.ledger.tables import rows_of
from index.ledger.tallies import MIN_ROWS, NUMBER_OF
from index.records import Block, Cell, Document, Structure

MAX_CAPTION = 60  # characters before a table that may say its unit
_AMOUNT = re.compile(r"\d+(?:\.\d+)?")
_UNIT = re.compile(r"(?P<unit>亿|万)元")
_ALL_OF_THEM = re.compile(r"合计|总计|一共|共计|总共|共(?=\d)")


@dataclass(frozen=True, slots=True)
class _Row:
    """One state of an overview: how many it counts, and its amounts."""

    number: int
    amounts: dict[str, Words]


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
    scale = SCALE[units.pop()]
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
                    key: Words(words, ((cell.start, cell.end),), float(words) * scale)
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
    for group in by_sentence(figures).values():
        counted = [f for f in group if f.unit in COUNTS and bare_name(f.state) in rows]
        names = [bare_name(f.state) for f in counted]
        fits = all(rows[n].number == f.value for n, f in zip(names, counted, strict=True))
        if counted and fits and len(set(names)) == len(names):
            for amount in _of_all_these(structure, group, counted):
                yield from _of_rows(amount, names, [rows[name] for name in names])


def _of_all_these(
    structure: Structure, group: Sequence[Figure], counted: Sequence[Figure]
) -> Iterator[Figure]:
    """Yield the amounts that a sentence states of all the states that it counts together."""
    last = counted[-1].number.start
    for figure in group:
        if figure.unit != MONEY or figure.number.start < last or hedged(figure.number):
            continue
        if len(counted) == 1 and figure.state == counted[0].state and not figure.among:
            yield figure
        clause = structure.reading.view(figure.start, figure.end).text
        if len(counted) > 1 and _ALL_OF_THEM.search(clause):
            yield figure


def _of_rows(amount: Figure, names: Sequence[str], rows: Sequence[_Row]) -> Iterator[Finding]:
    key = measured(amount.measure)
    parts = [row.amounts[key] for row in rows if key in row.amounts] if key else []
    if key is None or len(parts) < len(rows):
        return
    found = "各行相加" if len(parts) > 1 else "所列"
    says = f"“{'、'.join(names)}”的{LABELS[key]}写{amount.number.text}，表中{found}为"
    spans = [(amount.start, amount.end), *(part.spans[0] for part in parts)]
    yield from wrong_sum(amount.document, says, amount.number, parts, spans=spans)
