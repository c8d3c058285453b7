"""Files that hold files (.zip, .eml): their contents, in memory, within limits.

Nothing is ever written to disk, so a member's name is only a name; it is cleaned
all the same, since it is shown and becomes part of a document's path.
"""

from __future__ import annotations

from index.errors import EmptyFileError, LoadError
from index.load.apart import open_apart
from index.load.mail import read_mail
from index.load.members import Member, Opened, Room, suffix_of, told_apart
from index.load.zipped import read_zip

MAX_DEPTH = 2  # containers inside the outer one: a zip in a mail in a zip is opened

_READERS = {".zip": read_zip, ".eml": read_mail}
CONTAINER_SUFFIXES = tuple(_READERS)


def open_container(name: str, content: bytes) -> Opened:
    """Return the files inside, those of containers inside it included.

    It is opened in another process, with its limits of memory and time.

    Args:
        name: the file's name, which ends in one of ``CONTAINER_SUFFIXES``.
        content: the file.

    Raises:
        LoadError: if nothing of it can be opened; the message says why, and what to do.
    """
    if not content:
        raise EmptyFileError("文件是空的（0 字节），可能没有下载完或没有保存。请重新取得后再导入。")
    opened = open_apart(suffix_of(name), content)
    if not opened.members and not opened.problems:
        raise EmptyFileError("里面没有文件。请检查是否选错了，或重新打包后再导入。")
    return opened


def open_here(suffix: str, content: bytes) -> Opened:
    """Return the files inside; runs in the reading process."""
    opened = _open(suffix, content, Room(), 0)
    return Opened(told_apart(opened.members), opened.problems)


def _open(suffix: str, content: bytes, room: Room, depth: int) -> Opened:
    outer = _READERS[suffix](content, room)
    members: list[Member] = []
    problems = list(outer.problems)
    for file in outer.members:
        inner = suffix_of(file.name)
        if inner not in CONTAINER_SUFFIXES:
            members.append(file)
        elif depth >= MAX_DEPTH:
            problems.append((file.name, "压缩包或邮件套了太多层，没有打开。请解开后再导入。"))
        else:
            found = _open_inner(inner, file, room, depth)
            members += found.members
            problems += found.problems
    return Opened(tuple(members), tuple(problems))


def _open_inner(suffix: str, file: Member, room: Room, depth: int) -> Opened:
    """Open a container inside another; if that fails, it alone is the problem."""
    size, count = room.size, room.members
    try:
        opened = _open(suffix, file.content, room, depth + 1)
    except LoadError as error:
        room.size, room.members = size, count
        return Opened((), ((file.name, str(error)),))
    if not opened.members and not opened.problems:
        return Opened((), ((file.name, "里面没有文件。请检查后重新打包再导入。"),))
    return Opened(
        tuple(Member(f"{file.name}/{m.name}", m.content) for m in opened.members),
        tuple((f"{file.name}/{name}", why) for name, why in opened.problems),
    )


__all__ = ["CONTAINER_SUFFIXES", "Member", "Opened", "open_container"]
