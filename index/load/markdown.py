"""Markdown (.md): the source is the canonical text; blocks point at the words in it.

Marks (``#``, bullets, fences, front matter) become furniture. Emphasis stays where
it is, for ``**`` may mask a name: reading passes over the marks that are surely bold.
"""

from __future__ import annotations

import re
from collections.abc import Generator, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from index.emphasis import without_bold
from index.headings import numbering_of
from index.load.canonical import is_blank
from index.load.decode import decode
from index.records import Block, BlockKind, Cell, LoadedFile

MEDIA_TYPE = "text/markdown"

_LINE = re.compile(r"([^\n]*)(?:\n|\Z)")
_HEADING = re.compile(r"( {0,3}(#{1,6})[ \t]+)(.*?)([ \t]+#+)?[ \t]*")
_UNDERLINE = re.compile(r" {0,3}(?:(=+)|(-+))[ \t]*")
_RULE = re.compile(r" {0,3}(?:(?:-[ \t]*){3,}|(?:_[ \t]*){3,})")
_FENCE = re.compile(r"[ \t]{0,8}(`{3,}(?!.*`)|~{3,}).*")
_BULLET = re.compile(r"([ \t]*[-*+][ \t]+)(?:\[[ xX]\][ \t]+)?(?=\S)")
_ORDERED = re.compile(r"([ \t]*)(?=\d{1,9}[.)][ \t]+\S)")
_QUOTE = re.compile(r"[ \t]{0,3}(?:>[ \t]?)+")
_COMMENT = re.compile(r"[ \t]*<!--.*?-->[ \t]*")
_DELIMITER = re.compile(r"[ \t]*\|?[ \t]*:?-+:?[ \t]*(?:\|[ \t]*:?-+:?[ \t]*)*\|?[ \t]*")
_PIPE = re.compile(r"(?<!\\)((?:\\\\)*)\|")
_ENDS = "。！？；：…!?;:.|”）》"


@dataclass(frozen=True, slots=True)
class _Line:
    start: int
    text: str

    @property
    def end(self) -> int:
        return self.start + len(self.text)


def read_markdown(content: bytes) -> LoadedFile:
    """Return the source text with headings, lists, tables and paragraphs as blocks."""
    decoded = decode(content)
    text = decoded.text
    lines = [_Line(m.start(), m[1]) for m in _LINE.finditer(text) if m.start() < len(text)]
    blocks = tuple(_blocks(lines))
    title = _title(text, blocks, lines)
    return LoadedFile(text, MEDIA_TYPE, blocks, decoded.encoding, title, decoded.notes)


def _title(text: str, blocks: Sequence[Block], lines: Sequence[_Line]) -> str | None:
    """Return ``title:`` of the front matter, else the only heading of level 1."""
    for line in lines[1 : _front_matter(lines)]:
        if match := re.match(r"title:\s*[\"']?(.+?)[\"']?\s*$", line.text):
            return match[1]
    top = [b for b in blocks if b.kind == "heading" and b.level == 1]
    return text[top[0].start : top[0].end].strip() if len(top) == 1 else None


def _blocks(lines: Sequence[_Line]) -> Iterator[Block]:
    at = _front_matter(lines)
    if at:
        yield Block("furniture", lines[0].start, lines[at - 1].end)
    while at < len(lines):
        line = lines[at]
        if is_blank(line.text):
            at += 1
        elif fence := _FENCE.fullmatch(line.text):
            at = yield from _fenced(lines, at, fence[1])
        elif _is_table(lines, at):
            at = yield from _table(lines, at)
        elif _is_underlined(lines, at):
            underline = _UNDERLINE.fullmatch(lines[at + 1].text)
            yield _words("heading", line, level=1 if underline and underline[1] else 2)
            yield Block("furniture", lines[at + 1].start, lines[at + 1].end)
            at += 2
        elif marked := list(_marked(line)):
            yield from marked
            at += 1
        else:
            stop = _paragraph_end(lines, at)
            yield Block("paragraph", line.start, lines[stop - 1].end)
            at = stop


def _front_matter(lines: Sequence[_Line]) -> int:
    """Return how many lines the front matter takes, 0 if there is none."""
    if not lines or lines[0].text.rstrip() != "---":
        return 0
    for at, line in enumerate(lines[1:200], 1):
        if line.text.rstrip() in ("---", "..."):
            return at + 1
        if line.text.strip() and not re.match(r"[\w\-]+\s*:|\s+\S|- |#", line.text):
            return 0
    return 0


