"""Lines of PDF pages to headings, paragraphs and page furniture.

A PDF has no paragraphs. They are told by what Chinese typesetting does: the first
line is indented, every line but the last is full, headings are larger.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise

from index.headings import numbering_of
from index.load.pdf_page import Area, Glyph, Posture, RawPage, Run
from index.load.pdf_tables import PdfTable, words_of

MARGIN = 0.12  # of the page's height; headers, footers and page numbers stand there
LARGER = 1.12  # a heading's size over the body's (二号 to 三号 is 1.37, 四号 to 小四 1.17)
MAX_HEADING = 60  # characters
MAX_HEADING_SHARE = 0.3  # of the text; what is more is no heading
TITLE_LEVELS = 4

_DASH = r"[-－—–―‐·•~～一]"  # in scans the dashes of “— 3 —” are often read as 一
PAGE_NUMBER = re.compile(
    rf"(?:{_DASH}\s*)*第?\s*[\dⅰ-ⅻivx]{{1,4}}\s*页?\s*(?:[/／，,]?\s*共?\s*\d{{1,4}}\s*页?)?(?:\s*{_DASH})*"
    r"|page\s*\d{1,4}(?:\s*(?:of|/)\s*\d{1,4})?",
    re.IGNORECASE,
)
_CONTENTS = re.compile(r".*?[.．…·•]{4,}\s*[\d\-－]{1,4}\s*|.*(?:\s*[.…·．]){4,}\s*\d{1,4}\s*")
_ENDS = "。！？；：!?;:"


@dataclass(frozen=True, slots=True)
class Line:
    """One line of text as it is seen, or a table in its place."""

    text: str
    x0: float
    x1: float
    top: float
    bottom: float
    size: float
    column: int = 0
    is_furniture: bool = False
    table: PdfTable | None = None
    confidence: float | None = None  # of words recognised in a picture


@dataclass(slots=True)
class Page:
    """A page's lines and tables in reading order."""

    number: int
    width: float
    height: float
    lines: list[Line] = field(default_factory=list)
    posture: Posture | None = None

    def shown(self, area: Area) -> Area:
        """Return an area as fractions of the page as it is shown."""
        return (self.posture or Posture(self.width, self.height)).shown(area)


@dataclass(frozen=True, slots=True)
class Part:
    """What will become a block: lines that belong together, or a table."""

    kind: str  # heading, paragraph, furniture or table
    lines: tuple[Line, ...]
    level: int = 0


# ---- lines of one page


def page_of(raw: RawPage, runs: Sequence[Run], tables: Sequence[PdfTable]) -> Page:
    """Return a page with its lines in reading order, columns one after the other."""
    gutter = _gutter(raw, runs)
    segments = [
        line
        for run in runs
        for glyphs in _split_at(run.glyphs, gutter, run.size)
        if (line := _line(glyphs, run))
    ]
    segments += [_table_line(table) for table in tables]
    if gutter is None:
        lines = _rows_merged(sorted(segments, key=_position))
    else:
        lines = list(_by_columns(segments, gutter))
    return Page(raw.number, raw.width, raw.height, lines, raw.posture)


def _line(glyphs: Sequence[Glyph], run: Run) -> Line | None:
    words = "".join(g.text for g in glyphs)
    seen = words_of(glyphs)
    if seen is None:
        return None
    _, top, x1, bottom = seen.area
    x0 = next(g.x0 for g in glyphs if not g.text.isspace())
    return Line(
        words.strip(" "), x0, x1, top, bottom, run.size,
        is_furniture=run.slanted, confidence=seen.confidence,
    )  # fmt: skip


def _table_line(table: PdfTable) -> Line:
    return Line("", table.x0, table.x1, table.top, table.bottom, 0.0, table=table)


def _position(line: Line) -> tuple[float, float]:
    return (line.top + line.bottom) / 2 if line.table is None else line.top, line.x0


