"""Pictures of pages: typeset with a real font, then scanned by machine, with noise and slant."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from PIL import Image, ImageDraw, ImageFilter, ImageFont

_FOLDERS = ("/usr/share/fonts", "/Library/Fonts", "/System/Library/Fonts", "C:/Windows/Fonts")
_NAMES = ("NotoSerifCJK-Regular.ttc", "NotoSansCJK-Regular.ttc", "wqy-zenhei.ttc", "simsun.ttc")


def font(size: int) -> Any:
    """Return a Chinese font of this machine; a test that needs one is skipped without it."""
    for folder in _FOLDERS:
        for name in _NAMES:
            for file in Path(folder).glob(f"**/{name}"):
                return ImageFont.truetype(str(file), size)
    pytest.skip("no Chinese font on this machine")


def typeset(*lines: str, size: int = 44, width: int = 1654, height: int = 2339) -> Image.Image:
    """Return a page of 200 dpi with one line below the other."""
    page = Image.new("L", (width, height), "white")
    pen = ImageDraw.Draw(page)
    for i, words in enumerate(lines):
        pen.text((220, 240 + i * int(size * 1.8)), words, fill="black", font=font(size))
    return page


def scanned(page: Image.Image, *, slant: float = 0.0, noise: float = 10.0) -> Image.Image:
    """Return a page as a scanner gives it: aslant by so many degrees, grey, noisy, soft."""
    turned = page.convert("L").rotate(slant, fillcolor=250, resample=Image.Resampling.BICUBIC)
    shades = np.asarray(turned).astype(float) * 0.93
    shades += np.random.default_rng(5).normal(0, noise, shades.shape)
    return Image.fromarray(shades.clip(0, 255).astype("uint8")).filter(
        ImageFilter.GaussianBlur(0.6)
    )


def png(page: Image.Image, kind: str = "PNG", **options: Any) -> bytes:
    """Return the picture as a file."""
    stream = BytesIO()
    page.save(stream, kind, **options)
    return stream.getvalue()
