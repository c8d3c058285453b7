"""Pictures as documents: kinds, pages, EXIF, transparency, and what cannot be read."""

from __future__ import annotations

import struct
import zlib

import numpy as np
import pytest
from PIL import Image

from index.errors import DamagedFileError, NoTextLayerError
from index.load import load_content
from index.load.image import LONGEST, frame, opened, read_image
from tests.index.load.checks import assert_boxed, assert_sound
from tests.index.load.pictures import png, scanned, typeset

WORDS = "城北污水处理厂二期未开工"


def small(words: str = WORDS) -> Image.Image:
    return typeset(words, size=40, width=1000, height=500)


@pytest.mark.parametrize(
    ("name", "kind", "mode"),
    [
        ("a.png", "PNG", "1"), ("a.jpg", "JPEG", "RGB"), ("a.tif", "TIFF", "I;16"),
        ("a.bmp", "BMP", "RGB"), ("a.webp", "WEBP", "RGB"), ("a.gif", "GIF", "P"),
        ("a.jpeg", "JPEG", "CMYK"), ("b.png", "PNG", "RGBA"),
    ],
)  # fmt: skip
def test_kinds_of_pictures_are_read(name: str, kind: str, mode: str) -> None:
    page = small()
    if mode == "I;16":
        page = Image.fromarray(np.asarray(page).astype(np.uint16) * 200)
    elif mode == "RGBA":  # letters on nothing
        page = Image.merge(
            "RGBA", [Image.new("L", page.size)] * 3 + [page.point(lambda v: 255 - v)]
        )
    else:
        page = page.convert(mode)
    loaded = load_content(name, png(page, kind))
    assert_sound(loaded)
    assert_boxed(loaded)
    assert WORDS in loaded.text
    assert loaded.media_type.startswith("image/")


def test_pages_of_a_fax_keep_their_numbers() -> None:
    fax = [scanned(small(words)).convert("1", dither=Image.Dither.NONE)
           for words in ("第一页上的文字内容", "第二页上的文字内容")]  # fmt: skip
    blank = Image.new("1", fax[0].size, 1)
    content = png(
        fax[0], "TIFF", compression="group4", save_all=True, append_images=[blank, fax[1]]
    )
    loaded = read_image(content)
    assert_boxed(loaded)
    assert [b.page for b in loaded.blocks] == [1, 3]
    assert "第 2 页没有认出文字" in " ".join(loaded.notes)


def test_photograph_is_turned_as_its_mark_says() -> None:
    exif = Image.Exif()
    exif[0x112] = 6  # the camera was held upright: turn right to see it
    content = png(small().rotate(90, expand=True).convert("RGB"), "JPEG", exif=exif)
    with opened(content) as image:
        assert frame(image, 1).size == (1000, 500)
    loaded = read_image(content)
    assert loaded.text.strip() == WORDS
    assert loaded.boxes[0].top > 0.4  # the line stands at 240 of 500
    assert loaded.boxes[0].right - loaded.boxes[0].left > 0.4


def test_animation_is_read_by_its_first_picture() -> None:
    content = png(small(), "GIF", save_all=True, append_images=[small("别的文字"), small("又一张")])
    loaded = read_image(content)
    assert WORDS in loaded.text
    assert "别的" not in loaded.text
    assert "第一帧" in " ".join(loaded.notes)


def test_large_pictures_are_made_smaller() -> None:
    large = Image.new("1", (9000, 6000), 1)
    with opened(png(large)) as image:
        assert max(frame(image, 1).size) == LONGEST


def test_picture_without_words_says_so() -> None:
    with pytest.raises(NoTextLayerError, match="没有认出文字"):
        read_image(png(Image.new("RGB", (600, 400), "seagreen")))


@pytest.mark.parametrize("keep", [8, 40, 0.5])
def test_cut_off_picture_is_damaged(keep: float) -> None:
    whole = png(scanned(small()))
    cut = whole[: int(len(whole) * keep) if keep == 0.5 else int(keep)]
    with pytest.raises(DamagedFileError, match="损坏"):
        read_image(cut)


def test_picture_claiming_a_million_by_a_million_is_refused() -> None:
    def part(name: bytes, body: bytes) -> bytes:
        return (
            struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body))
        )

    header = struct.pack(">IIBBBBB", 1_000_000, 1_000_000, 8, 2, 0, 0, 0)
    bomb = b"\x89PNG\r\n\x1a\n" + part(b"IHDR", header) + part(b"IDAT", zlib.compress(b"\0" * 99))
    with pytest.raises(DamagedFileError, match="太大"):
        read_image(bomb + part(b"IEND", b""))


def test_name_of_another_kind_of_picture_does_no_harm() -> None:
    assert WORDS in load_content("scan.jpg", png(small())).text


def test_other_files_under_a_pictures_name_are_refused() -> None:
    with pytest.raises(DamagedFileError, match="PDF"):
        load_content("scan.png", b"%PDF-1.4\n")
