"""Which files there are to index: found under roots, each with its name in the index."""

from __future__ import annotations

import contextlib
import os
import re
import time
from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from index.errors import IndexingError

# A folder that holds this file holds samples, which step aside for other documents.
SAMPLE_MARK = ".samples"
RACY = 2_000_000_000  # nanoseconds; clocks of file systems are coarse
_ESCAPED = re.compile(r"\\x[89a-f][0-9a-f]")
_ESCAPED_BYTE = re.compile(rb"\\x([89a-f][0-9a-f])")
INSIDE = "!/"  # between an archive's place and the name of a file inside


@dataclass(frozen=True, slots=True)
class Source:
    """A file to index: its name in the index and where it lies.

    ``member`` is the name inside the archive or mail ``file``. ``size`` and
    ``mtime_ns`` are what the disk says of ``file``, None where that cannot be relied on.
    """

    path: str
    file: Path
    sample: bool
    member: str | None = None
    size: int | None = None
    mtime_ns: int | None = None

    @property
    def key(self) -> str:
        """Where it lies, as one string."""
        where = written(self.file)
        return where if self.member is None else f"{where}{INSIDE}{self.member}"

    def inside(self, member: str) -> Source:
        """Return the source of a file inside this archive."""
        return replace(self, path=f"{self.path}/{member}", member=member)


def written(path: Path) -> str:
    """Return a path as text that can be stored and shown; ``place_of`` is the way back.

    Bytes that are no UTF-8, as in names that an old program wrote, become ``\\xb1``.
    """
    return os.fsencode(path).decode("utf-8", "backslashreplace")


def place_of(key: str) -> Path:
    """Return the file of a source's key, of a member the archive that it is in."""
    where = key.split(INSIDE)[0]
    if not _ESCAPED.search(where):
        return Path(where)
    escaped = where.encode()
    raw = _ESCAPED_BYTE.sub(lambda found: bytes.fromhex(found[1].decode()), escaped)
    return Path(os.fsdecode(raw))


def check_roots(roots: Sequence[Path]) -> None:
    """Raise ``IndexingError`` if a root does not exist."""
    for root in roots:
        if not root.exists():
            raise IndexingError(f"找不到“{root}”。请检查路径后再试。")


def find_sources(
    roots: Sequence[Path],
    owner: Callable[[str], str | None],
    leave_out: Collection[Path] = (),
    only: Collection[Path] | None = None,
) -> list[Source]:
    """Return the files under the roots, each once, with distinct names.

    Args:
        roots: files and folders.
        owner: tells where the file of a name in the index lies, None if the name is
            free. A name whose file is gone may be used again: the folder was moved.
        leave_out: folders that are not looked into (the index's own).
        only: if given, just these files, and what is in these folders.
    """
    found: dict[Path, Source] = {}
    taken: dict[str, str] = {}
    listed = [(root.absolute(), list(_chosen(root.absolute(), only, leave_out))) for root in roots]
    colliding = _colliding_roots(listed)
    for root, files in listed:
        base = root if root.is_dir() else root.parent
        sample = (base / SAMPLE_MARK).exists()
        for file in files:
            if file in found:
                continue
            name = _name(file, base, root in colliding, lambda n: taken.get(n) or owner(n))
            taken[name] = written(file)
            found[file] = _source(name, file, sample)
    return list(found.values())


def is_under(place: str, roots: Sequence[Path]) -> bool:
    """Tell whether a source's place is a root or in one."""
    file = place_of(place)
    return any(file.is_relative_to(root.absolute()) for root in roots)


def _source(name: str, file: Path, sample: bool) -> Source:
    try:
        status = file.stat()
    except OSError:  # reading it will say what is wrong
        return Source(name, file, sample)
    # A file that changed just now may change again with the same size and time.
    settled = time.time_ns() - status.st_mtime_ns > RACY
    return Source(name, file, sample, None, status.st_size, status.st_mtime_ns if settled else None)


def _name(file: Path, base: Path, prefixed: bool, owner: Callable[[str], str | None]) -> str:
    name = _shown(file.relative_to(base))
    if prefixed:
        name = f"{_shown(Path(base.name))}/{name}"
    while _in_use(owner(name), file):
        if base == base.parent:
            return _shown(file)
        base = base.parent
        name = _shown(file.relative_to(base))
    return name


def _shown(path: Path) -> str:
    """Return a name for people: names that are no UTF-8 are mostly GBK."""
    raw = os.fsencode(path.as_posix())
    try:
        return raw.decode()
    except UnicodeDecodeError:
        with contextlib.suppress(UnicodeDecodeError):
            return raw.decode("gb18030")
    return written(path)


def _in_use(owner: str | None, file: Path) -> bool:
    if owner is None or owner == written(file):
        return False
    return place_of(owner).exists()


def _colliding_roots(listed: Sequence[tuple[Path, Sequence[Path]]]) -> set[Path]:
    owners: dict[str, Path] = {}
    colliding: set[Path] = set()
    for root, files in listed:
        base = root if root.is_dir() else root.parent
        for file in files:
            first = owners.setdefault(file.relative_to(base).as_posix(), root)
            if first != root and (first / file.relative_to(base)) != file:
                colliding |= {first, root}
    return colliding


def _chosen(
    root: Path, only: Collection[Path] | None, leave_out: Collection[Path]
) -> Iterator[Path]:
    if only is None:
        yield from _walk(root, leave_out)
        return
    for place in sorted(only):
        inside = place.is_relative_to(root)
        hidden = inside and any(map(_is_hidden, place.relative_to(root).parts))
        if inside and not hidden and place.exists():
            yield from _walk(place, leave_out)


def _walk(root: Path, leave_out: Collection[Path]) -> Iterator[Path]:
    if not root.is_dir():
        yield root
        return
    out = {place.resolve() for place in leave_out}  # the folder may be given by a link
    for folder, folders, names in os.walk(root):  # does not follow links to folders
        folders[:] = sorted(
            name for name in folders
            if not name.startswith(".") and Path(folder, name).resolve() not in out
        )  # fmt: skip
        for name in sorted(names):
            if not _is_hidden(name):
                yield Path(folder) / name


def _is_hidden(name: str) -> bool:
    return name.startswith((".", "~$"))
