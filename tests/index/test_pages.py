"""Images of pages: that boxes lie on the words, that limits hold, that errors are told."""

from __future__ import annotations

from io import BytesIO
from typing import Any

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PIL import Image

from index.errors import EncryptedFileError, LoadError, UnsupportedFormatError
from index.load.ofd import read_ofd
from index.load.pdf import read_pdf
from index.pages import draw_ofd, draw_pdf, has_pages, page_count, render_page
from index.records import LoadedFile
from tests.index.load.ofd_files import line, ofd, page, text
from tests.index.load.pictures import font, png, scanned, typeset
from tests.index.load.test_pdf import drawn, report

PDF, OFD = "application/pdf", "application/ofd"


def shown(content: bytes) -> Image.Image:
    return Image.open(BytesIO(content))


def assert_ink(loaded: LoadedFile, images: dict[int, Image.Image]) -> None:
    """Check that each box holds most of the ink of its neighbourhood, and has some."""
    for box in loaded.boxes:
        shades = np.asarray(images[box.page].convert("L"))
        height, width = shades.shape
        rows = slice(int(box.top * height), int(np.ceil(box.bottom * height)))
        columns = slice(int(box.left * width), int(np.ceil(box.right * width)))
        assert (shades[rows, columns] < 128).mean() > 0.02, (box, loaded.text[box.start : box.end])


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(
    st.lists(
        st.tuples(
            st.sampled_from([10, 16, 22]),
            st.integers(0, 12),
            st.text("项目进度通报区三", min_size=2, max_size=9),
        ),
        min_size=1,
        max_size=6,
    ),
    st.sampled_from([0, 90, 180, 270]),
    st.tuples(st.integers(0, 60), st.integers(0, 60)),
)  # fmt: skip
def test_boxes_lie_on_the_words_however_a_page_is_turned_and_cropped(
    lines: list[tuple[int, int, str]], turned: int, cropped: tuple[int, int]
) -> None:
    def draw(sheet: Any, _: int) -> None:
        sheet.setPageRotation(turned)
        sheet.setCropBox((cropped[0], cropped[1], 595, 842))
        for i, (size, indent, words) in enumerate(lines):
            sheet.setFont("STSong-Light", size)
            sheet.drawString(80 + 10 * indent, 560 - 60 * i, words)

    content = drawn(draw)
    loaded = read_pdf(content)
    if turned in (0, 180):
        assert len(loaded.boxes) == len(lines)
    assert_ink(loaded, {1: shown(draw_pdf(content, 1, 900))})


def test_boxes_of_tables_and_furniture_lie_on_the_words() -> None:
    content = drawn(report, 2)
    assert_ink(read_pdf(content), {n: shown(draw_pdf(content, n, 900)) for n in (1, 2)})


def test_boxes_of_ofd_lie_on_the_words() -> None:
    font(10)  # skips without a Chinese font
    objects = text("关于项目进度的通报", 50, 40, 7.8) + text("正文一行，共有项目143个。", 28, 70)
    ruled = "".join(line(30, y, 130, y) for y in (100, 112)) + "".join(
        line(x, 100, x, 112) for x in (30, 80, 130)
    )
    cells = text("项目", 32, 103, 4.2) + text("4.03", 82, 103, 4.2)
    content = ofd([page(objects + ruled + cells)])
    loaded = read_ofd(content)
    assert len(loaded.boxes) == 4
    assert_ink(loaded, {1: shown(draw_ofd(content, 1, 900))})


def test_pages_are_drawn_apart_at_the_width_that_is_asked_for() -> None:
    content = drawn(report, 2)
    assert page_count(content, PDF) == 2
    image = shown(render_page(content, PDF, 2, width=700))
    assert image.size[0] == pytest.approx(700, abs=1)
    assert image.size[1] == pytest.approx(700 * 842 / 595, abs=2)


def test_pages_of_pictures_are_counted_and_drawn() -> None:
    fax = [scanned(typeset("文字", width=800, height=400)) for _ in range(3)]
    content = png(fax[0], "TIFF", save_all=True, append_images=fax[1:])
    assert page_count(content, "image/tiff") == 3
    assert shown(render_page(content, "image/tiff", 3, width=400)).size == (400, 200)


def test_errors_are_told_in_words() -> None:
    content = drawn(report)
    with pytest.raises(LoadError, match="没有第 2 页：文件共 1 页"):
        render_page(content, PDF, 2)
    with pytest.raises(LoadError, match="打不开"):
        page_count(b"%PDF-1.4 nothing", PDF)
    with pytest.raises(UnsupportedFormatError, match="没有页面图像"):
        render_page(b"text", "text/plain", 1)
    assert not has_pages("text/plain")
    from reportlab.lib import pdfencrypt

    closed = drawn(report, encrypt=pdfencrypt.StandardEncryption("user", ownerPassword="owner"))
    with pytest.raises(EncryptedFileError, match="密码"):
        page_count(closed, PDF)


def test_width_of_an_immense_page_is_limited() -> None:
    strip = png(Image.new("1", (20, 30_000), 1))
    assert max(shown(render_page(strip, "image/png", 1, width=100_000)).size) <= 12_000


def test_missing_file_is_told(tmp_path: Any) -> None:
    with pytest.raises(LoadError, match="原文件"):
        page_count(tmp_path / "gone.pdf", PDF)
