"""One PDF page as lines of placed characters, and the ruling lines drawn on it.

Coordinates are those of the page as it is shown: points, x from the left edge, y
(``top``, ``bottom``) from the upper edge. PDFium lives in the files ``pdf*.py``.
"""

from __future__ import annotations

import ctypes
import math
import unicodedata
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

from index.load.pdf_unseen import unseen_characters

if TYPE_CHECKING:
    from pypdfium2 import PdfMatrix, PdfObject, PdfPage, PdfTextPage

MAX_OBJECTS = 30_000  # drawn on one page; beyond it is a map or a plan, not a table
MAX_SEGMENTS = 400  # of one path; a table drawn as one path has some hundreds
AUTOSPACE = 0.35  # of the characters' height; the programs set a quarter of their width
THIN = 2.5  # points; a filled rectangle thinner than this is a ruling line

Place = Callable[[float, float], tuple[float, float]]
Area = tuple[float, float, float, float]  # x0, top, x1, bottom


class Glyph(NamedTuple):
    """One character and its box; ``confidence`` (0 to 1) where it was recognised in a picture."""

    text: str
    x0: float
    top: float
    x1: float
    bottom: float
    confidence: float | None = None


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
class Posture:
    """How a page was turned to read it: first by quarters, then by ``skew`` about its middle.

    ``quarters`` counts turns to the left, ``skew`` is in radians, clockwise.
    ``width`` and ``height`` are those of the page as it is read.
    """

    width: float
    height: float
    quarters: int = 0
    skew: float = 0.0

    def shown(self, area: Area) -> Area:
        """Return a read area as fractions of the page as it is shown, inside the page."""
        corners = [self._fraction(x, y) for x in area[::2] for y in area[1::2]]
        xs = [min(max(x, 0.0), 1.0) for x, _ in corners]
        ys = [min(max(y, 0.0), 1.0) for _, y in corners]
        return min(xs), min(ys), max(xs), max(ys)

    def _fraction(self, x: float, y: float) -> tuple[float, float]:
        if self.skew:
            x, y = x - self.width / 2, y - self.height / 2
            sine, cosine = math.sin(self.skew), math.cos(self.skew)
            x, y = x * cosine - y * sine, x * sine + y * cosine
            x, y = x + self.width / 2, y + self.height / 2
        across, down = x / self.width, y / self.height
        turned = ((across, down), (1 - down, across), (1 - across, 1 - down), (down, 1 - across))
        return turned[self.quarters % 4]


@dataclass(frozen=True, slots=True)
class RawPage:
    """What is on a page: runs in the order of the file, ruling lines, pictures."""

    number: int
    width: float
    height: float
    runs: tuple[Run, ...]
    rules: tuple[Rule, ...]
    pictures: tuple[Area, ...] = ()
    unmapped: int = 0  # characters for which the file does not say what they are
    outside: int = 0  # characters outside the part of the page that is shown
    posture: Posture | None = None  # None: read as it is shown
    drawn: bool = False  # whether there are lines or shapes, which may be letters
    unseen: str = ""  # words in the file that leave no mark on the page

    @property
    def size(self) -> tuple[float, float]:
        """Width and height."""
        return self.width, self.height


def read_page(page: PdfPage, number: int, *, with_rules: bool = True) -> RawPage:
    """Return the characters and ruling lines of a PDFium page."""
    width, height = page.get_size()
    place = placement(page)
    textpage = page.get_textpage()
    try:
        lost = unseen_characters(page, textpage)
        runs = list(_runs(textpage, place, lost))
        unseen = _letters(textpage, lost)
    finally:
        textpage.close()
    shown = [kept for run in runs if (kept := _inside(run, width, height))]
    outside = visible(runs) - visible(shown)
    rules, pictures, drawn = _drawn(page, place, with_rules)
    bad = sum(g.text in ("\ufffd", "\0") for run in shown for g in run.glyphs)
    return RawPage(
        number, width, height, tuple(shown), tuple(rules), tuple(pictures), bad, outside,
        drawn=drawn, unseen=unseen,
    )  # fmt: skip


def _inside(run: Run, width: float, height: float) -> Run | None:
    """Return the run without the characters that stand outside the shown page."""

    def is_shown(glyph: Glyph) -> bool:
        x, y = (glyph.x0 + glyph.x1) / 2, (glyph.top + glyph.bottom) / 2
        return -1 <= x <= width + 1 and -1 <= y <= height + 1

    if all(is_shown(glyph) for glyph in run.glyphs):
        return run
    glyphs = tuple(filter(is_shown, run.glyphs))
    return Run(glyphs, run.size, run.slanted) if glyphs else None


def placement(page: PdfPage) -> Place:
    """Return the way from PDF coordinates (origin below left) to the shown page's."""
    left, bottom, right, top = _shown_box(page)
    turned = page.get_rotation()
    if turned == 90:
        return lambda x, y: (y - bottom, x - left)
    if turned == 180:
        return lambda x, y: (right - x, y - bottom)
    if turned == 270:
        return lambda x, y: (top - y, right - x)
    return lambda x, y: (x - left, top - y)


def _shown_box(page: PdfPage) -> Area:
    """Return left, bottom, right and top of what is shown: the crop box inside the media box."""
    media = _upright_box(page.get_mediabox()) or (0.0, 0.0, 612.0, 792.0)  # as PDFium does
    crop = _upright_box(page.get_cropbox()) or media
    left, bottom = max(media[0], crop[0]), max(media[1], crop[1])
    right, top = min(media[2], crop[2]), min(media[3], crop[3])
    if left >= right or bottom >= top:
        return media
    return left, bottom, right, top


