"""Which letters of a slide blend into what is behind them, or are too small to read.

Only a colour that the letters themselves name is looked at: what a layout gives its
letters was chosen for the layout's own ground.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

from index.load.archive import Element
from index.load.unseen import TINY, WHITE, Colour, blends, colour_of

A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
P = "{http://schemas.openxmlformats.org/presentationml/2006/main}"
_FILLS = ("noFill", "solidFill", "gradFill", "blipFill", "pattFill", "grpFill")
_LIGHT = ("bg1", "lt1")

Hides = Callable[[Element], bool]  # given a run, tells whether nobody can see it


def hides_in_shape(slide: Any, shape: Any) -> Hides:  # noqa: ANN401  python-pptx has no types
    """Return what tells which runs of a shape on a slide nobody can see."""
    ground: list[Colour | None] = []

    def hides(run: Element) -> bool:
        if not ground:
            ground.append(_behind(slide, shape))
        return _is_unseen(run, ground[0])

    return _when_suspect(hides)


def hides_in_cell(cell: Element) -> Hides:
    """Return the same for a table's ``a:tc``; a table's style may colour one that says nothing."""
    fill = _fill(cell.find(A + "tcPr"))
    ground = _solid(fill) if fill is not None else None
    return _when_suspect(lambda run: _is_unseen(run, ground))


def _when_suspect(hides: Hides) -> Hides:
    """Ask for the ground only where a run names a colour: most name none."""

    def asked(run: Element) -> bool:
        properties = run.find(A + "rPr")
        return properties is not None and (_is_tiny(properties) or hides(run))

    return asked


def _is_tiny(properties: Element) -> bool:
    size = properties.get("sz") or ""  # hundredths of a point
    return re.fullmatch(r"\d{1,6}", size) is not None and int(size) <= TINY * 100


def _is_unseen(run: Element, ground: Colour | None) -> bool:
    properties = run.find(A + "rPr")
    fill = _fill(properties)
    if fill is None or properties is None:
        return False
    if fill.tag == A + "noFill":
        outline = properties.find(A + "ln")
        return outline is None or outline.find(A + "noFill") is not None
    return blends(_solid(fill), ground)


def _behind(slide: Any, shape: Any) -> Colour | None:  # noqa: ANN401
    """Return the colour behind a shape's letters, None where it is not surely known."""
    properties = shape._element.find(P + "spPr")
    fill = _fill(properties)
    if fill is not None and fill.tag != A + "noFill":
        return _solid(fill)
    layers = (slide.slide_layout.slide_master, slide.slide_layout, slide)
    if fill is None and (shape._element.find(P + "style") is not None or _inherits(layers, shape)):
        return None
    for layer in layers:
        for other in layer.shapes:
            if other._element is shape._element:
                break
            if _paints(other, layer is slide) and _meet(other, shape):
                return None
    return _background(reversed(layers))


def _inherits(layers: Any, shape: Any) -> bool:  # noqa: ANN401
    """Tell whether a place for text may have its fill from a layout."""
    if not shape.is_placeholder:
        return False
    return any(
        (fill := _fill(other._element.find(P + "spPr"))) is not None and fill.tag != A + "noFill"
        for layer in layers[:2]
        for other in layer.placeholders
    )


def _paints(shape: Any, is_on_slide: bool) -> bool:  # noqa: ANN401
    """Tell whether a shape may cover what is behind it; empty places of layouts do not show."""
    element = shape._element
    if not is_on_slide and shape.is_placeholder:
        return False
    fill = _fill(element.find(P + "spPr"))
    if element.tag != P + "sp":
        return True
    if fill is None:
        return element.find(P + "style") is not None
    return fill.tag != A + "noFill" and _solid(fill) != WHITE


def _meet(one: Any, other: Any) -> bool:  # noqa: ANN401
    sides = [(s.left, s.top, s.width, s.height) for s in (one, other)]
    if any(side is None for box in sides for side in box):
        return True
    (left, top, width, height), (x, y, wide, high) = sides
    return bool(left < x + wide and x < left + width and top < y + high and y < top + height)


def _background(layers: Any) -> Colour | None:  # noqa: ANN401
    """Return the colour of the slide's own background, or of its layout's or master's."""
    for layer in layers:
        found = layer._element.find(f"{P}cSld/{P}bg")
        if found is None:
            continue
        properties, reference = found.find(P + "bgPr"), found.find(P + "bgRef")
        if properties is not None:
            fill = _fill(properties)
            return _solid(fill) if fill is not None else None
        # 1001 is the theme's first fill for backgrounds, which is the plain colour.
        if reference is not None and reference.get("idx") == "1001":
            return _solid(reference)
        return None
    return WHITE


def _fill(properties: Element | None) -> Element | None:
    for child in properties if properties is not None else ():
        if child.tag in {A + name for name in _FILLS}:
            return child
    return None


def _solid(fill: Element) -> Colour | None:
    """Return the colour that a fill names, None where it is no plain one."""
    for child in fill:
        if len(list(child)):  # made lighter, darker, or seen through
            return None
        if child.tag == A + "srgbClr":
            return colour_of(child.get("val"))
        if child.tag == A + "schemeClr":  # white, in all but the themes for dark rooms
            return WHITE if child.get("val") in _LIGHT else None
        if child.tag == A + "prstClr":
            return WHITE if child.get("val") == "white" else None
        if child.tag == A + "sysClr":
            return colour_of(child.get("lastClr"))
    return None
