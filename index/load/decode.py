"""Bytes to text: the encoding is found with certainty, or the file is refused."""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass

from index.errors import DamagedFileError, EncodingUnknownError, LoadError

_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),  # before UTF-16, whose mark it begins with
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
    (b"\x84\x31\x95\x33", "gb18030"),
)
MAX_CHARACTERS = 20_000_000  # a report of 1,000 pages has about 800,000
MAX_LINES = 1_000_000

_CONTROL = re.compile(r"[\x01-\x08\x0e-\x1f\x7f\x80-\x84\x86-\x9f]")
_PRIVATE = re.compile("[\ue000-\uf8ff]")
_MIXED_WORD = re.compile(r"[a-zA-Z0-9][\u0100-\u07ff]|[\u0100-\u07ff][a-zA-Z0-9]")
_WRITTEN = re.compile(r"[\x80-\xff\u0391-\u03c9\u0401\u0410-\u0451]*")  # Latin-1, Greek, Russian
_SAMPLE = 20_000  # characters looked at when judging an encoding
_SURE = 0.75  # share of common characters in text that was decoded rightly (measured 0.9 and up)
_LIKELY = 0.5  # enough for a name, which must be read as something
_CLEARLY = 0.2  # by which Big5 must beat GB18030: simplified text is far more frequent here
_UTF8_PREFIX = 5  # characters of three bytes; in GB18030 their first bytes are those of rare ones
_SHORT = 12  # characters; in a short text two rare characters (芙蓉) weigh too much

_REMEDY = "请用记事本打开原文件，核对文字后“另存为”，编码选 UTF-8，再重新导入。"


@dataclass(frozen=True, slots=True)
class Decoded:
    """Text with ``\\n`` line ends, the encoding it came in, and what the user should know."""

    text: str
    encoding: str
    notes: tuple[str, ...] = ()


def decode(content: bytes, declared: str | None = None) -> Decoded:
    """Return the text of ``content``, decoded strictly: never a replacement character.

    A byte order mark wins; then UTF-8; then ``declared`` (what an HTML file says);
    then whichever of UTF-16, GB18030 and Big5 gives common characters.

    Raises:
        EncodingUnknownError: if no encoding fits with certainty.
        DamagedFileError: if the file holds NUL bytes, that is, no text.
    """
    for mark, encoding in _MARKS:
        if content.startswith(mark):
            return _finish(_strict(content[len(mark) :], encoding), encoding)
    text = _try(content, "utf-8")
    if text is not None and "\0" not in text and not _is_short_gbk(text, content):
        return _finish(text, "utf-8")
    if declared:
        text = _try(content, declared)
        if text is not None and _likeness(text, declared) >= _SURE:
            return _finish(text, declared)
    return _by_likeness(content)


def widened(name: str) -> str | None:
    """Return Python's name of a declared encoding, widened to the standard it is part of.

    None where there is no such encoding, or it is none of text.
    """
    try:
        known = codecs.lookup(name.strip())
        "".encode(known.name)  # refuses base64 and the like
    except (LookupError, ValueError):
        return None
    wider = {"gb2312": "gb18030", "gbk": "gb18030", "big5": "big5hkscs"}
    return wider.get(known.name, known.name)


def decode_name(raw: bytes, otherwise: str) -> str:
    """Return a file name or a line of a mail's header, whose encoding nobody states.

    ``otherwise`` is the encoding to fall back on where neither UTF-8, GB18030 nor
    Big5 gives common characters; there what it cannot decode becomes ``�``.
    """
    text = _try(raw, "utf-8")
    if text is not None and not _is_short_gbk(text, raw):
        return text
    simplified, traditional = _try(raw, "gb18030"), _try(raw, "big5hkscs")
    gb = _likeness(simplified, "gb18030") if simplified is not None else 0.0
    big5 = _likeness(traditional, "big5") if traditional is not None else 0.0
    if traditional is not None and big5 >= _SURE and big5 > gb + _CLEARLY:
        return traditional
    if simplified is not None and gb >= _LIKELY:
        return simplified
    return raw.decode(otherwise, "replace")


def _is_short_gbk(text: str, content: bytes) -> bool:
    """Tell whether bytes that are UTF-8 by accident are a few Chinese characters in GBK.

    “一” in GBK is “һ” in UTF-8. Letters of two bytes, some of which nobody writes here and
    none beside a letter or digit of ASCII, come about that way.
    """
    odd = [c for c in text if c > "\x7f"]
    if len(odd) > _SHORT or any(c > "\u07ff" for c in odd) or _WRITTEN.fullmatch("".join(odd)):
        return False
    if _MIXED_WORD.search(text):
        return False
    simplified = _try(content, "gb18030")
    return simplified is not None and _likeness(simplified, "gb18030") == 1.0


def _by_likeness(content: bytes) -> Decoded:
    wide = _utf16(content)
    if wide is not None:
        return wide
    if b"\0" in content:
        raise DamagedFileError(
            f"第 {content.index(0) + 1} 字节是空字节（NUL），不是文字：这像是程序文件，"
            "或已损坏的文本。请从来源重新取得文件，或用原来的软件打开后另存为文本。"
        )
    simplified, traditional = _try(content, "gb18030"), _try(content, "big5hkscs")
    gb = _likeness(simplified, "gb18030") if simplified is not None else 0.0
    big5 = _likeness(traditional, "big5") if traditional is not None else 0.0
    if _begins_as_utf8(content):
        raise EncodingUnknownError(_why_unknown(content))
    if traditional is not None and big5 >= _SURE and big5 > gb + _CLEARLY:
        return _finish(traditional, "big5")
    if simplified is not None and gb >= _SURE:
        return _finish(simplified, "gb18030")
    raise EncodingUnknownError(_why_unknown(content))


