"""What a file really is, by its first bytes, whatever its name says."""

from __future__ import annotations

import re
import zipfile
from io import BytesIO
from typing import Literal

from index.errors import DamagedFileError, EncryptedFileError, UnsupportedFormatError

Form = Literal[
    "pdf", "docx", "xlsx", "pptx", "zip", "encrypted", "doc", "xls", "ole", "rtf", "image",
    "archive", "html", "mht", "unknown",
]  # fmt: skip

NAMES: dict[Form, str] = {
    "pdf": "PDF 文件",
    "docx": "Word 文档（.docx）",
    "xlsx": "Excel 表格（.xlsx）",
    "pptx": "PowerPoint 演示文稿",
    "zip": "压缩包（zip）",
    "encrypted": "加了密码的 Office 文件",
    "doc": "旧版 Word 文档（.doc）",
    "xls": "旧版 Excel 表格（.xls）",
    "ole": "旧版 Office 文件",
    "rtf": "RTF 文档",
    "image": "图片",
    "archive": "压缩包",
    "html": "网页（HTML）",
    "mht": "网页存档（.mht）",
}
_REMEDIES: dict[Form, str] = {
    "doc": "请用 Word 或 WPS 打开，“另存为” .docx 后再导入。",
    "xls": "请用 Excel 或 WPS 打开，“另存为” .xlsx 后再导入。",
    "ole": "请用 Word、Excel 或 WPS 打开，“另存为” .docx 或 .xlsx 后再导入。",
    "rtf": "请用 Word 或 WPS 打开，“另存为” .docx 后再导入。",
    "pptx": "请“另存为” PDF 后再导入。",
    "zip": "请先解压，再导入里面的文件。",
    "archive": "请先解压，再导入里面的文件。",
    "image": "请先做文字识别（OCR），存为 .docx 或带文字层的 PDF 后再导入。",
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
    (b"7z\xbc\xaf", "archive"),
    (b"Rar!", "archive"),
    (b"\x1f\x8b", "archive"),
    (b"MIME-Version:", "mht"),
)
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


def refuse_other(expected: Form, content: bytes) -> None:
    """Raise if ``content`` is known to be something else than its name says."""
    form = sniff(content)
    if form == expected:
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
        ".doc": "doc", ".wps": "doc", ".dot": "doc", ".rtf": "rtf",
        ".xls": "xls", ".et": "xls", ".csv": "xls",
        ".ppt": "pptx", ".pptx": "pptx", ".zip": "zip", ".rar": "archive", ".7z": "archive",
        ".mht": "mht", ".mhtml": "mht",
        ".png": "image", ".jpg": "image", ".jpeg": "image", ".tif": "image", ".tiff": "image",
        ".bmp": "image", ".gif": "image",
    }  # fmt: skip
    form = known.get(suffix)
    remedy = "请用能打开它的软件另存为以上格式之一（版式文件 .ofd 可导出为 PDF）后再导入。"
    named = f"“{suffix}”格式" if suffix else "没有扩展名的文件"
    return UnsupportedFormatError(
        f"不能读取{named}；能读取的是 {supported}。{_REMEDIES[form] if form else remedy}"
    )


def _ole_form(content: bytes) -> Form:
    names: tuple[tuple[str, Form], ...] = (
        ("EncryptedPackage", "encrypted"),
        ("WordDocument", "doc"),
        ("Workbook", "xls"),
        ("PowerPoint Document", "ole"),
    )
    for name, form in names:
        if name.encode("utf-16-le") in content:
            return form
    return "ole"


def _zip_form(content: bytes) -> Form:
    try:
        names = zipfile.ZipFile(BytesIO(content)).namelist()
    except (zipfile.BadZipFile, ValueError, NotImplementedError, OSError):
        return "unknown"  # damaged: the loader says so
    forms: tuple[tuple[str, Form], ...] = (("word/", "docx"), ("xl/", "xlsx"), ("ppt/", "pptx"))
    office = "[Content_Types].xml" in names  # else a folder of an archive may be called “word”
    for folder, form in forms:
        if office and any(name.startswith(folder) for name in names):
            return form
    return "zip"
