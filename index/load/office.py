"""What .docx and .xlsx share: checks of the zip container before a library opens it."""

from __future__ import annotations

import io
import zipfile

from index.errors import DamagedFileError

MAX_UNPACKED = 400 * 1024 * 1024
MAX_RATIO = 200  # unpacked to packed; ordinary Office files stay below 50
MIN_SUSPECT = 20 * 1024 * 1024  # small parts may compress as well as they like


def check_container(content: bytes, part: str, suffix: str) -> zipfile.ZipFile:
    """Return the opened container of an Office file that is safe to read.

    ``part`` must be in it. Refused are broken containers, bombs, and parts with
    a document type definition, which can pull in files or grow without end.
    """
    try:
        archive = zipfile.ZipFile(io.BytesIO(content))
        names = archive.namelist()
        broken = part not in names
    except (zipfile.BadZipFile, OSError, ValueError):
        broken, archive = True, None
    if broken or archive is None:
        raise DamagedFileError(
            f"{suffix} 文件已损坏或不完整，或者不是这种格式。请用 Office 或 WPS 打开后另存一份。"
        )
    size = sum(info.file_size for info in archive.infolist())
    packed = max(sum(info.compress_size for info in archive.infolist()), 1)
    if size > MAX_UNPACKED or (size > MIN_SUSPECT and size / packed > MAX_RATIO):
        raise DamagedFileError(
            f"文件解开后有 {size // 1024**2} MB，大得不正常，没有读取。请确认来源，或拆成几个文件。"
        )
    for name in names:
        if name.endswith((".xml", ".rels")):
            with archive.open(name) as stream:
                if b"<!DOCTYPE" in stream.read(4096):
                    raise DamagedFileError(
                        "文件里有不允许的文档类型定义（DTD），可能是恶意文件，没有读取。请确认来源。"
                    )
    return archive
