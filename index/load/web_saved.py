"""Saved web pages in one file (.mht, .mhtml): the page itself, as a web page is read."""

from __future__ import annotations

from email import message_from_bytes
from email.message import Message

from index.errors import DamagedFileError
from index.load.mail_words import RawHeaders, content_of
from index.load.web import read_page
from index.records import LoadedFile

MEDIA_TYPE = "multipart/related"


def read_saved_page(content: bytes) -> LoadedFile:
    """Return what a reader of the saved page sees; its pictures and styles are left out.

    Raises:
        LoadError: if no page is in the file.
    """
    try:
        saved = message_from_bytes(content.removeprefix(b"\xef\xbb\xbf"), policy=RawHeaders())
        page = _page(saved)
    except RecursionError as error:
        raise DamagedFileError("内容套了太多层，不像正常的网页存档。请核实来源。") from error
    return read_page(content_of(page), page.get_content_charset(), MEDIA_TYPE)


def _page(saved: Message) -> Message:
    """Return the part that the archive begins with, or its first page."""
    pages = [part for part in saved.walk() if part.get_content_type() == "text/html"]
    start = saved.get_param("start", None)
    for part in pages:
        if start and part.get("content-id") == start:
            return part
    if not pages:
        raise DamagedFileError(
            "网页存档里没有网页，可能不完整。请用浏览器打开原网页，重新保存后再导入。"
        )
    return pages[0]
