"""Files to canonical text with blocks, one loader a format."""

from __future__ import annotations

import stat
from collections.abc import Callable
from pathlib import Path, PurePath

from index.errors import EmptyFileError, LoadError
from index.load.apart import read_apart
from index.load.canonical import is_blank
from index.load.sniff import IMAGE_SUFFIXES, Form, refuse_other, unsupported_error
from index.records import LoadedFile

MAX_BYTES = 500 * 1024 * 1024  # read into memory whole; office reports are below 100 MB


def _apart(reader: str) -> Callable[[bytes], LoadedFile]:
    """Return a loader that reads in another process."""
    return lambda content: read_apart(reader, content)


_LOADERS: dict[str, tuple[Form, Callable[[bytes], LoadedFile]]] = {
    ".txt": ("html", _apart("text")),  # text may well hold markup
    ".md": ("html", _apart("markdown")),
    ".markdown": ("html", _apart("markdown")),
    ".docx": ("docx", _apart("word")),
    ".pdf": ("pdf", _apart("pdf")),
    ".ofd": ("ofd", _apart("ofd")),
    **dict.fromkeys(IMAGE_SUFFIXES, ("image", _apart("image"))),
    ".html": ("html", _apart("web")),
    ".htm": ("html", _apart("web")),
    ".mht": ("mht", _apart("saved_page")),
    ".mhtml": ("mht", _apart("saved_page")),
    ".xlsx": ("xlsx", _apart("excel")),
    ".csv": ("unknown", _apart("delimited")),
    ".pptx": ("pptx", _apart("slides")),
    ".doc": ("doc", _apart("old_word")),
    ".wps": ("doc", _apart("old_word")),
    ".rtf": ("rtf", _apart("rich_text")),
    ".odt": ("odt", _apart("open_document")),
    ".xls": ("xls", _apart("old_sheets")),
    ".et": ("xls", _apart("old_sheets")),
    ".ods": ("ods", _apart("open_document")),
    ".ppt": ("ppt", _apart("old_slides")),
    ".dps": ("ppt", _apart("old_slides")),
    ".odp": ("odp", _apart("open_document")),
}
SUPPORTED_SUFFIXES = tuple(_LOADERS)
_NO_BYTES = "文件是空的（0 字节），可能没有下载完或没有保存。请重新取得后再导入。"


def load_file(path: Path) -> LoadedFile:
    """Return the file's canonical text with its blocks.

    Raises:
        LoadError: if it cannot be read; the subclass and the message say why,
            and what to do.
    """
    _loader(path.name)  # a film is refused before it is read into memory
    return load_content(path.name, read_content(path))


def load_content(name: str, content: bytes) -> LoadedFile:
    """Return the canonical text of a file that is in memory; ``name`` tells its format.

    Raises:
        LoadError: as :func:`load_file`.
    """
    form, read = _loader(name)
    if not content:
        raise EmptyFileError(_NO_BYTES)
    refuse_other(form, content)
    loaded = read(content)
    if is_blank(loaded.text):
        raise EmptyFileError("文件里没有文字（只有空白）。请检查是否选错了文件。")
    return loaded


def _loader(name: str) -> tuple[Form, Callable[[bytes], LoadedFile]]:
    suffix = PurePath(name).suffix.lower()
    if suffix not in _LOADERS:
        raise unsupported_error(suffix, "、".join(SUPPORTED_SUFFIXES))
    return _LOADERS[suffix]


def read_content(path: Path) -> bytes:
    """Return the file's bytes; only an ordinary file is opened, since a pipe would block.

    Raises:
        LoadError: if it is no ordinary file, too large, empty, gone or locked away.
    """
    try:
        status = path.stat()
        if stat.S_ISDIR(status.st_mode):
            raise LoadError("这是文件夹，不是文件。请选择文件夹里的文件。")
        if not stat.S_ISREG(status.st_mode):
            raise LoadError("不是普通文件（是管道或设备），不能读取。请把内容存为文件再导入。")
        if status.st_size > MAX_BYTES:
            size, limit = status.st_size // 1024 // 1024, MAX_BYTES // 1024 // 1024
            raise LoadError(f"文件有 {size} MB，超过上限 {limit} MB。请拆成几个文件再导入。")
        content = path.read_bytes()
    except FileNotFoundError as error:
        raise LoadError("文件不见了：可能刚被移走、改名或删除。请检查后再导入。") from error
    except PermissionError as error:
        raise LoadError("没有读取权限。请在文件属性里允许读取，或请管理员处理后再导入。") from error
    except OSError as error:
        raise LoadError(f"不能读取（{error.strerror}）。请检查存放的位置后再导入。") from error
    if not content:
        raise EmptyFileError(_NO_BYTES)
    return content


__all__ = ["SUPPORTED_SUFFIXES", "load_content", "load_file", "read_content"]
