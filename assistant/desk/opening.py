"""The desk of an opened library."""

from __future__ import annotations

from assistant.desk.desk import Desk, no_audit
from assistant.desk.records import Audit
from assistant.desk.sources import LibrarySources
from index.library import Library


def open_desk(library: Library, audit: Audit = no_audit) -> Desk:
    """Return the desk that is kept in a library's own database."""
    sources = LibrarySources(library)
    return Desk(library.database, sources, audit, sources.index_version)
