"""What comes out of a file that holds files: members, their names, and how much there may be."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import PurePosixPath

from index.errors import LoadError

MAX_UNPACKED = 500 << 20  # bytes, all members together: as much as one file may have
MAX_MEMBERS = 5_000
MAX_NAME = 120  # characters of one part of a name
MAX_PARTS = 20

_DRIVE = re.compile(r"[A-Za-z]:")
_BREAKS = ("Cc", "Cs", "Zl", "Zp")  # Unicode categories
_LITTER = {"__macosx", "thumbs.db", "desktop.ini"}


@dataclass(frozen=True, slots=True)
class Member:
    """A file inside; ``name`` is its path there, with ``/`` and without ``..``."""

    name: str
    content: bytes


@dataclass(frozen=True, slots=True)
class Opened:
    """What a container holds.

    ``problems`` are the members that are not among ``members``, each by its name
    with a sentence that says why, and what to do.
    """

    members: tuple[Member, ...]
    problems: tuple[tuple[str, str], ...] = ()


@dataclass(slots=True)
class Room:
    """How much may still be unpacked: bytes and members."""

    size: int = MAX_UNPACKED
    members: int = MAX_MEMBERS

    def take(self, sizes: Sequence[int]) -> None:
        """Make room for members of these sizes, in bytes.

        Raises:
            LoadError: if they are too many or too large.
        """
        if len(sizes) > self.members:
            raise LoadError(
                f"里面有 {len(sizes)} 个文件，连同外层一次最多解开 {MAX_MEMBERS} 个。"
                "请分成几个压缩包，或解压后再导入。"
            )
        if sum(sizes) > self.size:
            raise LoadError(
                f"解开后有 {sum(sizes) >> 20} MB，连同外层一次最多解开 {MAX_UNPACKED >> 20} MB。"
                "请分成几个压缩包，或解压后再导入。"
            )
        self.members -= len(sizes)
        self.size -= sum(sizes)


def clean_name(raw: str) -> str:
    """Return a relative path without drive, ``..``, control and direction characters."""
    text = unicodedata.normalize("NFC", raw).replace("\\", "/")
    parts = [_clean_part(part) for part in text.split("/")]
    return "/".join([part for part in parts if part][-MAX_PARTS:]) or "未命名"


def clean_title(raw: str) -> str:
    """Return one part of a name, made of words that may hold ``/``."""
    return clean_name(raw.replace("/", "／").replace("\\", "＼").replace(":", "："))


def suffix_of(name: str) -> str:
    """Return the suffix in small letters, “” where there is none."""
    return PurePosixPath(name).suffix.lower()


def is_litter(name: str) -> bool:
    """Tell whether a member is what systems leave behind, not what somebody put there."""
    return any(
        part.casefold() in _LITTER or part.startswith((".", "~$")) for part in name.split("/")
    )


def told_apart(members: Iterable[Member]) -> tuple[Member, ...]:
    """Return the members with distinct names: a second ``a.txt`` becomes ``a (2).txt``."""
    taken: set[str] = set()
    found = []
    for member in members:
        name, number = member.name, 1
        suffix = PurePosixPath(name).suffix
        stem = name.removesuffix(suffix)
        while name.casefold() in taken:
            number += 1
            name = f"{stem} ({number}){suffix}"
        taken.add(name.casefold())
        found.append(Member(name, member.content))
    return tuple(found)


def _clean_part(part: str) -> str:
    seen = [" " if unicodedata.category(c) in _BREAKS else c for c in part]
    # Characters of the category Cf change what a name looks like, and cannot be seen.
    part = "".join(c for c in seen if unicodedata.category(c) != "Cf").strip().rstrip(". ")
    if _DRIVE.match(part):
        part = part[2:].strip() and part.replace(":", "：", 1)
    if len(part) <= MAX_NAME:
        return part
    suffix = PurePosixPath(part).suffix
    suffix = suffix if len(suffix) <= 10 else ""
    return part[: MAX_NAME - len(suffix) - 1] + "…" + suffix
