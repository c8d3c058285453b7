"""Ruling lines in the picture of a page, and words cut where such a line crosses them."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Corners = NDArray[np.float32]

LONG, TALL = 2.5, 1.7  # least length of a line, over the usual height of a line of words
THICK = 0.4  # greatest thickness, over the same; thicker ones are bars and pictures
MAX_SLANT = math.radians(8)  # of a page that was laid on the glass askew
MAX_STROKES = 1500  # of one page; more of them are a photograph or a plan
_WINDOW, _DARKER = 41, 12  # pixels around, and steps of grey below their mean, that are ink


@dataclass(frozen=True, slots=True)
class Stroke:
    """A straight line across or down, in pixels of the upright picture."""

    x0: float
    top: float
    x1: float
    bottom: float

    @property
    def is_upright(self) -> bool:
        """Whether the line goes down the page."""
        return self.bottom - self.top > self.x1 - self.x0


def ruling_lines(grey: NDArray[np.uint8], level: Sequence[Corners]) -> list[Stroke]:
    """Return the straight lines of a page whose slant is taken out; ``level`` are its words."""
    usual = sorted(float(c[:, 1].max() - c[:, 1].min()) for c in level)[len(level) // 2]
    ink = _ink(grey)
    strokes = [
        stroke
        for upright, least in ((False, LONG * usual), (True, TALL * usual))
        for stroke in _along(ink, upright, max(int(least), 20), max(3.0, THICK * usual))
    ]
    boxes = [(*c.min(axis=0), *c.max(axis=0)) for c in level]
    strokes = [s for s in strokes if not any(_is_within(s, box) for box in boxes)]
    return strokes if len(strokes) <= MAX_STROKES else []


def slanting_lines(grey: NDArray[np.uint8]) -> list[tuple[float, float]]:
    """Return the slant (radians, clockwise) and length of long lines that are nearly level."""
    import cv2
    import numpy as np

    half = cv2.resize(grey, None, fx=0.5, fy=0.5, interpolation=cv2.INTER_AREA)
    least = half.shape[1] // 5
    ink = _ink(half)
    found = cv2.HoughLinesP(ink, 1, np.pi / 3600, least // 2, minLineLength=least, maxLineGap=4)
    lines = [] if found is None else found.reshape(-1, 4).tolist()
    slants = [(math.atan2(y1 - y0, x1 - x0), math.hypot(x1 - x0, y1 - y0))
              for x0, y0, x1, y1 in lines]  # fmt: skip
    return [(slant, 2 * length) for slant, length in slants if abs(slant) < MAX_SLANT]


def _ink(grey: NDArray[np.uint8]) -> NDArray[np.uint8]:
    import cv2

    ink: NDArray[np.uint8] = cv2.adaptiveThreshold(
        grey, 255, cv2.ADAPTIVE_THRESH_MEAN_C, cv2.THRESH_BINARY_INV, _WINDOW, _DARKER
    )
    return ink


def _along(ink: NDArray[np.uint8], upright: bool, least: int, thick: float) -> list[Stroke]:
    import cv2

    long, bridge = ((1, least), (1, 7)) if upright else ((least, 1), (7, 1))
    # A scanned line has gaps and steps: they are bridged, and it is fattened across.
    across = (3, 1) if upright else (1, 3)
    drawn = cv2.dilate(ink, cv2.getStructuringElement(cv2.MORPH_RECT, across))
    drawn = cv2.morphologyEx(
        drawn, cv2.MORPH_CLOSE, cv2.getStructuringElement(cv2.MORPH_RECT, bridge)
    )
    drawn = cv2.morphologyEx(drawn, cv2.MORPH_OPEN, cv2.getStructuringElement(cv2.MORPH_RECT, long))
    found = []
    for x, y, width, height, _ in cv2.connectedComponentsWithStats(drawn)[2][1:]:
        if upright and width <= thick:
            middle = float(x + width / 2)
            found.append(Stroke(middle, float(y), middle, float(y + height)))
        elif not upright and height <= thick:
            middle = float(y + height / 2)
            found.append(Stroke(float(x), middle, float(x + width), middle))
    return found


def _is_within(stroke: Stroke, box: tuple[float, ...]) -> bool:
    """Tell whether a line is a stroke of large letters."""
    x0, top, x1, bottom = box
    return x0 <= stroke.x0 and stroke.x1 <= x1 and top <= stroke.top and stroke.bottom <= bottom


def cut_at(
    strokes: Sequence[Stroke], found: Sequence[Corners], level: Sequence[Corners]
) -> tuple[list[Corners], list[Corners]]:
    """Return both kinds of corners, with lines of words cut where an upright line crosses."""
    upright = [stroke for stroke in strokes if stroke.is_upright]
    pieces: list[Corners] = []
    level_pieces: list[Corners] = []
    for corners, flat in zip(found, level, strict=True):
        shares = _crossings(upright, flat)
        pieces += _cut(corners, shares)
        level_pieces += _cut(flat, shares)
    return pieces, level_pieces


def _crossings(upright: Sequence[Stroke], flat: Corners) -> list[float]:
    """Return at which shares of its width a line of words is crossed."""
    (x0, top), (x1, bottom) = flat.min(axis=0), flat.max(axis=0)
    height = bottom - top
    edge = 0.5 * height  # nearer to an end there is no letter beyond it
    shares = [
        float((s.x0 - x0) / (x1 - x0))
        for s in upright
        if x0 + edge < s.x0 < x1 - edge
        and s.top <= top + 0.25 * height
        and s.bottom >= bottom - 0.25 * height
    ]
    return sorted(shares)


def _cut(corners: Corners, shares: Sequence[float]) -> list[Corners]:
    import numpy as np

    edges = [0.0, *shares, 1.0]
    a, b, c, d = corners
    return [
        np.array(
            [a + (b - a) * left, a + (b - a) * right, d + (c - d) * right, d + (c - d) * left],
            dtype=np.float32,
        )
        for left, right in pairwise(edges)
    ]
