"""One PDF page as lines of placed characters, and the ruling lines drawn on it.

Coordinates are those of the page as it is shown: points, x from the left edge, y
(``top``, ``bottom``) from the upper edge. PDFium lives in this file and ``pdf.py``.
"""

from __future__ import annotations

import ctypes
import math
import unicodedata
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from pypdfium2 import PdfMatrix, PdfObject, PdfPage, PdfTextPage

MAX_OBJECTS = 30_000  # drawn on one page; beyond it is a map or a plan, not a table
MAX_SEGMENTS = 400  # of one path; a table drawn as one path has some hundreds
THIN = 2.5  # points; a filled rectangle thinner than this is a ruling line

Place = Callable[[float, float], tuple[float, float]]


class Glyph(NamedTuple):
    """One character and its box."""

    text: str
    x0: float
    top: float
    x1: float
    bottom: float


@dataclass(frozen=True, slots=True)
class Run:
    """Characters that PDFium puts on one line, and their font size in points."""

    glyphs: tuple[Glyph, ...]
    size: float
    slanted: bool = False  # written at an angle, as watermarks are


@dataclass(frozen=True, slots=True)
class Rule:
    """A straight horizontal or vertical line, or a side of a rectangle."""

    x0: float
    top: float
    x1: float
    bottom: float


@dataclass(frozen=True, slots=True)
class RawPage:
    """What is on a page: runs in the order of the file, ruling lines, pictures."""

    number: int
    width: float
    height: float
    runs: tuple[Run, ...]
    rules: tuple[Rule, ...]
    has_picture: bool
    unmapped: int  # characters for which the file does not say what they are


def read_page(page: PdfPage, number: int, *, with_rules: bool = True) -> RawPage:
    """Return the characters and ruling lines of a PDFium page."""
    width, height = page.get_size()
    place = _placement(page)
    textpage = page.get_textpage()
    try:
        runs = tuple(_runs(textpage, place))
    finally:
        textpage.close()
    rules, has_picture = _drawn(page, place, with_rules)
    bad = sum(g.text in ("\ufffd", "\0") for run in runs for g in run.glyphs)
    return RawPage(number, width, height, runs, tuple(rules), has_picture, bad)


def _placement(page: PdfPage) -> Place:
    """Return the way from PDF coordinates (origin below left) to the shown page's."""
    left, bottom, right, top = page.get_mediabox()
    turned = page.get_rotation()
    if turned == 90:
        return lambda x, y: (y - bottom, x - left)
    if turned == 180:
        return lambda x, y: (right - x, y - bottom)
    if turned == 270:
        return lambda x, y: (top - y, right - x)
    return lambda x, y: (x - left, top - y)


def _runs(textpage: PdfTextPage, place: Place) -> Iterator[Run]:
    import pypdfium2.raw as pdfium

    raw = textpage.raw
    rectangle = pdfium.FS_RECTF()
    reference = ctypes.byref(rectangle)
    glyphs: list[Glyph] = []
    first = 0
    high = 0  # the first half of a surrogate pair
    for i in range(textpage.count_chars()):
        code = pdfium.FPDFText_GetUnicode(raw, i)
        if code in (10, 13):
            if glyphs:
                yield _run(raw, first, glyphs)
            glyphs = []
            continue
        if 0xD800 <= code < 0xDC00:
            high = code
            continue
        if 0xDC00 <= code < 0xE000:
            code = 0x10000 + ((high - 0xD800) << 10) + code - 0xDC00 if high else 0xFFFD
        high = 0
        pdfium.FPDFText_GetLooseCharBox(raw, i, reference)
        xa, ya = place(rectangle.left, rectangle.top)
        xb, yb = place(rectangle.right, rectangle.bottom)
        if not glyphs:
            first = i
        box = (min(xa, xb), min(ya, yb), max(xa, xb), max(ya, yb))
        glyphs.append(Glyph(_character(code), *box))
    if glyphs:
        yield _run(raw, first, glyphs)


