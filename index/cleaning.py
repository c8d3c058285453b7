"""Take chunks out of the search stores: of old versions, and of what was left half done."""

from __future__ import annotations

import logging
from collections.abc import Sequence

from index.library import Library

log = logging.getLogger(__name__)


def clear_unfinished(library: Library) -> None:
    """Clear what a run that was cut off left half added or half removed."""
    unfinished = library.database.unfinished()
    if unfinished:
        discard(unfinished, library)
        log.info("cleared %d files that an earlier run left unfinished", len(unfinished))


def discard(file_ids: Sequence[int], library: Library) -> list[str]:
    """Take the chunks of files that are not current out of every store.

    Return the keys of what was embedded of them.
    """
    keys: list[str] = []
    for file_id in file_ids:
        chunks = library.database.file_chunks(file_id)
        ids = [chunk.id for chunk in chunks]
        if ids:
            with library.guarded():
                library.lexical.remove(ids)
                library.store.remove(ids)
        keys += [chunk.text_key for chunk in chunks if chunk.text_key]
        library.database.drop_chunks([file_id])
    return keys