def _rows_merged(lines: list[Line]) -> list[Line]:
    """Return lines with pieces that stand on one row in order of x; touching ones joined."""
    rows: list[list[Line]] = []
    for line in lines:
        last = rows[-1][-1] if rows else None
        if last and last.table is None and line.table is None and _same_row(last, line):
            rows[-1].append(line)
        else:
            rows.append([line])
    merged: list[Line] = []
    for row in rows:
        row.sort(key=lambda piece: piece.x0)
        for piece in row:
            before = merged[-1] if merged and piece is not row[0] else None
            if before and -0.5 * piece.size < piece.x0 - before.x1 < piece.size:
                merged[-1] = _joined(before, piece)
            else:
                merged.append(piece)
    return merged


def _same_row(a: Line, b: Line) -> bool:
    overlap = min(a.bottom, b.bottom) - max(a.top, b.top)
    return overlap > 0.6 * min(a.bottom - a.top, b.bottom - b.top)


def _joined(a: Line, b: Line) -> Line:
    gap = " " if b.x0 - a.x1 > 0.3 * b.size else ""
    return replace(
        a, text=a.text + gap + b.text, x1=b.x1, top=min(a.top, b.top),
        bottom=max(a.bottom, b.bottom), size=max(a.size, b.size),
        confidence=_lesser(a.confidence, b.confidence),
    )  # fmt: skip


def _lesser(a: float | None, b: float | None) -> float | None:
    return a if b is None else b if a is None else min(a, b)


def _gutter(raw: RawPage, runs: Sequence[Run]) -> float | None:
    """Return the middle of the space between two columns, None if there is one column."""
    pieces = [
        (glyphs[0].x0, glyphs[-1].x1)
        for run in runs
        for glyphs in _pieces(run.glyphs, 1.5 * run.size)
    ]
    if len(pieces) < 16:
        return None
    for step in range(-10, 11):
        x = raw.width * (0.5 + step / 100)
        crossing = sum(a < x - 3 and b > x + 3 for a, b in pieces)
        left = [b - a for a, b in pieces if b <= x + 3]
        right = [b - a for a, b in pieces if a >= x - 3]
        if crossing <= 0.15 * len(pieces) and min(len(left), len(right)) >= 6:
            wide = raw.width * 0.25  # both sides are prose, not a list of short entries
            if min(_median(left), _median(right)) >= wide:
                return x
    return None


