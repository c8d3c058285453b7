"""Documents into chunks: contiguous slices that respect headings, paragraphs and sentences."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from index.records import Block, Chunk, Document, Structure, View
from index.sentences import enumeration, sentences

CountTokens = Callable[[Sequence[str]], list[int]]
Span = tuple[int, int]

TARGET_TOKENS = 200  # passages of this length were embedded and ranked best in trials of the model
HEADROOM = 60  # tokens kept free for title and headings, which are embedded with the slice


@dataclass(frozen=True, slots=True)
class _Piece:
    """An unbreakable slice: a sentence, a part of a long one, or a table row."""

    start: int
    end: int
    tokens: int
    section: int  # start of the innermost section, -1 outside of all
    paragraph: int
    lead: Span | None = None


def split_document(
    text: str,
    structure: Structure,
    ordinal: int,
    blocks: Sequence[Block],
    count_tokens: CountTokens,
    max_tokens: int = 480,
) -> list[Chunk]:
    """Return the chunks of one document, in order, without overlap.

    Every character that is read lies in exactly one chunk, but for white space
    around them. A sentence is cut only if it is longer than the model reads, at
    ；then 、, each part with the list's lead-in as ``lead``; a table between rows,
    with its header as ``lead``.
    """
    document = structure.documents[ordinal]
    limit = max(max_tokens - HEADROOM, 32)
    pieces = list(_pieces(text, structure, document, blocks, count_tokens, limit))
    return [_chunk(part, document, blocks) for part in _gather(pieces, limit)]


def _chunk(pieces: Sequence[_Piece], document: Document, blocks: Sequence[Block]) -> Chunk:
    start, end = pieces[0].start, pieces[-1].end
    headings = tuple(s.heading for s in document.sections if s.start <= start < s.end)
    return Chunk(start, end, document.ordinal, headings, _page(blocks, start), pieces[0].lead)


def _page(blocks: Sequence[Block], start: int) -> int | None:
    low, high = 0, len(blocks)
    while low < high:
        middle = (low + high) // 2
        if blocks[middle].end <= start:
            low = middle + 1
        else:
            high = middle
    return blocks[low].page if low < len(blocks) else None


def _gather(pieces: Sequence[_Piece], limit: int) -> Iterator[list[_Piece]]:
    """Yield runs of pieces: up to the target, within one section, whole paragraphs first."""
    run: list[_Piece] = []
    size = 0
    for piece in pieces:
        full = size + piece.tokens > (TARGET_TOKENS if size >= TARGET_TOKENS // 2 else limit)
        if run and (piece.section != run[-1].section or full or piece.lead != run[-1].lead):
            yield run
            run, size = [], 0
        run.append(piece)
        size += piece.tokens
    if run:
        yield run


def _pieces(
    text: str,
    structure: Structure,
    document: Document,
    blocks: Sequence[Block],
    count_tokens: CountTokens,
    limit: int,
) -> Iterator[_Piece]:
    tables = [b for b in blocks if b.kind == "table" and document.start <= b.start < document.end]
    section_at = _SectionFinder(document)
    drafts: list[tuple[View, Span, int, Span | None]] = []
    at = document.start
    for table in [*tables, None]:
        stop = table.start if table else document.end
        view = structure.reading.view(at, stop)
        drafts += [(view, span, view.offsets[span[0]], None) for span in sentences(view)]
        if table:
            drafts += _rows(structure, table)
            at = table.end
    counts = count_tokens([view.text[a:b] for view, (a, b), _, _ in drafts])
    for (view, span, where, lead), tokens in zip(drafts, counts, strict=True):
        section = section_at(where)
        for part, part_lead, size in _fit(view, span, tokens, count_tokens, limit):
            start, end = view.span(*part)
            yield _Piece(start, end, size, section, where, part_lead or lead)


def _rows(structure: Structure, table: Block) -> list[tuple[View, Span, int, Span | None]]:
    """Return the table's rows; all but the header carry it as their lead-in."""
    view = structure.reading.view(table.start, table.end)
    found: list[tuple[View, Span, int, Span | None]] = []
    at = 0
    header: Span | None = None
    for line in view.text.split("\n"):
        if line.strip():
            span = (at + len(line) - len(line.lstrip()), at + len(line.rstrip()))
            found.append((view, span, view.offsets[span[0]], header))
            header = header or view.span(*span)
        at += len(line) + 1
    return found


class _SectionFinder:
    """The start of the innermost section at an offset; offsets must not decrease."""

    def __init__(self, document: Document) -> None:
        self._starts = sorted(s.start for s in document.sections)
        self._place = 0

    def __call__(self, offset: int) -> int:
        while self._place < len(self._starts) and self._starts[self._place] <= offset:
            self._place += 1
        return self._starts[self._place - 1] if self._place else -1


def _fit(
    view: View, span: Span, tokens: int, count_tokens: CountTokens, limit: int
) -> Iterator[tuple[Span, Span | None, int]]:
    """Yield the sentence, or parts of it that fit, with the lead-in that they need."""
    if tokens <= limit:
        yield span, None, tokens
        return
    listed = enumeration(view, *span)
    lead = view.span(*listed.lead) if listed and listed.lead[1] - listed.lead[0] < 80 else None
    first = True
    for part, size in _cut(view, span, count_tokens, limit, "；;、，,"):
        yield part, None if first else lead, size
        first = False


def _cut(
    view: View, span: Span, count_tokens: CountTokens, limit: int, marks: str
) -> Iterator[tuple[Span, int]]:
    """Yield consecutive parts of at most ``limit`` tokens, cut at the first mark that serves."""
    start, end = span
    if not marks:
        yield from _hard_cut(view, span, count_tokens, limit)
        return
    bounds = [i + 1 for i in range(start, end - 1) if view.text[i] == marks[0]]
    parts = list(zip([start, *bounds], [*bounds, end], strict=True))
    counts = count_tokens([view.text[a:b] for a, b in parts])
    run: Span | None = None
    size = 0
    for (a, b), tokens in zip(parts, counts, strict=True):
        if run and size + tokens > limit:
            yield run, size
            run, size = None, 0
        if tokens > limit:
            yield from _cut(view, (a, b), count_tokens, limit, marks[1:])
            continue
        run = (run[0] if run else a, b)
        size += tokens
    if run:
        yield run, size


def _hard_cut(
    view: View, span: Span, count_tokens: CountTokens, limit: int
) -> Iterator[tuple[Span, int]]:
    """Yield parts of a run without any mark; a character is two tokens at the very most."""
    step = max(limit // 2, 1)
    for at in range(span[0], span[1], step):
        part = (at, min(at + step, span[1]))
        yield part, count_tokens([view.text[slice(*part)]])[0]
