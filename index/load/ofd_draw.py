"""OFD pages as images: words in a font of this machine, straight lines, pictures in place.

It shows where words stand; it does not stand in for the original's look: the file's
own fonts, curves, seals and annotations are not drawn.
"""

from __future__ import annotations

import functools
import math
from pathlib import Path
from typing import TYPE_CHECKING, Any

from index.errors import LoadError
from index.load.image import frame, opened
from index.load.ocr import DPI, LONGEST
from index.load.ofd_package import (
    Package,
    Sheet,
    local,
    matrix_of,
    numbers,
    objects_of,
    picture_matrix,
)
from index.load.ofd_page import placed, strokes_of

if TYPE_CHECKING:
    from PIL.Image import Image
    from PIL.ImageDraw import ImageDraw

    from index.load.ocr import Picture

_FONT_FOLDERS = (
    "/usr/share/fonts", "/usr/local/share/fonts", "~/.fonts", "~/.local/share/fonts",
    "C:/Windows/Fonts", "/System/Library/Fonts", "/Library/Fonts",
)  # fmt: skip
_FONTS = (
    "simsun.ttc", "SimSun.ttf", "NotoSerifCJK-Regular.ttc", "NotoSansCJK-Regular.ttc",
    "SourceHanSerifSC-Regular.otf", "SourceHanSansSC-Regular.otf", "wqy-zenhei.ttc",
    "wqy-microhei.ttc", "uming.ttc", "msyh.ttc", "Songti.ttc", "PingFang.ttc",
    "STHeiti Light.ttc", "DroidSansFallbackFull.ttf",
)  # fmt: skip
MAX_TYPE = 600  # pixels


def pictured(package: Package, page: int) -> Picture:
    """Return the pictures of a page in their places, for recognition."""
    import numpy as np

    sheet = package.sheets[page - 1]
    scale = min(DPI / 25.4, LONGEST / max(sheet.width, sheet.height))
    image = _drawn(package, sheet, scale, with_words=False)
    return np.ascontiguousarray(np.asarray(image)[:, :, ::-1])


def drawn(package: Package, page: int, width: int, most: int) -> Image:
    """Return a page as it is laid out, ``width`` pixels wide and at most ``most`` high."""
    sheet = package.sheets[page - 1]
    scale = min(width / sheet.width, most / sheet.height)
    return _drawn(package, sheet, scale, with_words=True)


def _drawn(package: Package, sheet: Sheet, scale: float, *, with_words: bool) -> Image:
    from PIL import Image, ImageDraw

    size = (max(1, round(sheet.width * scale)), max(1, round(sheet.height * scale)))
    image = Image.new("RGB", size, "white")
    pen = ImageDraw.Draw(image)
    for root in (*(root for _, root in sheet.templates), sheet.content):
        for element in objects_of(root) if root is not None else ():
            kind = local(element)
            if kind == "ImageObject":
                _paste(image, package, sheet, element, scale)
            elif kind == "PathObject" and with_words:
                thick = max(1, round((numbers(element.get("LineWidth")) or [0.3])[0] * scale))
                for stroke in strokes_of(element, sheet.origin):
                    pen.line([value * scale for value in stroke], fill="black", width=thick)
            elif kind == "TextObject" and with_words:
                _write(pen, sheet, element, scale)
    return image


def _write(pen: ImageDraw, sheet: Sheet, element: Any, scale: float) -> None:  # noqa: ANN401
    a, b, c, d, _, _ = matrix_of(element)
    size = (numbers(element.get("Size")) or [0.0])[0] * math.sqrt(abs(a * d - b * c)) * scale
    if not 1 <= size <= MAX_TYPE:
        return
    font = _font(round(size))
    for character, x, y, _ in placed(element, sheet.origin):
        if character.isprintable():
            pen.text((x * scale, y * scale), character, fill="black", font=font, anchor="ls")


def _paste(
    image: Image,
    package: Package,
    sheet: Sheet,
    element: Any,  # noqa: ANN401
    scale: float,
) -> None:
    """Put a picture in its place; one that cannot be decoded leaves a grey field."""
    from PIL import Image as Pictures

    a, b, c, d, e, f = picture_matrix(element)
    x, y = e - sheet.origin[0], f - sheet.origin[1]
    wide, high = math.hypot(a, b), math.hypot(c, d)
    corner = (round(min(x, x + a + c) * scale), round(min(y, y + b + d) * scale))
    size = (round(wide * scale), round(high * scale))
    if not (0 < size[0] <= 2 * LONGEST and 0 < size[1] <= 2 * LONGEST):
        return
    content = package.media(sheet.pictures.get(str(element.get("ResourceID")), ""))
    try:
        if content is None:
            raise LoadError("missing")
        with opened(content) as source:
            picture = frame(source, 1).resize(size)
    except LoadError:
        picture = Pictures.new("RGB", size, "lightgrey")
    turn = math.degrees(math.atan2(b, a))
    if abs(turn) > 1:
        picture = picture.rotate(-turn, expand=True, fillcolor="white")
    image.paste(picture, corner)


@functools.lru_cache(maxsize=32)
def _font(size: int) -> Any:  # noqa: ANN401
    from PIL import ImageFont

    return ImageFont.truetype(_font_file(), size)


@functools.cache
def _font_file() -> str:
    """Return a font with Chinese letters, preferred ones first.

    Raises:
        LoadError: there is none on this machine.
    """
    there: dict[str, str] = {}
    for folder in _FONT_FOLDERS:
        for file in Path(folder).expanduser().glob("**/*.[to]t[fc]"):
            there.setdefault(file.name.lower(), str(file))
    for name in _FONTS:
        if found := there.get(name.lower()):
            return found
    raise LoadError(
        "这台电脑没有中文字体，画不出版式文件（.ofd）的页面。"
        "请安装中文字体（如 fonts-noto-cjk）后重新启动；文字照常可读。"
    )
