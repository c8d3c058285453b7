"""The shapes of a slide in the order in which a person reads them."""

from __future__ import annotations

import copy
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

_MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_SHARED = 0.5  # of the lower one's height that two shapes share when they stand side by side
MAX_TITLE = 60  # characters; longer words are no title that somebody put in a text box


@dataclass(frozen=True, slots=True)
class Placed:
    """A shape, and where it stands on the slide or in its group, in EMU."""

    shape: Any
    left: int
    top: int
    height: int


def open_alternatives(slide: Any) -> None:
    """Put what ``mc:AlternateContent`` shows in its place: python-pptx passes over it.

    PowerPoint wraps formulas and newer charts so. The first branch is kept, since the
    others repeat it, as a picture mostly.
    """
    tree = slide.shapes._spTree
    for element in list(tree.iter(_MC + "AlternateContent")):
        branch = element.find(_MC + "Choice")
        if branch is None:
            branch = element.find(_MC + "Fallback")
        parent = element.getparent()
        if parent is None:
            continue
        place = parent.index(element)
        for child in reversed([] if branch is None else list(branch)):
            parent.insert(place + 1, copy.deepcopy(child))
        parent.remove(element)


def in_reading_order(shapes: Iterable[Any]) -> Iterator[Placed]:
    """Yield the shapes from top to bottom, those side by side from left to right.

    The shapes of a group stay together, where the group stands.
    """
    found = [_placed(shape) for shape in shapes]
    for row in _rows_of(sorted(found, key=lambda p: (p.top, p.left))):
        for placed in sorted(row, key=lambda p: p.left):
            if placed.shape._element.tag.endswith("}grpSp"):
                yield from in_reading_order(placed.shape.shapes)
            else:
                yield placed


def _placed(shape: Any) -> Placed:
    return Placed(shape, shape.left or 0, shape.top or 0, shape.height or 0)


def _rows_of(shapes: list[Placed]) -> Iterator[list[Placed]]:
    """Yield runs of shapes that stand side by side; ``shapes`` go from top to bottom."""
    row: list[Placed] = []
    for placed in shapes:
        if row and not _beside(row[0], placed):
            yield row
            row = []
        row.append(placed)
    if row:
        yield row


def _beside(first: Placed, second: Placed) -> bool:
    if first.top == second.top:
        return True
    shared = min(first.top + first.height, second.top + second.height) - second.top
    return shared > _SHARED * min(first.height, second.height) and _alike(first, second)


def _alike(first: Placed, second: Placed) -> bool:
    """Tell whether neither is a picture's size beside a line: a background is no neighbour."""
    return max(first.height, second.height) <= 4 * min(first.height, second.height)


def title_of(slide: Any) -> Any | None:
    """Return the shape that is a slide's title, None if there is none.

    It is the title's own place where that is filled; else a text box that stands above
    all others and holds one short line: many put their titles so.
    """
    title = slide.shapes.title
    if title is not None and title.text_frame.text.strip():
        return title
    for placed in in_reading_order(slide.shapes):
        shape = placed.shape
        if not getattr(shape, "has_text_frame", False):
            if shape._element.tag.endswith("}pic"):
                continue
            return None
        words = shape.text_frame.text.strip()
        if words:
            short = len(words) <= MAX_TITLE and "\n" not in words
            return shape if short and has_words(slide, beside=shape) else None
    return None


def has_words(slide: Any, *, beside: Any = None) -> bool:
    """Tell whether a slide holds something to read: text, a table, a chart, a diagram."""
    for placed in in_reading_order(slide.shapes):
        shape = placed.shape
        if beside is not None and shape._element is beside._element:
            continue
        if getattr(shape, "has_text_frame", False):
            if shape.text_frame.text.strip():
                return True
        elif shape._element.tag.endswith("}graphicFrame"):
            return True
    return False
