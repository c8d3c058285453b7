"""Pictures as documents: photographs and scans of one page or several, read by OCR."""

from __future__ import annotations

import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from io import BytesIO
from typing import TYPE_CHECKING

from index.errors import DamagedFileError, NoTextLayerError
from index.load.ocr import LONGEST, Allowance
from index.load.ocr_lines import settle_sizes
from index.load.ocr_notes import RecognitionLog
from index.load.paged import write_pages
from index.load.pdf_layout import page_of
from index.load.pdf_tables import take_tables
from index.records import LoadedFile

if TYPE_CHECKING:
    from PIL.Image import Image

    from index.load.ocr import Picture

IMAGE_TYPES = {
    "PNG": "image/png",
    "JPEG": "image/jpeg",
    "MPO": "image/jpeg",  # of some cameras
    "TIFF": "image/tiff",
    "BMP": "image/bmp",
    "WEBP": "image/webp",
    "GIF": "image/gif",
}
LONG_SIDE = 842.0  # points; a picture tells no size that can be trusted, so it counts as A4
MAX_PIXELS = 400_000_000  # of one page; A0 at 300 dpi has 140 million
_ANIMATED = ("GIF", "WEBP")
_REMEDY = "请用看图软件打开，另存为 .png 或 .jpg 后再导入；打不开时请重新取得文件。"


def read_image(content: bytes) -> LoadedFile:
    """Return the words on the pictures of a file, each picture one page."""
    allowance, log = Allowance(), RecognitionLog()
    pages = []
    with opened(content) as image:
        media_type = IMAGE_TYPES[str(image.format)]
        count = frames(image)
        for number in range(1, count + 1):
            if not allowance:
                log.out_of_time(number)
                continue
            found = allowance.recognise(pixels(image, number), number, LONG_SIDE)
            log.add(found, "scan")
            if found.lines:
                tables, runs = take_tables(found.page)
                pages.append(page_of(found.page, runs, tables))
        moving = image.format in _ANIMATED and getattr(image, "n_frames", 1) > 1
    if not pages:
        raise NoTextLayerError(
            f"图片共 {count} 页，程序识别（OCR）没有认出文字。"
            "请检查图片是否清晰、方向是否正确，重新扫描或拍摄后再导入。"
        )
    settle_sizes(pages)
    notes = [*log.notes()]
    if moving:
        notes.append("这是动图，只读入了第一帧。")
    return write_pages(pages, media_type, notes=notes)


@contextmanager
def opened(content: bytes) -> Iterator[Image]:
    """Yield the picture, not yet decoded.

    Raises:
        DamagedFileError: it is none that can be read, is cut off, or is too large.
    """
    from PIL import Image

    Image.MAX_IMAGE_PIXELS = None  # checked below, with a sentence of our own
    with _decoding():
        Image.init()  # else only the most usual formats are known
        # Pictures of the kind MPO are opened as JPEG.
        image = Image.open(BytesIO(content), formats=[n for n in IMAGE_TYPES if n != "MPO"])
    with image:
        yield image


@contextmanager
def _decoding() -> Iterator[None]:
    """Say in words what goes wrong in decoding a picture."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # of odd but harmless metadata
            yield
    except (OSError, SyntaxError, ValueError, EOFError, TypeError, KeyError) as error:
        raise DamagedFileError(f"图片不完整或已损坏，读不出来。{_REMEDY}") from error


def frames(image: Image) -> int:
    """Return how many pages a picture has; an animation has one."""
    return 1 if image.format in _ANIMATED else int(getattr(image, "n_frames", 1))


def frame(image: Image, number: int, longest: int = LONGEST) -> Image:
    """Return page ``number`` upright by its EXIF mark, on white, in colours, not too large."""
    with _decoding():
        return _frame(image, number, longest)


def _frame(image: Image, number: int, longest: int) -> Image:
    from PIL import Image as Pictures
    from PIL import ImageOps

    image.seek(number - 1)
    width, height = image.size
    if width * height > MAX_PIXELS:
        raise DamagedFileError(
            f"图片有 {width}×{height} 像素，太大了，没有读入。请缩小到一万像素以内再导入。"
        )
    if number == 1 and image.format == "JPEG":
        image.draft("RGB", (longest, longest))  # decoded at a smaller size where it is huge
    page = ImageOps.exif_transpose(image)
    if max(page.size) > longest:
        page = _deep(page)
        page.thumbnail((longest, longest), Pictures.Resampling.BOX)
    page = _deep(page)
    if page.mode in ("RGBA", "LA", "PA") or "transparency" in page.info:
        coloured = page.convert("RGBA")
        white = Pictures.new("RGBA", page.size, "white")
        return Pictures.alpha_composite(white, coloured).convert("RGB")
    return page.convert("RGB")


def _deep(page: Image) -> Image:
    """Return a picture of 16 or 32 bits in 8, and one of 1 bit in shades that can be averaged."""
    if page.mode in ("I;16", "I;16L", "I;16B", "I", "F"):
        low, high = page.getextrema()
        if not isinstance(low, int | float) or not isinstance(high, int | float) or high <= low:
            return page.convert("L")
        scale = 255 / (high - low)
        return page.convert("F").point(lambda v: (v - low) * scale).convert("L")
    return page.convert("L") if page.mode == "1" else page


def pixels(image: Image, number: int) -> Picture:
    """Return page ``number`` as rows of blue, green, red."""
    import numpy as np

    return np.ascontiguousarray(np.asarray(frame(image, number))[:, :, ::-1])
