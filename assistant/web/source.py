"""The source panel: a document's text with the quoted words marked, exactly."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from html import escape

from assistant.records import Citation
from assistant.web.ports import Library
from assistant.web.strings import both, say
from index.errors import UnknownDocumentError

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
    on each side.
    """

    document: str
    citation: Citation | None = None
    siblings: tuple[Citation, ...] = ()
    keys: tuple[tuple[str, str], ...] = ()
    around: tuple[tuple[int, int], ...] = ()
    at: int | None = None
    reach: int = REACH


_CURRENT = ' aria-current="true"'


def render_source(look: Look, library: Library) -> str:
    """Return the panel's HTML: head, outline, and the text around the place."""
    try:
        text = library.text(look.document)
        sections = library.sections(look.document)
        skips = library.reading(look.document).skips
    except UnknownDocumentError:
        return render_message("source_gone")
    quote = _exact(look.citation, text)
    focus = quote if look.at is None and quote else _at(look.at or 0, text)
    low, high = window(text, focus, look.reach)
    layers = [
        *((start, start + len(heading), "heading") for _, heading, start in sections),
        *((a, b, "debris") for a, b in skips if text[a:b].strip()),
        *_siblings(look, text),
        *((a, b, "cited") for a, b in look.around),
    ]
    body = render_text(text, (low, high), layers, quote)
    changed = f'<p class="warning">{say("source_changed")}</p>'
    return (
        f'<section class="panel"{_target(look, quote, focus)}>'
        f"{_head(look, library)}"
        f"{changed if look.citation and not quote else ''}"
        f"{_outline(look, sections, focus[0])}"
        f'<div class="text" tabindex="0">{_more("earlier", look, low > 0, low)}'
        f'<div class="canonical">{body}</div>'
        f"{_more('later', look, high < len(text), high)}</div></section>"
    )


def render_message(key: str, detail: str | None = None) -> str:
    """Return the panel with nothing but a calm message."""
    how = f"<p>{say(detail)}</p>" if detail else ""
    close = f'<button class="close" data-close>{say("close")}</button>'
    return f'<section class="panel empty">{close}<p class="lead">{say(key)}</p>{how}</section>'


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


def _keys(look: Look) -> str:
    """Return the data attributes that bring the server back to this very look."""
    if look.citation is None:
        return f'data-document="{escape(look.document)}"'
    return f'{_named(look)} data-n="{look.citation.n}"'


def _named(look: Look) -> str:
    return " ".join(f'data-{name}="{escape(value)}"' for name, value in look.keys)


def _target(look: Look, quote: tuple[int, int] | None, focus: tuple[int, int]) -> str:
    """Say what the browser should scroll to; the number makes each look a new one."""
    return f' data-scroll="{"quote" if look.at is None and quote else focus[0]}" {_keys(look)}'


def _head(look: Look, library: Library) -> str:
    info = next((d for d in library.documents() if d.path == look.document), None)
    cited = look.citation
    title = (cited and cited.title) or (info and info.title) or look.document
    date = (cited and cited.date) or (info and (info.date or info.date_text)) or ""
    facts = [("file", escape(look.document))]
    if cited:
        article = cited.article if cited.article and cited.article != title else ""
        facts.append(("article", escape(article or "")))
        facts.append(("section", escape(cited.section)))
    facts += [("issuer", escape((info and info.issuer) or "")), ("date", escape(date))]
    if cited:
        facts.append(("page", str(cited.page) if cited.page else ""))
        facts.append(("place", say("place_value", start=cited.start, end=cited.end)))
    listed = "".join(f"<dt>{say(key)}</dt><dd>{words}</dd>" for key, words in facts if words)
    return (
        f'<header><div class="bar"><span class="kind">{say("source")}</span>{_steps(look)}'
        f'<button class="close" data-close>{say("close")}</button></div>'
        f"<h2>{escape(title)}</h2><dl>{listed}</dl></header>"
    )


def _steps(look: Look) -> str:
    """Return the previous/next buttons of a citation."""
    if look.citation is None or len(look.siblings) < 2:
        return ""
    numbers = [c.n for c in look.siblings]
    place = numbers.index(look.citation.n)
    steps = []
    for key, other in (("previous", place - 1), ("next", place + 1)):
        there = 0 <= other < len(numbers)
        where = f'data-n="{numbers[other]}"' if there else "disabled"
        steps.append(f'<button class="step" data-look {_named(look)} {where}>{say(key)}</button>')
    count = say("of", n=place + 1, count=len(numbers))
    return f'<span class="steps">{steps[0]}<span class="count">{count}</span>{steps[1]}</span>'


def _outline(look: Look, sections: Sequence[tuple[int, str, int]], at: int) -> str:
    if not sections:
        return ""
    shown = sections[:MAX_OUTLINE]
    here = bisect_right([start for _, _, start in shown], at) - 1
    items = "".join(
        f'<li class="level{max(1, min(level, 6))}"><button data-look data-at="{start}" '
        f"{_keys(look)}{_CURRENT if number == here else ''}>"
        f"{escape(heading.strip())}</button></li>"
        for number, (level, heading, start) in enumerate(shown)
    )
    back = (
        f'<button class="to-quote" data-look {_keys(look)}>{say("to_quote")}</button>'
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
        f'<button class="more" data-look data-edge="{edge}" data-reach="{reach}"{at} {_keys(look)}>'
        f"{say(key)}</button>"
    )
