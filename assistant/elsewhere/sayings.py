"""The sentences, headings and rows of files, as something that may say the same again."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from assistant.evidence import sections_above
from assistant.grids.reading import Kept
from assistant.statements import Source
from index.database import FileContent
from index.records import Document
from index.sentences import parts, sentences
from index.words import fold, units

MOST = 400  # characters of a clause; a longer one says too much to be held against a line
_AMID = re.compile(r"[\W_]+")


@dataclass(frozen=True, slots=True)
class Saying:
    """A clause between semicolons, a heading or a row, with its place in the canonical text.

    ``text`` is folded, ``bare`` its letters and digits alone; ``above`` are the title and the
    headings over it, ``before`` what its paragraph begins with, both folded, ``bare_above`` the
    letters and digits of both.
    """

    source: Source
    text: str
    bare: str
    above: str
    before: str
    bare_above: str

    @property
    def around(self) -> str:
        """What it says with what stands above and before it."""
        return f"{self.above}\n{self.before}\n{self.text}"


def bare_of(text: str) -> str:
    """Return the letters and digits of folded text."""
    return _AMID.sub("", text)


@lru_cache(maxsize=32_768)  # every line of an answer is held against the same sayings
def pairs_of(text: str) -> frozenset[str]:
    """Return the pairs of characters and the words of a text."""
    return frozenset(unit for unit in units(text) if len(unit) > 1)


def sayings_of(file_id: int, content: FileContent) -> tuple[Saying, ...]:
    """Return what a file says, in order."""
    return _sayings(file_id, Kept(content))


@lru_cache(maxsize=64)
def _sayings(file_id: int, kept: Kept) -> tuple[Saying, ...]:
    content = kept.content
    return tuple(
        one for document in content.structure.documents for one in _in(file_id, content, document)
    )


def _in(file_id: int, content: FileContent, document: Document) -> Iterator[Saying]:
    view = content.structure.reading.view(document.start, document.end)
    line, opening = -1, ""
    for start, end in sentences(view):
        begins = view.text.rfind("\n", 0, start)
        if begins != line:
            line, opening = begins, ""
        for low, high in parts(view.text, start, end, "；;"):
            clause = view.text[low:high]
            if not clause.strip() or high - low > MOST:
                continue
            low += len(clause) - len(clause.lstrip())
            text = fold(clause.strip())
            span = view.span(low, low + len(clause.strip()))
            headings = [document.title, *(s.heading for s in sections_above(document, span[0]))]
            above = fold("\n".join(headings))
            source = Source(file_id, document.ordinal, *span)
            yield Saying(source, text, bare_of(text), above, opening, bare_of(above + opening))
            opening = opening or text
