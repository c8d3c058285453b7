"""Images of pages, so that a person sees the words of a citation where they stand."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING

from index.errors import LoadError, UnsupportedFormatError
from index.load.apart import render_apart

if TYPE_CHECKING:
    from PIL.Image import Image

SECONDS = 30.0  # for one page; usual ones take 0.1
MAX_WIDTH = 4000  # pixels
MAX_HEIGHT = 12_000  # pixels; a strip of paper is shown smaller
_PDF = "application/pdf"
_OFD = "application/ofd"


def has_pages(media_type: str) -> bool:
    """Tell whether documents of this type have pages that can be shown."""
    return media_type in (_PDF, _OFD) or media_type.startswith("image/")


def page_count(source: Path | bytes, media_type: str) -> int:
    """Return how many pages a document has.

    Raises:
        LoadError: it cannot be opened; the message says why.
        UnsupportedFormatError: documents of this type have no pages.
    """
    count = render_apart(_task("count", media_type), _content(source), seconds=SECONDS)
    return int(count)


def render_page(content: bytes, media_type: str, page: int, width: int = 1000) -> bytes:
    """Return page ``page``, counted from 1, as a PNG image ``width`` pixels wide.

    The image shows what boxes (:class:`index.records.Box`) are fractions of.

    Raises:
        LoadError: there is no such page, or it cannot be drawn; the message says why.
        UnsupportedFormatError: documents of this type have no pages.
    """
    wide = min(max(width, 16), MAX_WIDTH)
    image = render_apart(_task("draw", media_type), content, page, wide, seconds=SECONDS)
    if isinstance(image, bytes):
        return image
    raise TypeError("a drawing task counted")


def _task(verb: str, media_type: str) -> str:
    if not has_pages(media_type):
        raise UnsupportedFormatError("这种文件没有页面图像，只能看读入的文字。")
    kind = {_PDF: "pdf", _OFD: "ofd"}.get(media_type, "image")
    return f"{verb}_{kind}"


def _content(source: Path | bytes) -> bytes:
    if isinstance(source, bytes):
        return source
    try:
        return source.read_bytes()
    except OSError as error:
        raise LoadError(f"不能读取原文件（{error.strerror}），看不了页面图像。") from error


# ---- in the other process


def count_pdf(content: bytes) -> int:
    """Return the number of pages of a PDF file."""
    from index.load.pdf import open_pdf

    document = open_pdf(content)
    try:
        return len(document)
    finally:
        document.close()


def draw_pdf(content: bytes, page: int, width: int) -> bytes:
    """Return a page of a PDF file as PNG."""
    import pypdfium2

    from index.load.pdf import open_pdf

    document = open_pdf(content)
    try:
        _check(page, len(document))
        drawn = document[page - 1]
        across, down = drawn.get_size()
        return _png(drawn.render(scale=_scale(across, down, width)).to_pil())
    except pypdfium2.PdfiumError as error:
        raise LoadError(f"第 {page} 页已损坏，画不出来。请对照原件核对。") from error
    finally:
        document.close()


def count_image(content: bytes) -> int:
    """Return the number of pages of a picture: several for a fax or a scanner's TIFF."""
    from index.load.image import frames, opened

    with opened(content) as image:
        return frames(image)


def draw_image(content: bytes, page: int, width: int) -> bytes:
    """Return a page of a picture as PNG, upright by its EXIF mark."""
    from index.load.image import frame, frames, opened

    with opened(content) as image:
        _check(page, frames(image))
        shown = frame(image, page)
    scale = _scale(*shown.size, width)
    size = (max(1, round(shown.width * scale)), max(1, round(shown.height * scale)))
    return _png(shown.resize(size))


def count_ofd(content: bytes) -> int:
    """Return the number of pages of an OFD file."""
    from index.load.ofd_package import open_ofd

    return len(open_ofd(content).sheets)


def draw_ofd(content: bytes, page: int, width: int) -> bytes:
    """Return a page of an OFD file as PNG: its layout, in a font of this machine."""
    from index.load.ofd_draw import drawn
    from index.load.ofd_package import open_ofd

    package = open_ofd(content)
    _check(page, len(package.sheets))
    return _png(drawn(package, page, width, MAX_HEIGHT))


def _check(page: int, count: int) -> None:
    if not 1 <= page <= count:
        raise LoadError(f"没有第 {page} 页：文件共 {count} 页。")


def _scale(width: float, height: float, wanted: int) -> float:
    return min(wanted / max(width, 0.01), MAX_HEIGHT / max(height, 0.01))


def _png(image: Image) -> bytes:
    stream = BytesIO()
    image.save(stream, "PNG", compress_level=3)
    return stream.getvalue()
