"""Overview tables of states: “状态 | 个数 | …” with one state a row, each with its number.

All spans are offsets into a View's clean text.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from index.ledger.builder import Builder
from index.ledger.records import Span
from index.ledger.tables import rows_of
from index.records import Block, Cell

MIN_ROWS = 3  # states of a table
NUMBER_OF = re.compile(r"(?:项目|工程|任务|事项)?(?:个数|数量?|件数|项数)(?:[（(][个项件][）)])?$")
_ALL = re.compile(r"[合总共]\s*计|小\s*计|全[部市县区]")
_DIGITS = re.compile(r"(?P<number>\d{1,4})\s*[个项件]?$")
_ORDINAL = re.compile(r"(?:序号|编号|名次|排名)$")

Tally = list[tuple[Span, Span]]  # the words of each state, and the digits of how many it counts


def tallies(builder: Builder) -> Iterator[Tally]:
    """Yield the tables of a document that count by the words of their first column."""
    document = builder.document
    for block in builder.blocks:
        if block.kind == "table" and document.start <= block.start < document.end:
            found = _tally(builder, block)
            if len(found) >= MIN_ROWS:
                yield found


def _tally(builder: Builder, block: Block) -> Tally:
    header, *body = rows_of(block) or [{}]
    columns = [c for c in sorted(header) if not _ORDINAL.search(_text(builder, header[c]))]
    if len(columns) < 2 or not NUMBER_OF.search(_text(builder, header[columns[1]])):
        return []
    found: Tally = []
    whole: int | None = None
    for row in body:
        cells = [row.get(column) for column in columns[:2]]
        words, count = (_text(builder, cell) if cell else "" for cell in cells)
        number = _DIGITS.match(count)
        if cells[0] is None or cells[1] is None or number is None:
            return []
        if _ALL.search(words):
            whole = int(number["number"])
            continue
        low = _words(builder, cells[1])[0]
        found.append((_words(builder, cells[0]), (low, low + number.end("number"))))
    text = builder.view.text
    numbers = sum(int(text[slice(*digits)]) for _, digits in found)
    return found if whole in (None, numbers) else []


def _text(builder: Builder, cell: Cell) -> str:
    low, high = _words(builder, cell)
    return builder.view.text[low:high]


def _words(builder: Builder, cell: Cell) -> Span:
    """Return the span of a cell's words without the blanks around them."""
    low, high = builder.clean(cell.start), builder.clean(cell.end)
    text = builder.view.text
    while low < high and text[low].isspace():
        low += 1
    while high > low and text[high - 1].isspace():
        high -= 1
    return low, high
