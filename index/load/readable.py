"""Which members of a container are worth unpacking."""

from __future__ import annotations

from index.load.members import suffix_of
from index.load.sniff import unsupported_error


def why_unreadable(name: str) -> str | None:
    """Return why no loader reads a file of this name, None if one does."""
    from index.load import SUPPORTED_SUFFIXES
    from index.load.containers import CONTAINER_SUFFIXES

    known = (*SUPPORTED_SUFFIXES, *CONTAINER_SUFFIXES)
    if suffix_of(name) in known:
        return None
    return str(unsupported_error(suffix_of(name), "、".join(known)))
