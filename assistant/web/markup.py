"""An answer's Markdown as safe HTML: the only way text of others reaches the page.

The subset is what ``assistant/statements.py`` writes: paragraphs, ``- `` and ``1. ``
items, pipe tables, ``**bold**``, ``[n]``, and backslash escapes for literal
``\\ * [ ] |``. Everything else is shown as it stands; there are no links or images.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from html import escape

Cite = Callable[[int], str | None]

_TOKEN = re.compile(r"\\([\\*\[\]|])|(\*\*)|\[([0-9]{1,4})\]")
_BULLET = re.compile(r"^( {0,6})- (.*)$")
_NUMBERED = re.compile(r"^( {0,6})([0-9]{1,4})\. (.*)$")
_CELL = re.compile(r"\|((?:\\.|[^|\\]|\\$)*)")
_RULE = re.compile(r"^[|\s:\-]+$")


@dataclass(frozen=True, slots=True)
class Marks:
    """What to mark in a text: citation buttons by number, and words that lack proof.

    ``cite`` returns the button of a citation number, or None where there is none.
    """

    cite: Cite
    doubtful: Sequence[str] = ()


def render_answer(text: str, marks: Marks) -> str:
    """Return the answer as HTML that holds no tag but ours."""
    parts: list[str] = []
    lines = text.split("\n")
    at = 0
    while at < len(lines):
        kind = _kind(lines[at])
        end = at + 1
        while kind in ("ul", "ol", "table") and end < len(lines) and _kind(lines[end]) == kind:
            end += 1
        parts.append(_BLOCKS[kind](lines[at:end], marks))
        at = end
    return "".join(parts)


def plain_text(text: str) -> str:
    """Return the answer as a person would copy it: no bold marks, no escapes."""
    return _TOKEN.sub(lambda found: found[1] or ("" if found[2] else found[0]), text)


def render_inline(text: str, marks: Marks) -> str:
    """Return one line as HTML: bold, citation buttons, doubtful words; the rest escaped."""
    html: list[str] = []
    bold = False
    for literal, token, number in _tokens(text):
        if token:
            html.append("</strong>" if bold else "<strong>")
            bold = not bold
        elif number is not None:
            button = marks.cite(int(number))
            html.append(escape(f"[{number}]") if button is None else button)
        else:
            html.append(_doubtful(literal, marks.doubtful))
    return "".join(html) + ("</strong>" if bold else "")


def _tokens(text: str) -> Iterator[tuple[str, bool, str | None]]:
    """Yield (literal text, is a bold mark, citation number); literals are joined up."""
    literal, at = "", 0
    for found in _TOKEN.finditer(text):
        literal += text[at : found.start()]
        at = found.end()
        if found[1]:
            literal += found[1]
            continue
        if literal:
            yield literal, False, None
            literal = ""
        yield "", bool(found[2]), found[3]
    if literal + text[at:]:
        yield literal + text[at:], False, None


def _doubtful(literal: str, doubtful: Sequence[str]) -> str:
    words = sorted({word for word in doubtful if word}, key=len, reverse=True)
    if not words:
        return escape(literal)
    pieces = re.split("(" + "|".join(map(re.escape, words)) + ")", literal)
    return "".join(
        f'<span class="doubtful">{escape(piece)}</span>' if position % 2 else escape(piece)
        for position, piece in enumerate(pieces)
    )


def _kind(line: str) -> str:
    if not line.strip():
        return "blank"
    if _BULLET.match(line):
        return "ul"
    if _NUMBERED.match(line):
        return "ol"
    if line.startswith("|") and len(_cells(line)) > 1:
        return "table"
    return "p"


def _blank(lines: Sequence[str], marks: Marks) -> str:
    return ""


def _paragraph(lines: Sequence[str], marks: Marks) -> str:
    return f"<p>{render_inline(lines[0], marks)}</p>"


def _bullets(lines: Sequence[str], marks: Marks) -> str:
    return "<ul>" + "".join(_item(line, marks) for line in lines) + "</ul>"


def _item(line: str, marks: Marks) -> str:
    found = _BULLET.match(line)
    assert found is not None  # the caller saw the match
    nested = ' class="nested"' if found[1] else ""
    return f"<li{nested}>{render_inline(found[2], marks)}</li>"


def _numbers(lines: Sequence[str], marks: Marks) -> str:
    items = []
    for line in lines:
        found = _NUMBERED.match(line)
        assert found is not None  # the caller saw the match
        # The number is text, not a list marker: it is shown and copied as it was written.
        items.append(
            f'<li><span class="no">{found[2]}.</span> {render_inline(found[3], marks)}</li>'
        )
    return '<ol class="numbered">' + "".join(items) + "</ol>"


def _table(lines: Sequence[str], marks: Marks) -> str:
    rows = [_cells(line) for line in lines if not (_RULE.match(line) and "-" in line)]
    ruled = len(lines) > 1 and bool(_RULE.match(lines[1])) and "-" in lines[1]
    html = []
    for number, row in enumerate(rows):
        head = ruled and number == 0
        cells = "".join(_cell(render_inline(cell, marks), head=head) for cell in row)
        html.append(f"<tr>{cells}</tr>")
    return f'<div class="scroll"><table>{"".join(html)}</table></div>'


def _cell(html: str, *, head: bool) -> str:
    return render_sorter(html) if head else f"<td>{html}</td>"


def render_sorter(html: str) -> str:
    """Return a head of a column by which the browser sorts; one that holds a button only names."""
    if "<button" in html or not html:
        return f'<th scope="col">{html}</th>'
    return f'<th scope="col" aria-sort="none"><button data-sort-here>{html}</button></th>'


def _cells(line: str) -> list[str]:
    """Return the cells between the unescaped ``|`` of a table line."""
    cells = [cell.strip() for cell in _CELL.findall(line.strip())]
    return cells[:-1] if cells and not cells[-1] else cells


_BLOCKS: dict[str, Callable[[Sequence[str], Marks], str]] = {
    "blank": _blank,
    "p": _paragraph,
    "ul": _bullets,
    "ol": _numbers,
    "table": _table,
}
