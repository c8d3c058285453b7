"""Plain text: decoded, otherwise untouched but for line ends."""

from __future__ import annotations

import codecs
from pathlib import Path

from index.errors import DamagedFileError, EncodingUnknownError
from index.records import Block, LoadedFile

_BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_PUNCTUATION = set("，。、；：？！“”‘’（）《》【】—…·％　￥〔〕「」『』－～．〃")
MIN_PLAUSIBLE = 0.9  # share of characters that ordinary Chinese text would have


def load(content: bytes, path: Path) -> LoadedFile:
    """Return the decoded text with one paragraph block a line."""
    text, encoding = decode(content)
    return LoadedFile(text, "text/plain", line_blocks(text), encoding)


def line_blocks(text: str) -> tuple[Block, ...]:
    """Return one paragraph block for each line that is not blank."""
    blocks, at = [], 0
    for line in text.split("\n"):
        if line.strip():
            blocks.append(Block("paragraph", at, at + len(line)))
        at += len(line) + 1
    return tuple(blocks)


def decode(content: bytes) -> tuple[str, str]:
    """Return text with ``\\n`` line ends and the encoding that it was in.

    UTF-8, then UTF-16 where zero bytes show it, then GB18030, then Big5.

    Raises:
        EncodingUnknownError: none of them gives plausible text.
        DamagedFileError: there are zero bytes or control characters in the text.
    """
    text, encoding = _decoded(content)
    if "\x00" in text:
        raise DamagedFileError(
            f"文件第 {text.index(chr(0)) + 1} 个字符处有空字节，可能已损坏或不是文本文件。"
            "请用原来的程序打开后另存为文本。"
        )
    return text.replace("\r\n", "\n").replace("\r", "\n"), encoding


def _decoded(content: bytes) -> tuple[str, str]:
    for bom, encoding in _BOMS:
        if content.startswith(bom):
            return _strictly(content, encoding), encoding.removesuffix("-sig")
    try:
        text = content.decode("utf-8")
        if "\x00" not in text:
            return text, "utf-8"
    except UnicodeDecodeError:
        pass
    candidates = ["gb18030", "big5"]
    if b"\x00" in content:
        candidates = ["utf-16-le", "utf-16-be", *candidates]
    best: tuple[float, str, str] = (0.0, "", "")
    for encoding in candidates:
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        if plausible(text) > best[0] + 0.02:
            best = (plausible(text), text, encoding)
    if best[0] < MIN_PLAUSIBLE:
        raise EncodingUnknownError(
            "认不出文字编码（不是 UTF-8、UTF-16、GB18030 或 Big5，或者混用了几种）。"
            "请用原来的程序打开，另存为 UTF-8。"
        )
    return best[1], best[2]


def _strictly(content: bytes, encoding: str) -> str:
    try:
        return content.decode(encoding)
    except UnicodeDecodeError as error:
        raise DamagedFileError(
            f"文件标明是 {encoding}，但第 {error.start + 1} 个字节处不合该编码。"
            "文件可能不完整，请重新取得或另存为 UTF-8。"
        ) from error


def plausible(text: str) -> float:
    """Return the share of characters that ordinary Chinese or English text has.

    Rare characters and private-use ones count half: a wrong decoding is full of them.
    """
    if not text:
        return 0.0
    return sum(map(_worth, text)) / len(text)


def _worth(c: str) -> float:
    code = ord(c)
    if c in "\n\r\t" or 0x20 <= code < 0x7F or c in _PUNCTUATION:
        return 1.0
    if 0x4E00 <= code <= 0x9FFF:
        # GB 2312 and Big5 level 1 hold the common characters; the rest are rare in prose.
        try:
            return 1.0 if len(c.encode("gb2312")) == 2 else 0.6
        except UnicodeEncodeError:
            return 0.9 if _in_big5(c) else 0.5
    if 0xFF00 <= code <= 0xFFEF or 0x3000 <= code <= 0x303F or 0x2000 <= code <= 0x27FF:
        return 0.9
    if 0xE000 <= code <= 0xF8FF or code < 0x20 or 0xAC00 <= code <= 0xD7AF:
        return 0.0
    return 0.5


def _in_big5(c: str) -> bool:
    try:
        return c.encode("big5") < b"\xc9"  # level 1: the common traditional characters
    except UnicodeEncodeError:
        return False
