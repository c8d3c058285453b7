"""Tables in a document's text: lines whose cells are parted by tabs, shown as rows and cells.

Every character of the text stays in the page, in its order, so that offsets and copied
words are those of the text; tabs and line ends between cells are there, but not seen.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from assistant.web.source import Layer, render_text

Span = tuple[int, int]


def render_body(text: str, span: Span, layers: Sequence[Layer], quote: Span | None) -> str:
    """Return ``text[span]`` as HTML; its tables in rows, a quote marked in each of its cells."""
    html: list[str] = []
    at, high = span
    for start, end in tables(text, at, high):
        html.append(render_text(text, (at, start), layers, quote))
        html.append(_table(text, (start, end), layers, quote))
        at = end
    return "".join(html) + render_text(text, (at, high), layers, quote)


def tables(text: str, low: int, high: int) -> Iterator[Span]:
    """Yield the spans of two lines or more, one after another, that have tabs in them."""
    start, count, at = low, 0, low
    while at < high:
        end = text.find("\n", at, high)
        after = high if end < 0 else end + 1
        if "\t" in text[at:after]:
            start = at if count == 0 else start
            count += 1
        else:
            if count > 1:
                yield start, at
            count = 0
        at = after
    if count > 1:
        yield start, high


def _table(text: str, span: Span, layers: Sequence[Layer], quote: Span | None) -> str:
    low, high = span
    near = [layer for layer in layers if layer[0] < high and layer[1] > low]
    rows, at = [], low
    while at < high:
        end = text.find("\n", at, high)
        end = high if end < 0 else end
        ending = '<span class="gap">\n</span>' if end < high else ""
        rows.append(f'<span class="row">{_cells(text, (at, end), near, quote)}{ending}</span>')
        at = end + 1
    return f'<span class="grid" tabindex="0"><span class="sheet">{"".join(rows)}</span></span>'


def _cells(text: str, line: Span, layers: Sequence[Layer], quote: Span | None) -> str:
    at, high = line
    cells = []
    for piece in text[at:high].split("\t"):
        end = at + len(piece)
        inner = render_text(text, (at, end), layers, quote) if piece else ""
        cells.append(f'<span class="cell">{inner}</span>')
        at = end + 1
    return '<span class="gap">\t</span>'.join(cells)
