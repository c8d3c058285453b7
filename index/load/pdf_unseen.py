"""Characters of a PDF page that leave no mark on it: they are in the file, but not to be seen.

A character is suspected by its colour (white, or that of a shape on the page), by being
invisible or a point high. Suspects are tried: the page is drawn with them and without.
If the two images are alike where they stand, nobody sees them.
"""

from __future__ import annotations

import ctypes
import math
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Any

from index.load.unseen import FAINT, TINY, WHITE, Colour, blends

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray
    from pypdfium2 import PdfObject, PdfPage, PdfTextPage

    Picture = NDArray[np.uint8]  # height, width, channels
    Area = tuple[float, float, float, float]  # left, bottom, right, top, in the PDF's points

A4 = 842.0  # points; a page that counts otherwise (in millimetres, say) has smaller points
MAX_OBJECTS = 30_000  # of one page; more are not looked at
MAX_GROUNDS = 500  # filled shapes; a table of shaded rows has some dozens
THIN = 3.0  # points
SCALE = 2.0  # pixels a point of the images compared, and fewer on very large pages
LONGEST = 3400  # pixels
DEEP = 8  # forms in forms
_INVISIBLE = 3  # text rendering mode, ISO 32000-1, 9.3.6
_STROKED = (1, 5)


def unseen_characters(page: PdfPage, textpage: PdfTextPage) -> set[int]:
    """Return the numbers of the characters of a page that nobody sees."""
    import pypdfium2.raw as pdfium

    tiny, suspects = _suspects(page)
    if not tiny and not suspects:
        return set()
    places: dict[int, list[int]] = {}
    for i in range(textpage.count_chars()):
        if pdfium.FPDFText_GetUnicode(textpage.raw, i) <= ord(" "):
            continue  # a space never leaves a mark
        key = _address(pdfium.FPDFText_GetTextObject(textpage.raw, i))
        if key in tiny or key in suspects:
            places.setdefault(key, []).append(i)
    tried = {key: drawn for key, drawn in suspects.items() if key in places and key not in tiny}
    lost = {i for key in tiny for i in places.get(key, ())}
    for key in _traceless(page, tried):
        lost.update(places[key])
    return lost


def _suspects(page: PdfPage) -> tuple[set[int], dict[int, PdfObject]]:
    """Return the texts too small to be read, and those that may not show, by their addresses."""
    import pypdfium2.raw as pdfium

    texts: list[PdfObject] = []
    grounds: list[tuple[Area, Colour]] = []
    pictures: list[Area] = []
    for count, drawn in enumerate(page.get_objects(max_depth=DEEP)):
        if count >= MAX_OBJECTS:
            return set(), {}
        if drawn.type == pdfium.FPDF_PAGEOBJ_TEXT:
            texts.append(drawn)
        elif drawn.type == pdfium.FPDF_PAGEOBJ_IMAGE:
            pictures.append(_bounds(drawn))
        elif drawn.type == pdfium.FPDF_PAGEOBJ_PATH and len(grounds) < MAX_GROUNDS:
            grounds += _ground(drawn)
    small = TINY * min(1.0, max(page.get_size()) / A4)
    tiny = {_address(x.raw) for x in texts if _size(x) <= small}
    found = {_address(x.raw): x for x in texts if _is_suspect(x, grounds, pictures)}
    return tiny, found


def _ground(drawn: PdfObject) -> Iterator[tuple[Area, Colour]]:
    """Yield where a filled shape is, and its colour; a ruling line is no ground."""
    import pypdfium2.raw as pdfium

    fill, stroke = ctypes.c_int(), ctypes.c_int()
    if not pdfium.FPDFPath_GetDrawMode(drawn.raw, fill, stroke) or not fill.value:
        return
    area = _bounds(drawn)
    if min(area[2] - area[0], area[3] - area[1]) > THIN and (ink := _rgba(drawn)):
        yield area, ink[:3]


def _is_suspect(drawn: PdfObject, grounds: list[tuple[Area, Colour]], pictures: list[Area]) -> bool:
    if _is_invisible(drawn):  # over a picture they are the words of a scan, recognised
        return not any(_holds(area, _bounds(drawn)) for area in pictures)
    ink = _rgba(drawn, stroke=_is_stroked(drawn))
    if ink is None:  # the colour that a page begins with, which is black, or a pattern
        return False
    colour = ink[:3]
    return (
        ink[3] < FAINT
        or blends(colour, WHITE)
        or any(blends(colour, g) and _holds(area, _bounds(drawn)) for area, g in grounds)
    )


def _rgba(drawn: PdfObject, *, stroke: bool = False) -> tuple[int, int, int, int] | None:
    """Return red, green, blue and opacity of letters or shapes, None if none are set."""
    import pypdfium2.raw as pdfium

    read = pdfium.FPDFPageObj_GetStrokeColor if stroke else pdfium.FPDFPageObj_GetFillColor
    red, green, blue, alpha = (ctypes.c_uint() for _ in range(4))
    if not read(drawn.raw, red, green, blue, alpha):
        return None
    return red.value, green.value, blue.value, alpha.value


