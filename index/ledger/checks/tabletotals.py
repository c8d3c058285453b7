"""Sums of tables that list no projects: the row “合计” against the others, column by column."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal

from index.ledger.checks.sums import formula
from index.ledger.records import FileLedger, Finding
from index.ledger.tables import is_counted_head, is_empty, is_total, rows_of
from index.records import Block, Cell, Reading, Structure

MIN_ROWS = 2  # that a total sums up
MAX_ROWS = 200
_NUMBER = re.compile(r"-?\d{1,3}(?:,\d{3})+(?:\.\d+)?|-?\d+(?:\.\d+)?")
_PART_OF = re.compile(r"小\s*计|其\s*中")
_NO_SUM = re.compile(
    r"序号|编号|名次|排名|率|比[例重]|占|[%％]|增[长速幅]|平均|均价|单价|年份|日期|时间"
)

_Said = tuple[Cell, str]  # a cell with its words, blanks dropped
_Part = tuple[Decimal, str]


def table_totals(
    structure: Structure, blocks: Sequence[Block], ledger: FileLedger
) -> Iterator[Finding]:
    """Yield the totals of tables that do not sum up, but for those read as projects.

    Those are checked as rosters, which may go on over several pages. Only where every cell
    above a total is a number, and none is a sum of others itself.
    """
    taken = [(roster.start, roster.end) for roster in ledger.rosters if roster.table]
    for document in structure.documents:
        for block in blocks:
            inside = block.kind == "table" and document.start <= block.start < document.end
            for said, parts, label in _columns(block, structure.reading) if inside else ():
                cell, stated = said
                found = sum((number for number, _ in parts), Decimal())
                near = any(a < cell.end and cell.start < b for a, b in taken)
                if near or abs(found - _number(stated)) <= _slack([w for _, w in parts], stated):
                    continue
                shown = f"{found.normalize():f}"
                yield Finding(
                    "sum", f"“合计”行的{label}写{stated}，各行相加为{shown}",
                    document.ordinal, ((cell.start, cell.end),),
                    formula((words for _, words in parts), shown),
                )  # fmt: skip


def _columns(block: Block, reading: Reading) -> Iterator[tuple[_Said, list[_Part], str]]:
    """Yield each total with the numbers that it sums up, and the heading of its column."""
    if max((cell.row for cell in block.cells), default=0) >= MAX_ROWS:
        return
    ordered = [
        {column: (cell, _words(cell, reading)) for column, cell in row.items()}
        for row in rows_of(block)
    ]
    labels = [next((w for _, (_, w) in sorted(row.items()) if w), "") for row in ordered]
    totals = [place for place, label in enumerate(labels) if is_total(label)]
    if len(totals) != 1 or any(map(_PART_OF.search, labels)):
        return
    place = totals[0]
    header = next((n for n, row in enumerate(ordered) if n != place and _is_body(row)), 0)
    if header == 0 or place not in (len(ordered) - 1, header - 1):
        return
    heads = [row for n, row in enumerate(ordered[:header]) if n != place]
    # “二、交通类（14个）” bears the sums of the rows below it.
    heading = {n for n, label in enumerate(labels) if is_counted_head(label)}
    body = [row for n, row in enumerate(ordered) if n >= header and n not in (place, *heading)]
    for column, said in ordered[place].items():
        named = [row[column][1] for row in heads if column in row]
        filled = [row[column][1] for row in body if column in row]
        numbers = [word for word in filled if not is_empty(word)]
        if len(filled) < len(body) or not named or any(map(_NO_SUM.search, named)):
            continue
        if len(numbers) >= MIN_ROWS and all(map(_NUMBER.fullmatch, [said[1], *numbers])):
            yield said, [(_number(word), word) for word in numbers], named[-1]


def _words(cell: Cell, reading: Reading) -> str:
    return re.sub(r"\s+", "", reading.view(cell.start, cell.end).text)


def _is_body(row: dict[int, _Said]) -> bool:
    """Tell whether a row holds figures, not headings."""
    return any(_NUMBER.fullmatch(words) for _, words in row.values())


def _number(words: str) -> Decimal:
    return Decimal(words.replace(",", ""))


def _slack(parts: Sequence[str], stated: str) -> Decimal:
    """Return by how much a sum may be off through the rounding of its parts."""
    places = [_places(words) for words in [*parts, stated]]
    return sum((Decimal(5).scaleb(-n - 1) for n in places if n), Decimal())


def _places(words: str) -> int:
    return len(words.partition(".")[2])
