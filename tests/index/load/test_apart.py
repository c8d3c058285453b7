"""A file that crashes, fills memory or never ends is that file's error; the next is read."""

from __future__ import annotations

import zlib

import pytest

from index.errors import DamagedFileError, NoTextLayerError
from index.load import apart
from index.load.apart import read_apart
from tests.index.load.test_pdf import drawn, picture


def _pdf(stream: bytes, filters: str) -> bytes:
    """Return a PDF of one page with the given content stream."""
    objects = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R/Resources<<>>>>",
        b"<</Length %d/Filter%s>>stream\n" % (len(stream), filters.encode())
        + stream + b"\nendstream",
    ]  # fmt: skip
    body = b"".join(b"%d 0 obj\n%s\nendobj\n" % (i, o) for i, o in enumerate(objects, 1))
    return b"%PDF-1.4\n" + body + b"trailer<</Size 5/Root 1 0 R>>\n%%EOF"


def test_file_that_fills_memory_fails_and_the_next_is_read() -> None:
    packer = zlib.compressobj(9, wbits=-15)
    block = packer.compress(b" " * (1 << 20)) + packer.flush(zlib.Z_FULL_FLUSH)
    endless = b"\x78\xda" + block * (8 << 10)  # 8 GB; blocks stand by themselves after a flush
    bomb = _pdf(zlib.compress(endless, 9), "[/FlateDecode/FlateDecode]")
    assert len(bomb) < 100_000
    with pytest.raises(DamagedFileError, match="核实来源"):
        read_apart("pdf", bomb)
    assert read_apart("web", "<p>文字</p>".encode()).text == "文字\n"


def test_file_that_takes_too_long_fails_and_the_next_is_read() -> None:
    long = drawn(lambda page, n: page.drawString(80, 700, "正文" * 12), 400)
    with pytest.raises(DamagedFileError, match="秒"):
        read_apart("pdf", long, seconds=0.01)
    assert read_apart("web", "<p>文字</p>".encode()).text == "文字\n"


def test_errors_of_the_reader_come_through() -> None:
    with pytest.raises(NoTextLayerError, match="扫描件"):
        read_apart("pdf", drawn(lambda page, _: picture(page)))


def test_faults_of_our_own_are_not_taken_for_the_files() -> None:
    with pytest.raises(RuntimeError, match="KeyError"):
        read_apart("nonsense", b"")


def test_process_is_kept_for_the_next_file() -> None:
    read_apart("web", b"<p>a</p>")
    first = apart._reader_process()
    read_apart("web", b"<p>b</p>")
    assert apart._reader_process() is first
