"""Which cells of a workbook show nothing although they hold something."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from index.load.excel_sheets import Area
from index.load.unseen import TINY, WHITE, Colour, blends, colour_of

NOTHING = ";;;"  # the number format that shows neither numbers nor text
# [MS-XLS] 2.5.161, the default palette: black, white, and what the system has for windows.
_INDEXED: dict[int, Colour] = {0: (0, 0, 0), 1: WHITE, 8: (0, 0, 0), 9: WHITE, 65: WHITE}


class CellLooks:
    """Tells by its style whether a cell's words can be seen; each style is looked at once."""

    def __init__(self) -> None:
        self._known: dict[int, bool] = {}

    def hides(self, cell: Any, painted: Sequence[Area]) -> bool:  # noqa: ANN401  no types
        """Tell whether nobody sees a cell of openpyxl's.

        ``painted`` are areas whose colours other rules choose: cells in them are seen.
        """
        style = cell._style_id
        if style not in self._known:
            self._known[style] = _is_unseen(cell)
        if not self._known[style]:
            return False
        row, column = cell.row, cell.column
        return not any(a.top <= row <= a.bottom and a.left <= column <= a.right for a in painted)


def _is_unseen(cell: Any) -> bool:  # noqa: ANN401
    font, fill = cell.font, cell.fill
    if cell.number_format == NOTHING or (font.sz is not None and font.sz <= TINY):
        return True
    kind = getattr(fill, "patternType", "gradient")  # a gradient has none
    if kind in (None, "none"):
        return blends(_colour(font.color), WHITE)
    if kind != "solid":
        return False
    ground = fill.fgColor
    same_theme = font.color is not None and font.color.type == ground.type == "theme"
    if same_theme and font.color.theme == ground.theme:
        return bool(abs((font.color.tint or 0) - (ground.tint or 0)) < 0.05)
    return blends(_colour(font.color), _colour(ground))


def _colour(colour: Any) -> Colour | None:  # noqa: ANN401
    """Return a colour of openpyxl's, None where it is the usual one, or not plainly one."""
    if colour is None or abs(colour.tint or 0) >= 0.05:
        return None
    if colour.type == "rgb" and isinstance(colour.rgb, str):
        return colour_of(colour.rgb[-6:])
    if colour.type == "indexed":
        return _INDEXED.get(colour.indexed)
    return WHITE if colour.type == "theme" and colour.theme == 0 else None
