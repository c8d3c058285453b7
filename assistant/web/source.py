"""The source panel: a document's text with the quoted words marked, exactly."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from html import escape

from assistant.records import Citation
from assistant.web.ports import Library
from assistant.web.strings import both, say
from index.jobs import Version

REACH = 20_000  # characters shown on each side of the quote at first
MAX_REACH = 320_000  # a browser still scrolls this smoothly
SNAP = 400  # characters to look for a line end at the edges of the window
MAX_OUTLINE = 1_000  # headings; more are of no use as a list

Layer = tuple[int, int, str]  # start, end, CSS class


@dataclass(frozen=True, slots=True)
class Look:
    """What to show: a citation of an answer, a place of the ledger, or a document as such.

    ``keys`` are what the browser sends to come back to this look: (name, value)
    pairs, to which a citation adds its number. ``siblings`` are all citations that
    the previous/next buttons lead through, ``around`` spans to mark softly. ``at``
    is the offset to show when it is not the quote, ``reach`` the characters shown
    on each side. ``view`` is one of ``VIEWS``; ``version`` None is the citation's
    own, else the newest; ``page`` None is the one of the quote or of ``at``.
    """

    document: str
    citation: Citation | None = None
    siblings: tuple[Citation, ...] = ()
    keys: tuple[tuple[str, str], ...] = ()
    around: tuple[tuple[int, int], ...] = ()
    at: int | None = None
    reach: int = REACH
    view: str = "text"
    version: int | None = None
    page: int | None = None


@dataclass(frozen=True, slots=True)
class Opened:
    """One version of a document, opened for a look at it.

    ``number`` is that version's, ``history`` all of them, newest first; ``pages``
    is 0 where none can be shown.
    """

    look: Look
    library: Library
    number: int
    version: Version
    history: list[Version]
    text: str
    sections: list[tuple[int, str, int]]
    skips: tuple[tuple[int, int], ...]
    pages: int
    quote: tuple[int, int] | None

    @property
    def focus(self) -> tuple[int, int]:
        """The span to bring into view."""
        if self.look.at is None and self.quote:
            return self.quote
        return _at(self.look.at or 0, self.text)

    @property
    def layers(self) -> list[Layer]:
        """What is marked in the text besides the quote."""
        return [
            *((start, start + len(heading), "heading") for _, heading, start in self.sections),
            *((a, b, "debris") for a, b in self.skips if self.text[a:b].strip()),
            *_siblings(self.look, self.text),
            *((a, b, "cited") for a, b in self.look.around),
        ]


CURRENT = ' aria-current="true"'


def open_document(look: Look, library: Library) -> Opened:
    """Return what a look needs of the library.

    Raises:
        UnknownDocumentError: there is no such document, or no such version of it.
    """
    path, cited = look.document, look.citation
    history = library.history(path)
    wanted = look.version if look.version is not None else (cited.version if cited else None)
    # The newest is named too: a withdrawn document has no current text.
    number = wanted if wanted is not None else history[0].number
    text = library.text(path, number)
    return Opened(
        look=look,
        library=library,
        number=number,
        version=next((v for v in history if v.number == number), history[0]),
        history=history,
        text=text,
        sections=library.sections(path, number),
        skips=library.reading(path, number).skips,
        pages=library.page_count(path, number),
        quote=_exact(cited, text),
    )


def render_text_view(opened: Opened) -> str:
    """Return the outline, and the text around the place."""
    from assistant.web.grid import render_body  # which is made of render_text

    look, text = opened.look, opened.text
    low, high = window(text, opened.focus, look.reach)
    body = render_body(text, (low, high), opened.layers, opened.quote)
    return (
        f'<div class="pages">{_outline(look, opened.sections, opened.focus[0])}'
        f'<div class="text" tabindex="0">{_more("earlier", look, low > 0, low)}'
        f'<div class="canonical">{body}</div>'
        f"{_more('later', look, high < len(text), high)}</div></div>"
    )


def render_message(key: str, detail: str | None = None, **variables: object) -> str:
    """Return the panel with nothing but a calm message."""
    how = f"<p>{say(detail)}</p>" if detail else ""
    close = f'<button class="close" data-close>{say("close")}</button>'
    return (
        f'<section class="panel empty">{close}<p class="lead">{say(key, **variables)}</p>{how}'
        "</section>"
    )


def window(text: str, focus: tuple[int, int], reach: int) -> tuple[int, int]:
    """Return the span to show around ``focus``, at line ends where they are near."""
    reach = max(0, min(reach, MAX_REACH))
    low, high = max(0, focus[0] - reach), min(len(text), focus[1] + reach)
    if low > 0:
        line = text.find("\n", low, min(low + SNAP, focus[0]))
        low = line + 1 if line >= 0 else low
    if high < len(text):
        line = text.rfind("\n", max(high - SNAP, focus[1]), high)
        high = line + 1 if line >= 0 else high
    return low, high


def render_text(
    text: str, span: tuple[int, int], layers: Iterable[Layer], quote: tuple[int, int] | None
) -> str:
    """Return ``text[span]`` as HTML, the quote in one ``<mark>``, layers as spans inside.

    Offsets are code points; what the browser shows of the mark is ``text[quote]``.
    """
    low, high = span
    inside = sorted((a, b, name) for a, b, name in layers if a < high and b > low)
    if quote is None or quote[0] >= high or quote[1] <= low:
        return _pieces(text, low, high, inside)
    start, end = max(low, quote[0]), min(high, quote[1])
    return (
        _pieces(text, low, start, inside)
        + f'<mark class="quote" tabindex="-1">{_pieces(text, start, end, inside)}</mark>'
        + _pieces(text, end, high, inside)
    )


def _pieces(text: str, low: int, high: int, layers: Sequence[Layer]) -> str:
    edges: dict[int, list[tuple[bool, int]]] = {}
    for number, (start, end, _) in enumerate(layers):
        if start < high and end > low and start < end:
            edges.setdefault(max(low, start), []).append((True, number))
            edges.setdefault(min(high, end), []).append((False, number))
    html: list[str] = []
    active: set[int] = set()
    at = low
    for position in [*sorted(edges), high]:
        if position > at:
            html.append(_piece(text[at:position], at, [layers[i] for i in sorted(active)]))
        for opens, number in edges.get(position, ()):
            (active.add if opens else active.discard)(number)
        at = position
    return "".join(html)


def _piece(words: str, at: int, layers: Sequence[Layer]) -> str:
    if not layers:
        return escape(words)
    names = " ".join(dict.fromkeys(name for _, _, name in layers))
    anchor = any(name == "heading" and start == at for start, _, name in layers)
    place = f' data-place="{at}"' if anchor else ""
    return f'<span class="{names}"{place}>{escape(words)}</span>'


def _exact(citation: Citation | None, text: str) -> tuple[int, int] | None:
    """Return the span of the quote, or None where the text no longer says it there."""
    if citation is None or not citation.quote:
        return None
    same = text[citation.start : citation.end] == citation.quote
    return (citation.start, citation.end) if same else None


def _at(offset: int, text: str) -> tuple[int, int]:
    place = max(0, min(offset, len(text)))
    return place, place


def _siblings(look: Look, text: str) -> list[Layer]:
    return [
        (c.start, c.end, "cited")
        for c in look.siblings
        if c is not look.citation and c.document == look.document and _exact(c, text)
    ]


def keys_of(look: Look) -> str:
    """Return the data attributes that bring the server back to this very look."""
    if look.citation is None:
        version = f' data-version="{look.version}"' if look.version is not None else ""
        return f'data-document="{escape(look.document)}"{version}'
    return f'{named_keys(look)} data-n="{look.citation.n}"'


def named_keys(look: Look) -> str:
    """Return the data attributes of a citation but its number."""
    return " ".join(f'data-{name}="{escape(value)}"' for name, value in look.keys)


def _outline(look: Look, sections: Sequence[tuple[int, str, int]], at: int) -> str:
    if not sections:
        return ""
    shown = sections[:MAX_OUTLINE]
    here = bisect_right([start for _, _, start in shown], at) - 1
    items = "".join(
        f'<li class="level{max(1, min(level, 6))}"><button data-look data-at="{start}" '
        f"{keys_of(look)}{CURRENT if number == here else ''}>"
        f"{escape(heading.strip())}</button></li>"
        for number, (level, heading, start) in enumerate(shown)
    )
    back = (
        f'<button class="to-quote" data-look {keys_of(look)}>{say("to_quote")}</button>'
        if look.citation
        else ""
    )
    return (
        f'<div class="tools"><details class="outline"><summary>{say("outline")}'
        f"{both(f'（{len(sections)}）', f' ({len(sections)})')}</summary><ol>{items}</ol></details>"
        f"{back}</div>"
    )


def _more(key: str, look: Look, there: bool, edge: int) -> str:
    if not there:
        return ""
    reach = min(look.reach * 2, MAX_REACH)
    # At the greatest reach the window moves on instead of growing.
    at = (
        f' data-at="{edge if reach == look.reach else look.at}"'
        if (reach == look.reach or look.at is not None)
        else ""
    )
    return (
        f'<button class="more" data-look data-edge="{edge}" data-reach="{reach}"{at} '
        f"{keys_of(look)}>{say(key)}</button>"
    )
