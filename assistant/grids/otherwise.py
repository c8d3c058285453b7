"""A named row that a question takes for one of another class: what the table says of it."""

from __future__ import annotations

from assistant.grids.conditions import Among, Named
from assistant.grids.linked import Linked
from assistant.grids.rows import FEW, tell_cells
from assistant.statements import Draft, Statement, escape
from prompts import render


def tell_otherwise(linked: Linked) -> Draft | None:
    """Return what named rows are, where the question takes them for something else.

    None unless one condition alone, a value of a column, is not so of any of them; what was
    asked is told beside it as the table has it.
    """
    grid = linked.grid
    taken = [c for c in linked.conditions if isinstance(c, Among)]
    if len(taken) != 1 or not any(isinstance(c, Named) for c in linked.conditions):
        return None
    kept = [c for c in linked.conditions if c is not taken[0]]
    lines = [line for line in grid.lines if all(c.holds(line) for c in kept)]
    column = taken[0].column
    if not 0 < len(lines) <= FEW or not all(line.words.get(column) for line in lines):
        return None
    draft = Draft()
    asked = "、".join(sorted(taken[0].values))
    for line in lines:
        words = render(
            "denied", "zh", said=escape(line.words[column]), asked=escape(asked)
        )  # fmt: skip
        draft.statements.append(Statement(words, tuple(grid.sources(line, [column]))))
    if len(lines) == 1:
        draft.short = lines[0].words[column]
    if told := tell_cells(linked, lines):
        draft.statements += told.statements
    return draft
