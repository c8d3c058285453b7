"""What a person sees of documents being taken in: one job a file. Standard library only."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

JobState = Literal[
    "waiting", "reading", "embedding", "done", "unchanged", "failed", "stopped", "erased"
]
VersionState = Literal["current", "superseded", "withdrawn", "removed"]


@dataclass(frozen=True, slots=True)
class Job:
    """One uploaded file on its way into the index.

    ``name`` is its path in the index. ``done`` of ``total`` chunks are embedded
    (both 0 while that is not known). ``message`` says in words what went wrong, or
    what the reader of the file should know.
    """

    id: str
    name: str
    state: JobState
    done: int = 0
    total: int = 0
    message: str = ""
    at: str = ""


@dataclass(frozen=True, slots=True)
class Version:
    """One text that a document has had; ``number`` counts from 1, the oldest.

    ``until`` is when it stopped being the current one; ``by`` and ``why`` are set
    where a person withdrew it.
    """

    number: int
    file_id: int
    state: VersionState
    indexed_at: str
    sha256: str
    characters: int
    until: str | None = None
    by: str | None = None
    why: str | None = None


@dataclass(frozen=True, slots=True)
class ReadingReport:
    """What was understood of a document, for the person who checks it.

    ``unread`` are (line, sentence); ``recognised`` are (page, mean confidence) of
    pages read by OCR. ``pages`` is 0 for formats without pages.
    """

    path: str
    version: int
    media_type: str
    encoding: str | None
    characters: int
    chunks: int
    pages: int
    articles: int
    sections: int
    tables: int
    records: int
    figures: int
    findings: int
    unread: tuple[tuple[int, str], ...] = ()
    recognised: tuple[tuple[int, float], ...] = ()
    notes: tuple[str, ...] = ()