def _run(raw: object, first: int, glyphs: list[Glyph]) -> Run:
    import pypdfium2.raw as pdfium

    # The middle character is surely of the line's own font; the first may be a bullet.
    sample = first + len(glyphs) // 2
    matrix = pdfium.FS_MATRIX()
    scale, slanted = 1.0, False
    if pdfium.FPDFText_GetMatrix(raw, sample, ctypes.byref(matrix)):
        scale = math.sqrt(abs(matrix.a * matrix.d - matrix.b * matrix.c))
        angle = math.degrees(math.atan2(matrix.b, matrix.a)) % 90
        slanted = 5 < angle < 85
    size = float(pdfium.FPDFText_GetFontSize(raw, sample)) * scale
    return Run(tuple(glyphs), size, slanted)


def _character(code: int) -> str:
    if code in (2, 0xFFFE):  # PDFium's marks for a hyphen at a line's end
        return "-"
    if 0x2E80 <= code <= 0x2FDF:
        # Radicals that share their shape with a character (⽬ and 目) are an artefact of fonts.
        return unicodedata.normalize("NFKC", chr(code))
    if code in (9, 0xA0, 0x2003, 0x2002):
        return " "
    return chr(code) if code and code <= 0x10FFFF else "\ufffd"


def _drawn(page: PdfPage, place: Place, with_rules: bool) -> tuple[list[Rule], bool]:
    """Return the ruling lines, and whether there is a picture."""
    import pypdfium2.raw as pdfium

    rules: list[Rule] = []
    has_picture = False
    wanted = [pdfium.FPDF_PAGEOBJ_IMAGE] + ([pdfium.FPDF_PAGEOBJ_PATH] if with_rules else [])
    for count, drawn in enumerate(page.get_objects(filter=wanted, max_depth=4)):
        if count >= MAX_OBJECTS:
            return [], has_picture
        if drawn.type == pdfium.FPDF_PAGEOBJ_IMAGE:
            has_picture = True
        else:
            rules += _path_rules(drawn, place)
    return rules, has_picture


def _path_rules(drawn: PdfObject, place: Place) -> Iterator[Rule]:
    import pypdfium2.raw as pdfium

    fill, stroke = ctypes.c_int(), ctypes.c_int()
    if not pdfium.FPDFPath_GetDrawMode(drawn.raw, fill, stroke) or not (fill.value or stroke.value):
        return
    segments = pdfium.FPDFPath_CountSegments(drawn.raw)
    if not 2 <= segments <= MAX_SEGMENTS:
        return
    matrix = drawn.get_matrix()
    outer = drawn.container
    while outer is not None:
        matrix = matrix.multiply(outer.get_matrix())
        outer = outer.container
    points = [_point(drawn.raw, i, matrix, place) for i in range(segments)]
    start = points[0]
    for before, here in pairwise(points):
        if here.begins:
            start = here
            continue
        yield from _straight(before, here)
        if here.closes:
            yield from _straight(here, start)


class _Point(NamedTuple):
    x: float
    y: float
    begins: bool
    closes: bool
    is_curve: bool


def _point(raw: object, i: int, matrix: PdfMatrix, place: Place) -> _Point:
    import pypdfium2.raw as pdfium

    segment = pdfium.FPDFPath_GetPathSegment(raw, i)
    x, y = ctypes.c_float(), ctypes.c_float()
    pdfium.FPDFPathSegment_GetPoint(segment, x, y)
    kind = pdfium.FPDFPathSegment_GetType(segment)
    closes = bool(pdfium.FPDFPathSegment_GetClose(segment))
    at = place(*matrix.on_point(x.value, y.value))
    moves, curve = kind == pdfium.FPDF_SEGMENT_MOVETO, kind == pdfium.FPDF_SEGMENT_BEZIERTO
    return _Point(*at, moves, closes, curve)


def _straight(a: _Point, b: _Point) -> Iterator[Rule]:
    if a.is_curve or b.is_curve:
        return
    wide, high = abs(a.x - b.x), abs(a.y - b.y)
    if min(wide, high) <= 0.5 < max(wide, high):
        yield Rule(min(a.x, b.x), min(a.y, b.y), max(a.x, b.x), max(a.y, b.y))


def visible(runs: Sequence[Run]) -> int:
    """Return how many characters can be seen in ``runs``."""
    return sum(not g.text.isspace() for run in runs for g in run.glyphs)
