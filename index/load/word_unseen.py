"""Which letters of a Word document blend into what is behind them, or are too small to read."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager

from index.load.archive import Element
from index.load.unseen import TINY, WHITE, Colour, blends, colour_of
from index.load.word_styles import Styles, W, value

_ANCHOR = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}anchor"
_FILL = "{http://schemas.openxmlformats.org/drawingml/2006/main}solidFill"
_RGB = "{http://schemas.openxmlformats.org/drawingml/2006/main}srgbClr"
_SHAPE = "{http://schemas.microsoft.com/office/word/2010/wordprocessingShape}"
_HIGHLIGHTS: dict[str, Colour] = {
    "white": WHITE, "black": (0, 0, 0), "yellow": (255, 255, 0), "green": (0, 255, 0),
    "cyan": (0, 255, 255), "magenta": (255, 0, 255), "blue": (0, 0, 255), "red": (255, 0, 0),
    "darkBlue": (0, 0, 128), "darkCyan": (0, 128, 128), "darkGreen": (0, 128, 0),
    "darkMagenta": (128, 0, 128), "darkRed": (128, 0, 0), "darkYellow": (128, 128, 0),
    "darkGray": (128, 128, 128), "lightGray": (192, 192, 192),
}  # fmt: skip
# A ground: a colour; None where it is not known, so that words on it are kept.
Ground = Colour | None


class Grounds:
    """What is behind the words at hand: the page, and within it a cell or a text box."""

    def __init__(self, styles: Styles, document: Element) -> None:
        self._styles = styles
        self._paper = _paper(document)
        self._style = ""
        self._paragraph: Ground = self._paper

    def enter_paragraph(self, properties: Element | None, style: str) -> None:
        """Take down the paragraph whose letters come next, by its ``w:pPr`` and its style."""
        self._style = style
        shade = properties.find(W + "shd") if properties is not None else None
        if shade is None:
            shade = self._styles.shading(style)
        self._paragraph = _shaded(shade, self._paper)

    @contextmanager
    def inside_cell(self, table: Element, row: Element, cell: Element) -> Iterator[None]:
        """Take the ground of a cell for that of the page, while it is read."""
        shade = cell.find(f"{W}tcPr/{W}shd")
        exception = row.find(f"{W}tblPrEx/{W}shd")
        properties = table.find(W + "tblPr")
        if shade is None:
            shade = exception
        if shade is None and properties is not None:
            shade = properties.find(W + "shd")
        ground = _shaded(shade, self._paper)
        if shade is None and self._styles.shades_tables(value(properties, "tblStyle")):
            ground = None
        with self._on(ground):
            yield

    @contextmanager
    def inside_box(self, box: Element) -> Iterator[None]:
        """Take the ground of a text box for that of the page, while it is read."""
        with self._on(_box_ground(box)):
            yield

    @contextmanager
    def _on(self, ground: Ground) -> Iterator[None]:
        before = self._paper, self._paragraph, self._style
        self._paper = self._paragraph = ground
        try:
            yield
        finally:
            self._paper, self._paragraph, self._style = before

    def hides(self, run: Element) -> bool:
        """Tell whether nobody can see the letters of a run of the paragraph at hand."""
        properties = run.find(W + "rPr")
        size = self._said(properties, "sz")
        if size is not None and re.fullmatch(r"\d+(\.\d+)?", size) and float(size) / 2 <= TINY:
            return True
        ink = colour_of(self._said(properties, "color"))
        return ink is not None and blends(ink, self._behind(properties))

    def _said(self, properties: Element | None, name: str) -> str | None:
        said = value(properties, name)
        if said is None:
            said = self._styles.run_value(value(properties, "rStyle"), name)
        if said is None:
            said = self._styles.run_value(self._style, name)
        return self._styles.default_value(name) if said is None else said

    def _behind(self, properties: Element | None) -> Ground:
        if properties is None:
            return self._paragraph
        marked = value(properties, "highlight")
        if marked is not None and marked != "none":
            return _HIGHLIGHTS.get(marked)
        return _shaded(properties.find(W + "shd"), self._paragraph)


def _shaded(shade: Element | None, ground: Ground) -> Ground:
    """Return the ground that a ``w:shd`` makes of the one behind it."""
    if shade is None:
        return ground
    fill, pattern = shade.get(W + "fill", "auto"), shade.get(W + "val", "clear")
    if pattern not in ("clear", "nil"):  # dots of another colour, or that colour alone
        return None
    return ground if fill == "auto" or pattern == "nil" else colour_of(fill)


def _paper(document: Element) -> Ground:
    """Return the colour of the pages; not known where pictures lie behind the text."""
    if any(a.get("behindDoc") in ("1", "true") for a in document.iter(_ANCHOR)):
        return None
    background = document.find(W + "background")
    return WHITE if background is None else colour_of(background.get(W + "color", "FFFFFF"))


def _box_ground(box: Element) -> Ground:
    """Return the fill of the shape that holds a text box, where it is one plain colour."""
    shape = next(box.iterancestors(_SHAPE + "wsp"), None)
    fill = shape.find(f"{_SHAPE}spPr/{_FILL}") if shape is not None else None
    colour = fill.find(_RGB) if fill is not None else None
    return None if colour is None or len(list(colour)) else colour_of(colour.get("val"))
