"""The original file of a version, where it is still at hand and still the same."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from pathlib import Path

from index.database import FileRecord
from index.errors import IndexingError, LoadError
from index.library import Library
from index.load import read_content
from index.load.containers import open_container
from index.sources import INSIDE, place_of

KEPT = ".versions"  # folder, among the uploads, of originals that a newer one replaced


def read_original(library: Library, file: FileRecord) -> bytes:
    """Return the bytes that a version was read from.

    Raises:
        IndexingError: they are gone, or no longer the same.
    """
    kept = _kept(library, file.sha256)
    if kept.exists():
        return read_content(kept)
    where, _, member = file.source.partition(INSIDE)
    try:
        content = read_content(place_of(where))
        if member:
            members = {m.name: m.content for m in open_container(where, content).members}
            content = members.get(member, b"")
    except LoadError as error:
        raise IndexingError(
            f"“{file.path}”的原件已不在原处，看不到页面图像；文字不受影响。"
        ) from error
    if hashlib.sha256(content).hexdigest() != file.sha256:
        raise IndexingError(
            f"“{file.path}”的原件在索引之后改过，看不到这一版的页面图像；文字不受影响。"
        )
    return content


def keep_original(library: Library, file: Path) -> None:
    """Move an uploaded file that is about to be replaced to where old versions are kept."""
    kept = _kept(library, hashlib.sha256(file.read_bytes()).hexdigest())
    kept.parent.mkdir(parents=True, exist_ok=True)
    file.replace(kept)


def remove_kept(library: Library, hashes: Iterable[str]) -> None:
    """Remove old versions of uploaded files, by their hashes."""
    for sha256 in hashes:
        _kept(library, sha256).unlink(missing_ok=True)


def _kept(library: Library, sha256: str) -> Path:
    return library.uploads / KEPT / sha256
