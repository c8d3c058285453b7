"""What a file really is, by its first bytes, whatever its name says."""

from __future__ import annotations

import re
import zipfile
from io import BytesIO
from typing import Literal

from index.errors import DamagedFileError, EncryptedFileError, UnsupportedFormatError
from index.load.ole import root_streams

Form = Literal[
    "pdf", "docx", "xlsx", "pptx", "zip", "encrypted", "doc", "xls", "ole", "rtf", "image", "ofd",
    "archive", "html", "mht", "ppt", "odt", "ods", "odp", "unknown",
]  # fmt: skip

NAMES: dict[Form, str] = {
    "pdf": "PDF 文件",
    "docx": "Word 文档（.docx）",
    "xlsx": "Excel 表格（.xlsx）",
    "pptx": "PowerPoint 演示文稿（.pptx）",
    "zip": "压缩包（zip）",
    "encrypted": "加了密码的 Office 文件",
    "doc": "旧版 Word 文档（.doc）",
    "xls": "旧版 Excel 表格（.xls）",
    "ole": "旧版 Office 文件",
    "rtf": "RTF 文档",
    "image": "图片",
    "ofd": "版式文件（.ofd）",
    "archive": "压缩包",
    "html": "网页（HTML）",
    "mht": "网页存档（.mht）",
    "ppt": "旧版演示文稿（.ppt）",
    "odt": "OpenDocument 文档（.odt）",
    "ods": "OpenDocument 表格（.ods）",
    "odp": "OpenDocument 演示文稿（.odp）",
}
_REMEDIES: dict[Form, str] = {
    "doc": "请把扩展名改为 .doc，或用 Word、WPS 打开，“另存为” .docx 后再导入。",
    "xls": "请把扩展名改为 .xls，或用 Excel、WPS 打开，“另存为” .xlsx 后再导入。",
    "ole": "请用 Word、Excel 或 WPS 打开，“另存为” .docx 或 .xlsx 后再导入。",
    "rtf": "请把扩展名改为 .rtf，或用 Word、WPS 打开，“另存为” .docx 后再导入。",
    "pptx": "请把扩展名改为 .pptx 后再导入。",
    "ppt": "请把扩展名改为 .ppt，或用 PowerPoint、WPS 打开，“另存为” .pptx 后再导入。",
    "odt": "请把扩展名改为 .odt 后再导入。",
    "ods": "请把扩展名改为 .ods 后再导入。",
    "odp": "请把扩展名改为 .odp 后再导入。",
    "zip": "请先解压，再导入里面的文件。",
    "archive": "请先解压，再导入里面的文件。",
    "image": "请把扩展名改为 .png 或 .jpg（与内容相符的那一种）后再导入。",
    "ofd": "请把扩展名改为 .ofd 后再导入。",
    "html": "如果这就是要导入的内容，请把扩展名改为 .html；如果是下载出错的网页，请重新下载。",
    "mht": "请用浏览器或 Word 打开，另存为 .html 或 .docx 后再导入。",
    "pdf": "请把扩展名改为 .pdf 后再导入。",
    "docx": "请把扩展名改为 .docx 后再导入。",
    "xlsx": "请把扩展名改为 .xlsx 后再导入。",
}
_HEADS: tuple[tuple[bytes, Form], ...] = (
    (b"{\\rtf", "rtf"),
    (b"\x89PNG", "image"),
    (b"\xff\xd8\xff", "image"),
    (b"GIF8", "image"),
    (b"II*\0", "image"),
    (b"MM\0*", "image"),
    (b"BM", "image"),
    (b"RIFF", "image"),  # WebP, among others
    (b"7z\xbc\xaf", "archive"),
    (b"Rar!", "archive"),
    (b"\x1f\x8b", "archive"),
    (b"MIME-Version:", "mht"),
)
IMAGE_SUFFIXES = (".png", ".jpg", ".jpeg", ".tif", ".tiff", ".bmp", ".gif", ".webp")
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_HTML = re.compile(
    rb"\s*(?:<\?xml[^>]*>\s*)?(?:<!--.*?-->\s*)*<(?:!doctype\s+html|html|head|body)\b",
    re.IGNORECASE | re.DOTALL,
)


