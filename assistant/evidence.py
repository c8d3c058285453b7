"""The units that an answer can be made of: sentences, list items, table rows.

A unit is verbatim text with its span, and with what it needs to be understood:
the headings above it, its list's lead-in, its table's header.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from assistant.table_heads import header_rows, row_span, rows_of, tables_in, with_unit_line
from index.database import FileContent, StoredChunk
from index.records import Block, Document, Section, View
from index.sentences import enumeration, sentences

Span = tuple[int, int]
MAX_SIGNATURE = 40  # characters of issuer and date at the end of a document
_STOPS = ("。", "！", "？", "；")
MIN_ITEMS = 3  # fewer are words of a sentence, not a list
MAX_SENTENCE = 4_000  # characters; the longest list sentence of a real report had 1,000
PART = 200  # characters of each part of a run that is longer
# What a paragraph is about, where it says so first: “【仍滞后】实验中学。”, “（三）泵站改造：”.
_SUBJECT = re.compile(r"[^。！？!?；;，,\n：:]{2,30}[。：:](?=\S)")
MAX_PARAGRAPH = 6_000  # characters; a longer paragraph is read around the chunk only


@dataclass(frozen=True, slots=True)
class Unit:
    """A piece of evidence; offsets are canonical, texts are as read (clean).

    ``context`` is what stands above it (title, headings, lead-in or table
    header). ``lead`` and ``head`` are spans that a reader of the unit needs: the
    list's lead-in and the item's shared head (“区建设局的”). ``group`` is the
    same for the units of one list, table or paragraph.
    """

    kind: Literal["sentence", "item", "row"]
    file_id: int
    document: int
    start: int
    end: int
    text: str
    context: str
    before: str = ""
    lead: Span | None = None
    head: Span | None = None
    group: int = 0

    @property
    def key(self) -> tuple[int, int, int]:
        """What makes the unit the same unit."""
        return self.file_id, self.start, self.end

    def overlaps(self, other: Unit) -> bool:
        """Tell whether both hold a character of the same file."""
        return self.file_id == other.file_id and self.start < other.end and other.start < self.end


def units_of_chunk(content: FileContent, stored: StoredChunk) -> list[Unit]:
    """Return the units of the paragraphs and tables that the chunk touches, in order."""
    chunk = stored.chunk
    document = content.structure.documents[chunk.document]
    found: list[Unit] = []
    for block in tables_in(content.blocks, chunk.start, chunk.end):
        found += row_units(content, block, stored.file_id, document)
    covered = [(b.start, b.end) for b in tables_in(content.blocks, chunk.start, chunk.end)]
    for start, end in paragraphs(content, document, chunk.start, chunk.end):
        if not any(a <= start < b for a, b in covered):
            found += paragraph_units(content, document, stored.file_id, start, end)
    return found


def paragraphs(content: FileContent, document: Document, start: int, end: int) -> Iterator[Span]:
    """Yield the canonical spans of the logical paragraphs that touch ``[start, end)``."""
    low = max(document.start, start - MAX_PARAGRAPH)
    high = min(document.end, end + MAX_PARAGRAPH)
    view = content.structure.reading.view(low, high)
    at = 0
    for line in view.text.split("\n"):
        if line.strip():
            # An indented paragraph begins with its words: its section does so too.
            a, b = view.span(at + len(line) - len(line.lstrip()), at + len(line.rstrip()))
            if a < end and b > start:
                yield a, b
        at += len(line) + 1


def paragraph_units(
    content: FileContent, document: Document, file_id: int, start: int, end: int
) -> list[Unit]:
    """Return the sentences of a paragraph; a sentence that is a list gives its items too."""
    view = content.structure.reading.view(start, end)
    above = context_of(content, document, start)
    found: list[Unit] = []
    before: Span = (0, 0)
    named = subject_of(view.text)
    about = f"{above}\n{view.text[:named]}" if named else above
    for a, b in sentences(view):
        here = about if a >= named else above
        if b - a > MAX_SENTENCE:  # no prose: a run without full stops is read in parts
            found += _parts(view, (a, b), here, file_id, document.ordinal, start)
            continue
        text = view.text[a:b]
        span = view.span(a, b)
        if _is_frame(document, *span, text):
            continue
        found.append(
            Unit(
                "sentence", file_id, document.ordinal, *span, text, here,
                view.text[slice(*before)], group=start,
            )
        )  # fmt: skip
        found += _items(view, (a, b), before, here, file_id, document.ordinal)
        before = (a, b)
    return found


def subject_of(paragraph: str) -> int:
    """Return how many characters at the head of a paragraph name what all of it is about.

    “高新实验中学。新总包进场复工。……”, “段志刚：……”: 0 where it begins with a sentence.
    """
    match = _SUBJECT.match(paragraph)
    return match.end() if match and match.end() < len(paragraph.rstrip()) else 0


def _parts(
    view: View, span: Span, above: str, file_id: int, document: int, group: int
) -> Iterator[Unit]:
    for at in range(span[0], span[1], PART):
        end = min(at + PART, span[1])
        yield Unit(
            "sentence", file_id, document, *view.span(at, end), view.text[at:end], above,
            group=group,
        )  # fmt: skip


def _is_frame(document: Document, start: int, end: int, text: str) -> bool:
    """Tell whether a line is title, label, heading, signature or date: no evidence by itself."""
    if any(s.start <= start and end <= s.heading_end + 1 for s in document.sections):
        return True
    if document.title_end is not None and document.start <= start and end <= document.title_end:
        return True
    if document.issuer and text.strip() == document.issuer:
        return True
    tail = document.end - 2 * MAX_SIGNATURE
    signed = document.date_start is not None and document.date_start >= tail
    return (
        signed
        and not text.endswith(_STOPS)  # the last sentence of a short notice is no signature
        and not re.search("[：:，,]", text)  # nor is who can be asked (“联系人：……”)
        and end - start <= MAX_SIGNATURE
        and start >= (document.date_start or 0) - MAX_SIGNATURE
    )


def _items(
    view: View, sentence: Span, before: Span, above: str, file_id: int, document: int
) -> Iterator[Unit]:
    listed = enumeration(view, *sentence)
    if listed is None or sum(len(group.items) for group in listed.groups) < MIN_ITEMS:
        return
    # “这些项目分别是” says little without the sentence before it.
    lead_span = (before[0] if before[1] else listed.lead[0], listed.lead[1])
    lead = view.span(*lead_span) if lead_span[1] > lead_span[0] else None
    lead_text = view.text[slice(*lead_span)]
    for group in listed.groups:
        head = view.span(*group.head) if group.head else None
        head_text = view.text[slice(*group.head)] if group.head else ""
        for a, b in group.items:
            yield Unit(
                "item", file_id, document, *view.span(a, b), view.text[a:b],
                "\n".join([above, lead_text, head_text]),
                lead=lead, head=head, group=view.offsets[0],
            )  # fmt: skip


def row_units(
    content: FileContent, block: Block, file_id: int, document: Document
) -> Iterator[Unit]:
    """Yield one unit for each body row of a table, the header in its context."""
    rows = rows_of(block)
    headers = header_rows(content.text, rows)
    shown = with_unit_line(content.text, rows, headers)
    header = " ".join(content.text[c.start : c.end] for r in shown for c in rows[r])
    above = context_of(content, document, block.start)
    lead = row_span([c for r in shown for c in rows[r]])
    for number, cells in rows.items():
        span = row_span(cells)
        if number in headers or span is None:
            continue
        text = content.text[span[0] : span[1]].replace("\t", " ")
        below = lead and lead[1] <= span[0]
        yield Unit(
            "row", file_id, document.ordinal, *span, text, f"{above}\n{header}",
            lead=lead if below else None, group=block.start,
        )  # fmt: skip


def context_of(content: FileContent, document: Document, start: int) -> str:
    """Return title and headings above an offset, one a line."""
    headings = [section.heading for section in sections_above(document, start)]
    return "\n".join([document.title, *headings])


def sections_above(document: Document, start: int) -> list[Section]:
    """Return the sections that hold an offset, outermost first."""
    return [s for s in document.sections if s.start <= start < s.end]
