"""Cells that another document sets right: the new figure counts, and the correction is told."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from assistant.grids.linked import Linked
from assistant.grids.naming import head_variants
from assistant.grids.reading import Column, Grid, Line, value_of
from assistant.grids.worth import operands
from assistant.statements import Statement
from assistant.things.amended import Filed, amendments_of
from assistant.things.corrections import amended_line, clause_of, is_old
from index.library import Library
from index.words import fold

FEW = 24  # files that are read for corrections; of more the ledger and the texts answer


_WITH_THEM = re.compile(r"^[^，,？?]{0,24}(?:更正|修正|订正|改正)[^，,？?]{0,8}[，,]\s*")
_AS_WRITTEN = re.compile(r"通报|台账|清单|简报|纪要|报告|通知|讲话|方案|公告|一览表|明细表")


def set_right(question: str) -> str:
    """Return a question without the clause that asks to go by the corrections, "" for others."""
    match = _WITH_THEM.match(question)
    return question[match.end() :] if match else ""


def amended(linked: Linked, library: Library) -> list[Statement]:
    """Put the figures right that a newer document corrects, and return what says so.

    A figure is set right only where the correction says the row, the column and the old figure.
    Of a document that the question names its own figures are told, the correction beside them.
    """
    grid, used = linked.grid, operands(linked)
    files = library.files()
    if not used or len(files) > FEW:
        return []
    corrections = [
        one
        for file in files
        for one in amendments_of(file.id, library.content(file.id))
        if one.amendment.corrects and one.amendment.old and _is_newer(one, grid)
    ]
    told: list[Statement] = []
    lines: list[Line] = []
    for line in grid.lines:
        for number in used:
            for one, value in _set_right(line, grid.column(number), grid, corrections):
                line = replace(line, values={**line.values, number: value})
                told.append(amended_line(one, "zh"))
        lines.append(line)
    as_written = any(_AS_WRITTEN.search(words) for words in linked.titles)
    if told and not as_written:
        linked.grid = replace(grid, lines=tuple(lines), sums=())
    return told


def _is_newer(one: Filed, grid: Grid) -> bool:
    here = (one.file_id, one.document.ordinal) == (grid.file_id, grid.document)
    return not here and (not grid.date or not one.document.date or one.document.date >= grid.date)


def _set_right(
    line: Line, column: Column, grid: Grid, corrections: list[Filed]
) -> Iterator[tuple[Filed, float]]:
    """Yield the correction of a cell with the figure that counts."""
    name, words = fold(line.words.get(grid.name, "")), line.words.get(column.number, "")
    if len(name) < 2 or not words:
        return
    shown = words if re.search(r"[^\d.,]$", words) else f"{words}{column.unit}"
    for one in corrections:
        start, end = clause_of(one)
        said = fold(one.view.text[start:end])
        new = fold(one.text)[slice(*one.amendment.new)]
        old = one.amendment.old
        of_column = any(head in fold(old) or head in said for head in head_variants(column))
        if name in said and of_column and is_old(shown, old):
            value = value_of(new.strip(), column)
            if value is not None:
                yield one, value
                return
