"""Tables that stand as running text, as questions see them: beside the real tables of a file."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import lru_cache

from assistant.evidence import sections_above
from assistant.grids.reading import (
    Amount,
    Column,
    Grid,
    Kept,
    Line,
    Told,
    columns_of,
    grids_of,
    name_column,
    valued,
)
from index.database import FileContent
from index.ledger.prose import chinese_count
from index.ledger.status import status_of
from index.ledger.tables import is_total
from index.listings.reader import read_listings
from index.listings.records import LABEL, NAME, Listing, Row
from index.records import Cell, Document
from index.words import fold

_PART = re.compile(
    r"[ \t\u3000]*(?:[甲乙丙丁戊己上中下]|第?[一二三四五六七八九十]{1,2})[编篇卷辑部]"
    r"[ \t\u3000、：:].{2,40}"
)
_AS_OF = re.compile(r"(?P<year>(?:19|20)\d\d)年(?P<month>\d{1,2})月(?:(?P<day>\d{1,2})日|底|末)")
_STATED = (
    r"(?:类|的)?(?:项目|事项|问题)?(?:[^，。；：\d]{0,2})"
    r"(?P<number>\d{1,3}|[一二三四五六七八九十]{1,3})(?:个|项|条|件|家|处)"
)
_DIGITS = re.compile(r"(?P<digits>\d[\d,]*(?:\.\d+)?)\s*(?P<unit>[万亿]?元)")
_STOPS = "。；！？\n"


def all_grids_of(file_id: int, path: str, content: FileContent) -> tuple[Grid, ...]:
    """Return the tables of a file, and what repeats in its running text as tables."""
    return (*grids_of(file_id, path, content), *_listed(file_id, path, Kept(content)))


@lru_cache(maxsize=64)
def _listed(file_id: int, path: str, kept: Kept) -> tuple[Grid, ...]:
    content = kept.content
    listings = read_listings(content.blocks, content.structure)
    found = (_grid(file_id, path, content, listing) for listing in listings)
    return tuple(grid for grid in found if grid is not None)


def _grid(file_id: int, path: str, content: FileContent, listing: Listing) -> Grid | None:
    document = content.structure.documents[listing.document]
    heads = {number: [head] for number, head in enumerate(listing.heads)}
    numbers = {head: number for number, head in enumerate(listing.heads)}
    rows = [row for row in listing.rows if not _sums(row)]
    lines = [_line(row, numbers) for row in rows]
    above = [s for s in sections_above(document, listing.start) if s.start < listing.start]
    part = _part(content, document, listing.start)
    lead = content.text[slice(*listing.lead)]
    near = " ".join([part, *[section.heading for section in above[-1:]]])
    columns = [_of_states(c, lines) for c in columns_of(heads, lines, lead)]
    lines = [valued(line, columns) for line in lines]
    name = name_column(columns, lines)
    name = numbers.get(NAME) if name is None else name
    if name is None:
        return None
    stem = re.sub(r"\.\w+$", "", path.rsplit("/", 1)[-1])
    if listing.valued:
        near = f"{near} {re.sub(chr(10), ' ', lead)}"
    title = " ".join([document.title, *(s.heading for s in above), near, stem])
    sums = [listing.whole] if listing.whole else []
    whole = tuple((valued(_line(row, numbers), columns), tuple(lines)) for row in sums)
    return Grid(
        file_id, document.ordinal, listing.start, listing.end, fold(title), fold(near),
        tuple(columns), tuple(lines), whole, name, _date(document, part, above), listing.lead,
        (above[-1].start, above[-1].heading_end) if above else None,
        told=_told(content, document, listing, columns, lines, part),
    )  # fmt: skip


def _of_states(column: Column, lines: Sequence[Line]) -> Column:
    """Return a column of labels as one of states where most of them say one (“竣工”, “滞后”)."""
    values = {w for line in lines if (w := line.words.get(column.number))}
    states = sum(bool(status_of(value, heading=True)) for value in values)
    if column.name == LABEL and 2 * states > len(values):
        return replace(column, key="status_text")
    return column


def _sums(row: Row) -> bool:
    return any(is_total(words.text) for words in list(row.cells.values())[:2])


def _line(row: Row, numbers: dict[str, int]) -> Line:
    words = {numbers[head]: said.text for head, said in row.cells.items()}
    cells = {
        numbers[head]: Cell(said.start, said.end, 0, numbers[head])
        for head, said in row.cells.items()
    }
    return Line(row.start, row.end, words, {}, cells)


def _part(content: FileContent, document: Document, start: int) -> str:
    """Return the heading of the part of a document (“乙编　年底盘点”) that a place is in."""
    lines = content.text[document.start : start].split("\n")
    return next((line.strip() for line in reversed(lines) if _PART.fullmatch(line)), "")


def _date(document: Document, part: str, above: Sequence[object]) -> str | None:
    """Return the day that the headings above say the list is of, else the document's."""
    for words in (*(getattr(s, "heading", "") for s in reversed(above)), part):
        if match := _AS_OF.search(words):
            day = match["day"] or "28"
            return f"{match['year']}-{int(match['month']):02}-{int(day):02}"
    return document.date


