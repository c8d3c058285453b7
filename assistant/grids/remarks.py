"""Rows by what a column of running text mentions (“备注里注明用了专项债的”)."""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.grids.conditions import Says
from assistant.grids.groups import GROUP
from assistant.grids.naming import head_variants, is_class
from assistant.grids.reading import Column, Grid
from assistant.grids.said import Span
from assistant.ledger.leftover import content_words
from index.words import fold

LEAST = 3  # characters of words that are looked for in columns which the question does not name
_TELLING = (
    r"(?:注明|写明|标明|标注|注有|写有|写着|写了|写到|提到|提及|提了|说到|说了|说明|记了|记着|记载"
    r"|显示|反映|涉及|含有?|包含|带有?|有)"
)
_PLACE = r"(?:这|那)?一?(?:栏|列|项)?(?:里面?|中|上|内)?"
_QUOTES = "“”\"'「」『』‘’"


def mentions_in(text: str, grid: Grid) -> tuple[Says, Span] | None:
    """Return what a question says that a named column mentions."""
    for column in grid.columns:
        if column.kind != "words" or column.number in (GROUP, grid.name):
            continue
        for head in head_variants(column):
            match = re.search(
                rf"[{_QUOTES}]?{re.escape(head)}[{_QUOTES}]?{_PLACE}{_TELLING}(?:了|的是|着)?"
                rf"(?P<what>[^，,。？?]{{2,16}}?)(?:字样|字眼)?的",
                text,
            )
            found = _held(match["what"], column, grid) if match else None
            if match and found:
                return Says(column.number, found), match.span()
    return None


def mentioned(words: Sequence[str], grid: Grid) -> Says | None:
    """Return the one column of running text whose cells mention all of some words."""
    if len(words) != 1 or len(words[0]) < LEAST:
        return None
    found = [
        column
        for column in grid.columns
        if column.kind == "words"
        and column.number not in (GROUP, grid.name)
        and not is_class(column, grid)
        and 0 < _count(words[0], column, grid) < len(grid.lines)
    ]
    return Says(found[0].number, words[0]) if len(found) == 1 else None


def _held(what: str, column: Column, grid: Grid) -> str | None:
    """Return the longest part of some words that cells hold, if the rest names nothing."""
    bare = fold(what).strip(_QUOTES)
    for size in range(len(bare), 1, -1):
        for at in range(len(bare) - size, -1, -1):
            piece = bare[at : at + size]
            if _count(piece, column, grid):
                rest = f"{bare[:at]} {bare[at + size :]}"
                return None if content_words(rest, "zh", sure=True) else piece
    return None


def _count(words: str, column: Column, grid: Grid) -> int:
    return sum(words in fold(line.words.get(column.number, "")) for line in grid.lines)
