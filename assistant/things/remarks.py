"""A thing that documents speak of, and remarks on it: a cell, a labelled field, a sentence."""

from __future__ import annotations

from dataclasses import dataclass, field

from assistant.statements import Source
from index.records import View


@dataclass(frozen=True, slots=True)
class Thing:
    """A named thing: its ``name`` as records write it, other names, and how a question says it.

    ``recorded`` tells that a record or a table's row is of it; else texts only begin with it.
    """

    name: str
    names: tuple[str, ...]
    said: tuple[int, int]
    recorded: bool = True


@dataclass(frozen=True, slots=True)
class Remark:
    """Something said of a thing: ``text[low:high]`` of a view, or a cell under its headings.

    ``label`` are the headings of a cell, or the words that lead a list (which stand at ``led``).
    ``about`` is what else its entry says, ``context`` the titles and headings above it.
    ``unit`` is that of a bare number, ``money`` tells that it is a sum; ``dated`` is where
    its document says ``date_text``; ``sources`` cite a cell, its row and merged cells.
    """

    kind: str
    label: str
    text: str
    file_id: int
    document: int
    date: str
    title: str
    context: str
    about: str = ""
    unit: str = ""
    money: bool = False
    date_text: str = ""
    dated: Source | None = None
    view: View | None = None
    low: int = 0
    high: int = 0
    head: Source | None = None
    led: Source | None = None
    sources: tuple[Source, ...] = field(default=())

    @property
    def source(self) -> Source:
        """Where the remark stands."""
        if self.view is None:
            return self.sources[0]
        return Source(self.file_id, self.document, *self.view.span(self.low, self.high))