def _told(
    content: FileContent,
    document: Document,
    listing: Listing,
    columns: Sequence[Column],
    lines: Sequence[Line],
    part: str,
) -> Told:
    text = content.text[document.start : document.end]
    stated = [(s.label, s.number.value or 0.0, s.where) for s in listing.stated]
    nouns: list[tuple[int, str]] = []
    for column in columns:
        values = {w for line in lines if (w := line.words.get(column.number))}
        recurring = 2 <= len(values) <= len(lines) / 2
        if column.kind != "words" or not recurring or max(map(len, values)) > 12:
            continue
        noun = _noun(text, values) if all(len(v) == 1 for v in values) else ""
        if noun:
            nouns.append((column.number, noun))
        known = {label for label, _, _ in stated}
        low, high = _reach(content, document, listing.start, listing.end)
        for value in sorted(values - known):
            stated += _said_of(content.text, low, high, value, f"{value}{noun}")
    return Told(
        tuple(stated), tuple(nouns), part, tuple(_amounts(listing)), listing.headed, listing.valued
    )


def _amounts(listing: Listing) -> Iterator[Amount]:
    """Yield the amounts that the heads of groups state of all that they list."""
    for said in listing.stated:
        match = _DIGITS.fullmatch(said.amount.text) if said.amount else None
        if match:
            digits = match["digits"].replace(",", "")
            yield Amount(said.label, said.measure, digits, float(digits), match["unit"], said.where)


def _noun(text: str, values: set[str]) -> str:
    """Return the character that a text puts behind most of some single characters (“黄牌”)."""
    behind: dict[str, set[str]] = {}
    for value in values:
        for match in re.finditer(rf"{re.escape(value)}([\u4e00-\u9fff])", text):
            behind.setdefault(match[1], set()).add(value)
    best = max(behind.items(), key=lambda pair: len(pair[1]), default=("", set()))
    return best[0] if len(best[1]) > len(values) / 2 else ""


def _reach(content: FileContent, document: Document, start: int, end: int) -> tuple[int, int]:
    """Return the part of the document around a listing, between the headings of parts."""
    low, high = document.start, document.end
    at = document.start
    for line in content.text[document.start : document.end].split("\n"):
        if _PART.fullmatch(line):
            if at <= start:
                low = at
            elif at >= end:
                high = min(high, at)
        at += len(line) + 1
    return low, high


def _said_of(
    text: str, low: int, high: int, value: str, called: str
) -> Iterator[tuple[str, float, tuple[int, int]]]:
    """Yield the first count that a part of a text gives of a label (“黄灯6项”)."""
    pattern = re.compile(re.escape(called) + _STATED)
    match = pattern.search(text, low, high)
    if match:
        low, high = match.span()
        while low > 0 and text[low - 1] not in _STOPS:
            low -= 1
        yield value, float(chinese_count(match["number"])), (low, high)
