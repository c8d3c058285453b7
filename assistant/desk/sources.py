"""What became of the documents that an answer cites: renewed, withdrawn, erased."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from functools import cache

from assistant.desk.records import Case, Fate, SourceFate, Sources, VersionOfSource
from assistant.records import Citation
from index.errors import UnknownDocumentError
from index.jobs import Version
from index.library import Library
from index.viewing import versions


class LibrarySources:
    """The documents of a library, as the desk looks at them."""

    def __init__(self, library: Library) -> None:
        self._library = library

    def history(self, path: str) -> list[Version]:
        """Return the versions, newest first; raise ``UnknownDocumentError``."""
        return versions(self._library, path)

    def text(self, path: str, version: int | None = None) -> str:
        """Return the canonical text, the current one where no version is named."""
        return self._library.text(path, version)

    def index_version(self) -> str:
        """Return a name for the documents, in their versions, that answers come from now."""
        files = sorted((file.path, file.version, file.sha256) for file in self._library.files())
        return hashlib.sha256(repr(files).encode("utf-8", "replace")).hexdigest()[:16]


def fates_of(cases: Sequence[Case], sources: Sources) -> list[tuple[SourceFate, ...]]:
    """Return for each case what became of what it cites; ``lost`` is left empty."""
    history = cache(lambda path: _history(path, sources))
    return [
        tuple(
            _fate(path, version, history(path))
            for path, version in dict.fromkeys((c.document, c.version) for c in _cited(case))
        )
        for case in cases
    ]


def fates_in_full(case: Case, sources: Sources) -> tuple[SourceFate, ...]:
    """Return what became of what a case cites, and which quotes a newer text lacks."""
    found = []
    for fate in fates_of([case], sources)[0]:
        lost = _lost(fate, case, sources) if fate.fate == "updated" else ()
        found.append(SourceFate(fate.path, fate.version, fate.fate, fate.newest, lost))
    return tuple(found)


def _cited(case: Case) -> tuple[Citation, ...]:
    return case.turn.answer.citations if case.turn.answer else ()


def _history(path: str, sources: Sources) -> Sequence[VersionOfSource]:
    try:
        return sources.history(path)
    except UnknownDocumentError:
        return ()


def _fate(path: str, version: int | None, history: Sequence[VersionOfSource]) -> SourceFate:
    current = next((v.number for v in history if v.state == "current"), None)
    fate: Fate
    if not history:
        fate = "erased"
    elif current is None:
        fate = "withdrawn"
    elif version is None:
        fate = "unknown"
    else:
        fate = "current" if current == version else "updated"
    return SourceFate(path, version, fate, current)


def _lost(fate: SourceFate, case: Case, sources: Sources) -> tuple[int, ...]:
    text = sources.text(fate.path)
    return tuple(
        c.n
        for c in _cited(case)
        if (c.document, c.version) == (fate.path, fate.version) and c.quote not in text
    )
