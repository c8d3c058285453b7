"""Table rows in words: each cell under its column's heading."""

from __future__ import annotations

from assistant.evidence import Unit
from assistant.statements import escape
from assistant.table_heads import header_rows, rows_of
from index.database import FileContent
from index.records import Block


def row_text(unit: Unit, content: FileContent) -> str:
    """Return a table row as “header：cell；…”, empty cells left out.

    A line above the header, and a cell that spans columns (“全市合计”), have no heading.
    """
    block = next(b for b in content.blocks if b.kind == "table" and b.start == unit.group)
    cells = [c for c in block.cells if unit.start <= c.start and c.end <= unit.end]
    names = column_names(content.text, block)
    headers = header_rows(content.text, rows_of(block))
    parts = [
        (
            names.get(c.column, "") if c.column_span == 1 and c.row > headers[0] else "",
            content.text[c.start : c.end],
        )
        for c in cells
        if c.end > c.start
    ]
    return "；".join(f"{escape(n)}：{escape(v)}" if n else escape(v) for n, v in parts)


def column_names(text: str, block: Block) -> dict[int, str]:
    """Return each column's heading; those of several header rows are joined (“资金·计划”)."""
    rows = rows_of(block)
    names: dict[int, list[str]] = {}
    for row in header_rows(text, rows):
        for cell in rows[row]:
            words = text[cell.start : cell.end]
            for column in range(cell.column, cell.column + cell.column_span):
                if words and words not in names.setdefault(column, []):
                    names[column].append(words)
    return {column: "·".join(words) for column, words in names.items()}
