"""How many rows the words right above a table say that it has (“议定以下6件事项：”)."""

from __future__ import annotations

import re

from assistant.grids.reading import Grid
from assistant.statements import Source, Statement, escape
from index.library import Library

_COUNTED = re.compile(r"(?:以下|下列|下述|如下|共)[^，。；\d]{0,4}(?P<count>\d+)[个项件条家处]")
LOOKED_BACK = 200  # characters before the table in which its announcement stands


def announced_above(grid: Grid, count: int, library: Library) -> list[Statement]:
    """Return the sentence above a table that announces so many rows, empty where none does."""
    content = library.content(grid.file_id)
    before = content.text[max(grid.head[0] - LOOKED_BACK, 0) : grid.head[0]].rstrip()
    line = before[before.rfind("\n") + 1 :]
    match = _COUNTED.search(line)
    if match is None or int(match["count"]) != count:
        return []
    start = max(grid.head[0] - LOOKED_BACK, 0) + len(before) - len(line)
    source = Source(grid.file_id, grid.document, start, start + len(line))
    return [Statement(escape(line.strip()), (source,), bullet=True)]
