"""Words of a web page that no reader sees: such words must not become evidence."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from bs4 import Tag

_HIDDEN = re.compile(
    r"display:none|visibility:hidden|mso-hide:all|"
    r"font-size:(?:0(?![.\d])|(?:0?\.\d+|1)p[xt])|opacity:(?:0(?:\.0+)?|\.0+)(?![.\d])|"
    r"(?:left|top|text-indent|margin-left):-\d{4,}"
)
_EMPTY_BOX = re.compile(r"(?:^|;)(?:max-)?(?:height|width):0(?![.\d])")
_WHITE = re.compile(r"(?:^|;)color:(?:#fff(?:fff)?|white|rgb\(255,255,255\))(?:;|!|$)")
_WHITE_NAMES = {"#fff", "#ffffff", "white"}


def is_hidden(tag: Tag) -> bool:
    """Tell whether an element is hidden by its own attributes.

    Style sheets are not applied: they hide what a click shows, such as the second tab.
    """
    if tag.has_attr("hidden"):
        return True
    style = _style(tag)
    if _HIDDEN.search(style) or ("overflow:hidden" in style and _EMPTY_BOX.search(style)):
        return True
    named = tag.name == "font" and str(tag.get("color") or "").lower() in _WHITE_NAMES
    return bool((named or _WHITE.search(style)) and not _may_be_on_colour(tag))


def _style(tag: Tag) -> str:
    return re.sub(r"\s", "", str(tag.get("style") or "")).lower()


def _may_be_on_colour(tag: Tag) -> bool:
    """Tell whether white words may stand on a dark ground, as table heads do."""
    return any(
        "background" in _style(part)
        or any(part.has_attr(name) for name in ("bgcolor", "background", "class", "id"))
        for part in [tag, *tag.parents]
        if part.name != "[document]"
    )
