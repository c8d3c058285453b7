"""Open an Office file's zip container safely: no bombs, no entities, nothing on disk."""

from __future__ import annotations

import zipfile
import zlib
from collections.abc import Iterator, Mapping
from io import BytesIO
from typing import Protocol

from index.errors import DamagedFileError

MAX_XML = 300 * 1024 * 1024  # bytes of XML when unpacked; a 1,000-page report has about 30 MB
MAX_MEMBERS = 20_000  # a document with 2,000 pictures has about 4,100
_CHUNK = 1 << 20


class Element(Protocol):
    """The part of an lxml element that these modules use; lxml itself has no types."""

    tag: str
    text: str | None

    def find(self, path: str) -> Element | None: ...  # noqa: D102
    def findall(self, path: str) -> list[Element]: ...  # noqa: D102
    def get(self, name: str, default: str = ...) -> str | None: ...  # noqa: D102
    def iter(self, *tags: str) -> Iterator[Element]: ...  # noqa: D102
    def iterancestors(self, *tags: str) -> Iterator[Element]: ...  # noqa: D102
    def __iter__(self) -> Iterator[Element]: ...


def open_archive(content: bytes, crowd: Mapping[bytes, int]) -> zipfile.ZipFile:
    """Return the container, once its XML parts are known to be harmless.

    Args:
        content: the file.
        crowd: start tags (such as ``b"<w:p"``) that a bomb repeats by the million,
            and how many of each one part may hold.

    Raises:
        DamagedFileError: if it is broken, is far larger than an office's file
            can be, or declares entities.
    """
    try:
        archive = zipfile.ZipFile(BytesIO(content))
        _check_sizes(archive.infolist())
        for member in archive.infolist():
            if member.filename.lower().endswith((".xml", ".rels")):
                _check_part(archive, member, crowd)
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, ValueError) as error:
        raise DamagedFileError(
            "文件不完整或已损坏，打不开。请从来源重新取得；"
            "能用 Office 或 WPS 打开的，另存后再导入。"
        ) from error
    except RuntimeError as error:  # zipfile's word for a member under a password
        raise DamagedFileError("文件内部被加密，读不出内容。请取消密码后另存再导入。") from error
    return archive


def _check_sizes(members: list[zipfile.ZipInfo]) -> None:
    # zipfile never reads beyond the declared size, so the sum of those is the truth.
    size = sum(m.file_size for m in members if m.filename.lower().endswith((".xml", ".rels")))
    if size > MAX_XML or len(members) > MAX_MEMBERS:
        raise DamagedFileError(
            f"解压后有 {size // 1024 // 1024} MB 文字数据、{len(members)} 个部件，"
            f"超过上限（{MAX_XML // 1024 // 1024} MB、{MAX_MEMBERS} 个），不像正常的办公文件。"
            "请拆成几个文件再导入。"
        )


def _check_part(
    archive: zipfile.ZipFile, member: zipfile.ZipInfo, crowd: Mapping[bytes, int]
) -> None:
    counts = dict.fromkeys(crowd, 0)
    tail = b""
    with archive.open(member) as stream:
        while chunk := stream.read(_CHUNK):
            window = tail + chunk
            # UTF-16 XML has a zero byte beside each letter.
            plain = window.replace(b"\0", b"")
            if b"<!DOCTYPE" in plain or b"<!ENTITY" in plain:
                raise DamagedFileError(
                    f"部件 {member.filename} 里有实体声明（DOCTYPE），正常的办公文件没有，"
                    "可能是恶意文件，已拒绝读取。请核实来源，用 Office 打开后另存再导入。"
                )
            for tag in crowd:
                counts[tag] += _starts(plain, tag, len(tail))
            tail = window[-16:]
    for tag, count in counts.items():
        if count > crowd[tag]:
            raise DamagedFileError(
                f"内有 {count} 个段落、行或单元格，超过上限 {crowd[tag]}，不像正常的办公文件。"
                "请核实来源，或拆成几个文件再导入。"
            )


def _starts(window: bytes, tag: bytes, seen: int) -> int:
    """Count the ``tag`` starts in ``window`` that end behind its first ``seen`` bytes."""
    total = sum(window.count(tag + after) for after in (b" ", b">", b"/"))
    before = sum(window[:seen].count(tag + after) for after in (b" ", b">", b"/"))
    return total - before