def _median(values: list[float]) -> float:
    return sorted(values)[len(values) // 2]


def _pieces(glyphs: Sequence[Glyph], gap: float) -> Iterator[list[Glyph]]:
    piece: list[Glyph] = []
    for glyph in glyphs:
        if glyph.text.isspace():
            if piece:
                piece.append(glyph)
            continue
        seen = next((g for g in reversed(piece) if not g.text.isspace()), None)
        if seen and (glyph.x0 - seen.x1 > gap or glyph.x0 < seen.x0 - gap):
            yield piece
            piece = []
        piece.append(glyph)
    if piece:
        yield piece


def _split_at(
    glyphs: Sequence[Glyph], gutter: float | None, size: float
) -> Iterator[Sequence[Glyph]]:
    """Yield a run whole, or in two where a gap in it lies on the gutter."""
    if gutter is None or not glyphs[0].x0 < gutter < glyphs[-1].x1:
        yield glyphs
        return
    seen = [g for g in glyphs if not g.text.isspace()]
    left = [g for g in seen if g.x1 <= gutter + 3]
    right = [g for g in seen if g.x0 >= gutter - 3]
    whole = not left or not right or len(left) + len(right) != len(seen)
    if whole or right[0].x0 - left[-1].x1 < 0.8 * size:
        yield glyphs
    else:
        middle = (left[-1].x1 + right[0].x0) / 2
        yield [g for g in glyphs if g.x0 < middle]
        yield [g for g in glyphs if g.x0 >= middle]


def _by_columns(lines: list[Line], gutter: float) -> Iterator[Line]:
    """Yield bands between lines that span the page: left column, then right."""
    band: list[Line] = []
    for line in sorted(lines, key=_position):
        if line.x0 < gutter - 3 and line.x1 > gutter + 3:
            yield from _columns(band, gutter)
            band = []
            yield line
        else:
            band.append(line)
    yield from _columns(band, gutter)


def _columns(band: list[Line], gutter: float) -> Iterator[Line]:
    for column, left in ((1, True), (2, False)):
        own = [line for line in band if (line.x0 < gutter) is left]
        yield from (replace(line, column=column) for line in _rows_merged(own))


# ---- furniture


def mark_furniture(pages: Sequence[Page]) -> None:
    """Mark headers, footers and page numbers, told by place and repetition; put them outside."""
    body = body_size(pages)
    repeated = _repeated(pages, body)
    numbers = _bare_numbers(pages)
    for page in pages:
        lines = []
        for line in page.lines:
            zone = _zone(line, page)
            known = (zone, _pattern(line)) in repeated
            furniture = line.is_furniture or (
                bool(zone) and (known or _is_page_number(line, page, numbers))
            )
            lines.append(replace(line, is_furniture=True) if furniture else line)
        above = [x for x in lines if x.is_furniture and _zone(x, page) == "top"]
        below = [x for x in lines if x.is_furniture and _zone(x, page) != "top"]
        page.lines = [*above, *(x for x in lines if not x.is_furniture), *below]


def _zone(line: Line, page: Page) -> str:
    if line.table is not None:
        return ""
    if line.bottom < MARGIN * page.height:
        return "top"
    return "bottom" if line.top > (1 - MARGIN) * page.height else ""


def _pattern(line: Line) -> str:
    return re.sub(r"[\d\s]+", "#", line.text).strip("#")


def _repeated(pages: Sequence[Page], body: float) -> set[tuple[str, str]]:
    """Return the small lines that stand in the margin of several pages."""
    counts: Counter[tuple[str, str]] = Counter()
    for page in pages:
        found = {
            (zone, _pattern(line))
            for line in page.lines
            if (zone := _zone(line, page)) and _pattern(line) and line.size <= body * 1.05
        }
        counts.update(found)
    least = 2 if len(pages) <= 4 else 3
    return {key for key, count in counts.items() if count >= least}


def _is_page_number(line: Line, page: Page, numbers: set[int]) -> bool:
    outermost = all(
        not (other.bottom > line.bottom if line.top > page.height / 2 else other.top < line.top)
        for other in page.lines
        if other.table is None and not _same_row(other, line)
    )
    text = line.text.strip()
    if not outermost or not PAGE_NUMBER.fullmatch(text):
        return False
    return not text.isdigit() or int(text) - page.number in numbers


def _bare_numbers(pages: Sequence[Page]) -> set[int]:
    """Return by how much bare numbers in the margins differ from the page's own, if steadily."""
    offsets: Counter[int] = Counter()
    for page in pages:
        offsets.update(
            {
                int(line.text) - page.number
                for line in page.lines
                if _zone(line, page) and re.fullmatch(r"[0-9]{1,4}", line.text)
            }
        )
    least = 2 if len(pages) > 1 else 1
    return {
        offset
        for offset, count in offsets.items()
        if count >= least or (len(pages) == 1 and offset == 0)
    }


# ---- paragraphs and headings


def body_size(pages: Sequence[Page]) -> float:
    """Return the font size of most of the text."""
    sizes: Counter[float] = Counter()
    for page in pages:
        for line in page.lines:
            if line.table is None and not line.is_furniture:
                sizes[round(line.size * 2) / 2] += len(line.text)
    return max(sizes, key=lambda size: sizes[size]) if sizes else 0.0


def heading_levels(pages: Sequence[Page]) -> dict[float, int]:
    """Return the level of each font size that headings have, the largest being 1."""
    body = body_size(pages)
    sizes: Counter[float] = Counter()
    total = 0
    for page in pages:
        for line in page.lines:
            if line.table is None and not line.is_furniture:
                total += len(line.text)
                if line.size >= body * LARGER and len(line.text) <= MAX_HEADING:
                    sizes[round(line.size * 2) / 2] += len(line.text)
    if not body or sum(sizes.values()) > MAX_HEADING_SHARE * total:
        return {}
    ranked: dict[float, int] = {}
    level, last = 0, float("inf")
    for size in sorted(sizes, reverse=True):
        if last - size > 1.0:
            level = min(level + 1, TITLE_LEVELS)
        ranked[size], last = level, size
    return ranked


@dataclass(frozen=True, slots=True)
class Margins:
    """Where a column's lines begin and end, and how far apart they are."""

    left: float
    right: float
    pitch: float


def parts_of(page: Page, levels: dict[float, int], usual: Margins | None) -> Iterator[Part]:
    """Yield the page's blocks in reading order."""
    margins = {c: margins_of([page], c) or usual for c in {line.column for line in page.lines}}
    together: list[Line] = []
    kind, level = "paragraph", 0
    for line in page.lines:
        own_kind, own_level = _kind(line, levels)
        if together and (own_kind, own_level) == (kind, level) and _goes_on(
            kind, together, line, margins[line.column]
        ):  # fmt: skip
            together.append(line)
            continue
        if together:
            yield Part(kind, tuple(together), level)
        together, kind, level = [line], own_kind, own_level
    if together:
        yield Part(kind, tuple(together), level)


def _kind(line: Line, levels: dict[float, int]) -> tuple[str, int]:
    if line.table is not None:
        return "table", 0
    if line.is_furniture or _CONTENTS.fullmatch(line.text):
        return "furniture", 0
    level = levels.get(round(line.size * 2) / 2, 0)
    return ("heading", level) if level and len(line.text) <= MAX_HEADING else ("paragraph", 0)


def margins_of(pages: Sequence[Page], column: int = 0) -> Margins | None:
    """Return the margins that most lines of a column keep, None if there are too few lines."""
    lines = [
        [x for x in page.lines if x.table is None and not x.is_furniture and x.column == column]
        for page in pages
    ]
    flat = [line for own in lines for line in own]
    if len(flat) < 4:
        return None
    starts = Counter(round(line.x0) for line in flat)
    left = min(x for x, count in starts.items() if count >= max(2, 0.15 * len(flat)) or x == min(
        starts, key=lambda s: -starts[s]))  # fmt: skip
    ends = sorted(line.x1 for line in flat)
    right = ends[int(len(ends) * 0.9)] if len(ends) >= 10 else ends[-1]
    steps = [b.top - a.top for own in lines for a, b in pairwise(own)]
    forward = [step for step in steps if step > 0]
    return Margins(left, right, _median(forward)) if forward else None


def _goes_on(kind: str, together: list[Line], line: Line, margins: Margins | None) -> bool:
    """Tell whether ``line`` surely continues the lines before it."""
    before = together[-1]
    step = line.top - before.top
    if kind in ("table", "furniture") or margins is None or before.column != line.column:
        return False
    if kind == "heading":
        length = sum(len(x.text) for x in together) + len(line.text)
        near = 0 < step < 2.2 * before.size
        return near and length <= MAX_HEADING and numbering_of(line.text) is None
    if not 0 < step <= 1.35 * margins.pitch or abs(line.size - before.size) > 0.08 * line.size:
        return False
    full = before.x1 >= margins.right - 1.6 * before.size
    flush = abs(line.x0 - margins.left) <= 0.7 * line.size
    if not (full and flush) or line.text[:1] == "\u3000":
        return False
    return not (before.text[-1] in _ENDS and numbering_of(line.text))
