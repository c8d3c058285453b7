"""Files to text and layout, one module a format."""

from __future__ import annotations

import stat
from collections.abc import Callable
from importlib import import_module
from pathlib import Path

from index.errors import DamagedFileError, EmptyFileError, LoadError, UnsupportedFormatError
from index.records import LoadedFile

# Suffix to module; each has load(content: bytes, path: Path) -> LoadedFile.
_LOADERS = {
    ".txt": "text",
    ".md": "markdown",
    ".markdown": "markdown",
    ".docx": "word",
    ".xlsx": "excel",
    ".pdf": "pdf",
    ".html": "web",
    ".htm": "web",
}
SUPPORTED_SUFFIXES = tuple(_LOADERS)
MAX_BYTES = 512 * 1024 * 1024

_REMEDY = {
    ".doc": "请在 Word 或 WPS 中另存为 .docx。",
    ".wps": "请在 WPS 中另存为 .docx。",
    ".xls": "请在 Excel 或 WPS 中另存为 .xlsx。",
    ".et": "请在 WPS 中另存为 .xlsx。",
    ".rtf": "请另存为 .docx。",
    ".ofd": "请导出为带文字层的 .pdf。",
    ".zip": "请先解压缩。",
    ".rar": "请先解压缩。",
}
# First bytes of a file to what it really is.
_MAGIC = (
    (b"%PDF-", ".pdf", "PDF"),
    (b"PK\x03\x04", ".zip", "压缩包或 Office 文件"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", ".ole", "旧版 Office 文件或加密的 Office 文件"),
    (b"\x89PNG", ".png", "图片"),
    (b"\xff\xd8\xff", ".jpg", "图片"),
)


def load_file(path: Path) -> LoadedFile:
    """Return text and layout of one file.

    Raises:
        LoadError: it cannot be read; the message says why and what to do.
    """
    suffix = path.suffix.lower()
    if suffix not in _LOADERS:
        remedy = _REMEDY.get(suffix, f"能读的格式有：{'、'.join(SUPPORTED_SUFFIXES)}。")
        raise UnsupportedFormatError(f"不能读 {suffix or '没有扩展名的'} 文件。{remedy}")
    content = _read(path)
    if not content:
        raise EmptyFileError("文件是空的（0 字节）。请检查是否传输中断，重新取得该文件。")
    _check_kind(content, suffix)
    load: Callable[[bytes, Path], LoadedFile] = import_module(f"{__name__}.{_LOADERS[suffix]}").load
    loaded = load(content, path)
    if not loaded.text.strip():
        raise EmptyFileError("文件里没有文字。请检查内容；如果是图片，请先做文字识别。")
    return loaded


def _read(path: Path) -> bytes:
    try:
        status = path.stat()
        if not stat.S_ISREG(status.st_mode):
            raise LoadError("不是普通文件，没有读取。")
        if status.st_size > MAX_BYTES:
            raise LoadError(
                f"文件有 {status.st_size // 1024**2} MB，超过了 {MAX_BYTES // 1024**2} MB 的上限。"
                "请拆成几个文件。"
            )
        return path.read_bytes()
    except OSError as error:
        raise LoadError(
            f"不能打开（{error.strerror}）。请检查文件是否还在、有没有权限。"
        ) from error


def _check_kind(content: bytes, suffix: str) -> None:
    """Refuse a file whose content is of another kind than its name says."""
    found = next(((kind, name) for magic, kind, name in _MAGIC if content.startswith(magic)), None)
    kind, name = found or ("", "")
    opening = content[:512].lstrip(b"\xef\xbb\xbf \r\n\t").lower()
    if kind == ".ole" and suffix in (".docx", ".xlsx"):
        from index.errors import EncryptedFileError

        raise EncryptedFileError(
            "文件加了密码，或是旧版格式改了扩展名。请去掉密码，或在 Office、WPS 中另存为"
            f" {suffix}。"
        )
    wanted = {".docx": ".zip", ".xlsx": ".zip", ".pdf": ".pdf"}.get(suffix)
    if wanted and kind != wanted and not (suffix == ".pdf" and b"%PDF-" in content[:1024]):
        really = name or ("网页" if opening.startswith((b"<!doctype", b"<html")) else "")
        said = f"其实是{really}" if really else "内容已损坏，或者不是这种格式"
        raise DamagedFileError(f"扩展名是 {suffix}，{said}。请用原来的程序打开后另存一份。")
    if not wanted and kind:
        raise DamagedFileError(f"扩展名是 {suffix}，其实是{name}。请改用正确的扩展名。")