def _fenced(lines: Sequence[_Line], at: int, fence: str) -> Generator[Block, None, int]:
    """Yield a fenced part line by line; return where it ends."""
    yield Block("furniture", lines[at].start, lines[at].end)
    at += 1
    close = re.compile(rf"[ \t]*{re.escape(fence[0])}{{{len(fence)},}}[ \t]*")
    while at < len(lines):
        line = lines[at]
        at += 1
        if close.fullmatch(line.text):
            yield Block("furniture", line.start, line.end)
            break
        if not is_blank(line.text):
            yield Block("paragraph", line.start, line.end)
    return at


def _is_underlined(lines: Sequence[_Line], at: int) -> bool:
    """Tell whether the next line is a row of = or - that makes this one a heading."""
    if at + 1 >= len(lines) or list(_marked(lines[at])):
        return False
    return bool(_UNDERLINE.fullmatch(lines[at + 1].text))


def _marked(line: _Line) -> Iterator[Block]:
    """Yield the blocks of a line that a mark at its beginning explains; else nothing."""
    text = line.text
    if heading := _HEADING.fullmatch(text):
        yield Block("furniture", line.start, line.start + len(heading[1]))
        words = (line.start + heading.start(3), line.start + heading.end(3))
        if words[1] > words[0]:
            a, b = without_bold(text, heading.start(3), heading.end(3))
            yield Block("heading", line.start + a, line.start + b, level=len(heading[2]))
        if heading[4]:
            yield Block("furniture", line.start + heading.start(4), line.start + heading.end(4))
    elif _RULE.fullmatch(text) or _COMMENT.fullmatch(text):
        yield Block("furniture", line.start, line.end)
    elif bullet := _BULLET.match(text):
        yield Block("furniture", line.start, line.start + bullet.end())
        yield Block("list_item", line.start + bullet.end(), line.end)
    elif ordered := _ORDERED.match(text):
        yield Block("list_item", line.start + ordered.end(), line.end)
    elif quote := _QUOTE.match(text):
        yield Block("furniture", line.start, line.start + quote.end())
        if not is_blank(text[quote.end() :]):
            yield Block("paragraph", line.start + quote.end(), line.end)


def _words(kind: BlockKind, line: _Line, level: int = 0) -> Block:
    bare = line.text.strip()
    lead = len(line.text) - len(line.text.lstrip())
    return Block(kind, line.start + lead, line.start + lead + len(bare), level)


def _paragraph_end(lines: Sequence[_Line], at: int) -> int:
    """Return the line behind a paragraph: wrapped lines belong to it, new sentences do not."""
    stop = at + 1
    while stop < len(lines) and not _begins_block(lines, stop):
        above = lines[stop - 1].text
        if above.endswith(("  ", "\\")) or above.rstrip()[-1] in _ENDS:
            break
        if lines[stop].text[:1] == "\u3000" or numbering_of(lines[stop].text):
            break
        stop += 1
    return stop


def _begins_block(lines: Sequence[_Line], at: int) -> bool:
    line = lines[at]
    return (
        is_blank(line.text)
        or bool(_FENCE.fullmatch(line.text))
        or _is_table(lines, at)
        or _is_underlined(lines, at)
        or any(True for _ in _marked(line))
    )


def _is_table(lines: Sequence[_Line], at: int) -> bool:
    """Tell whether a header row and its delimiter row begin here, with as many columns."""
    if at + 1 >= len(lines) or "|" not in lines[at].text or "|" not in lines[at + 1].text:
        return False
    if not _DELIMITER.fullmatch(lines[at + 1].text):
        return False
    return len(_cell_spans(lines[at])) == len(_cell_spans(lines[at + 1]))


def _table(lines: Sequence[_Line], at: int) -> Generator[Block, None, int]:
    """Yield a table; its delimiter row has no cells. Return where it ends."""
    first, row = lines[at], 0
    cells: list[Cell] = []
    stop = at
    while stop < len(lines) and "|" in lines[stop].text:
        if stop != at + 1:
            for column, span in enumerate(_cell_spans(lines[stop])):
                line = lines[stop]
                start, end = without_bold(line.text, span[0] - line.start, span[1] - line.start)
                cells.append(Cell(line.start + start, line.start + end, row, column))
            row += 1
        stop += 1
    yield Block("table", first.start, lines[stop - 1].end, cells=tuple(cells))
    return stop


def _cell_spans(line: _Line) -> list[tuple[int, int]]:
    """Return the spans of a row's cells, without the spaces around their words."""
    bars = [match.end() for match in _PIPE.finditer(line.text)]
    lead, bare = len(line.text) - len(line.text.lstrip()), line.text.rstrip()
    edges = [lead, *bars, len(bare) + 1]
    if bars and bars[0] == lead + 1:
        edges.pop(0)
    if bars and bars[-1] == len(bare):
        edges.pop()
    spans = []
    for left, right in pairwise(edges):
        words = line.text[left : right - 1]
        start = line.start + left + len(words) - len(words.lstrip())
        spans.append((start, max(start, line.start + left + len(words.rstrip()))))
    return spans
