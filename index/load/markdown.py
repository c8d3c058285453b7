"""Markdown: the source itself is the text; ``**`` stays, it is a mask in such documents."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise
from pathlib import Path

from index.load.text import decode
from index.records import Block, Cell, LoadedFile

_HEADING = re.compile(r" {0,3}(#{1,6})[ \t]+(.*?)[ \t]*#*[ \t]*$")
_LIST_ITEM = re.compile(r"\s*(?:[-*+]|\d{1,3}[.)])[ \t]+(?=\S)")
_RULE = re.compile(r" {0,3}(?:-{3,}|_{3,}|={3,}|(?:\* ?){3,})\s*$")
_TABLE_RULE = re.compile(r"\s*\|?\s*:?-{1,}:?\s*(?:\|\s*:?-{1,}:?\s*)*\|?\s*$")
Line = tuple[int, int, str]


def load(content: bytes, path: Path) -> LoadedFile:
    """Return the source with blocks over its headings, items, tables and paragraphs."""
    text, encoding = decode(content)
    lines = list(_lines(text))
    blocks = tuple(_blocks(text, lines))
    title = next((text[b.start : b.end] for b in blocks if b.kind == "heading"), None)
    return LoadedFile(text, "text/markdown", blocks, encoding, title)


def _lines(text: str) -> Iterator[Line]:
    at = 0
    for line in text.split("\n"):
        yield at, at + len(line), line
        at += len(line) + 1


def _blocks(text: str, lines: Sequence[Line]) -> Iterator[Block]:
    place = _front_matter(lines)
    if place:
        yield Block("furniture", lines[0][0], lines[place - 1][1])
    while place < len(lines):
        start, end, line = lines[place]
        if not line.strip():
            place += 1
        elif match := _HEADING.match(line):
            if match[2]:
                yield Block("furniture", start, start + match.start(2))
                yield Block("heading", start + match.start(2), start + match.end(2), len(match[1]))
            place += 1
        elif _RULE.match(line):
            yield Block("furniture", start, end)
            place += 1
        elif _is_table(lines, place):
            last = place
            while last < len(lines) and "|" in lines[last][2]:
                last += 1
            yield _table(lines[place:last])
            place = last
        elif match := _LIST_ITEM.match(line):
            yield Block("list_item", start, end)
            place += 1
        else:
            yield Block("paragraph", start, end)
            place += 1


def _front_matter(lines: Sequence[Line]) -> int:
    """Return how many lines a leading YAML header takes."""
    if not lines or lines[0][2].strip() != "---":
        return 0
    for place in range(1, min(len(lines), 60)):
        if lines[place][2].strip() == "---":
            return place + 1
    return 0


def _is_table(lines: Sequence[Line], place: int) -> bool:
    return (
        "|" in lines[place][2]
        and place + 1 < len(lines)
        and "|" in lines[place + 1][2]
        and bool(_TABLE_RULE.match(lines[place + 1][2]))
    )


def _table(lines: Sequence[Line]) -> Block:
    cells: list[Cell] = []
    row = 0
    for number, (start, _, line) in enumerate(lines):
        if number == 1:
            continue  # the rule under the header
        cells += _cells(start, line, row)
        row += 1
    return Block("table", lines[0][0], lines[-1][1], cells=tuple(cells))


def _cells(start: int, line: str, row: int) -> Iterator[Cell]:
    bars = [m.start() for m in re.finditer(r"(?<!\\)\|", line)]
    if not line.lstrip().startswith("|"):
        bars.insert(0, -1)
    if not line.rstrip().endswith("|"):
        bars.append(len(line))
    for column, (left, right) in enumerate(pairwise(bars)):
        words = line[left + 1 : right]
        lead = len(words) - len(words.lstrip())
        first = start + left + 1 + (lead if words.strip() else 0)
        yield Cell(first, first + len(words.strip()), row, column)
