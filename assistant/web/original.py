"""A page of the original beside its text, the quoted words marked on both."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Sequence
from html import escape
from urllib.parse import quote as percent

from assistant.web.source import Layer, Opened, keys_of, render_text
from assistant.web.strings import say
from index.records import Box

MAX_BOXES = 3_000  # lines and cells of one page that can be pointed at
UNSURE = 0.85  # confidence of recognised words below which they are underlined
NARROW = 0.55  # width of a letter or digit, of a Chinese character's

Frame = tuple[float, float, float, float]  # left, top, right, bottom as fractions of the page


def render_original(opened: Opened) -> str:
    """Return one page of the original and its text, with the way to the other pages."""
    page = page_of(opened)
    boxes = opened.library.boxes(opened.look.document, page, opened.number)[:MAX_BOXES]
    return (
        f"{_leaf_bar(opened, page)}{_recognised(boxes)}"
        f'<div class="pair">{_leaf(opened, page, boxes)}'
        f'<div class="text" tabindex="0">{_words(opened, boxes)}</div></div>'
    )


def page_of(opened: Opened) -> int:
    """Return the page to show: the one asked for, of the quote, or of the place in the text."""
    look, cited = opened.look, opened.look.citation
    if look.page is not None:
        return min(look.page, opened.pages)
    if look.at is None and cited is not None and cited.page:
        return min(cited.page, opened.pages)
    return _page_at(opened, opened.focus[0])


def _page_at(opened: Opened, offset: int) -> int:
    """Return the page that holds an offset, by halving: text goes on from page to page."""
    low, high = 1, opened.pages
    while low < high:
        middle = (low + high) // 2
        page, boxes = middle, _boxes(opened, middle)
        while not boxes and page < high:  # a page without words tells nothing
            page += 1
            boxes = _boxes(opened, page)
        if not boxes or offset < min(b.start for b in boxes):
            high = middle - 1
        elif offset < max(b.end for b in boxes):
            return page
        else:
            low = page + 1
    return max(1, min(low, opened.pages))


def _boxes(opened: Opened, page: int) -> list[Box]:
    return opened.library.boxes(opened.look.document, page, opened.number)


def _leaf_bar(opened: Opened, page: int) -> str:
    keys = keys_of(opened.look)
    steps = [
        f'<button class="step" data-look data-view="original" data-page="{other}" {keys}'
        f"{'' if 1 <= other <= opened.pages else ' disabled'}>{say(key)}</button>"
        for key, other in (("page_before", page - 1), ("page_after", page + 1))
    ]
    if opened.pages == 1:
        steps = ["", ""]
    jump = (
        f'<label class="jump"><span class="sr">{say("leaf_go")}</span>'
        f'<input type="number" min="1" max="{opened.pages}" value="{page}" data-leaf="{page}"'
        f' data-view="original" {keys}></label>'
        if opened.pages > 2
        else ""
    )
    said = say("leaf_of", page=page, pages=opened.pages)
    return (
        f'<div class="leaf-bar">{steps[0]}<span class="count">{said}</span>{steps[1]}{jump}'
        f'<button class="step zoom" data-zoom aria-pressed="false">{say("leaf_zoom")}</button>'
        "</div>"
    )


def _recognised(boxes: Sequence[Box]) -> str:
    sure = [box.confidence for box in boxes if box.confidence is not None]
    if not sure:
        return ""
    percents = round(100 * sum(sure) / len(sure))
    said = say("leaf_recognised", percent=percents)
    if any(_unsure(box) for box in boxes):
        said += say("leaf_unsure")
    return f'<p class="warning">{said}</p>'


def _leaf(opened: Opened, page: int, boxes: Sequence[Box]) -> str:
    name = percent(opened.look.document, safe="")
    address = f"page-image?document={name}&version={opened.number}&page={page}"
    lines = "".join(
        _frame((b.left, b.top, b.right, b.bottom), f"line-{b.start}{_unsure(b)}") for b in boxes
    )
    marks = "".join(_frame(frame, "quote") for frame in quoted(opened.text, opened.quote, boxes))
    return (
        f'<figure class="leaf" tabindex="0"><div class="sheet-of-paper">'
        f'<img src="{escape(address)}&amp;width=1000" data-large="{escape(address)}&amp;width=2000"'
        f' alt="" data-page-image>{lines}{marks}</div>'
        f'<figcaption class="sr">{say("leaf_alt", page=page)}</figcaption>'
        f'<p class="lost">{say("leaf_failed")}</p></figure>'
    )


def _frame(frame: Frame, name: str) -> str:
    left, top, right, bottom = (max(0.0, min(1.0, edge)) for edge in frame)
    style = (
        f"left:{left:.3%};top:{top:.3%};width:{max(0.0, right - left):.3%};"
        f"height:{max(0.0, bottom - top):.3%}"
    )
    return f'<span class="box {name}" style="{style}"></span>'


def _unsure(box: Box) -> str:
    return " unsure" if box.confidence is not None and box.confidence < UNSURE else ""


def quoted(text: str, quote: tuple[int, int] | None, boxes: Iterable[Box]) -> list[Frame]:
    """Return where the quoted words stand on the page, one frame for each line they touch.

    A box holds a line; the part of it that is quoted is measured by the widths that
    characters usually have, which is exact to about a character.
    """
    if quote is None:
        return []
    frames = []
    for box in boxes:
        start, end = max(box.start, quote[0]), min(box.end, quote[1])
        if start >= end or not text[start:end].strip():
            continue
        whole = _width(text[box.start : box.end]) or 1.0
        scale = (box.right - box.left) / whole
        left = box.left + scale * _width(text[box.start : start])
        right = box.right - scale * _width(text[end : box.end])
        frames.append((left, box.top, right, box.bottom))
    return frames


def _width(words: str) -> float:
    return sum(
        1.0 if unicodedata.east_asian_width(c) in "WF" else NARROW for c in words if c != "\n"
    )


def _words(opened: Opened, boxes: Sequence[Box]) -> str:
    if not boxes:
        return f'<p class="none">{say("leaf_blank")}</p>'
    span = min(b.start for b in boxes), max(b.end for b in boxes)
    lines: list[Layer] = [(b.start, b.end, f"line-{b.start}{_unsure(b)}") for b in boxes]
    body = render_text(opened.text, span, [*opened.layers, *lines], opened.quote)
    return f'<div class="canonical">{body}</div>'
