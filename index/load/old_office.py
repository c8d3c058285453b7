"""Files of older or other office programs (.doc, .wps, .rtf, .ppt, .dps, .odt, .ods, .odp).

LibreOffice converts them, and the result is read as a new file of its kind. What
such a file really is goes by its content: “.doc” files that are RTF, a new Word file
or a web page are common, and office programs open them without a word.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, replace

from index.errors import DamagedFileError, EncryptedFileError, LoadError
from index.load.archive import open_archive
from index.load.delimited import read_delimited
from index.load.excel import read_excel
from index.load.libreoffice import Target, convert
from index.load.old_excel import read_old_excel
from index.load.ole import check_whole, stream
from index.load.slides import read_slides
from index.load.sniff import NAMES, Form, sniff
from index.load.text import read_text
from index.load.web import read_web
from index.load.web_saved import read_saved_page
from index.load.word import read_word
from index.records import LoadedFile

_Reader = Callable[[bytes], LoadedFile]
_NEW: dict[Target, _Reader] = {"docx": read_word, "xlsx": read_excel, "pptx": read_slides}
_PASSWORD = "文件加了打开密码，读不出内容。请用 Office 或 WPS 打开，取消密码后另存再导入。"
_DOCUMENT = "application/vnd.oasis.opendocument."


@dataclass(frozen=True, slots=True)
class _Old:
    """A format that is converted: its suffix, what it becomes, its media type, its check."""

    suffix: str
    target: Target
    media_type: str
    check: Callable[[bytes], None]


def read_old_word(content: bytes) -> LoadedFile:
    """Return what a .doc or .wps file holds, as a .docx file's content.

    Raises:
        UnsupportedFormatError: if LibreOffice is needed, and not installed.
        LoadError: if the file is broken, cut off or under a password.
    """
    readers: dict[Form, _Reader] = {
        "docx": read_word,
        "html": read_web,
        "mht": read_saved_page,
        "unknown": read_text,
    }
    return _read(content, readers, "doc")


def read_rich_text(content: bytes) -> LoadedFile:
    """Return what a .rtf file holds, as a .docx file's content.

    Raises:
        LoadError: as :func:`read_old_word`.
    """
    return _read(content, {"docx": read_word}, "rtf")


def read_open_document(content: bytes) -> LoadedFile:
    """Return what a .odt, .ods or .odp file holds, as a new file's content of its kind.

    Raises:
        LoadError: as :func:`read_old_word`.
    """
    return _read(content, {}, "odt")


def read_old_slides(content: bytes) -> LoadedFile:
    """Return what a .ppt or .dps file holds, as a .pptx file's content.

    Raises:
        LoadError: as :func:`read_old_word`.
    """
    return _read(content, {"pptx": read_slides}, "ppt")


def read_old_sheets(content: bytes) -> LoadedFile:
    """Return what a .xls or .et file holds, as a .xlsx file's content.

    It is read without LibreOffice.

    Raises:
        LoadError: as :func:`read_old_word`.
    """
    readers: dict[Form, _Reader] = {"xlsx": read_excel, "html": read_web, "unknown": read_delimited}
    return _read(content, readers, "xls")


def _read(content: bytes, others: dict[Form, _Reader], named: Form) -> LoadedFile:
    form = sniff(content)
    if form == "xls":
        return read_old_excel(content)
    if form in _CONVERTED:
        return _read_converted(content, _CONVERTED[form])
    if form not in others:
        raise DamagedFileError(_damaged(named))
    try:
        loaded = others[form](content)
    except LoadError as error:
        if form != "unknown":
            raise
        raise DamagedFileError(_damaged(named)) from error
    actual = NAMES.get(form, "纯文本")
    note = f"扩展名是{NAMES[named]}的，内容实际上是{actual}，已按实际内容读取。"
    return replace(loaded, notes=(note, *loaded.notes))


def _damaged(named: Form) -> str:
    return (
        f"内容不是{NAMES[named]}，也不是别的能读取的格式，可能已损坏。请从来源重新取得；"
        "能用 Office 或 WPS 打开的，另存为 .docx、.xlsx 或 .pptx 后再导入。"
    )


def _read_converted(content: bytes, old: _Old) -> LoadedFile:
    old.check(content)
    loaded = _NEW[old.target](convert(content, old.suffix, old.target))
    note = (
        f"由 LibreOffice 从 {old.suffix} 转换后读取；段落和表格的次序与原文件一致，版式可能不同。"
    )
    return replace(loaded, media_type=old.media_type, notes=(note, *loaded.notes))


# ---- what LibreOffice would not tell


def _check_doc(content: bytes) -> None:
    check_whole(content, "WordDocument")
    flags = stream(content, "WordDocument")[10:12]  # of the FIB, [MS-DOC] 2.5.1
    if flags and int.from_bytes(flags, "little") & 0x0100:
        raise EncryptedFileError(_PASSWORD)


def _check_ppt(content: bytes) -> None:
    check_whole(content, "PowerPoint Document")
    token = stream(content, "Current User")[12:16]  # CurrentUserAtom, [MS-PPT] 2.3.2
    if token == b"\xdf\xc4\xd1\xf3":
        raise EncryptedFileError(_PASSWORD)


def _check_rtf(content: bytes) -> None:
    if b"}" not in content.rstrip(b"\0\r\n\t \x1a")[-8:]:
        raise DamagedFileError(
            "RTF 文档没有结尾，后面的内容缺失，可能没有下载或复制完。请从来源重新取得；"
            "能用 Word 或 WPS 打开的，核对内容后另存为 .docx 再导入。"
        )


def _check_open(content: bytes) -> None:
    with open_archive(content, {b"<text:p": 1_000_000, b"<table:table-cell": 3_000_000}) as archive:
        try:
            manifest = archive.read("META-INF/manifest.xml")
        except KeyError:
            return
    if re.search(rb"<(?:\w+:)?encryption-data\b", manifest):
        raise EncryptedFileError(_PASSWORD)


_CONVERTED: dict[Form, _Old] = {
    "doc": _Old(".doc", "docx", "application/msword", _check_doc),
    "rtf": _Old(".rtf", "docx", "application/rtf", _check_rtf),
    "odt": _Old(".odt", "docx", _DOCUMENT + "text", _check_open),
    "ppt": _Old(".ppt", "pptx", "application/vnd.ms-powerpoint", _check_ppt),
    "odp": _Old(".odp", "pptx", _DOCUMENT + "presentation", _check_open),
    "ods": _Old(".ods", "xlsx", _DOCUMENT + "spreadsheet", _check_open),
}