def _begins_as_utf8(content: bytes) -> bool:
    """Tell whether a file is UTF-8 up to some place: GB18030 hardly ever looks like that."""
    try:
        content.decode("utf-8")
    except UnicodeDecodeError as error:
        good = content[: error.start].decode("utf-8")
        return sum(character >= "\u0800" for character in good) >= _UTF8_PREFIX
    return False


def _why_unknown(content: bytes) -> str:
    try:
        content.decode("utf-8")
    except UnicodeDecodeError as error:
        good = len(content[: error.start].decode("utf-8"))
        if good and any(byte > 127 for byte in content[: error.start]):
            return (
                f"前 {good} 个字是 UTF-8，第 {error.start + 1} 字节起不是：文件里混有几种编码，"
                f"或在传送中损坏。{_REMEDY}"
            )
    return f"不是 UTF-8、GB18030（GBK）、UTF-16 或 Big5 编码，无法确定文字。{_REMEDY}"


def _utf16(content: bytes) -> Decoded | None:
    """Return the text of UTF-16 without a mark, None unless that is certain."""
    if len(content) % 2:
        return None
    found = []
    for encoding in ("utf-16-le", "utf-16-be"):
        text = _try(content, encoding)
        if text and "\0" not in text and _likeness(text, encoding) >= 0.95:
            found.append(_finish(text, encoding))
    # ASCII punctuation and line ends show the byte order; bare Chinese may also be GB18030.
    certain = b"\0" in content or (_likeness(_try(content, "gb18030") or "\0", "gb18030") < _SURE)
    return found[0] if len(found) == 1 and certain else None


def _try(content: bytes, encoding: str) -> str | None:
    try:
        return content.decode(encoding)
    except (UnicodeDecodeError, LookupError):
        return None


def _strict(content: bytes, encoding: str) -> str:
    try:
        return content.decode(encoding)
    except UnicodeDecodeError as error:
        raise DamagedFileError(
            f"文件头注明是 {encoding} 编码，但第 {error.start + 1} 字节起无法解读，文件已损坏。"
            f"{_REMEDY}"
        ) from error


def _likeness(text: str, encoding: str) -> float:
    """Return how much characters look like those that such offices commonly use, 0 to 1."""
    table = "big5" if encoding.startswith("big5") else "gb2312"
    controls = known = rare = strange = 0
    for character in text[:_SAMPLE]:
        if character < "\x80":
            controls += character < " " and character not in "\t\n\r\f\v\x1a"
            continue
        known += 1
        level = _level(character, table)
        rare += level == 2
        strange += level == 3
    if not known:
        return 0.0 if controls else 1.0
    weight = 0.2 if known < _SHORT else 0.6
    return max(0.0, 1.0 - (controls + strange + weight * rare) / known)


def _level(character: str, table: str) -> int:
    """Return 1 for a frequent character, 2 for a rarer one of the standard, 3 for others."""
    if "\u3400" <= character <= "\u4dbf" or character >= "\U00020000":
        # 䶮, 㐂: names of people and places; their bytes in GB18030 are no other encoding's.
        return 2 if table == "gb2312" else 3
    if "一" <= character <= "鿿":
        try:
            lead = character.encode(table)[0]
        except UnicodeEncodeError:
            return 3
        return 1 if lead <= (0xC6 if table == "big5" else 0xD7) else 2
    common = (
        "\u2010" <= character <= "\u2044"
        or "\u2150" <= character <= "\u22ff"  # numerals, arrows, mathematics
        or "\u2460" <= character <= "\u25ff"  # ①, box drawing, □■
        or "\u3000" <= character <= "\u301f"
        or "\uff01" <= character <= "\uff5e"
        or character in "\xa0·×÷°±￥¥〇\ufeff℃㎡"
    )
    return 1 if common else 3


def _finish(text: str, encoding: str) -> Decoded:
    _check_length(text)
    text = text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")
    if "\0" in text:
        raise DamagedFileError(
            f"第 {text.index(chr(0)) + 1} 个字符是空字符（NUL），文件像是已损坏。"
            "请从来源重新取得文件，或用原来的软件打开后另存为文本。"
        )
    controls = _CONTROL.findall(text)
    if len(controls) > max(8, len(text) // 100):
        raise DamagedFileError(
            f"含有 {len(controls)} 个控制字符，不像文字。请用原来的软件打开后另存为文本。"
        )
    notes = []
    if controls:
        notes.append(f"含有 {len(controls)} 个看不见的控制字符，已照原样保留。")
    if "\ufffd" in text:
        notes.append(f"原文已有 {text.count(chr(0xFFFD))} 处乱码（�），请核对来源。")
    if private := len(_PRIVATE.findall(text)):
        notes.append(f"含有 {private} 个自造字（专用区字符），可能显示不出来，请核对。")
    return Decoded(text, encoding, tuple(notes))


def _check_length(text: str) -> None:
    lines = text.count("\n") + text.count("\r")
    if len(text) > MAX_CHARACTERS or lines > MAX_LINES:
        raise LoadError(
            f"有 {len(text) // 10_000} 万字、{lines // 10_000} 万行，超过一个文件的上限"
            f"（{MAX_CHARACTERS // 10_000} 万字、{MAX_LINES // 10_000} 万行），不像办公文件。"
            "请核实来源，或拆成几个文件再导入。"
        )
