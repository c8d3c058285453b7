"""Zip archives (.zip): each member that can be read, and a sentence for each that cannot."""

from __future__ import annotations

import stat
import struct
import zipfile
import zlib
from io import BytesIO

from index.errors import DamagedFileError, EncryptedFileError
from index.load.decode import decode_name
from index.load.members import Member, Opened, Room, clean_name, is_litter
from index.load.readable import why_unreadable
from index.load.sniff import refuse_other

RATIO = 200  # unpacked by packed size; deflate reaches 1,032, an office's largest tables about 30
SMALL = 50 << 20  # bytes; a scan of white paper as a bitmap also shrinks that well

_UTF8_FLAG, _ENCRYPTED_FLAG = 0x800, 0x1
_FOLDER = 0x10  # MS-DOS attribute
_UNICODE_PATH = 0x7075  # extra field of Info-ZIP: the name in UTF-8
_PASSWORD = "加了密码，读不出内容。请解压（输入密码）后再导入里面的文件。"
_BROKEN = (
    "压缩包不完整或已损坏，打不开。请重新取得；分卷压缩的，请先在本机合并解压，再导入里面的文件。"
)
_ODD = (zipfile.BadZipFile, zlib.error, EOFError, ValueError, OSError, OverflowError, struct.error)


def read_zip(content: bytes, room: Room) -> Opened:
    """Return the members of a zip archive, in the order they were put in.

    Raises:
        LoadError: if it is broken, all of it is under a password, or it holds too much.
    """
    refuse_other("zip", content)
    try:
        archive = zipfile.ZipFile(BytesIO(content))
    except (*_ODD, NotImplementedError) as error:
        raise DamagedFileError(_BROKEN) from error
    with archive:
        infos = [(name, info) for info in archive.infolist() if (name := _file_name(info))]
        if infos and all(info.flag_bits & _ENCRYPTED_FLAG for _, info in infos):
            raise EncryptedFileError(f"压缩包{_PASSWORD}")
        looked = [(name, info, _why_refused(name, info)) for name, info in infos]
        room.take([info.file_size for _, info, why in looked if not why])
        found = [(name, why or _unpack(archive, info)) for name, info, why in looked]
    return Opened(
        tuple(Member(name, got) for name, got in found if isinstance(got, bytes)),
        tuple((name, got) for name, got in found if isinstance(got, str)),
    )


def _why_refused(name: str, info: zipfile.ZipInfo) -> str | None:
    """Return why a member is not unpacked, None if it is."""
    kind = stat.S_IFMT(info.external_attr >> 16)
    if kind == stat.S_IFLNK:
        return "是指向别处的链接，压缩包里没有它的内容。请把原文件放进压缩包再导入。"
    if kind not in (0, stat.S_IFREG):
        return "不是普通文件（是管道或设备），没有读取。请把内容存为文件再导入。"
    if info.flag_bits & _ENCRYPTED_FLAG:
        return _PASSWORD
    if info.file_size > max(SMALL, RATIO * info.compress_size):
        return (
            f"压缩了 {info.file_size // max(1, info.compress_size)} 倍，"
            f"解开有 {info.file_size >> 20} MB，不像正常的文件，没有解开。"
            "请核实来源；确实需要的，解压后再导入。"
        )
    return why_unreadable(name)


def _unpack(archive: zipfile.ZipFile, info: zipfile.ZipInfo) -> bytes | str:
    """Return the member's bytes, or why it cannot be unpacked."""
    try:
        # zipfile stops at the declared size, for which there is room.
        return archive.read(info)
    except NotImplementedError:
        return "用了不常见的压缩方法，解不开。请用 zip 的标准方式重新压缩，或解压后再导入。"
    except RuntimeError:  # zipfile's word for a password
        return _PASSWORD
    except _ODD:
        return "在压缩包里已损坏，解不开。请重新取得压缩包，或单独取得这个文件。"


def _file_name(info: zipfile.ZipInfo) -> str | None:
    """Return a member's clean name, None for folders and for what systems leave behind."""
    written = _name(info)
    is_folder = info.external_attr & _FOLDER or written.endswith(("/", "\\"))
    name = clean_name(written)
    return None if (is_folder and not info.file_size) or is_litter(name) else name


def _name(info: zipfile.ZipInfo) -> str:
    """Return the name as written: without the UTF-8 flag it is GBK, or UTF-8 from a Mac."""
    if info.flag_bits & _UTF8_FLAG:
        return info.orig_filename
    raw = info.orig_filename.encode("cp437")
    return _unicode_path(info.extra, raw) or decode_name(raw, "cp437")


def _unicode_path(extra: bytes, raw: bytes) -> str | None:
    """Return the name in UTF-8 that some writers add, if it belongs to ``raw``."""
    while len(extra) >= 4:
        tag, size = int.from_bytes(extra[:2], "little"), int.from_bytes(extra[2:4], "little")
        body, extra = extra[4 : 4 + size], extra[4 + size :]
        if tag == _UNICODE_PATH and body[1:5] == zlib.crc32(raw).to_bytes(4, "little"):
            try:
                return body[5:].decode()
            except UnicodeDecodeError:
                return None
    return None
