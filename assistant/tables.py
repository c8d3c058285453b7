"""Table rows in words: each cell under its column's heading."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from assistant.evidence import Unit
from assistant.statements import escape
from assistant.table_heads import header_rows, rows_of
from index.database import FileContent
from index.records import Cell


def row_text(unit: Unit, content: FileContent) -> str:
    """Return a table row as “header：cell；…”, empty cells left out.

    A line above the header, and a cell that spans columns (“全市合计”), have no heading.
    """
    block = next(b for b in content.blocks if b.kind == "table" and b.start == unit.group)
    cells = [c for c in block.cells if unit.start <= c.start and c.end <= unit.end]
    rows = rows_of(block)
    headers = header_rows(content.text, rows)
    names = _names(content.text, rows, headers)
    parts = [
        (
            names.get(c.column, "") if c.column_span == 1 and c.row > headers[0] else "",
            content.text[c.start : c.end],
        )
        for c in cells
        if c.end > c.start
    ]
    return "；".join(f"{escape(n)}：{escape(v)}" if n else escape(v) for n, v in parts)


def _names(text: str, rows: Mapping[int, Sequence[Cell]], headers: Sequence[int]) -> dict[int, str]:
    """Return each column's heading; those of several header rows are joined (“资金·计划”)."""
    names: dict[int, list[str]] = {}
    for row in headers:
        for cell in rows[row]:
            words = text[cell.start : cell.end]
            for column in range(cell.column, cell.column + cell.column_span):
                if words and words not in names.setdefault(column, []):
                    names[column].append(words)
    return {column: "·".join(words) for column, words in names.items()}
