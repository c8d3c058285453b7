"""The lines of a document outside its tables, and the marks that they begin with."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from index.ledger.prose import chinese_count
from index.ledger.records import Span, Words
from index.records import Block, Document, View

NUMERAL = "[一二三四五六七八九十百]+"
KINDS = "(?:个|项|条|件|家|处|座|宗|起|户|所|笔|类)"
COUNTED = re.compile(
    rf"(?<![\d.．第])(?P<number>\d{{1,4}}|[一二两三四五六七八九十百]{{1,4}})\s*{KINDS}(?!月|百分点|小时|工作日|季度)"
)
MAX_HEAD = 40  # characters of a line that is but a label with its count
_LABELLED = re.compile(r"[【〔［][^【】〔〕［］\n]{1,20}[】〕］]")
_ENTRY = re.compile(
    rf"[ \t\u3000]*(?:(?P<arabic>\d{{1,3}})\s*(?:[．、]|\.(?!\d))"
    rf"|[（(](?P<bracket>{NUMERAL}|\d{{1,3}})[）)]"
    rf"|(?P<chinese>{NUMERAL})、|(?P<circled>[①-⑳]))[ \t\u3000]*"
)


@dataclass(frozen=True, slots=True)
class TextLine:
    """One logical line as a span of a document's clean text."""

    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Page:
    """A document as it is read: its clean text, its lines outside tables."""

    document: Document
    view: View
    lines: tuple[TextLine, ...]

    @property
    def text(self) -> str:
        """The clean text."""
        return self.view.text

    def words(self, span: Span, value: float | None = None) -> Words:
        """Return the words of a clean span, blanks around them left out."""
        start, end = trimmed(self.text, *span)
        return Words(self.text[start:end], (self.view.span(start, end),), value)


def page_of(document: Document, view: View, source: str, blocks: Sequence[Block]) -> Page:
    """Return a document's lines; those of tables and of its title are left out.

    ``source`` is the canonical text of the whole file.
    """
    tables = [b for b in blocks if b.kind == "table" and b.start < document.end]
    found: list[TextLine] = []
    at = 0
    for line in view.text.split("\n"):
        pieces = list(_pieces(view, source, at, at + len(line)))
        at += len(line) + 1
        for start, end in pieces:
            if end <= start:
                continue
            low, high = view.span(start, end)
            title = document.title_end is not None and high <= document.title_end
            if not title and not any(t.start <= low < t.end for t in tables):
                found.append(TextLine(start, end))
    return Page(document, view, tuple(found))


def _pieces(view: View, source: str, start: int, end: int) -> Iterator[Span]:
    """Yield a line, parted where a line of the source begins with a label or is but one.

    Reading joins a line to the next where a word may go on; “【在建】8个” ends by itself.
    """
    begin = start
    for at in range(start + 1, end):
        low, high = view.offsets[at - 1] + 1, view.offsets[at]
        if high > low and "\n" in source[low:high]:
            short = at - begin <= MAX_HEAD and _LABELLED.match(view.text, begin, at)
            if short or _LABELLED.match(view.text, at, end):
                yield trimmed(view.text, begin, at)
                begin = at
    yield trimmed(view.text, begin, end)


def trimmed(text: str, start: int, end: int, blanks: str = " \t\u3000\n") -> Span:
    """Return a span without the blanks at its ends."""
    while start < end and text[start] in blanks:
        start += 1
    while end > start and text[end - 1] in blanks:
        end -= 1
    return start, end


@dataclass(frozen=True, slots=True)
class Mark:
    """The number that a line begins with: its style, its value, where its words begin."""

    style: str
    value: int
    end: int


def mark_at(text: str, line: TextLine) -> Mark | None:
    """Return the number that a line begins with, None if it has none."""
    match = _ENTRY.match(text, line.start, line.end)
    if match is None:
        return None
    style = match.lastgroup or ""
    written = match[style]
    if style == "circled":
        return Mark(style, ord(written) - ord("①") + 1, match.end())
    kind = style if style != "bracket" else f"{style} {written.isdigit()}"
    return Mark(kind, chinese_count(written), match.end())
