"""One OFD page as runs of placed characters, ruling lines and pictures."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator
from itertools import pairwise
from typing import Any

from index.load.ofd_package import (
    Sheet,
    Six,
    children,
    local,
    matrix_of,
    numbers,
    objects_of,
    picture_matrix,
)
from index.load.pdf_page import Area, Glyph, RawPage, Rule, Run

POINTS = 72 / 25.4  # a millimetre
ABOVE, BELOW = 0.86, 0.14  # of the type's size, over and under the line that letters stand on
THIN = 2.5  # points
MAX_OBJECTS = 30_000
_PATH = re.compile(r"([SMLQBAC])|(-?(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d+)?)")
_TAKES = {"S": 2, "M": 2, "L": 2, "Q": 4, "B": 6, "A": 7, "C": 0}


def page_of_sheet(sheet: Sheet, number: int, shared: set[str]) -> RawPage:
    """Return what is on a page. Templates in ``shared`` are on several: their words are aside."""
    runs: list[Run] = []
    rules: list[Rule] = []
    pictures: list[Area] = []
    roots = [(root, where in shared) for where, root in sheet.templates]
    for root, aside in [*roots, (sheet.content, False)]:
        if root is None:
            continue
        for count, element in enumerate(objects_of(root)):
            if count >= MAX_OBJECTS:
                break
            kind = local(element)
            if kind == "TextObject":
                runs += _runs(element, sheet, aside)
            elif kind == "PathObject":
                rules += _rules(element, sheet)
            elif kind == "ImageObject":
                pictures.append(_area(picture_matrix(element), sheet))
    size = (sheet.width * POINTS, sheet.height * POINTS)
    shown = [run for run in _joined(runs) if _is_on(run, *size)]
    bad = sum(_is_unmapped(g.text) for run in shown for g in run.glyphs)
    return RawPage(
        number, *size, tuple(shown), tuple(rules), tuple(pictures), bad, drawn=bool(rules)
    )


def placed(element: Any, origin: tuple[float, float]) -> Iterator[tuple[str, float, float, Six]]:  # noqa: ANN401
    """Yield each character with the place on the page (mm) that it stands on, and its matrix."""
    matrix = matrix_of(element)
    size = (numbers(element.get("Size")) or [0.0])[0]
    stretch = (numbers(element.get("HScale")) or [1.0])[0]
    x = y = 0.0
    for code in children(element, "TextCode"):
        words = code.text or ""
        x = (numbers(code.get("X")) or [x])[0]
        y = (numbers(code.get("Y")) or [y])[0]
        across, down = _steps(code.get("DeltaX")), _steps(code.get("DeltaY"))
        for i, character in enumerate(words):
            px, py = _on(matrix, x, y, origin)
            yield character, px, py, matrix
            if i < len(across):
                x += across[i]
            elif not down:  # no step is told: the width of the letter
                x += size * stretch * (0.5 if ord(character) < 0x2E80 else 1.0)
            if i < len(down):
                y += down[i]


def _runs(element: Any, sheet: Sheet, aside: bool) -> Iterator[Run]:  # noqa: ANN401
    size = (numbers(element.get("Size")) or [0.0])[0]
    matrix = matrix_of(element)
    scale = math.sqrt(abs(matrix[0] * matrix[3] - matrix[1] * matrix[2])) * POINTS
    points = size * scale
    if not 0.5 < points < 2000:
        return
    slant = abs(math.degrees(math.atan2(matrix[1], matrix[0]))) % 90
    glyphs: list[Glyph] = []
    for character, x, y, _ in placed(element, sheet.origin):
        if character in "\r\n\t":
            character = " "
        wide = points * (0.5 if ord(character) < 0x2E80 else 1.0)
        at, line = x * POINTS, y * POINTS
        glyph = Glyph(character, at, line - ABOVE * points, at + wide, line + BELOW * points)
        if glyphs and abs(glyph.top - glyphs[-1].top) > 0.5 * points:
            yield Run(tuple(glyphs), points, aside or 5 < slant < 85)
            glyphs = []
        glyphs.append(glyph)
    if glyphs:
        yield Run(tuple(_narrowed(glyphs)), points, aside or 5 < slant < 85)


def _narrowed(glyphs: list[Glyph]) -> Iterator[Glyph]:
    """Yield letters that end where the next begins, at the latest."""
    for glyph, following in pairwise(glyphs):
        step = following.x0 - glyph.x0
        yield glyph._replace(x1=following.x0) if 0 < step < glyph.x1 - glyph.x0 else glyph
    yield glyphs[-1]


def _joined(runs: list[Run]) -> list[Run]:
    """Return runs with those put together that go on along a line: some write letter by letter."""
    joined: list[Run] = []
    for run in runs:
        last = joined[-1] if joined else None
        if last is not None and _goes_on(last, run):
            gap = run.glyphs[0].x0 - last.glyphs[-1].x1
            space = _space(last.glyphs[-1], run.glyphs[0]) if gap > 0.3 * run.size else ()
            joined[-1] = Run((*last.glyphs, *space, *run.glyphs), last.size, last.slanted)
        else:
            joined.append(run)
    return joined


def _goes_on(last: Run, run: Run) -> bool:
    gap = run.glyphs[0].x0 - last.glyphs[-1].x1
    level = abs(run.glyphs[0].bottom - last.glyphs[-1].bottom) < 0.2 * run.size
    alike = abs(last.size - run.size) < 0.05 * run.size and last.slanted == run.slanted
    return level and alike and -0.5 * run.size < gap < run.size


def _space(before: Glyph, after: Glyph) -> tuple[Glyph, ...]:
    return (Glyph(" ", before.x1, before.top, after.x0, before.bottom),)


def _is_on(run: Run, width: float, height: float) -> bool:
    first, last = run.glyphs[0], run.glyphs[-1]
    x, y = (first.x0 + last.x1) / 2, (first.top + first.bottom) / 2
    return -1 <= x <= width + 1 and -1 <= y <= height + 1


def _is_unmapped(character: str) -> bool:
    return character == "\ufffd" or "\ue000" <= character <= "\uf8ff"


def _steps(text: str | None) -> list[float]:
    """Return distances; “g 5 14” stands for five times 14."""
    words = (text or "").replace(",", " ").split()
    steps: list[float] = []
    i = 0
    while i < len(words) and len(steps) < 100_000:
        if words[i] == "g" and i + 2 < len(words):
            count, step = numbers(words[i + 1]), numbers(words[i + 2])
            steps += step * min(int(count[0]) if count else 0, 100_000)
            i += 3
        else:
            steps += numbers(words[i])
            i += 1
    return steps


def _on(matrix: Six, x: float, y: float, origin: tuple[float, float]) -> tuple[float, float]:
    a, b, c, d, e, f = matrix
    return a * x + c * y + e - origin[0], b * x + d * y + f - origin[1]


def _area(matrix: Six, sheet: Sheet) -> Area:
    """Return where a picture is, in points: a unit square under its matrix."""
    corners = [_on(matrix, x, y, sheet.origin) for x in (0, 1) for y in (0, 1)]
    xs, ys = [x * POINTS for x, _ in corners], [y * POINTS for _, y in corners]
    return min(xs), min(ys), max(xs), max(ys)


def strokes_of(element: Any, origin: tuple[float, float]) -> list[Area]:  # noqa: ANN401
    """Return the straight strokes of a path in mm of the page; curves are left out."""
    matrix = matrix_of(element)
    strokes: list[Area] = []
    here = start = (0.0, 0.0)
    for verb, values in _verbs("".join(d.text or "" for d in children(element, "AbbreviatedData"))):
        if verb == "C":
            there = start
        elif verb in "SM":
            here = start = (values[0], values[1])
            continue
        else:
            there = (values[-2], values[-1])
        if verb in "LC" and there != here:
            strokes.append((*_on(matrix, *here, origin), *_on(matrix, *there, origin)))
        here = there
        if len(strokes) > MAX_OBJECTS:
            break
    return strokes


def _verbs(data: str) -> Iterator[tuple[str, list[float]]]:
    verb = ""
    values: list[float] = []
    for letter, number in _PATH.findall(data):
        if letter:
            verb, values = letter, []
        else:
            values.append(float(number))
        if verb and len(values) == _TAKES[verb]:
            yield verb, values
            values = []
            if verb == "C":
                verb = ""


def _rules(element: Any, sheet: Sheet) -> Iterator[Rule]:  # noqa: ANN401
    if (element.get("Stroke") or "true").lower() == "false" and (
        element.get("Fill") or "false"
    ).lower() == "false":
        return
    for xa, ya, xb, yb in strokes_of(element, sheet.origin):
        wide, high = abs(xa - xb) * POINTS, abs(ya - yb) * POINTS
        if min(wide, high) <= 0.5 < max(wide, high):
            xs, ys = sorted((xa * POINTS, xb * POINTS)), sorted((ya * POINTS, yb * POINTS))
            yield Rule(xs[0], ys[0], xs[1], ys[1])