def _size(drawn: PdfObject) -> float:
    """Return the size of the type in points, as it is shown."""
    import pypdfium2.raw as pdfium

    size = ctypes.c_float()
    if not pdfium.FPDFTextObj_GetFontSize(drawn.raw, size):
        return math.inf
    matrix = drawn.get_matrix()
    outer = drawn.container
    while outer is not None:
        matrix = matrix.multiply(outer.get_matrix())
        outer = outer.container
    return abs(size.value) * math.sqrt(abs(matrix.a * matrix.d - matrix.b * matrix.c))


def _bounds(drawn: PdfObject) -> Area:
    left, bottom, right, top = drawn.get_bounds()
    outer = drawn.container
    while outer is not None:
        matrix = outer.get_matrix()
        corners = [matrix.on_point(x, y) for x in (left, right) for y in (bottom, top)]
        left, right = min(x for x, _ in corners), max(x for x, _ in corners)
        bottom, top = min(y for _, y in corners), max(y for _, y in corners)
        outer = outer.container
    return left, bottom, right, top


def _holds(area: Area, inner: Area) -> bool:
    x, y = (inner[0] + inner[2]) / 2, (inner[1] + inner[3]) / 2
    return area[0] <= x <= area[2] and area[1] <= y <= area[3]


def _address(raw: Any) -> int:  # noqa: ANN401  a pointer of ctypes
    return ctypes.cast(raw, ctypes.c_void_p).value or 0


# ---- the trial


def _traceless(page: PdfPage, tried: dict[int, PdfObject]) -> Iterator[int]:
    """Yield the addresses of the texts without which the page looks the same."""
    if not tried:
        return
    without = _without(page, tried.values())
    shown = _image(page)
    lost = {key: drawn for key, drawn in tried.items() if not _differ(page, shown, without, drawn)}
    if not lost:
        return
    painted = _painted(page, lost.values())
    for key, drawn in lost.items():
        # A font that is neither in the file nor on this machine leaves no mark in any colour.
        if _is_invisible(drawn) or _differ(page, painted, without, drawn):
            yield key


def _without(page: PdfPage, texts: Iterable[PdfObject]) -> Picture:
    import pypdfium2.raw as pdfium

    for drawn in texts:
        pdfium.FPDFPageObj_SetIsActive(drawn.raw, False)
    try:
        return _image(page)
    finally:
        for drawn in texts:
            pdfium.FPDFPageObj_SetIsActive(drawn.raw, True)


def _painted(page: PdfPage, texts: Iterable[PdfObject]) -> Picture:
    """Return the page with texts in the colour that is farthest from their own."""
    before = [(drawn, ink) for drawn in texts if (ink := _rgba(drawn, stroke=_is_stroked(drawn)))]
    for drawn, (red, green, blue, alpha) in before:
        shade = 0 if red + green + blue > 382 else 255
        _paint(drawn, (shade, shade, shade, 255) if alpha >= FAINT else (200, 0, 100, 255))
    try:
        return _image(page)
    finally:
        for drawn, ink in before:
            _paint(drawn, ink)


def _paint(drawn: PdfObject, ink: tuple[int, int, int, int]) -> None:
    import pypdfium2.raw as pdfium

    stroke = _is_stroked(drawn)
    paint = pdfium.FPDFPageObj_SetStrokeColor if stroke else pdfium.FPDFPageObj_SetFillColor
    paint(drawn.raw, *ink)


def _is_invisible(drawn: PdfObject) -> bool:
    import pypdfium2.raw as pdfium

    return bool(pdfium.FPDFTextObj_GetTextRenderMode(drawn.raw) == _INVISIBLE)


def _is_stroked(drawn: PdfObject) -> bool:
    import pypdfium2.raw as pdfium

    return pdfium.FPDFTextObj_GetTextRenderMode(drawn.raw) in _STROKED


def _differ(page: PdfPage, one: Picture, other: Picture, drawn: PdfObject) -> bool:
    """Tell whether an eye sees a difference between two images where a text stands."""
    here, there = (_spot(page, image, _bounds(drawn)) for image in (one, other))
    return bool((abs(here.astype("int16") - there) >= FAINT).any())


def _image(page: PdfPage) -> Picture:
    scale = min(SCALE, LONGEST / max(page.get_size()))
    drawn = page.render(scale=scale, may_draw_forms=False, draw_annots=False, rev_byteorder=True)
    image: Picture = drawn.to_numpy()
    return image.reshape(*image.shape[:2], -1)


def _spot(page: PdfPage, image: Picture, area: Area) -> Picture:
    """Return the part of an image where something stands, and a pixel around it."""
    from index.load.pdf_page import placement

    place = placement(page)
    (xa, ya), (xb, yb) = place(area[0], area[1]), place(area[2], area[3])
    height, width = image.shape[:2]
    across, down = width / page.get_size()[0], height / page.get_size()[1]
    left, right = sorted((xa * across, xb * across))
    top, bottom = sorted((ya * down, yb * down))
    return image[
        max(int(top) - 1, 0) : max(math.ceil(bottom) + 1, 0),
        max(int(left) - 1, 0) : max(math.ceil(right) + 1, 0),
    ]
