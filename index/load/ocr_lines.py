"""Recognised lines as placed characters: their size, their places, their punctuation."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from index.load.pdf_layout import Line, Page
from index.load.pdf_page import Glyph

LOOSE = 1.22  # height of a detected box over the type's size, measured on 9 to 22 points
SAME_SIZE = 0.18  # share by which measured sizes of one type differ
SAME_SIZE_SHORT = 0.27  # the same for lines of fewer than 8 characters, told by height too
OVERLAP = 0.6  # share of a line that lies in another; neighbouring lines overlap by 0.2
ENOUGH = 5  # lines on a page, to tell what size its body has
NARROW = 0.53  # width of a digit or Latin letter over the type's size

_WIDER = str.maketrans(":;,!?()", "：；，！？（）")


@dataclass(frozen=True, slots=True)
class Spotted:
    """One recognised line: its words, its box in pixels of the upright picture."""

    text: str
    x0: float
    top: float
    x1: float
    bottom: float
    confidence: float


def apart_from_each_other(lines: Sequence[Spotted]) -> list[Spotted]:
    """Return lines without those that lie in a larger one: a part of it, found once more."""
    return [
        line
        for line in lines
        if not any(_lies_in(line, other) for other in lines if other is not line)
    ]


def _lies_in(line: Spotted, other: Spotted) -> bool:
    across = min(line.x1, other.x1) - max(line.x0, other.x0)
    down = min(line.bottom, other.bottom) - max(line.top, other.top)
    area = (line.x1 - line.x0) * (line.bottom - line.top)
    larger = (other.x1 - other.x0) * (other.bottom - other.top) > 1.5 * area
    return larger and across > 0 and down > 0 and across * down > OVERLAP * area


def page_size(line: Spotted, scale: float) -> float:
    """Return the size of the type, told by the width of the words, and by height if few."""
    height, width = line.bottom - line.top, line.x1 - line.x0
    across = _advance(full_width(line.text))
    by_height = height / LOOSE
    if across < 4:
        return by_height * scale
    # The box is wider than the words by about as much as it is higher than the type.
    by_width = (width - height + 0.95 * by_height) / across
    by_width = min(max(by_width, by_height * 0.7), by_height * 1.3)
    return (by_width if across >= 8 else (by_width + by_height) / 2) * scale


def glyphs_of(line: Spotted, scale: float) -> Iterator[Glyph]:
    """Yield the characters in points, spread over the line by their usual widths."""
    text = full_width(line.text)
    margin = (line.bottom - line.top) * (1 - 0.95 / LOOSE) / 2
    left, right = line.x0 + margin, line.x1 - margin
    if right <= left:
        left, right = line.x0, line.x1
    top, bottom = (line.top + margin) * scale, (line.bottom - margin) * scale
    step = (right - left) / max(_advance(text), 0.1)
    at = left
    for character in text:
        end = at + step * _width(character)
        yield Glyph(character, at * scale, top, end * scale, bottom, line.confidence)
        at = end


def full_width(text: str) -> str:
    """Return the words with the punctuation beside Chinese characters in its Chinese form.

    A recogniser cannot tell the width of a comma or a bracket; in Chinese text the
    standard (GB/T 15834) knows only the wide ones. Numbers keep theirs: 1,200 and 9:30.
    """
    while (wider := _widened(text)) != text:  # a sign made wide is a neighbour to the next
        text = wider
    return text


def _widened(text: str) -> str:
    wide = set()
    opened: list[int] = []
    for i, character in enumerate(text):
        before = text[i - 1] if i else ""
        after = text[i + 1] if i + 1 < len(text) else ""
        if character in "(（":
            opened.append(i)
        elif character in ")）":
            pair = [opened.pop()] if opened else []
            if character == "）" or _is_wide(before) or any(
                text[j] == "（" or _is_wide(text[j - 1 : j]) or _is_wide(text[j + 1 : j + 2])
                for j in pair
            ) or (_is_wide(after) and pair):  # fmt: skip
                wide |= {i, *pair}
        elif character in ":;,!?" and _is_wide(before):
            wide.add(i)
    wide |= {i for i in opened if _is_wide(text[i - 1 : i]) or _is_wide(text[i + 1 : i + 2])}
    return "".join(c.translate(_WIDER) if i in wide else c for i, c in enumerate(text))


def settle_sizes(pages: Sequence[Page]) -> None:
    """Give recognised lines of one page whose measured sizes are nearly one the same size.

    What most of a page is set in becomes the size of the whole document's body, so
    that pages scanned at other scales, or joined from another document, agree.
    """
    usual = _usual([line for page in pages for line in _recognised(page)])
    for page in pages:
        own = _recognised(page)
        if own:
            body = _usual(own) if len(own) >= ENOUGH else usual
            sizes = _settled(own, body, usual)
            page.lines = [replace(x, size=sizes.get(id(x), x.size)) for x in page.lines]


def _recognised(page: Page) -> list[Line]:
    return [x for x in page.lines if x.confidence is not None and x.table is None]


def _usual(lines: Sequence[Line]) -> float:
    """Return the size in which half of the characters are set or smaller."""
    sizes = sorted((line.size, len(line.text)) for line in lines)
    half = sum(count for _, count in sizes) / 2
    for size, count in sizes:
        half -= count
        if half <= 0:
            return size
    return 0.0


def _settled(lines: Sequence[Line], body: float, usual: float) -> dict[int, float]:
    """Return the size of each line, by its identity."""
    settled: dict[int, float] = {}
    chiefs: list[float] = []
    for line in sorted(lines, key=lambda x: x.size):
        share = SAME_SIZE if len(line.text) >= 8 else SAME_SIZE_SHORT
        if abs(line.size - body) <= share * body:
            settled[id(line)] = usual
            continue
        if not chiefs or line.size - chiefs[-1] > SAME_SIZE * chiefs[-1]:
            chiefs.append(line.size)
        settled[id(line)] = chiefs[-1] * usual / body
    return settled


def _advance(text: str) -> float:
    return sum(map(_width, text))


def _width(character: str) -> float:
    if character.isspace():
        return 0.3
    return 1.0 if _is_wide(character) or character in "“”‘’…—" else NARROW


def _is_wide(character: str) -> bool:
    return bool(character) and unicodedata.east_asian_width(character) in "WF"