def _upright_box(box: Sequence[float]) -> Area | None:
    """Return a box with its corners in order, None if nothing is in it."""
    left, right = sorted((box[0], box[2]))
    bottom, top = sorted((box[1], box[3]))
    return (left, bottom, right, top) if left < right and bottom < top else None


def _letters(textpage: PdfTextPage, places: set[int]) -> str:
    import pypdfium2.raw as pdfium

    return "".join(
        _character(pdfium.FPDFText_GetUnicode(textpage.raw, place)) for place in sorted(places)
    )


def _runs(textpage: PdfTextPage, place: Place, lost: set[int]) -> Iterator[Run]:
    import pypdfium2.raw as pdfium

    raw = textpage.raw
    rectangle = pdfium.FS_RECTF()
    reference = ctypes.byref(rectangle)
    glyphs: list[Glyph] = []
    places: list[int] = []  # of the glyphs, among PDFium's characters
    guessed: set[int] = set()  # places of spaces that PDFium puts in where it sees a gap
    high = 0  # the first half of a surrogate pair
    for i in range(textpage.count_chars()):
        code = pdfium.FPDFText_GetUnicode(raw, i)
        if code in (10, 13):
            if glyphs:
                yield _run(raw, *_written(places, glyphs, guessed))
            glyphs, places = [], []
            continue
        if i in lost:
            continue
        if code == 32 and pdfium.FPDFText_IsGenerated(raw, i) == 1:
            guessed.add(i)
        if 0xD800 <= code < 0xDC00:
            high = code
            continue
        if 0xDC00 <= code < 0xE000:
            code = 0x10000 + ((high - 0xD800) << 10) + code - 0xDC00 if high else 0xFFFD
        high = 0
        pdfium.FPDFText_GetLooseCharBox(raw, i, reference)
        xa, ya = place(rectangle.left, rectangle.top)
        xb, yb = place(rectangle.right, rectangle.bottom)
        places.append(i)
        box = (min(xa, xb), min(ya, yb), max(xa, xb), max(ya, yb))
        glyphs.append(Glyph(_character(code), *box))
    if glyphs:
        yield _run(raw, *_written(places, glyphs, guessed))


def _written(
    places: list[int], glyphs: list[Glyph], guessed: set[int]
) -> tuple[list[int], list[Glyph]]:
    """Leave out the spaces that nobody wrote.

    Office programs set a quarter of a character between Chinese and digits (共13个),
    which PDFium takes for a space.
    """
    kept = [
        n
        for n, place in enumerate(places)
        if place not in guessed
        or not 0 < n < len(glyphs) - 1
        or not _is_autospace(glyphs[n - 1], glyphs[n + 1])
    ]
    return [places[n] for n in kept], [glyphs[n] for n in kept]


def _is_autospace(before: Glyph, after: Glyph) -> bool:
    if (before.text >= "\u2e80") == (after.text >= "\u2e80"):
        return False
    level = min(before.bottom, after.bottom) > max(before.top, after.top)
    em = max(before.bottom - before.top, after.bottom - after.top)
    return level and after.x0 - before.x1 < AUTOSPACE * em


def _run(raw: object, places: list[int], glyphs: list[Glyph]) -> Run:
    import pypdfium2.raw as pdfium

    # The middle character is surely of the line's own font; the first may be a bullet.
    # Spaces that PDFium puts in itself have no font.
    inked = [at for at, glyph in zip(places, glyphs, strict=True) if not glyph.text.isspace()]
    sample = (inked or places)[len(inked or places) // 2]
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


def _drawn(page: PdfPage, place: Place, with_rules: bool) -> tuple[list[Rule], list[Area], bool]:
    """Return the ruling lines, where pictures are, and whether anything is drawn."""
    import pypdfium2.raw as pdfium

    rules: list[Rule] = []
    pictures: list[Area] = []
    drawn_at_all = False
    wanted = [pdfium.FPDF_PAGEOBJ_IMAGE, pdfium.FPDF_PAGEOBJ_PATH, pdfium.FPDF_PAGEOBJ_SHADING]
    for count, drawn in enumerate(page.get_objects(filter=wanted, max_depth=4)):
        if count >= MAX_OBJECTS:
            return [], pictures, True
        if drawn.type == pdfium.FPDF_PAGEOBJ_IMAGE:
            pictures.append(_picture(drawn, place))
            continue
        drawn_at_all = True
        if with_rules and drawn.type == pdfium.FPDF_PAGEOBJ_PATH:
            rules += _path_rules(drawn, place)
    return rules, pictures, drawn_at_all


def _picture(drawn: PdfObject, place: Place) -> Area:
    """Return where a picture is: a unit square, put in its place by its matrix."""
    matrix = _matrix(drawn)
    corners = [place(*matrix.on_point(x, y)) for x in (0, 1) for y in (0, 1)]
    xs, ys = [x for x, _ in corners], [y for _, y in corners]
    return min(xs), min(ys), max(xs), max(ys)


def _matrix(drawn: PdfObject) -> PdfMatrix:
    matrix = drawn.get_matrix()
    outer = drawn.container
    while outer is not None:
        matrix = matrix.multiply(outer.get_matrix())
        outer = outer.container
    return matrix


def _path_rules(drawn: PdfObject, place: Place) -> Iterator[Rule]:
    import pypdfium2.raw as pdfium

    fill, stroke = ctypes.c_int(), ctypes.c_int()
    if not pdfium.FPDFPath_GetDrawMode(drawn.raw, fill, stroke) or not (fill.value or stroke.value):
        return
    segments = pdfium.FPDFPath_CountSegments(drawn.raw)
    if not 2 <= segments <= MAX_SEGMENTS:
        return
    matrix = _matrix(drawn)
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