def sniff(content: bytes) -> Form:
    """Return what ``content`` is; “unknown” also for plain text."""
    if b"%PDF-" in content[:1024]:
        return "pdf"
    if content.startswith(_OLE):
        return _ole_form(content)
    if content.startswith(b"PK\x03\x04"):
        return _zip_form(content)
    for head, form in _HEADS:
        # “BM” alone may begin a text; a bitmap goes on with binary sizes.
        if content.startswith(head) and (form != "image" or b"\0" in content[:64]):
            return form
    start = content[:4096].removeprefix(b"\xef\xbb\xbf")
    return "html" if _HTML.match(start) else "unknown"


# What office programs open under an old suffix without a word, and so do we.
_TAKEN: dict[Form, tuple[Form, ...]] = {
    "doc": ("rtf", "docx", "odt", "html", "mht"),
    "rtf": ("doc", "docx"),
    "xls": ("xlsx", "ods", "html"),
    "ppt": ("pptx", "odp"),
}


def refuse_other(expected: Form, content: bytes) -> None:
    """Raise if ``content`` is known to be something else than its name says."""
    form = sniff(content)
    if form == expected or form in _TAKEN.get(expected, ()):
        return
    if form == "encrypted":
        raise EncryptedFileError(
            "文件加了打开密码，读不出内容。请用 Office 或 WPS 打开，取消密码后另存再导入。"
        )
    if form != "unknown":
        raise DamagedFileError(f"扩展名与内容不符：文件实际上是{NAMES[form]}。{_REMEDIES[form]}")


def unsupported_error(suffix: str, supported: str) -> UnsupportedFormatError:
    """Return the error for a suffix without a loader, with the way out."""
    known: dict[str, Form] = {
        ".zip": "zip", ".rar": "archive", ".7z": "archive",
        ".mht": "mht", ".mhtml": "mht",
    }  # fmt: skip
    form = known.get(suffix)
    remedy = "请用能打开它的软件另存为以上格式之一（手机照片 .heic 可导出为 .jpg）后再导入。"
    named = f"“{suffix}”格式" if suffix else "没有扩展名的文件"
    return UnsupportedFormatError(
        f"不能读取{named}；能读取的是 {supported}。{_REMEDIES[form] if form else remedy}"
    )


def _ole_form(content: bytes) -> Form:
    names: tuple[tuple[str, Form], ...] = (
        ("EncryptedPackage", "encrypted"),
        ("WordDocument", "doc"),
        ("PowerPoint Document", "ppt"),
        ("Workbook", "xls"),
        ("Book", "xls"),
    )
    streams = root_streams(content)
    for name, form in names:
        # A file inside the file has names, too; only a broken container is searched for them.
        if name in streams or (not streams and name.encode("utf-16-le") in content):
            return form
    return "ole"


def _zip_form(content: bytes) -> Form:
    try:
        names = zipfile.ZipFile(BytesIO(content)).namelist()
    except (zipfile.BadZipFile, ValueError, NotImplementedError, OSError):
        return "unknown"  # damaged: the loader says so
    opened = _open_document(content, names)
    if opened is not None:
        return opened
    if "OFD.xml" in names:
        return "ofd"
    forms: tuple[tuple[str, Form], ...] = (("word/", "docx"), ("xl/", "xlsx"), ("ppt/", "pptx"))
    office = "[Content_Types].xml" in names  # else a folder of an archive may be called “word”
    for folder, form in forms:
        if office and any(name.startswith(folder) for name in names):
            return form
    return "zip"


def _open_document(content: bytes, names: list[str]) -> Form | None:
    """Return the kind of an OpenDocument file, which its first member names."""
    if "mimetype" not in names:
        return None
    kinds: tuple[tuple[bytes, Form], ...] = (
        (b"opendocument.text", "odt"),
        (b"opendocument.spreadsheet", "ods"),
        (b"opendocument.presentation", "odp"),
    )
    named = content[:200]  # the standard has it first and not compressed
    return next((form for kind, form in kinds if kind in named), None)
