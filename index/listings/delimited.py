"""Lines of equal delimiters: “〔4-04〕某工程｜区住建局｜黄｜7940｜建成管网19.6公里”."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence

from index.ledger.amounts import number_of
from index.ledger.labels import label_key
from index.ledger.prose import chinese_count
from index.ledger.records import Span, Words
from index.ledger.units import are_units
from index.listings.lines import COUNTED, Page, TextLine, trimmed
from index.listings.records import CODE, LABEL, NAME, PART, TOLD, UNIT, Listing, Row, Stated

MIN_CELLS = 3
MIN_ROWS = 3
BETWEEN = 40  # characters of a line between rows that only heads a group of them
ABOVE = 3  # lines above the rows that may name their fields
MOST = 0.8
_DELIMITERS = re.compile(r"\s*[｜|│┃¦]\s*")
_BLANKS = re.compile(r"[ \u3000]*\t+[ \u3000]*|[ \u3000]{2,}|\u3000")
_CODE = re.compile(r"[〔\[［【(（][^〔〕\[\]（）()]{1,10}[〕\]］】)）]\s*")
_ORDINAL = re.compile(r"\s*(?:\d{1,3}\s*(?:[．、]|\.(?!\d))|[①-⑳])\s*")
_NAMED = re.compile(
    r"[：:]\s*(?P<heads>[^：:。\n]{6,160}?)\s*(?:[）)]?[。\n]|[）)]?$|[）)](?=\s*[【〔［]))"
)
_BRACKETS = " 【】〔〕[]［］（）()：:\t\u3000"
_RULE = re.compile(r"[\s\-—=_+|｜]+")

Cells = list[Span]


def delimited_listings(page: Page) -> Iterator[Listing]:
    """Yield the tables whose rows are lines with the same number of delimiters."""
    yield from _listings(page, _DELIMITERS)
    yield from _listings(page, _BLANKS)


def _listings(page: Page, delimiter: re.Pattern[str]) -> Iterator[Listing]:
    rows: list[tuple[TextLine, Cells]] = []
    groups: dict[int, TextLine] = {}
    first = 0
    for place, line in enumerate(page.lines):
        cells = _cells(page.text, line, delimiter)
        if rows and cells and len(cells) == len(rows[0][1]):
            rows.append((line, cells))
            continue
        if rows and _RULE.fullmatch(page.text, line.start, line.end):
            continue
        if rows and not cells and delimiter is _DELIMITERS and _heads_group(page.text, line):
            groups[len(rows)] = line
            continue
        yield from _listing(page, rows, groups, first)
        rows, groups, first = [], {}, place
        if len(cells) >= MIN_CELLS:
            before = page.lines[place - 1] if place else None
            if before and delimiter is _DELIMITERS and _heads_group(page.text, before):
                groups[0] = before
                first = place - 1
            rows = [(line, cells)]
    yield from _listing(page, rows, groups, first)


def _cells(text: str, line: TextLine, delimiter: re.Pattern[str]) -> Cells:
    """Return the cells of a line, none where prose merely holds blanks."""
    start, end = trimmed(text, line.start, line.end, " \t\u3000|｜│┃¦")
    bounds = [m.span() for m in delimiter.finditer(text, start, end)]
    starts = [start, *(b for _, b in bounds)]
    stops = [*(a for a, _ in bounds), end]
    cells = list(zip(starts, stops, strict=True))
    if delimiter is _BLANKS and any("。" in text[a:b] or b - a > 40 for a, b in cells):
        return []
    return cells if len(cells) >= MIN_CELLS else []


def _heads_group(text: str, line: TextLine) -> bool:
    """Tell whether a line between rows but names a group of them (“【产业板块　10个】”)."""
    words = text[line.start : line.end]
    return len(words) <= BETWEEN and not re.search(r"[，。；｜|]", words)


def _listing(
    page: Page, rows: Sequence[tuple[TextLine, Cells]], groups: dict[int, TextLine], first: int
) -> Iterator[Listing]:
    text = page.text
    lead, heads = _head_row(text, rows)
    headed = heads is not None
    body = rows[1:] if heads else rows
    shift = len(rows) - len(body)
    if len(body) < MIN_ROWS:
        return
    coded, body = _with_codes(text, body)
    if not heads:
        lead, heads = _heads_above(page, first, len(body[0][1]))
    if not heads and _is_blank(text, body):
        return  # words that blanks part are no table unless something names the columns
    names = _distinct(heads or _guessed(text, body, coded=coded))
    if names is None or len(names) != len(body[0][1]):
        return
    found: list[Row] = []
    stated: list[Stated] = []
    group: Words | None = None
    for place, (line, cells) in enumerate(body):
        if above := groups.get(place + shift):
            group, number = _group(page, above)
            where = page.view.span(above.start, above.end)
            stated += [Stated(group.text, number, where)] if number else []
        filled = {
            head: page.words(span)
            for head, span in zip(names, cells, strict=True)
            if text[slice(*span)].strip()
        }
        if group:
            filled[PART] = group
        found.append(Row(*page.view.span(line.start, line.end), filled))
    columns = (*names, *((PART,) if group else ()))
    start, end = found[0].start, found[-1].end
    span = page.view.span(*lead) if lead else (start, found[0].end)
    yield Listing(
        page.document.ordinal, start, end, columns, tuple(found), span, tuple(stated), headed
    )  # fmt: skip


def _is_blank(text: str, body: Sequence[tuple[TextLine, Cells]]) -> bool:
    line, cells = body[0]
    return not _DELIMITERS.search(text, line.start, line.end) and len(cells) >= MIN_CELLS


def _head_row(
    text: str, rows: Sequence[tuple[TextLine, Cells]]
) -> tuple[Span | None, list[str] | None]:
    """Return the first row where it names the columns: no figures in it, but below it."""
    if len(rows) <= MIN_ROWS:
        return None, None
    line, cells = rows[0]
    words = [re.sub(r"\s", "", text[a:b]) for a, b in cells]
    known = sum(label_key(w) is not None for w in words)
    short = all(w and len(w) <= 14 and number_of(w) is None for w in words)
    below = [text[a:b].strip() for _, cs in rows[1:] for a, b in cs]
    figures = any(number_of(w.rstrip("%％")) is not None for w in below)
    repeated = any(w in below for w in words)
    if short and not repeated and (figures or known >= 2):
        return (line.start, line.end), words
    return None, None


def _with_codes(
    text: str, body: Sequence[tuple[TextLine, Cells]]
) -> tuple[bool, list[tuple[TextLine, Cells]]]:
    """Part the code before each name (“〔1-01〕”) from it, where most rows have one."""
    for pattern in (_CODE, _ORDINAL):
        found = [(line, cells, pattern.match(text, *cells[0])) for line, cells in body]
        if sum(m is not None and m.end() < c[0][1] for _, c, m in found) >= MOST * len(body):
            parted: list[tuple[TextLine, Cells]] = []
            for line, cells, match in found:
                at = match.end() if match else cells[0][0]
                parted.append((line, [(cells[0][0], at), (at, cells[0][1]), *cells[1:]]))
            return True, parted
    return False, list(body)


def _heads_above(page: Page, first: int, columns: int) -> tuple[Span | None, list[str] | None]:
    """Return the field names that a line above gives (“各行依次为：编号、项目、……”)."""
    for line in reversed(page.lines[max(0, first - ABOVE) : first + 1]):
        match = _NAMED.search(page.text, line.start, line.end)
        if match:
            heads = [h.strip() for h in re.split(r"[、，,｜|/／]", match["heads"])]
            if len(heads) == columns and all(0 < len(h) <= 24 for h in heads):
                return (line.start, line.end), heads
    return None, None


def _guessed(text: str, body: Sequence[tuple[TextLine, Cells]], *, coded: bool) -> list[str] | None:
    """Return headings by what the columns hold, None where no column can be the name."""
    heads: list[str] = []
    for column in range(len(body[0][1])):
        said = [text[slice(*cells[column])].strip() for _, cells in body]
        full = [w for w in said if w]
        if coded and column == 0:
            head = CODE
        elif full and sum(number_of(w) is not None for w in full) >= MOST * len(full):
            head = "数值"
        elif full and sum(are_units(w) for w in full) >= MOST * len(full):
            head = UNIT
        elif NAME not in heads:
            head = NAME
        elif len(set(full)) <= len(full) / 2 and sum(map(len, full)) <= 8 * len(full):
            head = LABEL
        else:
            head = TOLD
        heads.append(head)
    return heads if NAME in heads else None


def _distinct(heads: list[str] | None) -> tuple[str, ...] | None:
    """Return headings each with a name of its own: a second “数值” is “数值2”."""
    if heads is None:
        return None
    seen: Counter[str] = Counter()
    found: list[str] = []
    for head in heads:
        seen[head] += 1
        found.append(head if seen[head] == 1 else f"{head}{seen[head]}")
    return tuple(found)


def _group(page: Page, line: TextLine) -> tuple[Words, Words | None]:
    """Return the label of a group of rows, and how many it says there are."""
    text = page.text
    start, end = trimmed(text, line.start, line.end, _BRACKETS)
    counts = list(COUNTED.finditer(text, start, end))
    counted = counts[-1] if counts else None
    if counted is None:
        return page.words((start, end)), None
    label = trimmed(text, start, counted.start(), _BRACKETS + "，,共计有")
    number = page.words(counted.span("number"), float(chinese_count(counted["number"])))
    return page.words(label if label[1] > label[0] else (start, end)), number
